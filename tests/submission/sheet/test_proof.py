"""The approval sheet: one file for the head of region, which vouches for exactly this package's documents."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import msgspec
import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from desktop.base import Language, Message
from desktop.base.fingerprint import groups_of, qr_text, word_list, words_of
from desktop.base.jobs import quiet
from desktop.books.approving import Approval, Approved, compose_approval
from desktop.books.pdf import render_pdf
from desktop.guideline import write_pack
from desktop.submission import NothingToSign, bring_back_pdf, sign_container, sign_pdfs, verify
from desktop.submission.assembling import seal_workspace
from desktop.submission.elsewhere import export_for_signing
from desktop.submission.fingerprint import is_document, package_fingerprint
from desktop.submission.manifest import Initials
from desktop.submission.pdf.fields import with_fields
from desktop.submission.pdf.sign import sign_pdf
from desktop.submission.refusal import Refused, code_of
from desktop.submission.resealing import PackageUnusable
from desktop.submission.sheet import seen as sheet_seen
from desktop.submission.sheet.proof import (
    _halves,
    _on_pages,
    check_sheet,
    first_digest,
    halves_in,
    keywords,
    manifest_digest,
    sheet_digest,
)
from desktop.submission.sheet.seen import is_seen
from desktop.submission.stamp import Stamp, StampStanding, draw_stamp
from desktop.trust import Anchors, P12Key, make_test_identity
from desktop.workspace import Author, Workspace
from tests.submission import tamper
from tests.submission.making import NOW
from tests.submission.test_signing import archival
from tests.submission.towns import PEOPLE, TINY, make_town, pack_by_sheet

SHEET, BOOK = "approval/lembar-pengesahan.id.pdf", "books/look.id.pdf"


@dataclass(frozen=True)
class Town:
    """A workspace whose mayor signs by sheet, its package, and keys of both kinds."""

    workspace: Path
    sealed: Path
    keys: dict[str, P12Key]
    anchors: Anchors


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    folder = tmp_path_factory.mktemp("sheet")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RANCANG_HOME", str(folder / "home"))
        workspace = make_town(folder, "Rencana", pack_by_sheet())
        seal_workspace(quiet, workspace, folder / "sealed.asice", ("id", "en"))
    keys = {}
    roots = []
    for kind in ("rsa", "ec"):
        made = make_test_identity(folder / kind, PEOPLE, now=NOW, algorithm=kind)
        roots.append(made.root)
        keys |= {f"{role} {kind}": P12Key(one.path, one.password) for role, one in made.signers.items()}
    return Town(workspace, folder / "sealed.asice", keys, Anchors().plus(*roots))


def text_of(pdf: bytes) -> str:
    with pdfium.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


@pytest.mark.slow
def test_the_sheet_names_every_document_as_sealed(town: Town) -> None:
    files, manifest = tamper.read(town.sealed)
    documents = [file for file in manifest.files if is_document(file)]
    names = [f"books/{book}.{language}.pdf" for book in ("do", "look") for language in ("en", "id")]
    assert [file.path for file in documents] == names
    said = text_of(files[SHEET])
    for file in documents:
        assert hashlib.sha256(files[file.path]).hexdigest() == file.sha256
        for half in (file.sha256[:32], file.sha256[32:]):
            assert " ".join(groups_of(half)) in said
        with pdfium.PdfDocument(files[file.path]) as pdf:
            assert file.pages == len(pdf)
    digest = manifest_digest(manifest)
    assert " ".join(groups_of(digest)) in said
    with pikepdf.open(io.BytesIO(files[SHEET])) as pdf:
        assert str(pdf.docinfo["/Keywords"]) == keywords(digest)
        with pdf.open_metadata() as metadata:
            assert metadata["pdf:Keywords"] == keywords(digest)
    fingerprint = package_fingerprint(manifest)
    assert all(word in said for word in words_of(fingerprint))
    with Workspace.open(town.workspace, read_only=True) as workspace:
        assert workspace.plan().title.read("id") in said
    assert "Wali Kota" in said
    assert "Disahkan dengan Lembar Pengesahan" in text_of(files[BOOK])


def test_the_mayor_signs_one_file_and_no_other(town: Town, tmp_path: Path) -> None:
    _, manifest = tamper.read(town.sealed)
    asked = {file.path: [one.role for one in file.signers] for file in manifest.files if file.signers}
    assert asked == {SHEET: ["mayor"], "books/do.id.pdf": ["elder"]}
    signed = tmp_path / "signed.asice"
    done = sign_pdfs(quiet, town.sealed, signed, town.keys["mayor rsa"], "mayor", town.anchors, NOW)
    assert done.files == (SHEET,)
    with pytest.raises(NothingToSign):
        sign_pdfs(quiet, signed, signed, town.keys["mayor rsa"], "mayor", town.anchors, NOW)
    sign_pdfs(quiet, signed, signed, town.keys["elder ec"], "elder", town.anchors, NOW)
    sign_container(quiet, signed, signed, town.keys["elder rsa"], "elder", town.anchors, NOW)
    verdict = verify(signed, town.anchors, NOW)
    # a draft with an open mandatory entry is incomplete for that reason alone
    assert verdict.kind.value in {"valid-with-notes", "incomplete"}
    assert not any("signature" in reason.code for reason in verdict.reasons), verdict.reasons
    assert [(one.file, one.role) for one in verdict.signatures] == [
        ("", "elder"),
        (SHEET, "mayor"),
        ("books/do.id.pdf", "elder"),
    ]


@pytest.mark.parametrize("kind", [pytest.param("rsa", marks=pytest.mark.slow), "ec"])
def test_it_stays_an_archive_file_when_it_is_signed(town: Town, tmp_path: Path, kind: str) -> None:
    files, _ = tamper.read(town.sealed)
    assert archival(files[SHEET]) == []
    signed = tmp_path / "signed.asice"
    sign_pdfs(quiet, town.sealed, signed, town.keys[f"mayor {kind}"], "mayor", town.anchors, NOW)
    sheet = tamper.read(signed)[0][SHEET]
    assert archival(sheet) == []


@pytest.mark.slow
def test_equal_workspaces_give_equal_sheets(town: Town, tmp_path: Path) -> None:
    seal_workspace(quiet, town.workspace, tmp_path / "again.asice", ("id", "en"))
    assert (tmp_path / "again.asice").read_bytes() == town.sealed.read_bytes()


@pytest.mark.slow
def test_without_the_guidelines_word_everything_is_as_before(tmp_path: Path) -> None:
    workspace = make_town(tmp_path, "Lama", write_pack(TINY))
    seal_workspace(quiet, workspace, tmp_path / "a.asice")
    files, manifest = tamper.read(tmp_path / "a.asice")
    assert SHEET not in files
    assert {file.path: [one.role for one in file.signers] for file in manifest.files if file.signers} == {
        BOOK: ["mayor"],
        "books/do.id.pdf": ["mayor", "elder"],
    }
    assert "Lembar Pengesahan" not in text_of(files[BOOK])


# ------------------------------------------------------------------------------------------- refused


def refused(package: Path, anchors: Anchors) -> None:
    verdict = verify(package, anchors, NOW)
    assert verdict.kind.value == "refused"
    assert verdict.reasons[0].code == "sheet.differs", verdict.reasons


def forged(town: Town, tmp_path: Path, change, edit=None) -> Path:
    return tamper.forge(town.sealed, tmp_path / "forged.asice", change, edit)


def test_the_forger_without_a_change_passes(town: Town, tmp_path: Path) -> None:
    assert verify(forged(town, tmp_path, lambda _: None), town.anchors, NOW).kind.value == "sealed"


def test_a_document_more_or_less_or_other_is_refused(town: Town, tmp_path: Path) -> None:
    refused(forged(town, tmp_path, lambda files: files.pop("books/look.en.pdf")), town.anchors)
    other = tamper.read(town.sealed)[0]["books/look.en.pdf"]
    refused(forged(town, tmp_path, lambda files: files.update({BOOK: other})), town.anchors)
    refused(forged(town, tmp_path, lambda files: files.update({"data.json": b"{}"})), town.anchors)
    for role in ("evidence", "other"):
        refused(forged(town, tmp_path, *slipped_in(role)), town.anchors)

    def more(manifest):
        book = next(file for file in manifest.files if file.path == BOOK)
        added = msgspec.structs.replace(book, path="books/zusatz.pdf")
        files = sorted((*manifest.files, added), key=lambda file: file.path.encode())
        return msgspec.structs.replace(manifest, files=tuple(files))

    refused(
        forged(town, tmp_path, lambda files: files.update({"books/zusatz.pdf": files[BOOK]}), more),
        town.anchors,
    )


def slipped_in(role: str):
    """One more file that no document speaks of."""
    path = "evidence/900-lain.jpg"

    def edit(manifest):
        guideline = next(file for file in manifest.files if file.path.startswith("guideline/"))
        added = msgspec.structs.replace(guideline, path=path, role=role, media_type="image/jpeg")
        files = sorted((*manifest.files, added), key=lambda file: file.path.encode())
        return msgspec.structs.replace(manifest, files=tuple(files))

    def change(files):
        files[path] = next(data for name, data in files.items() if name.startswith("guideline/"))

    return change, edit


def changed(manifest, path: str, **values: object):
    files = tuple(
        msgspec.structs.replace(file, **values) if file.path == path else file for file in manifest.files
    )
    return msgspec.structs.replace(manifest, files=files)


@pytest.mark.parametrize(
    ("path", "values"),
    [
        (BOOK, {"role": "other"}),
        (BOOK, {"pages": 99}),
        (BOOK, {"pages": msgspec.UNSET}),
        ("evidence", {}),
        (SHEET, {"signers": ()}),
    ],
)
def test_a_manifest_that_tells_otherwise_is_refused(town: Town, tmp_path: Path, path, values) -> None:
    def edit(manifest):
        if path == "evidence":
            guideline = msgspec.structs.replace(manifest.guideline, version="lain")
            return msgspec.structs.replace(manifest, guideline=guideline)
        return changed(manifest, path, **values)

    refused(forged(town, tmp_path, lambda _: None, edit), town.anchors)


def without_words(sheet: bytes) -> bytes:
    """As a program writes it that keeps pages and fields and nothing else."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(sheet)) as pdf:
        del pdf.docinfo["/Keywords"]
        del pdf.Root.Metadata
        pdf.save(target)
    return target.getvalue()


def test_a_sheet_that_says_nothing_is_refused(town: Town, tmp_path: Path) -> None:
    def change(files):
        files[SHEET] = without_words(files[SHEET])

    refused(forged(town, tmp_path, change), town.anchors)
    refused(forged(town, tmp_path, lambda files: files.update({SHEET: b"%PDF-1.7 none"})), town.anchors)


@pytest.mark.slow
def test_written_anew_elsewhere_the_page_itself_has_to_say_it(town: Town, tmp_path: Path) -> None:
    files, _ = tamper.read(town.sealed)
    with town.keys["mayor rsa"].open() as signer:
        stamp = Stamp("Contoh", "Wali Kota", NOW, StampStanding.TEST, "RANCANG:UJI")
        returned = sign_pdf(without_words(files[SHEET]), signer, "mayor", stamp, SHEET)
    pdf, back = tmp_path / "kembali.pdf", tmp_path / "back.asice"
    pdf.write_bytes(returned)
    bring_back_pdf(quiet, town.sealed, back, SHEET, pdf, "mayor", "Sari")
    verdict = verify(back, town.anchors, NOW)
    assert verdict.kind.value == "sealed"
    assert not [reason.code for reason in verdict.reasons if reason.code.startswith("note.sheet")]
    # the same signed sheet beside other documents
    _, signed = tamper.read(back)
    sheet = next(file for file in signed.files if file.path == SHEET)
    reused = tamper.forge(
        back, tmp_path / "reused.asice", lambda files: files.pop("books/look.en.pdf"),
        lambda manifest: changed(manifest, SHEET, signed=sheet.signed),
    )  # fmt: skip
    refused(reused, town.anchors)


def test_the_digest_knows_no_order_and_every_part(town: Town) -> None:
    """Nothing that a package says of itself can be exchanged once its sheet is signed."""
    _, manifest = tamper.read(town.sealed)
    replace = msgspec.structs.replace
    one = sheet_digest(manifest, "f" * 64)
    assert one == sheet_digest(replace(manifest, files=manifest.files[::-1]), "f" * 64)
    # what signing changes, and other files, whose hashes the fingerprint knows
    documents = tuple(each for each in manifest.files if is_document(each))
    other_id = replace(manifest, id="1" * 64, previous="2" * 64, files=documents)
    assert one == sheet_digest(other_id, "f" * 64)
    first = next(each for each in manifest.files if is_document(each))
    rest = tuple(each for each in manifest.files if each != first)
    paraf = Initials(step=1, label="a", state="initialled")
    others = [
        replace(manifest, **{name: value})
        for name, value in (
            ("open_mandatory", manifest.open_mandatory + 1),
            ("initials", (*(manifest.initials or ()), paraf)),
            ("signers", ()),
            ("notes", ("guideline:example", "x")),
            ("printed_on", "2020-01-01"),
            ("files", rest),
        )
    ]
    others += [
        replace(manifest, files=(replace(first, **{name: value}), *rest))
        for name, value in (("path", "x.pdf"), ("sha256", "0" * 64), ("pages", 99), ("size", 1))
    ]
    assert len({one, *(sheet_digest(each, "f" * 64) for each in others), sheet_digest(manifest, "")}) == 12


@pytest.mark.slow
def test_who_has_initialled_is_exchanged_by_nobody_once_the_sheet_says_it(town: Town, tmp_path: Path) -> None:
    """The page counts what agencies gave; which of them stands in the manifest, which nobody signed yet."""
    path = tmp_path / "signed.asice"
    sign_pdfs(quiet, town.sealed, path, town.keys["mayor rsa"], "mayor", town.anchors, NOW)
    paraf = Initials(step=1, label="Kepala Dinas Api", state="initialled", name="Api", date="2026-11-20")
    _, manifest = tamper.read(path)
    for name, value in (("initials", (paraf,)), ("open_mandatory", manifest.open_mandatory + 1)):
        other = tamper.forge(
            path, tmp_path / "b.asice", lambda files: None,
            lambda said, name=name, value=value: msgspec.structs.replace(said, **{name: value}),
        )  # fmt: skip
        refused(other, town.anchors)


@pytest.mark.slow
def test_the_first_sheets_named_documents_alone_and_that_is_told(town: Town, tmp_path: Path) -> None:
    """They stay good; whoever makes one anew, so as to exchange the rest afterwards, is seen to."""
    _, manifest = tamper.read(town.sealed)
    with Workspace.open(town.workspace, read_only=True) as workspace:
        plan, pack = workspace.plan(), workspace.pack()
    documents = tuple(
        Approved(
            Path(each.path).stem.partition(".")[0], Language(each.path[-6:-4]), each.counted, each.sha256
        )
        for each in sorted(
            manifest.files, key=lambda one: (not one.path.startswith("books/look"), one.path[-6:] != "id.pdf")
        )
        if is_document(each)
    )
    digest, fingerprint = first_digest(manifest), package_fingerprint(manifest)
    for first, codes in ((True, {"note.sheet_first"}), (False, None)):
        what = Approval(
            documents, digest, keywords(digest, first=first), fingerprint, manifest.open_mandatory > 0
        )
        made = with_fields(
            render_pdf(compose_approval(plan, pack, Language.ID, ["mayor"], what)).pdf, {"mayor": None}, SHEET
        )
        package = forged(town, tmp_path, lambda files, made=made: files.update({SHEET: made}))
        if codes is None:
            refused(package, town.anchors)
        else:
            told = {one.code for one in verify(package, town.anchors, NOW).reasons}
            assert {each for each in told if "sheet" in each} == codes


@pytest.mark.slow
def test_a_changed_workspace_has_another_sheet(town: Town, tmp_path: Path) -> None:
    path = tmp_path / "town.rancang"
    path.write_bytes(town.workspace.read_bytes())
    with (
        Workspace.open(path, author=Author("Sari")) as workspace,
        workspace.operation(Message("workspace.label.resolve")) as op,
    ):
        op.set("plan", workspace.plan_row, last_year=2031)
    seal_workspace(quiet, path, tmp_path / "new.asice", ("id", "en"))
    old, new = (tamper.read(each)[1] for each in (town.sealed, tmp_path / "new.asice"))
    assert manifest_digest(old) != manifest_digest(new)


def test_the_stamps_qr_is_the_fingerprint_and_the_office_that_of_the_plan(town, tmp_path, monkeypatch):
    drawn = []

    def draw(stamp, *size):
        drawn.append(stamp)
        return draw_stamp(stamp, *size)

    monkeypatch.setattr("desktop.submission.pdf.sign.draw_stamp", draw)
    target = tmp_path / "signed.asice"
    sign_pdfs(quiet, town.sealed, target, town.keys["mayor ec"], "mayor", town.anchors, NOW)
    (stamp,) = drawn
    assert stamp.code == qr_text(package_fingerprint(tamper.read(town.sealed)[1]))
    assert (stamp.name, stamp.office, stamp.moment) == ("Contoh Wali Kota", "Wali Kota", NOW)
    assert stamp.standing is StampStanding.TEST


@pytest.mark.slow
def test_an_acting_official_signs_as_such(tmp_path: Path) -> None:
    path = make_town(tmp_path, "Rencana", pack_by_sheet())
    with (
        Workspace.open(path, author=Author("Sari")) as workspace,
        workspace.operation(Message("workspace.label.resolve")) as op,
    ):
        op.insert("person", name="Contoh Pelaksana", role="mayor", acting="plt")
    seal_workspace(quiet, path, tmp_path / "a.asice")
    files, manifest = tamper.read(tmp_path / "a.asice")
    (expected,) = next(file.signers for file in manifest.files if file.path == SHEET)
    assert (expected.name, expected.office) == ("Contoh Pelaksana", "Plt. Wali Kota")
    assert "Plt. Wali Kota" in text_of(files[SHEET])


@pytest.mark.slow
def test_a_page_that_names_other_documents_than_its_metadata_is_refused(town: Town, tmp_path: Path) -> None:
    """The team makes a sheet whose metadata are right and whose page the official would read otherwise."""
    _, manifest = tamper.read(town.sealed)
    right = manifest_digest(manifest)
    with Workspace.open(town.workspace, read_only=True) as workspace:
        plan, pack = workspace.plan(), workspace.pack()
    documents = [
        Approved(Path(each.path).stem.partition(".")[0], Language.ID, each.counted, each.sha256)
        for each in manifest.files
        if is_document(each)
    ]
    other = Approved("look", Language.ID, 3, "ab" * 32)
    boxes = {"mayor": None}
    for shown, refuses in (
        (documents, False),
        (documents[1:], True),
        ([*documents, other], True),
        ([other, *documents[1:]], True),
    ):
        what = Approval(tuple(shown), right, keywords(right), package_fingerprint(manifest))
        made = render_pdf(compose_approval(plan, pack, Language.ID, ["mayor"], what)).pdf
        package = forged(
            town, tmp_path, lambda files, made=made: files.update({SHEET: with_fields(made, boxes, SHEET)})
        )
        if refuses:
            refused(package, town.anchors)
        else:
            assert verify(package, town.anchors, NOW).kind.value == "sealed"


# ------------------------------------------------------------------------- what is seen and what is said


def repainted(change: Callable[[bytes], bytes]) -> Callable[[pikepdf.Pdf], None]:
    """The first page's drawing changed."""

    def paint(document: pikepdf.Pdf) -> None:
        page = document.pages[0]
        page.contents_coalesce()
        before = page.obj.Contents.read_bytes()
        after = change(before)
        assert after != before
        page.obj.Contents = document.make_stream(after)

    return paint


def with_picture(document: pikepdf.Pdf) -> None:
    picture = document.make_stream(
        b"\xff", Subtype=pikepdf.Name.Image, Width=1, Height=1, BitsPerComponent=8,
        ColorSpace=pikepdf.Name.DeviceGray,
    )  # fmt: skip
    document.pages[0].obj.Resources.XObject.Gambar = picture
    document.pages[0].contents_add(b"q 9 0 0 9 500 60 cm /Gambar Do Q", prepend=False)


def other_letters(document: pikepdf.Pdf) -> None:
    """What is said stays; each letter looks like another one, as a font can have it."""
    fonts = [one for one in document.pages[0].obj.Resources.Font.values() if "/FontDescriptor" in one]
    italic, upright = (
        next(one for one in fonts if str(one.BaseFont).endswith(name)) for name in ("Italic", "Regular")
    )
    upright.FontDescriptor.FontFile2 = italic.FontDescriptor.FontFile2


WHITE = re.compile(rb"[0-9.]+ [0-9.]+ [0-9.]+ rg")
LETTERS = b"".join(b" %d %d 2 5 re f" % (70 + 6 * at, 80) for at in range(32))
SEEN: dict[str, Callable[[pikepdf.Pdf], None]] = {
    "unseen letters": repainted(lambda drawing: b"3 Tr " + drawing),
    "letters in white": repainted(lambda drawing: WHITE.sub(b"1 1 1 rg", drawing)),
    "covered": repainted(lambda drawing: drawing + b" q 1 1 1 rg 40 400 500 300 re f Q"),
    "cut off": repainted(lambda drawing: b"0 0 595 500 re W n " + drawing),
    "letters drawn besides": repainted(lambda drawing: drawing + LETTERS),
    "a picture besides": with_picture,
    "letters that look like others": other_letters,
}


@pytest.mark.parametrize("change", SEEN.values(), ids=SEEN)
def test_what_the_official_reads_is_what_is_proven(town: Town, change) -> None:
    """Whoever makes the sheet could show one hash and write another behind it."""
    files, manifest = tamper.read(town.sealed)
    file = next(each for each in manifest.files if each.path == SHEET)
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(files[SHEET])) as document:
        change(document)
        document.save(target)
    target.seek(0)
    with pytest.raises(Refused) as refused:
        check_sheet(target, msgspec.structs.replace(file, size=len(target.getvalue())), manifest)
    assert code_of(refused.value.message) in {"sheet.unseen", "sheet.differs"}


@pytest.mark.slow
def test_the_code_and_the_words_are_those_of_the_package(town: Town) -> None:
    files, manifest = tamper.read(town.sealed)
    digest = manifest_digest(manifest)
    hashes = [digest, package_fingerprint(manifest)]
    hashes += [each.sha256 for each in manifest.files if is_document(each)]
    sheet = io.BytesIO(files[SHEET])
    assert is_seen(sheet, hashes, package_fingerprint(manifest))
    assert not is_seen(sheet, hashes, "0" * 64), "words and code are another package's"
    assert not is_seen(sheet, hashes[:-1], package_fingerprint(manifest)), "a hash that nobody knows"
    # of a hundred sound sheets one has a letter on the half of a pixel, which falls to either side
    as_written = sheet_seen._is_as_written
    for other, seen in (({2.0}, True), ({2.0, 1.87}, False), ({2.0, 2.13}, False)):
        with mock.patch.object(
            sheet_seen,
            "_is_as_written",
            lambda *told, other=other: told[-1] not in other and as_written(*told),
        ):
            assert is_seen(sheet, hashes, package_fingerprint(manifest)) is seen


class Untouched:
    """A key that nobody may ask for."""

    def open(self):
        raise AssertionError


@pytest.mark.parametrize(
    ("role", "change", "code"),
    [
        ("mayor", lambda files: files.update({"data.json": b"{}"}), "sheet.differs"),
        ("mayor", lambda files: files.update({SHEET: covered(files[SHEET])}), "sheet.unseen"),
        ("elder", lambda files: files.update({"data.json": b"{}"}), "pdf.other_fingerprint"),
    ],
    ids=["the sheet of another plan", "one that is not seen", "a book of another plan"],
)
def test_what_is_not_of_this_package_is_signed_by_nobody(
    town: Town, tmp_path: Path, role, change, code
) -> None:
    """The package that is looked at before signing says nothing of a sheet that belongs to another one."""
    package = forged(town, tmp_path, change)
    for work in (
        lambda: sign_pdfs(quiet, package, package, Untouched(), role, town.anchors, NOW),
        lambda: sign_container(quiet, package, package, Untouched(), "elder", town.anchors, NOW),
        lambda: export_for_signing(quiet, package, tmp_path / "keluar", role),
    ):
        with pytest.raises(PackageUnusable) as unusable:
            work()
        assert code_of(unusable.value.message.params["reason"]) in {code, "sheet.differs"}
    assert not (tmp_path / "keluar").exists()


def covered(sheet: bytes) -> bytes:
    """With a white sheet over its text."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(sheet)) as document:
        SEEN["covered"](document)
        document.save(target)
    return target.getvalue()


@pytest.mark.slow
@given(st.binary(min_size=32, max_size=32), st.sampled_from(["", *word_list()]))
def test_a_fingerprint_is_read_back_as_it_is_printed(data: bytes, tenth: str) -> None:
    """Three words of the list are of the letters of a hash, and one may stand before it."""
    words = list(words_of(data.hex()))
    words[-1] = tenth or words[-1]
    printed = " ".join(f"{number} {word}" for number, word in enumerate(words, 1))
    groups = groups_of(data.hex())
    text = f"Sidik dokumen\n{printed}\n{' '.join(groups[:8])}\n{' '.join(groups[8:])}\nDihitung dari"
    assert halves_in(text) == _halves([data.hex()])


@pytest.mark.parametrize("tenth", ["adab", "baca", "beda"])
def test_words_of_the_letters_of_a_hash_belong_to_none(tenth: str) -> None:
    assert tenth in word_list()
    assert halves_in(f"9 senja 10 {tenth}\n{' '.join(groups_of('0a' * 32))}") == {"0a" * 16}


def test_eight_years_in_a_row_are_no_half_of_a_hash() -> None:
    years = " ".join(map(str, range(2018, 2026)))
    target = io.BytesIO()
    canvas = Canvas(target)
    canvas.drawString(60, 700, years)
    canvas.drawString(60, 600, " ".join(groups_of("ab" * 16)))
    canvas.save()
    pages, halves = _on_pages(target, last=True)
    assert (pages, halves) == (1, frozenset({"ab" * 16}))
    assert _halves(["0123" * 8 + "cd" * 16]) == {"cd" * 16}
