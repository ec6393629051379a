"""Drawings in pixels: one at a time, or many in a process of their own while this one goes on making other files.

What makes pixels holds Python's lock while it works, so that a thread gains nothing. The other process is
`python -m sendlib.exports.pixels`: a drawing a line comes in as JSON, and its PNG goes out as a line of base64.
"""

from __future__ import annotations

import base64
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

from sendlib.exports import letters

WIDTH, WIDE = 800, 1600
"""Of a drawing, and of its PNG: two pixels for each of the drawing, so that it stays sharp on a slide."""
_PACKED, _PER_INCH = 6, 192
"""How hard a PNG is packed, and how many of its pixels are an inch where it is put into a paper."""
_ROOT = Path(__file__).parents[2]


def of(svg: str) -> bytes:
    """A drawing as PNG, 1,600 pixels wide."""
    import vl_convert  # 60 MB that only who saves a picture needs
    from PIL import Image

    letters.make_known()
    drawn = Image.open(io.BytesIO(vl_convert.svg_to_png(svg, scale=WIDE / WIDTH)))
    # The same pixels without transparency and well packed: a quarter of the bytes.
    packed = io.BytesIO()
    drawn.convert("RGB").save(packed, "PNG", compress_level=_PACKED, dpi=(_PER_INCH, _PER_INCH))
    return packed.getvalue()


class Beside:
    """Makes drawings into pixels beside what goes on, in the order in which they are asked for.

    Where no other process can be started, or it ends, they are made in this one: the same bytes, only later.
    """

    def __init__(self) -> None:
        self._queue = ThreadPoolExecutor(1, thread_name_prefix="pixels")
        self._other: subprocess.Popen[bytes] | None = None
        self._tried = False

    def __enter__(self) -> Beside:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._queue.shutdown(cancel_futures=True)
        self._end()

    def of(self, svg: str) -> Callable[[], bytes]:
        """What waits for the PNG of a drawing and returns it."""
        return self._queue.submit(self._made, svg).result

    def _made(self, svg: str) -> bytes:
        if not self._tried:
            self._tried = True
            self._other = _started()
        if self._other is not None:
            try:
                return _asked(self._other, svg)
            except (OSError, ValueError):
                self._end()
        return of(svg)

    def _end(self) -> None:
        """Let the other process end, which it does when nothing more comes."""
        if (other := self._other) is None:
            return
        self._other = None
        for stream in (other.stdin, other.stdout):
            if stream:
                try:
                    stream.close()
                except OSError:  # it ended before it had read all
                    continue
        try:
            other.wait(timeout=5)
        except subprocess.TimeoutExpired:
            other.kill()
            other.wait()


def _started() -> subprocess.Popen[bytes] | None:
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH", ""))))
    try:
        return subprocess.Popen(
            [sys.executable, "-m", "sendlib.exports.pixels"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )
    except (OSError, ValueError):  # not allowed, or no Python to be found, as within a program that brings its own
        return None


def _asked(other: subprocess.Popen[bytes], svg: str) -> bytes:
    """Raises OSError or ValueError where the other process has ended or answers something else."""
    if other.stdin is None or other.stdout is None:
        raise OSError("the other process has no way in or out")
    other.stdin.write(json.dumps(svg).encode("ascii") + b"\n")
    other.stdin.flush()
    png = base64.b64decode(other.stdout.readline(), validate=False)
    if not png.startswith(b"\x89PNG"):
        raise ValueError("the other process made no picture")
    return png


def _serve() -> None:
    """Make what comes in until nothing more comes."""
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(base64.b64encode(of(json.loads(line))) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _serve()
