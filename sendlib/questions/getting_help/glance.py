"""Getting help at a glance: plans on time."""

from __future__ import annotations

from math import nan

from sendlib.answer import Answer, Figure, Text
from sendlib.answer.glance import Glance, Point, line, of_authorities, out_of_100
from sendlib.answer.numbers import capital, percent, written
from sendlib.questions.getting_help.few import FEW

_WITHIN = Text("New EHC plans within 20 weeks", families="New plans ready in the 20 weeks that the law gives")


def of(answer: Answer) -> Glance:
    """The share of plans within 20 weeks in the newest year."""
    if "on_time" not in answer.tables:
        return _of_the_nhs(answer)
    figure = next(figure for figure in answer.figures if figure.table == "process")
    table = answer.tables["on_time"].data
    last = table.iloc[-1]
    year, itself = str(last["period"]), "england" not in table
    if figure.value is None or figure.instead:
        named = Text(*(f"{_WITHIN.in_mode(mode)}, {year}" for mode in ("explore", "show", "families")))
        return Glance.without(named, _why(figure), figure.instead)
    whose = of_authorities(answer.area)
    return Glance(
        Text(
            f"of the new EHC plans{whose} in {year} came within 20 weeks",
            families=f"new plans{whose} in {year} were ready in the 20 weeks that the law gives",
        ),
        Text(figure.text, families=out_of_100(figure.value)),
        Text(capital(figure.comparison.explore), families=capital(figure.comparison.in_mode("families")))
        if itself
        else Text(f"England {percent(last['england'])}", families=f"England: {out_of_100(last['england'])}."),
        line=line(
            Text("Per cent of plans within 20 weeks"),
            (
                Point(str(row.period), row.share, nan if itself else row.england)
                for row in table.itertuples()
                if row.issued >= FEW and not row.doubtful and not row.left_out
            ),
        ),
    )


def _of_the_nhs(answer: Answer) -> Glance:
    """What the NHS publishes of an area in which no authority's children mostly live."""
    contacts = answer.figures[-1]
    why = Text(
        "Plans on time are counted by authority, and no authority's children mostly live here.",
        families="Plans are counted by council, and no council's children mostly live here.",
    )
    if contacts.value is None:
        return Glance.without(contacts.label, why)
    return Glance(contacts.label, Text(written(contacts.value)), why)


def _why(figure: Figure) -> Text:
    """Why a share is not said."""
    return Text(
        *(
            capital(figure.comparison.in_mode(mode) or figure.detail.in_mode(mode))
            for mode in ("explore", "show", "families")
        )
    )
