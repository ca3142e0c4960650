"""Grids behave like a spreadsheet: typing, pasting, filling, undoing as one step."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication

from desktop.base.ids import derived_id
from desktop.ui.grid.clipboard import read_block, write_block
from desktop.ui.grid.delegate import PAD
from desktop.ui.grid.fitting import GridTable
from desktop.ui.grid.worksheets import WorksheetSource
from desktop.workspace.plan import Place


@pytest.fixture
def wishes(desk):
    return desk.visit("worksheet", "wishes").grid


@pytest.fixture
def ready(desk):
    return desk.visit("worksheet", "ready").grid


def shown(grid):
    model = grid.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def put_cursor(grid, row, column):
    grid.table.setCurrentIndex(grid.model.index(row, column))


@pytest.mark.slow
def test_typing_into_the_empty_last_line_makes_a_row(desk, wishes):
    assert len(wishes.model.rows) == 1
    wishes.model.setData(wishes.model.index(0, 0), "Taman di setiap desa")
    desk.settle()
    (row,) = desk.plan.rows["wishes"]
    assert row.cells["wish"].text.values == {"id": "Taman di setiap desa"}
    assert len(wishes.model.rows) == 2


@pytest.mark.slow
def test_a_block_from_excel_is_one_operation_and_adds_the_rows_it_needs(desk, wishes):
    before = len(desk.session.workspace.recent())
    put_cursor(wishes, 0, 0)
    block = 'Taman\tRatna\tRp1.500.000\tAir\tya\r\n"Jalan\nsetapak"\tBudi\t2.000.000\tUdara\ttidak\r\n'
    assert wishes.table.paste(block) == 10
    desk.settle()
    assert len(desk.session.workspace.recent()) == before + 1
    first, second = desk.plan.rows["wishes"]
    assert {name: cell.value for name, cell in first.cells.items() if name != "wish"} == {
        "by": "Ratna", "cost": 1_500_000, "dim": "air", "urgent": True,
    }  # fmt: skip
    assert second.cells["wish"].text.values["id"] == "Jalan\nsetapak"
    desk.window.commands.run("undo")
    desk.settle()
    assert desk.plan.rows.get("wishes", ()) == ()
    assert len(wishes.model.rows) == 1


def test_what_a_paste_brings_that_is_not_understood_is_left_out_and_said(desk, wishes):
    put_cursor(wishes, 0, 0)
    wishes.table.paste("Taman\tRatna\tmahal\tMars\tya")
    desk.settle()
    (row,) = desk.plan.rows["wishes"]
    assert "cost" not in row.cells
    assert row.cells["urgent"].value is True
    assert "mahal" in wishes._said.text()
    assert wishes._said.isVisible()


def test_fill_down_copy_and_clear(desk, wishes):
    put_cursor(wishes, 0, 0)
    wishes.table.paste("Satu\tRatna\nDua\t\nTiga\t")
    desk.settle()
    wishes.table.clearSelection()
    for row in range(3):
        wishes.table.selectionModel().select(
            wishes.model.index(row, 1), wishes.table.selectionModel().SelectionFlag.Select
        )
    desk.qtbot.keyClick(wishes.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert [row.cells["by"].value for row in desk.plan.rows["wishes"]] == ["Ratna"] * 3
    desk.qtbot.keyClick(wishes.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Ratna\nRatna\nRatna"
    desk.qtbot.keyClick(wishes.table, Qt.Key.Key_Delete)
    desk.settle()
    assert [row.cells["by"].value for row in desk.plan.rows["wishes"]] == [None] * 3


@pytest.mark.slow
def test_rows_are_moved_and_deleted(desk, wishes):
    put_cursor(wishes, 0, 0)
    wishes.table.paste("Satu\nDua\nTiga")
    desk.settle()
    put_cursor(wishes, 2, 0)
    wishes.move_by(-1)
    desk.settle()
    assert [line[0] for line in shown(wishes)] == ["Satu", "Tiga", "Dua", ""]
    put_cursor(wishes, 0, 0)
    wishes.delete()
    desk.settle()
    assert [line[0] for line in shown(wishes)] == ["Tiga", "Dua", ""]


@pytest.mark.slow
def test_fixed_rows_stand_under_their_headings_and_are_made_on_first_use(desk, ready):
    assert [line[0] for line in shown(ready)] == [
        "Tangan",
        "Tangan kiri",
        "Tangan kanan",
        "Kepala",
        "Akal",
        "Hati",
    ]
    put_cursor(ready, 1, 1)
    ready.table.paste("Tingkat 4\tKuat\nLevel 2\tLemah\nTingkat 5\tCerdas")
    desk.settle()
    rows = {row.fixed: row for row in desk.plan.rows["ready"]}
    assert {name: row.cells["level"].value for name, row in rows.items()} == {
        "left": "s4",
        "right": "s2",
        "mind": "s5",
    }
    assert (
        not ready.model.rows[0].heading
        or not ready.model.flags(ready.model.index(0, 1)) & Qt.ItemFlag.ItemIsEditable
    )


@pytest.mark.slow
def test_evidence_for_a_cell_of_an_untouched_row_makes_the_row(desk, ready):
    file = desk.folder / "foto.png"
    file.write_bytes(b"\x89PNG not really")
    put_cursor(ready, 1, 1)
    page = desk.window.workbench.current
    page._slot.take([file])
    desk.settle()
    (kept,) = desk.plan.evidence
    (row,) = desk.plan.rows["ready"]
    assert kept.claims == (Place("cell", row.id, "level"),)


def test_a_finding_puts_the_cursor_on_its_cell(desk):
    report = desk.check()
    finding = next(
        each for each in report.mandatory if each.place.row == derived_id("row", "ready", "mind", "")
    )
    desk.window.workbench.show_finding(finding)
    desk.settle()
    grid = desk.window.workbench.current.grid
    index = grid.table.currentIndex()
    assert grid.model.rows[index.row()].fixed == "mind"
    assert grid.model.field_at(index.column()).id == "level"


def test_each_agency_has_its_own_part(desk):
    health = desk.change(lambda op: op.insert("agency", name={"id": "Dinas Kesehatan"}))
    page = desk.visit("worksheet", "wishes")
    page.show_agency(health)
    page.grid.model.setData(page.grid.model.index(0, 0), "Puskesmas baru")
    desk.settle()
    (row,) = desk.plan.rows["wishes"]
    assert row.agency == health
    page.show_agency("")
    assert [line[0] for line in shown(page.grid)] == [""]


@pytest.mark.slow
def test_who_writes_a_row_in_their_own_part_need_not_name_their_office(desk):
    health, water = (desk.change(lambda op, n=n: op.insert("agency", name={"id": n})) for n in ("D1", "D2"))
    sheet = desk.session.guide.worksheet("wishes")
    columns = tuple(replace(each, type="agency") if each.id == "by" else each for each in sheet.columns)
    source = WorksheetSource(desk.session, replace(sheet, columns=columns))
    for agency, values, said in (
        (health, {"wish": "Puskesmas"}, health),
        (health, {"wish": "Sumur", "by": water}, None),
        (health, {}, None),
        ("", {"wish": "Jalan"}, None),
    ):
        source.agency = agency
        key = desk.change(lambda op, v=values: source.add(op, "", v))
        (row,) = (each for each in desk.plan.rows["wishes"] if each.id == key)
        cell = row.cells.get("by")
        assert (cell.value if cell else None) == said


@pytest.mark.slow
def test_a_bound_worksheet_is_a_view_of_programmes_with_extra_columns(desk):
    programme = desk.change(lambda op: op.insert("programme", title={"id": "Sumur resapan"}))
    grid = desk.visit("worksheet", "deeds").grid
    assert shown(grid)[0][0] == "Sumur resapan"
    grid.model.write([(0, 0, "Sumur dalam"), (0, 2, "Desa Braja")])
    desk.settle()
    assert desk.plan.programmes[0].title.values["id"] == "Sumur dalam"
    assert desk.plan.answer("programme.place", programme).text.values["id"] == "Desa Braja"


@pytest.mark.slow
def test_agencies_and_people_are_typed_into_grids(desk):
    page = desk.visit("agencies")
    agencies, people = page.grids
    put_cursor(agencies, 0, 0)
    agencies.table.paste("1.02\tDinas Kesehatan\tDinkes\tdr. Ayu")
    desk.settle()
    assert desk.plan.agencies[0].code == "1.02"
    put_cursor(people, 0, 0)
    # the number of the civil servant is a column that is not shown at first
    people.table.paste("Ratna\tWali Kota\tWali Kota\tDinas Kesehatan\t\tPlt. (pelaksana tugas)")
    desk.settle()
    (person,) = desk.plan.people
    assert (person.name, person.role, person.agency, person.acting) == (
        "Ratna", "mayor", desk.plan.agencies[0].id, "plt",
    )  # fmt: skip


def test_texts_of_the_second_language_are_filled_in_the_same_grid(desk, wishes):
    wishes.model.setData(wishes.model.index(0, 0), "Taman")
    desk.settle()
    wishes.write_in("en")
    wishes.model.setData(wishes.model.index(0, 0), "A park")
    desk.settle()
    assert desk.plan.rows["wishes"][0].cells["wish"].text.values == {"id": "Taman", "en": "A park"}


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ('"dua\nbaris"\tx', [["dua\nbaris", "x"]]),
        ('kata "kutip"\tx', [['kata "kutip"', "x"]]),
        ('"tak tutup\tx', [['"tak tutup', "x"]]),
        ("satu", [["satu"]]),
        ("satu\ndua", [["satu"], ["dua"]]),
        ("a\t\tc", [["a", "", "c"]]),
        ("a\n\nb\tc", [["a"], [""], ["b", "c"]]),
    ],
)
def test_blocks_are_read_as_spreadsheets_write_them(text, cells):
    assert read_block(text) == cells


def test_a_block_written_is_read_back_the_same():
    block = [["a", 'b "c"'], ["dua\nbaris", ""], ["tab\there", "x"]]
    assert read_block(write_block(block)) == block


def test_a_table_without_rows_says_what_to_do_first(desk, wishes):
    assert wishes.hint.isVisible()
    assert "Ctrl+V" in wishes.hint.text()
    wishes.model.setData(wishes.model.index(0, 0), "Taman di setiap desa")
    desk.settle()
    assert not wishes.hint.isVisible()
    wishes.search.setText("tidak ada yang begini")
    assert not wishes.hint.isVisible(), "rows that are filtered away are there all the same"


@pytest.mark.slow
def test_the_list_of_programmes_says_what_to_do_first(desk):
    page = desk.visit("programmes")
    assert page.list.hint.isVisible()
    assert "Ctrl+Shift+I" in page.list.hint.text()
    page.add_programme()
    desk.settle()
    desk.visit("programmes")
    assert not page.list.hint.isVisible()


@pytest.mark.slow
def test_rows_are_fitted_in_view_first_and_the_cell_gone_to_stays_in_view(desk, wishes):
    long = " ".join(["Taman bermain di setiap desa"] * 12)

    def fill(operation):
        for number in range(120):
            row = operation.add_row("wishes")
            operation.cell_text(row, "wish", "id", f"{number} {long}")

    desk.change(fill)
    table = wishes.table
    plain = table.verticalHeader().defaultSectionSize()
    for row in range(120):
        table.setRowHeight(row, plain)
    table.fit_rows()
    assert table.rowHeight(0) > plain
    assert table.rowHeight(110) == plain
    index = wishes.model.index(110, 0)
    table.setCurrentIndex(index)
    table.scrollTo(index)
    spot = table.visualRect(index)
    assert table.rowHeight(110) > plain
    assert table.viewport().rect().intersects(spot)
    desk.qtbot.waitUntil(lambda: table.rowHeight(119) > plain)
    assert table.visualRect(index) == spot


def test_the_head_before_the_button_of_columns_keeps_its_words_where_later_columns_are_hidden(desk):
    grid = desk.visit("worksheet", "ready").grid
    heads, table = grid.table.heads, grid.table
    shown = table.shown_columns()
    before = heads.needed_width(shown[-2])
    table.widths.show_column(shown[-1], shown=False)
    assert heads.needed_width(shown[-2]) == before + heads.last_reserve


def test_a_row_is_as_high_as_its_text_where_that_just_does_not_fit(ready):
    """A cell is painted a pixel narrower than its column: the third line of an agency's name was cut."""
    table = ready.table
    metrics = table.fontMetrics()
    text = "Komunikasi dan"
    table.heads.resizeSection(1, metrics.horizontalAdvance(text) + 2 * PAD)
    rect = table.visualRect(table.model().index(1, 1))
    assert rect.width() - 2 * PAD < metrics.horizontalAdvance(text)

    class Cell:
        """An index that says a text."""

        def data(self, role):
            return text if role == Qt.ItemDataRole.DisplayRole else None

        def column(self):
            return 1

    assert table.itemDelegate().sizeHint(None, Cell()).height() >= 2 * metrics.lineSpacing()


def test_a_head_scrolled_beneath_the_button_of_columns_ends_in_dots(ready):
    heads = ready.table.heads
    words = heads.words(0)
    metrics = QFontMetrics(heads.font_now())
    wide = heads.uncovered()
    whole = QRect(wide - 4 - metrics.horizontalAdvance(words), 0, metrics.horizontalAdvance(words) + 2, 30)
    assert heads._fitting(0, whole) == words
    cut = QRect(wide - 30, 0, 31, 30)
    assert heads._fitting(0, cut).endswith("\N{HORIZONTAL ELLIPSIS}")
    low = QRect(whole.left(), 0, max(metrics.horizontalAdvance(each) for each in words.split()), 8)
    low.moveRight(wide)
    if len(words.split()) > 1:
        assert heads._fitting(0, low) != words, "two lines have no room in the height of one"


@pytest.mark.slow
def test_where_much_room_is_left_names_stand_on_one_line(desk):
    """An agency's name went on over five lines beside a title that had half a wide screen to itself."""
    name = "Dinas Pekerjaan Umum dan Penataan Ruang"

    def work(op):
        lead = op.insert("agency", name={"id": name})
        op.insert("programme", title={"id": "Sumur"}, lead=lead, dimension="air")

    desk.change(work)
    desk.window.resize(1900, 900)
    table = next(each for each in desk.visit("programmes").findChildren(GridTable) if each.isVisible())
    desk.settle()
    column = next(each for each in table.shown_columns() if table.cells.kind(each) == "agency")
    assert table.columnWidth(column) >= table.fontMetrics().horizontalAdvance(name) + 2 * PAD
    assert table.horizontalScrollBar().maximum() == 0
    wide = table.columnWidth(column)
    desk.window.resize(1280, 720)
    desk.settle()
    assert table.columnWidth(column) < wide
