"""A refresh stands when things fail: silence, faults of the network and the disk, kills, clocks and torn files."""

import errno
import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from filelock import FileLock

from sendlib import store as stores
from sendlib.compared import latest
from sendlib.errors import SourceUnavailable
from sendlib.refresh import core, ehc_plans, pupils
from sendlib.refresh.work import Stopped
from sendlib.refresh.workplace import AlreadyRunning
from tests.conftest import ROOT
from tests.fakes import ees_samples as samples
from tests.refresh import ees, publisher
from tests.refresh.ees import held, outcomes, refresh, settings_of

pytestmark = ees.needs_originals


def test_a_fault_of_the_disk_within_a_refresh_is_not_called_a_folder_that_can_not_be_written(
    newer, tmp_path, monkeypatch
):
    monkeypatch.setattr(
        core, "_run", lambda *arguments: (_ for _ in ()).throw(OSError(errno.EIO, "Input/output error"))
    )
    with pytest.raises(OSError, match="Input/output error"):
        refresh(newer, tmp_path)


@pytest.mark.parametrize("fault", ["503", "502", "reset", "html", "403 html", "cut short", "redirect"])
@pytest.mark.parametrize("kind", ["catalogue", "download", "data-sets", "query", "meta"])
def test_a_fault_of_a_source_leaves_its_tables_as_they_were(newer, tmp_path, fault, kind):
    newer.faults.add(fault, kind, **({"retry_after": 0} if fault == "503" else {}))
    rows = refresh(newer, tmp_path, [ehc_plans.SOURCE] if kind in ("catalogue", "download") else [pupils.SOURCE])
    assert set(outcomes(rows).values()) == {"failed"} and len(rows[0].note) > 40
    store = held(tmp_path)
    assert not store.problems and not store.damaged() and not any(info.live for info in store.tables.values())


def test_a_fault_of_one_source_lets_the_other_through(newer, tmp_path):
    newer.faults.add("502", "catalogue")
    found = outcomes(refresh(newer, tmp_path))
    assert {found[name] for name in ehc_plans.TABLES} == {"failed"} and found["school_sen"] == "new"


PATIENCE = 300
"""Seconds: far more than a child or an event needs, on a machine that is busy with other things too."""


def wait_until(happened, running):
    """Wait for something that a child process does; fail in words when it ended before, or never did."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert running.poll() is None, f"the process ended by itself with status {running.returncode}"
        assert time.monotonic() < end, f"nothing happened in {PATIENCE} seconds"
        time.sleep(0.05)


def environment_of(server, tmp_path):
    return {
        **os.environ,
        "SENDLIB_EES_API": server.api,
        "SENDLIB_EES_CONTENT": server.content,
        "SENDLIB_EES_SITE": server.site,
        "SENDLIB_CACHE": str(tmp_path / "live"),
    }


def test_a_download_that_drips_does_not_hold_a_refresh_that_is_stopped(newer, tmp_path):
    newer.faults.add("drip", "download", seconds=1)
    begun, ended = threading.Event(), threading.Event()

    def stop(part, text):
        if any("download" in seen.kinds for seen in newer.log):
            begun.set()
            raise Stopped("stopped")

    def run():
        refresh(newer, tmp_path, [ehc_plans.SOURCE], report=stop)
        ended.set()

    threading.Thread(target=run, daemon=True).start()
    assert begun.wait(PATIENCE) and ended.wait(PATIENCE)  # a file would take days
    assert not any(info.live for info in held(tmp_path).tables.values())


def test_ctrl_c_ends_the_command_line_while_downloads_drip(newer, tmp_path):
    newer.faults.add("drip", "download", seconds=1)
    # Whatever began the tests in the background may have had Ctrl-C ignored, which a child inherits.
    running = subprocess.Popen(
        [sys.executable, "-m", "sendlib", "refresh", "ehc_plans"],
        cwd=ROOT,
        env=environment_of(newer, tmp_path),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    try:
        wait_until(lambda: any("download" in seen.kinds for seen in newer.log), running)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=PATIENCE)
    finally:
        running.kill()
    assert running.returncode == 130 and "stopped; what had come in stays" in said and "Traceback" not in said
    assert not any(info.live for info in held(tmp_path).tables.values()) and not stores.leftovers(tmp_path / "live")


def test_a_failed_download_ends_the_others_that_drip(newer, tmp_path):
    newer.faults.add("403 html", "download", first=1)
    newer.faults.add("drip", "download", seconds=1)
    rows = refresh(newer, tmp_path, [ehc_plans.SOURCE])
    assert set(outcomes(rows).values()) == {"failed"} and "refused (HTTP 403)" in rows[0].note


def test_two_refreshes_at_once_and_one_says_so(newer, tmp_path):
    (tmp_path / "live").mkdir()
    with FileLock(tmp_path / "live" / ".refresh.lock"), pytest.raises(AlreadyRunning, match="has done nothing"):
        refresh(newer, tmp_path)


def test_a_full_disk_is_told_of_and_the_old_figures_stay(newer, tmp_path, monkeypatch):
    refresh(newer, tmp_path, [pupils.SOURCE])
    newest = held(tmp_path).info("school_sen").sha256

    def full(path, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(stores, "_replace", full)
    newer.data_set(samples.SEN_PROVISION).id = "019df85e-ab00-7458-a4ff-000000000002"
    rows = refresh(newer, tmp_path, [pupils.SOURCE])
    assert set(outcomes(rows).values()) == {"failed"} and "No space left on device" in rows[0].note
    assert held(tmp_path).info("school_sen").sha256 == newest and not held(tmp_path).problems


def test_a_folder_that_can_not_be_made_is_told_of(newer, tmp_path):
    (tmp_path / "live").write_text("a file stands where the folder should be", "utf-8")
    with pytest.raises(SourceUnavailable, match="can not be written"):
        refresh(newer, tmp_path)


def test_a_damaged_live_file_is_passed_over_for_the_release_before(newer, store, files_2025, tmp_path):
    with publisher.stand_in(store, files_2025, factor=1.02) as server:
        server.data_set(samples.SEN_PROVISION).id = "019df85e-ab00-7458-a4ff-000000000001"
        assert outcomes(refresh(server, tmp_path, [pupils.SOURCE])) == {"school_sen": "new"}
    older = held(tmp_path).info("school_sen").sha256
    refresh(newer, tmp_path, [pupils.SOURCE])
    (tmp_path / "live" / held(tmp_path).info("school_sen").file).write_bytes(b"torn")
    now = held(tmp_path)
    assert now.info("school_sen").sha256 == older and "An earlier release is used" in now.problems[0]
    for file in (tmp_path / "live").glob("school_sen-*"):
        file.write_bytes(b"torn")
    now = held(tmp_path)
    assert not now.info("school_sen").live and len(now.problems) == 2 and latest.school_year(now) == "2024/25"
    (tmp_path / "live" / "manifest.json").write_text("{ torn", "utf-8")
    assert "The shipped figures are used" in held(tmp_path).problems[0]


@pytest.mark.parametrize("day", ["1970-01-01", "2099-01-01"])
def test_a_wrong_clock_does_no_harm_where_discovery_does_not_ask_it(newer, tmp_path, monkeypatch, day):
    """Those that do ask it are in test_waits.py and test_schools.py."""
    monkeypatch.setattr(core, "today", lambda: day)
    assert set(outcomes(refresh(newer, tmp_path, [pupils.SOURCE])).values()) == {"new"}
    assert set(outcomes(refresh(newer, tmp_path, [pupils.SOURCE])).values()) == {"same"}
    assert latest.school_year(held(tmp_path)) == "2025/26"


def test_offline_is_said(newer, tmp_path):
    with pytest.raises(SourceUnavailable, match="switched off"):
        core.run(settings=settings_of(newer, tmp_path, SENDLIB_OFFLINE="1"))


SLOW_TO_WRITE = """
import sys, time
from pathlib import Path
from sendlib import store
from sendlib.__main__ import main
replace = store._replace
def slowly(path, content):
    if path.name == "manifest.json":
        Path(sys.argv[2]).write_text("writing", "utf-8")
        time.sleep(3600)
    replace(path, content)
if sys.argv[3] == "write":
    store._replace = slowly
sys.exit(main(["refresh", sys.argv[1]]))
"""


@pytest.mark.parametrize("moment", ["download", "query", "write"])
def test_killed_in_the_middle_the_next_start_has_the_old_figures_and_no_half_file(newer, tmp_path, moment):
    source, table = ("ehc_plans", "plans") if moment == "download" else ("pupils", "school_sen")
    if moment != "write":
        newer.faults.add("slow", moment, seconds=2 * PATIENCE)  # the stand-in stops waiting when it ends
    told = tmp_path / "writing"
    running = subprocess.Popen(
        [sys.executable, "-c", SLOW_TO_WRITE, source, str(told), moment],
        cwd=ROOT,
        env=environment_of(newer, tmp_path),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(
            lambda: told.exists() if moment == "write" else any(moment in seen.kinds for seen in newer.log), running
        )
        assert running.poll() is None  # it is in the middle
    finally:
        running.send_signal(signal.SIGKILL)
        running.wait()
    newer.faults.clear()
    assert stores.leftovers(tmp_path / "live")
    now = held(tmp_path)
    assert not now.problems and not now.damaged() and not now.info(table).live
    assert not stores.leftovers(tmp_path / "live")  # the next start sweeps, and not only the next refresh
    rows = outcomes(refresh(newer, tmp_path, [(ehc_plans if source == "ehc_plans" else pupils).SOURCE]))
    rows.pop("phase_transfers", None)  # its newest figures are shipped
    assert set(rows.values()) == {"new"}
    assert not stores.leftovers(tmp_path / "live")


def test_readers_are_never_torn_while_refreshes_go_on(store, files_2026, tmp_path):
    """Two releases come in turn while readers open the store again and again."""
    stop, problems = threading.Event(), []

    def read():
        while not stop.is_set():
            found = held(tmp_path)
            try:
                found.table("school_sen")
                problems.extend(found.problems)
            except Exception as error:  # noqa: BLE001 - whatever a reader could meet is what is looked for
                problems.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for number in range(4):
            with publisher.stand_in(store, [], factor=1 + 0.02 * (number % 2)) as server:
                server.data_set(samples.SEN_PROVISION).id = f"019df85e-ab00-7458-a4ff-00000000000{number}"
                assert outcomes(refresh(server, tmp_path, [pupils.SOURCE])) == {"school_sen": "new"}
    finally:
        stop.set()
        reader.join()
    assert not problems


@pytest.mark.parametrize(
    "content", ["[]", "null", '{"format": 1}', '{"format": 1, "releases": {"plans": [{}]}, "seen": {}}']
)
def test_a_manifest_that_is_not_shaped_as_one_is_told_of_and_set_aside_by_the_next_refresh(newer, tmp_path, content):
    (tmp_path / "live").mkdir()
    (tmp_path / "live" / "manifest.json").write_text(content, "utf-8")
    assert "The shipped figures are used" in held(tmp_path).problems[0]
    assert outcomes(refresh(newer, tmp_path, [pupils.SOURCE])) == {"school_sen": "new"} and not held(tmp_path).problems


def test_an_older_live_release_does_not_hide_a_newer_shipped_one(newer, tmp_path, monkeypatch):
    import json

    refresh(newer, tmp_path, [pupils.SOURCE])
    path = tmp_path / "live" / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["releases"]["school_sen"][0].update(over="the snapshot of an older app", last_period="2020/21")
    path.write_text(json.dumps(manifest), "utf-8")
    now = held(tmp_path)
    assert not now.info("school_sen").live and "older than the one that came with the app" in now.problems[0]
