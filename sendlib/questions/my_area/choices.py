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
CHOICES = (PUPILS_KIND, *LINES)
