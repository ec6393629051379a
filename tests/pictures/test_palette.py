"""The colours of pictures, light and dark: they can be read and told apart, and the page's own style has the same."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise

import pytest

from sendlib.pictures import palette
from sendlib.view.style import css
from tests.conftest import ROOT

_WORDS = (
    palette.INK,
    palette.QUIET,
    palette.DARK_BLUE,
    palette.PINK,
    palette.VIOLET,
    palette.ORANGE_WORDS,
    palette.TURQUOISE_WORDS,
    palette.GREEN,
)
_MARKS = (*_WORDS, palette.ORANGE, palette.TURQUOISE, palette.CHARCOAL, palette.MID_GREY, palette.SECOND_BLUE)
_ON_PAGE = {"light": lambda colour: colour, "dark": palette.dark}


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG reckons it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("page", _ON_PAGE)
def test_words_and_marks_stand_out_from_the_page(page):
    turned = _ON_PAGE[page]
    paper = turned(palette.PAPER)
    assert {one: round(contrast(turned(one), paper), 2) for one in _WORDS if contrast(turned(one), paper) < 4.5} == {}
    assert {one: round(contrast(turned(one), paper), 2) for one in _MARKS if contrast(turned(one), paper) < 3} == {}


@pytest.mark.parametrize("page", _ON_PAGE)
def test_names_can_be_read_on_every_shade_of_the_map_and_shades_be_told_apart(page):
    turned = _ON_PAGE[page]
    shades = turned(palette.SHADES)
    assert all(contrast(turned(palette.INK), shade) >= 4.5 for shade in shades[:-1])
    assert contrast(turned(palette.PAPER), shades[-1]) >= 4.5
    assert all(contrast(one, following) >= 1.2 for one, following in pairwise(shades))


def test_a_number_can_be_read_on_every_part_of_a_bar():
    for turned in _ON_PAGE.values():
        assert contrast(turned(palette.PAPER), turned(palette.DARK_BLUE)) >= 4.5
        assert contrast(turned(palette.PAPER), turned(palette.SECOND_BLUE)) >= 4.5
        assert contrast(turned(palette.INK), turned(palette.THIRD_BLUE)) >= 4.5
        assert contrast(turned(palette.INK), turned(palette.FOURTH_BLUE)) >= 4.5


def test_what_is_drawn_is_turned_however_deep_and_nothing_else_changes():
    drawn = {"mark": [{"fill": palette.INK, "size": 4}], "words": f"on {palette.PAPER}", "number": ("#1 of 9", None)}
    assert palette.dark(drawn) == {
        "mark": [{"fill": palette.dark(palette.INK), "size": 4}],
        "words": f"on {palette.dark(palette.PAPER)}",
        "number": ("#1 of 9", None),
    }


def test_the_style_of_the_pages_and_the_settings_have_the_same_colours():
    light, dark = css("explore").split("prefers-color-scheme: dark", 1)
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    named = {"ink": palette.INK, "paper": palette.PAPER, "card": palette.LIGHTEST_GREY, "line": palette.RULE}
    named |= {"quiet": palette.QUIET, "accent": palette.DARK_BLUE, "beside": palette.ORANGE_WORDS}
    for name, colour in named.items():
        assert _first(light, name) == colour, name
        assert _first(dark, name) == palette.dark(colour), name
    for name, turned in (("light", lambda colour: colour), ("dark", palette.dark)):
        assert config[name]["textColor"] == turned(palette.INK)
        assert config[name]["backgroundColor"] == turned(palette.PAPER)
        assert config[name]["secondaryBackgroundColor"] == turned(palette.LIGHTEST_GREY)
        assert config[name]["primaryColor"] == config[name]["linkColor"] == turned(palette.DARK_BLUE)
    assert "base" not in config


def _first(style: str, name: str) -> str:
    found = re.search(rf"--{name}: (#\w+);", style)
    return found[1] if found else ""
