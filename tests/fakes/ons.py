"""Stand-ins for the ONS geography service, Nomis and Get Information About Schools, on this machine.

They keep to the contracts as far as the clients rely on them, with the habits that trip clients up:
errors inside HTTP 200, an answer cut at 25,000 rows without a word, parameters ignored in silence.
`content` says what they serve: the publishers' own files where a test has them,
else small made-up ones, whose functions and schools are called made up.
"""

from __future__ import annotations

import csv
import io
import json
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from typing import Any
from urllib.parse import parse_qs, urlsplit

GEOGRAPHY, NOMIS, GIAS = "/arcgis/rest/services", "/api/v01", "/gias"
PAGE = b"<!DOCTYPE html><html><body>Sign in to the network to go on.</body></html>"
CAP = 25_000
TYPES = {
    "TYPE423": "local authorities: county / unitary (as of April 2023)",
    "TYPE424": "local authorities: district / unitary (as of April 2023)",
    "TYPE433": "local authorities: county / unitary (as of April 2019)",
    "TYPE463": "local authorities: county / unitary (prior to April 2015)",
    "TYPE464": "local authorities: district / unitary (prior to April 2015)",
    "TYPE480": "regions",
    "TYPE499": "countries",
}
"""Kinds of areas as Nomis describes them."""

People = Mapping[str, Mapping[str, Sequence[int]]]
"""Kind of area -> code -> residents by single year of age from 0 to 25."""


@dataclass
class Content:
    """What the stand-ins serve. A part that a test does not need may stay empty."""

    services: Sequence[str] = ()  # boundary services that the catalogue lists
    postcodes: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)  # service -> its rows
    people: People = field(default_factory=dict)
    latest: str = "2024"
    projected: Sequence[int] = ()
    national: Mapping[tuple[int, int, int], int] = field(default_factory=dict)  # (year, gender, age from 0) -> people
    described: str = "Population projections - local authority based by single year of age"
    registers: dict[str, bytes] = field(default_factory=dict)  # day (YYYYMMDD) -> file


@dataclass
class Fault:
    """Something that goes wrong in requests whose address holds `on`, `times` times."""

    kind: str
    on: str
    times: int


class StandIn:
    """The three publishers on one port. `log` holds each path with its parameters; `fail` makes a fault."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.log: list[tuple[str, dict[str, str]]] = []
        self.addresses: list[str] = []  # as a log of requests has them, with what stands after the question mark
        self.elsewhere: list[str] = []
        self.cap = CAP
        self.address = self.other = ""
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    @property
    def environment(self) -> dict[str, str]:
        """Settings that point the clients here."""
        return {
            "SENDLIB_ONS_GEOGRAPHY": self.address + GEOGRAPHY,
            "SENDLIB_NOMIS": self.address + NOMIS,
            "SENDLIB_GIAS": self.address + GIAS,
        }

    def fail(self, kind: str, on: str = "", times: int = 1) -> None:
        """Make the next `times` requests whose address holds `on` go wrong.

        busy, down (429, 503 with Retry-After), closed (403), page (HTML), cut
        (a body that is shorter than said), torn, nibbled (one that ends within
        a line, or within its last number, without a word), away (a redirect to
        another host); error, passing (inside HTTP 200); forgets (an offset that
        is ignored).
        """
        self._faults.append(Fault(kind, on, times))

    def take(self, address: str, *kinds: str) -> str:
        """A fault of these kinds that this request has, once counted down."""
        with self._lock:
            for fault in self._faults:
                if fault.kind in kinds and fault.times > 0 and fault.on in address:
                    fault.times -= 1
                    return fault.kind
        return ""

    def asked(self, part: str) -> list[dict[str, str]]:
        """The parameters of each request whose path holds `part`."""
        return [parameters for path, parameters in self.log if part in path]


@contextmanager
def stand_in(content: Content) -> Iterator[StandIn]:
    """Run the stand-ins, and another host that must never be asked."""
    stand = StandIn(content)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
            _answer(self, stand)

        def do_POST(self) -> None:  # noqa: N802
            _answer(self, stand, self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode())

        def log_message(self, *args: object) -> None:
            """Nothing on the screen."""

    class Other(Handler):
        def do_GET(self) -> None:  # noqa: N802
            stand.elsewhere.append(self.path)
            _send(self, 200, b"{}", "application/json")

    servers = [ThreadingHTTPServer(("127.0.0.1", 0), handler) for handler in (Handler, Other)]
    threads = [threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True) for server in servers]
    stand.address, stand.other = (f"http://127.0.0.1:{server.server_address[1]}" for server in servers)
    for thread in threads:
        thread.start()
    try:
        yield stand
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


def _answer(request: BaseHTTPRequestHandler, stand: StandIn, form: str = "") -> None:
    parts = urlsplit(request.path)
    asked = parse_qs(f"{parts.query}&{form}", keep_blank_values=True)
    parameters = {name: values[-1] for name, values in asked.items()}
    stand.log.append((parts.path, parameters))
    stand.addresses.append(request.path)
    fault = stand.take(request.path, "busy", "down", "closed", "page", "away", "error", "passing")
    if fault in ("busy", "down"):
        _send(request, 429 if fault == "busy" else 503, b"slow down", "text/plain", **{"Retry-After": "0"})
    elif fault == "closed":
        _send(request, 403, b"forbidden", "text/plain")
    elif fault == "page":
        _send(request, 200, PAGE, "text/html")
    elif fault == "away":
        _send(request, 302, b"", "text/plain", Location=stand.other + request.path)
    elif fault in ("error", "passing"):
        code = 400 if fault == "error" else 503
        _send(
            request,
            200,
            json.dumps({"error": {"code": code, "message": "Invalid URL", "details": []}}).encode(),
            "application/json",
        )
    elif parts.path.startswith(GEOGRAPHY):
        _send_json(request, stand, _geography(stand, parts.path.removeprefix(GEOGRAPHY), parameters))
    elif parts.path.startswith(NOMIS + "/dataset/"):
        _nomis(request, stand, parts.path.removeprefix(NOMIS + "/dataset/"), parameters)
    elif parts.path.startswith(GIAS):
        _gias(request, stand, parts.path)
    else:
        _send(request, 404, b"not here", "text/plain")


# The geography service


def _geography(stand: StandIn, path: str, asked: Mapping[str, str]) -> dict[str, Any]:
    """The catalogue of services, or rows of postcodes. The columns of a `where` may be in any case; a layer or a column
    that there is not is an error inside HTTP 200, which says again what was asked."""
    held = stand.content.postcodes
    if path in ("", "/"):
        others = ("Regions_December_2025_Boundaries_EN_BUC", "CTYUA_DEC_2025_UK_NC")
        listed = [{"name": name, "type": "FeatureServer"} for name in (*others, *stand.content.services, *held)]
        return {"currentVersion": 11, "services": listed}
    service = re.fullmatch(r"/(\w+)/FeatureServer/0/query", path)
    if service is None or service[1] not in held:
        return {"error": {"code": 400, "message": "Invalid URL", "details": []}}
    where = re.fullmatch(r"(\w+)='([^']*)'", asked.get("where", ""))
    columns = {name.casefold(): name for row in held[service[1]] for name in row}
    if where is None or where[1].casefold() not in columns:
        return {"error": {"code": 400, "message": "Cannot perform query.", "details": [asked.get("where", "")]}}
    column = columns[where[1].casefold()]
    return {"features": [{"attributes": row} for row in held[service[1]] if row[column] == where[2]]}


# Nomis


def _nomis(request: BaseHTTPRequestHandler, stand: StandIn, path: str, asked: dict[str, str]) -> None:
    content = stand.content
    if path.endswith("/geography/TYPE.def.sdmx.json"):
        _send_json(request, stand, _codes({kind: text for kind, text in TYPES.items() if kind in content.people}))
    elif path == "NM_2006_1/projected_year.def.sdmx.json":
        _send_json(request, stand, _codes({str(year): str(year) for year in content.projected}))
    elif path.endswith("/def.sdmx.json"):
        _send_json(
            request,
            stand,
            {"structure": {"keyfamilies": {"keyfamily": [{"description": {"value": content.described}}]}}},
        )
    elif path in ("NM_2002_1.data.csv", "NM_2006_1.data.csv", "NM_2009_1.data.csv"):
        dataset = path.partition(".")[0]
        made = _national(content, asked) if dataset == "NM_2009_1" else _residents(content, dataset, asked)
        rows = list(made)
        columns = [
            name
            for name in asked.get("select", "geography_code,obs_value").split(",")
            if name in (*_DIMENSIONS, "record_count")
        ]
        start = 0 if stand.take(request.path, "forgets") else int(asked.get("recordoffset", "0"))
        limit = min(int(asked.get("recordlimit", str(stand.cap))), stand.cap)
        text = io.StringIO()
        writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
        writer.writerow([name.upper() for name in columns])
        for row in rows[start : start + limit]:
            writer.writerow([len(rows) if name == "record_count" else row[_DIMENSIONS.index(name)] for name in columns])
        _send_faulty(request, stand, text.getvalue().encode(), "text/csv")
    else:
        _send(request, 404, b"Not found", "text/plain")


_DIMENSIONS = ("date_name", "projected_year_name", "geography_code", "gender", "c_age", "measures", "obs_value")


def _residents(content: Content, dataset: str, asked: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    """Rows of a query; a dimension that no parameter that Nomis knows restricts comes whole."""
    if (single := asked.get("geography", "")) in content.people.get("TYPE499", {}):
        people = {single: {single: content.people["TYPE499"][single]}}
    else:
        people = {
            kind: content.people[kind]
            for kind in asked.get("geography", ",".join(content.people)).split(",")
            if kind in content.people
        }
    ages = _listed(asked.get("c_age", "200,101...126"))
    genders, measures = _listed(asked.get("gender", "0...2")), _listed(asked.get("measures", "20100,20301"))
    if dataset == "NM_2002_1":
        years = (
            [int(content.latest)]
            if asked.get("date", "") == "latest"
            else [int(content.latest) - 1, int(content.latest)]
        )
    else:
        wanted = _listed(asked["projected_year"]) if "projected_year" in asked else list(content.projected)
        years = [year for year in wanted if year in content.projected]
    for kind, year in product(people, years):
        for code, ages_of in people[kind].items():
            for gender, age, measure in product(genders, ages, measures):
                value = sum(ages_of) if age == 200 else ages_of[age - 101]
                # A made-up projection: as many again each year, so that parts still add up.
                times = 1 + year - content.projected[0] if dataset == "NM_2006_1" else 1
                yield year, year, code, gender, age, measure, value * times


def _national(content: Content, asked: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    """Rows of the national projections: ages are counted from 1, and there are both sexes and no measures."""
    ages, genders = _listed(asked.get("c_age", "1...106")), _listed(asked.get("gender", "1...2"))
    for (year, gender, age), value in content.national.items():
        if gender in genders and age + 1 in ages:
            yield year, year, asked.get("geography", "E92000001"), gender, age + 1, "", value


def _listed(text: str) -> list[int]:
    """Numbers of a list such as `200,101...126`."""
    found: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("...")
        found += range(int(first), int(last or first) + 1)
    return found


def _codes(codes: Mapping[str, str]) -> dict[str, Any]:
    listed = [{"value": value, "description": {"value": text}} for value, text in codes.items()]
    return {"structure": {"codelists": {"codelist": [{"code": listed}]}}}


# The register


def _gias(request: BaseHTTPRequestHandler, stand: StandIn, path: str) -> None:
    match = re.fullmatch(GIAS + r"/edubasealldata(\d{8})\.csv", path)
    if not match or match[1] not in stand.content.registers:
        _send(request, 404, b"The specified resource does not exist.", "application/xml")
        return
    _send_faulty(request, stand, stand.content.registers[match[1]], "text/csv")


# Sending


def _send_json(request: BaseHTTPRequestHandler, stand: StandIn, answer: dict[str, Any]) -> None:
    _send_faulty(request, stand, json.dumps(answer).encode(), "application/json")


def _send_faulty(request: BaseHTTPRequestHandler, stand: StandIn, body: bytes, kind: str) -> None:
    fault = stand.take(request.path, "cut", "torn", "nibbled")
    if fault == "cut":
        _send(request, 200, body[: len(body) * 2 // 3], kind, length=len(body))
    elif fault == "torn":
        _send(request, 200, body[: len(body) * 2 // 3 - 1].rstrip(b"\r\n"), kind, length=None)
    elif fault == "nibbled":
        _send(request, 200, body.rstrip(b"\r\n")[:-1], kind, length=None)
    else:
        _send(request, 200, body, kind)


def _send(
    request: BaseHTTPRequestHandler, status: int, body: bytes, kind: str, length: int | None = -1, **headers: str
) -> None:
    """Send a body; a length of None sends none, as a server does that ends by closing."""
    request.send_response(status)
    request.send_header("Content-Type", kind)
    if length is not None:
        request.send_header("Content-Length", str(len(body) if length < 0 else length))
    for name, value in headers.items():
        request.send_header(name, value)
    request.end_headers()
    request.wfile.write(body)


# Made-up content


def made_up_people(regions: Mapping[str, Sequence[str]]) -> People:
    """Residents that add up, for region -> codes of authorities. Made up: the number says which area and age."""
    authorities = {
        code: [100 + place * 3 + age for age in range(26)]
        for place, code in enumerate(code for codes in regions.values() for code in codes)
    }
    return with_wider_areas(authorities, regions)


def with_wider_areas(authorities: Mapping[str, Sequence[int]], regions: Mapping[str, Sequence[str]]) -> People:
    """The kinds of areas that Nomis has: authorities of two vintages, districts, regions and countries, with Wales."""
    upper = {**authorities, "W06000001": [7] * 26}
    old = {code: people for code, people in upper.items() if code not in ("E06000063", "E06000064")} | {
        "E10000006": [9] * 26
    }
    districts = {code: people for code, people in upper.items() if not code.startswith("E10")} | {"E07000008": [5] * 26}
    summed = {region: _sum(authorities[code] for code in codes) for region, codes in regions.items()}
    countries = {"E92000001": _sum(authorities.values()), "W92000004": [7] * 26}
    return {
        "TYPE464": districts,
        "TYPE463": old,
        "TYPE433": old,
        "TYPE424": districts,
        "TYPE423": upper,
        "TYPE480": {**summed, "W92000004": [7] * 26},
        "TYPE499": countries,
    }


def _sum(rows: Any) -> list[int]:
    return [sum(ages) for ages in zip(*rows, strict=True)]


PERSONAL = (
    "HeadTitle (name)",
    "HeadFirstName",
    "HeadLastName",
    "HeadPreferredJobTitle",
    "TelephoneNum",
    "PropsName",
    "SchoolWebsite",
)
SECRET = "Zaphod-Secret"  # noqa: S105 - no password: a word that stands in every personal cell and nowhere else
HEADER = (
    "URN",
    "LA (code)",
    "LA (name)",
    "EstablishmentNumber",
    "EstablishmentName",
    "TypeOfEstablishment (code)",
    "TypeOfEstablishment (name)",
    "EstablishmentTypeGroup (name)",
    "EstablishmentStatus (code)",
    "EstablishmentStatus (name)",
    "OpenDate",
    "CloseDate",
    "PhaseOfEducation (name)",
    "StatutoryLowAge",
    "StatutoryHighAge",
    "SchoolCapacity",
    "CensusDate",
    "NumberOfPupils",
    "Street",
    "Postcode",
    "SchoolWebsite",
    "TelephoneNum",
    "HeadTitle (name)",
    "HeadFirstName",
    "HeadLastName",
    "HeadPreferredJobTitle",
    "Section41Approved (name)",
    *(f"SEN{number} (name)" for number in range(1, 14)),
    "TypeOfResourcedProvision (name)",
    "ResourcedProvisionOnRoll",
    "ResourcedProvisionCapacity",
    "SenUnitOnRoll",
    "SenUnitCapacity",
    "GSSLACode (name)",
    "Easting",
    "Northing",
    "PropsName",
)
"""Columns of the register as far as the tests need them."""


def made_up_school(urn: int, code: str, kind: str, **cells: str) -> dict[str, str]:
    """A row of the register. Made up; every personal cell holds SECRET."""
    return {
        **dict.fromkeys(HEADER, ""),
        **dict.fromkeys(PERSONAL, SECRET),
        "URN": str(urn),
        "LA (code)": code,
        "EstablishmentName": f"Made-up Café School {urn}",
        "TypeOfEstablishment (code)": kind,
        "EstablishmentStatus (name)": "Open",
        "OpenDate": "01-09-1998",
        "SchoolCapacity": "80",
        "NumberOfPupils": "75",
        "Section41Approved (name)": "Not applicable",
        "SEN1 (name)": "Not Applicable",
        "Easting": "430000",
        "Northing": "433000",
        **cells,
    }


def made_up_register(rows: Sequence[Mapping[str, str]], header: Sequence[str] = HEADER) -> bytes:
    """Rows as the publisher writes them: cp1252, every cell quoted, lines ended CRLF."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([[row.get(name, "") for name in header] for row in rows])
    return text.getvalue().encode("cp1252")


def day_name(day: date) -> str:
    """The key of a day's register."""
    return f"{day:%Y%m%d}"
