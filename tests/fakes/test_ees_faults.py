"""Each fault of the stand-in does what it says, and only where it was asked for."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import time
import zlib
from urllib.parse import urlsplit

import pytest
import requests

from tests.fakes import ees_samples as samples
from tests.fakes.ees import EesStandIn

PATIENT = 60
"""Seconds: no machine is so slow, and no test waits for it."""


@pytest.fixture
def ees():
    """Made-up data only, so that a fault can do no harm to other tests."""
    with EesStandIn([samples.made_up_sen_provision()]) as stand_in:
        yield stand_in


@pytest.fixture
def address(ees):
    return f"{ees.api}/data-sets/{samples.SEN_PROVISION_ID}"


def whole_csv(ees):
    return ees.data_set(samples.SEN_PROVISION).latest.content


def raw(address, **headers):
    """Status, headers and body as they came, nothing unpacked or followed. Raises IncompleteRead for a short body."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=PATIENT)
    connection.request("GET", f"{parts.path}?{parts.query}", headers=headers)
    with contextlib.closing(connection):
        answer = connection.getresponse()
        return answer.status, dict(answer.headers), answer.read()


@pytest.mark.parametrize(
    ("name", "status", "body"),
    [
        ("429", 429, b""),
        ("503", 503, b""),
        ("504", 504, b""),
        ("502", 502, b"<!DOCTYPE html>"),
        ("403 html", 403, b"<!DOCTYPE html>"),
    ],
)
def test_errors_come_with_their_status_and_body(ees, address, name, status, body):
    ees.faults.add(name, "meta", retry_after=3)
    got, headers, content = raw(f"{address}/meta")
    assert got == status
    assert content[:15] == body
    assert headers.get("Retry-After") == ("3" if name in ("429", "503") else None)
    assert raw(f"{address}/query")[0] == 200


@pytest.mark.parametrize(
    ("how_often", "spoilt"),
    [({}, "xxxxxx"), ({"first": 2}, "xx...."), ({"every": 3}, "..x..x"), ({"after": 1, "first": 1}, ".x....")],
)
def test_a_fault_comes_as_often_as_it_was_asked_for(ees, address, how_often, spoilt):
    fault = ees.faults.add("503", "data-set", **how_often)
    assert "".join("x" if raw(address)[0] == 503 else "." for _ in spoilt) == spoilt
    assert (fault.seen, fault.struck) == (6, spoilt.count("x"))
    ees.faults.clear()
    assert raw(address)[0] == 200


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("data-sets", f"/statistics/v1/publications/{samples.SEN_IN_ENGLAND.id}/data-sets"),
        ("data-set", f"/statistics/v1/data-sets/{samples.SEN_PROVISION_ID}"),
        ("meta", f"/statistics/v1/data-sets/{samples.SEN_PROVISION_ID}/meta"),
        ("query", f"/statistics/v1/data-sets/{samples.SEN_PROVISION_ID}/query"),
        ("query page 2", f"/statistics/v1/data-sets/{samples.SEN_PROVISION_ID}/query?page=2&pageSize=100"),
        ("csv", f"/statistics/v1/data-sets/{samples.SEN_PROVISION_ID}/csv"),
        ("catalogue", "/api/data-set-files"),
        ("download", "/api/data-set-files/{file}/download"),
        ("release zip", "/api/releases/{release}/files"),
        ("site csv", "/data-catalogue/data-set/{file}/csv"),
    ],
)
def test_every_kind_of_request_can_fail_and_is_served_otherwise(ees, kind, path):
    newest = ees.data_set(samples.SEN_PROVISION).latest
    where = ees.base + path.format(file=newest.file_id, release=newest.release.version_id)
    assert raw(where)[0] == 200
    ees.faults.add("503", kind)
    assert raw(where)[0] == 503
    assert kind in ees.log[-1].kinds
    ees.faults.clear()
    ees.faults.add("503", "api" if "/v1/" in path else "site")
    assert raw(where)[0] == 503


def test_the_log_tells_what_was_asked_and_sent(ees, address):
    requests.post(f"{address}/query", json={"pageSize": 1}, headers={"User-Agent": "a reader"})
    ees.faults.add("504", "csv")
    raw(f"{address}/csv")
    first, second = ees.log
    assert (first.method, first.status, first.headers["user-agent"], first.body) == (
        "POST",
        200,
        "a reader",
        b'{"pageSize": 1}',
    )
    assert first.bytes_sent > 0
    assert (second.status, second.fault, second.bytes_sent) == (504, "504", 0)


def test_a_reset_ends_the_connection_without_an_answer(ees, address):
    ees.faults.add("reset", "query")
    with pytest.raises(ConnectionResetError):
        raw(f"{address}/query")


def test_a_body_cut_short_is_shorter_than_its_length(ees, address):
    ees.faults.add("cut short", "meta", share=0.25)
    with pytest.raises(http.client.IncompleteRead) as short:
        raw(f"{address}/meta")
    assert len(short.value.partial) == ees.log[-1].bytes_sent > 0
    assert short.value.expected > 2 * len(short.value.partial)


def test_a_chunked_zip_can_be_cut_short_too(ees):
    newest = ees.data_set(samples.SEN_PROVISION).latest
    ees.faults.add("cut short", "release zip")
    with pytest.raises(http.client.IncompleteRead):
        raw(f"{ees.content}/releases/{newest.release.version_id}/files")


def test_a_slow_answer_starts_late_and_a_dripping_one_ends_late(ees, address):
    ees.faults.add("slow", "data-set", seconds=0.3)
    start = time.monotonic()
    assert raw(address)[0] == 200
    assert time.monotonic() - start >= 0.3
    ees.faults.clear()
    ees.faults.add("drip", "data-set", seconds=0.05, piece=40)
    start = time.monotonic()
    assert requests.get(address, timeout=PATIENT).status_code == 200
    assert time.monotonic() - start >= 0.3


def test_a_server_can_say_nothing_and_can_fall_silent_in_the_middle(ees, address):
    ees.faults.add("never", "data-set")
    with pytest.raises(requests.ReadTimeout):
        requests.get(address, timeout=(PATIENT, 0.1))
    ees.faults.add("falls silent", "meta")
    answer = requests.get(f"{address}/meta", stream=True, timeout=PATIENT)
    assert answer.raw.read(int(answer.headers["Content-Length"]) // 2).startswith(b"{")
    answer.close()
    with pytest.raises(requests.RequestException, match="timed out"):
        requests.get(f"{address}/meta", timeout=(PATIENT, 0.5))


def test_a_status_line_can_come_without_end(ees, address):
    ees.faults.add("dripping status line", "data-set", seconds=0)
    with pytest.raises(requests.ConnectionError, match="BadStatusLine"):
        requests.get(address, timeout=PATIENT)


def test_a_warning_comes_with_fewer_rows_and_status_200(ees, address):
    ees.faults.add("not found warning", "query", first=1)
    answer = requests.post(f"{address}/query", json={"pageSize": 100})
    assert answer.status_code == 200
    assert len(answer.json()["results"]) == answer.json()["paging"]["totalResults"] == 50
    assert [one["code"] for one in answer.json()["warnings"]] == ["LocationsNotFound"]
    assert requests.post(f"{address}/query", json={"pageSize": 100}).json()["warnings"] == []


def test_wrong_totals_promise_more_rows_than_come(ees, address):
    ees.faults.add("wrong totals", "query", extra=7)
    body = requests.post(f"{address}/query", json={}).json()
    assert (body["paging"]["totalResults"], len(body["results"])) == (223, 216)


def test_page_2_can_fail_while_page_1_comes(ees, address):
    ees.faults.add("504", "query page 2")
    statuses = [
        requests.post(f"{address}/query", json={"page": page, "pageSize": 100}).status_code for page in (1, 2, 3)
    ]
    assert statuses == [200, 504, 200]


def test_a_version_can_change_between_pages(ees, address):
    ees.faults.add("version changes", "query page 2", first=1)
    totals = [
        requests.post(f"{address}/query", json={"page": page, "pageSize": 200}).json()["paging"]["totalResults"]
        for page in (1, 2)
    ]
    assert totals == [216, 270]
    assert requests.get(address).json()["latestVersion"]["version"] == "1.2"
    pinned = requests.post(f"{address}/query?dataSetVersion=1.1", json={}).json()
    assert pinned["paging"]["totalResults"] == 216
    ees.data_set(samples.SEN_PROVISION).publish_waiting()  # nothing waits any more: the last row goes
    latest = requests.get(address).json()["latestVersion"]
    assert (latest["version"], latest["totalResults"]) == ("1.3", 269)


def test_a_data_set_can_be_superseded_or_withdrawn_at_any_moment(ees, address):
    ees.faults.add("superseded", "data-set", by="an id")
    body = requests.get(address).json()
    assert (body["status"], body["supersedingDataSetId"]) == ("Deprecated", "an id")
    ees.faults.clear()
    ees.faults.add("superseded", "data-sets")
    (listed,) = requests.get(f"{ees.api}/publications/{samples.SEN_IN_ENGLAND.id}/data-sets").json()["results"]
    assert listed["status"] == "Deprecated"
    ees.faults.clear()
    ees.faults.add("withdrawn", "query", after=1)
    assert [requests.post(f"{address}/query", json={}).status_code for _ in range(2)] == [200, 403]


def test_a_page_can_come_instead_of_a_csv(ees, address):
    ees.faults.add("html", "csv")
    answer = requests.get(f"{address}/csv")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html")
    assert answer.text.startswith("<!DOCTYPE html>")


def test_a_redirect_leads_to_another_host(ees):
    newest = ees.data_set(samples.SEN_PROVISION).latest
    ees.faults.add("redirect", "site csv", to="http://elsewhere.invalid/file.csv")
    status, headers, _ = raw(f"{ees.site}/data-catalogue/data-set/{newest.file_id}/csv")
    assert (status, headers["Location"]) == (302, "http://elsewhere.invalid/file.csv")


def test_gzip_can_come_unasked(ees):
    newest = ees.data_set(samples.SEN_PROVISION).latest
    ees.faults.add("unasked gzip", "download")
    _, headers, body = raw(f"{ees.content}/data-set-files/{newest.file_id}/download")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == whole_csv(ees)


@pytest.mark.parametrize("packed", [False, True])
def test_an_endless_body_begins_as_the_real_one_and_goes_on(ees, address, packed):
    ees.faults.add("endless", "csv", packed=packed)
    expected = whole_csv(ees)
    answer = requests.get(f"{address}/csv", stream=True, timeout=PATIENT)
    assert "Content-Length" not in answer.headers
    start = answer.raw.read(20_000, decode_content=False)
    opened = zlib.decompressobj(wbits=31).decompress(start) if packed else start
    answer.close()
    assert opened.startswith(expected[:5000])
    assert len(opened) > len(expected) or not packed


def test_there_is_no_fault_by_another_name(ees):
    with pytest.raises(ValueError, match="there is no fault called 'flood'"):
        ees.faults.add("flood")
