"""A picture can be saved from every page, in every mode: as two kinds of file, and by families with one button."""

import pytest

from tests.view.test_pages import opened


def saving(page, **query):
    return [
        button.label for button in opened(page, area="879", **query).get("download_button") if "Save" in button.label
    ]


@pytest.mark.parametrize("mode", ["explore", "show"])
def test_a_picture_is_saved_as_png_or_svg(mode):
    assert saving("needs", mode=mode) == ["Save this picture (PNG)", "Save as SVG"]


def test_families_have_one_button_and_pictures_side_by_side_too():
    assert saving("my_area", mode="families") == ["Save this picture"]


def test_the_map_can_be_saved_and_a_picture_of_nothing_can_not():
    assert saving("places", mode="families") == ["Save this picture"]
    assert [button for button in opened("needs", area="201").get("download_button") if "Save" in button.label] == []
