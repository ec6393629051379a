"""How the command line writes, so that what it says arrives whole on every machine.

- To a file or through a pipe it writes UTF-8, whatever the machine's code page is: on Windows that would be cp1252 or
  cp850, which have no minus sign. `PYTHONIOENCODING` names another encoding for those who need one.
- On a screen it keeps the screen's own encoding.
- A sign that an encoding does not have is written in signs that every encoding has: a minus as "-", never as "?".
- Where there is no output at all (pythonw, a service) nothing is written, and nothing fails.
"""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
import unicodedata
from typing import TextIO

_IN_PLAIN_SIGNS = {
    "\N{MINUS SIGN}": "-",
    "\N{HYPHEN}": "-",
    "\N{NON-BREAKING HYPHEN}": "-",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    "\N{MULTIPLICATION SIGN}": "x",
    "\N{MIDDLE DOT}": "-",
    "\N{BULLET}": "-",
    "\N{RIGHTWARDS ARROW}": "->",
    "\N{LESS-THAN OR EQUAL TO}": "<=",
    "\N{GREATER-THAN OR EQUAL TO}": ">=",
    "\N{PLUS-MINUS SIGN}": "+/-",
    "\N{POUND SIGN}": "GBP ",
    "\N{COPYRIGHT SIGN}": "(c)",
    "\N{LATIN SMALL LETTER O WITH STROKE}": "o",
}
_PLAIN = "sendlib.plain"


def prepare() -> None:
    """Make standard output and standard error ready for everything that is said."""
    codecs.register_error(_PLAIN, _in_plain_signs)
    sys.stdout, sys.stderr = _ready(sys.stdout), _ready(sys.stderr)


def end(status: int) -> int:
    """Hand over what is still held back for standard output; the exit status.

    A reader who has gone is no error. Output that can not be written (a full
    disk) is one, and is told.
    """
    try:
        sys.stdout.flush()
    except OSError as error:
        let_go()
        if not reader_is_gone(error):
            print(f"error: the output could not be written ({error.strerror}).", file=sys.stderr)
            return status or 1
    return status


def reader_is_gone(error: OSError) -> bool:
    """Whether it came from a pipe whose reader has seen enough; on Windows that is an invalid argument."""
    return isinstance(error, BrokenPipeError) or (error.errno == errno.EINVAL and error.filename is None)


def let_go() -> None:
    """Write nothing more to standard output: Python would try again at its end, and complain."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def is_screen(stream: TextIO) -> bool:
    """Whether a person reads along."""
    try:
        return stream.isatty()
    except ValueError:  # it is closed
        return False


def _ready(stream: TextIO | None) -> TextIO:
    """The stream, able to write everything; one that swallows all where there is none."""
    if stream is None or stream.closed:
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - no path, and open until the end
    if isinstance(stream, io.TextIOWrapper):
        asked_for = os.environ.get("PYTHONIOENCODING", "").partition(":")[0]
        encoding = None if asked_for or is_screen(stream) else "utf-8"
        stream.reconfigure(encoding=encoding, errors=_PLAIN)
    return stream


def _in_plain_signs(error: UnicodeError) -> tuple[str, int]:
    """What stands for signs that an encoding does not have, and where to go on."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_plain(sign) for sign in error.object[error.start : error.end]), error.end


def _plain(sign: str) -> str:
    """One sign in ASCII; an accent is left off, and what has no counterpart is a question mark."""
    bare = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode("ascii")
    return _IN_PLAIN_SIGNS.get(sign) or bare or "?"
