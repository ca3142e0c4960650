"""Signed PDFs in the window: what is in order goes in at once, what a person has to see is shown first."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtWidgets import QLabel

from desktop.base import LocalText, clock
from desktop.base.jobs import quiet
from desktop.submission import bring_back, export_for_signing, look_at, verify
from desktop.submission.issuers import Known
from desktop.submission.pdf.sign import sign_pdf
from desktop.submission.refusal import code_of
from desktop.submission.signed import OWN_STAMPS
from desktop.submission.stamp import Stamp, StampStanding
from desktop.submission.standing import standing
from desktop.trust import Anchors
from desktop.ui.dialogs import returned
from desktop.ui.dialogs.pages_apart import PagesApart
from desktop.ui.dialogs.returned import ReturnedPdfs, waiting_people
from tests.submission.making import BOOK, MAYOR, NOW, SECRETARY, Stage, make_stage
from tests.submission.pdf.test_stamp_letters import letters_of_its_own

WAIT = 60_000


@pytest.fixture(scope="module")
def stage(tmp_path_factory) -> Stage:
    return make_stage(tmp_path_factory.mktemp("stage"))


@pytest.fixture
def out(stage: Stage, tmp_path: Path) -> Path:
    return export_for_signing(quiet, stage.sealed, tmp_path / "keluar").documents[0]


def signed(stage: Stage, data: bytes, path: Path) -> Path:
    stamp = Stamp("Contoh Bupati", "Bupati Contoh", NOW, StampStanding.TEST, "RANCANG:X")
    with stage.key(MAYOR).open() as signer:
        path.write_bytes(sign_pdf(data, signer, MAYOR, stamp, path.name))
    return path


def anew(data: bytes, content: bytes = b"") -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        if content:
            document.pages[0].contents_add(content, prepend=False)
        document.save(target)
    return target.getvalue()


def asked(desk, stage: Stage, *pdfs: Path) -> ReturnedPdfs:
    dialog = ReturnedPdfs(desk.session, stage.sealed, look_at(quiet, stage.sealed, pdfs), desk.window)
    desk.qtbot.addWidget(dialog)
    return dialog


def test_what_is_in_order_needs_no_answer(desk, stage, out, tmp_path) -> None:
    dialog = asked(desk, stage, signed(stage, out.read_bytes(), tmp_path / "x.pdf"))
    assert dialog.ok.isEnabled()
    (choice,) = dialog.choices()
    assert (choice.document, dict(choice.roles), choice.confirmed_by) == (BOOK, {MAYOR: MAYOR}, "")
    target = tmp_path / "baru.asice"
    bring_back(quiet, stage.sealed, target, dialog.choices())
    assert [one.role for one in verify(target, stage.anchors, NOW).signatures] == [MAYOR]


@pytest.mark.slow
def test_letters_of_a_stamps_own_are_told_and_nobody_is_asked(desk, stage, out, tmp_path) -> None:
    with letters_of_its_own():
        path = signed(stage, out.read_bytes(), tmp_path / "x.pdf")
    dialog = asked(desk, stage, path)
    (card,) = dialog.cards
    assert [code_of(each) for each in card.came.notes] == ["returned.not_archival", "note.stamp_letters"]
    shown = [each.text() for each in card.findChildren(QLabel)]
    assert all(desk.session.say(note) in shown for note in card.came.notes)
    assert len(dialog.choices()) == 1


@pytest.mark.slow
def test_what_is_known_of_an_issuer_stands_beside_the_signer(desk, stage, out, tmp_path) -> None:
    path = signed(stage, out.read_bytes(), tmp_path / "x.pdf")
    for anchors, known in ((Anchors(), Known.NOT_KNOWN), (stage.anchors, Known.TEST)):
        came = look_at(quiet, stage.sealed, [path], anchors=anchors)
        dialog = ReturnedPdfs(desk.session, stage.sealed, came, desk.window)
        desk.qtbot.addWidget(dialog)
        (card,), (signature,) = dialog.cards, came[0].comparison.signatures
        said, issued = [each.text() for each in card.findChildren(QLabel)], came[0].issued(signature)
        assert issued.known is known
        assert any(desk.session.say(issued.said(signature.issued_by)) in each for each in said)
        assert said.count(desk.session.say(OWN_STAMPS)) == 1
        assert (issued.why is None) == (known is Known.TEST)
        assert issued.why is None or desk.session.say(issued.why) in said


@pytest.mark.slow
def test_what_every_verification_would_refuse_stays_out(desk, stage, out, tmp_path, monkeypatch) -> None:
    path = signed(stage, out.read_bytes(), tmp_path / "x.pdf")
    monkeypatch.setattr(clock, "now", lambda: NOW - dt.timedelta(days=2))
    dialog = asked(desk, stage, path)
    (card,) = dialog.cards
    assert card.came.told.refused is not None
    assert desk.session.say(card.came.told.refused) in [each.text() for each in card.findChildren(QLabel)]
    assert not dialog.choices()
    assert not dialog.ok.isEnabled()


@pytest.mark.slow
def test_documents_are_called_by_their_titles(desk, stage, out, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(returned, "names_in", lambda *_: {BOOK: LocalText({"id": "Buku I: Analisis"})})
    (card,) = asked(desk, stage, signed(stage, out.read_bytes(), tmp_path / "x.pdf")).cards
    said = [each.text() for each in card.findChildren(QLabel)]
    assert "Buku I: Analisis" in said
    assert not [each for each in said if BOOK in each]


@pytest.mark.slow
def test_pages_have_to_be_seen_before_they_are_called_the_same(
    desk, stage, out, tmp_path, monkeypatch
) -> None:
    desk.session.remember(name="Sari")
    dialog = asked(desk, stage, signed(stage, anew(out.read_bytes()), tmp_path / out.name))
    (card,) = dialog.cards
    assert not dialog.ok.isEnabled()
    assert not card.compared.isEnabled()
    monkeypatch.setattr(PagesApart, "begin", lambda _self: None)
    monkeypatch.setattr(PagesApart, "exec", lambda _self: 1)
    card.look.click()
    assert not card.compared.isEnabled(), "no page was drawn: nobody has seen any"
    monkeypatch.setattr(PagesApart, "exec", lambda self: setattr(self, "pairs", ("page",)))
    card.look.click()
    card.compared.click()
    assert dialog.ok.isEnabled()
    assert dialog.choices()[0].confirmed_by == "Sari"


@pytest.mark.slow
def test_another_document_stays_out_and_the_rest_goes_in(desk, stage, out, tmp_path) -> None:
    good = signed(stage, out.read_bytes(), tmp_path / "baik.pdf")
    bad = signed(stage, anew(out.read_bytes(), b"q 0 g 60 650 200 12 re f Q"), tmp_path / out.name)
    dialog = asked(desk, stage, good, bad)
    assert [choice.pdf for choice in dialog.choices()] == [good]
    assert not dialog.cards[1].roles


@pytest.mark.slow
def test_a_role_that_is_taken_away_is_asked_again(desk, stage, out, tmp_path) -> None:
    dialog = asked(desk, stage, signed(stage, out.read_bytes(), tmp_path / "x.pdf"))
    combo = dialog.cards[0].roles[MAYOR]
    combo.setCurrentIndex(0)
    assert not dialog.ok.isEnabled()
    combo.setCurrentIndex(combo.findData(SECRETARY))
    assert dialog.choices()[0].roles == {MAYOR: SECRETARY}


@pytest.mark.slow
def test_both_versions_are_shown_page_by_page(desk, stage, out, tmp_path) -> None:
    changed = signed(stage, anew(out.read_bytes(), b"q 0 g 60 650 200 12 re f Q"), tmp_path / out.name)
    (came,) = look_at(quiet, stage.sealed, [changed])
    pages = PagesApart(desk.session, stage.sealed, came, desk.window)
    desk.qtbot.addWidget(pages)
    pages.begin()
    desk.qtbot.waitUntil(lambda: not pages.runner.running, timeout=WAIT)
    assert [pair.page for pair in pages.pairs] == [1]
    assert not pages.previous.isEnabled()
    assert not pages.next.isEnabled()
    pages.reject()


def test_who_is_waited_for_is_offered(desk, stage) -> None:
    found = waiting_people(desk.session, standing(stage.sealed))
    assert [role for role, _ in found] == [MAYOR, SECRETARY]
    assert waiting_people(desk.session, standing(stage.signed)) == []
