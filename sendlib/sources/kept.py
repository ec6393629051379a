"""What a client keeps on disk of a publisher's answers: whole and unchanged, or not at all.

Each file lies beside its own hash and is used only while the two agree. To keep
something is a convenience: where it can not be written, nothing is lost.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any


def read_json(path: Path) -> Any:
    """What was kept, or None where there is none, or it is torn or changed."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    try:
        return json.loads(content) if is_whole(path, content) else None
    except ValueError:
        return None


def write_json(path: Path, content: object) -> str:
    """Keep something; a sentence why it could not be kept, or nothing."""
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(content), "utf-8")
        part.replace(path)
        seal(path)
    except OSError as error:
        return f"The answer could not be kept for a time without a network ({error})."
    finally:
        _remove(part)
    return ""


def keep_newest(folder: Path, most: int) -> None:
    """Leave the `most` files that were written last, with their hashes, so that a folder does not grow for ever."""
    files = [path for path in folder.glob("*.json") if path.is_file()]
    for path in sorted(files, key=_written, reverse=True)[most:]:
        _remove(path)
        _remove(_seal_of(path))


def seal(path: Path) -> None:
    """Write the hash of a file that is whole beside it."""
    _seal_of(path).write_text(hashlib.sha256(path.read_bytes()).hexdigest(), "utf-8")


def is_whole(path: Path, content: bytes | None = None) -> bool:
    """Whether a file is there and is still what it was when it was sealed."""
    try:
        found = path.read_bytes() if content is None else content
        return _seal_of(path).read_text("utf-8").strip() == hashlib.sha256(found).hexdigest()
    except (OSError, UnicodeDecodeError):
        return False


def _written(path: Path) -> float:
    """When a file was written; one that is gone meanwhile counts as old."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _seal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # a folder that can not be written keeps nothing of ours
