"""A pack from its bytes or folder, and back: every fault becomes a file, a key, a problem and a remedy."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec

from desktop.base import LocalText, Message
from desktop.base.canonical import canonical
from desktop.guideline.broken import BrokenPack, Fault, broken
from desktop.guideline.consistency import faults
from desktop.guideline.container import FILES, Members, read_members, write_zip
from desktop.guideline.misfit import TEXT_EMPTY, TEXT_NO_ID, TEXT_SHAPE, explain
from desktop.guideline.pack import FORMAT, Pack
from desktop.guideline.strict import parse

_TOLD = 1_000
"""So many entries of a list are looked through for further faults."""

_USUAL = 2_000_000
"""Bytes of a pack that is kept in memory; what is larger was made to be large."""

_REQUIRED = {field.name for field in msgspec.structs.fields(Pack) if field.required}


@dataclass(frozen=True, slots=True)
class PackFile:
    """A pack with what surrounds it.

    ``content`` are the bytes :func:`write_pack` makes of it without a signature, and what ``sha256``
    (hexadecimal) is the hash of. ``signed`` are the bytes a detached ``signature`` is over: the JSON files
    as they stand inside, so that a signature outlives the day when a newer program writes them otherwise.
    """

    pack: Pack
    content: bytes
    sha256: str
    signature: bytes | None
    signature_name: str
    signed: bytes

    @property
    def file_bytes(self) -> bytes:
        """The file to be kept or carried: its JSON untouched, its signature inside, and nothing else."""
        members = read_members(self.signed)
        if self.signature is None:
            return self.signed
        return write_zip(members.json, self.signature, self.signature_name)


def load_pack(source: Path | str | bytes) -> Pack:
    """The guideline in a pack file, its bytes, or a folder of JSON files. Raises BrokenPack, FileProblem."""
    return _decode(read_members(source))


def open_pack(source: Path | str | bytes) -> PackFile:
    """The same with the detached signature and the bytes it covers. Raises BrokenPack, FileProblem."""
    members = read_members(source)
    pack = _decode(members)
    content = write_pack(pack)
    return PackFile(
        pack,
        content,
        hashlib.sha256(content).hexdigest(),
        members.signature,
        members.signature_name,
        write_zip(members.json),
    )


def write_pack(source: Pack | Path | str | bytes, signature: bytes | None = None) -> bytes:
    """The bytes of a ``*.rancang-guideline`` file; the same pack gives the same bytes on every computer.

    The JSON inside is canonical (RFC 8785), whatever the source looked like. Raises BrokenPack.
    """
    pack = source if isinstance(source, Pack) else load_pack(source)
    return write_zip({name: canonical(value) for name, value in written(pack).items()}, signature)


def written(pack: Pack) -> dict[str, Any]:
    """The JSON values of a pack by file, in the order of the files; what is empty needs no file.

    A pack that is based on another has them all: unpacked beside that one, it would take over the rest.
    """
    values = msgspec.to_builtins(pack, enc_hook=encode_text)
    if pack.pack.based_on:
        values = {name: msgspec.to_builtins(getattr(pack, name), enc_hook=encode_text) for name in FILES}
    return {name: values[name] for name in FILES if name in values}


def encode_text(value: object) -> dict[str, str]:
    """How msgspec writes a LocalText."""
    if isinstance(value, LocalText):
        return dict(value.texts)
    raise NotImplementedError(type(value))


def decode_text(kind: type, value: object) -> LocalText:
    """How msgspec reads a LocalText: languages to texts, Indonesian always among them."""
    if kind is not LocalText:
        raise NotImplementedError(kind)
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise ValueError(TEXT_SHAPE)
    if "id" not in value:
        raise ValueError(TEXT_NO_ID)
    if not all(text.strip() for text in value.values()):
        raise ValueError(TEXT_EMPTY)
    return LocalText(value)


def _decode(members: Members) -> Pack:
    files = tuple(members.json.items())
    usual = sum(len(data) for _, data in files) <= _USUAL
    return _decoded(files) if usual else _decoded.__wrapped__(files)


@lru_cache(maxsize=4)
def _decoded(files: tuple[tuple[str, bytes], ...]) -> Pack:
    """The pack, or every fault that can be told at once: of all files, then of what they say together.

    Kept for whoever asks for the same bytes again: a document that is opened asks four times.
    """
    found: list[Fault] = []
    raw: dict[str, Any] = {}
    for name, data in files:
        try:
            raw[name] = parse(name, data)
        except BrokenPack as error:
            found += error.faults
    _check_format(raw.get("pack"))
    brought_up(raw)
    for name in FILES:
        if name in _REQUIRED and name not in dict(files):
            problem = Message("guideline.problem.file_missing", name=f"{name}.json")
            found.append(Fault(f"{name}.json", "", problem, Message("guideline.remedy.file_missing")))
    parts = _parts(raw, found)
    if found:
        raise BrokenPack(tuple(found))
    pack = Pack(**parts)
    wrong = tuple(faults(pack))
    if wrong:
        raise BrokenPack(wrong)
    return pack


def brought_up(raw: dict[str, Any]) -> None:
    """What an older format said otherwise, said as this one does, in place.

    Format 1 gave the outputs of guidance sessions as texts without an id.
    """
    info, sessions = raw.get("pack"), raw.get("sessions")
    if not isinstance(info, dict) or info.get("format") != 1:
        return
    info["format"] = FORMAT
    for session in sessions if isinstance(sessions, list) else ():
        outputs = session.get("outputs") if isinstance(session, dict) else None
        if isinstance(outputs, list):
            session["outputs"] = [
                {"id": f"output-{number}", "label": label} for number, label in enumerate(outputs, 1)
            ]


def _check_format(info: Any) -> None:
    """Say that a pack is too new before stumbling over what a newer format brought."""
    version = info.get("format") if isinstance(info, dict) else None
    if isinstance(version, int) and not isinstance(version, bool) and version > FORMAT:
        problem = Message("guideline.problem.newer", found=str(version), known=str(FORMAT))
        raise broken("pack.json", "pack.format", problem, Message("guideline.remedy.newer"))


def _parts(raw: Mapping[str, Any], found: list[Fault]) -> dict[str, Any]:
    """The files as their types; what does not fit is added to ``found``, in a list once for each entry."""
    kinds = get_type_hints(Pack)
    parts = {}
    for name, value in raw.items():
        try:
            parts[name] = _part(name, value, kinds[name], name)
        except BrokenPack as error:
            found += [*error.faults, *_further(name, value, kinds[name], error.faults[0])]
    return parts


def _part(name: str, value: Any, kind: Any, place: str) -> Any:
    try:
        return msgspec.convert(value, kind, dec_hook=decode_text)
    except msgspec.ValidationError as error:
        raise BrokenPack((explain(name, value, kind, str(error), place),)) from error
    except RecursionError as error:
        problem = Message("guideline.problem.too_deep")
        raise broken(f"{name}.json", place, problem, Message("guideline.remedy.flatten")) from error


def _further(name: str, value: Any, kind: Any, first: Fault) -> Iterator[Fault]:
    """The first fault of every later entry of a file that is a list."""
    inner = get_args(kind)
    if not isinstance(value, list) or len(inner) != 2 or inner[1] is not Ellipsis:
        return
    for place, entry in enumerate(value[:_TOLD]):
        try:
            _part(name, entry, inner[0], f"{name}[{place}]")
        except BrokenPack as error:
            yield from (fault for fault in error.faults if fault.key != first.key)
