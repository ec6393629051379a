"""Refreshing from a stand-in publisher: requests, bytes, seconds and memory of a first and of a second refresh.

The release is DfE's of 2026, whole and in its own layout (tests/fakes/ees_2026.py says what of it is made up), so this
needs the publishers' originals beside the project. The other publications of `refresh ees` have no release at the
stand-in. Each measurement is of a process of its own that runs the command line; its peak memory is Linux's VmHWM,
because ru_maxrss of a child begins with what its parent had. Run as `python -m benchmarks.refresh`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_PEAK = """
from pathlib import Path
def peak():
    status = Path("/proc/self/status").read_text()
    return 1024 * int(status.split("VmHWM:")[1].split()[0])
"""

_FETCH = """
import json, time
from sendlib.refresh import ehc_release
from sendlib import settings
from sendlib.sources.ees import Ees
from sendlib.sources.http import Http
http = Http(settings.read())
folder = Path(settings.read().cache)
ees = Ees(http, folder)
names = [name for names in ehc_release.FILES.values() for name in names]
t, c = time.perf_counter(), time.process_time()
for file in ees.files(ehc_release.PUBLICATION):
    if Path(file.filename).stem in names:
        ees.fetch(file, folder / file.filename)
spent = [time.perf_counter() - t, time.process_time() - c]
print(json.dumps([*spent, http.requests_made, http.bytes_read, peak(), "fetched"]))
"""

_REFRESH = """
import json, sys, time
from sendlib.__main__ import main
from sendlib.refresh import core
from sendlib.sources import http
made = []
class Counted(http.Http):
    def __init__(self, *settings):
        super().__init__(*settings)
        made.append(self)
core.Http = Counted
t, c = time.perf_counter(), time.process_time()
code = main(["refresh", *sys.argv[1:]])
spent = [time.perf_counter() - t, time.process_time() - c]
requests, size = sum(one.requests_made for one in made), sum(one.bytes_read for one in made)
print()
print(json.dumps([*spent, requests, size, peak(), f"exit code {code}"]))
"""


def main() -> None:
    """Print one line a measurement; the stand-in's own time is within the seconds."""
    from sendlib.store import Store
    from tests.fakes import ees_samples as samples
    from tests.refresh import publisher

    if not samples.has_originals():
        print("refresh                              not measured: the publishers' originals are not beside the project")
        return
    with publisher.stand_in(Store(), samples.ehc_catalogue_2026()) as server:
        with tempfile.TemporaryDirectory() as folder:
            _print("files of EHC plans, downloads only", _run(_FETCH, server, folder))
        for source in ("ehc_plans", "ees"):
            with tempfile.TemporaryDirectory() as folder:
                first, second = (_run(_REFRESH, server, folder, source) for _ in range(2))
            _print(f"first refresh {source}", first)
            _print(f"second refresh {source}, nothing newer", second, f"; {second[0] / first[0]:.2f} x the first")


def _print(what: str, measured: list, more: str = "") -> None:
    seconds, cpu, requests, size, peak, outcome = measured
    print(
        f"{what:<40} {seconds:6.2f} s   ({cpu:.2f} s CPU, {requests} requests,"
        f" {size / 1e6:.2f} MB, peak memory {peak / 1e6:.0f} MB; {outcome}{more})"
    )


def _run(code: str, server, folder: str, *arguments: str) -> list:
    """What a process of its own measures."""
    environment = {
        **os.environ,
        "SENDLIB_EES_API": server.api,
        "SENDLIB_EES_CONTENT": server.content,
        "SENDLIB_EES_SITE": server.site,
        "SENDLIB_CACHE": folder,
    }
    done = subprocess.run(
        [sys.executable, "-c", _PEAK + code, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return json.loads(done.stdout.strip().splitlines()[-1])


if __name__ == "__main__":
    main()
