"""One way to the network for all publishers: polite, patient, bounded and suspicious.

- Only hosts of the settings are asked, over https (plain http on this machine
  only); a redirect to another host is refused.
- 429, 502, 503, 504 and broken connections are tried again, other refusals are
  not. Retry-After is obeyed: up to a minute it is waited for, and a host that
  asks for more is not asked before. A host that lets two requests in a row run
  out of time, in headers or in a body, is not asked again by the same `Http`.
- At most four requests at once go to one host.
- A download is streamed to a temporary file, counted against a cap and checked
  to be whole, also within gzip; an HTML page in place of data is refused.
- Every wait has an end: connecting, headers, a body, the body of a refusal.
"""

from __future__ import annotations

import hashlib
import json
import random
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

import requests
import urllib3.exceptions

from sendlib.errors import SourceUnavailable
from sendlib.provenance import spoken_date
from sendlib.settings import Settings
from sendlib.sources import patience

AGENT = "SEND-Explorer/1.0 (figures about SEND in England; polite client, at most 4 requests at once)"
TIMEOUT = (10.0, 35.0)
"""Seconds to connect and to wait for the next bytes; EES gives up after 30."""
AGAIN = (429, 502, 503, 504)
TRIES = 4
AT_ONCE = 4
LARGEST_ANSWER = 20_000_000
LARGEST_DOWNLOAD = 600_000_000
MOST_REDIRECTS = 5
LONGEST_ANSWER, LONGEST_DOWNLOAD, LONGEST_REFUSAL = 180, 3600, 10
"""Seconds for a whole body: a server that drips must not hold a refresh for ever."""
LARGEST_REFUSAL = 20_000
MOST_SKEW = timedelta(days=1)
"""A clock that is this far from a publisher's is wrong."""
CHUNK = 1 << 16
FILTER = (
    " If it is a page of this network's own (to sign in on, or of a web filter): sign in there with a browser, or ask"
    " those who run the network to let the publisher's address through."
)

T = TypeVar("T")


class _BrokeOff(Exception):
    """A body that ends too early, or that is not what its headers say.

    `silent` is the host whose rest did not come in time, if it was that.
    """

    def __init__(self, why: str, silent: str = "") -> None:
        super().__init__(why)
        self.silent = silent


class _Session(requests.Session):
    """A session that leaves redirects alone.

    The usual one reads their whole body, however long, before it gives them back.
    """

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Nowhere: redirects are followed by Http, to known hosts only."""
        return None


class _NotWhole(ValueError):
    """Text that begins like JSON and does not end like it."""


Progress = Callable[[int, int | None], None]
"""Called with the bytes so far and the bytes expected (None when the server does not say)."""

Keep = Callable[[Iterator[bytes]], Iterator[bytes]]
"""What is written of the bytes that arrive: for files that hold more than may be kept."""


@dataclass(frozen=True)
class Form:
    """A body that is sent as a web form is: for what must not stand in an address."""

    fields: Mapping[str, str]


@dataclass(frozen=True)
class Downloaded:
    """A whole file from a publisher: where it lies, where it came from, its hash and size."""

    path: Path
    url: str
    sha256: str
    size: int


class Refused(SourceUnavailable):
    """An answer that will not become better by asking again; `status` is the server's, 0 for our own refusal."""

    def __init__(self, message: str, status: int = 0, body: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.body = body


class Http:
    """A session for all publishers. Safe to share between threads."""

    def __init__(
        self,
        settings: Settings,
        *,
        tries: int = TRIES,
        wait: float = 0.5,
        timeout: tuple[float, float] = TIMEOUT,
        longest: float = 0,
    ) -> None:
        """`timeout`: seconds to connect and to wait for the next bytes; `longest`: for a whole answer in memory, where
        that is not LONGEST_ANSWER."""
        self.settings = settings
        self.requests_made = 0
        self.bytes_read = 0
        self._timeout = timeout
        self._longest = longest
        self._tries = tries
        self._wait = wait
        self.server_date: datetime | None = None
        self._session = _Session()
        self._session.headers["User-Agent"] = AGENT
        self._session.headers["Accept-Encoding"] = "gzip"
        retry = patience.Patience(
            total=tries - 1,
            connect=tries - 1,
            read=tries - 1,
            status=tries - 1,
            redirect=0,
            status_forcelist=AGAIN,
            allowed_methods=None,
            backoff_factor=wait,
            backoff_jitter=wait,
            respect_retry_after_header=True,
            raise_on_status=False,
        )
        retry.tried_again = self._count_request
        adapter = patience.Adapter(max_retries=retry, pool_connections=10, pool_maxsize=AT_ONCE)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)
        self._gates: dict[str, threading.BoundedSemaphore] = {}
        self._silent: dict[str, str] = {}
        self._not_before: dict[str, float] = {}
        self._lock = threading.Lock()

    @property
    def clock_is_off(self) -> str:
        """A sentence when this computer's clock is more than a day from a publisher's, or nothing."""
        here = datetime.now(UTC)
        if self.server_date is None or abs(here - self.server_date) <= MOST_SKEW:
            return ""
        return (
            f"This computer's clock says {spoken_date(here.date().isoformat())}, the publisher's"
            f" {spoken_date(self.server_date.date().isoformat())}: set it right and try again."
        )

    def json(self, url: str, *, body: object | None = None, parameters: Mapping[str, str] | None = None) -> Any:
        """The JSON of an answer to GET, or to POST when there is a body (sent as JSON, unless it is a Form). Raises
        SourceUnavailable and Refused."""
        return self._small(url, _as_json, body=body, parameters=parameters, accept="application/json")

    def text(self, url: str, *, parameters: Mapping[str, str] | None = None) -> str:
        """The text of a small page."""
        return str(
            self._small(
                url, lambda content: content.decode("utf-8", errors="replace"), parameters=parameters, accept="*/*"
            )
        )

    def download(
        self,
        url: str,
        into: Path,
        *,
        largest: int = LARGEST_DOWNLOAD,
        parameters: Mapping[str, str] | None = None,
        progress: Progress = lambda done, expected: None,
        page_is_wrong: bool = True,
        keep: Keep = iter,
    ) -> Downloaded:
        """Stream a file to the path `into`, which appears only when it is whole.

        A body that breaks off is fetched again from the start. With `keep` only
        what it lets through is ever written; hash and size are those of the
        publisher's file. Raises SourceUnavailable and Refused (too large, an
        HTML page, an unknown host), and whatever `keep` raises.
        """
        part = into.with_name(f".{into.name}.part")
        try:
            found = self._until_whole(url, lambda: self._stream(url, part, largest, parameters, progress, keep))
            if page_is_wrong and _is_page(part):
                raise Refused(
                    f"{_name(url)} sent a web page where a file was expected:"
                    f" {_beginning(part.read_bytes()[:400])}{FILTER}"
                )
            part.replace(into)
        except OSError as error:
            raise SourceUnavailable(f"{_name(url)} could not be written to {into.parent} ({error}).") from error
        finally:
            part.unlink(missing_ok=True)
        return Downloaded(into, *found)

    def _until_whole(self, url: str, read: Callable[[], T]) -> T:
        """What `read` gives, tried again while the body breaks off; silence is borne as often as before headers."""
        silences = 0
        for attempt in range(self._tries):
            try:
                return read()
            except _BrokeOff as error:
                silences += bool(error.silent)
                if attempt == self._tries - 1 or silences >= patience.MOST_TIME_OUTS:
                    if error.silent:
                        self._silent[error.silent] = str(error)
                    raise SourceUnavailable(
                        f"{_name(url)} broke off while sending ({error}). Try again later."
                    ) from error
                time.sleep(self._wait * 2**attempt * (1 + random.random()))  # noqa: S311 - jitter, not a secret
        raise AssertionError("unreachable")

    def _stream(
        self, url: str, part: Path, largest: int, parameters: Mapping[str, str] | None, progress: Progress, keep: Keep
    ) -> tuple[str, str, int]:
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
            return answer.url, digest.hexdigest(), size

    def _body(self, answer: requests.Response, url: str, largest: int, longest: float) -> Iterator[bytes]:
        """The chunks of a body, unpacked, counted against a cap of bytes and one of seconds.

        A server that drips may keep one read waiting for hours, so a timer cuts the connection.
        Raises Refused, SourceUnavailable and _BrokeOff (also for a body of nothing).
        """
        too_slow = SourceUnavailable(
            f"{_name(url)} is too slow: it was not whole after {longest / 60:.0f} minutes. Try again later."
        )
        size, cut = 0, threading.Event()

        def cut_off() -> None:
            cut.set()  # before the reader wakes, or it would take the cut for a broken connection
            with suppress(RuntimeError, ValueError, OSError):  # it may have come to its end just now
                answer.raw.shutdown()

        timer = threading.Timer(longest, cut_off)
        timer.daemon = True
        timer.start()
        try:
            for chunk in _unpacked(answer, url):
                size += len(chunk)
                self._count_bytes(len(chunk))
                if size > largest:
                    raise Refused(f"{_name(url)} is larger than {largest:,} bytes; it was not taken.")
                yield chunk
        except (urllib3.exceptions.HTTPError, zlib.error, OSError) as error:
            if cut.is_set():
                raise too_slow from error
            silent = _host(answer.url) if patience.ran_out_of_time(error) else ""
            raise _BrokeOff(patience.reason(error), silent) from error
        finally:
            timer.cancel()
        if cut.is_set():  # without a length, a body that was cut looks whole
            raise too_slow
        if not size:
            raise _BrokeOff("an empty answer")

    def _small(
        self,
        url: str,
        read: Callable[[bytes], Any],
        *,
        body: object | None = None,
        parameters: Mapping[str, str] | None = None,
        accept: str,
    ) -> Any:
        """What `read` makes of a whole answer in memory, asked for again when it breaks off."""

        def once() -> Any:
            with self._asked(
                "POST" if body is not None else "GET", url, body=body, parameters=parameters, accept=accept
            ) as answer:
                content = b"".join(self._body(answer, url, LARGEST_ANSWER, self._longest or LONGEST_ANSWER))
            try:
                return read(content)
            except _NotWhole as error:
                raise _BrokeOff(f"it ends with {_beginning(content[-40:])}") from error
            except ValueError as error:
                raise SourceUnavailable(
                    f"{_name(url)} answered with something that is not JSON: {_beginning(content)}"
                    f"{_whose_page(content)}"
                ) from error

        return self._until_whole(url, once)

    @contextmanager
    def _asked(
        self,
        method: str,
        url: str,
        *,
        body: object | None = None,
        parameters: Mapping[str, str] | None = None,
        accept: str,
    ) -> Iterator[requests.Response]:
        """An answer with status 200, through the host's gate; redirects are followed to known hosts only."""
        if self.settings.offline:
            raise SourceUnavailable("The network is switched off (SENDLIB_OFFLINE). The figures held are used.")
        led_by = ""
        for _ in range(MOST_REDIRECTS + 1):
            host = self._known_host(url, led_by)
            with self._gate(host):
                answer = self._send(host, method, url, body, parameters, accept)
                try:
                    if not answer.is_redirect:
                        if answer.status_code != 200:
                            raise self._refusal(answer, url)
                        yield answer
                        return
                    led_by, url, parameters = url, _led_to(url, answer.headers["Location"]), None
                finally:
                    answer.close()
        raise Refused(f"{_name(url)} leads from one address to the next without end.")

    def _send(
        self, host: str, method: str, url: str, body: object | None, parameters: Mapping[str, str] | None, accept: str
    ) -> requests.Response:
        """The headers of an answer.

        Raises SourceUnavailable, at once for a host that was silent before or asked
        to wait.
        """
        if host in self._silent:
            raise SourceUnavailable(
                f"{_name(url)} was not asked: {host} did not answer before ({self._silent[host]}). Try again later."
            )
        wait = self._not_before.get(host, 0) - time.monotonic()
        if wait > 0:
            raise SourceUnavailable(
                f"{_name(url)} was not asked: {host} asked to wait, {wait:.0f} seconds more. Try again later."
            )
        self._count_request()
        try:
            answer = self._session.request(
                method,
                url,
                params=parameters,
                json=None if isinstance(body, Form) else body,
                data=body.fields if isinstance(body, Form) else None,
                headers={"Accept": accept},
                timeout=self._timeout,
                stream=True,
                allow_redirects=False,
            )
        except OSError as error:  # of requests, whose adapter has tried again already, or a bundle that is not there
            why = patience.reason(error)
            if patience.ran_out_of_time(error):
                self._silent[host] = why
            raise SourceUnavailable(f"{_name(url)} can not be reached: {why}. {patience.advice(error)}") from error
        self.server_date = _date(answer.headers.get("Date", "")) or self.server_date
        return answer

    def _refusal(self, answer: requests.Response, url: str) -> SourceUnavailable:
        if answer.status_code in AGAIN:
            wait = patience.asked_to_wait(answer.headers) or 0
            if wait > patience.LONGEST_WAIT:
                self._not_before[_host(url)] = time.monotonic() + wait
                return SourceUnavailable(
                    f"{_name(url)} is not available now (HTTP {answer.status_code}) and asked to wait {wait:.0f}"
                    " seconds. Try again later."
                )
            return SourceUnavailable(
                f"{_name(url)} is not available now (HTTP {answer.status_code},"
                f" asked {self._tries} times). Try again later."
            )
        said = b""
        try:
            for chunk in self._body(answer, url, LARGEST_REFUSAL, LONGEST_REFUSAL):
                said += chunk
        except (SourceUnavailable, _BrokeOff):
            pass  # the status says enough; its words are only kept where they come
        return Refused(
            f"{_name(url)} refused (HTTP {answer.status_code}): {_beginning(said)}{_whose_page(said)}",
            answer.status_code,
            said.decode("utf-8", errors="replace"),
        )

    def _known_host(self, url: str, led_by: str) -> str:
        """The host and port of an address of the settings. Raises Refused for any other, and says what led there."""
        parts = urlsplit(url)
        if (parts.scheme, parts.netloc.lower()) not in self.settings.hosts:
            from_where = f" {_name(led_by)} led there.{FILTER}" if led_by else ""
            raise Refused(
                f"{_name(url)} is not one of the publishers' addresses in the settings; nothing was asked of it."
                f"{from_where}"
            )
        return _host(url)

    def _count_request(self) -> None:
        with self._lock:
            self.requests_made += 1

    def _count_bytes(self, size: int) -> None:
        with self._lock:
            self.bytes_read += size

    def _gate(self, host: str) -> threading.BoundedSemaphore:
        with self._lock:
            return self._gates.setdefault(host, threading.BoundedSemaphore(AT_ONCE))


def _unpacked(answer: requests.Response, url: str) -> Iterator[bytes]:
    """The chunks of a body without its packing.

    Gzip that does not come to its end is an error, which the usual reader lets pass.
    """
    packing = answer.headers.get("Content-Encoding", "").strip().lower()
    chunks = answer.raw.stream(CHUNK, decode_content=False)
    if packing in ("", "identity"):
        yield from chunks
        return
    if packing not in ("gzip", "x-gzip"):
        raise Refused(f"{_name(url)} is packed as '{packing[:20]}', which nobody asked for.")
    unpacker = zlib.decompressobj(wbits=31)
    for chunk in chunks:
        rest = chunk
        while rest:
            if unpacker.eof:  # a file may consist of several packed parts
                unpacker = zlib.decompressobj(wbits=31)
            yield unpacker.decompress(rest, 16 * CHUNK)
            rest = unpacker.unconsumed_tail or unpacker.unused_data
    if not unpacker.eof:
        raise zlib.error("the packed file ends too early")


def _as_json(content: bytes) -> Any:
    """Raises _NotWhole for JSON that breaks off, ValueError for what never was JSON."""
    try:
        return json.loads(content)
    except ValueError as error:
        if content.lstrip()[:1] in (b"{", b"["):
            raise _NotWhole from error
        raise


def _led_to(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise Refused(f"{_name(url)} leads to something that is no address ({error}).") from error


def _date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except ValueError:
        return None


def _host(url: str) -> str:
    """The host and port of an address."""
    return urlsplit(url).netloc.lower()


def _name(url: str) -> str:
    """An address without its query, for a message."""
    return url.partition("?")[0]


def _beginning(content: bytes) -> str:
    text = " ".join(content[:200].decode("utf-8", errors="replace").split())
    return f"'{text}'" if text else "an empty answer"


def _is_page(path: Path) -> bool:
    """Whether a file begins like a web page."""
    with path.open("rb") as file:
        return _begins_like_a_page(file.read(512))


def _begins_like_a_page(content: bytes) -> bool:
    return content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html"))


def _whose_page(content: bytes) -> str:
    """What to say of a web page in place of an answer, or nothing for what is none."""
    return FILTER if _begins_like_a_page(content) else ""
