"""Charts: the same drawing on paper and on screen."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from desktop.base import Language
from desktop.books import charts, readiness_svg, roadmap_svg
from desktop.books.charts.roadmap import LABEL_SHARE
from desktop.books.document import Bar, BarGroup, Radar, Roadmap, Series
from desktop.submission.pdf.hairs import is_hair
from tests.books import plans

ROADMAP = Roadmap(
    (2026, 2027, 2028),
    (
        BarGroup(
            "Smart Governance",
            (Bar("Perizinan ≤ 2 hari", 2026, 2027, quick_win=True), Bar("Lama", 2020, 2040)),
        ),
        BarGroup(
            "Smart Living",
            (Bar("Di luar rencana " * 20, 2031, 2033), Bar("Contoh", 2028, 2028, example=True)),
        ),
    ),
    "Quick win",
)
RADAR = Radar(
    ("Struktur", "Infrastruktur", "Budaya"),
    (Series("Sendiri", (1.5, None, 3.0)), Series("Asesor", (1, 2, 3))),
    3,
)


@pytest.mark.parametrize("chart", [ROADMAP, RADAR], ids=["roadmap", "radar"])
def test_the_screen_gets_svg_that_qt_can_paint(chart):
    text = charts.svg(chart)
    root = ET.fromstring(text)
    assert root.tag.endswith("svg")
    assert "clip-path" not in text
    assert "clipPath" not in text
    assert "NotoSans" not in text
    assert "Noto Sans" in text


def test_bars_stay_within_the_years():
    drawing = charts.draw(ROADMAP, 500)
    left, right, _, _ = (getattr(drawing, name, None) for name in ("x", "width", "y", "height"))
    bars = [s for s in drawing.contents if type(s).__name__ == "Rect" and s.rx == 3]
    assert len(bars) == 3  # one programme lies outside the plan's years altogether
    assert all(bar.x >= 500 * LABEL_SHARE and bar.x + bar.width <= right for bar in bars)
    assert left is None or left == 0


def test_a_long_roadmap_comes_in_pieces_that_fit_a_page():
    groups = tuple(
        BarGroup(f"Dimensi {g}", tuple(Bar(f"Program {g}.{n}", 2026, 2028) for n in range(50)))
        for g in range(6)
    )
    pieces = list(charts.parts(Roadmap((2026, 2027, 2028), groups, "Quick win"), 470, 600))
    labels = [bar.label for piece in pieces for group in piece.groups for bar in group.bars]
    assert labels == [bar.label for group in groups for bar in group.bars]
    assert all(charts.draw(piece, 470).height <= 600 for piece in pieces)


def test_an_axis_without_rating_is_marked():
    texts = [s.text for s in charts.draw(RADAR, 400).contents if type(s).__name__ == "String"]
    assert "Struktur" in texts
    assert any("Infrastruktur" in text for text in texts)


def test_levels_are_named_and_beside_the_mark_that_stands_on_one():
    levels = ("Buruk", "Sedang", "Baik")
    radar = Radar(("A", "B", "C"), (Series("Sendiri", (2.0, 1.0, 3.0)),), 3, levels)
    assert [*radar.named()] == [(1, "Buruk", False), (2, "Sedang", True), (3, "Baik", False)]
    drawn = charts.draw(radar, 400).contents
    names = {each.text: each for each in drawn if type(each).__name__ == "String" and each.text in levels}
    mark = next(each for each in drawn if type(each).__name__ == "Circle")
    assert names["Sedang"].x > mark.cx + mark.r
    assert abs(names["Sedang"].y - mark.cy) < mark.r
    assert [name for _, name, _ in RADAR.named()] == ["1", "2", "3"]


def test_a_net_with_scores_of_nothing_has_no_hairs():
    """What is as thin as can be, printers draw as they like, and the verifier would tell of it."""
    for scores, pieces in (((3, 0, 2, 0, 1, 2), 1), ((3, 2, 0, 1, 1, 0), 2), ((0, 0, 3), 0), ((1, 2, 3), 1)):
        radar = Radar(tuple("ABCDEF"[: len(scores)]), (Series("Sendiri", tuple(map(float, scores))),), 3)
        shapes = charts.draw(radar, 400).contents
        nets = [each.points for each in shapes if type(each).__name__ == "Polygon" and each.fillColor]
        assert len(nets) == pieces
        assert not any(is_hair([list(zip(net[::2], net[1::2], strict=True))]) for net in nets)
        lines = [each for each in shapes if type(each).__name__ == "Line"]
        assert all(abs(each.x1 - each.x2) + abs(each.y1 - each.y2) > 0.3 for each in lines)


def test_a_character_without_glyph_is_replaced():
    texts = [s.text for s in charts.draw(ROADMAP, 500).contents if type(s).__name__ == "String"]
    assert "Perizinan <= 2 hari" in texts


def test_the_window_gets_the_charts_of_the_plan():
    plan, pack = plans.plan(), plans.pack()
    assert "Surat desa dalam satu hari" in roadmap_svg(plan, pack, Language.ID)
    assert "Superstructure" in readiness_svg(plan, pack, Language.EN)


def test_nothing_to_show_is_no_chart():
    empty, pack = plans.empty_plan(), plans.pack()
    assert (roadmap_svg(empty, pack, Language.ID), readiness_svg(empty, pack, Language.ID)) == ("", "")


def test_composing_loads_no_page_layout():
    """A book is composed and looked at in the window without ReportLab's page layout."""
    code = (
        "import sys, desktop.books, desktop.books.compose, desktop.books.printing;"
        "bad = [m for m in sys.modules if m.split('.')[0] in {'reportlab', 'pikepdf', 'sqlalchemy', 'lxml'}];"
        "sys.exit(', '.join(bad) or 0)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
