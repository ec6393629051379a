"""What can go wrong between a publisher and a reader, to be switched on per kind of request.

A request has one or more kinds (`query`, `query page 2`, `csv`, ...; each
stand-in says which). A fault is named in NAMES and is switched on with
`Faults.add(name, kind, ...)`: for the first n requests of that kind, for
every k-th, or for all of them.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

NAMES = {
    "429": "too many requests, with Retry-After (retry_after seconds, 1)",
    "503": "unavailable, with Retry-After (retry_after seconds, 1)",
    "504": "gateway time-out with an empty body, at once",
    "502": "bad gateway with an HTML page",
    "403 html": "the firewall's refusal: status 403 with an HTML page",
    "reset": "the connection is reset before any answer",
    "cut short": "Content-Length says more than is sent (share of the body that is sent, 0.5)",
    "slow": "the answer starts late (seconds, 1)",
    "never": "no answer at all, until the stand-in stops",
    "falls silent": "headers and half of the body come, then nothing until the stand-in stops",
    "drip": (
        "the answer comes a few bytes at a time,"
        " so that no single read times out (seconds between, 0.1; piece bytes, 16)"
    ),
    "html": "status 200 with an HTML page instead of the content",
    "redirect": "302 to another host (to, http://elsewhere.invalid/)",
    "unasked gzip": "the body is gzip although nobody asked for it",
    "cut gzip": "gzip whose end is missing although Content-Length says that it is whole (share that is sent, 0.5)",
    "other packing": "the body says that it is packed in a way that nobody asked for",
    "dripping status line": "an answer whose first line comes letter by letter without end (seconds between, 0.05)",
    "dripping headers": "headers that come a line at a time and do not end (seconds between, 0.05)",
    "dripping refusal": "a refusal whose body drips (status, 403; seconds between, 0.05)",
    "endless": "a body that never ends (packed=True: as gzip, which grows when unpacked)",
    "not found warning": "a query's 200 with fewer rows and a warning that a location is unknown (share kept, 0.5)",
    "wrong totals": "totalResults is larger than the rows that come (extra, 7)",
    "withdrawn": "403, as for a withdrawn data set or version",
    "superseded": "the data set calls itself Deprecated and names its successor (by, an id)",
    "version changes": "the data set's waiting version is published just before the answer",
}


@dataclass
class Fault:
    """One fault that is switched on; `seen` counts the requests of its kind, `struck` the ones it spoilt."""

    name: str
    kind: str
    first: int | None = None
    every: int | None = None
    after: int = 0
    options: dict[str, object] = field(default_factory=dict)
    seen: int = 0
    struck: int = 0

    def strikes(self) -> bool:
        """Count one more request of its kind and say whether this one is spoilt."""
        self.seen += 1
        number = self.seen - self.after
        hit = (
            number > 0
            and (self.first is None or number <= self.first)
            and (self.every is None or number % self.every == 0)
        )
        self.struck += hit
        return hit

    def number(self, option: str, otherwise: float) -> float:
        return float(str(self.options.get(option, otherwise)))

    def text(self, option: str, otherwise: str) -> str:
        return str(self.options.get(option, otherwise))


class Faults:
    """The faults that are switched on."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    def add(
        self,
        name: str,
        kind: str = "any",
        *,
        first: int | None = None,
        every: int | None = None,
        after: int = 0,
        **options: object,
    ) -> Fault:
        """Switch a fault on for requests of a kind ("any" for all).

        `first=2` spoils the first two requests, `every=3` each third, neither
        all of them; `after=1` lets one through before counting. Raises
        ValueError for a fault that does not exist.
        """
        if name not in NAMES:
            raise ValueError(f"there is no fault called {name!r}; there are {', '.join(NAMES)}")
        fault = Fault(name, kind, first, every, after, options)
        with self._lock:
            self._faults.append(fault)
        return fault

    def clear(self) -> None:
        """Switch all faults off."""
        with self._lock:
            self._faults.clear()

    def strike(self, kinds: tuple[str, ...]) -> Fault | None:
        """The fault that spoils this request, if any; the one added first wins."""
        with self._lock:
            hits = [fault for fault in self._faults if fault.kind in (*kinds, "any") and fault.strikes()]
        return hits[0] if hits else None
