"""Doing well for a region, England, a health area and a group of authorities that a reader picked."""

import pytest

from sendlib import pictures, service
from sendlib.answer import MODES
from sendlib.compared import widened
from sendlib.compared.comparators import DEFAULT
from sendlib.errors import NoData
from sendlib.questions.doing_well import QUESTION
from sendlib.questions.doing_well.care import CARE_BY_AREA, CARE_SEN

PENINSULA = "Devon, Plymouth, Torbay"
KINDS = [
    "London",
    "England",
    "QJK",
    "T6Y0W",
    "QMM",
    "NHS Gloucestershire",
    "Cumbria",
    PENINSULA,
    "Cambridgeshire, Peterborough",
    "Isles of Scilly, City of London",
    "880,",
]


@pytest.fixture(scope="module")
def asked(store):
    held = {}

    def ask(text: str, versus: str = DEFAULT, **chosen: str):
        key = (text, versus, tuple(chosen.items()))
        if key not in held:
            directory = widened.directory(store)
            area = directory.get(text) if text.endswith(",") else directory.find(text).area
            held[key] = service.answer_of(store, QUESTION, area, versus, chosen)
        return held[key]

    return ask


def said(answer, kind="missing", mode="explore"):
    return " ".join(note.text.in_mode(mode) for note in answer.notes if note.kind == kind)


def sums(answer):
    return answer.tables["sum_compared"].data.set_index("area")


def test_of_a_group_the_sum_leads_and_is_that_of_its_authorities(asked):
    answer = asked(PENINSULA)
    assert answer.lead == "sum_by_january" and answer.title.explore == "Not in a setting: 12.2% to 12.8% of plans"
    found = sums(answer)
    members = found.loc[["Devon", "Plymouth", "Torbay"], ["sum_low", "sum_high", "all_plans"]].sum()
    assert found.loc["Devon, Plymouth and Torbay", ["sum_low", "sum_high", "all_plans"]].tolist() == members.tolist()
    assert answer.headline.explore.startswith(
        "In January 2025, between 1,776 and 1,867 (12.19% to 12.81%) of those with a plan from Devon, Plymouth and"
        " Torbay were not in an education setting. In England it was 7.0% to 10.7% of those with a plan."
    )
    assert "had a plan from Devon, Plymouth and Torbay in January 2025. Of these, between" in answer.headline.families


def test_it_says_once_why_there_are_no_gaps_and_where_they_are(asked):
    answer = asked(PENINSULA)
    told = said(answer)
    assert told.count("give shares without the numbers that they are shares of") == 1
    assert "They are on the page of each authority by itself: Devon, Plymouth and Torbay." in told
    assert "Choose one council alone to see it: Devon, Plymouth and Torbay." in said(answer, mode="families")
    assert not {"stages", "over_time", "attendance", "care_over_time"} & set(answer.tables)
    assert not {one.choice.about for one in answer.offered.values()} - set(answer.tables) - {""}


def test_children_in_need_of_a_group_are_added_up_and_never_averaged(store, asked):
    rows = asked(PENINSULA).tables["care"].data.set_index(["children_who", "pupils_with"])
    table = store.table("care").astype(dict.fromkeys(("area_code", "period", "group", "sen", "need", "unit"), str))
    children = table[
        table["area_code"].isin(["878", "879", "880"])
        & table["period"].eq(table["period"].max())
        & table["need"].eq("all")
        & table["unit"].eq("children")
    ].groupby(["group", "sen"])["value"]
    counts = children.sum()
    for group, who in CARE_BY_AREA.items():
        for sen, words in CARE_SEN.items():
            assert rows.at[(who, words), "reached"] == pytest.approx(100 * counts[group, sen] / counts[group, "all"])


def test_a_sum_that_lacks_a_member_is_not_known_and_names_it(asked):
    answer = asked("Cambridgeshire, Peterborough")
    assert answer.title.explore == "Not in a setting: not known"
    assert answer.headline.explore.startswith(
        "How many with a plan from Cambridgeshire and Peterborough were not in an education setting in January 2025 is"
        " not known: the placements of Cambridgeshire are not available."
    )
    assert "for Cambridgeshire (8,007 plans) in January 2025, so that the sum of all together is not known." in said(
        answer
    )
    assert "in no school, college or nursery in January 2025 is not known" in answer.headline.families
    hackney = asked("Hackney, Lewisham")
    assert [figure.text for figure in hackney.figures][1] == "Not available" and "a number of Hackney is " in said(
        hackney
    )


@pytest.mark.parametrize("code", ["880", "420", "207", "873", "926"])
def test_a_group_of_one_has_every_number_of_the_authority(asked, code):
    alone, one = asked(f"{code},", "303, 330, 370"), asked(code, "303, 330, 370")
    assert [figure.text for figure in alone.figures] == [figure.text for figure in one.figures]
    assert alone.title == one.title and alone.headline == one.headline and alone.state == one.state
    assert list(alone.tables) == list(one.tables)
    for name, table in one.tables.items():
        figures, same = (
            data.drop(columns="area_code", errors="ignore") for data in (alone.tables[name].data, table.data)
        )
        assert figures.equals(same), name


def test_a_region_is_compared_with_the_other_regions(asked):
    answer = asked("South West")
    assert answer.comparators == "the other eight regions"
    assert "range of the other eight regions" in answer.headline.explore and " in the South West" in (
        answer.headline.explore
    )
    assert answer.figures[0].comparison.explore.startswith("regions ")
    assert len(answer.tables["sum_compared"].data) == 10  # nine regions and England


def test_england_is_set_beside_the_spread_of_its_authorities_and_never_beside_itself(asked):
    answer = asked("England")
    for figure in answer.figures:
        assert figure.comparison.explore.startswith("its 153 authorities (") and not figure.direction
        assert "England" not in figure.comparison.explore
    assert "among its 153 authorities it runs from " in answer.headline.explore
    assert set(answer.tables["stages"].data["gap_is"]) == {"not compared"}
    elsewhere = pictures.of(answer, "stages", "explore")[0].data["elsewhere"]
    assert elsewhere.str.match(r"Gap in its parts: those compared -?[\d.−]+ to [\d.]+$").all(), "and no England"
    assert sums(answer).index.tolist().count("England") == 1


def test_england_picked_to_compare_with_is_in_the_table_once(asked):
    answer = asked(PENINSULA, "Barnsley, Luton, South West")
    assert sums(answer).index.is_unique and sums(answer).index[-1] == "England"


def test_a_health_area_has_the_sum_of_its_authorities_beside_other_boards(asked):
    board, group = asked("QJK"), asked(PENINSULA)
    assert board.comparators == "the other 35 integrated care boards"
    assert [figure.value for figure in board.figures] == [figure.value for figure in group.figures]
    assert "with a plan from the authorities of NHS Devon" in board.headline.explore
    assert "All of its children live in these three councils' areas" in said(board, "caution")


def test_a_board_of_one_authority_has_its_gaps(asked):
    answer = asked("NHS Gloucestershire")
    assert answer.lead == "stages" and " in the area of NHS Gloucestershire" in answer.headline.explore
    assert answer.title.explore == "14 gaps known, but too few of those compared"


def test_a_location_in_which_no_authority_mostly_lies_is_refused_with_where_to_look(asked):
    with pytest.raises(NoData, match="Getting help shows what the NHS publishes of it"):
        asked("05D")


def test_of_a_handful_of_children_nothing_is_told_of_a_group_either(asked):
    answer = asked("Isles of Scilly, City of London")
    assert answer.state == "too_few" and len(answer.figures) == 1
    assert "The City of London and the Isles of Scilly have so few children" in said(answer, "caution")
    for mode in ("show", "families"):
        assert answer.figures[0].instead.in_mode(mode) == "Not shown"
    assert pictures.of(answer, answer.lead, "show")[0].nothing


@pytest.mark.parametrize("text", KINDS)
def test_every_kind_is_answered_in_every_mode_with_pictures(asked, text):
    answer = asked(text)
    for mode in MODES:
        assert 0 < len(answer.title.in_mode(mode).split()) <= 10
        for name in answer.tables:
            pictures.of(answer, name, mode)
        assert pictures.of(answer, answer.lead, mode)
        words = [answer.headline.in_mode(mode), *(note.text.in_mode(mode) for note in answer.notes)]
        words += [part.in_mode(mode) for figure in answer.figures for part in (figure.label, figure.comparison)]
        assert not [text for text in words for wrong in ("  ", "{", "nan%", "None.") if wrong in text]
