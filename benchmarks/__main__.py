"""Start, reruns, answers, memory and size, measured in one run on one machine.

Machines differ and are noisy, so a page's rerun is given as a multiple of the
rerun of an empty Streamlit page in the same run, in CPU time beside latency.
"""

from __future__ import annotations

import json
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
RERUNS = 40
CHOSEN = {"needs": ("who=all_sen", "drawn=recording")}
"""Page -> choices with which it does other work than without them, measured as well (in Explore)."""

_ASK_ALL = """
import json, time
t = time.perf_counter()
from sendlib.store import Store
from sendlib import questions
from sendlib.compared.comparators import known_areas
store = Store()
areas = known_areas(store)
questions.named("needs").ask(store, areas.get("879"), "neighbours-2025", {})
first = time.perf_counter() - t
t, c = time.perf_counter(), time.process_time()
for area in areas.authorities.values():
    for name in questions.names():
        questions.named(name).ask(store, area, "neighbours-2025", {})
print(json.dumps([first, time.perf_counter() - t, time.process_time() - c, len(areas.authorities)]))
"""


_MIXES = """
import json, time
from sendlib.store import Store
from sendlib.compared import mixes
from sendlib.compared.cohorts import COHORTS
from sendlib.compared.comparators import CHOICES, known_areas
store = Store()
known_areas(store)
times = {}
for who in COHORTS:
    for choice in CHOICES:
        t = time.perf_counter()
        mixes.of_choice(store, choice, who)
        times[f"{who}, {choice}"] = time.perf_counter() - t
print(json.dumps(times))
"""


_AHEAD = """
import json, time
import numpy as np
from sendlib.store import Store
from sendlib.tables import life_limiting
from sendlib.methods import scenarios
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.questions.looking_ahead.scenarios import named
from sendlib.compared.comparators import known_areas
store, evidence = Store(), life_limiting.shipped()
codes = list(known_areas(store).authorities)
store.table("population"), store.table("population_england")
# All that the page would do after reading its tables: share children out, draw, and take the limits.
t, c = time.perf_counter(), time.process_time()
shared = children.shared_out(store, evidence, "ons-2022", "2030-06")
ways = list(named(evidence).values())
assert len(ways) == 6
expected = np.array([[shared.children(way.end, code) for way in ways] for code in codes])
draws = scenarios.simulated_children(expected, 0.1, 1000, seed=1)
limits = np.quantile(draws, [0.1, 0.9], axis=0)
print(json.dumps([time.perf_counter() - t, time.process_time() - c, draws.shape]))
"""


_MAP = """
import json, logging, time
logging.disable(logging.WARNING)
from streamlit.testing.v1 import AppTest
test = AppTest.from_file("pages/places.py", default_timeout=120)
sizes, times = [], []
for area in ("879", "888", "316", "370", "919"):
    test.query_params["area"] = area
    t = time.process_time()
    test.run()
    times.append(time.process_time() - t)
    sizes.append(len(test.get("bidi_component")[0].proto.SerializeToString()))
from sendlib import pictures, questions, service
answer = service.ask(questions.named("places"), "888", "", {"show": "both"}, "", ())
t = time.perf_counter()
for _ in range(50):
    pictures.of(answer, "map", "explore")
print(json.dumps([(time.perf_counter() - t) / 50, max(sizes), sorted(times[1:])[2]]))
"""


_KINDS = """
import json, time
from sendlib import questions
from sendlib.compared import comparators, widened
from sendlib.store import Store
AREAS = {"authority": "879", "group": "878,879,880", "region": "E12000009", "board": "QJK"}

def asked(store, code, name):
    # CPU seconds of one question of an area, rows of the area included.
    area = widened.directory(store).get(code)
    began = time.process_time()
    questions.named(name).ask(comparators.store_for(store, area), area, "england", {})
    return time.process_time() - began

for name in questions.names():
    asked(Store(), "370", name)  # imports
found = {}
for kind, code in AREAS.items():
    first, again = Store(), Store()
    for name in questions.names():
        asked(again, "370", name)
    found[kind] = [
        sum(asked(first, code, name) for name in questions.names()),
        sum(asked(again, code, name) for name in questions.names()),
        sum(asked(again, code, name) for name in questions.names()),
    ]
print(json.dumps(found))
"""


def main() -> None:
    wall, memory = start()
    print(
        f"process start to first served page   {wall:6.2f} s   (peak memory of the server"
        f" {memory / 1e6:.0f} MB after each page)"
    )
    first, all_wall, all_cpu, number = json.loads(run(_ASK_ALL))
    print(f"open the snapshot, answer one question {first:4.2f} s   (imports included)")
    print(f"ask every question of {number} areas      {all_wall:6.2f} s   ({all_cpu:.2f} s CPU)")
    mixes = json.loads(run(_MIXES))
    for choice, seconds in mixes.items():
        print(f"mixes of all areas, {choice:<32} {seconds:6.3f} s   (intervals, q-values, divergence)")
    print(f"all of them together                {sum(mixes.values()):6.3f} s")
    seconds, cpu, (draws, places, ways) = json.loads(run(_AHEAD))
    print(f"{places} areas x {ways} scenarios x {draws:,} draws {seconds:6.2f} s   ({cpu:.2f} s CPU)")
    spec, size, changed = json.loads(run(_MAP))
    static = sum(file.stat().st_size for file in (ROOT / "static").rglob("*.js*"))
    print(
        f"the map's drawing, made warm         {1000 * spec:6.1f} ms   ({size:,} bytes a change; {static:,} bytes once)"
    )
    print(f"Places after a change of area        {1000 * changed:6.1f} ms CPU")
    for line in kinds():
        print(line)
    from benchmarks import making, refresh

    making.main()
    refresh.main()
    for line in reruns():
        print(line)
    snapshot = sum(file.stat().st_size for file in (ROOT / "data_cache" / "snapshot").iterdir())
    print(f"snapshot                             {snapshot / 1e6:6.2f} MB")


def kinds() -> list[str]:
    """All questions of an area of each kind, as multiples of an authority's: in a store that nobody has asked yet, in
    one that has answered another authority, and asked again."""
    found = json.loads(run(_KINDS))
    own = found.pop("authority")
    told = f"{own[0]:5.2f} s CPU first, {own[1]:.2f} s after another, {own[2]:.2f} s again"
    lines = [f"every question of an authority        {told}"]
    for kind, times in found.items():
        ratios = [one / other for one, other in zip(times, own, strict=True)]
        told = f"{ratios[0]:5.1f} x first, {ratios[1]:.1f} x after an authority, {ratios[2]:.1f} x again"
        lines.append(f"the same of a {kind:<23} {told}")
    return lines


def run(code: str, *arguments: str) -> str:
    """What a fresh Python prints for some code, on its last line."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout.strip().splitlines()[-1]


def reruns() -> list[str]:
    """Warm reruns of every page beside an empty one, asked for by a browser: CPU of the server, and time until done."""
    import shutil

    program = shutil.which("chromium")
    if not program:
        return ["warm reruns                          not measured: there is no Chromium"]
    from playwright.sync_api import sync_playwright

    lines = []
    with sync_playwright() as playwright, serving("app.py") as app, serving("benchmarks/empty_page.py") as empty:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--use-angle=swiftshader"])
        empty_cpu, empty_wall = warm_rerun(browser, *empty, "")
        lines.append(
            f"warm rerun, empty Streamlit page     {1000 * empty_cpu:6.1f} ms CPU   {1000 * empty_wall:6.0f} ms"
        )
        frozen_cpu, frozen_wall = warm_rerun(browser, *empty, "?freeze=1")
        lines.append(
            f"warm rerun, the same with gc.freeze  {1000 * frozen_cpu:6.1f} ms CPU   {1000 * frozen_wall:6.0f} ms"
        )
        for file in sorted((ROOT / "pages").glob("*.py")):
            name = "" if file.stem == "start" else file.stem
            views = [(mode, f"mode={mode}") for mode in ("explore", "show", "families")]
            for view, query in [*views, *((asked, asked) for asked in CHOSEN.get(file.stem, ()))]:
                cpu, wall = warm_rerun(browser, *app, f"{name}?area=879&{query}")
                lines.append(
                    f"warm rerun, {file.stem:>13} {view:<15}   {1000 * cpu:6.1f} ms CPU   {1000 * wall:6.0f} ms"
                    f"   {cpu / empty_cpu:4.1f} x the empty page, {cpu / frozen_cpu:4.1f} x the frozen one"
                )
        browser.close()
    return lines


def warm_rerun(browser: object, address: str, process: psutil.Process, path: str) -> tuple[float, float]:
    """CPU seconds of the server and seconds until done for one rerun, the mean of RERUNS after a few to warm up."""
    page = browser.new_context().new_page()  # type: ignore[attr-defined]
    page.goto(f"{address}/{path}")
    page.locator("h1, [data-testid=stMarkdown]").first.wait_for(timeout=60_000)
    page.wait_for_timeout(2500)
    done = "() => document.querySelector('[data-testid=stApp]').getAttribute('data-test-script-state') === 'notRunning'"

    def rerun_once() -> float:
        began = time.perf_counter()
        page.keyboard.press("r")
        page.wait_for_timeout(30)
        page.wait_for_function(done, timeout=30_000)
        return time.perf_counter() - began

    for _ in range(4):
        rerun_once()
    before = sum(process.cpu_times()[:2])
    wall = []
    for _ in range(RERUNS):
        wall.append(rerun_once())
    page.wait_for_timeout(300)
    used = sum(process.cpu_times()[:2]) - before
    page.context.close()
    return used / RERUNS, statistics.median(wall)


@contextmanager
def serving(script: str) -> Iterator[tuple[str, psutil.Process]]:
    """A Streamlit server of a script on a free port: its address and process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        script,
        "--server.port",
        str(port),
        "--server.headless",
        "true",
    ]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1):
                    break
            except OSError:
                time.sleep(0.02)
        yield f"http://127.0.0.1:{port}", psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait()


def start() -> tuple[float, int]:
    """Seconds from process start until the first page is served, and the server's memory after every page."""
    times = []
    memory = 0
    for _ in range(3):
        began = time.perf_counter()
        with serving("app.py") as (address, process):
            times.append(time.perf_counter() - began)
            memory = max(memory, visit_pages(address, process))
    return statistics.median(times), memory


def visit_pages(address: str, process: psutil.Process) -> int:
    """Open every page in a browser where there is one; the server's memory in bytes afterwards."""
    import shutil

    program = shutil.which("chromium")
    if program:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=program, args=["--no-sandbox", "--use-angle=swiftshader"]
            )
            page = browser.new_page()
            for file in sorted((ROOT / "pages").glob("*.py")):
                name = "" if file.stem == "start" else file.stem
                page.goto(f"{address}/{name}?area=879")
                page.get_by_role("heading", level=1).first.wait_for(timeout=60_000)
            browser.close()
    return int(process.memory_info().rss)


main()
