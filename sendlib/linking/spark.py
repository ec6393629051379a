"""A Spark session that leaves nothing behind: all that it writes aside goes to one folder."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def session(folder: Path, master: str) -> Iterator[Any]:
    """A session of Spark. `master` is Spark's own word for where it runs: `local[*]` is this machine."""
    from pyspark.sql import SparkSession

    folder = folder.resolve()
    java = f"-Djava.io.tmpdir={folder} -Dderby.system.home={folder} -XX:-UsePerfData"
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.driver.extraJavaOptions": java,
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.shuffle.partitions": str(2 * (os.cpu_count() or 1)),
        "spark.log.level": "ERROR",
    }
    builder = SparkSession.builder.master(master).appName("sendlib link")
    for name, value in settings.items():
        builder = builder.config(name, value)
    with _in_environment(folder):
        running = builder.getOrCreate()
    with warnings.catch_warnings():
        # Nothing is handed from Spark to pandas, so that it may be a newer one than Spark knows.
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        try:
            yield running
        finally:
            running.stop()


@contextmanager
def _in_environment(folder: Path) -> Iterator[None]:
    """What Spark starts before its settings are read looks into the environment."""
    given = {"TMPDIR": str(folder), "SPARK_LOCAL_DIRS": str(folder), "SPARK_LAUNCHER_OPTS": "-XX:-UsePerfData"}
    before = {name: os.environ.get(name) for name in given}
    temporary, tempfile.tempdir = tempfile.tempdir, str(folder)
    os.environ.update(given)
    try:
        yield
    finally:
        tempfile.tempdir = temporary
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
