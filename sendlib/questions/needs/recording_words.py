"""What is said of the what-if of Needs: what it would do, how much it would take, and whom to ask."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sendlib.answer import COMPARED, DOUBTFUL, TOO_FEW, Note, State, Table, Text
from sendlib.answer.numbers import capital, listed, percent, said, written
from sendlib.areas import Area
from sendlib.compared import parts
from sendlib.compared.cohorts import Cohort
from sendlib.compared.comparators import Comparators
from sendlib.compared.mixes import SMALL, Mixes, middle_of_all
from sendlib.methods import mix
from sendlib.questions.needs import recording
from sendlib.questions.needs.recording import INSIDE, Move, Moves
from sendlib.questions.needs.words import SHORT, in_sentence, is_or_are, why_nobody

_UNKNOWN = "Nobody knows from these figures whether it is recording"
_NOBODY_KNOWS = f"{_UNKNOWN}: the children may differ, the recording, or both."


def caption(moves: Moves, names: Mapping[str, str], whose: str) -> Text:
    """What the table and the picture are: which moves, of whose counts, and that no publisher says so."""
    of_what = f"{capital(whose)}: arithmetic on published counts, not a published figure"
    each = [
        f"{f'{one.percent}%' if one.percent else 'a part'} of {in_sentence(names[one.source])} were recorded as"
        f" {in_sentence(names[one.target])}"
        for one in moves
    ]
    return Text(
        f"What if {listed(each)}? {of_what}",
        f"What if it were recorded otherwise? Nobody knows whether it is. {capital(whose)}: arithmetic, not published",
    )


def told(
    mixes: Mixes, area: Area, others: Comparators, state: State, moves: Moves, first: Moves, names: Mapping[str, str]
) -> tuple[Text, Text]:
    """What the moves would do, whether that is the least that brings a need inside the range; and how much it
    would take to be as common as the mean. `first`: the moves that the page opens with (recording.usual)."""
    table, before, after = recording.moved_table(mixes, area.code, others, moves, names)
    rows = table.set_index("need")
    if why := _why_not(mixes, area, others, state, moves, rows):
        return Text(why), Text("")
    typical = _to_be_typical(mixes, area, others, moves[0], rows)
    real = tuple(move for move in moves if move.percent)
    if not real:
        inside = "" if parts.of_itself(area, others) else _already(others, moves, rows, moves == first)
        now = f"{inside or typical} Nothing is moved yet."
        return Text(f"{now} {_NOBODY_KNOWS}", f"{now} {_UNKNOWN}."), Text(typical if inside else "", None)
    would = f"{_if(real, mixes.cohort, rows)}, {_would_be(others, real, rows)}"
    least = _least(moves, rows) if moves == first else ""
    brief = f"{_briefly(real, mixes.cohort, rows)} {_UNKNOWN}."
    whole = f"{would}{_whole(before, after, others, mixes)}."
    return Text(" ".join(said([whole, least, _NOBODY_KNOWS])), brief, brief), Text(typical, None)


def _why_not(mixes: Mixes, area: Area, others: Comparators, state: State, moves: Moves, rows: pd.DataFrame) -> str:
    """Why nothing can be said of these moves; empty where something can."""
    cohort, row = mixes.cohort, mixes.row(area.code)
    needs = dict.fromkeys(need for move in moves for need in (move.source, move.target))
    if rows["share"].isna().all():
        return f"The needs are not available for {area.in_text}, so nothing can be moved."
    lacking = [in_sentence(str(rows["name"][need])) for need in needs if np.isnan(rows["share"][need])]
    if lacking:
        them = "it" if len(lacking) == 1 else "them"
        return f"{capital(listed(lacking))}: not available for {area.in_text}, so nothing of {them} can be moved."
    if parts.of_itself(area, others):
        return f"{capital(area.in_text)} is set beside its own authorities: there is no range to bring it into."
    if state == DOUBTFUL:
        return f"The number of plans of {area.in_text} is doubtful, so nothing is worked out of it."
    if state == TOO_FEW or not float(mixes.recorded[row]) >= SMALL:
        where = f"from {area.in_text}" if cohort.is_plans else f"{cohort.where} {area.in_text}"
        return f"There are too few {cohort.of} {where} for this to say anything."
    if np.isnan(rows["comparator_mean"][moves[0].source]):
        return f"There is no mean to compare with: {why_nobody(others, int(mixes.known[row].max()))}."
    return ""


def _already(others: Comparators, moves: Moves, rows: pd.DataFrame, usual: bool) -> str:
    """That the two needs of a single move are inside the range; empty where one is not."""
    move = moves[0]
    if len(moves) > 1 or any(recording.stands(rows["share"][need], rows.loc[need]) != INSIDE for need in _of(move)):
        return ""
    two = " and ".join(f"{_name(rows, need)} ({percent(rows['share'][need])})" for need in _of(move))
    furthest = f", the two furthest from {others.the_mean}," if usual else ""
    return f"{capital(two)}{furthest} are already inside the range of those compared."


def _of(move: Move) -> tuple[str, str]:
    return move.source, move.target


def _name(rows: pd.DataFrame, need: str) -> str:
    return in_sentence(str(rows["name"][need]))


def _if(moves: Moves, cohort: Cohort, rows: pd.DataFrame) -> str:
    """`If about 1 in 5 of the plans that name autism (19%, 80 of 421) named moderate learning difficulty instead`."""
    instead = "named" if cohort.is_plans else "were recorded with"
    each = []
    for move in moves:
        whole = rows["count"][move.source]
        number = f"{_count(move.percent * whole / 100)} of {written(whole)}"
        of_whom = f"of the {cohort.that_name(_name(rows, move.source))}"
        about = _about(move.percent)
        part = f"{about} {of_whom} ({move.percent}%, {number})" if about else f"{move.percent}% {of_whom} ({number})"
        each.append(f"{part} {instead} {_name(rows, move.target)} instead")
    return f"If {listed(each)}"


def _count(number: float) -> str:
    return "fewer than one" if 0 < number < 0.5 else written(number)


def _about(per_cent: int) -> str:
    """`about 1 in 5` for a part that is as much or a little less; empty where that would say too little or too much."""
    nearest = 100 // per_cent
    exactly = "" if nearest * per_cent == 100 else "about "
    return f"{exactly}1 in {nearest}" if nearest >= 2 and 1 / nearest - per_cent / 100 < 0.02 else ""


def _would_be(others: Comparators, moves: Moves, rows: pd.DataFrame) -> str:
    """What the needs of some moves would be, each beside the range of those compared."""
    needs = dict.fromkeys(need for move in moves for need in _of(move))
    each = []
    for place, need in enumerate(needs):
        row = rows.loc[need]
        side = recording.stands(row["share_moved"], row)
        ends = f"{percent(row['comparator_min'])} to {percent(row['comparator_max'])}"
        if not side:
            beside = f" ({others.label} {percent(row['comparator_mean'])})" if others.alone else ""
        elif place == 0:
            beside = f", {side} the range of those compared ({ends})"
        else:
            beside = f", {side} its range ({ends})"
        would = "would be " if place == 0 else ""
        each.append(f"{in_sentence(str(row['name']))} {would}{percent(row['share_moved'])}{beside}")
    return f"{'; '.join(each[:-1])}; and {each[-1]}"


def _least(moves: Moves, rows: pd.DataFrame) -> str:
    """What the move that the page opens with is the least of: it brings inside what was outside, or one of the two."""
    before, now = (
        {need: recording.stands(rows[column][need], rows.loc[need]) for need in _of(moves[0])}
        for column in ("share", "share_moved")
    )
    outside = [need for need, side in before.items() if side != INSIDE]
    brought = [_name(rows, need) for need in outside if now[need] == INSIDE]
    both = "both" if len(brought) == 2 else brought[0]
    not_both = [need for need in _of(moves[0]) if now[need] != INSIDE]
    least = f"No smaller whole per cent of this move brings {both} inside."
    if not not_both:
        return least
    other = not_both[0]
    still = "still" if before[other] == now[other] else "then"
    return f"{least} {capital(_name(rows, other))} would {still} be {now[other]} its range: one move can not do both."


def _briefly(moves: Moves, cohort: Cohort, rows: pd.DataFrame) -> str:
    """What the moves would do, as short as a shared screen needs it."""
    needs = list(dict.fromkeys(need for move in moves for need in _of(move)))
    sides = [recording.stands(rows["share_moved"][need], rows.loc[need]) for need in needs]
    shares = [
        f"{percent(rows['share_moved'][need])}{f' ({side} the range)' if side else ''}"
        for need, side in zip(needs, sides, strict=True)
    ]
    if len(moves) == 1 and set(sides) == {INSIDE}:
        both = " and ".join(percent(rows["share_moved"][need]) for need in needs)
        return f"{_if(moves, cohort, rows)}, their shares would be {both}, both inside the range."
    if len(moves) == 1:
        return f"{_if(moves, cohort, rows)}, their shares would be {listed(shares)}."
    each = [
        f"{move.percent}% of {SHORT[move.source]} {'were recorded ' if not place else ''}as {SHORT[move.target]}"
        for place, move in enumerate(moves)
    ]
    out = [
        f"{SHORT[need]} would be {side} the range ({percent(rows['share_moved'][need])})"
        for need, side in zip(needs, sides, strict=True)
        if side not in ("", INSIDE)
    ]
    inside = INSIDE in sides
    rest = ["the others inside it"] if out and inside else ["all of them would be inside the range"] if inside else []
    then = listed([*out, *rest]) if out or rest else "the shares would be those of the picture"
    return f"If {listed(each)}, {then}."


def _whole(before: float, after: float, others: Comparators, mixes: Mixes) -> str:
    """What some moves do to the whole mix, with its numbers; nothing where a need is missing."""
    if np.isnan(before):
        return ""
    numbers = f"(divergence {after:.3f}, now {before:.3f}{middle_of_all(mixes)})"
    return f". The mix would be {_nearer(round(before, 3), round(after, 3), others)} {numbers}"


def _nearer(before: float, after: float, others: Comparators) -> str:
    """What a move does to the whole mix."""
    what = others.label if others.alone else "the mean"
    if after == before:
        return f"as far from {what} as now"
    return f"{'closer to' if after < before else 'further from'} {what} than now"


def _to_be_typical(mixes: Mixes, area: Area, others: Comparators, move: Move, rows: pd.DataFrame) -> str:
    """How much would have to be recorded otherwise for a need to be as common as among those compared."""
    cohort, total = mixes.cohort, float(mixes.recorded[mixes.row(area.code)])
    source, name = rows.loc[move.source], _name(rows, move.source)
    wanted = source["comparator_mean"] / 100
    part = mix.part_to_share(rows["count"].to_numpy(), list(rows.index).index(move.source), wanted, total)
    of_it = "that name it" if cohort.is_plans else "who have it"
    other = "name another need" if cohort.is_plans else "be recorded with another need"
    if part > 0:
        return (
            f"For {name} to be as common as {_as_common(others)} ({percent(source['comparator_mean'])}),"
            f" about {_one_in(part)} of the {cohort.of} {of_it} ({_count(part * source['count'])} of"
            f" {written(source['count'])}) would have to {other}."
        )
    short = wanted * total - source["count"]
    if round(short) == 0:
        return f"{capital(name)} {is_or_are(name)} as common as {_as_common(others)} ({percent(source['share'])})."
    rest = total - source["count"]
    of_others = "that name another need" if cohort.is_plans else "who do not have it"
    take = "name it" if cohort.is_plans else "be recorded with it"
    return (
        f"Here {name} {is_or_are(name)} {cohort.found} less often than {_beside(others)}"
        f" ({percent(source['share'])} against {percent(source['comparator_mean'])}). To be as common, about"
        f" {_one_in(short / rest)} of the {cohort.of} {of_others} ({written(short)} of {written(rest)}) would have to"
        f" {take}."
    )


def _beside(others: Comparators) -> str:
    return f"in {others.label}" if others.alone else f"on average among {others.label}"


def _as_common(others: Comparators) -> str:
    return f"in {others.label}" if others.alone else others.the_mean


def _one_in(part: float) -> str:
    """A part as `1 in 4`, as a per cent where that is clearer."""
    nearest = round(1 / part)
    return f"1 in {nearest}" if nearest >= 2 and abs(1 / nearest - part) < 0.02 else f"{written(100 * part)}%"


def _compared(table: Table) -> pd.DataFrame:
    """The rows of those compared."""
    return table.data[table.data["whose"].eq(COMPARED)]


def to_ring_up(area: Area, tables: Mapping[str, Table], move: Move) -> str:
    """Who records most unlike the area (the table recording_unlike), with the shares of the two needs of a move; empty
    with fewer than two."""
    if "recording_unlike" not in tables or len(theirs := _compared(tables["recording_unlike"])) < 2:
        return ""
    each = [
        f"{row['area']} ({SHORT[move.source]} {percent(row['source'])}, {SHORT[move.target]} {percent(row['target'])})"
        for _, row in theirs.iterrows()
    ]
    return (
        f"Of those compared, the recorded mixes most unlike that of {area.in_text}: {listed(each)}. They can be asked"
        " how they record."
    )


def notes(what_if: Text, typical: Text, ring_up: str) -> tuple[Note, ...]:
    """The notes beside the picture; on a shared screen what the moves would do stands under the title."""
    texts = (Text(what_if.explore, None, what_if.families), typical, Text(ring_up, None))
    return tuple(Note("definition", text, about="recording") for text in texts if text.explore)
