"""Stakeholders and their input by command: noted, answered, traced; sheets out and back in."""

import docx
import pytest

from desktop.workspace import Workspace


@pytest.fixture
def heard(call, town):
    """A document with one stakeholder and one programme."""
    call.ok("stakeholder", town, "add", "name=PT Maju", "kind=industry", "contact=0812")
    call.ok("programme", town, "add", "title=Pasar panen")
    return town


def inputs(path):
    with Workspace.open(path, read_only=True) as workspace:
        return workspace.plan().inputs


@pytest.mark.slow
def test_the_register_tells_who_was_never_heard(call, heard):
    (one,) = call.ok("stakeholder", heard, json=True).records
    assert (one["name"], one["kind_of_stakeholder"], one["attended"], one["inputs"]) == (
        "PT Maju",
        "industry",
        0,
        0,
    )
    assert "PT Maju" in call.ok("stakeholder", heard, "--never").out
    call.ok("input", heard, "add", "Dengan gudang", "--from", "PT Maju")
    assert call.ok("stakeholder", heard, "--never").out == ""
    call.ok("stakeholder", heard, "set", "PT Maju", "kind=community")
    call.ok("stakeholder", heard, "delete", "PT Maju")
    assert call.ok("stakeholder", heard, json=True).records == []
    assert len(inputs(heard)) == 1  # what was said is kept


@pytest.mark.slow
def test_an_input_is_noted_answered_and_traced(call, heard):
    call.ok("input", heard, "add", "Dengan gudang", "--from", "PT Maju", "--about", "Pasar panen")
    said = call("input", heard, json=True)
    assert said.code == 1  # it waits for an answer
    assert said.record["about"].startswith("programme/")
    call.ok("input", heard, "answer", "1", "partly", "Mulai tahun kedua.", "--name", "Sari")
    call.ok("input", heard, "link", "1", "Pasar panen")
    (one,) = call.ok("input", heard, json=True).records
    assert (one["decision"], one["answer"], one["answered_by"]) == (
        "partly",
        {"id": "Mulai tahun kedua."},
        "Sari",
    )
    assert len(one["programmes"]) == 1
    assert "Pasar panen" in call.ok("input", heard).out
    call.ok("input", heard, "unlink", "1", "Pasar panen")
    assert inputs(heard)[0].programmes == ()
    assert call.ok("input", heard, "--decision", "accepted", json=True).records == []
    call.ok("input", heard, "delete", "1")
    assert inputs(heard) == ()


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["add"], "add"),
        (["add", " "], "empty"),
        (["add", "x", "--about", "nothing of ours"], "nothing of ours"),
        (["add", "x", "--from", "Nobody"], "Nobody"),
        (["answer", "1"], "answer"),
        (["answer", "1", "perhaps"], "perhaps"),
        (["delete", "7"], "7"),
        (["import", "missing.docx"], "missing.docx"),
    ],
)
def test_what_cannot_be_done_is_told(call, heard, words, part):
    call.ok("input", heard, "add", "Dengan gudang")
    said = call("input", heard, *words)
    assert said.code != 0
    assert part in said.err
    assert len(inputs(heard)) == 1


@pytest.mark.slow
def test_sheets_go_out_and_come_back(call, heard, tmp_path):
    out = tmp_path / "out"
    files = call.ok("input", heard, "sheets", "PT Maju", "--blank", "--output", out, json=True).records
    assert sorted((each["format"], bool(each["stakeholder"])) for each in files) == [
        ("docx", False), ("docx", True), ("pdf", False), ("pdf", True),
    ]  # fmt: skip
    sheet = next(each["file"] for each in files if each["format"] == "docx" and each["stakeholder"])
    document = docx.Document(sheet)
    next(r for t in document.tables for r in t.rows if "Pasar panen" in r.cells[1].text).cells[
        -1
    ].text = "Gudang"
    document.save(sheet)
    shown = call.ok("input", heard, "import", sheet, json=True).records
    assert [each["kind"] for each in shown] == ["said", "sheet"]
    assert inputs(heard) == ()  # only shown
    call.ok("receive", "--into", heard, "--accept", sheet)
    assert [each.body.read("id") for each in inputs(heard)] == ["Gudang"]
    assert call.ok("input", heard, "import", "--accept", sheet, json=True).records[-1]["taken"] == 0
    call.ok("input", heard, "answer", "1", "rejected", "Belum ada anggarannya.")
    (answers,) = call.ok("input", heard, "answers", "--format", "pdf", "--output", out, json=True).records
    assert answers["file"].endswith(".pdf")


def test_answers_for_nobody_are_told(call, heard, tmp_path):
    assert call("input", heard, "answers", "--output", tmp_path / "out").code == 1
