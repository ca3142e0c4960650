"""Sorting and filtering are views of the rows; editing never moves the row one works on."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from desktop.ui.grid.clipboard import from_mime, read_html, to_mime
from desktop.ui.grid.columns import ColumnChooser, ColumnPopup
from desktop.ui.grid.ordering import ColumnFilter, ordered, text_key
from desktop.ui.grid.series import continued

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@pytest.fixture
def grid(desk):
    made = desk.visit("worksheet", "wishes").grid
    made.table.go((0, 0))
    made.table.paste("Tahap 10\tali\t300\nTahap 2\tÉli\t\nTahap 1\tBudi\t20\nTahap 3\tbudi\t100")
    desk.settle()
    return made


def column(grid, place):
    return [grid.model.index(row, place).data() for row in range(grid.model.rowCount() - 1)]


def test_columns_that_all_have_a_width_of_their_own_share_a_wide_screen(desk):
    grid = desk.visit("duties").grid
    desk.window.resize(1920, 1080)
    desk.settle()
    table = grid.table
    used = sum(table.columnWidth(column) for column in table.shown_columns())
    assert table.viewport().width() - 20 < used <= table.viewport().width()


def test_a_chip_has_room_for_all_its_words():
    from PySide6.QtGui import QFont, QFontMetrics

    from desktop.ui.grid.chips import chip_font, chip_width

    words = QFontMetrics(chip_font(QFont())).horizontalAdvance("Diterima sebagian")
    assert chip_width(QFont(), "Diterima sebagian") >= words + 18


@pytest.mark.slow
def test_sorting_has_three_states_is_stable_and_leaves_the_plan_alone(desk, grid):
    before = [row.id for row in desk.plan.rows["wishes"]]
    grid.model.sort(0, UP)
    assert column(grid, 0) == ["Tahap 1", "Tahap 2", "Tahap 3", "Tahap 10"]
    grid.model.sort(1, UP)
    assert column(grid, 1) == ["ali", "Budi", "budi", "Éli"]
    grid.model.sort(2, UP)
    assert column(grid, 2) == ["20", "100", "300", ""]
    grid.model.sort(2, DOWN)
    assert column(grid, 2) == ["300", "100", "20", ""]
    assert grid._all.isVisible()
    grid.model.sort(-1)
    assert column(grid, 0) == ["Tahap 10", "Tahap 2", "Tahap 1", "Tahap 3"]
    assert [row.id for row in desk.plan.rows["wishes"]] == before


def test_an_edited_row_stays_under_the_cursor_until_rows_are_sorted_again(desk, grid):
    grid.model.sort(2, UP)
    grid.table.go((0, 2))
    grid.model.setData(grid.model.index(0, 2), "999")
    desk.settle()
    assert column(grid, 2) == ["999", "100", "300", ""]
    assert grid.table.spot() == (0, 2)
    grid.model.sort(2, UP)
    assert column(grid, 2) == ["100", "300", "999", ""]
    assert grid.table.spot() == (2, 2)


def test_search_and_column_filters_narrow_and_everything_comes_back(desk, grid):
    grid.search.setText("BUDI tahap")
    assert column(grid, 0) == ["Tahap 1", "Tahap 3"]
    grid.model.filter_column(0, ColumnFilter(texts=frozenset({"Tahap 3"})))
    assert column(grid, 0) == ["Tahap 3"]
    assert grid.totals._table.cells.totals()[2] == "100"
    grid.show_all()
    assert len(column(grid, 0)) == 4
    grid.model.filter_column(2, ColumnFilter(texts=frozenset({""})))
    assert column(grid, 0) == ["Tahap 2"]


def test_a_finding_in_a_row_filtered_away_is_still_reached(desk, grid):
    from desktop.workspace.plan import Place

    grid.search.setText("tahap 10")
    row = desk.plan.rows["wishes"][1]
    assert grid.point_at(Place("cell", row.id, "cost"))
    assert grid.table.currentIndex().row() == 1


def test_a_row_typed_into_a_sorted_table_stands_last_and_keeps_the_cursor(desk, grid):
    grid.model.sort(0, UP)
    last = grid.model.rowCount() - 1
    grid.table.go((last, 0))
    grid.model.setData(grid.model.index(last, 0), "Tahap 0")
    desk.settle()
    assert column(grid, 0)[-1] == "Tahap 0"
    assert grid.table.spot() == (last, 0)


def test_only_the_row_that_changed_is_told(desk, grid):
    told = []
    grid.model.dataChanged.connect(lambda first, last, *_: told.append((first.row(), last.row())))
    row = desk.plan.rows["wishes"][2].id
    desk.change(lambda op: op.cell(row, "cost", 5))
    grid.refresh()
    assert told == [(2, 2)]


def test_totals_and_figures_of_what_is_chosen(desk, grid):
    totals = grid.model.totals()
    assert totals[0] == "4 baris"
    assert totals[2] == "420"
    grid.table.choose((0, 2), (3, 2))
    grid.figures._read()
    assert grid.figures.text() == "Jumlah 420 · Rata-rata 140 · 3 sel terisi"
    grid.totals._read()
    assert "420" in grid.totals.accessibleDescription()


@pytest.mark.slow
def test_the_column_popup_filters_sorts_and_hides(desk, grid):
    popup = ColumnPopup(grid.table, grid.model, grid.table.widths, 1)
    texts = [popup.values.item(row).data(Qt.ItemDataRole.UserRole) for row in range(popup.values.count())]
    assert texts[0] == "ali"
    popup.values.item(0).setCheckState(Qt.CheckState.Unchecked)
    popup.apply()
    assert "Tahap 10" not in column(grid, 0)
    popup = ColumnPopup(grid.table, grid.model, grid.table.widths, 1)
    popup.clear()
    assert len(column(grid, 0)) == 4
    popup = ColumnPopup(grid.table, grid.model, grid.table.widths, 1)
    popup._hide(grid.table.widths)
    assert 1 not in grid.table.shown_columns()


def test_columns_hidden_and_moved_are_remembered_and_pasting_follows_what_is_seen(desk, grid):
    chooser = ColumnChooser(grid.table, grid.table.widths)
    chooser.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    chooser.list.setCurrentRow(2)
    chooser.move_by(-1)
    chooser.close()
    grid.table.widths.keep()
    known = desk.session.settings.tables["sheet:wishes"]
    assert known["hidden"] == ["by"]
    assert known["order"][:3] == ["wish", "cost", "by"]
    grid.table.go((0, 0))
    grid.table.paste("Awal\t12")
    desk.settle()
    row = desk.plan.rows["wishes"][0]
    assert (row.cells["cost"].value, row.cells["by"].value) == (12, "ali")
    grid.table.widths.reset()
    assert grid.table.shown_columns() == [0, 1, 2, 3, 4]


def test_the_last_column_cannot_be_hidden(desk, grid):
    for place in range(1, 5):
        grid.table.widths.show_column(place, shown=False)
    assert not grid.table.widths.show_column(0, shown=False)
    assert grid.table.shown_columns() == [0]


def test_a_screen_reader_hears_heads_and_cells(desk, grid):
    seen = QAccessible.queryAccessibleInterface(grid.table)
    said = [seen.child(place).text(QAccessible.Text.Name) for place in range(seen.childCount())]
    assert "Biaya (Rp)" in said or any("Rp" in each for each in said)
    assert any(each.endswith(": Tahap 10") for each in said)
    assert any(each.endswith(": kosong") for each in said)


def test_heads_wrap_and_are_never_narrower_than_their_longest_word(desk, grid):
    heads = grid.table.heads
    assert heads.needed_width(2, lines=3) <= heads.needed_width(2, lines=1)
    grid.table.widths.fit(0)
    assert heads.sectionSize(0) >= heads.needed_width(0, lines=2)


# -- laws ---------------------------------------------------------------------------------------
@given(st.lists(st.tuples(st.one_of(st.none(), st.text(max_size=4)), st.integers())))
def test_ordering_is_stable_and_blanks_stand_last_either_way(rows):
    for backwards in (False, True):
        out = ordered(rows, lambda row: None if row[0] is None else text_key(row[0]), backwards=backwards)
        assert sorted(map(repr, out)) == sorted(map(repr, rows))
        filled = [row for row in out if row[0] is not None]
        assert out == filled + [row for row in rows if row[0] is None]
        keys = [text_key(row[0]) for row in filled]
        assert keys == sorted(keys, reverse=backwards)


@pytest.mark.parametrize(
    ("seed", "count", "kind", "wanted"),
    [
        (["2027"], 3, "year", ["2028", "2029", "2030"]),
        (["10"], 2, "integer", ["10", "10"]),
        (["10", "20"], 2, "integer", ["30", "40"]),
        (["1", "5", "6"], 4, "integer", ["1", "5", "6", "1"]),
        (["Tahap 1"], 2, "text", ["Tahap 2", "Tahap 3"]),
        (["Tahap 08", "Tahap 10"], 1, "text", ["Tahap 12"]),
        (["air", "udara"], 3, "text", ["air", "udara", "air"]),
        (["ya"], 2, "boolean", ["ya", "ya"]),
        ([], 2, "text", []),
    ],
)
def test_a_series_goes_on_as_people_expect(seed, count, kind, wanted):
    made = continued(seed, count, backwards=False, kind=kind, read=Decimal, write=str)
    assert made == wanted


def test_a_series_goes_backwards_too():
    assert continued(["2030"], 2, backwards=True, kind="year", read=Decimal, write=str) == ["2029", "2028"]
    assert continued(["3", "4"], 2, backwards=True, kind="integer", read=Decimal, write=str) == ["2", "1"]


EXCEL = """<html><body><!--StartFragment--><table><tr><td colspan=2>Judul
 panjang</td><td>c</td></tr><tr><td rowspan=2>x</td><td>dua<br>baris</td><td x:num="1500000">#####</td></tr>
<tr><td>b</td><td>A &amp; B&nbsp;</td></tr></table><!--EndFragment--></body></html>"""


def test_tables_of_excel_and_libreoffice_are_read_with_merged_cells_and_line_breaks():
    assert read_html(EXCEL) == [
        ["Judul panjang", "", "c"],
        ["x", "dua\nbaris", "1500000"],
        ["", "b", "A & B"],
    ]
    assert read_html("<p>tidak ada</p>") == []


def test_a_forged_table_cannot_fill_the_memory():
    (row,) = read_html("<table><tr><td colspan=999999999 rowspan=999999999>x</td></tr></table>")
    assert len(row) <= 2_000


@given(
    st.lists(
        st.lists(st.text(alphabet="a\"\t\n <>&'é;", max_size=6), min_size=2, max_size=2),
        min_size=1,
        max_size=4,
    )
)
def test_what_is_copied_is_pasted_back_exactly(block):
    assert from_mime(to_mime(block, [["" for _ in row] for row in block])) == block


def test_copied_codes_stay_text_for_excel_and_amounts_are_numbers(qapp):
    html = to_mime([["1.02", "1.500"]], [["", "1500"]]).html()
    assert "mso-number-format" in html
    assert 'x:num="1500"' in html
