"""Answering a query of the stand-in, with the service's own habits.

Options of different filters inside one `in` are OR-ed; a location by code is
only the first option with that code; an id that is not there is a warning and
a condition that is false (true when negated); a comparison with a period that
is not there lets nothing through; indicators that are not there are errors.
"""

from __future__ import annotations

from functools import reduce

import pandas as pd

from tests.fakes.ees_codes import LEVELS, Period
from tests.fakes.ees_data import Json, Version
from tests.fakes.ees_errors import BadRequest, problem
from tests.fakes.ees_requests import Query
from tests.fakes.ees_shapes import paging


def answer_query(version: Version, query: Query) -> Json:
    """The body of a 200. Raises BadRequest for indicators and sort fields that are not there."""
    matching = _Matching(version, query.by_get)
    rows = matching.clause(query.criteria, "" if query.by_get else "criteria") if query.criteria else None
    indicators, sorts = _indicators_and_sorts(version, query)
    table = version.table if rows is None else version.table[rows]
    for column, ascending in reversed(sorts):
        order = _sort_keys(version, column).loc[table.index]
        table = table.loc[order.sort_values(ascending=ascending, kind="stable").index]
    warnings = matching.warnings
    if query.debug:
        warnings.append(problem("DebugEnabled"))
    if not len(table):
        warnings.append(problem("QueryNoResults"))
    start = (query.page - 1) * query.page_size
    shown = table.iloc[start : start + query.page_size]
    return {
        "paging": paging(query.page, query.page_size, len(table)),
        "results": _results(version, shown, indicators, query.debug),
        "warnings": warnings,
    }


class _Matching:
    """Which rows meet the criteria; collects the warnings."""

    def __init__(self, version: Version, by_get: bool) -> None:
        self.version, self.table, self.by_get = version, version.table, by_get
        self.warnings: list[Json] = []
        self.column_of_option = {
            str(option["id"]): f"filter {one['column']}"
            for one in version.meta_lists["filters"]
            for option in one["options"]  # type: ignore[attr-defined]
        }

    def clause(self, criteria: Json, path: str) -> pd.Series:
        for name in ("and", "or"):
            if name in criteria:
                inner = [self.clause(one, f"{path}.{name}[{n}]") for n, one in enumerate(criteria[name])]  # type: ignore[arg-type]
                return reduce(lambda a, b: a & b if name == "and" else a | b, inner)  # noqa: B023 - used at once
        if "not" in criteria:
            return ~self.clause(criteria["not"], f"{path}.not")  # type: ignore[arg-type]
        rows = self._all(True)
        for facet, found in criteria.items():
            for comparator, value in (found or {}).items():  # type: ignore[attr-defined]
                if value is not None:
                    where = ".".join(part for part in (path, facet, comparator) if part)
                    rows &= self._compare(facet, comparator, value, where)
        return rows

    def _all(self, value: bool) -> pd.Series:
        return pd.Series(value, index=self.table.index)

    def _compare(self, facet: str, comparator: str, value: object, path: str) -> pd.Series:
        wanted = value if comparator in ("in", "notIn") else [value]
        found, missing = self._look_up(facet, wanted)  # type: ignore[arg-type]
        if missing:
            code = f"{facet[0].upper()}{facet[1:]}NotFound"
            self.warnings.append(problem(code, path, items=[self._as_asked(item) for item in missing]))
        negated = comparator in ("notEq", "notIn")
        if not found:
            return self._all(negated)
        if comparator in ("gt", "gte", "lt", "lte"):
            return getattr(self.table["time"], {"gte": "ge", "lte": "le"}.get(comparator, comparator))(found["time"][0])
        any_of = reduce(lambda a, b: a | b, (self.table[column].isin(ids) for column, ids in found.items()))
        return ~any_of if negated else any_of

    def _look_up(self, facet: str, wanted: list[object]) -> tuple[dict[str, list[object]], list[object]]:
        """What was asked for, as values by column of the table, and what is not there."""
        find = {
            "filters": self._filter,
            "geographicLevels": self._level,
            "locations": self._location,
            "timePeriods": self._period,
        }[facet]
        found: dict[str, list[object]] = {}
        missing: list[object] = []
        for item in wanted:
            place = find(item)  # type: ignore[operator]
            if place is None:
                missing.append(item)
            else:
                found.setdefault(place[0], []).append(place[1])
        return found, missing

    def _filter(self, option: str) -> tuple[str, object] | None:
        return (self.column_of_option[option], option) if option in self.column_of_option else None

    def _level(self, level: str) -> tuple[str, object] | None:
        return (
            ("level", level)
            if any(one["code"] == level for one in self.version.meta_lists["geographicLevels"])
            else None
        )

    def _location(self, location: dict[str, str]) -> tuple[str, object] | None:
        (name, value) = next(item for item in location.items() if item[0] != "level")
        for group in self.version.meta_lists["locations"]:
            if group["level"]["code"] == location["level"]:  # type: ignore[index]
                for option in group["options"]:  # type: ignore[attr-defined]
                    if option.get(name) == value:
                        return f"location {location['level']}", option["id"]
        return None

    def _period(self, period: dict[str, str]) -> tuple[str, object] | None:
        wanted = Period(int(period["period"][:4]), period["code"])
        return ("time", self.version.periods.index(wanted)) if wanted in self.version.periods else None

    def _as_asked(self, item: object) -> object:
        """Places and periods are strings again in the warnings of a GET."""
        if not self.by_get or not isinstance(item, dict):
            return item
        if "period" in item:
            return f"{item['period']}|{item['code']}"
        name = next(key for key in item if key != "level")
        return f"{item['level']}|{name}|{item[name]}"


def _indicators_and_sorts(version: Version, query: Query) -> tuple[list[tuple[str, str]], list[tuple[str, bool]]]:
    """(id, column) of the indicators to send, and the columns to sort by."""
    known = {str(one["id"]): str(one["column"]) for one in version.meta_lists["indicators"]}
    unknown = [one for one in dict.fromkeys(query.indicators) if one not in known]
    chosen = {one: known[one] for one in query.indicators if one in known} if query.indicators else known
    fields = {"timePeriod": "time", "geographicLevel": "level"}
    fields |= {f"location|{column.split()[1]}": column for column in version.table if column.startswith("location ")}
    fields |= {f"filter|{one['id']}": f"filter {one['column']}" for one in version.meta_lists["filters"]}
    fields |= {f"indicator|{one}": f"figures {column}" for one, column in chosen.items()}
    lost = [sort for sort in query.sorts if sort["field"] not in fields]
    errors = [problem("IndicatorsNotFound", "indicators", items=unknown)] if unknown else []
    if lost:
        items = [f"{one['field']}|{one['direction']}" if query.by_get else one for one in lost]
        errors.append(problem("SortFieldsNotFound", "sorts", items=items))
    if errors:
        raise BadRequest(errors)
    sorts = [(fields[sort["field"]], sort["direction"] == "Asc") for sort in query.sorts]
    return list(chosen.items()), sorts or [("time", False)]


def _sort_keys(version: Version, column: str) -> pd.Series:
    """Figures sort as text, places and options by their place in the meta, the rest by itself."""
    if column.startswith("figures "):
        return version.frame[column.removeprefix("figures ")]
    if column == "level":
        return version.table["level"].map({code: level.label for code, level in LEVELS.items()})
    if column == "time":
        return version.table["time"]
    groups = [*version.meta_lists["filters"], *version.meta_lists["locations"]]
    names = [f"filter {one['column']}" if "column" in one else f"location {one['level']['code']}" for one in groups]  # type: ignore[index]
    options = groups[names.index(column)]["options"]
    places = {option["id"]: number for number, option in enumerate(options, 1)}  # type: ignore[arg-type]
    return version.table[column].map(places).fillna(0)


def _results(version: Version, rows: pd.DataFrame, indicators: list[tuple[str, str]], debug: bool) -> list[Json]:
    labels = _debug_labels(version) if debug else {}
    filters = [(str(one["id"]), str(one["column"])) for one in version.meta_lists["filters"]]
    locations = [str(one["level"]["code"]) for one in version.meta_lists["locations"]]  # type: ignore[index]
    figures = version.frame.loc[rows.index, [column for _, column in indicators]]
    results = []
    for row, values in zip(rows.to_dict("records"), figures.itertuples(index=False, name=None), strict=True):
        period = version.periods[row["time"]]
        results.append(
            {
                "timePeriod": {"code": period.code, "period": period.period},
                "geographicLevel": row["level"],
                "locations": {
                    code: labels.get(("location", row[f"location {code}"]), row[f"location {code}"])
                    for code in locations
                    if row[f"location {code}"]
                },
                "filters": {
                    f"{one} :: {column}" if debug else one: labels.get(
                        ("option", row[f"filter {column}"]), row[f"filter {column}"]
                    )
                    for one, column in filters
                    if row[f"filter {column}"]
                },
                "values": {
                    f"{one} :: {column}" if debug else one: value
                    for (one, column), value in zip(indicators, values, strict=True)
                },
            }
        )
    return results


def _debug_labels(version: Version) -> dict[tuple[str, object], str]:
    """`id :: label`, with the codes of a place, by kind and id."""
    labels: dict[tuple[str, object], str] = {}
    for kind, groups in (("option", version.meta_lists["filters"]), ("location", version.meta_lists["locations"])):
        for option in [option for group in groups for option in group["options"]]:  # type: ignore[attr-defined]
            codes = ", ".join(f"{name} = {value}" for name, value in option.items() if name not in ("id", "label"))
            labels[kind, option["id"]] = f"{option['id']} :: {option['label']}" + (f" ({codes})" if codes else "")
    return labels
