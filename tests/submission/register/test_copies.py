"""Copies that an outsider without any key makes of a region's closed package: other bytes, and the same."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

from asn1crypto import tsp
from asn1crypto import x509 as asn1
from asn1crypto.keys import PrivateKeyInfo
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign.timestamps import DummyTimeStamper

from desktop.base.jobs import quiet
from desktop.base.placing import replacing
from desktop.submission import container_hash
from desktop.submission.container import data_files, open_package
from desktop.submission.own import parts_of, read_own_signature
from desktop.submission.register.letters import Desk as Office
from desktop.submission.register.posting import write_receipts
from desktop.submission.resealing import rewrite
from desktop.submission.xades import sign_xades, stamped_bytes, write_xades
from desktop.trust.timestamps import plain_token
from tests.submission import tamper
from tests.submission.register.many import IN_TIME, MAYOR, NOW, TEAM, book
from tests.trust import pki

CODE = "18.07"
SIGNATURE = "META-INF/signatures0.xml"


def clock() -> DummyTimeStamper:
    """A clock that anybody can make, and nobody believes."""
    issuer = pki.make("Jam", ca=True)
    own, uses = rsa.generate_private_key(65537, 2048), [ExtendedKeyUsageOID.TIME_STAMPING]
    made = pki.make("Jam Sendiri", issuer, key=own, eku=uses, start=NOW - pki.DAY * 30)
    key = made.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    certificate = asn1.Certificate.load(made.certificate.public_bytes(Encoding.DER))
    return DummyTimeStamper(certificate, PrivateKeyInfo.load(key), fixed_dt=NOW - pki.DAY)


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
    own = desk.inbox / "asli.asice"
    with open_package(desk.sealed(CODE, 1)) as source, replacing(own) as out:
        people = enumerate(((desk.keys.team, TEAM), (desk.keys.mayor, MAYOR)))
        made = (sign_xades(source.data_files(), key.signer, n, IN_TIME, (role,)) for n, (key, role) in people)
        rewrite(quiet, source, out, {}, None, tuple(made))
    desk.read()
    files, manifest = tamper.read(own)
    left = {name: data for name, data in files.items() if name != "META-INF/signatures1.xml"}
    tamper.write(left, manifest, desk.inbox / "potong.asice")
    desk.read(now=NOW + pki.DAY)
    listed = desk.listed()
    assert (listed["asli.asice"].current, listed["potong.asice"].current) == (True, False)
    assert [one.code for one in listed["asli.asice"].reasons] == ["note.not_asked"]
    assert (listed["asli.asice"].rivals, listed["asli.asice"].doubts) == ((), ())


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
