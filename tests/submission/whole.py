"""A small package as the program makes it from a workspace: data, guideline and every document asked for."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs

from desktop.base.canonical import canonical, moment_text
from desktop.base.jobs import quiet
from desktop.guideline.loading import load_pack, write_pack
from desktop.submission import SealFile, SealInput, SealSigner, StampBox, seal, sign_pdfs
from desktop.submission.fingerprint import guideline_path
from desktop.submission.frame.asic import signature_name
from desktop.submission.frame.container import data_files
from desktop.submission.xades.writing import sign_xades
from desktop.trust import Anchors, P12Key, make_test_identity
from desktop.workspace.plan_data_form import (
    AnswerPart,
    Data,
    GuidelinePart,
    PersonPart,
    PlanPart,
    RegionPart,
    WorkspacePart,
)
from tests.submission import tamper
from tests.submission.making import CHANGED, NOW, draw_pdf, seal_input

TINY = Path(__file__).resolve().parents[1] / "data" / "tiny-pack"
PEOPLE = {"mayor": "Contoh Wali Kota", "elder": "Contoh Tetua"}
REQUIRED = (
    "town.mayor",
    "town.trees",
    "town.happy",
    "oath.text",
    "chapter.A.start",
    "chapter.A.ready",
    "chapter.B.plan",
)
"""What the tiny guideline wants answered."""


@cache
def guideline(**info: Any) -> bytes:
    """The tiny guideline, whose state and name may be another's; nobody signs documents, which takes long."""
    pack = load_pack(TINY)
    books = tuple(structs.replace(book, signers=()) for book in pack.books)
    return write_pack(structs.replace(pack, pack=structs.replace(pack.pack, **info), books=books, signing=()))


@cache
def signed_guideline(**info: Any) -> bytes:
    """The same with documents that officials sign."""
    pack = load_pack(TINY)
    return write_pack(structs.replace(pack, pack=structs.replace(pack.pack, **info)))


def plan(pack: bytes | None = None, **changes: Any) -> bytes:
    """The data of a plan in which everything is answered that is certainly missed."""
    pack = pack or guideline()
    info = load_pack(pack).pack
    data = Data(
        workspace=WorkspacePart(
            id="0" * 32, head="a" * 64, changed_at=moment_text(CHANGED), source_language="id", example=False
        ),
        region=RegionPart(code="18.07", name="Kabupaten Contoh", kind="kabupaten", province="Lampung"),
        plan=PlanPart(title={"id": "Rencana"}, first_year=2026, last_year=2030),
        guideline=GuidelinePart(id=info.id, version=info.version, sha256=hashlib.sha256(pack).hexdigest()),
        agencies=(), programmes=(), worksheets=(), evidence=(), set_aside=(),
        people=tuple(person(role, name) for role, name in PEOPLE.items()),
        answers=tuple(answer(one) for one in REQUIRED),
    )  # fmt: skip
    return canonical(msgspec.to_builtins(structs.replace(data, **changes)))


def answer(item: str) -> AnswerPart:
    """Something is written there."""
    return AnswerPart(item=item, scope="", value=None, text={"id": "isi"}, origin="")


def person(role: str, name: str) -> PersonPart:
    """Somebody who holds an office."""
    return PersonPart(id=role, name=name, office={"id": role}, role=role, agency="", nip="", acting="")


def signer(role: str, place: int = 0, name: str | None = None) -> SealSigner:
    """A role with its box on the first page."""
    box = StampBox(0, 60 + 240 * place, 300, 260 + 240 * place, 370)
    return SealSigner(role, PEOPLE[role] if name is None else name, role, box=box)


BOOKS: dict[str, tuple[str, ...]] = {"look": (), "do": ()}


@cache
def page() -> bytes:
    """A document of one page."""
    return draw_pdf(1)


def documents(**roles: tuple[str, ...]) -> dict[str, SealFile]:
    """The books of the guideline by path, each with whom it waits for."""
    files = {}
    for book, asked in {**BOOKS, **roles}.items():
        path = f"books/{book}.id.pdf"
        waiting = tuple(signer(role, place) for place, role in enumerate(asked))
        files[path] = SealFile(path, "application/pdf", "book", page(), waiting, 1)
    return files


def whole(
    books: dict[str, SealFile] | None = None,
    data: bytes | None = None,
    pack: bytes | None = None,
    **changes: Any,
) -> SealInput:
    """What the package is sealed of; an empty text leaves data or guideline out."""
    pack = guideline() if pack is None else pack
    info = load_pack(pack or guideline()).pack
    data = plan(pack or None) if data is None else data
    files = list((documents() if books is None else books).values())
    if data:
        files.append(SealFile("data.json", "application/json", "data", data))
    if pack:
        files.append(SealFile(guideline_path(info.id), "application/zip", "other", pack))
    values = {
        "guideline_id": info.id, "guideline_version": info.version, "files": tuple(files), "notes": (),
        "signers": (replace_box(signer("elder")),), "open_mandatory": 0, **changes,
    }  # fmt: skip
    return seal_input(**values)


def replace_box(one: SealSigner) -> SealSigner:
    """Who closes the package has no box."""
    return SealSigner(one.role, one.name, one.office)


class Hand:
    """Everybody's keys, made once, and what they sign."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        made = make_test_identity(folder / "keys", PEOPLE, now=NOW, algorithm="ec")
        self.keys = {role: P12Key(one.path, one.password) for role, one in made.signers.items()}
        self.anchors = Anchors().plus(made.root)

    def sign(self, what: SealInput, **keys: str) -> Path:
        """Sealed and closed by the elder; ``keys`` says whose key signs the documents for a role."""
        path = self.folder / "whole.asice"
        seal(quiet, what, path)
        for role, owner in keys.items():
            sign_pdfs(quiet, path, path, self.keys[owner], role, self.anchors, NOW, other_holder=True)
        return self._closed(path, "elder", "elder")

    def close(self, what: SealInput, owner: str, role: str) -> Path:
        """Sealed, and closed with somebody's key under any role."""
        path = self.folder / "closed.asice"
        seal(quiet, what, path)
        return self._closed(path, owner, role)

    def _closed(self, path: Path, owner: str, role: str) -> Path:
        """By hand: our own program does not close what it would refuse."""
        files, manifest = tamper.read(path)
        with self.keys[owner].open() as key:
            files[signature_name(0)] = sign_xades(data_files(manifest), key, 0, NOW, (role,))
        return tamper.write(files, manifest, path)
