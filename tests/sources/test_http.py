"""The one way to the network: patient with what passes, firm with what does not, and never half a file."""

import gzip
import threading
import time

import pytest

from sendlib.errors import SourceUnavailable
from sendlib.sources import settings as settings_module
from sendlib.sources.http import AT_ONCE, Http, Refused
from tests.fakes.serving import LoopbackServer, Reply, json_reply


def settings_for(tmp_path, base, **more):
    return settings_module.read({**dict.fromkeys(settings_module.ADDRESSES, base), "SENDLIB_CACHE": str(tmp_path / "live"), **more}, tmp_path / "none.toml")


def quick(settings):
    return Http(settings, tries=3, wait=0.01, timeout=(10, 10))


@pytest.fixture
def server():
    def answer(request):
        if request.path.startswith("/file"):
            return Reply(b"a,b\n" + b"1,2\n" * 5000, 200, "text/csv")
        if request.path.startswith("/page"):
            return Reply(b"<!DOCTYPE html><html><body>moved</body></html>", 200, "text/html")
        return json_reply({"path": request.path, "agent": request.headers.get("user-agent", "")})

    running = LoopbackServer(answer, lambda request: ("any",))
    with running as base:
        running.base = base
        yield running


@pytest.fixture
def http(tmp_path, server):
    return quick(settings_for(tmp_path, server.base))


def test_an_honest_name_is_given_and_json_comes_back(http, server):
    answer = http.json(f"{server.base}/x")
    assert answer["path"] == "/x" and "SEND-Explorer" in answer["agent"]


@pytest.mark.parametrize("fault", ["429", "503", "504", "502", "reset", "cut short"])
def test_what_passes_is_waited_for(http, server, fault, tmp_path):
    options = {"retry_after": 0} if fault in ("429", "503") else {}
    server.faults.add(fault, first=2, **options)
    assert http.json(f"{server.base}/x")["path"] == "/x"
    server.faults.clear()
    server.faults.add(fault, first=2, **options)
    found = http.download(f"{server.base}/file", tmp_path / "f.csv")
    assert found.size == 20_004 and found.path.read_bytes().startswith(b"a,b")


@pytest.mark.parametrize("fault", ["429", "503", "504", "502", "reset", "cut short"])
def test_what_does_not_pass_is_told_of_and_leaves_nothing_behind(http, server, fault, tmp_path):
    server.faults.add(fault, **({"retry_after": 0} if fault in ("429", "503") else {}))
    with pytest.raises(SourceUnavailable, match="Try again later"):
        http.json(f"{server.base}/x")
    with pytest.raises(SourceUnavailable):
        http.download(f"{server.base}/file", tmp_path / "f.csv")
    assert list(tmp_path.glob("*")) == [] or [path.name for path in tmp_path.glob("*.csv")] == []
    assert not list(tmp_path.glob(".*part"))


def test_other_refusals_are_not_tried_again(http, server):
    server.faults.add("403 html")
    with pytest.raises(Refused, match="HTTP 403"):
        http.json(f"{server.base}/x")
    assert len(server.log) == 1


def test_retry_after_is_obeyed(http, server):
    server.faults.add("503", first=1, retry_after=1)
    began = time.monotonic()
    http.json(f"{server.base}/x")
    assert time.monotonic() - began >= 1


def test_a_redirect_to_a_stranger_is_refused_before_anything_is_asked(http, server):
    server.faults.add("redirect", to="http://elsewhere.invalid/x")
    with pytest.raises(Refused, match="not one of the publishers' addresses"):
        http.json(f"{server.base}/x")


def test_a_redirect_within_the_publisher_is_followed(http, server):
    server.faults.add("redirect", first=1, to=f"{server.base}/there")
    assert http.json(f"{server.base}/x")["path"] == "/there"


def test_redirects_without_end_are_left(http, server):
    server.faults.add("redirect", to=f"{server.base}/again")
    with pytest.raises(Refused, match="without end"):
        http.json(f"{server.base}/x")


def test_a_stranger_is_never_asked(http):
    for address in ("https://example.org/", "http://127.0.0.1:1/", "file:///etc/hosts"):
        with pytest.raises(Refused, match="not one of the publishers' addresses"):
            http.json(address)


@pytest.mark.parametrize("packed", [False, True])
def test_a_body_without_end_is_cut_off(http, server, tmp_path, packed):
    server.faults.add("endless", packed=packed)
    with pytest.raises(Refused, match="larger than 100,000 bytes"):
        http.download(f"{server.base}/file", tmp_path / "f.csv", largest=100_000)
    assert not (tmp_path / "f.csv").exists()


def test_gzip_that_nobody_asked_for_is_unpacked(http, server, tmp_path):
    server.faults.add("unasked gzip")
    found = http.download(f"{server.base}/file", tmp_path / "f.csv")
    assert not found.path.read_bytes().startswith(gzip.compress(b"")[:2]) and found.size == 20_004


def test_a_page_in_place_of_a_file_is_refused(http, server, tmp_path):
    with pytest.raises(Refused, match="web page where a file was expected"):
        http.download(f"{server.base}/page", tmp_path / "f.csv")
    assert not (tmp_path / "f.csv").exists()


def test_something_that_is_not_json_is_told_of(http, server):
    with pytest.raises(SourceUnavailable, match="not JSON"):
        http.json(f"{server.base}/page")


def test_progress_is_told_and_ends_with_the_whole(http, server, tmp_path):
    seen = []
    http.download(f"{server.base}/file", tmp_path / "f.csv", progress=lambda done, expected: seen.append((done, expected)))
    assert seen[-1][0] == 20_004 and [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_at_most_four_requests_are_under_way_at_once(tmp_path):
    now, most, lock = 0, 0, threading.Lock()

    def answer(request):
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.05)
        with lock:
            now -= 1
        return json_reply({})

    server = LoopbackServer(answer, lambda request: ("any",))
    with server as base:
        http = quick(settings_for(tmp_path, base))
        threads = [threading.Thread(target=http.json, args=(f"{base}/{i}",)) for i in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert 1 < most <= AT_ONCE


def test_offline_means_no_request(tmp_path, server):
    http = quick(settings_for(tmp_path, server.base, SENDLIB_OFFLINE="1"))
    with pytest.raises(SourceUnavailable, match="switched off"):
        http.json(f"{server.base}/x")
    assert not server.log


def test_a_folder_that_can_not_be_written_is_told_of(http, server, tmp_path):
    with pytest.raises(SourceUnavailable, match="could not be written"):
        http.download(f"{server.base}/file", tmp_path / "nowhere" / "f.csv")


@pytest.mark.parametrize("address", ["http://api.example.org", "ftp://127.0.0.1", "api.education.gov.uk", "https://"])
def test_an_unsafe_address_in_the_settings_is_refused(tmp_path, address):
    with pytest.raises(SourceUnavailable, match="must begin with https"):
        settings_module.read({"SENDLIB_EES_API": address}, tmp_path / "none.toml")


def test_settings_come_from_the_environment_before_the_secrets_file(tmp_path):
    secrets = tmp_path / "secrets.toml"
    secrets.write_text('SENDLIB_GIAS = "https://one.example"\nSENDLIB_NOMIS = "https://two.example"\nother = 3\n', "utf-8")
    found = settings_module.read({"SENDLIB_NOMIS": "https://three.example/"}, secrets)
    assert found.address("SENDLIB_GIAS") == "https://one.example" and found.address("SENDLIB_NOMIS") == "https://three.example"
    secrets.write_text("not toml", "utf-8")
    with pytest.raises(SourceUnavailable, match="can not be read"):
        settings_module.read({}, secrets)


def test_a_password_in_an_address_is_refused_and_not_repeated(tmp_path):
    with pytest.raises(SourceUnavailable) as told:
        settings_module.read({"SENDLIB_EES_API": "https://bob:s3cret@example.org"}, tmp_path / "none.toml")
    assert "user name or password" in str(told.value) and "s3cret" not in str(told.value)


def test_a_server_that_drips_is_cut_off(http, server, tmp_path, monkeypatch):
    from sendlib.sources import http as module

    monkeypatch.setattr(module, "LONGEST_DOWNLOAD", 1.0)
    monkeypatch.setattr(module, "LONGEST_ANSWER", 1.0)
    server.faults.add("drip", seconds=0.1, piece=1)
    began = time.monotonic()
    with pytest.raises(SourceUnavailable, match="too slow"):
        http.download(f"{server.base}/file", tmp_path / "f.csv")
    with pytest.raises(SourceUnavailable, match="too slow"):
        http.json(f"{server.base}/x")
    assert time.monotonic() - began < 30 and not list(tmp_path.glob("*.csv"))
