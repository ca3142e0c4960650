"""Laws of moving, on generated guidelines: there and back keeps every answer, Undo is exact."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop.base import Message
from desktop.guideline import Guideline, write_pack
from desktop.guideline.pack import Dimension, FieldGroup, Form, Mapping, Pack, Worksheet
from desktop.workspace import Author, Workspace
from desktop.workspace.moving.applying import move
from desktop.workspace.moving.holdings import Holdings
from desktop.workspace.moving.leftovers import leftovers
from desktop.workspace.moving.slots import Contents
from desktop.workspace.plan import Plan
from tests.workspace.moving_packs import both, field, new, old

pytestmark = pytest.mark.uncounted

NAMES = ("p", "q", "r", "s")
KINDS = ("text", "long_text", "rich_text", "integer", "decimal", "choice", "choices", "date")
PICKS = ("x", "y", "z")


@st.composite
def fields(draw: st.DrawFn) -> tuple:
    """Some of four fields, each of any type."""
    found = []
    for name in NAMES:
        kind = draw(st.sampled_from(KINDS))
        picks = draw(st.sets(st.sampled_from(PICKS), min_size=1)) if kind.startswith("choice") else ()
        if name == "p" or draw(st.booleans()):
            found.append(field(name, kind, *sorted(picks)))
    return tuple(found)


@st.composite
def packs(draw: st.DrawFn, base: Pack, name: str) -> Pack:
    """A guideline with a form and a worksheet that may be called as the other's."""
    form = Form(id="f", title=both("F"), groups=(FieldGroup(title=both("1"), fields=draw(fields())),))
    sheets = tuple(
        Worksheet(id=each, title=both("W"), columns=draw(fields()))
        for each in sorted(draw(st.sets(st.sampled_from(["w", "v"]), min_size=1)))
    )
    dimensions = tuple(
        Dimension(id=each, name=both(each))
        for each in sorted(draw(st.sets(st.sampled_from("abcd"), min_size=1)))
    )
    return msgspec.structs.replace(
        base,
        pack=msgspec.structs.replace(base.pack, id=name),
        forms=(form,),
        worksheets=sheets,
        dimensions=dimensions,
        mappings=(),
    )


class Pair(NamedTuple):
    """Two guidelines, told briefly when a test fails."""

    one: Pack
    other: Pack

    def __repr__(self) -> str:
        told = []
        for pack in self:
            told += [f"{item}:{asked.type}" for item, asked in Guideline(pack).items() if item[1] == "."]
            told.append("/".join(each.id for each in pack.dimensions))
        mapping = self.other.mappings[0]
        return f"{told} {mapping.items} {mapping.choices} {mapping.dimensions}"


@st.composite
def pairs(draw: st.DrawFn) -> Pair:
    """Two guidelines, one of which says how the other's ids are called."""
    one, other = draw(packs(old(), "one")), draw(packs(new(), "other"))
    here, there = Guideline(one), Guideline(other)
    chosen = st.lists(
        st.tuples(
            # forewords are every guideline's, and moved by themselves
            st.sampled_from([item for item, _ in here.items() if not item.endswith(".foreword")]),
            st.sampled_from(["", *(item for item, _ in there.items() if not item.endswith(".foreword"))]),
        )
    )
    sheets = st.dictionaries(st.sampled_from(["w", "v"]), st.sampled_from(["w", "v"]))
    items = {**draw(sheets), **dict(draw(chosen))}
    picks = st.dictionaries(
        st.sampled_from([f"f.{n}.{p}" for n in NAMES for p in PICKS]),
        st.sampled_from([f"f.{n}.{p}" for n in NAMES for p in PICKS]),
    )
    dimensions = st.dictionaries(st.sampled_from("abcd"), st.sampled_from("abcd"))
    known = {item for item, _ in there.items()} | {sheet.id for sheet in other.worksheets}
    known |= {f"{item}.{pick.id}" for item, asked in there.items() for pick in asked.choices}
    known |= {each.id for each in other.dimensions}

    def sound(said: dict[str, str]) -> dict[str, str]:
        return {name: image for name, image in said.items() if not image or image in known}

    mapping = Mapping(
        pack="one", items=sound(items), choices=sound(draw(picks)), dimensions=sound(draw(dimensions))
    )
    return Pair(one, msgspec.structs.replace(other, mappings=(mapping,)))


WORDS = st.sampled_from(["satu", "dua", "tiga\nempat", "<p>lima</p>"])


def write(workspace: Workspace, pack: Pack, data: st.DataObject) -> None:
    """Fill some of what a guideline asks."""
    guideline = Guideline(pack)
    rows = {name: [row.id for row in rows] for name, rows in workspace.plan().rows.items()}
    with workspace.operation(Message("workspace.label.resolve")) as op:
        for sheet in pack.worksheets:
            if data.draw(st.booleans()):
                rows.setdefault(sheet.id, []).append(op.add_row(sheet.id))
        for item, asked in guideline.items():
            if not data.draw(st.booleans()):
                continue
            holder, _, column = item.partition(".")
            if guideline.worksheet(holder):
                for row in rows.get(holder, []):
                    if asked.bilingual:
                        op.cell_text(row, column, "id", data.draw(WORDS))
                    else:
                        op.cell(row, column, value(asked, data))
            elif asked.bilingual:
                op.answer_text(item, data.draw(st.sampled_from(["id", "en"])), data.draw(WORDS))
            else:
                op.answer(item, value(asked, data))
        for one in workspace.plan().programmes:
            if data.draw(st.booleans()):
                picked = data.draw(st.sampled_from([each.id for each in pack.dimensions]))
                op.set("programme", one.id, dimension=picked)


def value(asked: object, data: st.DataObject) -> object:
    """A value a field may have."""
    picks = [each.id for each in asked.choices]
    match asked.type:
        case "integer":
            return data.draw(st.integers(0, 9))
        case "decimal":
            return data.draw(st.sampled_from(["1", "2.5"]))
        case "choice":
            return data.draw(st.sampled_from(picks))
        case "choices":
            return tuple(sorted(data.draw(st.sets(st.sampled_from(picks), min_size=1))))
        case _:
            return "2026-01-02"


def seen(plan: Plan, pack: Pack) -> dict:
    """Everything written under a guideline, and the programmes."""
    found = {
        held.slot: (held.content.value, {k: v for k, v in held.content.text.values.items() if v.strip()})
        for held in Holdings(Contents(plan), Guideline(pack))
    }
    return {**found, "programmes": plan.programmes}


def content(plan: Plan) -> Plan:
    return replace(plan, head="", changed_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))


@contextmanager
def workspace_of(pack: Pack) -> Iterator[Workspace]:
    with tempfile.TemporaryDirectory() as folder:
        made = Workspace.create(
            Path(folder) / "a.rancang", region="18.07", first_year=2026, last_year=2030,
            pack=write_pack(pack), author=Author("Sari"),
        )  # fmt: skip
        with made, made.operation(Message("workspace.label.resolve")) as op:
            op.insert("programme", title={"id": "P"}, dimension=pack.dimensions[0].id)
        reopened = Workspace.open(Path(folder) / "a.rancang", author=Author("Sari"))
        with reopened:
            yield reopened


LAW = settings(
    max_examples=10,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
LONG = settings(LAW, max_examples=300)


def there_and_back(pair, data):
    """Every answer is there again."""
    one, other = pair
    with workspace_of(one) as workspace:
        write(workspace, one, data)
        before, whole = seen(workspace.plan(), one), content(workspace.plan())
        move(workspace, write_pack(other))
        there = content(workspace.plan())
        workspace.undo()
        assert content(workspace.plan()) == whole
        workspace.redo()
        assert content(workspace.plan()) == there
        move(workspace, write_pack(one))
        after = seen(workspace.plan(), one)
        assert {key: after.get(key) for key in before} == before
        assert set(after) == set(before)


test_there_and_back_every_answer_is_there_again = LAW(given(pairs(), st.data())(there_and_back))
test_there_and_back_on_many_pairs = pytest.mark.torture(LONG(given(pairs(), st.data())(there_and_back)))


def either_side(pair, data):
    """Each value that somebody wrote is seen under one of the guidelines, or among what is kept."""
    one, other = pair
    with workspace_of(one) as workspace:
        write(workspace, one, data)
        move(workspace, write_pack(other))
        write(workspace, other, data)
        over_there = seen(workspace.plan(), other)
        move(workspace, write_pack(one))
        plan = workspace.plan()
        here, kept = seen(plan, one), seen(plan, other)
        older = [each.content for each in leftovers(workspace)]
        for slot, said in over_there.items():
            if slot == "programmes":
                continue
            found = kept.get(slot) == said or here.get(slot) == said
            assert found or any((each.value, dict(each.text.values)) == said for each in older), slot


test_whatever_was_written_on_either_side_is_found_again = LAW(given(pairs(), st.data())(either_side))
test_either_side_on_many_pairs = pytest.mark.torture(LONG(given(pairs(), st.data())(either_side)))


SHEETS = {"v": ("choice:p", "long_text:s"), "w": ("choices:p", "choices:s")}
MIXED = {"v": ("text:p", "integer:q", "text:r", "long_text:s")}
SWAPPED = {"v": ("rich_text:p", "decimal:q"), "w": ("long_text:p",)}
TURNED = {"v": ("decimal:p",), "w": ("text:p", "choices:q")}


@pytest.mark.parametrize(
    ("here", "there", "mapping"),
    [
        (SHEETS, SHEETS, {"v": "w", "w.p": "v.p", "v.s": ""}),
        (MIXED, MIXED, {"v.q": "v.s", "v.r": "v.r", "v.p": "f.p"}),
        (SWAPPED, TURNED, {"w": "v", "v": "w", "v.q": "w.p"}),
    ],
    ids=["two sheets of one name", "one column for several", "sheets swapped"],
)
def test_crossed_mappings_give_every_cell_back(here, there, mapping):
    """What generated guidelines found: cells follow their row, and any column that can take them will."""

    def made(base, name, sheets):
        return msgspec.structs.replace(
            base,
            pack=msgspec.structs.replace(base.pack, id=name),
            forms=(
                Form(
                    id="f",
                    title=both("F"),
                    groups=(FieldGroup(title=both("1"), fields=(field("p", "text"),)),),
                ),
            ),
            worksheets=tuple(
                Worksheet(id=sheet, title=both("W"), columns=tuple(column(each) for each in columns))
                for sheet, columns in sheets.items()
            ),
            mappings=(),
        )

    def column(said):
        kind, _, name = said.partition(":")
        return field(name, kind, *(PICKS if kind.startswith("choice") else ()))

    one = made(old(), "one", here)
    other = msgspec.structs.replace(
        made(new(), "other", there), mappings=(Mapping(pack="one", items=mapping),)
    )
    with workspace_of(one) as workspace:
        with workspace.operation(Message("workspace.label.resolve")) as op:
            for sheet in one.worksheets:
                row = op.add_row(sheet.id)
                for each in sheet.columns:
                    if each.bilingual:
                        op.cell_text(row, each.id, "id", "dua")
                    else:
                        plain = {"integer": 0, "decimal": "1", "choice": "x", "choices": ("x", "y")}
                        op.cell(row, each.id, plain.get(each.type, "dua"))
        before = seen(workspace.plan(), one)
        move(workspace, write_pack(other))
        move(workspace, write_pack(one))
        assert seen(workspace.plan(), one) == before
