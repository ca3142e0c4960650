"""Fills an index from a workspace file, and reads again the rows that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from desktop.exchange.searching.documents import Documents
from desktop.exchange.searching.index import Index
from desktop.exchange.searching.labels import labels
from desktop.guideline.pack import Pack
from desktop.workspace import Workspace
from desktop.workspace.texts import Texts, Written

STRETCH = 250
"""Documents put in at once; between two stretches whoever searches gets an answer."""


def build(index: Index, file: Path, pack: Pack, *, stopped: Callable[[], bool] = lambda: False) -> bool:
    """Fill an index anew; whether it came to its end. Raises what :class:`Texts` raises."""
    documents = Documents(pack)
    index.clear()
    index.put(labels(pack))
    with Texts(file) as texts:
        for written in texts.everything():
            for start in range(0, len(written), STRETCH):
                if stopped():
                    return False
                _put(index, documents, written[start : start + STRETCH])
    return True


def update(index: Index, file: Path, pack: Pack, rows: Iterable[tuple[str, str]]) -> None:
    """Bring the documents of some rows up to date with the file."""
    with Texts(file) as texts:
        # what a cell says depends on the worksheet its row is in
        touched = set(rows) | texts.cells_in(row for table, row in set(rows) if table == "row")
        written = texts.of(touched)
    documents = Documents(pack)
    index.replace(touched, [each for each in map(documents.of, written) if each is not None])


def _put(index: Index, documents: Documents, written: Iterable[Written]) -> None:
    index.put(each for each in map(documents.of, written) if each is not None)


def filled(workspace: Workspace) -> Index:
    """An index of all that stands in a workspace now; where there is no window that is quick enough."""
    index = Index()
    head = workspace.head
    build(index, readable(workspace), workspace.pack())
    index.head = head
    return index


def readable(workspace: Workspace) -> Path:
    """The file to read: of an older one that may not be changed, its copy brought up to date."""
    return workspace._copy or workspace.path  # noqa: SLF001 - what the workspace itself reads
