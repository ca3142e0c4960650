"""Whom the guideline asks to sign, held against whom the manifest expects: a sealer must not leave one out.

The manifest alone cannot say whether somebody is missing: it is written by whoever seals. The guideline
lies in the package, signed with everything else, and where this computer has it too the two are compared.
"""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from pathlib import PurePosixPath

import msgspec

from desktop.base import LocalText, Message, RancangError
from desktop.guideline.pack import Pack
from desktop.submission.container import OpenPackage
from desktop.submission.fingerprint import guideline_path
from desktop.submission.judging import Judge
from desktop.submission.manifest import Manifest, PackedFile
from desktop.workspace.plan_data_form import NAME as DATA_NAME

MAXIMUM_GUIDELINE = 32 << 20
"""Bytes of a guideline inside a package; bundled ones have less than one million."""


def check_asked(package: OpenPackage, judge: Judge) -> None:
    """Add what the guideline inside asks for and the manifest does not expect."""
    manifest = package.manifest
    entry = package.entries.get(guideline_path(manifest.guideline.id))
    about = f"{manifest.guideline.id} {manifest.guideline.version}"
    if entry is None:
        if _left_out(package):
            judge.note(Message("submission.note.guideline_absent", guideline=about))
        return
    pack = _pack(package, entry.name) if entry.size <= MAXIMUM_GUIDELINE else None
    if pack is None or (pack.pack.id, pack.pack.version) != (
        manifest.guideline.id,
        manifest.guideline.version,
    ):
        judge.note(Message("submission.note.guideline_unread", guideline=about))
        return
    if _differs(pack):
        judge.note(Message("submission.note.guideline_differs", guideline=about))
    for document, role in missing_signers(pack, manifest):
        judge.missing(Message("submission.missing.not_asked", file=document, role=role))


def _left_out(package: OpenPackage) -> bool:
    """Whether a guideline should lie inside: the plan's data name one, or there are no data either."""
    entry = package.entries.get(DATA_NAME)
    if entry is None or entry.size > MAXIMUM_GUIDELINE:
        return True
    try:
        data = msgspec.json.decode(package.read(DATA_NAME))
    except msgspec.MsgspecError:
        return True
    return isinstance(data, dict) and "guideline" in data


def _pack(package: OpenPackage, name: str) -> Pack | None:
    try:
        return _parsed(package.read(name))
    except RancangError:
        return None


@lru_cache(maxsize=4)
def _parsed(data: bytes) -> Pack:
    """Hundreds of packages bring the same guideline."""
    from desktop.guideline.loading import load_pack

    return load_pack(data)


def _differs(pack: Pack) -> bool:
    """Whether this computer has a guideline of this name and version that says something else."""
    from desktop.guideline.loading import write_pack

    known = _known(pack.pack.id, pack.pack.version)
    return bool(known) and hashlib.sha256(write_pack(pack)).hexdigest() not in known


@cache
def _known(guideline: str, version: str) -> frozenset[str]:
    from desktop.guideline.loading import load_pack, write_pack
    from desktop.guideline.lookup import bundled

    here = [one.path for one in bundled() if (one.id, one.version) == (guideline, version)]
    return frozenset(hashlib.sha256(write_pack(load_pack(path))).hexdigest() for path in here)


def missing_signers(pack: Pack, manifest: Manifest) -> list[tuple[str, LocalText | str]]:
    """Document and role of every signature that the guideline asks for and nobody is expected to give."""
    from desktop.guideline.lookup import package_books, package_signers, sheet_signers
    from desktop.guideline.signing import closing_role

    labels = {role.id: role.label for role in pack.roles}
    by_sheet = set(sheet_signers(pack))
    found: list[tuple[str, LocalText | str]] = []
    for book in package_books(pack):
        files = [file for file in manifest.files if _is_book(file, book.id)]
        expected = {one.role for file in files for one in file.signers}
        name = files[0].path if files else f"books/{book.id}.pdf"
        asked = [role for role in package_signers(pack, book) if role not in by_sheet]
        found += [(name, labels.get(role, role)) for role in asked if role not in expected]
    sheets = [file for file in manifest.files if file.role == "approval"]
    expected = {one.role for file in sheets for one in file.signers}
    name = sheets[0].path if sheets else "approval"
    found += [(name, labels.get(role, role)) for role in by_sheet if role not in expected]
    closing = closing_role(pack)
    if closing is not None and closing.id not in {one.role for one in manifest.signers}:
        found.append(("manifest.json", closing.label))
    return found


def _is_book(file: PackedFile, book: str) -> bool:
    path = PurePosixPath(file.path)
    return path.parent.as_posix() == "books" and path.suffix == ".pdf" and path.name.startswith(f"{book}.")
