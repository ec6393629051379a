"""When a request is tried again, and how long its headers may take: urllib3's own rules, made stricter.

The publisher's refusals are tried again by urllib3's Retry. Four things are
added that it does not do: an unreadable Retry-After falls back to the usual
wait, one that is too long to wait for ends the tries instead of being cut
short, the body of an answer that is thrown away is not read to its end, and
headers that drip in are cut off.
"""

from __future__ import annotations

import socket
import ssl
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.client import HTTPException
from typing import Any

import urllib3.exceptions
from requests import RequestException
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.response import BaseHTTPResponse
from urllib3.util import Retry, create_urllib3_context

LONGEST_HEADERS = 90.0
"""Seconds for the headers of an answer; EES gives up after 30."""
MOST_TIME_OUTS = 2
"""A publisher that lets this many requests run out of time is left alone."""
LONGEST_WAIT = 60
"""Seconds that a publisher may ask to wait; longer is for another time."""


def _was_silence(error: BaseException | None) -> bool:
    """Whether nothing came in time; for urllib3 a connection that was refused is a kind of time-out too."""
    refused = isinstance(error, urllib3.exceptions.NewConnectionError)
    return (
        isinstance(error, (urllib3.exceptions.ConnectTimeoutError, urllib3.exceptions.ReadTimeoutError)) and not refused
    )


def asked_to_wait(headers: Mapping[str, str]) -> float | None:
    """Seconds that Retry-After asks for, however many, or None where there is no header that can be read."""
    try:
        return float(Retry(retry_after_max=sys.maxsize).parse_retry_after(headers["Retry-After"]))
    except (KeyError, ValueError, OverflowError, urllib3.exceptions.InvalidHeader):
        return None


class Patience(Retry):
    """Retry that obeys Retry-After or gives up, gives up on silence early, and reads no body of a refusal."""

    RETRY_AFTER_STATUS_CODES = frozenset((429, 503))

    tried_again: Callable[[], None] = staticmethod(lambda: None)
    """Called before each further try, so that these can be counted."""

    def new(self, **changes: Any) -> Patience:
        """The same with changes; urllib3 would forget whom to tell."""
        following = super().new(**changes)
        following.tried_again = self.tried_again
        return following

    def get_retry_after(self, response: BaseHTTPResponse) -> float | None:
        """Seconds to wait, or None for the usual wait."""
        return asked_to_wait(response.headers)

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: Any = None,
        _stacktrace: Any = None,
    ) -> Patience:
        """The next Retry. Raises MaxRetryError when there is none.

        A wait that is too long also ends the tries: to ask sooner than told would be rude, and of no use.
        """
        if response is not None and (asked_to_wait(response.headers) or 0) > LONGEST_WAIT:
            raise urllib3.exceptions.MaxRetryError(
                _pool, url or "", urllib3.exceptions.ResponseError("asked to wait too long")
            )
        following = super().increment(method, url, response, error, _pool, _stacktrace)
        silences = sum(_was_silence(one.error) for one in following.history)
        if error is not None and silences >= MOST_TIME_OUTS:
            raise urllib3.exceptions.MaxRetryError(_pool, url or "", error) from error
        if response is not None:
            response.close()  # urllib3 would read it to its end, which may never come
        self.tried_again()
        return following


class _CutOff:
    """A connection whose headers must come within LONGEST_HEADERS."""

    sock: socket.socket | None

    def getresponse(self) -> Any:
        cut = threading.Event()

        def cut_off() -> None:
            with suppress(OSError):  # it may have come to its end just now
                if self.sock is not None:
                    cut.set()
                    self.sock.shutdown(socket.SHUT_RDWR)

        timer = threading.Timer(LONGEST_HEADERS, cut_off)
        timer.daemon = True
        timer.start()
        try:
            answer = super().getresponse()  # type: ignore[misc]
        except (OSError, HTTPException) as error:
            if cut.is_set():  # a status line that was cut looks like a connection that was closed
                raise TimeoutError("the status line did not come to its end") from error
            raise
        finally:
            timer.cancel()
        if cut.is_set():  # headers that were cut look whole
            raise TimeoutError("the headers did not come to their end")
        return answer


class _Connection(_CutOff, HTTPConnection):
    pass


class _SecureConnection(_CutOff, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


_POOLS = {"http": _Pool, "https": _SecurePool}


def _trusting_what_the_machine_trusts() -> ssl.SSLContext:
    """The certificates of this machine (on Windows those that its administrators gave it; SSL_CERT_FILE elsewhere).

    requests adds its own list, or that of REQUESTS_CA_BUNDLE. Since Python 3.13 certificates must also keep to the
    letter of RFC 5280, which those of many web filters do not; here they are checked as in Python 3.11.
    """
    context = create_urllib3_context()
    context.load_default_certs()
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return context


class Adapter(HTTPAdapter):
    """An adapter whose connections cut off headers that drip, and trust the certificates that the machine trusts."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Make the pools of this adapter with our connections."""
        super().init_poolmanager(*args, ssl_context=_trusting_what_the_machine_trusts(), **options)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """The same for the pools of a proxy."""
        manager = super().proxy_manager_for(proxy, ssl_context=_trusting_what_the_machine_trusts(), **options)
        manager.pool_classes_by_scheme = _POOLS
        return manager


def innermost(error: BaseException) -> BaseException:
    """The first cause that a request's error wraps."""
    for wrapped in (getattr(error, "reason", None), *error.args):
        if isinstance(wrapped, BaseException):
            return innermost(wrapped)
    return error


def ran_out_of_time(error: BaseException) -> bool:
    """Whether a request failed because nothing came in time."""
    return _was_silence(_cause(error))


def _cause(error: BaseException) -> BaseException:
    """urllib3's own error within that of requests."""
    inner = error.args[0] if error.args else None
    if isinstance(inner, urllib3.exceptions.MaxRetryError) and inner.reason is not None:
        return inner.reason
    return inner if isinstance(inner, BaseException) else error


_WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (urllib3.exceptions.NameResolutionError, "its name is not known (is this computer on the network?)"),
    (urllib3.exceptions.NewConnectionError, "the connection was refused"),
    (urllib3.exceptions.ConnectTimeoutError, "no connection came about in time"),
    (urllib3.exceptions.ReadTimeoutError, "nothing came in time"),
    (urllib3.exceptions.SSLError, "its certificate could not be checked"),
    (urllib3.exceptions.IncompleteRead, "the body ends too early"),
)


def reason(error: BaseException) -> str:
    """Why a request failed, in words that name the cause and not the library."""
    cause = _cause(error)
    said = str(innermost(cause))[:120]
    if isinstance(cause, urllib3.exceptions.ProxyError):
        refused = "Tunnel connection failed" in said
        return f"the proxy of this network {'refused' if refused else 'can not be reached'} ({said})"
    words = next((words for kind, words in _WORDS if isinstance(cause, kind)), "")
    return f"{words} ({said})" if words and isinstance(cause, urllib3.exceptions.SSLError) else words or said


def advice(error: BaseException) -> str:
    """What to do about a request that failed; to wait helps only against some causes."""
    cause = _cause(error)
    said = str(innermost(cause))
    if isinstance(cause, urllib3.exceptions.SSLError) and ("expired" in said or "not yet valid" in said):
        return "Is this computer's clock right? If it is, the publisher's certificate ran out: try again later."
    if isinstance(cause, urllib3.exceptions.SSLError):
        return (
            "Probably this network's web filter stands in between with a certificate of its own: set"
            " REQUESTS_CA_BUNDLE (or SSL_CERT_FILE) to the file of your organisation's certificates, which its IT"
            " support has."
        )
    if isinstance(cause, urllib3.exceptions.ProxyError) and " 407 " in said:
        return "It wants a name and a password: set HTTPS_PROXY=http://NAME:PASSWORD@PROXY:PORT."
    if isinstance(cause, urllib3.exceptions.ProxyError) and "Tunnel connection failed" in said:
        return "Ask those who run it to let this address through."
    if isinstance(cause, urllib3.exceptions.ProxyError):
        return "Set HTTPS_PROXY to its right address, or remove it where there is no proxy."
    if not isinstance(error, RequestException):
        return "REQUESTS_CA_BUNDLE must name a file of certificates."
    return "Try again later."
