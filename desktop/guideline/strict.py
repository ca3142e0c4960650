"""Strict JSON: no floats, no key twice, no characters that XML cannot carry; each fault with its key."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from desktop.base import Message
from desktop.guideline.broken import BrokenPack, Fault, broken

_MAX_INTEGER = 2**53 - 1
"""Beyond this RFC 8785 cannot write an integer that every reader reads back."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_TOLD = 100
"""So many faults of one file are told at once."""
_MAX_DEPTH = 40
"""No real pack nests a quarter as deep."""


@dataclass(frozen=True, slots=True)
class _Refused:
    """Stands in the parsed value where JSON allows something that a pack does not."""

    problem: Message
    remedy: Message


def parse(file: str, data: bytes) -> Any:
    """The JSON value of one file of a pack (``forms`` for forms.json). Raises BrokenPack."""
    name = f"{file}.json"
    try:
        value = json.loads(
            data.decode(),
            parse_float=_not_whole,
            parse_int=_integer,
            parse_constant=_not_whole,
            object_pairs_hook=_object,
        )
    except UnicodeDecodeError as error:
        problem = Message("guideline.problem.not_utf8", byte=str(error.start))
        raise broken(name, "", problem, Message("guideline.remedy.utf8")) from error
    except json.JSONDecodeError as error:
        problem = Message(
            "guideline.problem.syntax", line=str(error.lineno), column=str(error.colno), reason=error.msg
        )
        raise broken(name, "", problem, Message("guideline.remedy.syntax")) from error
    except RecursionError as error:
        problem = Message("guideline.problem.too_deep")
        raise broken(name, "", problem, Message("guideline.remedy.flatten")) from error
    found = tuple(islice(_faults(name, file, value), _TOLD))
    if found:
        raise BrokenPack(found)
    return value


def _not_whole(text: str) -> _Refused:
    return _Refused(Message("guideline.problem.float", number=text), Message("guideline.remedy.float"))


def _integer(text: str) -> int | _Refused:
    if len(text) > 17 or abs(int(text)) > _MAX_INTEGER:
        return _Refused(Message("guideline.problem.huge_number"), Message("guideline.remedy.float"))
    return int(text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        result[key] = value if key not in result else _twice(key)
    return result


def _twice(key: str) -> _Refused:
    return _Refused(Message("guideline.problem.key_twice", key=key), Message("guideline.remedy.key_twice"))


def _faults(name: str, key: str, value: Any, depth: int = 0) -> Iterator[Fault]:
    if depth > _MAX_DEPTH:
        yield Fault(name, key, Message("guideline.problem.too_deep"), Message("guideline.remedy.flatten"))
        return
    match value:
        case _Refused():
            yield Fault(name, key, value.problem, value.remedy)
        case str() if not _printable(value):
            yield _unprintable(name, key)
        case dict():
            for inner, item in value.items():
                if not _printable(inner):
                    yield _unprintable(name, key)
                yield from _faults(name, f"{key}.{inner}", item, depth + 1)
        case list():
            for index, item in enumerate(value):
                yield from _faults(name, f"{key}[{index}]", item, depth + 1)


def _unprintable(name: str, key: str) -> Fault:
    return Fault(name, key, Message("guideline.problem.character"), Message("guideline.remedy.character"))


def _printable(text: str) -> bool:
    """Whether XML 1.0, and so a Word file or an XML signature, may carry every character of the text."""
    return _UNPRINTABLE.search(text) is None
