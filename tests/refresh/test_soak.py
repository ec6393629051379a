"""Five hundred refreshes with faults at random: after each, every table is whole and readable, and nothing is left lying about."""

import hashlib
import json
import random
from functools import partial
from types import SimpleNamespace

import pandas as pd
import pytest

from sendlib import store as stores
from sendlib.errors import ContractBroken, SourceUnavailable
from sendlib.provenance import Provenance
from sendlib.refresh import core, pupils
from sendlib.refresh.core import Row
from sendlib.refresh.work import Look
from sendlib.sources.http import Http
from sendlib.store import NewTable, Store
from tests.fakes import ees_samples as samples
from tests.fakes.ees import EesStandIn
from tests.refresh import publisher, small
from tests.sources.test_http import settings_for

SEED, REFRESHES, EVERY = 20261122, 500, 10
"""Each tenth refresh asks the stand-in of DfE's API too."""
SITE_FAULTS = ("503", "502", "reset", "html", "403 html", "cut short", "redirect", "wrong totals")
FAULTS = ("none", "none", "none", "unavailable", "broken", "wrong type", "disk", "shrunk", "revised", "full disk", "killed", "look", "torn file", "torn newest")


class Killed(BaseException):
    """What ends a process at once: nothing of ours may catch it."""


class Source:
    """A publisher of a small made-up table: a release more each time that it has something newer."""

    def __init__(self, name, chance):
        self.chance, self.release, self.fault = chance, 1, "none"
        self.module = SimpleNamespace(NAME=f"source_{name}", GROUP="made up", TITLE=f"Made-up {name}", TABLES=(f"made_up_{name}",), look=self.look, fetch=self.fetch)

    def publish(self):
        self.release += self.chance.random() < 0.5
        self.fault = self.chance.choice(FAULTS)

    def look(self, work):
        if self.fault == "look":
            raise SourceUnavailable("The made-up site can not be reached.")
        return Look(f"release {self.release}", f"release {self.release}")

    def fetch(self, work, look):
        (work.folder / "half").write_bytes(b"half")
        faults = {"unavailable": SourceUnavailable("gone"), "broken": ContractBroken("file", "other columns."), "wrong type": AttributeError("x"), "disk": OSError(28, "No space left")}
        if self.fault in faults:
            raise faults[self.fault]
        rows = 40 if self.fault != "shrunk" else 3
        frame = pd.DataFrame({"area_code": ["E92000001", *[f"{code}" for code in range(201, 201 + rows)]], "period": "2025-01", "value": 100.0 + self.release})
        frame["value"] *= 9 if self.fault == "revised" else 1
        origin = Provenance("P", "T", look.release, None, work.retrieved, "https://x", "L", "0" * 64, "S", "n")
        return [NewTable(self.module.TABLES[0], frame.assign(status="value"), "T", "G", (), (), (origin,))]


def whole(live, shipped):
    """Every promise of the store: manifest valid, files and hashes right, tables readable, no half file."""
    store = Store(shipped, live=live)
    assert not store.damaged()
    for name, info in store.tables.items():
        assert len(store.table(name)) == info.rows
    if not (live / "manifest.json").exists():
        return store
    manifest = json.loads((live / "manifest.json").read_text("utf-8"))
    assert manifest["format"] == stores.FORMAT and set(manifest) == {"format", "releases", "seen"}
    for entries in manifest["releases"].values():
        assert 1 <= len(entries) <= stores.KEPT_RELEASES
    return store


def tidy(live):
    """No file that the manifest does not name, none that is half, no folder of an interrupted refresh."""
    needed = {entry["file"]: entry["sha256"] for entries in json.loads((live / "manifest.json").read_text("utf-8"))["releases"].values() for entry in entries}
    for path in live.iterdir():
        assert not path.name.endswith(".part") and not path.name.startswith(".incoming"), path.name
        if path.suffix == ".parquet":
            assert hashlib.sha256(path.read_bytes()).hexdigest() == needed[path.name], path.name


@pytest.mark.skipif(not samples.has_originals(), reason="the publishers' original files are not beside the project")
def test_500_refreshes_with_faults_at_random_leave_a_good_store_each_time(store, tmp_path, monkeypatch):
    chance = random.Random(SEED)  # noqa: S311 - the same faults each time
    shipped = small.snapshot(store, tmp_path / "small", school_sen=lambda frame: frame[frame["area_code"].isin(["E92000001", "E12000001", "879", "370"])])
    small.used(monkeypatch, shipped)
    monkeypatch.setattr(stores.os, "fsync", lambda file: None)  # a disk's patience is not what is tested
    live = tmp_path / "live"
    sources = [Source(name, chance) for name in ("one", "two")]
    writing = stores._replace
    outcomes: dict[str, int] = {}
    site_faults = site_runs = damages = 0
    few = Store(shipped)
    with EesStandIn([publisher.pupils(few)], []) as site:
        settings = settings_for(tmp_path, site.base, SENDLIB_EES_API=site.api, SENDLIB_EES_CONTENT=site.content, SENDLIB_EES_SITE=site.site)
        http = Http(settings, tries=2, wait=0.001, timeout=(2, 2))
        for number in range(REFRESHES):
            site.faults.clear()
            for source in sources:
                source.publish()
            asked = number % EVERY == 0
            if asked:
                site_runs += 1
                site.data_set(samples.SEN_PROVISION).id = f"019df85e-ab00-7458-a4ff-{number // EVERY:012d}"
                if chance.random() < 0.5:
                    site_faults += 1
                    fault = chance.choice(SITE_FAULTS)
                    site.faults.add(fault, chance.choice(["query", "meta", "data-sets", "any"]), **({"retry_after": 0} if fault == "503" else {}))
            faults = {source.fault for source in sources}
            damage = damages_before(live, faults, chance)
            damages += damage
            monkeypatch.setattr(stores, "_replace", partial(spoilt, writing, faults, chance))
            killed = False
            try:
                rows = core.run(settings=settings, modules=[source.module for source in sources] + [pupils] * asked, http=http)
            except Killed:
                rows, killed = [], True
            monkeypatch.setattr(stores, "_replace", writing)
            for row in rows:
                assert isinstance(row, Row) and (row.outcome in ("new", "same") or row.note), row
                outcomes[row.outcome] = outcomes.get(row.outcome, 0) + 1
            after = whole(live, shipped)
            # Where the disk was full a whole file may lie unused, until the next table that comes in.
            if not killed and "full disk" not in faults and any(row.outcome == "new" for row in rows):
                torn = {path for path in live.glob("*.parquet") if path.read_bytes() == b"torn"}
                for path in torn:  # a release from before that lies damaged is named and passed over
                    assert all(info.file != path.name for info in after.tables.values())
                    path.unlink()
                if not torn:
                    tidy(live)
    for source in sources:
        source.fault = "none"
    assert {row.outcome for row in core.run(settings=settings, modules=[source.module for source in sources], http=http)} <= {"new", "same", "kept"}
    assert whole(live, shipped).info("made_up_one").live
    assert min(outcomes.get(outcome, 0) for outcome in ("new", "same", "kept", "failed")) > 20, outcomes
    assert site_runs == REFRESHES // EVERY and site_faults > 10 and damages > 20


def damages_before(live, faults, chance):
    """Spoil a file of the live folder as a bad disk would; whether something was spoilt."""
    if "torn file" in faults and (found := sorted(live.glob("*.parquet"))):
        chance.choice(found).write_bytes(b"torn")
        return True
    if "torn newest" in faults and (live / "manifest.json").exists():
        for entries in json.loads((live / "manifest.json").read_text("utf-8"))["releases"].values():
            (live / entries[0]["file"]).write_bytes(b"torn")
        return True
    return False


def spoilt(writing, faults, chance, path, content):
    """Writing a file, with a full disk or an end of the process at some of the times."""
    if "full disk" in faults and chance.random() < 0.4:
        raise OSError(28, "No space left on device")
    if "killed" in faults and chance.random() < 0.4:
        path.with_name(f".{path.name}.part").write_bytes(content[: len(content) // 2])
        raise Killed
    writing(path, content)
