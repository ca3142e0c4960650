"""Values from the command line written where they belong: answers, fields of rows, cells of worksheets."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.base import Language, Message, RancangError
from desktop.cli.fields import TABLE_NAMES, TableFields
from desktop.cli.rows import Rows
from desktop.cli.words import assignments
from desktop.exchange.values import NotUnderstood, Option, options, parse
from desktop.guideline import Guideline

if TYPE_CHECKING:
    from desktop.guideline.pack import Field, Pack, Worksheet
    from desktop.workspace import Workspace
    from desktop.workspace.operation import Operation
    from desktop.workspace.plan import Plan, Value
    from desktop.workspace.registers import Register

_ROWS = {"agency", "person", "programme"}
"""Field types answered by a row, which is found by whatever it is called."""
_PINNED = {
    "guideline",
    "guideline_version",
    "guideline_sha256",
    "example",
    "source_language",
    "sha256",
    "size",
    "nomenclature",
}
"""Registers that say what a workspace or a file is; no command changes them."""
_LISTED = 12
"""So many choices are listed after a word that is none of them."""


class UnknownField(RancangError):
    """A table or worksheet has no such field."""

    def __init__(self, table: str, name: str, known: list[str]) -> None:
        super().__init__(Message("cli.unknown_field", table=table, field=name, known=", ".join(known)))


class UnknownTable(RancangError):
    """There is no such table."""

    def __init__(self, table: str, known: list[str]) -> None:
        super().__init__(Message("cli.unknown_table", table=table, known=", ".join(known)))


class NoLanguages(RancangError):
    """A language was named for a field that has none, or one that the guideline does not know."""

    def __init__(self, name: str, language: str) -> None:
        super().__init__(Message("cli.no_languages", field=name, language=language))


class WorkedOut(RancangError):
    """The column is worked out from two others."""

    def __init__(self, name: str, parts: tuple[str, ...]) -> None:
        super().__init__(Message("cli.worked_out", field=name, first=parts[0], second=parts[1]))


class NotAChoice(RancangError):
    """The word is none of the choices; says which there are."""

    def __init__(self, text: str, choices: tuple[Option, ...]) -> None:
        known = ", ".join(each.value for each in choices[:_LISTED]) + (
            ", ..." if len(choices) > _LISTED else ""
        )
        super().__init__(Message("cli.not_a_choice", text=text, known=known or "-"))


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a NAME=VALUE word goes: a register of a row, or an answer about it."""

    register: Register | None
    item: str
    field: Field
    language: str


_MAY_BE_EMPTY = frozenset({"dimension", "scope"})
"""Parts of a natural key that say nothing where nothing is to be told apart (a council has no dimension)."""


class Writer:
    """Writes typed words into one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.plan: Plan = workspace.plan()
        self.pack: Pack = workspace.pack()
        self.source = workspace.source_language
        self.plan_row = workspace.plan_row
        self.rows = Rows(self.plan)
        self.guideline = Guideline(self.pack)
        self.fields = TableFields(self.plan, self.pack)

    # -- values --------------------------------------------------------------------------------------
    def typed(self, field: Field, text: str) -> Value:
        """What a person wrote, as the field keeps it. Raises NotUnderstood, NotAChoice, UnknownName."""
        return self._parse(field, text, options(field, self.plan, self.pack))

    def _parse(self, field: Field, text: str, choices: tuple[Option, ...]) -> Value:
        if not text.strip():
            return None
        if field.type in _ROWS:
            return self.rows.find(field.type, text)
        if field.type == "row":
            return self.rows.of_worksheet(self.guideline.worksheet(field.worksheet), text)
        try:
            return parse(field.type, text, choices)
        except NotUnderstood:
            if field.type in {"choice", "choices", "dimension", "sub_dimension"}:
                raise NotAChoice(text, choices) from None
            raise

    def languages(self) -> list[str]:
        """The languages texts can be written in."""
        return list(
            dict.fromkeys([self.source, *self.pack.pack.languages, *(each.value for each in Language)])
        )

    def text_language(self, field: Field, name: str, language: str) -> str:
        """The language a text is written in. Raises NoLanguages."""
        if language and (not field.bilingual or language not in self.languages()):
            raise NoLanguages(name, language)
        return language or self.source

    # -- answers -------------------------------------------------------------------------------------
    def answer(self, op: Operation, item: str, field: Field, text: str, *, scope: str, language: str) -> None:
        """Answer one item as its field type wants it."""
        spoken = self.text_language(field, item, language)
        if field.bilingual:
            stands = self.plan.answers.get((item, scope))
            before = stands.text.values.get(spoken, "") if stands else ""
            op.answer_text(item, spoken, as_text(field, text, before), scope=scope, policy=field.policy)
        else:
            op.answer(item, self.typed(field, text), scope=scope, policy=field.policy)

    def cells(self, op: Operation, sheet: Worksheet, row: str, pairs: list[str]) -> None:
        """Fill cells of a worksheet's own row."""
        columns = {column.id: column for column in sheet.columns}
        for name, text in assignments(pairs):
            base, language = self._split(name, set(columns))
            column = columns.get(base)
            if column is None:
                raise UnknownField(sheet.id, base, list(columns))
            if column.difference:
                raise WorkedOut(base, column.difference)
            spoken = self.text_language(column, base, language)
            if column.bilingual:
                said = as_text(column, text, op.cell_now(row, base, spoken))
                op.cell_text(row, base, spoken, said, policy=column.policy)
            else:
                op.cell(row, base, self.typed(column, text), policy=column.policy)

    # -- rows of tables ------------------------------------------------------------------------------
    def fill(
        self, op: Operation, table: str, row: str, pairs: list[str], sheet: Worksheet | None = None
    ) -> None:
        """Apply NAME=VALUE words to a row: its fields, and what the guideline asks about it besides."""
        for name, text in assignments(pairs):
            self.put(op, table, row, name, text, sheet)

    def put(
        self, op: Operation, table: str, row: str, name: str, text: str, sheet: Worksheet | None = None
    ) -> None:
        """Write one field of a row."""
        spot = self._spot(table, name, sheet)
        if spot.register is None:
            self.answer(op, spot.item, spot.field, text, scope=row, language=spot.language)
        elif spot.register.shape == "bilingual":
            op.write(table, row, spot.register.name, spot.language or self.source, text)
        else:
            op.set(table, row, **{spot.register.name: self.register_value(table, spot.register, text)})

    def insert(self, op: Operation, table: str, pairs: list[str], sheet: Worksheet | None = None) -> str:
        """Add a row of a table (or update the one with the same natural key). Raises MissingFields."""
        from desktop.workspace.registers import TABLES

        spec = TABLES[table]
        needed = {*spec.natural, *(each.name for each in spec.registers if each.owner)} - _MAY_BE_EMPTY
        values: dict[str, Any] = {}
        later: list[tuple[str, str]] = []
        for name, text in assignments(pairs):
            spot = self._spot(table, name, sheet)
            if spot.register is not None and spot.register.name in {*needed, *spec.natural}:
                values[spot.register.name] = self.register_value(table, spot.register, text)
            else:
                later.append((name, text))
        missing = sorted(name for name in needed if values.get(name) is None)
        if missing:
            raise MissingFields(table, missing)
        row = op.insert(table, **values)
        for name, text in later:
            self.put(op, table, row, name, text, sheet)
        return row

    def register_value(self, table: str, register: Register, text: str) -> Value:
        """A typed word as the value a register keeps."""
        check = _CHECKS.get((table, register.name))
        if check is not None:
            check(self, text)
        if not text.strip():
            return None if register.shape != "text" or register.references else ""
        if register.references:
            return self.rows.find(register.references, text)
        field = self.fields.field(table, register.name)
        return self._parse(field, text, self.fields.options(table, register.name))

    def known_register(self, table: str, name: str) -> Register:
        """The register of a table. Raises UnknownField with those that exist."""
        from desktop.workspace.registers import TABLES

        register = TABLES[table].register(name)
        if register is None:
            raise UnknownField(table, name, [each.name for each in TABLES[table].registers])
        return register

    def _spot(self, table: str, name: str, sheet: Worksheet | None) -> _Spot:
        from desktop.workspace.registers import TABLES

        registers = {each.name: each for each in TABLES[table].registers if each.name not in _PINNED}
        extras = self._extras(table, sheet)
        base, language = self._split(name, {*registers, *extras})
        register = registers.get(base)
        if register is not None:
            field = self.fields.field(table, base)
            if language and (register.shape != "bilingual" or language not in self.languages()):
                raise NoLanguages(base, language)
            return _Spot(register, "", field, language)
        if base in extras:
            item, field = extras[base]
            return _Spot(None, item, field, language)
        known = list(dict.fromkeys((*registers, *extras)))
        raise UnknownField(sheet.id if sheet else table, base, known)

    def _extras(self, table: str, sheet: Worksheet | None) -> dict[str, tuple[str, Field]]:
        """What the guideline asks about the rows of a table besides their own fields, by name."""
        sheets = [sheet] if sheet else [each for each in self.pack.worksheets if each.binding == table]
        found = {
            column.id: (f"{'programme' if table == 'programme' else each.id}.{column.id}", column)
            for each in sheets
            for column in each.columns
        }
        if table == "programme":
            found |= {
                item.removeprefix("programme."): (item, field)
                for item, field in self.guideline.items()
                if item.startswith(("programme.", "quick_win."))
            }
        return found

    def _split(self, name: str, known: set[str]) -> tuple[str, str]:
        """``title.en`` is the field title in English; names with a dot of their own stay whole."""
        if name in known:
            return name, ""
        base, _, language = name.rpartition(".")
        return (base, language) if base else (name, "")


class MissingFields(RancangError):
    """A new row needs to know what it belongs to."""

    def __init__(self, table: str, names: list[str]) -> None:
        fields = " ".join(f"{name}=..." for name in names)
        super().__init__(Message("cli.missing_fields", table=TABLE_NAMES[table], fields=fields))


def as_text(field: Field, text: str, before: object = "") -> str:
    """A text as it is stored: rich text in the HTML subset, anything else as it is.

    Plain words may hold footnotes, ``<fn>words of the source</fn>``.
    Paragraphs stay the ones they are ``before``, so that comments and other people's changes still meet them.
    """
    if field.type != "rich_text":
        return text
    from desktop.base.richtext import from_plain, rewritten, sanitise

    before = before if isinstance(before, str) else ""
    if text.lstrip().startswith("<"):
        return sanitise(text)
    if "<fn>" in text:
        # Plain words with footnotes in them: everything else that looks like markup is words.
        lines = (html.escape(line.strip(), quote=False) for line in text.splitlines() if line.strip())
        marked = "".join(f"<p>{line}</p>" for line in lines)
        return rewritten(marked.replace("&lt;fn&gt;", "<fn>").replace("&lt;/fn&gt;", "</fn>"), before)
    return rewritten(from_plain(text), before)


def _region(_writer: Writer, text: str) -> None:
    from desktop.workspace.reading import region

    region(text)


def _first_year(writer: Writer, text: str) -> None:
    _years(writer, parse("year", text), writer.plan.last_year)


def _last_year(writer: Writer, text: str) -> None:
    _years(writer, writer.plan.first_year, parse("year", text))


def _years(writer: Writer, first: Value, last: Value) -> None:
    from desktop.workspace.errors import UnfitYears

    info = writer.pack.pack
    if not (isinstance(first, int) and isinstance(last, int)):
        raise MissingFields("plan", ["first_year", "last_year"])
    if not info.min_years <= last - first + 1 <= info.max_years:
        raise UnfitYears(first, last, info.min_years, info.max_years)


_CHECKS: dict[tuple[str, str], Callable[[Writer, str], None]] = {
    ("plan", "region"): _region,
    ("plan", "first_year"): _first_year,
    ("plan", "last_year"): _last_year,
}
"""Registers on which the whole workspace stands: a wrong value would make it unreadable."""
