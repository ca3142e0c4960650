"""What a file says of itself, made harmless to show in a verdict, and no longer than anybody reads."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

from desktop.base import LocalText, Message
from desktop.base.message import Param
from desktop.base.plain import plain
from desktop.submission.verdict import Reason, Verdict

SHOWN = 300
"""Signs of one text in a verdict: certificates and guidelines can hold megabytes of it."""
T = TypeVar("T")

__all__ = ["SHOWN", "plain", "plain_message", "plain_verdict", "shown"]


def shown(text: str) -> str:
    """The same, cut where nobody reads on."""
    text = plain(text[: 4 * SHOWN])
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "\N{HORIZONTAL ELLIPSIS}"


def plain_message(message: Message) -> Message:
    """The same message with plain words in it."""
    return message.with_params(_param)


def _param(value: Param) -> Param:
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, LocalText):
        return LocalText({language: shown(text) for language, text in list(value.texts.items())[:10]})
    return plain_message(value) if isinstance(value, Message) else value


def plain_verdict(verdict: Verdict) -> Verdict:
    """The same verdict with plain words in it; the name of the file itself stays as it is."""
    return dataclasses.replace(
        verdict,
        reasons=tuple(Reason(one.weight, plain_message(one.message)) for one in verdict.reasons),
        signatures=tuple(_fields(one) for one in verdict.signatures),
        package=_fields(verdict.package) if verdict.package is not None else None,
        files=tuple(_fields(one) for one in verdict.files),
    )


def _fields(value: T) -> T:
    """A report with plain words in all its fields."""
    changes: dict[str, Any] = {}
    for field in dataclasses.fields(value):  # type: ignore[arg-type]  # each of them is a dataclass
        held = getattr(value, field.name)
        if isinstance(held, str):
            changes[field.name] = shown(held)
        elif isinstance(held, tuple):
            changes[field.name] = tuple(shown(one) if isinstance(one, str) else _fields(one) for one in held)
    return dataclasses.replace(value, **changes)  # type: ignore[type-var]
