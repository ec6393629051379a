"""The board on the command line."""

import json

from sendlib.__main__ import main

ON_TIME, PLANS = "getting_help.on_time.share", "my_area.stock.plans"


def test_a_board_is_printed_as_json_in_the_order_asked_for(capsys):
    assert main(["board", "--area", "Plymouth", "--measures", f"{PLANS},{ON_TIME}", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [row["code"] for row in answer["tables"]["board"]] == [PLANS, ON_TIME]
    assert answer["question"] == "board" and answer["tables"]["board"][0]["figure"] == "3,646 plans"


def test_an_unknown_measure_is_refused_with_a_word(capsys):
    assert main(["board", "--area", "Plymouth", "--measures", "nonsense"]) == 2
    assert "There is no measure 'nonsense'" in capsys.readouterr().err
