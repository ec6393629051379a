"""The folder that a linkage is written to: guarded before, and after it nothing in it but what was made."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import sendlib
from sendlib import settings
from sendlib.errors import SendlibError
from sendlib.store import SNAPSHOT

_APP = Path(sendlib.__file__).resolve().parent.parent
_OF_THE_APP = (SNAPSHOT.resolve().parent, _APP / "static", _APP / "sendlib", _APP / "pages")


class FolderRefused(SendlibError):
    """A folder that a linkage is not written to."""


def check(folder: Path, names: Sequence[str], *, replace: bool) -> None:
    """Raises FolderRefused where a folder belongs to the app, or has a file of these names that may not be replaced."""
    where = folder.resolve()
    for own in (*_OF_THE_APP, Path(settings.read().cache).resolve()):
        if where == own or own in where.parents:
            raise FolderRefused(
                f"{folder} belongs to the app, which never holds a list of people. Name another folder."
            )
    if where.exists() and not where.is_dir():
        raise FolderRefused(f"{folder} is a file. Name a folder.")
    there = [name for name in names if (where / name).exists()]
    if there and not replace:
        raise FolderRefused(f"{folder} has {', '.join(there)} already. Name another folder, or say --replace.")


@contextmanager
def working(folder: Path) -> Iterator[Path]:
    """A folder within the one that was named, for what is written aside; it goes at the end, come what may, and so does
    the folder itself where it was not there before and nothing was made."""
    made = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix=".linking-", dir=folder, ignore_cleanup_errors=True) as aside:
            yield Path(aside)
    finally:
        for one in made:
            if one.is_dir() and not any(one.iterdir()):
                one.rmdir()
