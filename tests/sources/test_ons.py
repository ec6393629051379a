"""Residents come whole or not at all, and the newest boundaries are found, from services that hide their failures."""

from pathlib import Path

import pytest

from sendlib import settings
from sendlib.errors import ContractBroken, SourceUnavailable
from sendlib.sources.http import Http
from sendlib.sources.ons import Ons
from sendlib.tables import nomis, population, population_local
from tests.fakes import ons as fakes

SERVICE = "Counties_and_Unitary_Authorities_December_2025_Boundaries_UK_BUC"
GENERIC = ("busy", "down", "cut")
FOREVER = 1000


def client(stand):
    return Ons(Http(settings.read(stand.environment, secrets=Path("none")), wait=0, timeout=(60, 60)), wait=0)


def regions_of(areas, code="ons_code"):
    table = areas.table[areas.table["level"].eq("authority")]
    return table.groupby("region_code")[code].apply(list).to_dict()


@pytest.fixture(scope="module")
def people(areas):
    return fakes.made_up_people(regions_of(areas, "boundary_code"))


@pytest.fixture
def stand(people):
    content = fakes.Content(
        services=[SERVICE],
        people=people,
        projected=range(2022, 2048),
        described=(
            "Population projections - local authority based by single year of age."
            " These 2022-based projections replace the 2018-based."
        ),
    )
    with fakes.stand_in(content) as running:
        yield running


@pytest.fixture
def known(areas):
    return nomis.codes_of_authorities(areas)


@pytest.fixture
def fetch(stand, known, tmp_path):
    """Fetch one of the two files by name."""
    ons = client(stand)
    return {
        "estimates": lambda: ons.estimates(tmp_path / "file", known),
        "projections": lambda: ons.projections(tmp_path / "file", known),
    }


KINDS = ("estimates", "projections")
PAGE = "recordoffset"
"""What the addresses of pages hold."""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", GENERIC)
def test_a_passing_fault_changes_nothing(stand, fetch, kind, fault):
    whole = fetch[kind]().path.read_bytes()
    stand.fail(fault, PAGE, 2)
    assert fetch[kind]().path.read_bytes() == whole


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", [*GENERIC, "torn", "page", "away"])
@pytest.mark.parametrize("when", ["at the first request", "at a page"])
def test_a_lasting_fault_is_an_error_in_words_and_leaves_no_file(stand, fetch, tmp_path, kind, fault, when):
    stand.fail(fault, PAGE if when == "at a page" else "", FOREVER)
    with pytest.raises(SourceUnavailable) as error:
        fetch[kind]()
    assert (
        stand.address in str(error.value) or "Nomis" in str(error.value) or "publishers' addresses" in str(error.value)
    )
    assert not list(tmp_path.iterdir())
    assert not stand.elsewhere


# Boundaries


@pytest.mark.parametrize(
    ("names", "newest"),
    [
        (
            ["December_2024_Boundaries_UK_BUC", "December_2025_Boundaries_UK_BGC", "December_2025_Boundaries_UK_BSC"],
            "December_2025_Boundaries_UK_BSC",
        ),
        (["May_2023_UK_BGC", "December_2022_UK_BGC", "December_2021_UK_BGC_2022"], "May_2023_UK_BGC"),
        (
            [
                "December_2024_Boundaries_UK_BUC",
                "December_2024_Boundaries_UK_BUC_V2",
                "December_2026_Boundaries_UK_BFC",
            ],
            "December_2024_Boundaries_UK_BUC_V2",
        ),
    ],
)
def test_the_newest_vintage_is_found_by_name_and_of_it_the_coarsest(stand, names, newest):
    prefix = "Counties_and_Unitary_Authorities_"
    stand.content.services = [prefix + name for name in names]
    assert client(stand).newest_boundaries().name == prefix + newest


def test_a_catalogue_without_boundaries_is_refused(stand):
    stand.content.services = []
    with pytest.raises(ContractBroken, match="lists no boundaries"):
        client(stand).newest_boundaries()


@pytest.mark.parametrize("fault", [*GENERIC, "passing"])
def test_a_passing_fault_of_the_catalogue_changes_nothing(stand, fault):
    stand.fail(fault, fakes.GEOGRAPHY, 2)
    assert client(stand).newest_boundaries().release == "December 2025"


@pytest.mark.parametrize("fault", [*GENERIC, "passing", "page", "away"])
def test_a_lasting_fault_of_the_catalogue_is_an_error_in_words(stand, fault):
    stand.fail(fault, fakes.GEOGRAPHY, FOREVER)
    with pytest.raises(SourceUnavailable, match=f"{stand.address}|publishers' addresses"):
        client(stand).newest_boundaries()
    assert not stand.elsewhere


def test_an_error_inside_http_200_says_what_the_service_said(stand):
    stand.fail("error", fakes.GEOGRAPHY)
    with pytest.raises(SourceUnavailable, match="400: Invalid URL"):
        client(stand).newest_boundaries()


# Residents


def test_estimates_become_the_tables_single_years(stand, fetch, areas):
    found = fetch["estimates"]()
    frame = population.read_nomis_estimates(found.path.read_bytes(), "NM_2002_1", areas)
    population.expected().validate(frame)
    assert found.release == "mid-2024"
    assert set(frame["area_code"]) == {*areas.authorities, *areas.wider}
    assert len(frame) == frame["area_code"].nunique() * 26
    assert set(frame["period"]) == {"2024-06"}


def test_real_estimates_read_from_nomis_are_those_of_the_publishers_own_file(originals, areas, tmp_path):
    own = population.read_single_years(originals.read(population.SINGLE_YEARS), population.SINGLE_YEARS, areas)
    by_code = {
        code: [int(n) for n in rows.sort_values("age", key=lambda ages: ages.astype(int))["value"]]
        for code, rows in own.groupby("area_code")
    }
    boundary = areas.table.set_index("area_code")["boundary_code"]
    authorities = {boundary[code]: by_code[code] for code in areas.authorities}
    people = dict(fakes.with_wider_areas(authorities, regions_of(areas, "boundary_code")))
    people["TYPE480"] = {code: by_code[code] for code in areas.wider if code != "E92000001"}
    people["TYPE499"] = {"E92000001": by_code["E92000001"]}
    with fakes.stand_in(fakes.Content(people=people)) as stand:
        found = client(stand).estimates(tmp_path / "estimates.csv", nomis.codes_of_authorities(areas))
    read = population.read_nomis_estimates(found.path.read_bytes(), "NM_2002_1", areas)
    order = ["area_code", "period", "age"]
    assert read.sort_values(order, ignore_index=True).equals(
        own.sort_values(order, ignore_index=True)[list(read.columns)]
    )


def test_projections_carry_their_base_year_into_the_table(stand, fetch, areas):
    found = fetch["projections"]()
    assert (found.base_year, found.release) == (2022, "2022-based")
    frame = population_local.read_nomis(found.path.read_bytes(), "NM_2006_1", areas, found.base_year)
    population_local.expected().validate(frame)
    assert set(frame["basis"]) == {"ons-2022-local"}
    assert list(frame["period"].cat.categories) == [f"{year}-06" for year in range(2022, 2041)]
    assert len(frame) == 163 * 19 * 26


def test_more_rows_than_nomis_sends_at_once_come_in_pages(stand, fetch, areas):
    fetch["projections"]()
    pages = [
        page
        for page in stand.asked("NM_2006_1.data.csv")
        if page.get("geography") == "TYPE423" and "recordoffset" in page and page["c_age"] != "101"
    ]
    assert [page["recordoffset"] for page in pages] == ["0", "25000", "50000", "75000"]
    assert all(int(page["recordlimit"]) <= 25_000 for page in pages)
    assert [page["select"] for page in stand.asked("NM_2006_1.data.csv") if page["recordlimit"] == "1"].count(
        "record_count"
    ) == 4


def test_a_smaller_cap_than_agreed_only_makes_more_pages(stand, fetch):
    whole = fetch["estimates"]().path.read_bytes()
    stand.cap = 700
    assert fetch["estimates"]().path.read_bytes() == whole


def test_pages_that_repeat_the_first_rows_are_refused(stand, fetch, tmp_path):
    stand.cap = 1001  # a quarter of the rows, so that the number of rows alone looks right
    stand.fail("forgets", "recordoffset", FOREVER)
    with pytest.raises(ContractBroken, match="sent 4,004, of which 1,001 are different"):
        fetch["estimates"]()
    assert not list(tmp_path.iterdir())


def test_an_answer_that_ends_within_its_last_number_is_asked_for_again(stand, fetch):
    whole = fetch["estimates"]().path.read_bytes()
    stand.fail("nibbled", "c_age=101...126&select=date_name", 1)
    assert fetch["estimates"]().path.read_bytes() == whole


def test_the_kind_of_area_is_the_one_that_holds_todays_authorities(stand, fetch):
    fetch["estimates"]()
    assert {page["geography"] for page in stand.asked("NM_2002_1.data.csv")} == {"TYPE423", "TYPE480", "TYPE499"}


def test_only_old_kinds_of_areas_are_refused_by_name(stand, fetch, people):
    stand.content.people = {kind: codes for kind, codes in people.items() if kind != "TYPE423"}
    with pytest.raises(ContractBroken, match="today's authorities once; missing: 942, 943"):
        fetch["estimates"]()


@pytest.mark.parametrize("column", ["gender", "measures", "c_age"])
@pytest.mark.parametrize("kind", ["estimates", "projections"])
def test_a_parameter_that_nomis_ignores_is_noticed(fetch, tmp_path, kind, column, monkeypatch):
    monkeypatch.setattr(fakes, "_residents", without(column, fakes._residents))
    with pytest.raises(ContractBroken, match=f"'{column}' was asked for as .* and came as"):
        fetch[kind]()
    assert not list(tmp_path.iterdir())


def test_projected_years_that_were_not_asked_for_are_noticed(fetch, monkeypatch):
    monkeypatch.setattr(fakes, "_residents", without("projected_year", fakes._residents))
    with pytest.raises(ContractBroken, match="'projected_year' was asked for as 2022 and came as 2023"):
        fetch["projections"]()


def test_persons_of_one_sex_only_are_refused_by_the_table(fetch, areas):
    spoilt = fetch["estimates"]().path.read_bytes().replace(b",0,", b",1,")
    with pytest.raises(ContractBroken, match="column 'gender' holds labels"):
        population.read_nomis_estimates(spoilt, "NM_2002_1", areas)


def without(parameter, residents):
    """Nomis as it is when it does not know a parameter."""
    return lambda content, dataset, asked: residents(
        content, dataset, {name: value for name, value in asked.items() if name != parameter}
    )


def test_years_that_nomis_was_not_asked_for_are_refused(stand, fetch, monkeypatch):
    monkeypatch.setattr(fakes, "_residents", without("date", fakes._residents))
    with pytest.raises(ContractBroken, match="one year; found 2023, 2024"):
        fetch["estimates"]()


def test_a_base_year_that_the_description_contradicts_is_refused(stand, fetch):
    stand.content.described = "2024-based population projections"
    with pytest.raises(ContractBroken, match="begin with 2022 but are described as 2024-based"):
        fetch["projections"]()


def test_projections_replaced_while_they_are_read_are_not_kept(stand, known, tmp_path):
    ons = client(stand)

    def replaced(done, total):
        if total == 2 * 26 * 19:  # the countries, which come last
            stand.content.projected = range(2024, 2048)
            stand.content.described = "2024-based"

    with pytest.raises(SourceUnavailable, match="replaced the projections while they were read"):
        ons.projections(tmp_path / "file", known, replaced)
    assert not list(tmp_path.iterdir())


def lines_of(found):
    return found.path.read_bytes().splitlines(keepends=True)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda lines: lines[:-27], "4,237 of 4,238 numbers"),
        (lambda lines: [*lines, lines[1]], "two numbers"),
        (lambda lines: [line for line in lines if b"E09000007" not in line], "no residents of Camden"),
        (
            lambda lines: [line for line in lines if b",101," not in line or b"E09000007" not in line],
            "numbers are there",
        ),
        (lambda lines: [lines[0], lines[1].replace(b",20100,", b",20100,9"), *lines[2:]], "do not add up"),
        (lambda lines: [lines[0], lines[1][:-4] + b"\n", *lines[2:]], "neither a number|cells|add up"),
        (lambda lines: [lines[0].replace(b"C_AGE", b"AGE"), *lines[1:]], "agreed columns c_age"),
        (lambda lines: [fakes.PAGE], "web page"),
        (lambda lines: [], "empty"),
    ],
)
def test_a_spoilt_file_of_estimates_is_refused_whole(fetch, areas, spoil, said):
    spoilt = b"".join(spoil(lines_of(fetch["estimates"]())))
    with pytest.raises(ContractBroken, match=said):
        population.read_nomis_estimates(spoilt, "NM_2002_1", areas)


def test_projections_read_with_another_base_year_are_refused(fetch, areas):
    found = fetch["projections"]()
    with pytest.raises(ContractBroken, match="2018-based projection can not have the years 2022 to 2040"):
        population_local.read_nomis(found.path.read_bytes(), "NM_2006_1", areas, 2018)


def test_a_year_left_out_of_the_projections_is_refused(fetch, areas):
    lines = [line for line in lines_of(fetch["projections"]()) if not line.startswith(b"2030")]
    with pytest.raises(ContractBroken, match="leaves one out"):
        population_local.read_nomis(b"".join(lines), "NM_2006_1", areas, 2022)


def test_a_file_that_can_not_be_written_says_so(stand, known, tmp_path):
    with pytest.raises(SourceUnavailable, match="could not be written"):
        client(stand).estimates(tmp_path / "absent" / "file", known)
