"""Two words about parts that were sent, apart from the journal: whoever only reads them needs no database."""

from __future__ import annotations

from typing import Final

SAID: Final = frozenset({"sent", "approved"})
"""States that speak of what stood there."""
GONE: Final = ""
"""Stands for rows that are deleted by now: nobody knows any more which part they were of."""
