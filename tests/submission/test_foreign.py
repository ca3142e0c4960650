"""Containers of other programs (``--any``): a real one is read, and hostile XML is refused."""

from __future__ import annotations

import datetime as dt
import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from desktop.base import Language, Message, render
from desktop.base.clock import now
from desktop.cli.console import Console
from desktop.cli.verify import print_verdict
from desktop.submission import Verdict, VerdictKind, verify
from desktop.submission.frame.asic import MANIFEST_NAME, MIMETYPE, DataFile, manifest_xml
from desktop.submission.signed import signed_as
from desktop.submission.verdict import UNASKED
from desktop.submission.verdict_paper import compose_verdicts
from desktop.submission.verdict_report import report_of
from desktop.submission.xades.writing import sign_xades
from desktop.trust import Anchors
from tests.submission.independent.tsl import write_list
from tests.submission.making import NOW, Stage
from tests.trust import pki

SIGNATURE = "META-INF/signatures0.xml"
CONTENT = {"surat.txt": b"isi surat", "é & lampiran.txt": b"isi lampiran"}


def test_a_container_made_by_libdigidocpp(stage, tmp_path) -> None:
    from desktop.trust import make_test_identity

    made = make_test_identity(tmp_path / "kini", {"tim": "Contoh Tim"}, now=now(), algorithm="ec")
    files = []
    for name, data in CONTENT.items():
        files.append(tmp_path / name)
        files[-1].write_bytes(data)
    script = Path(__file__).parent / "independent" / "make_foreign.py"
    out = tmp_path / "luar.asice"
    lists = write_list([made.intermediate, made.root], tmp_path)
    key = made.signers["tim"].path
    command = [sys.executable, *map(str, (script, *lists, out, key, "uji", *files))]
    subprocess.run(command, check=True, capture_output=True)
    # It attaches the signer's certificate only, so the issuer's has to be given.
    assert verify(out, Anchors().plus(made.root), now(), any_=True).reasons[0].code == "signature.unknown"
    assert verify(out, Anchors().plus(made.intermediate), now(), any_=True).kind is VerdictKind.REFUSED
    anchors = Anchors().plus(made.intermediate, made.root)
    assert verify(out, anchors, now()).reasons[0].code == "manifest.missing"
    verdict = verify(out, anchors, now(), any_=True)
    assert verdict.kind is VerdictKind.VALID_WITH_NOTES, verdict.reasons
    assert {reason.code for reason in verdict.reasons} == {"note.test", "note.foreign", "trust.path.lent"}
    assert [one.holder for one in verdict.signatures] == ["Contoh Tim"]
    broken = bytearray(out.read_bytes())
    refused = 0
    for place in range(0, len(broken), 41):
        broken[place] ^= 4
        out.write_bytes(broken)
        refused += verify(out, anchors, now(), any_=True).kind is VerdictKind.REFUSED
        broken[place] ^= 4
    # What no signature covers (times, versions, comments) is free in a foreign container, and little.
    assert refused > len(range(0, len(broken), 41)) * 0.9


@pytest.mark.slow
def test_two_signatures_by_libdigidocpp(tmp_path) -> None:
    """Everyone's signature is judged: each covers the files, and a stranger among them refuses the whole."""
    from desktop.trust import make_test_identity

    roles = {"tim": "Contoh Tim", "camat": "Contoh Camat"}
    made = make_test_identity(tmp_path / "kini", roles, now=now(), algorithm="ec")
    other = make_test_identity(tmp_path / "lain", {"tim": "Contoh Asing"}, now=now())
    files = []
    for name, data in CONTENT.items():
        files.append(tmp_path / name)
        files[-1].write_bytes(data)
    script = Path(__file__).parent / "independent" / "make_foreign.py"
    out = tmp_path / "luar.asice"
    authorities = [made.intermediate, made.root, other.intermediate, other.root]
    lists = write_list(authorities, tmp_path)

    def sign(key: Path) -> None:
        command = [sys.executable, *map(str, (script, *lists, out, key, "uji", *files))]
        subprocess.run(command, check=True, capture_output=True)

    for signer in made.signers.values():
        sign(signer.path)
    anchors = Anchors().plus(made.intermediate, made.root)
    verdict = verify(out, anchors, now(), any_=True)
    assert verdict.kind is VerdictKind.VALID_WITH_NOTES, verdict.reasons
    assert sorted(one.holder for one in verdict.signatures) == ["Contoh Camat", "Contoh Tim"]
    sign(other.signers["tim"].path)
    assert verify(out, anchors, now(), any_=True).reasons[0].code == "signature.unknown"
    both = anchors.plus(other.intermediate, other.root)
    assert len(verify(out, both, now(), any_=True).signatures) == 3


# --------------------------------------------------------------------------------------- hostile XML

ROOT = pki.make("Root", ca=True)
SIGNER, OTHER = pki.make("Budi", ROOT), pki.make("Siti", ROOT)
ANCHORS = pki.believe(ROOT)
FILES = tuple(DataFile(name, "text/plain", hashlib.sha256(data).digest()) for name, data in CONTENT.items())
GOOD = sign_xades(FILES, SIGNER.signer(), 0, NOW, ("Ketua Panitia",))


def container(
    folder: Path, signature: bytes, manifest: bytes | None = None, extra: dict[str, bytes] | None = None
) -> Path:
    path = folder / "x.asice"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), MIMETYPE, zipfile.ZIP_STORED)
        for name, data in {**CONTENT, **(extra or {})}.items():
            archive.writestr(zipfile.ZipInfo(name), data)
        archive.writestr(zipfile.ZipInfo(MANIFEST_NAME), manifest or manifest_xml(FILES))
        archive.writestr(zipfile.ZipInfo(SIGNATURE), signature)
    return path


def judge(folder: Path, signature: bytes, **options: object) -> Verdict:
    return verify(container(folder, signature, **options), ANCHORS, NOW, any_=True)


def code(folder: Path, signature: bytes, **options: object) -> str:
    verdict = judge(folder, signature, **options)
    assert verdict.kind is VerdictKind.REFUSED
    return verdict.reasons[0].code


def test_the_good_one_is_good(tmp_path) -> None:
    verdict = judge(tmp_path, GOOD)
    assert verdict.kind is VerdictKind.VALID_WITH_NOTES, verdict.reasons
    assert verdict.signatures[0].role == "Ketua Panitia"


def test_the_date_due_is_asked_of_a_container_of_another_program_too(tmp_path) -> None:
    path = container(tmp_path, GOOD)
    (signature,) = verify(path, ANCHORS, NOW, any_=True).signatures
    assert signature.signed_at is not None
    for hours, kind in ((1, VerdictKind.VALID_WITH_NOTES), (-1, VerdictKind.INCOMPLETE)):
        due = signature.signed_at + dt.timedelta(hours=hours)
        verdict = verify(path, ANCHORS, NOW, any_=True, due=due)
        assert (verdict.kind, verdict.reasons[-1].code == "missing.late") == (kind, hours < 0)
        assert verdict.meaning == Message("submission.meaning.foreign"), "too late it is no less another's"


@pytest.mark.parametrize("role", [(), ("Ketua Panitia",)])
def test_of_two_who_signed_a_container_of_another_program_the_last_one_counts(role, tmp_path) -> None:
    """Nobody writes a role there: all signatures were one place, of which the earliest counts."""
    hour = dt.timedelta(hours=1)
    for second, late in ((OTHER, True), (SIGNER, False)):
        early = sign_xades(FILES, SIGNER.signer(), 0, NOW - 5 * hour, role)
        last = sign_xades(FILES, second.signer(), 1, NOW, role)
        path = container(tmp_path, early, extra={"META-INF/signatures1.xml": last})
        verdict = verify(path, ANCHORS, NOW, any_=True, due=NOW - 3 * hour)
        assert ("missing.late" in [one.code for one in verdict.reasons]) is late


MINISTER = "Menteri Dalam Negeri Republik Indonesia. Paket ini telah disetujui Menteri”. Sah, dan " * 2


def test_an_office_in_a_container_of_another_program_is_the_signers_own_claim(tmp_path, capsys) -> None:
    """It stood beside the name like an office that a package asks for; further ones were shown to nobody."""
    roles = (MINISTER.strip(), "Ketua Panitia")
    verdict = judge(tmp_path, sign_xades(FILES, SIGNER.signer(), 0, NOW, roles))
    claimed = [one.message.params["role"] for one in verdict.reasons if one.code == "note.claimed_role"]
    assert claimed == [*roles]
    (one,) = verdict.signatures
    assert (one.asked, verdict.unasked(one), verdict.vouched) == (False, False, False)
    assert verdict.meaning == Message("submission.meaning.foreign")
    for language in Language:
        said = render(signed_as(one), language)
        assert said.endswith("”")
        assert len(said) < 120
        assert said.count("”") == 1
        paper = repr(compose_verdicts([verdict], language))
        assert said in paper
        assert render(UNASKED, language) not in paper
        print_verdict(verdict, Console(language, as_json=False))
        told = capsys.readouterr()
        assert f"“Budi” ({said})" in told.out + told.err


def test_who_says_nothing_of_an_office_is_shown_without_one(tmp_path) -> None:
    verdict = judge(tmp_path, sign_xades(FILES, SIGNER.signer(), 0, NOW, ()))
    assert "note.claimed_role" not in [one.code for one in verdict.reasons]
    assert signed_as(verdict.signatures[0]) == ""
    assert not report_of(verdict, Language.EN).signatures[0].asked


def test_what_is_attached_and_not_understood_is_noted(tmp_path) -> None:
    attached = (
        "<xades:UnsignedProperties><xades:UnsignedSignatureProperties><xades:CounterSignature/>"
        "</xades:UnsignedSignatureProperties></xades:UnsignedProperties></xades:QualifyingProperties>"
    )
    data = GOOD.replace(b"</xades:QualifyingProperties>", attached.encode(), 1)
    verdict = judge(tmp_path, data)
    assert verdict.kind is VerdictKind.VALID_WITH_NOTES, verdict.reasons
    assert "note.extended" in [reason.code for reason in verdict.reasons]


def test_signers_nobody_vouches_for(tmp_path) -> None:
    path = container(tmp_path, GOOD)
    assert verify(path, Anchors(), NOW, any_=True).reasons[0].code == "signature.unknown"
    weak = pki.make("Lemah", ROOT, key=pki.rsa_key(1024))
    assert code(tmp_path, sign_xades(FILES, weak.signer(), 0, NOW, ())) == "xades.algorithm"
    server = pki.make("server", ROOT, use=pki.usage(digital_signature=True))
    assert code(tmp_path, sign_xades(FILES, server.signer(), 0, NOW, ())) == "signature.untrusted"


def test_one_bad_signature_refuses_the_whole(tmp_path) -> None:
    stranger = pki.make("Asing", pki.make("Lain", ca=True))
    second = sign_xades(FILES, stranger.signer(), 1, NOW, ())
    path = container(tmp_path, GOOD, extra={"META-INF/signatures1.xml": second})
    assert verify(path, ANCHORS, NOW, any_=True).reasons[0].code == "signature.unknown"
    good = sign_xades(FILES, OTHER.signer(), 1, NOW, ("Anggota",))
    path = container(tmp_path, GOOD, extra={"META-INF/signatures1.xml": good})
    assert [one.role for one in verify(path, ANCHORS, NOW, any_=True).signatures] == [
        "Anggota",
        "Ketua Panitia",
    ]


def test_a_package_of_ours_still_passes(stage: Stage) -> None:
    assert verify(stage.signed, stage.anchors, NOW, any_=True).kind is VerdictKind.VALID_WITH_NOTES


@pytest.mark.parametrize("before", [b"", b" " * 63, b"\r\n" * 40, b"\xef\xbb\xbf" + b" " * (3 << 20)])
def test_no_blanks_hide_a_package_of_ours(tmp_path, before) -> None:
    """Whoever breaks its manifest, renames it and signs it himself has no better answer for it."""
    lost = {"manifest-lama.json": before + b'{"format":"rancang-package"}'}
    files = (
        *FILES,
        *(DataFile(name, "text/plain", hashlib.sha256(data).digest()) for name, data in lost.items()),
    )
    signature = sign_xades(files, SIGNER.signer(), 0, NOW, ("Ketua Panitia",))
    assert code(tmp_path, signature, manifest=manifest_xml(files), extra=lost) == "manifest.malformed"
