"""Getting help answers for every kind of area, in sentences that are true of that kind."""

import pytest

from sendlib import pictures, service
from sendlib.answer import FULL, MODES, NOT_SHOWN
from sendlib.compared import widened
from sendlib.exports import shown
from sendlib.questions.getting_help import QUESTION
from sendlib.tables.process_measures import MEASURES

NAMES = {
    "region": "South West",
    "England": "England",
    "board": "QJK",
    "new board": "T6Y0W",
    "widened board": "QRL",
    "gone board": "QMM",
    "location": "15N",
    "location alone": "05D",
    "group": "Devon, Plymouth, Torbay",
    "lacking": "Hackney, Lewisham",
    "tiny": "Isles of Scilly, City of London",
}


def asked(store, name, versus=""):
    area = widened.directory(store).find(name).area
    return service.answer_of(store, QUESTION, area, versus, {})


@pytest.fixture(scope="module")
def answers(store):
    return {kind: asked(store, name) for kind, name in NAMES.items()}


def every_text(answer, mode):
    texts = [answer.title, answer.headline, *(note.text for note in answer.notes)]
    for figure in answer.figures:
        texts += [figure.label, figure.comparison, figure.detail]
    texts += [text for table in answer.tables.values() for text in (table.caption, table.how_to_read)]
    return [words for text in texts if (words := text.in_mode(mode))]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", NAMES)
def test_nothing_is_empty_or_half_said(answers, kind, mode):
    answer = answers[kind]
    assert len(answer.title.in_mode(mode).split()) <= 10, answer.title
    for words in every_text(answer, mode):
        assert "nan" not in words.casefold().split() and "None" not in words, words
        assert ": ." not in words and "  " not in words.replace("\n", " ").replace("  -", ""), words
    for name in answer.tables:
        for picture in pictures.of(answer, name, mode):
            assert picture.alt.in_mode(mode), name


@pytest.mark.parametrize("kind", NAMES)
def test_every_column_of_every_table_is_described(answers, kind):
    for name, table in answers[kind].tables.items():
        assert set(table.data.columns) <= set(table.columns), name


# Regions and groups


def test_a_region_is_said_with_its_article_and_compared_with_the_other_regions(answers):
    region = answers["region"]
    assert region.headline.explore.startswith("In the South West, 31.0% of the 8,919 plans issued in 2024")
    assert "against a mean of 46.9% among the other eight regions" in region.headline.explore


def test_of_the_boards_of_a_region_the_largest_are_shown_and_how_many_more_there_are_is_said(answers):
    region = answers["region"]
    shown = set(region.tables["community"].data["health_area"])
    assert len(shown) == 4 and "England" in shown
    assert "It lies in 4 more NHS areas, with fewer of its children." in region.figures[3].detail.explore
    said = [note.text.explore for note in region.notes_about("health_areas")]
    assert any("4 more ICBs are in the table of overlaps" in text and "never added up" in text for text in said)


def test_a_group_has_the_sum_of_its_members_and_never_the_mean_of_their_rates(store, answers):
    parts = [asked(store, name).tables["on_time"].data.iloc[-1] for name in ("Devon", "Plymouth", "Torbay")]
    last = answers["group"].tables["on_time"].data.iloc[-1]
    assert last["issued"] == sum(part["issued"] for part in parts)
    assert last["share"] == pytest.approx(100 * sum(part["in_20_weeks"] for part in parts) / last["issued"])


def test_several_areas_in_a_row_lie_somewhere(answers):
    assert "NHS areas that Devon, Plymouth and Torbay lie in" in answers["group"].tables["health_areas"].caption.explore
    assert "NHS areas that the South West lies in" in answers["region"].tables["health_areas"].caption.explore


def test_who_of_a_group_has_no_figure_is_named_and_no_sum_is_given(answers):
    appeals = answers["lacking"].figures[2]
    assert appeals.text == "Not available" and appeals.detail.explore == "No figure of Lewisham."


def test_what_the_others_have_together_is_said_as_at_least(answers):
    whys = " ".join(answers["group"].tables["reviews"].data["why"])
    assert "no figure of Plymouth" in whys and "at least" in whys


def test_officers_of_several_authorities_are_counted_and_named_where_few(answers):
    told = answers["group"].tables["officers"].how_to_read.explore
    assert "Designated medical officer: 3 of 3 authorities have one" in told
    assert "2 of 3 authorities have one (Devon and Torbay); being recruited: Plymouth" in told


def test_a_group_of_one_has_every_number_of_its_authority(store):
    directory = widened.directory(store)
    for code in ("879", "942", "921", "331"):
        alone = service.answer_of(store, QUESTION, directory.get(f"{code},"), "england", {})
        whole = service.answer_of(store, QUESTION, directory.get(code), "england", {})
        assert alone.headline == whole.headline and alone.figures == whole.figures
        for name, table in whole.tables.items():
            assert table.data.equals(alone.tables[name].data), (code, name)


# England


def test_england_stands_beside_the_spread_of_its_authorities_and_never_beside_itself(answers):
    england = answers["England"]
    assert england.title.explore == "Most plans late: 45.9% were on time in 2024"
    assert "the middle half has between 29.5% and 77.9%" in england.headline.explore
    for mode in MODES:
        for figure in england.figures:
            assert "England" not in figure.comparison.in_mode(mode)
            assert not figure.direction
        assert england.headline.in_mode(mode).count("England") == 1
    assert list(england.tables["comparators"].data["area"]).count("England") == 1
    for name in ("on_time", "decisions", "late", "reviews"):
        assert "england" not in england.tables[name].data


def test_england_is_one_line_of_its_picture(answers):
    (picture,) = pictures.of(answers["England"], "on_time", "explore")
    assert [entry.words for entry in picture.legend].count("England") == 1
    assert len(picture.legend) == 4


def test_england_has_its_own_waits_and_no_board_stands_for_it(answers):
    england = answers["England"]
    assert england.figures[3].text == "40.0%" and "in England" in england.figures[3].label.explore
    assert set(england.tables["community"].data["health_area"]) == {"England"}
    assert "community_area" not in england.offered


# Health areas


def test_a_board_leads_with_its_own_list_and_needs_no_overlap_for_it(answers):
    board = answers["board"]
    assert board.lead == "waits" and board.state == FULL
    assert board.headline.explore.startswith(
        "In NHS Devon, 174 of 3,184 children on the list of community paediatrics in October 2025 had waited over 52"
        " weeks. That is 5.5%, against 40.0% in England: lower. The middle one of the 37 other NHS areas (ICBs) with a"
        " share: 17.8%."
    )
    own = board.figures[0]
    assert own.text == "5.5%" and not own.detail.explore


@pytest.mark.parametrize("kind", ["board", "new board", "gone board", "widened board", "location"])
def test_a_health_area_stands_beside_the_middle_half_of_the_other_boards(answers, kind):
    told = answers[kind].figures[0].comparison
    assert "The middle half of the 3" in told.explore and "other NHS areas (ICBs) with a share" in told.explore
    assert "Half of the other NHS areas: fewer than 1 to 4" in told.in_mode("families")
    # A shared screen has room for the others, or for the name of the area whose list it is.
    own_list = kind in ("board", "gone board")
    assert ("Half of the other NHS areas" in told.in_mode("show")) == own_list, told.in_mode("show")
    assert any("The middle half of the other NHS areas" in note.text.explore for note in answers[kind].notes)


@pytest.mark.parametrize("kind", ["region", "group", "tiny"])
def test_no_area_of_authorities_is_measured_against_boards(answers, kind):
    health = [figure for figure in answers[kind].figures if figure.table == "waits_community"]
    assert health and all("middle half" not in figure.comparison.explore for figure in health)


@pytest.mark.parametrize("kind", ["board", "new board", "gone board"])
def test_the_lead_of_a_board_has_the_other_boards_of_each_month_and_draws_them(answers, kind):
    table = answers[kind].tables["waits"].data
    assert (table["others_low"] <= table["others_middle"]).all()
    assert (table["others_middle"] <= table["others_high"]).all()
    assert table["others_known"].between(30, 40).all()
    for mode, words in {"explore": "Middle half of", "show": "Middle half of", "families": "Half of"}.items():
        (picture,) = pictures.of(answers[kind], "waits", mode)
        assert f"{words} the other NHS areas" in " ".join(entry.words for entry in picture.legend)
        assert "half of the 3" in picture.alt.in_mode(mode)
        bars = picture.spec["layer"][0]["data"]["values"]
        assert len(bars) == table["period"].nunique()


def test_a_board_is_not_one_of_the_others(answers, store):
    """The middle of the others is worked out again here, from the shares as they were published."""
    table = store.table("waits_community").astype({"area_code": str, "period": str, "service": str, "band": str})
    rows = table[table["level"].eq("icb") & table["service"].eq("community_paediatrics")]
    rows = rows[rows["period"].eq("2025-10-31") & rows["area_code"].ne("QJK")]
    wide = rows.pivot(index="area_code", columns="band", values="value")
    share = 100 * (wide["52-104"] + wide["over-104"]) / wide["total"]
    newest = answers["board"].tables["waits"].data.query("period == '2025-10-31'").iloc[0]
    assert newest["others_middle"] == pytest.approx(share.dropna().median())
    assert newest["others_known"] == share.notna().sum()


def test_figures_of_authorities_beside_a_board_are_titled_as_theirs(answers):
    board = answers["board"]
    assert board.figures[1].label.explore == "Plans issued within 20 weeks, its 3 authorities, 2024"
    assert "the authorities of NHS Devon" in board.tables["on_time"].caption.explore
    (picture,) = pictures.of(board, "on_time", "explore")
    assert "Authorities of NHS Devon" in [entry.words for entry in picture.legend]


@pytest.mark.parametrize("kind", ["board", "new board", "gone board", "location", "location alone"])
def test_how_far_authorities_stand_for_a_health_area_is_said_once(answers, kind):
    said = [note for note in answers[kind].notes if "aged 0 to 17, mid-2020)" in note.text.explore]
    assert len(said) == 1 and not said[0].about


def test_a_board_of_april_2026_says_that_the_lists_held_are_of_those_before_it(answers):
    new = answers["new board"]
    assert new.state == NOT_SHOWN and new.title.explore == "No waiting list of its own yet"
    assert set(new.tables["waits"].data["health_area"]) == {
        "NHS Norfolk and Waveney",
        "NHS Suffolk and North East Essex",
        "England",
    }
    assert not new.figures[0].direction
    assert any("never added up" in note.text.explore for note in new.notes)


def test_a_widened_board_is_not_taken_for_the_one_that_it_was(answers):
    lines = set(answers["widened board"].tables["waits"].data["health_area"])
    assert lines == {"NHS Hampshire and Isle of Wight (as it was until March 2026)", "England"}


def test_a_board_that_is_gone_shows_its_figures_and_names_its_successor(answers):
    gone = answers["gone board"]
    assert gone.figures[0].text == "59.6%"
    assert any(
        "figures end in March 2026. NHS Norfolk and Suffolk took the place of NHS Norfolk and Waveney."
        in note.text.explore
        for note in gone.notes
    )


def test_a_location_leads_with_what_is_counted_for_it_and_the_list_is_its_boards(answers):
    location = answers["location"]
    assert location.lead == "contacts"
    assert "about 8,575 children under 18 in devon" in location.headline.explore.casefold()
    assert "Waiting lists are counted by board and not by location: in NHS Devon" in location.headline.explore


def test_a_location_without_authorities_shows_only_what_the_nhs_publishes(answers):
    alone = answers["location alone"]
    assert not {"on_time", "decisions", "officers", "comparators"} & set(alone.tables)
    assert "process" not in alone.sources and alone.comparators == "England"
    assert any("figures of authorities are not shown" in note.text.explore for note in alone.notes)
    assert "is part of NHS Staffordshire and Stoke-on-Trent, with 12%" in alone.figures[0].detail.explore
    assert set(alone.tables["breaks"].data["about"]) <= set(alone.tables)


def test_every_board_and_location_gets_an_answer(store):
    for area in widened.directory(store).of_kind("board", "location")[::9]:
        answer = service.answer_of(store, QUESTION, area, "", {})
        for mode in MODES:
            assert len(answer.title.in_mode(mode).split()) <= 10, answer.title
            assert pictures.of(answer, answer.lead, mode), area.name


@pytest.mark.parametrize("text", ["878,879", "878,879,880", "QJK", "201,202"])
def test_deaths_below_five_can_not_be_taken_from_the_sum_of_a_group(text):
    area = service.directory().find(text).area
    alone = {}
    for code in area.parts:
        table = service.store().rows("process", code).astype({"measure": str, "period": str})
        alone[code] = table[table["measure"].eq("ceased_deceased")].set_index("period")["value"]
    few = {period for values in alone.values() for period in values.index[values.lt(5)]}
    assert few
    data = service.ask(QUESTION, area.code, "england", {}).tables["ceased"].data
    told = data[data["measure"].eq(MEASURES["ceased_deceased"].name)].set_index("period")["counted"]
    assert told.reindex(sorted(few)).isna().all()
    joined = widened.with_rows_of(service.store(), area)
    handed_out = shown.shown(joined, "process", area.code).set_index(["measure", "period"])["value"]
    assert handed_out["ceased_deceased"].reindex(sorted(few)).isna().all()
    assert handed_out["ceased_other_or_not_recorded"].reindex(sorted(few)).isna().all()
