"""The rehearsal of a linkage: MADE-UP children, linked in front of the reader. No file can be brought here.

What is made up belongs to nobody, so that all readers of a process share it: each choice is worked out once.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import streamlit as st

from sendlib import pictures
from sendlib.answer import Answer, Mode
from sendlib.linking import engine, rehearsal, telling
from sendlib.linking.rehearsal import Progress, Rehearsed
from sendlib.view import address, drawing, panels
from sendlib.view.cards import draw_figures
from sendlib.view.numbers import see_the_numbers

_MODE: Mode = "explore"
_MOST_HELD = 6
_CHILDREN, _DRAW, _CERTAINTY, _PAIR = "rehearsal_children", "rehearsal_draw", "rehearsal_certainty", "rehearsal_pair"
_STARTED, _YES = "rehearsal", "linked"
"""What the address has for the choices, and once the lists shall be linked: nothing is worked out before."""
_AT_YOUR_DESK = """python -m sendlib link --left education.csv --right health.csv --to ../linked
python -m sendlib link --help"""


class _Shared:
    """Rehearsals of this process, by number of children and draw; one is worked out at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: OrderedDict[tuple[int, int], Rehearsed] = OrderedDict()

    def has(self, number: int, seed: int) -> bool:
        """Whether somebody has asked for it already."""
        return (number, seed) in self._held

    def of(self, number: int, seed: int, progress: Progress) -> Rehearsed:
        """A rehearsal, worked out where nobody has asked for it yet."""
        with self._lock:
            if (number, seed) not in self._held:
                self._held[number, seed] = rehearsal.rehearse(number, seed, progress)
            self._held.move_to_end((number, seed))
            while len(self._held) > _MOST_HELD:
                self._held.popitem(last=False)
            return self._held[number, seed]


_SHARED = _Shared()


def draw() -> None:
    """The rehearsal, or how to get what it needs."""
    st.warning(
        "**MADE UP.** No child on this page exists: names, dates and postcodes are put together by chance, and the"
        " slips in them are ours. A real list is never taken here; how to link your own at your own desk stands below."
    )
    if not engine.is_there():
        st.info(
            "The rehearsal needs Splink, the Ministry of Justice's free program for linking lists. It is an optional"
            " extra that is not installed where this app runs. Whoever runs the app can add it:"
        )
        st.code(engine.INSTALL, language=None)
        return
    number, seed, certainty = _choices()
    if address.asked(_STARTED) != _YES and not _SHARED.has(number, seed):
        st.button("Link these two MADE-UP lists", key=_STARTED, on_click=_start, type="primary")
        st.markdown("It takes some ten seconds, once for all readers of the app.")
        _draw_desk()
        return
    made = _worked_out(number, seed)
    examples = telling.examples(made, certainty)
    asked = address.asked(_PAIR)
    answer = telling.of(made, certainty, asked if asked in examples else examples[0])
    st.markdown(answer.headline.explore)
    draw_figures(answer, _MODE)
    for name in ("ways", "groups"):
        _draw_part(answer, name)
    _draw_pair(answer, examples, asked)
    st.subheader(answer.tables["certainty"].heading)
    see_the_numbers(answer, "certainty", _MODE, "rehearsal-")
    _draw_words(answer)


def _start() -> None:
    address.put({_STARTED: _YES})


def _choices() -> tuple[int, int, float]:
    """What a reader chooses: how many children, which draw of them, and how certain a link must be."""
    columns = st.columns(3)
    with columns[0]:
        number = _choose(_CHILDREN, "MADE-UP children in education's list", rehearsal.SIZES, rehearsal.SIZES[1])
    with columns[1]:
        seed = _choose(_DRAW, "Which children are drawn", rehearsal.DRAWS, rehearsal.DRAWS[0])
    with columns[2]:
        certainty = _choose(_CERTAINTY, "Certainty that a link needs", rehearsal.CERTAINTIES, rehearsal.USUAL)
    return int(number), int(seed), certainty


def _choose(name: str, label: str, offered: Sequence[float], usual: float) -> float:
    """One choice; the address has it where it is not the usual one."""
    by_text = {f"{one:g}": one for one in offered}
    asked = address.asked(name)
    chosen = asked if asked in by_text else f"{usual:g}"
    st.session_state[name] = chosen
    st.selectbox(
        label,
        list(by_text),
        key=name,
        format_func=lambda text: f"{by_text[text]:,g}",
        on_change=_keep,
        args=(name, f"{usual:g}"),
    )
    return by_text[chosen]


def _keep(name: str, usual: str) -> None:
    chosen = str(st.session_state[name])
    address.put({name: "" if chosen == usual else chosen})


def _worked_out(number: int, seed: int) -> Rehearsed:
    """The rehearsal, with a bar that says how far it is."""
    bar = st.progress(0.0, "Linking MADE-UP children; another reader's linkage may have to end first")
    made = _SHARED.of(number, seed, lambda part, words: _tell(bar, part, words))
    bar.empty()
    return made


def _tell(bar: st.delta_generator.DeltaGenerator, part: float, words: str) -> None:
    bar.progress(part, f"MADE-UP children. {words}")


def _draw_part(answer: Answer, name: str) -> None:
    """A table of the answer: its heading, its pictures, and its numbers on request."""
    st.subheader(answer.tables[name].heading)
    drawing.draw(pictures.of(answer, name, _MODE), _MODE)
    if panels.switch(f"rehearsal-{name}", f"See the numbers: {answer.tables[name].heading}"):
        see_the_numbers(answer, name, _MODE, "rehearsal-")


def _draw_pair(answer: Answer, examples: Sequence[str], asked: str) -> None:
    """One pair of records field by field, of a kind that the reader chooses."""
    st.session_state[_PAIR] = asked if asked in examples else examples[0]
    st.subheader(answer.tables["pair"].heading)
    st.selectbox(
        "Which MADE-UP pair",
        list(examples),
        key=_PAIR,
        format_func=lambda name: telling.EXAMPLES[name],
        on_change=_keep,
        args=(_PAIR, examples[0]),
    )
    st.markdown(f"{answer.tables['pair'].caption.explore}. {answer.tables['pair'].how_to_read.explore}")
    drawing.draw(pictures.of(answer, "pair", _MODE), _MODE)
    if panels.switch("rehearsal-pair", "See the numbers: the pair"):
        see_the_numbers(answer, "pair", _MODE, "rehearsal-")


def _draw_words(answer: Answer) -> None:
    """What must be known, and what it can not tell."""
    for note in answer.notes:
        st.markdown(note.text.explore)
    st.markdown("**What this cannot tell you**")
    st.markdown("\n".join(f"- {text.explore}" for text in answer.cannot_tell))
    _draw_desk()


def _draw_desk() -> None:
    """How to do it with real lists."""
    st.markdown(
        "**With your own lists, at your own desk.** The same settings link two files on a computer of your own, on"
        " DuckDB or on Spark. Pairs and a report go to the folder that you name and nowhere else;"
        " docs/linking.md says how."
    )
    st.code(_AT_YOUR_DESK, language=None)
