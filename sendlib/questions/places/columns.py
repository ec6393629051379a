"""What the columns of the tables of Places are."""

from __future__ import annotations

from sendlib.answer import Column
from sendlib.tables.features import FEATURES, PUPILS_PERIOD
from sendlib.tables.flows import PERIOD

FEWEST_A_YEAR = 5
"""Flows of fewer pupils a year than this are shown together: each by itself would say little."""

_STATUS = Column(
    "Status",
    "value where there is a figure, else why there is none: hidden, not available or not applicable",
    only_in_files=True,
)
_DOUBTFUL = Column("Doubtful?", "why the number can not be right; a rule finds it, and it counts for no mean")
_AREA_CODE = Column("Area (code)", "three-digit code of the authority, or England's", only_in_files=True)
_AREA = Column("Area", "England as a whole, and each authority of it")
_JANUARY = Column("When", "January in which the plans were counted", period=True)
KIND_OF_SCHOOL = Column(
    "Kind of school", "the one kind that the school counts as, and the register or list that says so"
)
_TYPICAL_YEAR = (
    f"pupils of state special schools in a typical year of {PERIOD}, at least 1; flows of fewer than {FEWEST_A_YEAR}"
    " together"
)


WHOLE_FIRST = {
    "area_code": Column(
        "Area (code)",
        "code of the area as a whole and England's, then the three-digit code of each authority",
        only_in_files=True,
    ),
    "area": Column("Area", "the area as a whole first, then England and each authority of it"),
}
"""The same columns of a table in which an area of several authorities has a row of its own before them."""


def _fifth(heading: str, what: str) -> Column:
    """Which fifth of the authorities one is in: how the map shades it."""
    meaning = f"fifth of the authorities by {what}: 0 is the lowest, 4 the highest, -1 not available"
    return Column(f"{heading} (fifth)", meaning, decimals=0, only_in_files=True)


def _place(heading: str, meaning: str, decimals: int) -> Column:
    """Where something stands in a picture: for files and the picture only."""
    return Column(heading, meaning, decimals=decimals, only_in_files=True)


def _flow_columns(other: Column, share: Column, share_here: Column | None = None) -> dict[str, Column]:
    """Pupils who cross a border one way; `share` is always of those who lived at the home end, `share_here` of those at
    school at the other."""
    return {
        "area_code": Column(
            "Area (code)",
            "three-digit code of the other authority, of its parts where it was divided; empty for several together",
            only_in_files=True,
        ),
        "area": other,
        "pupils": Column("Pupils in a typical year", _TYPICAL_YEAR, "pupils", 0),
        "share": share,
        **({"share_here": share_here} if share_here else {}),
        "status": _STATUS,
    }


_PER_1000 = "Plans per 1,000 aged 0 to 25"
_MEALS = FEATURES["free_school_meals"]
MAP = {
    "area_code": _AREA_CODE,
    "area": _AREA,
    "per_1000": Column(
        _PER_1000, "EHC plans that the authority maintains, per 1,000 residents aged 0 to 25", "per 1,000", 1
    ),
    "free_school_meals": Column(
        _MEALS.name,
        f"share known to be eligible, of the pupils of schools in the authority, {PUPILS_PERIOD}",
        _MEALS.unit,
        1,
    ),
    "per_1000_class": _fifth(_PER_1000, "plans per 1,000 residents"),
    "free_school_meals_class": _fifth(_MEALS.name, "free school meals"),
    "longitude": _place("Longitude", "of a point inside the authority (ONS label point), in degrees", 4),
    "latitude": _place("Latitude", "of a point inside the authority (ONS label point), in degrees", 4),
    "hexagon_x": _place("Hexagon, across", "centre of its hexagon, on a plane of hexagons", 3),
    "hexagon_y": _place("Hexagon, up", "centre of its hexagon, on a plane of hexagons", 3),
    "west": _place("West end", "westernmost point of its outline, in degrees", 4),
    "south": _place("South end", "southernmost point of its outline, in degrees", 4),
    "east": _place("East end", "easternmost point of its outline, in degrees", 4),
    "north": _place("North end", "northernmost point of its outline, in degrees", 4),
    "doubtful": _DOUBTFUL,
    "vintage": Column("Plans of", "January in which the plans were counted", only_in_files=True),
    "whose": Column(
        "Whose",
        "whether it is this area, or in it, or one compared with it, or England, or another",
        only_in_files=True,
    ),
}
MEASURE, MEASURE_FIFTH, MEASURE_DOUBTFUL, MEASURE_WHY = "measure", "measure_class", "measure_doubtful", "measure_why"
"""What the map is shaded by where it is a measure of another page."""


def of_measure(column: Column, words: str) -> dict[str, Column]:
    """A measure of another page, its fifths, what speaks against its numbers, and why one is not given."""
    return {
        MEASURE: Column(words, column.meaning, column.unit, column.decimals, signed=column.signed),
        MEASURE_FIFTH: _fifth(words, "this measure"),
        MEASURE_DOUBTFUL: Column(f"{words}: doubtful?", "why the number can not be right; a rule finds it"),
        MEASURE_WHY: Column("Not given, because", "why there is no number of what the map is shaded by"),
    }


FLOWS_OUT = _flow_columns(
    Column("Went to a school of", "authority that the school belongs to"),
    Column(
        "Share of those who lived here",
        "these pupils, out of all pupils of state special schools who lived here",
        "%",
        1,
    ),
)
FLOWS_IN = _flow_columns(
    Column("Lived in", "authority where the pupils lived"),
    Column(
        "Share of those who lived there",
        "these pupils, out of all pupils of state special schools who lived there",
        "%",
        1,
    ),
    Column(
        "Share of those at school here",
        "these pupils, out of all pupils of state special schools here whose home is known",
        "%",
        1,
    ),
)
TRAVEL = {
    "who": Column("Pupils of state special schools", "who they are: where they lived and where they went to school"),
    "pupils": Column(
        "Pupils in a typical year",
        f"pupils of state special schools in a typical year of {PERIOD}, at least 1 where there are any",
        "pupils",
        0,
    ),
    "share": Column("Share", "these pupils, out of those that the next column names", "%", 1),
    "share_of": Column("Share of", "of which pupils the share is"),
    "status": _STATUS,
}


def beside(day: str) -> dict[str, Column]:
    """Plans and pupils of one January, in words."""
    return {
        "area_code": _AREA_CODE,
        "area": _AREA,
        "plans": Column("Plans", f"EHC plans that the authority maintains, ages 0 to 25, {day}", "plans", 0),
        "placed": Column(
            "Plans placed in state special schools",
            f"of its plans, those placed in state special schools anywhere, {day}",
            "plans",
            0,
        ),
        "pupils_here": Column(
            "Pupils of state special schools there",
            f"pupils with SEN in state special schools located in the authority, with or without a plan, {day}",
            "pupils",
            0,
        ),
    }


PLACEMENT = {
    "period": _JANUARY,
    "kind": Column("Kind of placement", "where the children and young people are placed"),
    "group": Column(
        "Whose plans",
        "the area's, the plain mean of those compared (or the one area compared), or England's; beside England itself,"
        " the quarters of its authorities",
        whose="row",
    ),
    "share": Column(
        "Share of all plans",
        "plans with this kind of placement, out of all EHC plans",
        "%",
        1,
        measure="Share of plans by kind of placement: {kind}",
    ),
    "of_how_many": Column("Mean of how many", "how many of those compared have a figure that the mean is of"),
    "doubtful": _DOUBTFUL,
    "status": _STATUS,
}
RESIDENTIAL = {
    "period": _JANUARY,
    "kind": Column("Length of placement", "for how many weeks of the year the placement is"),
    "plans": Column(
        "Residential placements",
        "EHC plans with a residential placement of this length",
        "placements",
        0,
        measure="Residential placements: {kind}",
    ),
    "doubtful": _DOUBTFUL,
    "status": _STATUS,
}
NEED = {
    "need": Column("Need (code)", "code of the primary need", only_in_files=True),
    "name": Column("Need", "primary need, as the plan or the school has it"),
    "plans_share": Column(
        "Share of plans", "plans from here with this primary need, out of those with a recorded need", "%", 1
    ),
    "pupils": Column(
        "Pupils in state special schools here", "pupils with SEN and this primary need, wherever they live", "pupils", 0
    ),
    "pupils_share": Column(
        "Share of these pupils", "pupils with this primary need, out of all pupils with SEN in these schools", "%", 1
    ),
    "status": _STATUS,
}
_FROM = {"start": Column("From the centre of", "authority of the area, whose centre (ONS label point) it is")}
DISTANCE = {
    "kind": KIND_OF_SCHOOL,
    "school": Column("Nearest school", "name of the nearest school of this kind, here or in another authority"),
    "kilometres": Column(
        "Kilometres, straight line", "straight line from the centre (the ONS label point) to it", "km", 1
    ),
}
DISTANCE_OF_EACH = {**_FROM, **DISTANCE}
"""The same from the centre of each of several authorities."""
