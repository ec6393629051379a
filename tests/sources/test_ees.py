"""Explore Education Statistics: the client against the service's own row counts, its faults, and its request schema."""

import dataclasses
import functools
import json
import re
import tempfile
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendlib.errors import ContractBroken, SendlibError, SourceUnavailable
from sendlib.sources import ees as client
from sendlib.sources import kept
from sendlib.sources.ees import Ees
from sendlib.sources.ees_query import EVERY, LEVELS, NotInDataSet, Query, build
from sendlib.sources.http import Refused
from tests.conftest import ORIGINALS
from tests.fakes import ees_samples as samples
from tests.fakes.ees import EesStandIn
from tests.sources.test_http import PATIENT, quick, settings_for

PHASES = ["Total", "State-funded primary"]
PLANS, SUPPORT = "Education, health and care plan", "SEN support / SEN without an EHC plan"


@pytest.fixture
def server(monkeypatch):
    """Made-up figures and DfE's test data; small, because most tests ask for everything several times."""
    held = samples.has_originals()
    data_sets = [samples.made_up_sen_provision(), *([samples.conformance_data_set()] if held else [])]
    monkeypatch.setattr(samples, "has_originals", lambda: False)
    with EesStandIn(data_sets, samples.ehc_plans_2025()) as running:
        yield running


@pytest.fixture
def ees(tmp_path, server):
    settings = settings_for(
        tmp_path,
        server.base,
        SENDLIB_EES_API=server.api,
        SENDLIB_EES_CONTENT=server.content,
        SENDLIB_EES_SITE=server.site,
    )
    return Ees(quick(settings), tmp_path / "cache")


def anew(ees):
    """A client of the same service that has kept nothing."""
    return Ees(ees._http, Path(tempfile.mkdtemp(dir=ees._cache.parent)))


def posts(server):
    return len([seen for seen in server.log if seen.method == "POST"])


def query(**changes):
    asked = {
        "filters": {"phase_type_grouping": ["Total"], "sen_provision": [PLANS, SUPPORT]},
        "levels": ["NAT", "REG", "LA"],
        "indicators": ["pupil_count", "pupil_percent"],
    }
    return Query(**{**asked, **changes})


# What is asked comes back in words


def test_the_data_sets_of_a_publication_are_found(ees):
    found = ees.data_sets(samples.SEN_IN_ENGLAND.id)
    assert [item.title for item in found] == [samples.SEN_PROVISION] and found[0].version == "1.1"


def test_a_query_gives_labels_for_ids_and_every_row_once(ees):
    answered = ees.query(samples.SEN_PROVISION_ID, query())
    rows = answered.rows
    assert len(rows) == 4 * 6 * 2 and answered.fresh
    assert not rows.duplicated(["time", "level", "code", "place", "sen_provision"]).any()
    assert set(rows["sen_provision"]) == {PLANS, SUPPORT} and set(rows["time"]) == {
        "2021/22",
        "2022/23",
        "2023/24",
        "2024/25",
    }
    town = rows[rows["old_code"].eq("302")]
    assert set(town["place"]) == {"Second Old Town", "Second New Town"} and len(town) == 8


def test_pages_of_any_size_give_the_same_rows(ees):
    whole = ees.query(samples.SEN_PROVISION_ID, query()).rows
    for size in (1, 7, 48):
        assert anew(ees).query(samples.SEN_PROVISION_ID, query(), page_size=size).rows.equals(whole)


def test_a_large_answer_is_taken_as_csv_with_the_same_rows(ees, monkeypatch):
    keys = ["time", "level", "code", "phase_type_grouping", "sen_provision"]
    by_page = ees.query(samples.SEN_PROVISION_ID, query()).rows.sort_values(keys, ignore_index=True)
    monkeypatch.setattr(client, "MOST_ROWS", 10)
    by_csv = anew(ees).query(samples.SEN_PROVISION_ID, query()).rows.sort_values(keys, ignore_index=True)
    # The CSV has the name of its year, the metadata one name a location: codes and figures are what counts.
    columns = [column for column in by_page if column != "place"]
    assert by_csv[columns].equals(by_page[columns])


@pytest.mark.parametrize("places", [["302"], ["E08000302"], ["First Town", "303"]])
def test_places_go_by_name_or_code_and_bounds_by_label(ees, places):
    asked = query(levels=["LA"], places=places, first="2022/23", last="2023/24")
    rows = ees.query(samples.SEN_PROVISION_ID, asked).rows
    assert len(rows) == 2 * 2 * len(places) and set(rows["time"]) == {"2022/23", "2023/24"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"filters": {"sen_provision": [PLANS]}}, "left open counts children several times"),
        (
            {"filters": {"phase_type_grouping": ["Totl"], "sen_provision": [PLANS]}},
            "no Phase type grouping 'Totl'. Nearest: Total",
        ),
        ({"filters": {"phase": ["Total"], "sen_provision": [PLANS]}}, "no filter 'phase'"),
        ({"filters": {"phase_type_grouping": [], "sen_provision": [PLANS]}}, "No option of"),
        ({"levels": ["LAD"]}, "no geographic level 'LAD'"),
        ({"indicators": ["pupil_counts"]}, "no indicator 'pupil_counts'. Nearest: pupil_count"),
        ({"indicators": []}, "No indicator is named"),
        ({"levels": []}, "No geographic level is named"),
        ({"levels": "LA"}, "'levels' must be a list"),
        ({"places": "303"}, "'places' must be a list"),
        ({"first": "2023/24", "last": "2022/23"}, "comes after the last"),
        (
            {"filters": {"phase_type_grouping": ["Total"], "Phase type grouping": ["Total"], "sen_provision": [PLANS]}},
            "named twice",
        ),
        ({"filters": {"phase_type_grouping": "Total", "sen_provision": [PLANS]}}, "No option of"),
        ({"first": "2010/11"}, "no period '2010/11'"),
        ({"levels": ["LA"], "places": ["Frist Town"]}, "no place 'Frist Town'. Nearest: First Town"),
        ({"places": ["First Town"] * 9000}, "longer than the service accepts"),
    ],
)
def test_what_the_data_set_does_not_have_is_refused_before_anything_is_sent(ees, server, changes, said):
    with pytest.raises(NotInDataSet, match=said):
        ees.query(samples.SEN_PROVISION_ID, query(**changes))
    assert posts(server) == 0


def test_every_option_of_a_filter_can_be_asked_for_by_name(ees):
    rows = ees.query(
        samples.SEN_PROVISION_ID,
        query(filters={"phase_type_grouping": [EVERY], "SEN provision": ["Total"]}, levels=["NAT"]),
    ).rows
    assert len(rows) == 4 * 3 and rows["phase_type_grouping"].nunique() == 3


# The service's own row counts


def _conformance():
    year, school, academy, sheffield = "ncyear", "school_type", "academy_type", {"level": "LA", "code": "E08000019"}
    four = [
        (school, "Total"),
        (school, "State-funded secondary"),
        (academy, "Secondary free school"),
        (academy, "Secondary sponsor led academy"),
    ]
    when = {"period": "2021/2022", "code": "AY"}
    schools = [{"level": "SCH", "laEstab": "3144001"}, {"level": "SCH", "urn": "102579"}]
    return [
        ({"filters": {"eq": (year, "Year 4")}}, 54),
        ({"filters": {"notEq": (year, "Year 4")}}, 162),
        ({"filters": {"in": [(year, "Year 4"), (year, "Year 8")]}}, 108),
        ({"filters": {"notIn": [(year, "Year 4"), (year, "Year 8")]}}, 108),
        ({"filters": {"in": four}}, 150),
        ({"filters": {"notIn": four}}, 66),
        ({"locations": {"eq": sheffield}}, 36),
        ({"locations": {"notEq": sheffield}}, 180),
        ({"locations": {"in": [sheffield, "Barnsley"]}}, 72),
        ({"locations": {"notIn": [sheffield, "Barnsley"]}}, 144),
        ({"locations": {"in": [sheffield, "Barnsley", *schools]}}, 84),
        ({"locations": {"notIn": [sheffield, "Barnsley", *schools]}}, 132),
        ({"timePeriods": {"eq": when}}, 72),
        ({"timePeriods": {"notEq": when}}, 144),
        ({"timePeriods": {"gt": when}}, 72),
        ({"timePeriods": {"gte": when}}, 144),
        ({"timePeriods": {"lt": when}}, 72),
        ({"timePeriods": {"lte": when}}, 144),
        (
            {
                "filters": {
                    "notEq": (year, "Year 8"),
                    "in": [(academy, "Secondary free school"), (academy, "Secondary sponsor led academy")],
                },
                "geographicLevels": {"notEq": "NAT"},
                "locations": {
                    "eq": {"level": "NAT", "code": "E92000001"},
                    "notIn": [{"level": "REG", "code": "E13000002"}, {"level": "LA", "oldCode": "370"}],
                },
                "timePeriods": {
                    "gt": {"period": "2020/2021", "code": "AY"},
                    "lt": {"period": "2022/2023", "code": "AY"},
                },
            },
            1,
        ),
    ]


def _with_ids(meta, criteria):
    """(column, label) pairs and names of authorities as the ids of the metadata."""
    options = {
        (item["column"], option["label"]): option["id"] for item in meta["filters"] for option in item["options"]
    }
    names = {
        option["label"]: {"level": "LA", "id": option["id"]}
        for group in meta["locations"]
        if group["level"]["code"] == "LA"
        for option in group["options"]
    }

    def one(value):
        return (
            options[value]
            if isinstance(value, tuple)
            else names.get(value, value)
            if isinstance(value, str) and value in names
            else value
        )

    return {
        facet: {
            test: [one(v) for v in value] if isinstance(value, list) else one(value) for test, value in tests.items()
        }
        for facet, tests in criteria.items()
    }


HAS_ORIGINALS = samples.has_originals()


@pytest.mark.skipif(not HAS_ORIGINALS, reason="the conformance data set is not beside the project")
@pytest.mark.parametrize(("criteria", "expected"), _conformance())
def test_the_client_reads_as_many_rows_as_the_service_counts(ees, server, criteria, expected):
    found = ees.data_set(server.data_set("Absence rates by geographic level").id)
    meta = ees.meta(found)
    indicators = {item["column"]: item["id"] for item in meta["indicators"]}
    body = {
        "criteria": _with_ids(meta, criteria),
        "indicators": [indicators["enrolments"], indicators["sess_authorised"]],
    }
    for size in (7, 1000):
        rows, notes, total = ees.rows(found, body, size)
        assert len(rows) == total == expected and not notes
    if expected == 1:
        assert rows[0]["values"] == {indicators["enrolments"]: "752009", indicators["sess_authorised"]: "262396"}


@pytest.mark.skipif(not HAS_ORIGINALS, reason="the conformance data set is not beside the project")
def test_a_bound_that_the_data_set_does_not_have_is_an_error_and_not_an_empty_table(ees, server):
    found = ees.data_set(server.data_set("Absence rates by geographic level").id)
    indicator = ees.meta(found)["indicators"][0]["id"]
    with pytest.raises(ContractBroken, match="TimePeriodsNotFound"):
        ees.rows(
            found,
            {"criteria": {"timePeriods": {"gte": {"period": "2010/2011", "code": "AY"}}}, "indicators": [indicator]},
            1000,
        )


ALL_LEVELS, TOTALS = ("NAT", "REG", "LA", "SCH"), {"school_type": [EVERY], "academy_type": [EVERY], "ncyear": [EVERY]}


def absence(**changes):
    return Query(**{"filters": TOTALS, "levels": ALL_LEVELS, "indicators": ["enrolments"], **changes})


@pytest.mark.skipif(not HAS_ORIGINALS, reason="the conformance data set is not beside the project")
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (absence(), 216),
        (absence(filters={**TOTALS, "ncyear": ["Year 4"]}), 54),
        (absence(filters={**TOTALS, "ncyear": ["Year 4", "Year 8"]}), 108),
        (absence(places=["E08000019"]), 36),
        (absence(places=["E08000019", "Barnsley"]), 72),
        (absence(places=["E08000019", "Barnsley", "3144001", "102579"]), 84),
        (absence(first="2021/22", last="2021/22"), 72),
        (absence(first="2021/22"), 144),
        (absence(last="2021/22"), 144),
        (absence(levels=["LA"]), None),
        (absence(levels=["SCH"], places=["140821"]), 6),
        (absence(levels=["REG", "LA"], places=["Yorkshire and The Humber"]), None),
        (absence(levels=["NAT", "LA"], places=["England"]), None),
    ],
)
def test_a_query_in_words_gives_the_rows_that_the_service_counts_by_page_and_by_csv_alike(
    ees, server, monkeypatch, asked, expected
):
    data_set = server.data_set("Absence rates by geographic level").id
    keys = ["time", "level", "code", "old_code", *TOTALS]
    by_page = ees.query(data_set, asked).rows.sort_values(keys, ignore_index=True)
    monkeypatch.setattr(client, "MOST_ROWS", 0)
    by_csv = anew(ees).query(data_set, asked).rows.sort_values(keys, ignore_index=True)
    assert expected in (None, len(by_page)) and len(by_page) > 0
    assert not by_page["code"].eq("").any()
    pd.testing.assert_frame_equal(by_csv, by_page, check_dtype=False)


def test_levels_have_the_columns_that_the_service_writes():
    from tests.fakes import ees_codes

    for code, level in LEVELS.items():
        known = ees_codes.LEVELS[code]
        assert (level.label, {"label": level.names, **level.codes}) == (known.label, known.columns)


# What the service or its gateway can do


def contents(archive):
    with zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


CALLS = {
    "data-sets": lambda ees, tmp: ees.data_sets(samples.SEN_IN_ENGLAND.id),
    "data-set": lambda ees, tmp: ees.data_set(samples.SEN_PROVISION_ID),
    "meta": lambda ees, tmp: ees.meta(ees.data_set(samples.SEN_PROVISION_ID)),
    "query": lambda ees, tmp: ees.query(samples.SEN_PROVISION_ID, query()).rows.to_dict("list"),
    "query page 2": lambda ees, tmp: ees.query(samples.SEN_PROVISION_ID, query(), page_size=20).rows.to_dict("list"),
    "csv": lambda ees, tmp: ees.csv(ees.data_set(samples.SEN_PROVISION_ID)).read_bytes(),
    "catalogue": lambda ees, tmp: ees.files(samples.EHC_PLANS.id),
    "download": lambda ees, tmp: ees.fetch(ees.files(samples.EHC_PLANS.id)[0], tmp / "file.csv").sha256,
    "release zip": lambda ees, tmp: contents(ees.fetch_release(samples.EHC_2025.version_id, tmp / "file.zip").path),
}
PASSING = ["429", "503", "504", "502", "reset", "cut short", "cut gzip"]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("fault", PASSING)
def test_what_passes_changes_nothing(ees, server, tmp_path, call, fault):
    other = Ees(ees._http, tmp_path / "other")
    right = CALLS[call](other, tmp_path)
    server.faults.add(fault, call, first=2, **({"retry_after": 0} if fault in ("429", "503") else {}))
    assert CALLS[call](ees, tmp_path) == right


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    "fault", [*PASSING, "html", "403 html", "redirect", "never", "drip", "endless", "other packing", "withdrawn"]
)
def test_what_stays_wrong_is_an_error_and_never_a_shorter_answer(ees, server, tmp_path, call, fault, monkeypatch):
    options = {"429": {"retry_after": 0}, "503": {"retry_after": 0}, "drip": {"piece": 1, "seconds": 0.2}}
    server.faults.add(fault, call, **options.get(fault, {}))
    if fault == "never":
        ees._http._timeout = (PATIENT, 0.4)
    for name, value in {
        "LONGEST_ANSWER": 1,
        "LONGEST_DOWNLOAD": 1,
        "LARGEST_ANSWER": 10**6,
        "LARGEST_DOWNLOAD": 10**6,
    }.items():
        if fault in ("drip", "endless"):
            monkeypatch.setattr(f"sendlib.sources.http.{name}", value)
    if fault == "endless" and call in ("csv", "download", "release zip"):
        monkeypatch.setattr(ees._http, "download", functools.partial(ees._http.download, largest=10**6))
    with pytest.raises(SendlibError) as error:
        CALLS[call](ees, tmp_path)
    assert len(str(error.value)) > 30
    assert not (tmp_path / "file.csv").exists() and not (tmp_path / "file.zip").exists()


@pytest.mark.parametrize("call", CALLS)
def test_gzip_that_nobody_asked_for_changes_nothing(ees, server, tmp_path, call):
    right = CALLS[call](Ees(ees._http, tmp_path / "other"), tmp_path)
    server.faults.add("unasked gzip", call)
    assert CALLS[call](ees, tmp_path) == right


@pytest.mark.parametrize("most", [10_000, 10], ids=["by page", "by CSV"])
def test_a_warning_that_an_id_was_not_found_is_an_error(ees, server, monkeypatch, most):
    monkeypatch.setattr(client, "MOST_ROWS", most)
    server.faults.add("not found warning", "query")
    with pytest.raises(ContractBroken, match="did not know what was asked for"):
        ees.query(samples.SEN_PROVISION_ID, query())


@pytest.mark.parametrize("most", [10_000, 10], ids=["by page", "by CSV"])
def test_other_remarks_of_the_service_are_notes(ees, monkeypatch, most):
    answers = ees._http.json

    def with_a_remark(url, **asked):
        answer = answers(url, **asked)
        return (
            {**answer, "warnings": [{"code": "Provisional", "message": "These are provisional."}]}
            if "results" in answer
            else answer
        )

    monkeypatch.setattr(client, "MOST_ROWS", most)
    monkeypatch.setattr(ees._http, "json", with_a_remark)
    assert ees.query(samples.SEN_PROVISION_ID, query()).notes == ("These are provisional.",)


def test_a_csv_file_with_other_rows_than_the_service_counts_is_an_error_and_is_not_kept(ees, server, monkeypatch):
    monkeypatch.setattr(client, "MOST_ROWS", 10)
    version = server.data_set(samples.SEN_PROVISION).latest
    right = version.content
    version.content = re.sub(
        f",{SUPPORT},".encode(), f",{SUPPORT} ,".encode(), right, count=20
    )  # a blank that nobody sees
    with pytest.raises(ContractBroken, match="the service counts 48 rows and its CSV file has 4[0-7] of them"):
        ees.query(samples.SEN_PROVISION_ID, query())
    version.content = right
    assert len(ees.query(samples.SEN_PROVISION_ID, query()).rows) == 48


@pytest.mark.parametrize("call", ["data-sets", "catalogue"])
def test_a_list_that_is_shorter_than_announced_is_an_error(ees, server, tmp_path, call):
    server.faults.add("wrong totals", call, extra=1)
    with pytest.raises(ContractBroken, match=r"the list announced \d entries and has \d"):
        CALLS[call](ees, tmp_path)


def test_a_list_that_changes_between_two_pages_is_an_error(ees, monkeypatch):
    pages = [
        {"results": [{"id": "a"}], "paging": {"totalResults": 2, "totalPages": 2}},
        {"results": [{"id": "a"}, {"id": "b"}], "paging": {"totalResults": 3, "totalPages": 2}},
    ]
    monkeypatch.setattr(ees._http, "json", lambda *words, **more: pages.pop(0))
    with pytest.raises(ContractBroken, match="announced 2 and 3 entries and has 3"):
        ees.data_sets(samples.SEN_IN_ENGLAND.id)


def test_rows_that_are_announced_and_do_not_come_are_an_error(ees, server):
    server.faults.add("wrong totals", "query")
    with pytest.raises(ContractBroken, match="announced 55 rows and sent 48"):
        ees.query(samples.SEN_PROVISION_ID, query())


def test_a_version_that_changes_between_pages_begins_the_reading_again(ees, server):
    server.faults.add("version changes", "query page 2", first=1)
    answered = ees.query(samples.SEN_PROVISION_ID, query(), page_size=20)
    assert answered.data_set.version == "1.2" and set(answered.rows["time"]) == {
        "2021/22",
        "2022/23",
        "2023/24",
        "2024/25",
        "2025/26",
    }


def test_a_version_that_is_withdrawn_between_pages_begins_the_reading_again(ees, server):
    server.faults.add("withdrawn", "query page 2", first=1)
    answered = ees.query(samples.SEN_PROVISION_ID, query(), page_size=20)
    assert len(answered.rows) == 4 * 6 * 2 and len([seen for seen in server.log if "query page 1" in seen.kinds]) == 2


def test_a_data_set_that_is_superseded_while_it_is_read_is_not_given_as_fresh(ees, server, monkeypatch):
    found = ees.data_set(samples.SEN_PROVISION_ID)
    successor = dataclasses.replace(found, id="019df85e-ab00-7458-a4ff-000000000001")
    asked = []

    def one_after_another(data_set):
        asked.append(data_set)
        return found if len(asked) == 1 else successor

    monkeypatch.setattr(ees, "data_set", one_after_another)
    monkeypatch.setattr(
        ees, "_read", lambda which, *words: client.Answered(pd.DataFrame({"of": [which.id]}), which, ())
    )
    assert ees.query(samples.SEN_PROVISION_ID, query()).rows["of"].tolist() == [successor.id]


@pytest.mark.parametrize(
    "wrong", [{"id": "../../elsewhere"}, {"supersedingDataSetId": "a/b"}, {"latestVersion": {"version": "1.0/../.."}}]
)
def test_an_id_that_would_lead_out_of_the_cache_is_refused(ees, monkeypatch, wrong):
    item = {"id": samples.SEN_PROVISION_ID, "title": "Pupils", "status": "Published", **wrong}
    monkeypatch.setattr(ees._http, "json", lambda *words, **more: item)
    with pytest.raises(ContractBroken, match="of a data set"):
        ees.data_set(samples.SEN_PROVISION_ID)


def test_totals_that_change_between_pages_begin_the_reading_again(ees, server):
    server.faults.add("wrong totals", "query page 2", first=1)
    assert len(ees.query(samples.SEN_PROVISION_ID, query(), page_size=20).rows) == 4 * 6 * 2


def test_a_superseded_data_set_is_followed_and_a_withdrawn_one_is_named(tmp_path):
    newer = samples.made_up_sen_provision()
    older = samples.made_up_sen_provision(status="Deprecated", superseded_by=newer.id)
    older.id = "019df85e-ab00-7458-a4ff-000000000000"
    with EesStandIn([newer, older]) as server:
        settings = settings_for(tmp_path, server.base, SENDLIB_EES_API=server.api, SENDLIB_EES_CONTENT=server.content)
        ees = Ees(quick(settings), tmp_path / "cache")
        assert ees.data_set(older.id).id == newer.id
        server.faults.add("withdrawn", "data-set")
        with pytest.raises(Refused, match=f"DfE has withdrawn the data set '{samples.SEN_PROVISION}'"):
            ees.query(newer.id, query())


# Keeping what was fetched


def test_metadata_is_fetched_once_a_version(ees, server):
    for _ in range(3):
        ees.meta(ees.data_set(samples.SEN_PROVISION_ID))
    assert len([seen for seen in server.log if "meta" in seen.kinds]) == 1


def test_an_answer_is_fetched_once_a_version_and_asked_for_by_one_small_request_after(ees, server):
    first = ees.query(samples.SEN_PROVISION_ID, query())
    seen = len(server.log)
    for client_of_another_day in (ees, Ees(ees._http, ees._cache)):
        again = client_of_another_day.query(samples.SEN_PROVISION_ID, query())
        assert again.fresh and again.data_set == first.data_set and again.notes == first.notes
        pd.testing.assert_frame_equal(again.rows, first.rows)
    assert [one.kinds[0] for one in server.log[seen:]] == ["data-set", "data-set"] and posts(server) == 1


def test_another_version_and_another_query_are_asked_for(ees, server):
    ees.query(samples.SEN_PROVISION_ID, query())
    ees.query(samples.SEN_PROVISION_ID, query(levels=["NAT"]))
    assert posts(server) == 2
    server.data_set(samples.SEN_PROVISION).publish_waiting()
    newer = ees.query(samples.SEN_PROVISION_ID, query())
    assert newer.data_set.version == "1.2" and "2025/26" in set(newer.rows["time"]) and posts(server) == 3


def test_answers_of_old_versions_and_of_very_many_queries_do_not_stay(ees, server, monkeypatch):
    monkeypatch.setattr(client, "MOST_ANSWERS", 2)
    ees.query(samples.SEN_PROVISION_ID, query())
    server.data_set(samples.SEN_PROVISION).publish_waiting()
    for levels in (["NAT", "REG", "LA"], ["NAT"], ["LA"]):
        ees.query(samples.SEN_PROVISION_ID, query(levels=levels))
    names = sorted(path.name for path in (ees._cache / "answers").iterdir())
    assert len(names) == 4 and [name for name in names if name.endswith(".sha256")] == [
        f"{name}.sha256" for name in names if name.endswith(".json")
    ]
    sent = posts(server)
    ees.query(samples.SEN_PROVISION_ID, query(levels=["LA"]))
    assert posts(server) == sent


def test_when_the_service_is_away_the_last_answer_is_given_and_says_so(ees, server):
    fresh = ees.query(samples.SEN_PROVISION_ID, query())
    server.faults.add("reset")
    stale = ees.query(samples.SEN_PROVISION_ID, query())
    assert not stale.fresh and "an earlier time" in stale.notes[-1]
    pd.testing.assert_frame_equal(stale.rows, fresh.rows, check_dtype=False)
    with pytest.raises(SourceUnavailable):
        ees.query(samples.SEN_PROVISION_ID, query(levels=["NAT"]))


def test_hidden_and_empty_cells_come_through_as_they_were_published(ees):
    asked = query(
        filters={"phase_type_grouping": ["State-funded special school"], "sen_provision": [PLANS, SUPPORT]},
        levels=["LA"],
        places=["303"],
        first="2024/25",
    )
    rows = ees.query(samples.SEN_PROVISION_ID, asked).rows.set_index("sen_provision")
    assert rows.loc[SUPPORT, "pupil_count"] == "c" and rows.loc[PLANS, "pupil_percent"] == ""


def test_the_catalogue_names_files_by_release(ees):
    files = ees.files(samples.EHC_PLANS.id)
    assert {"caseload.csv", "requests.csv"} <= {file.filename for file in files}
    assert all(file.release and file.published == "2025-06-26" for file in files)


# What is sent always fits the service's schema


@pytest.fixture(scope="module")
def request_schema():
    path = ORIGINALS.parent / "contracts" / "ees" / "openapi-v1.json"
    if not path.is_file():
        pytest.skip("the service's OpenAPI document is not beside the project")
    document = json.loads(path.read_text("utf-8"))
    return {"$ref": "#/components/schemas/DataSetQueryRequest", "components": document["components"]}


_IDS = st.text("abcdefghijkXYZ0123456789", min_size=5, max_size=5)
_LABELS = st.text("ABCDEFGHIJKLM nop", min_size=1, max_size=12).map(str.strip).filter(bool)


@st.composite
def metas_and_queries(draw):
    """Any metadata, and a query that it can answer. Made up."""
    filters = [
        {
            "id": draw(_IDS),
            "column": f"filter_{i}",
            "label": f"Filter {i}",
            "options": [{"id": draw(_IDS), "label": label} for label in labels],
        }
        for i, labels in enumerate(draw(st.lists(st.lists(_LABELS, min_size=1, max_size=4, unique=True), max_size=3)))
    ]
    indicators = [
        {"id": draw(_IDS), "column": f"number_{i}", "label": f"Number {i}"} for i in range(draw(st.integers(1, 3)))
    ]
    places = draw(st.lists(_LABELS, min_size=1, max_size=5, unique=True))
    years = sorted(draw(st.sets(st.integers(2015, 2026), min_size=1, max_size=5)))
    meta = {
        "filters": filters,
        "indicators": indicators,
        "geographicLevels": [{"code": "NAT", "label": "National"}, {"code": "LA", "label": "Local authority"}],
        "locations": [
            {
                "level": {"code": "LA", "label": "Local authority"},
                "options": [
                    {"id": draw(_IDS), "label": place, "code": f"E0600{i:04}"} for i, place in enumerate(places)
                ],
            }
        ],
        "timePeriods": [
            {"code": "AY", "period": f"{year}/{year + 1}", "label": f"{year}/{(year + 1) % 100:02}"} for year in years
        ],
    }
    periods = [period["label"] for period in meta["timePeriods"]]
    asked = Query(
        filters={
            item["column"]: draw(
                st.one_of(
                    st.just([EVERY]),
                    st.lists(st.sampled_from([option["label"] for option in item["options"]]), min_size=1),
                )
            )
            for item in filters
        },
        levels=draw(st.lists(st.sampled_from(["NAT", "LA"]), unique=True)),
        indicators=[item["label"] for item in indicators],
        first=draw(st.sampled_from(["", *periods])),
        last=draw(st.sampled_from(["", *periods])),
    )
    if "LA" in asked.levels and draw(st.booleans()):
        asked = Query(
            asked.filters,
            asked.levels,
            asked.indicators,
            draw(st.lists(st.sampled_from(places), min_size=1)),
            asked.first,
            asked.last,
        )
    return meta, asked


@given(metas_and_queries())
def test_what_is_sent_fits_the_request_schema(request_schema, drawn):
    import jsonschema

    meta, asked = drawn
    try:
        body = build(meta, asked)
    except NotInDataSet:
        assert not asked.levels or (asked.first and asked.last and asked.first > asked.last)
        return
    jsonschema.Draft202012Validator(request_schema).validate({**body, "page": 1, "pageSize": 1000})
    clauses = [clause["filters"]["in"] for clause in body["criteria"]["and"] if "filters" in clause]
    # One clause a column, or options of two columns would be OR-ed; none for a column of which everything is wanted.
    assert len(clauses) == sum(EVERY not in labels for labels in asked.filters.values())


@given(metas_and_queries(), st.data())
def test_a_filter_that_is_left_open_is_always_refused(drawn, data):
    meta, asked = drawn
    if not asked.filters:
        return
    left_out = data.draw(st.sampled_from(sorted(asked.filters)))
    fewer = {column: labels for column, labels in asked.filters.items() if column != left_out}
    with pytest.raises(NotInDataSet, match="left open"):
        build(meta, Query(fewer, ["NAT"], asked.indicators))


def test_a_firewall_in_the_way_gives_the_last_answer_and_a_withdrawal_does_not(ees, server):
    ees.query(samples.SEN_PROVISION_ID, query())
    server.faults.add("403 html")
    assert not ees.query(samples.SEN_PROVISION_ID, query()).fresh
    server.faults.clear()
    server.faults.add("withdrawn", "data-set")
    with pytest.raises(Refused, match="withdrawn"):
        ees.query(samples.SEN_PROVISION_ID, query())


@pytest.mark.parametrize("change", ["answers", "data.csv", "meta.json"])
def test_what_is_kept_is_not_used_once_it_was_changed(ees, server, monkeypatch, change):
    monkeypatch.setattr(client, "MOST_ROWS", 10)
    right = ees.query(samples.SEN_PROVISION_ID, query()).rows
    if change != "answers":  # without an answer the rest is looked at
        for path in ees._cache.glob("answers/*.json"):
            path.unlink()
    for path in [path for path in ees._cache.rglob("*") if change in str(path) and path.suffix in (".json", ".csv")]:
        path.write_text(path.read_text("utf-8").replace("First Town", "Worst Town"), "utf-8")
    pd.testing.assert_frame_equal(ees.query(samples.SEN_PROVISION_ID, query()).rows, right)
    for path in ees._cache.glob("answers/*.json"):
        path.write_text("{}", "utf-8")
    server.faults.add("reset")
    with pytest.raises(SourceUnavailable):
        ees.query(samples.SEN_PROVISION_ID, query())


def test_an_answer_that_can_not_be_kept_is_given_all_the_same(ees, monkeypatch):
    def full(*words):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept, "seal", full)
    answered = ees.query(samples.SEN_PROVISION_ID, query())
    assert len(answered.rows) == 4 * 6 * 2 and "No space left" in answered.notes[-1]
    assert not list(ees._cache.rglob("*.part"))


@pytest.mark.parametrize("content", ["{ torn", "{}", "[]"])
def test_kept_metadata_that_is_torn_is_fetched_again(ees, server, content):
    found = ees.data_set(samples.SEN_PROVISION_ID)
    right = ees.meta(found)
    (ees._folder(found) / "meta.json").write_text(content, "utf-8")
    assert ees.meta(found) == right


def test_a_kept_csv_that_is_shorter_than_announced_is_fetched_again(ees):
    found = ees.data_set(samples.SEN_PROVISION_ID)
    path = ees.csv(found)
    whole = path.read_bytes()
    path.write_bytes(b"\n".join(whole.split(b"\n")[:20]) + b"\n")
    assert ees.csv(found).read_bytes() == whole
