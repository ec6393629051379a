"""Slides, a report, and everything in one file: made when a reader asks, and held in the memory of the visit only."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from hashlib import sha256
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from sendlib import questions, service
from sendlib.answer import Answer, Mode
from sendlib.compared.comparators import DEFAULT
from sendlib.errors import SendlibError
from sendlib.exports.pack import KINDS, Contents, Kind
from sendlib.view import address, bar, controls, frame
from sendlib.view.take_away import board_picking, board_thoughts, own_figures

_OF = "of"
"""What the address has for the questions that go into the files; without it all of them."""
_MADE, _CHOSEN, _TEMPLATE = "made_to_take_away", "choose_of", "own_template"
_MOST_OF_TEMPLATE = 5
"""Megabytes."""


def draw(shell: frame.Shell) -> None:
    """What goes into the files, then each kind of file with the button that makes it."""
    area, mode = shell.view.area, shell.view.mode
    if area is None:
        frame.choose_first("What do we take into the meeting?")
        return
    if mode == "show":
        st.title(f"{area.short_name}: take it into the meeting")
    beside = f" beside **{shell.view.beside.name}**" if shell.view.beside else ""
    st.markdown(f"The same figures, pictures and words as on the screen, for **{area.name}**{beside}.")
    names = _choose_questions(mode)
    answers, left_out = _answers(shell, names)
    for words in left_out:
        st.info(words)
    if not answers:
        st.warning("Choose at least one question that has an answer for this area.")
        return
    template = _template() if mode == "explore" else None
    contents = _contents(shell, answers, left_out, template)
    _say_what_is_ours(contents)
    order = sorted(KINDS, key=lambda name: mode == "families" and not KINDS[name].for_families)
    with st.container(key="kinds_of_files"):
        for name in order:
            if mode == "families" and KINDS[name].analysts_only:
                continue
            _draw_kind(name, KINDS[name], contents, mode)


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


def _answers(shell: frame.Shell, names: Sequence[str]) -> tuple[list[Answer], list[str]]:
    """The answers, and which questions have none for this area, with the reason."""
    view, answers, left_out = shell.view, [], []
    assert view.area is not None
    for name in names:
        question = questions.named(name)
        beside = view.beside.code if view.beside else ""
        try:
            answers.append(service.ask(question, view.area.code, _versus(shell), {}, beside, view.pinned))
        except SendlibError as error:
            left_out.append(f"{question.title} is left out. {error}")
    return answers, left_out


def _versus(shell: frame.Shell) -> str:
    return DEFAULT if shell.view.versus == controls.PICKED else shell.view.versus


def _template() -> bytes | None:
    """A council's own template for slides, where a reader has one."""
    with st.expander("Use our own template for the slides"):
        uploaded = st.file_uploader(
            f"A PowerPoint file (.pptx) with a layout 'Title and content', {_MOST_OF_TEMPLATE} MB at most",
            type=["pptx"],
            key=_TEMPLATE,
            max_upload_size=_MOST_OF_TEMPLATE,
        )
        st.markdown("It stays in the memory of this visit. Slides that are in it already are left out.")
    return uploaded.getvalue() if uploaded else None


def _contents(
    shell: frame.Shell, answers: Sequence[Answer], left_out: Sequence[str], template: bytes | None
) -> Contents:
    area = shell.view.area
    assert area is not None
    return Contents(
        tuple(answers),
        board=service.board(area.code, _versus(shell), board_picking.picked().codes),
        thoughts=board_thoughts.thoughts(area.code),
        own=own_figures.held(area.code),
        template=template,
        unanswered=tuple(left_out),
        link=partial(_link, shell),
    )


def _link(shell: frame.Shell, page: str, mode: Mode) -> str:
    """The address of the same view on a page; empty where a reader's browser has not told its own."""
    parts = urlsplit(bar.here())
    if not parts.netloc:
        return ""
    query = {**controls.as_query(shell.view), "mode": "" if mode == controls.FIRST_MODE else mode}
    path = f"{parts.path.rsplit('/', 1)[0]}/{page}"
    return urlunsplit(
        (parts.scheme, parts.netloc, path, urlencode({name: text for name, text in query.items() if text}), "")
    )


def _say_what_is_ours(contents: Contents) -> None:
    """What of the group's own goes in: it was typed on other parts of the page and is nowhere else."""
    own = []
    if contents.thoughts:
        own.append("what your group thinks and asks (typed under The board)")
    if contents.own:
        own.append(f"{len(contents.own)} of your own figures")
    if own:
        st.markdown(f"Also in them: {' and '.join(own)}.")


def _draw_kind(name: str, kind: Kind, contents: Contents, mode: Mode) -> None:
    """A kind of file: what it is for, the button that makes it, and the file once it is made."""
    with st.container(key=f"kind_{name}", border=True):
        st.subheader(kind.title)
        st.markdown(kind.says.in_mode(mode))
        mark = _mark(name, contents)
        made: dict[str, tuple[str, bytes]] = st.session_state.setdefault(_MADE, {})
        if st.button(f"Make {kind.short}", key=f"make_{name}"):
            _make(name, kind, contents, made, mark)
        if made.get(name, ("", b""))[0] == mark:
            _, content = made[name]
            st.download_button(
                f"Download {kind.short} ({len(content) / 1e6:.1f} MB)",
                content,
                file_name=kind.file_name(contents),
                mime=kind.mime,
                key=f"download_{name}",
                on_click="ignore",
                type="primary",
            )


def _make(name: str, kind: Kind, contents: Contents, made: dict[str, tuple[str, bytes]], mark: str) -> None:
    """Make a file, saying how far it is; what went wrong is told, and what was made before stays."""
    progress = st.progress(0.0, f"Making {kind.short}")

    def told(part: float, words: str) -> None:
        progress.progress(part, words)

    try:
        made[name] = (mark, service.to_take_away(kind, contents, told))
    except SendlibError as error:
        st.error(str(error))
    finally:
        progress.empty()


def _mark(name: str, contents: Contents) -> str:
    """Something that is another one when a file made of the contents would be another."""
    told = [service.edition(), name, contents.link("start", "explore"), repr(contents.thoughts), repr(contents.own)]
    told += [f"{one.question} {one.area.code} {one.comparators} {one.pinned}" for one in contents.whole]
    told += [] if contents.board is None else list(board_picking.picked().codes)
    told += [sha256(contents.template or b"").hexdigest()]
    return sha256("\n".join(told).encode()).hexdigest()
