"""Copies that an outsider without any key makes of a region's closed package: other bytes, and the same."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from asn1crypto import tsp
from asn1crypto import x509 as asn1
from asn1crypto.keys import PrivateKeyInfo
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign.timestamps import DummyTimeStamper

from desktop.base import Language, LocalText, render
from desktop.base.jobs import quiet
from desktop.base.placing import replacing
from desktop.submission import container_hash
from desktop.submission.frame.container import data_files, open_package
from desktop.submission.own import parts_of, read_own_signature
from desktop.submission.register.letters import Desk as Office
from desktop.submission.register.posting import write_receipts
from desktop.submission.register.words import standing
from desktop.submission.resealing import rewrite
from desktop.submission.signing import preflight
from desktop.submission.xades.writing import sign_xades, stamped_bytes, write_xades
from desktop.trust.anchors import Anchor, AnchorClass, AnchorKind, Anchors
from desktop.trust.certificate import der
from desktop.trust.timestamps import plain_token
from tests.submission import tamper
from tests.submission.register.many import IN_TIME, MAYOR, NOW, TEAM, Opened, book
from tests.trust import pki

CODE = "18.07"
SIGNATURE = "META-INF/signatures0.xml"


def clock() -> DummyTimeStamper:
    """A clock that anybody can make, and nobody believes."""
    issuer = pki.make("Jam", ca=True)
    return clock_of(issuer, NOW - pki.DAY)


def clock_of(issuer: pki.Holder, at: dt.datetime) -> DummyTimeStamper:
    own, use = rsa.generate_private_key(65537, 2048), pki.usage(digital_signature=True)
    extra = ((x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True),)
    made = pki.make("Jam Sendiri", issuer, key=own, use=use, extra=extra, start=NOW - pki.DAY * 30)
    key = made.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    certificate = asn1.Certificate.load(made.certificate.public_bytes(Encoding.DER))
    return DummyTimeStamper(certificate, PrivateKeyInfo.load(key), fixed_dt=at)


def stamped(package: Path, target: Path, by: DummyTimeStamper) -> Path:
    """The same with a time attached to its closing signature."""
    files, manifest = tamper.read(package)
    covered = data_files(manifest)
    found = read_own_signature(files[SIGNATURE], 0, covered)
    parts = parts_of(found, 0)
    digest = hashlib.sha256(stamped_bytes(parts, found.value)).digest()
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest}
    request = tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, "cert_req": True})
    token = plain_token(by.request_tsa_response(request)["time_stamp_token"].dump())
    parts = replace(parts, attached=replace(parts.attached, tokens=(token,)))
    return tamper.write({**files, SIGNATURE: write_xades(parts, covered, found.value)}, manifest, target)


def closed_by_both(desk, target: Path, second: tuple[Opened, str] | None = None) -> Path:
    """By its secretary, and by its head of region (or by ``second``) as well."""
    with open_package(desk.sealed(CODE, 1)) as source, replacing(target) as out:
        people = enumerate(((desk.keys.team, TEAM), second or (desk.keys.mayor, MAYOR)))
        made = (sign_xades(source.data_files(), key.signer, n, IN_TIME, (role,)) for n, (key, role) in people)
        rewrite(quiet, source, out, {}, None, tuple(made))
    return target


def cut(own: Path, target: Path) -> Path:
    """The same without the last signature."""
    files, manifest = tamper.read(own)
    left = {name: data for name, data in files.items() if name != "META-INF/signatures1.xml"}
    return tamper.write(left, manifest, target)


@pytest.mark.slow
def test_a_copy_with_a_time_of_ones_own_clock_takes_no_place(desk, tmp_path) -> None:
    own = desk.inbox / "asli.asice"
    desk.close(desk.sealed(CODE, 1), own, key=desk.keys.team)
    desk.read()
    # tokens are free: until the bytes come out as he likes
    by, copy = clock(), tmp_path / "salinan.asice"
    while container_hash(stamped(own, copy, by)) < container_hash(own):
        pass
    copy.rename(desk.inbox / copy.name)
    desk.read(now=NOW + pki.DAY)
    listed = desk.listed()
    assert (listed["asli.asice"].current, listed["asli.asice"].result) == (True, "valid")
    assert listed["asli.asice"].first_seen < listed["salinan.asice"].first_seen
    assert [one.code for one in listed["salinan.asice"].reasons] == ["note.timestamp_unknown"]
    made = write_receipts(quiet, desk.register, tmp_path / "tanda", Office(office="Kementerian"), NOW)
    assert [one.path.stem.rpartition("-")[2] for one in made] == [container_hash(own)[:8]]


def test_a_copy_without_the_last_signature_takes_no_place(desk) -> None:
    """Nobody had asked the head of region to close it too; it is his word all the same."""
    own = closed_by_both(desk, desk.inbox / "asli.asice")
    desk.read()
    cut(own, desk.inbox / "potong.asice")
    desk.read(now=NOW + pki.DAY)
    listed = desk.listed()
    assert (listed["asli.asice"].current, listed["potong.asice"].current) == (True, False)
    assert [one.code for one in listed["asli.asice"].reasons] == ["note.not_asked"]
    assert listed["asli.asice"].rivals == ()
    (doubt,) = listed["asli.asice"].doubts
    assert (doubt.id.rpartition(".")[2], doubt.params["file"]) == ("closed_by_fewer", "potong.asice")


@pytest.mark.slow
def test_a_second_certificate_for_one_office_makes_no_copy_more_asked_for(desk, tmp_path) -> None:
    """A namesake who is believed signs beside the secretary; or he has been cut off from what came first."""
    namesake = Opened(desk.keys._leaf("Sekretaris Tim, S.H."), desk.keys.issuer)
    both = closed_by_both(desk, tmp_path / "dua.asice", (namesake, TEAM))
    for first, second in (("satu", "dua"), ("dua", "satu")):
        (desk.inbox / "satu.asice").unlink(missing_ok=True)
        (desk.inbox / "dua.asice").unlink(missing_ok=True)
        desk.register.unlink(missing_ok=True)
        for number, name in enumerate((first, second)):
            target = desk.inbox / f"{name}.asice"
            _ = shutil.copy(both, target) if name == "dua" else cut(both, target)
            desk.read(now=NOW + number * pki.DAY)
        listed = desk.listed()
        counts = listed[f"{first}.asice"]
        assert (counts.current, listed[f"{second}.asice"].current) == (True, False)
        assert [one.code for one in listed["dua.asice"].reasons] == ["note.two_for_one"]
        assert all(each.asked for each in listed["dua.asice"].signers)
        told = [each.id.rpartition(".")[2] for each in counts.doubts]
        assert (len(counts.rivals), told) == ((1, []) if first == "satu" else (0, ["closed_by_fewer"]))


def test_whoever_signs_is_told_that_somebody_has_signed_for_the_office_already(desk, tmp_path) -> None:
    """It told nothing before the key, and the namesake who was quicker was the one whom the package asked."""
    own, namesake = desk.keys.team, Opened(desk.keys._leaf("Sekretaris Tim, S.H."), desk.keys.issuer)
    made = tmp_path / "paket.asice"
    desk.close(desk.sealed(CODE, 1), made, key=namesake)
    looked = [
        preflight(quiet, made, key, TEAM, desk.keys.anchors, NOW, closing=True) for key in (own, namesake)
    ]
    (already,), nothing = [
        [one for one in each.notes if one.id == "submission.sign.already"] for each in looked
    ]
    assert not nothing, "himself"
    said = render(already, Language.ID)
    assert "\u201cSekretaris Tim, S.H.\u201d (penerbit \u201cPenerbit Nasional\u201d, sertifikat" in said


def test_in_one_run_a_copy_without_the_last_signature_counts_only_with_a_word(desk, tmp_path) -> None:
    own = closed_by_both(desk, desk.inbox / "asli.asice")
    cut(own, desk.inbox / "potong.asice")
    desk.read()
    (counts,) = (one for one in desk.listed().values() if one.current)
    (doubt,) = counts.doubts
    (other,) = {"asli.asice", "potong.asice"} - {counts.name}
    assert doubt.params == {"names": "Bupati", "file": other}
    folder = tmp_path / "tanda"
    write_receipts(quiet, desk.register, folder, Office(office="Kementerian"), NOW)
    (sheet,) = folder.glob("*.pdf")
    told = pypdfium2.PdfDocument(sheet)[0].get_textpage().get_text_range()
    assert f"\u201c{other}\u201d" in " ".join(told.split())


def test_beside_another_regions_documents_a_copy_takes_none_of_them(desk) -> None:
    """A folder of mails whose name speaks of no region; the copy has other bytes than what came elsewhere."""
    own, mails = desk.inbox / CODE / "asli.asice", desk.inbox / "kiriman surel 12"
    for each in (own.parent, mails):
        each.mkdir()
    desk.close(desk.sealed(CODE, 1), own, key=desk.keys.team)
    for name in ("Masterplan final.pdf", "Surat pengantar.pdf"):
        (mails / name).write_bytes(book() + name.encode())
    (own.parent / "lampiran.pdf").write_bytes(book())
    stamped(own, mails / "paket.asice", clock())
    desk.read()
    listed = desk.listed()
    assert (listed[mails.name].files, listed["paket.asice"].beside) == (2, 0)
    assert listed["asli.asice"].beside == 1, "in the region's own folder"
    # what was moved lies nowhere else
    (mails / "paket.asice").unlink()
    shutil.move(own, mails / "asli.asice")
    desk.read()
    assert desk.listed()["asli.asice"].beside == 2


def twin(own: Path, target: Path) -> Path:
    """The same signature on a curve written in its other way: whoever has no key can do that."""
    files, manifest = tamper.read(own)
    covered = data_files(manifest)
    found = read_own_signature(files[SIGNATURE], 0, covered)
    half = len(found.value) // 2
    other = (ORDER - int.from_bytes(found.value[half:], "big")).to_bytes(half, "big")
    changed = write_xades(parts_of(found, 0), covered, found.value[:half] + other)
    return tamper.write({**files, SIGNATURE: changed}, manifest, target)


ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of P-256."""


@pytest.mark.slow
def test_a_twin_of_a_signature_on_a_curve_is_a_copy(desk, tmp_path) -> None:
    own = desk.inbox / "asli.asice"
    made = pki.make(
        "Sekretaris Tim", desk.keys.issuer, key=ec.generate_private_key(ec.SECP256R1()),
        start=NOW - 400 * pki.DAY,
    )  # fmt: skip
    desk.close(desk.sealed(CODE, 1), own, key=Opened(made, desk.keys.issuer))
    desk.read()
    os.utime(twin(own, desk.inbox / "0kembar.asice"), (1, 1))
    desk.read(now=NOW + pki.DAY)
    listed = desk.listed()
    assert (listed["asli.asice"].current, listed["0kembar.asice"].current) == (True, False)
    assert (listed["asli.asice"].doubts, listed["asli.asice"].rivals) == ((), ())
    copy = desk.inbox / "0kembar.asice"
    assert listed["asli.asice"].alike == ((str(copy), container_hash(copy)),)
    assert listed["asli.asice"].copies == ()
    receipts = write_receipts(quiet, desk.register, tmp_path / "tanda", Office(office="Kementerian"), NOW)
    assert [one.path.stem.rpartition("-")[2] for one in receipts] == [container_hash(own)[:8]]


def with_list(own: Path, target: Path, pem: bytes) -> Path:
    """The same with a list of its issuer's attached to the closing signature: it leaves no note."""
    files, manifest = tamper.read(own)
    covered = data_files(manifest)
    found = read_own_signature(files[SIGNATURE], 0, covered)
    parts = parts_of(found, 0)
    listed = x509.load_pem_x509_crl(pem).public_bytes(Encoding.DER)
    parts = replace(parts, attached=replace(parts.attached, lists=(listed,)))
    return tamper.write({**files, SIGNATURE: write_xades(parts, covered, found.value)}, manifest, target)


def test_something_attached_to_the_closing_signature_makes_a_copy(desk) -> None:
    """With any key."""
    own = desk.inbox / "asli.asice"
    desk.close(desk.sealed(CODE, 1), own, key=desk.keys.team)
    desk.read()
    with_list(own, desk.inbox / "0kembar.asice", desk.keys.crl)
    desk.read(now=NOW + pki.DAY)
    listed = desk.listed()
    assert (listed["asli.asice"].current, listed["0kembar.asice"].result) == (True, "valid")
    copy = desk.inbox / "0kembar.asice"
    assert listed["asli.asice"].alike == ((str(copy), container_hash(copy)),)
    assert listed["asli.asice"].copies == ()


@pytest.mark.slow
def test_a_copy_with_a_strange_clock_that_comes_first_gives_way(desk, tmp_path) -> None:
    own = tmp_path / "asli.asice"
    desk.close(desk.sealed(CODE, 1), own, key=desk.keys.team)
    stamped(own, desk.inbox / "salinan.asice", clock())
    desk.read()
    assert desk.listed()["salinan.asice"].current
    shutil.copy(own, desk.inbox / own.name)
    desk.read(now=NOW + pki.DAY)
    listed = desk.listed()
    assert (listed["asli.asice"].current, listed["salinan.asice"].current) == (True, False)


@pytest.mark.parametrize("at", ["/mnt/lama/x.asice", "salinan.asice"])
def test_what_a_row_of_others_says_of_when_a_copy_came_decides_nothing(desk, tmp_path, at) -> None:
    """Nor where the copy comes to lie at the very path of that row."""
    own = desk.inbox / "asli.asice"
    desk.close(desk.sealed(CODE, 1), own, key=desk.keys.team)
    desk.read()
    copy = with_list(own, tmp_path / "salinan.asice", desk.keys.crl)
    with contextlib.closing(sqlite3.connect(desk.register)) as raw:
        raw.row_factory = sqlite3.Row
        row = dict(raw.execute("SELECT * FROM file").fetchone())
        path = str(desk.inbox / at)
        row |= {
            "id": 99, "path": path, "unit": path, "sha256": container_hash(copy), "proof": "",
            "first_seen": "2026-11-01T00:00:00+00:00", "state": "vanished",
        }  # fmt: skip
        raw.execute(
            f"INSERT INTO file ({','.join(row)}) VALUES ({','.join('?' * len(row))})", [*row.values()]
        )
        raw.commit()
    shutil.copy(copy, desk.inbox / copy.name)
    desk.read(now=NOW + pki.DAY)
    listed = desk.listed()
    assert (listed["asli.asice"].result, listed["salinan.asice"].result) == ("valid", "valid")
    assert (listed["asli.asice"].current, listed["salinan.asice"].current) == (True, False)


@pytest.fixture
def national(desk) -> tuple[pki.Holder, Anchors]:
    """An authority of clocks that the desk believes besides."""
    root = pki.make("Jam Nasional", ca=True)
    of_clocks = Anchor(der(root.certificate), AnchorKind.CERTIFIED, "jam", LocalText(), AnchorClass.TIMESTAMP)
    anchors = desk.keys.anchors
    return root, replace(anchors, anchors=(*anchors.anchors, of_clocks))


@pytest.mark.slow
@pytest.mark.parametrize("first", ["together", "own", "copy"])
def test_whoever_takes_away_a_believed_time_makes_nothing_better(desk, tmp_path, national, first) -> None:
    root, anchors = national
    bare, own, copy = tmp_path / "0lucut.asice", tmp_path / "asli.asice", tmp_path / "0salinan.asice"
    desk.close(desk.sealed(CODE, 1), bare, key=desk.keys.team)
    stamped(bare, own, clock_of(root, NOW - pki.DAY / 2))
    with_list(bare, copy, desk.keys.crl)
    runs = {"together": [(own, bare, copy)], "own": [(own,), (bare, copy)], "copy": [(bare, copy), (own,)]}
    for day, files in enumerate(runs[first]):
        for each in files:
            shutil.copy(each, desk.inbox)
        desk.read(anchors=anchors, now=NOW + day * pki.DAY)
    listed = desk.listed()
    assert [one.result for one in listed.values()].count("valid") == 2
    assert (listed["asli.asice"].current, listed["asli.asice"].doubts) == (True, ())
    assert [one.code for one in listed["asli.asice"].reasons] == ["note.stamped_later"]
    alike = {(str(desk.inbox / each.name), container_hash(each)) for each in (bare, copy)}
    assert set(listed["asli.asice"].alike) == alike
    for each in (bare, copy):
        assert listed[each.name].alike == ((str(desk.inbox / own.name), container_hash(own)),)
        assert listed[each.name].doubts == ()
    assert not any(one.copies for one in listed.values())


@pytest.mark.parametrize("own_time", [False, True])
def test_a_believed_time_that_is_asked_for_later_says_nothing_of_another_file(
    desk, tmp_path, national, own_time
) -> None:
    """A receipt said that "all that is proven" is a day behind the deadline; anybody can ask a clock."""
    root, anchors = national
    bare, own, copy = tmp_path / "a.asice", desk.inbox / "asli.asice", desk.inbox / "0cap.asice"
    desk.close(desk.sealed(CODE, 1), bare, desk.keys.team, NOW - pki.DAY)
    if own_time:
        stamped(bare, own, clock_of(root, NOW - pki.DAY / 2))
    else:
        shutil.copy(bare, own)
    desk.read(anchors=anchors)
    stamped(bare, copy, clock_of(root, NOW + pki.DAY / 2))
    desk.read(anchors=anchors, now=NOW + pki.DAY)
    listed = desk.listed()
    (noted,) = listed["0cap.asice"].reasons
    assert noted.code == "note.stamped_later"
    counts = listed["asli.asice"]
    assert (counts.current, counts.result, counts.doubts) == (True, "valid", ())
    assert counts.alike == ((str(copy), container_hash(copy)),)


def test_a_receipt_tells_of_files_with_the_same_signatures_and_other_bytes(desk, tmp_path) -> None:
    """The SHA-256 on it is that of one of them."""
    own = desk.inbox / "asli.asice"
    desk.close(desk.sealed(CODE, 1), own, key=desk.keys.team)
    copy = with_list(own, desk.inbox / "0kembar.asice", desk.keys.crl)
    shutil.copy(own, desk.inbox / "lagi.asice")
    desk.read()
    counts = next(one for one in desk.listed().values() if one.current)
    assert (len(counts.copies), len(counts.alike)) == (
        (1, 1) if counts.sha256 == container_hash(own) else (0, 1)
    )
    write_receipts(quiet, desk.register, tmp_path / "tanda", Office(office="Kementerian"), NOW)
    (sheet,) = (tmp_path / "tanda").glob("*.pdf")
    told = " ".join(pypdfium2.PdfDocument(sheet)[0].get_textpage().get_text_range().split())
    other = ({container_hash(own), container_hash(copy)} - {counts.sha256}).pop()
    assert other[:16] in told
    sentences = [render(each, Language.ID) for each in standing(counts)]
    assert sum("sama persis" in each and other[:16] not in each for each in sentences) == len(counts.copies)


@pytest.mark.parametrize("again", [MAYOR, TEAM])
@pytest.mark.parametrize("together", [False, True])
def test_what_one_person_signed_twice_is_not_taken_away_untold(desk, again, together) -> None:
    """For another office as well, or for the same once more."""
    own, copy, key = desk.inbox / "asli.asice", desk.inbox / "0potong.asice", desk.keys.team
    roles = enumerate(((TEAM, IN_TIME), (again, IN_TIME + dt.timedelta(hours=2))))
    with open_package(desk.sealed(CODE, 1)) as source, replacing(own) as out:
        made = (sign_xades(source.data_files(), key.signer, n, at, (role,)) for n, (role, at) in roles)
        rewrite(quiet, source, out, {}, None, tuple(made))
    if not together:
        desk.read()
    cut(own, copy)
    desk.read(now=NOW + pki.DAY)
    listed = desk.listed()
    counts = next(one for one in listed.values() if one.current)
    assert together or counts is listed["asli.asice"]
    (doubt,) = counts.doubts
    way = "fewer" if counts is listed["asli.asice"] else "more"
    other = ({"asli.asice", "0potong.asice"} - {counts.name}).pop()
    assert doubt.id == f"submission.standing.closed_by_{way}"
    assert doubt.params == {"names": f"Sekretaris Tim ({again})", "file": other}
