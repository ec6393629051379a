"""What is known of life-limiting conditions, and the file that a person can fill in."""

import csv
import io

import pytest

from sendlib import catalogue
from sendlib.catalogue import life_limiting
from sendlib.errors import ContractBroken
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
        ("age", "<1", 226.5), ("sex", "Boys", 72.5), ("sex", "Girls", 60.0), ("definition", "Restricted definition", 61.1),
        ("diagnosis", "Congenital anomalies", 27.2), ("diagnosis", "Neurological conditions", 10.8),
        ("ethnicity", "Pakistani (the highest published)", 103.9), ("ethnicity", "Chinese (the lowest published)", 32.0),
    ],
)  # fmt: skip
def test_the_published_groups_have_their_rates(evidence, group_type, group, rate):
    assert evidence.of(group_type)[group].per_10000 == rate


def test_the_variants_for_2030_are_kept_to_two_decimals(evidence):
    assert [(v["name"], v["per_10000"], v["low"], v["high"]) for v in evidence.facts["variants"]] == [
        ("published-low", 67.0, 66.3, 67.7),
        ("published-high", 84.22, 78.66, 90.17),
    ]


def test_what_was_not_published_is_named(evidence):
    assert evidence.not_published() == ["the years between 2001/02 and 2017/18", "age bands other than under 1", "regions", "deprivation"]


def test_every_rate_agrees_with_the_file_of_published_figures(originals, evidence):
    rows = csv.DictReader(io.StringIO(originals.read("llc/llc_observed.csv").decode("utf-8")))
    same_study = ("Fraser 2020/21", "Fraser 2021 restricted")
    published = {
        (row["year_label"], float(row["value"]), row["ci_low"], row["ci_high"])
        for row in rows
        if row["measure"] == "prevalence" and row["definition"].startswith(same_study)
    }
    ours = {(rate.year, rate.per_10000, *(f"{limit}" if limit else "" for limit in (rate.low, rate.high))) for rate in evidence.rates}
    assert ours == published


def test_every_fact_names_a_document_that_is_described(evidence):
    sources = evidence.facts["sources"]
    named = {rate.source for rate in evidence.rates}
    named |= {item["source"] for value in catalogue.load("life_limiting").values() for item in (value if isinstance(value, list) else [value]) if "source" in item}
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
            life_limiting.read(LEAST + f"2017/18,E92000001,sex,Boys,,,72.5,,,fraser_2021\n{year},E92000001,sex,boys,,,70,,,fraser_2021\n")


def test_what_spreadsheets_add_is_accepted():
    text = "\ufeff" + LEAST.replace("\n", "\r\n") + '2018/19,E92000001,all,all,"90,000","13,200,000",,,,fraser_2021\r\n,,,,,,,,,\r\n\r\n,,,,,,,,,\r\n'
    found = life_limiting.read(text)
    assert (found.last.children, found.last.population) == (90_000, 13_200_000) and len(found.rates) == 4


FACTS = LEAST.encode()


def test_a_file_that_can_not_be_used_takes_nothing_down_and_is_told_of():
    assert life_limiting.usable(FACTS, b"area_code,group_type,group,residents,source\n", FACTS).problems == ()
    broken = life_limiting.usable(LEAST.replace("86625", "lots").encode(), b"area_code,group_type,group,residents,source\n", FACTS)
    assert broken.last.children == 86625 and broken.problems == ("life_limiting_rates.csv: line 3: children 'lots' is not a number above nought.",)
    not_text = life_limiting.usable(LEAST.encode() + "2018/19,E92000001,sex,Garçons,,,60,,,fraser_2021\n".encode("cp1252"), b"nonsense\n", FACTS)
    assert [problem.split(":")[0] for problem in not_text.problems] == ["life_limiting_rates.csv", "life_limiting_residents.csv"]
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
