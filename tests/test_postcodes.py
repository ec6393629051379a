"""A postcode leads to the council that it is counted to, and stays nowhere."""

import logging
import re

import pytest

from sendlib import postcodes, service
from sendlib.__main__ import main
from sendlib.compared import widened
from sendlib.errors import SourceUnavailable, UnknownPostcode
from sendlib.sources.postcodes import NO_CONNECTION, NOT_AS_EXPECTED, SERVICES
from tests.fakes import ons as fakes
from tests.view.test_pages import in_address, opened, text_of
from tests.view.test_picker import typed, warned

ALL, LIVE = SERVICES


def row(postcode: str, council: str | None, ended: str | None = None, column: str = "LAD26CD"):
    """A row as the service has it, as far as it is read. The postcodes are made up."""
    older = {"LAD25CD": "E99999999"} if column == "LAD26CD" else {}
    return {"OBJECTID": 1, "PCDS": postcode, "DOINTR": "198001", "DOTERM": ended, **older, column: council}


ROWS = [
    row("PL1 2AA", "E06000026"),
    row("BB10 1AA", "E07000117"),
    row("S70 1AA", "E08000038"),
    row("PO30 1AA", "E06000046"),
    row("PL1 9ZZ", "E06000026", "200306"),
    row("EH1 1AA", "S12000036"),
    row("CF10 1AA", "W06000015"),
    row("BT1 1AA", "N09000003"),
    row("JE2 1AA", "L99999999"),
    row("IM1 1AA", "M99999999"),
    row("SW99 0AA", None),
    row("ZE9 9AA", "E06999999"),
]


@pytest.fixture
def stand(monkeypatch, tmp_path):
    with fakes.stand_in(fakes.Content(postcodes={ALL: ROWS})) as running:
        for name, address in running.environment.items():
            monkeypatch.setenv(name, address)
        monkeypatch.delenv("SENDLIB_OFFLINE", raising=False)
        yield running


@pytest.fixture
def known(store):
    return widened.directory(store)


@pytest.mark.parametrize("text", ["PL1 2AA", "pl12aa", " Pl1  2aa ", "PL1-2AA", "12 Some Street, Plymouth, PL1 2AA"])
def test_a_postcode_is_found_however_it_is_written(stand, known, text):
    located = postcodes.find(known, text)
    assert located.area.code == "879" and "lies in Plymouth" in located.note


@pytest.mark.parametrize(
    ("text", "code", "district", "said"),
    [
        ("BB10 1AA", "888", "E07000117", "Burnley is a district of Lancashire"),
        ("S70 1AA", "370", "", "That postcode lies in Barnsley."),
        ("PO30 1AA", "921", "", "lies in the Isle of Wight"),
        ("PL1 9ZZ", "879", "", "lay in Plymouth; it has been out of use since June 2003"),
    ],
)
def test_it_leads_to_the_council_of_today_and_in_a_county_to_the_district(stand, known, text, code, district, said):
    located = postcodes.find(known, text)
    assert (located.area.code, located.district) == (code, district)
    assert said in located.note and "does not keep it" in located.note


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("EH1 1AA", "in Scotland"),
        ("CF10 1AA", "in Wales"),
        ("BT1 1AA", "in Northern Ireland"),
        ("JE2 1AA", "in the Channel Islands"),
        ("IM1 1AA", "on the Isle of Man"),
        ("PL9 9XX", "does not hold that postcode"),
        ("SW99 0AA", "no council"),
        ("ZE9 9AA", "no council for that postcode that is known here"),
        ("PL1", "only the first part"),
        ("SW1A 1", "only the first part"),
    ],
)
def test_one_that_leads_to_no_area_here_gets_a_plain_sentence(stand, known, text, said):
    with pytest.raises(UnknownPostcode, match=said) as told:
        postcodes.find(known, text)
    assert text not in str(told.value)


def test_no_name_and_no_code_of_an_area_is_taken_for_a_postcode(known):
    names = {area.name for area in known.of_kind("authority", "region", "england", "board", "location")}
    codes = {area.code for area in known.of_kind("authority", "region", "england", "board", "location")}
    assert not [text for text in names | codes if postcodes.is_one(text)]


@pytest.mark.parametrize(
    "held",
    [
        {LIVE: ROWS},
        {"ONSPD_AUG_2025_UK": [row("PL1 2AA", "E06000027")], "ONSPD_NOV_2026_UK": [row("PL1 2AA", "E06000026")]},
        {ALL: [row("PL1 2AA", "E06000026", column="OSLAUA")]},
        {ALL: [{key.lower(): value for key, value in row("PL1 2AA", "E06000026").items()}]},
    ],
)
def test_the_service_is_found_when_ons_has_renamed_it_or_its_columns(stand, known, held):
    stand.content = fakes.Content(postcodes=held)
    assert postcodes.find(known, "PL1 2AA").area.code == "879"


@pytest.mark.parametrize("fault", ["busy", "down", "closed", "page", "cut", "away", "error", "passing"])
def test_whatever_goes_wrong_at_ons_a_council_can_be_chosen_by_name(stand, known, fault):
    stand.fail(fault, times=100)
    with pytest.raises(SourceUnavailable) as told:
        postcodes.find(known, "PL1 2AA")
    answered = fault in ("error", "passing")
    assert str(told.value) == (NOT_AS_EXPECTED if answered else NO_CONNECTION)
    assert "by name" in str(told.value) and "PL1" not in str(told.value)
    assert not stand.elsewhere


def test_offline_nobody_is_asked(stand, known, monkeypatch):
    monkeypatch.setenv("SENDLIB_OFFLINE", "1")
    with pytest.raises(SourceUnavailable, match="only be looked up with a connection"):
        postcodes.find(known, "PL1 2AA")
    assert not stand.log


@pytest.mark.parametrize("fault", ["", "page", "cut", "down"])
def test_nothing_of_it_stands_in_a_log_or_in_the_address_of_a_request(stand, known, caplog, fault):
    caplog.set_level(logging.DEBUG)
    if fault:
        stand.fail(fault, times=100)
    try:
        postcodes.find(known, "PL1 2AA")
    except SourceUnavailable as error:
        caplog.handler.handle(logging.LogRecord("test", logging.ERROR, "", 0, str(error), None, None))
    assert stand.asked("query")[0]["where"] == "PCDS='PL1 2AA'"
    traces = " ".join([caplog.text, *stand.addresses])
    assert caplog.records and not re.search(r"PL1\W*(20)?2AA", traces, re.I)


def test_nothing_of_it_is_written_to_disk(stand, monkeypatch, tmp_path):
    monkeypatch.setenv("SENDLIB_CACHE", str(tmp_path / "live"))
    monkeypatch.chdir(tmp_path)
    assert service.by_postcode("PL1 2AA")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_the_command_line_takes_one(stand, capsys):
    assert main(["ask", "needs", "--area", "BB10 1AA"]) == 0
    shown = capsys.readouterr()
    assert "Lancashire" in shown.out and "Burnley is a district" in shown.err
    assert "BB10" not in shown.out + shown.err
    assert main(["ask", "needs", "--area", "EH1 1AA"]) == 2
    assert "in Scotland" in capsys.readouterr().err


def test_what_is_typed_into_the_picker_leaves_the_code_of_the_area_in_the_address(stand):
    test = opened("my_area")
    typed(test, "choose_area", "bb10 1aa")
    assert not test.exception and in_address(test, "area") == "E07000117"
    assert "**Lancashire**" in text_of(test) and "Burnley is a district" in warned(test)
    typed(test, "choose_beside", "PL1 2AA")
    assert in_address(test, "beside") == "879" and "lies in Plymouth" in warned(test)
    assert "beside **Plymouth**" in text_of(test)


def test_one_that_leads_nowhere_leaves_the_area_as_it_was_and_says_why(stand):
    test = opened("my_area", area="880")
    typed(test, "choose_area", "EH1 1AA")
    assert in_address(test, "area") == "880" and "in Scotland" in warned(test)
    assert "EH1" not in text_of(test) and test.selectbox(key="choose_area").value == "Torbay"


def test_one_in_the_address_is_not_looked_up(stand):
    test = opened("my_area", area="PL1 2AA")
    assert "type it below" in warned(test) and "PL1" not in text_of(test) and not stand.log
