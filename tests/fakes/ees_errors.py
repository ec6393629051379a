"""Error bodies of the stand-in: the codes and messages of the service."""

from __future__ import annotations

import uuid

from tests.fakes.ees_data import Json
from tests.fakes.serving import Reply, json_reply

MESSAGES = {
    "UnknownField": "The field was not expected in the request and should be removed.",
    "RequiredValue": "The field is required.",
    "InvalidValue": "The value is not valid. Check that it is in the expected format.",
    "NotEmpty": "Must not be empty.",
    "NotEmptyBody": "The request body must not be empty.",
    "MinimumLength": "Must be at least {minLength} characters (was {totalLength}).",
    "MaximumLength": "Must be {maxLength} characters or fewer (was {totalLength}).",
    "InclusiveBetween": "Must be between {from} and {to} (inclusive).",
    "GreaterThanOrEqual": "Must be greater than or equal to '{comparisonValue}'.",
    "AllowedValue": "Must be one of the allowed values.",
    "LocationFormat": "Must be a location in the correct format.",
    "LocationAllowedLevel": "Must be a location with an allowed level.",
    "LocationAllowedProperty": "Must be a location with an allowed identifying property.",
    "LocationValueNotEmpty": "Must be a location with '{property}' that is not empty.",
    "LocationValueMaxLength": "Must be a location with '{property}' that is {maxLength} characters or fewer.",
    "TimePeriodFormat": "Must be a time period in the correct format.",
    "TimePeriodInvalidYear": "Must be a time period for a valid year.",
    "TimePeriodInvalidYearRange": (
        "Must be a valid time period range where the start year is one year before the end year."
    ),
    "TimePeriodAllowedCode": "Must be a time period with an allowed code.",
    "SortFormat": "Must be a sort in the correct format.",
    "SortFieldNotEmpty": "Must be a sort with a field that is not empty.",
    "SortFieldMaxLength": "Must be a sort with a field that is {maxLength} characters or fewer.",
    "SortDirection": "Must be a sort in an allowed direction.",
    "SortFieldsNotFound": "One or more sort fields could not be found.",
    "IndicatorsNotFound": "One or more indicators could not be found.",
    "FiltersNotFound": "One or more filters could not be found.",
    "GeographicLevelsNotFound": "One or more geographic levels could not be found.",
    "LocationsNotFound": "One or more locations could not be found.",
    "TimePeriodsNotFound": "One or more time periods could not be found.",
    "QueryNoResults": "The query did not match any results. You may need to refine your criteria.",
    "DebugEnabled": "Debug mode is enabled. Do not enable debug mode in a production environment.",
}
_TITLES = {403: ("Forbidden", "15.5.4"), 404: ("Not Found", "15.5.5"), 415: ("Unsupported Media Type", "15.5.16")}


class BadRequest(Exception):
    """Holds the `errors` of a 400."""

    def __init__(self, errors: list[Json]) -> None:
        super().__init__(str(errors))
        self.errors = errors


class Refused(Exception):
    """403, 404 or 415."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


def problem(code: str, path: str | None = None, **detail: object) -> Json:
    """An error of a 400, or a warning of a query."""
    body: Json = {"message": MESSAGES[code].format(**detail)}
    if path:
        body["path"] = path
    body["code"] = code
    if detail:
        body["detail"] = detail
    return body


def bad_request(errors: list[Json]) -> Reply:
    return json_reply(
        {
            "type": "https://tools.ietf.org/html/rfc9110#section-15.5.1",
            "title": "One or more validation errors occurred.",
            "status": 400,
            "errors": errors,
            "traceId": _trace(),
        },
        400,
    )


def refused(status: int) -> Reply:
    title, section = _TITLES[status]
    body = {
        "type": f"https://tools.ietf.org/html/rfc9110#section-{section}",
        "title": title,
        "status": status,
        "traceId": _trace(),
    }
    return json_reply(body, status)


def _trace() -> str:
    return f"00-{uuid.uuid4().hex}-00"
