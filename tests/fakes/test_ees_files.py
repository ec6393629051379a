"""Versions, whole files and the data catalogue of the stand-in keep to the service's contract."""

from __future__ import annotations

import gzip
import io
import urllib.request
import zipfile

import pytest
import requests

from tests.fakes import ees_samples as samples
from tests.fakes.ees import EesStandIn
from tests.fakes.ees_data import DataSet, Release

needs_originals = pytest.mark.skipif(
    not samples.has_originals(), reason="the publishers' original files are not beside the project"
)


def test_versions_are_found_by_number_and_wildcard(provision):
    newest = {
        wanted: requests.get(f"{provision}/query", params={"dataSetVersion": wanted}).json()["paging"]["totalResults"]
        for wanted in ("1.0", "1", "1.1", "*", "1.*", "1.0.*")
    }
    assert newest == {"1.0": 162, "1": 162, "1.1": 216, "*": 216, "1.*": 216, "1.0.*": 162}
    for wanted in ("1.2", "3", "latest"):
        assert requests.get(f"{provision}/meta", params={"dataSetVersion": wanted}).status_code == 404


def test_the_csv_is_the_producers_file_and_always_packed(ees, provision):
    with urllib.request.urlopen(f"{provision}/csv") as answer:
        body = answer.read()
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{samples.SEN_PROVISION_ID}_v1.1.csv"'
    assert gzip.decompress(body) == ees.data_set(samples.SEN_PROVISION).latest.content
    assert requests.get(f"{provision}/csv", params={"dataSetVersion": "1.0"}).text.count("\n") == 163


def test_json_is_packed_only_for_those_who_ask(ees, provision):
    assert requests.get(f"{provision}/meta").headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in requests.get(f"{provision}/meta", headers={"Accept-Encoding": "identity"}).headers


def test_withdrawn_things_are_refused_and_deprecated_ones_name_their_successor():
    withdrawn = DataSet("Withdrawn", samples.ABSENCE, status="Withdrawn")
    withdrawn.add_version("1.0", samples._sen_provision_csv([2021]))
    part = samples.made_up_sen_provision("Deprecated", superseded_by=withdrawn.id)
    part.versions[0].status = "Withdrawn"
    with EesStandIn([withdrawn, part]) as ees:
        for end in ("", "/meta", "/query", "/csv"):
            answer = requests.get(f"{ees.api}/data-sets/{withdrawn.id}{end}")
            assert (answer.status_code, answer.json()["title"]) == (403, "Forbidden")
        assert requests.get(f"{ees.api}/data-sets/{part.id}/meta?dataSetVersion=1.0").status_code == 403
        body = requests.get(f"{ees.api}/data-sets/{part.id}").json()
        assert (body["status"], body["supersedingDataSetId"]) == ("Deprecated", withdrawn.id)
        listed = requests.get(f"{ees.api}/publications/{samples.ABSENCE.id}/data-sets").json()
        assert listed["paging"]["totalResults"] == 0


def test_the_catalogue_lists_the_latest_files_with_both_kinds_of_id(ees, provision):
    listing = f"{ees.content}/data-set-files"
    wanted = {"publicationId": samples.SEN_IN_ENGLAND.id, "latestOnly": "true", "pageSize": 40}
    (one,) = requests.get(listing, params=wanted).json()["results"]
    api = requests.get(provision).json()
    assert one["api"] == {"id": samples.SEN_PROVISION_ID, "version": "1.1"}
    assert one["id"] == api["latestVersion"]["file"]["id"]
    assert one["meta"]["numDataFileRows"] == 216
    everything = requests.get(listing, params={**wanted, "latestOnly": "false"}).json()["results"]
    assert [row["api"]["version"] for row in everything] == ["1.1", "1.0"]
    for end in (f"api/data-set-files/{one['id']}/download", f"data-catalogue/data-set/{one['id']}/csv"):
        answer = requests.get(f"{ees.base}/{end}")
        assert answer.headers["Content-Type"] == "text/csv"
        assert "Content-Encoding" not in answer.headers
        assert answer.text == requests.get(f"{provision}/csv").text
    assert requests.get(f"{listing}/{one['id']}").json()["title"] == samples.SEN_PROVISION
    assert requests.get(listing, params={"pageSize": 41}).status_code == 400
    assert requests.get(listing, params={"searchTerm": "ab"}).status_code == 400


def test_a_file_of_an_amended_release_is_gone():
    (file, *_) = samples.ehc_plans_2025()
    file.current = False
    with EesStandIn(files=[file]) as ees:
        assert requests.get(f"{ees.content}/data-set-files/{file.id}/download").status_code == 404


def test_a_release_comes_as_a_zip_without_a_length(ees):
    answer = requests.get(f"{ees.content}/releases/{samples.EHC_2025.version_id}/files?fromPage=ReleaseDownloads")
    assert "Content-Length" not in answer.headers
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert {"data/caseload.csv", "data/requests.csv", "data-guidance/data-guidance.txt"} <= set(names)


@needs_originals
def test_the_real_release_is_served_byte_for_byte(ees):
    listing = {"publicationId": samples.EHC_PLANS.id, "latestOnly": "true", "pageSize": 40, "searchTerm": "january"}
    (caseload,) = requests.get(f"{ees.content}/data-set-files", params=listing).json()["results"]
    assert caseload["meta"]["timePeriodRange"] == {"from": "2018/19", "to": "2024/25"}
    with zipfile.ZipFile(samples.ORIGINALS / samples.RELEASE_ZIP) as archive:
        assert requests.get(f"{ees.site}/data-catalogue/data-set/{caseload['id']}/csv").content == archive.read(
            "data/caseload.csv"
        )


def test_a_major_version_may_bring_new_ids():
    data_set = samples.made_up_sen_provision()
    before = data_set.latest.meta_lists["filters"][0]["id"]
    text = samples._sen_provision_csv([2024]).replace("State-funded primary", "Primary")
    release = Release("Academic year 2025/26", "2025-26", samples._release_id(2026), "2026-06-12T08:30:00+00:00")
    data_set.add_version("2.0", text, samples._SEN_META, release=release, new_ids=True)
    with EesStandIn([data_set]) as ees:
        address = f"{ees.api}/data-sets/{data_set.id}"
        assert requests.get(f"{address}/meta").json()["filters"][0]["id"] != before
        assert requests.get(f"{address}/meta?dataSetVersion=1.1").json()["filters"][0]["id"] == before
