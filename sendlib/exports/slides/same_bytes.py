"""A presentation without the time at which it was made: the same slides are the same bytes."""

from __future__ import annotations

import io
import re
import zipfile

_SAME_DAY = (1980, 1, 1, 0, 0, 0)
_WRITTEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def without_time(content: bytes, day: str) -> bytes:
    """A file of Office with `day` (ISO) as the day on which it was made; so are the workbooks within it."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as made,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as same,
    ):
        for name in made.namelist():
            part = made.read(name)
            if name.endswith(".xlsx"):
                part = without_time(part, day)
            elif name == "docProps/core.xml":
                part = _WRITTEN.sub(rb"\g<1>" + f"{day}T00:00:00Z".encode() + rb"\g<2>", part)
            entry = zipfile.ZipInfo(name, _SAME_DAY)
            entry.create_system = 0  # or a file made on Windows would differ
            same.writestr(entry, part, zipfile.ZIP_DEFLATED)
    return held.getvalue()
