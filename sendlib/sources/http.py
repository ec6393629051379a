"""One way to the network for all publishers: polite, patient, bounded and suspicious.

- Only hosts of the settings are asked, over https (plain http on this machine
  only); a redirect to another host is refused.
- 429, 502, 503, 504 and broken connections are tried again, with Retry-After
  obeyed up to a minute; other refusals are not.
- At most four requests at once go to one host.
- A download is streamed to a temporary file, counted against a cap and checked
  to be whole; an HTML page in place of data is refused.
"""

from __future__ import annotations

import hashlib
import json
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from sendlib.errors import SourceUnavailable
from sendlib.sources.settings import Settings

AGENT = "SEND-Explorer/1.0 (figures about SEND in England; polite client, at most 4 requests at once)"
TIMEOUT = (10.0, 35.0)
"""Seconds to connect and to wait for the next bytes; EES gives up after 30."""
AGAIN = (429, 502, 503, 504)
TRIES = 4
LONGEST_WAIT = 60
AT_ONCE = 4
LARGEST_ANSWER = 20_000_000
LARGEST_DOWNLOAD = 600_000_000
MOST_REDIRECTS = 5
LONGEST_ANSWER, LONGEST_DOWNLOAD = 180, 3600
"""Seconds for a whole body: a server that drips must not hold a refresh for ever."""
CHUNK = 1 << 16

_BROKE_OFF = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError)
"""What a body that ends too early, or that is not what its headers say, raises."""

Progress = Callable[[int, int | None], None]
"""Called with the bytes so far and the bytes expected (None when the server does not say)."""

Keep = Callable[[Iterator[bytes]], Iterator[bytes]]
"""What is written of the bytes that arrive: for files that hold more than may be kept."""


@dataclass(frozen=True)
class Downloaded:
    """A whole file from a publisher: where it lies, its hash and size, and what the server said of it."""

    path: Path
    url: str
    sha256: str
    size: int
    content_type: str
    last_modified: str


class Refused(SourceUnavailable):
    """An answer that will not become better by asking again; `status` is the server's, 0 for our own refusal."""

    def __init__(self, message: str, status: int = 0, body: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.body = body


class Http:
    """A session for all publishers. Safe to share between threads."""

    def __init__(self, settings: Settings, *, tries: int = TRIES, wait: float = 0.5, timeout: tuple[float, float] = TIMEOUT) -> None:
        self.settings = settings
        self.requests_made = 0
        self.bytes_read = 0
        self._timeout = timeout
        self._tries = tries
        self._wait = wait
        self._session = requests.Session()
        self._session.headers["User-Agent"] = AGENT
        self._session.headers["Accept-Encoding"] = "gzip"
        retry = Retry(
            total=tries - 1, connect=tries - 1, read=tries - 1, status=tries - 1, redirect=0, status_forcelist=AGAIN, allowed_methods=None,
            backoff_factor=wait, backoff_jitter=wait, respect_retry_after_header=True, retry_after_max=LONGEST_WAIT, raise_on_status=False,
        )  # fmt: skip
        adapter = HTTPAdapter(max_retries=retry, pool_connections=10, pool_maxsize=AT_ONCE)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)
        self._gates: dict[str, threading.BoundedSemaphore] = {}
        self._lock = threading.Lock()

    def json(self, url: str, *, body: object | None = None, parameters: Mapping[str, str] | None = None) -> Any:
        """The JSON of an answer to GET, or to POST when there is a body. Raises SourceUnavailable and Refused."""
        content = self._small(url, body=body, parameters=parameters, accept="application/json")
        try:
            return json.loads(content)
        except ValueError as error:
            raise SourceUnavailable(f"{_name(url)} answered with something that is not JSON: {_beginning(content)}") from error

    def text(self, url: str, *, parameters: Mapping[str, str] | None = None) -> str:
        """The text of a small page."""
        return self._small(url, parameters=parameters, accept="*/*").decode("utf-8", errors="replace")

    def download(
        self, url: str, into: Path, *, largest: int = LARGEST_DOWNLOAD, parameters: Mapping[str, str] | None = None,
        progress: Progress = lambda done, expected: None, page_is_wrong: bool = True, keep: Keep = iter,
    ) -> Downloaded:  # fmt: skip
        """Stream a file to the path `into`, which appears only when it is whole.

        A body that breaks off is fetched again from the start. With `keep` only
        what it lets through is ever written; hash and size are those of the
        publisher's file. Raises SourceUnavailable and Refused (too large, an
        HTML page, an unknown host), and whatever `keep` raises.
        """
        part = into.with_name(f".{into.name}.part")
        try:
            for attempt in range(self._tries):
                try:
                    found = self._stream(url, part, largest, parameters, progress, keep)
                    break
                except _BROKE_OFF as error:
                    if attempt == self._tries - 1:
                        raise SourceUnavailable(f"{_name(url)} broke off while sending ({_reason(error)}). Try again later.") from error
                    time.sleep(self._wait * 2**attempt * (1 + random.random()))  # noqa: S311 - jitter, not a secret
            if page_is_wrong and _is_page(part):
                raise Refused(f"{_name(url)} sent a web page where a file was expected: {_beginning(part.read_bytes()[:400])}")
            part.replace(into)
        except OSError as error:
            raise SourceUnavailable(f"{_name(url)} could not be written to {into.parent} ({error}).") from error
        finally:
            part.unlink(missing_ok=True)
        return Downloaded(into, *found)

    def _stream(
        self, url: str, part: Path, largest: int, parameters: Mapping[str, str] | None, progress: Progress, keep: Keep
    ) -> tuple[str, str, int, str, str]:
        digest, size = hashlib.sha256(), 0

        def arriving(answer: requests.Response, expected: int | None) -> Iterator[bytes]:
            nonlocal size
            for chunk in self._body(answer, url, largest, LONGEST_DOWNLOAD):
                size += len(chunk)
                digest.update(chunk)
                progress(size, expected)
                yield chunk

        with self._asked("GET", url, parameters=parameters, accept="*/*") as answer, part.open("wb") as file:
            length = answer.headers.get("Content-Length", "")
            # With gzip the length is that of the compressed bytes, which says nothing about what is written.
            expected = int(length) if length.isdigit() and not answer.headers.get("Content-Encoding") else None
            for chunk in keep(arriving(answer, expected)):
                file.write(chunk)
            return answer.url, digest.hexdigest(), size, answer.headers.get("Content-Type", ""), answer.headers.get("Last-Modified", "")

    def _body(self, answer: requests.Response, url: str, largest: int, longest: float) -> Iterator[bytes]:
        """The chunks of a body, unpacked, counted against a cap of bytes and one of seconds.

        A server that drips may keep one read waiting for hours, so a timer cuts the connection.
        """
        too_slow = SourceUnavailable(f"{_name(url)} is too slow: it was not whole after {longest / 60:.0f} minutes. Try again later.")
        size, cut = 0, threading.Event()

        def cut_off() -> None:
            cut.set()
            answer.raw.shutdown()

        timer = threading.Timer(longest, cut_off)
        timer.daemon = True
        timer.start()
        try:
            for chunk in answer.iter_content(CHUNK):
                size += len(chunk)
                self.bytes_read += len(chunk)
                if size > largest:
                    raise Refused(f"{_name(url)} is larger than {largest:,} bytes; it was not taken.")
                yield chunk
        except _BROKE_OFF as error:
            if cut.is_set():
                raise too_slow from error
            raise
        finally:
            timer.cancel()
        if cut.is_set():  # without a length, a body that was cut looks whole
            raise too_slow

    def _small(self, url: str, *, body: object | None = None, parameters: Mapping[str, str] | None = None, accept: str) -> bytes:
        """A whole answer in memory, asked for again when it breaks off."""
        for attempt in range(self._tries):
            try:
                with self._asked("POST" if body is not None else "GET", url, body=body, parameters=parameters, accept=accept) as answer:
                    return b"".join(self._body(answer, url, LARGEST_ANSWER, LONGEST_ANSWER))
            except _BROKE_OFF as error:
                if attempt == self._tries - 1:
                    raise SourceUnavailable(f"{_name(url)} broke off while sending ({_reason(error)}). Try again later.") from error
                time.sleep(self._wait * 2**attempt * (1 + random.random()))  # noqa: S311 - jitter, not a secret
        raise AssertionError("unreachable")

    @contextmanager
    def _asked(
        self, method: str, url: str, *, body: object | None = None, parameters: Mapping[str, str] | None = None, accept: str
    ) -> Iterator[requests.Response]:
        """An answer with status 200, through the host's gate; redirects are followed to known hosts only."""
        if self.settings.offline:
            raise SourceUnavailable("The network is switched off (SENDLIB_OFFLINE). The figures held are used.")
        for _ in range(MOST_REDIRECTS + 1):
            self._check_host(url)
            with self._gate(url):
                self.requests_made += 1
                try:
                    answer = self._session.request(
                        method, url, params=parameters, json=body, headers={"Accept": accept}, timeout=self._timeout, stream=True, allow_redirects=False
                    )
                except requests.RequestException as error:  # the adapter has tried again already
                    raise SourceUnavailable(f"{_name(url)} can not be reached ({_reason(error)}). Try again later.") from error
                try:
                    if not answer.is_redirect:
                        if answer.status_code != 200:
                            raise _refusal(answer, url)
                        yield answer
                        return
                    url, parameters = urljoin(url, answer.headers["Location"]), None
                finally:
                    answer.close()
        raise Refused(f"{_name(url)} leads from one address to the next without end.")

    def _check_host(self, url: str) -> None:
        parts = urlsplit(url)
        if (parts.scheme, parts.netloc.lower()) not in self.settings.hosts:
            raise Refused(f"{parts.scheme}://{parts.netloc} is not one of the publishers' addresses in the settings; nothing was asked of it.")

    def _gate(self, url: str) -> threading.BoundedSemaphore:
        host = urlsplit(url).netloc
        with self._lock:
            return self._gates.setdefault(host, threading.BoundedSemaphore(AT_ONCE))


def _refusal(answer: requests.Response, url: str) -> SourceUnavailable:
    body = answer.raw.read(20_000, decode_content=True).decode("utf-8", errors="replace")
    if answer.status_code in AGAIN:
        return SourceUnavailable(f"{_name(url)} is not available now (HTTP {answer.status_code}, asked {TRIES} times). Try again later.")
    return Refused(f"{_name(url)} refused (HTTP {answer.status_code}): {_beginning(body.encode())}", answer.status_code, body)


def _name(url: str) -> str:
    """An address without its query, for a message."""
    return url.partition("?")[0]


def _beginning(content: bytes) -> str:
    text = " ".join(content[:200].decode("utf-8", errors="replace").split())
    return f"'{text}'" if text else "an empty answer"


def _reason(error: Exception) -> str:
    return str(error.args[0] if error.args else error)[:160]


def _is_page(path: Path) -> bool:
    """Whether a file begins like a web page."""
    with path.open("rb") as file:
        start = file.read(512).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html"))
