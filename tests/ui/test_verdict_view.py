"""A verdict on a package that no open document explains: its signers have the package's own words."""

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
