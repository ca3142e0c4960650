"""What is new, gone and changed from one pack to another, part by part, as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from desktop.base import LocalText, Message
from desktop.guideline.pack import (
    Choice,
    Field,
    FixedRow,
    Pack,
    Part,
    RowGroup,
    SubDimension,
)
from desktop.guideline.parts import KINDS, built, id_of, parts, plain, title_of

Change = Literal["new", "gone", "changed"]

_GROUPS = {
    "title": "text", "label": "text", "name": "text", "subject": "text", "message": "text",
    "help": "explanation", "why": "explanation", "example": "explanation", "purpose": "explanation",
    "goal": "explanation", "guidance": "explanation", "standard": "explanation", "note": "explanation",
    "target": "explanation", "elements": "explanation", "survey_items": "explanation",
    "outcome_indicators": "explanation", "topics": "explanation", "members": "explanation",
    "type": "type", "required": "required", "choices": "choices", "unit": "unit",
    "verified": "verified", "elements_verified": "verified", "source": "source",
    "min_words": "limits", "max_words": "limits", "min_rows": "limits", "min_years": "limits",
    "max_years": "limits", "scale_max": "limits", "years": "years", "days": "limits",
    "meetings_per_year": "limits", "evidence": "evidence", "blocks": "blocks", "pages": "blocks",
    "signers": "signers", "role": "signers", "per": "signers", "code": "code", "number": "code",
    "status": "status", "version": "version",
    "issuer": "issuer", "params": "params", "check": "params", "list": "list", "kind": "kind",
    "score": "score", "tone": "score", "groups": "explanation", "sections": "explanation",
}  # fmt: skip
"""Which word (``guideline.aspect.<word>``) an attribute of a part is told under; others are ``other``."""

_SHOWN = frozenset(
    {"text", "type", "required", "code", "status", "version", "limits", "score", "years", "unit", "list"}
)
"""Aspects whose old and new value are short enough to be said."""
_LONGEST = 80

_ITEMS = {"planning": "programme", "quick_win": "quick_win", "evaluation": "evaluation", "readiness": ""}
"""What the item ids inside a part that a pack has once begin with."""

_OUTER = (Choice, RowGroup, FixedRow, SubDimension)
"""Parts whose ids need those of what they lie in to be unique."""


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing about a part that changed; ``before`` and ``after`` are empty where they are too long."""

    name: str
    before: str | Message = ""
    after: str | Message = ""

    @property
    def message(self) -> Message:
        """The words: what changed, from what to what."""
        word = Message(f"guideline.aspect.{self.name}")
        if not (self.before or self.after):
            return word
        return Message(
            "guideline.aspect.from_to", what=word, before=self.before or "–", after=self.after or "–"
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """A part that one of two packs has and the other has not, or has otherwise."""

    change: Change
    kind: str
    id: str
    title: LocalText
    where: LocalText
    """What it lies in (the form of a field, the book of a chapter); empty at the top."""
    aspects: tuple[Aspect, ...] = ()

    @property
    def message(self) -> Message:
        """The sentence."""
        kind, ending = Message(f"guideline.part.{self.kind}"), "_in" if self.where else ""
        return Message(
            f"guideline.diff.{self.change}{ending}",
            kind=kind, title=self.title, id=self.id, where=self.where,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Part:
    part: Part
    id: str
    where: LocalText
    holder: str


def compare(before: Pack, after: Pack, language: str = "id") -> tuple[Difference, ...]:
    """Every difference, in the order of the newer pack's files, what is gone after each kind.

    ``language`` is that of the short values shown. Parts are the same when their ids are, wherever in the
    pack they stand.
    """
    old, new = _index(before), _index(after)
    found = []
    for key, one in new.items():
        there = old.get(key)
        if there is None:
            found.append(_difference("new", key[0], one))
        elif aspects := tuple(_aspects(there, one, language)):
            found.append(_difference("changed", key[0], one, aspects))
    found += [_difference("gone", key[0], one) for key, one in old.items() if key not in new]
    order = list(dict.fromkeys(KINDS.values()))
    # a choice of a question that is new itself, or gone, says nothing more
    whole = {(one.kind, one.id) for one in found if one.change != "changed"}
    told = [one for one in found if not _told_by_its_holder(one, whole)]
    return tuple(sorted(told, key=lambda one: order.index(one.kind)))


def _told_by_its_holder(one: Difference, whole: set[tuple[str, str]]) -> bool:
    return one.kind in {"choice", "row_group", "fixed_row", "sub_dimension"} and any(
        (kind, one.id.rsplit(".", 1)[0]) in whole for kind in ("field", "measure", "worksheet", "dimension")
    )


def _difference(change: Change, kind: str, one: _Part, aspects: tuple[Aspect, ...] = ()) -> Difference:
    return Difference(change, kind, one.id, title_of(one.part), one.where, aspects)


def _index(pack: Pack) -> dict[tuple[str, str], _Part]:
    """Every part that has a name of its own, by kind and full id."""
    found: dict[tuple[str, str], _Part] = {}
    holders: list[tuple[str, str, LocalText]] = []
    """Keys of the parts around the present one, with the id and title that names inside them begin with."""
    for key, part in parts(pack):
        while holders and not key.startswith((f"{holders[-1][0]}.", f"{holders[-1][0]}[")):
            holders.pop()
        prefix, where = (holders[-1][1], holders[-1][2]) if holders else ("", LocalText())
        if type(part) not in KINDS:
            holders.append((key, prefix, where))
            continue
        own = id_of(part)
        nested = isinstance(part, Field | Choice | RowGroup | FixedRow | SubDimension)
        full = f"{prefix}.{own}" if nested and prefix else own
        kind = KINDS[type(part)]
        # the pack itself is the same thing under whatever id
        found.setdefault((kind, "" if kind == "pack" else full), _Part(part, full, where, prefix))
        if kind == "pack":
            continue
        inside = _ITEMS.get(kind)
        holders.append((key, full, title_of(part)) if inside is None else (key, inside, where))
    return found


def _aspects(old: _Part, new: _Part, language: str) -> Iterator[Aspect]:
    before, after = plain(old.part), plain(new.part)
    told: set[str] = set()
    for name in dict.fromkeys([*before, *after]):
        was, now = before.get(name), after.get(name)
        if was == now or name in {"format", "id", "based_on"}:
            continue
        word = _GROUPS.get(name, "other")
        if word in told:
            continue
        told.add(word)
        if word in _SHOWN:
            yield Aspect(word, _value(was, language), _value(now, language))
        else:
            yield Aspect(word)
    if old.holder != new.holder and not isinstance(new.part, _OUTER):
        yield Aspect("place", old.where.read(language), new.where.read(language))


def _value(value: object, language: str) -> str | Message:
    if isinstance(value, bool):
        return Message("guideline.aspect.yes" if value else "guideline.aspect.no")
    return _short(value, language)


def _short(value: object, language: str) -> str:
    if isinstance(value, LocalText):
        value = value.read(language)
    if isinstance(value, tuple):
        value = ", ".join(_short(one, language) for one in value)
    text = "" if value is None else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def as_json(one: Difference) -> dict[str, object]:
    """The difference as plain data."""
    return {
        "change": one.change,
        "part": one.kind,
        "id": one.id,
        "title": built(one.title),
        "in": built(one.where),
        "aspects": [
            {"what": each.name, "before": _written(each.before), "after": _written(each.after)}
            for each in one.aspects
        ],
    }


def _written(value: str | Message) -> str | bool:
    return value.id.endswith(".yes") if isinstance(value, Message) else value
