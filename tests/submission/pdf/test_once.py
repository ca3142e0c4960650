"""What was found out of a document is said again of the same bytes, and of no others."""

from __future__ import annotations

import io

import pytest

from desktop.submission.pdf import once
from desktop.submission.pdf.once import Once


class Question:
    """What is asked of a document, and how often somebody looked."""

    def __init__(self) -> None:
        self.looked: list[bytes] = []
        self.once = Once[bytes](lambda found: not found.startswith(b"bad"))

    def ask(self, data: bytes, *about: object) -> bytes:
        def look(file: io.BytesIO) -> bytes:
            self.looked.append(file.read())
            if data.startswith(b"none"):
                raise ValueError(data)
            return data[:4]

        file = io.BytesIO(data)
        file.seek(2)
        return self.once.ask(file, about, look)


def test_of_the_same_bytes_it_is_said_again() -> None:
    asked = Question()
    assert [asked.ask(each) for each in (b"good 1", b"good 2", b"good 1")] == [b"good"] * 3
    assert asked.looked == [b"good 1", b"good 2"]
    # by something else it may be another answer
    asked.ask(b"good 1", 5)
    assert len(asked.looked) == 3


def test_no_refusal_is_said_again_nor_what_may_be_worse_than_it_is() -> None:
    asked = Question()
    for _ in range(2):
        assert asked.ask(b"bad 1") == b"bad "
        with pytest.raises(ValueError, match="none"):
            asked.ask(b"none")
    assert len(asked.looked) == 4


def test_a_few_are_kept_and_nothing_large_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Question()
    monkeypatch.setattr(once, "_MOST", 1)
    monkeypatch.setattr(once, "_HELD", 6)
    for _ in range(2):
        asked.ask(b"good 1")
        asked.ask(b"good 2")
    assert len(asked.looked) == 4
    assert len(asked.once._known) == 1
    for _ in range(2):
        asked.ask(b"good 16")
    assert len(asked.looked) == 6
