"""Fingertips: ids are found by name, figures by column name, and nothing is added together."""

import pytest

from sendlib.errors import ContractBroken, SourceUnavailable
from sendlib.sources import fingertips
from sendlib.sources.http import Http
from tests.fakes import nhs as fake

WANTED = {fake.INJURIES: 90284}


@pytest.fixture
def stand_in():
    with fake.StandIn(fake.made_up()) as server:
        yield server


def client(stand_in, folder, largest=3_000_000):
    return fingertips.Fingertips(Http(stand_in.settings, tries=3, wait=0.01, timeout=(60, 60)), folder, largest=largest)


@pytest.fixture
def service(stand_in, tmp_path):
    return client(stand_in, tmp_path)


def changed(path, old, new):
    path.write_bytes(path.read_bytes().replace(old, new))
    return path


def test_an_indicator_is_asked_for_by_name_with_todays_area_types(stand_in, service):
    found = service.fetch(WANTED)
    assert found.ids == WANTED
    assert (found.child.id, found.child.since, found.parent.id) == (502, "2023-04", 15)
    asked = next(line.query for line in stand_in.log if line.kind == "indicators")
    assert asked == {"indicator_ids": ["90284"], "child_area_type_id": ["502"], "parent_area_type_id": ["15"]}


def test_the_newest_boundaries_are_used_when_the_service_gets_new_ones(stand_in, service):
    stand_in.content.area_types.append({"Id": 602, "Name": "Upper tier local authorities (post 4/27)", "Short": "Counties & UAs (from Apr 2027)"})
    assert service.area_type(fingertips.AUTHORITIES).id == 602


def test_area_types_that_can_not_be_told_apart_are_an_error(stand_in, service):
    stand_in.content.area_types.append({"Id": 503, "Name": "Upper tier local authorities (post 4/23)", "Short": "Again"})
    with pytest.raises(ContractBroken, match="several area types could be meant"):
        service.area_type(fingertips.AUTHORITIES)
    with pytest.raises(ContractBroken, match="no area type is called anything like 'wards'"):
        service.area_type("wards")


def test_an_indicator_without_a_known_id_is_found_by_its_name(service):
    assert service.ids({"Made up: new referrals  to secondary mental health services": None}) == {
        "Made up: new referrals  to secondary mental health services": 93623
    }


def test_prose_in_the_list_of_indicators_does_not_stop_the_reading(stand_in, service):
    stand_in.content.metadata += b'999,Made up: prose,a "quoted" word and no end of line'
    assert service.ids({"Made up: prose": 999}) == {"Made up: prose": 999}
    stand_in.content.metadata += b"\nhalf a row"
    with pytest.raises(ContractBroken, match="does not fit the header: 'half a row'"):
        service.ids({"Made up: prose": 999})


@pytest.mark.parametrize(
    "wanted, told",
    [
        ({"Hospital admissions of children": None}, "no indicator is called .* Nearest: "),
        ({"Another name": 90284}, "indicator 90284 is now called 'Hospital admissions"),
        ({"Made up: twice": None}, "is indicator 91871, 91872, where one only was expected"),
        ({fake.INJURIES: 12345}, "is indicator 90284, where 12345 was expected"),
    ],
)
def test_a_name_that_changed_fails_loudly(service, wanted, told):
    with pytest.raises(ContractBroken, match=told):
        service.fetch(wanted)


def test_more_than_a_hundred_indicators_go_in_several_requests(stand_in, service):
    names = [(number, f"Made up {number}") for number in range(1, 206)]
    stand_in.content.metadata = fake.as_csv(["Indicator ID", "Indicator"], names)
    found = service.fetch({name: number for number, name in names})
    asked = [line.query["indicator_ids"][0].split(",") for line in stand_in.log if line.kind == "indicators"]
    assert [len(batch) for batch in asked] == [100, 100, 5]
    assert len(found.files) == 3


def test_each_sex_stands_by_itself_and_deciles_and_repeats_are_left_out(service):
    found = service.fetch(WANTED)
    rows = fingertips.read(found.files[0].path, found.ids)
    assert rows.groupby("area")["sex"].agg(list).to_dict() == {"England": ["Persons", "Male", "Female"], "Hartlepool": ["Persons", "Male", "Female"]}
    assert set(rows["period_range"]) == {"1y"}


def test_an_empty_value_is_missing_and_its_note_is_kept(service):
    found = service.fetch(WANTED)
    rows = fingertips.read(found.files[0].path, found.ids)
    empty = rows[rows["sex"] == "Female"]
    assert empty["value"].isna().all()
    assert set(empty["note"]) == {"Made up: not presented"}


def test_the_heading_that_changes_with_the_parent_and_the_one_of_later_years_do_not_matter(service):
    found = service.fetch(WANTED)
    before = fingertips.read(found.files[0].path, found.ids)
    path = changed(found.files[0].path, b"Compared to percentiles", b"Compared to North East value or percentiles")
    assert fingertips.read(path, found.ids).equals(before)
    older = fingertips.read(changed(path, b",Time period range", b",Something"), found.ids)
    assert set(older["period_range"]) == {""}


@pytest.mark.parametrize(
    "old, new, told",
    [
        (b"Value note", b"Remark", "agreed columns Value note"),
        (b",80.5,", b",about 80,", "'about 80' in value is not a number"),
        (b"Male,", b"Persons,", "different figures stand for the same thing"),
        (b"unintentional", b"accidental", "indicator 90284 is called"),
        (b"90284", b"90285", "no figures of 'Hospital"),
    ],
)
def test_a_file_that_changed_is_refused(service, old, new, told):
    found = service.fetch(WANTED)
    path = changed(found.files[0].path, old, new)
    with pytest.raises(ContractBroken, match=told):
        fingertips.read(path, found.ids)


@pytest.mark.parametrize("kind", ["area types", "metadata", "indicators"])
@pytest.mark.parametrize("fault", ["429", "503", "cut short"])
def test_a_passing_fault_ends_with_the_whole_table(stand_in, tmp_path, kind, fault):
    clean = client(stand_in, tmp_path / "clean").fetch(WANTED)
    stand_in.spoil(kind, fault, times=2)
    found = client(stand_in, tmp_path / "spoilt").fetch(WANTED)
    assert [file.sha256 for file in found.files] == [file.sha256 for file in clean.files]


@pytest.mark.parametrize("kind", ["area types", "metadata", "indicators"])
@pytest.mark.parametrize("fault", fake.FAULTS)
def test_a_lasting_fault_is_a_clear_error(stand_in, tmp_path, kind, fault):
    stand_in.spoil(kind, fault)
    with pytest.raises((SourceUnavailable, ContractBroken)):
        client(stand_in, tmp_path).fetch(WANTED)
    assert not list(tmp_path.glob("indicators*"))


def test_a_page_with_the_error_in_place_of_figures_is_refused(stand_in, service, tmp_path):
    stand_in.content.indicators = b"An error occurred\n"
    with pytest.raises(ContractBroken, match="not a table"):
        service.fetch(WANTED)
    assert not list(tmp_path.glob("indicators*"))


def test_a_real_export_is_read(originals, tmp_path):
    with fake.StandIn(fake.real(originals)) as stand_in:
        found = client(stand_in, tmp_path).fetch(WANTED)
        rows = fingertips.read(found.files[0].path, found.ids)
    assert len(rows) == 5840
    assert rows["area_code"].nunique() == 154
    hartlepool = rows[(rows["area"] == "Hartlepool") & (rows["period"] == "2023/24") & (rows["sex"] == "Male")]
    assert hartlepool["value"].tolist() == [pytest.approx(80.60801)]
    assert rows.loc[rows["note"].str.startswith("Not presented"), "value"].isna().all()
