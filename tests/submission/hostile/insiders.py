"""Attacks by people who are expected to sign, and by others who hold a certificate of a certified root."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import struct
from collections.abc import Callable
from unittest.mock import patch

from desktop.base.fingerprint import groups_of
from desktop.base.jobs import quiet
from desktop.base.resources import resource
from desktop.books.pdfa import to_pdfa
from desktop.submission import SealFile, VerdictKind, seal, sign_pdfs
from desktop.submission.frame.asic import MANIFEST_NAME, manifest_xml
from desktop.submission.frame.container import data_files
from desktop.submission.manifest import NAME, Expected, Manifest, SignedFile
from desktop.submission.xades.writing import sign_xades
from tests.submission import tamper
from tests.submission.hostile.ground import (
    ANCHORS,
    BUDI,
    ISSUER,
    NOW,
    RATNA,
    SECOND,
    SIGNATURE,
    SITI,
    Ground,
    Table,
    _Key,
    build,
    edited,
    items,
)
from tests.submission.hostile.ours import file_edit, keep, stale
from tests.submission.making import BOOK, CHANGED, DATA, MAYOR, SECRETARY, TEAM, seal_named

CASES = Table("insider")
UNDONE = frozenset({VerdictKind.INCOMPLETE})
NOTED = frozenset({VerdictKind.VALID_WITH_NOTES})
NAMES = {MAYOR: "Ratna", SECRETARY: "Siti", TEAM: "Budi"}


def closed(ground: Ground, role: str, *, number: int = 0) -> bytes:
    """Siti signs the container as whoever she likes: beside the team's signature, or in its place."""
    files, manifest = tamper.read(ground.signed)
    made = sign_xades(data_files(manifest), SITI.signer(ISSUER), number, NOW, (role,))
    return ground.packed({**files, (SECOND if number else SIGNATURE): made}, manifest)


def alone(ground: Ground) -> bytes:
    """Budi signs the book in the secretary's place, too."""
    path = ground.folder / "alone.asice"
    sign_pdfs(quiet, ground.half, path, _Key(BUDI), SECRETARY, ANCHORS, NOW, other_holder=True)
    return ground.forged(package=path)


def twice(
    change: Callable[[Manifest], tuple[Expected, ...]], *, book: bool = False
) -> Callable[[Ground], bytes]:
    """One role is asked twice; one signature would do for both."""

    def edit(manifest: Manifest) -> Manifest:
        signers = change(manifest)
        return file_edit(BOOK, signers=signers)(manifest) if book else edited(signers=signers)(manifest)

    return stale(edit)


def doubled(manifest: Manifest) -> tuple[Expected, ...]:
    book = next(one for one in manifest.files if one.path == BOOK)
    return (*book.signers, Expected(role=MAYOR, name="Wakil"))


def replayed(ground: Ground) -> bytes:
    """The book with the officials' signatures, taken from an earlier package into one of other data."""
    later = NOW + dt.timedelta(minutes=6)
    files, before = tamper.read(ground.both)
    book = next(one for one in before.files if one.path == BOOK)
    path = ground.folder / "later.asice"
    first, _, photo = seal_named(NAMES).files
    data = SealFile(DATA, "application/json", "data", b'{"baru":1,"format":"rancang-data"}')
    seal(quiet, seal_named(NAMES, changed_at=NOW + dt.timedelta(minutes=5), files=(first, data, photo)), path)
    new, manifest = tamper.read(path)
    new[BOOK] = files[BOOK]
    manifest = file_edit(BOOK, signed=book.signed)(manifest)
    new[NAME], new[MANIFEST_NAME] = manifest.to_bytes(), manifest_xml(data_files(manifest))
    new[SIGNATURE] = sign_xades(data_files(manifest), BUDI.signer(ISSUER), 0, later, (TEAM,))
    return ground.packed(new, manifest)


def printed(letters: str) -> bytes:
    """A book on whose last page a fingerprint stands, as on ours."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("Uji", str(resource("fonts", "NotoSans-Regular.ttf"))))
    target = io.BytesIO()
    canvas = Canvas(target, initialFontName="Uji", lang="id-ID", invariant=1)
    for text in ("Buku I", " ".join(groups_of(letters))):
        canvas.setFont("Uji", 5)
        canvas.drawString(40, 700, text)
        canvas.showPage()
        canvas.setFont("Uji", 5)
    canvas.save()
    return to_pdfa(target.getvalue(), CHANGED)


def of_another_plan(ground: Ground) -> bytes:
    """The officials really sign a book that was printed from other data."""
    path = ground.folder / "other-plan.asice"
    first, *rest = seal_named(NAMES).files
    book = SealFile(BOOK, first.media_type, first.role, printed("1f" * 32), first.signers)
    seal(quiet, seal_named(NAMES, files=(book, *rest)), path)
    for role, holder in ((MAYOR, RATNA), (SECRETARY, SITI)):
        # in a program of their own: ours asks first what it is
        with (
            patch("desktop.submission.signing.look_before_signing"),
            patch("desktop.submission.signing.look_at_written", return_value=None),
        ):
            sign_pdfs(quiet, path, path, _Key(holder), role, ANCHORS, NOW, other_holder=True)
    return ground.forged(package=path)


def signed_data(ground: Ground) -> bytes:
    """The data's sealed hash is what people approved; what lies there is a signed PDF of anything."""
    content = ground.book()

    def change(files: tamper.Files) -> None:
        files[DATA] = content

    def edit(manifest: Manifest) -> Manifest:
        book = next(one for one in manifest.files if one.path == BOOK)
        assert book.signed is not None
        signed = SignedFile(
            size=len(content), sha256=hashlib.sha256(content).hexdigest(), grade="same-pages",
            confirmed_by="Budi", fields=book.signed.fields,
        )  # fmt: skip
        told = {"sha256": "1" * 64, "size": 9, "signers": book.signers, "signed": signed}
        return file_edit(DATA, **told)(manifest)

    return ground.forged(change, edit)


def with_field(kind: int, body: bytes) -> Callable[[], bytes]:
    """A field that says something about the file which only some programs understand."""

    def make() -> bytes:
        made = items()
        made[1].extra = made[1].central_extra = struct.pack("<HH", kind, len(body)) + body
        return build(made)

    return make


LINK = struct.pack("<IHIHH", 0, 0o120777, 0, 0, 0) + b"/etc/passwd"

CASES.case("one person signs for two", "note.other_person", alone, kinds=NOTED)
CASES.case(
    "another closes the package", "note.other_person", lambda ground: closed(ground, TEAM), kinds=NOTED
)
CASES.case(
    "a stranger signs as head of region", "note.not_asked",
    lambda ground: closed(ground, MAYOR, number=1), kinds=NOTED,
)  # fmt: skip
CASES.case(
    "one role closes twice", "manifest.malformed",
    twice(lambda m: (*m.signers, Expected(role=TEAM, name="Siti"))),
)  # fmt: skip
CASES.case(
    "one role signs a book twice", "manifest.malformed",
    twice(doubled, book=True),
)  # fmt: skip
CASES.case("signatures of an earlier package", "note.before_sealing", replayed, kinds=UNDONE)
CASES.case("book of another plan", "pdf.other_fingerprint", of_another_plan)
CASES.case("data that are a signed PDF", "pdf.other_signatures", signed_data)
CASES.case(
    "signed book said to be a web page", "pdf.other_signatures",
    lambda ground: ground.forged(keep, file_edit(BOOK, media_type="text/html")),
)  # fmt: skip
for name, kind, body in (
    ("field of a link (ASi)", 0x756E, LINK),
    ("field of a link (PKWARE)", 0x000D, bytes(12) + b"/etc/passwd"),
    ("field of strong encryption", 0x0017, bytes(8)),
    ("field nobody knows", 0x1986, b"isi"),
    ("room within a field of times", 0x5455, bytes(200)),
):
    CASES.foreign(name, "zip.extra", with_field(kind, body))
