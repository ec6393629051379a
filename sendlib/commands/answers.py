"""Commands that answer: a question, a board, what changed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sendlib import board as boards
from sendlib import changes, questions, service
from sendlib.commands import shared
from sendlib.compared import comparators
from sendlib.errors import UnknownChoice
from sendlib.exports.record import as_record
from sendlib.exports.text import as_text, to_copy


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The commands `ask`, `changes` and `board`."""
    ask = commands.add_parser("ask", help="answer a question for an area")
    shared.add_what_is_asked(ask)
    ask.add_argument(
        "--json",
        action="store_true",
        help="everything that a page shows, as JSON",
    )
    ask.add_argument(
        "--map-file",
        type=Path,
        metavar="FILE.html",
        help="places only: write its map to a file that opens in any browser without a network",
    )
    ask.set_defaults(run=_ask)

    changed = commands.add_parser("changes", help="what changed for an area: what moved, what was revised, what is due")
    changed.add_argument("--area", required=True, help=shared.AREA_HELP)
    changed.add_argument("--comparators", default=comparators.DEFAULT, help="whom the pages compare it with")
    changed.add_argument("--json", action="store_true", help="everything that the page shows, as JSON")
    changed.set_defaults(run=_changes)

    board = commands.add_parser("board", help="the measures that a group watches together, for an area")
    shared.add_whom(board)
    board.add_argument("--measures", default="", metavar="CODE,CODE", help=boards.CHOICE.help)
    board.add_argument("--json", action="store_true", help="everything that the board shows, as JSON")
    board.set_defaults(run=_board)


def _ask(choices: argparse.Namespace) -> int:
    store = shared.store_of(choices)
    if choices.map_file and questions.named(choices.question).name != "places":
        raise UnknownChoice(f"--map-file belongs to the question places, not to {choices.question}.")
    answer = shared.answer(store, choices)
    if choices.map_file:
        choices.map_file.write_bytes(service.map_file(answer, opened=store))
        print(f"note: the map is in {choices.map_file}", file=sys.stderr)
    print(shared.as_json(as_record(answer), indent=1) if choices.json else as_text(answer))
    return 0


def _changes(choices: argparse.Namespace) -> int:
    store = shared.store_of(choices)
    answer = changes.ask(store, shared.located(store, choices.area), choices.comparators)
    told = f"{as_text(answer)}\n\n{to_copy(answer, 'due', 'explore')}"
    print(shared.as_json(as_record(answer), indent=1) if choices.json else told)
    return 0


def _board(choices: argparse.Namespace) -> int:
    store = shared.store_of(choices)
    codes = shared.codes(choices.measures)
    area = shared.located(store, choices.area)
    answer = boards.ask(store, area, choices.comparators, codes or boards.picking.suggested(store))
    print(shared.as_json(as_record(answer), indent=1) if choices.json else as_text(answer))
    return 0
