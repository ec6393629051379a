"""A stand-in for Explore Education Statistics: the public API v1, the website's own API and its CSV address.

    with EesStandIn(data_sets=[...], files=[...]) as ees:
        requests.get(f"{ees.api}/data-sets/{id}")        # the public API
        requests.get(f"{ees.content}/data-set-files")    # the website's own API
        requests.get(f"{ees.site}/data-catalogue/data-set/{id}/csv")
        ees.faults.add("503", "query", first=2)
        ees.log[-1].status

Kinds of request, for faults: data-sets, data-set, meta, query, csv; catalogue
(lists and single files), download, site csv, release zip; and with them `query
page 2` and so on, also for data-sets and catalogue. The kinds `api` and `site`
cover either half, `any` everything. What no client of ours asks for (lists of
publications, versions and changes) is not served.
"""

from __future__ import annotations

import gzip
import json
import math
import re
from collections.abc import Callable, Sequence

from tests.fakes.ees_content import CatalogueFile, ContentApi
from tests.fakes.ees_data import DataSet, Json, Version
from tests.fakes.ees_errors import BadRequest, Refused, bad_request, problem, refused
from tests.fakes.ees_query import answer_query
from tests.fakes.ees_requests import read_get_query, read_paging, read_params, read_post_query
from tests.fakes.ees_shapes import data_set_json, meta_json, paged
from tests.fakes.faults import Fault, Faults
from tests.fakes.serving import LoopbackServer, Reply, Request, Seen, html_reply, json_reply

LARGEST_BODY = 128 * 1024
_API = "/statistics/v1"
_ID = r"(?P<id>[0-9a-fA-F-]{36})"
_ROUTES = {
    "data-sets": f"{_API}/publications/{_ID}/data-sets",
    "data-set": f"{_API}/data-sets/{_ID}",
    "meta": f"{_API}/data-sets/{_ID}/meta",
    "query": f"{_API}/data-sets/{_ID}/query",
    "csv": f"{_API}/data-sets/{_ID}/csv",
    "catalogue": "/api/data-set-files",
    "catalogue file": f"/api/data-set-files/{_ID}",
    "download": f"/api/data-set-files/{_ID}/download",
    "release zip": f"/api/releases/{_ID}/files",
    "site csv": f"/data-catalogue/data-set/{_ID}/csv",
}
_META_TYPES = ["Filters", "Indicators", "Locations", "TimePeriods"]


def route(path: str) -> tuple[str, dict[str, str]]:
    """The kind of request and the ids in its path; ("", {}) for a path that is not served."""
    for kind, pattern in _ROUTES.items():
        match = re.fullmatch(pattern, path.rstrip("/"))
        if match:
            return kind, match.groupdict()
    return "", {}


def kinds(request: Request) -> tuple[str, ...]:
    kind = route(request.path)[0]
    found = [kind, "api" if request.path.startswith(_API) else "site"]
    if kind == "catalogue file":
        found.append("catalogue")
    page = dict(request.params).get("page", "1")
    if kind == "query" and request.body:
        numbers = re.search(rb'"page"\s*:\s*(\d+)', request.body)
        page = numbers[1].decode() if numbers else "1"
    return (*found, f"{kind} page {page}")


class EesStandIn:
    """See the module."""

    def __init__(self, data_sets: Sequence[DataSet] = (), files: Sequence[CatalogueFile] = ()) -> None:
        self.data_sets = list(data_sets)
        self.extra_files = list(files)
        self.other_members: dict[str, dict[str, bytes]] = {}
        """Members of a release's zip beside its data files (name in the zip: bytes), by releaseVersionId."""
        self.base = self.api = self.content = self.site = ""
        self._server = LoopbackServer(self._answer, kinds, self._spoil)

    def __enter__(self) -> EesStandIn:
        self.base = self.site = self._server.__enter__()
        self.api, self.content = self.base + _API, f"{self.base}/api"
        return self

    def __exit__(self, *error: object) -> None:
        self._server.__exit__(*error)

    @property
    def log(self) -> list[Seen]:
        return self._server.log

    @property
    def faults(self) -> Faults:
        return self._server.faults

    @property
    def files(self) -> list[CatalogueFile]:
        """The catalogue: the files that were given, and the file of each published version."""
        return [*self.extra_files, *(_file_of(version) for one in self.data_sets for version in one.public_versions)]

    def data_set(self, title: str) -> DataSet:
        return next(one for one in self.data_sets if one.title == title)

    def _answer(self, request: Request) -> Reply:
        kind, ids = route(request.path)
        if len(request.body) > LARGEST_BODY:
            return html_reply(413, "413 Request Entity Too Large")
        if request.method not in ("GET", "HEAD") and not (kind == "query" and request.method == "POST"):
            return Reply(status=405)
        try:
            if not kind:
                raise Refused(404)
            if request.path.startswith(_API):
                return self._answer_api(kind, ids, request)
            return self._answer_content(kind, ids.get("id", ""), request)
        except BadRequest as bad:
            return bad_request(bad.errors)
        except Refused as no:
            return refused(no.status)

    def _answer_content(self, kind: str, id: str, request: Request) -> Reply:
        content = ContentApi(self.files, self.other_members)
        if kind == "catalogue":
            return content.list_files(request.params)
        if kind == "catalogue file":
            return content.one_file(id)
        return content.release_zip(id) if kind == "release zip" else content.download(id)

    def _answer_api(self, kind: str, ids: dict[str, str], request: Request) -> Reply:
        if kind == "data-sets":
            return self._answer_data_sets(ids["id"], request)
        data_set = next((one for one in self.data_sets if one.id == ids["id"].lower()), None)
        if kind == "query":
            return self._answer_query(data_set, request)
        allowed = {"meta": {"types", "dataSetVersion"}, "csv": {"dataSetVersion"}}
        values = read_params(request.params, allowed.get(kind, set()))
        types = values.get("types", _META_TYPES)
        wrong = [
            problem("AllowedValue", f"types[{n}]", value=t, allowed=_META_TYPES)
            for n, t in enumerate(types)
            if t not in _META_TYPES
        ]
        if wrong:
            raise BadRequest(wrong)
        if data_set is None:
            raise Refused(404)
        if kind == "data-set":
            return json_reply(data_set_json(_allowed(data_set)))
        version = _readable(data_set, values)
        return json_reply(meta_json(version, set(types))) if kind == "meta" else _csv(version)

    def _answer_data_sets(self, id: str, request: Request) -> Reply:
        values = read_params(request.params, {"page", "pageSize"})
        page, size = read_paging(values, 20, 10)
        found = [
            one
            for one in self.data_sets
            if one.publication.id == id.lower() and one.status != "Withdrawn" and one.latest
        ]
        found = sorted(sorted(found, key=lambda one: one.title), key=lambda one: one.latest.published, reverse=True)  # type: ignore[union-attr]
        return json_reply(paged([data_set_json(one) for one in found], page, size))

    def _answer_query(self, data_set: DataSet | None, request: Request) -> Reply:
        if request.method == "POST":
            values = read_params(request.params, {"dataSetVersion"})
            if request.body and "json" not in request.headers.get("content-type", ""):
                raise Refused(415)
            query = read_post_query(request.body)
        else:
            query = read_get_query(request.params)
            values = {"dataSetVersion": [value for name, value in request.params if name == "dataSetVersion"]}
        if data_set is None:
            raise Refused(404)
        return json_reply(answer_query(_readable(data_set, values), query))

    def _spoil(self, fault: Fault, request: Request, answer: Callable[[Request], Reply]) -> Reply | None:
        """The faults that need to know what is in an answer."""
        if fault.name == "withdrawn":
            return refused(403)
        if fault.name == "version changes":
            next(one for one in self.data_sets if one.id in request.path).publish_waiting()
            return answer(request)
        change = {
            "not found warning": _with_warning,
            "wrong totals": _with_wrong_totals,
            "superseded": _superseded,
        }.get(fault.name)
        if change is None:
            return None
        reply = answer(request)
        if reply.status != 200:
            return reply
        body = json.loads(reply.body)
        change(body, fault)
        return json_reply(body)


def _allowed(data_set: DataSet) -> DataSet:
    if data_set.status == "Withdrawn":
        raise Refused(403)
    return data_set


def _version(data_set: DataSet, wanted: str | None) -> Version:
    version = data_set.find(wanted)
    if version is None:
        raise Refused(404)
    return version


def _readable(data_set: DataSet, values: dict[str, list[str]]) -> Version:
    """The version whose contents may be read: withdrawn ones may not."""
    version = _version(_allowed(data_set), next(iter(values.get("dataSetVersion", [])), None))
    if version.status == "Withdrawn":
        raise Refused(403)
    return version


def _csv(version: Version) -> Reply:
    """The producer's bytes, always packed, asked or not."""
    headers = {
        "Content-Encoding": "gzip",
        "X-Robots-Tag": "noindex",
        "Content-Disposition": f'attachment; filename="{version.data_set.id}_v{version.version}.csv"',
    }
    return Reply(gzip.compress(version.content, mtime=0), content_type="text/csv", headers=headers)


def _file_of(version: Version) -> CatalogueFile:
    data_set, newest = version.data_set, version is version.data_set.latest
    return CatalogueFile(
        re.sub(r"\W+", "_", data_set.title.lower()) + ".csv",
        data_set.title,
        version.content,
        data_set.publication,
        version.release,
        version.meta,
        version.file_id,
        data_set,
        version.version,
        superseded=not newest,
    )


def _with_warning(body: Json, fault: Fault) -> None:
    """Part of the rows is missing, because an id that was asked for is not known any more."""
    rows = body["results"][: int(len(body["results"]) * fault.number("share", 0.5))]  # type: ignore[index,arg-type]
    body["results"] = rows
    body["paging"] |= {"totalResults": len(rows), "totalPages": 1 if rows else 0}  # type: ignore[operator]
    warning = problem(
        "LocationsNotFound", "criteria.locations.in", items=[{"level": "LA", "id": fault.text("id", "gone0")}]
    )
    body["warnings"].append(warning)  # type: ignore[attr-defined]


def _with_wrong_totals(body: Json, fault: Fault) -> None:
    paging = body["paging"]
    paging["totalResults"] += int(fault.number("extra", 7))  # type: ignore[index]
    paging["totalPages"] = math.ceil(paging["totalResults"] / paging["pageSize"])  # type: ignore[index]


def _superseded(body: Json, fault: Fault) -> None:
    for one in body.get("results", [body]):  # type: ignore[attr-defined]
        one["status"] = "Deprecated"
        one["supersedingDataSetId"] = fault.text("by", "0197ab00-0000-7000-8000-0000000000ff")
