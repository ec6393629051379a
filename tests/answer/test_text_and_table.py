"""Words in three modes, and a table that says what each of its columns is."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sendlib.answer import MODES, Column, Table, Text
from sendlib.answer.text import said_in


def test_words_of_a_mode_fall_back_on_those_for_analysts():
    assert [Text("long", families="plain").in_mode(mode) for mode in MODES] == ["long", "long", "plain"]


def test_a_text_can_say_nothing_in_a_mode():
    text = Text("long", show=None)
    assert text.in_mode("show") == "" and text.in_mode("families") == "long"
    assert said_in("show", (text, Text("for all"))) == ["for all"]
    assert text and not Text("")


def table(**columns):
    data = pd.DataFrame({"area_code": ["879", "201"], "share": [12.345, np.nan], "status": ["value", "hidden"]})
    described = {
        "area_code": Column("Area (code)", "DfE's code", only_in_files=True),
        "share": Column("Share", "part of the plans", "%", 1, plain="How many of 100"),
        "status": Column("Status", "value, or why there is none", only_in_files=True),
    }
    return Table(data, Text("A caption"), {**described, **columns}, ("needs",))


def test_a_heading_has_its_unit_and_families_have_plain_words():
    assert list(table().readable()) == ["Share, %"]
    assert list(table().readable("families")) == ["How many of 100"]


def test_numbers_are_written_and_what_is_missing_is_said():
    assert list(table().readable()["Share, %"]) == ["12.3", "Hidden to protect children's privacy"]


def test_a_column_can_say_what_a_missing_number_means():
    few = table(share=Column("Children", "modelled", "children", 0, otherwise="Fewer than 10"))
    small = replace(few, data=few.data.assign(status="value"))
    assert list(small.readable()["Children"]) == ["12", "Fewer than 10"]


def test_what_is_missing_for_a_reason_is_not_said_to_be_few():
    few = table(share=Column("Children", "modelled", "children", 0, otherwise="Fewer than 10"))
    assert list(few.readable()["Children"]) == ["12", "Hidden to protect children's privacy"]


def test_columns_for_analysts_are_left_out_in_families_only():
    analysts = table(share=Column("Share", "part of the plans", "%", 1, analysts_only=True))
    assert list(analysts.readable()) == ["Share, %"] and analysts.readable("families").empty


def test_a_period_is_written_as_one_says_it_and_keeps_the_capital_of_its_month():
    data = pd.DataFrame({"period": ["2025-01", "2025-10-31", "2024/25"]})
    one = Table(data, Text("c"), {"period": Column("When", "when", period=True)}, ())
    assert list(one.readable()["When"]) == ["January 2025", "31 October 2025", "School year 2024/25"]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"more": Column("More", "not in the data")}, "differ"),
        ({"share": Column("Share", "numbers without decimals")}, "no decimals"),
        ({"area_code": Column("Share", "the same heading", "%")}, "one heading"),
    ],
)
def test_a_table_that_is_not_described_is_refused(columns, said):
    with pytest.raises(ValueError, match=said):
        table(**columns)


def test_the_codebook_says_every_unit_once():
    described = table(share=Column("Plans", "those with a plan", "children", 0))
    assert described.codebook() == [("Plans", "those with a plan (children)")]
    assert table().codebook() == [("Share, %", "part of the plans")]
