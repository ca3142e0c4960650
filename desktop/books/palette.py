"""The colours of the books, as hexadecimal texts: few, and the same on paper and on screen."""

from __future__ import annotations

NAVY = "#10243f"
BLUE = "#1f5fbf"
SKY = "#7fa8e0"
INK = "#1b2733"
MUTED = "#5d6b7f"
RULE = "#d5dde7"
PALE = "#eef3fa"
BAND = "#f6f8fb"
WHITE = "#ffffff"
AMBER, AMBER_PALE = "#8a5a00", "#fdf3dc"
GREEN, GREEN_PALE = "#1a7046", "#e3f4ea"
RED, RED_PALE = "#a5281f", "#fbe7e5"

SERIES = ("#1f5fbf", "#c07a1a", "#2a7f6f", "#6b5ca5")
"""Outlines of a radar."""
GROUPS = ("#1f5fbf", "#2a7f9e", "#3b8f6e", "#b0801f", "#a8563f", "#6b5ca5", "#56708f")
"""Dimensions in a roadmap; the colours repeat when there are more."""
TONES = {"good": "#d3ebdd", "moderate": "#f8e6b8", "poor": "#f4cac5"}
"""How grave a cell of the risk matrix is."""
SHADES = ("#eef1f6", "#cfe0f7", "#97bdec", "#4f8bd6", "#1f5fbf")
"""How busy a week was, from nothing to most."""
AREAS = ("#1f5fbf", "#e0b25a", "#2a7f6f", "#b9cdea", "#8a4b3a", "#8fc7a9", "#4d3f86", "#d99a8b")
"""Sources of money on top of each other: dark and light by turns, so that grey paper tells them apart."""
DEPTHS = ("#ffffff", "#f6f8fb", "#dbe7f8", "#b4cdf0", "#86afe6")
"""Sub-dimensions from none over no money to most; all are light enough for dark letters."""
ON_DARK = {
    NAVY: "#dfe9f7", INK: "#e6ebf2", MUTED: "#a4b1c3", RULE: "#3a4655", WHITE: "#161d27", PALE: "#202b3a",
    BAND: "#1c2531", BLUE: "#6ea3f0", SKY: "#3f6cae", RED: "#ff8f86", AMBER: "#e8b85c", GREEN: "#6fcf9c",
    "#dbe7f8": "#22395c", "#b4cdf0": "#2b5083", "#86afe6": "#3568ad",
    "#c07a1a": "#e6a448", "#2a7f6f": "#55b9a4", "#6b5ca5": "#a99be0",
    "#e0b25a": "#e6bd6b", "#b9cdea": "#c4d6f0", "#8a4b3a": "#c57b66", "#8fc7a9": "#a3dcbd",
    "#4d3f86": "#8a7bd0", "#d99a8b": "#efb3a6",
    "#2a7f9e": "#56acc9", "#3b8f6e": "#62bd99", "#b0801f": "#d8aa4e", "#a8563f": "#d98469",
    "#56708f": "#8ba6c6", "#d3ebdd": "#1d4a33", "#f8e6b8": "#574514", "#f4cac5": "#5c2622",
    "#eef1f6": "#222c39", "#cfe0f7": "#28456f", "#97bdec": "#355f9b", "#4f8bd6": "#5a92dd",
}  # fmt: skip
"""The same colours for charts on a dark screen, one for one."""
