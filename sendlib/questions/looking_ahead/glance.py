"""Looking ahead at a glance: children with life-limiting conditions in the target year, by England's two published
rates."""

from __future__ import annotations

from sendlib.answer import Answer, Text
from sendlib.answer.glance import Glance
from sendlib.questions.looking_ahead import places
from sendlib.questions.looking_ahead.residents import TARGET


def of(answer: Answer) -> Glance:
    """The two numbers, which are scenarios and no interval."""
    _, low, high = answer.figures
    both = places.taken_together(answer.area)
    where = f" in {both} together" if both else ""
    named = Text(
        f"children{where} with a life-limiting condition in {TARGET[:4]}, at England's published low or high rate",
        families=f"children{where} may live with a life-limiting condition in {TARGET[:4]}."
        " It is a very serious health condition",
    )
    how = Text(
        "Worked out from England's rate and local residents, not counted.",
        show="Worked out from England's rate, not counted.",
        families="Worked out from the lower and the higher share for England, not counted.",
    )
    if answer.area.kind == "england":
        how = Text("Worked out from a rate and projected residents, not counted.")
    if low.value is None or high.value is None:
        return Glance.without(
            Text(f"Children{where} with a life-limiting condition in {TARGET[:4]}"), how, Text(low.text)
        )
    return Glance(named, Text(low.text if low.text == high.text else f"{low.text} or {high.text}"), how)
