"""Everything a pack is made of, one part after another: what is unverified, what lacks a translation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from desktop.base import LocalText, Message
from desktop.guideline.pack import (
    Body,
    Book,
    Chapter,
    Choice,
    Criterion,
    Dimension,
    Evaluation,
    Field,
    FieldGroup,
    FixedRow,
    Form,
    Funding,
    LegalBasis,
    Measure,
    Output,
    Pack,
    PackInfo,
    Part,
    Planning,
    QuickWin,
    Readiness,
    Role,
    Round,
    RowGroup,
    Rule,
    Session,
    SigningStep,
    Stage,
    SubDimension,
    Term,
    Worksheet,
)

if TYPE_CHECKING:
    from desktop.guideline.provenance import Provenance

KINDS: dict[type, str] = {
    PackInfo: "pack",
    Dimension: "dimension",
    SubDimension: "sub_dimension",
    Form: "form",
    Worksheet: "worksheet",
    Field: "field",
    Choice: "choice",
    RowGroup: "row_group",
    FixedRow: "fixed_row",
    Measure: "measure",
    Funding: "funding",
    Term: "term",
    Book: "book",
    Chapter: "chapter",
    Role: "role",
    SigningStep: "signing_step",
    Body: "body",
    Session: "session",
    Output: "output",
    Criterion: "criterion",
    Round: "round",
    LegalBasis: "legal",
    Stage: "stage",
    Rule: "rule",
    Planning: "planning",
    QuickWin: "quick_win",
    Readiness: "readiness",
    Evaluation: "evaluation",
}
"""What each kind of part is called, last part of the message ids ``guideline.part.<kind>``."""


class Found(NamedTuple):
    """A part with its key in the pack (``forms[0].groups[1].fields[2]``)."""

    key: str
    part: Part


def parts(pack: Part, key: str = "") -> Iterator[Found]:
    """Every part of a pack in the order of its files, outer before inner."""
    for name in pack.__struct_fields__:
        yield from _within(getattr(pack, name), f"{key}.{name}" if key else name)


def _within(value: object, key: str) -> Iterator[Found]:
    if isinstance(value, Part):
        yield Found(key, value)
        yield from parts(value, key)
    elif isinstance(value, tuple):
        for place, inner in enumerate(value):
            yield from _within(inner, f"{key}[{place}]")


def named(part: Part) -> Message:
    """What such a part is called."""
    return Message(f"guideline.part.{KINDS.get(type(part), 'other')}")


def title_of(part: Part) -> LocalText:
    """What a person calls this part: its title, label or name, else its id."""
    for name in ("title", "label", "name"):
        text = getattr(part, name, None)
        if isinstance(text, LocalText) and text:
            return text
        if isinstance(text, str) and text:
            return LocalText({"id": text})
    return LocalText({"id": id_of(part)})


def id_of(part: Part) -> str:
    """The part's id; a round's year; the kind of a part that a pack has once."""
    own = getattr(part, "id", None) or getattr(part, "year", None)
    return str(own or KINDS.get(type(part), ""))


def unverified(pack: Pack) -> Iterator[Found]:
    """The parts that no source confirms: what the pack says there is a default that may be changed."""
    for found in parts(pack):
        if not getattr(found.part, "verified", True) or not getattr(found.part, "elements_verified", True):
            yield found


def unverified_kinds(pack: Pack) -> dict[str, int]:
    """How many parts of each kind no source confirms."""
    return dict(Counter(KINDS.get(type(found.part), "other") for found in unverified(pack)))


def untranslated(pack: Pack, language: str) -> Iterator[tuple[str, LocalText]]:
    """The texts that a language lacks, with their keys."""
    for found in parts(pack):
        for name in found.part.__struct_fields__:
            value = getattr(found.part, name)
            key = f"{found.key}.{name}"
            if isinstance(value, LocalText) and value.falls_back(language):
                yield key, value
            elif isinstance(value, tuple):
                for place, inner in enumerate(value):
                    if isinstance(inner, LocalText) and inner.falls_back(language):
                        yield f"{key}[{place}]", inner


def remarks(pack: Pack, signed: Provenance) -> Iterator[Message]:
    """What to know of a pack in which nothing is wrong."""
    from desktop.guideline.parts import untranslated, unverified_kinds

    yield Message("guideline.remark.signature", signature=signed.message)
    if pack.pack.status != "in-force":
        yield Message("guideline.remark.status", status=Message(f"guideline.status.{pack.pack.status}"))
    for kind, count in unverified_kinds(pack).items():
        yield Message("guideline.remark.unverified", n=count, kind=Message(f"guideline.part.{kind}"))
    for language in pack.pack.languages:
        for key, text in untranslated(pack, language):
            yield Message("guideline.remark.untranslated", key=key, language=language, text=text)


def plain(part: Part) -> dict[str, object]:
    """What a part itself says, without the parts inside it; of groups of questions their headings."""
    said: dict[str, object] = {}
    for name in part.__struct_fields__:
        value = getattr(part, name)
        if name == "id":
            continue
        if not _holds_parts(value):
            said[name] = value
        elif isinstance(value, tuple) and all(isinstance(one, FieldGroup) for one in value):
            said[name] = tuple((one.title, one.help) for one in value)
    return said


def _holds_parts(value: object) -> bool:
    """Whether anything inside has a name of its own, and so is told by itself."""
    if isinstance(value, tuple):
        return any(_holds_parts(one) for one in value)
    if not isinstance(value, Part):
        return False
    return type(value) in KINDS or any(_holds_parts(getattr(value, one)) for one in value.__struct_fields__)


def built(value: object) -> object:
    """A value as plain data, for ``--json``."""
    from desktop.guideline.loading import encode_text

    return msgspec.to_builtins(value, enc_hook=encode_text)
