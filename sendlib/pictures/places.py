"""Pictures of Places: the map (places_lead.py), bars of who crosses a border, lines of placements, marks of needs."""

from __future__ import annotations

from functools import partial

from sendlib.answer import Answer, Mode
from sendlib.answer.numbers import count_of
from sendlib.pictures import lines, places_against, places_lead, places_provision, rows
from sendlib.pictures.lines import Axes, Lines
from sendlib.pictures.picture import Picture, Pictures, nothing_to_draw
from sendlib.questions.places.choices import PLACEMENT_KIND, TRAVEL_AS
from sendlib.questions.places.columns import FEWEST_A_YEAR
from sendlib.questions.places.naming import place
from sendlib.questions.places.tables import ALL_LENGTHS

MOST_BARS = 12


# Look closer


def _flows(name: str, answer: Answer, mode: Mode) -> list[Picture]:
    """Who crosses the border one way, the largest: pupils, or shares of those who lived here or are at school here."""
    table = answer.tables[name]
    share = "share" if name == "flows_out" else "share_here"
    number = share if answer.chosen(TRAVEL_AS.name) == "shares" else "pupils"
    column = table.columns[number]
    single = table.data[table.data["area_code"].ne("")]
    alone = single.dropna(subset=[number])
    without = single.loc[single[number].isna(), "area"]
    left = len(alone) - MOST_BARS
    below = [f"Not drawn: the {count_of(left, 'smaller flow', 'smaller flows')} after these (see the numbers)."]
    together = table.data.loc[table.data["area_code"].eq(""), "area"]
    none = f"No flow of {FEWEST_A_YEAR} or more pupils a year"
    drawn = rows.bars(
        name,
        mode,
        alone.head(MOST_BARS),
        "area",
        number,
        column.titled,
        table.caption.in_mode(mode),
        decimals=column.decimals or 0,
        below_it=(
            *(below if left > 0 else []),
            *(f"Not drawn, since in no share: {words}." for words in without),
            *(f"Not drawn: {words}." for words in together),
        ),
        nothing=f"{none}." if len(together) else f"{none}, or not available for {place(answer.area)}.",
    )
    return [drawn]


def _placement(answer: Answer, mode: Mode) -> list[Picture]:
    """The kind of placement that was chosen, over the Januaries."""
    table, kind = answer.tables["placement"], answer.chosen(PLACEMENT_KIND.name)
    rows_of_kind = table.data[table.data["kind"].eq(kind)]
    drawn = Lines(rows_of_kind, "period", "group", "share")
    caption = f"{table.caption.in_mode(mode)}: {kind}"
    nothing = f"Not available for {place(answer.area)}."
    return [lines.picture("placement", mode, drawn, Axes("January", "% of all plans"), caption, nothing=nothing)]


def _residential(answer: Answer, mode: Mode) -> list[Picture]:
    """All residential placements of 38 weeks or more over the Januaries."""
    table = answer.tables["residential"]
    whole = table.data[table.data["kind"].eq(ALL_LENGTHS)].assign(kind="All residential placements")
    drawn = Lines(whole, "period", "kind", "plans")
    axes, nothing = Axes("January", "Placements"), f"Not available for {place(answer.area)}."
    return [lines.picture("residential", mode, drawn, axes, table.caption.in_mode(mode), nothing=nothing)]


def _needs(answer: Answer, mode: Mode) -> list[Picture]:
    """Needs of pupils in the special schools here beside those of plans from here, the largest share first."""
    table, name = answer.tables["need_here"], place(answer.area)
    if table.data["pupils_share"].isna().all():
        return [
            nothing_to_draw(
                "need_here",
                f"Not available for {name}: there is no state special school, or too few pupils for shares.",
            )
        ]
    largest = table.data[["pupils_share", "plans_share"]].max(axis=1).sort_values(ascending=False, kind="stable")
    ordered = table.data.loc[largest.index]
    without = ordered.loc[ordered["plans_share"].isna(), "name"]
    below = f"No line of plans from {name}, because it is not available: {'; '.join(without)}."
    return [
        rows.marks(
            "need_here",
            mode,
            ordered,
            list(ordered["name"]),
            {"Pupils in state special schools here": "pupils_share", f"Plans from {name}": "plans_share"},
            "%",
            table.caption.in_mode(mode),
            statuses=list(ordered["status"].astype(str)),
            below_it=(below,) if len(without) else (),
        )
    ]


PICTURES: Pictures = {
    "map": places_lead.pictures_of,
    "flows_out": partial(_flows, "flows_out"),
    "flows_in": partial(_flows, "flows_in"),
    "placement": _placement,
    "residential": _residential,
    "need_here": _needs,
    "provision": places_provision.by_kind,
    **places_against.PICTURES,
}
