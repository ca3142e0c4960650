"""A verdict on a package that no open document explains: its signers have the package's own words."""

from PySide6.QtWidgets import QLabel

from desktop.base.fingerprint import Match, words_of
from desktop.ui.pages.paper_words import PaperWords
from desktop.ui.pages.verdict import VerdictView
from desktop.ui.session import Session


def test_roles_are_called_what_the_package_calls_them(desk, monkeypatch):
    view = VerdictView(desk.session)
    desk.qtbot.addWidget(view)
    view._offices = {"elder": "Tetua Kota"}
    assert view._role("elder") != "elder"
    monkeypatch.setattr(Session, "is_open", False)
    assert view._role("elder") == "Tetua Kota"
    assert view._role("stranger") == "stranger"
    assert view._role("") == "\N{EM DASH}"


def test_words_typed_from_paper_are_compared(desk):
    ten = words_of("ab" * 32)
    box = PaperWords(desk.session, "ab" * 32)
    desk.qtbot.addWidget(box)
    assert " ".join(ten) in box.findChild(QLabel, "fingerprint").text()
    for typed, match in ((" ".join(ten), Match.EQUAL), (" ".join(("zebra", *ten[1:])), Match.MISREAD)):
        box.typed.setText(typed)
        box.typed.returnPressed.emit()
        assert box.found.match is match
        assert box.answer.isVisibleTo(box)
    assert "1" in box.answer.text()
    box.typed.setText(" ")
    box.compare()
    assert not box.answer.isVisibleTo(box)
