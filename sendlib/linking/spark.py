"""A Spark session that leaves nothing behind: all that it writes aside goes to one folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch


@contextmanager
def session(folder: Path, master: str) -> Iterator[Any]:
    """A session of Spark. `master` is Spark's own word for where it runs: `local[*]` is this machine."""
    from pyspark.sql import SparkSession

    folder = folder.resolve()
    java = f"-Djava.io.tmpdir={folder} -Dderby.system.home={folder} -XX:-UsePerfData"
    settings = {
        "spark.ui.enabled": "false",
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.driver.extraJavaOptions": java,
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.shuffle.partitions": str(4 * (os.cpu_count() or 1)),
        "spark.log.level": "ERROR",
    }
    builder = SparkSession.builder.master(master).appName("sendlib link")
    for name, value in settings.items():
        builder = builder.config(name, value)
    # What Spark starts before its settings are read looks into the environment.
    with patch.dict(os.environ, {"TMPDIR": str(folder), "SPARK_LOCAL_DIRS": str(folder)}), _temporary(folder):
        running = builder.getOrCreate()
        try:
            yield running
        finally:
            running.stop()


@contextmanager
def _temporary(folder: Path) -> Iterator[None]:
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before
