"""Rows, fields and values in words: what a merge, a history entry or a difference is about, without ids."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from desktop.base import Language, LocalText, Message, Rupiah, render
from desktop.base.message import Param
from desktop.base.speech import moment, value_text
from desktop.base.textdiff import LINE, readable
from desktop.books.wording import label_of
from desktop.checks.places import title_of_book_part, title_of_page
from desktop.checks.spots import once
from desktop.cli.facts import Facts, facts_of
from desktop.cli.fields import TABLE_NAMES, TableFields, field_name
from desktop.cli.rows import short
from desktop.exchange.values import PICKED, options, show
from desktop.guideline import Guideline
from desktop.workspace.wording import part_of

if TYPE_CHECKING:
    from desktop.guideline.pack import Field, Pack
    from desktop.workspace.plan import Plan

_LANGUAGES: Mapping[str, Message] = {"id": Message("checks.language.id"), "en": Message("checks.language.en")}
_MOMENTS = frozenset({"at", "answered_at"})
"""Registers that hold a moment."""
_ANSWERED = frozenset({"answer", "cell"})
"""Tables whose values are what the guideline asks for."""
_SUGGESTED = frozenset({("suggestion", "base"), ("suggestion", "proposed")})
"""Registers that hold a text with marks, whatever it is of."""


class Names:
    """Names for the rows of a plan, and of what a merge brings along."""

    def __init__(self, plan: Plan, pack: Pack) -> None:
        self._plan = plan
        self._pack = pack
        self._guideline = Guideline(pack)
        self._fields = TableFields(plan, pack)
        self._facts: Facts = facts_of(plan)

    def learn(self, table: str, row: str, values: Mapping[str, Any]) -> None:
        """Know a row that the plan does not have (yet), from its fields as the tables hold them."""
        known = self._facts.setdefault((table, row), {})
        known.update({key: value for key, value in values.items() if value is not None})

    # -- rows ----------------------------------------------------------------------------------------
    def row(self, table: str, row: str) -> Param:
        """What a row is called: ``program "Layanan Digital"``, ``target 2027 of indicator ...``."""
        kind = TABLE_NAMES.get(table) or Message("cli.table.other", table=table)
        facts = self._facts.get((table, row))
        if table == "plan":
            return kind
        if facts is None:
            return Message("cli.where.unknown", kind=kind, id=short(row))
        special = self._special(table, facts)
        if special is not None:
            return special
        title = self._title(facts)
        if title is None:
            return Message("cli.where.unknown", kind=kind, id=short(row))
        if table == "programme":
            title = once(title)  # its kind is said before it
        if table in {"indicator", "activity", "risk"}:
            owner = self.row("programme", str(facts.get("programme", "")))
            return Message("cli.where.part", kind=kind, title=title, owner=owner)
        return Message("cli.where.named", kind=kind, title=title)

    def _special(self, table: str, facts: Mapping[str, Any]) -> Param | None:
        """Rows that have no title of their own."""
        programme = self.row("programme", str(facts.get("programme", ""))) if "programme" in facts else None
        match table:
            case "budget_line" if programme is not None:
                source = self._picked("budget_line", "source", facts.get("source"))
                return Message(
                    "cli.where.budget", year=str(facts.get("year")), source=source, owner=programme
                )
            case "target":
                indicator = self.row("indicator", str(facts.get("indicator", "")))
                return Message("cli.where.target", year=str(facts.get("year")), owner=indicator)
            case "programme_agency" if programme is not None:
                agency = self.row("agency", str(facts.get("agency", "")))
                return Message("cli.where.supporting", agency=agency, owner=programme)
            case "rpjmd_ceiling" if programme is not None:
                return Message("cli.where.ceiling", year=str(facts.get("year")), owner=programme)
            case _:
                return self._grounded(table, facts) or self._saying(table, facts)

    def _grounded(self, table: str, facts: Mapping[str, Any]) -> Param | None:
        """Figures, bodies with their members, what sessions bring, ratings and inputs."""
        match table:
            case "meeting" if self._title(facts) is None and facts.get("kind"):
                kind, start = self._picked("meeting", "kind", facts["kind"]), str(facts.get("start") or "")
                plain = Message("cli.where.named", kind=TABLE_NAMES["meeting"], title=kind)
                return Message("cli.where.meeting", kind=kind, day=_day(start)) if start else plain
            case "figure":
                named = {each.id: each.label for each in self._pack.figures}
                measure = named.get(str(facts.get("measure")), str(facts.get("measure") or "?"))
                return Message("cli.where.figure", measure=measure, year=str(facts.get("year")))
            case "body":
                return self._body(facts)
            case "member":
                title = self._title(facts) or self._title(
                    self._facts.get(("person", str(facts.get("person") or "")), {})
                )
                owner = self.row("body", str(facts.get("body") or ""))
                return Message("cli.where.member", name=title or "?", owner=owner)
            case "session_output":
                return self._output(facts)
            case "score":
                scope = str(facts.get("scope") or "")
                known = scope if any(row == scope for _, row in self._facts) else ""
                rated = self.place(
                    table="cell", row=known, field=str(facts.get("item")).rpartition(".")[2],
                    item=str(facts.get("item") or ""), scope=known,
                )  # fmt: skip
                return Message("cli.where.score", item=rated)
            case "input":
                said = self._title({"title": facts.get("body")})
                if said is None:
                    return None
                texts = said.texts.items() if isinstance(said, LocalText) else ()
                return Message("cli.where.input", said=LocalText({code: one_line(t) for code, t in texts}))
            case "input_programme":
                heard = self.row("input", str(facts.get("input") or ""))
                changed = self.row("programme", str(facts.get("programme") or ""))
                return Message("cli.where.changed_by", owner=changed, heard=heard)
            case _:
                return None

    def _body(self, facts: Mapping[str, Any]) -> Param | None:
        """A body by its own name or the guideline's, with its dimension where it is one of several."""
        body = next((each for each in self._pack.bodies if each.id == facts.get("body")), None)
        title = self._title({"name": facts.get("name")}) or (body.name if body else None)
        dimension = str(facts.get("dimension") or "")
        if title is None or not dimension:
            return title
        names = {each.id: each.name for each in self._pack.dimensions}
        return Message("cli.where.body_of", body=title, dimension=names.get(dimension, dimension))

    def _output(self, facts: Mapping[str, Any]) -> Param | None:
        session, output = str(facts.get("session")), str(facts.get("output"))
        found = next(
            (
                (one.title, each.label)
                for one in self._pack.sessions
                if one.id == session
                for each in one.outputs
                if each.id == output
            ),
            None,
        )
        return Message("cli.where.output", output=found[1], session=found[0]) if found else None

    def _saying(self, table: str, facts: Mapping[str, Any]) -> Param | None:
        """Rows that say something about a place: evidence, comments, deadlines, answers, cells."""
        match table:
            case "claim":
                file = self.row("evidence", str(facts.get("evidence", "")))
                return Message("cli.where.claim", file=file, about=self._about(facts))
            case "comment":
                author = str(facts.get("author") or "?")
                return Message("cli.where.comment", author=author, about=self._about(facts))
            case "suggestion":
                author = str(facts.get("author") or "?")
                return Message("cli.where.suggestion", author=author, about=self._about(facts))
            case "deadline" | "duty":
                return Message(f"cli.where.{table}", **self._owed(facts))
            case "initial":
                return self._initialled(facts)
            case "answer":
                return self.item(str(facts.get("item", "")), str(facts.get("scope") or ""))
            case "cell":
                return self._cell(facts)
            case "row":
                return self._worksheet_row(facts)
            case "set_aside":
                return _set_aside(facts)
            case _:
                return None

    def item(self, item: str, scope: str = "") -> Param:
        """An item of the guideline, and the row it is about; or the wording of a draft."""
        draft = part_of(item)
        label = label_of(*draft) if draft is not None else None
        if label is not None:
            return label
        title = self._guideline.title_of(item)
        if not scope:
            return title
        owner = next((table for table, row in self._facts if row == scope), "programme")
        return Message("cli.where.about", item=title, owner=self.row(owner, scope))

    def _owed(self, facts: Mapping[str, Any]) -> dict[str, Param]:
        """The page of a deadline or duty, and whose it is."""
        from desktop.checks.places import agency_name, title_of_page

        page = title_of_page(
            self._plan, self._guideline, str(facts.get("page") or ""), str(facts.get("ref") or "")
        )
        whose = agency_name(self._plan, str(facts.get("agency") or ""))
        return {"page": page, "agency": whose}

    def _initialled(self, facts: Mapping[str, Any]) -> Message:
        """The step of a paraf, and whose head gives it."""
        from desktop.checks.places import agency_name
        from desktop.guideline.signing import step_label

        step = step_label(self._pack, str(facts.get("step") or ""))
        if not facts.get("agency"):
            return Message("cli.where.initial", step=step)
        whose = agency_name(self._plan, str(facts["agency"]))
        return Message("cli.where.initial_of", step=step, agency=whose)

    def _about(self, facts: Mapping[str, Any]) -> Param:
        keys = ("table", "row", "field", "item", "scope")
        return self.place(**{key: str(facts.get(key) or "") for key in keys})

    def place(self, *, table: str, row: str, field: str, item: str, scope: str) -> Param:
        """What a piece of evidence supports: an item, a cell of a worksheet, a whole row."""
        if table == "cell" and ("row", row) in self._facts:
            return self._cell({"row": row, "column": field})
        if table == "page":
            return self._page(field, item)
        if item:
            return self.item(item, scope)
        if (table, field) == ("plan", "emblem"):
            return Message("exchange.evidence.emblem")
        if table == "plan" and not field:
            return Message("cli.where.whole_plan")
        return self.row(table or "row", row)

    def _page(self, field: str, item: str) -> Param:
        """A whole page of the journey, or a heading of a book."""
        from desktop.workspace.plan import Place

        place = Place("page", field=field, item=item)
        if field == "book":
            return title_of_book_part(self._guideline, place)
        page, _, ref = item.partition("/")
        return title_of_page(self._plan, self._guideline, page, ref)

    def _cell(self, facts: Mapping[str, Any]) -> Message:
        row = self._facts.get(("row", str(facts.get("row", ""))), {})
        column = self._guideline.title_of(f"{row.get('worksheet', '')}.{facts.get('column', '')}")
        return Message("cli.where.cell", column=column, row=self._worksheet_row(row))

    def _worksheet_row(self, facts: Mapping[str, Any]) -> Message:
        sheet = self._guideline.worksheet(str(facts.get("worksheet", "")))
        title = sheet.title if sheet else LocalText({"id": str(facts.get("worksheet", "?"))})
        fixed = (
            next((each for each in sheet.fixed_rows if each.id == facts.get("fixed")), None)
            if sheet
            else None
        )
        if fixed is not None:
            return Message("cli.where.fixed_row", row=fixed.label, worksheet=title)
        if "number" in facts:
            return Message("cli.where.row", number=str(facts["number"]), worksheet=title)
        return Message("cli.where.new_row", worksheet=title)

    def _title(self, facts: Mapping[str, Any]) -> Param | None:
        for key in ("title", "name", "short_name", "code"):
            value = facts.get(key)
            if isinstance(value, Mapping):
                texts = {k: str(v) for k, v in value.items() if ":" not in k and str(v).strip()}
                if texts:
                    return LocalText(texts)
            elif value:
                return str(value)
        return None

    # -- fields --------------------------------------------------------------------------------------
    def field(self, table: str, row: str, name: str) -> Param:
        """What a register is called: ``title:en`` is the title in English."""
        base, _, language = name.partition(":")
        if base in {"", "*"}:
            return Message("cli.where.whole")
        if table in _ANSWERED and base == "value":
            language = str(self._facts.get((table, row), {}).get("language") or "")
            called: Param = Message("cli.field.value")
        else:
            called = field_name(table, base)
        if not language:
            return called
        spoken: Param = _LANGUAGES.get(language, language)
        return Message("cli.where.in_language", field=called, language=spoken)

    # -- values --------------------------------------------------------------------------------------
    def value(self, table: str, row: str, name: str, value: Any, language: Language) -> str:
        """A value as one short line of text; nothing is a dash."""
        return one_line(self._whole(table, row, name.partition(":")[0], value, language)) or "-"

    def whole(self, table: str, row: str, name: str, value: Any, language: Language) -> str:
        """A value in full, on as many lines as it has; nothing is empty."""
        return self._whole(table, row, name.partition(":")[0], value, language)

    def _whole(self, table: str, row: str, name: str, value: Any, language: Language) -> str:
        if isinstance(value, Mapping):
            return LocalText({str(k): str(v) for k, v in value.items() if ":" not in str(k)}).read(language)
        if value is None:
            return ""
        if name in _MOMENTS:
            return _moment(str(value), language)
        referenced = _references(table, name)
        if referenced:
            return value_text(self.row(referenced, str(value)), language)
        field = self._field(table, row, name)
        if self.is_rich(table, row, name):
            return self._read(str(value), language)
        if table in _ANSWERED and field is not None:
            return self._shown(field, options(field, self._plan, self._pack), value, language)
        if field is not None:
            return self._shown(field, self._fields.options(table, name), value, language)
        return str(value)

    def is_rich(self, table: str, row: str, name: str) -> bool:
        """Whether a register holds texts with marks: headings, lists, links."""
        field = self._field(table, row, name.partition(":")[0])
        return (table, name) in _SUGGESTED or (field is not None and field.type == "rich_text")

    def _field(self, table: str, row: str, name: str) -> Field | None:
        return self.answered(table, row) if table in _ANSWERED else self._fields.field(table, name)

    def _shown(self, field: Field, choices: Any, value: Any, language: Language) -> str:
        if field.type == "rupiah" and isinstance(value, int):
            return value_text(Rupiah(value), language)
        if isinstance(value, list):
            value = tuple(value)
        if isinstance(value, Decimal):
            value = f"{value:f}"
        if isinstance(value, bool) and field.type not in PICKED:
            return str(value)
        try:
            return show(field.type, value, language, choices)
        except (ArithmeticError, ValueError):
            # not what the field wants: written by another version of the guideline
            return str(value)

    def _read(self, text: str, language: Language) -> str:
        """A stored text as it reads, with the marks that make it say something else."""
        return readable(text, lambda message: render(message, language))

    def answered(self, table: str, row: str) -> Field | None:
        """The field of the guideline that an answer or a cell fills in."""
        facts = self._facts.get((table, row), {})
        item = str(facts.get("item", ""))
        if table == "cell":
            owner = self._facts.get(("row", str(facts.get("row", ""))), {})
            item = f"{owner.get('worksheet', '')}.{facts.get('column', '')}"
        return self._guideline.field(item)

    def _picked(self, table: str, name: str, value: Any) -> Param:
        found = next((each for each in self._fields.options(table, name) if each.value == value), None)
        return found.label if found is not None else str(value or "-")


def _set_aside(facts: Mapping[str, Any]) -> Param:
    """A finding that was set aside, by the reason that was given for it."""
    reason = one_line(str(facts.get("reason") or ""))
    if reason:
        return Message("cli.where.aside", reason=reason)
    return Message("cli.where.finding", key=str(facts.get("finding", "")))


def _day(start: str) -> Param:
    """The day on which something begins, as days are written."""
    try:
        return dt.date.fromisoformat(start[:10])
    except ValueError:
        return start


def one_line(text: str) -> str:
    """A text as one line, cut when it is long."""
    text = " ".join(text.split())
    return text if len(text) <= LINE else text[: LINE - 3] + "..."


def _moment(text: str, language: Language) -> str:
    """A moment as people write it; what is none, as it stands."""
    with contextlib.suppress(ValueError):
        return moment(dt.datetime.fromisoformat(text), language)
    return text


def _references(table: str, name: str) -> str:
    from desktop.workspace.registers import TABLES

    register = TABLES[table].register(name) if table in TABLES else None
    return register.references if register is not None else ""
