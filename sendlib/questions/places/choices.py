"""What a reader can choose in Places: what the map shows, and the kind of placement drawn over time."""

from __future__ import annotations

from sendlib.answer import Asked, Choice, Offered

LAYOUTS = {"map": "Map", "hexagons": "One hexagon each"}
SHADES = {"per_1000": "Plans per 1,000", "free_school_meals": "Free school meals"}
"""Column of the table of the map -> its name."""
ON_TOP = {"schools": "Special schools", "lines": "Who travels", "both": "Both", "nothing": "Nothing"}
THRESHOLDS = {number: f"{number} pupils a year" for number in ("5", "10", "20", "50")}
TRAVELS = {"pupils": "Pupils in a typical year", "shares": "Shares"}
FITS = {"area": "This area", "travel": "With those it exchanges pupils with", "england": "All of England"}
INDEPENDENT = ("special_independent", "special_non_maintained")
STATE_SPECIAL = ("special_la_maintained", "special_academy_free")
INDEPENDENT_SPECIAL = "Independent or non-maintained special school"
PLACEMENT_KINDS = {
    "Mainstream class": (
        "mainstream_la_maintained",
        "mainstream_academy",
        "mainstream_free_school",
        "mainstream_independent",
    ),
    "Resourced provision": (
        "mainstream_la_maintained_resourced_provision",
        "mainstream_academy_resourced_provision",
        "mainstream_free_school_resourced_provision",
    ),
    "SEN unit": ("mainstream_la_maintained_senunit", "mainstream_academy_senunit", "mainstream_free_school_senunit"),
    "State special school": STATE_SPECIAL,
    INDEPENDENT_SPECIAL: INDEPENDENT,
    "Alternative provision": ("ap_pru_total",),
    "Further education": ("fe_total",),
    "Educated elsewhere or not in education": ("ed_elsewhere",),
}
"""Kinds of placement -> the columns that they add up."""

_MAP = "map"
"""The table of the lead picture, which these are about."""
LAYOUT = Choice("layout", "Picture", "A map, or one hexagon of the same size for each authority", _MAP)
SHADE = Choice(
    "shade",
    "Shade",
    "What the authorities are shaded by, in fifths; or which page's measures they can be shaded by",
    _MAP,
    figures_change=True,
)
SHADE_AT_FIRST = "per_1000"
MEASURE = Choice(
    "shade_measure",
    "Measure (type to find it)",
    "Which measure the authorities are shaded by, such as needs.comparators.share.autism; the name of a page alone,"
    " such as needs, lists its measures",
    _MAP,
    figures_change=True,
)
SHOW = Choice("show", "On top", "What is drawn over the map: schools, arrows of who travelled to school, or both", _MAP)
FIT = Choice("fit", "The map shows", "What the map is fitted to", _MAP)
_WITH_ARROWS = ("show", ("lines", "both"))
FROM = Choice(
    "from",
    "Arrows from",
    "From how many pupils in a typical year an arrow of who travelled is drawn",
    _MAP,
    only_with=_WITH_ARROWS,
)
TRAVEL_AS = Choice(
    "travel_as",
    "Who travels, as",
    "Whether arrows, and bars of who travelled, have numbers of pupils or shares",
    _MAP,
)
PLACEMENT_KIND = Choice(
    "placement_kind", "Kind of placement", "Which kind of placement is drawn over time", "placement"
)
CHOICES = (LAYOUT, SHADE, MEASURE, SHOW, FIT, FROM, TRAVEL_AS, PLACEMENT_KIND)


def offered(asked: Asked) -> dict[str, Offered]:
    """The same for every area. Raises UnknownChoice."""
    found = (
        LAYOUT.offer(LAYOUTS, "map", asked),
        SHADE.offer(SHADES, SHADE_AT_FIRST, asked),
        SHOW.offer(ON_TOP, "schools", asked),
        FIT.offer(FITS, "area", asked),
        FROM.offer(THRESHOLDS, "5", asked),
        TRAVEL_AS.offer(TRAVELS, "pupils", asked),
        PLACEMENT_KIND.offer({kind: kind for kind in PLACEMENT_KINDS}, INDEPENDENT_SPECIAL, asked),
    )
    return {one.choice.name: one for one in found}
