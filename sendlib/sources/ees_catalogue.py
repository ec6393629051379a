"""What a file of DfE's data catalogue has in it, told without a download: columns, levels and periods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sendlib.errors import ContractBroken
from sendlib.sources.ees import File
from sendlib.sources.http import Http


@dataclass(frozen=True)
class Described:
    """The columns of a file in lower case, its geographic levels as labels, and its first and last period."""

    columns: tuple[str, ...]
    levels: tuple[str, ...]
    first: str
    last: str


def described(http: Http, file: File) -> Described:
    """One small request. Raises ContractBroken where the answer does not say which columns the file has."""
    found = http.json(f"{http.settings.address('SENDLIB_EES_CONTENT')}/data-set-files/{file.id}")
    about = _mapping(found.get("file"))
    meta = _mapping(about.get("meta"))
    header = _mapping(about.get("dataCsvPreview")).get("headers")
    if not isinstance(header, list) or not header:
        raise ContractBroken(file.title or file.filename, "the catalogue does not say which columns it has.")
    range_of_time = _mapping(meta.get("timePeriodRange"))
    return Described(
        columns=tuple(str(name).strip().lower() for name in header),
        levels=tuple(str(level) for level in meta.get("geographicLevels") or ()),
        first=str(range_of_time.get("from", "")),
        last=str(range_of_time.get("to", "")),
    )


def _mapping(found: object) -> Mapping[str, Any]:
    return found if isinstance(found, Mapping) else {}
