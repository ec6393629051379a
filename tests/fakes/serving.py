"""A small HTTP server on the loopback address, for stand-ins of publishers.

It answers with a function from `Request` to `Reply`, keeps a log of what was
asked and sent, and spoils answers as its `Faults` say. Several readers may ask
at once.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import socket
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.fakes.faults import Fault, Faults

HTML = b"<!DOCTYPE html><html><head><title>%s</title></head><body><h1>%s</h1></body></html>"
ENDLESS_STOPS_AT = 2**31
"""Even an endless body ends here (bytes), so that a forgotten test cannot fill a machine."""


@dataclass
class Request:
    """What a reader asked."""

    method: str
    path: str
    """Without the query string, decoded."""
    params: list[tuple[str, str]]
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes


@dataclass
class Reply:
    """What is answered. `headers` may replace Content-Type; Content-Length is worked out."""

    body: bytes = b""
    status: int = 200
    content_type: str = "application/json; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    streamed: bool = False
    """Sent in chunks, without a length."""


@dataclass
class Seen:
    """One line of the log. `bytes_sent` counts the body as it went over the wire."""

    method: str
    path: str
    """With the query string, as asked."""
    headers: dict[str, str]
    body: bytes
    kinds: tuple[str, ...]
    status: int = 0
    fault: str = ""
    bytes_sent: int = 0


def json_reply(content: object, status: int = 200) -> Reply:
    return Reply(json.dumps(content, ensure_ascii=False).encode(), status)


def html_reply(status: int, title: str) -> Reply:
    words = title.encode()
    return Reply(HTML % (words, words), status, "text/html")


class LoopbackServer:
    """`with LoopbackServer(answer) as base:` serves at `base`, such as http://127.0.0.1:40123.

    `answer(request)` gives the reply, `kinds(request)` the kinds of request
    for the faults, and `spoil(fault, request, answer)` the reply for faults
    that only the stand-in understands (None: not one of those).
    """

    def __init__(
        self,
        answer: Callable[[Request], Reply],
        kinds: Callable[[Request], tuple[str, ...]] = lambda request: (),
        spoil: Callable[[Fault, Request, Callable[[Request], Reply]], Reply | None] = lambda fault, request, answer: (
            None
        ),
    ) -> None:
        self.answer, self.kinds, self.spoil = answer, kinds, spoil
        self.log: list[Seen] = []
        self.faults = Faults()
        self.stopping = threading.Event()

    def __enter__(self) -> str:
        self.stopping.clear()
        handler = type("Handler", (_Handler,), {"owner": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def __exit__(self, *error: object) -> None:
        self.stopping.set()
        self._http.shutdown()
        self._http.socket.close()
        self._thread.join(timeout=5)


class _Handler(BaseHTTPRequestHandler):
    """Reads one request, answers it, spoils the answer if a fault says so."""

    owner: LoopbackServer
    protocol_version = "HTTP/1.1"
    server_version = "stand-in"
    timeout = 30

    def handle(self) -> None:
        """Serve a connection; a reader that has gone is nothing to report."""
        with contextlib.suppress(ConnectionError, TimeoutError):
            super().handle()

    def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
        address = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = Request(
            self.command,
            unquote(address.path),
            parse_qsl(address.query, keep_blank_values=True),
            {name.lower(): value for name, value in self.headers.items()},
            body,
        )
        kinds = self.owner.kinds(request)
        self.seen = Seen(self.command, self.path, request.headers, body, kinds)
        fault = self.owner.faults.strike(kinds)
        self.seen.fault = fault.name if fault else ""
        self.owner.log.append(self.seen)
        with contextlib.suppress(ConnectionError, TimeoutError):
            self._answer(request, fault)

    do_POST = do_HEAD = do_PUT = do_DELETE = do_GET  # noqa: N815 - the names that http.server calls

    def log_message(self, *words: object) -> None:
        """Nothing on the terminal; the owner keeps the log."""

    def _answer(self, request: Request, fault: Fault | None) -> None:
        if fault is None:
            self._send(self.owner.answer(request))
            return
        instead = _error(fault) or self.owner.spoil(fault, request, self.owner.answer)
        if instead is not None:
            self._send(instead)
        elif fault.name == "reset":
            self._reset()
        elif fault.name == "never":
            self.close_connection = True
            self.owner.stopping.wait()
        elif fault.name == "slow":
            self.owner.stopping.wait(fault.number("seconds", 1))
            self._send(self.owner.answer(request))
        else:
            self._send_spoilt(self.owner.answer(request), fault)

    def _start(self, reply: Reply, **more: str) -> None:
        self.seen.status = reply.status
        self.send_response(reply.status)
        if reply.body or reply.status == 200:
            self.send_header("Content-Type", reply.content_type)
        for name, value in {**reply.headers, **more}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def _write(self, piece: bytes) -> None:
        if self.command != "HEAD":
            self.seen.bytes_sent += len(piece)
            self.wfile.write(piece)

    def _send(self, reply: Reply) -> None:
        if reply.streamed:
            self._start(reply, Transfer_Encoding="chunked")
            for piece in _pieces(reply.body, 65536):
                self._write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self._write(b"0\r\n\r\n")
            return
        if (
            "Content-Encoding" not in reply.headers
            and "json" in reply.content_type
            and "gzip" in self.headers.get("Accept-Encoding", "")
        ):
            reply = _gzipped(reply)
        self._start(reply, Content_Length=str(len(reply.body)))
        self._write(reply.body)

    def _send_spoilt(self, reply: Reply, fault: Fault) -> None:
        self.close_connection = True
        if fault.name == "unasked gzip":
            self._send(_gzipped(reply))
        elif fault.name == "cut gzip":
            whole = _gzipped(reply)
            whole.body = whole.body[: int(len(whole.body) * fault.number("share", 0.5))]
            self._send(whole)
        elif fault.name == "other packing":
            self._send(Reply(reply.body, reply.status, reply.content_type, {**reply.headers, "Content-Encoding": "br"}))
        elif fault.name == "falls silent":
            self._start(reply, Content_Length=str(len(reply.body)), Connection="close")
            self._write(reply.body[: len(reply.body) // 2])
            self.owner.stopping.wait()
        elif fault.name == "dripping status line":
            self._drip(b"HTTP/1." + b"1" * 50_000, 1, fault.number("seconds", 0.05))
        elif fault.name == "dripping headers":
            self.seen.status = 200
            self._drip(b"HTTP/1.1 200 OK\r\n" + b"X-Nothing: yet\r\n" * 5000, 16, fault.number("seconds", 0.05))
        elif fault.name == "dripping refusal":
            self._start(Reply(b"no", int(fault.number("status", 403))), Content_Length="100000", Connection="close")
            self._drip(b"n" * 100_000, 1, fault.number("seconds", 0.05))
        elif fault.name == "cut short":
            self._start(reply, Content_Length=str(len(reply.body)), Connection="close")
            self._write(reply.body[: int(len(reply.body) * fault.number("share", 0.5))])
        elif fault.name == "drip":
            self._start(reply, Content_Length=str(len(reply.body)), Connection="close")
            self._drip(reply.body, int(fault.number("piece", 16)), fault.number("seconds", 0.1))
        elif fault.name == "endless":
            self._send_endless(reply, packed=bool(fault.options.get("packed")))
        else:
            raise ValueError(f"this stand-in cannot do the fault {fault.name!r} for {self.path}")

    def _drip(self, content: bytes, piece: int, seconds: float) -> None:
        for part in _pieces(content, piece):
            self._write(part)
            if self.owner.stopping.wait(seconds):
                return

    def _send_endless(self, reply: Reply, packed: bool) -> None:
        body = gzip.decompress(reply.body) if reply.headers.pop("Content-Encoding", "") == "gzip" else reply.body
        packing = zlib.compressobj(wbits=31) if packed else None
        more = {"Content_Encoding": "gzip"} if packed else {}
        self._start(reply, Connection="close", **more)
        piece, sent = body or b"0,", 0
        while not self.owner.stopping.is_set() and sent < ENDLESS_STOPS_AT:
            sent += len(piece)
            self._write(packing.compress(piece) if packing else piece)
            piece = b"0," * 32768

    def _reset(self) -> None:
        """Close so that the reader's system reports a reset instead of an orderly end."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()


def _pieces(body: bytes, size: int) -> Iterator[bytes]:
    return (body[start : start + size] for start in range(0, len(body), size))


def _gzipped(reply: Reply) -> Reply:
    if reply.headers.get("Content-Encoding") == "gzip":
        return reply
    packed = gzip.compress(reply.body, mtime=0)
    return Reply(
        packed, reply.status, reply.content_type, {**reply.headers, "Content-Encoding": "gzip"}, reply.streamed
    )


def _error(fault: Fault) -> Reply | None:
    """The whole answer of a fault that needs nothing from the stand-in."""
    wait = {"Retry-After": fault.text("retry_after", "1")}
    if fault.name == "429":
        return Reply(b"", 429, headers=wait)
    if fault.name == "503":
        return Reply(b"", 503, headers=wait)
    if fault.name == "504":
        return Reply(b"", 504)
    if fault.name == "502":
        return html_reply(502, "502 Bad Gateway")
    if fault.name == "403 html":
        return html_reply(403, "403 Forbidden")
    if fault.name == "html":
        return html_reply(200, "Sorry, there is a problem with the service")
    if fault.name == "redirect":
        return Reply(b"", 302, headers={"Location": fault.text("to", "http://elsewhere.invalid/")})
    return None
