"""Parafs and signatures on the package page: noted, told, asked about when somebody would go first."""

import pytest

from desktop.base import Message
from desktop.checks.initials import Standing
from desktop.exchange.initials import Said
from desktop.submission import standing
from desktop.ui.dialogs.initial import InitialDialog, note
from desktop.ui.pages import reopening
from desktop.ui.pages.package import order, signing
from desktop.ui.pages.package.signers import CONTAINER, step_of


@pytest.fixture
def page(desk):
    def begun(op):
        water = op.insert("agency", name={"id": "Dinas Air"}, short_name="AIR", head="Tirta")
        op.insert("programme", title={"id": "Sumur"}, lead=water)
        op.insert("person", name="Wati", office={"id": "Tetua Adat"}, role="elder", acting="plh")
        op.insert("person", name="Ratna", office={"id": "Wali Kota"}, role="mayor")

    desk.change(begun)
    return desk.visit("package")


def texts(widget):
    from PySide6.QtWidgets import QLabel

    return [each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget)]


def paraf(page, step):
    return next(each for each in page.signing.initials.found if each.step.id == step)


@pytest.mark.slow
def test_every_step_stands_in_the_order_of_the_guideline_before_anything_is_locked(desk, page):
    said = texts(page.signing)
    numbers = [text.partition(".")[0] for text in said if text[:1].isdigit()]
    assert numbers == ["1", "2", "3", "4", "5"]
    assert "1. Paraf Kepala AIR: Tirta" in said
    assert any(text.startswith("4. Plh. Tetua") for text in said), said
    assert page.signing.missing.text() == "Menunggu paraf: Kepala AIR, Plh. Tetua"
    assert "paraf belum lengkap" in page.sealing._initials.text()
    # people sign in the plan's own language, which always goes along
    own, other = page.sealing._languages.values()
    assert own.isChecked()
    assert not own.isEnabled()
    assert other.isEnabled()
    assert (step_of(desk.session, "mayor"), step_of(desk.session, CONTAINER)) == (3, 5)


@pytest.mark.slow
def test_a_paraf_is_noted_as_one_change_and_is_stale_after_the_next(desk, page):
    note(desk.session, paraf(page, "paraf-elder"), "initialled", Said())
    desk.settle()
    given = paraf(page, "paraf-elder")
    assert (given.standing, given.initial.by, given.initial.office) == (
        Standing.INITIALLED, "Wati", "Plh. Tetua Adat",
    )  # fmt: skip
    desk.change(lambda op: op.insert("programme", title={"id": "Lain"}))
    desk.settle()
    assert paraf(page, "paraf-elder").standing is Standing.CHANGED
    assert any("berubah 1 kali" in text for text in texts(page.signing))
    desk.session.undo()
    desk.session.undo()
    desk.settle()
    assert paraf(page, "paraf-elder").standing is Standing.WAITING


@pytest.mark.slow
def test_the_question_names_what_keeps_it_from_being_noted(desk, page):
    dialog = InitialDialog(desk.session, paraf(page, "paraf-office"), desk.window)
    assert (dialog.by.text(), dialog.ok.isEnabled()) == ("Tirta", True)
    assert dialog._fault.isHidden(), "no room is kept for what is not said"
    dialog.by.clear()
    assert not dialog.ok.isEnabled()
    assert not dialog._fault.isHidden()
    dialog.state.setCurrentIndex(dialog.state.findData("returned"))
    dialog._judge()
    assert not dialog.ok.isEnabled()
    dialog.note.setText("Pagu belum cocok")
    assert dialog.ok.isEnabled()
    dialog.day.show_value("2999-01-01")
    dialog._judge()
    assert not dialog.ok.isEnabled()
    dialog.state.setCurrentIndex(dialog.state.findData(""))
    dialog._judge()
    assert dialog.ok.isEnabled()
    dialog.deleteLater()


@pytest.mark.slow
def test_the_scan_of_a_sheet_is_kept_as_evidence_that_is_no_signature(desk, page):
    scan = desk.folder / "lembar.png"
    from PIL import Image

    Image.new("RGB", (40, 60), "white").save(scan)
    note(desk.session, paraf(page, "paraf-office"), "initialled", Said(scan=scan))
    desk.settle()
    (file,) = desk.session.plan.evidence
    assert paraf(page, "paraf-office").initial.evidence == file.id
    assert "bukan TTE" in file.caption.read("id")
    note(desk.session, paraf(page, "paraf-office"), "", Said())
    desk.settle()
    assert paraf(page, "paraf-office").standing is Standing.WAITING


@pytest.mark.slow
def test_many_agencies_are_told_as_a_sum_until_each_is_asked_for(desk, page):
    def many(op):
        for n in range(order.FEW + 2):
            agency = op.insert("agency", name={"id": f"Dinas {n}"}, short_name=f"D{n}")
            op.insert("programme", title={"id": f"P{n}"}, lead=agency)

    desk.change(many)
    desk.settle()
    listed = page.signing.initials
    assert len(listed.found) == order.FEW + 4
    assert len(listed.presses) == 1
    assert any(f"0 dari {order.FEW + 3} sudah diparaf" in text for text in texts(listed))
    listed._toggle()
    assert len(listed.presses) == order.FEW + 4
    assert page.signing.missing.text().endswith("lainnya")


@pytest.mark.slow
@pytest.mark.parametrize("agreed", [pytest.param(True, marks=pytest.mark.slow), False])
def test_who_would_go_before_others_is_asked_and_never_kept_from_it(desk, page, monkeypatch, agreed):
    asked, begun = [], []
    monkeypatch.setattr(
        signing, "confirm", lambda *given, careful: asked.append(desk.session.say(given[2])) or agreed
    )
    target = desk.folder / "kota.asice"
    page.sealing.seal(target)
    desk.qtbot.waitUntil(lambda: page.package == target and not page.runner.running, timeout=60_000)
    desk.settle()
    assert page.signing._before("elder") == ["“Ratna”"]
    assert page.signing._before(CONTAINER) == ["“Ratna”", "“Wati”"]
    assert any("Giliran sekarang" in text for text in texts(page.signing))
    page.signing._begin("elder", begun.append)
    assert "paraf Plh. Tetua, “Ratna”" in asked[0]
    assert begun == (["elder"] if agreed else [])
    missing = page.signing.missing.text()
    assert missing.startswith(
        "Menunggu paraf: Kepala AIR, Plh. Tetua. Menunggu tanda tangan: “Ratna”, “Wati”"
    )
    home = desk.visit("home")
    desk.qtbot.waitUntil(lambda: home.packages.missing.text() == missing, timeout=20_000)


@pytest.mark.slow
def test_nothing_is_asked_when_it_is_their_turn(desk, page, monkeypatch):
    monkeypatch.setattr(signing, "confirm", lambda *_, **__: pytest.fail("asked"))
    for step in ("paraf-office", "paraf-elder"):
        note(desk.session, paraf(page, step), "initialled", Said())
        desk.settle()
    begun = []
    page.signing._begin("mayor", begun.append)
    assert begun == ["mayor"]
    # of a package that was closed already it is asked: the signature over it would end
    asked: list[str] = []
    monkeypatch.setattr(
        reopening,
        "confirm",
        lambda *given, careful: asked.append(desk.session.say(given[2])) or len(asked) > 1,
    )
    closer = standing.Signer("elder", "Wati", "Tetua", 1, True, closed=True)
    still_open = standing.Standing(frozenset(), (), False, (closer,))
    closed = standing.Standing(frozenset(), (), True, (closer,))
    assert [reopening.may_reopen(page, desk.session, closed) for _ in range(2)] == [False, True]
    assert "penutup yang diminta paket: “Wati”" in asked[0]
    assert reopening.may_reopen(page, desk.session, still_open)
    assert page.signing.missing.text().startswith("Semua paraf sudah ada")


@pytest.mark.slow
def test_the_state_of_each_is_said(desk, page):
    assert order.state_of(paraf(page, "paraf-elder")) == Message("checks.initials.waiting")


@pytest.mark.slow
def test_an_agency_sees_and_notes_the_paraf_of_its_own_head_alone(desk, page):
    water = desk.session.plan.agencies[0].id
    desk.change(lambda op: op.insert("person", name="Sari", agency=water))
    desk.session.remember(role="agency")
    desk.settle()
    mine = desk.visit("mine")
    desk.settle()
    assert [(each.step.id, each.agency) for each in mine.initials.found] == [("paraf-office", water)]
    note(desk.session, mine.initials.found[0], "initialled", Said())
    desk.settle()
    assert mine.initials.found[0].standing is Standing.INITIALLED
    assert any("Sudah diparaf" in text for text in texts(mine.initials))


@pytest.mark.slow
def test_by_whose_certificate_it_was_signed_is_told_once_the_package_was_verified(desk, page, monkeypatch):
    from desktop.submission import SignatureReport, Verdict, VerdictKind

    report = SignatureReport(
        "books/do.id.pdf",
        "mayor",
        "Ratna Dewi",
        "",
        "",
        "",
        None,
        test=False,
        anchor="own",
        timestamped=False,
    )
    verdict = Verdict(VerdictKind.VALID, "kota.asice", (), (report,))
    monkeypatch.setattr(page.signing, "_verdict", lambda _: verdict)
    assert page.signing._given("mayor") == [report]
    assert page.signing._given(CONTAINER) == []
    assert page.signing._state_of("mayor", signed=True)[0].params["how"] == "“Ratna Dewi”"
    verdict = Verdict(VerdictKind.REFUSED, "kota.asice", (), (report,))
    assert page.signing._given("mayor") == []


@pytest.mark.slow
def test_who_is_missing_stands_among_the_next_steps_once_nothing_else_keeps_the_documents_back(desk, page):
    home = desk.visit("home")
    assert desk.check().mandatory
    home.refresh()
    home.finish()
    assert home.steps.missing.isHidden()
    told = Message("ui.order.initials", initials="Tetua")
    home.steps.show_missing(told)
    assert not home.steps.missing.isHidden()
    assert home.steps.missing.text() == desk.session.say(told)
    home.steps.show_missing(None)
    assert home.steps.missing.isHidden()


@pytest.mark.slow
def test_nothing_is_pressed_beside_a_signature_that_is_there(desk, page, monkeypatch):
    monkeypatch.setattr(signing, "signed_roles", lambda _: {"mayor"})
    page.signing.package = desk.folder / "paket.asice"
    page.signing.refresh()
    desk.settle()
    assert page.signing._presses["mayor"].isHidden()
    assert not page.signing._presses["elder"].isHidden()
