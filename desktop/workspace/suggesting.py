"""Suggested texts and values: what stands at a place, what accepting would make of it, and the answer.

A suggestion is a row beside the plan; only accepting it changes the plan, as one operation of whoever
accepts. Where the text went on since, what both changed in different sentences is both kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError, clock
from desktop.base.canonical import Json
from desktop.base.ids import derived_id
from desktop.guideline import Guideline
from desktop.workspace.draft import Draft, plain, same
from desktop.workspace.plan import Place, Suggestion, Value
from desktop.workspace.registers import TABLES, policy_of
from desktop.workspace.sentences import Clash, merge

if TYPE_CHECKING:
    from desktop.guideline.pack import Worksheet
    from desktop.workspace.author import Author
    from desktop.workspace.operation import Operation
    from desktop.workspace.store import Workspace


_ABOUT_ITEMS = frozenset({"answer", "cell"})


class NoSuchSuggestion(RancangError):
    """No suggestion has this id (any more)."""

    def __init__(self, wanted: str) -> None:
        super().__init__(Message("workspace.error.no_suggestion", wanted=wanted))


class AnsweredAlready(RancangError):
    """The suggestion was accepted or declined before."""

    def __init__(self, suggestion: Suggestion) -> None:
        by = suggestion.answered_by or "?"
        super().__init__(Message("workspace.error.suggestion_answered", by=by))


class Differs(RancangError):
    """What stands there was changed in the same sentences since; a person has to write what is meant."""

    exit_code = 1

    def __init__(self, standing: Standing) -> None:
        super().__init__(Message("workspace.error.suggestion_differs"))
        self.standing = standing


class NowhereToWrite(RancangError):
    """What the suggestion is about was deleted, or can hold no such value."""

    def __init__(self) -> None:
        super().__init__(Message("workspace.error.suggestion_nowhere"))


@dataclass(frozen=True, slots=True)
class Standing:
    """What accepting a suggestion would do now."""

    suggestion: Suggestion
    there: bool
    """Whether what it is about can still be written."""
    now: Value
    """What stands there at this moment."""
    outcome: Value
    """What would stand there afterwards; where both changed the same sentence, the proposal as it is."""
    clashes: tuple[Clash, ...] = ()
    """The sentences both changed; for values the one that differs."""

    @property
    def moved(self) -> bool:
        """Whether something else stands there than when the suggestion was made."""
        return not same(_json(self.now), _json(self.suggestion.base))

    @property
    def clear(self) -> bool:
        """Whether one click is enough."""
        return self.there and not self.clashes


def register_of(place: Place) -> tuple[str, str, str]:
    """Table, row and field of the journal behind a place."""
    match place.table:
        case "answer":
            return "answer", derived_id("answer", place.item, place.scope, place.language), "value"
        case "cell":
            return "cell", derived_id("cell", place.row, place.field, place.language), "value"
        case _:
            field = f"{place.field}:{place.language}" if place.language else place.field
            return place.table, place.row, field


def value_at(workspace: Workspace, place: Place) -> Value:
    """What stands at a place; nothing where nobody wrote anything, or where there is no such place."""
    table, row, field = register_of(place)
    spec = TABLES.get(table)
    if spec is None or spec.register(field) is None:
        return None
    draft = _draft(workspace)
    found = draft.stored_value(table, row, field) if draft.stored(table, row) else None
    return tuple(str(each) for each in found) if isinstance(found, list) else _plain(found)


def find(workspace: Workspace, wanted: str) -> Suggestion:
    """The suggestion with this id, or the one whose id begins or ends so. Raises NoSuchSuggestion."""
    known = workspace.plan().suggestions
    found = [each for each in known if each.id == wanted] or [
        each for each in known if wanted and (each.id.startswith(wanted) or each.id.endswith(wanted))
    ]
    if len(found) != 1:
        raise NoSuchSuggestion(wanted)
    return found[0]


def standing(workspace: Workspace, suggestion: Suggestion) -> Standing:
    """What accepting it would do now."""
    now, there = value_at(workspace, suggestion.place), _can_be_written(workspace, suggestion.place)
    base, proposed = suggestion.base, suggestion.proposed
    if not suggestion.place.language and not _is_text(workspace, suggestion.place):
        free = any(same(_json(now), _json(each)) for each in (base, proposed))
        clash = () if free else (Clash(_said(base), _said(now), _said(proposed)),)
        return Standing(suggestion, there, now, proposed, clash)
    merged = merge(_said(base), _said(now), _said(proposed))
    if merged.text is not None:
        return Standing(suggestion, there, now, merged.text)
    clashes = tuple(each for each in merged.chunks if isinstance(each, Clash))
    return Standing(suggestion, there, now, proposed, clashes)


def accept(workspace: Workspace, suggestion: Suggestion, text: Value = None) -> None:
    """Take a suggestion over as one operation; ``text`` is what a person wrote where both differ.

    Raises AnsweredAlready, NowhereToWrite, Differs, ReviewOnly, UnfitValue.
    """
    if suggestion.state != "open":
        raise AnsweredAlready(suggestion)
    found = standing(workspace, suggestion)
    if not found.there:
        raise NowhereToWrite
    if text is None and found.clashes:
        raise Differs(found)
    with workspace.operation(Message("workspace.label.accept", who=suggestion.author)) as op:
        write_at(op, workspace, suggestion.place, found.outcome if text is None else text)
        _answer(op, suggestion, "accepted", "", workspace.author)


def decline(workspace: Workspace, suggestion: Suggestion, why: str = "") -> None:
    """Say no, and perhaps why. Raises AnsweredAlready, ReviewOnly."""
    if suggestion.state != "open":
        raise AnsweredAlready(suggestion)
    with workspace.operation(Message("workspace.label.decline", who=suggestion.author)) as op:
        _answer(op, suggestion, "declined", why, workspace.author)


def withdraw(workspace: Workspace, suggestion: Suggestion) -> None:
    """Take one's own suggestion away. Raises ReviewOnly."""
    with workspace.operation(Message("workspace.label.withdraw")) as op:
        op.delete("suggestion", suggestion.id)


def _answer(op: Operation, suggestion: Suggestion, state: str, why: str, author: Author) -> None:
    at = clock.now().isoformat(timespec="seconds")
    op.set("suggestion", suggestion.id, state=state, answer=why, answered_by=author.name, answered_at=at)


def write_at(op: Operation, workspace: Workspace, place: Place, value: Value, *, made_from: str = "") -> None:
    """Write a value where a place says, as its register keeps it.

    ``made_from`` is the hash of the source of a translation, where it is not the one that stands there now.
    """
    text = _said(value)
    match place.table:
        case "answer":
            field = Guideline(workspace.pack()).field(place.item)
            policy = field.policy if field is not None else "text" if place.language else "conflict"
            if place.language:
                op.answer_text(
                    place.item, place.language, text, scope=place.scope, policy=policy, made_from=made_from
                )
            else:
                op.answer(place.item, value, scope=place.scope, policy=policy)
        case "cell":
            _write_cell(op, workspace, place, value, made_from)
        case table if place.language:
            op.write(table, place.row, place.field, place.language, text, made_from=made_from)
        case table:
            op.set(table, place.row, **{place.field: value})


def _write_cell(op: Operation, workspace: Workspace, place: Place, value: Value, made_from: str) -> None:
    sheet, fixed, agency = _row_of(workspace, place) or (None, "", "")
    column = next((each for each in sheet.columns if each.id == place.field), None) if sheet else None
    policy = column.policy if column is not None else "conflict"
    if sheet is not None and fixed:
        op.fixed_row(sheet.id, fixed, agency=agency)
    if place.language:
        text = _said(value)
        op.cell_text(place.row, place.field, place.language, text, policy=policy, made_from=made_from)
    else:
        op.cell(place.row, place.field, value, policy=policy)


def _row_of(workspace: Workspace, place: Place) -> tuple[Worksheet, str, str] | None:
    """The worksheet of a row, and, of one of the guideline's own rows, which one and whose."""
    plan, pack = workspace.plan(), workspace.pack()
    for sheet in pack.worksheets:
        if any(row.id == place.row for row in plan.rows.get(sheet.id, ())):
            return sheet, "", ""
        for fixed in sheet.fixed_rows:
            for agency in ("", *(each.id for each in plan.agencies)):
                if derived_id("row", sheet.id, fixed.id, agency) == place.row:
                    return sheet, fixed.id, agency
    return None


def _can_be_written(workspace: Workspace, place: Place) -> bool:
    match place.table:
        case "answer":
            draft = _draft(workspace)
            return bool(place.item) and (
                not place.scope or any(draft.stored(each, place.scope) for each in TABLES)
            )
        case "cell":
            return _row_of(workspace, place) is not None
        case table:
            _, row, field = register_of(place)
            spec = TABLES.get(table)
            draft = _draft(workspace)
            return spec is not None and spec.register(field) is not None and draft.stored(table, row)


def _is_text(workspace: Workspace, place: Place) -> bool:
    """Whether a value of no language is a text that merges by sentences."""
    table, row, field = register_of(place)
    if table in _ABOUT_ITEMS:
        draft = _draft(workspace)
        return draft.stored(table, row) and draft.stored_value(table, row, "policy") == "text"
    return policy_of(table, field) == "text"


def _draft(workspace: Workspace) -> Draft:
    return Draft(workspace.journal, workspace.source_language, workspace.position)


def _plain(value: Json) -> Value:
    return value if isinstance(value, str | int | bool) else None


def _said(value: Value) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return "" if value is None else str(value)


def _json(value: Value) -> Json:
    return plain(value)
