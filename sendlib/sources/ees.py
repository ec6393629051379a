"""Explore Education Statistics: DfE's public API (version 1) and its catalogue of files.

A query is written with column names and labels as people read them; the ids
that the service wants are looked up in the data set's own metadata, because
they differ from data set to data set and are unique within one kind only.
"""

from __future__ import annotations

import difflib
import gzip
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sendlib.errors import ContractBroken, SendlibError, SourceUnavailable
from sendlib.sources.http import Downloaded, Http, Progress, Refused

MOST_ROWS = 10_000
"""Above this many rows the whole data set is fetched as CSV instead of page by page."""
PAGE = 10_000
LARGEST_BODY = 128_000
"""Bytes of a query that the service's firewall lets through."""
EVERY = "(every option)"
"""Asks for all options of a filter, told apart in the result."""
LEVELS = {
    "NAT": "National", "REG": "Regional", "LA": "Local authority", "LAD": "Local authority district", "PCON": "Parliamentary constituency",
    "SCH": "School", "PROV": "Provider", "INST": "Institution", "MAT": "MAT", "RSC": "RSC region", "WARD": "Ward",
}  # fmt: skip
"""Code of a geographic level -> its label in CSV files."""


class NotInDataSet(SendlibError):
    """A column, label, place or period that a data set does not have; the message names the nearest ones."""


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
    api_id: str = ""


@dataclass(frozen=True)
class Query:
    """What to ask of a data set, in words.

    `filters` has every filter column of the data set (name or label) with the
    labels wanted, or [EVERY]: an open filter would count children several
    times. `levels` are codes (NAT, REG, LA). `places` are names, codes or
    3-digit codes; none means all of the levels. `first` and `last` are periods
    as the metadata labels them ("2024/25"). `indicators` are columns or labels.
    """

    filters: Mapping[str, Sequence[str]]
    levels: Sequence[str]
    indicators: Sequence[str]
    places: Sequence[str] = ()
    first: str = ""
    last: str = ""


@dataclass(frozen=True)
class Answered:
    """Rows of a query with labels, the data set's version, and what the service remarked."""

    rows: pd.DataFrame
    data_set: DataSet
    notes: tuple[str, ...]
    fresh: bool = True


class Ees:
    """A client of both services. `cache` keeps answers by data set and version, for ever."""

    def __init__(self, http: Http, cache: Path) -> None:
        self._http = http
        self._cache = cache
        self._api = http.settings.address("SENDLIB_EES_API")
        self._content = http.settings.address("SENDLIB_EES_CONTENT")

    # The API

    def publications(self, search: str = "") -> list[dict[str, Any]]:
        """Publications of the API, all pages; `search` needs three letters."""
        return list(self._paged(f"{self._api}/publications", {"search": search} if search else {}, 40))

    def data_sets(self, publication: str) -> list[DataSet]:
        """The data sets of a publication (by id), newest first, all pages."""
        return [_data_set(item) for item in self._paged(f"{self._api}/publications/{publication}/data-sets", {}, 20)]

    def data_set(self, data_set: str) -> DataSet:
        """A data set as it stands; one that was superseded is followed to its successor.

        This is the small request that says whether something is newer. Raises
        SourceUnavailable for one that was withdrawn.
        """
        seen = [data_set]
        while True:
            found = _data_set(self._http.json(f"{self._api}/data-sets/{seen[-1]}"))
            if not found.superseded_by:
                if found.status == "Withdrawn":
                    raise Refused(f"DfE has withdrawn the data set '{found.title}' ({found.id}) and names no successor. The figures held are kept.")
                return found
            if found.superseded_by in seen:
                raise ContractBroken(f"data set {data_set}", "its successors lead back to itself.")
            seen.append(found.superseded_by)

    def versions(self, data_set: str) -> list[dict[str, Any]]:
        """The versions of a data set, newest first, all pages."""
        return list(self._paged(f"{self._api}/data-sets/{data_set}/versions", {}, 20))

    def changes(self, data_set: str, version: str) -> dict[str, Any]:
        """What a version changed."""
        return dict(self._http.json(f"{self._api}/data-sets/{data_set}/versions/{version}/changes"))

    def meta(self, found: DataSet) -> dict[str, Any]:
        """The metadata of a data set's version."""
        path = self._folder(found) / "meta.json"
        kept = _read(path)
        if not _is_meta(kept):  # never fetched, or torn
            kept = self._http.json(self._url(found, "meta"), parameters=_pinned(found))
            if not _is_meta(kept):
                raise ContractBroken(found.title, "its metadata is not shaped as agreed.")
            _write(path, kept)
        return dict(kept)

    def csv(self, found: DataSet, progress: Progress = lambda done, expected: None) -> Path:
        """The whole data set of a version as CSV, on disk; one that has fewer rows than announced is fetched again, then refused."""
        path = self._folder(found) / "data.csv"
        for _ in range(2):
            if path.exists() and _rows_in(path) >= found.rows:
                return path
            path.parent.mkdir(parents=True, exist_ok=True)
            self._http.download(self._url(found, "csv"), path, parameters=_pinned(found), progress=progress)
        if _rows_in(path) < found.rows:
            rows = _rows_in(path)
            path.unlink()
            raise ContractBroken(found.title, f"its CSV file has {rows:,} rows where the service announces {found.rows:,}.")
        return path

    def query(self, data_set: str, query: Query, *, page_size: int = PAGE) -> Answered:
        """All rows that a query asks for, with labels in place of ids.

        A version that changes while pages are read begins the reading again.
        When the service can not be reached, the last answer to the same query
        is given, with `fresh` false. Raises SourceUnavailable, NotInDataSet
        and ContractBroken.
        """
        memory = self._cache / "answers" / f"{_key(data_set, query)}.json"
        try:
            answered = self._query(data_set, query, page_size)
        except (Refused, ContractBroken):
            raise
        except SourceUnavailable as error:
            kept = _read(memory)
            if not isinstance(kept, dict):
                raise
            rows = pd.DataFrame(kept["rows"]["data"], columns=kept["rows"]["columns"])
            return Answered(rows, DataSet(**kept["data_set"]), (*kept["notes"], f"{error} This is the answer of an earlier time."), fresh=False)
        _write(memory, {"rows": json.loads(answered.rows.to_json(orient="split")), "data_set": answered.data_set.__dict__, "notes": list(answered.notes)})
        return answered

    def _query(self, data_set: str, query: Query, page_size: int) -> Answered:
        for _ in range(3):
            found = self.data_set(data_set)
            meta = self.meta(found)
            body = build(meta, query)
            rows, notes, total = self.rows(found, body, page_size)
            if total is None:
                return Answered(from_csv(self.csv(found).read_bytes(), meta, query, found.title), found, ())
            if self.data_set(data_set).version == found.version:
                if len(rows) != total:
                    raise ContractBroken(found.title, f"the service announced {total:,} rows and sent {len(rows):,}.")
                return Answered(_readable(rows, meta, query, found.title), found, tuple(notes))
        raise SourceUnavailable(f"DfE changed the data set '{found.title}' again and again while it was read. Try again later.")

    def rows(self, found: DataSet, body: dict[str, Any], page_size: int) -> tuple[list[dict[str, Any]], list[str], int | None]:
        """Rows of all pages, remarks and the announced total; a total of None says that CSV is the better way."""
        rows: list[dict[str, Any]] = []
        notes: list[str] = []
        page, pages, total = 1, 1, 0
        while page <= pages:
            asked = {**body, "page": page, "pageSize": page_size}
            answer = self._http.json(f"{self._url(found, 'query')}?dataSetVersion={found.version}", body=asked)
            paging = answer["paging"]
            if page > 1 and paging["totalResults"] != total:
                raise ContractBroken(found.title, f"page {page} announces {paging['totalResults']:,} rows where page 1 announced {total:,}.")
            pages, total = paging["totalPages"], paging["totalResults"]
            if total > MOST_ROWS:
                return [], [], None
            notes += _remarks(answer.get("warnings", []), found.title)
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

    def fetch_release(self, release_id: str, into: Path, progress: Progress = lambda done, expected: None) -> Downloaded:
        """Download all files of a release as one zip archive."""
        parameters = {"fromPage": "ReleaseDownloads"}
        return self._http.download(f"{self._content}/releases/{release_id}/files", into, parameters=parameters, progress=progress)

    # What both need

    def _paged(self, address: str, parameters: dict[str, str], size: int) -> Iterator[dict[str, Any]]:
        page, pages = 1, 1
        while page <= pages:
            answer = self._http.json(address, parameters={**parameters, "page": str(page), "pageSize": str(size)})
            yield from answer["results"]
            pages, page = answer["paging"]["totalPages"], page + 1

    def _url(self, found: DataSet, what: str) -> str:
        return f"{self._api}/data-sets/{found.id}/{what}"

    def _folder(self, found: DataSet) -> Path:
        return self._cache / f"{found.id}-{found.version}"


def build(meta: Mapping[str, Any], query: Query) -> dict[str, Any]:
    """The body of a query from words and a data set's metadata. Raises NotInDataSet.

    One `in` a filter column, AND-ed: options of different columns in one `in`
    would be OR-ed. Places go by id, all ids of a place. Bounds of time must be
    periods that the data set has, or the service would find nothing.
    """
    columns = {item["column"]: item for item in meta["filters"]}
    wanted = {_column(columns, name): labels for name, labels in query.filters.items()}
    open_filters = [item["label"] for column, item in columns.items() if column not in wanted]
    if open_filters:
        raise NotInDataSet(f"Say which options are wanted of: {', '.join(open_filters)}. A filter that is left open counts children several times.")
    clauses: list[dict[str, Any]] = []
    for column, labels in wanted.items():
        options = {option["label"]: option["id"] for option in columns[column]["options"]}
        chosen = list(options) if EVERY in labels else labels
        if not chosen:
            raise NotInDataSet(f"No option of '{columns[column]['label']}' is named.")
        clauses.append({"filters": {"in": [_nearest(options, label, columns[column]["label"]) for label in chosen]}})
    levels = {level["code"]: level["code"] for level in meta["geographicLevels"]}
    clauses.append({"geographicLevels": {"in": [_nearest(levels, level, "geographic level") for level in query.levels]}})
    if query.places:
        clauses.append({"locations": {"in": [place for text in query.places for place in _places(meta, query.levels, text)]}})
    times = {period["label"]: {"period": period["period"], "code": period["code"]} for period in meta["timePeriods"]}
    bounds = {name: _nearest(times, text, "period") for name, text in (("gte", query.first), ("lte", query.last)) if text}
    if bounds:
        clauses.append({"timePeriods": bounds})
    indicators = {item["column"]: item["id"] for item in meta["indicators"]} | {item["label"]: item["id"] for item in meta["indicators"]}
    body = {"criteria": {"and": clauses}, "indicators": [_nearest(indicators, name, "indicator") for name in query.indicators]}
    if not body["indicators"]:
        raise NotInDataSet("No indicator is named.")
    if len(json.dumps(body)) > LARGEST_BODY:
        raise NotInDataSet("The query is longer than the service accepts; name fewer places.")
    return body


def from_csv(content: bytes, meta: Mapping[str, Any], query: Query, title: str) -> pd.DataFrame:
    """The rows that a query asks for, out of a data set's own CSV file. Raises ContractBroken and NotInDataSet."""
    build(meta, query)
    raw = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
    frame = pd.read_csv(io.BytesIO(raw), dtype=str, keep_default_na=False, encoding="utf-8-sig")
    frame.columns = [str(name).lower() for name in frame.columns]
    columns = {item["column"]: item for item in meta["filters"]}
    indicators = {item["label"]: item["column"] for item in meta["indicators"]}
    chosen = [indicators.get(name, name) for name in query.indicators]
    needed = ["time_period", "time_identifier", "geographic_level", *columns, *chosen]
    missing = [name for name in needed if name.lower() not in frame]
    if missing:
        raise ContractBroken(title, f"the CSV file has no column {', '.join(missing)}.")
    keep = frame["geographic_level"].isin([LEVELS[level] for level in query.levels])
    for name, labels in query.filters.items():
        if EVERY not in labels:
            keep &= frame[_column(columns, name).lower()].isin(labels)
    times = _in_order(meta)
    labels = [_period_label(period, kind) for period, kind in zip(frame["time_period"], frame["time_identifier"], strict=True)]
    unknown = sorted(set(labels) - set(times))
    if unknown:
        raise ContractBroken(title, f"the CSV file has periods that the metadata does not: {', '.join(unknown[:3])}.")
    frame["time"] = labels
    low = times.index(query.first) if query.first else 0
    high = times.index(query.last) if query.last else len(times) - 1
    keep &= frame["time"].isin(times[low : high + 1])
    if query.places:
        keep &= pd.concat([frame[c].isin(query.places) for c in ("new_la_code", "old_la_code", "la_name", "region_code", "region_name", "country_code") if c in frame], axis=1).any(axis=1)
    rows = frame[keep].reset_index(drop=True)
    code, name = (pd.Series("", index=rows.index) for _ in range(2))
    for level, label in LEVELS.items():
        if level in _CSV_CODES:
            own = rows["geographic_level"].eq(label)
            code = code.mask(own, rows.get(_CSV_CODES[level][0], ""))
            name = name.mask(own, rows.get(_CSV_CODES[level][1], ""))
    levels = {label: level for level, label in LEVELS.items()}
    return pd.DataFrame(
        {
            "time": rows["time"], "level": rows["geographic_level"].map(levels), "code": code, "old_code": rows.get("old_la_code", ""), "place": name,
            **{column: rows[column.lower()] for column in columns}, **{column: rows[column.lower()] for column in chosen},
        }
    )  # fmt: skip


_CSV_CODES = {"NAT": ("country_code", "country_name"), "REG": ("region_code", "region_name"), "LA": ("new_la_code", "la_name"), "LAD": ("lad_code", "lad_name"), "SCH": ("school_urn", "school_name"), "PROV": ("provider_ukprn", "provider_name")}  # fmt: skip


def _readable(rows: list[dict[str, Any]], meta: Mapping[str, Any], query: Query, title: str) -> pd.DataFrame:
    """Rows with labels: time, level, code, old_code, place, filter columns, indicator columns (text, as published)."""
    times = {(period["period"], period["code"]): period["label"] for period in meta["timePeriods"]}
    places = {(group["level"]["code"], option["id"]): option for group in meta["locations"] for option in group["options"]}
    filters = {item["id"]: (item["column"], {option["id"]: option["label"] for option in item["options"]}) for item in meta["filters"]}
    labels = {item["label"]: item["column"] for item in meta["indicators"]}
    chosen = {_column_of_indicator(meta, labels.get(name, name)): labels.get(name, name) for name in query.indicators}
    records = []
    for row in rows:
        level = row["geographicLevel"]
        place = places.get((level, row["locations"].get(level)))
        time = times.get((row["timePeriod"]["period"], row["timePeriod"]["code"]))
        if place is None or time is None:
            raise ContractBroken(title, "a row has a place or period that the metadata does not.")
        record = {"time": time, "level": level, "code": place.get("code", ""), "old_code": place.get("oldCode", ""), "place": place["label"]}
        for filter_id, (column, options) in filters.items():
            option = row["filters"].get(filter_id)
            if option is not None and option not in options:
                raise ContractBroken(title, f"a row has an option of '{column}' that the metadata does not.")
            record[column] = "" if option is None else options[option]
        for indicator, column in chosen.items():
            record[column] = row["values"].get(indicator, "")
        records.append(record)
    head = ["time", "level", "code", "old_code", "place", *(column for column, _ in filters.values()), *chosen.values()]
    return pd.DataFrame(records, columns=head)


def _column_of_indicator(meta: Mapping[str, Any], column: str) -> str:
    ids = {str(item["column"]): str(item["id"]) for item in meta["indicators"]}
    return ids[column]


def _remarks(warnings: Sequence[Mapping[str, Any]], title: str) -> list[str]:
    """Warnings about ids that were not found are errors: the answer would be short. Others are notes."""
    lost = [warning for warning in warnings if str(warning["code"]).endswith("NotFound")]
    if lost:
        said = "; ".join(f"{warning['code']}: {warning['message']}" for warning in lost)
        raise ContractBroken(title, f"the service did not know what was asked for ({said}).")
    return [str(warning["message"]) for warning in warnings]


def _column(columns: Mapping[str, Any], name: str) -> str:
    """The column of a filter that is named by column or by label."""
    by_name = {column: column for column in columns} | {item["label"]: column for column, item in columns.items()}
    return str(_nearest(by_name, name, "filter"))


def _nearest(known: Mapping[str, Any], name: str, kind: str) -> Any:
    """The entry of a name, or an error that names the nearest ones."""
    if name in known:
        return known[name]
    close = difflib.get_close_matches(name, known, n=3, cutoff=0.5) or list(known)[:5]
    raise NotInDataSet(f"The data set has no {kind} '{name}'. Nearest: {', '.join(close)}.")


def _places(meta: Mapping[str, Any], levels: Sequence[str], text: str) -> list[dict[str, str]]:
    """Every location id that goes by a name or code: a renamed authority has two with one code."""
    found = [
        {"level": group["level"]["code"], "id": option["id"]}
        for group in meta["locations"]
        if group["level"]["code"] in levels
        for option in group["options"]
        if text in (option["label"], option.get("code"), option.get("oldCode"), option.get("urn"), option.get("laEstab"), option.get("ukprn"))
    ]
    if not found:
        known = {option["label"]: None for group in meta["locations"] if group["level"]["code"] in levels for option in group["options"]}
        _nearest(known, text, "place")
    return found


def _in_order(meta: Mapping[str, Any]) -> list[str]:
    """Labels of the periods, oldest first; the metadata sorts them by code before period."""
    return [period["label"] for period in sorted(meta["timePeriods"], key=lambda period: (period["period"], period["code"]))]


def _period_label(period: str, identifier: str) -> str:
    """A period of a CSV file as the metadata labels it: 202425, Academic year is 2024/25."""
    six = re.fullmatch(r"(\d{4})(\d{2})", period)
    label = f"{six[1]}/{six[2]}" if six else period
    plain = identifier in ("Academic year", "Calendar year", "Financial year", "Tax year", "Reporting year")
    return label if plain else f"{label} {identifier}"


def _data_set(item: Mapping[str, Any]) -> DataSet:
    latest = item.get("latestVersion") or {}
    return DataSet(
        id=item["id"], title=item["title"], status=item["status"], version=latest.get("version", ""), published=latest.get("published", ""),
        rows=latest.get("totalResults", 0), superseded_by=item.get("supersedingDataSetId", ""),
    )  # fmt: skip


def _file(item: Mapping[str, Any]) -> File:
    release = item.get("release", {})
    return File(
        id=item["id"], filename=item.get("filename", ""), title=item.get("title", ""), release=release.get("title", ""), release_id=release.get("id", ""),
        published=str(item.get("published", ""))[:10], rows=(item.get("meta") or {}).get("numDataFileRows"), api_id=(item.get("api") or {}).get("id", ""),
    )  # fmt: skip


def _pinned(found: DataSet) -> dict[str, str]:
    return {"dataSetVersion": found.version}


def _key(data_set: str, query: Query) -> str:
    text = json.dumps([data_set, {key: list(value) if not isinstance(value, str) else value for key, value in query.__dict__.items() if key != "filters"}, {k: list(v) for k, v in query.filters.items()}], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _is_meta(content: object) -> bool:
    return isinstance(content, dict) and all(isinstance(content.get(key), list) for key in ("filters", "indicators", "geographicLevels", "locations", "timePeriods"))


def _rows_in(path: Path) -> int:
    """Rows below the header of a CSV file, gzip or not."""
    content = path.read_bytes()
    raw = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
    return len(pd.read_csv(io.BytesIO(raw), usecols=[0], dtype=str, encoding="utf-8-sig"))


def _read(path: Path) -> Any:
    """JSON that was kept, or None where there is none or it is torn."""
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_text(json.dumps(content), "utf-8")
    part.replace(path)
