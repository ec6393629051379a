"""A hundred and twenty refreshes with faults at random: after each, every table is whole and nothing is left over.

Every third one asks the stand-in of DfE's API over loopback, with faults of
the network at half of the times; the two made-up sources that go along in all
of them are functions in this process, because their faults (a disk that is
full, a type that was not agreed, an end in the middle of writing) are of our
own side. Three times a whole process is killed by SIGKILL while it writes, or
waits for an answer; at the other kills an exception that nothing of ours
catches stands for it, and a half file is left as a real one would.
"""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
from functools import partial

import pandas as pd
import pytest

from sendlib import store as stores
from sendlib.errors import ContractBroken, SourceUnavailable
from sendlib.provenance import Provenance
from sendlib.refresh import core, pupils
from sendlib.refresh.core import Row
from sendlib.refresh.source import Source
from sendlib.refresh.work import Look
from sendlib.sources.http import Http
from sendlib.store import NewTable, Store
from tests.conftest import ROOT
from tests.fakes import ees_samples as samples
from tests.fakes.ees import EesStandIn
from tests.refresh import publisher, small
from tests.sources.test_http import settings_for

SEED, REFRESHES, EVERY, KILLS = 20261122, 120, 3, 3
"""Every third refresh asks the stand-in of DfE's API too; so many processes are killed."""
SITE_FAULTS = ("503", "502", "reset", "html", "403 html", "cut short", "redirect", "wrong totals")
FAULTS = (
    "none",
    "none",
    "none",
    "unavailable",
    "broken",
    "wrong type",
    "disk",
    "shrunk",
    "revised",
    "full disk",
    "killed",
    "look",
    "torn file",
    "torn newest",
)


class Killed(BaseException):
    """What ends a process at once: nothing of ours may catch it."""


class Publisher:
    """A publisher of a small made-up table: a release more each time that it has something newer."""

    def __init__(self, name, chance):
        self.chance, self.release, self.fault = chance, 1, "none"
        self.source = Source(
            f"source_{name}", "made up", f"Made-up {name}", (f"made_up_{name}",), self.look, self.fetch
        )

    def publish(self):
        self.release += self.chance.random() < 0.5
        self.fault = self.chance.choice(FAULTS)

    def look(self, work):
        if self.fault == "look":
            raise SourceUnavailable("The made-up site can not be reached.")
        return Look(f"release {self.release}", f"release {self.release}")

    def fetch(self, work, look):
        (work.folder / "half").write_bytes(b"half")
        faults = {
            "unavailable": SourceUnavailable("gone"),
            "broken": ContractBroken("file", "other columns."),
            "wrong type": AttributeError("x"),
            "disk": OSError(28, "No space left"),
        }
        if self.fault in faults:
            raise faults[self.fault]
        rows = 40 if self.fault != "shrunk" else 3
        frame = pd.DataFrame(
            {
                "area_code": ["E92000001", *[f"{code}" for code in range(201, 201 + rows)]],
                "period": "2025-01",
                "value": 100.0 + self.release,
            }
        )
        frame["value"] *= 9 if self.fault == "revised" else 1
        origin = Provenance("P", "T", look.release, None, work.retrieved, "https://x", "L", "0" * 64, "S", "n")
        return [NewTable(self.source.tables[0], frame.assign(status="value"), "T", "G", (), (), (origin,))]


def whole(live, shipped):
    """Every promise of the store.

    It opens, every table in use is the file that a manifest lists, and nothing is left.
    """
    store = Store(shipped, live=live)
    assert not stores.leftovers(live)
    for name, info in store.tables.items():
        path = (live if info.live else shipped) / info.file
        assert hashlib.sha256(path.read_bytes()).hexdigest() == info.sha256
        assert len(store.table(name)) == info.rows
    return store


def tidy(live, torn):
    """The manifest is valid, each file that it names is there with its hash, and there is no other.

    But for the hashes of those that were torn on purpose.
    """
    path = live / "manifest.json"
    manifest = (
        json.loads(path.read_text("utf-8")) if path.exists() else {"format": stores.FORMAT, "releases": {}, "seen": {}}
    )
    assert manifest["format"] == stores.FORMAT and set(manifest) == {"format", "releases", "seen"}
    assert all(1 <= len(entries) <= stores.KEPT_RELEASES for entries in manifest["releases"].values())
    named = {entry["file"]: entry["sha256"] for entries in manifest["releases"].values() for entry in entries}
    assert {found.name for found in live.glob("*.parquet")} == set(named)
    for file, digest in named.items():
        assert file in torn or hashlib.sha256((live / file).read_bytes()).hexdigest() == digest, file


@pytest.mark.skipif(not samples.has_originals(), reason="the publishers' original files are not beside the project")
def test_120_refreshes_with_faults_at_random_leave_a_good_store_each_time(store, tmp_path, monkeypatch):
    chance = random.Random(SEED)  # noqa: S311 - the same faults each time
    shipped = small.snapshot(
        store,
        tmp_path / "small",
        school_sen=lambda frame: frame[frame["area_code"].isin(["E92000001", "E12000001", "879", "370"])],
    )
    small.used(monkeypatch, shipped)
    monkeypatch.setattr(stores.os, "fsync", lambda file: None)  # a disk's patience is not what is tested
    live = tmp_path / "live"
    made_up = [Publisher(name, chance) for name in ("one", "two")]
    writing = stores._replace
    outcomes: dict[str, int] = {}
    site_faults = site_runs = damages = kills = 0
    few = Store(shipped)
    # Two made-up years, the second two per cent higher, in turn: every version that comes in has other figures than the
    # one held.
    contents = [publisher.pupils(few, factor=factor).latest.content for factor in (1.0, 1.02)]
    torn: set[str] = set()
    with EesStandIn([publisher.pupils(few)], []) as site:
        settings = settings_for(
            tmp_path, site.base, SENDLIB_EES_API=site.api, SENDLIB_EES_CONTENT=site.content, SENDLIB_EES_SITE=site.site
        )
        for number in range(REFRESHES):
            site.faults.clear()
            for one in made_up:
                one.publish()
            asked = number % EVERY == 0
            if asked:
                site_runs += 1
                site.data_set(samples.SEN_PROVISION).add_version(f"1.{number + 1}", contents[number // EVERY % 2])
                if chance.random() < 0.5:
                    site_faults += 1
                    fault = chance.choice(SITE_FAULTS)
                    site.faults.add(
                        fault,
                        chance.choice(["query", "meta", "data-sets", "any"]),
                        **({"retry_after": 0} if fault == "503" else {}),
                    )
            faults = {one.fault for one in made_up}
            damaged = damages_before(live, faults, chance)
            torn |= damaged
            damages += bool(damaged)
            monkeypatch.setattr(stores, "_replace", partial(spoilt, writing, faults, chance))
            killed = False
            try:
                rows = core.run(
                    settings=settings,
                    sources=[one.source for one in made_up] + [pupils.SOURCE] * asked,
                    http=patient(settings),
                )
            except Killed:
                rows, killed = [], True
            monkeypatch.setattr(stores, "_replace", writing)
            for row in rows:
                assert isinstance(row, Row) and (row.outcome in ("new", "same") or row.note), row
                outcomes[row.outcome] = outcomes.get(row.outcome, 0) + 1
            after = whole(live, shipped)
            assert not {info.file for info in after.tables.values()} & still_torn(live, torn)
            if not killed:  # a file that was whole and not yet named lies there until the next table comes in
                tidy(live, torn)
            if number % (REFRESHES // KILLS) == REFRESHES // KILLS - 1:
                site.faults.clear()
                kills += kill_a_process(shipped, live, settings, chance, site.data_set(samples.SEN_PROVISION), few)
                whole(live, shipped)
    for one in made_up:
        one.fault = "none"
    assert {
        row.outcome
        for row in core.run(settings=settings, sources=[one.source for one in made_up], http=patient(settings))
    } <= {"new", "same", "kept"}
    assert whole(live, shipped).info("made_up_one").live
    assert min(outcomes.get(outcome, 0) for outcome in ("new", "same", "kept", "failed")) > 5, outcomes
    assert len(site.log) > 120, "hardly any request came to the site, so the refreshes did not test what they should"
    assert site_runs == REFRESHES // EVERY and site_faults > 12 and damages > 5 and kills == KILLS


def patient(settings):
    """A new client for each refresh, as each has in life.

    One remembers a host that was silent, and a busy machine is silent at times.
    """
    return Http(settings, tries=2, wait=0.001, timeout=(60, 60))


def still_torn(live, torn):
    return {file for file in torn if (live / file).exists() and (live / file).read_bytes() == b"torn"}


KILLED = """
import sys, time
from functools import partial
from sendlib import store
from sendlib.refresh import core, pupils
from sendlib.store import Store
core.Store = partial(Store, sys.argv[1])
def slowly(path, content, writing=store._replace):
    if sys.argv[2] in path.name:
        path.with_name(f".{path.name}.part").write_bytes(content[: len(content) // 2])
        print("now", flush=True)
        time.sleep(3600)
    writing(path, content)
store._replace = slowly
def told(part, text):
    if sys.argv[2] == "asking" and "asking for pupils" in text:
        print("now", flush=True)
        time.sleep(3600)
core.run(["pupils"], report=told)
print("done", flush=True)
"""


def kill_a_process(shipped, live, settings, chance, data_set, few):
    """Begin a refresh in a process of its own and end it by SIGKILL in the middle; whether it was in the middle."""
    third = publisher.pupils(few, factor=chance.choice([1.01, 1.03])).latest.content  # figures that are not held
    data_set.add_version(f"{data_set.latest.version}.1", third)
    moment = chance.choice(["school_sen", "manifest.json", "asking"])
    environment = {**os.environ, **settings.addresses, "SENDLIB_CACHE": str(live)}
    running = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(shipped), moment],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    said = running.stdout.readline().strip()
    running.send_signal(signal.SIGKILL)
    running.wait()
    running.stdout.close()
    assert stores.leftovers(live) and said == "now", (moment, said)
    return True


def damages_before(live, faults, chance):
    """Spoil files of the live folder as a bad disk would; the names of those that were spoilt."""
    spoil = set()
    if "torn file" in faults and (found := sorted(live.glob("*.parquet"))):
        spoil = {chance.choice(found).name}
    elif "torn newest" in faults and (live / "manifest.json").exists():
        releases = json.loads((live / "manifest.json").read_text("utf-8"))["releases"]
        spoil = {entries[0]["file"] for entries in releases.values()}
    for file in spoil:
        (live / file).write_bytes(b"torn")
    return spoil


def spoilt(writing, faults, chance, path, content):
    """Writing a file, with a full disk or an end of the process at some of the times."""
    if "full disk" in faults and chance.random() < 0.4:
        raise OSError(28, "No space left on device")
    if "killed" in faults and chance.random() < 0.4:
        path.with_name(f".{path.name}.part").write_bytes(content[: len(content) // 2])
        raise Killed
    writing(path, content)
