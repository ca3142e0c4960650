"""What strangers name their files, certificates and regions is shown letter by letter, and believed never."""

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QToolTip

from desktop.base import Message
from desktop.base.jobs import quiet
from desktop.submission import SealFile, seal, verify
from desktop.submission.register.entry import Basis, Entry
from desktop.submission.register.examine import Sort
from desktop.submission.register.reading import Told
from desktop.ui.dialogs import anchor, arrived, ask
from desktop.ui.dialogs.arrived import ChangedSince, PackageShown
from desktop.ui.pages.package import verifying
from desktop.ui.receiving.detail import Detail
from tests.submission.golden import KEPT, anchors
from tests.submission.making import NOW, seal_input
from tests.trust import pki

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


@pytest.fixture
def root(tmp_path):
    file = tmp_path / "root-bsre.pem"
    made = pki.make("Root Orang Lain", ca=True)
    file.write_bytes(made.certificate.public_bytes(Encoding.PEM))
    return file


def test_one_call_trust_shows_the_fingerprint_first_and_keeps_what_was_shown(desk, root, monkeypatch):
    shown = []

    def answered(dialog):
        shown.append(" ".join(each.text() for each in dialog.findChildren(QLabel)))
        assert not dialog.ok.isEnabled()
        assert dialog.purpose.isHidden()
        return answer

    monkeypatch.setattr(anchor.AnchorDialog, "exec", answered)
    answer = anchor.AnchorDialog.DialogCode.Rejected
    assert anchor.ask_passing(desk.window, desk.session, root) is None
    answer = anchor.AnchorDialog.DialogCode.Accepted
    before = root.read_bytes()
    copy = anchor.ask_passing(desk.window, desk.session, root)
    root.write_bytes(b"another")
    assert copy.read_bytes() == before
    assert "Root Orang Lain" in shown[0]
    assert "SHA-256" in shown[0]
    assert anchor.ask_passing(desk.window, desk.session, root) is None
    assert len(shown) == 2
    assert desk.said


@pytest.mark.slow
@pytest.mark.parametrize("agreed", [True, False])
def test_nobody_is_trusted_before_that_was_compared(desk, root, monkeypatch, agreed):
    monkeypatch.setattr(anchor, "ask_passing", lambda *_: root if agreed else None)
    card = desk.visit("package").verifying
    dialog = shown(desk, KEPT / "signed.asice")
    monkeypatch.setattr(type(dialog), "begin", lambda *_, **__: None)
    for place, asking in ((verifying, card), (arrived, dialog)):
        monkeypatch.setattr(place, "ask_open", lambda *_: root)
        asking._choose_trust()
        assert asking.trust == ([root] if agreed else [])


def test_dummy_reasons_hide_no_other_kind(desk):
    dummy = [Told("missing", "missing.pdf_signature",
                  Message("submission.missing.pdf_signature", file=f"a{number}.pdf", role="x"))
             for number in range(70)]  # fmt: skip
    late = Told("missing", "missing.late", Message("submission.missing.late", moment=NOW, due=NOW))
    refused = Told("refusal", "zip.gap", Message("submission.zip.gap"))
    entry = Entry(1, "/x/a.asice", 1, Sort.PACKAGE, "refused", "18.07", "Lampung Timur", Basis.CLAIMED,
                  reasons=(*dummy, late, refused))  # fmt: skip
    detail = Detail(desk.session, lambda answer: None)
    desk.qtbot.addWidget(detail)
    detail.show_entry(entry, {})
    said = [each.text() for each in detail.findChildren(QLabel)]
    places = [next(place for place, text in enumerate(said) if f"[{code}]" in text)
              for code in ("zip.gap", "missing.late", "missing.pdf_signature")]  # fmt: skip
    assert places == sorted(places)
    told = Message("ui.desk.more", n=64, code="missing.pdf_signature")
    assert desk.session.say(told) in said
