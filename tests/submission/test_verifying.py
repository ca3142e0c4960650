"""The verifier: five verdicts, and no change of any kind gets through."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import msgspec
import pytest

from desktop.base import Cancelled, Language, render
from desktop.base.jobs import quiet
from desktop.submission import (
    SealSigner,
    Verdict,
    VerdictKind,
    Weight,
    container_hash,
    seal,
    sign_container,
    sign_pdfs,
    verify,
    verify_many,
)
from desktop.submission.frame.asic import MANIFEST_NAME
from desktop.submission.manifest import NAME
from desktop.submission.signed import signed_when
from desktop.submission.verdict import SignatureReport
from desktop.trust import Anchors
from tests.effort import steps
from tests.submission import tamper
from tests.submission.making import (
    BOOK,
    DATA,
    MAYOR,
    NOW,
    PHOTO,
    SECRETARY,
    TEAM,
    Stage,
    seal_input,
    seal_named,
)
from tests.submission.zips import Item, build

SIGNATURE = "META-INF/signatures0.xml"
INSIDE = (BOOK, DATA, PHOTO, NAME, MANIFEST_NAME, SIGNATURE)


def ask(stage: Stage, path: Path, **options: object) -> Verdict:
    return verify(path, stage.anchors, options.pop("now", NOW), **options)


def codes(verdict: Verdict, weight: Weight = Weight.REFUSAL) -> list[str]:
    return [reason.code for reason in verdict.reasons if reason.weight is weight]


def refused(stage: Stage, path: Path) -> str:
    """The code of the refusal, said in both languages."""
    verdict = ask(stage, path)
    assert verdict.kind is VerdictKind.REFUSED
    assert verdict.exit_code == 1
    (code,) = codes(verdict)
    for language in Language:
        sentence = render(verdict.reasons[0].message, language)
        assert sentence.endswith((".", ")", ")."))
        assert "submission." not in sentence
        assert "trust." not in sentence
    return code


def test_the_five_verdicts(stage, tmp_path) -> None:
    signed = ask(stage, stage.signed)
    assert signed.kind is VerdictKind.VALID_WITH_NOTES
    assert signed.exit_code == 0
    assert set(codes(signed, Weight.NOTE)) == {"note.test"}
    assert [(one.file, one.role) for one in signed.signatures] == [
        ("", TEAM),
        (BOOK, MAYOR),
        (BOOK, SECRETARY),
    ]
    assert all(one.test for one in signed.signatures)
    assert signed.package is not None
    assert (signed.package.region_code, signed.package.files) == ("18.07", 3)

    sealed = ask(stage, stage.sealed)
    assert (sealed.kind, sealed.exit_code) == (VerdictKind.SEALED, 1)
    assert codes(sealed, Weight.MISSING) == ["missing.pdf_signature"] * 2 + ["missing.container_signature"]
    assert ask(stage, stage.half).kind is VerdictKind.SEALED

    early = tmp_path / "early.asice"
    sign_container(quiet, stage.half, early, stage.key(TEAM), TEAM, stage.anchors, NOW)
    incomplete = ask(stage, early)
    assert (incomplete.kind, incomplete.exit_code) == (VerdictKind.INCOMPLETE, 1)
    assert codes(incomplete, Weight.MISSING) == ["missing.pdf_signature"]


def test_a_real_identity_is_simply_valid(stage, tmp_path) -> None:
    """Nothing to note: known root, certified, everybody signed."""
    from tests.trust import pki

    class Key:
        def __init__(self, signer: object) -> None:
            self.signer = signer

        def open(self):
            import contextlib

            return contextlib.nullcontext(self.signer)

    root = pki.make("Root", ca=True)
    issuer = pki.make("Penerbit", root, ca=True, length=0)
    names = {MAYOR: "Budi", SECRETARY: "Siti", TEAM: "Ratna"}
    keys = {role: Key(pki.make(name, issuer).signer(issuer, root)) for role, name in names.items()}
    anchors, path = pki.believe(root), tmp_path / "asli.asice"
    seal(quiet, seal_named(names), path)
    for role in (MAYOR, SECRETARY):
        sign_pdfs(quiet, path, path, keys[role], role, anchors, NOW)
    sign_container(quiet, path, path, keys[TEAM], TEAM, anchors, NOW)
    verdict = verify(path, anchors, NOW)
    assert (verdict.kind, verdict.reasons) == (VerdictKind.VALID, ())
    assert {one.anchor for one in verdict.signatures} == {"certified"}
    later = verify(path, anchors, NOW + dt.timedelta(days=800))
    assert later.kind is VerdictKind.VALID_WITH_NOTES
    assert set(codes(later, Weight.NOTE)) == {"note.expired_since", "note.no_plan"}
    assert verify(path, Anchors(), NOW).reasons[0].code == "signature.unknown"
    assert verify(path, anchors, NOW - dt.timedelta(hours=1)).reasons[0].code == "signature.future"


def test_administrative_faults_are_not_forgeries(stage, tmp_path) -> None:
    path = tmp_path / "kurang.asice"
    seal(quiet, seal_input(open_mandatory=3, files=seal_input().files[1:]), path)
    sign_container(quiet, path, path, stage.key(TEAM), TEAM, stage.anchors, NOW)
    verdict = ask(stage, path, due=NOW - dt.timedelta(days=1))
    assert verdict.kind is VerdictKind.INCOMPLETE
    assert codes(verdict, Weight.MISSING) == ["missing.mandatory", "missing.late"]
    assert ask(stage, path, due=NOW).reasons[-1].code == "missing.mandatory"


def test_two_hundred_flipped_bits(stage, tmp_path) -> None:
    original = stage.signed.read_bytes()
    chance = random.Random(20261124)
    path = tmp_path / "flipped.asice"
    for number in range(200):
        broken = bytearray(original)
        place = chance.randrange(len(broken))
        broken[place] ^= 1 << chance.randrange(8)
        path.write_bytes(broken)
        assert refused(stage, path), place
        if number % 20 == 0:  # and before anything dear is done
            assert steps(refused, stage, path) < 40_000


@pytest.mark.slow
@pytest.mark.parametrize("which", ["sealed", "signed"])
def test_every_byte_of_frame_and_manifests(stage, tmp_path, which) -> None:
    """Headers, directory, manifests: no field is free, not even a time or a version nobody reads."""
    package = getattr(stage, which)
    original, path = package.read_bytes(), tmp_path / "flipped.asice"
    files, _ = tamper.read(package)
    places = set(range(len(original)))
    for name in (BOOK, PHOTO, *([SIGNATURE] if which == "signed" else [])):
        start = original.index(files[name])
        places -= set(range(start + 16, start + len(files[name]) - 16))
    for place in sorted(places)[::3]:
        broken = bytearray(original)
        broken[place] ^= 1 << place % 8
        path.write_bytes(broken)
        assert ask(stage, path).kind is VerdictKind.REFUSED, place


def test_every_byte_of_the_signature(stage, tmp_path) -> None:
    files, manifest = tamper.read(stage.signed)
    original = files[SIGNATURE]
    for place in range(0, len(original), 7):
        broken = bytearray(original)
        broken[place] ^= 1 << place % 8
        path = tamper.write({**files, SIGNATURE: bytes(broken)}, manifest, tmp_path / "x.asice")
        assert ask(stage, path).kind is VerdictKind.REFUSED, place


@pytest.mark.parametrize("name", INSIDE)
def test_a_file_removed(stage, tmp_path, name) -> None:
    files, manifest = tamper.read(stage.signed)
    del files[name]
    path = tamper.write(files, manifest, tmp_path / "x.asice")
    if name == SIGNATURE:
        assert ask(stage, path).kind is VerdictKind.SEALED
    else:
        assert refused(stage, path) in {"content.missing", "manifest.missing"}


@pytest.mark.parametrize("name", INSIDE)
def test_a_file_renamed(stage, tmp_path, name) -> None:
    files, manifest = tamper.read(stage.signed)
    renamed = {(f"{one}.bak" if one == name else one): data for one, data in files.items()}
    path = tamper.write(renamed, manifest, tmp_path / "x.asice")
    assert refused(stage, path) in {"content.missing", "manifest.missing", "content.extra"}


@pytest.mark.parametrize(
    "name",
    [
        "tambahan.txt",
        "META-INF/tambahan.xml",
        "META-INF/signatures7.xml",
        "META-INF/ASiCManifest.xml",
        "zz/a",
    ],
)
def test_a_file_added(stage, tmp_path, name) -> None:
    files, manifest = tamper.read(stage.signed)
    path = tamper.write({**files, name: files[SIGNATURE]}, manifest, tmp_path / "x.asice")
    assert refused(stage, path) in {"content.extra", "content.missing"}


def test_a_second_signature_file_that_repeats_the_first(stage, tmp_path) -> None:
    files, manifest = tamper.read(stage.signed)
    path = tamper.write(
        {**files, "META-INF/signatures1.xml": files[SIGNATURE]}, manifest, tmp_path / "x.asice"
    )
    assert refused(stage, path) == "xades.not_canonical"


def test_files_in_another_order(stage, tmp_path) -> None:
    files, manifest = tamper.read(stage.signed)
    path = tamper.write(dict(reversed(files.items())), manifest, tmp_path / "x.asice")
    assert refused(stage, path) == "content.order"


def test_content_changed_and_every_digest_made_to_fit(stage, tmp_path) -> None:
    def change(files: tamper.Files) -> None:
        files[DATA] = b'{"format":"rancang-datb"}'

    assert refused(stage, tamper.forge(stage.signed, tmp_path / "x.asice", change)) == "xades.digest"


@pytest.mark.parametrize(
    "edit",
    [
        lambda manifest: msgspec.structs.replace(manifest, open_mandatory=7),
        lambda manifest: msgspec.structs.replace(manifest, signers=()),
        lambda manifest: msgspec.structs.replace(manifest, files=manifest.files[1:]),
        lambda manifest: msgspec.structs.replace(manifest, previous="0" * 64),
    ],
    ids=["figure", "signers", "file dropped", "previous"],
)
def test_manifest_changed_and_its_id_made_to_fit(stage, tmp_path, edit) -> None:
    path = tamper.forge(stage.signed, tmp_path / "x.asice", lambda files: None, edit)
    assert refused(stage, path).startswith("xades.")


def test_a_stripped_pdf_signature_shows(stage, tmp_path) -> None:
    """Cutting the last signature off a sealed (not yet container-signed) package, digests made to fit."""
    both = tmp_path / "both.asice"
    sign_pdfs(quiet, stage.half, both, stage.key(SECRETARY), SECRETARY, stage.anchors, NOW)
    earlier = tamper.read(stage.half)[0][BOOK]

    def change(files: tamper.Files) -> None:
        files[BOOK] = earlier

    assert refused(stage, tamper.forge(both, tmp_path / "x.asice", change)) == "pdf.other_signatures"


def test_another_document_under_the_same_name(stage, tmp_path) -> None:
    """Somebody seals another book, signs it, and puts it into the half-signed package."""
    from tests.submission.making import book_signers, draw_pdf

    other = tmp_path / "other.asice"
    book = seal_input().files[0]
    replaced = type(book)(BOOK, book.media_type, book.role, draw_pdf(3), book_signers())
    seal(quiet, seal_input(files=(replaced, *seal_input().files[1:])), other)
    sign_pdfs(quiet, other, other, stage.key(MAYOR), MAYOR, stage.anchors, NOW)
    alien = tamper.read(other)[0][BOOK]

    def change(files: tamper.Files) -> None:
        files[BOOK] = alien

    path = tamper.forge(stage.half, tmp_path / "x.asice", change)
    assert refused(stage, path) == "pdf.not_sealed_document"


def test_the_expected_certificate_is_asked_for(stage, tmp_path) -> None:
    path = tmp_path / "x.asice"
    with stage.key(MAYOR).open() as signer:
        from desktop.trust.certificate import fingerprint

        wanted = fingerprint(signer.certificate)
    seal(
        quiet, seal_input(files=seal_input().files[1:], signers=(SealSigner(TEAM, certificate=wanted),)), path
    )
    sign_container(quiet, path, path, stage.key(TEAM), "another", stage.anchors, NOW)
    assert codes(ask(stage, path), Weight.MISSING) == ["missing.container_signature"]
    good = tmp_path / "good.asice"
    seal(
        quiet, seal_input(files=seal_input().files[1:], signers=(SealSigner(TEAM, certificate=wanted),)), good
    )
    sign_container(quiet, good, good, stage.key(MAYOR), TEAM, stage.anchors, NOW, other_holder=True)
    assert ask(stage, good).kind is VerdictKind.VALID_WITH_NOTES

    def swap(manifest):
        return msgspec.structs.replace(
            manifest,
            signers=tuple(msgspec.structs.replace(one, certificate="0" * 64) for one in manifest.signers),
        )

    assert refused(stage, tamper.forge(good, tmp_path / "y.asice", lambda files: None, swap)).startswith(
        "xades."
    )


def test_whatever_is_no_package_is_refused(stage, tmp_path) -> None:
    archive = build([Item(b"a.txt")])
    cases = {"empty": b"", "text": b"halo" * 40, "pdf": b"%PDF-1.7\n" * 40, "zip": archive}
    for name, data in cases.items():
        path = tmp_path / name
        path.write_bytes(data)
        assert refused(stage, path) in {"zip.not_zip", "manifest.missing"}
    assert ask(stage, tmp_path / "tidak-ada").kind is VerdictKind.REFUSED
    assert ask(stage, tmp_path).kind is VerdictKind.REFUSED


def test_a_newer_format_says_so(stage, tmp_path) -> None:
    files, manifest = tamper.read(stage.sealed)
    newer = files[NAME].replace(b'"version":1,', b'"version":2,')
    path = tamper.write({**files, NAME: newer}, manifest, tmp_path / "x.asice")
    assert refused(stage, path) in {"manifest.newer", "manifest.id"}


def test_any_accepts_our_own_and_makes_nothing_better_of_them(stage, tmp_path) -> None:
    files, manifest = tamper.read(stage.signed)
    path = tamper.write({name: files[name] for name in reversed(files)}, manifest, tmp_path / "x.asice")
    assert refused(stage, path) == "content.order"
    assert codes(ask(stage, path, any_=True)) == ["content.order"]
    strict = ask(stage, stage.signed, any_=True)
    assert strict.package is not None
    files[DATA] = b"{}"
    assert ask(stage, tamper.write(files, manifest, path), any_=True).kind is VerdictKind.REFUSED


@pytest.mark.slow
def test_adding_a_signature_later_names_the_container_before(stage, tmp_path) -> None:
    early, later = tmp_path / "early.asice", tmp_path / "later.asice"
    sign_container(quiet, stage.half, early, stage.key(TEAM), TEAM, stage.anchors, NOW)
    added = sign_pdfs(quiet, early, later, stage.key(SECRETARY), SECRETARY, stage.anchors, NOW)
    assert added.signature_dropped
    sign_container(quiet, later, later, stage.key(TEAM), TEAM, stage.anchors, NOW)
    first, second = ask(stage, early), ask(stage, later)
    assert second.kind is VerdictKind.VALID_WITH_NOTES
    assert second.package.previous == container_hash(early)
    assert second.package.id == first.package.id


@pytest.mark.slow
def test_many_and_a_cancelled_one(stage) -> None:
    seen: list[int] = []
    verdicts = verify_many(
        lambda done, total, message: seen.append(done), (stage.sealed, stage.signed), stage.anchors, NOW
    )
    assert [verdict.kind.value for verdict in verdicts] == ["sealed", "valid-with-notes"]
    assert sorted(set(seen)) == seen or seen == sorted(seen)

    def stop(done: int, total: int, message: object) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        verify(stage.signed, stage.anchors, NOW, report=stop)


def test_a_verdict_travels_as_json_and_between_processes(stage) -> None:
    import json
    import pickle

    verdict = ask(stage, stage.signed)
    told = json.loads(json.dumps(verdict.to_json()))
    assert told["verdict"] == "valid-with-notes"
    assert told["package"]["region_code"] == "18.07"
    assert told["signatures"][0]["holder"] == "Contoh Tim"
    assert pickle.loads(pickle.dumps(verdict)) == verdict


def rogue(stage: Stage, package: Path, target: Path, role: str, moment: dt.datetime) -> Path:
    """A container signature made by somebody who does not ask our checks first."""
    from desktop.submission.frame.container import data_files
    from desktop.submission.xades.writing import sign_xades

    files, manifest = tamper.read(package)
    with stage.key(MAYOR).open() as signer:
        signature = sign_xades(data_files(manifest), signer, 0, moment, (role,))
    return tamper.write({**files, SIGNATURE: signature}, manifest, target)


def test_a_signature_with_another_certificate_than_asked_for(stage, tmp_path) -> None:
    path = tmp_path / "x.asice"
    wanted = SealSigner(TEAM, certificate="ab" * 32)
    seal(quiet, seal_input(files=seal_input().files[1:], signers=(wanted,)), path)
    assert (
        refused(stage, rogue(stage, path, tmp_path / "y.asice", TEAM, NOW)) == "signature.other_certificate"
    )
    stray = ask(stage, rogue(stage, path, tmp_path / "z.asice", "somebody", NOW))
    assert (stray.kind, stray.signatures[0].role) == (VerdictKind.INCOMPLETE, "somebody")


def test_a_signature_older_than_the_document_is_noted(stage, tmp_path) -> None:
    path = tmp_path / "x.asice"
    seal(quiet, seal_input(files=seal_input().files[1:]), path)
    early = ask(stage, rogue(stage, path, tmp_path / "y.asice", TEAM, NOW - dt.timedelta(hours=9)))
    assert early.kind is VerdictKind.VALID_WITH_NOTES
    assert "note.before_sealing" in codes(early, Weight.NOTE)


def test_a_pdf_signature_for_a_role_nobody_asked_for(stage, tmp_path) -> None:
    """The manifest's own record of who signed where has to match the document and its expected signers."""

    def edit(manifest):
        files = []
        for file in manifest.files:
            if file.signed is not None:
                fields = tuple(msgspec.structs.replace(one, role="somebody") for one in file.signed.fields)
                signed = msgspec.structs.replace(file.signed, fields=fields)
                files.append(msgspec.structs.replace(file, signed=signed))
            else:
                files.append(file)
        return msgspec.structs.replace(manifest, files=tuple(files))

    path = tamper.forge(stage.half, tmp_path / "x.asice", lambda files: None, edit)
    assert refused(stage, path) == "pdf.other_signatures"


@pytest.mark.parametrize(
    ("asked", "own", "hour"), [(True, False, 18), (False, False, 19), (True, True, 19), (False, True, 19)]
)
def test_a_document_whose_signature_claims_no_time_is_no_later_than_what_closes_it(asked, own, hour):
    """All that is proven of it is the stamp over the closing signature, which may come long after that.

    But where it has a timestamp of its own: what closes it may claim any day before.
    """

    def at(clock: int) -> dt.datetime:
        return dt.datetime(2026, 12, 3, clock, tzinfo=dt.UTC)

    def signed(file: str, claimed: dt.datetime | None) -> SignatureReport:
        return SignatureReport(
            file, "mayor", "A", "", "B", "0" * 64, claimed, test=False, anchor="", timestamped=False,
            proven_at=at(19), proven_by="C", asked=asked, stamped_at=at(19) if own else None,
        )  # fmt: skip

    assert signed_when([signed("a.pdf", None), signed("", at(18))]) == at(hour)


@pytest.mark.parametrize(
    ("closed", "hour"),
    [
        # role, certificate, hour, asked; "": no office of the guideline
        ([("team", "a", 8, True)], 8),
        ([("team", "a", 8, True), ("team", "a", 2, True)], 8),
        ([("team", "a", 2, True), ("team", "a", 8, True)], 2),
        ([("team", "a", 8, True), ("team", "b", 2, True)], 8),
        ([("team", "a", 2, True), ("mayor", "b", 8, True)], 8),
        ([("team", "a", 8, True), ("team", "b", 2, False), ("mayor", "c", 2, False)], 8),
        ([("team", "a", 2, True), ("team", "b", 8, False), ("mayor", "c", 8, False)], 2),
        ([("team", "b", 8, False), ("", "c", 2, False), ("team", "d", 2, False)], 8),
        ([("team", "b", 2, False), ("", "c", 8, False), ("mayor", "d", 8, False)], 2),
        ([("", "c", 2, False), ("team", "b", 8, False)], 8),
        ([("", "c", 8, False), ("", "d", 2, False)], 8),
    ],
)
def test_a_second_signature_makes_nothing_later_and_nothing_earlier(closed, hour):
    """By an earlier claim of anybody at hand a package that was closed late was in time, without a note."""
    reports = [
        SignatureReport(
            "", role, "A", "", "B", certificate, dt.datetime(2026, 12, 3, clock, tzinfo=dt.UTC), test=False,
            anchor="", timestamped=False, office=role, asked=asked,
        )
        for role, certificate, clock, asked in closed
    ]  # fmt: skip
    assert signed_when(reports) == dt.datetime(2026, 12, 3, hour, tzinfo=dt.UTC)


@pytest.mark.parametrize(("test", "hour"), [((True, False), 8), ((True, True), 2), ((False, False), 2)])
def test_whoever_trains_says_no_time_of_what_somebody_real_has_closed(test, hour):
    """A trainee in the asked one's name made a late package one in time, with a receipt of his hour."""
    reports = [
        SignatureReport(
            "", "team", name, "", "B", name, dt.datetime(2026, 12, 3, clock, tzinfo=dt.UTC), test=trains,
            anchor="", timestamped=False, office="team", asked=asked,
        )
        for name, clock, asked, trains in (("A", 2, True, test[0]), ("B", 8, False, test[1]))
    ]  # fmt: skip
    assert signed_when(reports) == dt.datetime(2026, 12, 3, hour, tzinfo=dt.UTC)
