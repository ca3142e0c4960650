"""Timestamps and answers about revocation, added to a package afterwards and judged with it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from desktop.base import Cancelled, Language, render
from desktop.base.jobs import quiet
from desktop.submission import (
    PackageUnusable,
    Verdict,
    VerdictKind,
    Weight,
    seal,
    sign_container,
    sign_pdfs,
    verify,
)
from desktop.submission.container import data_files
from desktop.submission.extending import NothingToExtend, NotProven, extend
from desktop.submission.own import parts_of, read_own_signature
from desktop.submission.xades import write_xades
from desktop.trust.anchors import AnchorClass, Anchors
from desktop.trust.online import Limits, NoAnswer
from desktop.trust.timeservice import TimeService, request_timestamp
from desktop.trust.timestamps import plain_token
from tests.authority import ENDED, NOW, WITHDRAWN, Authority, running
from tests.submission import tamper
from tests.submission.making import BOOK, DATA, MAYOR, SECRETARY, TEAM, seal_input
from tests.submission.test_signing import archival

SIGNATURE = "META-INF/signatures0.xml"
DAY = dt.timedelta(days=1)
LIMITS = Limits(connect=2, total=5)


@dataclass(frozen=True)
class Scene:
    """Packages whose signers have an authority that can be asked."""

    authority: Authority
    anchors: Anchors
    half: Path
    """The documents are signed, the container is not."""
    signed: Path
    stamped: Path
    """B-T."""
    whole: Path
    """B-LT."""

    def service(self, address: str = "") -> TimeService:
        return TimeService(address or self.authority.tsa(), limits=LIMITS)

    def extend(self, package: Path, target: Path, level: str = "t", address: str = "", now=NOW):
        return extend(quiet, package, target, self.service(address), level, self.anchors, now)

    def ask(self, path: Path, now: dt.datetime = NOW, anchors: Anchors | None = None) -> Verdict:
        return verify(path, anchors or self.anchors, now)

    def container(self, name: str, path: Path) -> Path:
        """A package of data alone, signed by somebody."""
        seal(quiet, seal_input(files=seal_input().files[1:]), path)
        sign_container(
            quiet, path, path, self.authority.key(name), TEAM, self.anchors, NOW, other_holder=True
        )
        return path


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("extending")
    with running(folder) as authority:
        anchors = Anchors().plus(*authority.pem("root"))
        anchors = anchors.plus(*authority.pem("time-root"), purpose=AnchorClass.TIMESTAMP)
        half, signed, stamped, whole = (folder / f"{name}.asice" for name in ("half", "signed", "t", "lt"))
        seal(quiet, seal_input(), half)
        for role in (MAYOR, SECRETARY):
            sign_pdfs(quiet, half, half, authority.key(role), role, anchors, NOW, other_holder=True)
        sign_container(quiet, half, signed, authority.key(TEAM), TEAM, anchors, NOW, other_holder=True)
        scene = Scene(authority, anchors, half, signed, stamped, whole)
        scene.extend(signed, stamped)
        scene.extend(signed, whole, "lt")
        yield scene


def codes(verdict: Verdict, weight: Weight = Weight.NOTE) -> list[str]:
    for reason in verdict.reasons:
        for language in Language:
            sentence = render(reason.message, language)
            assert "submission." not in sentence
            assert "trust." not in sentence
    return [reason.code for reason in verdict.reasons if reason.weight is weight]


def refused(verdict: Verdict) -> str:
    assert verdict.kind is VerdictKind.REFUSED
    (code,) = codes(verdict, Weight.REFUSAL)
    return code


def proven(verdict: Verdict) -> list[tuple[dt.datetime | None, str, bool]]:
    return [(one.proven_at, one.proven_by, one.revocation) for one in verdict.signatures]


def test_a_timestamp_proves_the_time_of_everything_under_it(scene) -> None:
    before = scene.ask(scene.signed)
    assert (before.kind, proven(before)) == (VerdictKind.VALID, [(None, "", False)] * 3)
    after = scene.ask(scene.stamped)
    assert (after.kind, after.reasons) == (VerdictKind.VALID, ())
    assert proven(after) == [(NOW, "Contoh tsa", False)] * 3
    assert [one.timestamped for one in after.signatures] == [True, False, False]
    assert proven(scene.ask(scene.whole)) == [(NOW, "Contoh tsa", True)] + [(NOW, "Contoh tsa", False)] * 2
    assert after.package == before.package


def test_nothing_that_was_signed_changes(scene) -> None:
    before, after = tamper.read(scene.signed)[0], tamper.read(scene.whole)[0]
    assert {name: data for name, data in after.items() if name != SIGNATURE} == {
        name: data for name, data in before.items() if name != SIGNATURE
    }
    end = before[SIGNATURE].index(b"</xades:QualifyingProperties>")
    assert after[SIGNATURE][:end] == before[SIGNATURE][:end]


def test_documents_get_theirs_while_the_container_is_open(scene, tmp_path) -> None:
    stamped, whole = tmp_path / "t.asice", tmp_path / "lt.asice"
    told = scene.extend(scene.half, stamped)
    assert [(one.file, one.proven_at) for one in told.stamped] == [(BOOK, NOW)] * 2
    scene.extend(scene.half, whole, "lt")
    assert proven(scene.ask(stamped)) == [(NOW, "Contoh tsa", False)] * 2
    assert proven(scene.ask(whole)) == [(NOW, "Contoh tsa", True)] * 2
    books = [tamper.read(path)[0][BOOK] for path in (scene.half, stamped, whole)]
    assert all(book.startswith(books[0]) for book in books)
    assert [[one for one in archival(book) if "/DSS" not in one] for book in books] == [[], [], []]
    # And it goes on as before: the container is signed over all of it, and stamped too.
    done = tmp_path / "done.asice"
    sign_container(quiet, whole, done, scene.authority.key(TEAM), TEAM, scene.anchors, NOW, other_holder=True)
    scene.extend(done, done, "lt")
    verdict = scene.ask(done)
    assert (verdict.kind, verdict.reasons) == (VerdictKind.VALID, ())
    assert proven(verdict) == [(NOW, "Contoh tsa", True)] * 3


def test_signing_with_a_timestamp_at_once(scene, tmp_path) -> None:
    path, service = tmp_path / "x.asice", scene.service()
    seal(quiet, seal_input(), path)
    for role in (MAYOR, SECRETARY):
        sign_pdfs(
            quiet, path, path, scene.authority.key(role), role, scene.anchors, NOW, service, other_holder=True
        )
    assert archival(tamper.read(path)[0][BOOK]) == []
    assert proven(scene.ask(path)) == [(NOW, "Contoh tsa", False)] * 2
    sign_container(
        quiet, path, path, scene.authority.key(TEAM), TEAM, scene.anchors, NOW, service, other_holder=True
    )
    verdict = scene.ask(path)
    assert (verdict.kind, verdict.reasons) == (VerdictKind.VALID, ())
    assert [one.timestamped for one in verdict.signatures] == [True, True, True]
    before, asked = path.read_bytes(), tmp_path / "y.asice"
    for kind in ("imprint", "broken"):
        service = scene.service(scene.authority.fault(kind))
        with pytest.raises(NoAnswer):
            sign_container(
                quiet,
                path,
                path,
                scene.authority.key(TEAM),
                TEAM,
                scene.anchors,
                NOW,
                service,
                other_holder=True,
            )
        seal(quiet, seal_input(), asked)
        with pytest.raises(NoAnswer):
            sign_pdfs(
                quiet,
                asked,
                asked,
                scene.authority.key(MAYOR),
                MAYOR,
                scene.anchors,
                NOW,
                service,
                other_holder=True,
            )
    assert path.read_bytes() == before


def test_a_timestamp_inside_a_document_that_is_about_something_else(scene, tmp_path, monkeypatch) -> None:
    from desktop.trust import fetching

    path, honest = tmp_path / "x.asice", fetching.request_timestamp

    def other(service, digest, *rest):
        return honest(service, bytes(32), *rest)

    seal(quiet, seal_input(), path)
    with monkeypatch.context() as patch:
        patch.setattr(fetching, "request_timestamp", other)
        sign_pdfs(
            quiet,
            path,
            path,
            scene.authority.key(MAYOR),
            MAYOR,
            scene.anchors,
            NOW,
            scene.service(),
            other_holder=True,
        )
    assert refused(scene.ask(path)) == "timestamp.imprint"


def test_a_second_time_there_is_nothing_to_do(scene, tmp_path) -> None:
    asked = len(scene.authority.asked)
    for path, level in ((scene.stamped, "t"), (scene.whole, "t"), (scene.whole, "lt")):
        with pytest.raises(NothingToExtend):
            scene.extend(path, tmp_path / "x.asice", level)
    assert len(scene.authority.asked) == asked
    better = tmp_path / "better.asice"
    scene.extend(scene.stamped, better, "lt")
    assert better.read_bytes() != scene.stamped.read_bytes()
    assert proven(scene.ask(better))[0] == (NOW, "Contoh tsa", True)
    assert scene.authority.asked[asked:] == ["/rancang/ocsp/interm", "/rancang/crls/root/latest.crl"]
    unsigned = tmp_path / "unsigned.asice"
    seal(quiet, seal_input(), unsigned)
    with pytest.raises(NothingToExtend) as caught:
        scene.extend(unsigned, tmp_path / "x.asice")
    assert caught.value.message.id == "submission.extend.unsigned"


@pytest.mark.parametrize("kind", ["html", "garbage", "nonce", "imprint", "signature", "rejected", "loop"])
def test_an_authority_that_is_wrong_leaves_the_package_alone(scene, tmp_path, kind) -> None:
    path = tmp_path / "x.asice"
    path.write_bytes(scene.signed.read_bytes())
    with pytest.raises(NoAnswer):
        scene.extend(path, path, "lt", scene.authority.fault(kind))
    assert path.read_bytes() == scene.signed.read_bytes()
    assert list(tmp_path.iterdir()) == [path]


def test_giving_up_leaves_the_package_alone(scene, tmp_path) -> None:
    def stop(done: int, total: int, message: object) -> None:
        raise Cancelled

    path, service = tmp_path / "x.asice", scene.service(scene.authority.fault("slow"))
    path.write_bytes(scene.signed.read_bytes())
    with pytest.raises(Cancelled):
        extend(stop, path, path, service, "t", scene.anchors, NOW)
    assert path.read_bytes() == scene.signed.read_bytes()


def test_a_damaged_package_is_not_extended(scene, tmp_path) -> None:
    def change(files: tamper.Files) -> None:
        files[DATA] = b"{}"

    path = tamper.forge(scene.signed, tmp_path / "x.asice", change)
    asked = len(scene.authority.asked)
    with pytest.raises(PackageUnusable):
        scene.extend(path, path)
    assert len(scene.authority.asked) == asked


def test_without_answers_the_timestamp_stays(scene, tmp_path) -> None:
    """The service for answers is away: what can be had is added, and it is said what could not."""
    path = scene.container("team", tmp_path / "x.asice")
    with scene.authority.without("ocsp", "crls"):
        told = scene.extend(path, path, "lt")
    (note,) = told.notes
    assert note.id == "submission.extend.without_status"
    assert proven(scene.ask(path)) == [(NOW, "Contoh tsa", False)]
    with scene.authority.without("ocsp"):
        assert scene.extend(path, path, "lt").notes == ()
    assert proven(scene.ask(path)) == [(NOW, "Contoh tsa", True)]


def test_lists_at_hand_are_enough(scene, tmp_path) -> None:
    lists = tuple(scene.authority.crl(name) for name in ("root", "interm"))
    path = scene.container("team", tmp_path / "x.asice")
    with scene.authority.without("ocsp", "crls"):
        extend(quiet, path, path, scene.service(), "lt", scene.anchors.with_lists(*lists), NOW)
    assert proven(scene.ask(path)) == [(NOW, "Contoh tsa", True)]


def test_long_after_the_certificates_ended(scene, tmp_path) -> None:
    path, better = scene.container("short", tmp_path / "x.asice"), tmp_path / "t.asice"
    scene.extend(path, better)
    later = ENDED + 30 * DAY
    assert codes(scene.ask(path, later)) == ["note.expired_since"]
    assert (scene.ask(better, later).kind, scene.ask(better, later).reasons) == (VerdictKind.VALID, ())
    # A timestamp that comes only then proves nothing, and is not added.
    with scene.authority.clock(later), pytest.raises(NotProven):
        scene.extend(path, tmp_path / "late.asice", now=later)
    assert not (tmp_path / "late.asice").exists()


def test_withdrawn_before_and_after(scene, tmp_path) -> None:
    path, better = scene.container("withdrawn", tmp_path / "x.asice"), tmp_path / "t.asice"
    scene.extend(path, better, "lt")
    later = WITHDRAWN + 8 * DAY  # lists come every seven days
    with scene.authority.clock(later):
        known = scene.anchors.with_lists(scene.authority.crl("interm"), scene.authority.crl("root"))
        assert refused(scene.ask(path, later, known)) == "signature.untrusted"
        assert codes(scene.ask(better, later, known)) == ["trust.path.revoked_since"]
        # Whoever asks for a timestamp only now is told by the issuer; the timestamp alone would go through.
        told = scene.extend(path, tmp_path / "late.asice", "lt", now=later)
        assert [note.id for note in told.notes] == ["submission.extend.without_status"]
        assert refused(scene.ask(tmp_path / "late.asice", later, known)) == "signature.untrusted"


def stamped_anew(scene: Scene, package: Path, target: Path, token: bytes, **attached: object) -> Path:
    """The package with other things attached than we would attach."""
    files, manifest = tamper.read(package)
    covered = data_files(manifest)
    found = read_own_signature(files[SIGNATURE], 0, covered)
    parts = parts_of(found, 0)
    parts = replace(parts, attached=replace(parts.attached, tokens=(token,), **attached))
    return tamper.write({**files, SIGNATURE: write_xades(parts, covered, found.value)}, manifest, target)


def token(scene: Scene, package: Path, name: str = "tsa", at: dt.datetime = NOW, about: bytes = b"") -> bytes:
    """A token over a package's signature by one of the authorities, believed or not."""
    from desktop.submission.xades import stamped_bytes

    files, manifest = tamper.read(package)
    found = read_own_signature(files[SIGNATURE], 0, data_files(manifest))
    digest = hashlib.sha256(about or stamped_bytes(parts_of(found, 0), found.value)).digest()
    roots = scene.authority.pem("time-root", "strange-root")
    believed = Anchors().plus(*roots, purpose=AnchorClass.TIMESTAMP)
    service = TimeService(scene.authority.tsa(name), limits=LIMITS)
    with scene.authority.clock(at):
        return plain_token(request_timestamp(service, digest, believed, at, lambda: None).token)


def test_a_timestamp_of_something_else(scene, tmp_path) -> None:
    path = stamped_anew(scene, scene.signed, tmp_path / "x.asice", token(scene, scene.signed, about=b"lain"))
    assert refused(scene.ask(path)) == "timestamp.imprint"


def test_a_timestamp_that_is_broken(scene, tmp_path) -> None:
    whole = token(scene, scene.signed)
    for broken in (whole[:-1] + bytes([whole[-1] ^ 1]), whole[:-9], b"\x30\x03abc"):
        path = stamped_anew(scene, scene.signed, tmp_path / "x.asice", broken)
        assert refused(scene.ask(path)) == "timestamp.bad"


def test_a_timestamp_by_nobody_known(scene, tmp_path) -> None:
    strange = token(scene, scene.signed, "tsa-strange")
    verdict = scene.ask(stamped_anew(scene, scene.signed, tmp_path / "x.asice", strange))
    assert (verdict.kind, codes(verdict)) == (VerdictKind.VALID_WITH_NOTES, ["note.timestamp_unknown"])
    assert proven(verdict) == [(None, "", False)] * 3
    # And the same token when its root becomes known.
    root = scene.anchors.plus(*scene.authority.pem("strange-root"), purpose=AnchorClass.TIMESTAMP)
    assert proven(scene.ask(tmp_path / "x.asice", anchors=root))[0] == (NOW, "Contoh tsa-strange", False)
    # Whose extension did not find it believable adds a good one beside it.
    scene.extend(tmp_path / "x.asice", tmp_path / "y.asice")
    assert proven(scene.ask(tmp_path / "y.asice"))[0] == (NOW, "Contoh tsa", False)


def test_a_timestamp_by_a_known_authority_that_may_not(scene, tmp_path) -> None:
    old = token_of_old(scene)
    path = stamped_anew(scene, scene.signed, tmp_path / "x.asice", old)
    assert refused(scene.ask(path)) == "timestamp.untrusted"


def token_of_old(scene: Scene) -> bytes:
    """By the authority whose certificate has ended: asked without believing anybody."""
    import urllib.request

    from asn1crypto import tsp

    from desktop.submission.xades import stamped_bytes

    files, manifest = tamper.read(scene.signed)
    found = read_own_signature(files[SIGNATURE], 0, data_files(manifest))
    digest = hashlib.sha256(stamped_bytes(parts_of(found, 0), found.value)).digest()
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest}
    request = tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, "cert_req": True})
    query = urllib.request.Request(
        scene.authority.tsa("tsa-old"), request.dump(), {"Content-Type": "application/timestamp-query"}
    )
    with urllib.request.urlopen(query, timeout=5) as answer:
        return plain_token(tsp.TimeStampResp.load(answer.read())["time_stamp_token"].dump())


@pytest.mark.parametrize(
    ("at", "now", "expected"),
    [
        (NOW - DAY, NOW, "timestamp.order"),
        (NOW - dt.timedelta(minutes=5), NOW, ""),
        (NOW + DAY, NOW, "timestamp.future"),
    ],
)
def test_times_that_cannot_be(scene, tmp_path, at, now, expected) -> None:
    path = stamped_anew(scene, scene.signed, tmp_path / "x.asice", token(scene, scene.signed, at=at))
    verdict = scene.ask(path, now)
    if expected:
        assert refused(verdict) == expected
    else:
        assert verdict.kind is VerdictKind.VALID


@pytest.mark.parametrize(("name", "expected"), [("tsa-retired", ""), ("tsa-stolen", "timestamp.untrusted")])
def test_an_authority_that_was_given_up_or_robbed_later(scene, tmp_path, name, expected) -> None:
    path = stamped_anew(scene, scene.signed, tmp_path / "x.asice", token(scene, scene.signed, name))
    assert scene.ask(path).kind is VerdictKind.VALID
    later = WITHDRAWN + 8 * DAY
    with scene.authority.clock(later):
        known = scene.anchors.with_lists(scene.authority.crl("time-root"))
    verdict = scene.ask(path, later, known)
    if expected:
        assert refused(verdict) == expected
    else:
        assert codes(verdict) == ["trust.path.revoked_since"]
        assert verdict.signatures[0].proven_at == NOW


def test_a_timestamp_long_after_the_claimed_time_is_told(scene, tmp_path) -> None:
    at = NOW + 3 * DAY
    path = stamped_anew(scene, scene.signed, tmp_path / "x.asice", token(scene, scene.signed, at=at))
    verdict = scene.ask(path, at)
    assert (verdict.kind, codes(verdict)) == (VerdictKind.VALID_WITH_NOTES, ["note.stamped_later"])
    assert verdict.signatures[0].proven_at == at


def test_a_timestamp_after_the_certificate_ended_proves_nothing(scene, tmp_path) -> None:
    signed, at = scene.container("short", tmp_path / "x.asice"), ENDED + DAY
    path = stamped_anew(scene, signed, tmp_path / "y.asice", token(scene, signed, at=at))
    verdict = scene.ask(path, at)
    assert codes(verdict) == ["note.stamped_too_late", "note.expired_since"]
    assert proven(verdict) == [(None, "", False)]


def test_attached_answers_have_to_be_about_the_signature(scene, tmp_path) -> None:
    """In one of our packages nothing lies about that says nothing, or says it falsely."""
    good = token(scene, scene.signed)
    files, manifest = tamper.read(scene.whole)
    kept = read_own_signature(files[SIGNATURE], 0, data_files(manifest)).unsigned.evidence
    assert (len(kept.answers), len(kept.lists)) == (1, 1)
    other = scene.container("mayor", tmp_path / "m.asice")
    scene.extend(other, other, "lt")
    files, manifest = tamper.read(other)
    foreign = read_own_signature(files[SIGNATURE], 0, data_files(manifest)).unsigned.evidence.answers
    answer = kept.answers[0]
    bent = answer[:-1] + bytes([answer[-1] ^ 1])
    for answers in (foreign, (bent,), (b"\x30\x00",), (answer, *foreign)):
        path = stamped_anew(scene, scene.signed, tmp_path / "x.asice", good, answers=answers)
        assert refused(scene.ask(path)) == "timestamp.attached"
    listed = kept.lists[0]
    for lists in ((listed[:-1] + bytes([listed[-1] ^ 1]),), (b"\x30\x00",)):
        path = stamped_anew(scene, scene.signed, tmp_path / "x.asice", good, lists=lists)
        assert refused(scene.ask(path)) == "timestamp.attached"
    (root,) = scene.authority.pem("strange-root")
    stray = Anchors().plus(root).anchors[0].der
    path = stamped_anew(scene, scene.signed, tmp_path / "x.asice", good, certificates=(stray,))
    assert refused(scene.ask(path)) == "timestamp.attached"


@pytest.mark.parametrize("step", [37, pytest.param(1, marks=pytest.mark.torture)])
def test_no_bit_of_an_extended_signature_could_be_another(scene, tmp_path, step) -> None:
    files, manifest = tamper.read(scene.whole)
    original = files[SIGNATURE]
    start = original.index(b"</xades:SignedProperties>")
    for place in range(start, len(original), step):
        broken = bytearray(original)
        broken[place] ^= 1 << place % 8
        path = tamper.write({**files, SIGNATURE: bytes(broken)}, manifest, tmp_path / "x.asice")
        assert scene.ask(path).kind is VerdictKind.REFUSED, place


def test_a_withdrawal_told_by_an_attached_answer(scene, tmp_path) -> None:
    signed, later = scene.container("withdrawn", tmp_path / "x.asice"), WITHDRAWN + DAY
    with scene.authority.clock(later):
        answer = scene.authority.answer("withdrawn", "interm")
        path = stamped_anew(
            scene, signed, tmp_path / "y.asice", token(scene, signed, at=later), answers=(answer,)
        )
    assert refused(scene.ask(path, later)) == "signature.untrusted"


def with_store(book: bytes, key: str, values: list[bytes]) -> bytes:
    """The document with something of one's own kept in its store."""
    import io

    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(book))
    streams = [writer.add_object(generic.StreamObject(stream_data=value)) for value in values]
    store = generic.DictionaryObject({generic.NameObject(key): generic.ArrayObject(streams)})
    writer.root["/DSS"] = writer.add_object(store)
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(("key", "values"), [("/Certs", [b"\x30\x00"]), ("/CRLs", [b"x"] * 61)])
def test_a_store_in_a_document_that_is_damaged(scene, key, values) -> None:
    import io

    from desktop.submission.pdfread import read_signatures
    from desktop.submission.refusal import Refused, code_of

    book = with_store(tamper.read(scene.half)[0][BOOK], key, values)
    with pytest.raises(Refused) as caught:
        read_signatures(io.BytesIO(book), BOOK, None)
    assert code_of(caught.value.message) in {"pdf.kept", "pdf.changed_after"}


def test_false_answers_in_a_documents_store_help_nobody(scene) -> None:
    """Unlike in our signature files they may lie there: other programs put them in. They prove nothing."""
    import io

    from desktop.submission.judging import Judge
    from desktop.submission.pdfread import read_signatures

    book = with_store(tamper.read(scene.half)[0][BOOK], "/OCSPs", [b"\x30\x00", b""])
    judge = Judge(scene.anchors, NOW)
    for one in read_signatures(io.BytesIO(book), BOOK, None):
        judge.believe(one.certificate, one.others, one.claimed_at, file="", role="", evidence=one.evidence)
    assert (judge.reasons, [one.revocation for one in judge.reports]) == ([], [False, False])
