"""NHS England: the newest file is found, a bad one is refused, and a large one is filtered in little memory."""

import zipfile
from datetime import date

import pytest

from sendlib.errors import ContractBroken, SourceUnavailable
from sendlib.sources import long_csv, nhs_discovery, nhs_long, nhs_names, nhs_series
from sendlib.sources.http import Http, Refused
from sendlib.sources.nhs import Nhs, autism_member, workbook_cover
from tests.fakes import nhs as fake

ENGLAND_AND_ICB = {level: nhs_long.LEVELS[level] for level in ("England", "ICB")}
MHSDS = "mental-health-services-monthly-statistics"
FILES = "https://files.digital.nhs.uk/73/127797/"


def workbooks(nhs, *months):
    """Workbooks of some months (all for none), as the refresh of community waits fetches them."""
    links, notes = nhs.community_links()
    return [nhs.community_workbook(link, notes) for link in links if not months or link.period in months]


def waits_of(nhs, kind="mhsds 4ww"):
    publication, own = nhs.mental_health()
    return nhs.long_file(publication, own[kind])


def archives(nhs):
    publication, links = nhs.autism()
    return [nhs.long_file(publication, link, autism_member("SubICB")) for link in links]


FETCHES = {
    "community waits": ("workbook", lambda nhs: workbooks(nhs, "2024-09")[0]),
    "4WW": ("file", lambda nhs: waits_of(nhs)),
    "main": ("file", lambda nhs: waits_of(nhs, "mhsds main")),
    "autism": ("file", lambda nhs: archives(nhs)[-1]),
    "health checks": ("file", lambda nhs: nhs.health_checks()),
}


@pytest.fixture
def stand_in():
    with fake.StandIn(fake.made_up()) as server:
        yield server


@pytest.fixture
def nhs(stand_in, tmp_path):
    return client(stand_in, tmp_path)


def client(stand_in, folder, **more):
    http = Http(stand_in.settings, tries=3, wait=0.01, timeout=(60, 60))
    return Nhs(http, folder, **{"today": fake.TODAY, "largest": 5_000_000, **more})


def waits(path, **more):
    return nhs_long.filter_long_csv(path, fake.WAITS, ENGLAND_AND_ICB, **more)


def lone(tmp_path, content, name="MHSDS Data_4WW_SepPerf_2024.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


# Finding


def test_the_newest_released_publication_is_taken_and_says_what_it_is(nhs):
    found = waits_of(nhs)
    assert (found.period, found.published, found.status) == ("2024-09", "2024-11-14", "Performance")
    assert found.title == "Mental Health Services Monthly Statistics, Performance September 2024"
    assert found.page.endswith("/performance-september-2024")
    assert len(found.files[0].sha256) == 64


def test_a_publication_to_come_is_not_taken_though_its_page_answers(stand_in, nhs):
    assert waits_of(nhs).period == "2024-09"
    assert any(line.path.endswith("performance-october-2024") for line in stand_in.log)


def test_a_publication_is_taken_on_its_day_and_not_before(stand_in, tmp_path):
    page = stand_in.content.page(MHSDS, "performance-october-2024")
    page.files = {"MHSDS Data_4WW_OctPerf_2024.csv": fake.invented_waits("2024-10", 3)}
    assert client(stand_in, tmp_path, today=date(2024, 12, 11)).mental_health()[0].period == "2024-09"
    assert client(stand_in, tmp_path, today=date(2024, 12, 12)).mental_health()[0].period == "2024-10"


def test_without_a_feed_the_series_page_is_read_and_without_that_the_usual_addresses(stand_in, nhs):
    stand_in.spoil("feed", "503")
    assert waits_of(nhs).period == "2024-09"
    stand_in.spoil("series", "html")
    found = waits_of(nhs)
    assert found.period == "2024-09"
    assert "pubfeed.xml is not available now" in found.notes[0]


def test_a_series_that_is_no_longer_in_the_feed_is_found_on_its_page(stand_in, nhs):
    stand_in.content.page("learning-disabilities-health-check-scheme").in_feed = False
    assert nhs.health_checks().period == "2024-09"
    assert stand_in.asked("series") == 1


def test_a_page_that_fails_is_an_error_and_an_older_one_does_not_take_its_place(stand_in, nhs):
    stand_in.spoil("page", "503")
    with pytest.raises(SourceUnavailable, match="not available now"):
        waits_of(nhs)


def test_nothing_is_asked_when_the_network_is_switched_off(stand_in, tmp_path):
    from dataclasses import replace

    nhs = Nhs(Http(replace(stand_in.settings, offline=True)), tmp_path, today=fake.TODAY)
    with pytest.raises(SourceUnavailable, match="switched off"):
        waits_of(nhs)
    assert not stand_in.log


def test_addresses_of_the_feed_may_be_unsafe_slashed_or_tagged(stand_in):
    finder = client(stand_in, None).finder
    own = f"{stand_in.address}/data-and-information/x"
    assert finder.at_settings("http://digital.nhs.uk/data-and-information/x") == own
    assert (
        finder.at_settings("https://digital.nhs.uk.elsewhere.invalid/x") == "https://digital.nhs.uk.elsewhere.invalid/x"
    )
    found = finder._newest_first(
        nhs_series.MHSDS, [(f"{stand_in.address}{nhs_series.MHSDS.path}/performance-may-2024/?from=feed", "2024-07-11")]
    )
    assert list(found) == [(f"{stand_in.address}{nhs_series.MHSDS.path}/performance-may-2024", "2024-07-11")]


def test_a_month_without_a_page_has_no_file(nhs):
    assert nhs.mental_health_waits("2024-07") is None


def test_an_earlier_month_can_be_asked_for(nhs):
    assert nhs.mental_health_waits("2024-08").period == "2024-08"


def test_when_nobody_can_be_reached_each_way_that_was_tried_says_why(stand_in, nhs):
    for kind in ("feed", "series", "page"):
        stand_in.spoil(kind, "503")
    with pytest.raises(SourceUnavailable) as told:
        nhs.mental_health()
    said = str(told.value)
    assert said.startswith(
        "No publication of Mental Health Services Monthly Statistics could be read."
        " What was tried, in turn: The publication feed: "
    )
    assert (
        "pubfeed.xml is not available now" in said and "The series page: " in said and "The usual addresses: " in said
    )


def test_files_on_the_data_page_beneath_a_publication_are_found(stand_in, nhs):
    assert len(archives(nhs)) == 2
    assert any(line.path.endswith("/datasets") for line in stand_in.log)


def test_looking_downloads_no_file(stand_in, nhs):
    nhs.mental_health()
    nhs.autism()
    nhs.community_links()
    assert not stand_in.asked("file") and not stand_in.asked("workbook")


def test_a_revised_workbook_of_a_month_takes_the_place_of_the_first(stand_in, nhs):
    (old,) = workbooks(nhs, "2024-09")
    later = "2025/01/Community-health-services-waiting-lists-2024-25-September.xlsx"
    stand_in.content.workbooks[later] = fake.invented_workbook("September 2024", "09/01/2025", 8)
    (new,) = workbooks(nhs, "2024-09")
    assert new.period == "2024-09" and new.published == "2025-01-09" and new.files[0].url != old.files[0].url


@pytest.mark.parametrize(
    "names, chosen",
    [
        (["MHSDS Data_SepPerf_2024.zip", "MHSDS Data_SepPerf_2024 v2.zip"], "MHSDS Data_SepPerf_2024 v2.zip"),
        (["MHSDS Data_SepPerf_2024_v9.zip", "MHSDS Data_SepFinal__2024.zip"], "MHSDS Data_SepFinal__2024.zip"),
        (["MHSDS Data_SepFinal__2024.zip", "MHSDS Data_SepFinal__2024_v2.zip"], "MHSDS Data_SepFinal__2024_v2.zip"),
        (["MHSDS Data_SepFinal__2024.zip", "MHSDS Data_OctPrf_2024.csv"], "MHSDS Data_OctPrf_2024.csv"),
        (["MHSDS Data_SepPerf_2024_v10.zip", "MHSDS Data_SepPerf_2024_v9.zip"], "MHSDS Data_SepPerf_2024_v10.zip"),
        (
            ["MHSDS Monthly Performance July 2025 MHSDS Data File.zip", "MHSDS%20Data_JunFinal__2025.zip"],
            "MHSDS Monthly Performance July 2025 MHSDS Data File.zip",
        ),
    ],
)
def test_the_newest_month_goes_first_then_final_then_performance_then_the_version(names, chosen):
    for order in (names, names[::-1]):
        links = [nhs_names.named(FILES + name, "mhsds main") for name in order]
        assert nhs_names.best([link for link in links if link], "a page").name == chosen


def test_two_files_that_claim_the_same_place_are_refused():
    links = [
        nhs_names.named(f"{FILES}{name}", "mhsds main")
        for name in ("MHSDS Data_FebPerf_2026.zip", "MHSDS Data_FebPerf_2026_v1.zip")
    ]
    with pytest.raises(ContractBroken, match="several files claim"):
        nhs_names.best(links, "a page")


@pytest.mark.parametrize(
    "name",
    [
        "MHSDS Data_Rstr_SepPerf_2024.csv",
        "MHSDS Data_4WW_SepPerf_2024.csv",
        "MHSDS Data_OAPs_SepPerf_2024.csv",
        "MHSDS Data_XyzPerf_2024.csv",
    ],
)
def test_satellite_files_are_not_taken_for_the_main_file(name):
    assert nhs_names.named(FILES + name, "mhsds main") is None


def test_a_final_file_is_fetched_in_place_of_performance(stand_in, nhs):
    page = stand_in.content.page(MHSDS, "performance-september-2024")
    page.files["MHSDS Data_4WW_SepFinal__2024.csv"] = fake.invented_waits("2024-09", 4)
    found = waits_of(nhs)
    assert found.status == "Final"
    assert waits(found.files[0].path)["value"].iloc[0] == "20"


@pytest.mark.parametrize(
    "series, slug, period",
    [
        (nhs_series.MHSDS, "performance-february-2026", "2026-02"),
        (nhs_series.MHSDS, "performance-december-provisional-january-2023", "2022-12"),
        (nhs_series.MHSDS, "supporting-information", ""),
        (nhs_series.AUTISM, "october-2024-to-september-2025", "2025-09"),
        (nhs_series.HEALTH_CHECKS, "england-march-2026", "2026-03"),
    ],
)
def test_the_slug_of_a_publication_names_its_period(series, slug, period):
    assert series.period(slug) == period
    if period:
        assert slug in series.slugs(period)


@pytest.mark.parametrize(
    "page, day",
    [
        ('<meta itemprop="datePublished" content="2026-03-12"/>', "2026-03-12"),
        ('<script>{"datePublished": "2026-03-12T09:30:00Z"}</script>', "2026-03-12"),
        ('<span data-uipath="ps.publication.nominal-publication-date"> 12 Mar 2026 </span>', "2026-03-12"),
        ("<dt>Publication date: </dt><dd>\n <p>12 March 2026</p></dd>", "2026-03-12"),
        ("<dt>Publication date:</dt><dd>3 Sept 2026</dd>", "2026-09-03"),
        ("<dt>Publication date:</dt><dd>Mar 2027</dd>", "2027-03"),
        ("<p>Next publication date: 12 April 2027</p>", ""),
        ("<p>12 March 2026</p>", ""),
    ],
)
def test_the_day_of_publication_is_read_from_every_kind_of_page(page, day):
    assert nhs_discovery.published_on(page) == day


@pytest.mark.parametrize(
    "feed",
    [
        '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]><rss><channel><item/></channel></rss>',
        "<!DOCTYPE html><p>Sign in",
        "<rss><item></rss>",
        "<rss/>",
    ],
)
def test_a_feed_that_is_not_one_is_refused(feed):
    with pytest.raises(ContractBroken, match="publication feed"):
        nhs_discovery.read_feed(feed)


# Faults


@pytest.mark.parametrize("fetch", FETCHES)
@pytest.mark.parametrize("fault", ["429", "503", "cut short"])
def test_a_passing_fault_ends_with_the_whole_file(stand_in, tmp_path, fetch, fault):
    kind, ask = FETCHES[fetch]
    clean = ask(client(stand_in, tmp_path / "clean"))
    stand_in.spoil(kind, fault, times=2)
    found = ask(client(stand_in, tmp_path / "spoilt"))
    assert [file.sha256 for file in found.files] == [file.sha256 for file in clean.files]
    assert all(file.path.stat().st_size == file.size for file in found.files)


@pytest.mark.parametrize("fetch", FETCHES)
@pytest.mark.parametrize("fault", fake.FAULTS)
def test_a_lasting_fault_is_a_clear_error_and_leaves_no_file(stand_in, tmp_path, fetch, fault):
    kind, ask = FETCHES[fetch]
    stand_in.spoil(kind, fault)
    with pytest.raises((SourceUnavailable, ContractBroken)) as told:
        ask(client(stand_in, tmp_path, largest=1_000_000))
    assert "127.0.0.1" in str(told.value) or "elsewhere.invalid" in str(told.value)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("fetch", FETCHES)
@pytest.mark.parametrize("fault", fake.FAULTS)
def test_a_page_with_a_fault_gives_an_error_and_no_file(stand_in, tmp_path, fetch, fault):
    stand_in.spoil("england" if fetch == "community waits" else "page", fault)
    with pytest.raises((SourceUnavailable, ContractBroken)):
        FETCHES[fetch][1](client(stand_in, tmp_path))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("fault", fake.FAULTS)
def test_a_feed_with_a_fault_is_done_without_and_told_of(stand_in, nhs, fault):
    stand_in.spoil("feed", fault)
    found = waits_of(nhs)
    assert found.period == "2024-09"
    assert found.notes


def test_a_file_of_another_layout_is_refused_and_taken_away(stand_in, nhs, tmp_path):
    page = stand_in.content.page(MHSDS, "performance-september-2024")
    page.files = {"MHSDS Data_4WW_SepPerf_2024.csv": b"START,END,VALUE\n1,2,3\n"}
    with pytest.raises(ContractBroken, match="REPORTING_PERIOD_START"):
        waits_of(nhs)
    assert not list(tmp_path.iterdir())


def test_a_workbook_of_another_month_is_refused(stand_in, nhs):
    stand_in.content.workbooks = {
        "2024/11/Community-health-services-waiting-lists-2024-25-September.xlsx": fake.invented_workbook(
            "August 2024", "10/10/2024"
        )
    }
    with pytest.raises(ContractBroken, match="Table 4 is of august 2024, where september 2024"):
        workbooks(nhs)


def test_a_workbook_whose_name_is_not_understood_is_told_of(stand_in, nhs):
    stand_in.content.workbooks["2026/01/Community-waiting-list-tables.xlsx"] = b"not read"
    assert "Community-waiting-list-tables.xlsx" in workbooks(nhs)[0].notes[0]


def test_a_name_that_would_leave_the_folder_stays_in_it():
    assert nhs_names.safe_name("../..\\x:y.csv") == "_.._x_y.csv"


# Reading


def test_a_zip_and_a_plain_file_read_alike(tmp_path):
    content = fake.invented_waits("2024-09", 7)
    plain = waits(lone(tmp_path, content))
    packed = waits(lone(tmp_path, fake.zipped({"folder/x.csv": content}), "x.zip"))
    assert plain.equals(packed)
    assert list(tmp_path.glob(".*")) == []


def test_hidden_counts_stay_a_star_and_blanks_of_the_status_go(tmp_path):
    rows = nhs_long.filter_long_csv(
        lone(tmp_path, fake.invented_waits("2024-09", 7)), ["MRS13"], {"provider": ("Provider",)}
    )
    assert rows["value"].tolist() == ["*"]
    assert rows["status"].tolist() == ["Performance"]
    assert rows["primary_description"].tolist() == ["MADE UP, PROVIDER"]


def test_lone_hard_blanks_of_2023_do_not_stop_the_reading(tmp_path):
    rows = nhs_long.filter_long_csv(
        lone(tmp_path, fake.invented_contacts("2024-09")), ["MHS95"], {"sub-ICB": nhs_long.LEVELS["sub-ICB"]}
    )
    assert rows["primary_description"].tolist() == ["MADE UP PLACE"] * 2


@pytest.mark.parametrize(
    "start, end, days",
    [
        ("2023-04-01", "2023-04-30", ("2023-04-01", "2023-04-30")),
        ("01/04/2024", "30/06/2024", ("2024-04-01", "2024-06-30")),
        ("01-04-2025", "30-04-2025", ("2025-04-01", "2025-04-30")),
        ("01/06/24", "30/06/24", ("2024-06-01", "2024-06-30")),
        ("01/03/2023", "29/02/2024", ("2023-03-01", "2024-02-29")),
        ("09/01/2022", "31/08/2023", ("2022-09-01", "2023-08-31")),
    ],
)
def test_every_way_to_write_a_date_is_read_and_the_end_is_used(tmp_path, start, end, days):
    row = [start, end, "Performance", "England", "England", "England", "NONE", "NONE", "MHS95", "Made up", 5]
    rows = nhs_long.filter_long_csv(lone(tmp_path, fake.as_csv(fake.LONG, [row])), ["MHS95"], {"England": ("England",)})
    assert (rows["start"].iloc[0], rows["end"].iloc[0]) == days


@pytest.mark.parametrize(
    "start, end",
    [
        ("01/04/2024", "31/05/2024"),
        ("02/04/2024", "30/04/2024"),
        ("01/04/2024", "04/30/2024"),
        ("01/05/2024", "30/04/2024"),
        ("", "30/04/2024"),
        ("April", "May"),
    ],
)
def test_dates_that_do_not_agree_are_refused_by_the_files_name(tmp_path, start, end):
    row = [start, end, "Performance", "England", "England", "England", "NONE", "NONE", "MHS95", "Made up", 5]
    with pytest.raises(ContractBroken, match=r"MHSDS Data_4WW_SepPerf_2024\.csv: these reporting periods"):
        nhs_long.filter_long_csv(lone(tmp_path, fake.as_csv(fake.LONG, [row])), ["MHS95"], {"England": ("England",)})


@pytest.mark.parametrize(
    "old, new, told",
    [
        (b"MEASURE_VALUE", b"VALUE", "agreed columns MEASURE_VALUE or METRIC_VALUE"),
        (b"MRS13", b"MRS99", "no measure MRS13.*Nearest"),
        (
            b"ICB of GP Practice or Residence",
            b"Cluster of Residence",
            "no breakdown ICB of GP Practice.*Cluster of Residence",
        ),
        (b"QF7", b"QE1", "the same figure stands twice"),
        (b",35\n", b",<35\n", "written in an unknown way: <35"),
        (b",35\n", b",35,1\n", "a row does not fit the header"),
        (b"BREAKDOWN", b"STATUS", "the header repeats STATUS"),
    ],
)
def test_a_change_of_the_layout_is_an_error_that_says_what(tmp_path, old, new, told):
    with pytest.raises(ContractBroken, match=told):
        waits(lone(tmp_path, fake.invented_waits("2024-09", 7).replace(old, new)))


@pytest.mark.parametrize("share", [0.3, 0.5, 0.77, 0.9])
def test_a_file_that_ends_too_early_is_refused_wherever_it_ends(tmp_path, share):
    content = fake.invented_waits("2024-09", 7)
    cut = content[: int(len(content) * share)].rstrip(b"\n")
    with pytest.raises(ContractBroken, match="cut short"):
        waits(lone(tmp_path, cut))
    whole_rows = cut[: cut.rindex(b"\n") + 1]
    with pytest.raises(ContractBroken, match="no measure"):
        waits(lone(tmp_path, whole_rows))


@pytest.mark.parametrize(
    "content, told",
    [
        (b"", "empty"),
        (b"<!DOCTYPE html>\n", "web page"),
        (b"word\n", "not a table"),
        (b"PK\x03\x04 broken\n", "not a table"),
    ],
)
def test_what_is_not_a_table_is_refused(tmp_path, content, told):
    with pytest.raises(ContractBroken, match=told):
        waits(lone(tmp_path, content))


def test_a_spoilt_archive_is_refused(tmp_path):
    good = fake.zipped({"x.csv": fake.invented_waits("2024-09", 7)})
    with pytest.raises(ContractBroken, match="not a complete zip archive"):
        waits(lone(tmp_path, good[:-40], "x.zip"))
    spoilt = bytearray(good)
    spoilt[len(good) // 2] ^= 0xFF
    with pytest.raises(ContractBroken, match="can not be unzipped whole"):
        waits(lone(tmp_path, bytes(spoilt), "x.zip"))
    with pytest.raises(ContractBroken, match="one CSV file was expected in it, and 2 are there"):
        waits(lone(tmp_path, fake.zipped({"a.csv": b"1,2\n", "b.csv": b"1,2\n"}), "x.zip"))


def test_an_archive_that_would_grow_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(long_csv, "LARGEST", 1_000)
    with pytest.raises(ContractBroken, match="larger than 1,000 bytes"):
        waits(lone(tmp_path, fake.zipped({"x.csv": fake.invented_waits("2024-09", 7)}), "x.zip"))


def test_duckdb_keeps_to_its_memory_and_fetches_nothing(tmp_path):
    with long_csv._bounded("256MB", tmp_path) as database:
        asked = (
            "SELECT name, value FROM duckdb_settings() WHERE name IN ('memory_limit', 'threads',"
            " 'autoinstall_known_extensions', 'autoload_known_extensions', 'enable_progress_bar')"
        )
        found = dict(database.execute(asked).fetchall())
    off = dict.fromkeys(("autoinstall_known_extensions", "autoload_known_extensions", "enable_progress_bar"), "false")
    assert found == {"memory_limit": "244.1 MiB", "threads": "1", **off}


def test_five_megabytes_are_filtered_within_a_small_limit(tmp_path):
    path = tmp_path / "long.csv"
    fake_rows = fake.invented_waits("2024-09", 7)
    header, _, body = fake_rows.partition(b"\n")
    other = body.replace(b"MRS", b"OTHER")
    path.write_bytes(header + b"\n" + other * (5_000_000 // len(other)) + body)
    assert path.stat().st_size > 4_900_000
    assert len(waits(path, memory="40MB")) == 3 * len(fake.WAITS)


def test_autism_files_are_read_by_geography(nhs):
    path = archives(nhs)[-1].files[0].path
    rows = nhs_long.filter_long_csv(
        path, fake.AUTISM, {"sub-ICB": nhs_long.AUTISM_LEVELS["sub-ICB"]}, member=autism_member("SubICB")
    )
    assert set(rows["secondary_level"]) == {"Under 10", "10 to 17"}
    with pytest.raises(ContractBroken, match="Ward"):
        nhs_long.filter_long_csv(path, ["ASD16b"], nhs_long.AUTISM_LEVELS, member=autism_member("Ward"))


def test_health_checks_are_summed_by_sub_icb_and_hidden_practices_counted(nhs):
    table = nhs_long.health_checks_by_sub_icb(nhs.health_checks().files[0].path, month="2024-09").set_index(
        ["sub_icb_code", "indicator", "part"]
    )
    assert table.loc[("84H", "LDHCMI034", "Denominator"), "value"] == 20
    assert table.loc[("00L", "LD_REG_1417", "Count"), ["value", "hidden", "practices"]].tolist() == [6, 1, 2]
    assert set(table["end"]) == {"2024-09-30"}


# The publishers' own files


def test_the_publishers_own_files_come_through_whole(originals, tmp_path):
    with fake.StandIn(fake.real(originals)) as stand_in:
        nhs = client(stand_in, tmp_path)
        rows = waits(waits_of(nhs).files[0].path)
        england = rows[rows["level"] == "England"].set_index("measure")["value"]
        assert (england["MRS13"], england["MRS09e"], england["MRS10a"]) == ("655448", "276829", "248")
        autism = [found.files[0] for found in archives(nhs)]
        assert [file.path.stem[12:] for file in autism] == [
            f"Apr{year}_Mar{year + 1}" for year in range(2019, 2023)
        ] + ["Apr2023_Jun2023"]
        sub_icb = nhs_long.filter_long_csv(
            autism[3].path, ["ASD19e"], {"sub-ICB": nhs_long.AUTISM_LEVELS["sub-ICB"]}, member=autism_member("SubICB")
        )
        assert sub_icb["end"].max() == "2023-03-31"


def test_every_real_workbook_says_its_month_and_day(originals):
    folder = originals.folder / "nhs" / "community_waits"
    covers = {path.name: workbook_cover(path) for path in sorted(folder.glob("*.xlsx"))}
    assert len(covers) == 16
    assert all(cover.published and cover.month for cover in covers.values())
    assert covers["community_health_2023-03-01.xlsx"].month == "january 2023"
    assert covers["Community-health-services-waiting-lists-2024-25-January.xlsx"].month == "january 2025"
    assert covers["Community-health-services-waiting-lists-2024-25-March.xlsx"].published == "2025-05-15"


def test_the_real_contacts_file_with_its_month_first_dates_is_read(originals, tmp_path):
    path = lone(tmp_path, originals.read("nhs/mhs95_cyp_contacts_sub_icb_2021_2023.csv.gz"), "mhs95.csv")
    rows = nhs_long.filter_long_csv(
        path, ["MHS95"], {level: nhs_long.LEVELS[level] for level in ("England", "region", "sub-ICB")}
    )
    assert len(rows) == 3357
    assert set(rows.loc[rows["end"] == "2023-08-31", "start"]) == {"2022-09-01"}


def test_a_workbook_that_is_cut_is_refused(tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(fake.invented_workbook("May 2025", "10/07/2025")[:-100])
    with pytest.raises(ContractBroken, match="not a complete workbook"):
        workbook_cover(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x.txt", "x")
    with pytest.raises(ContractBroken, match="not a complete workbook"):
        workbook_cover(path)


def test_a_redirect_to_another_host_is_not_followed(stand_in, nhs):
    stand_in.spoil("file", "redirect")
    with pytest.raises(Refused, match=r"elsewhere\.invalid\S* is not one of the publishers'"):
        waits_of(nhs)
