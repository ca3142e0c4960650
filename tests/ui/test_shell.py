"""The shell: sidebar, header, findings and the keyboard's way between them, at every text size."""

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel

from desktop.base import Language, Message
from desktop.ui.settings import Side
from desktop.ui.shell.journey_panel import MARK, STOP, StopPainter
from tests.ui.test_language import everywhere, fill


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_no_title_of_the_journey_is_cut(desk, percent):
    desk.session.remember(text_percent=percent, side=Side.SHOWN)
    desk.settle()
    tree = desk.window.workbench.panel.tree
    tree.expandAll()
    desk.settle()
    painter = tree.itemDelegate()
    assert isinstance(painter, StopPainter)
    for item in (*desk.window.workbench.panel.heads(), *desk.window.workbench.panel.items()):
        index = tree.indexFromItem(item)
        rect = tree.visualRect(index)
        metrics = tree.fontMetrics()
        for word in item.text(0).split():
            assert metrics.horizontalAdvance(word) <= painter._words(index) + 4, (percent, word)
        assert rect.height() >= painter.sizeHint(_option(tree), index).height(), item.text(0)


def _option(tree):
    from PySide6.QtWidgets import QStyleOptionViewItem

    option = QStyleOptionViewItem()
    option.font = tree.font()
    return option


def test_a_long_title_takes_two_lines(desk):
    panel = desk.window.workbench.panel
    item = panel.items()[0]
    panel.tree.expandAll()
    desk.settle()
    low = panel.tree.visualItemRect(item).height()
    item.setText(0, "Analisis kesenjangan dan keselarasan program dengan RPJMD kabupaten")
    desk.settle()
    assert panel.tree.visualItemRect(item).height() > low


@pytest.mark.slow
def test_the_border_can_be_drawn_and_is_remembered_in_proportion(desk):
    sides = desk.window.workbench.sides
    sides.moveSplitter(310, 1)
    desk.qtbot.waitUntil(lambda: desk.session.settings.side_width == 310)
    desk.session.remember(text_percent=150)
    desk.settle()
    assert sides.sizes()[0] > 400


def test_the_sidebar_is_hidden_and_shown_by_key(desk):
    bench = desk.window.workbench
    desk.window.commands.run("side")
    assert not bench.panel.isVisible()
    assert desk.session.settings.side is Side.HIDDEN
    desk.window.commands.run("side")
    assert bench.panel.isVisible()
    assert desk.session.settings.side is Side.AUTO
    assert desk.window.commands.action("side").isChecked()


@pytest.mark.slow
def test_where_room_is_short_the_journey_gives_way_and_comes_when_asked_for(desk):
    bench = desk.window.workbench
    desk.session.remember(text_percent=200)
    desk.settle()
    assert not bench.panel.isVisible()
    desk.window.commands.run("side")
    desk.settle()
    assert bench.panel.isVisible()
    desk.session.remember(text_percent=100, side=Side.AUTO)
    desk.settle()
    assert bench.panel.isVisible()


@pytest.mark.slow
def test_where_room_is_short_the_findings_give_way_and_come_when_asked_for(desk):
    bench = desk.window.workbench
    desk.check()
    desk.visit("form", "town")
    assert bench.findings.isVisible()
    desk.session.remember(text_percent=150)
    desk.settle()
    assert not bench.findings.isVisible()
    desk.window.commands.run("findings")
    assert bench.findings.isVisible()
    desk.window.commands.run("findings")
    assert not bench.findings.isVisible()
    assert not desk.session.settings.findings_shown


@pytest.mark.slow
def test_findings_that_there_are_none_of_take_no_room_on_a_small_screen(desk):
    bench = desk.window.workbench
    desk.check()
    desk.visit("stakeholders")
    assert not bench.findings.mine()
    assert not bench.findings.isVisible()
    desk.window.commands.run("findings")
    assert bench.findings.isVisible()
    desk.window.commands.run("findings")
    desk.session.remember(findings_shown=True)
    desk.window.resize(1920, 1080)
    desk.visit("stakeholders")
    assert bench.findings.isVisible()


@pytest.mark.slow
def test_from_page_to_page_the_keyboard_goes_to_the_first_field(desk):
    """It went to whatever stood first: the lamp of a hint, in which nothing can be typed."""
    first = desk.visit("form", "town")
    first.take_focus()
    assert first.isAncestorOf(QApplication.focusWidget())
    other = desk.visit("form", "oath")
    assert QApplication.focusWidget() is other.boxes[0].bindings[0].editor.inner
    back = desk.visit("form", "town")
    assert QApplication.focusWidget() is back.boxes[0].bindings[0].editor.inner


@pytest.mark.parametrize("percent", [pytest.param(150, marks=pytest.mark.slow), 200])
def test_everything_stays_inside_a_small_screen_with_large_letters(desk, percent):
    desk.change(fill)
    desk.session.remember(text_percent=percent)
    for stop in everywhere(desk):
        header = desk.window.workbench.header
        assert desk.window.size().width() == 1280, stop
        assert desk.window.size().height() == 720, stop
        assert header.title.height() >= header.title.heightForWidth(header.title.width()), stop
        for button in (header.check, header.next):
            assert button.width() >= button.minimumSizeHint().width(), stop


def test_f6_goes_round_the_parts_of_the_window_and_back(desk):
    bench = desk.window.workbench
    desk.check()
    desk.visit("form", "town")
    bench.panel.tree.setFocus()
    walked = []
    for _ in range(4):
        desk.window.commands.run("region-next")
        walked.append(
            next(part for part in bench.regions.seen() if part.isAncestorOf(desk.window.focusWidget()))
        )
    assert walked == [bench.header, bench.current, bench.findings, bench.panel]
    desk.window.commands.run("region-previous")
    assert bench.findings.isAncestorOf(desk.window.focusWidget())
    bench.findings.hide()
    desk.window.commands.run("region-next")
    assert desk.window.focusWidget() is not None


@pytest.mark.slow
def test_every_page_says_in_one_sentence_what_it_is_for(desk):
    desk.change(fill)
    for stop in everywhere(desk):
        page = desk.window.workbench.current
        said = [each.text() for each in page.findChildren(QLabel) if each.property("look") == "purpose"]
        assert said, stop
        assert said[0].strip().endswith((".", "?")), (stop, said)
        assert page.accessibleName() == desk.window.workbench.header.title.text(), stop


def test_the_next_step_is_named(desk):
    desk.visit("form", "town")
    bench = desk.window.workbench
    following = desk.session.say(bench.journey.title(bench.journey.after(bench.stop)))
    assert following in bench.header.next.toolTip()
    assert bench.header.next.accessibleDescription() == following
    assert "Ctrl+PgDown" in bench.header.next.toolTip()


def test_previous_undoes_next(desk):
    desk.visit("form", "town")
    before = desk.window.workbench.stop
    desk.window.commands.run("next")
    assert desk.window.workbench.stop != before
    desk.window.commands.run("previous")
    assert desk.window.workbench.stop == before


def test_a_screen_reader_finds_the_parts_by_name(desk):
    bench = desk.window.workbench
    for part in (bench.panel.tree, bench.header, bench.current, bench.findings, desk.window.statusBar()):
        assert QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name).strip(), part
    tree = QAccessible.queryAccessibleInterface(bench.panel.tree)
    assert tree.role() in {QAccessible.Role.Tree, QAccessible.Role.List}


def test_a_remark_in_the_status_line_speaks_the_language_of_the_rest(desk):
    """What a run of the desk had found stood there in the other language after switching."""
    line = desk.window.statusBar()
    line.tell(Message("submission.register.ran.nothing", n=9))
    desk.window.speak_language(Language.EN)
    english = line.told.text()
    desk.window.speak_language(Language.ID)
    assert line.told.text() == line.told.toolTip() != english
    assert "9 berkas ditemukan" in line.told.text()
    line._fade.stop()
    line._fade.timeout.emit()
    desk.window.speak_language(Language.EN)
    assert not line.told.text(), "what has faded does not come back"


def test_a_long_remark_in_the_status_line_does_not_widen_the_window(desk):
    desk.window.statusBar().tell(Message("ui.told.copied", file="x" * 400))
    desk.settle()
    assert desk.window.width() == 1280
    assert "x" * 400 in desk.window.statusBar().told.toolTip()
    desk.window.statusBar()._fade.stop()


@pytest.mark.slow
def test_icons_grow_with_the_letters(desk):
    header = desk.window.workbench.header
    small = header.next.iconSize().height()
    desk.session.remember(text_percent=200)
    desk.settle()
    assert header.next.iconSize().height() == 2 * small


@pytest.mark.slow
def test_no_tick_where_nobody_has_begun(desk):
    desk.check()
    journey, panel = desk.window.workbench.journey, desk.window.workbench.panel
    evidence = next(stop for stop in journey.stops if stop.page == "evidence")
    assert journey.untouched(evidence, desk.plan)
    item = next(each for each in panel.items() if each.data(0, STOP) == evidence)
    assert item.data(0, MARK) is None
    assert "Belum diisi" in item.toolTip(0)
    desk.change(lambda op: op.attach(b"%PDF-1.4", name="sk.pdf", media_type="application/pdf"))
    assert not journey.untouched(evidence, desk.plan)
