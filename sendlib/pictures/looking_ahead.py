"""Pictures of Looking ahead: what may come. Those of one kind each have a module; two that are marks and bars are
here."""

from __future__ import annotations

from dataclasses import replace

from sendlib.answer import Answer, Mode, Text
from sendlib.answer.numbers import written
from sendlib.pictures import rows
from sendlib.pictures.looking_ahead_fan import fan
from sendlib.pictures.looking_ahead_fitted import fitted
from sendlib.pictures.looking_ahead_handover import handover
from sendlib.pictures.looking_ahead_place import moves, place
from sendlib.pictures.looking_ahead_send import backtest, send
from sendlib.pictures.picture import Picture, Pictures, nothing_to_draw
from sendlib.questions.looking_ahead.tables import OF_ALL, OF_THE_GROUP

_OF_WHOM = {
    OF_THE_GROUP: "How many of a group have a life-limiting condition",
    OF_ALL: "How many of all children and young people have a condition of this kind, or by this definition",
}


def _populations(answer: Answer, mode: Mode) -> list[Picture]:
    """England's children with the published low and high rate, by projection of the population."""
    table = answer.tables["populations"]
    wide = table.data.pivot(index="population", columns="scenario", values="children")
    wide = wide.reindex(table.data["population"].unique())
    series = {str(name): str(name) for name in table.data["scenario"].unique()}
    # A projection that lacks England's residents has no mark; the table and the sentence above say which.
    wide = wide.dropna()
    labels = [str(name) for name in wide.index]
    if wide.empty:
        return [nothing_to_draw("populations", "England's residents in 2030 are not available in any projection.")]
    marks = rows.marks("populations", mode, wide, labels, series, "Children in England, 2030", table.caption.explore)
    # Children are whole.
    told = "; ".join(
        f"{label}: " + ", ".join(f"{name} {written(row[name])}" for name in series)
        for label, (_, row) in zip(labels, wide.iterrows(), strict=True)
    )
    return [replace(marks, alt=Text(f"{table.caption.explore}. {told}."))]


def _known(answer: Answer, mode: Mode) -> list[Picture]:
    """The published rates as two pictures on one scale, since rates of some kinds are of the group and others of
    everybody."""
    table = answer.tables["known"]
    longest = float(table.data["per_10000"].max())
    found: list[Picture] = []
    for out_of, words in _OF_WHOM.items():
        held = table.data[table.data["out_of"].eq(out_of)]
        if len(held):
            title = f"In every 10,000 of {out_of}"
            caption = f"{words}. {table.caption.explore}"
            key = f"known_{len(found)}"
            found.append(rows.bars(key, mode, held, "who", "per_10000", title, caption, heading=words, longest=longest))
    return found


PICTURES: Pictures = {
    "fan": fan,
    "fitted": fitted,
    "backtest": backtest,
    "moves": moves,
    "place": place,
    "populations": _populations,
    "known": _known,
    "send": send,
    "handover": handover,
}
