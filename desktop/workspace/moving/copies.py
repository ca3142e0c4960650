"""Rows whose key holds an id of the guideline: figures, bodies, outputs, scores, evidence, deadlines.

Their id follows from the key, so they are copied to the key of the other guideline; the earlier row stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from desktop.base.ids import derived_id
from desktop.workspace.moving.holdings import Images
from desktop.workspace.plan import Deadline, Duty, Text
from desktop.workspace.registers import TABLES

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Copied:
    """A row with a natural key: what it is called here and there, and what it says."""

    table: str
    row: str
    """Its id as it is."""
    about: str
    """The item (measure, body, session, page, ...) it belongs to here."""
    key: Values
    """Its key over there; empty where it falls away."""
    values: Values
    size: int = 1
    """How much hangs on it (the members of a body)."""


def copies(images: Images) -> Iterator[Copied]:
    """Every row of the plan with such a key."""
    yield from _figures(images)
    yield from _bodies(images)
    yield from _outputs(images)
    yield from _scores(images)
    yield from _claims(images)
    yield from _deadlines(images)


def _figures(images: Images) -> Iterator[Copied]:
    known = {each.id for each in images.crossing.here.pack.figures}
    for one in images.holdings.plan.figures:
        if one.measure in known:
            into = images.crossing.measure(one.measure)
            key = {"measure": into, "year": one.year} if into else {}
            yield Copied(
                "figure", one.id, one.measure, key, {"value": one.value or None, "source": one.source or None}
            )


def _bodies(images: Images) -> Iterator[Copied]:
    known = {each.id for each in images.crossing.here.pack.bodies}
    for one in images.holdings.plan.bodies:
        if one.body not in known or (one.dimension and not images.crossing.here.dimension(one.dimension)):
            continue
        into = images.body_key(one.body, one.dimension)
        key = {"body": into[0], "dimension": into[1]} if into else {}
        values = {"name": one.name, "task": one.task, "decree": one.decree or None}
        yield Copied("body", one.id, one.body, key, values, 1 + len(one.members))


def _outputs(images: Images) -> Iterator[Copied]:
    known = {(each.id, out.id) for each in images.crossing.here.pack.sessions for out in each.outputs}
    for one in images.holdings.plan.outputs:
        if (one.session, one.output) not in known:
            continue
        session, output = images.crossing.output(one.session, one.output)
        key = {"session": session, "output": output} if session else {}
        said = ("state", "due", "done_on", "signed_by", "note")
        values = {name: getattr(one, name) or None for name in said}
        yield Copied("session_output", one.id, f"{one.session}.{one.output}", key, values)


def _scores(images: Images) -> Iterator[Copied]:
    crossing, rows = images.crossing, images.holdings.rows
    for one in images.holdings.plan.scores:
        if crossing.here.field(one.item) is None:
            continue
        said = ("value", "note", "author", "at")
        values: dict[str, Any] = {name: getattr(one, name) or None for name in said}
        scope = images.moved_rows.get(one.scope, one.scope)
        into = next(iter(crossing.items(one.item)), "")
        if one.scope in rows:  # a row of a worksheet: the column must be one of the sheet it goes to
            sheet, _ = images.row(one.scope)
            column = crossing.column(*one.item.partition(".")[::2], sheet) if sheet else ""
            into = f"{sheet}.{column}" if column else ""
        field = crossing.there.field(into) if into else None
        if field is not None and field.choices and one.value:
            values["value"] = crossing.choice(one.item, into, one.value)
        fits = field is not None and (values["value"] or not one.value)
        key = {"item": into, "scope": scope, "by": one.by} if fits else {}
        yield Copied("score", one.id, one.item, key, values)


def _claims(images: Images) -> Iterator[Copied]:
    for file in images.holdings.plan.evidence:
        for place in file.claims:
            if not _ours(images, place.table, place.row, place.item):
                continue
            here = (place.table, place.row, place.field, place.item, place.scope)
            image = images.about(*here)
            key = {"evidence": file.id, "table": place.table, **image} if image is not None else {}
            about = place.item or images.holdings.rows.get(place.row, (place.table,))[0]
            yield Copied("claim", derived_id("claim", file.id, *here), about, key, {})


def _ours(images: Images, table: str, row: str, item: str) -> bool:
    """Whether a place is one of the guideline moved from."""
    here = images.crossing.here
    if table == "answer":
        return here.field(item) is not None
    if table in {"cell", "row"}:
        return row in images.holdings.rows or here.field(item) is not None
    return table in TABLES


def _deadlines(images: Images) -> Iterator[Copied]:
    crossing = images.crossing
    plan = images.holdings.plan
    owed: tuple[Deadline | Duty, ...] = (*plan.deadlines, *plan.duties)
    for one in owed:
        match one.page:
            case "form" if crossing.here.form(one.ref):
                form = crossing.here.form(one.ref)
                held = (f"{one.ref}.{field.id}" for field in (form.fields if form else ()))
                found = (image.partition(".")[0] for item in held for image in crossing.items(item))
                into = next(found, "")
            case "worksheet" if crossing.here.worksheet(one.ref):
                into = crossing.worksheet(one.ref)
            case "chapter" if crossing.here.chapter(one.ref):
                image = next(iter(crossing.items(f"chapter.{one.ref}")), "")
                into = image.removeprefix("chapter.") if image.startswith("chapter.") else ""
            case _:
                continue
        key = {"page": one.page, "ref": into, "agency": one.agency or None} if into else {}
        if isinstance(one, Deadline):
            yield Copied("deadline", one.id, one.ref, key, {"due": one.due, "note": one.note or None})
        else:
            said = ("person", "state", "by", "at", "note")
            values: dict[str, Any] = {name: getattr(one, name) or None for name in said}
            yield Copied("duty", one.id, one.ref, key, values)


def plainly(values: Values) -> dict[str, Any]:
    """Values to compare by: a text as its words."""
    return {
        name: {k: v for k, v in value.values.items() if v.strip()} if isinstance(value, Text) else value
        for name, value in values.items()
        if value
    }
