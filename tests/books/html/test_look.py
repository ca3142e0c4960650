"""Inks on their grounds: at least 4.5 : 1 in both lights, counted from the style sheet itself."""

from __future__ import annotations

import re

import pytest

from desktop.base.resources import resource

CSS = resource("books", "book.css").read_text(encoding="utf-8")
TONES = ("soft", "example", "warning", "good", "poor")
PAIRS = (
    *((ink, ground) for ink in ("ink", "title", "quiet", "link") for ground in ("ground", "pale", "band")),
    *((f"{tone}-ink", f"{tone}-ground") for tone in TONES),
    *(("ink", f"{tone}-ground") for tone in TONES),
)


def palette(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


LIGHT = palette(CSS[: CSS.index("@media")])
DARK = palette(CSS[CSS.index("@media") : CSS.index("* { box-sizing")])


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_what_is_written_can_be_read(colours, ink, ground):
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("ink", ["#ffffff", "#a9c4ec", "#c9d8ee", "#f8dd97"])
def test_the_cover_can_be_read(ink):
    assert ink in CSS
    assert contrast(ink, "#10243f") >= 4.5


def test_both_lights_know_the_same_colours():
    assert LIGHT.keys() == DARK.keys()
    assert set(re.findall(r"var\(--([a-z-]+)\)", CSS)) == LIGHT.keys()


def test_the_style_sheet_fetches_nothing_and_stays_where_it_is():
    assert not re.search(r"url\(|@import|</|expression|behavior", CSS, re.IGNORECASE)
