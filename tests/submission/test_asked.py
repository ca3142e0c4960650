"""What lies inside is what the manifest says, and a sealer can leave out nothing that is asked for."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from msgspec import structs

from desktop.base import Language, LocalText, Message, clock, render
from desktop.base.canonical import moment_text
from desktop.base.fingerprint import content_fingerprint
from desktop.base.jobs import quiet
from desktop.books.document import Paragraph, text_of
from desktop.guideline.loading import load_pack, write_pack
from desktop.guideline.pack import Rule
from desktop.guideline.signing import sheet_signers
from desktop.guideline.store import available, install
from desktop.submission import (
    SealFile,
    SealInput,
    SealSigner,
    Verdict,
    VerdictKind,
    Weight,
    persons,
    seal,
    shared_roles,
    verify,
)
from desktop.submission import asked as asked_module
from desktop.submission import inside as inside_module
from desktop.submission.file_of_guideline import holds_nothing_else
from desktop.submission.frame.asic import signature_name
from desktop.submission.frame.container import data_files
from desktop.submission.judging import MOST_OF_A_CODE, Judge
from desktop.submission.manifest import Application, Expected, Initials, PackedFile
from desktop.submission.persons import note_named
from desktop.submission.printed import documents_day
from desktop.submission.signed import signed_as
from desktop.submission.signing_days import signing_days
from desktop.submission.verdict import SignatureReport
from desktop.submission.verdict_paper import compose_verdicts
from desktop.submission.verdict_report import report_of
from desktop.submission.xades.writing import sign_xades
from desktop.trust import Anchors
from desktop.workspace.plan_data import read_data
from desktop.workspace.plan_data_form import (
    AgencyPart,
    ClaimPart,
    EvidencePart,
    PersonPart,
    RegionPart,
    SetAsidePart,
    WorkspacePart,
)
from desktop.workspace.plan_from_data import plan_from_data
from tests.submission import tamper
from tests.submission.making import CHANGED, NOW, draw_pdf, seal_input
from tests.submission.whole import (
    Hand,
    documents,
    guideline,
    page,
    person,
    plan,
    signed_guideline,
    signer,
    whole,
)
from tests.trust import pki

IN_FORCE, SIGNED = guideline(status="in-force"), signed_guideline(status="in-force", version="4")


@pytest.fixture(scope="module")
def hand(tmp_path_factory: pytest.TempPathFactory) -> Hand:
    return Hand(tmp_path_factory.mktemp("hand"))


@pytest.fixture(autouse=True)
def known(own_home: Path, tmp_path: Path) -> None:
    """This computer knows the guideline in force."""
    source = tmp_path / "tiny.rancang-guideline"
    for pack in (IN_FORCE, SIGNED):
        source.write_bytes(pack)
        install(source, confirmed=True)


def judged(hand: Hand, what: SealInput, **keys: str) -> Verdict:
    verdict = verify(hand.sign(what, **keys), hand.anchors, NOW)
    for reason in verdict.reasons:
        for language in Language:
            assert "submission." not in render(reason.message, language)
    return verdict


def told(verdict: Verdict) -> list[str]:
    """The codes, without those of test identities and of documents that we did not have signed."""
    usual = {"note.test", "missing.pdf_signature"}
    return [one.code for one in verdict.reasons if one.code not in usual]


def in_force(**changes: object) -> SealInput:
    return whole(**{"pack": IN_FORCE, **changes})


def test_a_whole_package_has_nothing_to_be_told(hand) -> None:
    verdict = judged(hand, in_force())
    assert (told(verdict), verdict.kind) == ([], VerdictKind.VALID_WITH_NOTES)


# -- documents and signatures ------------------------------------------------------------------------
def asking(**roles: tuple[str, ...]) -> dict[str, SealFile]:
    """The documents wait for whom the guideline asks."""
    return documents(**{"look": ("mayor",), "do": ("mayor", "elder"), **roles})


def without(path: str) -> dict[str, SealFile]:
    return {name: file for name, file in asking().items() if name != path}


def decoy() -> dict[str, SealFile]:
    """The book waits for nobody; a page beside it has the signatures."""
    named = {**asking(look=()), "books/look.zz.pdf": asking()["books/look.id.pdf"]}
    return {path: dataclasses.replace(file, path=path) for path, file in named.items()}


def hidden() -> dict[str, SealFile]:
    """The book lies inside, but as something that no sheet names."""
    files = asking()
    files["books/look.id.pdf"] = SealFile("books/look.id.pdf", "application/pdf", "other", draw_pdf(1))
    return files


@pytest.mark.parametrize(
    ("books", "code"),
    [
        (without("books/look.id.pdf"), "missing.document"),
        (asking(look=()), "missing.not_asked"),
        (decoy(), "missing.not_asked"),
        (hidden(), "missing.document"),
    ],
    ids=["left out", "asks nobody", "decoy", "not as a document"],
)
def test_what_the_guideline_asks_for_is_missing(hand, books, code) -> None:
    verdict = judged(hand, whole(books, pack=SIGNED))
    notes = {
        "books/look.zz.pdf": {"note.other_document"},
        "books/look.id.pdf": {"note.other_document"} if code == "missing.document" else set(),
    }
    beside = set().union(*(notes.get(path, set()) for path in books))
    assert (verdict.kind, set(told(verdict))) == (VerdictKind.INCOMPLETE, {*beside, code})


def test_who_is_asked_for_is_not_missing(hand) -> None:
    assert told(judged(hand, whole(asking(), pack=SIGNED))) == []


def test_who_closes_the_package_cannot_be_left_out(hand) -> None:
    verdict = judged(hand, in_force(signers=()))
    assert verdict.kind is VerdictKind.INCOMPLETE
    assert "missing.not_asked" in told(verdict)


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (SealFile("books/look.id.pdf", "application/pdf", "book", b"MZ"), "pdf.not_a_document"),
        (SealFile("books/look.id.pdf", "application/pdf", "book", b"%PDF-1.7"), "pdf.not_a_document"),
        (SealFile("books/look.id.pdf", "application/pdf", "book", draw_pdf(2), (), 1), "pdf.not_a_document"),
    ],
)
def test_a_document_that_nobody_signs_is_one_all_the_same(hand, file, code) -> None:
    verdict = judged(hand, in_force(books={**documents(), file.path: file}))
    assert (verdict.kind, verdict.reasons[0].code) == (VerdictKind.REFUSED, code)


def test_a_document_that_nobody_signs_is_of_this_plan(hand) -> None:
    from tests.submission.hostile.insiders import printed

    other = SealFile("books/look.id.pdf", "application/pdf", "book", printed("1f" * 32))
    verdict = judged(hand, in_force(books={**documents(), other.path: other}))
    assert verdict.reasons[0].code == "pdf.other_fingerprint"


# -- the guideline -----------------------------------------------------------------------------------
def test_a_guideline_that_cannot_be_read_is_told(hand) -> None:
    for content in (b"no guideline", IN_FORCE[:-1]):
        sha = hashlib.sha256(content).hexdigest()
        data = plan(IN_FORCE, guideline=inside(sha))
        files = tuple(
            dataclasses.replace(one, content=content) if one.path.startswith("guideline/") else one
            for one in in_force(data=data).files
        )
        verdict = judged(hand, in_force(data=data, files=files))
        assert (verdict.kind, told(verdict)) == (VerdictKind.VALID_WITH_NOTES, ["note.guideline_unread"])


def packed(content: bytes, *, remark: bytes = b"", **more: bytes) -> bytes:
    """The same guideline, packed again with a remark and more members."""
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a") as archive:
        archive.comment = remark
        for name, data in more.items():
            archive.writestr(name.replace("_", "."), data)
    return target.getvalue()


def test_the_file_of_a_guideline_holds_the_guideline_and_nothing_else(hand, monkeypatch) -> None:
    monkeypatch.setattr(inside_module, "STRICT_SINCE", CHANGED)
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("setup.exe", b"MZ")
    spaced = zipfile.ZipFile(io.BytesIO(IN_FORCE)).read("roles.json") + b" "
    loose = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(IN_FORCE)) as given, zipfile.ZipFile(loose, "w") as archive:
        for name in given.namelist():
            archive.writestr(name, spaced if name == "roles.json" else given.read(name))
    for content in (
        b"<script>alert(1)</script>" + IN_FORCE,
        other.getvalue() + IN_FORCE,
        packed(IN_FORCE, remark=b"<b>x</b>"),
        packed(IN_FORCE, signature_p7s=b"MZ"),
        loose.getvalue(),
    ):
        assert load_pack(content) == load_pack(IN_FORCE)
        assert not holds_nothing_else(content)
    data = plan(IN_FORCE, guideline=inside(hashlib.sha256(content).hexdigest()))
    assert "note.guideline_more" in told(judged(hand, in_force(data=data, pack=content)))
    assert "note.guideline_more" not in told(judged(hand, in_force()))
    assert holds_nothing_else(available(judge=False)[0].read())


def inside(sha: str):
    from desktop.workspace.plan_data_form import GuidelinePart

    info = load_pack(IN_FORCE).pack
    return GuidelinePart(id=info.id, version=info.version, sha256=sha)


def test_a_guideline_of_a_known_name_that_says_something_else_is_told(hand) -> None:
    pack = load_pack(IN_FORCE)
    other = structs.replace(pack.roles[0], label=LocalText({"id": "Lain", "en": "Other"}))
    changed = write_pack(structs.replace(pack, roles=(other, *pack.roles[1:])))
    assert told(judged(hand, whole(pack=changed))) == ["note.guideline_differs"]


def test_what_the_known_guideline_asks_counts_whatever_lies_inside(hand) -> None:
    """One of the same name that asks for nobody, one that cannot be read, and none at all."""
    pack = load_pack(SIGNED)
    nobody = tuple(structs.replace(book, signers=()) for book in pack.books)
    mild = write_pack(structs.replace(pack, books=nobody, signing=()))
    sha = hashlib.sha256(b"rusak").hexdigest()
    named = structs.replace(inside(sha), version="4")
    broken = whole(pack=SIGNED, data=plan(SIGNED, guideline=named))
    files = tuple(
        dataclasses.replace(one, content=b"rusak") if one.path.startswith("guideline/") else one
        for one in broken.files
    )
    absent = whole(pack=SIGNED)
    for what in (
        whole(pack=mild),
        dataclasses.replace(broken, files=files),
        dataclasses.replace(absent, files=tuple(one for one in absent.files if "guideline" not in one.path)),
    ):
        verdict = judged(hand, what)
        assert verdict.kind is VerdictKind.INCOMPLETE
        assert told(verdict).count("missing.not_asked") == 3


@pytest.mark.parametrize("info", [{"version": "2021.4"}, {"id": "tiny-b"}])
def test_a_guideline_that_nobody_knows_is_told(hand, info) -> None:
    assert told(judged(hand, whole(pack=guideline(status="in-force", **info)))) == ["note.guideline_unknown"]


CODES = {
    "draft": "note.guideline_draft",
    "superseded": "note.guideline_superseded",
    "example": "note.guideline_example",
}


@pytest.mark.parametrize("status", CODES)
def test_a_guideline_that_is_not_in_force_is_told_by_its_own_word_and_by_the_manifests(hand, status) -> None:
    assert CODES[status] in told(judged(hand, whole(pack=guideline(status=status))))
    verdict = judged(hand, in_force(notes=(f"guideline:{status}", "something else")))
    assert (told(verdict), verdict.kind) == ([CODES[status]], VerdictKind.VALID_WITH_NOTES)


def test_a_plan_that_calls_itself_an_example_is_told(hand) -> None:
    own = read_data(plan(IN_FORCE)).workspace
    verdict = judged(hand, in_force(data=plan(IN_FORCE, workspace=structs.replace(own, example=True))))
    assert (told(verdict), verdict.kind) == (["note.plan_example"], VerdictKind.VALID_WITH_NOTES)


def test_a_plan_without_its_guideline_is_incomplete(hand) -> None:
    verdict = judged(hand, in_force(pack=b"", data=plan(IN_FORCE), guideline_id="tiny"))
    assert (verdict.kind, told(verdict)) == (VerdictKind.INCOMPLETE, ["missing.guideline"])


# -- the data ----------------------------------------------------------------------------------------
def test_a_package_without_a_plan_is_incomplete(hand) -> None:
    for data in (b"", b"[]", b'{"format":"rancang-data","version":2}', b"%PDF-1.4"):
        verdict = judged(hand, in_force(data=data))
        assert (verdict.kind, told(verdict)) == (VerdictKind.INCOMPLETE, ["missing.data"])


BARE = b'{"format":"rancang-data"}'


def test_only_packages_of_the_first_days_may_hold_no_plan(hand, monkeypatch) -> None:
    books = (SealFile("buku/x.pdf", "application/pdf", "book", draw_pdf(1)),)
    for since, codes in ((NOW + dt.timedelta(1), []), (NOW, ["missing.data", "missing.guideline"])):
        monkeypatch.setattr(inside_module, "STRICT_SINCE", since)
        files = (*books, SealFile("data.json", "application/json", "data", BARE))
        name = "Kabupaten Lampung Timur"
        what = seal_input(files=files, notes=(), signers=in_force().signers, region_name=name)
        assert told(judged(hand, what)) == codes
    # and that they are of those days is, later, somebody's word only
    monkeypatch.setattr(inside_module, "STRICT_SINCE", NOW + dt.timedelta(1))
    verdict = verify(hand.sign(what), hand.anchors, NOW + dt.timedelta(9))
    assert told(verdict) == ["note.no_plan"]


def test_who_dates_a_package_back_is_not_asked_less_without_a_word(hand, monkeypatch) -> None:
    path = hand.sign(in_force())
    monkeypatch.setattr(inside_module, "STRICT_SINCE", NOW + dt.timedelta(1))
    for days, codes in ((0, []), (9, ["note.old_rules"])):
        assert told(verify(path, hand.anchors, NOW + dt.timedelta(days))) == codes


def test_data_that_only_a_newer_program_can_read_are_not_taken_for_judged(hand) -> None:
    verdict = judged(hand, in_force(data=b'{"format":"rancang-data","version":3}'))
    assert (verdict.kind, told(verdict)) == (VerdictKind.INCOMPLETE, ["missing.data_newer"])


def test_data_are_written_in_one_form(hand) -> None:
    for change in (lambda data: data + b"\n", lambda data: data[:-1] + b',"version":2}'):
        verdict = judged(hand, in_force(data=change(plan(IN_FORCE))))
        assert (verdict.kind, verdict.reasons[0].code) == (VerdictKind.REFUSED, "data.not_canonical")


BOGOR = RegionPart(code="32.01", name="Kabupaten Bogor", kind="kabupaten", province="Jawa Barat")


@pytest.mark.parametrize(
    "what",
    [
        in_force(data=plan(IN_FORCE, region=BOGOR)),
        in_force(first_year=2025),
        in_force(workspace="1" * 32),
        in_force(head="b" * 64),
        in_force(changed_at=CHANGED - dt.timedelta(days=1)),
        in_force(data=plan(guideline(version="4"))),
        in_force(data=plan(IN_FORCE, guideline=inside("0" * 64))),
    ],
    ids=["region", "years", "workspace", "head", "time", "guideline", "its content"],
)
def test_the_cover_speaks_of_the_plan_inside(hand, tmp_path, what) -> None:
    verdict = judged(hand, what)
    assert (verdict.kind, verdict.reasons[0].code) == (VerdictKind.REFUSED, "data.differs")
    path = tmp_path / "sealed.asice"
    seal(quiet, what, path)
    assert verify(path, hand.anchors, NOW).kind is VerdictKind.REFUSED


def test_two_names_that_begin_alike_are_told_apart(hand) -> None:
    """Each was cut after 24 letters: one and the same name stood there twice."""
    lampung = RegionPart(code="18.07", name="Kabupaten Lampung Timur", kind="kabupaten", province="Lampung")
    longer = structs.replace(lampung, name=f"{lampung.name} Raya")
    found = judged(hand, in_force(data=plan(IN_FORCE, region=longer), region_name=lampung.name)).reasons[0]
    told = found.message.params
    assert (told["cover"], told["data"]) == (f"18.07 {lampung.name}", f"18.07 {longer.name}")


def test_no_fewer_open_entries_are_stated_than_are_empty(hand) -> None:
    empty = plan(IN_FORCE, answers=())
    verdict = judged(hand, in_force(data=empty, open_mandatory=6))
    assert (verdict.kind, told(verdict)) == (
        VerdictKind.INCOMPLETE,
        ["missing.mandatory", "missing.understated"],
    )
    assert verdict.reasons[-1].message.params["n"] == 7
    assert told(judged(hand, in_force(data=empty, open_mandatory=7))) == ["missing.mandatory"]


@pytest.mark.parametrize(
    "text", ["%", "‰", "€", "<p>%</p>", "<100>", "<5%>", "x", "0", "2 &lt; 3", "Ya.", "5°"]
)
def test_what_the_workspace_takes_for_an_answer_is_one_here_too(text) -> None:
    from desktop.checks.words import says_nothing
    from desktop.submission.unanswered import _says

    assert says_nothing(text) or _says(text)


@pytest.mark.parametrize(
    "change",
    [
        {"value": None, "text": {"id": " "}},
        {"value": None, "text": {"id": "\u200b"}},
        {"value": None, "text": {"zz": "ya"}},
        {"value": [""], "text": {}},
        {"value": " ", "text": {}},
        {"value": None, "text": {"id": "\u3164"}},
        {"value": None, "text": {"id": "<p id='abc'>&nbsp;</p>"}},
        {"scope": "nowhere"},
    ],
    ids=["blank", "no width", "no language", "list", "value", "filler", "marks", "nowhere"],
)
def test_what_says_nothing_answers_nothing(change) -> None:
    from desktop.submission.unanswered import unanswered
    from desktop.workspace.plan_data import read_data

    pack = load_pack(IN_FORCE)
    whole = read_data(plan(IN_FORCE))
    texts = [one for one in whole.answers if isinstance(one.value, str | None)]
    others = tuple(one for one in whole.answers if one not in texts)
    hollow = structs.replace(whole, answers=(*others, *(structs.replace(one, **change) for one in texts)))
    silent = structs.replace(whole, answers=others)
    assert unanswered(whole, pack).open == 0
    assert unanswered(hollow, pack).open == unanswered(silent, pack).open > 0
    # of the first packages anything counted
    assert unanswered(hollow, pack, words=False).open < unanswered(silent, pack).open


def counts(verdict: Verdict) -> dict[str, object]:
    """The number each reason tells."""
    params = {one.code: one.message.params for one in verdict.reasons}
    return {code: said["n"] for code, said in params.items() if "n" in said}


def test_what_was_set_aside_is_not_open(hand, monkeypatch) -> None:
    from desktop.checks.finding import Hit
    from desktop.guideline.pack import PageRef
    from desktop.workspace.plan import Place

    place = Place("answer", item="town.trees")
    key = Hit(Message("checks.required_answer"), place, PageRef(page="form")).key("required_answers")
    aside = (SetAsidePart(finding=key, reason="tidak ada pohon", author="Sari"),)
    data = plan(IN_FORCE, answers=(), set_aside=aside)
    verdict = judged(hand, in_force(data=data))
    assert verdict.reasons[-1].message.params["n"] == 6
    # and whoever reads the verdict hears of it; a dash or a sign without width is no reason
    monkeypatch.setattr(inside_module, "STRICT_SINCE", CHANGED)
    found = counts(judged(hand, in_force(data=data)))
    assert (found["note.set_aside"], found["missing.understated"]) == (1, 6)
    for reason in ("-", "\u2060", " . "):
        data = plan(
            IN_FORCE, answers=(), set_aside=(SetAsidePart(finding=key, reason=reason, author="Sari"),)
        )
        found = counts(judged(hand, in_force(data=data)))
        assert found.keys() & {"note.set_aside", "missing.understated"} == {"missing.understated"}
        assert found["missing.understated"] == 7
    # a hint is nobody's business; what the checks find mandatory beyond the least is told as well
    more = (*aside, SetAsidePart(finding="0" * 16, reason="n", author="Sari"))
    data = plan(IN_FORCE, answers=(), set_aside=more)
    assert counts(judged(hand, in_force(data=data)))["note.set_aside"] == 1
    monkeypatch.setattr("desktop.submission.asked._excused", lambda *_given: 3)
    assert counts(judged(hand, in_force(data=data)))["note.set_aside"] == 3


def test_what_is_missing_many_times_is_counted() -> None:
    judge = Judge(Anchors(), NOW)
    most = MOST_OF_A_CODE[Weight.MISSING]
    for number in range(most + 9):
        judge.missing(Message("submission.missing.document", document=str(number)))
    codes = [one.code for one in judge.reasons]
    assert codes.count("missing.document") == most
    assert "missing.more" in codes


# -- people ------------------------------------------------------------------------------------------
def named(mayor: str, elder: str) -> SealInput:
    """The manifest names these people."""
    books = {
        path: dataclasses.replace(
            file,
            signers=tuple(dataclasses.replace(one, name=mayor, office="Wali Kota") for one in file.signers),
        )
        for path, file in documents(look=("mayor",)).items()
    }
    closing = dataclasses.replace(signer("elder", name=elder), office="Tetua")
    return in_force(books=books, data=plan(IN_FORCE, people=()), signers=(closing,))


def test_a_signature_for_an_office_that_nobody_holds_is_told(hand) -> None:
    codes = told(judged(hand, named("", "")))
    assert set(codes) == {"note.nobody_named", "note.not_by_guideline"}


def test_calling_a_plan_an_example_excuses_nothing_any_more(hand, monkeypatch) -> None:
    what = dataclasses.replace(named("", ""), notes=("guideline:example",))
    own = whole(pack=guideline(status="example", version="9"))
    assert "note.nobody_named" not in told(judged(hand, what))
    assert "note.guideline_unknown" not in told(judged(hand, own))
    monkeypatch.setattr(inside_module, "STRICT_SINCE", CHANGED)
    assert "note.nobody_named" in told(judged(hand, what))
    assert "note.guideline_unknown" in told(judged(hand, own))


def test_what_lies_among_the_documents_and_is_none_is_told(hand) -> None:
    other = SealFile("books/look-baru.id.pdf", "application/pdf", "other", page())
    assert told(judged(hand, in_force(books={**documents(), "x": other}))) == ["note.other_document"]


@pytest.mark.parametrize(
    "path", ["books/look.en.pdf", "Books/x.id.pdf", "b\u043eoks/x.pdf", "Approval/x.pdf"]
)
def test_what_only_looks_like_a_document_is_told(hand, path) -> None:
    other = SealFile(path, "application/pdf", "evidence", page())
    assert told(judged(hand, in_force(books={**documents(), "x": other}))) == ["note.other_document"]


@pytest.mark.parametrize("path", ["Buku III - perubahan.pdf", "dokumen/Buku III.pdf"])
def test_a_document_outside_of_the_folder_of_documents_is_told(hand, path) -> None:
    """Where a sheet approves of the documents it has to name this one; here nobody would."""
    other = SealFile(path, "application/pdf", "book", page())
    assert told(judged(hand, in_force(books={**documents(), "x": other}))) == ["note.other_document"]
    signed = dataclasses.replace(other, signers=(signer("elder"),))
    found = told(judged(hand, in_force(books={**documents(), "x": signed})))
    assert "note.other_document" in found, "whoever signs it"


def test_a_document_of_another_kind_is_told(hand) -> None:
    books = documents()
    books["books/look.id.pdf"] = dataclasses.replace(books["books/look.id.pdf"], role="commitment")
    assert told(judged(hand, in_force(books=books))) == ["note.other_kind"]


@pytest.mark.parametrize("language", ["xx", "EN", "", "en-GB"])
def test_a_plan_in_a_language_that_is_none_is_no_plan(hand, language) -> None:
    workspace = WorkspacePart(
        id="0" * 32, head="a" * 64, changed_at=moment_text(CHANGED), source_language=language, example=False
    )
    verdict = judged(hand, in_force(data=plan(IN_FORCE, workspace=workspace)))
    assert (verdict.kind, "missing.data" in told(verdict)) == (VerdictKind.INCOMPLETE, True)


def test_a_book_that_nobody_signs_beside_a_signed_translation_is_told() -> None:
    def file(path: str, *roles: str) -> PackedFile:
        signers = tuple(Expected(role=role, office=role) for role in roles)
        kind = "application/pdf"
        return PackedFile(path=path, media_type=kind, role="book", size=1, sha256="0" * 64, signers=signers)

    for files, codes in (
        ([file("books/look.id.pdf"), file("books/look.en.pdf", "mayor")], ["note.translation"]),
        ([file("books/look.id.pdf", "mayor"), file("books/look.en.pdf")], []),
        ([file("books/look.id.pdf"), file("books/look.en.pdf")], []),
    ):
        manifest = SimpleNamespace(files=files)
        found = asked_module.beside(load_pack(SIGNED), manifest, "")
        assert [one.id.removeprefix("submission.") for one in found] == codes


@pytest.mark.parametrize(
    ("role", "signed", "sheet", "told_of"),
    [("other", True, True, True), ("evidence", True, True, True), ("book", False, True, True),
     ("other", True, False, False), ("other", False, True, False)],
)  # fmt: skip
def test_a_letter_that_a_sheet_lists_by_its_path_is_told(role, signed, sheet, told_of) -> None:
    """Its path can be any sentence, and the head of region approves of it with the documents."""

    def file(path: str, role: str, *roles: str) -> PackedFile:
        signers = tuple(Expected(role=one, office=one) for one in roles)
        kind = "application/pdf"
        return PackedFile(path=path, media_type=kind, role=role, size=1, sha256="0" * 64, signers=signers)

    letter = file("surat/Persetujuan pinjaman daerah.pdf", role, *["elder"] * signed)
    sheets = [file("approval/lembar-pengesahan.id.pdf", "approval", "mayor")] * sheet
    manifest = SimpleNamespace(files=[file("books/look.id.pdf", "book", "mayor"), letter, *sheets])
    found = asked_module.beside(load_pack(SIGNED), manifest, "")
    assert [one.id for one in found] == ["submission.note.other_document"] * told_of


def test_a_letter_in_the_place_of_a_sheet_that_was_taken_out_is_told() -> None:
    """Where no sheet was, any letter was taken for the region's own, and the head of region signed it."""
    pack = next(
        found
        for one in available(judge=False)
        if one.usable and sheet_signers(found := load_pack(one.read()))
    )
    who = (Expected(role=sheet_signers(pack)[0], office="Bupati"),)
    letter = PackedFile(
        path="surat/pengantar.pdf", media_type="application/pdf", role="other", size=1, sha256="0" * 64,
        signers=who,
    )  # fmt: skip
    found = list(asked_module.beside(pack, SimpleNamespace(files=[letter]), ""))
    assert [(one.id, one.params["file"]) for one in found] == [
        ("submission.note.other_document", letter.path)
    ]


@pytest.mark.parametrize(
    ("paths", "language", "told_of"),
    [
        (["approval/lembar-pengesahan.id.pdf"], "id", []),
        (["approval/lembar-pengesahan.en.pdf"], "en", []),
        (["approval/lembar-pengesahan.en.pdf"], "", []),
        (["approval/Bupati menyetujui pinjaman daerah.pdf"], "id", [0]),
        (["approval/x.pdf"], "", [0]),
        (["approval/lembar-pengesahan.en.pdf"], "id", [0]),
        (["approval/x.pdf", "approval/lembar-pengesahan.id.pdf"], "id", [0]),
        (["approval/lembar-pengesahan.id.pdf", "approval/lembar-pengesahan.en.pdf"], "id", [1]),
        (["approval/lembar-pengesahan.id.pdf", "approval/lembar-pengesahan.en.pdf"], "", [1]),
        (["Bupati menyetujui pinjaman daerah.pdf"], "id", [0]),
    ],
)
def test_there_is_one_sheet_and_it_is_called_as_ours_is(paths, language, told_of) -> None:
    """Verdicts, lists and receipts say that the head of region has signed what is called like that."""
    asked = (Expected(role="mayor", office="Bupati"),)
    sheets = [
        PackedFile(
            path=path, media_type="application/pdf", role="approval", size=1, sha256="0" * 64, signers=asked
        )
        for path in paths
    ]
    found = asked_module.beside(load_pack(SIGNED), SimpleNamespace(files=sheets), language)
    said = Message("submission.note.other_document").id
    assert [(one.id, one.params["file"]) for one in found] == [(said, paths[at]) for at in told_of]


def test_a_book_that_is_a_translation_by_the_plans_word_is_told(hand) -> None:
    english = {
        path: dataclasses.replace(file, path=path.replace(".id.", ".en."))
        for path, file in documents().items()
    }
    workspace = WorkspacePart(
        id="0" * 32, head="a" * 64, changed_at=moment_text(CHANGED), source_language="en", example=False
    )
    books = {**documents(), **{f"{path}.en": file for path, file in english.items()}}
    what = in_force(books=books, data=plan(IN_FORCE, workspace=workspace))
    assert set(told(judged(hand, what))) == {"note.translation"}


def test_one_certificate_for_several_offices_is_told(hand) -> None:
    codes = told(judged(hand, named("Contoh Tetua", "Contoh Tetua"), mayor="elder"))
    assert set(codes) == {"note.other_official", "note.not_by_guideline", "note.same_certificate"}


def test_one_person_is_one_whatever_the_offices_are_called_and_the_certificates() -> None:
    def report(role: str, name: str, certificate: str) -> SignatureReport:
        return SignatureReport("", role, name, "", "", certificate, NOW, False, "own", False, "Pejabat")

    for reports, count in (
        ([report("a", "Budi Santoso", "1"), report("b", "Siti", "1")], 1),
        ([report("a", "Budi Santoso", "1"), report("b", "Dr. Budi Santoso, M.Si.", "2")], 1),
        ([report("a", "Budi Santoso", "1"), report("a", "Budi Santoso", "1")], 0),
        ([report("a", "Budi Santoso", "1"), report("b", "Siti Aminah", "2")], 0),
    ):
        judge = Judge(Anchors(), NOW, reports=reports)
        shared_roles.note_shared(judge)
        assert [one.code for one in judge.reasons] == ["note.same_certificate"] * count


def test_of_more_people_than_are_compared_that_is_told(monkeypatch) -> None:
    def report(role: str, name: str, certificate: str) -> SignatureReport:
        return SignatureReport("", role, name, "", "", certificate, NOW, False, "own", False, "Pejabat")

    monkeypatch.setattr(shared_roles, "MOST_SIGNERS", 3)
    others = [report(f"r{name}", f"Lain {name}", f"lain {name}") for name in ("Ani", "Badu", "Cici", "Dodi")]
    for last, codes in (
        ([report("a", "Budi Santoso", "1"), report("b", "Siti Aminah", "1")], {"note.same_certificate"}),
        ([report("a", "Budi Santoso", "1"), report("b", "Budi Santoso", "2")], {"note.same_certificate"}),
        ([report("a", "Budi Santoso", "1"), report("b", "Dr. Budi Santoso", "2")], set()),
    ):
        judge = Judge(Anchors(), NOW, reports=[*others, *last])
        shared_roles.note_shared(judge)
        assert {one.code for one in judge.reasons} == {"note.many_signers", *codes}


def test_an_official_whom_the_plan_does_not_know_is_told(hand) -> None:
    for people, codes in (((person("elder", "Orang Lain"),), []), ((), ["note.other_office"])):
        data = plan(IN_FORCE, people=people)
        assert told(judged(hand, in_force(data=data))) == ["note.other_official", *codes]


def names_of_the_elder(*names: str) -> bytes:
    return plan(IN_FORCE, people=tuple(person("elder", name) for name in names))


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        # each is within the name in the middle, and they are two people
        ("Rudi Bupati Contoh Tetua", ["note.other_person"]),
        # what follows a comma is no name
        ("Rudi Bupati, atas nama Contoh Tetua", ["note.other_person", "note.other_person"]),
        ("Contoh Tetua", ["note.other_official"]),
    ],
)
def test_who_signed_is_held_against_the_plan_and_not_only_against_the_manifest(hand, asked, codes) -> None:
    what = in_force(data=names_of_the_elder("Rudi Bupati"), signers=(signer("elder", name=asked),))
    assert told(judged(hand, what)) == codes


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, ["note.several_holders"]),
        ({"name": "Dr. Contoh Tetua, M.Si."}, []),
        ({"acting": "plt"}, []),
        # documents name whom came last, though it is the other one who holds the office
        ({"acting": "plt", "since": "2026-11-01"}, ["note.other_official"]),
        ({"since": "2026-11-01"}, ["note.other_official", "note.several_holders"]),
        ({"until": "2026-01-31"}, []),
        ({"since": "2027-01-01"}, []),
        ({"since": "2026-11-25"}, []),
        ({"agency": "dinas"}, ["note.several_holders"]),
    ],
)
def test_an_office_with_several_holders_at_once_is_told(hand, change, codes) -> None:
    other = structs.replace(person("elder", "Joko Staf"), **change)
    what = in_force(data=plan(IN_FORCE, people=(person("elder", "Contoh Tetua"), other)))
    assert told(judged(hand, what)) == codes


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, ["note.other_official", "note.several_holders"]),
        ({"until": "2020-12-31"}, ["note.other_official"]),
        ({"since": "2031-01-01"}, ["note.other_official"]),
        ({"acting": "plt"}, ["note.other_official", "note.several_holders", "note.other_office"]),
        ({"acting": "plh", "until": "2020-12-31"}, ["note.other_official", "note.other_office"]),
    ],
)
def test_who_is_not_in_office_or_only_acts_in_it_beside_its_holder_is_told(hand, change, codes) -> None:
    elder = structs.replace(person("elder", "Contoh Tetua"), **change)
    what = in_force(
        data=plan(IN_FORCE, people=(person("elder", "Rudi Bupati"), elder)), signers=(signer("elder"),)
    )
    assert told(judged(hand, what)) == codes


def test_a_successor_who_came_between_locking_and_signing_may_sign(hand) -> None:
    elder = structs.replace(person("elder", "Contoh Tetua"), since="2026-02-02")
    before = structs.replace(person("elder", "Rudi Bupati"), until="2026-02-01")
    assert told(judged(hand, in_force(data=plan(IN_FORCE, people=(before, elder))))) == []


def test_of_two_who_only_act_neither_has_the_office_alone(hand) -> None:
    people = tuple(structs.replace(person("elder", name), acting="plt") for name in ("Contoh Tetua", "Rudi"))
    who = dataclasses.replace(signer("elder"), office="Plt. Tetua")
    assert "note.several_holders" in told(
        judged(hand, in_force(data=plan(IN_FORCE, people=people), signers=(who,)))
    )


def test_named_and_alone_are_asked_of_the_same_day() -> None:
    data = SimpleNamespace(people=(
        structs.replace(person("elder", "Joko"), since="2026-11-25"), person("elder", "Rudi"),
    ))  # fmt: skip
    evening = ("2026-11-24", "2026-11-25")
    assert persons._stands(data, "elder", "Joko", evening) == (True, ["Joko", "Rudi"])
    assert persons._stands(data, "elder", "Joko", (*evening, "2026-12-14")) == (True, ["Joko", "Rudi"])
    over = SimpleNamespace(people=(
        structs.replace(person("elder", "Joko"), since="2026-11-25"),
        structs.replace(person("elder", "Rudi"), until="2026-11-24"),
    ))  # fmt: skip
    assert persons._stands(over, "elder", "Joko", evening) == (True, [])
    assert persons._stands(over, "elder", "Rudi", evening) == (True, [])


def day_of(later: int) -> str:
    return f"{NOW + dt.timedelta(later):%Y-%m-%d}"


@pytest.mark.parametrize(
    ("mine", "other", "codes"),
    [
        ({"until": day_of(-1)}, {"since": day_of(0)}, True),
        ({"since": day_of(2)}, {}, True),
        ({"until": day_of(2)}, {"since": day_of(3)}, False),
    ],
    ids=["until the last change", "from later on", "until later"],
)
def test_an_official_is_in_office_on_the_day_of_the_signature(hand, mine, other, codes) -> None:
    elder = structs.replace(person("elder", "Contoh Tetua"), **mine)
    another = structs.replace(person("elder", "Rudi Bupati"), **other)
    verdict = judged(hand, in_force(data=plan(IN_FORCE, people=(another, elder)), signers=(signer("elder"),)))
    assert ("note.other_official" in told(verdict)) is codes


def test_what_the_guideline_calls_a_role_stands_beside_words_of_the_plan(hand) -> None:
    people = (structs.replace(person("elder", "Contoh Tetua"), office={"id": "Bapak Bupati"}),)
    who = dataclasses.replace(signer("elder"), office="Bapak Bupati")
    verdict = judged(hand, in_force(data=plan(IN_FORCE, people=people), signers=(who,)))
    (shown,) = [one.office for one in verdict.signatures if one.role == "elder"]
    assert shown == "Tetua (Bapak Bupati)"


@pytest.mark.parametrize(
    ("office", "shown"),
    [
        ("Walikota Contoh, Tetua", "Tetua (Walikota Contoh, Tetua)"),
        ("Ymt. Bupati, Village elder", "Tetua (Ymt. Bupati, Village elder)"),
        ("Plt. Tetua", "Plt. Tetua"),
        ("Tetua Adat", "Tetua Adat"),
    ],
)
def test_it_stands_before_them_unless_they_begin_so(hand, office, shown) -> None:
    """Words that said the role's own name behind anything else stood alone."""
    people = (structs.replace(person("elder", "Contoh Tetua"), office={"id": office}),)
    who = dataclasses.replace(signer("elder"), office=office)
    verdict = judged(hand, in_force(data=plan(IN_FORCE, people=people), signers=(who,)))
    assert [one.office for one in verdict.signatures if one.role == "elder"] == [shown]


@pytest.mark.parametrize(
    ("office", "another"),
    [
        ("Walikota Contoh", True),
        *((f"{before}Wali Kota Contoh", True) for before in (
            "", "Plt. ", "Pjs. ", "Penjabat ", "Pejabat Sementara ", "Pelaksana Tugas ", "Pelaksana Harian ",
            "a.n. ", "a.n. Plt. ", "Atas nama ", "Plt.", "P.l.t. ", "a/n ", "Penjabat (Pj.) ", "(Plt.) ",
            "Pgs. ", "Pelaksana Tugas Harian (Plh.) ", "Plt-",
        )),
        ("W\u0101l\u012b Kota Contoh", True),
        ("Wakil Wali Kota Contoh", False),
        ("Penjabat Tetua", False),
        ("Forum Anak", False),
    ],
)  # fmt: skip
def test_an_office_that_is_shown_as_another_ones_is_told(hand, office, another) -> None:
    people = (structs.replace(person("elder", "Contoh Tetua"), office={"id": office}),)
    who = dataclasses.replace(signer("elder"), office=office)
    found = told(judged(hand, in_force(data=plan(IN_FORCE, people=people), signers=(who,))))
    assert found == (["note.other_office"] if another else [])


@pytest.mark.parametrize(
    ("acting", "office", "codes"),
    [
        ("", "Bupati Lampung Timur", ["note.other_office"]),
        ("", "  ketua  Adat ", []),
        # documents print what the plan calls it
        ("", "Tetua", ["note.other_office"]),
        ("", "elder", ["note.other_office"]),
        ("", "", ["note.other_office"]),
        ("", "Village elder", ["note.other_office"]),
        ("plt", "Plt. Ketua Adat", []),
        ("plt", "Ketua Adat", ["note.other_office"]),
        ("plt", "", ["note.other_office"]),
        ("plt", "elder", ["note.other_office"]),
        ("x", "Ketua Adat", ["note.other_office"]),
    ],
)
def test_the_office_beside_a_signer_is_the_plans_or_the_guidelines(hand, acting, office, codes) -> None:
    elder = person("elder", "Contoh Tetua")
    people = (structs.replace(elder, office={"id": "Ketua Adat", "en": "Village elder"}, acting=acting),)
    who = dataclasses.replace(signer("elder"), office=office)
    what = in_force(data=plan(IN_FORCE, people=people), signers=(who,))
    assert told(judged(hand, what)) == codes


@pytest.mark.parametrize(
    ("terms", "codes"),
    [
        ([{"acting": "plt", "since": day_of(38)}], []),
        ([{"acting": "plh", "until": day_of(-4)}], []),
        ([{"acting": "plt"}], ["note.other_office"]),
        ([{"acting": "plt", "since": day_of(38)}, {}], []),
        ([{"until": day_of(-4)}, {"acting": "plt", "since": day_of(-3)}], ["note.other_office"]),
        ([{}, {"acting": "plt", "since": day_of(-3)}], ["note.other_office"]),
        ([{"acting": "plt", "since": day_of(-3)}, {"since": day_of(-1)}], []),
    ],
    ids=[
        "acts later",
        "acted before",
        "acts now",
        "acts later, holds it now",
        "held it, acts now",
        "holds it without days, acts since",
        "acted, holds it since",
    ],
)
@pytest.mark.parametrize("name", ["", "Contoh Tetua"])
def test_who_acts_in_an_office_on_another_day_says_nothing_of_what_it_is_called(
    hand, terms, codes, name
) -> None:
    """An office that nobody holds is asked for by the guideline's word."""
    people = tuple(
        structs.replace(person("elder", "Contoh Tetua"), id=str(n), office={"id": "Tetua"}, **one)
        for n, one in enumerate(terms)
    )
    what = in_force(data=plan(IN_FORCE, people=people))
    what = dataclasses.replace(what, signers=(SealSigner("elder", name, "Tetua"),))
    found = [one for one in told(judged(hand, what)) if one == "note.other_office"]
    there = [one for one in terms if one.get("since", "") <= day_of(0) <= one.get("until", "9")]
    # somebody who is named without being there is told as such, and then as what the plan calls that person
    assert found == (codes if there or not name else ["note.other_office"])


def test_a_plan_does_not_word_an_office_as_another_role_is_called(hand) -> None:
    pack = load_pack(IN_FORCE)
    other = next(role.label.read("id") for role in pack.roles if role.id != "elder")
    for office in (other, f"Plt. {other} Lampung Timur"):
        people = (structs.replace(person("elder", "Contoh Tetua"), office={"id": office}),)
        who = dataclasses.replace(signer("elder"), office=office)
        what = in_force(data=plan(IN_FORCE, people=people), signers=(who,))
        (note,) = [one for one in judged(hand, what).reasons if one.code == "note.other_office"]
        # what it should be is not what was found fault with
        assert note.message.params["plan"] in {"Tetua", "Elder"}


def test_evidence_lies_where_it_is_laid() -> None:
    names = ((1, "SK.pdf"),)
    assert inside_module._is_called("evidence/001-SK.pdf", names, placed=True)
    for path in (
        "evidence/002-SK.pdf",
        "evidence/1-Surat-SK.pdf",
        "b\u0585oks/0-SK.pdf",
        "Buku III/0-SK.pdf",
    ):
        assert not inside_module._is_called(path, names, placed=True)
        assert inside_module._is_called(path, names, placed=False)


@pytest.mark.parametrize(
    ("name", "version", "codes"),
    [
        ("Rancang", "6.0.0rc1+local", []),
        ("Diverifikasi Kementerian", "6.0", ["note.other_program"]),
        ("Rancang", "SAH", ["note.other_program"]),
        ("Rancang", "1.SAH-DISETUJUI-MENTERI", ["note.other_program"]),
        ("Rancang", "6.0.0.dev12", []),
    ],
)
def test_the_name_of_the_program_is_no_place_for_a_sealers_words(name, version, codes) -> None:
    judge = Judge(Anchors(), NOW)
    manifest = SimpleNamespace(application=Application(name=name, version=version))
    asked_module._note_program(manifest, judge)
    assert [one.code for one in judge.reasons] == codes


def test_a_paraf_that_the_guideline_does_not_ask_for_is_told(hand) -> None:
    given = Initials(step=1, label="Paraf Menteri", state="initialled")
    assert told(judged(hand, in_force(initials=(given,)))) == ["note.other_initials"]


def test_a_paraf_bears_no_words_of_the_sealers_own() -> None:
    from desktop.guideline import load_pack
    from desktop.guideline.lookup import bundled_bytes
    from desktop.guideline.signing import initials_steps, label_of
    from desktop.submission.parafs import note_initials

    pack = load_pack(bundled_bytes("smart-city-2021"))
    number, step = next((n, one) for n, one in initials_steps(pack) if not one.per)
    office = label_of(pack, step.role).read("id")
    agency = AgencyPart(id="a", code="1", name={"id": "Dinas Kominfo"}, short_name="Diskominfo", head="")
    data = SimpleNamespace(agencies=(agency,))
    for label, codes in (
        (office, []),
        (f"Plt. {office}", []),
        ("Diverifikasi Kementerian Dalam Negeri: SAH", ["note.other_initials"]),
        (f"{office}, diverifikasi menteri", ["note.other_initials"]),
    ):
        judge = Judge(Anchors(), NOW)
        given = Initials(step=number, label=label, state="initialled")
        manifest = SimpleNamespace(initials=(given,), moment=NOW + dt.timedelta(days=90))
        note_initials(pack, manifest, data, judge)
        assert [one.code for one in judge.reasons] == codes


def test_parafs_that_the_guideline_asks_for_are_all_in_the_list() -> None:
    """Whoever signs a sheet sees by it who has not initialled yet."""
    from desktop.guideline.lookup import bundled_bytes
    from desktop.submission.order import noted_initials
    from desktop.submission.parafs import note_absent

    pack, data = load_pack(bundled_bytes("smart-city-2021")), read_data(plan())
    with clock.held(NOW.date()):
        noted = noted_initials(plan_from_data(data), pack)
    assert noted
    absent, many = ["note.initials_absent"], (noted[0],) * 500
    for some, codes in (
        (noted, []),
        (noted[1:], absent),
        ((), absent),
        (many, [*absent, "note.initials_worded"]),
    ):
        judge, later = Judge(Anchors(), NOW), NOW + dt.timedelta(days=90)
        note_absent(pack, SimpleNamespace(initials=some, moment=later), data, NOW.date(), judge)
        assert [one.code for one in judge.reasons] == codes


def test_officials_are_in_the_list_however_many_agencies_there_are() -> None:
    """Agencies that lead nothing kept anybody from asking; those that lead something fill the list."""
    from desktop.guideline.lookup import bundled_bytes
    from desktop.submission.manifest import MAXIMUM_INITIALS
    from desktop.submission.order import noted_initials
    from desktop.submission.parafs import note_absent
    from tests.books import plans

    pack = load_pack(bundled_bytes("smart-city-2021"))
    many = tuple(
        AgencyPart(id=f"{number:032x}", code="", name={"id": f"Dinas {number}"}, short_name="", head="")
        for number in range(600)
    )
    data = read_data(plan(agencies=many))
    few = plan_from_data(data)
    some = plans.plan().programmes[0]
    leading = tuple(dataclasses.replace(some, id=one.id, lead=one.id) for one in many)
    with clock.held(NOW.date()):
        noted = noted_initials(few, pack)
        long = noted_initials(dataclasses.replace(few, programmes=leading), pack)
    assert (len(noted) < 10, len(long)) == (True, MAXIMUM_INITIALS)
    for listed, codes in ((noted, []), (long, []), (noted[1:], ["note.initials_absent"])):
        judge, later = Judge(Anchors(), NOW), NOW + dt.timedelta(days=90)
        note_absent(pack, SimpleNamespace(initials=listed, moment=later), data, NOW.date(), judge)
        assert [one.code for one in judge.reasons] == codes


@pytest.mark.parametrize(
    ("state", "office", "name", "told_of"),
    [
        ("waiting", None, None, False),
        ("waiting", "Kepala Bagian Umum", None, True),
        ("waiting", None, "Sutrisno, S.Sos", True),
        ("waiting", "{} (Sudah paraf). Bupati menyetujui pinjaman daerah", None, True),
        ("initialled", None, "Dra. Hj. Sri Rahayu, M.Si.", False),
        ("initialled", "Plh. {}", "Raden O’Neil-Smith", False),
        ("initialled", "{} Kabupaten Contoh", "", False),
        ("changed", "{} Contoh", "", False),
        ("initialled", "Kepala Bagian Umum", "Sutrisno", True),
        ("initialled", "{}. Bupati menyetujui pinjaman daerah", "Sutrisno", True),
        ("initialled", "Sekda", "Bunga Contoh (contoh)", False),
        ("initialled", "{} Kab. Contoh", "Drs. Agus Contoh, M.M.", False),
        ("initialled", "{} Kab. Ogan Komering Ulu Timur", "Drs. Agus Contoh, M.M.", True),
        ("initialled", "PLT SEKDA KABUPATEN CONTOH", "I Gusti Agung Ayu Bintang Darmawati, S.E.", False),
        ("initialled", "Asisten Administrasi Umum a.n. {}", "Sutrisno", False),
        ("initialled", "Plh. Asisten Perekonomian dan Pembangunan atas nama Sekda Kab. Contoh", "", False),
        ("initialled", "Assistant for General Administration on behalf of Regional secretary", "", False),
        ("initialled", "Asisten Utang a.n. {}", "Sutrisno", True),
        ("initialled", "Bukan {}", "Sutrisno", True),
        ("initialled", "Sekda Menyetujui Pinjaman Daerah Lima Ratus Miliar Rupiah", "Sutrisno", True),
        ("initialled", "Sekda. Paraf. Sudah. Sah. Semua. Final. Tetap. Utang. Baru.", "Sutrisno", True),
        ("initialled", None, "dari PT Maju Sentosa Abadi", True),
        ("initialled", None, "dan Bupati bersedia menanggung semuanya", True),
        ("initialled", None, "Utang. Ke. Bank. Setuj. Penuh.", True),
        ("initialled", None, "Sri menyerahkan tanah ulayat kampung guna. usaha. emas. Jaya.", True),
        ("initialled", None, "Oleh Soleh", False),
        ("initialled", None, "Tengku Raja Muhammad Abdul Aziz bin Sultan Mahmud", False),
        ("initialled", None, "dr. Hj. Siti Nurhaliza, Sp.PD-KGEH.", False),
        ("initialled", None, "Laksamana Pertama TNI (Purn.) Andi", False),
        ("initialled", None, "Prof. Dr. Ir. H. Andi, S.T., M.T., M.Eng.Sc., IPU., ASEAN Eng.", False),
        ("initialled", "{} yang menyetujui pinjaman daerah dari PT Maju Sentosa", "Sutrisno", True),
        ("initialled", None, "Bupati sekaligus menyetujui pinjaman daerah sebesar lima ratus miliar", True),
        ("initialled", None, "Sutrisno (Sudah paraf); Bupati menyetujui Rp500.000.000", True),
        ("returned", None, "x" * 200, True),
    ],
)
def test_a_list_of_initials_calls_officials_as_plan_and_guideline_do(state, office, name, told_of) -> None:
    """Its label is not what stands on the sheet: whole sentences stood in the place of an office."""
    from desktop.guideline.lookup import bundled_bytes
    from desktop.submission.order import noted_initials
    from desktop.submission.parafs import note_absent

    pack, data = load_pack(bundled_bytes("smart-city-2021")), read_data(plan())
    with clock.held(NOW.date()):
        noted = noted_initials(plan_from_data(data), pack)
    (first,) = (one for one in noted if one.label == "Sekretaris Daerah")
    others = [one for one in noted if one is not first]
    said = {"office": office.format(first.office)} if office is not None else {}
    said |= {"name": name} if name is not None else {}
    listed = (structs.replace(first, state=state, **said), *others)
    judge, later = Judge(Anchors(), NOW), NOW + dt.timedelta(days=90)
    note_absent(pack, SimpleNamespace(initials=listed, moment=later), data, NOW.date(), judge)
    assert [one.code for one in judge.reasons] == ["note.initials_worded"] * told_of


@pytest.mark.parametrize(
    ("office", "name", "told_of"),
    [
        ("Kepala Perangkat Daerah", "", []),
        ("", "", []),
        ("Plt. Kepala Dinas Pemberdayaan Perempuan, Perlindungan Anak, dan KB", "dr. Andi Contoh, Sp.A.", []),
        ("Kepala DP3AP2KB", "Hj. Sri Rahayu", []),
        ("Sekretaris Daerah", "Drs. Agus Contoh, M.M.", []),
        ("Sekretaris Dinas Kominfo a.n. Kepala Dinas", "Sutrisno", []),
        ("Inspektur", "Sutrisno", []),
        ("Kepala Perangkat Daerah", "Kepala Dinas PUPR (contoh)", []),
        ("Kepala Perangkat Daerah", "Ir. Andi, Kepala Dinas PUPR", []),
        ("Kepala", "Mayor (Purn.) Andi Contoh", []),
        ("Kepala", "Bupati Contoh", ["note.initials_worded"]),
        ("Direktur RSUD dr. Contoh", "Sutrisno", []),
        ("Camat Sungai Raya", "Sutrisno", []),
        ("Kepala Satuan Polisi Pamong Praja", "Sutrisno", []),
        ("Kepala Bagian Protokol Sekretariat Wali Kota", "Sutrisno", []),
        ("Bupati Lampung Timur", "Sutrisno", ["note.initials_worded"]),
        ("Plt. Bupati", "Sutrisno", ["note.initials_worded"]),
        ("Kepala Dinas Pendidikan a.n. Wali Kota Contoh", "Sutrisno", ["note.initials_worded"]),
        ("Bupati menyetujui pinjaman daerah Rp500 miliar", "", ["note.initials_worded"]),
        ("Kepala Dinas menyetujui pinjaman daerah Rp500 miliar", "", ["note.person_worded"]),
        ("Kepala", "Bupati menyetujui pinjaman daerah Rp500 miliar", ["note.initials_worded"]),
        ("Kepala", "Kepala menyetujui pinjaman daerah Rp500 miliar", ["note.person_worded"]),
        ("Kepala", "Sutrisno. Sudah diperiksa Kementerian", ["note.person_worded"]),
    ],
)
@pytest.mark.parametrize("state", ["initialled", "waiting"])
def test_whoever_initials_for_an_agency_has_an_office_and_a_name(state, office, name, told_of) -> None:
    """Verdicts and their papers show both; they were any text, and said that the head of region agrees."""
    from desktop.guideline.lookup import bundled_bytes
    from desktop.guideline.signing import initials_steps
    from desktop.submission.order import noted_initials
    from desktop.submission.parafs import note_absent

    pack, data = load_pack(bundled_bytes("smart-city-2021")), read_data(plan())
    step = next(number for number, one in initials_steps(pack) if one.per)
    with clock.held(NOW.date()):
        noted = noted_initials(plan_from_data(data), pack)
    given = Initials(step=step, label="Kepala Diskominfo", state=state, name=name, office=office)
    judge, later = Judge(Anchors(), NOW), NOW + dt.timedelta(days=90)
    note_absent(pack, SimpleNamespace(initials=(given, *noted), moment=later), data, NOW.date(), judge)
    assert [one.code for one in judge.reasons] == told_of


def test_an_official_initials_once() -> None:
    """Each further entry of the same step stood on the sheet too, as many as one likes."""
    from desktop.guideline.lookup import bundled_bytes
    from desktop.submission.order import noted_initials
    from desktop.submission.parafs import note_absent

    pack, data = load_pack(bundled_bytes("smart-city-2021")), read_data(plan())
    with clock.held(NOW.date()):
        noted = noted_initials(plan_from_data(data), pack)
    (first,) = (one for one in noted if one.label == "Sekretaris Daerah")
    at = noted.index(first) + 1
    given = structs.replace(first, state="initialled", name="Sutrisno")
    later = NOW + dt.timedelta(days=90)
    for again in (given, structs.replace(given, label="Plt. Sekretaris Daerah")):
        judge = Judge(Anchors(), NOW)
        listed = (*noted[:at], again, *noted[at:])
        note_absent(pack, SimpleNamespace(initials=listed, moment=later), data, NOW.date(), judge)
        assert [one.code for one in judge.reasons] == ["note.initials_worded"]


def test_where_the_checks_cannot_be_asked_about_the_data_that_is_told(hand, monkeypatch) -> None:
    """Nothing was said of what is set aside, nor of initials; a day that is none is now no data at all."""
    from desktop.checks import evidence as checked

    def proves(file: object) -> bool:
        if getattr(file, "name", "") == "raises.pdf":
            raise ValueError
        return was(file)

    was = checked._proves
    monkeypatch.setattr(checked, "_proves", proves)
    monkeypatch.setattr(inside_module, "STRICT_SINCE", CHANGED)
    aside = (SetAsidePart(finding="0" * 16, reason="menunggu arahan", author="Sari"),)
    rule = Rule(id="expired", check="evidence_expired", list="hint")
    pack = load_pack(IN_FORCE)
    asks = write_pack(structs.replace(pack, rules=(*pack.rules, rule)))
    claim = ClaimPart(table="answer", row="", field="", item="town.trees", scope="")
    for name, day, more in (
        ("a.pdf", "", set()),
        ("a.pdf", "2026-01-01", set()),
        ("raises.pdf", "2026-01-01", {"note.not_counted"}),
        ("a.pdf", "-", {"missing.data"}),
    ):
        proof = EvidencePart(
            id="e", sha256="0" * 64, name=name, media_type="application/pdf", size=1, caption={},
            claims=(claim,), valid_until=day,
        )  # fmt: skip
        data = plan(asks, set_aside=aside, evidence=(proof,))
        found = told(judged(hand, whole(pack=asks, data=data)))
        assert {"note.not_counted", "missing.data"} & set(found) == more, (name, day)


def test_where_nobody_can_be_asked_whose_initials_there_must_be_that_is_told(monkeypatch) -> None:
    from desktop.checks import initials
    from desktop.guideline.lookup import bundled_bytes
    from desktop.submission.parafs import note_absent

    def raises(*_given: object) -> None:
        raise ValueError

    monkeypatch.setattr(initials, "parafs", raises)
    judge, later = Judge(Anchors(), NOW), NOW + dt.timedelta(days=90)
    pack = load_pack(bundled_bytes("smart-city-2021"))
    note_absent(pack, SimpleNamespace(initials=(), moment=later), read_data(plan()), NOW.date(), judge)
    assert [one.code for one in judge.reasons] == ["note.not_counted"]


# -- the frame ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name", ["META-INF/signatures-bupati.xml", "META-INF/x.tst", "meta-inf/a", "MIMETYPE"]
)
def test_no_data_file_has_a_name_of_the_frame(hand, tmp_path, name) -> None:
    path = tmp_path / "x.asice"
    seal(quiet, in_force(), path)
    _, manifest = tamper.read(path)
    added = PackedFile(
        path=name, media_type="text/xml", role="evidence", size=3, sha256=hashlib.sha256(b"<a>").hexdigest()
    )
    listed = tuple(sorted((*manifest.files, added), key=lambda one: one.path.encode()))
    tamper.forge(
        path, path, lambda files: files.update({name: b"<a>"}), lambda m: structs.replace(m, files=listed)
    )
    verdict = verify(path, hand.anchors, NOW)
    assert verdict.reasons[0].code in {"content.extra", "name.twice"}


def test_a_document_signed_beside_the_manifest_is_refused(hand, tmp_path) -> None:
    """Whole or broken, nobody has judged that signature."""
    books = documents(look=("mayor",))
    signed = tamper.read(hand.sign(in_force(books=books), mayor="mayor"))[0]["books/look.id.pdf"]
    for content in (signed, signed.replace(b"Halaman", b"Halamam") or signed):
        book = SealFile("books/look.id.pdf", "application/pdf", "book", content, (), 1)
        verdict = judged(hand, in_force(books={**documents(), book.path: book}))
        assert verdict.kind is VerdictKind.REFUSED
        # what was written behind a sealed document is not as we seal one, whatever it is
        assert verdict.reasons[0].code in {"pdf.other_signatures", "pdf.hidden"}


@pytest.mark.parametrize(
    "edit",
    [
        lambda m: structs.replace(m, region=structs.replace(m.region, name="x" * 1001)),
        lambda m: structs.replace(m, notes=("x",) * 300),
        lambda m: structs.replace(m, initials=(Initials(step=1, label="x", state="waiting"),) * 501),
    ],
)
def test_no_text_of_the_manifest_is_without_end(hand, tmp_path, edit) -> None:
    path = tmp_path / "x.asice"
    seal(quiet, in_force(), path)
    tamper.forge(path, path, lambda files: None, edit)
    assert verify(path, hand.anchors, NOW).reasons[0].code == "manifest.malformed"


@pytest.mark.parametrize(
    "edit",
    [
        lambda m: structs.replace(m, previous="\n"),
        lambda m: structs.replace(m, open_mandatory=(1 << 64) - 1),
        lambda m: structs.replace(m, period=structs.replace(m.period, first_year=2031)),
        lambda m: structs.replace(
            m, initials=(Initials(step=1, label="x", state="waiting", date="2026-11-24\n"),)
        ),
    ],
)
def test_what_a_manifest_says_has_sense(hand, tmp_path, edit) -> None:
    path = tmp_path / "x.asice"
    seal(quiet, in_force(), path)
    tamper.forge(path, path, lambda files: None, edit)
    assert verify(path, hand.anchors, NOW).reasons[0].code == "manifest.malformed"


def test_a_region_of_another_name_is_told(hand, monkeypatch) -> None:
    monkeypatch.setattr(inside_module, "STRICT_SINCE", CHANGED)
    malang = RegionPart(code="18.07", name="Kabupaten Malang", kind="kabupaten", province="Lampung")
    lampung = RegionPart(code="18.07", name="Kabupaten Lampung Timur", kind="kabupaten", province="Lampung")
    # documents print the province as well, and a city has a mayor
    elsewhere, city = structs.replace(lampung, province="Jambi"), structs.replace(lampung, kind="kota")
    other = ["note.other_region"]
    for region, codes in ((malang, other), (elsewhere, other), (city, other), (lampung, [])):
        data = plan(IN_FORCE, region=region)
        found = told(judged(hand, in_force(data=data, region_name=region.name)))
        assert [one for one in found if one != "note.no_fingerprint"] == codes


def test_a_document_of_another_media_type_is_one_all_the_same(hand) -> None:
    for kind in ("application/PDF", "text/html"):
        books = documents()
        books["books/look.id.pdf"] = dataclasses.replace(books["books/look.id.pdf"], media_type=kind)
        assert judged(hand, in_force(books=books)).reasons[0].code == "pdf.not_a_document"


def test_who_closes_the_package_unasked_is_told(hand) -> None:
    more = SealSigner("mayor", "Contoh Wali Kota", "mayor")
    what = in_force(signers=(*in_force().signers, more))
    assert told(judged(hand, what)) == ["missing.container_signature", "note.not_by_guideline"]


def test_what_a_guideline_calls_a_role_that_nobody_here_knows_stands_at_no_signature(hand) -> None:
    """Whoever seals writes a guideline of his own, in which a role is called a sentence."""
    sentence = "Tetua. Paket ini telah diterima LENGKAP oleh Menteri"
    for content, known in ((IN_FORCE, True), (guideline(status="in-force", version="77"), False)):
        pack = load_pack(content)
        label = "Tetua" if known else sentence
        labels = tuple(
            structs.replace(one, label=LocalText({"id": label, "en": label})) for one in pack.roles
        )
        own = content if known else write_pack(structs.replace(pack, roles=labels))
        (closing,) = (
            one for one in judged(hand, whole(pack=own)).signatures if not one.file and one.role == "elder"
        )
        assert sentence not in closing.office
        for language in Language:
            said = render(signed_as(closing), language)
            assert (said[0], said[-1]) == ("“", "”")


@pytest.mark.parametrize(
    ("names", "closer", "role", "meaning"),
    [
        ({"elder": "Contoh Tetua"}, "elder", "elder", "incomplete"),
        ({"elder": ""}, "elder", "elder", "incomplete"),
        ({"elder": "Contoh Tetua"}, "mayor", "elder", "incomplete_unvouched"),
        ({"elder": "Contoh Tetua"}, "mayor", "saksi", "incomplete_unvouched"),
        ({"mayor": "Contoh Wali Kota"}, "mayor", "mayor", "incomplete_unvouched"),
        ({}, "mayor", "saksi", "incomplete_unvouched"),
    ],
    ids=["the official", "nobody named", "somebody else", "unasked", "asked by the sealer", "asks nobody"],
)
def test_who_closes_an_incomplete_package_vouches_only_if_asked(hand, names, closer, role, meaning) -> None:
    """Closed by any certified stranger alone it was "not a forgery" and its own words "proven"."""
    signers = tuple(SealSigner(one, name, one) for one, name in names.items())
    path = hand.close(in_force(signers=signers, open_mandatory=3), closer, role)
    verdict = verify(path, hand.anchors, NOW)
    assert verdict.kind is VerdictKind.INCOMPLETE
    assert verdict.meaning == Message(f"submission.meaning.{meaning}")
    own = meaning == "incomplete"
    claims = render(Message("submission.report.claims"), Language.ID)
    heads = [text_of(one.line) for one in compose_verdicts([verdict], Language.ID).elements
             if isinstance(one, Paragraph)]  # fmt: skip
    assert (verdict.vouched, report_of(verdict, Language.ID).proven, claims not in heads) == (own, own, own)


def test_beside_the_official_a_stranger_is_told_in_the_headline_of_an_incomplete_package(hand) -> None:
    path = hand.close(in_force(open_mandatory=3), "elder", "elder")
    files, manifest = tamper.read(path)
    with hand.keys["mayor"].open() as key:
        files[signature_name(1)] = sign_xades(data_files(manifest), key, 1, NOW, ("saksi",))
    verdict = verify(tamper.write(files, manifest, path), hand.anchors, NOW)
    assert verdict.vouched
    assert verdict.meaning == Message("submission.meaning.incomplete_unasked")


def test_who_signs_the_sheet_or_evidence_unasked_is_told() -> None:
    def file(path: str, role: str) -> PackedFile:
        kind, who = "application/pdf", (Expected(role="bupati", office="Bupati"),)
        return PackedFile(path=path, media_type=kind, role=role, size=1, sha256="0" * 64, signers=who)

    files = [file("approval/lembar-pengesahan.id.pdf", "approval"), file("evidence/1.pdf", "evidence")]
    manifest = SimpleNamespace(files=files, signers=())
    found = list(asked_module.not_asked_for(load_pack(SIGNED), manifest, "id"))
    assert [(path, one.role) for path, one in found] == [(each.path, "bupati") for each in files]


def test_who_signs_a_document_unasked_is_told(hand) -> None:
    assert told(judged(hand, in_force(books=documents(look=("mayor",))))) == ["note.not_by_guideline"]


def test_a_translation_that_waits_for_a_signature_is_told(hand) -> None:
    """A letter as the English book, in an Indonesian plan: the program called it that before the key."""
    asks = asking()
    english = {path.replace(".id.", ".en."): file for path, file in asks.items()}
    both = {path: dataclasses.replace(file, path=path) for path, file in (asks | english).items()}
    package = SimpleNamespace(files=tuple(both.values()), signers=())
    for language, unasked in (("id", set(english)), ("en", set(asks)), ("", set())):
        found = asked_module.not_asked_for(load_pack(SIGNED), package, language)
        assert {path for path, _ in found} == unasked


def test_a_document_without_the_fingerprint_is_told(hand, monkeypatch) -> None:
    from tests.submission.hostile.insiders import printed

    monkeypatch.setattr(inside_module, "STRICT_SINCE", CHANGED)
    lampung = RegionPart(code="18.07", name="Kabupaten Lampung Timur", kind="kabupaten", province="Lampung")
    data = plan(IN_FORCE, region=lampung)
    what = in_force(data=data, region_name=lampung.name)
    assert set(told(judged(hand, what))) == {"note.no_fingerprint"}
    info = load_pack(IN_FORCE).pack
    shas = [hashlib.sha256(one).hexdigest() for one in (data, IN_FORCE)]
    letters = content_fingerprint(shas[0], info.id, info.version, shas[1], [])
    books = {
        path: dataclasses.replace(file, content=printed(letters), pages=2)
        for path, file in documents().items()
    }
    assert told(judged(hand, in_force(data=data, region_name=lampung.name, books=books))) == []


def test_evidence_has_the_name_that_the_plan_gives_it(hand) -> None:
    content = b"\xff\xd8 foto"
    sha = hashlib.sha256(content).hexdigest()
    one = EvidencePart(
        id="e", sha256=sha, name="SK 2025.jpg", media_type="image/jpeg", size=7, caption={}, claims=()
    )
    data = plan(IN_FORCE, evidence=(one,))
    for name, codes in (("001-SK-2025.jpg", []), ("002-SK-2026.jpg", ["note.evidence_name"])):
        piece = SealFile(f"evidence/{name}", "image/jpeg", "evidence", content)
        assert told(judged(hand, in_force(data=data, books={**documents(), "e": piece}))) == codes


@pytest.mark.parametrize("role", ["other", "data"])
@pytest.mark.parametrize("path", ["Buku III - perubahan.pdf", "evidence/002-SK-2026.jpg"])
def test_evidence_under_a_name_of_the_sealers_is_told_whatever_it_is_said_to_be(
    hand, monkeypatch, role, path
) -> None:
    content = b"\xff\xd8 foto"
    sha = hashlib.sha256(content).hexdigest()
    one = EvidencePart(
        id="e", sha256=sha, name="SK 2025.jpg", media_type="image/jpeg", size=7, caption={}, claims=()
    )
    pieces = {
        "e": SealFile("evidence/001-SK-2025.jpg", "image/jpeg", "evidence", content),
        "f": SealFile(path, "image/jpeg", role, content),
    }
    what = in_force(data=plan(IN_FORCE, evidence=(one,)), books={**documents(), **pieces})
    monkeypatch.setattr(inside_module, "STRICT_SINCE", CHANGED)
    found = [one for one in judged(hand, what).reasons if one.code == "note.evidence_name"]
    assert [one.message.params["file"] for one in found] == [path]


def test_evidence_has_the_number_by_which_documents_speak_of_it(hand, monkeypatch) -> None:
    """Photos of a telephone have one name, so whoever closes a package could exchange them."""
    monkeypatch.setattr(inside_module, "STRICT_SINCE", CHANGED)
    contents = (b"\xff\xd8 satu", b"\xff\xd8 dua")
    listed = tuple(
        EvidencePart(
            id=str(number), sha256=hashlib.sha256(content).hexdigest(), name="foto.jpg",
            media_type="image/jpeg", size=len(content), caption={}, claims=(),
        )
        for number, content in enumerate(contents)
    )  # fmt: skip
    for numbers, codes in (((1, 2), []), ((2, 1), ["note.evidence_name"] * 2)):
        pieces = {
            str(number): SealFile(f"evidence/{number:03d}-foto.jpg", "image/jpeg", "evidence", content)
            for number, content in zip(numbers, contents, strict=True)
        }
        what = in_force(data=plan(IN_FORCE, evidence=listed), books={**documents(), **pieces})
        found = [one.code for one in judged(hand, what).reasons]
        assert [one for one in found if one.startswith("note.evidence")] == codes


def test_evidence_of_the_plan_that_is_not_in_the_package_is_told(hand) -> None:
    one = EvidencePart(
        id="e", sha256="1" * 64, name="SK.pdf", media_type="application/pdf", size=9, caption={}, claims=()
    )
    verdict = judged(hand, in_force(data=plan(IN_FORCE, evidence=(one,))))
    assert told(verdict) == ["note.evidence_absent"]
    assert "SK.pdf" in render(verdict.reasons[0].message, Language.ID) + render(
        verdict.reasons[-1].message, Language.ID
    )


def test_evidence_that_the_plan_does_not_list_is_told(hand, monkeypatch) -> None:
    piece = SealFile("Buku III.pdf", "application/pdf", "evidence", page())
    what = in_force(books={**documents(), "e": piece})
    assert told(judged(hand, what)) == []
    monkeypatch.setattr(inside_module, "STRICT_SINCE", CHANGED)
    found = [one for one in judged(hand, what).reasons if one.code == "note.evidence_unlisted"]
    assert [one.message.params["file"] for one in found] == ["Buku III.pdf"]


# -- claims ------------------------------------------------------------------------------------------
def test_an_office_claimed_besides_is_told() -> None:
    judge = Judge(Anchors(), NOW)
    persons.note_claims(Expected(role="elder", office="Tetua"), ("elder", "Tetua", "mayor"), "Budi", judge)
    persons.note_claims(None, ("elder", "mayor"), "Budi", judge)
    assert [(one.code, one.message.params["role"]) for one in judge.reasons] == [("note.not_asked", "mayor")]


def test_two_certificates_for_one_office_are_told_and_neither_is_unasked() -> None:
    """A namesake who is quicker made the official's own signature the one that nobody asked for."""

    def signed(file: str, name: str, certificate: str, *, test: bool = False) -> SignatureReport:
        return SignatureReport(file, "elder", name, "", "CA", certificate, NOW, test, "own", False)

    def judged_(*reports: SignatureReport, coming: str = "") -> tuple[list[bool], list[tuple[str, ...]]]:
        judge = Judge(Anchors(), NOW, coming=(coming, True))
        judge.reports += reports
        one = Expected(role="elder", name="Tetua")
        files = (SimpleNamespace(path="a.pdf", signers=(one,)),)
        persons.mark_asked(SimpleNamespace(signers=(one,), files=files), judge)
        shared_roles.note_shared(judge)
        told_ = [(each.code, *sorted(map(str, each.message.params.values()))) for each in judge.reasons]
        return [each.asked for each in judge.reports], told_

    both = ("note.two_for_one", "CA", "CA", "Tetua", "Tetua, M.Si.", "elder")
    first, second = signed("a.pdf", "Tetua", "a" * 64), signed("", "Tetua, M.Si.", "b" * 64)
    assert judged_(first, second) == ([True, True], [both]), "in a document and over the package"
    assert judged_(over_package(first), second) == ([True, True], [both]), "over the package twice"
    assert judged_(first, over_package(first)) == ([True, True], []), "one certificate"
    assert judged_(first, signed("", "Lain", "x"), signed("", "Tetua", "y", test=True))[1] == []
    already = ("sign.already", "CA", "Tetua", "aaaa aaaa aaaa aaaa", "elder")
    assert judged_(first, coming="elder")[1] == [already]
    assert judged_(first, coming="mayor")[1] == []


def over_package(one: SignatureReport) -> SignatureReport:
    return dataclasses.replace(one, file="")


def test_a_root_that_is_believed_for_one_call_makes_nothing_simply_valid(tmp_path) -> None:
    root = pki.make("Induk", ca=True)
    pem = tmp_path / "root.pem"
    pem.write_bytes(root.certificate.public_bytes(Encoding.PEM))
    for anchors, codes in ((Anchors().plus(pem), ["note.passing_anchor"]), (pki.believe(root), [])):
        judge = Judge(anchors, NOW)
        judge.believe(pki.make("Budi", root).certificate, (), NOW, file="", role="elder")
        assert [one.code for one in judge.reasons] == codes


def test_data_in_which_one_thing_stands_twice_are_no_plan(hand, monkeypatch) -> None:
    """Registers would read one of the two, documents print the other."""
    monkeypatch.setattr(inside_module, "STRICT_SINCE", CHANGED)
    twice = (person("mayor", "Ratna"),) * 2
    assert judged(hand, in_force(data=plan(IN_FORCE, people=twice))).reasons[0].code == "data.not_canonical"


def test_documents_of_a_day_to_come_are_told(hand, monkeypatch) -> None:
    def sealed(day: dt.date) -> set[str]:
        return {one.code for one in judged(hand, dataclasses.replace(in_force(), printed_on=day)).reasons}

    assert "note.printed_for" not in sealed(NOW.date())
    assert "note.printed_for" in sealed(NOW.date() + dt.timedelta(days=400))
    assert "note.printed_for" in sealed(CHANGED.date() - dt.timedelta(days=2))


def test_officials_who_changed_between_the_documents_and_their_signing_are_told(
    hand, monkeypatch, tmp_path
) -> None:
    """Else every document names one head, manifest and sheet another, and each speaks of another day."""
    elder, between, signed = person("elder", "Contoh Tetua"), NOW - dt.timedelta(days=30), NOW.date()
    early = CHANGED - dt.timedelta(days=60)
    monkeypatch.setattr(inside_module, "STRICT_SINCE", early)
    own = read_data(plan(IN_FORCE)).workspace
    workspace, changed = structs.replace(own, changed_at=moment_text(early)), early.date()

    def noted(*people: PersonPart, printed: dt.date | None = None) -> list[dict[str, object]]:
        everybody = (person("mayor", "Contoh Wali Kota"), *people)
        data = plan(IN_FORCE, people=everybody, workspace=workspace)
        what = in_force(data=data, printed_on=printed, changed_at=early)
        found = judged(hand, what).reasons
        return [dict(one.message.params) for one in found if one.code == "note.officials_since"]

    gone = structs.replace(person("elder", "Rudi"), id="r", until=between.date().isoformat())
    come = structs.replace(elder, since=(between.date() + dt.timedelta(days=1)).isoformat())
    (one,) = noted(gone, come)
    assert (one["before"], one["after"], one["day"]) == ("Rudi (elder)", "Contoh Tetua (elder)", changed)
    assert noted(gone, come, printed=between.date() + dt.timedelta(days=1)) == [], "printed as of the change"
    assert [each["day"] for each in noted(gone, come, printed=signed)] == [changed], "no day of the plan's"
    acting = structs.replace(elder, id="r", acting="plt", until=gone.until)
    assert [each["before"] for each in noted(acting, come)] == ["Contoh Tetua (Plt. elder)"]
    # nothing changes by it: terms before and after, a second term of the same, one that ends as it is signed
    assert noted(structs.replace(gone, until="2020-01-01"), structs.replace(elder, since="2020-01-02")) == []
    assert noted(structs.replace(elder, id="r", until=gone.until), come) == []
    assert noted(structs.replace(elder, until=signed.isoformat())) == []
    # a term that is renewed on its last day
    renewed = structs.replace(elder, id="r", since=signed.isoformat())
    assert noted(structs.replace(elder, until=signed.isoformat()), renewed) == []
    # a day that is none would end no term in some eyes, and end it in those of documents
    odd = structs.replace(elder, until=f"{signed:%Y-%m}-00")
    assert "missing.data" in told(judged(hand, in_force(data=plan(IN_FORCE, people=(odd,)))))
    # who is asked is asked as of the documents' day, so nobody is accused of what nobody has signed yet
    what = in_force(data=plan(IN_FORCE, people=(gone, come), workspace=workspace), changed_at=early)
    for printed, codes in ((between.date() + dt.timedelta(days=1), []), (None, ["note.other_official"])):
        target = tmp_path / f"{printed}.asice"
        seal(quiet, dataclasses.replace(what, printed_on=printed), target)
        assert [one for one in told(verify(target, hand.anchors, NOW)) if "official" in one][:1] == codes
    # nobody signs for this office; it is known all the same
    (one,) = noted(elder, structs.replace(gone, role="", office={"id": "Camat"}))
    assert (one["role"], one["before"], one["after"]) == ("Camat", "Rudi (Camat)", "\N{EN DASH}")


SEALED = SimpleNamespace(moment=NOW, signers=(), files=(), region=SimpleNamespace(code="18.07"))


def test_a_timestamp_that_is_added_later_makes_no_officials_of_later() -> None:
    claimed, proven = NOW, NOW + dt.timedelta(days=30)
    people = (
        structs.replace(person("elder", "Rudi"), until=day_of(10)),
        structs.replace(person("elder", "Joko"), since=day_of(11)),
    )
    data, pack = read_data(plan(people=people)), load_pack(IN_FORCE)
    for moments, told_ in (
        ((claimed, None), 0),
        ((claimed, proven), 0),
        ((proven, None), 1),
        # at the latest then: it may have been made as long as they were in office
        ((None, proven), 0),
    ):
        judge = Judge(Anchors(), proven)
        one = SignatureReport("", "elder", "Rudi", "", "", "", moments[0], False, "", False)
        judge.reports.append(dataclasses.replace(one, proven_at=moments[1]))
        days = signing_days(judge.reports, SEALED, judge.now, data.people)
        documents_day.note_officials_since(SEALED, NOW.date(), data, pack, days, judge)
        assert len(judge.reasons) == told_, moments


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        ("until", "Joko (elder), Rudi (elder)", "Rudi (elder)"),
        ("since", "Rudi (elder)", "Joko (elder), Rudi (elder)"),
    ],
)
def test_an_office_of_two_is_not_said_to_be_nobodys(change, before, after) -> None:
    """One of them goes, or a second one comes; the other one stays."""
    people = (person("elder", "Rudi"), structs.replace(person("elder", "Joko"), **{change: day_of(10)}))
    judge = Judge(Anchors(), NOW + dt.timedelta(days=20))
    judge.reports.append(SignatureReport("", "elder", "Rudi", "", "", "", judge.now, False, "", False))
    data, pack = read_data(plan(people=people)), load_pack(IN_FORCE)
    days = signing_days(judge.reports, SEALED, judge.now, data.people)
    documents_day.note_officials_since(SEALED, NOW.date(), data, pack, days, judge)
    (one,) = judge.reasons
    assert (one.message.params["before"], one.message.params["after"]) == (before, after)


@pytest.mark.parametrize(
    ("name", "test", "asked"),
    [
        ("Rudi", True, True),
        ("Rudi", False, True),
        ("Siti", False, False),
        ("Siti", True, False),
        ("Rudi Budi", False, False),
    ],
)
def test_a_later_signature_for_the_same_office_makes_nobody_another_official(name, test, asked) -> None:
    """Anybody can close a copy once more, and say that it was when somebody else held the office."""
    people = (
        structs.replace(person("elder", "Rudi"), until=day_of(10)),
        structs.replace(person("elder", "Joko"), since=day_of(11)),
    )
    later = NOW + dt.timedelta(days=20)
    judge = Judge(Anchors(), later)
    own = SignatureReport("", "elder", "Rudi", "", "", "", NOW, False, "", False)
    other = dataclasses.replace(own, holder=name, claimed_at=later, test=test, asked=asked)
    judge.reports += [own, other]
    data = read_data(plan(people=people))
    days = signing_days(judge.reports, SEALED, judge.now, data.people)
    expected = SimpleNamespace(role="elder", name="Rudi", office="", certificate="")
    sealed = SimpleNamespace(**{**vars(SEALED), "signers": (expected,)})
    note_named(sealed, data, None, days, judge)
    # what is told of a stranger is told by name; of one who is called the same it would be taken for hers
    assert [one.message.params["holder"] for one in judge.reasons] == ([name] if name != "Rudi" else [])
    assert [one.asked for one in judge.reports] == [True, False]


def test_who_closes_once_more_when_in_office_has_mended_it() -> None:
    """The first time was between two terms of hers."""
    own = structs.replace(person("elder", "Rudi"), until=day_of(1))
    people = (
        own,
        structs.replace(person("elder", "Joko"), since=day_of(2), until=day_of(9)),
        structs.replace(own, id="again", since=day_of(10), until=""),
    )
    judge, data = Judge(Anchors(), NOW + dt.timedelta(days=20)), read_data(plan(people=people))
    for day in (5, 15):
        moment = NOW + dt.timedelta(days=day)
        judge.reports.append(SignatureReport("", "elder", "Rudi", "", "", "", moment, False, "", False))
    days = signing_days(judge.reports, SEALED, judge.now, data.people)
    expected = SimpleNamespace(role="elder", name="Rudi", office="", certificate="")
    note_named(SimpleNamespace(**{**vars(SEALED), "signers": (expected,)}), data, None, days, judge)
    assert ([one.code for one in judge.reasons], [one.asked for one in judge.reports]) == ([], [False, True])


def test_each_document_is_signed_by_whom_it_names() -> None:
    """An early signature by the one whom all of them name says nothing of those that the next one signs."""
    people = (
        structs.replace(person("elder", "Rudi"), until=day_of(10)),
        structs.replace(person("elder", "Joko"), since=day_of(11)),
    )
    data, pack = read_data(plan(people=people)), load_pack(IN_FORCE)
    early, late = NOW, NOW + dt.timedelta(days=20)
    signed_ = (("books/look.id.pdf", "Rudi", early), ("books/do.id.pdf", "Joko", late), ("", "Joko", late))
    for some, codes in ((signed_, ["note.officials_since"]), ((signed_[0], signed_[2]), [])):
        judge = Judge(Anchors(), late)
        judge.reports += [
            SignatureReport(path, "elder", name, "", "", "", moment, False, "", False)
            for path, name, moment in some
        ]
        days = signing_days(judge.reports, SEALED, judge.now, data.people)
        documents_day.note_officials_since(SEALED, NOW.date(), data, pack, days, judge)
        assert [one.code for one in judge.reasons] == codes


def test_nobody_signs_before_there_is_a_certificate_for_it_whatever_time_he_leaves_out() -> None:
    """Who held the office until then had his certificate renewed afterwards, and signed without a time."""
    people = (
        structs.replace(person("elder", "Rudi"), until=day_of(10)),
        structs.replace(person("elder", "Joko"), since=day_of(11)),
    )
    data, pack = read_data(plan(people=people)), load_pack(IN_FORCE)
    for begins, told_ in ((NOW - dt.timedelta(days=400), 0), (NOW + dt.timedelta(days=20), 1)):
        judge = Judge(Anchors(), NOW + dt.timedelta(days=30))
        one = SignatureReport("books/do.id.pdf", "elder", "Rudi", "", "", "", None, False, "", False)
        judge.reports.append(dataclasses.replace(one, valid_from=begins, latest=begins))
        team = SignatureReport("", "team", "Budi", "", "", "", NOW, False, "", False)
        judge.reports.append(dataclasses.replace(team, latest=NOW - dt.timedelta(days=400)))
        days = signing_days(judge.reports, SEALED, judge.now, data.people)
        documents_day.note_officials_since(SEALED, NOW.date(), data, pack, days, judge)
        assert len(judge.reasons) == told_
        before = len(judge.reasons)
        note_named(SEALED, data, None, days, judge)
        assert judge.reports[0].asked is not bool(told_)
        assert [each.code for each in judge.reasons[before:]] == ["note.other_person"] * told_


@pytest.mark.parametrize("kind", ["test", "asked"])
def test_neither_strangers_nor_trainees_say_when_documents_were_signed(kind) -> None:
    """Anybody can lay a closing of any day over a copy."""
    judge = Judge(Anchors(), NOW + dt.timedelta(days=5))
    manifest = SimpleNamespace(printed_on=NOW.date().isoformat(), moment=NOW, region=SimpleNamespace(code=""))
    own = SignatureReport("", "team", "Budi", "", "", "", NOW, False, "", False)
    early = dataclasses.replace(own, role="x", claimed_at=NOW - dt.timedelta(days=3))
    laid = dataclasses.replace(early, **{kind: kind == "test"})
    for beside, told_ in ((early, 1), (laid, 0)):
        judge.reports, judge.reasons = [own, beside], []
        documents_day.note_printed_for(manifest, judge)
        assert [one.code for one in judge.reasons] == ["note.printed_for"] * told_


def test_what_can_no_more_be_added_is_told_before_anybody_signs(tmp_path) -> None:
    """Officials would sign in vain."""
    target = tmp_path / "a.asice"
    seal(quiet, in_force(books=without("books/do.id.pdf")), target)
    verdict = verify(target, Anchors(), NOW)
    assert verdict.kind is VerdictKind.INCOMPLETE
    assert "missing.document" in {one.code for one in verdict.reasons}
