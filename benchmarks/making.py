"""Make a table: a selection of a table by DuckDB beside reading the whole of its file with pandas, and its memory.

The selections are of the largest tables of the snapshot: a table as it begins, areas by periods, and all of it, of
which the page has the first rows. Run as `python -m benchmarks.making`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_MAKE = """
import json, sys, time
import pandas as pd
from sendlib.compared import widened
from sendlib.made import building, query
from sendlib.made.selection import EVERY, Selection, resolve
from sendlib.store import Store
from sendlib.view.take_away.making import MOST_ROWS
store = Store()
area = widened.directory(store).get("879")
def fastest(make):
    times = []
    for _ in range(7):
        wall, cpu = time.perf_counter(), time.process_time()
        make()
        times.append((time.perf_counter() - wall, time.process_time() - cpu))
    return [min(one) for one in zip(*times)]
found = {}
for name, values in {
    "needs": ("scope", "characteristic", "category", "need"),
    "waits_community": ("service", "band"),
    "care": ("group", "sen", "need", "unit"),
    "outcomes": (),
}.items():
    kinds = ("authorities", "regions", "england", "boards", "providers")
    whole = {value: (EVERY,) for value in values}
    for words, selection in {
        "as it begins": Selection(name),
        "areas by periods": Selection(name, kinds, "all"),
        "all of it": Selection(name, kinds, "all", whole, "list"),
        "all of it, turned": Selection(name, kinds, "all", whole, "period"),
    }.items():
        picked = resolve(store, selection, area)
        path = picked.held.path
        found[f"{name}, {words}"] = [
            query.count(picked),
            *fastest(lambda: query.count(picked)),
            *fastest(lambda: building.make(store, picked, MOST_ROWS)),
            *fastest(lambda: pd.read_parquet(path)),
        ]
print(json.dumps(found))
"""


def main() -> None:
    """A line a selection: CPU of counting and of making, and the latter as a multiple of reading the file."""
    done = subprocess.run([sys.executable, "-c", _MAKE], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    for words, (rows, _, counted, wall, made, _, read) in json.loads(done.stdout.strip().splitlines()[-1]).items():
        print(
            f"make {words:<34} {rows:>8,} rows   counted in {1000 * counted:4.0f} ms CPU, made in {1000 * made:4.0f} ms"
            f" CPU ({1000 * wall:.0f} ms), {made / read:4.1f} x reading all of it with pandas"
        )


if __name__ == "__main__":
    main()
