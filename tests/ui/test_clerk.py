"""A clerk opens the file that was made for the office, fills a row in, attaches two photos and sends."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from desktop.base import Message
from desktop.exchange.handing_out import for_agency, hand_out
from desktop.guideline import write_pack
from desktop.ui.grid.source import FRESH
from desktop.ui.grid.worksheets import ALL, WorksheetSource
from desktop.ui.own import photos, sending
from desktop.ui.pages.mine import MinePage
from desktop.workspace import Author, Workspace
from desktop.workspace.plan import Place
from tests.ui.desk import TINY

LABEL = Message("ui.op.add_programme")


class Clerk:
    """Counts what a person does with keyboard and mouse."""

    def __init__(self, desk, qtbot):
        self.desk, self.qtbot, self.steps = desk, qtbot, 0

    def press(self, button):
        assert button.isVisible()
        assert button.isEnabled()
        self.steps += 1
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.desk.settle()

    def type(self, text):
        self.steps += len(text)
        self.qtbot.keyClicks(QApplication.focusWidget(), text)
        self.desk.settle()

    def key(self, key, how=Qt.KeyboardModifier.NoModifier):
        self.steps += 1
        self.qtbot.keyClick(QApplication.focusWidget(), key, how)
        self.desk.settle()


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A copy handed out to the water office's Budi, on his own computer."""
    path, target = tmp_path / "pusat.rancang", tmp_path / "stik" / "untuk Dinas Air.rancang"
    target.parent.mkdir()
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("RANCANG_HOME", str(tmp_path / "home of Sari"))
        with Workspace.create(
            path, region="18.07", first_year=2027, last_year=2030, title={"id": "Rencana Kota"},
            pack=write_pack(TINY), author=Author("Sari", "secretary"),
        ) as made:  # fmt: skip
            with made.operation(LABEL) as op:
                air = op.insert("agency", name={"id": "Dinas Air", "en": "Water Office"}, short_name="AIR")
                tanah = op.insert("agency", name={"id": "Dinas Tanah"}, short_name="TANAH")
                op.insert("programme", title={"id": "Sumur warga"}, lead=air, start_year=2027, end_year=2028)
                op.insert("programme", title={"id": "Pasar"}, lead=tanah)
                op.deadline("2099-12-31", agency=air)
                op.duty("form", "town", air)
            hand_out(made, target, for_agency(made.plan(), "AIR", person="Budi"), evidence=False)
    return target, air


@pytest.fixture
def at_work(empty_desk, copy, monkeypatch):
    """The window after the file was double-clicked; nothing was asked."""
    path, agency = copy
    shown = []
    monkeypatch.setattr(QDialog, "exec", lambda dialog: shown.append(dialog) or QDialog.DialogCode.Accepted)
    empty_desk.window.open_path(path)
    empty_desk.settle()
    empty_desk.dialogs, empty_desk.agency = shown, agency
    return empty_desk


def sent_files(desk):
    return sorted(desk.session.workspace.path.parent.glob("*.rancang-changes"))


def parts(desk):
    return {(each.page, each.ref): each for each in sending.picture(desk.session).of(desk.agency)}


@pytest.mark.slow
def test_a_row_two_photos_and_send_without_any_help(at_work, qtbot, tmp_path, monkeypatch):
    desk, clerk = at_work, Clerk(at_work, qtbot)
    bench, page = desk.window.workbench, desk.window.workbench.current
    assert isinstance(page, MinePage)
    assert desk.said == []
    assert desk.dialogs == []
    assert not bench.panel.isVisible()
    assert not bench.header.next.isVisible()
    assert not bench.findings.isVisible()
    assert not desk.window.statusBar().findings.isVisible()
    assert "Dinas Air" in page._hello.text()
    # the cursor stands in the first row already
    clerk.type("Sumur untuk warga")
    clerk.key(Qt.Key.Key_Tab)
    assert parts(desk)["worksheet", "wishes"].standing.value == "filled"
    pictures = []
    for name in ("satu.jpg", "dua.jpg"):
        pictures.append(tmp_path / name)
        pictures[-1].write_bytes(photo(name))
    monkeypatch.setattr(photos, "ask_open_many", lambda *_: pictures)
    card = page.cards["worksheet", "wishes", desk.agency]
    clerk.press(card.photos.add)
    qtbot.waitUntil(lambda: parts(desk)["worksheet", "wishes"].measure.files == 2)
    clerk.press(page.foot.send)
    (target,) = sent_files(desk)
    assert 0 < target.stat().st_size < 16_000_000
    assert parts(desk)["worksheet", "wishes"].standing.value == "sent"
    (dialog,) = desk.dialogs
    assert dialog.where.text() == str(target)
    assert "muat dalam pesan" in dialog.told.text()
    assert target.name in dialog.words.toPlainText()
    assert "Dinas Air" in dialog.words.toPlainText()
    clerk.press(dialog.copy_words) if dialog.isVisible() else dialog._copy(dialog.words.toPlainText())
    assert QApplication.clipboard().text() == dialog.words.toPlainText()
    assert desk.session.workspace.author == Author("Budi", "agency")
    assert clerk.steps <= len("Sumur untuk warga") + 5
    assert desk.said == []


@pytest.mark.slow
def test_a_wrong_photo_is_taken_off_where_it_was_attached(at_work):
    desk = at_work
    page = desk.window.workbench.current
    page.complete()

    def attach(op):
        row = op.add_row("wishes", agency=desk.agency)
        op.cell_text(row, "wish", "id", "Sumur")
        for name, more in (("salah.jpg", ()), ("dua.jpg", (Place("answer", item="town.mayor"),))):
            kept = op.attach(photo(name), name=name, media_type="image/jpeg")
            for place in (Place("row", row), *more):
                op.claim(kept, place)

    desk.change(attach)
    box = page.cards["worksheet", "wishes", desk.agency].photos
    names = [each.accessibleName() for each in box.removers]
    assert len(names) == 2
    at = next(n for n, name in enumerate(names) if "salah.jpg" in name)
    box.removers[at].click()
    desk.settle()
    assert [each.name for each in desk.plan.evidence] == ["dua.jpg"]
    # what supports something else as well stays there
    box.removers[0].click()
    desk.settle()
    assert box.removers == []
    (kept,) = desk.plan.evidence
    assert [each.item for each in kept.claims] == ["town.mayor"]
    desk.session.undo()
    desk.session.undo()
    desk.settle()
    assert len(box.removers) == 2


@pytest.mark.slow
def test_rows_and_entries_are_counted_apart_and_what_is_open_is_named(at_work):
    from desktop.ui.own.card import how_far

    desk = at_work
    desk.change(lambda op: op.cell_text(op.add_row("wishes", agency=desk.agency), "wish", "id", "Sumur"))
    said = desk.session.say(how_far(parts(desk)["worksheet", "wishes"], sending.today(desk.session)))
    assert said.startswith("1 baris")
    desk.window.workbench.current.send()
    (dialog,) = desk.dialogs
    titles = [desk.session.say(each.title) for each in parts(desk).values() if each.open]
    assert titles
    assert all(title in dialog.left.text() for title in titles)


def photo(name):
    from io import BytesIO

    from PIL import Image

    target = BytesIO()
    Image.new("RGB", (40, 30), (len(name) * 20, 90, 60)).save(target, "JPEG")
    return target.getvalue()


@pytest.mark.slow
def test_everything_can_be_done_by_keyboard(at_work, qtbot, monkeypatch):
    desk, clerk = at_work, Clerk(at_work, qtbot)
    page = desk.window.workbench.current
    clerk.type("Sumur")
    clerk.key(Qt.Key.Key_Return)
    desk.window.commands.action("send-own").trigger()
    assert len(sent_files(desk)) == 1
    reached = set()
    page.foot.send.setFocus()
    for _ in range(400):
        desk.window.focusNextChild()
        reached.add(QApplication.focusWidget())
    card = page.cards["worksheet", "wishes", desk.agency]
    assert {card.photos.add, card.not_ours, page.foot.send} <= reached


@pytest.mark.slow
def test_a_part_that_is_not_theirs_goes_back_with_the_reason(at_work, monkeypatch):
    desk = at_work
    card = desk.window.workbench.current.cards["form", "town", desk.agency]
    monkeypatch.setattr("desktop.ui.own.card.ask_why", lambda *_: "Urusan Bappeda")
    card.not_ours.click()
    desk.settle()
    assert parts(desk)["form", "town"].standing.value == "not_ours"
    assert not card.content.isVisible()
    assert card._note_words.text() == "Urusan Bappeda"
    card.ours.click()
    desk.settle()
    assert parts(desk)["form", "town"].standing.value != "not_ours"
    assert card.content.isVisible()


@pytest.mark.slow
def test_who_presses_send_again_gets_the_same_words_once_more(at_work):
    desk = at_work
    desk.change(lambda op: op.cell_text(op.add_row("wishes", agency=desk.agency), "wish", "id", "Sumur"))
    page = desk.window.workbench.current
    page.send()
    page.send()
    first, second = (dialog.words.toPlainText() for dialog in desk.dialogs)
    assert "\n- " in first
    assert [line for line in second.splitlines() if line.startswith("- ")] == [
        line for line in first.splitlines() if line.startswith("- ")
    ]


@pytest.mark.slow
def test_what_cannot_be_written_was_not_sent(at_work, monkeypatch):
    from desktop.base.errors import FileProblem

    desk = at_work

    def full(*_, **_how):
        raise FileProblem(Message("ui.own.still_coming"))

    desk.change(lambda op: op.cell_text(op.add_row("wishes", agency=desk.agency), "wish", "id", "Sumur"))
    monkeypatch.setattr("desktop.exchange.changes_file.send", full)
    desk.window.workbench.current.send()
    assert parts(desk)["worksheet", "wishes"].standing.value == "filled"
    assert [each.id for each in desk.said] == ["ui.own.still_coming"]


@pytest.mark.slow
def test_foreign_parts_are_read_only_until_the_person_says_otherwise(at_work):
    desk = at_work
    bench, session = desk.window.workbench, desk.session
    desk.window.commands.run("whole-journey")
    desk.settle()
    assert bench.panel.isVisible()
    assert not session.read_only
    desk.visit("form", "oath")
    assert session.read_only
    assert bench.frame.banner.isVisible()
    bench.frame.change.click()
    desk.settle()
    assert not session.read_only
    bench.frame.back.click()
    desk.settle()
    assert isinstance(bench.current, MinePage)
    desk.window.commands.run("whole-journey")
    desk.settle()
    assert not bench.panel.isVisible()


@pytest.mark.slow
def test_a_page_owed_is_filled_in_where_it_is_shown(at_work):
    desk = at_work
    desk.visit("form", "town")
    assert not desk.session.read_only


def test_who_is_an_agency_without_a_made_copy_says_once_which(desk):
    desk.change(lambda op: op.insert("agency", name={"id": "Dinas Air"}))
    desk.session.remember(role="agency", name="Entah")
    desk.settle()
    page = desk.visit("mine")
    assert page.which.isVisible()
    assert desk.window.workbench.panel.isVisible()
    page.which.setCurrentIndex(1)
    page.which.activated.emit(1)
    desk.settle()
    assert desk.window.workbench.frame.alone
    assert not desk.window.workbench.panel.isVisible()


@pytest.mark.slow
def test_the_part_of_an_office_that_was_renamed_is_its_successors(at_work):
    desk = at_work
    new = desk.change(lambda op: op.insert("agency", name={"id": "Dinas PU"}))
    desk.change(lambda op: op.set("agency", desk.agency, successor=new, until="2027-01-31"))
    from desktop.ui.own.office import office_here

    assert office_here(desk.session) == new


@pytest.mark.slow
def test_the_programme_of_another_office_is_only_read_and_stays_in_view_when_it_may_be_changed(at_work):
    desk = at_work
    bench, session = desk.window.workbench, desk.session
    wells, market = ((each.id, each.title.values["id"]) for each in desk.plan.programmes)
    desk.window.commands.run("whole-journey")
    page = desk.visit("programmes")
    page.list.chosen.emit(wells[0])
    desk.settle()
    assert not session.read_only
    page.list.chosen.emit(market[0])
    desk.settle()
    assert session.read_only
    assert not page.remove.isEnabled()
    bench.frame.change.click()
    desk.settle()
    assert not session.read_only
    assert page.shown == market[0]
    assert page.remove.isEnabled()


@pytest.mark.slow
def test_a_page_that_is_still_being_made_is_not_begun_again(at_work, monkeypatch):
    """Every change while it grew once began it anew, and the cards of before were added beside."""
    from desktop.ui import gradual
    from desktop.ui.own.card import PartCard

    desk = at_work
    page = desk.window.workbench.current
    monkeypatch.setattr(gradual.Gradual.__init__, "__defaults__", (0,))
    page._forget()
    page.refresh()
    assert len(page.cards) < len(page._parts)
    for _ in range(5):
        page.refresh()
    desk.settle()
    page.complete()
    assert list(page.cards) == [each.key for each in page._parts]
    assert len([each for each in page.findChildren(PartCard) if each.isVisibleTo(page)]) == len(page._parts)


@pytest.mark.slow
def test_the_superior_approves_or_returns_on_the_same_page(at_work, monkeypatch):
    desk = at_work
    page = desk.window.workbench.current
    desk.change(lambda op: op.cell_text(op.add_row("wishes", agency=desk.agency), "wish", "id", "Sumur"))
    page.send()
    desk.settle()
    card = page.cards["worksheet", "wishes", desk.agency]
    assert not card.approve.isVisible()
    desk.change(lambda op: op.insert("person", name="Budi", agency=desk.agency, task="superior"))
    assert card.approve.isVisible()
    monkeypatch.setattr("desktop.ui.own.card.ask_why", lambda *_: "Sebutkan tempatnya")
    card.give_back.click()
    desk.settle()
    assert parts(desk)["worksheet", "wishes"].standing.value == "returned"
    desk.session.undo()
    desk.settle()
    card.approve.click()
    desk.settle()
    assert parts(desk)["worksheet", "wishes"].standing.value == "approved"


@pytest.mark.slow
def test_in_the_list_of_programmes_only_the_own_rows_are_changed_until_asked_otherwise(at_work):
    desk = at_work
    page = desk.visit("programmes")
    made = page.list
    rows = [row.values["lead"] == desk.agency for row in made.model.rows]
    assert sorted(rows) == [False, True]
    spots = [(row, made.model.first + 1) for row in range(2)]
    editable = Qt.ItemFlag.ItemIsEditable

    def open_():
        return [bool(made.model.flags(made.model.index(*spot)) & editable) for spot in spots]

    assert open_() == rows
    theirs = rows.index(False)
    made.model.write([(*spots[theirs], "Terminal")])
    made.table.choose((theirs, 1), (theirs, 1))
    made.set_chosen("dimension", "")
    made.delete_chosen()
    desk.settle()
    assert {each.title.read("id") for each in desk.plan.programmes} == {"Sumur warga", "Pasar"}
    bench = desk.window.workbench
    assert bench.frame.change.isVisibleTo(bench.frame.banner)
    bench.frame.change_outside()
    desk.settle()
    assert open_() == [True, True]


@pytest.mark.slow
def test_in_a_worksheet_of_many_offices_only_the_own_rows_are_changed_until_asked_otherwise(at_work):
    """In the other office's part nothing, in everybody's only the own row; not by a button either."""
    desk = at_work
    land = next(each.id for each in desk.plan.agencies if each.short_name == "TANAH")

    def fill(op):
        for agency in (desk.agency, land):
            op.cell_text(op.add_row("wishes", agency=agency), "wish", "id", f"Dari {agency}")

    desk.change(fill)
    before = desk.plan.rows["wishes"]
    page = desk.visit("worksheet", "wishes")
    model = page.grid.model
    assert page._agencies.agency == desk.agency  # the copy was made for it, whoever the settings name
    assert model.may_insert
    page.show_agency(land)
    assert not model.may_insert
    assert not page.grid._adds.isEnabled()
    assert not model.flags(model.index(0, model.first)) & Qt.ItemFlag.ItemIsEditable
    model.write([(0, model.first, "Ditimpa"), (1, model.first, "Ditambah")])
    page.grid.add()
    model.delete_rows([0])
    desk.settle()
    assert desk.plan.rows["wishes"] == before
    desk.window.workbench.frame.change_outside()
    desk.settle()
    page.show_agency(land)
    assert model.may_insert
    assert page.grid._adds.isEnabled()
    assert model.write([(0, model.first, "Diubah bersama")]) == 1


@pytest.mark.slow
def test_where_everybodys_rows_stand_together_only_the_own_can_be_written(at_work):
    desk = at_work
    sheet = next(each for each in desk.session.pack.worksheets if each.id == "wishes")
    source = WorksheetSource(desk.session, sheet)
    source.agency = ALL
    desk.change(lambda op: [op.add_row("wishes", agency=each) for each in ("", desk.agency)])
    desk.session.keeps_to = desk.agency
    closed = {row.key: source.others(row) for row in source.rows(desk.plan) if row.key}
    whose = {row.id: row.agency for row in desk.plan.rows["wishes"]}
    assert closed == {key: agency != desk.agency for key, agency in whose.items()}
    assert source.others(FRESH)  # there a new row would be the region's


def test_an_office_has_one_way_to_send_and_a_secretary_the_other(at_work):
    desk = at_work
    found = {each.id for each in desk.window.commands.offered()}
    assert "send-own" in found
    assert "send-changes" not in found  # it would write a file and leave every part *belum dikirim*
    desk.session.leave()
    desk.session.remember(role="secretary")
    desk.settle()
    found = {each.id for each in desk.window.commands.offered()}
    assert "send-own" not in found
    assert "send-changes" in found
