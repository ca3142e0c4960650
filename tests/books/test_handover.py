"""What a hand-over report tells of the last changes."""

from __future__ import annotations

from types import SimpleNamespace

from desktop.base import Message
from desktop.books.handover import last_changes


def test_changes_are_told_by_the_clocks_of_the_region():
    """Wherever the computer says that it is; what is no moment is left out."""
    walls = ["2026-12-01T17:30:00+00:00", "kemarin"]
    made = [SimpleNamespace(wall=wall, author="Sari", message=Message("x")) for wall in walls]
    workspace = SimpleNamespace(recent=lambda _most: made)
    (west,), (east,) = (last_changes(workspace, ["sari"], region) for region in ("18.07", "91.71"))
    assert (west.at.isoformat(), east.at.isoformat()) == ("2026-12-02T00:30:00", "2026-12-02T02:30:00")
