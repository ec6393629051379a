"""Where a refresh works: the lock that lets one at a time write, and a temporary folder beside the live tables."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from sendlib import store as stores
from sendlib.errors import SendlibError, SourceUnavailable


class AlreadyRunning(SendlibError):
    """Another refresh is at work."""


@contextmanager
def only_one(cache: Path) -> Iterator[None]:
    """The lock of a refresh: a second one says so instead of waiting for minutes."""
    lock = FileLock(cache / stores.REFRESH_LOCK, timeout=0)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise AlreadyRunning("Another refresh is running; this one has done nothing. Wait until it is done.") from error
    except OSError as error:
        raise _not_written(cache, error) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def workplace(cache: Path) -> Iterator[Path]:
    """A temporary folder beside the live tables; what an interrupted refresh left is swept away first."""
    stores.sweep(cache)
    try:
        folder = Path(tempfile.mkdtemp(prefix=stores.INCOMING, dir=cache))
    except OSError as error:
        raise _not_written(cache, error) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _not_written(cache: Path, error: OSError) -> SourceUnavailable:
    return SourceUnavailable(
        f"{cache} can not be written ({error}). Nothing was changed; SENDLIB_CACHE names another folder."
    )
