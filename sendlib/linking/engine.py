"""Splink: what it learns from two lists, and the links that it finds. The one module that imports it, when asked.

It learns on DuckDB, from files or tables whatever their length, and so is the same for both engines. Comparing the
pairs is what outgrows a machine: DuckDB does it, or Spark through Splink's own backend.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from sendlib.errors import SendlibError
from sendlib.linking import fields
from sendlib.linking.fields import Way

if TYPE_CHECKING:
    import duckdb

Engine = Literal["duckdb", "spark"]
LISTS = ("education", "health")
"""The names of the two lists; Splink calls those of a pair `_l` and `_r` in this order."""
INSTALL = "pip install -r requirements-link.txt"
LEAST = 0.01
"""Certainty below which a pair is not kept at all."""
_SAMPLE = 1_500
"""Records of each list whose every pair is looked at, to learn how often two different children agree."""
_UNSEEN, _SMALLEST = 10, 1e-7
"""By how much rarer a level is taken to be of which no pair was seen, and the rarest that any is."""
_DECIMALS = 6
"""Of a weight, by which the best pair is found: beyond them engines differ."""

_COMPARED = ", ".join(fields.COLUMNS)
Settings = dict[str, Any]


class LinkingUnavailable(SendlibError):
    """Splink, or what Spark needs, is not installed."""


def is_there(engine: Engine = "duckdb") -> bool:
    """Whether what an engine needs is installed."""
    needed = ("splink", "pyspark") if engine == "spark" else ("splink",)
    return all(importlib.util.find_spec(name) for name in needed)


def has_java() -> bool:
    """Whether there is the Java that Spark runs on."""
    return bool(os.environ.get("JAVA_HOME") or shutil.which("java"))


def need(engine: Engine = "duckdb") -> None:
    """Raises LinkingUnavailable where an engine is not installed."""
    if not is_there(engine):
        named = "PySpark" if is_there() else "Splink"
        raise LinkingUnavailable(f"{named} is not installed. It is an optional extra: {INSTALL}")
    if engine == "spark" and not has_java():
        raise LinkingUnavailable("Spark needs Java 17 or newer, which is not installed; --engine duckdb needs none.")


@contextmanager
def lists_in_memory(education: pd.DataFrame, health: pd.DataFrame) -> Iterator[duckdb.DuckDBPyConnection]:
    """Two prepared lists as tables of a DuckDB that writes nothing to a disk."""
    with database_in("") as database:
        for name, frame in zip(LISTS, (education, health), strict=True):
            database.register(f"{name}_held", frame)
            database.execute(f"create table {name} as select * from {name}_held")
        yield database


@contextmanager
def lists_in_files(education: Path, health: Path, folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Two prepared lists in Parquet files; what has no room in memory goes to a folder, which is the caller's."""
    with database_in(str(folder)) as database:
        for name, file in zip(LISTS, (education, health), strict=True):
            database.execute(f"create view {name} as select {_COMPARED} from read_parquet({_quoted(file)})")
        yield database


@contextmanager
def database_in(folder: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB that fetches nothing, and puts what has no room in memory into a folder, or nowhere for an empty name.

    One thread: its sums then come out the same every time.
    """
    import duckdb  # imported where it is used: no page needs it to open

    held = {"autoinstall_known_extensions": False, "autoload_known_extensions": False, "temp_directory": folder}
    database = duckdb.connect(config={**held, "threads": 1})
    try:
        yield database
    finally:
        database.close()


def _quoted(file: Path) -> str:
    """A file's name as SQL has words."""
    return "'" + file.as_posix().replace("'", "''") + "'"


def learnt(database: duckdb.DuckDBPyConnection, way: Way) -> Settings:
    """The settings for two lists, with what Splink has learnt of them. Raises LinkingUnavailable."""
    need()
    for name in LISTS:
        sample = f"select * from {name} order by hash(unique_id), unique_id limit {_SAMPLE}"
        database.execute(f"create or replace temp table {name}_sample as {sample}")
    sampled = _linker(_of_duckdb(database), fields.settings(way), [f"{name}_sample" for name in LISTS])
    sampled.training.estimate_u_using_random_sampling(max_pairs=float(2 * _SAMPLE) ** 2)
    linker = _linker(_of_duckdb(database), _whole(sampled.misc.save_model_to_json(), fields.settings(way)), LISTS)
    _learn(database, linker)
    return _whole(linker.misc.save_model_to_json(), fields.settings(way))


def _learn(database: duckdb.DuckDBPyConnection, linker: Any) -> None:
    """Learn how many true pairs there are, and how often each field of one agrees."""
    if _some(database, fields.CERTAIN):
        linker.training.estimate_probability_two_random_records_match([fields.CERTAIN], recall=fields.OF_ALL_TRUE)
    for rule in fields.LEARNT_FROM:
        # Where there are no such pairs there is nothing to learn; what the settings begin with then stays.
        if _some(database, rule):
            linker.training.estimate_parameters_using_expectation_maximisation(rule)


def _some(database: duckdb.DuckDBPyConnection, rule: str) -> bool:
    """Whether there are any pairs of a rule."""
    left, right = LISTS
    return bool(database.execute(f"select 1 from {left} l join {right} r on {rule} limit 1").fetchall())


def _whole(learnt_of: Settings, began: Settings) -> Settings:
    """What was learnt, with what the settings began with for levels of which no pair was seen; none is impossible."""
    for held, own in zip(learnt_of["comparisons"], began["comparisons"], strict=True):
        for level, start in zip(held["comparison_levels"], own["comparison_levels"], strict=True):
            for name in {"m_probability", "u_probability"} & set(start):
                value = level.get(name)
                known = isinstance(value, float) and value > 0
                level[name] = max(value if known else start[name] / _UNSEEN, _SMALLEST)
    return learnt_of


def pairs(settings: Settings, database: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The pairs of two lists that may be one child, compared on DuckDB; see `_KEPT` for the columns."""
    need()
    return _in_order(_kept(_linker(_of_duckdb(database), settings, LISTS)).as_pandas_dataframe())


def pairs_on_spark(settings: Settings, files: tuple[Path, Path], folder: Path, master: str) -> pd.DataFrame:
    """The same on Spark, from Parquet files; all that it writes aside goes to a folder, which is the caller's."""
    need("spark")
    from sendlib.linking import spark

    with spark.session(folder, master) as running:
        from splink import SparkAPI

        for name, file in zip(LISTS, files, strict=True):
            running.read.parquet(str(file)).select(*fields.COLUMNS).createOrReplaceTempView(name)
        api = SparkAPI(spark_session=running, register_udfs_automatically=False, break_lineage_method="persist")
        kept = _kept(_linker(api, settings, LISTS))
        # By way of files: Spark hands nothing to a pandas that is newer than it knows.
        kept.as_spark_dataframe().write.parquet(str(folder / "pairs"))
        return _in_order(pd.read_parquet(folder / "pairs"))


def _kept(linker: Any) -> Any:
    """The pairs, where the engine has them."""
    scored = linker.inference.predict(threshold_match_probability=LEAST)
    return linker.misc.query_sql(_KEPT.format(scored=scored.physical_name), output_type="splink_df")


def _in_order(pairs: pd.DataFrame) -> pd.DataFrame:
    return pairs.sort_values(["unique_id_l", "unique_id_r"], ignore_index=True)


_SHOWN = ", ".join(f"gamma_{field.name}, bf_{field.name}" for field in fields.FIELDS)
_KEPT = f"""
with rounded as (select *, round(match_weight, {_DECIMALS}) as weight from {{scored}}),
ranked as (
  select *,
    rank() over (partition by unique_id_l order by weight desc) as of_left,
    rank() over (partition by unique_id_r order by weight desc) as of_right,
    count(*) over (partition by unique_id_l, weight) as as_good_left,
    count(*) over (partition by unique_id_r, weight) as as_good_right
  from rounded
)
select unique_id_l, unique_id_r, match_probability, weight, {_SHOWN},
  of_left = 1 and of_right = 1 and as_good_left = 1 and as_good_right = 1 as best
from ranked
"""
"""Each pair with its certainty, and whether it is the best of both of its records with none as good beside it: a record
is linked once or not at all."""


def _of_duckdb(database: duckdb.DuckDBPyConnection) -> Any:
    from splink import DuckDBAPI

    return DuckDBAPI(connection=database)


def _linker(api: Any, settings: Settings, tables: Sequence[str]) -> Any:
    """Splink for two tables of a database, which says nothing beside what is asked."""
    from splink import Linker, SettingsCreator

    logging.getLogger("splink").setLevel(logging.ERROR)
    asked = SettingsCreator.from_path_or_dict(deepcopy(settings))
    return Linker(
        list(tables), asked, api, set_up_basic_logging=False, input_table_aliases=list(LISTS), validate_settings=False
    )
