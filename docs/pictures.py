"""The pictures of the README, made anew: `python -m docs.pictures`.

Starts the app, opens a few views in Chromium (CHROMIUM names another program) and writes them beside this file. Needs
playwright (requirements-dev.txt); with Pillow the files are a third as large.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).resolve().parent
LARGEST = 150_000
"""Bytes of a picture: all of them are fetched with the README."""
PATIENCE = 120_000


@dataclass(frozen=True)
class View:
    """A view in the browser: the address of the page, what must be drawn, the size of the window, and to which part of
    the page it is scrolled."""

    address: str
    drawn: str
    width: int = 1280
    height: int = 860
    part: str = ""


VIEWS = {
    "start": View("start?area=879", ".spark", height=720),
    "needs": View("needs?area=879", "[data-testid=stVegaLiteChart] svg", part="h2"),
    "places": View("places?area=879", ".map[data-ready]", part="ul.key"),
    "show": View("getting_help?area=879&mode=show", "[data-testid=stVegaLiteChart] svg", height=720),
    "families": View("my_area?area=879&mode=families", ".figure", width=390, height=844),
}


@contextmanager
def _running_app() -> Iterator[str]:
    """The app on a free port, without the network."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    server = subprocess.Popen(
        [*command, "--server.headless", "true"], cwd=HERE.parent, env={**os.environ, "SENDLIB_OFFLINE": "1"}
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/_stcore/health")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=60)


def _wait_for(address: str) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(240):
        try:
            direct.open(address, timeout=1)
            return
        except OSError:
            time.sleep(0.5)
    raise TimeoutError(f"nothing answers at {address}")


def _take(page: Page, view: View, address: str, file: Path) -> None:
    page.set_viewport_size({"width": view.width, "height": view.height})
    page.goto(f"{address}/{view.address}")
    page.locator(view.drawn).first.wait_for(timeout=PATIENCE)
    page.wait_for_timeout(1500)
    at_rest = "!document.querySelector('[data-testid=stStatusWidget], [data-stale=true]')"
    page.wait_for_function(at_rest, timeout=PATIENCE)
    if view.part:
        # Under the bar that stays at the top.
        page.locator(view.part).first.evaluate(
            "part => { part.style.scrollMarginTop = '80px'; part.scrollIntoView({ block: 'start' }); }"
        )
        page.wait_for_timeout(500)
    page.screenshot(path=file)
    _smaller(file)
    size = file.stat().st_size
    print(f"{file.relative_to(HERE.parent)}: {view.width} x {view.height}, {size // 1000} KB")
    if size > LARGEST:
        raise ValueError(f"{file.name} has more than {LARGEST // 1000} KB")


def _smaller(file: Path) -> None:
    """The same picture with 256 colours, where Pillow is at hand."""
    try:
        from PIL import Image
    except ImportError:
        return
    with Image.open(file) as picture:
        reduced = picture.convert("RGB").quantize(256)
    reduced.save(file, optimize=True)


def main() -> None:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with _running_app() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--use-angle=swiftshader"])
        page = browser.new_context(color_scheme="light", reduced_motion="reduce").new_page()
        for name, view in VIEWS.items():
            _take(page, view, address, HERE / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
