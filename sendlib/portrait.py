"""What Start says of an area under the statements: what is newest, what is missing, and where to look next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sendlib.answer import COMPARED, MODES, Answer, Text
from sendlib.answer.citing import tables_shown
from sendlib.areas import ENGLAND
from sendlib.provenance import spoken_date

LONDON = "E12000007"


@dataclass(frozen=True)
class Next:
    """Somewhere to look next: a page, and what its address has besides the view."""

    words: Text
    page: str
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Portrait:
    """`newest` is the release that came last; `missing` is what the area has no figure for, each with the reason."""

    newest: Text
    missing: tuple[Text, ...]
    onward: tuple[Next, ...]


def of(answers: Sequence[Answer]) -> Portrait:
    """Taken out of the answers of one area to all questions that have one."""
    return Portrait(_newest(answers), tuple(dict.fromkeys(_missing(answers))), tuple(_onward(answers)))


def _newest(answers: Sequence[Answer]) -> Text:
    """The publication behind what is shown that came last."""
    shown = [source for answer in answers for source in answer.citations(tables_shown(answer)) if source.published]
    if not shown:
        return Text("")
    last = max(shown, key=lambda source: source.published or "")
    day = spoken_date(last.published or "")
    return Text(
        f"Newest release shown: {last.publication}, published {day}",
        show=f"Newest release: {last.publication}, {day}",
        families=f"The newest figures came out on {day}: {last.publication}",
    )


def _missing(answers: Sequence[Answer]) -> Iterator[Text]:
    """What there is no figure for, among the statements and the large numbers of their pages."""
    for answer in answers:
        if answer.glance and not answer.glance.held:
            yield _because(answer.glance.statement, answer.glance.small)
            continue  # the rest of its page is missing for the same reason
        yield from (_because(figure.label, figure.comparison) for figure in answer.figures if figure.value is None)


def _because(what: Text, why: Text) -> Text:
    """`plans in special schools: not in the file`."""
    return Text(*(f"{_lower(what.in_mode(mode))}: {_lower(why.in_mode(mode))}".rstrip(".: ") for mode in MODES))


def _lower(words: str) -> str:
    """Words within a sentence; a name and an abbreviation keep their capitals."""
    name = words.startswith("England") or words[1:2].isupper()
    return words if name else f"{words[:1].lower()}{words[1:]}"


def _onward(answers: Sequence[Answer]) -> Iterator[Next]:
    """Two examples: its needs beside those of another area, and the map."""
    asked = {answer.question: answer for answer in answers}
    if "needs" in asked and "my_area" in asked:
        code, name = _another(asked["my_area"])
        yield Next(
            Text(f"Needs beside those of {name}", families=f"Children's needs beside those in {name}"),
            "needs",
            {"beside": code},
        )
    if "places" in asked:
        yield Next(Text("Special schools and who travels, on a map", families="Special schools on a map"), "places")


def _another(answer: Answer) -> tuple[str, str]:
    """The statistical neighbour most like an authority, with its name; of a wider area England, and of England
    London."""
    table = answer.tables["comparators"].data
    compared = table[table["whose"].eq(COMPARED)]
    if answer.area.is_authority and len(compared) and "closeness" in compared and compared["closeness"].iloc[0]:
        row = compared.iloc[0]
        return str(row["area_code"]), f"{row['area']}, the authority most like it"
    return (LONDON, "London") if answer.area.code == ENGLAND else (ENGLAND, "England")
