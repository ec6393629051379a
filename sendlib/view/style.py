"""The style of the pages in each mode: the files of styles/, put together."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sendlib.answer import Mode
from sendlib.pictures import palette

_STYLES = Path(__file__).resolve().parent / "styles"
_EVERYWHERE = ("colours", "common", "bar", "pictures", "start", "table", "board", "grouped")


@cache
def css(mode: Mode, dark: bool = False) -> str:
    """Colours, type, cards and controls of every page, of a mode, and of paper, which has the last word.

    `dark`: the page is drawn dark, and must be light again on paper.
    """
    own = {"show": f"{_file('show')}\n{_larger_on_larger_screens()}", "families": _file("families")}
    paper = _file("print") + ("@media print { @page { size: A4 landscape; } }" if mode == "show" else "")
    return "\n".join((*map(_file, _EVERYWHERE), own.get(mode, ""), paper, _drawn_dark_on_paper() if dark else ""))


def this_page(page: str) -> str:
    """Which of the links leads to the page that is open: Streamlit tells it by a background alone, which is not there
    in colours that the reader's system forces."""
    return (
        f".st-key-pages a[href^='{page}'] p {{ text-decoration: underline; text-decoration-thickness: 3px;"
        " text-underline-offset: .35em; }"
    )


def _file(name: str) -> str:
    return (_STYLES / f"{name}.css").read_text(encoding="utf-8")


def on_paper(within: str) -> str:
    """The colours on paper of what was drawn in SVG for a dark page: a browser draws nothing anew for its printer.

    `within`: the selector of the drawing.
    """
    found = [
        f"{within} [{part}='{dark}' i], {within} [style*='{part}: {dark}' i] {{ {part}: {light} !important; }}"
        for dark, light in palette.light_of_dark().items()
        for part in ("fill", "stroke")
    ]
    # A shade of a map may be on a dark page what another colour is there.
    found += [
        f"{within} .area[fill='{palette.dark(light)}' i] {{ fill: {light} !important; }}" for light in palette.SHADES
    ]
    return f"@media print {{ {' '.join(found)} }}"


def _drawn_dark_on_paper() -> str:
    chart = "[data-testid='stVegaLiteChart']"
    return (
        f"{on_paper(chart)} @media print {{ {chart} :is(svg, canvas) {{ background: {palette.PAPER} !important; }}"
        " img.on-screen { display: none; } img.on-paper { display: inline; } }"
    )


def _larger_on_larger_screens() -> str:
    """The shared screen of 1280 by 720, enlarged in steps of a tenth as far as the window allows: on full HD half as
    large again.

    Streamlit measures a chart on the screen and draws it in the enlarged unit, so the box that it measures is made
    smaller by as much; and its page is as high as the screen in that unit, which would be too high.
    """
    return "\n".join(
        f"@media (min-width: {1280 * tenths // 10}px) and (min-height: {720 * tenths // 10}px) {{"
        f" .stApp {{ zoom: {tenths / 10}; }} [data-testid='stVegaLiteChart']"
        f" {{ width: {1000 / tenths:.3f}% !important; height: {1000 / tenths:.3f}% !important; }}"
        " [data-testid='stAppViewContainer'] > *, .stMain { height: 100%; } }"
        for tenths in range(11, 31)
    )
