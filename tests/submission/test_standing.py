"""Who has signed a package, who has not and who may go now; packages that say no order stay readable."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import msgspec
import pytest

from desktop.base.errors import FileProblem
from desktop.base.jobs import quiet
from desktop.submission import SealFile, SealSigner, bring_back_pdf, seal, sign_container
from desktop.submission.frame.asic import signature_name
from desktop.submission.frame.container import data_files, open_package
from desktop.submission.manifest import Initials, RoleField, SignedFile, content_id, read_manifest
from desktop.submission.refusal import Refused
from desktop.submission.resealing import PackageUnusable
from desktop.submission.sealing import CannotSeal
from desktop.submission.standing import standing, standing_of
from desktop.submission.xades.writing import sign_xades
from tests.submission import tamper
from tests.submission.making import BOOK, MAYOR, NOW, SECRETARY, TEAM, book_signers, draw_pdf, seal_input
from tests.trust import pki

PARAF = Initials(step=1, label="Kepala Bagian Hukum", state="initialled", name="Hakim", date="2026-11-20")


def ordered(tmp_path, *, initials=()):
    """A package in which the secretary signs before the mayor, whatever the documents say first."""
    mayor, secretary = (
        SealSigner(each.role, each.name, each.office, box=each.box, step=step)
        for each, step in zip(book_signers(), (3, 2), strict=True)
    )
    files = (SealFile(BOOK, "application/pdf", "book", draw_pdf(), (mayor, secretary)),)
    closing = (SealSigner(TEAM, "Contoh Tim", "Sekretaris Tim", step=4),)
    target = tmp_path / "paket.asice"
    seal(quiet, seal_input(files=files, signers=closing, initials=initials), target)
    return target


def roles(signers):
    return [each.role for each in signers]


def test_the_order_of_the_guideline_says_who_goes_now_and_who_waits_for_whom(tmp_path):
    found = standing(ordered(tmp_path))
    assert found is not None
    assert roles(found.signers) == roles(found.waiting) == [SECRETARY, MAYOR, TEAM]
    assert roles(found.turn) == [SECRETARY]
    assert roles(found.before(MAYOR)) == [SECRETARY]
    assert roles(found.before(SECRETARY)) == []
    assert roles(found.before(TEAM, closing=True)) == [SECRETARY, MAYOR]
    assert found.signers[0].waiting == (BOOK,)
    assert found.before("nobody") == ()


def test_signing_out_of_order_leaves_the_earlier_one_in_its_turn(stage, tmp_path):
    from desktop.submission import sign_pdfs

    package = ordered(tmp_path)
    sign_pdfs(quiet, package, package, stage.key(MAYOR), MAYOR, stage.anchors, NOW)
    found = standing(package)
    mayor = next(each for each in found.signers if each.role == MAYOR)
    assert (mayor.done, mayor.ways, mayor.signed) == (True, ("p12",), (BOOK,))
    assert (roles(found.turn), found.signed) == ([SECRETARY], frozenset({MAYOR}))


@pytest.mark.slow
def test_what_came_back_from_elsewhere_is_known_as_such(stage, tmp_path):
    from desktop.submission import sign_pdfs

    package, other, pdf = ordered(tmp_path), tmp_path / "lain.asice", tmp_path / "kembali.pdf"
    sign_pdfs(quiet, package, other, stage.key(SECRETARY), SECRETARY, stage.anchors, NOW)
    with open_package(other) as opened:
        (book,) = (file for file in opened.manifest.files if file.path == BOOK)
        pdf.write_bytes(b"".join(bytes(piece) for piece in opened.checked(book)))
    bring_back_pdf(quiet, package, package, BOOK, pdf, SECRETARY)
    assert next(each.ways for each in standing(package).signers if each.role == SECRETARY) == ("elsewhere",)


def test_a_package_without_an_order_knows_only_that_the_closing_signature_is_last(stage):
    found = standing(stage.sealed)
    assert {each.step for each in found.signers} == {0}
    assert roles(found.turn) == [MAYOR, SECRETARY]
    assert roles(found.before(TEAM, closing=True)) == [MAYOR, SECRETARY]
    assert found.before(SECRETARY) == ()
    assert found.initials == ()
    done = standing(stage.signed)
    assert (done.turn, done.waiting, done.closed) == ((), (), True)


@pytest.mark.parametrize(("claims", "closes"), [((TEAM,), True), (("saksi", TEAM), False), ((), False)])
def test_whoever_lays_a_signature_over_a_package_closes_it_for_nobody_else(stage, tmp_path, claims, closes):
    """Under any role, with a certificate of nobody's, it was the closing signature of whoever is asked."""
    files, manifest = tamper.read(stage.signed)
    alone = pki.make("Orang Lain", pki.make("Root lain", ca=True))
    files[signature_name(0)] = sign_xades(data_files(manifest), alone.signer(), 0, NOW, claims)
    found = standing(tamper.write(files, manifest, tmp_path / "lain.asice"))
    assert found.closed, "signing a document again would still end it"
    assert roles(found.turn) == ([] if closes else [TEAM])
    assert [each.role for each in found.waiting] == roles(found.turn)
    files[signature_name(0)] = b"<broken"
    assert roles(standing(tamper.write(files, manifest, tmp_path / "rusak.asice")).turn) == [TEAM]


def test_nothing_new_is_written_where_nothing_is_known(stage):
    with open_package(stage.sealed) as opened:
        text = opened.manifest.to_bytes()
    assert b'"step"' not in text
    assert b'"initials"' not in text
    assert read_manifest(text).id == content_id(read_manifest(text))


def test_initials_go_along_as_information_and_are_part_of_what_is_sealed(tmp_path):
    waiting = msgspec.structs.replace(PARAF, state="waiting", name="", date="")
    package = ordered(tmp_path, initials=(PARAF, waiting))
    with open_package(package) as opened:
        manifest = opened.manifest
    found = standing_of(manifest, closed=False)
    assert found.initials == (PARAF, waiting)
    assert found.missing_initials == (waiting,)
    other = msgspec.structs.replace(manifest, initials=(PARAF,))
    assert content_id(other) != manifest.id


@pytest.mark.parametrize("field", [{"state": "signed"}, {"date": "kemarin"}, {"step": 0}])
def test_initials_that_cannot_be_are_refused(tmp_path, field):
    from desktop.base.canonical import canonical
    from desktop.submission.refusal import Refused

    with open_package(ordered(tmp_path, initials=(PARAF,))) as opened:
        value = msgspec.to_builtins(opened.manifest)
    value["initials"][0].update(field)
    with pytest.raises(Refused) as refused:
        read_manifest(canonical(value))
    assert refused.value.message.id == "submission.manifest.malformed"


def claims(stage, tmp_path, content=None):
    """A package whose manifest merely says that mayor and secretary have signed."""
    said = tuple(RoleField(role=role, field=role, how="token") for role in (MAYOR, SECRETARY))

    def edit(manifest):
        files = tuple(
            msgspec.structs.replace(
                file, signed=SignedFile(size=file.size, sha256=file.sha256, grade="same-bytes", fields=said)
            )
            if file.path == BOOK
            else file
            for file in manifest.files
        )
        return msgspec.structs.replace(manifest, files=files)

    change = {} if content is None else {BOOK: content}
    return tamper.forge(stage.sealed, tmp_path / "palsu.asice", lambda files: files.update(change), edit)


@pytest.mark.parametrize("content", [None, b"no pdf at all"])
def test_nobody_has_signed_on_the_word_of_a_manifest_alone(stage, tmp_path, content):
    package = claims(stage, tmp_path, content)
    found = standing(package)
    assert (found.signed, roles(found.waiting)) == (frozenset(), [MAYOR, SECRETARY, TEAM])
    before = package.read_bytes()
    with pytest.raises(PackageUnusable):
        sign_container(quiet, package, package, stage.key(TEAM), TEAM, stage.anchors, NOW)
    assert package.read_bytes() == before
    with pytest.raises(CannotSeal):  # what only might be a signature is not lost either
        seal(quiet, seal_input(), package, over_signed=False)


def test_nothing_is_closed_over_a_signature_that_is_none(stage, tmp_path):
    name = "META-INF/signatures0.xml"
    package = tamper.forge(stage.signed, tmp_path / "x.asice", lambda files: files.update({name: b"<x/>"}))
    with pytest.raises(PackageUnusable):
        sign_container(quiet, package, package, stage.key(TEAM), TEAM, stage.anchors, NOW)


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with a name")
def test_what_is_no_ordinary_file_is_nobodys_package(tmp_path):
    pipe = tmp_path / "paket.asice"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero"), Path("/proc/self/mem"), tmp_path, Path("a\0b")):
        assert standing(path) is None
        with pytest.raises((FileProblem, Refused)), open_package(path):
            pass
