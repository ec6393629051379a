"""Two lists in, pairs and a report out, and nothing else anywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sendlib.linking import engine
from sendlib.linking.desk import folder, quality, records, report
from sendlib.linking.desk.layout import Layout
from sendlib.linking.desk.quality import Chosen, Quality

PAIRS, REPORT, NUMBERS = "pairs.csv", "report.html", "quality.csv"
"""What is written."""
LOCAL = "local[*]"
"""Spark on this machine."""
Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Asked:
    """Two lists and their layouts, where to write, and how to link; `master` is where Spark runs."""

    files: tuple[Path, Path]
    layouts: tuple[Layout, Layout]
    to: Path
    chosen: Chosen
    replace: bool = False
    master: str = LOCAL


def link(asked: Asked, progress: Progress) -> Quality:
    """Link two lists and write pairs and report. Raises LinkingUnavailable, FolderRefused and ListRefused; then
    nothing was written."""
    engine.need(asked.chosen.engine)
    folder.check(asked.to, (PAIRS, REPORT, NUMBERS), replace=asked.replace)
    with folder.working(asked.to) as aside:
        made = _linked(asked, aside, progress)
        progress(0.95, "Writing pairs and report")
        contents = {PAIRS: _as_csv(made.pairs), REPORT: report.as_html(made), NUMBERS: report.as_csv(made)}
        for name, content in contents.items():
            (aside / name).write_bytes(content)
        for name in contents:
            (aside / name).replace(asked.to / name)
    progress(1.0, "Done")
    return made


def _linked(asked: Asked, aside: Path, progress: Progress) -> Quality:
    prepared = (aside / "left.parquet", aside / "right.parquet")
    counted = []
    for at, (file, layout, to) in enumerate(zip(asked.files, asked.layouts, prepared, strict=True)):
        progress(0.05 + 0.15 * at, f"Reading {file.name}")
        counted.append(records.prepared(file, layout, to))
    with engine.lists_in_files(*prepared, aside) as database:
        progress(0.35, "Learning from the lists")
        learnt = engine.learnt(database, asked.chosen.way)
        progress(0.6, "Comparing pairs")
        found = (
            engine.pairs_on_spark(learnt, prepared, aside, asked.master)
            if asked.chosen.engine == "spark"
            else engine.pairs(learnt, database)
        )
    return quality.of((counted[0], counted[1]), asked.chosen, found, learnt, prepared[0])


def _as_csv(pairs: pd.DataFrame) -> bytes:
    headings = {
        "left_id": "Left identifier",
        "right_id": "Right identifier",
        "state": "State",
        "certainty": "Certainty",
        "weight": "Weight",
        "forename": "Forename",
        "surname": "Surname",
        "dob": "Date of birth",
        "postcode": "Postcode",
    }
    text: str = pairs.rename(columns=headings).to_csv(index=False, lineterminator="\r\n")
    return text.encode("utf-8-sig")
