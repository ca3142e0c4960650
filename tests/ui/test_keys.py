"""Keys mean the same whatever language the window speaks."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QKeyCombination, Qt

from desktop.base import Language
from desktop.ui.keys import sequence

UI = Path(__file__).resolve().parents[2] / "desktop" / "ui"


@pytest.mark.slow
@pytest.mark.parametrize("language", list(Language))
def test_keys_are_understood_in_every_language(desk, language):
    desk.window.speak_language(language)
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    for keys, meant in (
        ("Ctrl+Return", QKeyCombination(control, Qt.Key.Key_Return)),
        ("Ctrl+PgDown", QKeyCombination(control, Qt.Key.Key_PageDown)),
        ("Alt+Left", QKeyCombination(alt, Qt.Key.Key_Left)),
        ("Ctrl+Space", QKeyCombination(control, Qt.Key.Key_Space)),
    ):
        assert sequence(keys)[0] == meant
    for command in desk.window.commands:
        known = desk.window.commands.action(command.id).shortcuts()
        assert [each.toString() for each in known] == command.keys.split()


def test_nobody_reads_keys_in_the_windows_language():
    bare = re.compile(r"QKeySequence\((?!Qt\.Key|QKeySequence|event\.|\))")
    found = [path.name for path in UI.rglob("*.py") if bare.search(path.read_text("utf-8"))]
    assert found == []
