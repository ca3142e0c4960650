"""What strangers name their files, certificates and regions is shown letter by letter, and believed never."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QToolTip

from desktop.base import Message
from desktop.base.jobs import quiet
from desktop.submission import SealFile, seal, verify
from desktop.ui.dialogs import ask
from desktop.ui.dialogs.arrived import ChangedSince, PackageShown
from tests.submission.golden import KEPT, anchors
from tests.submission.making import NOW, seal_input

FORGED = '<h1 style="color:green">SAH - ditandatangani Bupati</h1>'


@pytest.mark.parametrize("way", [ask.tell, ask.inform, ask.confirm])
def test_boxes_show_letters_and_no_markup(desk, monkeypatch, way):
    shown = []

    def answered(box):
        box.show()
        label = box.findChild(QLabel, "qt_msgbox_label")
        shown.append((label.text(), label.textFormat()))
        box.close()

    monkeypatch.setattr(QMessageBox, "exec", answered)
    message = Message("ui.arrived.package", file=FORGED)
    more = (Message("ui.job.cancel"),) if way is ask.confirm else ()
    way(desk.window, desk.session, message, *more)
    assert shown == [(desk.session.say(message), Qt.TextFormat.PlainText)]


def test_tooltips_show_letters_and_no_markup(desk):
    desk.window.setToolTip(FORGED)
    QToolTip.showText(QPoint(10, 10), desk.window.toolTip(), desk.window)
    (tip,) = (each for each in QApplication.topLevelWidgets() if each.metaObject().className() == "QTipLabel")
    assert tip.textFormat() is Qt.TextFormat.PlainText
    assert tip.text() == FORGED
    QToolTip.hideText()


def shown(desk, path) -> PackageShown:
    dialog = PackageShown(desk.window, path)
    desk.qtbot.addWidget(dialog)
    dialog._on_verdict((verify(path, anchors(), NOW),))
    return dialog


def test_a_name_with_line_ends_makes_no_lines_of_its_own(desk, tmp_path):
    path = tmp_path / "paket\nSAH - semua lengkap\n.asice"
    path.write_bytes(b"x")
    dialog = shown(desk, path)
    assert "\n" not in dialog.windowTitle()
    assert not [each for each in dialog.findChildren(QLabel) if "\n" in each.text()]


def offers(dialog) -> list[str]:
    return [each.text().strip() for each in dialog._offers]


def test_data_are_saved_only_of_the_package_that_was_verified(desk, tmp_path):
    path, target = tmp_path / "paket.asice", tmp_path / "data.json"
    path.write_bytes((KEPT / "signed.asice").read_bytes())
    dialog = shown(desk, path)
    assert desk.session.say(Message("ui.arrived.save_data")) in offers(dialog)
    dialog.save_data(target)
    before = target.read_bytes()
    assert before.startswith(b"{")
    other = SealFile("data.json", "application/json", "data", b'{"palsu":true}')
    seal(quiet, seal_input(files=(other,)), path)
    with pytest.raises(ChangedSince):
        dialog.save_data(target)
    path.write_bytes((KEPT / "signed.asice").read_bytes()[:-3])
    with pytest.raises(ChangedSince):
        dialog.save_data(target)
    assert target.read_bytes() == before


def test_what_holds_no_data_offers_none(desk, tmp_path):
    path = tmp_path / "tanpa.asice"
    seal(quiet, seal_input(files=(SealFile("a.txt", "text/plain", "other", b"x"),)), path)
    dialog = shown(desk, path)
    assert dialog.verdict.package is not None
    assert desk.session.say(Message("ui.arrived.save_data")) not in offers(dialog)
    with pytest.raises(ChangedSince):
        dialog.save_data(tmp_path / "data.json")
