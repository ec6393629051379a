"""Which NHS areas an authority lies in: shares known from elsewhere, broken files, periods and codes of the NHS."""

from datetime import date

import pandas as pd
import pandera.errors
import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import health, health_areas, health_boards, periods, schema
from sendlib.tables.flows import code_of
from tests.made_up import as_csv

FILE = "made-up.csv"


@pytest.fixture(scope="module")
def table(store):
    return store.table("health_areas")


def largest(table, level):
    return table[table.level.eq(level)].groupby("area_code").share_of_authority.max()


def test_most_authorities_lie_in_one_nhs_area_and_few_are_one(table):
    assert len(table.area_code.unique()) == 153
    assert (largest(table, "sub_icb") >= 98).sum() == 138
    assert (largest(table, "icb") >= 98).sum() == 146
    same = table[table.level.eq("sub_icb") & table.share_of_authority.ge(98) & table.share_of_health_area.ge(98)]
    assert len(same) == 46


@pytest.mark.parametrize(
    ("name", "level", "share"),
    [("Essex", "icb", 56), ("Surrey", "icb", 88), ("Staffordshire", "sub_icb", 26), ("Sefton", "sub_icb", 60)],
)
def test_shares_of_divided_authorities_are_the_known_ones(table, areas, name, level, share):
    assert round(largest(table, level)[areas.find(name).areas[0].code]) == share


def test_shares_add_up_to_everyone(table):
    for level, part in table[table.level.ne("icb_2026")].groupby("level"):
        assert part.groupby("area_code").share_of_authority.sum().sub(100).abs().max() < 1e-4
        assert part.groupby("health_code").share_of_health_area.sum().sub(100).abs().max() < 1e-4
        assert part.health_code.nunique() == {"icb": 42, "sub_icb": 106}[level]
        assert part.children.sum() == 12_093_288


def board(table, areas, name):
    """The boards of 2026 of an authority: name -> (share in words, how well it is known)."""
    rows = table[table.level.eq("icb_2026") & table.area_code.eq(areas.find(name).areas[0].code)]
    return {row.name: (row.share_of_authority, row.known) for row in rows.itertuples(index=False)}


def test_an_authority_is_in_the_board_that_took_the_place_of_its_own(table, areas):
    assert board(table, areas, "Norfolk") == {"NHS Norfolk and Suffolk": (100, "all")}
    assert board(table, areas, "Camden") == {"NHS West and North London": (100, "all")}
    assert board(table, areas, "Hertfordshire") == {"NHS Central East": (100, "all")}
    assert board(table, areas, "Plymouth") == {"NHS Devon": (100, "all")}


def test_where_a_board_was_divided_nothing_is_guessed(table, areas):
    essex = board(table, areas, "Essex")
    assert list(essex) == ["NHS Essex"] and essex["NHS Essex"][1] == "at_least"
    assert round(essex["NHS Essex"][0]) == 56  # West Essex and North East Essex are presumed only
    slough = board(table, areas, "Slough")
    assert {known for _, known in slough.values()} == {"no"} and len(slough) == 3
    assert all(share != share for share, _ in slough.values())
    surrey = board(table, areas, "Surrey")
    assert round(surrey["NHS Surrey and Sussex"][0]) == 88 and surrey["NHS Surrey and Sussex"][1] == "at_least"


def test_the_boards_of_2026_are_those_of_2022_put_together(store, table):
    pairs = store.table("health_boards").astype(str)
    assert (len(pairs), pairs.board_code.nunique(), pairs.before_code.nunique()) == (44, 36, 42)
    boards = pairs.drop_duplicates("board_code").change.value_counts().to_dict()
    assert boards == {"same": 29, "successor": 6, "widened": 1}
    assert len(set(pairs.before_ons_code) - set(pairs.board_ons_code)) == 13  # twelve abolished, one widened
    assert set(pairs.loc[pairs.part.eq("divided"), "before_name"]) == {"NHS Frimley"}
    before, after = (table[table.level.eq(level)].children.sum() for level in ("icb", "icb_2026"))
    unknown = table[table.health_code.isin(["QNQ", "07H", "06T"]) & table.level.isin(["icb", "sub_icb"])]
    assert before - after == unknown[~unknown.duplicated(["area_code", "health_code", "children"])].children.sum()
    changed = set(pairs.loc[pairs.change.ne("same"), "before_code"])
    assert table[table.level.eq("icb") & table.health_code.isin(changed)].area_code.nunique() == 41


def test_a_list_of_boards_that_is_not_whole_is_refused(originals):
    nhs = health.read_areas(originals.read(health.LOOKUP), health.LOOKUP)
    content = originals.read(health_boards.FILE)
    with pytest.raises(ContractBroken, match="is a board of 2022 here or in"):
        health_boards.read(b"".join(content.splitlines(keepends=True)[:-1]), FILE, nhs)
    with pytest.raises(ContractBroken, match="stands for two boards"):
        health_boards.read(content.replace(b"E54000070,S0E4D", b"E54000070,S9B9J", 1), FILE, nhs)
    with pytest.raises(ContractBroken, match="two rows for the same pair"):
        health_boards.read(content + content.splitlines(keepends=True)[-1], FILE, nhs)


def test_names_are_for_reading(table):
    names = table.set_index("health_code")[["name", "place"]].drop_duplicates()
    assert names.loc["QJK"].tolist() == ["NHS Devon", "Devon"]
    assert names.loc["02P"].tolist() == ["NHS South Yorkshire ICB - 02P", "Barnsley"]
    assert names.loc["15N", "place"] == "Devon"


def test_barnsley_and_sheffield_are_found_under_their_old_codes(table):
    assert {"370", "373"} <= set(table.area_code)


@pytest.mark.parametrize("code", ["02P", "15N", "QJK"])
def test_codes_join_the_tables_of_waits(store, table, code):
    assert code in set(table.health_code)
    held = [name for name in ("waits_community", "waits_mental_health", "waits_autism") if len(store.rows(name, code))]
    assert held


def shares(areas, change=None):
    """Two made-up ICBs that divide every authority of today one to three."""
    of_code = {new: old for old, new in code_of(areas).items()}
    rows = [
        {
            "icb22_code": icb,
            "utla23_code": of_code[code],
            "pop0_17": children,
            "sh_utla": children / 4,
            "sh_icb": 1 / len(areas.authorities),
        }
        for code in areas.authorities
        for icb, children in (("E54000001", 1), ("E54000002", 3))
    ]
    return [{**row, **(change or {})} if number == 0 else row for number, row in enumerate(rows)]


def test_made_up_shares_are_read_in_per_cent(areas):
    frame = health_areas.read_icbs(as_csv(shares(areas)), FILE, areas)
    assert set(frame.share_of_authority) == {25.0, 75.0} and len(frame) == 2 * 153


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"utla23_code": "E06999999"}, "'E06999999' is not an authority"),
        ({"pop0_17": "some"}, "is not a number"),
        ({"pop0_17": 2}, "does not follow from the children"),
        ({"sh_utla": 0.3}, "'of_authority' does not follow"),
        ({"icb22_code": "E54000002"}, "two rows for the same"),
    ],
)
def test_shares_that_can_not_be_right_are_refused(areas, change, problem):
    with pytest.raises(ContractBroken, match=problem):
        health_areas.read_icbs(as_csv(shares(areas, change)), FILE, areas)


def test_a_file_of_shares_that_is_cut_short_or_no_table_is_refused(areas):
    with pytest.raises(ContractBroken, match="cut short"):
        health_areas.read_icbs(as_csv(shares(areas)[:-1]), FILE, areas)
    with pytest.raises(ContractBroken, match="exactly the authorities of today"):
        health_areas.read_icbs(as_csv(shares(areas)[:-2]), FILE, areas)
    with pytest.raises(ContractBroken, match="web page"):
        health_areas.read_icbs(b"<html></html>", FILE, areas)
    with pytest.raises(ContractBroken, match="agreed columns sicbl22_code"):
        health_areas.read_sub_icbs(as_csv(shares(areas)), FILE, areas)


def test_the_lookup_of_nhs_areas_must_be_whole(originals):
    content = originals.read(health.LOOKUP)
    assert len(health.read_areas(content, FILE)) == 106 + 42 + 7
    with pytest.raises(ContractBroken, match="106 sub-ICB locations"):
        health.read_areas(b"".join(content.splitlines(keepends=True)[:-1]), FILE)
    with pytest.raises(ContractBroken, match="stands for two areas"):
        health.read_areas(
            content.replace(b"NHS Devon Integrated", b"NHS Devonshire Integrated", 1).replace(b",QVV,", b",QJK,", 1),
            FILE,
        )


def test_places_need_one_name_for_each_code():
    row = {"BREAKDOWN": "CCG of Residence", "PRIMARY_LEVEL": "02P", "nhs_name": "NHS Barnsley CCG"}
    assert health_areas.read_places(as_csv([row, row]), FILE) == {"02P": "Barnsley"}
    for wrong in (
        [row, {**row, "nhs_name": "NHS Doncaster CCG"}],
        [{**row, "nhs_name": "Barnsley"}],
        [{**row, "BREAKDOWN": "England"}],
    ):
        with pytest.raises(ContractBroken, match="one name such as"):
            health_areas.read_places(as_csv(wrong), FILE)


@pytest.mark.parametrize(
    ("published", "written"),
    [
        ("NHS DEVON INTEGRATED CARE BOARD", "NHS Devon"),
        ("GUY'S AND ST THOMAS' NHS FOUNDATION TRUST", "Guy's and St Thomas' NHS Foundation Trust"),
        ("THE NEWCASTLE UPON TYNE HOSPITALS", "The Newcastle upon Tyne Hospitals"),
        ("STAFFORDSHIRE AND STOKE-ON-TRENT", "Staffordshire and Stoke-on-Trent"),
        ("CORA HEALTH MSK (FORMERLY CONNECT HEALTH LTD)", "Cora Health MSK (formerly Connect Health Ltd)"),
        ("Your Healthcare", "Your Healthcare"),
    ],
)
def test_names_in_capitals_are_written_as_one_writes_them(published, written):
    assert health.readable(published) == written


@pytest.mark.parametrize("text", ["31/01/2023", "2023-01-31", "31-01-2023", "31/01/23"])
def test_the_last_day_of_a_month_is_told_from_a_january_stock(text):
    period = periods.month_end(text, FILE)
    assert (period, periods.spoken(period), periods.spoken("2023-01")) == (
        "2023-01-31",
        "31 January 2023",
        "January 2023",
    )


@pytest.mark.parametrize("text", ["30/01/2023", "01/31/2023", "2023-02-29", "31/01/2023 00:00", "January 2023", ""])
def test_a_day_that_does_not_end_a_month_is_refused(text):
    with pytest.raises(ContractBroken, match="not the last day of a month"):
        periods.month_end(text, FILE)


def test_months_are_counted_back_over_the_new_year():
    assert periods.end_of_month(2024, 2) == "2024-02-29"
    assert periods.first_day("2023-08-31", 12) == date(2022, 9, 1)
    assert [periods.first_day("2024-02-29", months) for months in (1, 2, 3)] == [
        date(2024, 2, 1),
        date(2024, 1, 1),
        date(2023, 12, 1),
    ]


@pytest.mark.parametrize(
    ("code", "other"),
    [
        ("879", False),
        ("QJK", True),
        ("15N", True),
        ("D9Y0V", True),
        ("E92000001", True),
        ("E12000001", False),
        ("qjk", False),
    ],
)
def test_codes_of_authorities_and_of_the_nhs_are_checked_apart(code, other):
    frame = pd.DataFrame({"area_code": [code], "period": ["2023-01-31"], "value": [1.0], "status": ["value"]})
    dimensions = {"period": schema.text(schema.MONTH_END)}
    if other:
        schema.long_table(dimensions, area_code=schema.HEALTH_CODE).validate(frame)
    else:
        with pytest.raises(pandera.errors.SchemaError):
            schema.long_table(dimensions, area_code=schema.HEALTH_CODE).validate(frame)
    if code in ("879", "E92000001", "E12000001"):
        schema.long_table(dimensions).validate(frame)
    else:
        with pytest.raises(pandera.errors.SchemaError):
            schema.long_table(dimensions).validate(frame)
