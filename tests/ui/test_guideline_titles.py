"""A stranger's guideline speaks in no voice of ours: its title is one line, and the file's own word."""

from __future__ import annotations

import pytest
from msgspec import structs
from PySide6.QtWidgets import QLabel

from desktop.base import LocalText
from desktop.guideline.loading import load_pack, open_pack, write_pack
from desktop.guideline.provenance import provenance
from desktop.ui.dialogs import arrived, guidelines
from desktop.ui.pages import guideline_picker
from tests.ui.desk import TINY

LIES = "Pedoman 2026\nPenerbit: Kementerian\nTanda tangan: sah, oleh Kementerian"


@pytest.mark.parametrize("title", [LIES, f"{LIES}{chr(10) * 28}x", "Pedoman\u202e6202", "x " * 900])
def test_a_title_is_one_line_and_the_files_own_word(desk, tmp_path, monkeypatch, title) -> None:
    made = load_pack(TINY)
    info = structs.replace(made.pack, title=LocalText({"id": title, "en": title}), version=f"1\n{title}")
    path = tmp_path / "pedoman.rancang-guideline"
    path.write_bytes(write_pack(structs.replace(made, pack=info)))
    opened = open_pack(path)
    dialog = arrived.GuidelineShown(desk.window, path, opened, provenance(opened))
    desk.qtbot.addWidget(dialog)
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert all("\n" not in each and "\u202e" not in each and len(each) < 300 for each in said[:3])
    assert desk.session.say(arrived.Message("ui.arrived.claims", said=info.called)) == said[0]
    asked = []

    def no(_parent, _session, question, *_, **__):
        asked.append(desk.session.say(question))
        return False

    monkeypatch.setattr(guidelines, "confirm", no)
    monkeypatch.setattr(guideline_picker, "confirm", no)
    assert guidelines.install_pack(desk.window, desk.session, path) is None
    before = desk.window.start.new.guideline.count()
    desk.window.start.new.guideline.add_asked(opened)
    assert desk.window.start.new.guideline.count() == before
    assert len(asked) == 2
    assert all("Kementerian\n" not in each and "\u202e" not in each for each in asked)
    assert all(LIES not in each and len(each) < 900 for each in asked)


@pytest.mark.slow
def test_beginning_with_a_guideline_that_was_shown_asks_as_its_file_does(desk, tmp_path, monkeypatch) -> None:
    path = tmp_path / "pedoman.rancang-guideline"
    path.write_bytes(write_pack(TINY))
    asked = []
    monkeypatch.setattr(guideline_picker, "confirm", lambda *about, **_: bool(asked.append(about)))
    desk.window.start.show_new_with(open_pack(path))
    assert len(asked) == 1
