"""The edition of printing: which programs print the same bytes and find the same open from the same data.

What is sealed can be printed again and compared (submission/printed/reprinting.py). A program that draws
otherwise than the one that sealed has another edition, and says so instead of accusing the region.
"""

from __future__ import annotations

EDITION = 3
"""Raised with every release whose books are other bytes; ``tests/books/test_edition.py`` asks for it."""
