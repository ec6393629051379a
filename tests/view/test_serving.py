"""The server as a browser, a proxy in front of it and a network outside meet it."""

import os
import socket
import subprocess
import sys
import threading
import time

import pytest

from tests.conftest import ROOT

PUBLIC = "insight.council.example"
"""The name by which readers know the server; a proxy in front passes it on, or its own."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        return held.getsockname()[1]


@pytest.fixture(scope="module")
def outside():
    """A proxy that is this machine's only way out: (its address, first lines of what it was asked for)."""
    asked = []

    def listen(hole):
        while True:
            try:
                found, _ = hole.accept()
            except OSError:
                return
            asked.append(found.recv(200).split(b"\r\n")[0])
            found.close()

    with socket.create_server(("127.0.0.1", 0)) as hole:
        threading.Thread(target=listen, args=(hole,), daemon=True).start()
        yield f"http://127.0.0.1:{hole.getsockname()[1]}", asked


@pytest.fixture(scope="module")
def port(outside):
    """The app as README has it hosted behind a proxy that names itself, under a path."""
    number = free_port()
    proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), outside[0])
    options = ["--server.port", str(number), "--server.headless", "true"]
    options += ["--browser.serverAddress", PUBLIC, "--server.baseUrlPath", "send"]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", *options],
        cwd=ROOT,
        env={**os.environ, **proxies},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", number), 1).close()
                break
            except OSError:
                time.sleep(0.2)
        yield number
    finally:
        server.terminate()
        server.wait(20)


@pytest.mark.parametrize(
    ("origin", "host", "answer"),
    [
        ("https://elsewhere.example", "127.0.0.1:8501", b"HTTP/1.1 403"),
        (f"https://{PUBLIC}", "127.0.0.1:8501", b"HTTP/1.1 101"),
        ("https://other-name.example", "other-name.example", b"HTTP/1.1 101"),
    ],
    ids=["a page of somebody else", "a proxy that names itself", "a proxy that keeps the readers' name"],
)
def test_who_may_open_a_connection_is_decided_without_asking_anybody_outside(port, outside, origin, host, answer):
    lines = ["GET /send/_stcore/stream HTTP/1.1", f"Host: {host}", "Connection: Upgrade", "Upgrade: websocket"]
    lines += ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==", f"Origin: {origin}"]
    with socket.create_connection(("127.0.0.1", port), 30) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        assert connection.recv(200).startswith(answer)
    assert not outside[1]
