"""The radar of readiness: follows the worksheet, speaks, and shows an assessor's outline beside one's own."""

import msgspec
import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog

from desktop.base import Language, LocalText
from desktop.books.document import Radar, Series
from desktop.books.pictures import readiness_chart
from desktop.ui import theme
from desktop.ui.radar import ROLES
from desktop.ui.viewer.darkroom import Darkroom


@pytest.fixture
def page(desk):
    return desk.visit("worksheet", "ready")


@pytest.fixture
def rate(desk):
    def do(column="level", **ratings):
        def work(op):
            for fixed, rating in ratings.items():
                op.cell(op.fixed_row("ready", fixed), column, rating)

        desk.change(work)

    return do


def test_it_follows_the_worksheet_and_tells_the_figures(desk, page, rate):
    card = page._radar
    assert "Belum ada yang dinilai" in card.words.text()
    assert not card.export.isEnabled()
    rate(left="s4", right="s5", mind="s2")
    lines = card.words.text().splitlines()
    assert lines[0].endswith("4,00 dari 5")
    assert lines[3].endswith("belum dinilai")
    assert card.radar.accessibleDescription() == card.words.text()
    desk.session.undo()
    desk.settle()
    assert "Belum ada yang dinilai" in card.words.text()


def test_it_speaks_the_windows_language(desk, page, rate):
    rate(left="s4")
    desk.window.speak_language(Language.EN)
    desk.settle()
    assert "4.00 of 5" in page._radar.words.text()
    assert "not rated yet" in page._radar.words.text()


def test_an_assessors_column_of_the_same_scale_is_a_second_outline(desk, rate):
    """A pack that asks for an assessor's score needs no new program: a further column of the same scale."""
    rate(left="s4", right="s2", mind="s3", heart="s5")
    pack = desk.session.pack
    (sheet,) = [each for each in pack.worksheets if each.id == "ready"]
    level = next(each for each in sheet.columns if each.id == "level")
    theirs = msgspec.structs.replace(level, id="assessor", label=LocalText({"id": "Nilai asesor"}))
    wider = msgspec.structs.replace(sheet, columns=(*sheet.columns, theirs))
    sheets = tuple(wider if each.id == "ready" else each for each in pack.worksheets)
    asking = msgspec.structs.replace(pack, worksheets=sheets)
    assert len(readiness_chart(desk.plan, asking, Language.ID).series) == 1, "nothing stands in it yet"
    rate("assessor", left="s3")
    own, other = readiness_chart(desk.plan, asking, Language.ID).series
    assert other.name == "Nilai asesor"
    assert (own.values[0], other.values[0]) == (4.0, 3.0)
    assert other.values[1] is None


@pytest.mark.parametrize("axes", [3, 5, 9])
def test_both_outlines_are_painted_and_told(desk, page, axes):
    card = page._radar
    own = Series("Penilaian mandiri", tuple(float(1 + n % 5) for n in range(axes)))
    other = Series("Nilai asesor", (2.0, *(None,) * (axes - 1)))
    names = tuple(f"Komponen {n}" for n in range(axes))
    chart = Radar(names, (own, other), 5, ())
    card.radar.show_chart(chart)
    told = card._told(chart)
    assert "Nilai asesor 2,00 dari 5" in told
    assert "Garis putus-putus: Nilai asesor" in told
    picture = card.radar.grab().toImage()
    colours = {
        picture.pixel(x, y) for x in range(0, picture.width(), 2) for y in range(0, picture.height(), 2)
    }
    assert len(colours) > 4


def test_what_is_not_rated_leaves_a_gap_and_no_score_of_nothing(desk, page):
    radar = page._radar.radar
    names = tuple(f"Komponen {n}" for n in range(4))

    def reaches_the_middle(values):
        radar.show_chart(Radar(names, (Series("Sendiri", values),), 5, ()))
        picture = radar.grab().toImage()
        middle = radar._middle() * picture.devicePixelRatio()
        line = QColor(theme.colours()[ROLES[0]]).rgb()
        around = [(x, y) for x in range(-9, 10) for y in range(-9, 10)]
        return any(picture.pixel(int(middle.x()) + x, int(middle.y()) + y) == line for x, y in around)

    assert reaches_the_middle((4.0, 0.0, 3.0, 4.0))
    assert not reaches_the_middle((4.0, None, 3.0, 4.0))


@pytest.mark.slow
def test_it_is_saved_as_a_picture(desk, page, rate, monkeypatch):
    rate(left="s4", right="s2", mind="s3", heart="s5")
    target = desk.folder / "radar.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page._radar.save()
    desk.qtbot.waitUntil(lambda: not Darkroom.of(desk.session).busy, timeout=20_000)
    assert QImage(str(target)).width() > 500


def test_other_worksheets_have_none(desk):
    assert desk.visit("worksheet", "wishes")._radar is None


@pytest.mark.parametrize(("percent", "beside"), [(100, True), (150, False)])
def test_it_stands_below_where_beside_it_the_worksheet_would_be_cut(desk, page, percent, beside):
    """With large letters the page had to be pushed sideways to be read."""
    desk.session.remember(text_percent=percent)
    desk.qtbot.waitUntil(desk.window.updatesEnabled)
    page = desk.visit("worksheet", "ready")
    desk.settle()
    assert page.horizontalScrollBar().maximum() == 0
    grid, card = page.grid, page._radar
    left = card.mapTo(page, card.rect().topLeft()).x()
    assert (left > grid.mapTo(page, grid.rect().topRight()).x()) is beside
