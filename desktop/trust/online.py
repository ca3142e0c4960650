"""The only place from which the program asks something of the network, always because a person said so.

One request, one bounded answer: plain ``http`` or ``https``, no proxy out of the environment, few
redirects, a limit for connecting, for the whole and for the size. The work happens in a thread of its
own, so that neither a name server nor a trickling server can hold whoever waits: they are told
meanwhile, and may give up.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field

from desktop.base import Message, RancangError

REDIRECTS = 3
_MOVED = (301, 302, 303, 307, 308)
_TICK = 0.1
_PIECE = 1 << 16


class NoAnswer(RancangError):
    """A service on the network gave no answer that can be used; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait (seconds) and how much to read (bytes)."""

    connect: float = 10
    total: float = 30
    size: int = 1 << 20


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of an address: GET, or POST where there is a body."""

    address: str
    body: bytes | None = field(default=None, repr=False)
    kind: str = ""
    """Media type of the body."""
    answers: tuple[str, ...] = ()
    """Media types the answer may have; any, where none is named."""


def host_of(address: str) -> str:
    """The name people know a service by. Raises :class:`NoAnswer` for what is no web address."""
    try:
        parts = urllib.parse.urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise NoAnswer(Message("trust.online.address", address=address)) from error
    plain = all(" " < sign < "\x7f" for sign in address)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or not plain:
        raise NoAnswer(Message("trust.online.address", address=address))
    return parts.hostname + (f":{port}" if port else "")


def ask(question: Question, tick: Callable[[], None], limits: Limits | None = None) -> bytes:
    """The body of the answer. ``tick`` is called while waiting and may raise to give up.

    Raises :class:`NoAnswer` with what was wrong.
    """
    limits = limits or Limits()
    host = host_of(question.address)
    exchange = _Exchange(question, limits)
    exchange.thread.start()
    end = time.monotonic() + limits.total
    try:
        while exchange.thread.is_alive():
            tick()
            exchange.thread.join(_TICK)
            if time.monotonic() > end:
                raise NoAnswer(Message("trust.online.slow", host=host, seconds=f"{limits.total:g}"))
    finally:
        exchange.stop()
    return exchange.result()


class _Exchange:
    """A request on its way; whoever waits may close it at any moment."""

    def __init__(self, question: Question, limits: Limits) -> None:
        self.thread = threading.Thread(target=self._run, daemon=True)
        self._question = question
        self._limits = limits
        self._connection: http.client.HTTPConnection | None = None
        self._answer: bytes | None = None
        self._problem: Message | None = None

    def stop(self) -> None:
        """Whatever still comes is of no interest."""
        connection = self._connection
        if connection is not None and connection.sock is not None:
            with contextlib.suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    def result(self) -> bytes:
        if self._problem is not None:
            raise NoAnswer(self._problem)
        if self._answer is None:
            raise NoAnswer(Message("trust.online.unreachable", host=host_of(self._question.address)))
        return self._answer

    def _run(self) -> None:
        address = self._question.address
        try:
            for _ in range(REDIRECTS + 1):
                answer = self._once(address)
                if isinstance(answer, bytes):
                    self._answer = answer
                    return
                # From a protected connection to an open one nobody goes unasked.
                if address.startswith("https:") and not answer.startswith("https:"):
                    break
                address = answer
            self._problem = Message("trust.online.redirects", host=host_of(self._question.address))
        except NoAnswer as error:
            self._problem = error.message
        except ssl.SSLError as error:
            self._problem = Message("trust.online.tls", host=host_of(address), reason=error.reason or "TLS")
        except TimeoutError:
            self._problem = Message(
                "trust.online.slow", host=host_of(address), seconds=f"{self._limits.connect:g}"
            )
        except (OSError, http.client.HTTPException, ValueError):
            # ValueError: it leads to what is no address, or writes what is no HTTP
            self._problem = Message("trust.online.unreachable", host=host_of(address))

    def _once(self, address: str) -> bytes | str:
        """The body, or where else to ask."""
        host_of(address)
        parts = urllib.parse.urlsplit(address)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=self._limits.connect)
        self._connection = connection
        with contextlib.closing(connection):
            path = urllib.parse.urlunsplit(("", "", parts.path or "/", parts.query, ""))
            body, headers = self._question.body, {"Accept": ", ".join(self._question.answers) or "*/*"}
            if self._question.kind:
                headers["Content-Type"] = self._question.kind
            connection.request("GET" if body is None else "POST", path, body=body, headers=headers)
            answer = connection.getresponse()
            if answer.status in _MOVED:
                return urllib.parse.urljoin(address, answer.getheader("Location") or "")
            return self._body(answer, host_of(address))

    def _body(self, answer: http.client.HTTPResponse, host: str) -> bytes:
        if answer.status != http.client.OK:
            raise NoAnswer(Message("trust.online.status", host=host, status=str(answer.status)))
        found = answer.headers.get_content_type()
        if self._question.answers and found not in self._question.answers:
            raise NoAnswer(Message("trust.online.kind", host=host, kind=found))
        data = bytearray()
        # piece by piece: a chunk of a size below zero makes read() go on for ever, whatever was asked for
        while piece := answer.read1(_PIECE):
            data += piece
            if len(data) > self._limits.size:
                raise NoAnswer(Message("trust.online.too_large", host=host))
        if answer.length:
            raise http.client.IncompleteRead(bytes(data), answer.length)
        return bytes(data)
