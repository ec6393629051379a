"""What somebody fills in: newer totals, regions, groups and residents, and files that can not be used."""

import re
from dataclasses import replace
from datetime import date
from importlib import resources

import pytest

from sendlib.areas import ENGLAND
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.questions.looking_ahead import filled_in, residents
from sendlib.tables import life_limiting
from tests.made_up import MADE_UP_RATES
from tests.questions.looking_ahead.asking import KNOWN, NO_RESIDENTS, REGIONS, ask, everything_said, lines

ETHNIC_RATES = (
    f"{MADE_UP_RATES}2017/18,E92000001,ethnicity,a,,,100,,,make_every_child_count\n"
    "2017/18,E92000001,ethnicity,b,,,50,,,make_every_child_count\n"
)


@pytest.mark.parametrize(
    ("year", "rate"),
    [("2018/19", 70), ("2019/20", 71.0), ("2021/22", 60), ("2022/23", 90), ("2025/26", 80), ("2026/27", 86)],
)
@pytest.mark.parametrize("code", ["879", ENGLAND, "E12000001"])
def test_a_newer_total_becomes_the_base_and_no_sentence_breaks(store, areas, year, rate, code):
    newer = life_limiting.read(
        MADE_UP_RATES + f"{year},E92000001,all,all,,,{rate},,,make_every_child_count\n", today=date(2028, 1, 1)
    )
    answer = ask(store, areas.get(code), evidence=newer, scenario="linear", growth="2")
    said = " ".join(
        [
            everything_said(answer),
            *lines(answer.cannot_tell),
            answer.title.explore,
            *vars(answer.headline).values(),
        ]
    )
    assert f"that of {year}" in said and "−" not in said.split("above that of")[0][-6:]
    assert "nan" not in said and answer.tables["fan"].data["measured"].notna().sum() == 18
    assert not re.search(r"\d\.\d{4}", said)
    assert (f"{abs(100 * (67 / rate - 1)):.1f}% {'above' if rate < 67 else 'below'} that of {year}") in said
    # What was said or reported of one year stays with it, whatever is measured later.
    assert "would have said 38 to 40 in 10,000 for 2017/18; 66.4 was reported" in said
    assert "it needs 14.35 million people" in said and "+0.7% against the 86,625 counted in 2017/18" in said
    # Everything that follows from the last year names it.
    assert (
        f"If the trend of 2001/02 to {year} continues in a straight line" in said
        and f"no count after {year} was found" in said
    )
    between = [line for line in lines(answer.cannot_tell) if "years between" in line]
    missing = int(year[:4]) - 2018
    assert bool(between) == bool(missing) and all(
        f"{missing} of the years between 2001/02 and {year}" in line for line in between
    )
    low, high = (
        int(number.replace(",", ""))
        for number in re.search(r"low or high rate about ([\d,]+) or ([\d,]+);", answer.headline.show).groups()
    )
    assert low <= high


def test_totals_that_leave_nothing_ahead_are_refused():
    with pytest.raises(life_limiting.ContractBroken, match="leaves nothing ahead"):
        life_limiting.read(
            MADE_UP_RATES + "2029/30,E92000001,all,all,,,80,,,make_every_child_count\n", today=date(2031, 1, 1)
        )


def test_rates_of_regions_that_are_filled_in_are_shown(store, areas):
    rates = life_limiting.read(MADE_UP_RATES + "2017/18,E12000001,all,all,,,70,,,make_every_child_count\n")
    answer = ask(store, areas.get("879"), evidence=rates)
    known = answer.tables["known"].data
    assert known.loc[known["by"].eq("Region"), "who"].tolist() == ["North East"]
    assert not any("regions" in line.split(".")[0] for line in lines(answer.cannot_tell))


def test_rates_of_regions_scale_their_authorities_and_england_still_agrees(store, areas, made_up):
    rates = life_limiting.read(MADE_UP_RATES + "2017/18,E12000001,all,all,,,99.6,,,make_every_child_count\n")
    before, after = (children.shared_out(store, evidence, "ons-2022", "2030-06") for evidence in (made_up, rates))
    people = residents.by_authority(store, "ons-2022", "2030-06").sum(axis=1)
    inside = list(areas.in_region("E12000001"))
    rise = {code: after.part[code] / before.part[code] for code in ("840", "879", "E12000001")}
    assert rise["840"] == pytest.approx(rise["E12000001"]) and rise["840"] > 1.4 and rise["879"] < 1
    assert sum(after.alone.values()) == pytest.approx(1)
    # The region has one and a half times England's rate; the others share what that leaves.
    assert after.part["E12000001"] == pytest.approx(1.5 * people[inside].sum() / people.sum(), rel=1e-4)


def test_groups_that_are_filled_in_are_no_longer_said_to_be_missing(store, areas):
    more = "".join(
        f"2017/18,E92000001,{kind},{name},,,50,,,make_every_child_count\n"
        for kind in ("ethnicity", "diagnosis")
        for name in "abc"
    )
    shipped, filled = (
        ask(store, areas.get("879"), evidence=evidence).tables["known"].how_to_read.explore
        for evidence in (life_limiting.shipped(), life_limiting.read(MADE_UP_RATES + more))
    )
    assert "Only the highest and the lowest rate of the ethnic groups and only the two largest" in shipped
    assert filled == ""


def test_a_file_that_can_not_be_used_is_told_of_and_the_known_facts_remain(store, areas):
    facts = (resources.files("sendlib.catalogue") / life_limiting.PUBLISHED_FILE).read_bytes()
    evidence = life_limiting.usable(b"year,rate\n", NO_RESIDENTS, facts)
    answer = ask(store, areas.get("879"), evidence=evidence)
    assert tuple(figure.value for figure in answer.figures) == KNOWN["879"]
    caution = next(note.text for note in answer.notes if note.kind == "caution")
    assert (
        "life_limiting_rates.csv: the header must be year,area_code" in caution.explore
        and "The rates that came with the app stand in for it" in caution.explore
    )
    # Families and a shared screen read of it without lines and codes.
    assert (
        caution.families == caution.show and "csv" not in caution.families and "could not be used" in caution.families
    )
    assert not any("it uses them" in line for line in lines(answer.cannot_tell))
    assert any("it uses them" in line for line in lines(ask(store, areas.get("879")).cannot_tell))


def test_age_bands_that_are_filled_in_share_children_out(store, areas):
    bands = "".join(
        f"2017/18,E92000001,age,{band},,,{rate},,,make_every_child_count\n"
        for band, rate in {"1-5": 75, "6-10": 60, "11-15": 52, "16-19": 45}.items()
    )
    evidence = life_limiting.read(MADE_UP_RATES + bands)
    assert children.shared_out_by(store, evidence) == "age bands"
    shared = children.shared_out(store, evidence, "ons-2022", "2024-06")
    assert sum(shared.part[code] for code in REGIONS) == pytest.approx(1)


def test_ethnic_rates_that_are_filled_in_with_residents_share_children_out(store, areas):
    lines = "".join(
        f"{code},ethnicity,{group},{number},made up\n"
        for code in areas.authorities
        for group, number in (("a", 900 if code == "380" else 100), ("b", 900))
    )
    evidence = life_limiting.read(ETHNIC_RATES, "area_code,group_type,group,residents,source\n" + lines)
    assert children.shared_out_by(store, evidence) == "ethnicity"
    by_age = children.shared_out(store, life_limiting.shipped(), "ons-2022", "2024-06")
    by_group = children.shared_out(store, evidence, "ons-2022", "2024-06")
    assert by_group.part["380"] > 1.2 * by_age.part["380"]
    assert filled_in.checked(store, evidence).problems == ()


def with_residents(areas, without=(), **numbers):
    """Made-up residents by two groups: 100 and 900 everywhere but where `numbers` has others as text; some areas not
    there at all."""
    lines = [
        f"{code},ethnicity,{group},{numbers.get(f'{group}_{code}', usual)},made up\n"
        for code in areas.authorities
        if code not in without
        for group, usual in (("a", "100"), ("b", "900"))
    ]
    return life_limiting.read(ETHNIC_RATES, NO_RESIDENTS.decode() + "".join(lines))


def test_an_area_whose_residents_are_not_known_is_left_out_and_named_and_nought_is_a_number(store, areas):
    known = filled_in.checked(store, with_residents(areas, a_879="0"))
    assert known.problems == () and children.shared_out_by(store, known) == "ethnicity"
    unknown = filled_in.checked(store, with_residents(areas, a_879="", without=("857",)))
    total = len(areas.authorities)
    assert (
        children.shared_out_by(store, unknown)
        == f"ethnicity where it is known ({total - 2} of {total} authorities), elsewhere by age under 1 and 1 to 19"
    )
    assert unknown.problems == (
        "life_limiting_residents.csv: residents by ethnicity are not known of Plymouth (a), Rutland (a and b);"
        " they get their children by age.",
    )
    by_age = children.shared_out(store, life_limiting.read(MADE_UP_RATES), "ons-2022", "2030-06")
    shares = children.shared_out(store, unknown, "ons-2022", "2030-06")
    assert shares.part["879"] == pytest.approx(by_age.part["879"]) and sum(shares.alone.values()) == pytest.approx(1)
    # Half of a group with twice the rate: those who have none of it get fewer children.
    assert children.shared_out(store, known, "ons-2022", "2030-06").part["879"] < by_age.part["879"]


def test_residents_of_an_area_that_does_not_exist_are_not_used_and_told_of(store, areas):
    evidence = with_residents(areas)
    strange = replace(evidence, residents={"ethnicity": {**evidence.residents["ethnicity"], ("999", "a"): 5.0}})
    checked = filled_in.checked(store, strange)
    assert checked.problems == (
        "life_limiting_residents.csv: no authority has the code 999, so that residents by ethnicity are not used.",
    )
    assert children.shared_out_by(store, checked) == "age under 1 and 1 to 19"
    answer = ask(store, areas.get("879"), evidence=strange)
    assert any(
        "999" in note.text.explore and "999" not in note.text.families
        for note in answer.notes
        if note.kind == "caution"
    )


def test_the_population_is_said_to_matter_as_much_only_where_it_moves_as_much(store, areas, made_up):
    first = "At the low end the population matters "
    shipped = ask(store, areas.get(ENGLAND)).tables["populations"].how_to_read.explore
    # A low of 67 after 60 is a rise of 12%, far more than the population moves.
    lower = life_limiting.read(MADE_UP_RATES + "2018/19,E92000001,all,all,,,60,,,make_every_child_count\n")
    other = ask(store, areas.get(ENGLAND), evidence=lower).tables["populations"].how_to_read.explore
    assert shipped.startswith(f"{first}as much as the rate") and other.startswith(f"{first}less than the rate")
