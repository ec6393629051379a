"""A whole refresh from DfE: a new release comes in, every page follows it, and nothing is fetched twice."""

from sendlib.__main__ import main
from sendlib.compared import comparators, latest
from sendlib.questions import my_area, needs
from sendlib.refresh import ehc_plans, pupils
from sendlib.refresh.work import Work
from sendlib.store import Store
from tests.fakes import ees_samples as samples
from tests.refresh import ees, publisher
from tests.refresh.ees import assert_every_question_has_an_answer, held, outcomes, refresh, settings_of
from tests.sources.test_http import quick

pytestmark = ees.needs_originals


def test_a_new_release_comes_in_and_every_page_follows_it(refreshed, store, areas):
    _, folder, rows, _ = refreshed
    tables = ["needs", "plans", "placements", "process", "designated_officers", "school_sen"]
    assert outcomes(rows) == dict.fromkeys(tables, "new") | {"phase_transfers": "same"}
    now = held(folder)
    assert (
        latest.january(now) == "2026-01"
        and latest.school_year(now) == "2025/26"
        and latest.needs_period(now, "all") == "2026-01"
    )
    answer = my_area.QUESTION.ask(now, areas.get("879"), comparators.DEFAULT, {})
    assert "January 2026" in answer.headline.explore
    plans = now.rows("plans", "879").astype(str).query("period == '2026-01' and characteristic == 'total'")
    assert plans["value"].tolist() == ["3646.0"]
    assert "school year 2025/26" in answer.tables["hundred"].caption.explore
    mix = needs.QUESTION.ask(now, areas.get("879"), comparators.DEFAULT, {}).tables["mix"]
    assert "January 2026" in mix.caption.explore
    source = now.info("plans").sources[0]
    assert (source.release, source.published) == ("Reporting year 2026", "2026-06-25")
    assert latest.needs_period(store, "all") == "2025-01"  # the shipped figures are as they were


def test_what_dfe_counted_anew_comes_in_and_is_told_of_with_how_far_it_moved(refreshed, store):
    _, folder, rows, _ = refreshed
    notes = {row.table: row.note for row in rows}
    assert not any("as held before" in note for note in notes.values())
    assert (
        "recounted age when the plan started for January 2025: in England '5' from 79,742 to 53,520" in notes["plans"]
    )
    assert "'Placement not recorded' from 19,339 to 15,389" in notes["placements"]
    officers, process = (held(folder).info(name).last_period for name in ("designated_officers", "process"))
    assert (officers, process) == ("2026-01", "2026-01")
    appeals = held(folder).rows("process", "879").astype(str).query("period == '2025'").set_index("measure")["value"]
    assert appeals["appeals"] == "221.0" and appeals["issued"] != "nan"
    plymouth = held(folder).rows("needs", "879").astype(str).query("period == '2026-01' and characteristic == 'total'")
    assert float(plymouth.set_index("need")["value"]["plans"]) == 3_646


def test_every_question_of_every_kind_of_area_works_with_live_figures(refreshed, areas):
    assert_every_question_has_an_answer(held(refreshed[1]), areas)


def test_what_the_new_release_does_not_have_is_kept_from_what_is_held(refreshed, store):
    old, new = (s.table("plans").astype(str) for s in (store, held(refreshed[1])))
    for period, characteristic in (("2010-01", "total"), ("2016-01", "age_band"), ("2022-01", "age_band")):
        pick = [
            frame[frame["period"].eq(period) & frame["characteristic"].eq(characteristic)].drop(columns="status")
            for frame in (old, new)
        ]
        assert len(pick[0]) > 100 and pick[0].reset_index(drop=True).equals(pick[1].reset_index(drop=True))
    appeals = held(refreshed[1]).table("process").astype(str)
    assert (
        appeals["measure"].eq("appeal_rate").sum()
        == store.table("process").astype(str)["measure"].eq("appeal_rate").sum()
    )


def test_a_second_refresh_with_nothing_newer_makes_one_small_request_a_source(refreshed):
    server, folder, _, _ = refreshed
    before = len(server.log)
    rows = refresh(server, folder)
    assert set(outcomes(rows).values()) == {"same"}
    assert len(server.log) - before == 2 and sum(seen.bytes_sent for seen in server.log[before:]) < 60_000


def test_progress_grows_to_the_whole(refreshed):
    seen = refreshed[3]
    parts = [part for part, _ in seen]
    assert parts[-1] == 1.0 and parts[0] == 0.0 and max(parts) == 1.0
    assert any("caseload.csv" in text for _, text in seen)


def test_the_same_release_gives_the_shipped_figures_again(files_2025, store, tmp_path):
    with publisher.stand_in(store, files_2025, years=0) as server:
        made = {
            table.name: table.frame for module in (ehc_plans, pupils) for table in fetched_by(module, server, tmp_path)
        }
    for name in ("plans", "needs", "placements", "process", "designated_officers", "school_sen"):
        shipped, fetched = store.table(name), made[name]
        keys = [column for column in shipped if column not in ("value", "status")]
        if (
            name == "school_sen"
        ):  # the API has no rows of authorities that were gone, where the shipped table says "not available"
            shipped, fetched = (frame[frame["value"].notna()] for frame in (shipped, fetched))
        one, two = (
            frame.astype(dict.fromkeys([*keys, "status"], str)).sort_values(keys, ignore_index=True)
            for frame in (shipped, fetched)
        )
        assert one.equals(two[one.columns]), name


def fetched_by(module, server, tmp_path):
    settings = settings_of(server, tmp_path)
    store = Store()
    work = Work(quick(settings), store, comparators.known_areas(store), tmp_path, lambda part, text: None, "2026-01-01")
    return module.fetch(work, module.look(work))


def test_the_release_that_is_shipped_is_called_the_same_and_nothing_is_fetched(files_2025, store, tmp_path):
    with publisher.stand_in(store, files_2025, years=0) as server:
        for options in ({"dry_run": True}, {}, {}):
            rows = refresh(server, tmp_path, **options)
            assert {(row.outcome, row.note) for row in rows} == {("same", "nothing newer")}
        assert not [seen for seen in server.log if {"download", "query"} & set(seen.kinds)]
        # A correction within the same release has files of other ids; here with the same content.
        for place, file in enumerate(server.files):
            file.id = f"28ad9a85-b327-5784-8718-{place:012d}"
        server.data_set(samples.SEN_PROVISION).id = "019df85e-ab00-7458-a4ff-000000000001"
        rows = refresh(server, tmp_path)
    assert set(outcomes(rows).values()) == {"same"}
    assert all(row.note.startswith(("nothing changed", "the newest release has no file")) for row in rows), rows
    assert not any(info.live for info in held(tmp_path).tables.values())


def test_a_publisher_that_goes_back_to_an_older_release_changes_nothing(refreshed, files_2025, store):
    _, folder, _, _ = refreshed
    before = {name: info.file for name, info in held(folder).tables.items()}
    with publisher.stand_in(store, files_2025, years=0) as server:
        server.data_set(samples.SEN_PROVISION).id = "019df85e-ab00-7458-a4ff-000000000009"
        rows = refresh(server, folder)
    assert set(outcomes(rows).values()) == {"same"}
    assert (
        rows[0].note
        == "The publisher offers an older release (Reporting year 2025) than the one held (Reporting year 2026)."
    )
    assert (
        "older release (academic year 2024/25 (January 2025),"
        " version 1.0) than the one held (academic year 2025/26 (January 2026)" in rows[-1].note
    )
    now = held(folder)
    assert {name: info.file for name, info in now.tables.items()} == before and now.info("plans").sources[
        0
    ].release == "Reporting year 2026"


def test_the_command_line_prints_a_closing_table_and_fails_when_something_did(newer, tmp_path, monkeypatch, capsys):
    for name, value in {
        "SENDLIB_EES_API": newer.api,
        "SENDLIB_EES_CONTENT": newer.content,
        "SENDLIB_EES_SITE": newer.site,
        "SENDLIB_CACHE": str(tmp_path / "live"),
    }.items():
        monkeypatch.setenv(name, value)
    assert main(["refresh", "ehc_plans", "pupils", "--dry-run"]) == 0
    assert "newer" in capsys.readouterr().out
    assert main(["refresh", "ehc_plans", "pupils"]) == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines()[0].split()[:3] == ["table", "release", "before"]
    assert "Reporting year 2026" in printed.out and "caseload.csv" in printed.err
    assert main(["tables"]) == 0 and "Reporting year 2026" in capsys.readouterr().out
    newer.faults.add("reset", "any")
    assert main(["refresh", "ehc_plans"]) == 1 and "Try again later" in capsys.readouterr().out
    assert main(["refresh", "nobody"]) == 1 and "There are: ees" in capsys.readouterr().err
