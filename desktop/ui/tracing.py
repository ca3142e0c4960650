"""What a register of the journal is to a person: its name, what it belongs to, and its values in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from desktop.base import LocalText, Message, textdiff
from desktop.base.ids import derived_id
from desktop.base.message import Param
from desktop.checks.places import title_of_page
from desktop.exchange.values import Option, options, show
from desktop.guideline import Guideline
from desktop.guideline.pack import Field
from desktop.guideline.signing import step_label
from desktop.ui.grid.source import column, name_of
from desktop.ui.kinds import ONE, STATES, TABLES, field_of
from desktop.ui.picks import picks
from desktop.ui.speaker import Speech

if TYPE_CHECKING:
    from desktop.base.canonical import Json
    from desktop.guideline.pack import Pack
    from desktop.ui.session import Session

OWNERS = ("programme", "activity", "indicator", "risk")
"""Tables whose rows have answers of their own."""
_TITLED = frozenset({"programme", "activity", "indicator", "risk", "agency"})
"""Tables whose rows the plan itself names, as long as they are there: their history need not be read."""
_EXCERPT = 60
"""Letters of a remark that tell which one it is."""


@dataclass(frozen=True, slots=True)
class Record:
    """One register whose changes are told; ``part`` says which of several it is (a language, an agency)."""

    table: str
    row: str
    field: str
    part: Speech = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """A field as a person knows it, and the registers behind it."""

    title: Speech
    field: Field
    records: tuple[Record, ...]
    offered: tuple[Option, ...] = ()


@runtime_checkable
class Traced(Protocol):
    """A widget that edits fields whose history can be told."""

    def subject(self) -> Subject | None:
        """The field that has the cursor."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a register turned out to be: its name with what it belongs to, and the field it fills."""

    title: Message | LocalText
    field: Field
    offered: tuple[Option, ...] = ()
    language: str = ""


# -- the registers behind a field -------------------------------------------------------------------
def item_records(session: Session, table: str, *key: str) -> tuple[Record, ...]:
    """The rows of an answer (item, scope) or a cell (row, column): one for each language, one for none."""
    from desktop.ui.fields.box import language_name

    spoken: list[tuple[str, Speech]] = [("", "")]
    spoken += [(language.value, language_name(language)) for language in (session.source, session.second)]
    return tuple(Record(table, derived_id(table, *key, language), "value", part) for language, part in spoken)


# -- values in words --------------------------------------------------------------------------------
def offered_for(session: Session, table: str, field: Field) -> tuple[Option, ...]:
    """What a field can be answered by, the fixed lists of first-class tables included."""
    from desktop.ui.grid.tables import PICKS

    if field.choices:
        return options(field, session.plan, session.pack)
    ours = picks(session, table, field.id)
    if ours:
        return ours
    if field.id == "state" and table == "comment":
        return STATES
    if field.id == "area" and table == "activity":
        return tuple(Option(each.id, each.label) for each in session.pack.planning.action_areas)
    return PICKS.get(field.id) or options(field, session.plan, session.pack)


def spell(session: Session, field: Field, value: Json, offered: tuple[Option, ...] = ()) -> str:
    """A value of the journal as a reader sees it; nothing is an em dash."""
    if isinstance(value, list):
        value = tuple(str(each) for each in value)
    if field.type == "rich_text" and isinstance(value, str):
        text = textdiff.readable(value, session.say)
    else:
        text = show(field.type, value, session.speaker.language, offered)
    return text if text.strip() else "\N{EM DASH}"


# -- names ------------------------------------------------------------------------------------------
def facts(session: Session, table: str, row: str) -> dict[str, Any]:
    """What a row says or said last about itself, also when it is deleted now."""
    said: dict[str, Any] = {}
    for entry in session.workspace.history(table, row):
        if entry.field and entry.after is not None:
            said.setdefault(entry.field, entry.after)
    return said


def title_of(session: Session, table: str, row: str) -> Param:
    """A row by its own title in the plan's source language, or a dash."""
    if table in _TITLED:
        from desktop.ui.registers import find

        standing = find(session.plan, table, row)
        if standing is not None:
            text = standing.title if hasattr(standing, "title") else standing.name
            shown = {language: written for language, written in text.values.items() if written}
            return LocalText(shown) if shown else str(getattr(standing, "code", "") or "\N{EM DASH}")
    said = facts(session, table, row)
    if table == "comment":
        return _excerpt(str(said.get("body") or ""))
    if table == "suggestion":
        return _excerpt(str(said.get("reason") or said.get("proposed") or ""))
    if table in {"deadline", "duty"}:
        guideline = Guideline(session.pack)
        return title_of_page(session.plan, guideline, str(said.get("page") or ""), str(said.get("ref") or ""))
    if table == "initial":
        return step_label(session.pack, str(said.get("step") or ""))
    known = _declared(session, table, said)
    if known:
        return known
    names = ("body",) if table == "input" else ("title", "name", "caption")
    texts = {
        language.value: str(said[f"{name}:{language.value}"])
        for language in (session.source, session.second)
        for name in names
        if said.get(f"{name}:{language.value}")
    }
    return LocalText(texts) if texts else str(said.get("name") or said.get("code") or "\N{EM DASH}")


def _declared(session: Session, table: str, said: dict[str, Any]) -> Param:
    """Rows that are called by the guideline's words, or by their owner; nothing for others."""
    pack, dash = session.pack, "\N{EM DASH}"
    match table:
        case "figure":
            measure = next((each.label for each in pack.figures if each.id == said.get("measure")), dash)
            return Message("ui.trace.of_year", what=measure, year=str(said.get("year") or dash))
        case "body":
            return next((each.name for each in pack.bodies if each.id == said.get("body")), dash)
        case "member" if said.get("person") and not said.get("name"):
            return title_of(session, "person", str(said["person"]))
        case "session_output":
            outputs = (each for one in pack.sessions if one.id == said.get("session") for each in one.outputs)
            return next((each.label for each in outputs if each.id == said.get("output")), dash)
        case "score":
            sheet_row = facts(session, "row", str(said.get("scope") or ""))
            return (
                _line(session, sheet_row)
                if sheet_row
                else Guideline(pack).title_of(str(said.get("item") or dash))
            )
        case "rpjmd_ceiling":
            whose = title_of(session, "programme", str(said.get("programme") or ""))
            return Message("ui.trace.of_year", what=whose, year=str(said.get("year") or dash))
        case _:
            return ""


def _excerpt(text: str) -> str:
    """The beginning of a remark, enough to know which one it is."""
    words = " ".join(text.split())
    return (words if len(words) <= _EXCERPT else f"{words[:_EXCERPT]}…") or "\N{EM DASH}"


def trace(
    session: Session, table: str, row: str, register: str = "", values: Mapping[str, Any] | None = None
) -> Known:
    """Name any register of the journal. Without ``register`` the row as a whole is named.

    ``values`` are the row's registers, where they are at hand; else its history is read.
    """
    said = facts(session, table, row) if values is None else dict(values)
    name, _, language = register.partition(":")
    match table:
        case "answer":
            known = _answer(session, str(said.get("item") or ""), str(said.get("scope") or ""))
            return _in(known, str(said.get("language") or ""))
        case "cell":
            known = _cell(session, str(said.get("row") or ""), str(said.get("column") or ""))
            return _in(known, str(said.get("language") or ""))
        case "row":
            return Known(_line(session, said), column("title", TABLES["row"]))
        case "budget_line" | "target":
            return _figure(session, table, said, name)
    field = field_of(table, name)
    offered = offered_for(session, table, field) if name else ()
    return _in(Known(_title(session, table, row, field if name else None), field, offered), language)


def _in(known: Known, language: str) -> Known:
    return Known(known.title, known.field, known.offered, language)


def _title(session: Session, table: str, row: str, field: Field | None) -> Message:
    kind = ONE.get(table) or TABLES.get(table, Message("ui.table.other"))
    if table == "plan":
        return Message("ui.trace.plan", field=name_of(field)) if field else kind
    whose = title_of(session, table, row)
    if field is None:
        return Message("ui.trace.row", kind=kind, title=whose)
    return Message("ui.trace.field", field=name_of(field), kind=kind, title=whose)


def _answer(session: Session, item: str, scope: str) -> Known:
    form, field = _asked(session.pack, item)
    if scope:
        table = next((each for each in OWNERS if session.workspace.history(each, scope)), OWNERS[0])
        title = Message(
            "ui.trace.field", field=name_of(field), kind=ONE[table], title=title_of(session, table, scope)
        )
    else:
        title = Message("ui.trace.in", field=name_of(field), place=form)
    return Known(title, field, offered_for(session, "answer", field))


def _asked(pack: Pack, item: str) -> tuple[Param, Field]:
    """The field of an item, and what it belongs to; an item no pack knows any more keeps its id."""
    from desktop.ui.journey import Journey

    page, _, name = item.partition(".")
    if page == "chapter":
        found = next((each for each in Journey(pack).chapters() if each.id == name), None)
        title = found.title if found else LocalText({"id": name})
        return Message("ui.trace.chapter"), Field(id=name, label=title, type="rich_text")
    planning = pack.planning
    places: list[tuple[Param, tuple[Field, ...]]] = []
    if page == "quick_win" and planning.quick_win is not None:
        places.append((Message("ui.programme.aspects"), planning.quick_win.aspects))
    if page == "programme":
        places.append((Message("ui.programme.extra"), planning.extra_fields))
    forms = (form for form in pack.forms if form.id == page)
    places += [
        (form.title, tuple(field for group in form.groups for field in group.fields)) for form in forms
    ]
    sheets = (sheet for sheet in pack.worksheets if page in {sheet.id, sheet.binding})
    places += [(sheet.title, sheet.columns) for sheet in sheets]
    for place, fields in places:
        for field in fields:
            if field.id == name:
                return place, field
    return page, Field(id=name, label=LocalText({"id": name}), type="text")


def _cell(session: Session, row: str, wanted: str) -> Known:
    said = facts(session, "row", row)
    sheet = next((each for each in session.pack.worksheets if each.id == said.get("worksheet")), None)
    field = next((each for each in sheet.columns if each.id == wanted), None) if sheet else None
    field = field or Field(id=wanted, label=LocalText({"id": wanted}), type="text")
    title = Message("ui.trace.in", field=name_of(field), place=_line(session, said))
    return Known(title, field, offered_for(session, "cell", field))


def _line(session: Session, said: dict[str, Any]) -> Message:
    """A row of a worksheet: the guideline's name for it, or the agency's, and the worksheet."""
    sheet = next((each for each in session.pack.worksheets if each.id == said.get("worksheet")), None)
    title: Param = sheet.title if sheet else "\N{EM DASH}"
    fixed = next((each for each in sheet.fixed_rows if each.id == said.get("fixed")), None) if sheet else None
    agency = session.plan.agency(str(said.get("agency") or ""))
    if fixed is not None:
        return Message("ui.trace.sheet_row", row=fixed.label, sheet=title)
    if agency is not None:
        return Message("ui.trace.sheet_row", row=LocalText(agency.name.values), sheet=title)
    return Message("ui.trace.sheet", sheet=title)


def _figure(session: Session, table: str, said: dict[str, Any], name: str) -> Known:
    """A budget line or a yearly target: of whom and of which year."""
    owner = "programme" if table == "budget_line" else "indicator"
    field = field_of(table, name or ("indicative" if table == "budget_line" else "target"))
    source = next(
        (each.label for each in session.pack.planning.funding if each.id == said.get("source")), LocalText()
    )
    year = str(said.get("year") or "")
    whose = title_of(session, owner, str(said.get(owner) or ""))
    if table == "budget_line":
        title = Message("ui.trace.budget", figure=name_of(field), source=source, year=year, title=whose)
    else:
        title = Message("ui.trace.target", figure=name_of(field), year=year, title=whose)
    return Known(title, field)
