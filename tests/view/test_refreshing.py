"""The refresh button on About the data: in the background, with a closing table, and harmless when nothing can be
reached."""

import threading
import time
from functools import partial

import pytest

from sendlib import settings
from sendlib.refresh import core
from sendlib.refresh.core import Row
from sendlib.refresh.workplace import AlreadyRunning
from sendlib.sources.http import Http
from sendlib.view import refreshing
from tests.view.shown_tables import tables_of
from tests.view.test_pages import opened, text_of


@pytest.fixture(autouse=True)
def nobody_there(monkeypatch, tmp_path):
    """Addresses at which nobody listens, and a live folder of this test's own."""
    for name in settings.ADDRESSES:
        monkeypatch.setenv(name, "http://127.0.0.1:9/nobody")
    monkeypatch.setenv("SENDLIB_CACHE", str(tmp_path / "live"))
    monkeypatch.setattr(core, "Http", partial(Http, wait=0))  # the pauses between tries are not what is tested here
    refreshing.runner.clear()
    yield
    runner = refreshing.runner()
    if runner.thread:
        runner.thread.join(timeout=300)
    refreshing.runner.clear()


def pressed(test, key):
    return next(button for button in test.button if button.key == key).click().run()


def wait(test):
    refreshing.runner().thread.join(timeout=300)
    assert not refreshing.runner().running
    return test.run()


def test_a_refresh_runs_in_the_background_and_ends_with_a_table(monkeypatch):
    seen = threading.Event()

    def slowly(dry_run, report):
        report(0.5, "Education, health and care plans: caseload.csv, 6.4 MB")
        assert seen.wait(300)
        return [
            Row("plans", "2025", "2026", 1234, "new", "3 figures of England were revised"),
            Row("needs", "2025", "2025", 99, "kept", "it lacks 5 areas"),
        ]

    monkeypatch.setattr(core, "run", slowly)
    test = pressed(opened("about_data", open="newer"), "refresh_fetch")
    assert not test.exception
    assert refreshing.runner().running and all(
        button.disabled for button in test.button if button.key in ("refresh_look", "refresh_fetch")
    )
    other = opened("about_data", open="newer")  # another reader meanwhile
    assert not other.exception and all(
        button.disabled for button in other.button if button.key in ("refresh_look", "refresh_fetch")
    )
    assert not refreshing.runner().start(dry_run=False)
    seen.set()
    test = wait(test)
    table = next(table.value for table in tables_of(test) if "Outcome" in table.value.columns)
    assert table["Outcome"].tolist() == ["New figures", "Not taken"] and "it lacks 5 areas" in table["Note"].iloc[1]
    assert "What was held before is unchanged" in "\n".join(warning.value for warning in test.warning)


def test_what_was_kept_back_can_be_taken_with_a_button_that_shows_the_reason(monkeypatch):
    asked = []

    def run(names=(), *, dry_run, report, accept=()):
        asked.append((names, accept))
        if accept:
            return [Row("plans", "2025", "2026", 1234, "new", "accepted as it is", "ehc_plans")]
        why = (
            "England's figure for plans would change. If it is right all the same: 'refresh ehc_plans --accept plans'."
        )
        return [
            Row("plans", "2025", "2025", 1234, "kept", why, "ehc_plans", {"plans": why}),
            Row("needs", "2025", "2025", 99, "failed", "its layout is not as agreed", "ehc_plans"),
        ]

    monkeypatch.setattr(core, "run", run)
    test = wait(pressed(opened("about_data", open="newer"), "refresh_fetch"))
    assert [button.key for button in test.button if button.key.startswith("refresh_accept_")] == [
        "refresh_accept_plans"
    ]
    assert any(words.value.endswith("England's figure for plans would change.") for words in test.markdown)
    test = wait(pressed(test, "refresh_accept_plans"))
    assert asked == [((), ()), (["ehc_plans"], ["plans"])] and not test.exception
    assert not [button for button in test.button if button.key.startswith("refresh_accept_")]


def test_when_nobody_can_be_reached_every_table_says_so_and_stays():
    test = wait(pressed(opened("about_data", open="newer"), "refresh_look"))
    assert not test.exception
    table = next(table.value for table in tables_of(test) if "Outcome" in table.value.columns)
    # The register of schools is asked for only when it is fetched: a new month is all that says that it may be newer.
    assert (
        set(table["Outcome"]) <= {"Not fetched", "Newer figures are there"}
        and (table["Note"].str.contains("can not be reached") | table["Note"].eq("see below")).sum() >= 10
    )


def test_another_refresh_elsewhere_is_told_of(monkeypatch):
    def busy(dry_run, report):
        raise AlreadyRunning("Another refresh is running; this one has done nothing. Wait until it is done.")

    monkeypatch.setattr(core, "run", busy)
    test = wait(pressed(opened("about_data", open="newer"), "refresh_fetch"))
    assert any("Another refresh is running" in error.value for error in test.error)


def test_offline_there_is_no_button(monkeypatch):
    monkeypatch.setenv("SENDLIB_OFFLINE", "1")
    test = opened("about_data", open="newer")
    assert "switched off" in text_of(test) and not [
        button for button in test.button if button.key.startswith("refresh_")
    ]


def test_new_figures_show_on_pages_that_are_open(monkeypatch, tmp_path, store):
    from sendlib import store as stores
    from sendlib.refresh import pupils
    from tests.made_up import newer_pupils

    test = opened("my_area", area="879")
    assert "2025/26" not in text_of(test)
    stores.add_releases(tmp_path / "live", [newer_pupils(store, pupils)], "pupils", "made up")
    assert "2025/26" in text_of(test.run())


def test_cancel_stops_between_steps_and_the_figures_stay(monkeypatch):
    begun = threading.Event()

    def slowly(dry_run, report):
        begun.set()
        for step in range(6000):
            report(step / 6000, f"step {step}")
            time.sleep(0.05)
        return []

    monkeypatch.setattr(core, "run", slowly)
    test = pressed(opened("about_data", open="newer"), "refresh_fetch")
    assert begun.wait(300) and not next(button for button in test.button if button.key == "refresh_stop").disabled
    test = wait(pressed(test, "refresh_stop"))
    assert any("was stopped" in error.value for error in test.error) and not refreshing.runner().rows
    assert next(button for button in test.button if button.key == "refresh_stop").disabled
    monkeypatch.setattr(core, "run", lambda dry_run, report: report(0.5, "again") or [Row("plans", "a", "b", 1, "new")])
    assert any(
        "new figures" in success.value for success in wait(pressed(test, "refresh_fetch")).success
    )  # the next one is not stopped


def test_the_tables_that_no_refresh_brings_are_named():
    assert "A refresh does not bring these tables" in text_of(opened("about_data", open="newer"))
