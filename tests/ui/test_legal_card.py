"""Drafts for the legal bureau are made beside the decrees."""

import docx


def test_a_draft_is_written_beside_the_document_in_the_chosen_language(desk):
    page = desk.visit("decrees")
    page.drafts.regulation.click()
    desk.qtbot.waitUntil(lambda: page.drafts.made is not None, timeout=60_000)
    assert page.drafts.made.name == "rancangan-peraturan-masterplan.id.docx"
    words = "\n".join(each.text for each in docx.Document(str(page.drafts.made)).paragraphs)
    assert "MEMUTUSKAN:" in words
    page.drafts.made = None
    page.drafts.language.show_value("en")
    page.drafts.decree.click()
    desk.qtbot.waitUntil(lambda: page.drafts.made is not None, timeout=60_000)
    assert page.drafts.made.name == "rancangan-sk-smart-city.en.docx"
