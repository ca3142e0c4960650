"""Search across everything: texts, cells, comments, names of files, and the guideline's own words.

The index (:class:`Index`) lies in memory; :func:`build` fills it from the file, :func:`update` reads again
the rows that changed, :class:`Placing` says where a result is seen.
"""

from desktop.exchange.searching.documents import NAMES, Document, Documents, Kind
from desktop.exchange.searching.filling import build, filled, update
from desktop.exchange.searching.index import Found, Group, Index, Match
from desktop.exchange.searching.placing import Placing

__all__ = [
    "NAMES",
    "Document",
    "Documents",
    "Found",
    "Group",
    "Index",
    "Kind",
    "Match",
    "Placing",
    "build",
    "filled",
    "update",
]
