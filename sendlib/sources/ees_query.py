"""A query of Explore Education Statistics in words: what is sent, and what comes back, with labels for ids.

The ids that the service wants are looked up in the data set's own metadata,
because they differ from data set to data set and are unique within one kind
only. The same query is answered from a data set's CSV file with the same rows.
"""

from __future__ import annotations

import difflib
import gzip
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sendlib.errors import ContractBroken, SendlibError

LARGEST_BODY = 128_000
"""Bytes of a query that the service's firewall lets through."""
EVERY = "(every option)"
"""Asks for all rows of a filter, told apart in the result; rows in which it is blank are among them."""


@dataclass(frozen=True)
class Level:
    """A geographic level: its label in a CSV file and the column of its names.

    `codes` are its columns of codes by the metadata's property.
    """

    label: str
    names: str
    codes: Mapping[str, str]


def _coded(label: str, stem: str) -> Level:
    return Level(label, f"{stem}_name", {"code": f"{stem}_code"})


LEVELS = {
    "NAT": _coded("National", "country"),
    "REG": _coded("Regional", "region"),
    "LA": Level("Local authority", "la_name", {"code": "new_la_code", "oldCode": "old_la_code"}),
    "LAD": _coded("Local authority district", "lad"),
    "PCON": _coded("Parliamentary constituency", "pcon"),
    "WARD": _coded("Ward", "ward"),
    "SCH": Level("School", "school_name", {"urn": "school_urn", "laEstab": "school_laestab"}),
    "PROV": Level("Provider", "provider_name", {"ukprn": "provider_ukprn"}),
    "INST": Level("Institution", "institution_name", {"code": "institution_id"}),
    "MAT": Level("MAT", "trust_name", {"code": "trust_id"}),
    "RSC": Level("RSC region", "rsc_region_lead_name", {}),
}
"""Levels by the service's code."""


class NotInDataSet(SendlibError):
    """A column, label, place or period that a data set does not have; the message names the nearest ones."""


@dataclass(frozen=True)
class Query:
    """What to ask of a data set, in words.

    `filters` has every filter column of the data set (name or label) with the
    labels wanted, or [EVERY]: an open filter would count children several
    times. `levels` are codes (NAT, REG, LA). `places` are names, codes or
    3-digit codes, with what lies within them; none means all of the levels.
    `first` and `last` are periods as the metadata labels them ("2024/25").
    `indicators` are columns or labels.
    """

    filters: Mapping[str, Sequence[str]]
    levels: Sequence[str]
    indicators: Sequence[str]
    places: Sequence[str] = ()
    first: str = ""
    last: str = ""


def build(meta: Mapping[str, Any], query: Query) -> dict[str, Any]:
    """The body of a query from words and a data set's metadata. Raises NotInDataSet.

    One `in` a filter column, AND-ed: options of different columns in one `in`
    would be OR-ed. A filter of which EVERY option is wanted gets no clause,
    because an `in` of all options leaves out the rows in which it is blank.
    Places go by id, all ids of a place. Bounds of time must be periods that the
    data set has, or the service would find nothing.
    """
    _check_lists(query)
    clauses: list[dict[str, Any]] = []
    for column, labels in _filters(meta, query).items():
        item = next(item for item in meta["filters"] if item["column"] == column)
        options = _named((option["label"], option["id"]) for option in item["options"])
        if EVERY not in labels:
            clauses.append({"filters": {"in": [_nearest(options, label, item["label"]) for label in labels]}})
    levels = {level["code"]: level["code"] for level in meta["geographicLevels"]}
    clauses.append(
        {"geographicLevels": {"in": [_nearest(levels, level, "geographic level") for level in query.levels]}}
    )
    if query.places:
        clauses.append(
            {"locations": {"in": [{"level": level, "id": place["id"]} for level, place in _places(meta, query)]}}
        )
    bounds = _bounds(meta, query)
    if bounds:
        clauses.append({"timePeriods": bounds})
    body = {
        "criteria": {"and": clauses},
        "indicators": [_ids(meta)[column] for column in _columns_of_indicators(meta, query)],
    }
    if len(json.dumps(body)) > LARGEST_BODY:
        raise NotInDataSet("The query is longer than the service accepts; name fewer places.")
    return body


def _check_lists(query: Query) -> None:
    for name in ("levels", "indicators", "places"):
        if isinstance(getattr(query, name), str):
            raise NotInDataSet(f"'{name}' must be a list, not the text '{getattr(query, name)}'.")
    if not query.levels:
        raise NotInDataSet("No geographic level is named.")
    if not query.indicators:
        raise NotInDataSet("No indicator is named.")


def _filters(meta: Mapping[str, Any], query: Query) -> dict[str, Sequence[str]]:
    """The labels wanted by filter column. Every filter must be named once, and something of it wanted."""
    known = {item["column"]: item["column"] for item in meta["filters"]} | _named(
        (item["label"], item["column"]) for item in meta["filters"]
    )
    wanted: dict[str, Sequence[str]] = {}
    for name, labels in query.filters.items():
        column = _nearest(known, name, "filter")
        if column in wanted:
            raise NotInDataSet(f"The filter '{column}' is named twice.")
        if isinstance(labels, str) or not labels:
            raise NotInDataSet(f"No option of '{name}' is named (a list of labels is needed).")
        wanted[column] = labels
    open_filters = [item["label"] for item in meta["filters"] if item["column"] not in wanted]
    if open_filters:
        raise NotInDataSet(
            f"Say which options are wanted of: {', '.join(open_filters)}."
            " A filter that is left open counts children several times."
        )
    return wanted


def _bounds(meta: Mapping[str, Any], query: Query) -> dict[str, Any]:
    times = {period["label"]: {"period": period["period"], "code": period["code"]} for period in meta["timePeriods"]}
    bounds = {
        name: _nearest(times, text, "period") for name, text in (("gte", query.first), ("lte", query.last)) if text
    }
    order = in_order(meta)
    if query.first and query.last and order.index(query.first) > order.index(query.last):
        raise NotInDataSet(f"The first period ({query.first}) comes after the last ({query.last}).")
    return bounds


def _ids(meta: Mapping[str, Any]) -> dict[str, str]:
    """Column -> id of every indicator."""
    return {item["column"]: item["id"] for item in meta["indicators"]}


def _columns_of_indicators(meta: Mapping[str, Any], query: Query) -> list[str]:
    """The columns of the indicators wanted, whether they are named by column or by label."""
    known = {item["column"]: item["column"] for item in meta["indicators"]}
    by_label = _named((item["label"], item["column"]) for item in meta["indicators"])
    return [str(_nearest({**by_label, **known}, name, "indicator")) for name in query.indicators]


_TWO = object()


def _named(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Entries by name; a name that two entries have is kept as such, so that `_nearest` can refuse it."""
    found: dict[str, Any] = {}
    for name, entry in pairs:
        found[name] = _TWO if name in found else entry
    return found


def _nearest(known: Mapping[str, Any], name: str, kind: str) -> Any:
    """The entry of a name, or an error that names the nearest ones."""
    if name in known:
        if known[name] is _TWO:
            raise NotInDataSet(f"The data set has more than one {kind} '{name}'; it can not be asked for by that name.")
        return known[name]
    close = difflib.get_close_matches(name, known, n=3, cutoff=0.5) or list(known)[:5]
    raise NotInDataSet(f"The data set has no {kind} '{name}'. Nearest: {', '.join(close)}.")


def _places(meta: Mapping[str, Any], query: Query) -> list[tuple[str, Mapping[str, str]]]:
    """(level, location) of every place wanted: a renamed authority has two locations with one code."""
    offered = [
        (group["level"]["code"], option)
        for group in meta["locations"]
        if group["level"]["code"] in query.levels
        for option in group["options"]
    ]
    properties = ("label", "code", "oldCode", "urn", "laEstab", "ukprn")
    found = []
    for text in query.places:
        named = [(level, option) for level, option in offered if text in [option.get(name) for name in properties]]
        if not named:
            _nearest({option["label"]: None for _, option in offered}, text, "place")
        found += named
    return found


def in_order(meta: Mapping[str, Any]) -> list[str]:
    """Labels of the periods, oldest first; the metadata sorts them by code before period."""
    return [
        period["label"] for period in sorted(meta["timePeriods"], key=lambda period: (period["period"], period["code"]))
    ]


# What comes back


def readable(rows: list[dict[str, Any]], meta: Mapping[str, Any], query: Query, title: str) -> pd.DataFrame:
    """Rows with labels: time, level, code, old_code, place, filter columns, indicator columns (text, as published)."""
    times = {(period["period"], period["code"]): period["label"] for period in meta["timePeriods"]}
    places = {
        (group["level"]["code"], option["id"]): option for group in meta["locations"] for option in group["options"]
    }
    filters = {
        item["id"]: (item["column"], {option["id"]: option["label"] for option in item["options"]})
        for item in meta["filters"]
    }
    ids = _ids(meta)
    chosen = _columns_of_indicators(meta, query)
    records = []
    for row in rows:
        level = row["geographicLevel"]
        place = places.get((level, row["locations"].get(level)))
        time = times.get((row["timePeriod"]["period"], row["timePeriod"]["code"]))
        if place is None or time is None:
            raise ContractBroken(title, "a row has a place or period that the metadata does not.")
        code = place.get(next(iter(LEVELS[level].codes), ""), "")
        record = {
            "time": time,
            "level": level,
            "code": code,
            "old_code": place.get("oldCode", ""),
            "place": place["label"],
        }
        for filter_id, (column, options) in filters.items():
            option = row["filters"].get(filter_id)
            if option is not None and option not in options:
                raise ContractBroken(title, f"a row has an option of '{column}' that the metadata does not.")
            record[column] = "" if option is None else options[option]
        for column in chosen:
            record[column] = row["values"].get(ids[column], "")
        records.append(record)
    head = ["time", "level", "code", "old_code", "place", *(column for column, _ in filters.values()), *chosen]
    return pd.DataFrame(records, columns=head)


def from_csv(content: bytes, meta: Mapping[str, Any], query: Query, title: str) -> pd.DataFrame:
    """The rows that a query asks for, out of a data set's own CSV file. Raises ContractBroken and NotInDataSet."""
    build(meta, query)
    raw = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
    frame = pd.read_csv(io.BytesIO(raw), dtype=str, keep_default_na=False, encoding="utf-8-sig")
    frame.columns = [str(name).lower() for name in frame.columns]
    filters = [item["column"] for item in meta["filters"]]
    chosen = _columns_of_indicators(meta, query)
    missing = [
        name
        for name in ["time_period", "time_identifier", "geographic_level", *filters, *chosen]
        if name.lower() not in frame
    ]
    if missing:
        raise ContractBroken(title, f"the CSV file has no column {', '.join(missing)}.")
    frame["time"] = [
        _period_label(period, kind) for period, kind in zip(frame["time_period"], frame["time_identifier"], strict=True)
    ]
    unknown = sorted(set(frame["time"]) - set(in_order(meta)))
    if unknown:
        raise ContractBroken(title, f"the CSV file has periods that the metadata does not: {', '.join(unknown[:3])}.")
    rows = frame[_wanted(frame, meta, query)].reset_index(drop=True)
    code, old_code, name = _identity(rows)
    return pd.DataFrame(
        {
            "time": rows["time"],
            "level": rows["geographic_level"].map({level.label: code for code, level in LEVELS.items()}),
            "code": code,
            "old_code": old_code,
            "place": name,
            **{column: rows[column.lower()] for column in [*filters, *chosen]},
        }
    )


def _wanted(frame: pd.DataFrame, meta: Mapping[str, Any], query: Query) -> pd.Series:
    """Which rows of a CSV file a query asks for."""
    keep = frame["geographic_level"].isin([LEVELS[level].label for level in query.levels])
    for column, labels in _filters(meta, query).items():
        if EVERY not in labels:
            keep &= frame[column.lower()].isin(labels)
    times = in_order(meta)
    first = times.index(query.first) if query.first else 0
    last = times.index(query.last) if query.last else len(times) - 1
    keep &= frame["time"].isin(times[first : last + 1])
    if query.places:
        within = pd.Series(False, index=frame.index)
        for level, place in _places(meta, query):
            within |= _lies_in(frame, LEVELS[level], place)
        keep &= within
    return keep


def _lies_in(frame: pd.DataFrame, level: Level, place: Mapping[str, str]) -> pd.Series:
    """Rows that have a place in the columns of its level: by its codes.

    By its name only where it has no code, because names change.
    """
    columns = {column: place[name] for name, column in level.codes.items() if place.get(name) and column in frame} or {
        level.names: place["label"]
    }
    found = pd.Series(True, index=frame.index)
    for column, value in columns.items():
        found &= frame[column].eq(value)
    return found


def _identity(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Code, 3-digit code and name of each row's own place."""
    code, old_code, name = (pd.Series("", index=rows.index) for _ in range(3))
    for level in LEVELS.values():
        own = rows["geographic_level"].eq(level.label)
        first = next(iter(level.codes.values()), "")
        code = code.mask(own, rows.get(first, ""))
        old_code = old_code.mask(own, rows.get(level.codes.get("oldCode", ""), ""))
        name = name.mask(own, rows.get(level.names, ""))
    return code, old_code, name


def _period_label(period: str, identifier: str) -> str:
    """A period of a CSV file as the metadata labels it: 202425, Academic year is 2024/25."""
    six = re.fullmatch(r"(\d{4})(\d{2})", period)
    label = f"{six[1]}/{six[2]}" if six else period
    plain = identifier in ("Academic year", "Calendar year", "Financial year", "Tax year", "Reporting year")
    return label if plain else f"{label} {identifier}"
