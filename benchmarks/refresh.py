"""Refreshing from a stand-in publisher: requests, bytes, seconds and memory of a first and of a second refresh.

The files are DfE's own of 2025 with a made-up year more (2026), of twice their size, so this needs the publishers' originals beside
the project. Run as `python -m benchmarks.refresh`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_FETCH = """
import json, sys, tempfile, time
from pathlib import Path
from sendlib.sources import settings
from sendlib.sources.ees import Ees
from sendlib.sources.http import Http
from sendlib.refresh import ehc_plans
http = Http(settings.read())
ees = Ees(http, Path(tempfile.mkdtemp()))
t = time.perf_counter()
six = ("caseload", "needs", "new_needs", "requests", "assessments", "timeliness_20_week")
listed = ees.files(ehc_plans.PUBLICATION)
found = [ees.fetch(ehc_plans._named(listed, ehc_plans.FILES[name]), Path(tempfile.mkdtemp()) / name) for name in six]
print(json.dumps([time.perf_counter() - t, http.requests_made, sum(file.size for file in found)]))
"""

_REFRESH = """
import json, resource, time
from sendlib.refresh import core
from sendlib.sources import settings
from sendlib.sources.http import Http
http = Http(settings.read())
t, c = time.perf_counter(), time.process_time()
rows = core.run(["ees"], http=http)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps([time.perf_counter() - t, time.process_time() - c, http.requests_made, http.bytes_read, peak, sorted({row.outcome for row in rows})]))
"""


def main() -> None:
    """Print one line a measurement; the stand-in's own time is within the seconds."""
    from sendlib.store import Store
    from tests.fakes import ees_samples as samples
    from tests.refresh import publisher

    if not samples.has_originals():
        print("refresh                              not measured: the publishers' originals are not beside the project")
        return
    with publisher.stand_in(Store(), publisher.next_release(samples.ehc_plans_2025())) as server, tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ, "SENDLIB_EES_API": server.api, "SENDLIB_EES_CONTENT": server.content, "SENDLIB_EES_SITE": server.site, "SENDLIB_CACHE": folder,
        }  # fmt: skip
        seconds, requests, size = _run(_FETCH, environment)
        print(f"six EHC plans files, twice 2025's       {seconds:6.2f} s   ({requests} requests, {size / 1e6:.1f} MB)")
        first, cpu, requests, size, peak, outcome = _run(_REFRESH, environment)
        print(f"first refresh of DfE's five tables   {first:6.2f} s   ({cpu:.2f} s CPU, {requests} requests, {size / 1e6:.1f} MB, peak memory {peak / 1e6:.0f} MB; {', '.join(outcome)})")
        second, cpu, requests, size, peak, outcome = _run(_REFRESH, environment)
        print(f"second refresh, nothing newer        {second:6.2f} s   ({cpu:.2f} s CPU, {requests} requests, {size / 1e3:.1f} kB, {second / first:.2f} x the first; {', '.join(outcome)})")


def _run(code: str, environment: dict[str, str]) -> list:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


if __name__ == "__main__":
    main()
