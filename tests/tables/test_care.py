"""Children in need and looked-after children by SEN: what DfE hides stays hidden, and both files agree."""

import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import care, symbols
from tests.made_up import areas_of_a_release, as_csv

FILE = "made-up.csv"
ENGLAND = "E92000001"


def cell(store, code, **pinned):
    rows = store.rows("care", code)
    for column, label in {"period": "2021/22", "need": "all", "unit": "children", **pinned}.items():
        rows = rows[rows[column].eq(label)]
    assert len(rows) == 1
    return rows.iloc[0]


@pytest.mark.parametrize(
    ("pinned", "published"),
    [
        ({"group": "in_need", "sen": "all"}, 139_320),
        ({"group": "in_need", "sen": "ehc_plan", "unit": "percent"}, 26.9),
        ({"group": "looked_after_12_months", "sen": "any_sen"}, 24_060),
        ({"group": "looked_after_12_months", "sen": "any_sen", "need": "semh", "unit": "percent"}, 50.3),
        ({"group": "looked_after_12_months", "sen": "ehc_plan", "need": "semh", "unit": "percent"}, 49.5),
        ({"group": "all_pupils", "sen": "sen_support", "unit": "percent"}, 12.4),
        ({"group": "protection_plan", "sen": "sen_support", "period": "2016/17"}, 9_300),
        ({"group": "ever_in_need", "sen": "ehc_plan", "unit": "percent"}, 15.3),
    ],
)
def test_the_figures_of_england_are_the_published_ones(store, pinned, published):
    assert cell(store, ENGLAND, **pinned)["value"] == published


def test_small_counts_are_hidden_and_never_nought(store):
    city = cell(store, "201", group="looked_after_12_months", sen="all")
    assert city["status"] == symbols.HIDDEN and city["value"] != city["value"]
    assert store.info("care").missing[symbols.HIDDEN] > 25_000


def test_hackneys_missing_return_is_not_shown_as_no_children(store):
    rows = store.rows("care", "204")
    rows = rows[rows.period.isin(["2020/21", "2021/22"]) & rows.group.isin(["in_need", "protection_plan"])]
    assert len(rows) and set(rows.status.astype(str)) == {symbols.NOT_AVAILABLE}
    assert cell(store, "204", group="in_need", sen="all", period="2019/20")["value"] > 0
    assert len(store.info("care").notes) == 2 and "Hackney" in store.info("care").notes[0]


def test_a_group_that_truly_has_no_children_keeps_its_nought(store):
    assert cell(store, "857", group="protection_plan", sen="all")["value"] == 0  # Rutland
    assert cell(store, "857", group="protection_plan", sen="any_sen")["status"] == symbols.NOT_APPLICABLE


def test_nothing_below_england_crosses_group_status_and_need(store):
    table = store.table("care")
    local = table[table.area_code.ne(ENGLAND) & table.need.ne("all")]
    assert set(local.sen.astype(str)) == {"any_sen"}
    assert not set(table.area_code.astype(str)) & {"E13000001", "E13000002"}


def areas_file(**columns):
    figures = {
        "t_pupils": 100,
        "t_no_identified_sen": 60,
        "t_all_sen": 40,
        "t_sen_support": 30,
        "t_statement_or_ehc_plan": 10,
    }
    figures |= {name: 10 for name in care._STATUSES if name not in figures}
    figures |= dict.fromkeys(care._NEEDS_OF_ANY, "c")
    groups = ["CINO at 31 March", "CPPO at 31 March", "CLA 12 months at 31 March"]
    return [
        {
            "time_period": "202122",
            "time_identifier": "Academic year",
            "la_name": "",
            **area,
            "social_care_group": group,
            **figures,
            **columns,
        }
        for area in areas_of_a_release()
        for group in groups
        if area["old_la_code"] not in NOT_TODAY
    ]


NOT_TODAY: set[str] = set()


@pytest.fixture(autouse=True)
def only_known_codes(areas):
    NOT_TODAY.update(str(code) for code in range(201, 351) if str(code) not in areas.names)


@pytest.fixture
def few_authorities(monkeypatch):
    monkeypatch.setattr(care.reading, "FEWEST_AUTHORITIES", 10)


def test_a_made_up_file_is_read_with_its_hidden_cells(areas, few_authorities):
    frame = care.read_areas(as_csv(areas_file()), FILE, areas)
    rows = frame[frame.area_code.eq(ENGLAND) & frame.group.eq("in_need") & frame.unit.eq("children")].set_index(
        ["sen", "need"]
    )
    assert rows.value[("any_sen", "all")] == 40 and rows.status[("any_sen", "asd")] == symbols.HIDDEN


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda rows: [{**row, "social_care_group": "Everyone"} for row in rows], "everyone"),
        (lambda rows: [{**row, "time_identifier": "Calendar year"} for row in rows], "Academic year"),
        (lambda rows: [{**row, "t_ds": 1} for row in rows], "t_ds"),
        (lambda rows: [{**row, "t_all_sen": 90} for row in rows], "do not add up"),
        (lambda rows: [{**row, "t_asd": "~"} for row in rows], "neither a number nor a known symbol"),
        (lambda rows: [{**row, "pt_all_sen": 140} for row in rows], "140 per cent"),
        (lambda rows: [*rows, rows[-1]], "two rows"),
        (lambda rows: rows[:-1], "not every group"),
        (
            lambda rows: [
                {**row, "old_la_code": row["old_la_code"] and "999"}
                for row in rows
                if row["old_la_code"] in ("", "201")
            ],
            "'999'",
        ),
        (lambda rows: [{key: cell for key, cell in row.items() if key != "t_vi"} for row in rows], "t_vi"),
    ],
)
def test_a_changed_file_is_refused_by_name(areas, few_authorities, spoil, problem):
    with pytest.raises(ContractBroken, match=problem) as refused:
        care.read_areas(as_csv(spoil(areas_file())), FILE, areas)
    assert FILE in str(refused.value)


def test_a_file_with_few_authorities_is_refused(areas):
    with pytest.raises(ContractBroken, match="cut short"):
        care.read_areas(as_csv(areas_file()), FILE, areas)


def test_two_files_that_disagree_on_england_are_refused(originals, areas):
    by_area = care.read_areas(originals.read(care.BY_AREA), care.BY_AREA, areas)
    content = originals.read(care.ENGLAND_ONLY)
    care.together(by_area, care.read_england(content, care.ENGLAND_ONLY))
    with pytest.raises(ContractBroken, match="139330.*139320|do not add up"):
        care.together(by_area, care.read_england(content.replace(b"139320", b"139330"), care.ENGLAND_ONLY))
    with pytest.raises(ContractBroken, match="only 'National'"):
        care.read_england(content.replace(b"National", b"Regional", 1), care.ENGLAND_ONLY)
