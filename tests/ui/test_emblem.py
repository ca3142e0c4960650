"""The region's emblem on its page: dropped, shown, undone, taken away."""

import pytest
from PySide6.QtCore import Qt

from desktop.workspace.emblem import emblem
from tests.cli.test_emblem import picture


@pytest.mark.slow
def test_a_picture_dropped_on_the_card_becomes_the_emblem_and_is_one_change(desk, tmp_path):
    page = desk.visit("profile")
    card = page.emblem
    assert not card.remove.isVisibleTo(page)
    card.slot.take([picture(tmp_path / "lambang.png")])
    desk.qtbot.waitUntil(lambda: emblem(desk.plan) is not None, timeout=10_000)
    desk.qtbot.waitUntil(lambda: not card.picture.pixmap().isNull(), timeout=10_000)
    assert card.picture.accessibleName() == "Lambang daerah"
    assert desk.session.say(desk.session.workspace.can_undo) == "Lambang daerah dipasang"
    desk.qtbot.mouseClick(card.remove, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.plan.evidence == ()
    desk.session.undo()
    desk.settle()
    assert emblem(desk.plan).name == "lambang.png"
    (tmp_path / "bukan.svg").write_text("<svg/>")
    card.slot.take([tmp_path / "bukan.svg"])
    desk.qtbot.waitUntil(lambda: bool(desk.said), timeout=10_000)
    assert "PNG" in desk.session.say(desk.said[-1])
