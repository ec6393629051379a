"""The JSON bodies of the stand-in's API that are not queries: data sets, versions, changes, lists in pages."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tests.fakes.ees_data import DataSet, Json, Publication, Version, version_number


def paged(results: Sequence[object], page: int, size: int) -> Json:
    """A page of a list that is all there."""
    start = (page - 1) * size
    return {"paging": paging(page, size, len(results)), "results": list(results[start : start + size])}


def paging(page: int, size: int, total: int) -> Json:
    return {"page": page, "pageSize": size, "totalResults": total, "totalPages": math.ceil(total / size)}


def publication_json(publication: Publication) -> Json:
    return {
        "id": publication.id,
        "title": publication.title,
        "slug": publication.slug,
        "summary": publication.summary,
        "lastPublished": publication.last_published,
    }


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


def version_json(version: Version) -> Json:
    body: Json = {"version": version.version, "type": version.kind, "status": version.status, "published": version.published}
    if version.status == "Withdrawn":
        body["withdrawn"] = version.published
    release = {"title": version.release.title, "slug": version.release.slug}
    return {**body, "notes": version.notes, "release": release, **_contents(version)}


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


def changes_json(version: Version, patch_history: bool) -> Json:
    """What changed since the version before: gone = major, new or relabelled = minor."""
    before = [one for one in version.data_set.public_versions if version_number(one.version) < version_number(version.version)]
    body: Json = {"versionNumber": version.version, "notes": version.notes, "majorChanges": {}, "minorChanges": {}}
    if before:
        body["majorChanges"], body["minorChanges"] = _change_sets(before[0], version)
    if patch_history:
        same = version_number(version.version)[:2]
        body["patchHistory"] = [
            changes_json(one, False)
            for one in before
            if version_number(one.version)[:2] == same and version_number(one.version)[2] > 0
        ]
    return body


def _change_sets(old: Version, new: Version) -> tuple[Json, Json]:
    major, minor = {}, {}
    for name in ("filters", "indicators", "geographicLevels", "timePeriods"):
        major[name], minor[name] = _compared(*(_plain(one.meta_lists[name], "options") for one in (old, new)))
    for name, groups, owner in (("filterOptions", "filters", "filter"), ("locationOptions", "locations", "level")):
        major[name], minor[name] = [], []
        olds, news = ({_owner_key(g, owner): g for g in one.meta_lists[groups]} for one in (old, new))
        for key in [key for key in olds if key in news]:
            gone, fresh = _compared(olds[key]["options"], news[key]["options"])  # type: ignore[arg-type]
            about = news[key]["level"] if owner == "level" else _plain([news[key]], "options")[0]
            major[name] += [{owner: about, "options": gone}] if gone else []
            minor[name] += [{owner: about, "options": fresh}] if fresh else []
    levels = [[{"level": group["level"]} for group in one.meta_lists["locations"]] for one in (old, new)]
    major["locationGroups"], minor["locationGroups"] = _compared(*levels)
    return {name: found for name, found in major.items() if found}, {name: found for name, found in minor.items() if found}


def _owner_key(group: Json, owner: str) -> str:
    return str(group["level"] if owner == "level" else group["id"])


def _plain(items: list[Json], without: str) -> list[Json]:
    return [{name: value for name, value in item.items() if name != without} for item in items]


def _compared(old: list[Json], new: list[Json]) -> tuple[list[Json], list[Json]]:
    """What is gone, and what is new or relabelled."""
    olds, news = ({_key(item): item for item in items} for items in (old, new))
    gone = [{"previousState": item} for key, item in olds.items() if key not in news]
    fresh = [{"currentState": item} for key, item in news.items() if key not in olds]
    altered = [{"currentState": item, "previousState": olds[key]} for key, item in news.items() if key in olds and olds[key] != item]
    return gone, fresh + altered


def _key(item: Json) -> str:
    return str(item.get("id") or (item.get("period"), item.get("code"), item.get("level")))
