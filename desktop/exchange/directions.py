"""The words by which people say where an indicator is meant to go."""

from __future__ import annotations

import re

DIRECTIONS = ("up", "down", "keep")
_NAMED = {
    "up": (
        "naik", "meningkat", "peningkatan", "bertambah", "positif", "maksimal", "maksimum",
        "semakin tinggi semakin baik", "makin tinggi makin baik", "semakin besar semakin baik",
        "up", "rise", "rising", "increase", "increasing", "higher", "maximize", "maximise", "positive",
        "higher is better", "↑", "↗",
    ),
    "down": (
        "turun", "menurun", "penurunan", "berkurang", "negatif", "minimal", "minimum",
        "semakin rendah semakin baik", "makin rendah makin baik", "semakin kecil semakin baik",
        "down", "fall", "falling", "decrease", "decreasing", "lower", "minimize", "minimise", "negative",
        "lower is better", "↓", "↘",
    ),
    "keep": (
        "tetap", "stabil", "dipertahankan", "mempertahankan", "konstan",
        "keep", "level", "stable", "constant", "steady", "maintain", "→",
    ),
}  # fmt: skip


def direction_named(text: str) -> str:
    """The direction a text names (``turun``, ``down``, ``↓``); empty when it names none."""
    plain = text.strip()
    words = re.sub(r"[\W_]+", " ", text.casefold()).strip()
    return next((direction for direction, names in _NAMED.items() if words in names or plain in names), "")
