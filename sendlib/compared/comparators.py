"""Whom an area is compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from sendlib.answer import Text
from sendlib.answer.numbers import capital, listed
from sendlib.areas import ENGLAND, Area, Areas, Kind, the_region
from sendlib.compared import widened
from sendlib.compared.alike_in_words import nearest
from sendlib.compared.means import too_small
from sendlib.errors import UnknownArea, UnknownChoice
from sendlib.store import Store, kept_with_store

DEFAULT = "neighbours-2025"
BOARDS_ALIKE = "boards-alike"
CHOICES = {
    "neighbours-2025": "Statistical neighbours (2025)",
    "neighbours-2021": "Statistical neighbours (2021)",
    "region": "Authorities of the region",
    "type": "Authorities of the same type",
    "england": "All authorities in England",
    "own": "Authorities alike in population and pupils",
}
"""Choices of an authority with a name; any other is a list of areas."""
_EVERY = {"england": "All authorities in England"}
OFFERED: Mapping[Kind, Mapping[str, str]] = {
    "authority": CHOICES,
    "region": {"regions": "The other regions", **_EVERY},
    "england": _EVERY,
    "board": {
        "boards": "The other integrated care boards",
        BOARDS_ALIKE: "Ten boards alike in population and pupils",
        **_EVERY,
    },
    "location": {"locations": "The other sub-ICB locations", **_EVERY},
    "group": {**_EVERY, "regions": "The regions of England"},
}
"""The same by kind of area; the first of each is its default."""
_NAMED_CHOICES = frozenset(name for names in OFFERED.values() for name in names)
MOST_PICKED = 15
ALIKE = ("own", BOARDS_ALIKE)
"""Choices of those that are nearest in published features (compared.alike)."""


@dataclass(frozen=True)
class Comparators:
    """The areas that an area is set beside; never the area itself.

    `label` completes "compared with ..." and `short` stands on axes. `closeness`
    is DfE's word for each statistical neighbour. `too_small`: those of them with so few plans that they
    count for no mean and no range (compared.means). `plain_caution`: the caution for families, where it differs.
    """

    choice: str
    codes: tuple[str, ...]
    label: str
    short: str
    caution: str = ""
    closeness: Mapping[str, str] = field(default_factory=dict)
    too_small: tuple[str, ...] = ()
    plain_caution: str = ""

    @property
    def cautioned(self) -> Text:
        """What to beware of in the comparison, in the words of each mode; empty where there is nothing."""
        return Text(self.caution, families=self.plain_caution)

    @property
    def alone(self) -> bool:
        """Whether one area alone is compared: there is nothing to average, and its own name stands."""
        return len(self.codes) == 1

    @property
    def the_mean(self) -> str:
        """What a figure of those compared is, in a sentence: `the mean of its ten statistical neighbours`,
        `Barnsley`."""
        return self.label if self.alone else f"the mean of {self.label}"

    @property
    def mean_heading(self) -> str:
        """The same over a column or in a key: `Mean of its ten statistical neighbours`, `Barnsley`."""
        return self.short if self.alone else f"Mean of {self.label}"

    @property
    def the_average(self) -> str:
        """The same in plain words: `the average of its ten statistical neighbours`, `Barnsley`."""
        return self.label if self.alone else f"the average of {self.label}"

    @property
    def on_average(self) -> str:
        """The same after a number: `on average among its ten statistical neighbours`, `in Barnsley`."""
        return f"in {self.label}" if self.alone else f"on average among {self.label}"

    @property
    def those(self) -> str:
        """Whom a title compares with: `its neighbours`, `Barnsley`."""
        known = {
            "neighbours": "its neighbours",
            "region": "its region",
            "all authorities": "the average authority",
            "similar authorities": "similar authorities",
            "regions": "the average region",
            "boards": "the average board",
            "similar boards": "similar boards",
            "locations": "the average sub-ICB location",
        }
        return self.label if self.alone else known.get(self.short, "those compared")

    @property
    def than_any(self) -> str:
        """Every one of those compared, in a title: larger than `any neighbour`, larger than `all compared`."""
        return "any neighbour" if self.short == "neighbours" else "all compared"

    @property
    def among(self) -> str:
        """The same after a comparison: `among its neighbours`, `in Barnsley`."""
        known = {
            "neighbours": "among its neighbours",
            "region": "in its region",
            "all authorities": "in the average authority",
            "similar authorities": "in similar authorities",
            "regions": "in the average region",
            "boards": "in the average board",
            "similar boards": "in similar boards",
            "locations": "in the average sub-ICB location",
        }
        return f"in {self.label}" if self.alone else known.get(self.short, "among those compared")


@kept_with_store()
def known_areas(store: Store) -> Areas:
    """The areas of a store, looked up once; with the groups that it has rows of."""
    found = widened.authorities(store)
    return found.with_groups(store.groups) if isinstance(store, widened.WithGroups) else found


_LISTS = "neighbours-"
"""How the names of DfE's lists of statistical neighbours begin."""


def offered(area: Area) -> Mapping[str, str]:
    """The choices of comparators with a name that an area of its kind has."""
    return OFFERED[area.kind]


def default_of(area: Area) -> str:
    """Whom an area is compared with when nobody chose."""
    return next(iter(offered(area)))


def store_for(store: Store, *areas: Area, versus: str = "") -> Store:
    """The store with rows of the areas and of all that they can be compared with: regions with regions, boards with
    boards, and what was picked. Raises UnknownArea."""
    wanted: dict[str, Area] = {}
    for area in areas:
        wanted |= {one.code: one for one in (area, *_peers(store, area, versus))}
    return widened.with_rows_of(store, *wanted.values())


def _peers(store: Store, area: Area, choice: str) -> list[Area]:
    """Areas that are more than one authority and that an area may be compared with."""
    known = widened.directory(store)
    if choice and choice not in _NAMED_CHOICES and not choice.startswith(_LISTS):
        return [one for one in _named(store, choice) if not one.is_authority]
    if area.kind in ("region", "england"):
        return known.of_kind("region", "england")
    if area.kind == "board":
        return [one for one in known.of_kind("board") if one.members and one.current == area.current]
    if area.kind == "location":
        return [one for one in known.of_kind("location") if one.members]
    return known.of_kind("region") if choice == "regions" else []


@kept_with_store(2048)
def choose(store: Store, area: Area, choice: str) -> Comparators:
    """The comparators for a choice: a key of `offered`, or names or codes of areas with commas between.

    The default of authorities stands for the default of any other kind as well. Raises UnknownChoice (too many, none
    left, of another kind) and UnknownArea.
    """
    found = _chosen(store, area, default_of(area) if choice in ("", DEFAULT) else choice)
    small = too_small(store)
    return replace(found, too_small=tuple(code for code in found.codes if code in small))


def choose_beside_england(store: Store, area: Area, choice: str) -> Comparators:
    """The same for a question in which England stands beside every figure: where England alone was chosen, its
    authorities are compared."""
    found = choose(store, area, choice)
    return choose(store, area, "england") if found.codes == (ENGLAND,) else found


def _chosen(store: Store, area: Area, choice: str) -> Comparators:
    areas = known_areas(store)
    if choice in _NAMED_CHOICES and choice not in offered(area):
        names = ", ".join(offered(area))
        raise UnknownChoice(
            f"'{choice}' is not offered for {area.in_text}: it can be compared with {names}, or with areas that you"
            " name.",
            "comparators",
        )
    if choice.startswith(_LISTS) and area.is_authority:
        return _neighbours(store, areas, area, choice)
    if choice == "region":
        codes = [code for code in areas.in_region(area.region_code) if code != area.code]
        return Comparators(
            choice, tuple(codes), f"the other {len(codes)} authorities in {the_region(area.region_name)}", "region"
        )
    if choice == "type":
        codes = [code for code in areas.of_type(area.authority_type) if code != area.code]
        kind = _PLURAL.get(area.authority_type, area.authority_type.lower())
        return Comparators(choice, tuple(codes), f"the other {len(codes)} {kind}", kind)
    if choice == "england":
        return _every_authority(areas, area)
    if choice in _PEERS:
        return _of_its_kind(store, area, choice)
    if choice in ALIKE:
        return _alike(store, area, choice)
    return _picked(store, area, choice)


def _every_authority(areas: Areas, area: Area) -> Comparators:
    """All authorities that are not part of the area; of England's own parts all, which are its spread."""
    if area.kind == "england":
        codes = list(areas.authorities)
        return Comparators("england", tuple(codes), f"its {len(codes)} authorities", "all authorities")
    codes = [code for code in areas.authorities if code not in area.parts]
    return Comparators("england", tuple(codes), f"the other {len(codes)} authorities in England", "all authorities")


_PEERS = {"regions": ("region", "regions"), "boards": ("board", "boards"), "locations": ("location", "locations")}
"""Choice of areas of one kind -> that kind, and what those compared are called on an axis."""
_PEERS_IN_TEXT = {"regions": "regions", "boards": "integrated care boards", "locations": "sub-ICB locations"}


def _of_its_kind(store: Store, area: Area, choice: str) -> Comparators:
    kind, short = _PEERS[choice]
    codes = [
        one.code
        for one in widened.directory(store).of_kind(kind)  # type: ignore[arg-type]
        if one.code != area.code and one.members and (kind != "board" or one.current == area.current)
    ]
    number = {8: "eight", 9: "nine"}.get(len(codes), str(len(codes)))
    other = "other " if area.kind == kind else ""
    return Comparators(choice, tuple(codes), f"the {other}{number} {_PEERS_IN_TEXT[choice]}", short)


_NUMBERS = {1: "One", 2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six", 7: "Seven", 8: "Eight", 9: "Nine"}
_PLURAL = {
    "London borough": "London boroughs",
    "Metropolitan district": "metropolitan districts",
    "Unitary authority": "unitary authorities",
    "County": "counties",
}


@kept_with_store()
def _lists_of_neighbours(store: Store) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """(list, authority) -> its neighbours with DfE's word for closeness, closest first."""
    table = store.table("neighbours").sort_values(["list", "area_code", "rank"])
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for year, code, neighbour, word in zip(
        table["list"], table["area_code"], table["neighbour_code"], table["closeness"], strict=True
    ):
        found.setdefault((year, code), []).append((neighbour, word))
    return found


def _neighbours(store: Store, areas: Areas, area: Area, choice: str) -> Comparators:
    year = choice.removeprefix(_LISTS)
    if choice not in CHOICES:
        raise UnknownChoice(f"There is no list of neighbours of {year}; there are lists of 2025 and 2021.")
    pairs = _lists_of_neighbours(store).get((year, area.code), [])
    closeness = {code: word for code, word in pairs if code in areas.authorities}
    number = {10: "ten", 9: "nine"}.get(len(closeness), str(len(closeness)))
    far = sum(word == "not close" for word in closeness.values())
    caution = plainly = ""
    is_or_are = "is" if far == 1 else "are"
    if not closeness:
        caution = f"The list of {year} gives {area.in_text} no neighbours, because it began later."
        plainly = f"No list of {year} says which areas are similar to {area.in_text}, which began later."
    elif far == len(closeness):
        caution = f"None of the neighbours of {area.in_text} is close: the comparison says little."
        plainly = f"No area is really like {area.in_text}, so comparing says little."
    elif far:
        many = _NUMBERS.get(far, far)
        caution = f"{many} of the {number} neighbours of {area.in_text} {is_or_are} not close."
        plainly = f"{many} of the {number} similar areas {is_or_are} not very like {area.in_text}."
    if year == "2021" and closeness:
        newer = {code for code, _ in _lists_of_neighbours(store).get(("2025", area.code), [])}
        same = len(newer & set(closeness))
        are = "is" if same == 1 else "are"
        caution = (
            f"{caution} {same} of these neighbours of 2021 {are} also in the list of 2025 (on average about half)."
        ).strip()
        plainly = f"{plainly} {same} of these areas, listed in 2021, {are} also in the list of 2025.".strip()
    label = (
        f"its {number} statistical neighbours"
        if closeness
        else f"its statistical neighbours of {year} (none are listed)"
    )
    return Comparators(choice, tuple(closeness), label, "neighbours", caution, closeness, plain_caution=plainly)


def _alike(store: Store, area: Area, choice: str) -> Comparators:
    """The ten of its kind that are nearest in published features, with their distances as words."""
    found = nearest(store, area)
    return Comparators(choice, tuple(found.words), found.label, found.short, found.caution, found.words)


def _named(store: Store, choice: str) -> list[Area]:
    """The areas that are named with commas between, each once. Raises UnknownChoice."""
    found: dict[str, Area] = {}
    for text in filter(None, (part.strip() for part in choice.split(","))):
        try:
            area = widened.directory(store).find(text).area
        except UnknownArea as error:
            # Nearly always a choice that was mistyped, so those that there are come first.
            raise UnknownChoice(
                f"'{text}' is none of the choices of comparators ({', '.join(CHOICES)}). {error}", "comparators"
            ) from None
        # Two that stand where one stood are two: a group has commas in its code, and this is a list of them.
        parts = [widened.directory(store).get(code) for code in area.members] if area.kind == "group" else [area]
        found |= {one.code: one for one in parts}
    return list(found.values())


def _picked(store: Store, area: Area, choice: str) -> Comparators:
    named = [one for one in _named(store, choice) if one.code != area.code]
    if not named:
        names = ", ".join(offered(area))
        raise UnknownChoice(
            f"Choose comparators for {area.in_text}: one of {names}, or authorities or other areas with commas between."
        )
    if len(named) > MOST_PICKED:
        raise UnknownChoice(f"{len(named)} areas are too many to compare with; choose up to {MOST_PICKED}.")
    _none_within_another(named)
    codes, caution = tuple(one.code for one in named), _shares_children(area, named)
    if len(named) == 1:
        return Comparators(codes[0], codes, named[0].in_text, named[0].short_name, caution)
    kind = "authorities" if all(one.is_authority for one in named) else "areas"
    return Comparators(",".join(codes), codes, f"the {len(codes)} {kind} chosen", "those chosen", caution)


def _none_within_another(named: Sequence[Area]) -> None:
    """Refuses areas of which one holds a part of another: the same children would count twice. Raises
    UnknownChoice."""
    for one, other in combinations(named, 2):
        if set(one.parts) & set(other.parts):
            raise UnknownChoice(
                f"{capital(one.in_text)} and {other.in_text} have children in common, who would count twice: compare"
                " with one of the two.",
                "comparators",
            )


def _shares_children(area: Area, named: Sequence[Area]) -> str:
    """A sentence where the area lies in what it is compared with, or the other way round; empty where neither does."""
    both = [one for one in named if set(one.parts) & set(area.parts)]
    if not both:
        return ""
    if set(both[0].parts) == set(area.parts):
        return f"{capital(area.in_text)} and {both[0].in_text} are the same authorities: their figures are the same."
    names = listed([one.in_text for one in both])
    return f"{capital(area.in_text)} and {names} have children in common: in part this compares an area with itself."
