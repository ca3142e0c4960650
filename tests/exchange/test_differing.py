"""Whose agency wrote what, and what an agency's own people may settle of its part."""

from __future__ import annotations

import shutil

import pytest

from desktop.base import Message
from desktop.exchange.differing import Differing
from desktop.guideline import write_pack
from desktop.workspace import Author, Workspace
from tests.workspace.conftest import TINY

LABEL = Message("workspace.label.resolve")


@pytest.fixture
def apart(tmp_path, monkeypatch):
    """Budi of AIR and Sari differ in AIR's programme, in an activity AIR leads elsewhere, and an answer."""
    path = tmp_path / "ours.rancang"
    created = Workspace.create(
        path, region="18.07", first_year=2026, last_year=2030, pack=write_pack(TINY),
        author=Author("Sari", "secretary"), title={"id": "Rencana"},
    )  # fmt: skip
    with created as ours, ours.operation(LABEL) as op:
        air = op.insert("agency", name={"id": "Dinas Air"}, short_name="AIR")
        other = op.insert("agency", name={"id": "Dinas Lain"})
        op.insert("person", name="Budi", agency=air)
        mine = op.insert("programme", title={"id": "Sumur"}, lead=air)
        theirs = op.insert("programme", title={"id": "Lain"}, lead=other)
        shared = op.insert("activity", programme=theirs, title={"id": "Gali"}, lead=air)
    copy = shutil.copyfile(path, tmp_path / "theirs.rancang")

    def write(word, agency):
        def work(op):
            op.set("programme", mine, code=word, lead=agency)
            op.set("programme", theirs, code=word)
            op.set("activity", shared, code=word)
            op.answer("town.mayor", word)

        return work

    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "their home"))
    with Workspace.open(copy, author=Author("Budi", "agency")) as away, away.operation(LABEL) as op:
        write("b", None)(op)
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "home"))
    with Workspace.open(path, author=Author("Sari", "secretary")) as ours:
        with ours.operation(LABEL) as op:
            write("s", other)(op)
        ours.bring_back(copy)
        ours.air = air
        yield ours


def allowed(workspace, name, role):
    workspace.author = Author(name, role)
    found = Differing(workspace)
    return {(case.conflict.table, case.conflict.field) for case in found.mine()}


def test_agencies_of_authors_are_known(apart):
    found = Differing(apart)
    writers = {w.author: w.agency for case in found.cases for side in case.sides for w in side.writers}
    assert writers == {"Budi": apart.air, "Sari": ""}


def test_an_agency_settles_its_part_wherever_it_stands_but_not_who_leads(apart):
    everything = allowed(apart, "Sari", "secretary")
    assert ("programme", "lead") in everything
    mine = allowed(apart, "Budi", "agency")
    assert ("activity", "code") in mine
    assert ("programme", "lead") not in mine
    assert ("answer", "value") not in mine
    assert allowed(apart, "Tuti", "agency") == set()
    assert allowed(apart, "Rina", "mentor") == set()


def test_cases_that_stay_open_are_kept_and_one_can_be_read_anew(apart):
    found = Differing(apart)
    gone = found.cases[0]
    apart.resolve(gone.conflict, gone.sides[0].value)
    again = Differing(apart, before=found)
    assert len(again.cases) == len(found.cases) - 1
    assert all(any(case is old for old in found.cases) for case in again.cases)
    fresh = again.fresh(again.cases[0])
    assert fresh == again.cases[0]
    assert fresh is not again.cases[0]
