"""The one way to the network: patient with what passes, firm with what does not, and never half a file."""

import gzip
import socket
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import urllib3

from sendlib import settings as settings_module
from sendlib.errors import SourceUnavailable
from sendlib.sources import http as module
from sendlib.sources import patience
from sendlib.sources.http import AT_ONCE, Http, Refused
from tests.fakes.serving import LoopbackServer, Reply, json_reply

PATIENT = 60


def settings_for(tmp_path, base, **more):
    return settings_module.read(
        {**dict.fromkeys(settings_module.ADDRESSES, base), "SENDLIB_CACHE": str(tmp_path / "live"), **more},
        tmp_path / "none.toml",
    )


def quick(settings):
    """Little waiting between tries, and time-outs that no machine is too slow for."""
    return Http(settings, tries=3, wait=0.01, timeout=(PATIENT, PATIENT))


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


PASSING = ["429", "503", "504", "502", "reset", "cut short", "cut gzip"]


@pytest.mark.parametrize("fault", PASSING)
def test_what_passes_is_waited_for(http, server, fault, tmp_path):
    options = {"retry_after": 0} if fault in ("429", "503") else {}
    server.faults.add(fault, first=2, **options)
    assert http.json(f"{server.base}/x")["path"] == "/x"
    server.faults.clear()
    server.faults.add(fault, first=2, **options)
    found = http.download(f"{server.base}/file", tmp_path / "f.csv")
    assert found.size == 20_004 and found.path.read_bytes().startswith(b"a,b")


@pytest.mark.parametrize("fault", PASSING)
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


@pytest.mark.parametrize("later", [False, True])
@pytest.mark.parametrize("fault", ["429", "503"])
def test_who_asks_to_wait_long_is_not_asked_before_and_it_is_said_how_long(http, server, monkeypatch, fault, later):
    server.faults.add(fault, first=1, retry_after=3600)
    with pytest.raises(SourceUnavailable, match=f"HTTP {fault}. and asked to wait 3600 seconds. Try again later"):
        http.json(f"{server.base}/x")
    assert len(server.log) == 1
    if later:
        now = time.monotonic()
        monkeypatch.setattr(time, "monotonic", lambda: now + 3601)
        assert http.json(f"{server.base}/y")["path"] == "/y"
        return
    with pytest.raises(SourceUnavailable, match=r"was not asked: .* asked to wait, 3\d\d\d seconds more"):
        http.json(f"{server.base}/y")
    assert len(server.log) == 1


def test_a_wait_that_is_named_by_its_end_is_understood(tmp_path):
    end = format_datetime(datetime.now(UTC) + timedelta(days=3), usegmt=True)
    base, seen, listening = raw(f"HTTP/1.1 503 Busy\r\nRetry-After: {end}\r\nContent-Length: 0\r\n\r\n".encode())
    with listening, pytest.raises(SourceUnavailable, match=r"asked to wait 2\d{5} seconds"):
        quick(settings_for(tmp_path, base)).json(f"{base}/x")
    assert len(seen) == 1


def test_every_request_and_every_byte_is_counted_once_also_from_several_threads(http, server):
    server.faults.add("503", first=2, retry_after=0)
    asked = [threading.Thread(target=http.json, args=(f"{server.base}/x",)) for _ in range(12)]
    for thread in asked:
        thread.start()
    for thread in asked:
        thread.join()
    assert http.requests_made == len(server.log) == 12 + 2
    assert http.bytes_read == 12 * len(json_reply({"path": "/x", "agent": module.AGENT}).body)


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
    http.download(
        f"{server.base}/file", tmp_path / "f.csv", progress=lambda done, expected: seen.append((done, expected))
    )
    assert seen[-1][0] == 20_004 and [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_at_most_four_requests_are_under_way_at_once(tmp_path):
    now, most, lock = 0, 0, threading.Lock()
    four, five = threading.Event(), threading.Event()

    def answer(request):
        """Wait until four requests are here, and then a little for a fifth that must not come."""
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
            if now == AT_ONCE:
                four.set()
            if now > AT_ONCE:
                five.set()
        four.wait(PATIENT)
        five.wait(0.05)
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
    assert most == AT_ONCE and http.requests_made == 20


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
    secrets.write_text(
        'SENDLIB_GIAS = "https://one.example"\nSENDLIB_NOMIS = "https://two.example"\nother = 3\n', "utf-8"
    )
    found = settings_module.read({"SENDLIB_NOMIS": "https://three.example/"}, secrets)
    assert (
        found.address("SENDLIB_GIAS") == "https://one.example"
        and found.address("SENDLIB_NOMIS") == "https://three.example"
    )
    secrets.write_text("not toml", "utf-8")
    with pytest.raises(SourceUnavailable, match="can not be read"):
        settings_module.read({}, secrets)


def test_a_password_in_an_address_is_refused_and_not_repeated(tmp_path):
    with pytest.raises(SourceUnavailable) as told:
        settings_module.read({"SENDLIB_EES_API": "https://bob:s3cret@example.org"}, tmp_path / "none.toml")
    assert "user name or password" in str(told.value) and "s3cret" not in str(told.value)


@pytest.fixture
def short_bodies(monkeypatch):
    """A second for a whole body.

    It counts from the headers on, so that a machine that is slow to answer does
    no harm.
    """
    for name in ("LONGEST_DOWNLOAD", "LONGEST_ANSWER", "LONGEST_REFUSAL"):
        monkeypatch.setattr(module, name, 1.0)


@pytest.fixture
def short_headers(monkeypatch):
    """A second for headers: only for servers whose headers never end."""
    monkeypatch.setattr(patience, "LONGEST_HEADERS", 1.0)


def test_a_reader_that_wakes_before_the_cut_is_done_says_too_slow_all_the_same(http, server, short_bodies, monkeypatch):
    shut = urllib3.HTTPResponse.shutdown

    def slowly(response):
        shut(response)
        time.sleep(0.5)

    monkeypatch.setattr(urllib3.HTTPResponse, "shutdown", slowly)
    server.faults.add("drip", seconds=1, piece=1)
    with pytest.raises(SourceUnavailable, match="too slow"):
        http.json(f"{server.base}/x")


def test_a_server_that_drips_is_cut_off(http, server, tmp_path, short_bodies):
    server.faults.add("drip", seconds=1, piece=1)
    with pytest.raises(SourceUnavailable, match="too slow"):
        http.download(f"{server.base}/file", tmp_path / "f.csv")
    with pytest.raises(SourceUnavailable, match="too slow"):
        http.json(f"{server.base}/x")
    assert http.requests_made == 2 and not list(tmp_path.glob("*.csv"))


@pytest.mark.parametrize(("status", "said"), [(403, "refused .HTTP 403"), (503, "not available now")])
def test_a_refusal_that_drips_is_cut_off_too(http, server, short_bodies, status, said):
    server.faults.add("dripping refusal", status=status, seconds=0.5)
    with pytest.raises(SourceUnavailable, match=said):
        http.json(f"{server.base}/x")
    assert server.log[0].bytes_sent < 100_000


@pytest.mark.parametrize("fault", ["dripping status line", "dripping headers"])
def test_headers_that_drip_are_cut_off_too_and_count_as_silence(tmp_path, server, short_headers, fault):
    http = Http(settings_for(tmp_path, server.base), tries=4, wait=0.01, timeout=(PATIENT, PATIENT))
    server.faults.add(fault)
    with pytest.raises(SourceUnavailable, match="can not be reached: nothing came in time"):
        http.json(f"{server.base}/x")
    assert http.requests_made == 2
    with pytest.raises(SourceUnavailable, match="did not answer before"):
        http.json(f"{server.base}/y")


def test_a_packing_that_nobody_asked_for_is_refused_and_not_taken_for_data(http, server, tmp_path):
    server.faults.add("other packing")
    with pytest.raises(Refused, match="packed as 'br'"):
        http.download(f"{server.base}/file", tmp_path / "f.csv")
    assert not list(tmp_path.glob("*.csv"))


def raw(answer):
    """A server that answers every request with these bytes as they are; its address and the requests it saw."""
    seen = []
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                seen.append(connection.recv(65536))
                connection.sendall(answer(len(seen)) if callable(answer) else answer)

    threading.Thread(target=serve, daemon=True).start()
    return f"http://127.0.0.1:{listening.getsockname()[1]}", seen, listening


def test_too_large_is_not_tried_again_even_with_retry_after(tmp_path):
    base, seen, listening = raw(b"HTTP/1.1 413 Too Large\r\nRetry-After: 0\r\nContent-Length: 2\r\n\r\nno")
    with listening, pytest.raises(Refused, match="HTTP 413"):
        quick(settings_for(tmp_path, base)).json(f"{base}/x")
    assert len(seen) == 1


@pytest.mark.parametrize("wait", ["soon", "0.5", "", "Wed, 99 Foo 2026", "9" * 5000, "Wed, 01 Jan 99999 00:00:00 GMT"])
def test_a_retry_after_that_nobody_can_read_means_the_usual_wait(tmp_path, wait):
    busy = f"HTTP/1.1 503 Busy\r\nRetry-After: {wait}\r\nContent-Length: 0\r\n\r\n".encode()
    base, seen, listening = raw(
        lambda number: busy if number == 1 else b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
    )
    with listening:
        assert quick(settings_for(tmp_path, base)).json(f"{base}/x") == {} and len(seen) == 2


@pytest.mark.parametrize("body", [b'{"rows": [1, 2', b""])
def test_json_without_a_length_that_breaks_off_is_asked_for_again(tmp_path, body):
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
    base, seen, listening = raw(lambda number: head + (body if number == 1 else b'{"rows": [1, 2]}'))
    with listening:
        assert quick(settings_for(tmp_path, base)).json(f"{base}/x") == {"rows": [1, 2]} and len(seen) == 2


def test_a_redirect_to_something_that_is_no_address_is_refused(http, server):
    server.faults.add("redirect", to="http://[::1")
    with pytest.raises(Refused, match="something that is no address"):
        http.json(f"{server.base}/x")


def test_a_publisher_that_is_silent_twice_is_not_asked_again(tmp_path, server):
    http = Http(settings_for(tmp_path, server.base), tries=4, wait=0.01, timeout=(PATIENT, 0.5))
    server.faults.add("never")
    with pytest.raises(SourceUnavailable, match="nothing came in time"):
        http.json(f"{server.base}/x")
    assert http.requests_made == 2
    with pytest.raises(SourceUnavailable, match="did not answer before"):
        http.json(f"{server.base}/y")
    assert http.requests_made == 2


@pytest.mark.parametrize("download", [False, True])
def test_a_publisher_that_falls_silent_in_a_body_is_not_asked_again_either(tmp_path, server, download):
    http = Http(settings_for(tmp_path, server.base), tries=4, wait=0.01, timeout=(PATIENT, 1))
    server.faults.add("falls silent")
    with pytest.raises(SourceUnavailable, match="nothing came in time"):
        http.download(f"{server.base}/file", tmp_path / "f.csv") if download else http.json(f"{server.base}/x")
    with pytest.raises(SourceUnavailable, match="did not answer before .nothing came in time"):
        http.json(f"{server.base}/y")
    assert not list(tmp_path.glob("*.csv"))


def test_a_body_is_asked_for_twice_when_it_falls_silent(http, server, monkeypatch):
    def falls_silent(answer, url):
        yield b'{"path": '
        raise urllib3.exceptions.ReadTimeoutError(None, url, "Read timed out.")

    monkeypatch.setattr(module, "_unpacked", falls_silent)
    with pytest.raises(SourceUnavailable, match="broke off while sending .nothing came in time"):
        http.json(f"{server.base}/x")
    assert len(server.log) == 2


def test_why_a_publisher_can_not_be_reached_is_said_in_words(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        refused = f"http://127.0.0.1:{closed.getsockname()[1]}"
    with pytest.raises(SourceUnavailable, match="the connection was refused"):
        quick(settings_for(tmp_path, refused)).json(f"{refused}/x")
    unknown = "https://publisher.invalid"
    with pytest.raises(SourceUnavailable, match="its name is not known|the proxy of this network"):
        quick(settings_for(tmp_path, unknown)).json(f"{unknown}/x")


@pytest.mark.parametrize(("days", "off"), [(0, False), (-90, True), (40, True)])
def test_a_clock_that_is_wrong_is_noticed_from_the_publishers_date(tmp_path, days, off):
    date = format_datetime(datetime.now(UTC) + timedelta(days=days), usegmt=True)
    base, _, listening = raw(f"HTTP/1.1 200 OK\r\nDate: {date}\r\nContent-Length: 2\r\n\r\n{{}}".encode())
    with listening:
        http = quick(settings_for(tmp_path, base))
        assert http.clock_is_off == ""
        http.json(f"{base}/x")
    assert ("set it right" in http.clock_is_off) == off


@pytest.mark.parametrize(
    ("word", "off"),
    [
        ("true", True),
        ("1", True),
        ("YES", True),
        (" on ", True),
        ("false", False),
        ("False", False),
        ("0", False),
        ("no", False),
        ("off", False),
        ("", False),
    ],
)
def test_the_network_is_switched_off_by_a_word_that_says_so_and_by_no_other(tmp_path, word, off):
    assert settings_module.read({"SENDLIB_OFFLINE": word}, tmp_path / "none.toml").offline == off


@pytest.mark.parametrize(
    ("line", "off"), [("true", True), ("false", False), ("1", True), ("0", False), ('"no"', False)]
)
def test_the_network_is_switched_off_in_the_secrets_file_as_toml_writes_it(tmp_path, line, off):
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(f"SENDLIB_OFFLINE = {line}\n", "utf-8")
    assert settings_module.read({}, secrets).offline == off


@pytest.mark.parametrize("word", ["offline", "2", "nein", "[]"])
def test_a_word_that_is_neither_on_nor_off_is_refused_by_the_name_of_its_setting(tmp_path, word):
    with pytest.raises(SourceUnavailable, match="SENDLIB_OFFLINE is .* must be true or false"):
        settings_module.read({"SENDLIB_OFFLINE": word}, tmp_path / "none.toml")


@pytest.mark.parametrize("address", ["http://[::1", "https://example.org:abc", "https://example.org:99999"])
def test_a_setting_that_is_no_address_is_refused_by_its_name(tmp_path, address):
    with pytest.raises(SourceUnavailable, match="SENDLIB_EES_API is"):
        settings_module.read({"SENDLIB_EES_API": address}, tmp_path / "none.toml")


def test_the_body_of_a_redirect_is_not_read(tmp_path):
    def answer(number):
        if number == 1:
            return (
                b"HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 90000000\r\nConnection: close\r\n\r\n"
                + b"x" * 1000
            )
        return b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"

    base, seen, listening = raw(answer)
    with listening:
        http = quick(settings_for(tmp_path, base))
        assert http.json(f"{base}/x") == {} and b"/there" in seen[1] and http.bytes_read == 2
