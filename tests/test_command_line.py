"""The command line as a user meets it."""

import csv
import io
import json
import subprocess
import sys

import pytest

from sendlib import questions
from sendlib.__main__ import main
from tests.conftest import ROOT


def run(capsys, *arguments):
    status = main(list(arguments))
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_ask_prints_an_answer_to_read(capsys):
    status, out, _ = run(capsys, "ask", "my_area", "--area", "plymouth")
    assert status == 0
    assert "Plymouth" in out and "Pupils with an EHC plan: 5.0%" in out and "Open Government Licence v3.0" in out


def test_ask_gives_everything_as_json(capsys):
    _, out, _ = run(capsys, "ask", "needs", "--area", "879", "--json")
    answer = json.loads(out)
    assert answer["area"]["name"] == "Plymouth"
    shares = {row["need"]: row["share"] for row in answer["tables"]["mix"]}
    assert round(shares["semh"], 1) == 29.1 and sum(shares.values()) == pytest.approx(100)
    assert {"headline", "figures", "cannot_tell", "could_change", "sources", "notes", "captions", "columns"} <= set(
        answer
    )


def test_the_columns_of_every_table_are_explained(capsys):
    for question in questions.names():
        answer = json.loads(run(capsys, "ask", question, "--area", "879", "--json")[1])
        for name, rows in answer["tables"].items():
            assert set(rows[0]) == set(answer["columns"][name]), name


def test_every_choice_of_every_question_is_an_option_with_a_word_on_what_it_does(capsys):
    with pytest.raises(SystemExit):
        main(["ask", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    for question in questions.QUESTIONS:
        for choice in question.choices:
            assert choice.option in told and choice.help.split(",")[0] in told, choice.name


def test_an_option_sets_the_choice_and_the_answer_says_what_else_there_is(capsys):
    _, out, _ = run(capsys, "ask", "needs", "--area", "879", "--funnel-need", "asd", "--json")
    chosen = json.loads(out)["choices"]["funnel_need"]
    assert chosen["value"] == "asd" and "semh" in chosen["offered"] and chosen["label"]


def test_the_bulletins_sum_can_be_asked_for(capsys):
    _, out, _ = run(
        capsys, "ask", "doing_well", "--area", "England", "--definition", "not_educated", "--january", "2020", "--json"
    )
    answer = json.loads(out)
    assert answer["tables"]["sum"][-1]["number_of_plans"] == 21_372 and answer["figures"][2]["text"] == "5.5%"


def test_an_authority_that_was_divided_is_its_parts_together(capsys):
    status, out, err = run(capsys, "ask", "my_area", "--area", "Cumbria", "--json")
    area = json.loads(out)["area"]
    assert status == 0 and (area["kind"], area["members"]) == ("group", ["942", "943"])
    assert "divided on 1 April 2023" in err and "shown together" in err


def test_an_abolished_area_or_an_old_code_leads_to_the_area_of_today(capsys):
    for text, name in {"Bournemouth": "Bournemouth, Christchurch and Poole", "E08000016": "Barnsley"}.items():
        assert json.loads(run(capsys, "ask", "my_area", "--area", text, "--json")[1])["area"]["name"] == name


def test_a_table_has_rows_of_any_area_that_can_be_asked_about(capsys):
    out = run(capsys, "table", "plans", "--area", "Devon, Plymouth, Torbay", "--format", "json")[1]
    rows = {
        (row["period"], row["characteristic"]): row["value"] for row in json.loads(out) if row["measure"] == "plans"
    }
    each = [
        row["value"]
        for name in ("878", "879", "880")
        for row in json.loads(run(capsys, "table", "plans", "--area", name, "--format", "json")[1])
        if (row["period"], row["characteristic"]) == ("2025-01", "total")
    ]
    assert rows["2025-01", "total"] == sum(each)


def test_a_mistyped_comparator_lists_the_choices(capsys):
    status, _, err = run(capsys, "ask", "needs", "--area", "Plymouth", "--comparators", "neighbors-2025")
    assert status == 2 and "'neighbors-2025' is none of the choices" in err
    assert "neighbours-2025, neighbours-2021, region, type, england, own" in err


def test_suggestions_for_a_word_in_several_names_are_all_of_them(capsys, areas):
    _, _, err = run(capsys, "ask", "needs", "--area", "North")
    wanted = [area.name for area in areas.authorities.values() if "North " in f"{area.name} "]
    assert len(wanted) > 5 and all(name in err for name in wanted)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ask", "my_area", "--area", "Birm"), "Did you mean: Birmingham"),
        (("ask", "nonsense", "--area", "879"), f"There are: {', '.join(questions.names())}"),
        (("ask", "needs", "--area", "879", "--comparators", "neighbours-1999"), "lists of 2025 and 2021"),
        (("ask", "needs", "--area", "879", "--comparators", "301,nowhere"), "called 'nowhere'"),
        (("ask", "needs", "--area", "879", "--comparators", "879"), "Choose comparators"),
        (("ask", "doing_well", "--area", "879", "--definition", "all"), "There is no definition 'all'"),
        (("ask", "needs", "--area", "879", "--january", "2020"), "--january belongs to the question doing_well"),
        (("table", "nonsense"), "There is no table 'nonsense'"),
        (("refresh", "ees", "--accept", "nonsense"), "does not bring a table 'nonsense'"),
        (("table", "needs", "--area", "nowhere"), "called 'nowhere'"),
    ],
)
def test_what_there_is_not_gives_a_friendly_error_and_status_2(capsys, arguments, said):
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert said in err and "Traceback" not in err


def test_table_prints_csv_that_a_program_can_read(capsys):
    status, out, err = run(capsys, "table", "needs", "--area", "879", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    total = [row for row in rows if row["characteristic"] == "total" and row["scope"] == "all"]
    assert status == 0 and {row["area_code"] for row in rows} == {"879"}
    assert {row["need"]: float(row["value"]) for row in total}["plans"] == 3081
    assert err.startswith("source: Education, health and care plans")


def test_crosses_are_handed_out_as_published(capsys):
    _, out, _ = run(capsys, "table", "needs", "--area", "879", "--format", "csv")
    crossed = [
        row for row in csv.DictReader(io.StringIO(out)) if row["characteristic"] != "total" and row["need"] != "plans"
    ]
    assert [row for row in crossed if row["value"] and 1 <= float(row["value"]) <= 4]
    assert not [row for row in crossed if row["status"] == "hidden"]


def test_a_doubtful_figure_is_marked_in_what_is_handed_out(capsys):
    _, out, _ = run(capsys, "table", "plans", "--area", "Newham", "--format", "csv")
    marked = [row for row in csv.DictReader(io.StringIO(out)) if row["doubtful"]]
    assert [(row["characteristic"], row["period"], row["value"]) for row in marked] == [("total", "2025-01", "1199.0")]
    assert "2,705 in January 2024" in marked[0]["doubtful"]


@pytest.mark.parametrize("area", ["England", "South West", "E12000009", "909", "E92000001"])
def test_tables_also_know_regions_england_and_old_authorities(capsys, area):
    status, out, _ = run(capsys, "table", "plans", "--area", area, "--format", "json")
    assert status == 0 and json.loads(out)


@pytest.mark.parametrize(("area", "schools"), [("Plymouth", 7), ("Devon, Plymouth, Torbay", 35), ("South West", 144)])
def test_the_schools_of_an_area_of_any_kind_are_those_of_its_authorities(capsys, area, schools):
    _, out, err = run(capsys, "table", "schools", "--area", area, "--format", "json")
    rows = json.loads(out)
    assert len(rows) == schools and "Get Information About Schools" in err
    assert {"name", "kind", "capacity", "pupils", "area_code", "needs", "section_41", "lacks"} <= set(rows[0])


def test_what_the_columns_of_a_table_are_is_printed(capsys, store):
    _, out, _ = run(capsys, "table", "schools", "--columns")
    assert out.startswith("schools: special schools as points") and "`capacity`" in out and "`lacks`" in out
    for name in store.tables:
        assert run(capsys, "table", name, "--columns")[1].startswith(f"{name}: ")


def test_places_prints_its_schools_and_every_kind_of_provision(capsys):
    answer = json.loads(run(capsys, "ask", "places", "--area", "Plymouth", "--json")[1])
    schools = {row["school"]: row for row in answer["tables"]["schools_here"]}
    assert schools["Mill Ford School"]["places"] == 100 and schools["Courtlands School"]["places"] is None
    provision = {row["kind"]: row for row in answer["tables"]["provision"]}
    assert provision["School with resourced provision alone"]["schools"] == 8
    assert provision["Pupil referral unit"]["schools"] is None
    assert answer["columns"]["schools_here"]["places"]["titled"] == "Places"


def test_tables_lists_releases(capsys):
    status, out, _ = run(capsys, "tables")
    assert status == 0 and "needs: EHC plans by primary need" in out and "published 26 June 2025" in out


def test_a_damaged_snapshot_is_reported_with_status_1(capsys, tmp_path):
    status, _, err = run(capsys, "--store", str(tmp_path), "tables")
    assert status == 1 and "manifest" in err


def test_a_missing_folder_of_originals_is_reported_with_status_1(capsys, tmp_path):
    status, _, err = run(capsys, "snapshot", "--from", str(tmp_path / "nothing"), "--into", str(tmp_path / "out"))
    assert status == 1 and "no folder" in err and not (tmp_path / "out").exists()


def test_the_program_runs_as_a_module_without_a_traceback():
    done = subprocess.run(
        [sys.executable, "-m", "sendlib", "ask", "needs", "--area", "zz"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2 and "Traceback" not in done.stderr


def test_a_measure_that_was_picked_is_printed_and_a_page_alone_lists_its_measures(capsys):
    status, out, _ = run(capsys, "ask", "my_area", "--area", "879", "--measure", "getting_help.on_time.share")
    assert status == 0 and "On the page Getting help" in out and "Share of plans issued within 20 weeks" in out
    status, _, told = run(capsys, "ask", "places", "--area", "879", "--shade-measure", "my_area")
    assert status == 2 and "my_area.comparators.change: Change of the number of plans" in told
