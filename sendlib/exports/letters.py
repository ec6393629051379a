"""The letters of pictures that leave the page: one shipped font, so that a picture looks the same on every machine.

`fonts/` has Source Sans 3 (SIL Open Font License, `fonts/OFL.txt`), Regular and Bold, for English: as TTF for Vega, for
PNG and for measuring, and as WOFF2 for what an SVG holds within itself. Letters of an SVG stay text, which can be
searched, copied and read aloud; a program that does not use a font out of an SVG takes the next of `FAMILY`.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

NAME = "Source Sans 3"
FAMILY = f"'{NAME}', Helvetica, Arial, sans-serif"
"""With quotes: a name with a number in it is none without."""
MEASURED_AS = "SourceSans3-Regular"
"""By which name alone vl_convert finds the font when it measures words; by another it takes a far wider font."""
_FONTS = Path(__file__).parent / "fonts"
_WEIGHTS = {400: "SourceSans3-Regular", 700: "SourceSans3-Bold"}
_MEASURED = 1000
"""Pixels of the letters that are measured: those of any size are as wide in proportion."""


@cache
def make_known() -> None:
    """Have vl_convert find the font, once in a process."""
    import vl_convert  # 60 MB that only who saves a picture needs

    vl_convert.register_font_directory(str(_FONTS))


def in_family(svg: str) -> str:
    """A drawing of Vega with the font by the name that programs know it by."""
    return svg.replace(f'font-family="{MEASURED_AS}"', f'font-family="{FAMILY}"')


def width(words: str, size: float, *, bold: bool = False) -> float:
    """How wide some words in one line are, in pixels."""
    return sum(_advance(letter, bold) for letter in words) * size


@cache
def _advance(letter: str, bold: bool) -> float:
    """The width of a letter in sizes of it."""
    return float(_measuring(700 if bold else 400).getlength(letter)) / _MEASURED


@cache
def _measuring(weight: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(_FONTS / f"{_WEIGHTS[weight]}.ttf", _MEASURED, layout_engine=ImageFont.Layout.BASIC)


def lines(words: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Words on as many lines as they need; a word that is longer than a line, such as an address, is divided."""
    found: list[str] = []
    line = ""
    for word in words.split():
        for piece in _pieces(word, room, size, bold):
            longer = f"{line} {piece}" if line else piece
            if line and width(longer, size, bold=bold) > room:
                found.append(line)
                line = piece
            else:
                line = longer
    return [*found, line] if line else found


def _pieces(word: str, room: float, size: float, bold: bool) -> Iterator[str]:
    """A word, or the parts of one that is longer than a line."""
    piece = ""
    for letter in word:
        if width(piece + letter, size, bold=bold) > room:
            yield piece
            piece = ""
        piece += letter
    yield piece


@cache
def style() -> str:
    """The style element that brings the font into an SVG."""
    faces = "".join(
        f'@font-face{{font-family:"{NAME}";font-weight:{weight};src:url(data:font/woff2;base64,{_coded(name)})'
        f' format("woff2")}}'
        for weight, name in _WEIGHTS.items()
    )
    return f"<style>{faces}</style>"


def _coded(name: str) -> str:
    return base64.b64encode((_FONTS / f"{name}.woff2").read_bytes()).decode("ascii")
