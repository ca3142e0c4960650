"""The changes file (``*.rancang-changes``): a ZIP that holds change sets, who made them, and attachments.

``manifest.json`` says whose workspace it is, from whom, on what it rests, and the SHA-256 of every other
member; ``replicas.json`` the copies that wrote; ``changes.jsonl`` the change sets as packed lines
(:mod:`desktop.workspace.wire`); ``blobs/<sha256>`` evidence files. The same content gives the same bytes.

Whoever made a file may mean harm: nothing of it is unpacked to disk, every size is known and limited before
it is read, and every name must be one of ours.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import IO, Any

from desktop.base.canonical import Json, canonical
from desktop.base.errors import FileProblem, RancangError
from desktop.base.ordinary import open_ordinary
from desktop.base.placing import replacing
from desktop.workspace import wire
from desktop.workspace.errors import DamagedChanges, FileTooNew, NotChanges, TooLarge, TooManyChanges
from desktop.workspace.journal import SCHEMA
from desktop.workspace.merge import ALGORITHM

SUFFIX = ".rancang-changes"
MARK = "rancang-changes"
FORMAT = 1
"""The version of the container."""
OPERATIONS = 300_000
"""Operations one file may hold; a plan of thirty agencies has a tenth of them after a year."""
_MANIFEST, _REPLICAS, _CHANGES, _BLOB = "manifest.json", "replicas.json", "changes.jsonl", "blobs/"
_NAME = re.compile(r"manifest\.json|replicas\.json|changes\.jsonl|blobs/[0-9a-f]{64}")
_LARGEST = {_MANIFEST: 8 << 20, _REPLICAS: 8 << 20, _CHANGES: 192 << 20}
"""Bytes a member may unpack to."""
_MEMBERS = 20_000
_PARTS = 4 * _MEMBERS
"""Lists and objects of a member that is no series of changes: sizes of attachments, copies."""
_RATIO = 250
"""Our lines become up to some 60 times smaller; what shrinks more was made to fill a disk or a memory."""
_SMALL = 1 << 20
_END = struct.Struct("<4s4H2LH")
_ENTRY = 46 + len("blobs/") + 64
"""Bytes one member takes in the directory of a ZIP."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_BAD = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, LookupError)


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose copy a file comes from, as it says itself."""

    name: str = ""
    role: str = ""
    agency: str = ""
    """The agency the copy was made for (its id), or empty."""
    person: str = ""
    """The one person the copy was made for, or empty."""
    handout: str = ""
    """Under which the giver remembers the copy, or empty."""
    replica: str = ""

    @property
    def called(self) -> str:
        """A name for people; a copy made for somebody is called after them before anybody worked in it."""
        return self.name or self.person


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a changes file says of itself."""

    workspace: str
    sender: Sender
    since: tuple[str, ...] = ()
    """The newest change sets the file counts on being there already; empty = it is whole."""
    heads: tuple[str, ...] = ()
    """The newest change sets of the copy it comes from."""
    review: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opened:
    """A changes file that was read: its manifest, the replicas and the packed lines."""

    manifest: Manifest
    replicas: tuple[dict[str, Any], ...]
    lines: tuple[list[Any], ...]


# -- writing -----------------------------------------------------------------------------------------
def write(
    target: Path,
    manifest: Manifest,
    replicas: Iterable[Mapping[str, Json]],
    lines: Iterable[str],
    attached: Iterable[tuple[str, bytes]],
) -> None:
    """Write the file whole or not at all; ``attached`` are evidence files by hash."""
    try:
        with replacing(target) as file:
            _write(file, manifest, canonical([dict(each) for each in replicas]), lines, attached)
    except zipfile.LargeZipFile as error:
        raise TooLarge(target.name, "4 GB") from error


def _write(
    file: IO[bytes],
    manifest: Manifest,
    replicas: bytes,
    lines: Iterable[str],
    attached: Iterable[tuple[str, bytes]],
) -> None:
    changes = "".join(f"{each}\n" for each in lines).encode()
    members = {_REPLICAS: _described(replicas), _CHANGES: _described(changes)}
    with zipfile.ZipFile(file, "w", allowZip64=False) as archive:
        _add(archive, _REPLICAS, replicas, packed=True)
        _add(archive, _CHANGES, changes, packed=True)
        for sha256, data in attached:
            members[_BLOB + sha256] = {"size": len(data), "sha256": sha256}
            _add(archive, _BLOB + sha256, data, packed=False)
        # last, for only now it is known what the file holds
        _add(archive, _MANIFEST, canonical(_manifest_values(manifest, members)), packed=True)


def _described(data: bytes) -> dict[str, Json]:
    return {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def _add(archive: zipfile.ZipFile, name: str, data: bytes, *, packed: bool) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    kind = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    archive.writestr(entry, data, kind, compresslevel=9)


def _manifest_values(manifest: Manifest, members: Mapping[str, Json]) -> dict[str, Json]:
    return {
        "format": MARK,
        "version": FORMAT,
        "algo": ALGORITHM,
        "lines": wire.FORMAT,
        "schema": SCHEMA,
        "workspace": manifest.workspace,
        "from": asdict(manifest.sender),
        "since": sorted(manifest.since),
        "heads": sorted(manifest.heads),
        "review": manifest.review,
        "counts": dict(manifest.counts),
        "members": dict(members),
    }


# -- reading -----------------------------------------------------------------------------------------
def is_changes(head: bytes) -> bool:
    """Whether a file that begins like this is a changes file, be it cut off or damaged further on."""
    return head.startswith(b"PK\x03\x04") and head[30:].startswith(_REPLICAS.encode())


def workspace_of(path: Path) -> str:
    """Whose changes they are, for deciding what to do with a file; empty where it does not tell."""
    with contextlib.suppress(OSError, *_BAD, RancangError), _archive(path) as archive:
        return _manifest(archive, path.name)[0].workspace
    return ""


def read(path: Path) -> Opened:
    """Read everything but the attachments.

    Raises NotChanges, DamagedChanges, TooManyChanges, FileTooNew, FileProblem.
    """
    name = path.name
    try:
        with _archive(path) as archive:
            manifest, members = _manifest(archive, name)
            replicas = _replicas(_member(archive, _REPLICAS, members, name), name)
            changes = _member(archive, _CHANGES, members, name)
            told = {_MANIFEST, *members}
            if set(archive.namelist()) != told:
                raise DamagedChanges(name)
            lines = tuple(wire.parse((line.decode() for line in io.BytesIO(changes)), OPERATIONS))
    except wire.TooMuch as error:
        raise TooManyChanges(name) from error
    except wire.Garbled as error:
        raise DamagedChanges(name) from error
    except OSError as error:
        raise FileProblem.from_os(error, name) from error
    except _BAD as error:
        raise DamagedChanges(name) from error
    return Opened(manifest, replicas, lines)


@contextlib.contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """The ZIP, once everything its directory says is believable. Raises what ``_BAD`` names, and ours."""
    with open_ordinary(path, name=path.name) as file:
        if not is_changes(file.read(64)):
            raise NotChanges(path.name)
        size = file.seek(0, 2)
        _bound(file, size, path.name)
        with zipfile.ZipFile(file) as archive:
            _believe(archive.infolist(), size, path.name)
            yield archive


def _bound(file: IO[bytes], size: int, name: str) -> None:
    """Before the directory is read: it ends the file, as we write it, and is no longer than it may be."""
    file.seek(max(0, size - _END.size - 20))
    tail = file.read()
    locator, end = tail[: -_END.size], tail[-_END.size :]
    if len(end) < _END.size or not end.startswith(b"PK\5\6") or locator.startswith(b"PK\6\7"):
        raise DamagedChanges(name)
    _, _, _, _, count, length, start, comment = _END.unpack(end)
    if comment or start + length + _END.size != size:
        raise DamagedChanges(name)
    if count > _MEMBERS or length > _MEMBERS * _ENTRY:
        raise TooManyChanges(name)
    file.seek(0)


def _believe(entries: list[zipfile.ZipInfo], size: int, name: str) -> None:
    names = [entry.filename for entry in entries]
    missing = not {_MANIFEST, _CHANGES, _REPLICAS} <= set(names)
    odd = missing or len(names) != len(set(names)) or not all(_NAME.fullmatch(each) for each in names)
    # members may lie over each other, so that one stretch of bytes is read a thousand times
    if odd or sum(entry.compress_size for entry in entries) > size:
        raise DamagedChanges(name)
    for entry in entries:
        _believe_one(entry, name)


def _believe_one(entry: zipfile.ZipInfo, name: str) -> None:
    mode = entry.external_attr >> 16
    if entry.flag_bits & 0x1 or (stat.S_IFMT(mode) and not stat.S_ISREG(mode)):
        raise DamagedChanges(name)
    if entry.filename.startswith(_BLOB):
        if entry.compress_type != zipfile.ZIP_STORED or entry.file_size != entry.compress_size:
            raise DamagedChanges(name)
        return
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise DamagedChanges(name)
    swollen = entry.file_size > _SMALL and entry.file_size > _RATIO * max(entry.compress_size, 1)
    if entry.file_size > _LARGEST[entry.filename] or swollen:
        raise TooManyChanges(name)


def _inflated(archive: zipfile.ZipFile, member: str) -> bytes:
    """The bytes of a member, never more than its directory entry says there are."""
    entry = archive.getinfo(member)
    with archive.open(entry) as file:
        data = file.read(entry.file_size + 1)
    if len(data) != entry.file_size:
        raise zipfile.BadZipFile(member)
    return data


def _member(archive: zipfile.ZipFile, member: str, members: Mapping[str, Any], name: str) -> bytes:
    data = _inflated(archive, member)
    if members.get(member) != _described(data):
        raise DamagedChanges(name)
    return data


def _json(data: bytes) -> Any:
    """A small member. Raises ValueError, also where it has more parts than any of ours."""
    if data.count(b"[") + data.count(b"{") > _PARTS or data.count(b",") > 8 * _PARTS:
        raise ValueError(len(data))
    try:
        return json.loads(data, parse_float=_refuse, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError from error


def _refuse(said: str) -> Any:
    raise ValueError(said)


def _manifest(archive: zipfile.ZipFile, name: str) -> tuple[Manifest, dict[str, Any]]:
    said = _json(_inflated(archive, _MANIFEST))
    if not isinstance(said, dict) or said.get("format") != MARK:
        raise NotChanges(name)
    known = {"version": FORMAT, "algo": ALGORITHM, "lines": wire.FORMAT, "schema": SCHEMA}
    for key, newest in known.items():
        found = said.get(key)
        if not isinstance(found, int) or isinstance(found, bool) or found < 1:
            raise DamagedChanges(name)
        if found > newest:
            raise FileTooNew(name, found, newest)
    members, counts = said.get("members"), said.get("counts")
    if not isinstance(members, dict) or not isinstance(counts, dict):
        raise DamagedChanges(name)
    numbers = {key: value for key, value in counts.items() if isinstance(value, int)}
    return Manifest(
        _hash(said.get("workspace"), 32),
        _sender(said.get("from")),
        _hashes(said.get("since")),
        _hashes(said.get("heads")),
        said.get("review") is True,
        numbers,
    ), members


def _sender(said: Any) -> Sender:
    if not isinstance(said, dict):
        raise ValueError(said)  # noqa: TRY004 - whatever is wrong with a file is one kind of error here
    return Sender(**{each.name: _words(said.get(each.name)) for each in fields(Sender)})


def _words(said: Any) -> str:
    """A name as people have it: one line of a sensible length, whatever a file says."""
    return " ".join(said.split())[:200] if isinstance(said, str) and said.isprintable() else ""


def _hash(said: Any, letters: int) -> str:
    if not isinstance(said, str) or not re.fullmatch(rf"[0-9a-f]{{{letters}}}", said):
        raise ValueError(said)
    return said


def _hashes(said: Any) -> tuple[str, ...]:
    if not isinstance(said, list):
        raise ValueError(said)  # noqa: TRY004
    return tuple(_hash(each, 64) for each in said)


_REPLICA = ("id", "label", "person", "device", "parent", "created")


def _replicas(data: bytes, name: str) -> tuple[dict[str, Any], ...]:
    said = _json(data)
    if not isinstance(said, list):
        raise DamagedChanges(name)
    found = []
    for each in said:
        if not isinstance(each, dict) or set(each) != {*_REPLICA}:
            raise DamagedChanges(name)
        _hash(each["id"], 32)
        texts = [each[key] for key in ("label", "person", "device", "created")]
        whole = all(isinstance(text, str) and len(text) <= 1000 for text in texts)
        if not whole or not (each["parent"] is None or isinstance(each["parent"], str)):
            raise DamagedChanges(name)
        "".join(texts).encode()
        found.append(each)
    return tuple(found)


class Attachments:
    """The evidence files in a changes file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._there = {name.removeprefix(_BLOB) for name in archive.namelist() if name.startswith(_BLOB)}

    def has(self, sha256: str) -> bool:
        """Whether the file brings these bytes."""
        return sha256 in self._there

    def read(self, sha256: str) -> bytes | None:
        """The bytes; None where they cannot be read. Whether they are the right ones, their hash says."""
        try:
            return _inflated(self._archive, _BLOB + sha256)
        except (OSError, *_BAD):
            return None


@contextlib.contextmanager
def attachments(path: Path) -> Iterator[Attachments]:
    """The evidence files in a changes file that was read before."""
    with open_ordinary(path, name=path.name) as file, zipfile.ZipFile(file) as archive:
        yield Attachments(archive)
