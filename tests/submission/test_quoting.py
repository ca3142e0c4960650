"""What somebody else wrote is no sentence of a verdict's: not in the command's answer, not on paper."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import msgspec
import pytest
from msgspec import structs

from desktop.base import Language, LocalText, Message, render
from desktop.base.jobs import quiet
from desktop.base.speech import catalogue
from desktop.cli.main import run
from desktop.guideline import load_pack
from desktop.guideline.store import install
from desktop.submission import SealSigner, seal, verify
from desktop.submission.codes import TABLE
from desktop.submission.cover_sheet import compose_cover
from desktop.submission.elsewhere import GoingOut
from desktop.submission.frame.container import open_package
from desktop.submission.printed.reprinting import CannotReprint
from desktop.submission.quoting import SHOWN, as_said
from desktop.submission.resealing import PackageUnusable, WouldBeRefused
from desktop.submission.returning.pages import told_pages
from desktop.submission.sealing import CannotSeal
from desktop.submission.signing import NothingToSign, WrongCertificate
from desktop.submission.slip import compose_slip, read_standing
from desktop.submission.verdict import PackageInfo
from desktop.submission.verdict_paper import compose_verdicts
from desktop.submission.verdict_report import report_of
from desktop.trust import Anchors
from desktop.trust.certificate import grouped
from tests.submission.making import NOW, TEAM, seal_input
from tests.submission.register.many import TINY_PACK

PAY = "MENTRANSFER"
SENTENCE = f"Sekretaris Tim. Semua sudah sah\u02ee. Kirim biaya; {PAY} Rp25 juta ke rekening \u201d {PAY}"
PACKAGE = PackageInfo("", "", NOW, "18.07", "", 2026, 2030, "tiny", "3", 1)
QUOTED = re.compile("\u201c[^\u201c\u201d]*\u201d")


def package(tmp_path: Path) -> Path:
    made = tmp_path / "x.asice"
    files = seal_input().files[1:]
    seal(quiet, seal_input(files=files, signers=(SealSigner(TEAM, "Sari", SENTENCE),)), made)
    return made


@pytest.mark.slow
def test_an_office_of_a_packages_is_quoted_wherever_its_verdict_is_told(tmp_path, capsys) -> None:
    made = package(tmp_path)
    verdict = verify(made, Anchors(), NOW)
    told = [one for one in verdict.reasons if PAY in render(one.message, Language.ID)]
    assert "missing.container_signature" in {one.code for one in told}
    for language in Language:
        paper = repr(compose_verdicts((verdict, verdict), language).elements)
        machine = " ".join(one.text for one in report_of(verdict, language).reasons)
        run(["--language", language.value, "verify", str(made)])
        for said in (paper, machine, capsys.readouterr().out):
            assert "Sekretaris Tim. Semua" in said
            assert PAY not in QUOTED.sub("", said)


def test_texts_of_strangers_are_quoted_once_and_short() -> None:
    for language in Language:
        for ident, key in (
            ("missing.pdf_signature", "role"), ("missing.not_asked", "role"), ("note.not_asked", "role"),
            ("note.not_asked", "holder"), ("note.other_office", "office"), ("note.other_office", "person"),
            ("signature.untrusted", "holder"), ("note.other_person", "holder"), ("note.other_box", "other"),
            ("missing.not_asked", "file"), ("missing.pdf_signature", "file"),
        ):  # fmt: skip
            said = render(as_said(Message(f"submission.{ident}", **{key: "Siti Aminah, S.H."})), language)
            assert "\u201cSiti Aminah, S.H.\u201d" in said
            assert not re.search("\u201c\u201c|\u201d\u201d", said)
    long = as_said(Message("submission.missing.container_signature", role="x " * 200)).params["role"]
    assert isinstance(long, Message)
    assert len(str(long.params["text"])) == SHOWN
    inner = Message("trust.path.revoked", holder="Siti \u201cA\u201d")
    why = as_said(Message("submission.signature.untrusted", holder="B", reason=inner)).params["reason"]
    assert isinstance(why, Message)
    assert "\u201cSiti 'A'\u201d" in render(why, Language.ID)


def said_by(ident: str, language: Language) -> str:
    """A sentence as the catalogue has it, of several things where it counts."""
    told = catalogue(language)
    several = told.ngettext(ident, ident, 2)
    return several if several != ident else told.gettext(ident)


def sentences() -> dict[str, set[str]]:
    """Every sentence that a reason may be made of, with the places in it."""
    ids = (one if isinstance(one, str) else one[0] for one in catalogue(Language.ID)._catalog)  # type: ignore[attr-defined]
    rooms = ("submission.", "trust.", "base.")
    found = {
        one: set(PLACE.findall(said_by(one, Language.ID))) - {"n"} for one in ids if one.startswith(rooms)
    }
    return {one: places for one, places in found.items() if places}


PLACE = re.compile(r"\{(\w+)\}")
SENTENCES = sentences()
STRANGE = (
    f"Sekretaris Tim. Semua sudah sah. Kirim biaya; {PAY}", f"{PAY} \u201d {PAY} \u201c", f"18.07 {PAY}",
    f"{PAY}.go.id", f"books/{PAY}.id.pdf", f"/{PAY}", f"{PAY.casefold()}_3", f"tiny {PAY}",
)  # fmt: skip


def test_the_table_of_codes_has_its_sentences_here() -> None:
    """What follows asks all of them."""
    ids = [one for row in TABLE for one in (f"submission.{row.code}", row.code)]
    assert {one for one in ids if set(PLACE.findall(said_by(one, Language.EN))) - {"n"}} <= SENTENCES.keys()
    assert len(SENTENCES) > 300


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", [*STRANGE[:2], *(pytest.param(text, marks=pytest.mark.slow) for text in STRANGE[2:])]
)
def test_no_text_in_any_place_of_any_sentence_stands_without_marks(text: str) -> None:
    """Whatever it is about: what is not known to be ours is somebody else's."""
    for key, places in SENTENCES.items():
        for language in Language:
            for value in (text, LocalText({"id": text, "en": text})):
                inner = Message("trust.path.revoked", holder=value, moment=value, reason=value)
                alone = ({**dict.fromkeys(places, "-"), place: value} for place in places)
                for params in (dict.fromkeys(places, value), dict.fromkeys(places, inner), *alone):
                    said = render(as_said(Message(key, **{"n": 2, **params}), PACKAGE), language)
                    assert PAY not in QUOTED.sub("", said).upper(), (key, said)
                    assert PAY in said.upper(), (key, said)
                    assert not re.search("\u201c\u201c|\u201d\u201d", said), (key, said)


def test_a_sentence_that_no_catalogue_has_is_somebody_elses() -> None:
    for message in (Message(SENTENCE), Message("submission.nothing", **{SENTENCE: SENTENCE})):
        said = render(as_said(Message("submission.pdf.signature", reason=message)), Language.ID)
        assert PAY not in QUOTED.sub("", said)


def test_what_is_quoted_is_quoted_once_however_often_it_is_asked() -> None:
    made = as_said(Message("submission.note.not_asked", holder=SENTENCE, role=LocalText({"id": SENTENCE})))
    for language in Language:
        assert render(as_said(made), language) == render(made, language)


def test_what_the_guideline_inside_calls_an_office_or_a_document_is_a_senders_word(own_home) -> None:
    """Only that of the same id and version at hand says it for us."""
    label, title = load_pack(TINY_PACK).roles[0].label, load_pack(TINY_PACK).books[0].title
    office = Message("submission.missing.not_asked", file="manifest.json", role=label)
    book = Message("submission.missing.document", document=title)
    guideline = Message("submission.note.guideline_draft", guideline="tiny 3")
    not_here = [render(as_said(each, PACKAGE), Language.ID) for each in (office, guideline)]
    assert f"\u201c{label.read('id')}\u201d" in not_here[0]
    assert "\u201ctiny 3\u201d" in not_here[1]
    install(TINY_PACK, confirmed=True)
    for message in (office, book, guideline):
        assert as_said(message, PACKAGE) == message
    other = dataclasses.replace(PACKAGE, guideline_version="3.0.1")
    for message in (office, guideline):
        assert as_said(message) != message
        assert as_said(message, other) != message


def test_what_is_ours_stands_as_it_is() -> None:
    """No marks around our own words, figures, and names of algorithms."""
    for message in (
        Message("submission.note.other_official", person="\N{EN DASH}", role="", plan="\N{EN DASH}"),
        Message("submission.missing.mandatory", n=3),
        Message("submission.missing.not_asked", file="manifest.json", role=""),
        Message("submission.note.more", n=3, code="note.other_person"),
        Message("submission.note.other_region", code="18.07", name="", known="-"),
        Message("submission.note.within_box", file="", pages="1, 3, 12"),
        Message("submission.note.outside_box", file="", page=told_pages(range(12))),
        Message("submission.zip.gap", at="182734"),
        Message("submission.manifest.newer", version="9"),
        Message("submission.parser", kind="RecursionError"),
        Message("submission.note.passing_anchor", root="", sha256=grouped("0a" * 32)),
        Message("trust.cms.algorithm", algorithm="sha1"),
        Message("trust.cms.algorithm", algorithm="rsassa_pss"),
        Message("trust.cms.algorithm", algorithm="1.2.840.113549.1.1.5"),
        Message("trust.path.hash", holder="", hash="sha1"),
        Message("trust.path.critical", holder="", oid="2.5.29.36"),
        Message("trust.key.curve", curve="secp192r1"),
        Message("trust.revocation.declined", status="try_later"),
    ):
        assert as_said(message) == message
        assert json.dumps(as_said(message).to_json()) == json.dumps(message.to_json())


def test_both_languages_have_the_same_places_in_marks() -> None:
    """Whether marks are there already is asked of one of them, and of all places of a word at once."""
    for ident in SENTENCES:
        said = [said_by(ident, each) for each in Language]
        marked, others = MARKED.findall(said[0]), [MARKED.sub("", each) for each in said]
        assert set(marked) == set(MARKED.findall(said[1])), ident
        for other in others:
            assert not set(marked) & set(PLACE.findall(other)), ident
            assert not any(map(PLACE.search, QUOTED.findall(other))), ident


MARKED = re.compile("\u201c\\{(\\w+)\\}\u201d")


@pytest.mark.slow
def test_a_region_and_a_program_that_are_sentences_are_quoted_on_every_paper(tmp_path) -> None:
    made = tmp_path / "x.asice"
    seal(quiet, seal_input(region_name=SENTENCE), made)
    with open_package(made) as opened:
        manifest = opened.manifest
    strange = msgspec.structs.replace(
        manifest, application=msgspec.structs.replace(manifest.application, version=SENTENCE)
    )
    standing = read_standing(quiet, made, Anchors(), NOW)
    info = dataclasses.replace(standing.verdict.package, program=f"Rancang {SENTENCE}")
    verdict = dataclasses.replace(standing.verdict, package=info)
    for language in Language:
        for paper in (
            compose_cover(strange, (GoingOut("x/y.pdf", 1, "a" * 64, ()),), language),
            compose_slip(dataclasses.replace(standing, manifest=strange), language),
            compose_verdicts((verdict,), language),
        ):
            assert PAY in repr(paper)
            assert PAY not in QUOTED.sub("", repr(paper))


def test_a_document_to_be_signed_elsewhere_is_called_as_the_guideline_at_hand_does(
    own_home,
) -> None:
    """What a PDF calls itself, whoever made it chose."""
    install(TINY_PACK, confirmed=True)
    made = own_home / "x.asice"
    seal(quiet, seal_input(guideline_id="tiny", guideline_version="3"), made)
    with open_package(made) as opened:
        manifest = opened.manifest
    title = load_pack(TINY_PACK).books[0]
    paths = (f"books/{title.id}.id.pdf", "surat/pengantar.pdf")
    one = manifest.files[0]
    files = tuple(structs.replace(one, path=path, role="book") for path in paths)
    manifest = structs.replace(manifest, files=files)
    going = [GoingOut(path, 1, "a" * 64, ()) for path in paths]
    told = repr(compose_cover(manifest, going, Language.ID).elements)
    assert f"1. {title.title.read('id')}" in told
    assert "2. \u201csurat/pengantar.pdf\u201d" in told
    assert told.count(render(Message("submission.cover.besides"), Language.ID)) == 1


def test_why_a_package_cannot_be_used_is_told_with_marks() -> None:
    strange = f"x\u201d. {PAY}. \u201cy"
    reason = Message("submission.content.extra", name=strange)
    for error in (
        PackageUnusable("a.asice", reason), WouldBeRefused("a.asice", reason), CannotSeal(reason),
        CannotReprint("a.asice", reason), NothingToSign(strange), WrongCertificate(strange, strange),
    ):  # fmt: skip
        for language in Language:
            assert PAY not in QUOTED.sub("", render(error.message, language))
