"""What a process that reads files hands back, as bytes: only values of the kinds that were agreed upon.

A hostile file may have got hold of that process, so nothing is unpickled here. What came is built anew by
the annotations of our own classes, and what does not fit them is a ValueError.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from functools import cache, partial
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast

from desktop.base.message import Message

T = TypeVar("T")
Build = Callable[[Any], Any]
_BARE = frozenset({str, bool, int, float, bytes, NoneType})
_SENT = _BARE | {Decimal}
"""What stands for itself; everything else is a list, or a map of one key that names its kind."""
_BIG = 1 << 63
_NUMBER, _LONGEST = 1, 400
"""The code under which a number is sent that is exact, and how many figures it may have."""
_MANY = 200
"""Things in a list, from which each is made ready by itself."""


class Unfit(ValueError):
    """What came is nothing that a process of ours would send."""


class Streamed:
    """A long list that is made while it is sent: neither it nor what it is made of is there as a whole."""

    def __init__(self, values: Iterable[Any]) -> None:
        self._values = values

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)


def packed(value: Any) -> bytes:
    """A value of dataclasses, tuples, sets, mappings, texts, numbers and dates."""
    import msgspec

    return msgspec.msgpack.encode(_plain(value))


def _number(code: int, said: memoryview) -> Decimal:
    if code != _NUMBER or len(said) > _LONGEST:
        raise Unfit(code)
    return Decimal(bytes(said).decode("ascii"))


def unpacked(kind: type[T], data: object) -> T:
    """A value of this kind again. Raises Unfit where it is anything else."""
    import msgspec

    if not isinstance(data, bytes):
        raise Unfit(type(data))
    wanted: Any = kind
    build = _builder(wanted)
    try:
        return cast("T", build(msgspec.msgpack.decode(data, ext_hook=_number)))
    except (
        msgspec.MsgspecError,
        TypeError,
        LookupError,
        ArithmeticError,
        AttributeError,
        ValueError,
        RuntimeError,
    ) as error:
        raise Unfit(kind) from error


def _plain(value: Any) -> Any:
    import msgspec

    kind = type(value)
    if kind in _BARE and not (kind is int and abs(value) >= _BIG):
        return value
    if kind in {tuple, list, frozenset, set, Streamed}:
        if kind is not Streamed and len(value) < _MANY:
            return [_plain(each) for each in value]
        # the half-made form of a long list takes more memory than the list
        return [msgspec.Raw(msgspec.msgpack.encode(_plain(each))) for each in value]
    if kind is Decimal:
        return msgspec.msgpack.Ext(_NUMBER, str(value).encode())
    if isinstance(value, Mapping):
        return {"map": [[_plain(key), _plain(each)] for key, each in value.items()]}
    if isinstance(value, Message):
        return {"Message": value.to_json()}
    if isinstance(value, dt.date):
        return {kind.__name__: value.isoformat()}
    if isinstance(value, Enum):
        return {kind.__name__: value.value}
    if isinstance(value, Path):
        return {"Path": str(value)}
    if dataclasses.is_dataclass(value):
        return {kind.__name__: [_plain(getattr(value, one.name)) for one in dataclasses.fields(value)]}
    raise TypeError(kind)


@cache
def _builder(kind: Any) -> Build:
    """What builds a value of this kind out of what was sent."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if kind in _SENT:
        return partial(_bare, kind)
    if origin in {Union, UnionType}:
        return partial(_one_of, {key: build for one in inner for key, build in _keys(one)})
    if origin is Literal:
        return partial(_among, frozenset(inner))
    if origin is tuple and inner[-1] is Ellipsis:
        return partial(_many, tuple, _builder(inner[0]))
    if origin is tuple:
        return partial(_few, tuple(map(_builder, inner)))
    if origin in {frozenset, list}:
        return partial(_many, origin, _builder(inner[0]))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return partial(_mapping, *map(_builder, inner))
    return partial(_named, *_special(kind))


def _keys(kind: Any) -> list[tuple[Any, Build]]:
    """By which key of what was sent a kind is known within a union."""
    if typing.get_origin(kind) in {Union, UnionType}:
        return [pair for one in typing.get_args(kind) for pair in _keys(one)]
    if kind in _SENT:
        return [(kind, _builder(kind))]
    if (origin := typing.get_origin(kind)) is Literal:
        return [(str, _builder(kind))]
    if origin in {tuple, frozenset, list}:
        return [(list, _builder(kind))]
    return [("map" if origin is not None else _special(kind)[0], _builder(kind))]


def _special(kind: Any) -> tuple[str, Build]:
    """The name under which a value of this kind is sent, and what builds it out of the rest."""
    if kind is Message:
        return "Message", Message.from_json
    if kind in {dt.date, dt.datetime}:
        return kind.__name__, kind.fromisoformat
    if issubclass(kind, Path):
        return "Path", Path
    if issubclass(kind, Enum):
        return kind.__name__, kind
    if not dataclasses.is_dataclass(kind):
        raise TypeError(kind)
    hints = typing.get_type_hints(kind)
    builders = [_builder(hints[one.name]) for one in dataclasses.fields(kind)]
    made: Any = kind
    return made.__name__, lambda sent: made(*(build(one) for build, one in zip(builders, sent, strict=True)))


def _bare(kind: type, sent: Any) -> Any:
    if type(sent) is not kind:
        raise Unfit(kind)
    return sent


def _one_of(builders: Mapping[Any, Build], sent: Any) -> Any:
    key = next(iter(sent), None) if type(sent) is dict else type(sent)
    return builders[key](sent)


def _among(values: frozenset[Any], sent: Any) -> Any:
    if sent not in values:
        raise Unfit(sent)
    return sent


def _many(kind: Callable[[Any], Any], build: Build, sent: Any) -> Any:
    if type(sent) is not list:
        raise Unfit(kind)
    return kind(map(build, sent))


def _few(builders: tuple[Build, ...], sent: Any) -> Any:
    return tuple(build(one) for build, one in zip(builders, sent, strict=True))


def _mapping(key: Build, value: Build, sent: Any) -> dict[Any, Any]:
    return {key(one): value(other) for one, other in sent["map"]}


def _named(name: str, build: Build, sent: Any) -> Any:
    return build(sent[name])
