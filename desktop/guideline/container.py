"""The outside of a pack: a deterministic ZIP of JSON files, or a folder of the same files."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.base import Message, archives
from desktop.base.errors import FileProblem
from desktop.base.ordinary import TooLarge, read_ordinary
from desktop.guideline.broken import BrokenPack, broken

FILES = (
    "pack", "dimensions", "forms", "worksheets", "readiness", "planning", "books", "roles", "signing",
    "bodies", "sessions", "selection", "rounds", "evaluation", "legal", "stages", "rules", "figures",
    "mappings",
)  # fmt: skip
"""The JSON files of a pack, one attribute of :class:`~desktop.guideline.pack.Pack` each, in this order."""

SIGNATURES = ("signature.p7s", "signature.sig")
"""The members that may hold a detached signature, over the bytes of the same pack without it."""

SUFFIX = ".rancang-guideline"
MAX_PACK = 16_000_000
"""Bytes of a whole pack, packed and unpacked alike."""
MAX_MEMBER = 8_000_000
"""Bytes of one JSON file."""

_NAMES = {f"{name}.json" for name in FILES} | set(SIGNATURES)
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Members:
    """What was found inside: JSON bytes by attribute, and the detached signature if there is one."""

    name: str
    json: Mapping[str, bytes]
    signature: bytes | None
    signature_name: str


def read_members(source: Path | str | bytes) -> Members:
    """Read a pack file, its bytes, or a folder. Raises BrokenPack, FileProblem."""
    if isinstance(source, bytes):
        return _from_zip(source, SUFFIX)
    path = Path(source)
    try:
        if path.is_dir():
            return _from_folder(path)
        return _from_zip(_read(path, MAX_PACK), path.name)
    except OSError as error:
        raise FileProblem.from_os(error, str(path)) from error


def write_zip(json: Mapping[str, bytes], signature: bytes | None = None, name: str = SIGNATURES[0]) -> bytes:
    """A ZIP whose bytes depend on its content alone: fixed order, time, owner; stored, not compressed.

    Compression is left out because two zlib versions write different bytes for the same content.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for file in FILES:
            if file in json:
                archive.writestr(_entry(f"{file}.json"), json[file])
        if signature is not None:
            archive.writestr(_entry(name), signature)
    return target.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


def _from_folder(folder: Path) -> Members:
    members = _own_members(folder)
    base = _base(members.get("pack.json", b""), folder)
    if base is not None:
        if not base.is_dir():
            _complete(members, base.name)
        else:
            inherited = _own_members(base)
            if _based_on(inherited.get("pack.json", b"")):
                raise _not_a_base(Message("guideline.problem.based_on_chain", name=base.name))
            members = {**inherited, **members}
    return _sorted(folder.name, members)


def _own_members(folder: Path) -> dict[str, bytes]:
    names = sorted(
        path.name for path in folder.iterdir() if path.suffix == ".json" or path.name in SIGNATURES
    )
    for name in names:
        _allowed(name)
    return {name: _read(folder / name, MAX_MEMBER) for name in names}


def _read(path: Path, most: int) -> bytes:
    try:
        return read_ordinary(path, most)
    except TooLarge as error:
        raise _too_large(path.name, most) from error


def _base(info: bytes, folder: Path) -> Path | None:
    """The folder beside this one that its ``pack.json`` names as what it is based on.

    One step only: a base has all its files.
    """
    name = _based_on(info)
    base = folder.parent / name
    return base if name and Path(name).name == name and base != folder else None


def _based_on(info: bytes) -> str:
    try:
        said = json.loads(info)
    except (ValueError, RecursionError):
        return ""  # what is wrong with the file is said where it is read
    name = said.get("based_on") if isinstance(said, dict) else None
    return name if isinstance(name, str) else ""


def _complete(members: Mapping[str, bytes], base: str) -> None:
    """Without its base a folder is a pack only if it holds every file, as an unpacked one does."""
    if any(f"{name}.json" not in members for name in FILES):
        raise _not_a_base(Message("guideline.problem.based_on_missing", name=base))


def _not_a_base(problem: Message) -> BrokenPack:
    return broken("pack.json", "pack.based_on", problem, Message("guideline.remedy.based_on"))


def _from_zip(data: bytes, name: str) -> Members:
    if len(data) > MAX_PACK:
        raise _too_large(name, MAX_PACK)
    try:
        with archives.reading(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_directory(entries, name)
            return _sorted(name, {entry.filename: _member(archive, entry) for entry in entries})
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        problem = Message("guideline.problem.not_a_pack", reason=str(error))
        raise broken(name, "", problem, Message("guideline.remedy.fetch_again")) from error


def _check_directory(entries: list[zipfile.ZipInfo], name: str) -> None:
    """Refuse what a pack never contains before anything is unpacked."""
    seen: set[str] = set()
    for entry in entries:
        _allowed(entry.filename)
        if entry.filename in seen:
            problem = Message("guideline.problem.member_twice", name=entry.filename)
            raise broken(name, "", problem, Message("guideline.remedy.pack_again"))
        seen.add(entry.filename)
        if entry.flag_bits & 0x1 or entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            problem = Message("guideline.problem.member_form", name=entry.filename)
            raise broken(entry.filename, "", problem, Message("guideline.remedy.pack_again"))
        if entry.file_size > MAX_MEMBER:
            raise _too_large(entry.filename, MAX_MEMBER)
    if sum(entry.file_size for entry in entries) > MAX_PACK:
        raise _too_large(name, MAX_PACK)


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """One member's bytes, never more than its directory entry promised."""
    with archive.open(entry) as stream:
        data = stream.read(MAX_MEMBER + 1)
    if len(data) > MAX_MEMBER or len(data) != entry.file_size:
        raise _too_large(entry.filename, MAX_MEMBER)
    return data


def _allowed(name: str) -> None:
    if name not in _NAMES:
        problem = Message("guideline.problem.foreign_member", name=name)
        remedy = Message("guideline.remedy.known_files", files=", ".join(sorted(_NAMES)))
        raise broken(name, "", problem, remedy)


def _too_large(name: str, limit: int) -> BrokenPack:
    problem = Message("guideline.problem.too_large", limit=limit // 1_000_000)
    return broken(name, "", problem, Message("guideline.remedy.fetch_again"))


def _sorted(name: str, members: Mapping[str, bytes]) -> Members:
    signatures = [sign for sign in SIGNATURES if sign in members]
    if len(signatures) > 1:
        problem = Message("guideline.problem.two_signatures", names=", ".join(signatures))
        raise broken(name, "", problem, Message("guideline.remedy.two_signatures"))
    signed = signatures[0] if signatures else ""
    json = {file: members[f"{file}.json"] for file in FILES if f"{file}.json" in members}
    return Members(name, json, members.get(signed), signed)
