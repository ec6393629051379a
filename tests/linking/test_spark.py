"""PySpark on this machine finds the same links among 100,000 MADE-UP pairs as DuckDB does."""

import pytest

from sendlib.linking import engine, rehearsal
from sendlib.linking.made_up import lists

PAIRS = 100_000


def why_not():
    """Why Spark can not run here; empty where it can."""
    if not engine.is_there("spark"):
        return "Splink or PySpark is not installed (requirements-link.txt)"
    if not engine.has_java():
        return "Java is not installed (default-jre-headless on Debian)"
    return ""


@pytest.mark.skipif(bool(why_not()), reason=why_not() or "Spark can run")
def test_spark_finds_the_same_links_as_duckdb(tmp_path, monkeypatch):
    # For a minute Java's better translation of its programs takes longer than it saves.
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")
    made = lists.made(PAIRS, 1, others=0.0)
    files = tmp_path / "left.parquet", tmp_path / "right.parquet"
    for file, held in zip(files, (made.education, made.health), strict=True):
        rehearsal.prepared_of(held).to_parquet(file, index=False)
    aside = tmp_path / "aside"
    aside.mkdir()
    with engine.lists_in_files(*files, aside) as database:
        learnt = engine.learnt(database, "mended")
        on_duckdb = engine.pairs(learnt, database)
    on_spark = engine.pairs_on_spark(learnt, files, aside, "local[2]")
    links = [found[found["best"] & found["match_probability"].ge(rehearsal.USUAL)] for found in (on_duckdb, on_spark)]
    ids = [set(zip(found["unique_id_l"], found["unique_id_r"], strict=True)) for found in links]
    assert ids[0] == ids[1] and len(ids[0]) > 0.97 * PAIRS
    assert len(on_duckdb) == len(on_spark) > PAIRS


@pytest.mark.skipif(not engine.is_there("spark"), reason="PySpark is not installed (requirements-link.txt)")
def test_without_java_it_is_said_what_spark_needs(monkeypatch):
    monkeypatch.setattr(engine, "has_java", lambda: False)
    with pytest.raises(engine.LinkingUnavailable, match="Java 17 or newer"):
        engine.need("spark")
