"""A plan of real size goes the whole way within the limits: locked, signed here and by a service, closed."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from desktop.base import clock
from desktop.cli.main import run
from desktop.submission.frame.container import open_package
from desktop.submission.pdf.fields import boxes_in
from desktop.submission.pdf.sign import sign_pdf
from desktop.submission.stamp import Stamp, StampStanding
from desktop.trust import make_test_identity
from desktop.trust.signer import P12Key
from tests.large import build

CLOSER = "team_secretary"
PASSWORD = "uji kota"
SERVICE = "regional_secretary"
"""Who signs with a service of the government; everybody else has a key here."""


@pytest.mark.slow
def test_a_large_plan_is_locked_signed_closed_and_verified(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "home"))
    plan, package = tmp_path / "besar.rancang", tmp_path / "besar.asice"
    build(plan).close()

    def told(*words: object, ends: int = 0) -> list[dict[str, object]]:
        capsys.readouterr()
        code = run(["--json", "--language", "en", *map(str, words)])
        said = capsys.readouterr()
        assert code == ends, (words, said)
        return [json.loads(line) for line in said.out.splitlines()]

    told("seal", plan, package)
    with open_package(package) as opened:
        asked = [one for file in opened.manifest.files for one in file.signers]
    names = {one.role: one.name or f"Contoh {one.role}" for one in asked} | {CLOSER: "Contoh Sekretaris Tim"}
    identity = make_test_identity(tmp_path / "id", names, PASSWORD, now=clock.now())
    (tmp_path / "password").write_text(PASSWORD, "utf-8")
    trust = ("--trust", identity.root)

    def key(role: str) -> tuple[object, ...]:
        return ("--p12", identity.signers[role].path, "--password-file", tmp_path / "password", *trust)

    assert SERVICE in names
    for role in names:
        if role not in {SERVICE, CLOSER}:
            told("sign", package, "--role", role, "--out-of-order", *key(role))
    told("sign", package, "--role", SERVICE, "--export", tmp_path / "keluar")
    back = tmp_path / "kembali"
    back.mkdir()
    for document in sorted((tmp_path / "keluar" / "books").glob("*.pdf")):
        data = document.read_bytes()
        if SERVICE in boxes_in(data):
            held = P12Key(identity.signers[SERVICE].path, PASSWORD)
            (back / document.name).write_bytes(by_a_service(data, held, names[SERVICE]))
    told("sign", package, "--role", SERVICE, "--returned", back, *trust)
    told("sign", package, "--container", "--role", CLOSER, *key(CLOSER))
    (verdict,) = [one for one in told("verify", package, *trust, ends=1) if one["kind"] == "verdict"]
    reasons = verdict["reasons"]
    assert isinstance(reasons, list)
    codes = {one["code"] for one in reasons}
    # nobody was asked everything: that is all that is missing
    assert verdict["verdict"] == "incomplete"
    assert {one for one in codes if one.startswith("missing.")} == {"missing.mandatory"}
    assert not {one for one in codes if one.startswith(("limit.", "note.pdf", "note.stamp", "note.outside"))}


def by_a_service(data: bytes, key: P12Key, name: str) -> bytes:
    """Signed in a field of the service's own, within the box that was declared."""
    box, target = boxes_in(data)[SERVICE], io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    inside = (int(box.left) + 1, int(box.bottom) + 1, int(box.right) - 1, int(box.top) - 1)
    append_signature_field(writer, SigFieldSpec("layanan", on_page=box.page, box=inside))
    writer.write(target)  # type: ignore[no-untyped-call]
    look = Stamp(name, "", clock.now(), StampStanding.TEST, "")
    with key.open() as signer:
        return sign_pdf(target.getvalue(), signer, "layanan", look, "buku")
