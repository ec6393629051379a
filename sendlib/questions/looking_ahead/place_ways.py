"""How much the rates that are taken for a place move its number: each way by name, beside one rate for everybody."""

from __future__ import annotations

import math

import pandas as pd

from sendlib.answer import Note, Table, Text
from sendlib.answer.numbers import capital, listed, percent, written
from sendlib.areas import ENGLAND, Area
from sendlib.compared.comparators import known_areas
from sendlib.questions.looking_ahead import columns, place_rates, places
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.questions.looking_ahead.choices import Chosen
from sendlib.questions.looking_ahead.place_rates import AGE, ETHNICITY, FLAT, WAYS
from sendlib.questions.looking_ahead.residents import TARGET
from sendlib.questions.looking_ahead.scenarios import PUBLISHED, Scenario
from sendlib.questions.looking_ahead.words import per_10000
from sendlib.store import Store, kept_with_store
from sendlib.tables.life_limiting import Evidence
from sendlib.tables.pupil_ethnicity import PERIOD, UNCLASSIFIED
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

DEPRIVATION = "Rates by deprivation"


def data(store: Store, evidence: Evidence, area: Area, chosen: Chosen, ways: dict[str, Scenario]) -> pd.DataFrame:
    """A row a way: `way`, `ratio` to one rate for all ages, children in the target year with both published rates
    (`low`, `high`), `rests_on`, `status`; deprivation has a row without numbers, since no rates of it could be read."""
    step, found = places.step_of(area), []
    shared = {rates: children.shared_out(store, evidence, chosen.basis, TARGET, rates) for rates in WAYS}
    flat = shared[FLAT].part[area.code]
    for rates in (FLAT, AGE, ETHNICITY):
        numbers = [shared[rates].children(ways[name].end, area.code) for name in PUBLISHED]
        ratio = shared[rates].part[area.code] / flat if flat else math.nan
        given = [places.rounded(number, step) for number in numbers]
        status = NOT_AVAILABLE if math.isnan(sum(numbers)) else VALUE
        found.append((WAYS[rates], ratio, *given, _rests_on(store, evidence, rates), status))
    found.append((DEPRIVATION, math.nan, math.nan, math.nan, "no rate by deprivation could be read", NOT_AVAILABLE))
    return pd.DataFrame(found, columns=["way", "ratio", "low", "high", "rests_on", "status"])


def _rests_on(store: Store, evidence: Evidence, rates: str) -> str:
    if rates == FLAT:
        return f"England's rate of all aged 0 to 19 ({evidence.last.year})"
    if rates == AGE:
        return f"England's rates by {children.shared_out_by(store, evidence)}"
    groups = evidence.facts["ethnic_groups"]
    return f"rates by ethnic group published in {groups['published']}, by pupils of {PERIOD}"


def table(store: Store, evidence: Evidence, area: Area, chosen: Chosen, ways: dict[str, Scenario]) -> Table:
    """The part of the page, with what it comes to in a sentence."""
    rows = data(store, evidence, area, chosen, ways)
    said = evidence.facts["target"]["said"]
    return Table(
        rows,
        Text(f"Estimated children aged 0 to 19 by the rates taken for the place, {places.together(area)}, {said}"),
        columns.place(area),
        ("life_limiting", "life_limiting_older", "population", "population_chosen", place_rates.TABLE, "deprivation"),
        heading="Rates that fit the place",
        how_to_read=Text(_result(area, rows)),
    )


def _result(area: Area, rows: pd.DataFrame) -> str:
    """How far each way leads from one rate for all ages."""
    by = rows.set_index("way")
    if area.code == ENGLAND:
        return (
            f"For England as a whole every way gives the same,{_about(by.loc[WAYS[FLAT]])}: the ways share its children"
            " out between places, and add none. Choose an authority, a region or a health board to see them differ."
        )
    if by.loc[WAYS[FLAT], "status"] != VALUE:
        return f"Not available for {places.together(area)}: the residents that every way rests on are not all known."
    told = [
        f"{WAYS[rates][:1].lower() if rates == ETHNICITY else WAYS[rates][:1]}{WAYS[rates][1:]}"
        f" {'give' if WAYS[rates].endswith('age') or rates == ETHNICITY else 'gives'}"
        f" {written(by.loc[WAYS[rates], 'ratio'], 2)} times"
        for rates in (AGE, ETHNICITY)
        if by.loc[WAYS[rates], "status"] == VALUE
    ]
    return (
        f"{capital(places.together(area))}: beside one rate for all ages, {listed(told)} the number. They are"
        " alternatives and never put together."
    )


def _about(row: pd.Series) -> str:
    """England's children with the published rates, where they are known."""
    return f" about {written(row['low'])} or {written(row['high'])} children in 2030" if row["status"] == VALUE else ""


def notes(store: Store, evidence: Evidence, area: Area) -> list[Note]:
    """What the older rates are, who stands for whom, and what is not available."""
    texts = [_older_rates(store, evidence), _pupils(store, area), _by_age(store, evidence)]
    return [
        *(Note("definition", Text(text, families=None), about="place") for text in texts),
        Note("missing", Text(_deprivation(store, evidence, area), families=None), about="place"),
    ]


@kept_with_store(4, of_base=True)
def _older_rates(store: Store, evidence: Evidence) -> str:
    groups = evidence.facts["ethnic_groups"]
    rates = listed([f"{rate['name']} {per_10000(rate['per_10000'])}" for rate in groups["rates"]])
    held = store.table(place_rates.TABLE).astype({"area_code": str, "group": str}) if _is_held(store) else None
    mean = ""
    if held is not None:
        of_england = held[held["area_code"].eq(ENGLAND)].set_index("group")["value"]
        counts = {rate["name"]: of_england.reindex(rate["pupils"]).sum() for rate in groups["rates"]}
        sums = sum(rate["per_10000"] * counts[rate["name"]] for rate in groups["rates"])
        mean = f" ({written(sums / sum(counts.values()), 1)} by its pupils)"
    return (
        f"The rates by ethnic group were published in {groups['published']}: {rates} in every 10,000. The abstract does"
        f" not state their year (the series ends in {groups['year']}), and they rest on another definition than the"
        f" rates above. So only their ratio to England's mean of the same rates{mean} is used, on England's rate of"
        f" {evidence.last.year}."
    )


def _is_held(store: Store) -> bool:
    return place_rates.TABLE in store.tables


def _pupils(store: Store, area: Area) -> str:
    inside = places.members(store, area.code)
    gone = place_rates.borrowed(store, inside) if area.code != ENGLAND else []
    stand = f" Those of {listed(gone)}, which was not yet divided, stand for its parts." if gone else ""
    return (
        f"Pupils of {PERIOD} in the schools of an area stand for its residents: children below school age and pupils of"
        " independent schools are not among them, and some live elsewhere. Those whose group is not recorded"
        f"{_unrecorded(store)} are left out; other Asian backgrounds are counted with Chinese, mixed and other, because"
        f" the source does not say where they belong.{stand}"
    )


@kept_with_store(of_base=True)
def _unrecorded(store: Store) -> str:
    if not _is_held(store):
        return ""
    held = store.table(place_rates.TABLE).astype({"area_code": str, "group": str})
    of_england = held[held["area_code"].eq(ENGLAND)].set_index("group")["value"]
    return f" ({percent(100 * of_england.get(UNCLASSIFIED, 0.0) / of_england.sum())} in England)"


def _by_age(store: Store, evidence: Evidence) -> str:
    if len(evidence.of("age")) > 1:
        return f"By age the rates are those of {listed(list(evidence.of('age')))}."
    rest = children.rate_1_to_19(store, evidence)
    follows = "" if math.isnan(rest) else f"; that of 1 to 19 ({written(rest, 1)}) follows from it"
    return (
        f"By age only the rate under 1 is published ({per_10000(evidence.of('age')['<1'].per_10000)}){follows}. Rates"
        " of the ages between are not available."
    )


def _deprivation(store: Store, evidence: Evidence, area: Area) -> str:
    """What is known of deprivation, and that no rate by it could be read."""
    if evidence.of("deprivation"):
        return "Rates by deprivation act where somebody filled in residents by deprivation, and not otherwise."
    fact = evidence.facts["deprivation"]
    return (
        f"Rates by deprivation are not available. {fact['text']} No rate of a group could be read; the study's full"
        f" report, 'Make Every Child Count', may have them.{_idaci(store, area)}"
    )


@kept_with_store(of_base=True)
def _low_income(store: Store) -> pd.Series:
    """The share of children in families with a low income, by area."""
    held = store.table("deprivation").astype({"area_code": str, "measure": str})
    return held[held["measure"].eq("idaci")].set_index("area_code")["value"]


def _idaci(store: Store, area: Area) -> str:
    """How deprived the area is beside England, of which nothing can be made without a gradient."""
    if "deprivation" not in store.tables:
        return ""
    shares = _low_income(store)
    codes = known_areas(store).get(area.code).parts
    if len(codes) != 1 or math.isnan(float(shares.get(codes[0], math.nan))):
        return ""
    own, england = (percent(100 * float(shares[code])) for code in (codes[0], ENGLAND))
    return (
        f" {own} of the children aged 0 to 15 in {known_areas(store).authorities[codes[0]].in_text} live in families"
        f" with a low income ({england} in England, indices of 2025); without such rates no number is made of that."
    )
