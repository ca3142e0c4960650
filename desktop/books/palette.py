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
