"""Explore Education Statistics: DfE's public API (version 1) and its catalogue of files.

A query is written with column names and labels as people read them (`ees_query`).
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from sendlib.errors import ContractBroken, SourceUnavailable
from sendlib.sources import kept
from sendlib.sources.ees_query import Query, build, from_csv, readable
from sendlib.sources.http import Downloaded, Http, Progress, Refused

MOST_ROWS = 10_000
"""Above this many rows the whole data set is fetched as CSV instead of page by page."""
PAGE = 10_000
MOST_READINGS = 3
"""How often the pages of a query are read again when the data set changes meanwhile."""
MOST_ANSWERS = 50
"""How many queries have their answer kept; those written longest ago go."""


@dataclass(frozen=True)
class DataSet:
    """A data set of the API as it stands: its id, title, status, version and number of rows."""

    id: str
    title: str
    status: str
    version: str
    published: str
    rows: int
    superseded_by: str = ""


@dataclass(frozen=True)
class File:
    """A file of the catalogue: the id to download it by, its name, release and when it was published."""

    id: str
    filename: str
    title: str
    release: str
    release_id: str
    published: str
    rows: int | None


@dataclass(frozen=True)
class Answered:
    """Rows of a query with labels, the data set's version, and what the service remarked."""

    rows: pd.DataFrame
    data_set: DataSet
    notes: tuple[str, ...]
    fresh: bool = True


class _Moved(ContractBroken):
    """The data set was changed or taken away between two pages."""


class Ees:
    """A client of both services.

    `cache` keeps metadata and CSV files by data set and version, and of each
    query the answer of the newest version that was asked.
    """

    def __init__(self, http: Http, cache: Path) -> None:
        self._http = http
        self._cache = cache
        self._api = http.settings.address("SENDLIB_EES_API")
        self._content = http.settings.address("SENDLIB_EES_CONTENT")

    # The API

    def data_sets(self, publication: str) -> list[DataSet]:
        """The data sets of a publication (by id), newest first, all pages."""
        return [_data_set(item) for item in self._paged(f"{self._api}/publications/{publication}/data-sets", {}, 20)]

    def data_set(self, data_set: str) -> DataSet:
        """A data set as it stands; one that was superseded is followed to its successor.

        This is the small request that says whether something is newer. Raises
        Refused for one that was withdrawn, by its name where that is known.
        """
        seen = [data_set]
        while True:
            found = self._one(seen[-1])
            if not found.superseded_by:
                return found
            if found.superseded_by in seen:
                raise ContractBroken(f"data set {data_set}", "its successors lead back to itself.")
            seen.append(found.superseded_by)

    def _one(self, data_set: str) -> DataSet:
        """One data set, whose title is kept for the day on which the service only says that it is forbidden."""
        titles = self._cache / "titles" / f"{data_set}.json"
        try:
            found = _data_set(self._http.json(f"{self._api}/data-sets/{data_set}"))
        except Refused as error:
            if error.status == 403 and error.body.lstrip().startswith("{"):  # the firewall's 403 is a web page
                raise _withdrawn(kept.read_json(titles) or data_set, data_set) from error
            raise
        if found.status == "Withdrawn" and not found.superseded_by:
            raise _withdrawn(found.title, data_set)
        if kept.read_json(titles) != found.title:
            kept.write_json(titles, found.title)
        return found

    def meta(self, found: DataSet) -> dict[str, Any]:
        """The metadata of a data set's version."""
        path = self._folder(found) / "meta.json"
        held = kept.read_json(path)
        if not _is_meta(held):  # never fetched, torn or changed
            held = self._http.json(self._url(found, "meta"), parameters=_pinned(found))
            if not _is_meta(held):
                raise ContractBroken(found.title, "its metadata is not shaped as agreed.")
            kept.write_json(path, held)
        return dict(held)

    def csv(self, found: DataSet, progress: Progress = lambda done, expected: None) -> Path:
        """The whole data set of a version as CSV, on disk.

        One that has fewer rows than announced is fetched again, then refused.
        """
        path = self._folder(found) / "data.csv"
        if kept.is_whole(path):
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = 0
        for _ in range(2):
            self._http.download(self._url(found, "csv"), path, parameters=_pinned(found), progress=progress)
            rows = _rows_in(path)
            if rows >= found.rows:
                kept.seal(path)
                return path
        path.unlink()
        raise ContractBroken(found.title, f"its CSV file has {rows:,} rows where the service announces {found.rows:,}.")

    def query(self, data_set: str, query: Query, *, page_size: int = PAGE) -> Answered:
        """All rows that a query asks for, with labels in place of ids.

        The answer that is kept is given again as long as the data set is at the
        same version, which one small request tells. A data set that changes
        while its pages are read is read again from the beginning. When the
        service can not be reached, the last answer to the same query is given,
        with `fresh` false. Raises SourceUnavailable, Refused (withdrawn),
        NotInDataSet and ContractBroken.
        """
        memory = self._cache / "answers" / f"{_key(data_set, query)}.json"
        held = _held(memory)
        try:
            answered = self._query(data_set, query, page_size, held)
        except SourceUnavailable as error:
            if held is None or not _is_away(error):
                raise
            return replace(held, notes=(*held.notes, f"{error} This is the answer of an earlier time."), fresh=False)
        if held is not None and answered.rows is held.rows:
            return answered
        content = {
            "rows": json.loads(answered.rows.to_json(orient="split")),
            "data_set": answered.data_set.__dict__,
            "notes": list(answered.notes),
        }
        not_kept = kept.write_json(memory, content)
        kept.keep_newest(memory.parent, MOST_ANSWERS)
        return replace(answered, notes=(*answered.notes, *filter(None, [not_kept])))

    def _query(self, data_set: str, query: Query, page_size: int, held: Answered | None) -> Answered:
        """The answer of one version: the one held if it is of that version, else read.

        It is read again when another version came, or rows were added, meanwhile.
        """
        moved: SourceUnavailable | _Moved | None = None
        for _ in range(MOST_READINGS):
            found = self.data_set(data_set)
            if held is not None and (held.data_set.id, held.data_set.version) == (found.id, found.version):
                return replace(held, data_set=found)
            try:
                answered = self._read(found, query, page_size)
            except (_Moved, Refused) as error:
                if isinstance(error, Refused) and (error.status not in (403, 404) or _is_away(error)):
                    raise
                moved = error  # changed, or the version was withdrawn: what is there now?
                continue
            again = self.data_set(data_set)
            if (again.id, again.version) == (found.id, found.version):
                return answered
            moved = SourceUnavailable(
                f"DfE changed the data set '{found.title}' again and again while it was read. Try again later."
            )
        assert moved is not None
        raise moved

    def _read(self, found: DataSet, query: Query, page_size: int) -> Answered:
        meta = self.meta(found)
        rows, notes, total = self.rows(found, build(meta, query), page_size)
        if total > MOST_ROWS:
            return Answered(self._rows_of_csv(found, meta, query, total), found, tuple(notes))
        if len(rows) != total:
            raise _Moved(found.title, f"the service announced {total:,} rows and sent {len(rows):,}.")
        return Answered(readable(rows, meta, query, found.title), found, tuple(notes))

    def _rows_of_csv(self, found: DataSet, meta: dict[str, Any], query: Query, total: int) -> pd.DataFrame:
        """A query's rows out of the CSV file, as many as the service counts.

        A label that is written otherwise there would be left out unseen.
        """
        path = self.csv(found)
        rows = from_csv(path.read_bytes(), meta, query, found.title)
        if len(rows) != total:
            path.unlink(missing_ok=True)  # it would be read again for as long as this version lasts
            raise ContractBroken(
                found.title, f"the service counts {total:,} rows and its CSV file has {len(rows):,} of them."
            )
        return rows

    def rows(self, found: DataSet, body: dict[str, Any], page_size: int) -> tuple[list[dict[str, Any]], list[str], int]:
        """Rows of all pages, remarks and the announced total.

        Above MOST_ROWS there are no rows, because CSV is the better way.
        """
        rows: list[dict[str, Any]] = []
        notes: list[str] = []
        page, pages, total = 1, 1, 0
        while page <= pages:
            asked = {**body, "page": page, "pageSize": page_size}
            answer = self._http.json(f"{self._url(found, 'query')}?dataSetVersion={found.version}", body=asked)
            paging = answer["paging"]
            if page > 1 and paging["totalResults"] != total:
                raise _Moved(
                    found.title,
                    f"page {page} announces {paging['totalResults']:,} rows where page 1 announced {total:,}.",
                )
            pages, total = paging["totalPages"], paging["totalResults"]
            notes += _remarks(answer.get("warnings", []), found.title)
            if total > MOST_ROWS:
                return [], notes, total
            rows += answer["results"]
            page += 1
        return rows, list(dict.fromkeys(notes)), total

    # The catalogue

    def files(self, publication: str) -> list[File]:
        """The data files of a publication's latest release; the ids change with every release."""
        address = f"{self._content}/data-set-files"
        items = self._paged(address, {"publicationId": publication, "latestOnly": "true"}, 40)
        return [_file(item) for item in items]

    def fetch(self, file: File, into: Path, progress: Progress = lambda done, expected: None) -> Downloaded:
        """Download a catalogue file as CSV."""
        return self._http.download(f"{self._content}/data-set-files/{file.id}/download", into, progress=progress)

    def fetch_release(
        self, release_id: str, into: Path, progress: Progress = lambda done, expected: None
    ) -> Downloaded:
        """Download all files of a release as one zip archive."""
        parameters = {"fromPage": "ReleaseDownloads"}
        return self._http.download(
            f"{self._content}/releases/{release_id}/files", into, parameters=parameters, progress=progress
        )

    # What both need

    def _paged(self, address: str, parameters: dict[str, str], size: int) -> list[dict[str, Any]]:
        """A whole list. Raises ContractBroken when it is not as long as each of its pages announces."""
        items: list[dict[str, Any]] = []
        totals = set()
        page, pages = 1, 1
        while page <= pages:
            answer = self._http.json(address, parameters={**parameters, "page": str(page), "pageSize": str(size)})
            items += answer["results"]
            totals.add(answer["paging"]["totalResults"])
            pages, page = answer["paging"]["totalPages"], page + 1
        if totals != {len(items)}:
            announced = " and ".join(f"{total:,}" for total in sorted(totals))
            raise ContractBroken(
                address,
                f"the list announced {announced} entries and has {len(items):,}; it may have changed meanwhile.",
            )
        return items

    def _url(self, found: DataSet, what: str) -> str:
        return f"{self._api}/data-sets/{found.id}/{what}"

    def _folder(self, found: DataSet) -> Path:
        return self._cache / f"{found.id}-{found.version}"


def _held(path: Path) -> Answered | None:
    """An answer that was kept whole."""
    content = kept.read_json(path)
    if content is None:
        return None
    rows = pd.DataFrame(content["rows"]["data"], columns=content["rows"]["columns"])
    return Answered(rows, DataSet(**content["data_set"]), tuple(content["notes"]))


def _remarks(warnings: Sequence[Mapping[str, Any]], title: str) -> list[str]:
    """Warnings about ids that were not found are errors: the answer would be short. Others are notes."""
    lost = [warning for warning in warnings if str(warning["code"]).endswith("NotFound")]
    if lost:
        said = "; ".join(f"{warning['code']}: {warning['message']}" for warning in lost)
        raise ContractBroken(title, f"the service did not know what was asked for ({said}).")
    return [str(warning["message"]) for warning in warnings]


def _data_set(item: Mapping[str, Any]) -> DataSet:
    latest = item.get("latestVersion") or {}
    names = {
        "id": item["id"],
        "successor": item.get("supersedingDataSetId") or "",
        "version": latest.get("version") or "",
    }
    for what, name in names.items():  # they become names of files
        if not re.fullmatch(r"[0-9A-Za-z.-]*", name) or ".." in name:
            raise ContractBroken(str(item.get("title")), f"'{name}' is not a {what} of a data set.")
    return DataSet(
        id=item["id"],
        title=item["title"],
        status=item["status"],
        version=latest.get("version", ""),
        published=latest.get("published", ""),
        rows=latest.get("totalResults", 0),
        superseded_by=item.get("supersedingDataSetId", ""),
    )


def _file(item: Mapping[str, Any]) -> File:
    release = item.get("release", {})
    return File(
        id=item["id"],
        filename=item.get("filename", ""),
        title=item.get("title", ""),
        release=release.get("title", ""),
        release_id=release.get("id", ""),
        published=str(item.get("published", ""))[:10],
        rows=(item.get("meta") or {}).get("numDataFileRows"),
    )


def _withdrawn(title: str, data_set: str) -> Refused:
    return Refused(f"DfE has withdrawn the data set '{title}' ({data_set}). The figures held are kept.", 410)


def _is_away(error: SourceUnavailable) -> bool:
    """Whether the service did not answer for itself: it was not reached, or a firewall's page stood in the way."""
    return not isinstance(error, Refused) or (error.status == 403 and error.body.lstrip().startswith("<"))


def _pinned(found: DataSet) -> dict[str, str]:
    return {"dataSetVersion": found.version}


def _key(data_set: str, query: Query) -> str:
    text = json.dumps(
        [
            data_set,
            {
                key: list(value) if not isinstance(value, str) else value
                for key, value in query.__dict__.items()
                if key != "filters"
            },
            {k: list(v) for k, v in query.filters.items()},
        ],
        sort_keys=True,
    )
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _is_meta(content: object) -> bool:
    return isinstance(content, dict) and all(
        isinstance(content.get(key), list)
        for key in ("filters", "indicators", "geographicLevels", "locations", "timePeriods")
    )


def _rows_in(path: Path) -> int:
    """Rows below the header of a CSV file, gzip or not."""
    content = path.read_bytes()
    raw = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
    return len(pd.read_csv(io.BytesIO(raw), usecols=[0], dtype=str, encoding="utf-8-sig"))
