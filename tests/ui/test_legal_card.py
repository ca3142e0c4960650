"""Drafts for the legal bureau are made and worded beside the decrees."""

import docx
import pytest

from desktop.base.jobs import quiet
from desktop.ui.dialogs import wording
from desktop.workspace.wording import worded


@pytest.mark.slow
def test_a_draft_is_written_beside_the_document_in_the_chosen_language_and_form(desk, monkeypatch, tmp_path):
    page = desk.visit("decrees")
    page.drafts.regulation.click()
    desk.qtbot.waitUntil(lambda: page.drafts.made is not None, timeout=60_000)
    assert page.drafts.made.name == "rancangan-peraturan-masterplan.id.docx"
    words = "\n".join(each.text for each in docx.Document(str(page.drafts.made)).paragraphs)
    assert "MEMUTUSKAN:" in words
    begun = []
    monkeypatch.setattr(page.drafts, "make", lambda *what: begun.append(what))
    page.drafts.language.show_value("en")
    page.drafts.form.show_value("pdf")
    page.drafts.decree.click()
    ((name, work, *rest),) = begun
    assert name == "rancangan-sk-smart-city.en.pdf"
    assert work(quiet, desk.session.workspace.path, tmp_path / name, *rest).read_bytes().startswith(b"%PDF")


@pytest.mark.slow
def test_parts_are_worded_in_one_operation_and_given_back_to_the_template(desk):
    dialog = wording.WordingDialog(desk.session, desk.window)
    desk.qtbot.addWidget(dialog)
    by_part = {each.part.id: each for each in dialog.editors}
    why = by_part["why"]
    assert why.text == ""
    assert why.back.isHidden()
    why.edit.setPlainText("bahwa satu;\nbahwa dua;")
    by_part["copies"].edit.setPlainText("")
    by_part["number"].edit.setPlainText("NOMOR 7")
    by_part["number"].reset()
    assert not why.back.isHidden()
    dialog.language.setCurrentIndex(1)
    dialog.show_parts()
    dialog.document.setCurrentIndex(dialog.document.findData("note"))
    dialog.show_parts()
    {each.part.id: each for each in dialog.editors}["closing"].edit.setPlainText("Thank you.")
    assert dialog.changed == {
        ("decree", "why", "id"): "bahwa satu;\nbahwa dua;",
        ("decree", "copies", "id"): "-",
        ("note", "closing", "en"): "Thank you.",
    }
    before = desk.session.workspace.position
    wording.write_wording(desk.session, dialog.changed)
    desk.settle()
    assert desk.session.workspace.position == before + 1
    assert worded(desk.plan, "decree", "why").read("id") == "bahwa satu;\nbahwa dua;"
    again = wording.WordingDialog(desk.session, desk.window)
    desk.qtbot.addWidget(again)
    shown = {each.part.id: each for each in again.editors}
    assert shown["copies"].edit.toPlainText() == ""
    assert shown["copies"].text == "-"
    again.language.setCurrentIndex(1)
    again.show_parts()
    english = {each.part.id: each for each in again.editors}["why"]
    assert (english.edit.toPlainText(), english.text) == ("bahwa satu;\nbahwa dua;", "")
    assert english.state.text() == "kata-kata bahasa lain"
    english.reset()
    assert english.text == english.template.strip()
    assert english.state.text() == "templat"
    english.edit.setPlainText(english.other)
    assert again.changed == {}
    again.language.setCurrentIndex(0)
    again.show_parts()
    shown = {each.part.id: each for each in again.editors}
    shown["why"].reset()
    wording.write_wording(desk.session, again.changed)
    assert not worded(desk.plan, "decree", "why")
    desk.session.workspace.undo()
    assert worded(desk.session.workspace.plan(), "decree", "why")
