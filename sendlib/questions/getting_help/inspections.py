"""Ofsted's and CQC's area inspections of SEND: a card for each framework, and a table of both.

The frameworks of 2016 and 2023 ask other questions, so that they are never one row or one scale. An authority that the
list does not have is a state of its own, neither good nor bad.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sendlib.answer import Card, Column, Link, Note, Table, Text
from sendlib.answer.numbers import capital, count_of, written
from sendlib.areas import Area
from sendlib.compared.comparators import known_areas
from sendlib.provenance import spoken_date
from sendlib.store import Store, kept_with_store
from sendlib.tables.inspections import FRAMEWORKS, OUTCOMES, READ_ON, REVISITS, STATES

NAME = "inspections"
_NEW, _OLD = "2023", "2016"
OLD_LIST = "2022-08-31"
"""The day of the list of the 2016 framework."""
_OFSTED = Link(
    "Reports of Ofsted", "https://reports.ofsted.gov.uk/", Text("where Ofsted publishes its reports, area by area")
)
_FOUND, _NOT_FOUND = "inspected", "not_found"
_WHAT = {_NEW: "Area SEND inspection, framework of 2023", _OLD: "Local area SEND inspection, framework of 2016"}
_QUOTED = {
    "positive": "In the inspectors' words, help here will “typically lead to positive experiences and outcomes”.",
    "inconsistent": "In the inspectors' words, help here leads to “inconsistent experiences and outcomes”.",
    "failings": "In the inspectors' words, there are “widespread and/or systemic failings”.",
    "not_read": "What the inspectors found is in the report.",
}
"""What was found, as families read it: the words of the reports that all of an outcome share."""
COLUMNS = {
    "area": Column("Area", "authority that was inspected, with its NHS partners"),
    "framework": Column("Framework", "which framework of inspection: those of 2016 and 2023 ask different questions"),
    "state": Column("Inspected?", "whether the list has an inspection; none found is neither good nor bad"),
    "outcome": Column("Outcome", "2023: in Ofsted's words; 2016: whether a written statement of action was required"),
    "started": Column("Began", "first day of the inspection"),
    "ended": Column("Ended", "last day of the inspection, where the list has it"),
    "published": Column("Published", "day on which the report was published"),
    "words": Column("In Ofsted's words", "the outcome as the report has it, of the framework of 2023"),
    "weaknesses": Column(
        "Significant weaknesses", "weaknesses that the written statement of action was about (2016)", "weaknesses", 0
    ),
    "revisit": Column("Revisit", "what a revisit found of these weaknesses (2016), by 31 August 2022"),
    "revisited": Column("Revisited", "first day of the revisit"),
    "link": Column("Report", "address of the report on Ofsted's site (2023)"),
}
_DAYS = ("started", "ended", "published", "revisited")


@kept_with_store(of_base=True)
def _held(store: Store) -> pd.DataFrame:
    """The table of the store as text, framework of 2023 first."""
    held = store.table(NAME)
    text = held.drop(columns="weaknesses").astype(str).assign(weaknesses=held["weaknesses"])
    return text.sort_values(["area_code", "framework"], ascending=[True, False], ignore_index=True)


def _codes(store: Store, area: Area) -> list[str]:
    """The authorities whose inspections belong to an area; of a new one also who stood there before."""
    before = [code for code, _, _ in known_areas(store).predecessors(area.code)] if len(area.parts) == 1 else []
    held = set(_held(store)["area_code"])
    return [code for code in (*area.parts, *before) if code in held]


def _rows(store: Store, area: Area) -> pd.DataFrame:
    """Rows of the store for an area, in the order of its authorities."""
    codes = _codes(store, area)
    held = _held(store)
    rows = held[held["area_code"].isin(codes)]
    return rows.sort_values("area_code", key=lambda each: each.map(codes.index), kind="stable", ignore_index=True)


def table(store: Store, area: Area, group: str) -> dict[str, Table]:
    """The part of Look closer; none of an area without authorities."""
    rows = _rows(store, area)
    if rows.empty:
        return {}
    names = known_areas(store).names
    shown = rows.assign(
        area=rows["area_code"].map(names),
        framework=rows["framework"].map(FRAMEWORKS),
        state=rows["state"].map(STATES),
        outcome=rows["outcome"].map({"": "", **OUTCOMES}).map(capital),
        revisit=rows["revisit"].map({"": "", **REVISITS}),
        **{day: [spoken_date(one) if one else "" for one in rows[day]] for day in _DAYS},
    )
    return {
        NAME: Table(
            shown[list(COLUMNS)],
            Text(
                f"Area SEND inspections by Ofsted and the Care Quality Commission, {area.in_text}: framework of 2023 as"
                f" read on {spoken_date(READ_ON)}, framework of 2016 as of {spoken_date(OLD_LIST)}"
            ),
            COLUMNS,
            (NAME,),
            heading="Inspections of SEND by Ofsted and CQC",
            group=group,
            how_to_read=Text(_listed(shown)),
        )
    }


_MOST_LISTED = 40
"""Rows that are read as a list; of more there is the table."""


def _listed(shown: pd.DataFrame) -> str:
    """Each authority under the framework of 2023 in a line, with the report; a table alone for many."""
    new = shown[shown["framework"].eq(FRAMEWORKS[_NEW])]
    if len(new) > _MOST_LISTED:
        return ""
    lines = [
        f"- {row['area']}: {row['outcome']}, [report of {row['published']}]({row['link']})."
        if row["link"]
        else f"- {row['area']}: no inspection yet in the list of {spoken_date(READ_ON)}."
        for row in new.to_dict("records")
    ]
    return "\n".join([f"{FRAMEWORKS[_NEW]}:", "", *lines])


def notes(store: Store, area: Area) -> list[Note]:
    """That the frameworks are no one scale, and who read the reports."""
    if not _codes(store, area):
        return []
    apart = (
        "The frameworks of 2016 and 2023 ask different questions: their outcomes do not compare, and neither is a mark"
        " of the council alone: councils and the NHS are inspected together."
    )
    read = (
        f"Outcomes under the framework of 2023 were read from the reports by others on {spoken_date(READ_ON)}: a report"
        " published since is not here. No inspection found in a list is no proof that there was none."
    )
    return [Note("break", Text(apart), NAME), Note("definition", Text(read), NAME)]


def cards(store: Store, area: Area) -> tuple[Card, ...]:
    """A card for each framework of an authority; of an area of several one that counts them."""
    rows = _rows(store, area)
    if rows.empty:
        return ()
    if len(area.parts) > 1:
        return tuple(_counted(rows[rows["framework"].eq(framework)], framework, area) for framework in (_NEW, _OLD))
    names = known_areas(store).names
    own = [row for _, row in rows[rows["area_code"].eq(area.parts[0])].iterrows()]
    before = [row for _, row in rows.iterrows() if row["area_code"] != area.parts[0] and row["state"] == _FOUND]
    return tuple(_of_one(row, area.in_text) for row in own) + tuple(
        _of_one(row, *[f"{names[row['area_code']]}, which stood here before"] * 2) for row in before
    )


def _of_one(row: pd.Series, whose: str, before: str = "") -> Card:
    """The card of one authority under one framework; `before`: that it is of who stood there before."""
    framework = str(row["framework"])
    heading = f"{_WHAT[framework]}: {whose}"
    plain = f"{'Newest' if framework == _NEW else 'Older'} SEND inspection{f': {before}' if before else ''}"
    if row["state"] == _NOT_FOUND:
        return Card(Text(heading, families=plain), tuple(_not_found(framework)), (_OFSTED,), _NOT_FOUND)
    lines = _of_2023(row) if framework == _NEW else _of_2016(row)
    links = (Link("The report on Ofsted's site", row["link"]),) if row["link"] else (_OFSTED,)
    return Card(Text(heading, families=plain), tuple(lines), links, _FOUND)


def _not_found(framework: str) -> Iterator[Text]:
    day = spoken_date(READ_ON if framework == _NEW else OLD_LIST)
    none = f"No inspection {'yet ' if framework == _NEW else ''}in the list of {day}."
    yield Text(f"{none} That is neither a good nor a bad result.", families=f"{none} That is neither good nor bad.")


def _when(row: pd.Series) -> str:
    """`Inspected from 26 to 30 June 2023` as far as the list says it, and when the report came out."""
    days = [spoken_date(day) for day in (row["started"], row["ended"]) if day]
    inspected = f"Inspected {' to '.join(days)}; published" if days else "Published"
    return f"{inspected} {spoken_date(row['published'])}."


def _of_2023(row: pd.Series) -> Iterator[Text]:
    words = f"“{row['words']}”" if row["words"] else f"{OUTCOMES[row['outcome']]}."
    yield Text(words, f"{capital(OUTCOMES[row['outcome']])}.", _QUOTED[row["outcome"]])
    yield Text(_when(row), families=f"The report came out on {spoken_date(row['published'])}.")


def _of_2016(row: pd.Series) -> Iterator[Text]:
    asked = row["outcome"] == "statement"
    weak = "" if pd.isna(row["weaknesses"]) else count_of(int(row["weaknesses"]), "weakness", "weaknesses")
    about = f", about {weak.replace(' ', ' significant ', 1)}" if weak else ""
    plain = (
        f"Inspectors asked for a written plan to put {weak or 'weaknesses'} right."
        if asked
        else ("Inspectors did not ask for a written plan to put things right.")
    )
    yield Text(f"{OUTCOMES[row['outcome']]}{about}.", families=plain)
    if asked:
        again = f" (revisited {spoken_date(row['revisited'])})" if row["revisited"] else ""
        yield Text(f"{REVISITS[row['revisit']]}{again}.", families=_plain_revisit(str(row["revisit"])))
    yield Text(_when(row), families=f"The report came out on {spoken_date(row['published'])}.")


def _plain_revisit(code: str) -> str:
    return {
        "yes": "They came back and found enough progress on all of it.",
        "some": "They came back and found enough progress on some of it.",
        "no": "They came back and did not find enough progress.",
        "not_yet": "They had not come back by August 2022.",
    }[code]


def _counted(rows: pd.DataFrame, framework: str, area: Area) -> Card:
    """How many authorities of an area have which outcome under a framework."""
    counts = rows.loc[rows["state"].eq(_FOUND), "outcome"].value_counts()
    each = [f"{capital(OUTCOMES[code])}: {written(counts[code])}." for code in OUTCOMES if code in counts]
    none = int(rows["state"].eq(_NOT_FOUND).sum())
    day = spoken_date(READ_ON if framework == _NEW else OLD_LIST)
    if none:
        each.append(f"No inspection {'yet ' if framework == _NEW else ''}in the list of {day}: {none}.")
    return Card(
        Text(
            f"{_WHAT[framework]}: the {len(rows)} authorities of {area.in_text}",
            families=f"{'Newest' if framework == _NEW else 'Older'} SEND inspections",
        ),
        (Text("", None, f"Of the {len(rows)} councils here:"), *(Text(line) for line in each)),
        (_OFSTED,),
        _FOUND if len(counts) else _NOT_FOUND,
    )
