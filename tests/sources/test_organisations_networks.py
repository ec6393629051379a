"""Networks of organisations: web filters with certificates of their own, proxies, pages to sign in on."""

import shutil
import socket
import ssl
import subprocess
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sendlib.errors import SourceUnavailable
from tests.fakes.serving import LoopbackServer, Reply
from tests.sources.test_http import quick, settings_for


@pytest.fixture
def filtered(tmp_path_factory):
    """A publisher whose connection a web filter signs again: (its address, the filter's own certificate)."""
    folder = tmp_path_factory.mktemp("filter")
    if not shutil.which("openssl"):
        pytest.skip("openssl, which makes a certificate for this test, is not installed")
    words = "openssl req -x509 -newkey rsa:2048 -nodes -keyout key -out own -days 2 -subj /CN=localhost"
    subprocess.run(
        [*words.split(), "-addext", "subjectAltName=DNS:localhost"], cwd=folder, check=True, capture_output=True
    )

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *words):
            pass

    stand = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "own", folder / "key")
    stand.socket = context.wrap_socket(stand.socket, server_side=True)
    threading.Thread(target=stand.serve_forever, daemon=True).start()
    yield f"https://localhost:{stand.server_port}", str(folder / "own")
    stand.shutdown()
    stand.server_close()


@pytest.fixture
def no_proxy(monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)


def test_a_web_filters_certificate_is_named_with_the_remedy_and_nobody_is_told_to_wait(filtered, no_proxy, tmp_path):
    address, _ = filtered
    with pytest.raises(SourceUnavailable) as failed:
        quick(settings_for(tmp_path, address)).json(f"{address}/x")
    said = str(failed.value)
    assert "web filter" in said and "REQUESTS_CA_BUNDLE" in said and "later" not in said


@pytest.mark.parametrize("setting", ["REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"])
def test_the_remedy_works(filtered, no_proxy, tmp_path, monkeypatch, setting):
    address, own = filtered
    monkeypatch.setenv(setting, own)
    assert quick(settings_for(tmp_path, address)).json(f"{address}/x") == {}


def test_a_bundle_that_is_not_there_is_told_of(filtered, no_proxy, tmp_path, monkeypatch):
    address, _ = filtered
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "nothing"))
    with pytest.raises(SourceUnavailable, match="REQUESTS_CA_BUNDLE must name a file"):
        quick(settings_for(tmp_path, address)).json(f"{address}/x")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"HTTP/1.1 407 Proxy Authentication Required", "wants a name and a password: set HTTPS_PROXY"),
        (b"HTTP/1.1 403 Forbidden", "Ask those who run it to let this address through"),
    ],
    ids=["a name and password", "not allowed"],
)
def test_what_a_proxy_refuses_is_said_with_what_to_do(no_proxy, tmp_path, monkeypatch, answer, said):
    def stands(hole):
        with suppress(OSError):
            while True:
                asked, _ = hole.accept()
                asked.recv(4000)
                asked.sendall(answer + b"\r\nContent-Length: 0\r\n\r\n")
                asked.close()

    with socket.create_server(("127.0.0.1", 0)) as hole:
        threading.Thread(target=stands, args=(hole,), daemon=True).start()
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{hole.getsockname()[1]}")
        address = "https://publisher.example"
        with pytest.raises(SourceUnavailable) as failed:
            quick(settings_for(tmp_path, address)).json(f"{address}/x")
    assert said in str(failed.value) and "later" not in str(failed.value)


def test_a_proxy_that_is_not_there_is_told_of(no_proxy, tmp_path, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{closed.getsockname()[1]}")
    address = "https://publisher.example"
    with pytest.raises(SourceUnavailable, match="the proxy of this network can not be reached.*Set HTTPS_PROXY"):
        quick(settings_for(tmp_path, address)).json(f"{address}/x")


def test_a_page_to_sign_in_on_is_told_from_a_publishers_answer(tmp_path):
    page = Reply(b"<!DOCTYPE html><title>Sign in</title>", 200, "text/html")
    with LoopbackServer(lambda request: page, lambda request: ("any",)) as base:
        http = quick(settings_for(tmp_path, base))
        with pytest.raises(SourceUnavailable, match="not JSON.*sign in there with a browser"):
            http.json(f"{base}/x")
        with pytest.raises(SourceUnavailable, match="where a file was expected.*sign in there with a browser"):
            http.download(f"{base}/x.csv", tmp_path / "x.csv")
