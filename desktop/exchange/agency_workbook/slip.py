"""What a workbook carries unseen: for whom it was made, when, and every value it was handed out with.

The values lie in it as one compressed text with its fingerprint. The workspace it came from remembers the
same, and believes itself first; a copy brought into another colleague's workspace has only the paper.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.base import Language
from desktop.base.canonical import Json, canonical
from desktop.exchange.agency_workbook.layout import Sheet
from desktop.exchange.values import Option, spoken

SHEET = "rancang"
"""The hidden sheet with the slip."""
LISTS = "rancang-daftar"
"""The hidden sheet with what the drop-downs offer."""
MARK = "rancang-workbook"
FORM = 1
KEY = "key"
"""What stands over the hidden column of row keys."""
CHUNK = 30_000
"""Letters in one cell; Excel takes 32,767."""
LARGEST = 64 * 1024 * 1024
"""Bytes the values may unpack to."""

Choices = tuple[tuple[str, str], ...]
"""Ids with the labels they were offered under."""


@dataclass(frozen=True, slots=True)
class SheetBase:
    """One sheet as it was handed out."""

    id: str
    columns: tuple[str, ...]
    headings: tuple[str, ...]
    rows: Mapping[str, Mapping[str, Json]]
    choices: Mapping[str, Choices] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Base:
    """Everything a workbook was handed out with, by sheet."""

    sheets: Mapping[str, SheetBase]

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all rows of all sheets."""
        return frozenset(key for sheet in self.sheets.values() for key in sheet.rows)


@dataclass(frozen=True, slots=True)
class Slip:
    """For whom a workbook was made, and out of which workspace."""

    workspace: str
    handout: str
    agency: str
    name: str
    """The agency's name when it was made."""
    language: Language
    heads: tuple[str, ...]
    made: str
    """When (ISO 8601, UTC)."""
    base: Base | None = None
    """None where the values are missing or not what was written."""


def labelled(options: Iterable[Option], language: Language) -> Choices:
    """Ids with labels of which no two are alike: a list offers each by its label alone."""
    seen: dict[str, int] = {}
    out = []
    for option in options:
        label = " ".join(spoken(option.label, language).split())[:250] or option.value
        seen[label] = seen.get(label, 0) + 1
        out.append((option.value, label if seen[label] == 1 else f"{label} ({seen[label]})"))
    return tuple(out)


def base_of(sheets: Iterable[Sheet], language: Language) -> Base:
    """What a workbook of these sheets is handed out with."""
    from desktop.base.speech import value_text
    from desktop.exchange.agency_workbook.layout import HEADING

    made = {}
    for sheet in sheets:
        columns = [column for column in sheet.columns if not column.is_formula]
        listed = [*columns, *sheet.typed.values()]
        made[sheet.id] = SheetBase(
            sheet.id,
            tuple(column.id for column in columns),
            tuple(value_text(column.heading, language) for column in columns),
            {line.key: dict(line.values) for line in sheet.lines if line.key != HEADING},
            {column.list_name: labelled(column.options, language) for column in listed if column.options},
        )
    return Base(made)


def pack(base: Base) -> tuple[str, str]:
    """The values as a text for the hidden sheet, and its fingerprint."""
    lists: dict[Choices, int] = {}
    sheets = []
    for each in base.sheets.values():
        chosen = {column: lists.setdefault(choices, len(lists)) for column, choices in each.choices.items()}
        rows = {
            key: {column: value for column, value in values.items() if value is not None}
            for key, values in each.rows.items()
        }
        sheets.append([each.id, list(each.columns), list(each.headings), rows, chosen])
    data = canonical({"sheets": sheets, "lists": [[list(pair) for pair in each] for each in lists]})
    return base64.b64encode(zlib.compress(data, 9)).decode(), hashlib.sha256(data).hexdigest()


def unpack(text: str, sha256: str = "") -> Base | None:
    """The values of a packed text; None where it is not what was written."""
    try:
        unpacker = zlib.decompressobj()
        data = unpacker.decompress(base64.b64decode(text, validate=True), LARGEST)
        if unpacker.unconsumed_tail or (sha256 and hashlib.sha256(data).hexdigest() != sha256):
            return None
        said = json.loads(data)
        lists = [tuple((str(pair[0]), str(pair[1])) for pair in each) for each in said["lists"]]
        return Base({str(each[0]): _sheet(each, lists) for each in said["sheets"]})
    except (
        binascii.Error, zlib.error, ValueError, KeyError, IndexError, TypeError, AttributeError,
        RecursionError,
    ):  # fmt: skip
        return None


def _sheet(said: list[Any], lists: list[Choices]) -> SheetBase:
    name, columns, headings, rows, chosen = said
    return SheetBase(
        str(name),
        tuple(str(each) for each in columns),
        tuple(str(each) for each in headings),
        {str(key): {str(column): value for column, value in values.items()} for key, values in rows.items()},
        {str(column): lists[int(number)] for column, number in chosen.items()},
    )


def written(slip: Slip) -> list[tuple[str, str]]:
    """The lines of the hidden sheet."""
    lines = [
        (MARK, str(FORM)),
        ("workspace", slip.workspace),
        ("handout", slip.handout),
        ("agency", slip.agency),
        ("name", slip.name),
        ("language", slip.language.value),
        ("made", slip.made),
        ("heads", " ".join(slip.heads)),
    ]
    if slip.base is not None:
        text, sha256 = pack(slip.base)
        lines.append(("sha256", sha256))
        lines += [("values", text[start : start + CHUNK]) for start in range(0, len(text), CHUNK)]
    return lines


def read(lines: Iterable[tuple[str, str]]) -> Slip | None:
    """The slip of a hidden sheet's lines; None where it is none of ours."""
    said: dict[str, str] = {}
    chunks = []
    for name, value in lines:
        if name == "values":
            chunks.append("".join(value.split()))
        else:
            said.setdefault(name, value)
    if MARK not in said or not said.get("workspace"):
        return None
    try:
        language = Language(said.get("language", ""))
    except ValueError:
        language = Language.ID
    return Slip(
        said["workspace"],
        said.get("handout", ""),
        said.get("agency", ""),
        said.get("name", ""),
        language,
        tuple(said.get("heads", "").split()),
        said.get("made", ""),
        unpack("".join(chunks), said.get("sha256") or "-") if chunks else None,
    )
