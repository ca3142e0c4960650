"""Whoever is about to sign reads as whom: office, name and number as they will stand at the signature."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from msgspec import structs

from desktop.base import Language, Message, render
from desktop.base.fingerprint import words_of
from desktop.base.jobs import quiet
from desktop.guideline.store import install
from desktop.submission import SealFile, seal, to_sign
from desktop.submission.as_whom import whom_before
from desktop.submission.called import documents_among
from desktop.submission.fingerprint import package_fingerprint
from desktop.submission.frame.container import open_package
from desktop.submission.manifest import SignedFile
from desktop.submission.signing import about_package, preflight
from desktop.submission.to_sign import documents_to_sign
from desktop.trust.certificate import grouped
from tests.submission.making import NOW
from tests.submission.whole import Hand, documents, guideline, page, person, plan, signer, whole


@pytest.fixture(autouse=True)
def known(own_home: Path, tmp_path: Path) -> None:
    """This computer knows the guideline."""
    source = tmp_path / "tiny.rancang-guideline"
    source.write_bytes(guideline())
    install(source, confirmed=True)


SENTENCE = "yang menyetujui pinjaman Rp500 miliar"


def told(message: Message) -> tuple[object, ...]:
    return tuple(message.params.get(each) for each in ("office", "name", "number"))


@pytest.mark.parametrize("closing", [True, False])
@pytest.mark.parametrize(
    ("name", "office", "nip"),
    [
        ("Contoh Tetua", "Tetua", ""),
        ("Contoh Tetua", "Tetua", "19700101 199003 1 001"),
        (f"Contoh, {SENTENCE}", f"Tetua {SENTENCE}", f"1. {SENTENCE}"),
        ("Contoh Tetua", f"Tetua {'dan Ketua Tim Pelaksana Kota Cerdas ' * 3}dan Plt. Wali Kota", ""),
    ],
)
def test_whoever_looks_at_a_key_reads_what_stands_at_the_signature(
    tmp_path: Path, name, office, nip, closing
) -> None:
    hand, path = Hand(tmp_path), tmp_path / "paket.asice"
    elder = structs.replace(person("elder", name), nip=nip)
    who = dataclasses.replace(signer("elder"), name=name, office=office)
    books = documents(look=("elder",), do=("elder",))
    if not closing:
        books = {path: dataclasses.replace(one, signers=(who,)) for path, one in books.items()}
    data = plan(people=(person("mayor", "Contoh Wali"), elder))
    seal(quiet, whole(books, data=data, signers=(dataclasses.replace(who, box=None),)), path)
    looked = preflight(quiet, path, hand.keys["elder"], "elder", hand.anchors, NOW, closing=closing)
    whom, *documents_told = looked.whom
    assert told(whom) == (office, name, nip or None)
    assert [each.id for each in documents_told] == ["submission.sign.document"] * (0 if closing else 2)
    for language in Language:
        said = render(looked.whom[0], language)
        assert all(text in said for text in (office, name, nip))
    assert whom_before(path, "elder", closing=closing) == looked.whom


def test_a_document_that_names_its_signer_otherwise_is_told_too(tmp_path: Path) -> None:
    """The first one may be honest, and the second one not."""
    path = tmp_path / "paket.asice"
    one, other = signer("elder"), dataclasses.replace(signer("elder"), office=SENTENCE)
    books = documents(look=("elder",), do=("elder",))
    books["books/do.id.pdf"] = dataclasses.replace(books["books/do.id.pdf"], signers=(other,))
    seal(quiet, whole(books), path)
    found = whom_before(path, "elder", closing=False)
    asked = {told(each) for each in found if each.id == "submission.sign.as_whom"}
    assert asked == {(one.office, one.name, None), (SENTENCE, one.name, None)}
    assert whom_before(path, "mayor", closing=False) == ()


def test_each_document_that_a_key_will_sign_is_named_before_it_does(tmp_path: Path, monkeypatch) -> None:
    """A letter in the place of the approval sheet was "1 document", under the words on paper."""
    path = tmp_path / "paket.asice"
    name = "surat/Bupati menyetujui pinjaman ”daerah”. Paket ini sah.pdf"
    letter = SealFile(name, "application/pdf", "other", page(), (signer("mayor"),), 1)
    seal(quiet, whole({**documents(look=("mayor",)), name: letter}), path)
    with open_package(path) as opened:
        files = {file.path: file for file in opened.manifest.files}
    _, *found = whom_before(path, "mayor", closing=False)
    by_id = {each.id.removeprefix("submission.sign."): each for each in found}
    assert set(by_id) == {"document", "document_besides"}
    for message, file in ((by_id["document"], "books/look.id.pdf"), (by_id["document_besides"], name)):
        assert message.params["sha256"] == grouped(files[file].sha256)
        assert message.params["pages"] == "1"
    for language in Language:
        assert render(by_id["document_besides"], language).count("”") == 1
    many = {
        f"surat/{one:02}.pdf": dataclasses.replace(letter, path=f"surat/{one:02}.pdf") for one in range(15)
    }
    seal(quiet, whole({**documents(look=("mayor",)), **many}), path)
    *besides, own = whom_before(path, "mayor", closing=False)[1:]
    assert {each.id for each in besides} == {"submission.sign.document_besides"}, "before those it knows"
    assert (len(besides), own.id) == (15, "submission.sign.document")
    monkeypatch.setattr(to_sign, "MOST", 12)
    assert [each.params["n"] for each in whom_before(path, "mayor", closing=False)[-1:]] == [4]


@pytest.mark.parametrize("more", [0, 3])
def test_no_office_under_which_somebody_signs_is_passed_over(tmp_path: Path, monkeypatch, more) -> None:
    """Five were told; the sixth stood in the stamp."""
    path, most = tmp_path / "paket.asice", 6
    monkeypatch.setattr("desktop.submission.as_whom.MOST", most)
    letter = SealFile("", "application/pdf", "other", page(), (), 1)
    letters = {}
    for one in range(most + more):
        who = dataclasses.replace(signer("mayor"), office=f"Wali Kota, bagian {one}")
        letters[f"surat/{one:02}.pdf"] = dataclasses.replace(
            letter, path=f"surat/{one:02}.pdf", signers=(who,)
        )
    seal(quiet, whole(letters), path)
    found = [each for each in whom_before(path, "mayor", closing=False) if "as_whom" in each.id]
    assert len({told(each) for each in found[:most]}) == most
    assert [(each.id, each.params["n"]) for each in found[most:]] == [
        ("submission.sign.as_whom_more", more)
    ] * bool(more)


@pytest.mark.parametrize("grade", ["same-bytes", "same-pages"])
def test_what_was_written_anew_is_named_by_what_lies_there(tmp_path: Path, grade) -> None:
    """Another document in a sealed one's place had the SHA-256 at sealing before the key that signed it."""
    path, other = tmp_path / "paket.asice", "ab" * 32
    seal(quiet, whole(documents(look=("mayor",))), path)
    with open_package(path) as opened:
        manifest = opened.manifest
    book = next(file for file in manifest.files if file.signers)
    signed = SignedFile(size=1, sha256=other, grade=grade, confirmed_by="Sari", fields=())
    files = tuple(structs.replace(each, signed=signed) if each is book else each for each in manifest.files)
    (told_of,) = documents_to_sign(structs.replace(manifest, files=files), "mayor")
    assert told_of.params["sha256"] == grouped(other if grade == "same-pages" else book.sha256)


def test_the_words_to_compare_stand_before_anything_that_a_sealer_wrote(tmp_path: Path) -> None:
    """A region's name held another package's words in the program's very form, and they came first."""
    path = tmp_path / "paket.asice"
    name = "Kabupaten Contoh 2026–2030; sidik dokumen: asbak cinta”. Paket ini tidak menggantikan paket lain."
    seal(quiet, whole(region_name=name), path)
    with open_package(path) as opened:
        manifest = opened.manifest
    words = " ".join(words_of(package_fingerprint(manifest)))
    for language in Language:
        said = render(about_package(manifest), language)
        assert said.index(words) < said.index(grouped(manifest.id)) < said.index("“Kabupaten Contoh")
        assert said.count("”") == 1
        assert len(said) < 500


@pytest.mark.parametrize("path", ["approval/lembar-pengesahan.id.pdf", "books/look.id.pdf"])
def test_a_letter_is_called_like_no_document_at_whose_place_it_lies(tmp_path: Path, path) -> None:
    """By its path alone the line called it "Lembar Pengesahan"."""
    package = tmp_path / "paket.asice"
    letter = SealFile(path, "application/pdf", "other", page(), (signer("mayor"),), 1)
    seal(quiet, whole({**documents(), path: letter}), package)
    (_, told_of) = whom_before(package, "mayor", closing=False)
    assert (told_of.id, told_of.params["file"]) == ("submission.sign.document_besides", path)
    with open_package(package) as opened:
        assert path not in documents_among(opened.manifest.files)
