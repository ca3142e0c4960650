"""Figures of the region by year: the matrix, and one figure in full with its source, evidence and trend."""

from __future__ import annotations

__all__: list[str] = []
