"""The command that links two lists at an authority's own desk; no page does that."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sendlib.answer.numbers import percent, written
from sendlib.commands import shared
from sendlib.errors import UnknownChoice
from sendlib.linking import rehearsal
from sendlib.linking.desk import layout, run
from sendlib.linking.desk.quality import Chosen
from sendlib.linking.fields import WAYS

_LAST_WAY = list(WAYS)[-1]


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command `link`."""
    link = commands.add_parser(
        "link",
        help="link two lists of children on this machine; writes pairs and a report to a folder and nothing else",
        description="Link two lists (.csv, .xlsx, .parquet) with Splink (pip install -r requirements-link.txt)."
        " Nothing leaves this machine. docs/linking.md says more.",
    )
    link.add_argument("--left", type=Path, required=True, metavar="FILE", help="the list whose match rate is told")
    link.add_argument("--right", type=Path, required=True, metavar="FILE", help="the list that it is linked to")
    link.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="where pairs and report are written")
    link.add_argument("--engine", choices=["duckdb", "spark"], default="duckdb", help="what compares the pairs")
    link.add_argument(
        "--master", default=run.LOCAL, help=f"where Spark runs, in its own words ({run.LOCAL}: this machine)"
    )
    for side in layout.SIDES:
        link.add_argument(
            f"--{side}-column",
            action="append",
            default=[],
            metavar="FIELD=HEADING",
            help=f"a column of the {side} list that has another heading; FIELD is one of {', '.join(layout.FIELDS)}",
        )
    link.add_argument("--columns", type=Path, metavar="FILE.toml", help="the same from a file with [left] and [right]")
    link.add_argument(
        "--group", action="append", default=[], metavar="HEADING", help="a column of the left list to tell the rate by"
    )
    link.add_argument(
        "--certainty",
        type=float,
        default=rehearsal.USUAL,
        help=f"probability from 0.5 to 1 that a link needs ({rehearsal.USUAL:g} without it)",
    )
    link.add_argument(
        "--names", choices=list(WAYS), default=_LAST_WAY, help="how names are read before they are compared"
    )
    link.add_argument("--replace", action="store_true", help="replace pairs and report of a linkage before")
    link.set_defaults(run=_link)


def _link(choices: argparse.Namespace) -> int:
    if not 0.5 <= choices.certainty <= 1:
        raise UnknownChoice(f"--certainty {choices.certainty:g} is not between 0.5 and 1.")
    chosen = Chosen(choices.engine, choices.names, choices.certainty)
    asked = run.Asked(
        (choices.left, choices.right), _layouts(choices), choices.to, chosen, choices.replace, choices.master
    )
    made = run.link(asked, shared.progress())
    print(file=sys.stderr)
    rate = percent(100 * made.links / made.left.records)
    print(f"{rate} of {written(made.left.records)} records linked; {written(made.to_look_at)} pairs to look at.")
    for name in (run.REPORT, run.PAIRS, run.NUMBERS):
        print(choices.to / name)
    return 0


def _layouts(choices: argparse.Namespace) -> tuple[layout.Layout, layout.Layout]:
    """The layouts of both lists: what the file says, and over it the options."""
    held = layout.of_file(choices.columns) if choices.columns else {}
    empty = layout.Layout({})
    options = {
        "left": layout.of_options(choices.left_column, choices.group),
        "right": layout.of_options(choices.right_column),
    }
    made = [
        layout.Layout(
            {**held.get(side, empty).columns, **options[side].columns},
            options[side].groups or held.get(side, empty).groups,
        )
        for side in layout.SIDES
    ]
    return made[0], made[1]
