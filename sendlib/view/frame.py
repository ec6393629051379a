"""What every page has: the shell around it and the order of its parts."""

from __future__ import annotations

import base64
import gc
from collections.abc import Callable, Collection
from dataclasses import dataclass
from html import escape
from pathlib import Path
from types import ModuleType

import streamlit as st
from streamlit.navigation.page import Page as StreamlitPage

from sendlib import settings
from sendlib.errors import SendlibError
from sendlib.questions.answer import Answer, Figure, Note, Table, listed
from sendlib.store import MANIFEST, Store
from sendlib.view import controls, style, words
from sendlib.view.controls import View

ROOT = Path(__file__).resolve().parent.parent.parent
# Within the page: a file that Streamlit serves is gone when the page runs again, and a slow browser asks for it after that.
ICON = f"data:image/png;base64,{base64.b64encode((ROOT / 'static' / 'icon.png').read_bytes()).decode()}"
PAGES = {
    "start": "Start", "my_area": "My area", "needs": "Needs", "places": "Places", "getting_help": "Getting help", "doing_well": "Doing well",
    "looking_ahead": "Looking ahead", "about_data": "About the data",
}  # fmt: skip
"""File in pages/ (and part of the address) -> name in the navigation."""
ATTRIBUTION = "Contains public sector information licensed under the Open Government Licence v3.0."
LONG_TABLE = 30
"""Rows above which a table can be sorted."""
_SHELL_DRAWN = "shell_drawn_in_this_run"


@dataclass(frozen=True)
class Shell:
    """The store and the view that a page works with."""

    store: Store
    view: View
    compares: bool = True
    """Whether those compared change anything on the page in this mode."""


def shared_store() -> Store:
    """One store for all readers; its frames are read-only. A refresh, by anybody, makes a new one."""
    return _store_of(settings.read().cache, _stamp())


def _stamp() -> tuple[int, int]:
    """What changes when a refresh has swapped the manifest of the live tables."""
    try:
        found = (settings.read().cache / MANIFEST).stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_ino)


@st.cache_resource(show_spinner=False, max_entries=2)
def _store_of(live: Path, stamp: tuple[int, int]) -> Store:
    store = Store(live=live)
    for name in ("areas", "area_changes", "neighbours"):
        store.table(name)
    # Streamlit forces a garbage collection after every run; with everything that was imported until now
    # set aside, it has little left to look through.
    gc.collect()
    gc.freeze()
    return store


def page_path(name: str) -> Path:
    """The file of a page."""
    return ROOT / "pages" / f"{name}.py"


def navigation() -> StreamlitPage:
    """The pages that work, with the first as the front page."""
    pages = [
        st.Page(page_path(name), title=title, url_path=name, default=name == next(iter(PAGES)))
        for name, title in PAGES.items()
    ]
    return st.navigation(pages, position="hidden")


def draw_shell(wider: bool = False, compared_in: Collection[str] = tuple(words.MODES)) -> Shell | None:
    """Page settings, style, header and choices; None (with a message) when there is no snapshot to work with. Choices as those of begin_page."""
    st.set_page_config(page_title="SEND Explorer", page_icon=ICON, layout="wide")
    try:
        store = shared_store()
    except SendlibError as error:
        st.title("SEND Explorer can not start")
        st.error(str(error))
        return None
    view = controls.current_view(store, wider)
    compares = view.mode in compared_in
    draw_links(view)
    st.html(f"<style>{style.css(view.mode)}</style>")
    for message in view.messages:
        st.warning(message)
    if view.mode == "show":
        with st.container(key="change_view"), st.popover("Change the view"):
            controls.draw(store, view, compares=compares)
    else:
        controls.draw(store, view, compares=compares)
    return Shell(store, view, compares)


def draw_links(view: View) -> None:
    """Links to all pages that carry the view: Streamlit's own would drop it, and Back would lead nowhere."""
    with st.container(horizontal=True, key="pages"):
        for name, title in PAGES.items():
            st.page_link(page_path(name), label=title, query_params=controls.as_query(view))


def begin_app() -> None:
    """What app.py does: navigation, then the page, which finds its shell already begun."""
    page = navigation()
    st.session_state[_SHELL_DRAWN] = True
    page.run()


def begin_page(*, wider: bool = False, compared_in: Collection[str] = tuple(words.MODES)) -> Shell:
    """The first line of every page; also when Streamlit opened the page without app.py (a cold deep link).

    `wider` is for a page that can show England and its regions. `compared_in`: the modes in which
    those compared change something on the page; in the others nobody is asked whom to compare with.
    """
    if not st.session_state.pop(_SHELL_DRAWN, False):
        navigation()
    shell = draw_shell(wider, compared_in)
    if shell is None:
        st.stop()
    return shell


def answer_for(shell: Shell, question: ModuleType, *, otherwise: str = "", **choices: str) -> Answer:
    """The page's answer with the page's own choices; stops the page with a friendly word where there is none.

    Where no area is chosen, the answer for the area with the code `otherwise`, if the question has one.
    """
    if shell.view.area is None and not otherwise:
        choose_first(question.WORDS)
        st.stop()
    code = shell.view.area.code if shell.view.area else otherwise
    versus = shell.view.versus
    if versus == controls.PICKED:
        if shell.compares:
            st.info("Choose one or more authorities to compare with. Until then this shows the statistical neighbours.")
        versus = "neighbours-2025"
    try:
        return _cached_answer(question.NAME, code, versus, _stamp(), **choices)
    except SendlibError as error:
        st.title(question.WORDS)
        st.error(str(error))
        st.stop()


@st.cache_resource(show_spinner=False, max_entries=600)
def _cached_answer(question: str, area_code: str, versus: str, stamp: tuple[int, int], **choices: str) -> Answer:
    from sendlib import questions
    from sendlib.questions.comparators import known_areas

    store = shared_store()
    answer: Answer = questions.named(question).ask(store, known_areas(store).get(area_code), versus, **choices)
    return answer


def choose_first(question: str) -> None:
    """What a page says before an area is chosen."""
    st.title(question)
    st.markdown("**Choose an area above to begin**, or look at one of these:")
    examples()


def examples() -> None:
    """Four authorities to look at, of four kinds."""
    with st.container(horizontal=True):
        for code, name in {"879": "Plymouth", "888": "Lancashire", "370": "Barnsley", "316": "Newham"}.items():
            st.button(name, key=f"example_{code}", on_click=_open_area, args=(code,))


def _open_area(code: str) -> None:
    controls.choose_area(code)


def draw_page(
    shell: Shell,
    answer: Answer,
    picture: Callable[[], None],
    look_closer: Callable[[], None] | None = None,
    for_families: Callable[[], None] | None = None,
) -> None:
    """A question page in its fixed order. `picture` draws the lead picture, `look_closer` what only Explore has, `for_families` what only Families has."""
    mode = shell.view.mode
    if mode == "show":
        _draw_show(answer, picture)
        return
    st.title(f"{answer.words}")
    st.markdown(f"**{answer.area.name}**" + (f", compared with {answer.comparators}" if answer.comparators else ""))
    st.markdown(f'<p class="sentence">{escape(words.sentence(answer.headline, mode))}</p>', unsafe_allow_html=True)
    cautions(answer, mode)
    st.header(answer.title)
    st.markdown(answer.tables[answer.lead].caption_in(mode) + ".")
    picture()
    figures(answer.figures, mode=mode)
    see_the_numbers(answer, answer.lead, mode=mode)
    plain = mode == "families"
    if plain and for_families:
        for_families()
    left, right = st.columns(2)
    with left:
        st.subheader("What this cannot tell you")
        st.markdown("\n".join(f"- {line}" for line in (plain and answer.plain_cannot_tell) or answer.cannot_tell))
    with right:
        st.subheader("What this could change")
        st.markdown("\n".join(f"- {line}" for line in (plain and answer.plain_could_change) or answer.could_change))
    if mode == "explore":
        if look_closer:
            st.header("Look closer")
            look_closer()
        with st.expander("Definitions, breaks and missing figures"):
            kinds = ("missing", "definition", "break", "caution")
            st.markdown("\n".join(f"- {note.text}" for note in answer.notes if note.kind in kinds and note.about in ("", answer.lead)))
    st.subheader("Where these figures come from")
    if plain:
        source_lines(answer, tables_shown(answer))
        with st.expander("Everything that this question draws on"):
            source_lines(answer, tuple(answer.sources))
    else:
        source_lines(answer, tuple(answer.sources))
    footer()


def _draw_show(answer: Answer, picture: Callable[[], None]) -> None:
    """For a shared screen: one title, one picture, three or four figures, one line of sources, without scrolling."""
    st.title(answer.title)
    st.markdown(f'<p class="sentence">{escape(words.sentence(answer.headline, "show"))}</p>', unsafe_allow_html=True)
    left, right = st.columns([8, 4] if len(answer.figures) < 4 else [7, 5])
    with left:
        picture()
    with right:
        figures(answer.figures, across=False, mode="show")
    warned = " ".join(note.brief or note.text for note in answer.notes if note.kind == "caution" and not note.about)
    first = f"<strong>{escape(warned)}</strong> " if warned else ""
    line = f"{answer.tables[answer.lead].caption}. Source: {publishers(answer)}."
    st.markdown(f'<p class="source">{first}{escape(line)}</p>', unsafe_allow_html=True)


def tables_of_figures(answer: Answer) -> tuple[str, ...]:
    """The tables of the store that the large numbers come from, and with them the sentence on the page, which says the same numbers."""
    return tuple(dict.fromkeys(figure.table for figure in answer.figures if figure.table))


def tables_shown(answer: Answer) -> tuple[str, ...]:
    """The tables of the store behind everything that every mode shows: the picture, the sentence and the large numbers."""
    return tuple(dict.fromkeys([*answer.tables[answer.lead].sources, *tables_of_figures(answer)]))


def publishers(answer: Answer) -> str:
    """Whose figures a shared screen shows: those of the picture with their publication, and in short where else the large numbers come from.

    Another publisher is named alone, and another publication of a publisher who is named already by its title: the first of each table.
    """
    lead = words.citations(answer, answer.tables[answer.lead].sources[:1])
    named = "; ".join(dict.fromkeys(f"{source.publication}, {source.publisher}" for source in lead))
    more = []
    for table in tables_of_figures(answer):
        for place, source in enumerate(words.citations(answer, (table,))):
            who = source.publisher.split(",")[0]
            if who not in named:
                more.append(who)
            elif place == 0 and source.publication not in named:
                more.append(source.publication)
    return f"{named}; figures also from {listed(list(dict.fromkeys(more)))}" if more else named


def cautions(answer: Answer, mode: str = "explore") -> None:
    """What a reader must know before the picture."""
    for note in answer.notes:
        if note.kind in ("caution", "missing") and not note.about:
            st.info(in_mode(note, mode))


def beside(answer: Answer, table: str, mode: str = "explore", kinds: tuple[str, ...] = ("caution", "missing", "definition", "break")) -> None:
    """The notes of some kinds about one table; what a reader must be warned of stands out."""
    for note in answer.notes_about(table):
        if note.kind in kinds:
            (st.warning if note.kind == "caution" else st.markdown)(in_mode(note, mode))


def in_mode(note: Note, mode: str) -> str:
    """A note in the words of a mode."""
    return {"families": note.plain, "show": note.brief}.get(mode, "") or note.text


def figures(shown: tuple[Figure, ...], across: bool = True, mode: str = "explore") -> None:
    """Up to four large numbers, each with its comparison in words; four below one another are set closer."""
    cards = []
    for figure in shown:
        label = {"families": figure.plain_label, "show": figure.brief_label}.get(mode, "") or figure.label
        size = "none" if figure.value is None else "number long" if len(figure.text) > 7 else "number"
        detail = f"<p>{escape(figure.detail)}</p>" if figure.detail and not (mode == "show" and figure.brief) else ""
        said = "".join(f"<p>{escape(line)}</p>" for line in _beside(figure, mode).split("\n"))
        cards.append(f'<div class="figure"><p class="label">{escape(label)}</p><p class="{size}">{escape(figure.text)}</p>{said}{detail}</div>')
    form = ("" if across else " stacked") + (" four" if len(cards) > 3 else "")
    st.html(f'<div class="figures{form}">{"".join(cards)}</div>')


def tiles(shown: list[tuple[str, str, str, str]], own: str) -> None:
    """Tiles of (name, number or nothing, sentence, the reader's own words or nothing); `own` stands before the last."""
    cards = [
        f'<div class="figure"><p class="label"><strong>{escape(name)}</strong></p>'
        + (f'<p class="number">{escape(number)}</p>' if number else "")
        + f"<p>{escape(sentence)}</p>"
        + (f"<p><strong>{escape(own)}</strong> {escape(added)}</p>" if added else "")
        + "</div>"
        for name, number, sentence, added in shown
    ]
    st.html(f'<div class="figures">{"".join(cards)}</div>')


def _beside(figure: Figure, mode: str) -> str:
    """`Lower: neighbours 5.4%, England 5.3%`."""
    said = {"families": figure.plain, "show": figure.brief}.get(mode, "") or figure.comparison
    return f"{figure.direction.capitalize()}: {said}" if figure.direction else said


def see_the_numbers(answer: Answer, name: str, label: str = "See the numbers", mode: str = "explore") -> None:
    """A real table and its download, with its sources; made only when a reader opens it."""
    opened = st.expander(label, key=f"numbers_{name}", on_change="rerun")
    if opened.open:
        with opened:
            _numbers(answer, name, mode)


def closer(answer: Answer, name: str, heading: str, draw: Callable[[], None], *, begin_open: bool = False) -> None:
    """One part of Look closer: caption, picture and numbers, made only when a reader opens it."""
    opened = st.expander(f"**{heading}**", begin_open, key=f"closer_{name}", on_change="rerun")
    if not opened.open:
        return
    with opened:
        st.markdown(answer.tables[name].caption + ".")
        beside(answer, name, kinds=("caution",))
        draw()
        beside(answer, name, kinds=("missing", "definition", "break"))
        if st.toggle("See the numbers", key=f"table_{name}"):
            _numbers(answer, name)


def _numbers(answer: Answer, name: str, mode: str = "explore") -> None:
    table = answer.tables[name]
    st.markdown(table.caption_in(mode) + ".")
    shown = words.readable(table, mode)
    if len(shown) > LONG_TABLE:
        # Sorted by the numbers, not by how they are written; the real table stays a real table.
        by = {heading: column for column, heading in words.headings(table, mode).items()}
        heading = st.selectbox("Sort by", list(by), key=f"sort_{name}")
        order = table.data[by[heading]].sort_values(ascending=table.data[by[heading]].dtype.kind != "f", na_position="last").index
        shown = shown.loc[order]
    st.table(shown)
    what_the_columns_mean(table, mode)
    download(answer, name)
    source_lines(answer, table.sources)


def what_the_columns_mean(table: Table, mode: str) -> None:
    """The codebook of a table, to be opened without another run of the page."""
    rows = "".join(f"<dt>{escape(heading)}</dt><dd>{escape(meaning)}</dd>" for heading, meaning in words.codebook(table, mode))
    st.html(f'<details class="codebook"><summary>What the columns mean</summary><dl>{rows}</dl></details>')


def download(answer: Answer, name: str) -> None:
    """A button that gives the rows of a table as CSV, made when it is pressed."""
    table: Table = answer.tables[name]
    st.download_button(
        "Download these numbers (CSV)",
        lambda: words.csv(table, answer),
        file_name=f"{answer.question}-{name}-{answer.area.code}.csv",
        mime="text/csv",
        key=f"download_{name}",
        on_click="ignore",
    )


def source_lines(answer: Answer, names: tuple[str, ...]) -> None:
    """Sources with dates and links."""
    lines = [f"- [{source.publication}]({source.url}), {source.citation().removeprefix(source.publication + ', ')}" for source in words.citations(answer, names)]
    st.markdown("\n".join(lines))


def footer() -> None:
    """The licence line at the end of every page."""
    st.divider()
    st.markdown(
        f"{ATTRIBUTION} Figures are as of the releases named above. A number that is modelled is called so; nothing"
        " was filled in where a source has none."
    )
