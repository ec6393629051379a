"""The JSON bodies of the stand-in's API that are not queries: data sets, metadata, lists in pages."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tests.fakes.ees_data import DataSet, Json, Version


def paged(results: Sequence[object], page: int, size: int) -> Json:
    """A page of a list that is all there."""
    start = (page - 1) * size
    return {"paging": paging(page, size, len(results)), "results": list(results[start : start + size])}


def paging(page: int, size: int, total: int) -> Json:
    return {"page": page, "pageSize": size, "totalResults": total, "totalPages": math.ceil(total / size)}


def _contents(version: Version) -> Json:
    lists = version.meta_lists
    return {
        "totalResults": len(version.frame),
        "file": {"id": version.file_id},
        "timePeriods": {"start": version.periods[0].label, "end": version.periods[-1].label},
        "geographicLevels": [level["label"] for level in lists["geographicLevels"]],
        "filters": [one["label"] for one in lists["filters"]],
        "indicators": [one["label"] for one in lists["indicators"]],
    }


def data_set_json(data_set: DataSet) -> Json:
    """Properties without a value are left out, as the service leaves them out."""
    body: Json = {"id": data_set.id, "title": data_set.title, "summary": data_set.summary, "status": data_set.status}
    if data_set.superseded_by:
        body["supersedingDataSetId"] = data_set.superseded_by
    if data_set.latest:
        latest = data_set.latest
        body["latestVersion"] = {"version": latest.version, "published": latest.published, **_contents(latest)}
    return body


def meta_json(version: Version, types: set[str]) -> Json:
    """`types` are names as in the request; lists that were not asked for are empty."""
    wanted = {
        "filters": "Filters" in types,
        "indicators": "Indicators" in types,
        "geographicLevels": "Locations" in types,
        "locations": "Locations" in types,
        "timePeriods": "TimePeriods" in types,
    }
    return {name: version.meta_lists[name] if wanted[name] else [] for name in wanted}
