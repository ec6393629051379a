"""Slides, a report, and everything in one file: made when a reader asks, and held in the memory of the visit only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from sendlib import questions, service
from sendlib.answer import Mode
from sendlib.answer.numbers import count_of, listed
from sendlib.areas import Area
from sendlib.compared.comparators import DEFAULT
from sendlib.errors import NoData, SendlibError
from sendlib.exports.pack import KINDS, Contents, Kind
from sendlib.view import address, bar, controls, embedded, frame
from sendlib.view.controls import View
from sendlib.view.joining_up import readiness
from sendlib.view.take_away import board_picking, board_thoughts, own_figures

_TITLE = "What do we take into the meeting?"
_ACROSS = 2
_OF = "of"
"""What the address has for the questions that go into the files; without it all of them."""
_MADE, _CHOSEN, _TEMPLATE = "made_to_take_away", "choose_of", "own_template"
_MOST_OF_TEMPLATE = 5
"""Megabytes."""


@dataclass(frozen=True)
class Wanted:
    """What files shall be made of: the view, the questions by name, and a council's own slides."""

    view: View
    names: tuple[str, ...]
    template: bytes | None

    @property
    def area(self) -> Area:
        """The area, which is chosen before anything can be made."""
        assert self.view.area is not None
        return self.view.area

    @property
    def versus(self) -> str:
        """Those compared."""
        return DEFAULT if self.view.versus == controls.PICKED else self.view.versus

    @property
    def mark(self) -> str:
        """Something that is another one when a file made now would be another."""
        code = self.area.code
        own = (
            board_thoughts.thoughts(code),
            own_figures.held(code),
            board_picking.picked().codes,
            readiness.checked(code),
        )
        view = (controls.as_query(replace(self.view, mode=controls.FIRST_MODE)), _link(self.view, "start", "explore"))
        return repr((service.edition(), view, self.names, own, sha256(self.template or b"").hexdigest()))


@dataclass(frozen=True)
class Made:
    """A file that was made, of what, and which questions were left out of it with the reason."""

    mark: str
    content: bytes
    file_name: str
    left_out: tuple[str, ...]


def draw(shell: frame.Shell) -> None:
    """What goes into the files, then each kind of file with the button that makes it. Nothing is worked out before a
    file is asked for, so that the page is there at once."""
    area, mode = shell.view.area, shell.view.mode
    if mode == "show":
        st.title(_TITLE)
    if area is None:
        st.markdown("**Choose an area above to begin**, or look at one of these:")
        frame.examples()
        return
    beside = f" beside **{shell.view.beside.name}**" if shell.view.beside else ""
    st.markdown(f"The same figures, pictures and words as on the screen, for **{area.name}**{beside}.")
    wanted = Wanted(shell.view, tuple(_choose_questions(mode)), _template() if mode == "explore" else None)
    _say_what_is_ours(area.code)
    order = [name for name, kind in KINDS.items() if mode != "families" or not kind.analysts_only]
    order.sort(key=lambda name: mode == "families" and not KINDS[name].for_families)
    for first in range(0, len(order), _ACROSS):
        for column, name in zip(st.columns(_ACROSS), order[first : first + _ACROSS], strict=False):
            with column:
                _draw_kind(name, KINDS[name], wanted)


def _choose_questions(mode: Mode) -> list[str]:
    """The questions that go into the files, in the order of the pages; the address has them."""
    every = list(questions.names())
    asked = [name for name in address.asked(_OF).split(",") if name in every]
    chosen = asked or every
    titles = {one.name: one.title for one in questions.QUESTIONS}
    if mode == "families":
        return chosen
    st.session_state[_CHOSEN] = chosen
    st.pills(
        "Questions that go in",
        every,
        selection_mode="multi",
        key=_CHOSEN,
        format_func=lambda name: titles[name],
        on_change=_take_questions,
    )
    return chosen


def _take_questions() -> None:
    every, chosen = questions.names(), set(st.session_state[_CHOSEN])
    names = [name for name in every if name in chosen]
    address.put({_OF: "" if len(names) in (0, len(every)) else ",".join(names)})


def _template() -> bytes | None:
    """A council's own template for slides, where a reader has one."""
    with st.expander("Use our own template for the slides"):
        if st.context.is_embedded:
            embedded.draw_way_out()
            return None
        uploaded = st.file_uploader(
            f"A PowerPoint file (.pptx) with a layout 'Title and content', {_MOST_OF_TEMPLATE} MB at most",
            type=["pptx"],
            key=_TEMPLATE,
            max_upload_size=_MOST_OF_TEMPLATE,
        )
        st.markdown("It stays in the memory of this visit. Slides that are in it already are left out.")
    return uploaded.getvalue() if uploaded else None


def _contents(wanted: Wanted) -> Contents:
    """What the files are made of; which questions have no answer for this area is said in them, with the reason.
    Raises UnknownArea, UnknownChoice and SnapshotDamaged."""
    view, area = wanted.view, wanted.area
    answers, left_out, own = [], [], own_figures.held(area.code)
    for name in wanted.names:
        question = questions.named(name)
        beside = view.beside.code if view.beside else ""
        try:
            answers.append(service.ask(question, area.code, wanted.versus, {}, beside, view.pinned))
        except NoData as error:
            left_out.append(f"{question.title}: {error}")
    return Contents(
        tuple(answers),
        board=service.board(area.code, wanted.versus, board_picking.picked().codes, own),
        changes=service.changes(area.code, wanted.versus),
        thoughts=board_thoughts.thoughts(area.code),
        own=own,
        readiness=readiness.checked(area.code),
        template=wanted.template,
        unanswered=tuple(left_out),
        link=partial(_link, view),
    )


def _link(view: View, page: str, mode: Mode) -> str:
    """The address of the same view on a page; empty where a reader's browser has not told its own."""
    parts = urlsplit(bar.here())
    if not parts.netloc:
        return ""
    query = {**controls.as_query(view), "mode": "" if mode == controls.FIRST_MODE else mode}
    path = f"{parts.path.rsplit('/', 1)[0]}/{page}"
    return urlunsplit(
        (parts.scheme, parts.netloc, path, urlencode({name: text for name, text in query.items() if text}), "")
    )


def _say_what_is_ours(area_code: str) -> None:
    """What of the group's own goes in: it was typed on other parts of the page and is nowhere else."""
    own = []
    if board_thoughts.thoughts(area_code):
        own.append("what your group thinks and asks (typed under The board)")
    if many := len(own_figures.held(area_code)):
        own.append(count_of(many, "figure of your own", "figures of your own"))
    if readiness.checked(area_code):
        own.append("your readiness check (answered on Joining up)")
    if own:
        st.markdown(f"Also in them: {listed(own)}.")


def _draw_kind(name: str, kind: Kind, wanted: Wanted) -> None:
    """A kind of file: what it is for, the button that makes it, and the file once it is made."""
    with st.container(key=f"kind_{name}", border=True, height="stretch"):
        st.subheader(kind.title)
        st.markdown(kind.says.in_mode(wanted.view.mode))
        made: dict[str, Made] = st.session_state.setdefault(_MADE, {})
        if st.button(f"Make {kind.short}", key=f"make_{name}"):
            _make(name, kind, wanted, made)
        if name in made and made[name].mark == wanted.mark:
            held = made[name]
            for words in held.left_out:
                st.info(f"Left out. {words}")
            st.download_button(
                f"Download {kind.short} ({len(held.content) / 1e6:.1f} MB)",
                held.content,
                file_name=held.file_name,
                mime=kind.mime,
                key=f"download_{name}",
                on_click="ignore",
                type="primary",
            )


def _make(name: str, kind: Kind, wanted: Wanted, made: dict[str, Made]) -> None:
    """Make a file, saying how far it is; what went wrong is told, and nothing of the one before is offered for it."""
    made.pop(name, None)
    progress = st.progress(0.0, f"Asking the questions for {kind.short}")

    def told(part: float, words: str) -> None:
        progress.progress(part, words)

    try:
        contents = _contents(wanted)
        if not contents.answers:
            st.warning(f"No question that was chosen has an answer for {wanted.area.in_text}.")
            return
        content = service.to_take_away(lambda held: kind.make(held, contents, told))
    except SendlibError as error:
        st.error(str(error))
        return
    finally:
        progress.empty()
    made[name] = Made(wanted.mark, content, kind.file_name(contents), contents.unanswered)
