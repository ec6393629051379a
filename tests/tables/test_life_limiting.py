"""What is known of life-limiting conditions, and the file that a person can fill in."""

import csv
import io
import os
from datetime import date

import pytest

from sendlib import catalogue
from sendlib.errors import ContractBroken
from sendlib.tables import life_limiting
from tests.made_up import MADE_UP_RATES

HEADER = "year,area_code,group_type,group,children,population,per_10000,low,high,source\n"
LEAST = HEADER + (
    "2001/02,E92000001,all,all,32975,,26.7,26.5,27.0,fraser_2021\n"
    "2017/18,E92000001,all,all,86625,,66.4,66.0,66.8,fraser_2021\n"
    "2017/18,E92000001,age,<1,,,226.5,,,fraser_2021\n"
)


@pytest.fixture
def evidence():
    return life_limiting.shipped()


def test_the_two_measured_years_are_those_that_were_published(evidence):
    first, last = evidence.first, evidence.last
    assert (first.year, first.children, first.per_10000, first.low, first.high) == ("2001/02", 32975, 26.7, 26.5, 27.0)
    assert (last.year, last.children, last.per_10000, last.low, last.high) == ("2017/18", 86625, 66.4, 66.0, 66.8)
    assert len(evidence.totals) == 2 and not evidence.can_be_fitted


@pytest.mark.parametrize(
    ("group_type", "group", "rate"),
    [
        ("age", "<1", 226.5),
        ("sex", "Boys", 72.5),
        ("sex", "Girls", 60.0),
        ("definition", "Restricted definition", 61.1),
        ("diagnosis", "Congenital anomalies", 27.2),
        ("diagnosis", "Neurological conditions", 10.8),
        ("ethnicity", "Pakistani (the highest published)", 103.9),
        ("ethnicity", "Chinese (the lowest published)", 32.0),
    ],
)
def test_the_published_groups_have_their_rates(evidence, group_type, group, rate):
    assert evidence.of(group_type)[group].per_10000 == rate


def test_the_variants_for_2030_are_kept_to_two_decimals(evidence):
    assert [(v["name"], v["per_10000"], v["low"], v["high"]) for v in evidence.facts["variants"]] == [
        ("published-low", 67.0, 66.3, 67.7),
        ("published-high", 84.22, 78.66, 90.17),
    ]


def test_what_was_not_published_is_named(evidence):
    assert evidence.not_published() == [
        "the years between 2001/02 and 2017/18",
        "age bands other than under 1",
        "regions",
        "deprivation",
    ]


def test_every_rate_agrees_with_the_file_of_published_figures(originals, evidence):
    rows = csv.DictReader(io.StringIO(originals.read("llc/llc_observed.csv").decode("utf-8")))
    same_study = ("Fraser 2020/21", "Fraser 2021 restricted")
    published = {
        (row["year_label"], float(row["value"]), row["ci_low"], row["ci_high"])
        for row in rows
        if row["measure"] == "prevalence" and row["definition"].startswith(same_study)
    }
    ours = {
        (rate.year, rate.per_10000, *(f"{limit}" if limit else "" for limit in (rate.low, rate.high)))
        for rate in evidence.rates
    }
    assert ours == published


def test_every_fact_names_a_document_that_is_described(evidence):
    sources = evidence.facts["sources"]
    named = {rate.source for rate in evidence.rates}
    named |= {
        item["source"]
        for value in catalogue.load("life_limiting").values()
        for item in (value if isinstance(value, list) else [value])
        if "source" in item
    }
    assert named <= set(sources)
    assert all(source["url"].startswith("https://") for source in sources.values())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2018,E92000001,all,all,,,60,,,fraser_2021", "is not a year such as 2017/18"),
        ("2018/20,E92000001,all,all,,,60,,,fraser_2021", "is not a year such as 2017/18"),
        ("2018/19,E06000001,all,all,,,60,,,fraser_2021", "neither England's code nor a region's"),
        ("2018/19,E92000001,height,all,,,60,,,fraser_2021", "group_type 'height'"),
        ("2018/19,E92000001,all,everybody,,,60,,,fraser_2021", "group of 'all' must be 'all'"),
        ("2018/19,E92000001,age,1-4,,,60,,,fraser_2021", "age '1-4' is none of"),
        ("2018/19,E92000001,all,all,,,60,,,a friend", "is not described in life_limiting.toml"),
        ("2018/19,E92000001,all,all,,,,,,fraser_2021", "needs per_10000"),
        ("2018/19,E92000001,all,all,1000,100000,60,,,fraser_2021", "is not 60.0 per 10,000"),
        ("2018/19,E92000001,all,all,,,60,61,62,fraser_2021", "does not lie between"),
        ("2018/19,E92000001,all,all,,,sixty,,,fraser_2021", "per_10000 'sixty' is not a number"),
        ("2018/19,E92000001,all,all,,,-3,,,fraser_2021", "is not a number above nought"),
        ("2018/19,E92000001,all,all,,,60,,fraser_2021", "has 9 cells"),
        ("2017/18,E92000001,all,all,,,60,,,fraser_2021", "line 5: .* is there twice"),
        ("2018/19,E12000010,all,all,,,60,,,fraser_2021", "line 5: 'E12000010' is neither"),
        ("2018/19,E92000001,all,all,,,6640,,,fraser_2021", "line 5: 6,640.0 in every 10,000 can not be"),
        ("2018/19,E92000001,all,all,900000,,68,,,fraser_2021", "line 5: that is 132,352,941 residents"),
        ("2018/19,E92000001,all,all,,1300000,68,,,fraser_2021", "line 5: that is 1,300,000 residents"),
        ("2018/19,E92000001,all,all,,,60,61,,fraser_2021", "line 5: 60 does not lie between low '61' and high ''"),
        ("2018/19,E92000001,all,all,,,60,,59,fraser_2021", "line 5: 60 does not lie between low '' and high '59'"),
        ("2018/19,E92000001,sex,,,,60,,,fraser_2021", "line 5 needs a group"),
        ("2018/19,E92000001,all,all,,,60,50,6640,fraser_2021", "line 5: 6,640.0 in every 10,000 can not be"),
        ("2018/19,E92000001,all,all,,,0,,,fraser_2021", "per_10000 '0' is not a number above nought"),
        (
            "1989/90,E92000001,all,all,,,20,,,fraser_2021",
            "line 5: 1989/90 can not have been measured; years from 1990 to",
        ),
        ("2098/99,E92000001,all,all,,,20,,,fraser_2021", "line 5: 2098/99 can not have been measured"),
        ('2018/19,E92000001,all,all,"86,62",,66,,,fraser_2021', "children '86,62' is not a number"),
    ],
)
def test_a_wrong_line_is_refused_with_what_is_wrong_with_it(line, said):
    with pytest.raises(ContractBroken, match=said):
        life_limiting.read(LEAST + line + "\n")


def test_a_file_with_another_header_or_without_what_is_needed_is_refused():
    with pytest.raises(ContractBroken, match="the header must be"):
        life_limiting.read("year,rate\n")
    with pytest.raises(ContractBroken, match="at least two yearly totals"):
        life_limiting.read(HEADER)
    with pytest.raises(ContractBroken, match="under 1"):
        life_limiting.read("".join(LEAST.splitlines(keepends=True)[:3]))
    with pytest.raises(ContractBroken, match="ethnicity or deprivation"):
        life_limiting.read(LEAST, "area_code,group_type,group,residents,source\n879,height,tall,5,somebody\n")


def test_labels_that_differ_only_in_case_are_refused():
    for year, said in (("2017/18", "is there twice"), ("2016/17", "is spelt 'Boys' before")):
        with pytest.raises(ContractBroken, match=said):
            life_limiting.read(
                LEAST
                + f"2017/18,E92000001,sex,Boys,,,72.5,,,fraser_2021\n{year},E92000001,sex,boys,,,70,,,fraser_2021\n"
            )


def test_what_spreadsheets_add_is_accepted():
    text = (
        "\ufeff"
        + LEAST.replace("\n", "\r\n")
        + '2018/19,E92000001,all,all,"90,000","13,200,000",,,,fraser_2021\r\n,,,,,,,,,\r\n\r\n,,,,,,,,,\r\n'
    )
    found = life_limiting.read(text)
    assert (found.last.children, found.last.population) == (90_000, 13_200_000) and len(found.rates) == 4


FACTS = LEAST.encode()


def test_a_file_that_can_not_be_used_takes_nothing_down_and_is_told_of():
    assert life_limiting.usable(FACTS, b"area_code,group_type,group,residents,source\n", FACTS).problems == ()
    broken = life_limiting.usable(
        LEAST.replace("86625", "lots").encode(), b"area_code,group_type,group,residents,source\n", FACTS
    )
    assert broken.last.children == 86625 and broken.problems == (
        "life_limiting_rates.csv: line 3: children 'lots' is not a number above nought."
        " The rates that came with the app stand in for it.",
    )
    not_text = life_limiting.usable(
        LEAST.encode() + "2018/19,E92000001,sex,Garçons,,,60,,,fraser_2021\n".encode("cp1252"), b"nonsense\n", FACTS
    )
    assert [problem.split(":")[0] for problem in not_text.problems] == [
        "life_limiting_rates.csv",
        "life_limiting_residents.csv",
    ]
    assert "line 5 is not UTF-8" in not_text.problems[0] and len(not_text.rates) == 3 and not not_text.residents


def test_the_facts_that_stand_in_for_a_broken_file_are_those_that_are_shipped(evidence):
    from importlib import resources

    facts = (resources.files("sendlib.catalogue") / life_limiting.PUBLISHED_FILE).read_text("utf-8")
    assert set(life_limiting.read(facts).rates) <= set(evidence.rates)


def test_only_the_years_that_are_missing_are_said_to_be():
    lines = MADE_UP_RATES.splitlines(keepends=True)
    assert "the years" not in " ".join(life_limiting.read(MADE_UP_RATES).not_published())
    some = life_limiting.read("".join(line for line in lines if not line.startswith(("2012/13", "2013/14"))))
    assert some.not_published()[0] == "2 of the years between 2001/02 and 2017/18"


def test_a_rate_is_worked_out_from_children_and_population():
    found = life_limiting.read(LEAST + "2018/19,E92000001,all,all,90000,13200000,,,,fraser_2021\n")
    assert found.last.per_10000 == pytest.approx(68.18, abs=0.01)


def test_a_filled_in_series_can_be_fitted_and_one_with_a_gap_only_from_the_gap_on():
    whole = life_limiting.read(MADE_UP_RATES)
    assert whole.can_be_fitted and len(whole.yearly) == 17
    lines = MADE_UP_RATES.splitlines(keepends=True)
    gap = life_limiting.read("".join(line for line in lines if not line.startswith("2012/13")))
    assert len(gap.yearly) == 5 and not gap.can_be_fitted


def test_years_are_taken_up_to_next_year():
    line = "2027/28,E92000001,all,all,,,70,,,fraser_2021\n"
    assert life_limiting.read(LEAST + line, today=date(2026, 11, 26)).last.year == "2027/28"
    with pytest.raises(ContractBroken, match="years from 1990 to 2026 are taken"):
        life_limiting.read(LEAST + line, today=date(2025, 12, 31))


SIZES = (595_349, 1_735_390, 1_303_008, 1_124_617, 1_443_806, 1_482_031, 2_227_341, 2_182_360, 1_236_453)
"""Residents of the nine regions aged 0 to 19 in mid-2020, from the North East to the South West."""


def regions(rates, sizes=("",) * 9):
    return "".join(
        f"2017/18,E1200000{number},all,all,,{size},{rate},,,fraser_2021\n"
        for number, (rate, size) in enumerate(zip(rates, sizes, strict=True), 1)
    )


def test_nine_regions_must_have_a_mean_near_the_total_of_their_year():
    rates = (70.0, 72, 75, 66, 71, 60, 62, 63, 61)
    assert len(life_limiting.read(LEAST + regions(rates)).of_regions()) == 9
    assert len(life_limiting.read(LEAST + regions(rates, SIZES)).of_regions()) == 9
    with pytest.raises(
        ContractBroken,
        match=r"lines 5, 6, 7, 8, 9, 10, 11, 12, 13: the nine regions of 2017/18 have a mean of 75\.0, too far from the"
        r" 66\.4 of all children in line 3",
    ):
        life_limiting.read(LEAST + regions([rate + 75 - sum(rates) / 9 for rate in rates]))
    # Where each stands for its own residents, less is forgiven.
    higher = [rate * 1.05 for rate in rates]
    assert life_limiting.read(LEAST + regions(higher)).of_regions()
    with pytest.raises(ContractBroken, match="too far from"):
        life_limiting.read(LEAST + regions(higher, SIZES))
    # Eight say nothing of the ninth.
    assert life_limiting.read(LEAST + regions([2 * rate for rate in rates]).rsplit("2017/18", 1)[0]).of_regions()


def test_all_age_bands_must_have_a_mean_near_the_total_of_their_year():
    def bands(*rates):
        return "".join(
            f"2017/18,E92000001,age,{band},,,{rate},,,fraser_2021\n"
            for band, rate in zip(("1-5", "6-10", "11-15", "16-19"), rates, strict=True)
        )

    assert len(life_limiting.read(LEAST + bands(75, 60, 52, 45)).of("age")) == 5
    with pytest.raises(ContractBroken, match=r"lines 4, 5, 6, 7, 8: the age bands of 2017/18 have a mean of 92\.1"):
        life_limiting.read(LEAST + bands(175, 60, 52, 45))


RESIDENTS = "area_code,group_type,group,residents,source\n"
GROUPS = LEAST + "".join(
    f"2017/18,E92000001,ethnicity,{group},,,{rate},,,fraser_2021\n" for group, rate in (("a", 100), ("b", 50))
)


def test_an_empty_cell_of_residents_is_unknown_and_nought_is_nought():
    held = life_limiting.read(
        GROUPS, RESIDENTS + '879,ethnicity,a,,somebody\n879,ethnicity,b,0,somebody\n857,ethnicity,a,"1,200",somebody\n'
    ).residents["ethnicity"]
    assert held == {("879", "a"): None, ("879", "b"): 0.0, ("857", "a"): 1200.0}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("879,ethnicity,c,5,somebody", "line 2: life_limiting_rates.csv has no rate of ethnicity 'c' in its last year"),
        ("879,ethnicity,A,5,somebody", "no rate of ethnicity 'A'"),
        ("879,deprivation,a,5,somebody", "no rate of deprivation 'a'"),
        ("879,ethnicity,a,-1,somebody", "line 2: residents '-1' is not a number of nought or more"),
        ("879,ethnicity,a,many,somebody", "is not a number of nought or more"),
        ("E06000026,ethnicity,a,5,somebody", "line 2 needs a 3-digit code"),
        ("879,ethnicity,a,5,", "and a source"),
    ],
)
def test_a_wrong_line_of_residents_is_refused(line, said):
    with pytest.raises(ContractBroken, match=said):
        life_limiting.read(GROUPS, f"{RESIDENTS}{line}\n")


def test_a_file_that_is_missing_is_told_of_and_takes_nothing_down():
    found = life_limiting.usable(None, None, FACTS)
    assert found.last.children == 86625 and found.problems == (
        "life_limiting_rates.csv: it is missing or can not be opened."
        " The rates that came with the app stand in for it.",
        "life_limiting_residents.csv: it is missing or can not be opened. Children are shared out by age.",
    )


def test_residents_are_not_blamed_for_rates_that_can_not_be_used():
    found = life_limiting.usable(b"nonsense\n", f"{RESIDENTS}879,ethnicity,a,5,somebody\n".encode(), FACTS)
    assert len(found.problems) == 1 and found.problems[0].startswith("life_limiting_rates.csv: the header must be")


def test_an_edit_of_a_file_is_seen_without_a_restart(tmp_path, monkeypatch):
    for name, content in (
        (life_limiting.FILE, LEAST),
        (life_limiting.RESIDENTS_FILE, RESIDENTS),
        (life_limiting.PUBLISHED_FILE, LEAST),
    ):
        (tmp_path / name).write_text(content, "utf-8")
    monkeypatch.setattr(life_limiting, "_file", lambda name: tmp_path / name)
    file = tmp_path / life_limiting.FILE
    first, before = life_limiting.shipped(), life_limiting.edition()
    assert life_limiting.shipped() is first and len(first.totals) == 2
    file.write_text(LEAST + "2018/19,E92000001,all,all,,,68,,,fraser_2021\n", "utf-8")
    os.utime(file, ns=(1, 1))
    assert len(life_limiting.shipped().totals) == 3 and life_limiting.edition() != before
    file.unlink()
    assert "missing" in life_limiting.shipped().problems[0] and len(life_limiting.shipped().totals) == 2
    file.mkdir()  # there, and no file that can be read
    assert "can not be opened" in life_limiting.shipped().problems[0]


def test_what_is_published_elsewhere_is_as_it_was_gathered_from_each_document(originals, evidence):
    rows = list(csv.DictReader(io.StringIO(originals.read("llc/llc_observed.csv").decode("utf-8"))))
    gathered = {(row["geography"], row["value"]) for row in rows} | {("Wales", "58.1")}  # published as 1 in 172
    held = life_limiting.elsewhere()
    assert len(held) == 47 and set(held["source"]) <= set(evidence.facts["sources"])
    for row in held.itertuples():
        figure = str(int(row.value)) if row.value == int(row.value) else str(row.value)
        assert (row.place, figure) in gathered, row.what
    rates = {rate["name"]: rate["per_10000"] for rate in evidence.facts["ethnic_groups"]["rates"]}
    older = {row["group"]: float(row["value"]) for row in rows if row["group"] in rates}
    assert older == rates
    deaths = evidence.facts["deaths"]
    assert {("England", str(deaths["during"])), ("England", str(deaths["before_20"]))} <= gathered
