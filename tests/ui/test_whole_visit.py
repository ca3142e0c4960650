"""The whole visit through the window: handed out, worked on apart, brought back, settled, handed back.

Four people at four computers: the secretary, a mentor and a clerk of each of two agencies. Everybody
opens their own file in a window of their own; what travels between them are files in folders.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QToolButton

from desktop.ui.comments import CommentDialog, threads
from desktop.ui.dialogs.bring_back import BringBack, Brought, ComingTabs
from desktop.ui.dialogs.handing_out import HandOut
from desktop.ui.dialogs.sending import SendChanges
from desktop.ui.dialogs.who import Who
from desktop.ui.own.sending import SentDialog
from desktop.ui.pages import programmes
from desktop.ui.pages.mine import MinePage
from desktop.ui.reviewing.suggest import SuggestDialog
from desktop.workspace import Workspace
from tests.ui.elsewhere import (
    Region,
    answering,
    choosing,
    command,
    fill_cell,
    finished,
    open_file,
    rewrite,
    words,
)

SERVICE = "Warga mengadu lewat loket. Petugas mencatat di buku. Jawaban dikirim lewat pos."
BEFORE = "Warga datang ke kantor. Antrean panjang. Air diantar setiap pekan."


@pytest.fixture
def region(tmp_path, qtbot, qapp, monkeypatch):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    monkeypatch.setattr(programmes, "confirm", lambda *_: True)
    return Region(tmp_path, (qtbot, qapp, monkeypatch))


def ground(op):
    """Two agencies with their programmes, and what the forms say so far."""
    water = op.insert("agency", code="1.03", name={"id": "Dinas Air"}, short_name="AIR")
    land = op.insert("agency", code="1.04", name={"id": "Dinas Tanah"}, short_name="TANAH")
    well = op.insert(
        "programme", code="A-1", title={"id": "Sumur warga"}, dimension="air", lead=water,
        service={"id": SERVICE}, before={"id": BEFORE}, start_year=2027, end_year=2030,
    )  # fmt: skip
    op.put("budget_line", programme=well, year=2027, source="purse", indicative=1_000_000)
    op.insert("programme", code="A-2", title={"id": "Pompa lama"}, dimension="air", lead=water)
    op.insert("programme", code="T-1", title={"id": "Taman desa"}, dimension="tanah", lead=land)
    op.answer("town.mayor", "Ratna")


def programme(desk, code):
    return next(each for each in desk.plan.programmes if each.code == code)


# -- handing out ---------------------------------------------------------------------------------------
def hand_out(region):
    with region.sits("sari", "Sari") as desk:
        desk.begin()
        desk.change(ground)
        choosing(desk, folder=region.stick)

        def choose(dialog):
            for at in range(dialog.people.count()):
                dialog.people.item(at).setCheckState(Qt.CheckState.Checked)
            desk.qtbot.keyClicks(dialog.name, "Prof. Wayan")
            dialog.role.setCurrentIndex(dialog.role.findData("mentor"))
            dialog.add.click()
            region.look(dialog, "bagikan")
            dialog.ok.click()
            finished(desk, dialog.runner)
            region.look(dialog, "dibagikan")
            assert sum("muat dalam pesan" in each for each in words(dialog)) == 3
            dialog.ok.click()

        with answering(desk, (HandOut, choose)):
            command(desk, "hand-out")
        # while they are away the secretary goes on
        page = desk.visit("programmes", programme(desk, "A-1").id)
        rewrite(desk, desk.box(page.form, "before"), "setiap pekan", "setiap bulan")
    for who, whose in (("ani", "Dinas Air"), ("tono", "Dinas Tanah"), ("wayan", "Prof. Wayan")):
        (copy,) = region.stick.glob(f"*{whose}.rancang")
        region.carry(copy, who)


# -- three at work --------------------------------------------------------------------------------------
def say_who(region, name):
    def answer(dialog):
        region.look(dialog, "siapa")
        assert dialog.role.currentData() == "agency"
        dialog.name.setText(name)
        dialog.ok.click()

    return Who, answer


def send(desk, region, page):
    """Press *Kirim* and take the file along."""
    sent = []

    def read(dialog):
        region.look(dialog, "terkirim")
        sent.append(Path(dialog.where.text()))
        dialog.ok.click()

    with answering(desk, (SentDialog, read)):
        page.foot.send.click()
    return sent[0]


def the_water_office(region):
    """Ani fills in the money, rewrites a sentence and deletes a programme."""
    with region.sits("ani") as desk:
        with answering(desk, say_who(region, "Ani")):
            open_file(desk, region.file("ani"))
        page = desk.window.workbench.current
        assert isinstance(page, MinePage)
        region.look(desk.window, "dinas-air")
        well = programme(desk, "A-1")
        content = page.cards["programmes", well.id, well.lead].content
        content.open_button.click()
        desk.settle()
        fill_cell(desk, content.form.budget, 0, 0, "1500000")
        rewrite(desk, desk.box(content.form, "service"), "loket", "telepon")
        rewrite(desk, desk.box(content.form, "before"), "kantor", "kantor dinas")
        region.look(desk.window, "dinas-air-mengisi")
        command(desk, "whole-journey")
        listed = desk.visit("programmes", programme(desk, "A-2").id)
        assert listed.remove.isEnabled()
        listed.remove.click()
        desk.settle()
        assert [each.code for each in desk.plan.programmes] == ["A-1", "T-1"]
        command(desk, "whole-journey")
        return send(desk, region, desk.window.workbench.current)


def the_land_office(region):
    """Tono works outside his own part, after saying that he means to."""
    with region.sits("tono") as desk:
        with answering(desk, say_who(region, "Tono")):
            open_file(desk, region.file("tono"))
        command(desk, "whole-journey")
        page = desk.visit("programmes", programme(desk, "A-1").id)
        assert desk.session.read_only
        frame = desk.window.workbench.frame
        region.look(desk.window, "dinas-tanah-di-luar")
        frame.change.click()
        desk.settle()
        fill_cell(desk, page.form.budget, 0, 0, "2000000")
        rewrite(desk, desk.box(page.form, "service"), "loket", "aplikasi")
        other = desk.visit("programmes", programme(desk, "A-2").id)
        rewrite(desk, desk.box(other.form, "service"), "", "Air mengalir setiap hari.")
        own = desk.visit("programmes", programme(desk, "T-1").id)
        rewrite(desk, desk.box(own.form, "service"), "", "Taman dirawat warga.")
        command(desk, "whole-journey")
        send(desk, region, desk.window.workbench.current)


def the_mentor(region):
    """Prof. Wayan asks a question and suggests a name; nothing of the plan is his."""
    with region.sits("wayan") as desk:
        open_file(desk, region.file("wayan"))
        assert desk.session.author().name == "Prof. Wayan"
        assert desk.window.workbench.stop.page == "review"
        region.look(desk.window, "pendamping")
        box = desk.box(desk.visit("form", "town"), "mayor")

        def remark(dialog):
            dialog.body.setPlainText("Sejak kapan menjabat?")
            region.look(dialog, "catatan")
            dialog.accept()

        def suggest(dialog):
            dialog.editor.inner.setText("Ibu Ratna Dewi")
            dialog.reason.setPlainText("Nama lengkap.")
            region.look(dialog, "saran")
            dialog.ok.click()

        with answering(desk, (CommentDialog, remark)):
            box.spoken.review.remark.click()
        with answering(desk, (SuggestDialog, suggest)):
            box.spoken.review.suggest.click()
        region.look(desk.window, "pendamping-isian")
        page = desk.visit("review")
        return send_changes(desk, region, "wayan", page.send.click)


def send_changes(desk, region, who, begin):
    """Send changes to a file."""
    target = region.folder / who / f"dari {who}.rancang-changes"
    choosing(desk, save=target)

    def write(dialog):
        region.look(dialog, f"kirim-{who}")
        dialog.ok.click()
        finished(desk, dialog.runner)
        assert target.is_file()
        dialog.ok.click()

    with answering(desk, (SendChanges, write)):
        begin()
    return target


# -- brought back and settled ---------------------------------------------------------------------------
def heads(*, new, changed, outside=0, differing=0):
    """What the tabs of a preview say."""
    return [
        f"Baru ({new})", f"Berubah ({changed})", "Dihapus (0)", f"Di luar bagiannya ({outside})",
        "Tulisan digabungkan (1)", f"Isian berbeda ({differing})",
    ]  # fmt: skip


def bring_back(desk, region, files, name, expected, *, dropped=False):
    """Bring files back, from the menu or dropped, after looking at them; nothing is written before."""
    choosing(desk, open=files)
    before = desk.session.workspace.head if desk.session.is_open else ""

    def take(dialog):
        finished(desk, dialog.runner)
        region.look(dialog, name)
        (tabs,) = dialog.findChildren(ComingTabs)
        assert [tabs.tabText(at) for at in range(tabs.count())] == expected
        assert desk.session.workspace.head == before or dropped
        dialog.ok.click()

    def read(dialog):
        region.look(dialog, f"{name}-hasil")
        assert any("cadangan" in each for each in words(dialog))
        differ = [b for b in dialog.findChildren(QPushButton) if b.text() == "Lihat isian berbeda"]
        (*differ, dialog.ok)[0].click()

    with answering(desk, (BringBack, take), (Brought, read)):
        if dropped:
            desk.window.receive(files)
        else:
            command(desk, "bring-back")


def settle(desk, region):
    """Each field that was filled differently on its page."""
    status = desk.window.statusBar()
    assert status.differing.isVisible()
    assert status.differing.text() == "3 isian berbeda"
    # the report of what was taken over led there
    assert desk.window.workbench.stop.page == "differing"
    page = desk.window.workbench.current
    cases = {(case.conflict.table, case.conflict.kind): case for case in page.differing.cases}
    assert set(cases) == {("budget_line", "value"), ("programme", "value"), ("programme", "delete-edit")}
    # money: the agency's own figure
    page.list.choose(cases["budget_line", "value"].key)
    region.look(desk.window, "berbeda-anggaran")
    assert {"Rp1.500.000", "Rp2.000.000", "Rp500.000"} <= set(words(page.card))
    sides = [side.value for side in page.card.case.sides]
    page.card.takes[sides.index(1_500_000)].click()
    desk.settle()
    # the sentence that both rewrote, in words of the secretary's own
    page.list.choose(cases["programme", "value"].key)
    desk.settle()
    (choice,) = page.card.chooser.choices
    assert all(button.isVisible() for button in choice.buttons.values())
    choice.buttons["own"].click()
    choice.words.setPlainText("Warga mengadu lewat telepon atau aplikasi.")
    desk.settle()
    region.look(desk.window, "berbeda-kalimat")
    page.card.chooser.use.click()
    desk.settle()
    # the programme that one deleted and the other filled in
    page.list.choose(cases["programme", "delete-edit"].key)
    region.look(desk.window, "berbeda-dihapus")
    page.card.takes[0].click()
    desk.settle()
    assert desk.plan.conflicts == ()
    assert not status.differing.isVisible()
    region.look(desk.window, "berbeda-selesai")


def answer_the_mentor(desk, region):
    """Take the suggestion over with one click, and answer the question."""
    box = desk.box(desk.visit("form", "town"), "mayor")
    region.look(desk.window, "saran-pendamping")
    (card,) = box.spoken.review.cards
    card.take.click()
    desk.settle()
    assert desk.plan.answer("town.mayor").value == "Ibu Ratna Dewi"

    def reply(dialog):
        dialog.body.setPlainText("Sejak 2025.")
        dialog.accept()

    (thread,) = desk.visit("comments").cards
    with answering(desk, (CommentDialog, reply)):
        thread.findChildren(QToolButton)[0].click()
    region.look(desk.window, "catatan-dijawab")
    assert [each.first.state for each in threads(desk.plan)] == ["answered"]


def at_home(region, files):
    """Sari brings all three back, settles what differs, answers, and sends one file to everybody."""
    with region.sits("sari") as desk:
        open_file(desk, region.file("sari"))
        bring_back(desk, region, files, "terima", heads(new=4, changed=4, outside=3, differing=3))
        settle(desk, region)
        answer_the_mentor(desk, region)
        return send_changes(desk, region, "sari", lambda: command(desk, "send-changes"))


def take_home(region, who, file, expected, check):
    """Open one's own copy again, and bring in what the secretary sent back."""
    with region.sits(who) as desk:
        known = who == "tono"  # who double clicks what came: the document it belongs to opens by itself
        if not known:
            open_file(desk, region.file(who))
        bring_back(desk, region, [region.carry(file, who)], f"{who}-terima", expected, dropped=known)
        assert desk.session.workspace.path == region.file(who)
        region.look(desk.window, f"{who}-akhir")
        assert not desk.window.statusBar().differing.isVisible()
        check(desk)


def the_clerk_sees(desk):
    """The one page again, with what was settled."""
    assert isinstance(desk.window.workbench.current, MinePage)


def the_mentor_sees(desk):
    """What became of the question and the suggestion."""
    page = desk.visit("review")
    page.finish()
    assert len(page.answers.cards) == 1
    assert "1" in " ".join(words(page.answers))
    assert page.changes.first is not None


def equal(region):
    """All four files, as they lie on four computers."""
    found = []
    for who in ("sari", "ani", "tono", "wayan"):
        with Workspace.open(region.file(who), read_only=True) as workspace:
            workspace.self_check()
            found.append((workspace.head, workspace.conflicts(), workspace.plan()))
    (head, conflicts, plan), *others = found
    assert [each[0] for each in others] == [head] * 3
    assert [each[1] for each in found] == [[]] * 4
    assert conflicts == []
    assert [each[2] for each in others] == [plan] * 3
    return plan


@pytest.mark.slow
def test_the_whole_visit(region):
    hand_out(region)
    water, mentor = the_water_office(region), the_mentor(region)
    the_land_office(region)
    # Tono mailed nothing: he put his whole document on the stick
    files = [region.carry(each, "sari/masuk") for each in (water, region.file("tono"), mentor)]
    back = at_home(region, files)
    take_home(region, "ani", back, heads(new=5, changed=3), the_clerk_sees)
    take_home(region, "tono", back, heads(new=4, changed=3), the_clerk_sees)
    take_home(region, "wayan", back, heads(new=3, changed=7), the_mentor_sees)
    plan = equal(region)
    well, pump, park = plan.programmes
    assert [each.indicative for each in well.budget] == [1_500_000]
    assert well.service.values["id"] == SERVICE.replace(
        "Warga mengadu lewat loket.", "Warga mengadu lewat telepon atau aplikasi."
    )
    assert well.before.values["id"] == BEFORE.replace("kantor", "kantor dinas").replace("pekan", "bulan")
    assert pump.service.values["id"] == "Air mengalir setiap hari."
    assert park.service.values["id"] == "Taman dirawat warga."
    assert plan.answer("town.mayor").value == "Ibu Ratna Dewi"
    assert [each.state for each in plan.suggestions] == ["accepted"]
    assert [each.body for each in plan.comments] == ["Sejak kapan menjabat?", "Sejak 2025."]
