"""Names, dates and postcodes as lists have them, and as they are compared."""

import pandas as pd
import pytest

from sendlib.linking import preparing


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("09/03/2015", "2015-03-09"),
        ("9/3/15", "2015-03-09"),
        ("9.3.2015", "2015-03-09"),
        ("09-03-2015", "2015-03-09"),
        ("2015-03-09", "2015-03-09"),
        ("2015-03-09 00:00:00", "2015-03-09"),
        ("9 March 2015", "2015-03-09"),
        ("09-Mar-15", "2015-03-09"),
        ("01/02/98", "1998-02-01"),
        ("31/02/2015", ""),
        ("03/29/2015", ""),
        ("unknown", ""),
    ],
)
def test_dates_are_read_as_they_are_written_in_england(written, day):
    assert preparing.day(written) == day


def test_day_and_month_are_swapped_only_where_that_is_another_date():
    assert preparing.swapped("2015-03-09") == "2015-09-03"
    assert preparing.swapped("2015-03-13") == preparing.swapped("2015-03-03") == ""


@pytest.mark.parametrize(
    ("surname", "parts"),
    [
        ("Lee-Moss", ["lee", "moss"]),
        ("Lee Moss", ["lee", "moss"]),
        ("Lee\u2013Moss", ["lee", "moss"]),
        ("O\u2019Hara", ["ohara"]),
        ("van der Berg", ["vanderberg"]),
        ("de la Cruz-Smith", ["delacruz", "smith"]),
        ("N\xfa\xf1ez", ["nunez"]),
        ("\u0141uk\xf8", ["luko"]),
        ("Moss", ["moss"]),
    ],
)
def test_a_double_surname_has_parts_and_little_words_are_none(surname, parts):
    assert preparing.parts(preparing.plain(surname)) == parts


def test_short_forms_and_their_names_have_one_root_and_the_written_name_stays():
    cells = {
        "unique_id": ["1", "2", "3"],
        "forename": ["Alex", "ALEXANDER James", "Zoe-May"],
        "surname": ["Lee-Moss", " lee  moss ", ""],
        "dob": ["1/2/2010"] * 3,
        "postcode": ["pl1 2ab", "PL12AB", "nonsense"],
    }
    made = preparing.prepared({name: pd.Series(held) for name, held in cells.items()})
    assert list(made["forename_root"]) == ["alexander", "alexander", "zoe"]
    assert list(made["surname"]) == ["lee-moss", "lee moss", None]
    assert made["surname_letters"][0] == made["surname_letters"][1] == "leemoss"
    assert list(made["postcode"]) == ["PL12AB", "PL12AB", None] and list(made["outward"]) == ["PL1", "PL1", None]


def test_a_short_form_stands_for_one_name_and_is_none_of_the_names_itself():
    short = preparing.short_forms()
    assert not set(short) & set(short.values())
