"""Signing with a key file as a person meets it: the cursor, a mistyped password, somebody else's key."""

import datetime as dt
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit

from desktop.base import LocalText, Message, clock
from desktop.base.jobs import quiet
from desktop.submission import Preflight, SealFile, SealSigner, VerdictKind, preflight, seal, verify
from desktop.submission.mark import mark_at
from desktop.submission.signed import OWN_STAMPS, SHOWN_IN_BOX
from desktop.submission.signing import sign_pdfs
from desktop.submission.standing import Signer, Standing, standing
from desktop.trust import Anchors, Grade, KeyCheck, P12Key, make_test_identity
from desktop.ui import theme
from desktop.ui.dialogs import preflight as preflight_dialog
from desktop.ui.dialogs.ask import Ask
from desktop.ui.dialogs.preflight import PreflightDialog
from desktop.ui.pages.package import by_key, sealing, signing
from desktop.ui.pages.package.signers import CONTAINER, closing_roles
from tests.submission import making
from tests.submission.golden import KEPT, anchors
from tests.submission.making import NOW

PASSWORD = "rahasia"


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    return make_test_identity(folder, {"mayor": "Ratna Dewi"}, PASSWORD, now=clock.now())


@pytest.fixture
def page(desk, keys, monkeypatch, tmp_path):
    """The page with a package that waits for the mayor; what is looked at is looked at without a job."""
    page = desk.visit("package")
    page.signed = []
    monkeypatch.setattr(by_key, "ask_open", lambda *_: keys.signers["mayor"].path)
    monkeypatch.setattr(
        page.signing.by_key,
        "sign_with",
        lambda role, key, other=False, *_looked, **_: page.signed.append((role, key.password, other)),
    )
    monkeypatch.setattr(
        page.signing, "signers", lambda: [("mayor", Message("ui.package.whole"), page.person)]
    )
    monkeypatch.setattr(page.runner, "start", lambda done, work, *rest: done(work(quiet, *rest)))
    monkeypatch.setattr(
        preflight_dialog, "ask_preflight", lambda _parent, _session, found: answer(page, found)
    )
    page.looked, page.agreed = [], True
    page.person = "Hj. Ratna Dewi, S.Sos."
    page.signing.package = wait_for(page.person, tmp_path)
    return page


def answer(page, found):
    page.looked.append(found)
    return page.agreed


def wait_for(person, folder, **options):
    """A package that waits for a person's signature as mayor."""
    package = folder / "paket.asice"
    book = SealFile(making.BOOK, "application/pdf", "book", making.draw_pdf(1),
                    (SealSigner("mayor", person, "Wali Kota", **options),))  # fmt: skip
    seal(quiet, making.seal_input(files=(book, making.seal_input().files[1])), package)
    return package


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


@pytest.mark.slow
def test_a_mistyped_password_is_asked_again_for_the_same_file(desk, page, monkeypatch):
    typed = iter(["salah", PASSWORD])
    monkeypatch.setattr(by_key, "ask_password", lambda *_: next(typed))
    page.signing.by_key.choose_file("mayor")
    assert [each.id for each in desk.said] == ["trust.p12.wrong_password"]
    assert page.signed == [("mayor", PASSWORD, False)]


def test_a_file_that_no_password_opens_is_told_and_not_asked_about_again(desk, page, monkeypatch):
    damaged = desk.folder / "rusak.p12"
    damaged.write_bytes(b"bukan kunci")
    asked = []
    monkeypatch.setattr(by_key, "ask_open", lambda *_: damaged)
    monkeypatch.setattr(by_key, "ask_password", lambda *_: asked.append(1) or "apa saja")
    page.signing.by_key.choose_file("mayor")
    assert [each.id for each in desk.said] == ["trust.p12.damaged"]
    assert asked == [1]
    assert page.signed == []


@pytest.mark.slow
@pytest.mark.parametrize("agreed", [True, False])
def test_a_key_is_shown_before_it_signs(page, monkeypatch, agreed):
    page.agreed = agreed
    monkeypatch.setattr(by_key, "ask_password", lambda *_: PASSWORD)
    page.signing.by_key.choose_file("mayor")
    (found,) = page.looked
    assert (found.holder, found.person, found.documents) == ("Ratna Dewi", page.person, 1)
    assert not found.stopped
    assert not found.other_holder
    assert bool(page.signed) is agreed


@pytest.mark.parametrize("written", [True, False])
def test_somebody_elses_key_needs_somebodys_word(page, monkeypatch, tmp_path, written):
    """The name in the package counts; where it has none, the plan's does."""
    page.person = "Andi Wijaya"
    page.signing.package = wait_for(page.person if written else "", tmp_path)
    monkeypatch.setattr(by_key, "ask_password", lambda *_: PASSWORD)
    page.signing.by_key.choose_file("mayor")
    (found,) = page.looked
    assert found.other_holder
    assert found.person == "Andi Wijaya"
    assert page.signed == [("mayor", PASSWORD, True)]


def found(*grades, person=""):
    checks = tuple(KeyCheck(each.value, each, Message("trust.examine.strong")) for each in grades)
    return Preflight("Ratna Dewi", "Penerbit", person, 2, checks)


def test_what_stops_leaves_no_button_to_sign(desk):
    dialog = PreflightDialog(desk.session, desk.window, found(Grade.GOOD, Grade.CONFIRM, Grade.STOP))
    desk.qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.ok.isVisible()
    assert not dialog.agreed.isVisible()


def test_another_holder_is_agreed_to_by_hand(desk):
    dialog = PreflightDialog(desk.session, desk.window, found(Grade.NOTE, Grade.CONFIRM, person="Andi"))
    desk.qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.ok.isEnabled()
    dialog.agreed.setChecked(True)
    assert dialog.ok.isEnabled()


def test_a_good_key_signs_with_one_press(desk):
    dialog = PreflightDialog(desk.session, desk.window, found(Grade.GOOD, Grade.NOTE))
    desk.qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.ok.isEnabled()
    assert dialog.ok.isDefault()
    marks = [each.accessibleName() for each in dialog.findChildren(QLabel) if each.accessibleName()]
    assert {"baik", "perlu diketahui"} <= set(marks)


def test_where_something_is_noted_enter_alone_signs_nothing(desk):
    """It comes some seconds after the password: Enter pressed once more signed what nobody had read."""
    noted = Message("submission.note.other_document", file="books/x.pdf")
    for told, result in ((replace(found(Grade.GOOD), notes=(noted,)), 0), (found(Grade.GOOD), 1)):
        dialog = PreflightDialog(desk.session, desk.window, told)
        desk.qtbot.addWidget(dialog)
        dialog.show()
        desk.settle()
        desk.qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Return)
        assert (dialog.result(), dialog.isVisible()) == (result, False)


@pytest.mark.slow
def test_what_a_verdict_notes_of_the_package_is_shown_before_a_key_signs_it(desk):
    noted = Message("submission.note.other_document", file="books/x.pdf")
    told = replace(found(Grade.GOOD), notes=(noted,) * 10)
    dialog = PreflightDialog(desk.session, desk.window, told)
    desk.qtbot.addWidget(dialog)
    said = [each.text() for each in dialog.findChildren(QLabel)]
    assert sum("books/x.pdf" in each for each in said) == 10
    many = replace(found(Grade.GOOD), notes=(noted,) * 120)
    dialog = PreflightDialog(desk.session, desk.window, many)
    desk.qtbot.addWidget(dialog)
    dialog.show()
    said = [each.text() for each in dialog.findChildren(QLabel)]
    assert sum("books/x.pdf" in each for each in said) == 100
    assert any("20" in each for each in said)
    assert dialog.ok.isVisible()
    assert dialog.height() < desk.window.height()


def test_what_others_show_in_their_boxes_is_told_before_a_key_signs_and_holds_nobody_up(desk):
    dialog = PreflightDialog(desk.session, desk.window, replace(found(Grade.GOOD), stamps=(OWN_STAMPS,)))
    desk.qtbot.addWidget(dialog)
    dialog.show()
    assert desk.session.say(OWN_STAMPS) in [each.text() for each in dialog.findChildren(QLabel)]
    desk.settle()
    desk.qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Return)
    assert dialog.result() == 1


@pytest.mark.slow
def test_a_look_before_the_key_finds_what_others_show_in_their_boxes(tmp_path):
    stage = making.make_stage(tmp_path)
    for role, told in ((making.MAYOR, ()), (making.SECRETARY, (OWN_STAMPS,))):
        key, package = stage.key(role), tmp_path / f"{role}.asice"
        looked = preflight(quiet, stage.sealed, key, role, stage.anchors, NOW)
        assert looked.stamps == told
        assert OWN_STAMPS not in looked.notes
        sign_pdfs(quiet, stage.sealed, package, key, role, stage.anchors, NOW)
        stage = replace(stage, sealed=package)


def test_the_dialog_says_as_whom_one_signs(desk):
    whom = Message("submission.sign.as_whom_numbered", office="Bupati Contoh", name="Ratna Dewi", number="1")
    dialog = PreflightDialog(desk.session, desk.window, replace(found(Grade.GOOD), whom=(whom,)))
    desk.qtbot.addWidget(dialog)
    said = [each.text() for each in dialog.findChildren(QLabel)]
    assert any("Bupati Contoh" in each and "Ratna Dewi" in each and "NIP" in each for each in said)


@pytest.mark.slow
def test_the_card_calls_signers_as_the_package_does(desk, page, tmp_path):
    """It may be another plan's, and its words stand in the stamp."""
    other = tmp_path / "lain"
    other.mkdir()
    page.signing._standing = standing(wait_for("Sari Lestari", other))
    office, name = page.signing._as_packed("mayor", LocalText({"id": "Bupati"}), "Andi")
    assert (desk.session.say(office), desk.session.say(name)) == ("“Wali Kota”", "“Sari Lestari”")
    own = LocalText({"id": "Wali Kota"}), "Sari Lestari"
    assert page.signing._as_packed("mayor", *own) == own, "what this plan says too needs no marks"


def test_a_dialog_grows_with_its_letters_and_stays_within_the_window(desk, monkeypatch):
    desk.window.resize(1280, 720)
    small = PreflightDialog(desk.session, desk.window, found(Grade.GOOD))
    monkeypatch.setattr(theme, "grown", lambda pixels, *_: round(pixels * 1.5))
    large = PreflightDialog(desk.session, desk.window, found(Grade.GOOD))
    for dialog in (small, large):
        desk.qtbot.addWidget(dialog)
    assert small.minimumWidth() < large.minimumWidth() <= desk.window.width()


def test_the_certificate_that_the_package_names_is_the_only_one(keys, tmp_path):
    package = wait_for("Ratna Dewi", tmp_path, certificate="0" * 64)
    key = P12Key(keys.signers["mayor"].path, PASSWORD)
    looked = preflight(quiet, package, key, "mayor", Anchors(), clock.now())
    assert [each.message.id for each in looked.checks if each.grade is Grade.STOP] == [
        "submission.sign.wrong_certificate"
    ]


@pytest.mark.slow
@pytest.mark.parametrize("agreed", [True, False])
def test_a_draft_is_locked_only_when_that_is_agreed(desk, monkeypatch, agreed):
    page = desk.visit("package")
    assert desk.check().mandatory
    asked, sealed = [], []
    page.sealing.replacing.say_first()
    monkeypatch.setattr(sealing, "confirm", lambda *given: asked.append(desk.session.say(given[2])) or agreed)
    monkeypatch.setattr(sealing, "ask_save", lambda *_: desk.folder / "kota.asice")
    monkeypatch.setattr(page.sealing, "seal", lambda *given: sealed.append(given))
    page.sealing.choose_target()
    assert "DRAF" in asked[0]
    assert bool(sealed) is agreed


@pytest.mark.slow
def test_the_keyboard_comes_to_the_signers_before_what_stands_below_them(desk):
    page = desk.visit("package")
    target = desk.folder / "kota.asice"
    page.sealing.button.setFocus()
    page.sealing.seal(target)
    desk.qtbot.waitUntil(lambda: page.package == target and not page.runner.running, timeout=60_000)
    desk.settle()
    # who sealed it is at the first signature, before and after the verdict on the package
    first = desk.window.focusWidget()
    assert first is next(iter(page.signing._presses.values()))
    assert not first.visibleRegion().isEmpty()
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


def test_a_package_is_closed_by_whom_it_asks_itself(page):
    """It may be another plan's, with another guideline."""
    page.signing._standing = None
    assert [page.signing.closing()] == closing_roles(page.session)
    asked = [Signer(role, "", "", 0, True, closed=done) for role, done in (("mayor", True), ("other", False))]
    page.signing._standing = Standing(frozenset(), (), True, tuple(asked))
    assert page.signing.closing() == "other"


def test_the_key_closes_for_the_role_that_was_shown(page, monkeypatch):
    """Who is next is read anew meanwhile: where another closed it before the look, it was the next one's."""
    card, looked, begun = page.signing, [], []
    monkeypatch.delattr(card.by_key, "sign_with")  # the true one
    monkeypatch.setattr(
        card.by_key.looking, "at", lambda what, _key, sign, _again: looked.append((what.role, sign))
    )
    monkeypatch.setattr(
        card.runner, "start", lambda _done, work, _package, _to, _key, role, *_: begun.append(role)
    )
    monkeypatch.setattr(card.by_key, "_anchors", Anchors)
    monkeypatch.setattr(card, "closing", lambda: "first")
    card.by_key.look(CONTAINER, None)
    monkeypatch.setattr(card, "closing", lambda: "second")
    ((role, sign),) = looked
    sign(False, "state", "certificate")
    assert (role, begun) == ("first", ["first"])


@pytest.mark.slow
def test_after_a_signature_the_keyboard_is_at_the_next_that_waits(desk, page, monkeypatch):
    done = set()
    monkeypatch.setattr(signing, "signed_roles", lambda _: done)
    people = [(role, Message("ui.package.whole"), role) for role in ("mayor", "elder")]
    monkeypatch.setattr(page.signing, "signers", lambda: people)
    page.signing.package = desk.folder / "paket.asice"
    page.signing.refresh()
    desk.known()
    page.signing._presses["mayor"].setFocus()
    done.add("mayor")
    page.signing.refresh()
    desk.settle()
    assert page.signing._presses["elder"].hasFocus()
    done.add("elder")
    page.signing.refresh()
    desk.settle()
    assert page.signing._choose.hasFocus()


@pytest.mark.slow
def test_a_key_that_is_shown_while_the_window_verifies_waits_for_the_end_of_it(desk, page, monkeypatch):
    monkeypatch.setattr(by_key, "ask_password", lambda *_: PASSWORD)
    at_work = [True]
    monkeypatch.setattr(type(page.runner), "running", property(lambda _self: at_work[0]))
    page.signing.by_key.choose_file("mayor")
    assert page.looked == []
    at_work[0] = False
    page.runner.ended.emit()
    desk.settle()
    assert len(page.looked) == 1
    assert page.signed == [("mayor", PASSWORD, False)]


@pytest.mark.slow
def test_a_verdict_ends_with_what_it_rests_on(page):
    """A certificate, or a list of those withdrawn, ends while the window is open."""
    path, card, verdict = page.signing.package, page.verifying, verify(KEPT / "half.asice", anchors(), NOW)
    day = dt.timedelta(days=1)
    for until, holds in ((clock.now() + day, True), (clock.now() - day, False), (None, True)):
        card._found[path] = mark_at(path), replace(verdict, until=until)
        assert (card.of(path) is not None) is holds


def test_what_is_chosen_while_something_is_at_work_is_not_dropped_in_silence(desk, page, monkeypatch):
    monkeypatch.setattr(type(page.runner), "running", property(lambda _self: True))
    page.stamping.package = page.signing.elsewhere.package = page.signing.package
    page.receipt.hold(page.signing.package)
    monkeypatch.setattr(page.receipt, "_anchors", Anchors)
    monkeypatch.delattr(page.signing.by_key, "sign_with")
    deeds = (
        partial(page.sealing.seal, desk.folder / "baru.asice"), page.stamping.stamp,
        partial(page.signing.elsewhere.offer, [desk.folder / "a.pdf"]),
        partial(page.signing.elsewhere.export, desk.folder),
        partial(page.receipt.write, desk.folder / "bukti.pdf"),
        partial(page.signing.by_key.sign_with, "mayor", None),
    )  # fmt: skip
    for deed in deeds:
        deed()
    assert [each.id for each in desk.said] == ["ui.job.busy"] * len(deeds)


@pytest.mark.slow
def test_a_signature_is_there_only_once_it_was_verified(desk, page, monkeypatch):
    monkeypatch.setattr(signing, "signed_roles", lambda _: {"elder"})
    card, verdict = page.signing, verify(KEPT / "half.asice", anchors(), NOW)
    report = replace(verdict.signatures[0], role="elder", holder="Tetua", test=False)
    monkeypatch.setattr(card, "_verdict", lambda _: judged)
    refused = replace(verdict, kind=VerdictKind.REFUSED, signatures=(report,))
    for judged in (None, refused):  # noqa: B007 - the card asks for it
        told, look = card._state_of("elder", signed=True)
        assert (told.id, look) == ("ui.package.signed_unproven", "warn")
    judged = replace(verdict, signatures=(report,))
    told, look = card._state_of("elder", signed=True)
    assert (told.id, look) == ("ui.package.signed_by", "good")
    assert "Tetua" in told.params["how"]
    # somebody else in the elder's place, and a key of a course: green is neither, and both are said
    for odd, mark in ((replace(report, asked=False), "Tidak diminta"), (replace(report, test=True), "Uji")):
        judged = replace(verdict, signatures=(odd,))
        told, look = card._state_of("elder", signed=True)
        assert look == "warn"
        assert mark in told.params["how"]
    for stamp in (True, False):
        judged = replace(verdict, signatures=(replace(report, own_stamp=stamp),))
        told, look = card._state_of("elder", signed=True)
        assert (desk.session.say(SHOWN_IN_BOX) in told.params["how"], look) == (stamp, "good")
        desk.qtbot.waitUntil(lambda: card.known)
        card.refresh()
        assert (desk.session.say(OWN_STAMPS) in [each.text() for each in card.findChildren(QLabel)]) is stamp
    # that nobody is awaited any more is the package's own word too
    card._standing, card.initials.found = Standing(frozenset({"elder"}), (), closed=True), ()
    card._tell_missing()
    assert (card.missing.text()[:13], card.missing.property("look")) == ("Menurut paket", "")
