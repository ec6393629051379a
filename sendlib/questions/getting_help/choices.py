"""What a reader can choose in Getting help: NHS areas, services and measures of the pictures of the NHS."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sendlib.answer import Asked, Choice, Offered, Table
from sendlib.areas import Area
from sendlib.questions.getting_help import health_waits, nhs_areas
from sendlib.store import Store
from sendlib.tables.community_workbook import SERVICES
from sendlib.tables.waits_mental_health import WAITS

_FIRST_MEASURE = "MRS08b"
SHARE, WAITING = "share", "waiting"
KINDS = {
    SHARE: "Share over 52 weeks",
    WAITING: "Children waiting",
    "over_52": "Over 52 weeks",
    "over_104": "Over 104 weeks",
}
"""What the picture of lists over time can show."""

COMMUNITY_AREA = Choice(
    "community_area",
    "NHS area",
    "The NHS area (ICB) whose lists of community services stand beside England's",
    "community",
    of_area=True,
)
OVER_TIME_SERVICE = Choice(
    "over_time_service",
    "Service",
    "The community service whose lists are drawn over time",
    "community_over_time",
)
OVER_TIME_KIND = Choice(
    "over_time_kind",
    "Show",
    "What of these lists is drawn over time: the share over 52 weeks, or how many children",
    "community_over_time",
    form="buttons",
)
BANDS_AREA = Choice(
    "bands_area",
    "NHS area",
    "The NHS area (ICB) whose list by weeks waited stands beside England's",
    "bands",
    of_area=True,
)
BANDS_SERVICE = Choice("bands_service", "Service", "The community service whose list is shown by weeks waited", "bands")
STANDARDS_AREA = Choice(
    "standards_area",
    "NHS area",
    "The NHS area (ICB) whose waits over 18 weeks stand beside England's",
    "standards",
    of_area=True,
)
PROVIDERS_SERVICE = Choice(
    "providers_service", "Service", "The community service whose lists are drawn provider by provider", "providers"
)
WAITS_MEASURE = Choice("waits_measure", "Measure", "Which wait for mental health services is drawn", "four_weeks")
CHOICES = (
    STANDARDS_AREA,
    PROVIDERS_SERVICE,
    COMMUNITY_AREA,
    OVER_TIME_SERVICE,
    OVER_TIME_KIND,
    BANDS_AREA,
    BANDS_SERVICE,
    WAITS_MEASURE,
)


def offered(store: Store, area: Area, tables: Mapping[str, Table], asked: Asked) -> dict[str, Offered]:
    """What can be chosen for an area; of a single NHS area there is nothing to choose. Raises UnknownChoice."""
    main = health_waits.MAIN
    icbs = {one.code: one.name for one in nhs_areas.boards(store, area, health_waits.months_of(store, area)[-1])}
    found = (
        *((STANDARDS_AREA.offer(icbs, next(iter(icbs)), asked),) if icbs else ()),
        *_providers(tables, asked),
        *((COMMUNITY_AREA.offer(icbs, next(iter(icbs)), asked),) if icbs else ()),
        OVER_TIME_SERVICE.offer(_services(tables["community_over_time"].data), main, asked),
        OVER_TIME_KIND.offer(KINDS, SHARE, asked),
        *((BANDS_AREA.offer(icbs, next(iter(icbs)), asked),) if icbs else ()),
        BANDS_SERVICE.offer(_services(tables["bands"].data), main, asked),
        WAITS_MEASURE.offer({code: measure.name for code, measure in WAITS.items()}, _FIRST_MEASURE, asked),
    )
    return {one.choice.name: one for one in found if len(one.options) > 1}


def _providers(tables: Mapping[str, Table], asked: Asked) -> tuple[Offered, ...]:
    """The services that a provider has a list of in the newest month; community paediatrics first where it is one."""
    if "providers" not in tables:
        return ()
    data = tables["providers"].data
    held = _services(data[data["period"].eq(data["period"].max())])
    first = health_waits.MAIN if health_waits.MAIN in held else next(iter(held))
    return (PROVIDERS_SERVICE.offer(held, first, asked),)


def _services(data: pd.DataFrame) -> dict[str, str]:
    """The services of a table, in its order: code -> name."""
    codes = {name: code for code, name in SERVICES.items()}
    return {codes[name]: name for name in dict.fromkeys(data["service"])}
