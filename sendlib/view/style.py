"""The style of the pages in each mode: the files of styles/, put together."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sendlib.answer import Mode

_STYLES = Path(__file__).resolve().parent / "styles"
_EVERYWHERE = ("colours", "common", "bar", "pictures", "start", "table")


@cache
def css(mode: Mode) -> str:
    """Colours, type, cards and controls of every page, of a mode, and of paper, which has the last word."""
    own = {"show": f"{_file('show')}\n{_larger_on_larger_screens()}", "families": _file("families")}
    return "\n".join((*map(_file, _EVERYWHERE), own.get(mode, ""), _file("print")))


def _file(name: str) -> str:
    return (_STYLES / f"{name}.css").read_text(encoding="utf-8")


def _larger_on_larger_screens() -> str:
    """The shared screen of 1280 by 720, enlarged in steps of a tenth as far as the window allows: on full HD half as
    large again.

    Streamlit measures the width of a chart on the screen and draws it in the
    enlarged unit, so the box that it measures is made narrower by as much.
    """
    return "\n".join(
        f"@media (min-width: {1280 * tenths // 10}px) and (min-height: {720 * tenths // 10}px) {{"
        f" .stApp {{ zoom: {tenths / 10}; }} [data-testid='stVegaLiteChart']"
        f" {{ width: {1000 / tenths:.3f}% !important; }} }}"
        for tenths in range(11, 31)
    )
