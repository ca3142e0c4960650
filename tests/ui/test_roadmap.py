"""The roadmap: drawn from what is typed, moved by mouse and keys, each change one operation."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from desktop.base import Message
from desktop.checks.terms import spans
from desktop.ui import theme
from desktop.ui.roadmap.lanes import LABEL, YEARS, Grouping
from desktop.ui.roadmap.painting import INSETS, LINE, Scale, letters
from desktop.ui.viewer.darkroom import Darkroom
from tests.effort import steps

FIRST, LAST = 2027, 2030


@pytest.fixture
def wells(desk):
    def make(op):
        dig = op.insert("agency", name={"id": "Dinas Air"})
        one = op.insert(
            "programme", title={"id": "Sumur"}, start_year=2027, end_year=2028, lead=dig, quick_win=True
        )
        op.insert("programme", title={"id": "Taman"}, start_year=2029, end_year=2030, dimension="")
        op.insert("programme", title={"id": "Tanpa tahun"})
        op.insert("activity", programme=one, title={"id": "Menggali"}, start_year=2027, end_year=2027)
        return one

    return desk.change(make)


@pytest.fixture
def page(desk, wells):
    return desk.visit("roadmap")


def titles(page, kind="programme"):
    return [each.label for each in page.chart.lanes.lanes if each.kind == kind]


def lane(page, name):
    return next(each for each in page.chart.lanes.lanes if each.label == name)


def years(desk, name):
    found = next(each for each in desk.plan.programmes if each.title.read("id") == name)
    return found.start_year, found.end_year


def bar(page, name):
    """The bar of a row, in pixels of the chart."""
    chart = page.chart
    row = page.chart.lanes.lanes.index(lane(page, name))
    rect = chart.visualRect(chart.lanes.index(row, YEARS))
    return Scale(chart._session, rect).bar(chart.lanes.years_of(lane(page, name)), rect)


def drag(desk, page, name, start, by_years):
    """Drag from a place of a bar (0 = its start, 1 = its end) by so many years."""
    chart, there = page.chart, bar(page, name)
    step = chart.columnWidth(YEARS) / (LAST - FIRST + 1)
    at = QPoint(round(there.left() + start * there.width()), round(there.center().y()))
    to = QPoint(at.x() + round(by_years * step), at.y())
    QTest.mousePress(chart.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(chart.viewport(), QPoint((at.x() + to.x()) // 2, at.y()))
    QTest.mouseMove(chart.viewport(), to)
    shown = dict(chart.lanes.shown)
    QTest.mouseRelease(chart.viewport(), Qt.MouseButton.LeftButton, pos=to)
    desk.settle()
    return shown


def test_rows_are_grouped_and_said_in_words(desk, page):
    assert sorted(titles(page)) == ["Sumur", "Taman", "Tanpa tahun"]
    assert titles(page, "activity") == []
    page.activities.click()
    assert titles(page, "activity") == ["Menggali"]
    said = page.chart.lanes.words(lane(page, "Sumur"))
    assert said == "Sumur: 2027–2028, Segera, program percepatan (quick win)"
    assert page.chart.lanes.words(lane(page, "Tanpa tahun")) == "Tanpa tahun: tahun belum diisi"
    for grouping, groups in (
        (Grouping.AGENCY, ["Dinas Air", "Tanpa perangkat daerah"]),
        (Grouping.TERM, ["Segera", "Nanti", "Tanpa tahun"]),
    ):
        page.group.setCurrentIndex(page.group.findData(grouping))
        page._on_group()
        assert titles(page, "group") == groups


def test_a_term_without_room_leaves_out_what_stands_in_brackets():
    from PySide6.QtGui import QFont, QFontMetrics

    from desktop.ui.roadmap.painting import called

    metrics = QFontMetrics(QFont())
    name = "Jangka pendek (1 tahun, quick win)"
    assert called(name, metrics, metrics.horizontalAdvance(name)) == name
    assert called(name, metrics, metrics.horizontalAdvance("Jangka pendek")) == "Jangka pendek"


def read_whole(page):
    """Names of terms that are drawn in less room than they need."""
    head, chart = page.chart.horizontalHeader(), page.chart
    session = chart._session
    scale = Scale(session, QRect(0, 0, chart.columnWidth(YEARS), 0))
    metrics = QFontMetrics(head.letters())
    one_line = head.lines() == 1
    for term, first, last in spans(session.plan, session.pack):
        name = session.say(term.label).partition(" (")[0]
        room = scale.left(last + 1) - scale.left(first) - 10 if one_line else chart.columnWidth(YEARS) - 8
        if metrics.horizontalAdvance(name) > room:
            yield name


@pytest.mark.parametrize("wide", [110, 600, 1200])
def test_terms_and_names_are_read_to_their_end_however_narrow_it_is(desk, page, wells, wide):
    """A term of one year said "Jangka p…", and programmes with long names all looked the same."""
    name = "Pengelolaan Aplikasi Informatika bagi Layanan Publik Seluruh Perangkat Daerah"
    desk.change(lambda op: op.set("programme", wells, title={"id": name}))
    desk.settle()
    page.chart.setFixedWidth(wide)
    desk.settle()
    chart, head = page.chart, page.chart.horizontalHeader()
    assert list(read_whole(page)) == []
    assert head.height() == (head.lines() + 1) * theme.grown(LINE)
    assert head.lines() == (1 if wide > 400 else len(spans(desk.plan, chart._session.pack)))
    row = chart.lanes.lanes.index(lane(page, name))
    metrics = QFontMetrics(letters(lane(page, name), chart.font()))
    room = QRect(0, 0, chart.columnWidth(LABEL) - INSETS["programme"] - 8, 0)
    assert metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, name).height() <= chart.rowHeight(row)


def test_it_follows_what_is_typed(desk, page, wells):
    with desk.session.change(Message("ui.op.add_programme")) as op:
        op.set("programme", wells, end_year=2030, title={"id": "Sumur dalam"})
    desk.settle()  # waits for nothing
    assert lane(page, "Sumur dalam").end == 2030
    desk.session.undo()
    desk.settle()
    assert lane(page, "Sumur").end == 2028


@pytest.mark.slow
def test_dragging_the_middle_moves_and_the_ends_stretch(desk, page):
    position = desk.session.workspace.position
    shown = drag(desk, page, "Sumur", 0.5, 1)
    assert list(shown.values()) == [(2028, 2029)], "seen while it is dragged"
    assert years(desk, "Sumur") == (2028, 2029)
    assert desk.session.workspace.position == position + 1
    drag(desk, page, "Sumur", 1.0, 1)
    assert years(desk, "Sumur") == (2028, 2030)
    drag(desk, page, "Sumur", 0.0, 1)
    assert years(desk, "Sumur") == (2029, 2030)
    drag(desk, page, "Sumur", 0.5, 3)
    assert years(desk, "Sumur") == (2029, 2030), "never beyond the plan"
    desk.session.undo()
    assert years(desk, "Sumur") == (2028, 2030)


def test_arrows_move_and_shift_stretches_as_one_change(desk, page):
    page.chart.choose(lane(page, "Sumur").id)
    page.chart.setFocus()
    position = desk.session.workspace.position
    desk.qtbot.keyClick(page.chart, Qt.Key.Key_Right)
    desk.qtbot.keyClick(page.chart, Qt.Key.Key_Right)
    desk.qtbot.keyClick(page.chart, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert page.chart.lanes.years_of(lane(page, "Sumur")) == (2029, 2029)
    assert years(desk, "Sumur") == (2027, 2028)
    page.chart.write_moved()
    assert years(desk, "Sumur") == (2029, 2029)
    assert desk.session.workspace.position == position + 1
    desk.settle()
    desk.qtbot.keyClick(page.chart, Qt.Key.Key_Left)
    desk.qtbot.keyClick(page.chart, Qt.Key.Key_Escape)
    page.chart.write_moved()
    assert years(desk, "Sumur") == (2029, 2029)
    # what has no years yet gets the plan's first
    page.chart.choose(lane(page, "Tanpa tahun").id)
    desk.qtbot.keyClick(page.chart, Qt.Key.Key_Right)
    page.chart.write_moved()
    assert years(desk, "Tanpa tahun") == (2027, 2027)


@pytest.mark.slow
def test_a_click_on_a_bar_and_enter_go_to_the_programme(desk, page, wells):
    there = bar(page, "Sumur").center().toPoint()
    QTest.mouseClick(page.chart.viewport(), Qt.MouseButton.LeftButton, pos=there)
    desk.settle()
    assert desk.window.workbench.stop.page == "programmes"
    assert desk.window.workbench.current.shown == wells
    page = desk.visit("roadmap")
    page.chart.choose(lane(page, "Sumur").id)
    page.chart.setFocus()
    desk.qtbot.keyClick(page.chart, Qt.Key.Key_Return)
    desk.settle()
    assert desk.window.workbench.current.shown == wells


def test_activities_are_moved_as_well(desk, page):
    page.activities.click()
    drag(desk, page, "Menggali", 0.5, 2)
    activity = desk.plan.programmes[0].activities[0]
    assert (activity.start_year, activity.end_year) == (2029, 2029)


@pytest.mark.slow
def test_it_is_saved_as_the_books_print_it(desk, page, monkeypatch):
    for name in ("peta.png", "peta.svg"):
        target = desk.folder / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, to=target: (str(to), ""))
        page.save()
        desk.qtbot.waitUntil(lambda: not Darkroom.of(desk.session).busy, timeout=20_000)
    assert QImage(str(desk.folder / "peta.png")).width() > 1000
    assert "Sumur" in Path(desk.folder / "peta.svg").read_text("utf-8")


@pytest.mark.slow
def test_an_empty_roadmap_says_what_to_do(desk):
    page = desk.visit("roadmap")
    assert page.chart.isHidden()
    assert "Belum ada program" in page._none.text()
    page._first.click()
    desk.settle()
    assert desk.window.workbench.stop.page == "programmes"


@pytest.mark.slow
def test_beside_the_programme_its_own_rows_are_seen(desk, wells):
    desk.session.show("programmes", wells)
    desk.settle()
    form = desk.window.workbench.current.form
    assert [each.label for each in form.timeline.lanes.lanes] == ["Sumur", "Menggali"]
    desk.change(lambda op: op.set("programme", wells, end_year=2030))
    assert form.timeline.lanes.lanes[0].end == 2030


@pytest.mark.slow
def test_sixty_programmes_and_their_activities_are_drawn_one_by_one(desk):
    """Milliseconds: tests/bench/bench_frames.py."""
    desk.change(sixty)
    page = desk.visit("roadmap")
    page.activities.click()
    desk.settle()
    assert steps(lambda: (page.refresh(), page.chart.repaint())) < 400 * (60 + 120)


def sixty(op):
    for number in range(60):
        one = op.insert(
            "programme", title={"id": f"Program {number}"}, start_year=2027, end_year=2027 + number % 4
        )
        for part in range(2):
            title = {"id": f"K {number}.{part}"}
            op.insert("activity", programme=one, title=title, start_year=2028, end_year=2029)


@pytest.mark.slow
def test_the_table_shows_what_each_dimension_reaches_in_each_term(desk):
    def fill(op):
        row = op.insert("programme", title={"id": "Sumur"}, start_year=2027, end_year=2027, dimension="air")
        indicator = op.insert("indicator", programme=row, name={"id": "Sumur jadi"}, unit="buah")
        op.put("target", indicator=indicator, year=2027, target="12")
        op.insert("programme", title={"id": "Waduk"}, start_year=2027, end_year=2030, dimension="air")
        return row

    row = desk.change(fill)
    page = desk.visit("roadmap")
    page.as_table.click()
    desk.settle()
    table = page.milestones
    assert table.isVisible()
    assert not page.chart.isVisible()
    texts = [table.item(0, column).text() for column in range(table.columnCount())]
    assert "Sumur (2027): Sumur jadi 12 buah" in " ".join(texts)
    assert "Waduk (2030)" in " ".join(texts)
    column = next(at for at, text in enumerate(texts) if "Sumur" in text)
    table.open_at(0, column)
    desk.settle()
    assert desk.window.workbench.current.shown == row
