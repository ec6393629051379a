"""What a reader can choose on My area."""

from __future__ import annotations

from sendlib.answer import Choice

KINDS = {"ehc_plan": "EHC plan", "sen_support": "SEN support", "neither": "Neither"}
PUPILS_KIND = Choice(
    "pupils_kind", "Show", "which pupils the lines over ten years show", about="pupils_over_time", form="buttons"
)


def _lines(of: str, what: str) -> Choice:
    return Choice(
        f"{of}_lines", "Lines (up to four)", f"which {what} are drawn, up to four with commas between", about=of, most=4
    )


LINES = (_lines("age", "ages"), _lines("sex", "sexes"), _lines("placement", "kinds of placement"))
ANY_MEASURE = "any_measure"
"""The part that shows a measure of any page, which sendlib.measures puts into the answer."""
MEASURE_OF = Choice(
    "measure_of", "A measure of", "which page's measures can be drawn over time", about=ANY_MEASURE, figures_change=True
)
MEASURE = Choice(
    "measure",
    "Measure (type to find it)",
    "which measure is drawn over time, such as getting_help.on_time.share; the name of a page alone, such as"
    " getting_help, lists its measures",
    about=ANY_MEASURE,
    figures_change=True,
)
CHOICES = (PUPILS_KIND, *LINES, MEASURE_OF, MEASURE)
