"""Typing in a long chapter stays quick, spelling, references and comments included."""

import pytest
from PySide6.QtGui import QTextCursor

from desktop.base import richtext
from tests.ui.keys import too_dear

SENTENCE = "Pemerintah daerah mendorong pelayanan publik yang <b>mudah</b> dan terukur bagi warga desa. "


@pytest.fixture
def long_chapter(desk):
    """The editor of a chapter of five thousand words, the cursor in the middle of it."""
    page = desk.visit("chapter", "A.start")
    html = richtext.normalise("\n".join(f"<p>{SENTENCE * 5}</p>" for _ in range(84)))
    desk.change(lambda op: op.answer_text("chapter.A.start", "id", html))
    edit = page.bindings[0].editor.edit
    assert page.bindings[0].editor.words() > 5000
    edit.setFocus()
    edit.setTextCursor(QTextCursor(edit.document().findBlockByNumber(40)))
    desk.settle()
    return edit


@pytest.mark.slow
def test_a_key_in_five_thousand_words_costs_no_more_than_in_a_few(long_chapter):
    """Milliseconds: tests/bench/bench_frames.py."""
    assert too_dear(long_chapter, "kata baru yang diketik lagi ") == []
