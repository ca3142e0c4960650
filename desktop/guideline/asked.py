"""What a guideline asks: questions of a form, rows and columns of a worksheet, figures of a region."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from desktop.base import LocalText
from desktop.guideline.identity import Count, Id, Item, Part

FieldType = Literal[
    "text", "long_text", "rich_text", "integer", "decimal", "rupiah", "percent", "date", "year", "boolean",
    "choice", "choices", "dimension", "sub_dimension", "agency", "person", "programme", "row",
]  # fmt: skip
Meaning = Literal[
    "", "place", "date", "number_region", "number_ministry", "name_region", "name_ministry", "address_region",
    "address_ministry", "title", "service", "before", "after", "served", "technology",
]  # fmt: skip
"""What the program may take from an answer: for a letter from a form, for a programme from a worksheet."""
Policy = Literal["conflict", "text", "set", "lww"]


class Choice(Item, frozen=True, kw_only=True):
    """One of several answers; ``score`` orders a scale, ``tone`` colours it."""

    label: LocalText
    score: int | None = None
    tone: Literal["", "good", "moderate", "poor"] = ""
    help: LocalText = LocalText()


class Field(Item, frozen=True, kw_only=True):
    """One question of a form, one column of a worksheet, one extra field of a programme.

    ``verified`` speaks of what is asked: label, type, choices, whether it is required. ``help``, ``why`` and
    ``example`` are explanations by the makers of the pack, whatever the source says.
    """

    label: LocalText
    type: FieldType = "text"
    help: LocalText = LocalText()
    why: LocalText = LocalText()
    example: LocalText = LocalText()
    choices: tuple[Choice, ...] = ()
    unit: LocalText = LocalText()
    required: bool = False
    evidence: Literal["none", "optional", "required"] = "none"
    translated: bool | None = None
    min_words: Count = 0
    max_words: Count = 0
    merge: Policy | None = None
    standard: LocalText = LocalText()
    """Wording the guideline offers to be used as it is; taking it over is no copied guidance."""
    worksheet: str = ""
    """The worksheet whose rows can be chosen, for type ``row`` (a target of the RPJMD mapping, ...)."""
    dimension: str = ""
    """The dimension that a yes in this column marks (the marks of the RPJMD mapping)."""
    difference: tuple[str, ...] = ()
    """Two columns of the same worksheet: the value is worked out as the first less the second."""
    says: Meaning = ""
    """What a letter takes from this question, or a programme that a row becomes from this column.

    Where no field of a form or worksheet says it, the one whose id is that word does.
    """
    made_of: tuple[str, ...] = ()
    """Two text columns of the same worksheet that this one is made of: shown while it is written (TOWS)."""

    @property
    def bilingual(self) -> bool:
        """Whether the answer is a text with one register per language."""
        return self.type in {"text", "long_text", "rich_text"} if self.translated is None else self.translated

    @property
    def policy(self) -> Policy:
        """How two different answers to it merge."""
        if self.merge is not None:
            return self.merge
        if self.type in {"long_text", "rich_text"}:
            return "text"
        return "set" if self.type == "choices" else "conflict"


class FieldGroup(Part, frozen=True, kw_only=True):
    """Questions that belong together under one heading."""

    title: LocalText
    fields: tuple[Field, ...]
    help: LocalText = LocalText()
    id: Id | None = None
    """Needed only by the sections of the evaluation, whose weights name them."""


class Form(Item, frozen=True, kw_only=True):
    """Fields, answered once for the region: a questionnaire, a statement."""

    title: LocalText
    purpose: LocalText = LocalText()
    groups: tuple[FieldGroup, ...]

    @property
    def fields(self) -> Iterator[Field]:
        """Every field of every group, in order."""
        return (field for group in self.groups for field in group.fields)


class FixedRow(Item, frozen=True, kw_only=True):
    """A row the guideline itself writes (a readiness item, a future-analysis question)."""

    label: LocalText
    group: str = ""
    help: LocalText = LocalText()


class RowGroup(Item, frozen=True, kw_only=True):
    """A heading over fixed rows (a readiness component)."""

    label: LocalText


class Worksheet(Item, frozen=True, kw_only=True):
    """Rows of columns (*kertas kerja*): filled for the region or by each agency.

    With ``binding`` it is a view of first-class rows, never a copy: a column whose id is a field of that
    table is the field itself, any other an extra one. ``fixed_rows`` come from the pack; their ids are
    derived, so that every copy means the same row.
    """

    title: LocalText
    purpose: LocalText = LocalText()
    scope: Literal["region", "agency"] = "region"
    binding: Literal["", "programme", "activity", "indicator", "risk"] = ""
    columns: tuple[Field, ...]
    groups: tuple[RowGroup, ...] = ()
    fixed_rows: tuple[FixedRow, ...] = ()
    free_rows: bool = True
    min_rows: Count = 0
    number: str = ""
    term: str = ""
    """The planning term a roadmap sheet is about, if it is one."""
    recap: bool = True
    """Whether a sheet filled by agencies is also shown merged, for all of them."""


class Measure(Item, frozen=True, kw_only=True):
    """A figure of the region that is stated by year with its source (population, HDI, APBD, ...)."""

    label: LocalText
    type: Literal["integer", "decimal", "percent", "rupiah", "choice"] = "decimal"
    unit: LocalText = LocalText()
    group: LocalText = LocalText()
    help: LocalText = LocalText()
    choices: tuple[Choice, ...] = ()
    better: Literal["", "up", "down"] = ""
    required: bool = False
    part_of: str = ""
    """The measure this one is a part of: the parts of one year may not exceed it (APBD)."""
    item: str = ""
    """An item of a form that asks the same figure: its newest value is offered there."""
    evidence: Literal["none", "optional", "required"] = "optional"
