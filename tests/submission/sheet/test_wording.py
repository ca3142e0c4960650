"""The sentences of the approval sheet are composed anew, and whatever reads otherwise is told."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pikepdf
import pytest

from desktop.base import Language, Message
from desktop.base.jobs import quiet
from desktop.base.resources import resource
from desktop.base.richtext import Run
from desktop.books import approving
from desktop.books.approval import Listed, SheetFacts, StepTaken, compose_sheet, signer_on_sheet
from desktop.books.document import Document, PageBreak, Paragraph
from desktop.books.pdf import render_pdf
from desktop.books.printing import PrintedBook
from desktop.books.words import Words
from desktop.guideline import load_pack, write_pack
from desktop.submission import assembling, verify
from desktop.submission.assembling import _boxes, seal_workspace
from desktop.submission.fingerprint import guideline_path
from desktop.submission.frame.container import open_package
from desktop.submission.inside import _read, read_pack
from desktop.submission.judging import Judge
from desktop.submission.manifest import Expected, Initials, Manifest, RoleField, SignedFile
from desktop.submission.pdf.fields import StampBox, field_name, with_fields
from desktop.submission.refusal import code_of
from desktop.submission.sheet import wording as sheet_wording
from desktop.submission.sheet.facts import facts_inside
from desktop.submission.sheet.reading import Sign, first_difference, read_aloud
from desktop.submission.sheet.wording import note_wording
from desktop.trust import Anchors
from desktop.workspace import Author, Workspace
from tests.submission import golden_sheet, tamper
from tests.submission.making import NOW
from tests.submission.sheet.test_proof import changed
from tests.submission.sheet.test_seen import drawing, text
from tests.submission.towns import TINY, pack_by_sheet
from tests.submission.whole import page

SHEET = "approval/lembar-pengesahan.id.pdf"
LABEL = Message("workspace.label.resolve")
Edit = Callable[[Manifest], Manifest]
NIP = "19700101 199003 2 001"


def make(folder: Path, fill: Callable[[Any], None], pack: bytes | None = None, **options: Any) -> Path:
    """A workspace with this in it."""
    path = folder / "town.rancang"
    told = {"title": {"id": "Rencana Kota Bahagia", "en": "Happy Town Plan"}, **options}
    Workspace.create(
        path, region="18.07", first_year=2026, last_year=2029, pack=pack or pack_by_sheet(),
        author=Author("Sari"), **told,
    ).close()  # fmt: skip
    with Workspace.open(path, author=Author("Sari")) as workspace, workspace.operation(LABEL) as op:
        fill(op)
    return path


def full(op: Any) -> None:
    """Officials with numbers, agencies, a programme, parafs of all kinds."""
    op.insert(
        "person", name="Ratna Dewi", role="mayor", nip="19700101 199003 2 001", office={"id": "Wali Kota"}
    )
    op.insert("person", name="Contoh Tetua", role="elder", acting="plt")
    agencies = [op.insert("agency", name={"id": f"Dinas {name}"}, head=name) for name in ("Air", "Api")]
    for agency in agencies:
        op.insert("programme", title={"id": "Program"}, lead=agency)
    given = {"state": "initialled", "at": "2026-10-12"}
    op.initial("paraf-office", agencies[0], by="Air", office="Kadis", **given)
    op.initial("paraf-elder", by="Nadia", office="Kabag Hukum", **given)


@dataclass(frozen=True)
class Sealed:
    """A package, what its sheet says by the seal, and by what lies in the package."""

    path: Path
    printed: SheetFacts
    inside: SheetFacts

    def told(self) -> list[Message]:
        return told(self.path)


def told(path: Path) -> list[Message]:
    """What is said of the sheet of a package."""
    judge = Judge(Anchors(), NOW)
    with open_package(path) as package:
        data, pack = _read(package.read("data.json")), read_pack(package.read(guideline_path("tiny")))
        note_wording(package, data, pack, judge)
    return [reason.message for reason in judge.reasons]


def print_quickly(
    _report: Any, _plan: Any, _pack: Any, _findings: Any, languages: Any, books: Any, **_more: Any
) -> Any:
    """Documents of a page with nothing on them: none of these tests reads them."""
    names = [(book, each, f"{book}.{each.value}.pdf") for book in books for each in languages]
    return tuple(
        PrintedBook(book, each, name, page() + f"% {name}\n".encode(), 1, {}) for book, each, name in names
    )


def sealed(folder: Path, workspace: Path, *languages: str) -> Sealed:
    """Sealed as always, while the facts of the sheet are kept."""
    kept: list[SheetFacts] = []

    def compose(facts: SheetFacts) -> Document:
        kept.append(facts)
        return compose_sheet(facts)

    path = folder / "town.asice"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(approving, "compose_sheet", compose)
        patch.setattr(assembling, "print_books", print_quickly)
        patch.setattr(assembling, "look_at_written", lambda *_given, **_more: None)
        patch.setenv("RANCANG_HOME", str(folder / "home"))
        seal_workspace(quiet, workspace, path, languages or ("id", "en"))
    with open_package(path) as package:
        data, pack = _read(package.read("data.json")), read_pack(package.read(guideline_path("tiny")))
        file = next(one for one in package.manifest.files if one.role == "approval")
        assert data is not None
        assert pack is not None
        return Sealed(path, kept[0], facts_inside(file, package.manifest, data, pack, ""))


# -------------------------------------------------------------------------------------- sound sheets


def acting(op: Any) -> None:
    op.insert("person", name="Contoh  Pelaksana\u200b", role="mayor", acting="plt")


def in_turn(op: Any) -> None:
    english = {"id": "  ", "en": "Mayor"}
    op.insert("person", name="Lama", role="mayor", nip="1", until="2026-11-01")
    op.insert("person", name="Ratna", role="mayor", nip="2", office=english, since="2026-11-02")


def both_by_sheet() -> bytes:
    pack = load_pack(TINY)
    roles = tuple(msgspec.structs.replace(each, signs_by_sheet=True) for each in pack.roles)
    info = msgspec.structs.replace(pack.pack, status="draft")
    return write_pack(msgspec.structs.replace(pack, roles=roles, pack=info))


SOUND: dict[str, tuple[Callable[[Any], None], dict[str, Any], tuple[str, ...]]] = {
    "much in it": (full, {}, ("id", "en")),
    "an official who acts": (acting, {"example": True}, ("id",)),
    "officials one after another": (in_turn, {"title": {"en": "Only English & <b>"}}, ("en", "id")),
    "in English, two by sheet": (full, {"source_language": "en", "pack": both_by_sheet()}, ("en",)),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", SOUND)
def test_what_lies_in_a_package_says_what_its_sheet_says(case: str, tmp_path: Path) -> None:
    fill, options, languages = SOUND[case]
    made = sealed(tmp_path, make(tmp_path, fill, **options), *languages)
    assert made.inside == replace(made.printed, moment=made.printed.moment.replace(microsecond=0))
    assert made.told() == []


@pytest.mark.slow
def test_whoever_holds_an_office_when_it_is_printed_stays(tmp_path: Path, monkeypatch) -> None:
    """The day of sealing is the manifest's: a verdict of a later day has nothing to say of it."""
    monkeypatch.setenv("RANCANG_NOW", "2026-10-31T03:00:00+00:00")
    workspace = make(tmp_path, in_turn)
    names = set()
    for day in ("2026-11-01", "2026-11-02"):
        monkeypatch.setenv("RANCANG_NOW", f"{day}T03:00:00+00:00")
        made = sealed(tmp_path, workspace)
        names |= {one.name + one.details for one in made.inside.signers}
        monkeypatch.setenv("RANCANG_NOW", "2031-01-01T03:00:00+00:00")
        assert made.told() == []
    assert names == {"LamaNIP 1", "RatnaNIP 2"}


def test_the_first_sheet_still_says_what_we_would_print() -> None:
    assert told(golden_sheet.KEPT / "sheet.asice") == []


# ------------------------------------------------------------------------------------------ attacks


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    folder = tmp_path_factory.mktemp("wording")
    return sealed(folder, make(folder, full))


def forged(town: Sealed, folder: Path, sheet: bytes, edit: Edit | None = None) -> Path:
    return tamper.forge(town.path, folder / "f.asice", lambda files: files.update({SHEET: sheet}), edit)


def printed(document: Document, change: Callable[[pikepdf.Pdf], None] | None = None) -> bytes:
    """As the sealer's own program would make it."""
    made = render_pdf(document)
    pdf = made.pdf
    if change is not None:
        target = io.BytesIO()
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            change(opened)
            opened.save(target)
        pdf = target.getvalue()
    return with_fields(pdf, dict(_boxes(made.stamp_boxes)), SHEET)


def anew(document: Document, old: str, new: str) -> Document:
    """The sheet with another sentence."""
    elements = tuple(
        replace(each, line=(Run(each.line[0].text.replace(old, new)),))
        if isinstance(each, Paragraph) and isinstance(each.line[0], Run)
        else each
        for each in document.elements
    )
    assert elements != document.elements
    return replace(document, elements=elements)


def exchanged(facts: SheetFacts) -> SheetFacts:
    """The hashes of two books, each in the other's row."""
    one, two, *rest = facts.documents
    pair = (replace(one, sha256=two.sha256), replace(two, sha256=one.sha256))
    return replace(facts, documents=(*pair, *rest))


def other_signer(facts: SheetFacts, **values: str) -> SheetFacts:
    return replace(facts, signers=(replace(facts.signers[0], **values), *facts.signers[1:]))


def other_step(facts: SheetFacts, **values: Any) -> SheetFacts:
    return replace(facts, initials=(*facts.initials[:-1], replace(facts.initials[-1], **values)))


FACTS: dict[str, Callable[[SheetFacts], SheetFacts]] = {
    "rows exchanged": exchanged,
    "rows in another order": lambda facts: replace(facts, documents=facts.documents[::-1]),
    "another document's title": lambda facts: replace(
        facts, documents=(replace(facts.documents[0], title="Buku C"), *facts.documents[1:])
    ),
    "other pages": lambda facts: replace(
        facts, documents=(replace(facts.documents[0], pages=7), *facts.documents[1:])
    ),
    "another title": lambda facts: replace(facts, title="Rencana Kota Lain"),
    "another region": lambda facts: replace(facts, region="Kabupaten Lampung Tengah"),
    "another province": lambda facts: replace(facts, province="Jambi"),
    "another code": lambda facts: replace(facts, region_code="18.08"),
    "other years": lambda facts: replace(facts, last_year=2030),
    "another guideline": lambda facts: replace(facts, guideline="Pedoman Lain"),
    "a guideline in force": lambda facts: replace(facts, guideline_status="in-force"),
    "another office": lambda facts: other_signer(facts, office="Wakil Wali Kota"),
    "another name": lambda facts: other_signer(facts, name="Ratna Sari"),
    "another number": lambda facts: other_signer(facts, details="NIP 19700101 199003 2 002"),
    "another paraf": lambda facts: other_step(facts, name="Budi"),
    "a paraf not given": lambda facts: other_step(facts, state="returned"),
    "more agencies": lambda facts: replace(
        facts, initials=(replace(facts.initials[0], done=2), *facts.initials[1:])
    ),
    "no parafs": lambda facts: replace(facts, initials=()),
    "no draft": lambda facts: replace(facts, draft=False),
    "another state": lambda facts: replace(facts, head="0" * 64),
    "in the other language": lambda facts: replace(facts, language=Language.EN),
}
DENIED = ("mengesahkan", "tidak mengesahkan")
DOCUMENTS: dict[str, Callable[[Document], Document]] = {
    "a sentence that denies": lambda made: anew(made, *DENIED),
    "no opening": lambda made: replace(made, elements=(made.elements[0], *made.elements[2:])),
    "an added sentence": lambda made: replace(
        made, elements=(*made.elements, Paragraph((Run("Semua ini hanya usulan."),)))
    ),
    "a page more": lambda made: replace(
        made, elements=(*made.elements, PageBreak(), Paragraph((Run("Lampiran."),)))
    ),
    "an empty page more": lambda made: replace(
        made, elements=(*made.elements, PageBreak(), Paragraph((Run("\u00a0"),)))
    ),
    "another head": lambda made: replace(made, letterhead=("PEMERINTAH LAIN", *made.letterhead[1:])),
    "another notice": lambda made: replace(made, notices=(*made.notices, "Tidak berlaku")),
    "another watermark": lambda made: replace(
        made, watermark=replace(made.watermark, word="BATAL") if made.watermark else None
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def held(town: Sealed) -> Callable[[Document], Message | None]:
    """What is said of a sheet in this package; what it should be is laid out once."""
    files, manifest = tamper.read(town.path)
    file = next(one for one in manifest.files if one.path == SHEET)
    data, pack = _read(files["data.json"]), read_pack(files[guideline_path("tiny")])
    assert data is not None
    assert pack is not None
    once = cache(sheet_wording._printed)

    def hold(document: Document) -> Message | None:
        sheet = io.BytesIO(render_pdf(document, archival=False).pdf)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sheet_wording, "_printed", once)
            return sheet_wording.otherwise(sheet, file, manifest, data, pack)

    return hold


@pytest.mark.parametrize("change", FACTS.values(), ids=FACTS)
def test_a_sheet_of_other_facts_is_told(town: Sealed, held, change) -> None:
    note = held(compose_sheet(change(town.printed)))
    assert note is not None
    assert code_of(note) == "note.sheet_wording"


@pytest.mark.parametrize("change", DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_sheet_with_other_sentences_is_told(town: Sealed, held, change) -> None:
    note = held(change(compose_sheet(town.printed)))
    assert note is not None
    assert code_of(note) == "note.sheet_wording"


def test_a_sheet_as_we_print_it_is_told_nothing_of(town: Sealed, held) -> None:
    assert held(compose_sheet(town.inside)) is None


_CELL = re.compile(rb"(BT 1 0 0 1 \S+ )(\S+)( Tm [^()]*\([0-9a-f ]{39}\) Tj  T\* \([0-9a-f ]{39}\) Tj)")
ROW = 28.44
"""Points from one row of the table to the next."""


def exchanged_on_the_page(document: pikepdf.Pdf) -> None:
    """The hashes of two rows of one height change places; in the file they stand in the order of before."""
    page = document.pages[0]
    page.contents_coalesce()
    places = iter([-ROW, ROW, 0, 0])

    def moved(found: re.Match[bytes]) -> bytes:
        return found[1] + f"{float(found[2]) + next(places):.2f}".encode() + found[3]

    after, count = _CELL.subn(moved, page.obj.Contents.read_bytes())
    assert count == 4
    page.obj.Contents = document.make_stream(after)


def test_what_is_read_counts_and_not_the_order_in_the_file(town: Sealed, tmp_path: Path) -> None:
    sheet = printed(compose_sheet(town.printed), exchanged_on_the_page)
    (note,) = told(forged(town, tmp_path, sheet))
    assert code_of(note) == "note.sheet_wording"


@pytest.mark.slow
def test_a_sentence_that_is_struck_out_is_told(town: Sealed, tmp_path: Path) -> None:
    def strike(document: pikepdf.Pdf) -> None:
        document.pages[0].contents_add(b"q 0.6 w 60 560 m 300 560 l S Q", prepend=False)

    (note,) = told(forged(town, tmp_path, printed(compose_sheet(town.printed), strike)))
    assert (code_of(note), note.params["page"]) == ("note.sheet_drawn", "1")


@pytest.mark.slow
def test_the_verdict_quotes_what_stands_there(town: Sealed, tmp_path: Path) -> None:
    """For all who read it: in a package whose hashes, words and code are the right ones."""
    denied = printed(anew(compose_sheet(town.printed), *DENIED))
    verdict = verify(forged(town, tmp_path, denied), Anchors(), NOW)
    assert verdict.kind.value == "sealed"
    (reason,) = [one for one in verdict.reasons if one.code == "note.sheet_wording"]
    told = reason.message.params
    assert told["file"] == SHEET
    assert str(told["shown"]).startswith("tidak mengesahkan 4 dokumen berikut")
    assert str(told["expected"]).startswith("mengesahkan 4 dokumen berikut")
    assert len(str(told["shown"])) < 200


def replaced(old: bytes, new: bytes) -> Callable[[pikepdf.Pdf], None]:
    """What the page draws, with this put in the place of that."""

    def change(document: pikepdf.Pdf) -> None:
        page = document.pages[0]
        page.contents_coalesce()
        before = page.obj.Contents.read_bytes()
        assert old in before
        page.obj.Contents = document.make_stream(before.replace(old, new, 1))

    return change


def below(content: bytes) -> Callable[[pikepdf.Pdf], None]:
    return lambda document: document.pages[0].contents_add(content, prepend=True)


OPENING = b"tangan pada lembar ini"
LOOKS: dict[str, Callable[[pikepdf.Pdf], None]] = {
    "a bar in yellow": below(b"q 1 1 .27 RG 5 w 60 300 m 400 300 l S Q"),
    "dashes that one program hardly shows": below(b"q .9 G 1 w [.01 .5] 0 d 60 300 m 400 300 l S Q "),
    "a clip that one program hardly sees": below(b"q n 60 300 99 .001 re W* n Q "),
    "a path of many pieces": below(b"1 g 60 300 m " + b"90 300 l " * 50 + b"f* "),
    "as light as before, in another colour": replaced(b".105882 .152941 .2 rg", b".23 .1 .15 rg"),
    "not drawn": replaced(OPENING, b"tangan pada ) Tj 3 Tr (lembar) Tj 0 Tr ( ini"),
    "heaped": replaced(OPENING, b"tangan pada ) Tj -3 Tc (lembar) Tj 0 Tc ( ini"),
    "in bold": replaced(OPENING, b"tangan pada ) Tj 2 Tr .5 w (lembar) Tj 0 Tr ( ini"),
    "small": replaced(OPENING, b"tangan pada ) Tj /F1+0 5.5 Tf (lembar) Tj /F1+0 9.8 Tf ( ini"),
}  # fmt: skip


@pytest.mark.parametrize("change", LOOKS.values(), ids=LOOKS)
def test_a_sheet_that_reads_alike_and_looks_otherwise_is_told(town: Sealed, tmp_path: Path, change) -> None:
    sheet = printed(compose_sheet(town.printed), change)
    (note,) = told(forged(town, tmp_path, sheet))
    assert code_of(note) in {"note.sheet_drawn", "note.sheet_wording"}


def entitled(document: pikepdf.Pdf) -> None:
    document.docinfo["/Title"] = "Lembar Penolakan"


def outlined(document: pikepdf.Pdf) -> None:
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Kepala daerah TIDAK mengesahkan", 0))


@pytest.mark.slow
@pytest.mark.parametrize("change", [entitled, outlined])
def test_what_a_sheet_says_beside_its_pages_is_told(town: Sealed, tmp_path: Path, change) -> None:
    (note,) = told(forged(town, tmp_path, printed(compose_sheet(town.printed), change)))
    assert code_of(note) == "note.sheet_wording"


def test_capitals_count() -> None:
    one, other = (Sign(sign, apart=False, page=0) for sign in "mM")
    assert first_difference([one], [other]) == ("m", "M")


@pytest.mark.parametrize("moved", [False, True])
def test_a_place_to_sign_lies_where_it_is_printed(town: Sealed, tmp_path: Path, moved: bool) -> None:
    """A stamp would cover the sentences below it."""
    made = render_pdf(compose_sheet(town.printed))
    boxes = {"mayor": StampBox(0, 60, 500, 200, 560)} if moved else dict(_boxes(made.stamp_boxes))
    found = told(forged(town, tmp_path, with_fields(made.pdf, boxes, SHEET)))
    assert bool(found) == moved


@pytest.mark.slow
def test_a_sign_for_services_stands_in_its_own_place_only(town: Sealed, tmp_path: Path) -> None:
    elsewhere = printed(compose_sheet(town.printed), drawing(text("60 60 Td (#) Tj"), "#"))
    (note,) = told(forged(town, tmp_path, elsewhere))
    assert code_of(note) == "note.sheet_wording"


@pytest.mark.parametrize("change", ["office", "initials", "mandatory"])
def test_a_manifest_that_says_otherwise_than_its_sheet_is_told(town: Sealed, tmp_path: Path, change) -> None:
    """The sheet is the sound one; reports and registers show what the manifest says."""

    def edit(manifest: Manifest) -> Manifest:
        if change == "mandatory":
            return msgspec.structs.replace(manifest, open_mandatory=0)
        if change == "initials":
            noted = tuple(msgspec.structs.replace(one, state="initialled") for one in manifest.initials)
            assert all(isinstance(one, Initials) for one in noted)
            return msgspec.structs.replace(manifest, initials=noted)
        signer = Expected(role="mayor", name="Ratna Dewi", office="Camat")
        return changed(manifest, SHEET, signers=(signer,))

    (note,) = told(tamper.forge(town.path, tmp_path / "f.asice", lambda _: None, edit))
    assert code_of(note) == "note.sheet_wording"


def written_anew(town: Sealed, folder: Path, sheet: bytes) -> Path:
    """As if another program had written the signed sheet anew, and a person called its pages the same."""

    def edit(manifest: Manifest) -> Manifest:
        signed = SignedFile(
            size=len(sheet), sha256=hashlib.sha256(sheet).hexdigest(), grade="same-pages",
            confirmed_by="Sari", fields=(RoleField(role="mayor", field=field_name("mayor")),),
        )  # fmt: skip
        files = tuple(
            msgspec.structs.replace(one, signed=signed) if one.path == SHEET else one
            for one in manifest.files
        )
        return msgspec.structs.replace(manifest, files=files)

    return forged(town, folder, sheet, edit)


@pytest.mark.slow
@pytest.mark.parametrize("grey", [".988", ".953"])
def test_pale_letters_across_a_sheet_written_anew_are_told(town: Sealed, tmp_path: Path, grey: str) -> None:
    """A step below what counted on a screen, and plain to see in the dots of a printer."""
    bars = " ".join(f"{left} 500 19 95 re" for left in range(60, 440, 38))
    pale = printed(compose_sheet(town.printed), drawing(f"q {grey} g {bars} f Q"))
    assert [code_of(one) for one in told(written_anew(town, tmp_path, pale))] == ["note.sheet_drawn"]


@pytest.mark.slow
def test_what_programs_draw_with_other_fonts_is_told(town: Sealed, tmp_path: Path) -> None:
    def lend(document: pikepdf.Pdf) -> None:
        document.pages[0].Contents.Resources = pikepdf.Dictionary()

    sheet = printed(compose_sheet(town.printed), lend)
    for path in (written_anew(town, tmp_path, sheet), forged(town, tmp_path, sheet)):
        assert [code_of(one) for one in told(path)] == ["note.sheet_drawn"]


@pytest.mark.slow
def test_a_stamp_beside_the_boxes_of_a_sheet_written_anew_is_told(town: Sealed, tmp_path: Path) -> None:
    """Nothing is seen of it here; another program may show letters across the page."""
    sheet = printed(compose_sheet(town.printed))
    assert told(written_anew(town, tmp_path, sheet)) == []
    stray = io.BytesIO()
    with pikepdf.open(io.BytesIO(sheet)) as document:
        field = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig,
            T=pikepdf.String("layanan"), Rect=[60, 600, 300, 640], F=4,
        )  # fmt: skip
        document.pages[0].Annots.append(document.make_indirect(field))
        document.Root.AcroForm.Fields.append(document.pages[0].Annots[-1])
        document.save(stray)
    assert [code_of(one) for one in told(written_anew(town, tmp_path, stray.getvalue()))] == [
        "note.sheet_drawn"
    ]


@pytest.mark.slow
def test_a_sheet_written_anew_says_the_same_outside_of_its_stamps(town: Sealed, tmp_path: Path) -> None:
    box = _boxes(render_pdf(compose_sheet(town.printed)).stamp_boxes)["mayor"]
    stamp = text(f"{box.left + 20} {box.bottom + 30} Td (TIDAK.) Tj")
    ruled = f"q 2 w {box.left + 5} {box.bottom + 9} m {box.right - 5} {box.bottom + 9} l S Q"
    stamped = drawing(f"{stamp} {ruled}")
    assert told(written_anew(town, tmp_path, printed(compose_sheet(town.printed), stamped))) == []
    denied = printed(anew(compose_sheet(town.printed), *DENIED))
    (note,) = told(written_anew(town, tmp_path, denied))
    assert code_of(note) == "note.sheet_wording"


def test_without_data_it_is_told_once_that_nothing_can_be_compared(town: Sealed) -> None:
    judge = Judge(Anchors(), NOW)
    with open_package(town.path) as package:
        note_wording(package, None, None, judge)
        assert [one.code for one in judge.reasons] == ["note.sheet_uncompared"]
        judge.reasons[:] = []
        judge.missing(Message("submission.missing.data"))
        note_wording(package, None, None, judge)
    assert [one.code for one in judge.reasons] == ["missing.data"]


def test_what_no_sheet_could_hold_is_not_laid_out(town: Sealed, tmp_path: Path, monkeypatch) -> None:
    """Texts of a package can be endless; whoever writes them has a sheet that says something else."""
    monkeypatch.setattr("desktop.submission.sheet.wording._LONGEST", 100)
    monkeypatch.setattr("desktop.submission.sheet.wording._AS_PRINTED._known", {})
    (note,) = told(town.path)
    assert (code_of(note), note.params["expected"]) == ("note.sheet_wording", "–")


# ------------------------------------------------------------------------------------- the wording


GOLDEN = Path(str(resource("."))).parent / "tests" / "data" / "sheet-wording"
STATES = ("waiting", "initialled", "changed", "returned")


def first(language: Language) -> SheetFacts:
    """A sheet that has something of everything."""
    signers = (
        signer_on_sheet(Words(language, language), "mayor", "Wali Kota", "Ratna Dewi", NIP),
        signer_on_sheet(Words(language, language), "elder", "Plt. Tetua", "", ""),
    )
    steps = (
        StepTaken("Kepala Dinas", done=1, all=2),
        *(StepTaken("Bagian Hukum", "Nadia", state, "2026-10-13") for state in STATES),
    )
    documents = (
        Listed("Usulan", Language.ID, 1234, "a1b2c3d4" * 8),
        Listed("Usulan", Language.EN, 2, "c3d4e5f6" * 8),
    )
    return SheetFacts(
        language=language, title="Rencana Kota Bahagia", region="Kabupaten Contoh", region_code="18.07",
        province="Lampung", first_year=2026, last_year=2030, guideline="Pedoman Uji", guideline_version="3",
        guideline_status="draft", head="0123456789abcdef" * 4,
        moment=dt.datetime(2026, 11, 29, tzinfo=dt.UTC), documents=documents, signers=signers,
        initials=steps, digest="5e6f7a8b" * 8, keywords="", fingerprint="cd" * 32, draft=True, example=True,
        test=True,
    )  # fmt: skip


@pytest.mark.parametrize("language", list(Language))
def test_the_wording_is_the_one_that_was_signed(language: Language) -> None:
    """Sheets that people have signed are compared with it.

    Whoever changes a sentence, in code or catalogues, gives every sheet of before a note: keep the old
    wording beside the new one, and let what the verifier composes be either.
    """
    sheet = io.BytesIO(render_pdf(compose_sheet(first(language))).pdf)
    said = "".join(f" {one.sign}" if one.apart else one.sign for one in read_aloud(sheet, ()))
    kept = (GOLDEN / f"{language.value}.txt").read_text("utf-8")
    assert said.split() == kept.split()
