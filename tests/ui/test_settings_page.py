"""Every setting has its control, takes effect at once, is kept, and can be reached without a document."""

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from desktop.base import Message
from desktop.base.settable import SETTABLE
from desktop.ui.actions.helping import topic_of
from desktop.ui.dialogs import anchor as anchor_dialog
from desktop.ui.dialogs import files
from desktop.ui.dialogs.files import Purpose, ask_folder, ask_open, ask_open_many, ask_save
from desktop.ui.pages.settings import SETTINGS
from desktop.ui.pages.settings import anchors as anchors_card
from desktop.ui.roles import Role
from desktop.ui.settings import SettingsFile, Theme
from tests.trust import pki
from tests.trust.crls import entry, revoke


def authority_file(folder):
    """A root certificate as its issuer hands it out."""
    file = folder / "root.pem"
    file.write_bytes(pki.make("Otoritas", ca=True).certificate.public_bytes(Encoding.PEM))
    return file


@pytest.fixture
def page(desk):
    return desk.visit("settings")


def test_every_setting_has_a_control_with_its_name(page):
    assert set(page.controls) == set(SETTINGS)
    assert list(SETTINGS)[: len(SETTABLE)] == list(SETTABLE)
    for name, control in page.controls.items():
        assert control.accessibleName() or control.text(), name


@pytest.mark.slow
def test_each_setting_is_reached_by_its_name(desk, page):
    for name, control in page.controls.items():
        desk.window.show_page("settings", name)
        desk.settle()
        focus = desk.window.focusWidget()
        assert focus is control or focus is control.focusProxy(), name
        assert not control.visibleRegion().isEmpty(), name


@pytest.mark.slow
def test_each_part_is_one_press_away(desk, page):
    for card, press in zip(page.cards, page.jumps, strict=True):
        assert press.text().strip() == desk.session.say(card.title)
        press.click()
        desk.settle()
        first = next(iter(card.controls.values()))
        assert desk.window.focusWidget() in {first, first.focusProxy()}
        assert not first.visibleRegion().isEmpty()


@pytest.mark.slow
def test_the_settings_open_without_a_document_and_lead_back(empty_desk):
    way = next(
        each
        for each in empty_desk.window.start.findChildren(QPushButton)
        if each.text().replace("&", "") == "Pengaturan"
    )
    way.click()
    empty_desk.settle()
    aside = empty_desk.window._aside
    assert aside.isVisible()
    assert aside.title.text() == "Pengaturan"
    assert topic_of(empty_desk.window) == "settings"
    empty_desk.qtbot.keyClicks(aside.page.controls["name"], "Sari")
    aside.back.setFocus()
    empty_desk.settle()
    assert empty_desk.session.settings.name == "Sari"
    aside.page.controls["theme"].setCurrentIndex(2)
    aside.page.controls["theme"].activated.emit(2)
    assert empty_desk.session.settings.theme is Theme.DARK
    empty_desk.session.remember(theme=Theme.SYSTEM)
    aside.back.click()
    assert empty_desk.window.start.isVisible()
    empty_desk.window.show_page("settings", "theme")
    assert empty_desk.window._aside is aside
    empty_desk.window.commands.run("new")
    assert empty_desk.window.start.isVisible()


def test_a_page_that_needs_a_document_is_not_shown_without_one(empty_desk):
    empty_desk.window.show_page("programmes")
    assert empty_desk.window.start.isVisible()


def test_the_role_changes_what_the_window_offers(desk, page):
    row = page.identity.role.findData(Role.AGENCY)
    page.identity.role.setCurrentIndex(row)
    page.identity.role.activated.emit(row)
    desk.settle()
    assert desk.session.settings.role == "agency"
    assert desk.window.workbench.stop.page == "settings"
    assert not desk.window.commands.action("go-package").isVisible()


# -- folders ------------------------------------------------------------------------------------------
def test_a_folder_that_is_not_there_is_refused_with_a_sentence(desk, page):
    place = page.folders.places[0]
    place.take("/tidak/ada")
    assert [message.id for message in desk.said] == ["base.setting.no_folder"]
    assert desk.session.settings.folders == {}
    assert place.path.text() == ""


def test_dialogs_begin_in_the_folder_set_else_where_they_ended_last(desk, page, monkeypatch):
    began = []
    (desk.folder / "masuk").mkdir()
    (desk.folder / "lain").mkdir()

    def choose(_parent, _title, start, _kinds):
        began.append(start)
        return str(desk.folder / "lain" / "a.xlsx"), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    title = Message("ui.command.import")
    assert ask_open(desk.window, desk.session, title) == desk.folder / "lain" / "a.xlsx"
    ask_open(desk.window, desk.session, title)
    page.folders.places[1].take(str(desk.folder / "masuk"))
    ask_open(desk.window, desk.session, title)
    page.folders.places[1].forget.click()
    ask_open(desk.window, desk.session, title)
    beside, last, fixed, again = began
    assert beside == str(desk.path.parent)
    assert last == again == str(desk.folder / "lain")
    assert fixed == str(desk.folder / "masuk")
    assert SettingsFile().value.last_folders == {"imports": str(desk.folder / "lain")}


def test_other_dialogs_remember_too_and_giving_up_remembers_nothing(desk, monkeypatch):
    title, target = Message("ui.command.import"), desk.folder / "buku.pdf"
    monkeypatch.setattr(files.QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    assert ask_save(desk.window, desk.session, title, "buku.pdf") == target
    monkeypatch.setattr(files.QFileDialog, "getOpenFileNames", lambda *_: ([str(target)], ""))
    assert ask_open_many(desk.window, desk.session, title) == [target]
    monkeypatch.setattr(files.QFileDialog, "getExistingDirectory", lambda *_: str(desk.folder))
    assert ask_folder(desk.window, desk.session, title, Purpose.KEYS) == desk.folder
    assert set(desk.session.settings.last_folders) == {"exports", "evidence", "keys"}
    monkeypatch.setattr(files.QFileDialog, "getExistingDirectory", lambda *_: "")
    monkeypatch.setattr(files.QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    assert ask_folder(desk.window, desk.session, title, Purpose.DOCUMENTS) is None
    assert ask_open(desk.window, desk.session, title, purpose=Purpose.DOCUMENTS) is None
    assert "documents" not in desk.session.settings.last_folders


# -- backups ------------------------------------------------------------------------------------------
@pytest.mark.slow
def test_backups_are_copied_to_the_second_place_when_asked_and_when_opened(desk, page):
    place = desk.folder / "stik"
    place.mkdir()
    page.backups.place.take(str(place))
    told = []
    desk.session.told.connect(told.append)
    keeper = desk.window.second_place
    desk.window.commands.run("back-up")
    desk.qtbot.waitUntil(lambda: not keeper.working, timeout=20_000)
    assert [message.id for message in told] == ["ui.told.backed_up"]
    copies = sorted((place / "Cadangan Rancang" / desk.session.workspace.id).iterdir())
    assert copies
    assert [path.name for path in copies] == sorted(
        each.path.name for each in desk.session.workspace.backups()
    )
    page.refresh()
    assert "Cadangan terbaru" in page.backups.state.text()
    copies[0].unlink()
    path = desk.path
    desk.session.leave()
    desk.window.open_path(path)
    desk.qtbot.waitUntil(lambda: not keeper.working, timeout=20_000)
    assert copies[0].exists()


@pytest.mark.slow
def test_a_second_place_that_is_away_is_told_and_work_goes_on(desk, page):
    place = desk.folder / "stik"
    place.mkdir()
    page.backups.place.take(str(place))
    place.rmdir()
    page.refresh()
    assert "tidak dapat diakses" in page.backups.state.text()
    desk.window.commands.run("back-up")
    desk.qtbot.waitUntil(lambda: not desk.window.second_place.working, timeout=20_000)
    assert [message.id for message in desk.said] == ["workspace.error.second_place_away"]
    assert desk.session.workspace.backups()[0].reason == "asked"


def test_leaving_stops_what_still_copies(desk):
    desk.window.commands.run("back-up")
    assert desk.window.second_place.working
    desk.window.close()
    assert not desk.window.second_place.working


# -- trusted certificates -------------------------------------------------------------------------------
def waiting(desk, card):
    desk.qtbot.waitUntil(lambda: not card.runner.running, timeout=20_000)


@pytest.mark.slow
def test_a_certificate_is_compared_believed_and_dropped(desk, page, monkeypatch):
    from desktop.trust import AnchorClass, load_anchors

    asked = []

    def answer(_parent, _session, found):
        asked.extend(found)
        return AnchorClass.TIMESTAMP

    monkeypatch.setattr(anchor_dialog, "ask_anchor", answer)
    monkeypatch.setattr(anchors_card, "confirm", lambda *_: True)
    file = authority_file(desk.folder)
    card = page.anchors
    before = len(load_anchors().anchors)
    card.offer(file)
    waiting(desk, card)
    waiting(desk, card)
    assert len(asked[0].fingerprint) == 64
    assert len(load_anchors().anchors) == before + 1
    own = next(each for each in card.held.anchors if each.file == f"timestamp/{file.name}")
    assert own.purpose is AnchorClass.TIMESTAMP
    card._remove(own)
    waiting(desk, card)
    assert len(load_anchors().anchors) == before
    assert own not in card.held.anchors


def test_nothing_is_believed_before_the_fingerprint_was_compared(desk):
    from desktop.trust import known

    dialog = anchor_dialog.AnchorDialog(desk.session, desk.window, known(authority_file(desk.folder)))
    desk.qtbot.addWidget(dialog)
    shown = " ".join(each.text() for each in dialog.findChildren(QLabel))
    (found,) = known(desk.folder / "root.pem")
    assert found.fingerprint in "".join(shown.split())
    assert "Otoritas" in shown
    assert not dialog.ok.isEnabled()
    dialog.compared.setChecked(True)
    assert dialog.ok.isEnabled()
    assert dialog.purpose.currentData() == "national"


@pytest.mark.slow
def test_a_revocation_list_is_taken_shown_and_dropped(desk, page, monkeypatch):
    monkeypatch.setattr(anchors_card, "confirm", lambda *_: True)
    card, file = page.anchors, desk.folder / "penerbit.crl"
    file.write_bytes(revoke(pki.make("Penerbit", ca=True), entry(7), this=pki.NOW - 90 * pki.DAY))
    card.take_list(file)
    waiting(desk, card)
    waiting(desk, card)
    (held,) = card.held.lists
    assert (held.issuer, held.entries, held.checked) == ("Penerbit", 1, False)
    assert "Penerbit" in " ".join(each.text() for each in card.findChildren(QLabel))
    card._remove_list(held)
    waiting(desk, card)
    assert card.held.lists == ()
    card.take_list(authority_file(desk.folder))
    waiting(desk, card)
    assert [message.id for message in desk.said] == ["trust.crl.unreadable"]


@pytest.mark.slow
def test_what_is_no_certificate_is_refused_with_a_sentence(desk, page):
    file = desk.folder / "catatan.pem"
    file.write_text("bukan sertifikat")
    page.anchors.offer(file)
    desk.qtbot.waitUntil(lambda: not page.anchors.runner.running, timeout=20_000)
    assert [message.id for message in desk.said] == ["trust.anchor.unreadable"]


@pytest.mark.slow
def test_settings_changed_elsewhere_are_shown(desk, page):
    desk.session.remember(text_percent=130, second_language=True, name="Budi")
    desk.settle()
    assert page.screen_card.percent.currentData() == 130
    assert page.screen_card.second.isChecked()
    assert page.identity.name.text() == "Budi"
    assert page.identity.name.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_a_name_typed_without_its_ending_gets_it_and_replaces_nothing(desk, monkeypatch):
    title, typed = Message("ui.package.seal"), desk.folder / "paket"
    monkeypatch.setattr(files.QFileDialog, "getSaveFileName", lambda *_: (str(typed), ""))
    assert ask_save(desk.window, desk.session, title, "Kota.asice") == desk.folder / "paket.asice"
    (desk.folder / "paket.asice").touch()
    assert ask_save(desk.window, desk.session, title, "Kota.asice") == desk.folder / "paket (2).asice"
    typed = desk.folder / "Peta 1.2"
    (desk.folder / "Peta 1.2.png").write_bytes(b"")
    assert (
        ask_save(desk.window, desk.session, title, "a.png", "PNG (*.png);;SVG (*.svg)").name
        == "Peta 1.2 (2).png"
    )
    typed = desk.folder / "Peta 1.SVG"
    assert ask_save(desk.window, desk.session, title, "a.png", "PNG (*.png);;SVG (*.svg)") == typed


def test_a_second_package_is_proposed_beside_the_first(desk, monkeypatch):
    page, names = desk.visit("package"), []
    monkeypatch.setattr("desktop.ui.pages.package.sealing.confirm", lambda *_, **__: True)
    monkeypatch.setattr("desktop.ui.pages.package.sealing.ask_save", lambda *asked: names.append(asked[3]))
    page.sealing.choose_target()
    desk.path.with_suffix(".asice").touch()
    page.sealing.choose_target()
    assert names == [f"{desk.path.stem}.asice", f"{desk.path.stem} (2).asice"]
