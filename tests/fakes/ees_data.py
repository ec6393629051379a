"""Data sets of the Explore Education Statistics stand-in, built from producers' CSV files."""

from __future__ import annotations

import csv
import io
import re
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from tests.fakes.ees_codes import LEVEL_OF_LABEL, LEVELS, Period, made_up_uuid, public_id

Content = bytes | str | Path
Json = dict[str, object]
_LOCATION_COLUMNS = {column for level in LEVELS.values() for column in level.columns.values()}
_BASIC_COLUMNS = {"time_period", "time_identifier", "geographic_level", *_LOCATION_COLUMNS}
_FIGURE = re.compile(r"-?[\d,.]+|[czxuk:~.-]|low|")


def as_bytes(content: Content) -> bytes:
    if isinstance(content, Path):
        return content.read_bytes()
    return content.encode() if isinstance(content, str) else content


@dataclass(frozen=True)
class Publication:
    id: str
    title: str
    slug: str
    summary: str
    last_published: str = "2025-06-26T08:30:00+00:00"


@dataclass(frozen=True)
class Release:
    """A release of a publication. `version_id` changes when the release is amended."""

    title: str
    slug: str
    version_id: str
    published: str
    latest: bool = True


@dataclass(frozen=True)
class Column:
    """A filter or an indicator, as a meta.csv describes it."""

    name: str
    is_filter: bool
    label: str
    unit: str = ""
    decimals: int | None = None
    hint: str = ""


def read_meta(content: Content) -> list[Column]:
    """The filters and indicators of a meta.csv (col_name, col_type, label, ...)."""
    rows = csv.DictReader(io.StringIO(as_bytes(content).decode("utf-8-sig")))
    return [
        Column(
            row["col_name"],
            row["col_type"] == "Filter",
            row["label"],
            row.get("indicator_unit") or "",
            int(row["indicator_dp"]) if row.get("indicator_dp") else None,
            row.get("filter_hint") or "",
        )
        for row in rows
    ]


def guess_meta(frame: pd.DataFrame) -> list[Column]:
    """Columns of figures and symbols are indicators, other columns that name no place or time are filters."""
    return [
        Column(str(name), not all(_FIGURE.fullmatch(value) for value in frame[name].unique()), str(name))
        for name in frame.columns
        if name not in _BASIC_COLUMNS
    ]


class DataSet:
    """An API data set with its versions.

    Ids of filters, options, locations and indicators are made up from
    sequence numbers, one sequence for each kind, all beginning at `first_id`:
    ids of different kinds collide on purpose, and data sets differ in them.
    They stay the same from version to version.
    """

    def __init__(
        self,
        title: str,
        publication: Publication,
        *,
        id: str | None = None,
        summary: str | None = None,
        status: str = "Published",
        superseded_by: str | None = None,
        first_id: int | None = None,
    ) -> None:
        self.title, self.publication, self.status, self.superseded_by = title, publication, status, superseded_by
        self.id = id or made_up_uuid("data set", publication.slug, title)
        self.summary = title if summary is None else summary
        self.versions: list[Version] = []
        """Oldest first."""
        self._first_id = zlib.crc32(self.id.encode()) % 100_000 if first_id is None else first_id
        self._ids: dict[str, dict[object, int]] = {}

    def add_version(
        self,
        version: str,
        content: Content,
        meta: Content | None = None,
        *,
        published: str = "2025-06-26T08:30:00+00:00",
        release: Release | None = None,
        kind: str | None = None,
        status: str = "Published",
        notes: str = "",
        waiting: bool = False,
        new_ids: bool = False,
    ) -> Version:
        """Add a version (`1.0`, `1.1`, `2.0`, `1.0.1`) made of a CSV and, if there is one, its meta.csv.

        `waiting=True` keeps it back until `publish_waiting`. `new_ids=True`
        gives everything new ids, as when nothing could be mapped.
        """
        if new_ids:
            self._first_id += sum(len(kind_ids) for kind_ids in self._ids.values()) + 1
            self._ids = {}
        number = version_number(version)
        kind = kind or ("Patch" if number[2] else "Minor" if number[1] else "Major")
        release = release or Release(
            "Reporting year 2025", "2025", made_up_uuid("release", self.publication.slug, "2025"), published
        )
        added = Version(self, version, as_bytes(content), meta, published, release, kind, status, notes, waiting)
        self.versions = sorted([*self.versions, added], key=lambda one: version_number(one.version))
        return added

    def publish_waiting(self) -> None:
        """Publish the oldest version that waits.

        Without one, repeat the latest as the next minor version, less its last row.
        """
        waiting = [version for version in self.versions if version.waiting]
        if waiting:
            waiting[0].waiting = False
            return
        latest = self.latest
        if latest is not None:
            major, minor, _ = version_number(latest.version)
            shorter = latest.content.rstrip().rpartition(b"\n")[0] + b"\n"
            self.add_version(
                f"{major}.{minor + 1}", shorter, latest.meta, published=latest.published, release=latest.release
            )

    @property
    def public_versions(self) -> list[Version]:
        """Newest first, without those that wait."""
        return [version for version in reversed(self.versions) if not version.waiting]

    @property
    def latest(self) -> Version | None:
        return next((version for version in self.public_versions if version.status != "Withdrawn"), None)

    def find(self, wanted: str | None) -> Version | None:
        """The version meant by `1.0`, `2`, `1.0.1`, `*`, `2.*` or `1.1.*`; without one, the latest."""
        if not wanted:
            return self.latest
        if not re.fullmatch(r"v?(\*|\d+(\.\d+){0,2}|\d+\.\*|\d+\.\d+\.\*)", wanted):
            return None
        wanted = wanted.removeprefix("v")
        if not wanted.endswith("*"):
            return next(
                (one for one in self.public_versions if version_number(one.version) == version_number(wanted)), None
            )
        start = tuple(int(part) for part in wanted.split(".")[:-1])
        return next((one for one in self.public_versions if version_number(one.version)[: len(start)] == start), None)

    def id_of(self, kind: str, key: object) -> str:
        """The id of a thing, given out when it is first asked for."""
        ids = self._ids.setdefault(kind, {})
        return public_id(ids.setdefault(key, self._first_id + len(ids)))


def version_number(version: str) -> tuple[int, int, int]:
    parts = [int(part) for part in version.split(".")]
    return (parts + [0, 0])[0], (parts + [0, 0])[1], (parts + [0, 0, 0])[2]


@dataclass(eq=False)
class Version:
    """One version of a data set. Ids and lists are worked out from the CSV when it is added."""

    data_set: DataSet
    version: str
    content: bytes
    meta: Content | None
    published: str
    release: Release
    kind: str
    status: str
    notes: str
    waiting: bool

    def __post_init__(self) -> None:
        self.file_id = made_up_uuid("data set file", self.data_set.id, self.version)
        self.frame = pd.read_csv(io.BytesIO(self.content), dtype=str, keep_default_na=False, encoding="utf-8-sig")
        columns = read_meta(self.meta) if self.meta is not None else guess_meta(self.frame)
        columns = [column for column in columns if column.name in self.frame.columns]
        self.filter_columns = sorted((c for c in columns if c.is_filter), key=lambda c: c.label.casefold())
        self.indicator_columns = sorted((c for c in columns if not c.is_filter), key=lambda c: c.label.casefold())
        self.meta_lists = self._lists()
        self.table = self._table()

    @cached_property
    def periods(self) -> list[Period]:
        pairs = self.frame[["time_period", "time_identifier"]].drop_duplicates().itertuples(index=False)
        return sorted({Period.from_csv(str(time_period), str(identifier)) for time_period, identifier in pairs})

    def option_id(self, column: str, label: str) -> str:
        return self.data_set.id_of("filter option", (column, label))

    def location_id(self, level: str, values: tuple[str, ...]) -> str:
        return self.data_set.id_of("location", (level, *values))

    def _lists(self) -> dict[str, list[Json]]:
        """The five lists of GET meta. Every id of this version is given out here."""
        frame, id_of = self.frame, self.data_set.id_of
        present = {LEVEL_OF_LABEL[label.lower()] for label in frame["geographic_level"].unique()}
        return {
            "filters": [
                {
                    "id": id_of("filter", column.name),
                    "column": column.name,
                    "label": column.label,
                    "hint": column.hint,
                    "options": [
                        {"id": self.option_id(column.name, label), "label": label}
                        for label in sorted(set(frame[column.name]) - {""}, key=str.casefold)
                    ],
                }
                for column in self.filter_columns
            ],
            "indicators": [
                {
                    "id": id_of("indicator", column.name),
                    "column": column.name,
                    "label": column.label,
                    "unit": column.unit,
                }
                | ({} if column.decimals is None else {"decimalPlaces": column.decimals})
                for column in self.indicator_columns
            ],
            "geographicLevels": [level_json(code) for code in LEVELS if code in present],
            "locations": [
                {"level": level_json(code), "options": self._locations(code)}
                for code in LEVELS
                if self._locations(code)
            ],
            "timePeriods": [
                {"code": period.code, "period": period.period, "label": period.label}
                for period in sorted(self.periods, key=lambda one: (one.code, one.year))
            ],
        }

    def _locations(self, level: str) -> list[Json]:
        columns = [column for column in LEVELS[level].columns.values() if column in self.frame.columns]
        if LEVELS[level].columns["label"] not in columns:
            return []
        values = self.frame[columns].drop_duplicates().itertuples(index=False, name=None)
        names = [name for name, column in LEVELS[level].columns.items() if column in columns]
        return [
            {
                "id": self.location_id(level, found),
                **{name: value for name, value in zip(names, found, strict=True) if value},
            }
            for found in sorted(
                (tuple(map(str, one)) for one in values if any(one)), key=lambda one: (one[0].casefold(), one)
            )
        ]

    def _table(self) -> pd.DataFrame:
        """One row a row of the CSV.

        Columns: `time` (place in `periods`), `level`, `location LA`, ..., `filter <column>` (ids or "").
        """
        frame = self.frame
        place = {period: number for number, period in enumerate(self.periods)}
        times = zip(frame["time_period"], frame["time_identifier"], strict=True)
        table = {
            "time": [place[Period.from_csv(*time)] for time in times],
            "level": [LEVEL_OF_LABEL[label.lower()] for label in frame["geographic_level"]],
        }
        for group in self.meta_lists["locations"]:
            code = str(group["level"]["code"])  # type: ignore[index]
            columns = [frame[column] for column in LEVELS[code].columns.values() if column in frame.columns]
            table[f"location {code}"] = [
                self.location_id(code, row) if any(row) else "" for row in zip(*columns, strict=True)
            ]
        for column in self.filter_columns:
            table[f"filter {column.name}"] = [
                self.option_id(column.name, label) if label else "" for label in frame[column.name]
            ]
        return pd.DataFrame(table)


def level_json(code: str) -> Json:
    return {"code": code, "label": LEVELS[code].label}
