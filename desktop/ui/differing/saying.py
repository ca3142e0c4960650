"""What competes, in words: a case's name, its values, and what differs in a text, marked word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base import Language, LocalText, Message, Rupiah, richtext
from desktop.base.message import Param
from desktop.ui.fields.box import language_name
from desktop.ui.kinds import field_of
from desktop.ui.tracing import Known, offered_for, spell, trace

if TYPE_CHECKING:
    from desktop.base.canonical import Json
    from desktop.ui.session import Session
    from desktop.workspace.cases import Case, Writer

WORDY = 60
"""Letters from which a value is read as a text: what changed in it is marked."""
_QUIET = frozenset({"sort", "origin", "of"})
"""Registers nobody fills in."""


def name_case(session: Session, case: Case) -> tuple[Known, Message | LocalText]:
    """What the field or row is, and what it is called with its language."""
    conflict = case.conflict
    known = trace(session, conflict.table, conflict.row, conflict.field, case.values)
    return known, _spoken(case, known)


def _spoken(case: Case, known: Known) -> Message | LocalText:
    if not case.language or case.whole_row:
        return known.title
    language = language_name(Language(case.language)) if case.language in set(Language) else case.language
    return Message("ui.field.in_language", field=known.title, language=language)


def short_name(case: Case, title: Message | LocalText) -> Message | LocalText | str:
    """A name within a list of what belongs to one programme, which need not be named again."""
    inner = title.params.get("field") if isinstance(title, Message) else None
    traced = inner if isinstance(inner, Message) and inner.id.startswith("ui.trace.") else title
    if not case.belongs.programme or not isinstance(traced, Message):
        return title
    match traced.id:
        case "ui.trace.field" if case.conflict.row == case.belongs.programme or case.values.get("scope"):
            field = traced.params["field"]
            return field if isinstance(field, Message | LocalText) else str(field)
        case "ui.trace.budget":
            said = {name: traced.params[name] for name in ("figure", "source", "year")}
            return Message("ui.differing.budget_line", **said)
        case _:
            return title


def agency_name(session: Session, agency: str) -> Param:
    """An agency as short as it can be named; nothing for none."""
    found = session.plan.agency(agency) if agency else None
    if found is None:
        return ""
    return found.short_name or LocalText(dict(found.name.values))


def by(session: Session, writer: Writer) -> Message:
    """Who wrote a side, of which agency, and when."""
    agency = agency_name(session, writer.agency)
    if agency:
        return Message("ui.differing.by_agency", author=writer.author, agency=agency, when=writer.when)
    return Message("ui.differing.by", author=writer.author, when=writer.when)


def value(session: Session, known: Known, what: Json) -> str:
    """A value as a reader sees it; money with its unit."""
    if known.field.type == "rupiah" and isinstance(what, int) and not isinstance(what, bool):
        return session.say(Message("ui.differing.money", amount=Rupiah(what)))
    return spell(session, known.field, what, known.offered)


def plain(known: Known, what: Json) -> str:
    """A text without its marks, to be compared word by word."""
    text = what if isinstance(what, str) else ""
    return richtext.plain_text(text) if known.field.type == "rich_text" else text


def row_sentences(session: Session, case: Case) -> list[Message]:
    """Of a whole row: who deleted it, who changed what in it, and what hangs on it."""
    said: list[Message] = []
    for side in case.sides:
        for writer in side.writers:
            if side.deletes:
                said.append(Message("ui.differing.deleted", author=writer.author, when=writer.when))
                continue
            said.append(Message("ui.differing.changed", author=writer.author, when=writer.when))
            wrote = _wrote(session, case, writer)
            if wrote is not None:
                said.append(wrote)
    return list(dict.fromkeys(said))[:12]


def _wrote(session: Session, case: Case, writer: Writer) -> Message | None:
    name = writer.field.partition(":")[0]
    if not name or name in _QUIET:
        return None
    table = case.conflict.table
    if table in {"answer", "cell"}:
        known = trace(session, table, case.conflict.row, "", case.values)
        field, offered = known.field, known.offered
    else:
        field = field_of(table, name)
        offered = offered_for(session, table, field)
    from desktop.ui.grid.source import name_of

    said = spell(session, field, writer.value, offered)
    return Message("ui.differing.wrote", field=name_of(field), value=said)
