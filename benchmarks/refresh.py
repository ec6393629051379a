"""Refreshing from a stand-in publisher: requests, bytes, seconds and memory of a first and of a second refresh.

The six files are DfE's own of 2025, as they are; the refreshes bring a made-up
year more. So this needs the publishers' originals beside the project. Each
measurement is of a process of its own; its peak memory is Linux's VmHWM,
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
from sendlib.refresh import ehc_plans
from sendlib import settings
from sendlib.sources.ees import Ees
from sendlib.sources.http import Http
http = Http(settings.read())
folder = Path(settings.read().cache)
ees = Ees(http, folder)
t, c = time.perf_counter(), time.process_time()
listed = ees.files(ehc_plans.PUBLICATION)
for name in ("caseload", "needs", "new_needs", "requests", "assessments", "timeliness_20_week"):
    ees.fetch(ehc_plans._named(listed, ehc_plans.FILES[name]), folder / name)
spent = [time.perf_counter() - t, time.process_time() - c]
print(json.dumps([*spent, http.requests_made, http.bytes_read, peak(), ["fetched"]]))
"""

_REFRESH = """
import json, time
from sendlib.refresh import core
from sendlib import settings
from sendlib.sources.http import Http
http = Http(settings.read())
t, c = time.perf_counter(), time.process_time()
rows = core.run(["ees"], http=http)
spent = [time.perf_counter() - t, time.process_time() - c]
print(json.dumps([*spent, http.requests_made, http.bytes_read, peak(), sorted({row.outcome for row in rows})]))
"""


def main() -> None:
    """Print one line a measurement; the stand-in's own time is within the seconds."""
    from sendlib.store import Store
    from tests.fakes import ees_samples as samples
    from tests.refresh import publisher

    if not samples.has_originals():
        print("refresh                              not measured: the publishers' originals are not beside the project")
        return
    files = samples.ehc_plans_2025()
    with publisher.stand_in(Store(), files) as server, tempfile.TemporaryDirectory() as folder:
        _print("six EHC plans files of 2025", _run(_FETCH, server, folder))
    with publisher.stand_in(Store(), publisher.next_release(files)) as server, tempfile.TemporaryDirectory() as folder:
        first, second = (_run(_REFRESH, server, folder) for _ in range(2))
        _print("first refresh of DfE's six tables", first)
        _print("second refresh, nothing newer", second, f"; {second[0] / first[0]:.2f} x the first")


def _print(what: str, measured: list, more: str = "") -> None:
    seconds, cpu, requests, size, peak, outcomes = measured
    print(
        f"{what:<36} {seconds:6.2f} s   ({cpu:.2f} s CPU, {requests} requests,"
        f" {size / 1e6:.2f} MB, peak memory {peak / 1e6:.0f} MB; {', '.join(outcomes)}{more})"
    )


def _run(code: str, server, folder: str) -> list:
    """What a process of its own measures."""
    environment = {
        **os.environ,
        "SENDLIB_EES_API": server.api,
        "SENDLIB_EES_CONTENT": server.content,
        "SENDLIB_EES_SITE": server.site,
        "SENDLIB_CACHE": folder,
    }
    done = subprocess.run(
        [sys.executable, "-c", _PEAK + code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return json.loads(done.stdout.strip().splitlines()[-1])


if __name__ == "__main__":
    main()
