"""The bytes of evidence files, inside the workspace file, in 1 MiB chunks keyed by their SHA-256.

They lie outside the journal (it names them by hash); copies are united by hash.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from desktop.base.errors import FileProblem
from desktop.base.ordinary import open_ordinary
from desktop.workspace import tables
from desktop.workspace.errors import MissingBlob, TooLarge

CHUNK = 1 << 20
LIMIT = 2_000_000_000
"""Bytes: FAT32 sticks and chat applications carry no more in one file."""


def _pieces(data: Path | bytes, name: str) -> Iterator[bytes]:
    if isinstance(data, bytes):
        for start in range(0, len(data), CHUNK):
            yield data[start : start + CHUNK]
        return
    try:
        with open_ordinary(data, name=name) as file:
            while piece := file.read(CHUNK):
                yield piece
    except OSError as error:
        raise FileProblem.from_os(error, name) from error


def store(connection: sa.Connection, data: Path | bytes, name: str) -> tuple[str, int]:
    """Keep bytes once; returns (sha256, size). Raises TooLarge, FileProblem."""
    hasher, size = hashlib.sha256(), 0
    for piece in _pieces(data, name):
        hasher.update(piece)
        size += len(piece)
        if size > LIMIT:
            raise TooLarge(name, "2 GB")
    sha256 = hasher.hexdigest()
    if not present(connection, sha256):
        connection.execute(tables.blob.insert().values(sha256=sha256, size=size))
        for n, piece in enumerate(_pieces(data, name)):
            connection.execute(tables.blob_chunk.insert().values(sha256=sha256, n=n, data=piece))
    return sha256, size


def present(connection: sa.Connection, sha256: str) -> bool:
    """Whether the bytes with this hash are here."""
    return (
        connection.execute(sa.select(tables.blob.c.size).where(tables.blob.c.sha256 == sha256)).first()
        is not None
    )


def chunks(connection: sa.Connection, sha256: str, name: str = "") -> Iterator[bytes]:
    """The bytes, piece by piece. Raises MissingBlob."""
    if not present(connection, sha256):
        raise MissingBlob(name or sha256[:12])
    numbers = (
        connection.execute(
            sa.select(tables.blob_chunk.c.n)
            .where(tables.blob_chunk.c.sha256 == sha256)
            .order_by(tables.blob_chunk.c.n)
        )
        .scalars()
        .all()
    )
    for n in numbers:
        query = sa.select(tables.blob_chunk.c.data)
        yield connection.execute(
            query.where(tables.blob_chunk.c.sha256 == sha256, tables.blob_chunk.c.n == n)
        ).scalar_one()


def read(connection: sa.Connection, sha256: str, name: str = "") -> bytes:
    """All bytes with this hash. Raises MissingBlob."""
    return b"".join(chunks(connection, sha256, name))


def read_beside(file: Path, sha256: str) -> bytes:
    """All bytes with this hash, over a connection of its own: for a thread beside the one that writes.

    Each piece is read by itself, so whoever writes meanwhile never waits long. Raises MissingBlob.
    """
    from desktop.workspace.file import connect

    try:
        with closing(connect(file, read_only=True)) as connection:
            numbers = connection.execute("SELECT n FROM blob_chunk WHERE sha256 = ? ORDER BY n", (sha256,))
            query = "SELECT data FROM blob_chunk WHERE sha256 = ? AND n = ?"
            pieces = [connection.execute(query, (sha256, n)).fetchone()[0] for (n,) in numbers.fetchall()]
            if (
                not pieces
                and not connection.execute("SELECT 1 FROM blob WHERE sha256 = ?", (sha256,)).fetchone()
            ):
                raise MissingBlob(sha256[:12])
    except (sqlite3.Error, TypeError) as error:
        raise MissingBlob(sha256[:12]) from error
    return b"".join(pieces)
