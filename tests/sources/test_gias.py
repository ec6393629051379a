"""The register of schools: special schools of today, whole or not at all, and never a name of a person."""

from datetime import date
from pathlib import Path

import pytest

from sendlib import settings
from sendlib.errors import ContractBroken, SendlibError, SourceUnavailable
from sendlib.sources import gias
from sendlib.sources.http import Http
from sendlib.sources.originals import Originals
from sendlib.tables import school_register, schools
from tests.fakes import ons as fakes

TODAY = date(2026, 6, 17)
FOREVER = 1000
FILE = "edubasealldata20260615.csv"


def client(stand, fewest=100):
    return gias.Gias(
        Http(settings.read(stand.environment, secrets=Path("none")), wait=0, timeout=(60, 60)), fewest=fewest
    )


def rows_of(areas):
    """A special school of every type in every authority, and what must not come through. All made up."""
    rows = [
        fakes.made_up_school(100000 + place * 10 + number, code, kind)
        for place, code in enumerate(areas.authorities)
        for number, kind in enumerate(gias.SPECIAL)
    ]
    rows[0] |= {
        "Section41Approved (name)": "Approved",
        "SchoolCapacity": "",
        "OpenDate": "01/09/1998",
        "Easting": "530533",
        "Northing": "182041",
    }
    rows[1] |= {"EstablishmentStatus (name)": "Open, but proposed to close", "CloseDate": "31-08-2027"}
    return [
        *rows,
        fakes.made_up_school(1, "202", "7", **{"EstablishmentStatus (name)": "Closed"}),
        fakes.made_up_school(2, "202", "7", **{"EstablishmentStatus (name)": "Proposed to open"}),
        fakes.made_up_school(3, "202", "1"),
        fakes.made_up_school(4, "202", "14"),
        fakes.made_up_school(5, "681", "7"),
        fakes.made_up_school(
            6, "202", "44", Easting="0", Northing="0", EstablishmentName="Made-up School without a Point"
        ),
    ]


@pytest.fixture
def rows(areas):
    return rows_of(areas)


@pytest.fixture
def stand(rows):
    with fakes.stand_in(fakes.Content(registers={"20260615": fakes.made_up_register(rows)})) as running:
        yield running


def read(found, areas):
    return school_register.read(found.path.read_bytes(), found.file, areas)


def refused_as(stand, tmp_path, said, rows=None, content=None):
    stand.content.registers["20260615"] = fakes.made_up_register(rows) if content is None else content
    with pytest.raises(ContractBroken, match=said):
        client(stand).fetch(tmp_path / "register.csv", TODAY)
    assert not list(tmp_path.iterdir())


def test_the_newest_day_that_has_a_file_is_taken(stand, tmp_path):
    found = client(stand).fetch(tmp_path / "register.csv", TODAY)
    assert (found.day, found.file) == (date(2026, 6, 15), FILE)
    assert [path[-12:-4] for path, _ in stand.log] == ["20260617", "20260616", "20260615"]


def test_eight_days_without_a_file_are_an_error_that_says_so(stand, tmp_path):
    stand.content.registers = {"20260608": b""}
    with pytest.raises(SourceUnavailable, match="no register of the 9 days to 17 June 2026"):
        client(stand).fetch(tmp_path / "register.csv", TODAY)
    assert len(stand.log) == 9


def test_the_register_becomes_the_schools_table(stand, tmp_path, areas):
    found = client(stand).fetch(tmp_path / "register.csv", TODAY)
    frame, notes = read(found, areas)
    schools.expected().validate(frame)
    special = frame[schools.is_special(frame)]
    assert len(special) == len(areas.authorities) * len(gias.SPECIAL)
    assert frame.loc[~schools.is_special(frame), "kind"].tolist() == ["pupil_referral_unit"]
    assert set(frame["area_code"]) == set(areas.authorities)
    assert set(frame["vintage"]) == {"2026-06"}
    assert frame["section_41"].sum() == 1
    assert special["name"].iloc[0] == "Made-up Café School 100000"
    assert frame["capacity"].isna().sum() == 1 and special["capacity"].iloc[1] == 80
    assert notes == ["Made-up School without a Point (area 202) has no point in the register."]


def test_what_is_kept_are_open_special_schools_and_alternative_provision(stand, tmp_path, rows):
    found = client(stand).fetch(tmp_path / "register.csv", TODAY)
    assert found.establishments == len(rows)
    assert found.rows == len(rows) - 3
    assert found.original.size == len(stand.content.registers["20260615"])


UNIT = {
    "TypeOfResourcedProvision (name)": "Resourced provision and SEN unit",
    "SenUnitCapacity": "12",
    "SenUnitOnRoll": "9",
    "ResourcedProvisionCapacity": "20",
    "ResourcedProvisionOnRoll": "21",
    "SEN1 (name)": "Not Applicable",
    "SEN2 (name)": "ASD - Autistic Spectrum Disorder",
    "SEN7 (name)": "SpLD - Specific Learning Difficulty",
    "SchoolCapacity": "900",
    "StatutoryLowAge": "11",
}


def test_a_mainstream_school_comes_with_its_unit_and_is_no_special_school(stand, tmp_path, rows, areas):
    rows += [
        fakes.made_up_school(900001, "879", "34", **UNIT),
        fakes.made_up_school(900002, "879", "34", **{**UNIT, "EstablishmentStatus (name)": "Closed"}),
        fakes.made_up_school(900003, "879", "34", **{"TypeOfResourcedProvision (name)": "Not applicable"}),
    ]
    stand.content.registers["20260615"] = fakes.made_up_register(rows)
    frame, _ = read(client(stand).fetch(tmp_path / "register.csv", TODAY), areas)
    schools.expected().validate(frame)
    (unit,) = frame[frame["kind"].eq("mainstream_unit")].to_dict("records")
    assert (unit["school_id"], unit["kind"], unit["provision"]) == (900001, "mainstream_unit", "both")
    assert unit["needs"] == "asd;spld" and unit["lowest_age"] == 11 and unit["capacity"] == 900
    assert [unit[name] for name in ("unit_places", "unit_pupils", "resourced_places", "resourced_pupils")] == [
        *(12, 9, 20, 21)
    ]
    assert set(frame["lacks"]) == {""}
    assert frame["post_16"].equals(frame["kind"].eq("special_post_16"))
    assert frame["post_16"].sum() == len(areas.authorities)
    # What counts special schools does not see it, and a map draws its unit as large as the unit is.
    assert not schools.is_special(frame[frame["kind"].eq("mainstream_unit")]).any()
    (drawn,) = schools.on_map(frame, ["mainstream_unit"]).to_dict("records")
    assert (drawn["name"], drawn["places"], drawn["pupils"]) == ("Made-up Café School 900001", 32, 30)


def test_every_type_of_the_register_is_a_kind(rows, areas):
    assert set(school_register.SPECIAL_KINDS) == set(gias.SPECIAL)
    assert set(school_register.ALTERNATIVE_KINDS) == set(gias.ALTERNATIVE)
    kinds = {*school_register.SPECIAL_KINDS.values(), *school_register.ALTERNATIVE_KINDS.values()}
    assert kinds <= set(schools.KINDS)


def test_alternative_provision_comes_in_and_is_no_special_school(rows, areas):
    rows += [fakes.made_up_school(910000 + int(code), "879", code) for code in gias.ALTERNATIVE]
    frame, _ = school_register.read(b"".join(gias.Door(FILE, 1)(iter([fakes.made_up_register(rows)]))), FILE, areas)
    schools.expected().validate(frame)
    here = frame[frame["school_id"].ge(910000)]
    assert here["kind"].tolist() == ["pupil_referral_unit", *["alternative_academy"] * 3]
    assert not schools.is_special(here).any() and set(schools.one_kind(here)) == {"alternative"}


@pytest.mark.parametrize(
    ("column", "lacks"),
    [
        ("SEN13 (name)", "needs"),
        ("TypeOfResourcedProvision (name)", "provision"),
        ("SenUnitCapacity", "unit_places"),
        ("Section41Approved (name)", "section_41"),
        ("SchoolCapacity", "capacity"),
        ("CensusDate", ""),
    ],
)
def test_a_column_that_is_missing_keeps_back_its_own_figures_only(stand, tmp_path, rows, areas, column, lacks):
    rows += [fakes.made_up_school(900001, "879", "34", **UNIT)]
    whole, _ = school_register.read(b"".join(gias.Door(FILE, 1)(iter([fakes.made_up_register(rows)]))), FILE, areas)
    header = [name for name in fakes.HEADER if name != column]
    stand.content.registers["20260615"] = fakes.made_up_register(rows, header)
    frame, notes = read(client(stand).fetch(tmp_path / "register.csv", TODAY), areas)
    schools.expected().validate(frame)
    assert set(frame["lacks"]) == {lacks} and any(column in note for note in notes) == bool(lacks)
    if lacks == "provision":
        whole = whole[whole["kind"].ne("mainstream_unit")].reset_index(drop=True)
    others = [name for name in whole if name not in (lacks, "lacks")]
    assert frame[others].equals(whole[others])


def test_a_cell_or_a_label_that_is_odd_touches_nothing_else(stand, tmp_path, rows, areas):
    rows += [
        fakes.made_up_school(900001, "879", "34", **{**UNIT, "SenUnitCapacity": "twelve", "SEN3 (name)": "XYZ - New"}),
        fakes.made_up_school(900002, "879", "34", **UNIT),
    ]
    stand.content.registers["20260615"] = fakes.made_up_register(rows)
    frame, notes = read(client(stand).fetch(tmp_path / "register.csv", TODAY), areas)
    units = frame[frame["kind"].eq("mainstream_unit")]
    assert units["unit_places"].isna().tolist() == [True, False] and units["needs"].tolist() == ["asd;spld"] * 2
    assert any("SenUnitCapacity is not a number for 1 schools ('twelve')" in note for note in notes)
    assert any("Needs called xyz" in note for note in notes)
    rows[-1] |= {"TypeOfResourcedProvision (name)": "A new word"}
    stand.content.registers["20260615"] = fakes.made_up_register(rows)
    frame, notes = read(client(stand).fetch(tmp_path / "again.csv", TODAY), areas)
    assert "mainstream_unit" not in set(frame["kind"]) and set(frame["lacks"]) == {"provision"}
    assert any("'a new word', which was not agreed" in note for note in notes)


def test_the_schools_shipped_say_what_their_register_lacks(store):
    (lacks,) = set(store.table("schools")["lacks"].astype(str))
    assert {"needs", "provision", "unit_places", "post_16"} <= set(lacks.split(";"))


def test_a_new_authority_is_named_with_what_to_do(stand, tmp_path, rows, areas):
    rows[3] |= {"LA (code)": "946", "LA (name)": "East Surrey"}
    stand.content.registers["20260615"] = fakes.made_up_register(rows)
    with pytest.raises(ContractBroken, match=r"'946' is not .* calls it East Surrey. Where .* a newer version"):
        read(client(stand).fetch(tmp_path / "register.csv", TODAY), areas)


def test_no_personal_cell_reaches_the_disk_or_the_frame(stand, tmp_path, areas, monkeypatch):
    written = []
    monkeypatch.setattr(Path, "open", spying(Path.open, written))
    found = client(stand).fetch(tmp_path / "register.csv", TODAY)
    frame, _ = read(found, areas)
    kept = found.path.read_text("utf-8")
    assert found.path.stat().st_size == sum(map(len, written)) > 0
    assert not any(fakes.SECRET.encode() in piece for piece in written)
    assert fakes.SECRET not in kept and fakes.SECRET not in frame.to_csv()
    assert not any(word in kept for word in ("Head", "Telephone", "PropsName", "Website", "Street"))
    assert list(tmp_path.iterdir()) == [found.path]


def spying(open_file, written):
    """Path.open that notes every piece written to a file."""

    def spied(path, *args, **named):
        file = open_file(path, *args, **named)
        if "w" not in (args[0] if args else named.get("mode", "r")):
            return file
        return Spy(file, written)

    return spied


class Spy:
    def __init__(self, file, written):
        self.file, self.written = file, written

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self.file.close()

    def write(self, piece):
        self.written.append(piece)
        return self.file.write(piece)


@pytest.mark.parametrize("fault", ["busy", "down", "cut"])
def test_a_passing_fault_changes_nothing(stand, tmp_path, fault):
    whole = client(stand).fetch(tmp_path / "whole.csv", TODAY)
    stand.fail(fault, "20260615", 2)
    again = client(stand).fetch(tmp_path / "again.csv", TODAY)
    assert again.path.read_bytes() == whole.path.read_bytes()
    assert (again.rows, again.establishments, again.original.sha256) == (
        whole.rows,
        whole.establishments,
        whole.original.sha256,
    )


@pytest.mark.parametrize("fault", ["busy", "down", "cut", "torn", "page", "away"])
def test_a_lasting_fault_is_an_error_and_leaves_no_file(stand, tmp_path, fault):
    stand.fail(fault, "20260615", FOREVER)
    with pytest.raises(SendlibError):
        client(stand).fetch(tmp_path / "register.csv", TODAY)
    assert not list(tmp_path.iterdir())
    assert not stand.elsewhere


def test_a_day_that_is_refused_is_not_taken_for_a_day_without_a_file(stand, tmp_path):
    stand.fail("closed", "edubase", 1)
    with pytest.raises(SourceUnavailable, match="HTTP 403"):
        client(stand).fetch(tmp_path / "register.csv", TODAY)
    assert len(stand.log) == 1


def test_a_sign_in_page_in_place_of_the_file_is_named_as_one(stand, tmp_path):
    stand.fail("page", "edubase", FOREVER)
    with pytest.raises(ContractBroken, match="web page"):
        client(stand).fetch(tmp_path / "register.csv", TODAY)


def test_a_register_with_too_few_establishments_is_refused(stand, tmp_path):
    with pytest.raises(ContractBroken, match="only 1,230 establishments"):
        client(stand, fewest=gias.FEWEST).fetch(tmp_path / "register.csv", TODAY)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("column", ["Easting", "TypeOfEstablishment (code)", "LA (code)"])
def test_a_register_without_an_agreed_column_is_refused(stand, tmp_path, rows, column):
    header = [name for name in fakes.HEADER if name != column]
    refused_as(stand, tmp_path, "exactly one column must be called", content=fakes.made_up_register(rows, header))


def test_columns_in_another_order_and_case_are_found_by_name(stand, tmp_path, rows):
    whole = client(stand).fetch(tmp_path / "whole.csv", TODAY).path.read_bytes()
    other = fakes.made_up_register(rows, fakes.HEADER[::-1])
    first, _, rest = other.partition(b"\r\n")
    stand.content.registers["20260615"] = first.upper() + b"\r\n" + rest
    assert client(stand).fetch(tmp_path / "again.csv", TODAY).path.read_bytes() == whole


def test_a_file_in_utf8_is_read_as_well(stand, tmp_path, rows):
    whole = client(stand).fetch(tmp_path / "whole.csv", TODAY).path.read_bytes()
    stand.content.registers["20260615"] = "\ufeff".encode() + fakes.made_up_register(rows).decode("cp1252").encode()
    assert client(stand).fetch(tmp_path / "again.csv", TODAY).path.read_bytes() == whole


def test_a_line_break_within_a_cell_and_any_cut_of_the_bytes_do_no_harm(rows):
    rows[5]["EstablishmentName"] = 'Made-up\nSchool, "the" Fifth'
    content = fakes.made_up_register(rows)
    whole = b"".join(gias.Door(FILE, 1)(iter([content])))
    assert b"".join(gias.Door(FILE, 1)(content[at : at + 7] for at in range(0, len(content), 7))) == whole
    assert b'"Made-up\nSchool, ""the"" Fifth"' in whole


def test_an_unknown_status_is_refused(stand, tmp_path, rows):
    rows[7]["EstablishmentStatus (name)"] = "Asleep"
    refused_as(stand, tmp_path, "'Asleep' is not a status", rows)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"LA (code)": "999"}, "'999' is not an authority of today"),
        ({"OpenDate": "1998-09-01"}, "'1998-09-01' is not a date"),
        ({"SchoolCapacity": "many"}, "'many', which is neither a number"),
        ({"URN": "100001"}, "a URN of its own"),
        ({"Section41Approved (name)": "Perhaps"}, "perhaps"),
    ],
)
def test_a_spoilt_row_is_refused_by_the_table(stand, tmp_path, rows, areas, cells, said):
    rows[3] |= cells
    stand.content.registers["20260615"] = fakes.made_up_register(rows)
    found = client(stand).fetch(tmp_path / "register.csv", TODAY)
    with pytest.raises(ContractBroken, match=said):
        read(found, areas)


def test_a_register_without_a_type_or_with_few_points_is_refused_by_the_table(stand, tmp_path, rows, areas):
    stand.content.registers["20260615"] = fakes.made_up_register(
        [row for row in rows if row["TypeOfEstablishment (code)"] != "36"]
    )
    with pytest.raises(ContractBroken, match="no open school is a 'Free schools special'"):
        read(client(stand).fetch(tmp_path / "register.csv", TODAY), areas)
    stand.content.registers["20260615"] = fakes.made_up_register([{**row, "Easting": ""} for row in rows])
    with pytest.raises(ContractBroken, match="only 0 of"):
        read(client(stand).fetch(tmp_path / "register.csv", TODAY), areas)


def test_a_file_without_a_day_in_its_name_is_refused(stand, tmp_path, areas):
    found = client(stand).fetch(tmp_path / "register.csv", TODAY)
    with pytest.raises(ContractBroken, match="does not end with a day"):
        school_register.read(found.path.read_bytes(), "register.csv", areas)


def test_both_ways_of_writing_a_date_are_read():
    assert gias.day_of("31-08-2024", FILE) == gias.day_of("31/08/2024", FILE) == "2024-08-31"
    assert gias.day_of("", FILE) == ""
    with pytest.raises(ContractBroken, match="08-31-2024"):
        gias.day_of("08-31-2024", FILE)


def test_grid_references_give_the_places_of_real_schools(originals: Originals):
    points = schools.read_csv(originals.read(schools.POINTS), schools.POINTS, ["easting", "northing", "lon", "lat"])
    for row in points.itertuples():
        longitude, latitude = gias.degrees(float(row.easting), float(row.northing))
        assert longitude == pytest.approx(float(row.lon), abs=1e-4)
        assert latitude == pytest.approx(float(row.lat), abs=1e-4)


def test_real_schools_in_a_made_up_register_stand_where_they_are_shipped(originals, areas, store, tmp_path):
    points = schools.read_csv(
        originals.read(schools.POINTS), schools.POINTS, ["name", "easting", "northing", "capacity", "pupils"]
    )
    kinds = list(gias.SPECIAL)
    rows = [
        fakes.made_up_school(
            100001 + place,
            "202",
            kinds[place % len(kinds)],
            EstablishmentName=row.name_.strip(),
            Easting=row.easting,
            Northing=row.northing,
            SchoolCapacity=row.capacity,
            NumberOfPupils=row.pupils,
        )
        for place, row in enumerate(points.rename(columns={"name": "name_"}).itertuples())
    ]
    with fakes.stand_in(fakes.Content(registers={fakes.day_name(TODAY): fakes.made_up_register(rows)})) as stand:
        frame, notes = read(client(stand).fetch(tmp_path / "register.csv", TODAY), areas)
    shipped = store.table("schools")
    assert not notes
    assert list(frame["name"]) == list(shipped["name"])
    assert (frame["longitude"] - shipped["longitude"]).abs().max() < 1e-4
    assert (frame["latitude"] - shipped["latitude"]).abs().max() < 1e-4
    for column in ("capacity", "pupils"):
        assert frame[column].equals(shipped[column].astype(float))
