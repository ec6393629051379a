"""How many pupils of state special schools lived in an area and left it, and how many at school there came from
elsewhere: numbers in a typical year, and shares of two wholes that are never mixed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sendlib.areas import Area
from sendlib.compared.comparators import known_areas
from sendlib.questions.places.columns import FEWEST_A_YEAR
from sendlib.questions.places.flows import YEARS, has_border, inside_of, years_of
from sendlib.questions.places.naming import school_elsewhere
from sendlib.store import Store, kept_with_store
from sendlib.tables.flows import UNKNOWN
from sendlib.tables.symbols import NOT_APPLICABLE, NOT_AVAILABLE, VALUE


@dataclass(frozen=True)
class Travel:
    """Pupils of state special schools, `years` school years added up; `a_year` makes a typical year of them.

    `lived` in the area and `stayed`, since their school was there; at school `here` with a home that is known, and
    `unknown`, with one that is not or is outside England. `moved`: those who lived in the area and went to a school of
    another authority than their own, inside the area or not. `bordered`: whether the flows have both sides of the
    area's border. NaN where the flows do not have the area.
    """

    lived: float
    stayed: float
    here: float
    unknown: float
    moved: float
    years: int
    bordered: bool

    def a_year(self, pupils: float) -> float:
        """Pupils as they are written: less than one in a typical year is not written as none."""
        if np.isnan(pupils):
            return np.nan
        return float(max(round(pupils / self.years), 1)) if pupils > 0 else 0.0

    @property
    def left(self) -> float:
        """Those who lived in the area and went to a school beyond its border."""
        return self.lived - self.stayed if self.bordered else np.nan

    @property
    def came(self) -> float:
        """Those at school in the area who are known to have lived elsewhere."""
        return self.here - self.stayed if self.bordered else np.nan

    @property
    def outside(self) -> float:
        """Per cent of those who lived in the area who left it; NaN of too few, as the other shares."""
        return self._share(self.left, self.lived)

    @property
    def inward(self) -> float:
        """Per cent of those at school in the area, of homes that are known, who came from elsewhere."""
        return self._share(self.came, self.here)

    @property
    def elsewhere(self) -> float:
        """Per cent of those who lived in the area who went to a school of another authority than their own. Of one
        authority they are those who left it."""
        return self._share(self.moved, self.lived)

    def _share(self, part: float, whole: float) -> float:
        """A share of a handful of children would be about them."""
        return 100 * part / whole if whole >= self.years * FEWEST_A_YEAR else np.nan


@kept_with_store(256, of_base=True)
def travel_of(store: Store, area: Area) -> Travel:
    """Who crossed the border of an area of any kind, either way."""
    table, inside = store.table("flows"), inside_of(store, area)
    home, school, pupils = (table[name] for name in ("home_code", "school_code", "pupil_years"))
    lived, here = home.isin(inside), school.isin(inside)
    if not (lived | here).any():
        return Travel(np.nan, np.nan, np.nan, np.nan, np.nan, YEARS, bordered=False)

    known = home.ne(UNKNOWN)
    return Travel(
        lived=float(pupils[lived].sum()),
        stayed=float(pupils[lived & here].sum()),
        here=float(pupils[here & known].sum()),
        unknown=float(pupils[here & ~known].sum()),
        moved=float(pupils[lived & home.ne(school)].sum()),
        years=years_of(area),
        bordered=has_border(store, area),
    )


def table_of(area: Area, travel: Travel) -> pd.DataFrame:
    """Who lived in an area and who was at school there, with those who crossed its border; no rows where the flows do
    not have the area. Of England, of whose border one side is held, those who crossed one within it."""
    lived = "those who lived there"
    if np.isnan(travel.lived):
        rows = []
    elif not travel.bordered:
        rows = [
            ("Lived there", travel.lived, 100.0, lived),
            ("Went to a school of their own authority", travel.lived - travel.moved, 100 - travel.elsewhere, lived),
            ("Went to a school of another authority", travel.moved, travel.elsewhere, lived),
            (_UNKNOWN, travel.unknown, np.nan, ""),
        ]
    else:
        here = "those at school there"
        rows = [
            ("Lived there", travel.lived, 100.0, lived),
            ("Lived there and went to school there", travel.stayed, 100 - travel.outside, lived),
            (f"Lived there and went to {school_elsewhere(area)}", travel.left, travel.outside, lived),
            ("At school there, homes known", travel.here, 100.0, here),
            ("At school there and lived there", travel.stayed, 100 - travel.inward, here),
            ("At school there and lived elsewhere", travel.came, travel.inward, here),
            (_UNKNOWN, travel.unknown, np.nan, ""),
        ]
    frame = pd.DataFrame(rows, columns=["who", "pupils", "share", "share_of"])
    frame["status"] = [
        VALUE if share == share else NOT_AVAILABLE if whole else NOT_APPLICABLE
        for share, whole in zip(frame["share"], frame["share_of"], strict=True)
    ]
    frame["pupils"] = [travel.a_year(one) for one in frame["pupils"]]
    return frame.round({"share": 1})


_UNKNOWN = "At school there, home not known or outside England"


_MOST_THAT_TIE = 3


@dataclass(frozen=True)
class Largest:
    """The authority of a large flow as one names it in a sentence, and its pupils in a typical year."""

    name: str
    pupils: float


def largest(store: Store, flows: pd.DataFrame, most: int = 2) -> list[Largest]:
    """The largest flows, at most so many; a divided authority by its old name.

    Only those that are larger than each that is not named. Where as many tie for the first place that none is, all of
    these, if they are not more than three: of four with as many pupils none is the largest.
    """
    single = flows[~flows["area_code"].isin(["", UNKNOWN])]
    if len(single) > most:
        first = single[single["pupils"] == single["pupils"].iloc[0]]
        larger = single[single["pupils"] > single["pupils"].iloc[most]]
        single = first if larger.empty and len(first) <= _MOST_THAT_TIE else larger
    areas = known_areas(store)
    divided = dict(zip(areas.changes["new_area_codes"], areas.changes["old_name"], strict=True))
    return [
        Largest(areas.get(code).in_text if code in areas.authorities else str(divided[code]), float(pupils))
        for code, pupils in zip(single["area_code"], single["pupils"], strict=True)
    ]


@dataclass(frozen=True)
class Pair:
    """Two authorities, and the pupils who lived in the one and went to a school of the other in a typical year."""

    home: str
    school: str
    pupils: float


@kept_with_store(of_base=True)
def largest_pair(store: Store) -> Pair:
    """The largest flow between two authorities of England."""
    table, areas = store.table("flows"), known_areas(store).authorities
    held = table["home_code"].isin(list(areas)) & table["school_code"].isin(list(areas))
    away = table[held & table["home_code"].ne(table["school_code"])]
    row = away.loc[away["pupil_years"].idxmax()]
    return Pair(areas[row["home_code"]].in_text, areas[row["school_code"]].in_text, row["pupil_years"] / YEARS)
