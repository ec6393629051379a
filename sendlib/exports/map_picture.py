"""The map of Places as a picture of Vega-Lite."""

from __future__ import annotations

from sendlib.pictures.picture import Spec
from sendlib.pictures.places_map import MapPicture


def spec(picture: MapPicture, width: int) -> Spec:
    """The map, so many pixels wide."""
    raise NotImplementedError(picture.key, width)
