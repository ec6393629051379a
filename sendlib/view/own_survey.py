"""A forum's own survey on the five outcomes: a form, and the results in the memory of the session. Nothing writes them
anywhere."""

from __future__ import annotations

import streamlit as st

from sendlib.answer import Answer, Mode
from sendlib.answer.numbers import listed
from sendlib.questions.doing_well import five_outcomes
from sendlib.questions.doing_well.five_outcomes import OUTCOMES, Result
from sendlib.view import panels
from sendlib.view.cards import draw_tiles

_WHERE_THEY_STAY = (
    "They go to the computer that runs this app and stay in its memory for this visit only; a reload or closing the"
    " page"
    " loses them."
)
_HEADING = "Five things that families want for children"
_SURVEYS = "own_surveys"
"""Where the session keeps the results, by area."""


def results(area_code: str) -> dict[str, Result]:
    """The results of an area in this session, by outcome."""
    found: dict[str, Result] = st.session_state.setdefault(_SURVEYS, {}).get(area_code, {})
    return found


def draw_outcomes(answer: Answer, mode: Mode) -> None:
    """A tile an outcome: what is measured nationally or that nothing is, and the forum's own result; then the form.

    Families open it: the page would be too long for a phone otherwise.
    """
    if mode != "families":
        st.subheader(_HEADING)
        _draw_outcomes(answer, mode)
    elif opened := panels.panel("five_outcomes", _HEADING):
        with opened:
            _draw_outcomes(answer, mode)


def _draw_outcomes(answer: Answer, mode: Mode) -> None:
    own = results(answer.area.code)
    table = answer.tables["five_outcomes"]
    tiles = []
    for code, (_, row) in zip(OUTCOMES, table.data.iterrows(), strict=True):
        result = own.get(code)
        added = f"{result.text}." if result and result.answered else ""
        said = five_outcomes.sentence(OUTCOMES[code], row, mode)
        tiles.append((str(row["outcome"]), five_outcomes.number(row, mode), said, added))
    draw_tiles(tiles, "Your own survey:")
    if mode != "explore":  # there the part of the page says its notes itself
        for note in answer.notes_about("five_outcomes"):
            st.markdown(note.text.in_mode(mode))
    _draw_form(answer.area.code)


def _draw_form(area_code: str) -> None:
    """The form, warnings of small numbers, and the download."""
    form = panels.panel("own_survey", "**Add the results of your own survey**")
    if not form:
        return
    with form:
        st.markdown(_WHERE_THEY_STAY)
        own = results(area_code)
        _form(area_code, own)
        small = [OUTCOMES[code].name for code, result in own.items() if result.answered and result.small]
        if small:
            st.warning(
                f"{listed(small)}: 1 to 4 families answered, said yes or said no, which could point to a child. The"
                " tile and the download hide these numbers."
            )
        if any(result.answered for result in own.values()):
            st.download_button(
                "Download your own results (CSV)",
                five_outcomes.export(own),
                f"our-survey-{area_code}.csv",
                "text/csv",
                key="download_survey",
                on_click="ignore",
            )
            st.button("Take the results out", key="take_survey_out", on_click=_take_out, args=(area_code,))


def _form(area_code: str, own: dict[str, Result]) -> None:
    with st.form("survey", border=False):
        entered = {}
        for code, outcome in OUTCOMES.items():
            left, right = st.columns(2)
            held = own.get(code, Result(0, 0))
            answered = left.number_input(
                f"{outcome.name}: how many answered",
                0,
                five_outcomes.MOST,
                held.answered,
                key=f"asked_{code}_{area_code}",
            )
            yes = right.number_input(
                f"{outcome.name}: how many said yes", 0, five_outcomes.MOST, held.yes, key=f"yes_{code}_{area_code}"
            )
            entered[code] = Result(int(answered), int(yes))
        if st.form_submit_button("Show them in the tiles"):
            wrong = [OUTCOMES[code].name for code, result in entered.items() if result.problem]
            if wrong:
                st.warning(f"{listed(wrong)}: more said yes than answered. Nothing was changed.")
            else:
                st.session_state[_SURVEYS][area_code] = entered
                st.rerun()


def _take_out(area_code: str) -> None:
    """Forget the results of an area, and what was typed for them."""
    st.session_state[_SURVEYS].pop(area_code, None)
    for code in OUTCOMES:
        for key in (f"asked_{code}_{area_code}", f"yes_{code}_{area_code}"):
            st.session_state.pop(key, None)
