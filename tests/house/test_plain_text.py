"""Labels and boxes of the window show letters: what strangers name their files is no markup for them."""

import re
from pathlib import Path

UI = Path(__file__).resolve().parents[2] / "desktop" / "ui"


def test_labels_and_boxes_are_made_where_they_are_made_plain():
    for path in sorted(UI.rglob("*.py")):
        text, name = path.read_text("utf-8"), path.relative_to(UI).as_posix()
        for kind, home in (("QMessageBox", "dialogs/ask.py"), ("QLabel", "widgets.py")):
            made = len(re.findall(rf"(?<!class )\b{kind}\(", text.replace(f"({kind})", "")))
            told = text.count("setTextFormat(")
            assert not made or name == home or told >= made, f"{name} makes a {kind} of unsaid format"
