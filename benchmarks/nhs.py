"""Filtering the NHS' largest file: seconds and peak memory, measured in a fresh process (`python -m benchmarks.nhs`).

The file is made up, as long as the real main file of a month (175 MB), once
plain and once in a zip archive, once as UTF-8 and once with the lone 0xA0
bytes that some months have.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZE = 175_000_000
_FILTER = """
import json, resource, sys, time
from pathlib import Path
from sendlib.sources import nhs_long
began = time.perf_counter()
levels = {level: nhs_long.LEVELS[level] for level in ("England", "sub-ICB")}
rows = nhs_long.filter_long_csv(Path(sys.argv[1]), ["MHS95"], levels)
print(len(rows), time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, blank in (("UTF-8", b" "), ("with 0xA0", b"\xa0")):
            plain = Path(folder) / "long.csv"
            write(plain, blank)
            packed = plain.with_suffix(".zip")
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                archive.write(plain, "long.csv")
            for path in (plain, packed):
                done = subprocess.run(
                    [sys.executable, "-c", _FILTER, str(path)],
                    cwd=ROOT,
                    capture_output=True,
                    encoding="utf-8",
                    check=True,
                )
                rows, seconds, memory = done.stdout.split()
                print(
                    f"{plain.stat().st_size / 1e6:.0f} MB {name:<10}{path.suffix:<5} {rows:>4} rows"
                    f" {float(seconds):6.2f} s   peak {float(memory):4.0f} MB"
                )


def write(path: Path, blank: bytes) -> None:
    """A made-up main file: 106 sub-ICBs and England with MHS95, and very many rows of other measures."""
    header = (
        "REPORTING_PERIOD_START,REPORTING_PERIOD_END,STATUS,BREAKDOWN,PRIMARY_LEVEL,PRIMARY_LEVEL_DESCRIPTION,SECONDARY_LEVEL,"
        "SECONDARY_LEVEL_DESCRIPTION,MEASURE_ID,MEASURE_NAME,MEASURE_VALUE\n"
    )
    places = [
        ("England", "England"),
        *(("Sub ICB - GP Practice or Residence", f"{number:02d}L") for number in range(106)),
    ]
    row = '01/10/2023,30/09/2024,Performance,{},{},"MADE UP~PLACE, WITH A COMMA",NONE,NONE,MHS95,Made up,{}\n'
    wanted = "".join(row.format(breakdown, code, 5 * number) for number, (breakdown, code) in enumerate(places))
    other = "".join(
        "01/09/2024,30/09/2024,Performance,Provider;"
        f" Age Group,R{number % 300:03d},MADE UP~PROVIDER,{number % 20},NONE,MHS{number % 150},Made up as well,*\n"
        for number in range(20_000)
    )
    pieces = [piece.encode().replace(b"~", blank) for piece in (header, other, wanted)]
    with path.open("wb") as file:
        file.write(pieces[0])
        while file.tell() < SIZE - len(pieces[2]):
            file.write(pieces[1])
        file.write(pieces[2])


if __name__ == "__main__":
    began = time.perf_counter()
    main()
    print(f"in all {time.perf_counter() - began:.0f} s")
