"""Plans by primary need: what is known, what is new, and rows that do not add up."""

import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import needs
from sendlib.tables.needs import NEEDS, PLANS, UNKNOWN
from tests.made_up import REGIONS, adding_up, as_csv, release

FILE = "made-up.csv"
TOTALS = [("All EHC plans", "All EHC plans")]
REGION_OF = {code: region for region, codes in REGIONS.items() for code in codes}


def needs_file(**columns):
    figures = {"ehc_plans": lambda area: adding_up(area, 26)}
    figures |= {f"number_{need}": lambda area: adding_up(area, 2) for need in NEEDS}
    figures |= {"number_need_unknown": lambda area: adding_up(area, 2)}
    return as_csv(release(TOTALS, {**figures, **columns}))


def test_needs_are_read_with_the_unknown_kept_apart():
    frame = needs.read(needs_file(), FILE, "all")
    england = frame[frame.area_code.eq("E92000001")].set_index("need").value
    assert england[UNKNOWN] == 300
    assert england[list(NEEDS)].sum() + england[UNKNOWN] == england[PLANS]


def test_a_new_need_does_not_fall_away_in_silence():
    with pytest.raises(ContractBroken, match="number_xyz"):
        needs.read(needs_file(number_xyz=adding_up), FILE, "all")


def test_down_syndrome_of_2026_stays_within_other_difficulty_and_stands_beside_it():
    plain = needs.read(needs_file(), FILE, "all").set_index(["area_code", "need"])["value"]
    with_it = {"number_ds": adding_up, "ehc_plans": lambda area: adding_up(area, 36)}
    apart = needs.read(needs_file(**with_it), FILE, "all").set_index(["area_code", "need"])["value"]
    assert (
        apart["E92000001", "oth"]
        == plain["E92000001", "oth"] + apart["E92000001", needs.DOWN_SYNDROME]
        > plain["E92000001", "oth"]
    )


def test_down_syndrome_that_a_file_counts_within_other_difficulty_is_not_counted_twice():
    plain = needs.read(needs_file(), FILE, "all").set_index(["area_code", "need"])["value"]
    within = needs.read(needs_file(number_ds=lambda area: adding_up(area, 1)), FILE, "all")
    found = within.set_index(["area_code", "need"])["value"]
    assert found["E92000001", "oth"] == plain["E92000001", "oth"] and found["E92000001", "ds"] == 150


def test_needs_of_england_that_fit_neither_way_are_refused_with_the_numbers():
    with pytest.raises(ContractBroken, match="4,500 with Down syndrome and to 3,900 without it, but 4,050 plans"):
        wrong = {"number_ds": lambda area: adding_up(area, 4), "ehc_plans": lambda area: adding_up(area, 27)}
        needs.read(needs_file(**wrong), FILE, "all")


def test_an_authority_without_a_figure_of_down_syndrome_has_none_of_other_difficulty_and_others_keep_theirs():
    def missing_in_one(area):
        return "x" if area["old_la_code"] == "201" else adding_up(area, 10)

    whole = {"number_ds": missing_in_one, "ehc_plans": lambda area: adding_up(area, 36)}
    frame = needs.read(needs_file(**whole), FILE, "all")
    other = frame[frame.need.eq("oth")].set_index("area_code")
    assert list(other.index[other.value.isna()]) == ["201"] and other.status["201"] == "not_available"


def test_an_authority_whose_needs_do_not_add_up_is_not_available_and_named():
    def one_more(area):
        return adding_up(area, 2) + (area["old_la_code"] == "201")

    frame, notes = needs.with_sums_of_authorities(needs.read(needs_file(number_sld=one_more), FILE, "all"), REGION_OF)
    rows = frame[frame.need.eq("asd")].set_index("area_code")
    assert rows.status["201"] == "not_available" and rows.status["202"] == "value"
    assert "area 201, 2025-01: the needs add up to 27 where 26 plans" in notes[0]


def test_england_is_the_sum_of_its_authorities_where_its_own_row_differs():
    def wrong_in_england(area):
        return adding_up(area, 2) + (7 if area["geographic_level"] == "National" else 0)

    frame, notes = needs.with_sums_of_authorities(
        needs.read(needs_file(number_sld=wrong_in_england), FILE, "all"), REGION_OF
    )
    rows = frame[frame.area_code.eq("E92000001") & frame.need.eq("sld")].set_index("characteristic").value
    assert rows.to_dict() == {"total": 300, "own_row": 307}
    assert len(notes) == 1 and "sld 307 against 300" in notes[0]


def test_england_stays_as_published_where_an_authority_has_no_figure():
    def missing_in_one(area):
        return "x" if area["old_la_code"] == "201" else adding_up(area, 2)

    frame, notes = needs.with_sums_of_authorities(
        needs.read(needs_file(number_sld=missing_in_one), FILE, "all"), REGION_OF
    )
    assert frame[frame.area_code.eq("E92000001") & frame.need.eq("sld")].value.item() == 300
    assert not notes


def test_the_first_publication_of_june_2025_is_read_by_the_same_reader(originals):
    for name, scope, period in (("sen_needs_all_plans", "all", "2025-01"), ("sen_need_newplans", "new", "2024")):
        content = originals.read(f"ehcp/first_publication_june_2025/{name}.csv.gz")
        frame = needs.read(content, name, scope)
        assert set(frame.period) == {period}
