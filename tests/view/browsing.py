"""A real browser on the real app, without a network: its fixtures, and what tests wait for."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from urllib.parse import parse_qs, urlparse

import pytest

from tests.conftest import ROOT

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
NEEDED = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed (CHROMIUM names another program)")
"""The mark of a file whose tests use the browser."""
PATIENCE = 120_000
"""Milliseconds that anything on a page may take: machines that run tests may be slow and busy, and what is late is not
wrong."""

# On a link straight to a page Streamlit looks for its server beside the page before it looks at the
# root; the browser reports these two looks as errors. Nothing else may be reported.
STREAMLIT_LOOKS_FOR_ITS_SERVER = re.compile(r"/\w+/_stcore/(health|host-config)$")


@pytest.fixture(scope="session")
def address():
    """Where the app is: one server for all files of a process, which has asked for its answers before."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.port",
        str(port),
        "--server.headless",
        "true",
    ]
    # A proxy that refuses everything: whatever the server tried to fetch would fail.
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    server = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **nowhere, "no_proxy": "127.0.0.1,localhost"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        for _ in range(240):
            try:
                direct.open(f"http://127.0.0.1:{port}/_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.5)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=60)


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        flags = [
            "--no-sandbox",
            "--disable-gpu",  # without a graphics card to paint by software is the quickest
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ]
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield running
        running.close()


@pytest.fixture
def visit(browser, address):
    """A fresh visitor whose requests and errors are written down; anything amiss fails the test."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE)
    left_the_machine, errors = [], []
    host = urlparse(address).hostname
    page.on(
        "request",
        lambda r: (
            left_the_machine.append(r.url)
            if urlparse(r.url).hostname not in (host, "localhost", None) and not r.url.startswith(("data:", "blob:"))
            else None
        ),
    )
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda m: (
            errors.append(f"{m.text} {m.location['url']}")
            if m.type == "error" and not STREAMLIT_LOOKS_FOR_ITS_SERVER.search(m.location["url"])
            else None
        ),
    )
    yield page
    page.context.close()
    assert not left_the_machine
    assert not errors


def chosen(page):
    return {name: values[0] for name, values in parse_qs(urlparse(page.url).query).items()}


def settled(page, title):
    page.get_by_role("heading", level=1, name=title).wait_for(timeout=PATIENCE)
    at_rest(page)


AT_REST = """
    document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-testid=stStatusWidget], [data-stale=true], .map:not([data-ready])')
"""
"""Streamlit says on its outermost element whether the page is being made; parts that are made again are greyed; a map
says when it is drawn."""


def at_rest(page):
    """Wait until nothing is under way, and nothing begins either: a page that was fitted to its window runs again."""
    for _ in range(2):
        page.wait_for_timeout(300)
        page.wait_for_function(AT_REST, timeout=PATIENCE)


def until(so, page, seconds=120):
    """Wait until `so()` is true: a picture that is drawn without a graphics card takes its time."""
    for _ in range(2 * seconds):
        if so():
            return
        page.wait_for_timeout(500)
    raise AssertionError("it did not come about in time")
