"""Reading the requests of the stand-in's API: parameters, query bodies, and what is wrong with them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from tests.fakes.ees_codes import LEVELS, TIME_IDENTIFIERS, spans_two_years
from tests.fakes.ees_data import Json
from tests.fakes.ees_errors import BadRequest, problem

Params = list[tuple[str, str]]
_FACETS = {"filters": "", "geographicLevels": "", "locations": "", "timePeriods": "gt gte lt lte"}
_LENGTHS = {"id": 10, "code": 25, "oldCode": 10, "urn": 6, "laEstab": 7, "ukprn": 8}


@dataclass
class Query:
    """A query that is in order. `criteria` is as in a POST body."""

    criteria: Json | None = None
    indicators: list[str] = field(default_factory=list)
    sorts: list[dict[str, str]] = field(default_factory=list)
    debug: bool = False
    page: int = 1
    page_size: int = 1000
    by_get: bool = False


def comparators(facet: str) -> list[str]:
    return ["eq", "notEq", "in", "notIn", *_FACETS[facet].split()]


def read_params(params: Params, allowed: set[str]) -> dict[str, list[str]]:
    """The values of each parameter, comma lists taken apart. Parameters that are not allowed are a BadRequest."""
    unknown = [problem("UnknownField", name) for name, _ in params if name not in allowed]
    if unknown:
        raise BadRequest(unknown)
    values: dict[str, list[str]] = {}
    for name, value in params:
        values.setdefault(name, []).extend(value.split(","))
    return values


def read_paging(values: dict[str, list[str]], largest: int, otherwise: int) -> tuple[int, int]:
    """Page and page size of a GET."""
    numbers = []
    for name, default in (("page", 1), ("pageSize", otherwise)):
        text = values.get(name, [str(default)])[0]
        if not re.fullmatch(r"-?\d{1,9}", text):
            raise BadRequest([problem("InvalidValue", name, value=text)])
        numbers.append(int(text))
    errors = _paging_errors(numbers[0], numbers[1], largest)
    if errors:
        raise BadRequest(errors)
    return numbers[0], numbers[1]


def _paging_errors(page: int, size: int, largest: int) -> list[Json]:
    errors = [] if page >= 1 else [problem("GreaterThanOrEqual", "page", comparisonValue=1, value=page)]
    if not 1 <= size <= largest:
        errors.append(problem("InclusiveBetween", "pageSize", **{"from": 1, "to": largest, "value": size}))
    return errors


def read_get_query(params: Params) -> Query:
    """The query of GET /query. Its criteria become those of a POST. Raises BadRequest."""
    facets = {f"{facet}.{comparator}" for facet in _FACETS for comparator in comparators(facet)}
    values = read_params(params, {*facets, "indicators", "sorts", "debug", "page", "pageSize", "dataSetVersion"})
    page, size = read_paging(values, 10_000, 1000)
    debug = values.get("debug", ["false"])[0].lower()
    errors = [] if debug in ("true", "false") else [problem("InvalidValue", "debug", value=debug)]
    criteria: dict[str, dict[str, object]] = {}
    for name in facets & set(values):
        facet, comparator = name.split(".")
        many = comparator in ("in", "notIn")
        found = [
            _from_text(facet, text, f"{name}[{n}]" if many else name, errors) for n, text in enumerate(values[name])
        ]
        criteria.setdefault(facet, {})[comparator] = found if many else found[0]
    sorts = [_sort_from_text(text, f"sorts[{n}]", errors) for n, text in enumerate(values.get("sorts", []))]
    if not errors:
        _check_criteria(criteria, "", errors)
        _check_indicators(values.get("indicators", []), errors)
    for error in errors:  # a place or period is one string here, so the error is of the whole
        error["path"] = str(error["path"]).removesuffix(".period").removesuffix(".code")
    if errors:
        raise BadRequest(errors)
    return Query(dict(criteria), values.get("indicators", []), sorts, debug == "true", page, size, by_get=True)


def _from_text(facet: str, text: str, path: str, errors: list[Json]) -> object:
    parts = text.split("|")
    if facet == "locations":
        if len(parts) != 3:
            errors.append(problem("LocationFormat", path, value=text, expectedFormat="{level}|{property}|{value}"))
        elif parts[0] not in LEVELS:
            errors.append(problem("LocationAllowedLevel", path, value=parts[0], allowed=sorted(LEVELS)))
        elif parts[1] not in _location_properties(parts[0]):
            errors.append(
                problem("LocationAllowedProperty", path, value=parts[1], allowed=_location_properties(parts[0]))
            )
        elif not parts[2].strip():
            errors.append(problem("LocationValueNotEmpty", path, property=parts[1]))
        elif len(parts[2]) > _LENGTHS[parts[1]]:
            errors.append(
                problem("LocationValueMaxLength", path, property=parts[1], maxLength=_LENGTHS[parts[1]], value=text)
            )
        else:
            return {"level": parts[0], parts[1]: parts[2]}
    elif facet == "timePeriods":
        if len(parts) == 2:
            return {"period": parts[0], "code": parts[1]}
        errors.append(problem("TimePeriodFormat", path, value=text, expectedFormat="{period}|{code}"))
    return text


def _sort_from_text(text: str, path: str, errors: list[Json]) -> dict[str, str]:
    name, _, direction = text.rpartition("|")
    if not name:
        errors.append(problem("SortFormat", path, value=text, expectedFormat="{field}|{direction}"))
    elif direction not in ("Asc", "Desc"):
        errors.append(problem("SortDirection", path, value=direction, allowed=["Asc", "Desc"]))
    return {"field": name, "direction": direction}


def read_post_query(body: bytes) -> Query:
    """The query of POST /query. No body means everything. Raises BadRequest."""
    if not body.strip():
        return Query()
    try:
        content = json.loads(_without_comments(body.decode("utf-8-sig")))
    except (ValueError, UnicodeDecodeError):
        raise BadRequest([problem("InvalidValue")]) from None
    if content is None:
        raise BadRequest([problem("NotEmptyBody")])
    _members(content, {"criteria", "indicators", "sorts", "debug", "page", "pageSize"}, "")
    indicators, sorts = content.get("indicators"), content.get("sorts")
    for name, kind in (("indicators", list), ("sorts", list), ("debug", bool), ("page", int), ("pageSize", int)):
        if content.get(name) is not None and type(content[name]) is not kind:
            raise BadRequest([problem("InvalidValue", name)])
    errors: list[Json] = []
    if content.get("criteria") is not None:
        _check_criteria(content["criteria"], "criteria", errors)
    _check_indicators(indicators or [], errors)
    if sorts == []:
        errors.append(problem("NotEmpty", "sorts"))
    for number, sort in enumerate(sorts or []):
        _check_sort(sort, f"sorts[{number}]", errors)
    page, size = content.get("page", 1), content.get("pageSize", 1000)
    errors += _paging_errors(page, size, 10_000)
    if errors:
        raise BadRequest(errors)
    return Query(content.get("criteria"), indicators or [], sorts or [], bool(content.get("debug")), page, size)


def _without_comments(text: str) -> str:
    """JSON without // and /* */ comments; strings are left alone."""
    return re.sub(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', lambda match: match[1] or "", text, flags=re.DOTALL)


def _members(content: object, allowed: set[str], path: str, required: set[str] = frozenset()) -> None:  # type: ignore[assignment]
    """Stops at the first body member that does not belong there, as the service's JSON reader does."""
    if not isinstance(content, dict):
        raise BadRequest([problem("InvalidValue", path or None)])
    for name in content:
        if name not in allowed:
            raise BadRequest([problem("UnknownField", _under(path, name))])
    for name in sorted(required - set(content)):
        raise BadRequest([problem("RequiredValue", _under(path, name))])


def _under(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _check_criteria(criteria: object, path: str, errors: list[Json]) -> None:
    for clause in ("and", "or", "not"):
        if isinstance(criteria, dict) and clause in criteria:
            _members(criteria, {clause}, path)
            inner = criteria[clause]
            if clause == "not":
                _check_criteria(inner, _under(path, clause), errors)
            elif not isinstance(inner, list):
                raise BadRequest([problem("InvalidValue", _under(path, clause))])
            elif not inner:
                errors.append(problem("NotEmpty", _under(path, clause)))
            else:
                for number, one in enumerate(inner):
                    _check_criteria(one, f"{_under(path, clause)}[{number}]", errors)
            return
    _members(criteria, set(_FACETS), path)
    for facet, found in criteria.items():  # type: ignore[attr-defined]
        if found is not None:
            _members(found, set(comparators(facet)), _under(path, facet))
            for comparator, value in found.items():
                _check_comparison(
                    facet, value, f"{_under(path, facet)}.{comparator}", comparator in ("in", "notIn"), errors
                )


def _check_comparison(facet: str, value: object, path: str, many: bool, errors: list[Json]) -> None:
    check = {
        "filters": _check_filter,
        "geographicLevels": _check_level,
        "locations": _check_location,
        "timePeriods": _check_period,
    }[facet]
    if not many:
        if value is not None:
            check(value, path, errors)
    elif not isinstance(value, list):
        raise BadRequest([problem("InvalidValue", path)])
    elif not value:
        errors.append(problem("NotEmpty", path))
    else:
        for number, one in enumerate(value):
            check(one, f"{path}[{number}]", errors)


def _check_text(value: object, path: str, longest: int, errors: list[Json]) -> None:
    if not isinstance(value, str):
        raise BadRequest([problem("InvalidValue", path)])
    if not value.strip():
        errors.append(problem("NotEmpty", path))
    elif len(value) > longest:
        errors.append(problem("MaximumLength", path, maxLength=longest, totalLength=len(value), value=value))


def _check_filter(value: object, path: str, errors: list[Json]) -> None:
    _check_text(value, path, 10, errors)


def _check_level(value: object, path: str, errors: list[Json]) -> None:
    if value not in LEVELS:
        errors.append(problem("AllowedValue", path, value=value, allowed=sorted(LEVELS)))


def _location_properties(level: str) -> list[str]:
    return ["id", *(name for name in LEVELS[level].columns if name != "label")]


def _check_location(value: object, path: str, errors: list[Json]) -> None:
    _members(value, {"level", *_LENGTHS}, path, {"level"})
    level = value["level"]  # type: ignore[index]
    if level not in LEVELS:
        errors.append(problem("AllowedValue", f"{path}.level", value=level, allowed=sorted(LEVELS)))
        return
    _members(value, {"level", *_location_properties(level)}, path)
    named = [name for name in value if name != "level"]  # type: ignore[attr-defined]
    if len(named) != 1:
        code, where = ("UnknownField", named[-1]) if named else ("RequiredValue", "id")
        raise BadRequest([problem(code, f"{path}.{where}")])
    _check_text(value[named[0]], f"{path}.{named[0]}", _LENGTHS[named[0]], errors)  # type: ignore[index]


def _check_period(value: object, path: str, errors: list[Json]) -> None:
    _members(value, {"period", "code"}, path, {"period", "code"})
    period, code = value["period"], value["code"]  # type: ignore[index]
    if not isinstance(period, str) or not isinstance(code, str):
        raise BadRequest([problem("InvalidValue", path)])
    years = re.fullmatch(r"(\d{4})(?:/(\d{4}))?", period)
    where = f"{path}.period"
    if not period.strip():
        errors.append(problem("NotEmpty", where))
    elif not years:
        errors.append(problem("TimePeriodInvalidYear", where, value=period))
    elif years[2] and int(years[1]) + 1 != int(years[2]):
        errors.append(problem("TimePeriodInvalidYearRange", where, value=period))
    allowed = [one for one in TIME_IDENTIFIERS if spans_two_years(one) or not (years and years[2])]
    if code not in allowed:
        errors.append(problem("TimePeriodAllowedCode", f"{path}.code", value=code, allowed=allowed))


def _check_indicators(indicators: list[object], errors: list[Json]) -> None:
    for number, one in enumerate(indicators):
        _check_text(one, f"indicators[{number}]", 40, errors)


def _check_sort(sort: object, path: str, errors: list[Json]) -> None:
    _members(sort, {"field", "direction"}, path, {"field", "direction"})
    _check_text(sort["field"], f"{path}.field", 40, errors)  # type: ignore[index]
    if sort["direction"] not in ("Asc", "Desc"):  # type: ignore[index]
        errors.append(problem("AllowedValue", f"{path}.direction", value=sort["direction"], allowed=["Asc", "Desc"]))  # type: ignore[index]
