"""A Spark session that leaves nothing behind: all that it writes aside goes to one folder."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_PATIENCE = 30
"""Seconds."""
_LOGGED = """rootLogger.level = error
rootLogger.appenderRef.console.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %m%n
"""
"""What Spark says: errors, on the terminal and in no file."""


@contextmanager
def session(folder: Path, master: str) -> Iterator[Any]:
    """A session of Spark. `master` is Spark's own word for where it runs: `local[*]` is this machine."""
    folder = folder.resolve()
    with warnings.catch_warnings():
        # Nothing is handed from Spark to pandas, so that it may be a newer one than Spark knows.
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master(master).appName("sendlib link")
        for name, value in _settings(folder).items():
            builder = builder.config(name, value)
        with _in_environment(folder):
            running = builder.getOrCreate()
        try:
            yield running
        finally:
            running.stop()
            _end_java()


def _end_java() -> None:
    """End the Java that ran Spark, so that nothing holds on to a file of the folder."""
    from pyspark import SparkContext

    gateway, SparkContext._gateway, SparkContext._jvm = SparkContext._gateway, None, None
    java = getattr(gateway, "proc", None)
    if gateway and java:
        gateway.shutdown()
        java.stdin.close()  # which it takes for the end
        java.wait(_PATIENCE)


def _settings(folder: Path) -> dict[str, str]:
    logged = folder / "log4j2.properties"
    logged.write_text(_LOGGED, "utf-8")
    java = (
        f"-Dlog4j2.configurationFile={logged.as_uri()}",
        f'"-Djava.io.tmpdir={folder}"',
        f'"-Dderby.system.home={folder}"',
        "-XX:-UsePerfData",
    )
    return {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.driver.extraJavaOptions": " ".join(java),
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.shuffle.partitions": str(2 * (os.cpu_count() or 1)),
    }


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
