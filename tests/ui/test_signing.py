"""Signing with a key file as a person meets it: the cursor, a mistyped password, somebody else's key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit

from desktop.base import Message, clock
from desktop.trust import make_test_identity
from desktop.ui.dialogs.ask import Ask
from desktop.ui.pages.package import sealing, signing
from desktop.ui.pages.package.signers import CONTAINER, closing_roles, same_person

PASSWORD = "rahasia"


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    return make_test_identity(folder, {"mayor": "Ratna Dewi"}, PASSWORD, now=clock.now())


@pytest.fixture
def page(desk, keys, monkeypatch):
    page = desk.visit("package")
    page.signed = []
    monkeypatch.setattr(signing, "ask_open", lambda *_: keys.signers["mayor"].path)
    monkeypatch.setattr(page.signing, "sign_with", lambda role, key: page.signed.append((role, key.password)))
    monkeypatch.setattr(
        page.signing, "signers", lambda: [("mayor", Message("ui.package.whole"), page.person)]
    )
    page.person = "Hj. Ratna Dewi, S.Sos."
    return page


def test_a_question_has_the_cursor_in_its_field(desk):
    dialog = Ask(desk.session, Message("ui.password.title"), Message("ui.password.accept"), desk.window)
    edit = QLineEdit()
    dialog.field(Message("ui.password.field", file="kunci.p12"), edit)
    dialog.show()
    desk.settle()
    assert edit.hasFocus()
    desk.qtbot.keyClicks(edit, "rahasia")
    desk.qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    dialog.deleteLater()


def test_a_mistyped_password_is_asked_again_for_the_same_file(desk, page, monkeypatch):
    typed = iter(["salah", PASSWORD])
    monkeypatch.setattr(signing, "ask_password", lambda *_: next(typed))
    page.signing._choose_key("mayor")
    assert len(desk.said) == 1
    assert page.signed == [("mayor", PASSWORD)]


@pytest.mark.parametrize("agreed", [True, False])
def test_somebody_elses_key_signs_only_when_that_is_agreed(page, monkeypatch, agreed):
    page.person = "Andi Wijaya"
    told = []
    monkeypatch.setattr(signing, "ask_password", lambda *_: PASSWORD)
    monkeypatch.setattr(
        signing, "confirm", lambda *asked, careful: told.append(asked[2].params) or (careful and agreed)
    )
    page.signing._choose_key("mayor")
    assert [dict(each) for each in told] == [{"holder": "Ratna Dewi", "person": "Andi Wijaya"}]
    assert bool(page.signed) is agreed


@pytest.mark.parametrize(
    ("person", "holder", "same"),
    [
        ("Hj. Ela Siti Nuryamah, S.Sos.", "ELA SITI NURYAMAH", True),
        ("Budi Santoso", "Ir. Budi Santoso, M.T.", True),
        ("Citra Contoh", "Andi Contoh", False),
    ],
)
def test_titles_make_nobody_another_person(person, holder, same):
    assert same_person(person, holder) is same


@pytest.mark.parametrize("agreed", [True, False])
def test_a_draft_is_locked_only_when_that_is_agreed(desk, monkeypatch, agreed):
    page = desk.visit("package")
    assert desk.check().mandatory
    asked, sealed = [], []
    monkeypatch.setattr(sealing, "confirm", lambda *given: asked.append(desk.session.say(given[2])) or agreed)
    monkeypatch.setattr(sealing, "ask_save", lambda *_: desk.folder / "kota.asice")
    monkeypatch.setattr(page.sealing, "seal", sealed.append)
    page.sealing.choose_target()
    assert "DRAF" in asked[0]
    assert bool(sealed) is agreed


def test_the_keyboard_comes_to_the_signers_before_what_stands_below_them(desk):
    page = desk.visit("package")
    target = desk.folder / "kota.asice"
    page.sealing.seal(target)
    desk.qtbot.waitUntil(lambda: page.package == target and not page.runner.running, timeout=60_000)
    desk.settle()
    page.signing._choose.setFocus()
    for _ in page.signing.signers():
        for name in ("ui.package.sign_p12", "ui.package.sign_token"):
            desk.qtbot.keyClick(desk.window.focusWidget(), Qt.Key.Key_Tab)
            assert desk.window.focusWidget().text().strip() == desk.session.say(Message(name))


def test_a_signer_without_a_name_says_where_to_write_it(page):
    assert page.signing._unnamed("mayor") == Message("ui.package.unnamed")
    closing = closing_roles(page.session)
    labels = [role.label for role in page.session.pack.roles if role.id in closing]
    assert page.signing._unnamed(CONTAINER) == labels[0]


def test_after_a_signature_the_keyboard_is_at_the_next_that_waits(desk, page, monkeypatch):
    done = set()
    monkeypatch.setattr(signing, "signed_roles", lambda _: done)
    people = [(role, Message("ui.package.whole"), role) for role in ("mayor", "elder")]
    monkeypatch.setattr(page.signing, "signers", lambda: people)
    page.signing.package = desk.folder / "paket.asice"
    page.signing.refresh()
    desk.settle()
    page.signing._presses["mayor"].setFocus()
    done.add("mayor")
    page.signing.refresh()
    desk.settle()
    assert page.signing._presses["elder"].hasFocus()
    done.add("elder")
    page.signing.refresh()
    desk.settle()
    assert page.signing._choose.hasFocus()
