"""Commands about the tables that are held: one as it is, a selection in words, and which there are."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

import pandas as pd

from sendlib.areas import Area
from sendlib.commands import shared
from sendlib.compared import comparators, widened
from sendlib.errors import UnknownChoice
from sendlib.exports import made as made_files
from sendlib.exports.csv import as_csv
from sendlib.exports.formats import FORMATS
from sendlib.exports.record import rows
from sendlib.exports.shown import shown
from sendlib.made import building
from sendlib.made.held import KINDS
from sendlib.made.selection import Selection, parted, resolve
from sendlib.store import Store


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The commands `table`, `make` and `tables`."""
    table = commands.add_parser("table", help="print a table, or its rows of one area")
    table.add_argument("name")
    table.add_argument(
        "--area",
        help=f"{shared.AREA_HELP}; all areas without it",
    )
    table.add_argument("--format", choices=["csv", "json", "text"], default="text")
    table.add_argument("--columns", action="store_true", help="say what its rows and columns are, and print no rows")
    table.set_defaults(run=_table)

    make = commands.add_parser(
        "make",
        help="make a table of any rows of a table that is held, in words",
        epilog="What is left out is as on the page: the area and England, the newest figures, totals where there are.",
    )
    make.add_argument("name", metavar="TABLE", help="as 'python -m sendlib tables' lists it")
    make.add_argument("--area", help=f"{shared.AREA_HELP}; what 'here' and 'near' of --areas stand for")
    make.add_argument(
        "--areas", default="", help=f"with commas between: here, near, region, {', '.join(KINDS)}, names and codes"
    )
    make.add_argument("--periods", default="", help="newest (the default), all, one, or from one to another: A..B")
    make.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="COLUMN=VALUE,...",
        help="only these values of a column; * for all of them; can be given several times",
    )
    make.add_argument("--across", default="", metavar="COLUMN", help="what stands across the top; list for nothing")
    make.add_argument("--find", default="", help="only rows with these words")
    make.add_argument("--format", choices=list(FORMATS), default="csv")
    make.add_argument("--to", type=Path, metavar="FILE", help="where to; without it CSV is printed")
    make.set_defaults(run=_make)

    tables = commands.add_parser("tables", help="which tables there are, and from which release")
    tables.set_defaults(run=_tables)


def _table(choices: argparse.Namespace) -> int:
    store = shared.store_of(choices)
    store.info(choices.name)
    if choices.columns:
        print(str(import_module(f"sendlib.tables.{choices.name}").__doc__).strip())
        return 0
    store, codes = _codes(store, choices.area, choices.name) if choices.area else (store, [None])
    frame = pd.concat([shown(store, choices.name, code) for code in codes], ignore_index=True)
    if choices.format == "csv":
        frame.to_csv(sys.stdout, index=False, lineterminator="\n")
    elif choices.format == "json":
        print(shared.as_json(rows(frame)))
    else:
        with pd.option_context("display.width", 200, "display.max_columns", None, "display.max_rows", None):
            print(frame.to_string(index=False))
    print(f"source: {store.info(choices.name).release()}", file=sys.stderr)
    return 0


def _codes(store: Store, text: str, name: str) -> tuple[Store, list[str]]:
    """Codes of an area as tables hold them, abolished authorities and the NHS's own areas included; with the store
    that has rows of it."""
    if "area_code" in store.info(name).columns:
        held = {str(code).casefold(): str(code) for code in store.table(name)["area_code"].unique()}
        known = comparators.known_areas(store).names
        held |= {known[code].casefold(): code for code in held.values() if code in known}
        if text.strip().casefold() in held:
            return store, [held[text.strip().casefold()]]
    area = shared.located(store, text)
    with_rows = widened.with_rows_of(store, area)
    if area.is_authority or "area_code" not in store.info(name).columns or len(with_rows.rows(name, area.code)):
        return with_rows, [area.code]
    return store, _each_of(store, area)  # nothing is added up of schools: a list of several is those of each


def _each_of(store: Store, area: Area) -> list[str]:
    """Codes of the authorities of an area, with those that were divided and whose parts all belong to it."""
    known = comparators.known_areas(store)
    before = {old for code in area.parts for old, _, _ in known.predecessors(code)}
    return [*area.parts, *sorted(old for old in before if known.became(old) <= set(area.parts))]


def _make(choices: argparse.Namespace) -> int:
    store = shared.store_of(choices)
    picked = resolve(store, _selection(choices), shared.located(store, choices.area) if choices.area else None)
    if picked.wrong:
        raise UnknownChoice(" ".join(picked.told))
    made = building.make(store, picked)
    for told in (*picked.told, building.said_of_rows(made.total)):
        print(f"note: {told}", file=sys.stderr)
    numbers = made_files.numbers_of(made)
    if choices.to is None:
        sys.stdout.write(as_csv(numbers).decode("utf-8-sig").replace("\r\n", "\n"))
    elif choices.format == "csv" and choices.to.suffix.casefold() == ".csv":
        choices.to.write_bytes(as_csv(numbers))
    elif choices.format == "xlsx" and not made_files.fits_a_sheet(made):
        raise UnknownChoice("That is more than a sheet of Excel holds: take --format csv or parquet.")
    else:
        choices.to.write_bytes(FORMATS[choices.format].make(numbers))
    print(f"source: {picked.held.info.release()}", file=sys.stderr)
    return 0


def _selection(choices: argparse.Namespace) -> Selection:
    """What the options pick. Raises UnknownChoice."""
    values = {}
    for text in choices.where:
        column, given, listed = text.partition("=")
        if not given or not parted(listed):
            raise UnknownChoice(f"'--where {text}' is not a column, an equals sign and values with commas between.")
        values[column.strip()] = parted(listed)
    return Selection(
        choices.name,
        parted(choices.areas),
        choices.periods,
        values,
        choices.across,
        find=" ".join(choices.find.split()),
    )


def _tables(choices: argparse.Namespace) -> int:
    store = shared.store_of(choices)
    for name, info in sorted(store.tables.items()):
        span = f", {info.first_period} to {info.last_period}" if info.first_period else ""
        print(f"{name}: {info.title} ({info.rows:,} rows{span})\n  {info.release()}")
    damaged = store.damaged()
    for message in damaged:
        print(f"error: {message}", file=sys.stderr)
    return 1 if damaged else 0
