"""What the answer says, in the words of each mode."""

from __future__ import annotations

from collections.abc import Sequence

from sendlib.answer import Figure, Note, Text, Verdict
from sendlib.answer.numbers import count_of, in_so_many, out_of, written
from sendlib.areas import Area
from sendlib.changes.moves import Move
from sendlib.changes.revised import Difference
from sendlib.methods.unusual import FEWEST_BEFORE, by_chance
from sendlib.store import Before
from sendlib.tables import periods

RULE = Text(
    "More than usual: larger, up or down, than each change before it in the same series, of which there are at least"
    f" {FEWEST_BEFORE}. Doubtful figures, breaks in a series and numbers under 10 count for nothing.",
    "Larger, up or down, than each change before in the same series",
    "A big change is one that is larger than each change before it. We only say so where there are at least"
    f" {FEWEST_BEFORE} earlier changes.",
)
CANNOT_TELL = (
    Text("Whether a change is good or bad, or why it came.", families="Why a number changed, or if that is good."),
    Text(
        "Whether one change is more than chance: of many series some move more than usual by chance alone.",
        families="If one change means something. In a long list some changes are big by chance.",
    ),
)
COULD_CHANGE = (Text("What a board asks about first.", families="What you ask your council about first."),)


def title(area: Area, moves: Sequence[Move]) -> Text:
    """A statement of how many moved more than usual."""
    judged, unusual = _counted(moves)
    if not judged:
        return Text(f"{area.short_name}: too few earlier figures to say what is usual")
    if not unusual:
        return Text(f"{area.short_name}: no figure moved more than usual")
    verb = "figure moved" if unusual == 1 else "figures moved"
    return Text(
        f"{area.short_name}: {written(unusual)} {verb} more than usual",
        families=f"{area.short_name}: {written(unusual)} {verb.replace('moved', 'changed')} more than usual",
    )


def headline(area: Area, moves: Sequence[Move], differ: Sequence[Difference], before: Before) -> Text:
    """How many moved more than usual beside how many would by chance, and what differs from the release before."""
    told, plainly = _moved(area, moves)
    if before.before:
        new, other, gone = (sum(one.kind == kind for one in differ) for kind in ("new", "revised", "gone"))
        other_now, gone_now = _counting(other, "is another number", "are other numbers"), _counting(gone, "is", "are")
        told += (
            f" Compared with the release before, {_counting(new, 'figure over time is', 'figures over time are')} new,"
            f" {other_now} and {gone_now} no longer there."
        )
        another = _counting(other, "has", "have").capitalize()
        plainly += (
            f" Since our last update, {_counting(new, 'figure is', 'figures are')} new. {another} another number now,"
            f" and {gone_now} gone."
        )
    return Text(told, families=plainly)


def _counting(number: int, one: str, many: str) -> str:
    """`1 is`, `2 are`, `none are`."""
    return count_of(number, one, many) if number else f"no {many}" if many.startswith("figure") else f"none {many}"


def _moved(area: Area, moves: Sequence[Move]) -> tuple[str, str]:
    judged, unusual = _counted(moves)
    if not judged:
        return (
            f"No series of {area.in_text} is long enough, and of enough children, to say which change is more than"
            " usual.",
            f"For {area.in_text} we have too few earlier figures to say which change is big.",
        )
    chance = by_chance(move.judged for move in moves)
    about = f"about {written(chance)}" if chance >= 1 else "fewer than one"
    return (
        f"Of {count_of(judged, 'figure', 'figures')} over time that can be judged in {area.in_text},"
        f" {written(unusual) if unusual else 'none'} moved more between the two newest periods than in any change"
        f" before; by chance alone {about} would.",
        f"We looked at {count_of(judged, 'figure', 'figures')} for {area.in_text}."
        f" {f'{written(unusual)} of them' if unusual else 'None of them'} changed more than usual."
        f" {about.capitalize()} would do so by chance.",
    )


def _counted(moves: Sequence[Move]) -> tuple[int, int]:
    return sum(move.judged.is_judged for move in moves), sum(move.unusual for move in moves)


def line(move: Move, england: str, kind: str) -> Verdict:
    """One move in a line: the figures, the change, and how it stands to those before."""
    series, name = move.series, move.series.measure.words
    figures = [series.written(point.number) for point in (move.before, move.now)]
    when = [_when(point.period) for point in (move.before, move.now)]
    change = series.written_change(move.change)
    new = {"new": "new since the release before, ", "revised": "another number than in the release before, "}
    beside = f" England: {england}." if england else ""
    explore = (
        f"{name}: {new.get(kind, '')}{figures[0]} in {when[0]}, {figures[1]} in {when[1]}: {change}. None of the"
        f" {move.judged.earlier} changes before was as large.{beside}"
    )
    show = f"{name}: {figures[0]} → {figures[1]} ({change}{f'; England {england}' if england else ''}), {when[1]}"
    return Verdict(Text(explore, show, f"{name}. {_plainly(move, figures, when)}"), RULE)


def _when(period: str) -> str:
    """A period as it stands after `in`: `the school year 2024/25`, and of months of the NHS, which are named by their
    last day, the month."""
    if len(period) == len("2024-08-31"):
        return periods.spoken_month(period)
    return f"the school year {period}" if "/" in period else periods.spoken(period)


def _plainly(move: Move, figures: Sequence[str], when: Sequence[str]) -> str:
    if move.series.unit == "%":
        shares = (move.before.number, move.now.number)
        many = out_of(*shares, apart=True)
        figures = [f"{in_so_many(share, many)} of every {written(many)}" for share in shares]
    return f"It was {figures[0]} in {when[0]}, then {figures[1]} in {when[1]}."


def large(moves: Sequence[Move], differ: Sequence[Difference], before: Before) -> tuple[Figure, ...]:
    """The numbers that stand large: what moved more than usual, and what the publishers changed."""
    judged, unusual = _counted(moves)
    if not judged:
        return ()
    found = [
        Figure(
            Text("Moved more than usual", families="Changed more than usual"),
            float(unusual),
            "",
            Text(f"of {count_of(judged, 'figure', 'figures')} that can be judged"),
            decimals=0,
        )
    ]
    if before.before:
        other = sum(one.kind == "revised" for one in differ)
        of = Text("in the release shown than in the one before", families="since our last update")
        found.append(
            Figure(Text("Other numbers now", families="Another number now"), float(other), "", of, decimals=0),
        )
    return tuple(found)


def notes(before: Before, problem: str, missing: int, about: str) -> tuple[Note, ...]:
    """What is held to compare with, what could not be read, and how many measures end without a figure (`about`)."""
    found = []
    problems = [*before.problems, *([problem] if problem else [])]
    if not before.before and not problems:
        found.append(
            Note(
                "missing",
                Text(
                    "This copy has held no release before the one shown, so what the publishers revised is not known."
                    " What moved is told between the two newest periods of each figure.",
                    "No release before this one is held: moves are between the two newest periods.",
                    "We have no older copy to compare with. So we tell you what changed between the last two dates.",
                ),
            )
        )
    found += [Note("caution", Text(one, families="An older copy can not be read.")) for one in problems]
    if missing:
        told = count_of(missing, "measure has", "measures have")
        found.append(Note("missing", Text(f"{told} no figure of the newest period."), about))
    return tuple(found)
