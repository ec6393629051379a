"""ONS' postcode directory: which council a postcode is counted to.

A postcode may be somebody's address. It is sent in the body of a request, because addresses of requests are kept in
the logs of proxies, and no error says what a server said of it. Nothing is kept, neither in memory nor on disk.

ONS renames the service and its columns (`OSLAUA`, `LAD25CD`, `LAD26CD`, in either case), so columns are found by what
their names begin with, and where no service goes by a name that is known, the catalogue is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from sendlib.errors import ContractBroken, SendlibError, SourceUnavailable
from sendlib.settings import Settings
from sendlib.sources.http import Form, Http, Refused

SERVICES = ("ONSPD_Online_latest_Postcode_Centroids", "Online_ONS_Postcode_Directory_Live")
"""Names of the service that ONS keeps from issue to issue: all postcodes, and those in use only."""
TIMEOUT = (4.0, 8.0)
LONGEST = 12
"""Seconds to connect, to the next bytes and for a whole answer: a person waits."""
MOST_SERVICES = 3
NO_CONNECTION = (
    "A postcode can only be looked up with a connection to ONS, and there is none now: choose your council by name."
)
NOT_AS_EXPECTED = (
    "ONS' postcode service answered otherwise than expected, so it may have changed: choose your council by name."
)
_ISSUE = re.compile(r"^(?:online_)?ons(?:pd|_postcode_directory)\w*", re.I)
_DATED = re.compile(r"_\(?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*_(20\d{2})", re.I)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_COUNCIL = re.compile(r"oslaua|lad\d{2}cd")


@dataclass(frozen=True)
class Found:
    """What ONS says of a postcode: the code of the council (of a county's district, where there is a county), empty
    where it gives none, and the month since which it is out of use (`2003-06`), if it is."""

    council: str
    ended: str = ""


def look_up(settings: Settings, postcode: str) -> Found | None:
    """What ONS says of a postcode, written as `PL1 2AA`; None of one that it does not hold.

    Raises SourceUnavailable, in words that hold nothing of the postcode.
    """
    http = Http(settings, tries=1, timeout=TIMEOUT, longest=LONGEST)
    try:
        return _found(_rows(http, settings.address("SENDLIB_ONS_GEOGRAPHY"), postcode), postcode)
    # Words of our own, because a server may say again what it was asked.
    except ContractBroken:
        raise SourceUnavailable(NOT_AS_EXPECTED) from None
    except SendlibError:
        raise SourceUnavailable(NO_CONNECTION) from None


def _rows(http: Http, root: str, postcode: str) -> list[dict[str, Any]]:
    """The rows of the first service that answers, with the names of their columns in lower case."""
    asked = Form({"f": "json", "where": f"PCDS='{postcode}'", "outFields": "*", "returnGeometry": "false"})
    for name in _services(http, root):
        try:
            answer = http.json(f"{root}/{quote(name)}/FeatureServer/0/query", body=asked)
        except Refused:
            continue
        if isinstance(answer, dict) and isinstance(answer.get("features"), list):
            return [{key.casefold(): value for key, value in row["attributes"].items()} for row in answer["features"]]
    raise ContractBroken("ONS Open Geography catalogue", "no service of it answers for postcodes.")


def _services(http: Http, root: str) -> Iterator[str]:
    """Names of services that may hold postcodes: those that are known, then the newest of the catalogue."""
    yield from SERVICES
    listed = http.json(root, parameters={"f": "json"}).get("services", [])
    names = {str(one.get("name", "")).rpartition("/")[2] for one in listed if one.get("type") == "FeatureServer"}
    issues = sorted((name for name in names - set(SERVICES) if _ISSUE.match(name)), key=_issued, reverse=True)
    yield from issues[:MOST_SERVICES]


def _issued(name: str) -> tuple[int, int]:
    """Year and month in the name of a service; one without a date is the newest."""
    dated = _DATED.search(name)
    return (int(dated[2]), _MONTHS.index(dated[1].casefold())) if dated else (9999, 0)


def _found(rows: list[dict[str, Any]], postcode: str) -> Found | None:
    """What the rows say; a service may have answered another question than was asked."""
    if not rows:
        return None
    if any(row.get("pcds") != postcode for row in rows):
        raise ContractBroken("ONS postcode directory", "another postcode than the one that was asked for came back.")
    columns = sorted(name for name in rows[0] if _COUNCIL.fullmatch(name))
    if not columns:
        raise ContractBroken("ONS postcode directory", "it has no column of councils.")
    ended = str(rows[0].get("doterm") or "").strip()
    return Found(
        str(rows[0][columns[-1]] or "").strip(),
        f"{ended[:4]}-{ended[4:6]}" if re.fullmatch(r"\d{6}", ended) else "",
    )
