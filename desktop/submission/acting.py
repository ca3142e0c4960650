"""How whoever acts in an office, or signs for whoever holds it, is called before its name."""

from __future__ import annotations

ACTING_WORDS = frozenset({"plt", "plh", "pj", "pjs", "pgs", "penjabat", "acting", "interim", "caretaker"})
"""One word for it."""
BEHALF = (("a", "n"), ("an",), ("u", "b"), ("ub",), ("atas", "nama"), ("on", "behalf", "of"), ("for",))
"""The words of who signs for somebody else."""
_SPELT = (
    ("pelaksana", "tugas", "harian"), ("pelaksana", "tugas"), ("pelaksana", "harian"), ("pelaksana",),
    ("pejabat", "sementara"), ("pejabat",), ("p", "l", "t"), ("p", "l", "h"), ("p", "j"), ("the",),
)  # fmt: skip
"""The same spelt out, or letter by letter."""
_ALL = (*_SPELT, *BEHALF, *((word,) for word in sorted(ACTING_WORDS)))


def office_alone(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of an office without what stands before it: *a.n. Plt. Bupati* is a *Bupati*'s.

    ``words``: in small letters, and nothing between them.
    """
    while found := next((each for each in _ALL if words[: len(each)] == each), None):
        words = words[len(found) :]
    return words
