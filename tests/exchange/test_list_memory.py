"""Anybody's table: a person says what its columns mean, and it is known again until it is forgotten."""

import datetime as dt
import json

import pytest

from desktop.base import Language, render
from desktop.base.paths import home
from desktop.exchange import list_memory, preview_programmes, refine
from desktop.exchange.list_memory import ListMemory, shape_of
from desktop.exchange.questions import PROGRAMME_COLUMN
from tests.exchange.lists import csv_file

HEAD = ["Nama Unggulan", "Yang mengurus", "Uang 2026", "Hasil yang diharapkan"]
ROWS = [["Perpustakaan keliling", "Dinas X", "1000000000", "IKM"], ["Taman baca", "Dinas Y", "5", "SPBE"]]


def look(ground, path, memory=None, **answers):
    preview = preview_programmes(path, *ground, memory=memory)
    return refine(preview, answers, *ground)


def asked(preview, kind="mapping"):
    return {each.id: each for each in preview.questions if each.kind == kind}


@pytest.fixture
def table(tmp_path):
    return csv_file(tmp_path, [["Daftar unggulan kami"], HEAD, *ROWS])


def test_where_no_head_names_programmes_a_person_points_at_the_column(ground, table):
    preview = look(ground, table)
    assert preview.programmes == ()
    (question,) = preview.questions
    assert (question.id, question.required, question.suggestion) == (PROGRAMME_COLUMN, True, "")
    assert [option.id for option in question.options] == list(map(str.casefold, HEAD))
    for language in Language:
        said = [
            render(each, language) for each in (*preview.notes, *(each.label for each in question.options))
        ]
        assert "Perpustakaan keliling" in "".join(said)
        assert "exchange." not in "".join(said)
    named = refine(preview, {PROGRAMME_COLUMN: "Nama Unggulan"}, *ground)
    assert [draft.title for draft in named.programmes] == ["Perpustakaan keliling", "Taman baca"]
    assert [(each.suggestion, each.certainty) for each in asked(named).values()] == [
        ("programme", "stated"), ("ignore", ""), ("ignore", ""), ("ignore", ""),
    ]  # fmt: skip


def test_every_column_may_be_read_otherwise(ground, tmp_path):
    path = csv_file(tmp_path, [["Program", "OPD", "Catatan", "Keterangan"], ["A", "Dinas X", "B", "C"]])
    answers = {"column:program": "ignore", "column:opd": "programme", "column:catatan": "agency"}
    (draft,) = look(ground, path, **answers).programmes
    assert (draft.title, draft.agency) == ("Dinas X", "B")


def decided(ground, path):
    """A list of which somebody said what all columns are."""
    named = look(ground, path, **{PROGRAMME_COLUMN: "nama unggulan"})
    meant = {
        "column:yang mengurus": "agency", "column:uang 2026": "budget",
        "column:hasil yang diharapkan": "indicator",
    }  # fmt: skip
    return refine(named, meant, *ground)


def test_what_was_decided_is_known_when_the_list_of_next_year_comes(ground, table, tmp_path):
    memory = ListMemory()
    preview = decided(ground, table)
    memory.remember(preview, {"funding": "apbd", "rupiah_unit": "thousand"}, ground[0].workspace)
    head = [each.replace("2026", "2027") for each in HEAD]
    newer = csv_file(tmp_path, [head, *ROWS], name="baru.csv")
    again = look(ground, newer, ListMemory())
    (first, _) = again.programmes
    assert (first.title, first.agency, list(first.amounts), list(first.indicators)) == (
        "Perpustakaan keliling", "Dinas X", [(2027, "", "indicative")], ["ikm"],
    )  # fmt: skip
    assert {each.certainty for each in asked(again).values()} == {"remembered"}
    (note,) = [each for each in again.notes if each.id == "exchange.note.remembered"]
    assert (note.params["file"], type(note.params["at"])) == ("list.csv", dt.date)
    unit = asked(again, "unit")["rupiah_unit"]
    assert (unit.certainty, unit.suggestion) == ("likely", "rupiah")
    assert asked(again, "funding")["funding"].certainty == "remembered"
    assert refine(again, {"column:yang mengurus": "ignore"}, *ground).programmes[0].agency == ""


def test_what_is_known_may_be_forgotten(ground, table):
    memory = ListMemory()
    memory.remember(decided(ground, table), {}, "here")
    assert memory.forget(["Program", "OPD"]) == 0
    assert memory.forget(HEAD) == 1
    assert look(ground, table, ListMemory()).programmes == ()


def test_what_was_decided_in_this_document_goes_before_another(ground, table, monkeypatch):
    memory, preview = ListMemory(), decided(ground, table)
    memory.remember(preview, {"levels": "flat"}, "here")
    memory.remember(preview, {"levels": "tree"}, "there")
    memory.remember(preview, {"levels": "flat", "hidden": ""}, "here")
    assert memory.recall(HEAD, "here").answers == {"levels": "flat"}
    assert memory.recall(HEAD, "there").answers == {"levels": "tree"}
    assert memory.recall([*HEAD, "Ket"], "here") is not None
    assert memory.recall(HEAD[:2], "here") is None
    monkeypatch.setattr(list_memory, "MOST", 4)
    for number in range(4):
        memory.remember(preview, {}, f"elsewhere {number}")
    assert memory.recall(HEAD, "here").workspace != "here"


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"lists": [{}]}', '{"lists": [{"heads": 1}]}', '{"lists": 5}']
)
def test_a_damaged_memory_counts_as_none(text):
    path = home() / "lists.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    assert ListMemory().recall(HEAD, "") is None


def test_answers_that_no_longer_exist_are_passed_over(ground, table):
    memory = ListMemory()
    memory.remember(decided(ground, table), {"funding": "apbd"}, ground[0].workspace)
    path = home() / "lists.json"
    data = json.loads(path.read_text("utf-8"))
    data["lists"][0]["answers"]["funding"] = "shells"
    data["lists"][0]["columns"]["yang mengurus"] = "owner of the moon"
    path.write_text(json.dumps(data))
    again = look(ground, table, ListMemory())
    assert asked(again, "funding")["funding"].certainty == ""
    assert asked(again)["column:yang mengurus"].suggestion == "ignore"


def test_years_are_no_part_of_a_shape():
    assert shape_of("Target 2026") == shape_of("target  2031") != shape_of("Target")
