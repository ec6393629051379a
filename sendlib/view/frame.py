"""What every page has: the shell around it and the order of its parts."""

from __future__ import annotations

import base64
import gc
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import Page as StreamlitPage

from sendlib import catalogue, pictures, questions, service, settings
from sendlib.answer import MODES, Answer, Mode, Note, Offered, Question
from sendlib.answer.citing import publishers, tables_shown
from sendlib.answer.model import Kind
from sendlib.answer.text import said_in
from sendlib.compared import comparators
from sendlib.errors import SendlibError, UnknownChoice
from sendlib.pictures.picture import Picture
from sendlib.view import address, bar, controls, drawing, help_lines, panels, parts, picker, style, theme
from sendlib.view.cards import cards_as_html, draw_cards, draw_figures, draw_verdicts, in_full, verdicts_as_html
from sendlib.view.controls import View
from sendlib.view.numbers import source_lines
from sendlib.view.words import as_html, draw_folded, draw_list

ROOT = Path(__file__).resolve().parent.parent.parent
# Within the page: a file that Streamlit serves is gone when the page runs again, and a slow browser asks for it after
# that.
ICON = f"data:image/png;base64,{base64.b64encode((ROOT / 'static' / 'icon.png').read_bytes()).decode()}"
PAGES = {
    "start": "Start",
    **{one.name: one.title for one in questions.QUESTIONS},
    "take_away": "Take away",
    "about_data": "About the data",
}
"""File in pages/ (and part of the address) -> name in the navigation."""
NAME = "SEND Explorer"
ATTRIBUTION = "Contains public sector information licensed under the Open Government Licence v3.0."
_SHELL_DRAWN = "shell_drawn_in_this_run"
_BEGUN_AGAIN = "begun_again_through_app"
Retouch = Callable[[list[Picture]], list[Picture]]
"""The lead pictures with something added that is only in this session."""


@dataclass(frozen=True)
class Shell:
    """The view that a page works with, and whether those compared change anything on it in this mode."""

    page: str
    view: View
    compares: bool = True
    aside: DeltaGenerator | None = None
    """On a shared screen: what opens beside the page, with the choices and what else does not belong on a wall."""


@st.cache_resource(show_spinner=False)
def _set_imports_aside() -> None:
    """Streamlit forces a garbage collection after every run; with all that was imported set aside, it has little to
    look through."""
    gc.collect()
    gc.freeze()


def page_path(name: str) -> Path:
    """The file of a page."""
    return ROOT / "pages" / f"{name}.py"


def navigation() -> StreamlitPage:
    """The pages that work, and the first once more as the front page.

    The front page has an empty address, and a link to an empty address leads to the page that it stands on when it is
    opened in a new tab. So links go to the page that has a name, which stands first.
    """
    pages = [st.Page(page_path(name), title=title, url_path=name) for name, title in PAGES.items()]
    first, title = next(iter(PAGES.items()))
    front = st.Page(page_path(first), title=title, url_path="front", default=True)
    return st.navigation([*pages, front], position="hidden")


def begin_app() -> None:
    """What app.py does: navigation, then the page, which finds its shell already begun."""
    page = navigation()
    st.session_state[_SHELL_DRAWN] = True
    page.run()


def begin_page(page: str, *, compared_in: Collection[Mode] = tuple(MODES)) -> Shell:
    """The first line of a page that asks no question; also when Streamlit opened it without app.py (a cold deep link).

    `compared_in`: the modes in which those compared change something on the page; in the others nobody is asked whom
    to compare with.
    """
    if not st.session_state.pop(_SHELL_DRAWN, False):
        navigation()
        if not st.session_state.get(_BEGUN_AGAIN):
            # What is drawn without app.py would be thrown away and drawn anew at the first click, and the focus lost.
            st.session_state[_BEGUN_AGAIN] = True
            st.rerun()
    _set_imports_aside()
    panels.begin(page)
    shell = _draw_shell(page, compared_in)
    if shell is None:
        st.stop()
    address.remember(page)
    return shell


def begin(question: Question) -> Shell:
    """The first line of a question's page."""
    return begin_page(question.name, compared_in=question.compared_in)


def _draw_shell(page: str, compared_in: Collection[Mode]) -> Shell | None:
    """Page settings, style, header and choices; None (with a message) when there is no snapshot to work with."""
    try:
        view = controls.current_view()
    except SendlibError as error:
        st.set_page_config(page_title=NAME, page_icon=ICON, layout="wide")
        st.title("SEND Explorer can not start")
        st.error(str(error))
        return None
    st.set_page_config(page_title=_title(page, view), page_icon=ICON, layout="wide")
    compares = view.mode in compared_in
    st.html(f"<style>{style.css(view.mode, theme.is_dark())}{style.this_page(page)}</style>")
    with st.container(key="top"):
        bar.draw(view, page, {one.name: one.ask_the_room for one in questions.QUESTIONS}, picker.labels())
        _draw_links(view)
    for message in view.messages:
        if view.mode == "show":
            st.markdown(f'<p class="source"><strong>{escape(message)}</strong></p>', unsafe_allow_html=True)
        else:
            st.warning(message)
    aside = None
    if view.mode == "show":
        with st.container(key="change_view"), st.popover("Change the view") as aside:
            controls.draw(view, compares=compares)
    else:
        with st.container(key="controls"):
            controls.draw(view, compares=compares)
    return Shell(page, view, compares, aside)


def _title(page: str, view: View) -> str:
    """What a tab of the browser and a bookmark call the page: `Needs in Plymouth - SEND Explorer`."""
    named = "" if page == next(iter(PAGES)) else PAGES[page]
    where = view.area.in_text if view.area else ""
    said = f"{named} in {where}" if named and where else named or (view.area.name if view.area else "")
    return f"{said} - {NAME}" if said else NAME


def _draw_links(view: View) -> None:
    """Links to all pages that carry the view: Streamlit's own would drop it, and Back would lead nowhere."""
    with st.container(horizontal=True, key="pages"):
        for name, title in PAGES.items():
            query = {**address.remembered(name), **controls.as_query(view)}
            st.page_link(page_path(name), label=title, query_params=query)


def ask(shell: Shell, question: Question) -> Answer:
    """The page's answer with the choices of the address; stops the page with a friendly word where there is none.

    A choice that nobody offers is told of and left out.
    """
    area = shell.view.area
    if area is None and not question.otherwise:
        choose_first(question.words)
        st.stop()
    asked = {choice.name: text for choice in question.choices if (text := address.asked(choice.name))}
    while True:
        try:
            beside = shell.view.beside.code if shell.view.beside else ""
            code = area.code if area else question.otherwise
            return service.ask(question, code, _versus(shell), asked, beside, shell.view.pinned)
        except UnknownChoice as error:
            if error.choice not in asked:
                _stop(question, error)
            st.warning(f"{error} It is left out.")
            address.is_wrong(error.choice)
            del asked[error.choice]
        except SendlibError as error:
            _stop(question, error)


def _versus(shell: Shell) -> str:
    if shell.view.versus != controls.PICKED:
        return shell.view.versus
    if shell.compares:
        st.info("Choose one or more authorities to compare with. Until then this shows the statistical neighbours.")
    return comparators.DEFAULT


def _stop(question: Question, error: SendlibError) -> None:
    st.title(question.words)
    st.error(str(error))
    st.stop()


def choose_first(question: str) -> None:
    """What a page says before an area is chosen."""
    st.title(question)
    st.markdown("**Choose an area above to begin**, or look at one of these:")
    examples()


EXAMPLES = {"879": "Plymouth", "888": "Lancashire", "370": "Barnsley", "316": "Newham"}


def examples(most: int = len(EXAMPLES)) -> None:
    """Authorities to look at, each of another kind."""
    with st.container(horizontal=True):
        for code, name in list(EXAMPLES.items())[:most]:
            st.button(name, key=f"example_{code}", on_click=picker.choose_area, args=(code,))


def draw_page(
    shell: Shell,
    answer: Answer,
    closer: Sequence[str] = (),
    *,
    begin_open: Collection[str] = (),
    own: Mapping[str, Callable[[], None]] | None = None,
    for_families: Callable[[], None] | None = None,
    retouch: Retouch | None = None,
    below: Callable[[Mode], None] | None = None,
) -> None:
    """A question page in its fixed order.

    `closer`: the tables of Look closer, in their order, which only Explore has; the answer's table of
    that name says what each part is called and under which group it stands. `begin_open`: those that begin open.
    `own`: controls that a part has besides its choices, drawn over its picture (of the lead picture on a shared
    screen with the other choices); a name that is no table is a part
    by itself, whose function draws all of it. `for_families`: what only Families has. `retouch` adds to the lead
    pictures what is only in this session and in no answer, and `below` draws such under the numbers.
    """
    mode = shell.view.mode
    if mode == "show":
        drawn = _draw_show(answer, retouch, below)
        if shell.aside:
            with shell.aside:
                controls.draw_choices([*_first(answer), *parts.about_the_lead(answer)])
                parts.draw_own(own, answer.lead)
                drawing.draw_naming(drawn, mode)
                drawing.save(drawn, mode)
                _say_what_is_newer(answer, shell.view)
        return
    seen: set[str] = set()  # terms that are explained once on the page
    in_groups = mode == parts.CLOSER and bool(answer.groups)
    st.title(answer.words)
    beside = f" beside **{answer.beside.area.name}**" if answer.beside else ""
    compared = f", compared with {others}" if (others := answer.compared_in(mode)) else ""
    st.markdown(f"**{answer.area.name}**{beside}{compared}")
    with st.container(key="first"):
        controls.draw_choices(_first(answer))
    if in_groups:
        _draw_in_groups(shell, answer, closer, begin_open, own or {}, retouch, below)
        return
    # On a wide screen what is said stands beside the picture, and on a narrow one above it.
    with st.container(key="answer"):
        with st.container(key="said"):
            _draw_said(answer, mode, seen)
        with st.container(key="pictured"):
            drawn = _draw_pictured(answer, mode, own, retouch)
    if below:
        below(mode)
    if mode != "families":
        _say_what_is_newer(answer, shell.view)
    if opened := panels.panel(f"numbers-{answer.lead}", "See the numbers"):
        with opened:
            parts.see_all_numbers(answer, answer.lead, mode)
            if answer.beside:
                parts.see_all_numbers(answer.beside, answer.lead, mode, "beside_")
    if mode == "families":
        draw_cards(answer, mode)
        _draw_more(answer, drawn, seen)
    if mode == "families" and for_families:
        for_families()
    draw_lists(answer, mode, seen)
    if mode == parts.CLOSER and closer:
        st.header("Look closer")
        with st.container(key="closer"):
            parts.draw_closer(answer, closer, begin_open, own or {})
    if mode == "explore" and (opened := panels.panel(parts.DEFINITIONS, "Definitions, breaks and missing figures")):
        with opened:
            parts.draw_definitions(answer)
    _draw_sources(answer, shell.view)
    footer()


def _draw_in_groups(
    shell: Shell,
    answer: Answer,
    closer: Sequence[str],
    begin_open: Collection[str],
    own: Mapping[str, Callable[[], None]],
    retouch: Retouch | None,
    below: Callable[[Mode], None] | None,
) -> None:
    """A page in Explore whose parts stand in groups: on a wide screen the picture and all parts in one column, so that
    the parts begin on the first screen, and beside them what is said, cards and lists (styles/grouped.css)."""
    seen: set[str] = set()
    with st.container(key="grouped"):
        with st.container(key="said"):
            _draw_said(answer, parts.CLOSER, seen)
        with st.container(key="main"):
            with st.container(key="pictured"):
                st.header(answer.title.explore)
                drawn = pictures.of(answer, answer.lead, parts.CLOSER)
                drawn = retouch(drawn) if retouch else drawn
                drawing.draw(drawn, parts.CLOSER)
            if below:
                below(parts.CLOSER)
            with st.container(key="closer"):
                parts.draw_groups(answer, closer, begin_open, own, drawn)
        with st.container(key="aside"):
            draw_cards(answer, parts.CLOSER)
            draw_lists(answer, parts.CLOSER, seen, across=False)
            _say_what_is_newer(answer, shell.view)
    _draw_sources(answer, shell.view)
    footer()


def _draw_said(answer: Answer, mode: Mode, seen: set[str]) -> None:
    """The numbers, the answer in a sentence or a few, and what the tests say."""
    draw_figures(answer, mode)
    if mode == "families":
        help_lines.draw(catalogue.help_lines())
    st.html(f'<p class="sentence">{as_html(answer.headline.in_mode(mode), mode, seen)}</p>')
    for note in answer.notes:
        # Families read what warns them here, and what is missing under "More about these numbers".
        told = ("caution",) if mode == "families" else ("caution", "missing")
        if note.kind in told and not note.about and (words := note.text.in_mode(mode)):
            st.info(words)
    draw_verdicts(answer, mode)


def _draw_pictured(
    answer: Answer, mode: Mode, own: Mapping[str, Callable[[], None]] | None, retouch: Retouch | None
) -> list[Picture]:
    """The lead picture under its title, with its choices in Explore."""
    st.header(answer.title.in_mode(mode))
    st.markdown(f"{answer.tables[answer.lead].caption.in_mode(mode)}.")
    if mode == "explore":
        controls.draw_choices([*answer.offered_about(""), *parts.about_the_lead(answer)])
        parts.draw_own(own, answer.lead)
    return draw_lead(answer, mode, retouch)


def _first(answer: Answer) -> list[Offered]:
    """What the whole page is about, which every mode asks."""
    return [one for one in answer.offered.values() if one.choice.first]


def draw_lead(answer: Answer, mode: Mode, retouch: Retouch | None = None) -> list[Picture]:
    """The lead picture and what is said over and under it."""
    if words := answer.tables[answer.lead].how_to_read.in_mode(mode):
        drawing.say([words], mode)
    drawn = pictures.of(answer, answer.lead, mode)
    drawn = retouch(drawn) if retouch else drawn
    drawing.draw([one for one in drawn if not one.later], mode)
    if mode != "show":
        drawing.draw_naming(drawn, mode)
    told: tuple[Kind, ...] = ("caution",) if mode == "families" else ()
    parts.say(answer.notes_about(answer.lead, *told), mode)
    return drawn


def _draw_more(answer: Answer, drawn: Sequence[Picture], seen: set[str]) -> None:
    """For families: what is missing, and how the numbers are meant, behind one heading."""
    notes = [note for note in answer.notes if note.about in ("", answer.lead) and note.kind != "caution"]
    words = said_in("families", tuple(note.text for note in notes))
    words += [told for picture in drawn for told in picture.more]
    if words and (opened := panels.panel("more", "More about these numbers")):
        with opened:
            drawing.draw([one for one in drawn if one.later], "families")
            draw_list(words, "families", seen)


def _draw_show(answer: Answer, retouch: Retouch | None, below: Callable[[Mode], None] | None = None) -> list[Picture]:
    """For a shared screen: one title, one picture, three or four figures, one line of sources, without scrolling."""
    st.title(answer.title.in_mode("show"))
    with st.container(key="in_the_room"):
        left, right = st.columns([8, 5], gap="medium")
        with left:
            drawn = draw_lead(answer, "show", retouch)
        with right:
            draw_figures(answer, "show")
            if below:
                below("show")
    cautions = [note.text for note in answer.notes if note.kind == "caution" and not note.about]
    warned = " ".join(said_in("show", tuple(cautions)))
    first = f"<strong>{escape(warned)}</strong> " if warned else ""
    line = f"{answer.tables[answer.lead].caption.in_mode('show')}. Source: {publishers(answer)}."
    st.html(f'<p class="source">{first}{escape(line)}</p>')
    say_more(answer, drawn)
    printed(bar.here())
    return drawn


def say_more(answer: Answer, drawn: Sequence[Picture] = ()) -> None:
    """What a shared screen keeps for when it is asked for: the answer in sentences, what the tests say, and what it has
    no room for beside its numbers and its picture. The bar shows it with the question for
    the room (static/bar/dialogs.js)."""
    both = [one for one in (answer, answer.beside) if one]
    said = [words for one in both if (words := one.headline.in_mode("show"))]
    under = [words for one in both for figure in one.figures if (words := in_full(figure))]
    under += [note.text.explore for one in both for note in one.notes if _is_kept(note, one.lead)]
    under += [words for picture in drawn for words in picture.more]
    told = "".join(f"<p>{escape(words)}</p>" for words in said)
    more = "".join(f'<p class="under">{escape(words)}</p>' for words in dict.fromkeys(under))
    cards = cards_as_html(answer, "show")
    st.html(f'<div class="say-more">{told}{verdicts_as_html(answer, "show")}{cards}{more}</div>')


def _is_kept(note: Note, lead: str) -> bool:
    """Whether a note says more than a shared screen has room for: all that warns, and what stands beside the
    picture."""
    shown = note.text.in_mode("show")
    if note.kind in ("caution", "missing"):
        return note.about in ("", lead) and bool(note.text.explore) and shown != note.text.explore
    return note.about == lead and bool(note.text.explore) and not shown


def draw_lists(answer: Answer, mode: Mode, seen: set[str] | None = None, *, across: bool = True) -> None:
    """What an answer cannot tell and what it could change, side by side unless one shall stand below the other; for
    families they open from their headings. `seen`: terms that the page has explained."""
    left, right = st.columns(2) if across else (st.container(), st.container())
    for place, heading, texts in (
        (left, "What this cannot tell you", answer.cannot_tell),
        (right, "What this could change", answer.could_change),
    ):
        with place:
            if mode == "families":
                draw_folded(heading, said_in(mode, texts), mode, seen)
            else:
                st.subheader(heading)
                draw_list(said_in(mode, texts), mode, seen)


def _say_what_is_newer(answer: Answer, view: View) -> None:
    """A quiet line on releases that are newer than those shown, with the way to fetch them."""
    lines = said_in(view.mode, answer.newer_than(tables_shown(answer)))
    if not lines:
        return
    with st.container(key="newer"):
        st.markdown("  \n".join(lines))
        if view.mode == "explore" and not settings.read().offline:
            query = {**controls.as_query(view), address.OPEN: "newer"}
            st.page_link(page_path("about_data"), label="Fetch what is newer", query_params=query)


def _draw_sources(answer: Answer, view: View) -> None:
    mode = view.mode
    if mode == "families":
        if opened := panels.panel("sources", "Where these figures come from"):
            with opened:
                source_lines(answer, tuple(answer.sources))
                _say_what_is_newer(answer, view)
        else:
            named = dict.fromkeys(source.publisher for source in answer.citations(tables_shown(answer)))
            st.html(f'<p class="sources">Figures of: {escape("; ".join(named))}.</p>')
        return
    st.subheader("Where these figures come from")
    source_lines(answer, tuple(answer.sources))
    above = answer.newer_than(tables_shown(answer))
    rest = tuple(line for line in answer.newer_than(answer.sources) if line not in above)
    if rest:
        st.markdown("Newer than this\n" + "\n".join(f"- {line}" for line in said_in(mode, rest)))


def footer() -> None:
    """The end of every page: the licence, a way to say what is wrong, and for paper where it comes from and when."""
    st.divider()
    st.markdown(
        f"{ATTRIBUTION} Figures are as of the releases named above. A number that is modelled is called so; nothing"
        " was filled in where a source has none."
    )
    here = bar.here()
    if way := help_lines.way_to_tell(settings.read().feedback, here):
        st.html(f'<p><a href="{escape(way)}">Is something wrong or unclear on this page? Tell us.</a></p>')
    printed(here)


def printed(here: str) -> None:
    """On paper alone: the link of the view and the day."""
    today = datetime.now().date()
    st.html(f'<p class="printed">{escape(here)}, printed on {today.day} {today:%B %Y}</p>')
