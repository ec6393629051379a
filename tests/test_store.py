"""The store vouches for what it hands out, and writes all or nothing."""

import json
import shutil

import pandas as pd
import pytest

from sendlib import store as stores
from sendlib.errors import ContractBroken, NoData, SnapshotDamaged
from sendlib.provenance import Provenance
from sendlib.store import NewTable, Store

ORIGIN = Provenance(
    "P", "Made up", "r1", "2025-06-26", None, "https://example.org", "OGL", "0" * 64, "made up", "made up"
)


def table(name="made_up", value=1.0):
    frame = pd.DataFrame(
        {
            "area_code": pd.Categorical(["201", "202"]),
            "period": ["2025-01"] * 2,
            "value": [value, None],
            "status": ["value", "hidden"],
        }
    )
    return NewTable(name, frame, "Made up", "one row an area", ("a break",), (), (ORIGIN,))


def test_what_is_written_is_read_back_with_its_origin(tmp_path):
    stores.write(tmp_path, [table()])
    held = Store(tmp_path)
    assert held.table("made_up")["value"].tolist()[0] == 1.0
    info = held.info("made_up")
    assert info.sources == (ORIGIN,) and info.missing == {"hidden": 1} and info.breaks == ("a break",)
    assert info.release() == "Made up, r1. P, published 26 June 2025, OGL."


def test_the_same_tables_give_the_same_bytes(tmp_path):
    for folder in ("one", "two"):
        stores.write(tmp_path / folder, [table()])
    one, two = ({file.name: file.read_bytes() for file in (tmp_path / f).iterdir()} for f in ("one", "two"))
    assert one == two


def test_a_changed_file_is_reported_and_not_used(tmp_path):
    stores.write(tmp_path, [table(), table("other")])
    held = Store(tmp_path)
    file = tmp_path / held.info("made_up").file
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    with pytest.raises(SnapshotDamaged, match=r"made_up-.*its hash differs"):
        held.table("made_up")
    assert len(held.damaged()) == 1
    assert len(held.table("other")) == 2


def test_a_missing_file_is_reported_and_not_used(tmp_path):
    stores.write(tmp_path, [table()])
    held = Store(tmp_path)
    (tmp_path / held.info("made_up").file).unlink()
    with pytest.raises(SnapshotDamaged, match="can not be read"):
        held.table("made_up")


@pytest.mark.parametrize("content", ["", "{", '{"format": 99, "tables": {}}'])
def test_a_broken_manifest_says_what_to_do(tmp_path, content):
    (tmp_path / "manifest.json").write_text(content, "utf-8")
    with pytest.raises(SnapshotDamaged, match="python -m sendlib snapshot"):
        Store(tmp_path)


def test_an_unknown_table_names_those_that_there_are(store):
    with pytest.raises(NoData, match="needs, neet, neighbours"):
        store.table("nothing")


def test_a_write_that_fails_leaves_what_was_there(tmp_path, monkeypatch):
    stores.write(tmp_path, [table(value=1.0)])
    before = (tmp_path / "manifest.json").read_bytes()

    def full_disk(path, content):
        if path.name == "manifest.json":
            raise OSError("no space left")
        path.write_bytes(content)

    monkeypatch.setattr(stores, "_replace", full_disk)
    with pytest.raises(OSError):
        stores.write(tmp_path, [table(value=2.0)])
    assert (tmp_path / "manifest.json").read_bytes() == before
    assert Store(tmp_path).table("made_up")["value"].tolist()[0] == 1.0


def test_a_snapshot_that_is_too_large_is_not_written(tmp_path):
    with pytest.raises(ValueError, match="the snapshot may take"):
        stores.write(tmp_path, [table()], largest=100)
    assert not list(tmp_path.glob("*.parquet"))


def test_old_files_are_cleared_away(tmp_path):
    stores.write(tmp_path, [table(value=1.0)])
    stores.write(tmp_path, [table(value=2.0)])
    assert len(list(tmp_path.glob("*.parquet"))) == 1


def test_the_shipped_snapshot_is_whole_and_small(store):
    assert store.damaged() == []
    files = [file for file in store.folder.iterdir() if file.name != ".lock"]
    assert sum(file.stat().st_size for file in files) <= 12_000_000
    listed = {info.file for info in store.tables.values()}
    assert {file.name for file in files} == listed | {"manifest.json"}


def test_every_table_names_its_release_its_licence_and_its_hash(store):
    for info in store.tables.values():
        assert info.breaks and info.grain and info.sources
        for source in info.sources:
            # The hexagons have their own licence, and the list of diagnoses quotes a research article.
            other = "hexagon" in source.publication.lower() or info.name == "life_limiting_codes"
            assert source.licence == "Open Government Licence v3.0" or other
            assert source.url.startswith("https://") and len(source.sha256) == 64


def test_every_table_fits_its_schema(store):
    from sendlib import snapshot

    assert {definition.name for definition in snapshot.TABLES} == set(store.tables)
    for definition in snapshot.TABLES:
        definition.expected().validate(store.table(definition.name))


def test_the_snapshot_is_built_again_to_the_same_bytes(originals, store, tmp_path):
    from sendlib import snapshot, static_files

    static = tmp_path / "static"
    static.mkdir()
    tmp_path = tmp_path / "snapshot"
    snapshot.build(originals.folder, tmp_path, static=static)
    for file in static.iterdir():
        assert file.read_bytes() == (static_files.STATIC / file.name).read_bytes()
    shipped = {file.name: file.read_bytes() for file in store.folder.iterdir() if file.name != ".lock"}
    built = {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.name != ".lock"}
    assert built.keys() == shipped.keys()
    assert built["manifest.json"] == shipped["manifest.json"]
    assert built == shipped


def test_a_broken_original_leaves_the_snapshot_as_it_was(originals, tmp_path):
    from sendlib import snapshot

    folder, into = tmp_path / "originals", tmp_path / "snapshot"
    for file in originals.folder.rglob("*"):
        link = folder / file.relative_to(originals.folder)
        if file.is_file():
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(file)
    stores.write(into, [table()])
    before = {file.name: file.read_bytes() for file in into.iterdir()}
    broken = folder / "reference" / "la_code_changes.csv"
    content = broken.read_bytes()
    broken.unlink()
    broken.write_bytes(content[: len(content) // 2])
    with pytest.raises(ContractBroken, match="la_code_changes"):
        snapshot.build(folder, into)
    assert {file.name: file.read_bytes() for file in into.iterdir()} == before
    shutil.rmtree(folder)


def test_the_manifest_is_for_reading(store):
    manifest = json.loads((store.folder / "manifest.json").read_text("utf-8"))
    assert manifest["format"] == stores.FORMAT


def test_one_hash_vouches_for_every_file_of_a_release():
    from sendlib.snapshot import one_hash

    assert one_hash({"one.csv": "a" * 64}) == "a" * 64
    both = one_hash({"one.csv": "a" * 64, "two.csv": "b" * 64})
    assert (
        both
        == one_hash({"two.csv": "b" * 64, "one.csv": "a" * 64})
        != one_hash({"one.csv": "a" * 64, "two.csv": "c" * 64})
    )


def test_what_an_interrupted_refresh_left_is_swept_when_the_store_opens_and_no_refresh_is_at_work(tmp_path):
    from filelock import FileLock

    live = tmp_path / "live"
    for name in (
        ".incoming-x/caseload.csv",
        ".incoming-x/.unzipped/a.csv",
        ".plans.parquet.part",
        "ees/answers/.a.json.part",
        "ees/answers/b.json",
        "a film.part",
    ):
        path = live / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("half", "utf-8")
    with FileLock(live / stores.REFRESH_LOCK):
        Store(live=live)
        assert len(stores.leftovers(live)) == 3
    Store(live=live)
    assert not stores.leftovers(live)
    assert (live / "ees" / "answers" / "b.json").exists() and (live / "a film.part").exists()


def test_a_live_folder_that_is_not_there_is_not_made_by_opening_the_store(tmp_path):
    Store(live=tmp_path / "live")
    assert not (tmp_path / "live").exists()


@pytest.mark.parametrize(
    "add",
    [
        lambda folder: stores.add_releases(folder, [table()], "source", "key"),
        lambda folder: stores.write(folder, [table()]),
    ],
)
def test_a_folder_that_another_process_writes_to_without_end_is_told_of(tmp_path, monkeypatch, add):
    from filelock import FileLock

    monkeypatch.setattr(stores, "LONGEST_WAIT", 0.1)
    with FileLock(tmp_path / ".lock"), pytest.raises(stores.Busy, match=r"has been writing to .* Nothing was changed"):
        add(tmp_path)
    assert not list(tmp_path.glob("*.parquet"))


def test_what_the_last_look_found_is_kept_and_a_damaged_note_is_as_if_nobody_had_looked(tmp_path):
    assert stores.looked(tmp_path) == stores.Looked()
    stores.note_looked(tmp_path / "new", "2026-11-20", {"plans": "2026"}, ["plans", "needs"])
    stores.note_looked(tmp_path / "new", "2026-11-27", {}, ["needs"])
    assert stores.looked(tmp_path / "new") == stores.Looked("2026-11-27", {"plans": "2026"})
    for broken in ("", "[]", '{"on": 1}', '{"on": "x", "offered": 3}'):
        (tmp_path / "new" / stores.LOOKED).write_text(broken, "utf-8")
        assert stores.looked(tmp_path / "new") == stores.Looked()
