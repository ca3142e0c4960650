"""Letters and receipts: who gets one, what it says, and that receipts hold before every verifier."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import io
import zipfile

import pytest

from desktop.base import Language, Message
from desktop.base.jobs import quiet
from desktop.base.paths import home
from desktop.books.document import ListBlock, Paragraph
from desktop.books.pdfa import check_pdfa
from desktop.books.words import Words
from desktop.submission import container_hash
from desktop.submission.pdf.read import read_signatures
from desktop.submission.register.addressees import asked_of, refused_beside, to_look_at, wants_letter
from desktop.submission.register.examine import Sort
from desktop.submission.register.letters import Desk, head_of_region, letter, receipt
from desktop.submission.register.listing import entries
from desktop.submission.register.posting import (
    known_of,
    receipts_for,
    told_for,
    write_letters,
    write_receipts,
)
from desktop.submission.register.run import receive
from desktop.submission.register.store import DUE as DUE_SETTING
from desktop.submission.register.store import Register
from desktop.submission.register.words import counts
from desktop.submission.signing import OtherKey
from desktop.trust.certificate import holder
from tests.submission.register.at_once import AtOnce
from tests.submission.register.many import DUE, NOW, Country, Opened
from tests.submission.register.test_copies import clock, stamped
from tests.trust import pki


def words_in(pdf: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    made = Country(tmp_path_factory.mktemp("country") / "inbox")
    made.good("18.07", 1, made.inbox / "a.asice")
    made.late("35.07", 2, made.inbox / "b.asice")
    made.stranger("35.73", 3, made.inbox / "c.asice")
    made.rivals("18.08", 4, made.inbox / "d.asice")
    package = made.sealed("18.09", 5, region_code="..", region_name="Jahat")
    made.close(package, made.inbox / "e.asice", made.keys.stranger)
    (made.inbox / "Kab Blitar.pdf").write_bytes(b"%PDF-1.7 x")
    (made.inbox / "entah.pdf").write_bytes(b"%PDF-1.7 x")
    return made


@pytest.fixture(scope="module")
def register(country):
    path = country.inbox.parent / "meja.sqlite"
    with Register(path, create=True) as opened:
        opened.keep_setting(DUE_SETTING, DUE.isoformat())
    receive(quiet, path, [country.inbox], country.keys.anchors, 2, NOW)
    return path


@pytest.mark.slow
def test_only_what_was_told_of_before_is_signed(register, tmp_path):
    wanted = receipts_for(register)
    assert len(wanted) > 1
    assert told_for(()).id == "submission.receipt.for_nobody"
    told = told_for(wanted)
    first = told.params["told"]
    assert first.params["n"] == len(wanted)
    assert wanted[0].region_name in str(first.params["regions"])
    # the mark at its row is the same that is told before a key, and in the summary
    odd = [one for one in wanted if one.rivals]
    assert (told.id, told.params["n"]) == ("submission.receipt.look_first", len(odd))
    assert odd[0].region_name in str(told.params["regions"])
    assert to_look_at(wanted) == len(odd) == 1
    one = next(one for one in wanted if not one.to_look_at)
    assert told_for([one]).id == "submission.receipt.signed_for"
    assert dataclasses.replace(
        one, signers=tuple(dataclasses.replace(each, test=True) for each in one.signers)
    ).to_look_at, "closed for training alone"
    doubted = dataclasses.replace(
        one, doubts=(Message("submission.standing.other_signer", now="B", before="A"),)
    )
    assert told_for([doubted]).id == "submission.receipt.look_first"
    assert [each.id for one in (one, doubted) if (each := counts(one))] == [
        "submission.sheet.yes", "submission.sheet.yes_look",
    ]  # fmt: skip
    (one,) = write_receipts(quiet, register, tmp_path, Desk("K"), NOW, wanted=wanted[:1])
    assert one.region == wanted[0].region


def test_the_desk_hears_of_another_package_of_a_region_that_is_refused(register):
    """Its own was damaged on the way, and somebody else's counts: the letter that was due was so no more."""
    with Register(register, read_only=True) as opened:
        counts = next(one for one in entries(opened) if one.current and not one.to_look_at)
    refused = dataclasses.replace(
        counts, id=counts.id + 900, result="refused", judged="refused", current=False, package="f" * 64,
        previous="", signers=(), follows=0,
    )  # fmt: skip
    after = dataclasses.replace(counts, follows=refused.id)
    for about, told in (
        ((counts,), False),
        ((counts, refused), True),
        ((after, refused), True),
        ((counts, dataclasses.replace(refused, package=counts.package)), False),
        ((counts, dataclasses.replace(refused, package="", came="0")), False),
    ):
        assert (refused_beside(about), wants_letter(about)) == (told, False), (
            "anybody can make what is refused"
        )


def test_no_other_key_signs_than_the_one_that_was_shown(country, register, tmp_path):
    """A key file may be exchanged while its holder's name stands in the window, two tokens bear one label."""
    lies = [country.keys.team, country.keys.mayor]

    class Exchanged:
        @contextlib.contextmanager
        def open(self):
            with lies[0].open() as signer:
                yield signer

    shown = known_of(Exchanged(), country.keys.anchors, NOW)
    with shown.open() as signer:
        assert shown.holder == holder(signer.certificate)
    lies.reverse()
    with pytest.raises(OtherKey):
        write_receipts(quiet, register, tmp_path, Desk(), NOW, shown, country.keys.anchors)
    assert not list(tmp_path.glob("*.pdf"))


def test_letters_go_to_who_has_to_be_asked(register, tmp_path):
    written = write_letters(quiet, register, tmp_path / "surat", Desk("Kementerian Contoh"), NOW)
    assert {each.region for each in written} == {"35.05", "35.07", "35.73", "18.08"}
    names = sorted(each.name for each in (tmp_path / "surat").iterdir())
    assert names == sorted(
        f"klarifikasi-{code}-20261124.{suffix}"
        for code in ("18.08", "35.05", "35.07", "35.73")
        for suffix in ("docx", "pdf")
    )
    assert list(tmp_path.iterdir()) == [tmp_path / "surat"]


def test_a_letter_is_polite_and_says_what_to_do(register, tmp_path):
    (pdf, docx) = write_letters(quiet, register, tmp_path, Desk(contact="Ibu Contoh"), NOW, "35.73")
    text = words_in(pdf.path.read_bytes())
    for wanted in (
        "Yth. Wali Kota Malang",
        "Keaslian dan keutuhan yang belum terbukti",
        "[signature.unknown]",
        "Ibu Contoh",
        "secepatnya",
        "KL/35.73/20261124",
        "[nama kantor]",
    ):
        assert wanted in text
    assert "administratif yang masih" not in text
    assert check_pdfa(pdf.path.read_bytes()) == ()
    from docx import Document

    written = Document(str(docx.path))
    assert any("Wali Kota Malang" in each.text for each in written.paragraphs)


def test_a_letter_in_english(register, tmp_path):
    (pdf, _) = write_letters(quiet, register, tmp_path, Desk(language=Language.EN), NOW, "35.07")
    text = words_in(pdf.path.read_bytes())
    assert "the Regent of Malang" in text
    assert "What is still needed" in text
    assert "[missing.late]" in text


@pytest.mark.slow
def test_receipts_without_a_key_are_drafts(register, tmp_path):
    written = write_receipts(quiet, register, tmp_path, Desk(), NOW)
    assert {each.region for each in written} == {"18.07", "18.08", "35.07"}
    for each in written:
        assert each.path.name.startswith("konsep-")
        text = words_in(each.path.read_bytes())
        assert "belum ditandatangani secara elektronik" in text
        assert not each.signed


@pytest.mark.parametrize("region", ["18.07"])
def test_a_signed_receipt_is_archival_and_its_signature_sound(country, register, tmp_path, region):
    from desktop.base.fingerprint import words_of

    (made,) = write_receipts(
        quiet,
        register,
        tmp_path,
        Desk("Kementerian Contoh"),
        NOW,
        country.keys.mayor,
        country.keys.anchors,
        receipts_for(register, region),
    )
    data = made.path.read_bytes()
    (signature,) = read_signatures(io.BytesIO(data), made.path.name, None)
    assert signature.pades
    # forms it does not look at; every other fault would be told
    assert [each for each in check_pdfa(data) if not each.startswith("[unsupported]")] == []
    text = words_in(data)
    with Register(register, read_only=True) as opened:
        (entry,) = entries(opened, region)
    assert entry.sha256[:20] in text.replace(" ", "")
    assert all(word in text for word in words_of(entry.fingerprint))
    assert "KONSEP" not in text
    import pypdfium2

    with pypdfium2.PdfDocument(data) as pages:
        assert len(pages) == 1


@pytest.mark.slow
def test_a_signed_receipt_too_tells_when_the_first_of_the_same_signatures_came(desk, tmp_path):
    """Else whoever sends a copy a day later has the ministry's signature put under that day."""
    own = desk.inbox / "18.07" / "asli.asice"
    bare = tmp_path / "bare.asice"
    own.parent.mkdir()
    desk.signed("18.07", 1, bare)
    stamped(bare, own, clock())
    desk.read()
    (own.parent / "salin.asice").write_bytes(bare.read_bytes())
    desk.read(now=NOW + dt.timedelta(days=1))
    for key in (None, desk.keys.team):
        office = Desk("Kementerian")
        (made,) = write_receipts(
            quiet, desk.register, tmp_path / "tt", office, NOW + dt.timedelta(days=1), key, desk.keys.anchors
        )
        assert (
            f"{NOW.day} November 2026" in words_in(made.path.read_bytes()).partition("Pertama kali")[2][:60]
        )


def test_a_receipt_tells_what_the_verification_had_to_note(country, tmp_path):
    """It says how a package was verified: a stranger or a trainee in it is no signer like the others."""
    from desktop.base import Message
    from desktop.books.pdf import render_pdf
    from desktop.submission.register.entry import Basis, Entry
    from desktop.submission.register.examine import Sort
    from desktop.submission.register.letters import receipt
    from desktop.submission.register.reading import Signer, Told

    def signer(name, **more):
        values = {"test": False, "asked": True, **more}
        return Signer("", "elder", name, "", "Penerbit", name, "2026-11-24T03:00:00+00:00",
                      values["test"], "", False, values["asked"])  # fmt: skip

    note = Message("submission.note.not_asked", holder="Orang Lain", role="elder2")
    entry = Entry(
        1, "/a.asice", 1, Sort.PACKAGE, "valid-with-notes", "18.07", "Kabupaten Lampung Timur", Basis.SIGNED,
        sha256="a" * 64, package="b" * 64, reasons=(Told("note", "note.not_asked", note),), rivals=(2,),
        signers=(signer("Sekretaris"), signer("Orang Lain", asked=False), signer("Peserta", test=True)),
        doubts=(Message("submission.standing.other_region", region="35.07"),),
    )  # fmt: skip
    for language, wanted in (
        (
            Language.ID,
            ("“Sekretaris” ", "“Orang Lain” (Tidak diminta oleh paket)", "“Peserta” (Uji, tidak", "Catatan"),
        ),
        (
            Language.EN,
            ("“Orang Lain” (Not asked for by the package)", "[note.not_asked]", "1 other valid package"),
        ),
    ):
        document = receipt(entry, Desk("Kementerian Contoh", language=language), NOW, draft=True)
        text = words_in(render_pdf(document).pdf)
        for each in wanted:
            assert each in text, (each, text)


@pytest.mark.parametrize("language", Language)
def test_a_receipt_says_what_stamps_in_documents_are_worth(language):
    """Whose stamp shows what is its signer's word; where only the package is signed, there is none."""
    from desktop.base import Message, render
    from desktop.submission.register.entry import Basis, Entry
    from desktop.submission.register.examine import Sort
    from desktop.submission.register.letters import receipt
    from desktop.submission.register.reading import Signer

    def signer(document):
        return Signer(document, "elder", "A", "", "", "c" * 64, "2026-11-24T03:00:00+00:00", False, "", False)

    sentence = render(Message("submission.receipt.own_stamps"), language)
    for documents, told in (([""], 0), (["", "buku.pdf", "lain.pdf"], 1)):
        entry = Entry(
            1, "/a.asice", 1, Sort.PACKAGE, "valid", "18.07", "Kabupaten Lampung Timur", Basis.SIGNED,
            sha256="a" * 64, package="b" * 64, signers=tuple(map(signer, documents)),
        )  # fmt: skip
        document = receipt(entry, Desk("Kementerian Contoh", language=language), NOW, draft=True)
        assert repr(document).count(sentence) == told


def test_how_heads_of_regions_are_addressed():
    words = Words(Language.ID, "id")
    assert head_of_region("35.07", words) == "Bupati Malang"
    assert head_of_region("35.73", words) == "Wali Kota Malang"
    assert head_of_region("99.99", words) == "Kepala Daerah"


@pytest.mark.slow
def test_pdfsig_finds_the_receipt_whole_and_its_signature_valid(country, register, tmp_path):
    import subprocess

    from tests.submission.independent.test_independent import program

    desk = Desk("Kementerian Contoh")
    key, anchors = country.keys.mayor, country.keys.anchors
    (made,) = write_receipts(
        quiet, register, tmp_path, desk, NOW, key, anchors, receipts_for(register, "18.07")
    )
    command = [program("pdfsig", "poppler-utils"), "-nocert", "-no-ocsp", str(made.path)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert told.count("Signature Validation: Signature is Valid.") == 1, told
    assert told.count("Total document signed") == 1
    assert "ETSI.CAdES.detached" in told


@pytest.fixture
def here(monkeypatch):
    """Packages are looked at again in this process."""
    monkeypatch.setattr("desktop.submission.register.run.Crew", AtOnce)


@pytest.mark.slow
@pytest.mark.usefixtures("here")
def test_a_receipt_that_was_signed_and_a_letter_that_was_worked_on_stay(country, register, tmp_path):
    desk, anchors = Desk("Kementerian Contoh"), country.keys.anchors
    letters = write_letters(quiet, register, tmp_path, desk, NOW, "35.73")
    (first,) = write_receipts(
        quiet, register, tmp_path, desk, NOW, country.keys.mayor, anchors, receipts_for(register, "18.07")
    )
    kept = {each.path: each.path.read_bytes() for each in (first, *letters)}
    (again,) = write_receipts(
        quiet, register, tmp_path, desk, NOW, country.keys.mayor, anchors, receipts_for(register, "18.07")
    )
    assert again.problem is not None
    assert again.problem.id == "submission.receipt.there_already"
    others = write_letters(quiet, register, tmp_path, desk, NOW, "35.73")
    assert [each.path.name for each in others] == [
        "klarifikasi-35.73-20261124-2.pdf", "klarifikasi-35.73-20261124-2.docx",
    ]  # fmt: skip
    assert {path: path.read_bytes() for path in kept} == kept
    assert first.path.name.endswith(f"18.07-{_sha256(country.inbox / 'a.asice')[:8]}.pdf")


def _sha256(path):
    import hashlib

    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("signed", [False, True])
def test_no_receipt_for_what_does_not_lie_there_any_more(country, register, tmp_path, signed):
    import shutil

    key = country.keys.mayor if signed else None
    package, aside = country.inbox / "a.asice", tmp_path / "a.asice"
    shutil.move(package, aside)
    try:
        for content in (b"", aside.read_bytes()[:-1] + b"x"):
            if content:
                package.write_bytes(content)
            (made,) = write_receipts(
                quiet,
                register,
                tmp_path / "x",
                Desk(),
                NOW,
                key,
                country.keys.anchors,
                receipts_for(register, "18.07"),
            )
            assert made.problem is not None
            assert list((tmp_path / "x").iterdir()) == []
    finally:
        shutil.move(aside, package)


def test_a_place_that_cannot_be_asked_costs_its_own_receipt_alone(country, register, tmp_path, monkeypatch):
    """Rights travel with folders, and shares fail: no region got a signed receipt."""
    from pathlib import Path

    asks, named = Path.is_file, country.inbox / "a.asice"

    def is_file(path):
        if path == named:
            raise PermissionError(path)
        return asks(path)

    wanted = receipts_for(register, "18.07")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "is_file", is_file)
        key, anchors = country.keys.mayor, country.keys.anchors
        (made,) = write_receipts(quiet, register, tmp_path / "x", Desk(), NOW, key, anchors, wanted)
    assert made.problem is not None


@pytest.mark.slow
@pytest.mark.usefixtures("here")
def test_a_register_that_was_written_at_gets_no_signature(country, register, tmp_path):
    """Whoever can write the register can call anything valid, or anybody its signer."""
    import contextlib
    import shutil
    import sqlite3

    for statement, region in (
        ("UPDATE package SET verdict='valid'", "35.73"),
        ("UPDATE signer SET certificate='ab'", "18.07"),
        ("UPDATE package SET region='35.73' WHERE region='18.07'", "35.73"),
        ("UPDATE signer SET holder='Bupati Sendiri'", "18.07"),
        ("UPDATE package SET first_year=2031", "18.07"),
        ("UPDATE package SET signed_at='2026-01-02T00:00:00+00:00'", "35.07"),
        (f"UPDATE package SET fingerprint='{'ab' * 32}'", "18.07"),
    ):
        forged = tmp_path / "meja.sqlite"
        shutil.copy(register, forged)
        with contextlib.closing(sqlite3.connect(forged, isolation_level=None)) as raw:
            raw.execute(statement)
        key, anchors = country.keys.mayor, country.keys.anchors
        (made,) = write_receipts(
            quiet, forged, tmp_path / "x", Desk(), NOW, key, anchors, receipts_for(forged, region)
        )
        assert made.problem is not None
    assert list((tmp_path / "x").iterdir()) == []


@pytest.mark.slow
def test_a_draft_that_somebody_worked_on_leaves_the_other_receipts(register, tmp_path):
    """On the command line nothing takes its place, and no region goes without for it."""
    from desktop.base.written import careful

    folder = tmp_path / "receipts"
    with careful("receive"):
        first = write_receipts(quiet, register, folder, Desk(), NOW)
        first[0].path.write_bytes(first[0].path.read_bytes() + b"\n% catatan")
        again = write_receipts(quiet, register, folder, Desk(), NOW)
    assert [one.problem is not None for one in again] == [True, *(False for _ in first[1:])]


@pytest.mark.slow
def test_in_the_window_a_draft_that_somebody_worked_on_stays_too(register, tmp_path):
    """Nobody is asked about the files of a folder that is chosen: an official's remarks were gone."""
    from desktop.base.written import Decision, as_decided

    given = (write_receipts, register, tmp_path / "receipts", Desk(), NOW)
    first = as_decided(quiet, Decision(), *given)
    worked_on = first[0].path.read_bytes() + b"\n% catatan"
    first[0].path.write_bytes(worked_on)
    again = as_decided(quiet, Decision(), *given)
    assert [one.problem and one.problem.id for one in again] == [
        "submission.receipt.there_already",
        *(None for _ in first[1:]),
    ]
    assert first[0].path.read_bytes() == worked_on


def test_a_letter_says_of_which_file_it_asks_what(desk):
    """What a region's own package lacks was crowded out by strangers' files, whose names sort first."""
    desk.signed("18.07", 1, desk.inbox / "paket-18.07.asice", open_mandatory=42)
    other = Opened(pki.make("Orang Kedua", desk.keys.issuer, start=NOW - 400 * pki.DAY), desk.keys.issuer)
    for number in range(6):
        package = desk.sealed("18.07", 10 + number, f"x{number}", open_mandatory=1 + number)
        desk.close(package, desk.inbox / f"0lain-{number}.asice", key=other)
    desk.read()
    made = letter(tuple(desk.listed().values()), Desk(), NOW)
    said = ["".join(run.text for run in each.line) for each in made.elements if isinstance(each, Paragraph)]
    about = [each for each in said if ".asice" in each]
    assert len(about) == 7
    asked = [
        "".join(run.text for run in item.line)
        for each in made.elements
        if isinstance(each, ListBlock)
        for item in each.items
    ]
    for number in (1, 2, 3, 4, 5, 6, 42):
        assert sum(f" {number} " in f" {each} " for each in asked) == 1, number
    # the day to answer by is said to be the last one
    assert any("disampaikan secepatnya." in each for each in said)
    by = letter(tuple(desk.listed().values()), Desk(answer_by=dt.date(2026, 12, 10)), NOW)
    lines = ["".join(run.text for run in each.line) for each in by.elements if isinstance(each, Paragraph)]
    assert any("disampaikan paling lambat tanggal 10 Desember 2026." in each for each in lines)


def test_a_letter_asks_for_nothing_that_the_desk_has(desk):
    """A region was asked to mend what it had mended, and to send as a package what its package holds."""
    first, second = desk.inbox / "1-18.07.asice", desk.inbox / "2-18.07.asice"
    desk.signed("18.07", 1, first, open_mandatory=3)
    desk.signed("18.07", 2, second, previous=container_hash(first), open_mandatory=1)
    lampung = desk.inbox / "lain" / "Kab Lampung Timur"
    lampung.mkdir(parents=True)
    (lampung / "Buku I.pdf").write_bytes(b"%PDF-1.7 x")
    with zipfile.ZipFile(desk.inbox / "18.07 Lampung Timur lagi.zip", "w") as archive:
        archive.write(second, second.name)
    desk.read()
    here = [one for one in desk.listed().values() if one.region == "18.07"]
    assert sorted(one.sort.value for one in here) == ["package", "package", "packed", "pdf"]
    asked = asked_of(here)
    assert [(one.name, [each.code for each in told]) for one, told in asked.about] == [
        (second.name, ["missing.mandatory"]),
        # as long as nothing is accepted
        (lampung.name, ["unsigned.pdf"]),
    ]
    assert (asked.replaced, asked.ours) == (1, 1)
    made = letter(tuple(here), Desk(language=Language.EN), NOW)
    said = ["".join(run.text for run in each.line) for each in made.elements if isinstance(each, Paragraph)]
    assert "1 other submission in the table need not be mended or sent again" in " ".join(said)
    assert "1 submission in the table is for us to deal with" in " ".join(said)
    assert wants_letter(here)
    assert not wants_letter([one for one in here if one.sort is Sort.PACKED])
    # where nobody vouches for a package there is nothing that takes the place of a loose file
    (loose,) = (one for one in here if one.sort is Sort.PDF)
    assert [one for one, _ in asked_of([loose]).about] == [loose]
    # nor where it is odd who signed it
    odd = [dataclasses.replace(one, doubts=(Message("submission.standing.rivals", n=1),)) for one in here]
    assert len(asked_of(odd).about) == 3


def test_no_kind_of_doubt_hides_another_in_a_receipt(desk):
    """That another accepted package lies there came last, behind five of one kind."""
    desk.signed("18.07", 1, desk.inbox / "a.asice")
    desk.read()
    (entry,) = desk.listed().values()
    doubts = tuple(
        Message(f"submission.standing.{kind}", now="A", beside=f"B{number}", file="x.asice")
        for kind in ("beside", "of_others")
        for number in range(8)
    )
    made = receipt(dataclasses.replace(entry, rivals=(7, 8), doubts=doubts), Desk(), NOW, draft=True)
    (notes,) = (each for each in made.elements if isinstance(each, ListBlock))
    said = ["".join(run.text for run in item.line) for item in notes.items]
    assert "2" in said[0]
    assert len(said) == 11
    assert not any("[" in each for each in said)


@pytest.mark.slow
def test_what_needed_more_time_has_it_for_its_receipt_too(desk, tmp_path, monkeypatch):
    """The region with the largest plan was told that its package was not there any more, for good."""
    from desktop.base.bounded.limits import STANDARD
    from desktop.submission.register import run
    from desktop.submission.register.crew import Lost

    class Slow(AtOnce):
        def __init__(self, *given):
            super().__init__(*given)
            self._short = given[3].args[0] is STANDARD

        def run(self, items, idle=None):
            for item in items:
                if self._short and item.name == "a.asice":
                    yield item, Lost("time")
                else:
                    yield from super().run([item], idle)

    desk.signed("18.07", 1, desk.inbox / "a.asice")
    desk.signed("18.08", 2, desk.inbox / "b.asice")
    monkeypatch.setattr(run, "Crew", Slow)
    desk.read()
    assert sorted(one.result for one in desk.listed().values()) == ["refused", "valid"]
    run.receive(quiet, desk.register, [desk.inbox], desk.keys.anchors, 1, NOW, patient=True)
    made = write_receipts(quiet, desk.register, tmp_path, Desk("K"), NOW, desk.keys.team, desk.keys.anchors)
    assert [(each.signed, each.problem) for each in made] == [(True, None)] * 2


def test_signing_receipts_leaves_nothing_in_the_profile(desk, tmp_path):
    """What is read once more for a receipt is kept in a register that is thrown away."""
    desk.signed("18.07", 1, desk.inbox / "a.asice")
    desk.read()
    kept = sorted((home() / "registers").iterdir())
    (made,) = write_receipts(
        quiet, desk.register, tmp_path, Desk("K"), NOW, desk.keys.team, desk.keys.anchors
    )
    assert made.signed
    assert sorted((home() / "registers").iterdir()) == kept
