"""What the command line says: sentences for people, or one JSON object per line for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from desktop.base import Language, Message, render
from desktop.base.plain import hides, plain, plain_message


class Console:
    """Results go to standard output; progress and failures to standard error."""

    def __init__(self, language: Language, *, as_json: bool) -> None:
        self.language = language
        self.as_json = as_json
        for stream in (sys.stdout, sys.stderr):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None:
                # a Windows console may know fewer letters than we write: show what it can, never fail
                reconfigure(errors="replace")

    def text(self, message: Message) -> str:
        """A message in the chosen language; what others named it after cannot write lines of its own."""
        return render(plain_message(message), self.language)

    def record(self, kind: str, data: Mapping[str, Any], line: Message | str | Sequence[str]) -> None:
        """One result: an object with ``kind`` in JSON, a line of text otherwise, or several.

        A text is one line whatever stands in it: nobody's words begin a line that looks like ours.
        """
        if self.as_json:
            self._write({"kind": kind, **data})
        elif isinstance(line, Message):
            print(self.text(line), flush=True)
        else:
            print("\n".join(map(plain, [line] if isinstance(line, str) else line)), flush=True)

    def say(self, message: Message) -> None:
        """A sentence that is a result."""
        self.record("message", {"id": message.id, "text": self.text(message)}, message)

    def note(self, message: Message, indent: int = 0) -> None:
        """A sentence for people only; programs do not get it."""
        if not self.as_json:
            print(" " * indent + self.text(message), flush=True)

    def line(self, text: str) -> None:
        """A line for people only, in no language or in one already."""
        if not self.as_json:
            print(plain(text), flush=True)

    def fail(self, message: Message) -> None:
        """What went wrong and what to do."""
        if self.as_json:
            self._write({"kind": "error", "id": message.id, "text": self.text(message), **message.to_json()})
        else:
            print(self.text(message), file=sys.stderr, flush=True)

    def warn(self, message: Message) -> None:
        """What people should know although the work goes on."""
        if self.as_json:
            self._write({"kind": "warning", "id": message.id, "text": self.text(message)})
        else:
            print(self.text(message), file=sys.stderr, flush=True)

    def progress(self, done: int, total: int, message: Message) -> None:
        """How far a long job is (a :class:`desktop.base.jobs.Report`)."""
        if self.as_json:
            return
        where = f"[{done}/{total}] " if total else ""
        if sys.stderr.isatty():
            print(f"\r\x1b[2K{where}{self.text(message)}", end="", file=sys.stderr, flush=True)
            if done == total:
                print("\r\x1b[2K", end="", file=sys.stderr, flush=True)

    def ask(self, message: Message) -> str:
        """Ask at the terminal; the question stands beside the answer. Raises EOFError when nobody answers."""
        return input(self.text(message) + " ").strip()

    def _write(self, data: Mapping[str, Any]) -> None:
        text = json.dumps(data, ensure_ascii=False, default=str)
        print(text.translate(_escapes(text)), flush=True)


def _escapes(text: str) -> dict[int, str]:
    """How signs are written that are not seen: programs read them all the same.

    Some take them for ends of lines, and would get half an object; a terminal takes them for commands.
    """
    if text.isascii() and text.isprintable():
        return {}
    return {
        ord(sign): f"\\u{ord(sign):04x}" if sign <= "\uffff" else json.dumps(sign)[1:-1]
        for sign in set(text)
        if hides(sign)
    }


def hanging(head: str, text: str, indent: int = 4) -> list[str]:
    """A text of several lines behind what it is; its further lines stand below it, further in."""
    first, *more = text.splitlines() or [""]
    return [head + first, *(" " * indent + line for line in more)]


class Silent(Console):
    """A console for a part of a larger command, whose own words are not asked for."""

    def record(self, kind: str, data: Mapping[str, Any], line: Message | str | Sequence[str]) -> None:
        """Nothing is written."""

    def note(self, message: Message, indent: int = 0) -> None:
        """Nothing is written."""

    def line(self, text: str) -> None:
        """Nothing is written."""

    def warn(self, message: Message) -> None:
        """Nothing is written."""

    def progress(self, done: int, total: int, message: Message) -> None:
        """Nothing is written."""
