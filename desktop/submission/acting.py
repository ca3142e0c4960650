"""How who acts in an office or signs for another is called before its name, and offices written in full."""

from __future__ import annotations

from collections.abc import Iterable

ACTING_WORDS = frozenset({"plt", "plh", "pj", "pjs", "pgs", "penjabat", "acting", "interim", "caretaker"})
"""One word for it."""
BEHALF = (("a", "n"), ("an",), ("u", "b"), ("ub",), ("atas", "nama"), ("on", "behalf", "of"), ("for",))
"""The words of who signs for somebody else."""
_SPELT = (
    ("pelaksana", "tugas", "harian"), ("pelaksana", "tugas"), ("pelaksana", "harian"), ("pelaksana",),
    ("pejabat", "sementara"), ("pejabat",), ("p", "l", "t"), ("p", "l", "h"), ("p", "j"), ("the",),
)  # fmt: skip
"""The same spelt out, or letter by letter."""
_WRITTEN = {
    "kab": "kabupaten", "kotamadya": "kota", "prov": "provinsi", "walikota": "wali kota",
    "sekda": "sekretaris daerah", "setda": "sekretariat daerah", "wabup": "wakil bupati",
    "wawali": "wakil wali kota", "kabag": "kepala bagian", "karo": "kepala biro", "kadis": "kepala dinas",
    "kaban": "kepala badan",
}  # fmt: skip
"""As they are said and written everywhere, and in full."""
_ALL = (*_SPELT, *BEHALF, *((word,) for word in sorted(ACTING_WORDS)))


def in_full(words: Iterable[str]) -> tuple[str, ...]:
    """The words, in small letters, with those written out that are shortened."""
    return tuple(part for each in words for part in _WRITTEN.get(each, each).split())


def office_alone(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of an office without what stands before it: *a.n. Plt. Bupati* is a *Bupati*'s.

    ``words``: in small letters, and nothing between them.
    """
    while found := next((each for each in _ALL if words[: len(each)] == each), None):
        words = words[len(found) :]
    return words
