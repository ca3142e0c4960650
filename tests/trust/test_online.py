"""One request and one bounded answer, whatever the other side says."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from desktop.trust.online import Limits, NoAnswer, Question, ask

LIMITS = Limits(connect=60, total=60, size=1000)


@contextmanager
def answering(*answers: bytes) -> Iterator[str]:
    """A server that says these bytes, one connection after the other; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(5)

        def serve() -> None:
            for answer in answers:
                connection, _ = listening.accept()
                with connection:
                    connection.recv(65536)
                    try:
                        connection.sendall(answer)
                    except OSError:  # whoever asked has heard enough
                        return

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        finally:
            thread.join()


def asked(answer: bytes) -> bytes:
    with answering(answer) as address:
        return ask(Question(address), lambda: None, LIMITS)


def head(*lines: str) -> bytes:
    return "\r\n".join(("HTTP/1.1 200 OK", *lines, "", "")).encode()


def test_a_plain_answer_and_one_in_pieces() -> None:
    assert asked(head("Content-Length: 3") + b"abc") == b"abc"
    assert asked(head("Transfer-Encoding: chunked") + b"2\r\nab\r\n1\r\nc\r\n0\r\n\r\n") == b"abc"


def code(call: Callable[[], object]) -> str:
    with pytest.raises(NoAnswer) as told:
        call()
    return told.value.message.id


@pytest.mark.parametrize(
    "answer",
    [
        head("Content-Length: 2000") + b"x" * 2000,
        head("Connection: close") + b"x" * 2000,
        head("Transfer-Encoding: chunked") + b"7d0\r\n" + b"x" * 2000 + b"\r\n0\r\n\r\n",
        # a size below zero once made it read until the other side had enough
        head("Transfer-Encoding: chunked") + b"-1\r\n" + b"x" * 2_000_000,
    ],
)
def test_no_more_is_read_than_an_answer_may_have(answer: bytes) -> None:
    assert code(lambda: asked(answer)) == "trust.online.too_large"


@pytest.mark.parametrize(
    "answer",
    [
        head("Content-Length: 30") + b"cut",
        b"HTTP/1.1 302 Found\r\nLocation: http://[\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:x/\r\n\r\n",
        b"no answer at all",
        b"",
    ],
)
def test_what_is_no_answer_is_told_as_none(answer: bytes) -> None:
    assert code(lambda: asked(answer)) in {"trust.online.unreachable", "trust.online.address"}
