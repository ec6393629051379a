"""The command line: `python -m sendlib ask my_area --area Plymouth`.

Exit status: 0 an answer, 2 a question, area or table that there is not, 1 a
file that can not be used or written, 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from sendlib import commands, console
from sendlib.commands import keeping
from sendlib.errors import NoData, SendlibError, UnknownChoice


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    choices = commands.parser().parse_args(arguments)
    try:
        return int(choices.run(choices))
    except (NoData, UnknownChoice) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except SendlibError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped; what had come in stays" if choices.run is keeping.refresh else "\nstopped", file=sys.stderr)
        return 130
    except OSError as error:
        if console.reader_is_gone(error):
            console.let_go()
            return 0
        print(f"error: a file or the output could not be read or written ({error}).", file=sys.stderr)
        return 1


def run_as_program() -> int:
    """The command of this process, with an output that takes every sign; the exit status."""
    console.prepare()
    return console.end(main())


if __name__ == "__main__":
    sys.exit(run_as_program())
