"""Anchors are data: shipped with fingerprints, laid into a folder by the user, or given for one call."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from desktop.base.errors import FileProblem
from desktop.trust import AnchorKind, NoSuchAnchor, NotAnAnchor, adopt, drop, known, load_anchors
from desktop.trust.anchors import read_shipped
from desktop.trust.certificate import fingerprint
from tests.trust import pki

ROOT = pki.make("Root", ca=True)
LEAF = pki.make("Budi", ROOT)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path))
    (tmp_path / "anchors").mkdir()
    return tmp_path / "anchors"


def pem(holder) -> bytes:
    return holder.certificate.public_bytes(Encoding.PEM)


def test_shipped_anchors_load(own) -> None:
    assert load_anchors().problems == ()


def test_the_users_folder_in_pem_and_der(own) -> None:
    (own / "a.pem").write_bytes(pem(ROOT))
    (own / "b.cer").write_bytes(pki.make("Lain", ca=True).certificate.public_bytes(Encoding.DER))
    (own / "catatan.txt").write_text("bukan sertifikat")
    anchors = load_anchors()
    assert [anchor.kind for anchor in anchors.anchors[-2:]] == [AnchorKind.OWN, AnchorKind.OWN]
    assert anchors.find(ROOT.certificate) is not None
    assert pickle.loads(pickle.dumps(anchors)).find(ROOT.certificate) is not None


def test_a_bad_file_in_the_folder_is_said_and_skipped(own) -> None:
    (own / "a.pem").write_bytes(pem(LEAF))
    (own / "b.crt").write_bytes(b"rusak")
    (own / "c.crl").write_bytes(b"rusak")
    anchors = load_anchors()
    assert [problem.params["file"] for problem in anchors.problems] == ["a.pem", "b.crt", "c.crl"]


def test_a_bad_file_given_for_one_call_stops(own, tmp_path) -> None:
    with pytest.raises(FileProblem):
        load_anchors([tmp_path / "tidak-ada.pem"])
    bad = tmp_path / "orang.pem"
    bad.write_bytes(pem(LEAF))
    with pytest.raises(NotAnAnchor):
        load_anchors([bad])


def test_a_shipped_anchor_needs_its_fingerprint(tmp_path) -> None:
    (tmp_path / "root.pem").write_bytes(pem(ROOT))
    entry = {"file": "root.pem", "name": {"id": "Akar"}, "source": "uji", "checked": "2026-11-24"}

    def write(sha256: str) -> None:
        content = {"format": 1, "anchors": [{**entry, "sha256": sha256}]}
        (tmp_path / "anchors.json").write_text(json.dumps(content))

    write(fingerprint(ROOT.certificate))
    (anchor,) = read_shipped(tmp_path).anchors
    assert anchor.kind is AnchorKind.CERTIFIED
    assert anchor.name.read("en") == "Akar"
    write("0" * 64)
    with pytest.raises(NotAnAnchor):
        read_shipped(tmp_path)


def test_an_authority_is_adopted_listed_and_dropped(own, tmp_path) -> None:
    file = tmp_path / "bsre.der"
    file.write_bytes(ROOT.certificate.public_bytes(Encoding.DER))
    (found,) = adopt(file)
    assert (found.file, found.fingerprint, found.kind) == (
        "national/bsre.der",
        fingerprint(ROOT.certificate),
        AnchorKind.OWN,
    )
    assert found in known()
    assert known(file)[0].until == ROOT.certificate.not_valid_after_utc
    drop("bsre.der")
    assert found not in known()


def test_two_files_of_one_name_stand_side_by_side(own, tmp_path) -> None:
    for folder, holder in (("satu", ROOT), ("dua", pki.make("Lain", ca=True))):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "root.crt").write_bytes(pem(holder))
        adopt(tmp_path / folder / "root.crt")
        adopt(tmp_path / folder / "root.crt")
    assert sorted(path.name for path in (own / "national").iterdir()) == ["root-2.crt", "root.crt"]


def test_what_is_no_authority_is_not_adopted_and_only_own_ones_are_dropped(own, tmp_path) -> None:
    file = tmp_path / "daun.pem"
    file.write_bytes(pem(LEAF))
    with pytest.raises(NotAnAnchor):
        adopt(file)
    assert list(own.iterdir()) == []
    for name in ("daun.pem", "../window.json", ""):
        with pytest.raises(NoSuchAnchor):
            drop(name)
