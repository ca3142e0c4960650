"""A sentence for a person, kept as an id and parameters until somebody reads it."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias, Union

from desktop.base.language import LocalText


@dataclass(frozen=True, slots=True)
class Rupiah:
    """An amount in whole rupiah."""

    amount: int


Param: TypeAlias = Union[str, int, Decimal, dt.date, Rupiah, LocalText, "Message"]
"""What a message may be told: a datetime is a date too; text is written as it is."""

_SHOWN = 200
"""Letters shown of what should have been a message and is none."""
_DEEPEST = 8
"""Messages within messages; a forged label could nest without end."""
_DECIMAL = re.compile(r"-?\d{1,40}(\.\d{1,40})?([eE][+-]?\d{1,2})?")


@dataclass(frozen=True, slots=True, init=False)
class Message:
    """An entry of the catalogues (``i18n/*/LC_MESSAGES/rancang.po``) with its parameters.

    The id is symbolic, ``room.topic.detail``; both languages are in the catalogues. Parameters fill
    the entry's ``{name}`` places: numbers, dates and :class:`Rupiah` are written by the reader's
    locale, a :class:`LocalText` or another message in the reader's language. Years and codes are
    passed as text, for they take no thousands separator. An integer parameter named ``n`` chooses
    the plural.
    """

    id: str
    params: Mapping[str, Param]

    def __init__(self, id: str, /, **params: Param) -> None:  # noqa: A002 - gettext's own word
        object.__setattr__(self, "id", id)
        object.__setattr__(self, "params", params)

    def __hash__(self) -> int:
        return hash((self.id, tuple(sorted(self.params))))

    def with_params(self, change: Callable[[Param], Param]) -> Message:
        """The same sentence with each of its parameters changed."""
        return self.with_named(lambda _, value: change(value))

    def with_named(self, change: Callable[[str, Param], Param]) -> Message:
        """The same, where what becomes of a parameter goes by its name too."""
        return type(self)(self.id, **{key: change(key, value) for key, value in self.params.items()})

    def knowing(self, **more: Param) -> Message:
        """The same sentence, with what it has no places for but whoever keeps it may ask for."""
        return type(self)(self.id, **{**self.params, **more})

    def to_json(self) -> dict[str, Any]:
        """A JSON object that :meth:`from_json` reads back (journal labels, ``--json`` output)."""
        return {"id": self.id, "params": {key: _encode(value) for key, value in self.params.items()}}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Message:
        """Read what :meth:`to_json` wrote; unknown shapes become their text, never an error."""
        return _message(data, 0)

    @classmethod
    def from_text(cls, text: str) -> Message:
        """Read a message kept as JSON text; what is no message is shown as it stands."""
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            return cls(text[:_SHOWN])
        return cls.from_json(data) if isinstance(data, Mapping) else cls(text[:_SHOWN])


def _encode(value: Param) -> Any:
    match value:
        case Message():
            return {"message": value.to_json()}
        case LocalText():
            return {"text": dict(value.texts)}
        case Rupiah():
            return {"rupiah": value.amount}
        case Decimal():
            return {"decimal": str(value)}
        case dt.datetime():
            return {"time": value.isoformat()}
        case dt.date():
            return {"date": value.isoformat()}
        case _:
            return value


def _message(data: Mapping[str, Any], depth: int) -> Message:
    params = data.get("params")
    pairs = params.items() if isinstance(params, Mapping) else ()
    return Message(str(data.get("id", "")), **{str(key): _decode(value, depth) for key, value in pairs})


def _decode(value: Any, depth: int) -> Param:
    """One parameter. A forged one (a date that is none, a number of a billion digits) becomes its text."""
    try:
        return _understood(value, depth)
    except (ValueError, ArithmeticError, TypeError):
        return _text(value)


def _understood(value: Any, depth: int) -> Param:
    match value:
        case {"message": Mapping() as inner} if depth < _DEEPEST:
            return _message(inner, depth + 1)
        case {"text": Mapping() as texts}:
            return LocalText({str(key): str(text) for key, text in texts.items()})
        case {"rupiah": int() as amount}:
            return Rupiah(amount)
        case {"decimal": str() as number} if _DECIMAL.fullmatch(number):
            return Decimal(number)
        case {"time": str() as when}:
            return dt.datetime.fromisoformat(when)
        case {"date": str() as day}:
            return dt.date.fromisoformat(day)
        case str() | int():
            return value
        case _:
            return _text(value)


def _text(value: Any) -> str:
    try:
        return str(value)[:_SHOWN]
    except (ValueError, RecursionError):
        return "?"
