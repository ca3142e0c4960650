"""What the objects of a document may be: kinds of dictionaries, each with its entries and what each may hold.

A kind says of every entry whether it has to be there and what its value is: of which type, one of which
values, or leading to which kind. The walk begins with the trailer and follows every reference; each object is
of one kind and is led to once, unless its kind is shared. What nothing leads to, our writer does not write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from desktop.base.bounded.limits import is_short
from desktop.submission.pdf.letters import Fonts

_FARTHEST = 20_000
_MOST_DIGITS = 17
"""As many as a number in double precision has."""
_LINES = b"\t\n\r"
_OTHER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe")
"""Texts that begin so are of one alphabet for some programs and of another for the rest."""
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

Check = Callable[["Walk", Any], None]
"""Looks at one value, or at a dictionary as a whole; raises :class:`Odd`."""


class NotLookedThrough(Exception):
    """There was no time to look at all of a document; nothing odd was found so far."""


class Odd(ValueError):
    """Something that our writer does not write; where it stands, as ISO 32000-1 calls it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of dictionary, or of stream."""

    name: str
    needed: Mapping[str, Check]
    free: Mapping[str, Check] = field(default_factory=dict)
    """What may be left out."""
    named: tuple[re.Pattern[str], Check] | None = None
    """Entries under names that the document gives, as resources have them."""
    stream: bool = False
    shared: bool = False
    """Whether several places lead to one."""
    together: Check | None = None
    """How the entries belong together, and to what else was found; asked at the end."""


class Walk:
    """Which object is of which kind, as far as the walk has come."""

    def __init__(self) -> None:
        self.kinds: dict[int, str] = {}
        self.fonts = Fonts()
        self._claims: list[tuple[str, int, tuple[str, ...]]] = []
        self._waiting: list[tuple[Kind, Any]] = []
        self._found: list[tuple[Kind, Any]] = []
        self._where = ""

    def run(self, kind: Kind, start: Any) -> None:
        """Look at what begins here and at all it leads to.

        Raises :class:`Odd`, :class:`NotLookedThrough`, and what pikepdf raises.
        """
        self.take(kind, start)
        while self._waiting:
            go_on()
            self._look(*self._waiting.pop())
        for where, number, names in self._claims:
            if self.kinds.get(number) not in names:
                raise Odd(where)
        for one, value in self._found:
            if one.together is not None:
                go_on()
                self._where = one.name
                one.together(self, value)

    def of(self, kind: str) -> list[Any]:
        """Everything that was found of a kind."""
        return [value for one, value in self._found if one.name == kind]

    def odd(self) -> Odd:
        """What is looked at now is not as we write it."""
        return Odd(self._where)

    def take(self, kind: Kind, value: Any) -> None:
        """A value that is to be of a kind."""
        import pikepdf

        if not isinstance(value, pikepdf.Stream if kind.stream else pikepdf.Dictionary):
            raise self.odd()
        if value.is_indirect and self.note(kind.name, value, shared=kind.shared):
            return
        self._waiting.append((kind, value))

    def note(self, name: str, value: Any, *, shared: bool = False) -> bool:
        """Remember of which kind an object is; whether that was known."""
        number, generation = value.objgen
        known = self.kinds.get(number)
        if generation or not (known is None or (shared and known == name)):
            raise self.odd()
        self.kinds[number] = name
        return known is not None

    def claim(self, names: tuple[str, ...], value: Any) -> None:
        """A value that leads back to an object of such a kind, which is looked at where it belongs."""
        import pikepdf

        if not isinstance(value, pikepdf.Dictionary) or not value.is_indirect or value.objgen[1]:
            raise self.odd()
        self._claims.append((self._where, value.objgen[0], names))

    def _look(self, kind: Kind, value: Any) -> None:
        keys = set(value.keys())
        self._where = f"{kind.name} {min(kind.needed.keys() - keys, default='')}".strip()
        if not kind.needed.keys() <= keys:
            raise self.odd()
        for key in sorted(keys):
            self._where = f"{kind.name} {key}"
            check = kind.needed.get(key) or kind.free.get(key)
            if check is None and kind.named is not None and kind.named[0].fullmatch(key):
                check = kind.named[1]
            if check is None:
                raise self.odd()
            check(self, value[key])
        self._found.append((kind, value))


def go_on() -> None:
    """Raise NotLookedThrough where there is no time for more."""
    if is_short():
        raise NotLookedThrough


def name(*names: str) -> Check:
    """One of these names; a text of the same letters is none."""

    def check(walk: Walk, value: Any) -> None:
        import pikepdf

        if not isinstance(value, pikepdf.Name) or value.is_indirect or str(value) not in names:
            raise walk.odd()

    return check


def named(pattern: str) -> Check:
    """A name in this form."""
    form = re.compile(pattern)

    def check(walk: Walk, value: Any) -> None:
        import pikepdf

        if not isinstance(value, pikepdf.Name) or value.is_indirect or not form.fullmatch(str(value)):
            raise walk.odd()

    return check


def whole(least: int, most: int | None = None) -> Check:
    """A whole number: this one, or one between both. Truth is none, nor is a number with a point."""

    def check(walk: Walk, value: Any) -> None:
        if type(value) is not int or not least <= value <= (least if most is None else most):
            raise walk.odd()

    return check


def number(walk: Walk, value: Any) -> None:
    """Any number of a place on a page."""
    if type(value) not in (int, Decimal) or not -_FARTHEST <= value <= _FARTHEST:
        raise walk.odd()
    if isinstance(value, Decimal) and len(value.as_tuple().digits) > _MOST_DIGITS:
        raise walk.odd()


def text(pattern: str | None = None) -> Check:
    """A text that every program reads alike, in this form."""
    form = re.compile(pattern) if pattern is not None else None

    def check(walk: Walk, value: Any) -> None:
        import pikepdf

        if not isinstance(value, pikepdf.String) or value.is_indirect:
            raise walk.odd()
        held = bytes(value)
        if not _is_read_alike(held) or (form is not None and not form.fullmatch(str(value))):
            raise walk.odd()

    return check


def _is_read_alike(held: bytes) -> bool:
    if held.startswith(b"\xfe\xff"):
        try:
            return not _UNSEEN.search(held[2:].decode("utf-16-be"))
        except UnicodeDecodeError:
            return False
    # 0x1b begins the name of a language
    plain = all((one >= 0x18 and one != 0x1B) or one in _LINES for one in held)
    return plain and not held.startswith(_OTHER_MARKS)


def drawn(walk: Walk, value: Any) -> None:
    """Sixteen bytes drawn by chance, or a sum."""
    import pikepdf

    if not isinstance(value, pikepdf.String) or value.is_indirect or len(bytes(value)) != 16:
        raise walk.odd()


def numbers(count: int) -> Check:
    """So many numbers in a row."""
    return row(*[number] * count)


def row(*each: Check) -> Check:
    """An array of just these values, which stands where it is used."""

    def check(walk: Walk, value: Any) -> None:
        held = _array(walk, value, own=True)
        if len(held) != len(each):
            raise walk.odd()
        for one, part in zip(each, held, strict=True):
            one(walk, part)

    return check


def many(each: Check, *, apart: bool = False) -> Check:
    """An array of one or more of these; ``apart`` lets it be an object of its own."""

    def check(walk: Walk, value: Any) -> None:
        held = _array(walk, value, own=not apart)
        if not held:
            raise walk.odd()
        for part in held:
            each(walk, part)

    return check


def _array(walk: Walk, value: Any, *, own: bool) -> list[Any]:
    import pikepdf

    if not isinstance(value, pikepdf.Array) or (own and value.is_indirect):
        raise walk.odd()
    if value.is_indirect:
        walk.note("array", value)
    return [value[at] for at in range(len(value))]


def here(kind: Kind) -> Check:
    """A dictionary of a kind that stands where it is used."""

    def check(walk: Walk, value: Any) -> None:
        if getattr(value, "is_indirect", True):
            raise walk.odd()
        walk.take(kind, value)

    return check


def to(kind: Kind | Callable[[], Kind]) -> Check:
    """A reference to an object of a kind."""

    def check(walk: Walk, value: Any) -> None:
        if not getattr(value, "is_indirect", False):
            raise walk.odd()
        walk.take(kind if isinstance(kind, Kind) else kind(), value)

    return check


def back(*kinds: str) -> Check:
    """A reference to an object of one of these kinds that is looked at elsewhere."""
    return lambda walk, value: walk.claim(kinds, value)


def either(*checks: Check) -> Check:
    """What the first of these takes that finds nothing odd about its type."""

    def check(walk: Walk, value: Any) -> None:
        for one in checks[:-1]:
            try:
                return one(walk, value)
            except Odd:
                continue
        return checks[-1](walk, value)

    return check


def by_kind(**kinds: Kind) -> Check:
    """A reference to what its own ``/Subtype`` says that it is."""

    def check(walk: Walk, value: Any) -> None:
        import pikepdf

        said = value.get("/Subtype") if isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)) else None
        kind = kinds.get(str(said)[1:]) if isinstance(said, pikepdf.Name) else None
        if kind is None:
            raise walk.odd()
        to(kind)(walk, value)

    return check
