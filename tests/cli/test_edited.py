"""``books --chapters`` writes chapters for Word, ``bring-back`` takes them over when somebody agrees."""

from __future__ import annotations

import pytest

from desktop.workspace import Author, Workspace
from tests.exchange.edited.word import commented, edit, put


@pytest.mark.slow
def test_chapters_go_out_and_come_back(call, smart, tmp_path):
    with Workspace.open(smart, author=Author("Sari", "secretary")) as workspace:
        put(workspace, {"I.1": "<p>Satu kalimat. Dua kalimat.</p>", "I.2": "<p>Yang lain.</p>"})
    said = call.ok("books", smart, "--chapters", "I.1,I.2", "--output", tmp_path, json=True)
    (made,) = [each for each in said.records if each["kind"] == "chapters"]
    path = tmp_path / "chapters.id.docx"
    assert made["file"] == str(path)
    assert "0 changed" in call.ok("bring-back", smart, path, language="en").out
    edit(edit(path, "Dua kalimat.", "Dua ucapan."), "Yang lain.", "Yang baru.")
    commented(path, "Satu kalimat.", "Dari mana?")
    shown = call("bring-back", smart, path, "--preview", json=True)
    assert shown.code == 1
    first, second = [each for each in shown.records if each["kind"] == "edited-text"]
    assert first["sentences"] == [
        {"number": "1.1", "before": "Dua kalimat.", "after": "Dua ucapan.", "differs": False}
    ]
    assert [each["text"] for each in shown.records if each["kind"] == "edited-remark"] == ["Dari mana?"]
    assert second["standing"] == "changed"
    call.fails("bring-back", smart, path, "--take", "7", "--name", "Sari")
    assert call("bring-back", smart, path, "--take", "2", "--name", "Sari").code == 1
    left = call("receive", path, "--into", smart, "--accept", "--name", "Sari", json=True)
    assert [each["texts"] for each in left.records if each["kind"] == "edited-taken"] == [1]
    with Workspace.open(smart, read_only=True) as workspace:
        texts = workspace.plan().answers
        assert "Dua ucapan." in texts["chapter.I.1", ""].text.values["id"]
        assert "Yang baru." in texts["chapter.I.2", ""].text.values["id"]
        assert [each.body for each in workspace.plan().comments] == ["Dari mana?"]
    call.ok("what", path)


def test_what_cannot_be_asked_for(call, smart, tmp_path):
    assert "II.2" in call.fails("books", smart, "--chapters", "IX.9", "--output", tmp_path)
    call.fails("books", smart, "I", "--chapters", "I.1", "--output", tmp_path)
    letter = tmp_path / "surat.odt"
    letter.write_bytes(b"{\\rtf1 x}")
    refused = call("bring-back", smart, letter, json=True)
    assert refused.code == 1
    assert [each["id"] for each in refused.records] == ["exchange.word.bad.old"]
