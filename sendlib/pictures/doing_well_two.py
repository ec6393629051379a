"""The gaps of two areas side by side, in the same rows on one axis."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sendlib.answer import TOO_FEW, Answer, Mode
from sendlib.answer.numbers import written
from sendlib.pictures import rows, two_areas
from sendlib.pictures.picture import Picture, nothing_to_draw
from sendlib.questions.doing_well import stages
from sendlib.questions.doing_well.notes import NO_PICTURE
from sendlib.questions.doing_well.words import place
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE, WORDS

_LONGEST = 44
"""Letters of two names with their numbers that a narrow screen has room for."""
_SAME = ["stage", "pupils_with", "measured_in"]
"""What two gaps must share to be compared: the stage, whose gap it is, and the school year."""


def shows(answer: Answer) -> Answer:
    """The answer whose mean and England stand behind both: the first area's, or the second's where the first has too
    few children for any."""
    return answer.beside if answer.beside and answer.state == TOO_FEW else answer


def gaps(answer: Answer, other: Answer, mode: Mode, grey: Mapping[str, str], words: tuple[str, str]) -> list[Picture]:
    """The gaps of both groups with SEND at each stage. `grey`: name in the key -> column of what steps back, of
    `shows(answer)`; `words`: the heading of the gaps, and the words of their axis."""
    below = too_few(answer, other)
    table = _both(answer, other)
    held = _rows(answer, table, grey)
    if not table[["own_gap", "beside_gap"]].notna().any(axis=None):
        nothing = f"Not available for {place(answer.area)} and {place(other.area)}."
        return [nothing_to_draw("stages", NO_PICTURE if len(below) > 1 else nothing)]
    ends = rows.limits(table, held.columns)
    found: list[Picture] = []
    for code, group in stages.WITH_SEND.items():
        part = table[table["pupils_with"].eq(group)]
        heading, axis = words
        found.append(
            two_areas.strip(
                f"stages_{code}",
                mode,
                _rows(answer, part, grey),
                ends,
                axis,
                f"Gap in points at each stage, {group}",
                heading=f"{heading}: {group}",
                below=() if found else below,
                foot={row["label"]: _in_numbers(answer, row) for _, row in part.iterrows()},
            )
        )
    return found


def _in_numbers(answer: Answer, row: pd.Series) -> str:
    """`Gap: Kent 67.1, Reading 61.4`, as far as there are such; names too long for a narrow screen are those of the
    key."""
    gaps = [
        (name, row[column]) for name, column in zip(two_areas.names(answer), ("own_gap", "beside_gap"), strict=True)
    ]
    known = [(name, written(gap, 1)) for name, gap in gaps if gap == gap]
    told = ", ".join(f"{name} {gap}" for name, gap in known)
    if len(told) > _LONGEST and len(known) == 2:
        told = f"{known[0][1]} and {known[1][1]}, in the order of the key"
    return f"Gap: {told}" if told else ""


def too_few(*answers: Answer) -> tuple[str, ...]:
    """Who of two is not drawn, of too few children."""
    return tuple(f"{one.area.name}: {NO_PICTURE}" for one in answers if one.state == TOO_FEW)


def _both(answer: Answer, other: Answer) -> pd.DataFrame:
    """The rows of the answer that stands behind both, with the gaps of the two areas and why one is missing."""
    table = shows(answer).tables["stages"].data
    for name, one in (("own", answer), ("beside", other)):
        each = one.tables["stages"].data[[*_SAME, "gap", "status"]].set_axis([*_SAME, f"{name}_gap", name], axis=1)
        table = table.merge(each, on=_SAME, how="left")
        if one.state == TOO_FEW:
            # Said once below, in place of a word in every row.
            table = table.assign(**{f"{name}_gap": float("nan"), name: VALUE})
    label = [stages.row_label(stage, year) for stage, year in zip(table["stage"], table["measured_in"], strict=True)]
    return table.assign(label=label)


def _rows(answer: Answer, table: pd.DataFrame, grey: Mapping[str, str]) -> two_areas.Rows:
    own, beside = two_areas.names(answer)
    remarks = [
        "; ".join(
            f"{name}: {WORDS[NOT_AVAILABLE if status != status else status]}"
            for name, status in ((own, first), (beside, second))
            if status != VALUE
        )
        for first, second in zip(table["own"], table["beside"], strict=True)
    ]
    return two_areas.Rows(table, "label", (own, "own_gap"), (beside, "beside_gap"), grey, {}, remarks)
