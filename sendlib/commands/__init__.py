"""The commands of `python -m sendlib`: what each is asked with, and what it does.

- `answers`: a question, a board, what changed;
- `files` and `pack`: what is taken away, one by one or all in one file;
- `tables`: what is held, and any selection of it;
- `linking`: two lists of an authority's own, at its own desk;
- `keeping`: a refresh and the shipped snapshot;
- `shared`: what several of them have in common.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from sendlib.commands import answers, files, keeping, linking, pack, tables
from sendlib.store import SNAPSHOT


def parser() -> argparse.ArgumentParser:
    """What reads the command line; `run` of what it reads is the command."""
    made = argparse.ArgumentParser(
        prog="python -m sendlib",
        description="True, sourced figures about SEND in England.",
        epilog="What goes to a file or through a pipe is written as UTF-8 on every machine (JSON as plain ASCII);"
        " PYTHONIOENCODING names another encoding.",
    )
    made.add_argument("--store", type=Path, default=SNAPSHOT, help="folder of tables (the shipped snapshot by default)")
    commands = made.add_subparsers(required=True, metavar="COMMAND")
    for room in (answers, files, pack, tables, linking, keeping):
        room.add_to(commands)
    return made
