"""Anchors are data: shipped with fingerprints, laid into a folder by the user, or given for one call."""

from __future__ import annotations

import json
import os
import pickle
import sys
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from desktop.base.errors import FileProblem
from desktop.trust import (
    AnchorClass,
    AnchorKind,
    NoPath,
    NoSuchAnchor,
    NotAnAnchor,
    P12Key,
    TrustPath,
    adopt,
    adopt_list,
    certificate,
    drop,
    find_path,
    keeping,
    known,
    load_anchors,
    make_test_identity,
)
from desktop.trust.anchors import read_shipped
from desktop.trust.authority_file import HidingName
from desktop.trust.certificate import der, fingerprint, holder
from desktop.trust.keeping import AnchorsChanged
from desktop.trust.path import find_lent_path
from desktop.trust.revocation import read_lists
from tests.trust import pki
from tests.trust.crls import entry, revoke

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
    for folder, whose in (("satu", ROOT), ("dua", pki.make("Lain", ca=True))):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "root.crt").write_bytes(pem(whose))
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


def test_only_roots_are_believed_wherever_they_come_from(own, tmp_path) -> None:
    """Whoever believes an authority in between sees what no receiver who believes its root can see."""
    between = pki.make("Penerbit", ROOT, ca=True)
    leaf, file, chain = (
        pki.make("Budi", between).certificate,
        tmp_path / "penerbit.pem",
        tmp_path / "rantai.pem",
    )
    file.write_bytes(pem(between))
    (kept,) = adopt(file)
    assert (kept.holder, kept.is_root) == ("Penerbit", False)
    assert isinstance(find_path(leaf, (), load_anchors(), pki.NOW), NoPath)
    chain.write_bytes(pem(between) + pem(ROOT))
    assert [one.is_root for one in adopt(chain)] == [False, True]
    anchors = load_anchors()
    assert [one.certificate for one in anchors.anchors] == [ROOT.certificate]
    assert anchors.problems == ()
    assert isinstance(find_path(leaf, (), anchors, pki.NOW), NoPath)
    found = find_lent_path(leaf, (), anchors, pki.NOW)
    assert isinstance(found, TrustPath)
    assert [one.id for one in found.notes] == ["trust.path.lent"]
    assert [one.is_root for one in known()] == [True, False]
    drop("national/penerbit.pem")
    assert isinstance(find_path(leaf, (), load_anchors(), pki.NOW), NoPath)


def test_who_stands_in_between_leads_on_to_a_root_and_ends_nothing(own, tmp_path) -> None:
    between = pki.make("Penerbit", ROOT, ca=True)
    leaf, file, root = pki.make("Budi", between).certificate, tmp_path / "penerbit.pem", tmp_path / "root.pem"
    file.write_bytes(pem(between))
    root.write_bytes(pem(ROOT))
    given = load_anchors([file])
    assert (given.anchors, [one.der for one in given.between]) == ((), [der(between.certificate)])
    assert isinstance(find_path(leaf, (), given, pki.NOW), NoPath)
    both = pickle.loads(pickle.dumps(load_anchors([file, root])))
    lent = find_lent_path(leaf, (), both, pki.NOW)
    assert isinstance(lent, TrustPath)
    assert [(one.id, one.params) for one in lent.notes] == [
        ("trust.path.lent", {"issuer": "Penerbit", "holder": "Budi"})
    ]
    whole = find_lent_path(leaf, (between.certificate,), both, pki.NOW)
    assert isinstance(whole, TrustPath)
    assert whole.notes == ()
    assert isinstance(find_path(leaf, (), load_anchors([root]), pki.NOW), NoPath)
    assert both.parts() != load_anchors([root]).parts()


def test_several_in_one_file_are_kept_and_dropped_one_by_one(own, tmp_path) -> None:
    file = tmp_path / "generasi.pem"
    other = pki.make("Lain", ca=True)
    file.write_bytes(pem(ROOT) + pem(other))
    assert [each.file for each in adopt(file)] == ["national/generasi-1.pem", "national/generasi-2.pem"]
    adopt(file)
    drop("national/generasi-1.pem")
    assert [each.holder for each in known()] == ["Lain"]


def test_who_is_dropped_and_still_believed_from_elsewhere_is_told(own, tmp_path) -> None:
    for name in ("a.pem", "b.pem"):
        (tmp_path / name).write_bytes(pem(ROOT))
        adopt(tmp_path / name)
    assert [each.file for each in known()] == ["national/a.pem"], "the same one is kept once"
    adopt(tmp_path / "a.pem", AnchorClass.TIMESTAMP)
    assert [each.file for each in drop("national/a.pem")] == ["timestamp/a.pem"]
    assert drop("a.pem") == ()


def test_what_lies_in_no_folder_of_a_class_is_national_as_before(own) -> None:
    (own / "a.pem").write_bytes(pem(ROOT))
    for purpose in AnchorClass:
        (own / purpose.value).mkdir()
        holder = pki.make(f"Akar {purpose.value}", ca=True)
        (own / purpose.value / "a.pem").write_bytes(pem(holder))
    found = {each.file: (each.purpose.value, each.kind.value) for each in known()}
    assert found == {
        "a.pem": ("national", "own"),
        "national/a.pem": ("national", "own"),
        "test/a.pem": ("test", "test"),
        "timestamp/a.pem": ("timestamp", "own"),
    }
    anchors = load_anchors()
    assert {one.origin for one in anchors.for_timestamps().anchors} == {"timestamp/a.pem"}
    assert {one.origin for one in anchors.for_signers().anchors} == set(found) - {"timestamp/a.pem"}


def test_a_root_of_a_test_identity_stays_one_wherever_it_is_laid(own, tmp_path) -> None:
    made = make_test_identity(tmp_path / "uji", {"mayor": "Contoh"}, now=pki.NOW, algorithm="ec")
    (kept,) = adopt(made.root)
    assert (kept.file, kept.purpose, kept.kind) == ("test/uji-root.pem", AnchorClass.TEST, AnchorKind.TEST)
    (stamps,) = adopt(made.root, AnchorClass.TIMESTAMP)
    assert (stamps.purpose, stamps.kind) == (AnchorClass.TIMESTAMP, AnchorKind.TEST)


def test_a_shipped_anchor_has_a_class(tmp_path) -> None:
    (tmp_path / "root.pem").write_bytes(pem(ROOT))
    entry = {
        "file": "root.pem", "name": {"id": "Akar"}, "source": "uji", "checked": "2026-11-24",
        "sha256": fingerprint(ROOT.certificate), "class": "timestamp",
    }  # fmt: skip
    (tmp_path / "anchors.json").write_text(json.dumps({"format": 1, "anchors": [entry]}))
    (anchor,) = read_shipped(tmp_path).anchors
    assert (anchor.purpose, anchor.kind) == (AnchorClass.TIMESTAMP, AnchorKind.CERTIFIED)


@pytest.mark.parametrize("data", [b"-----BEGIN CERTIFICATE-----\n" + b"A" * (2 << 20), b"\0" * (2 << 20)])
def test_a_file_too_large_for_certificates_is_not_read(tmp_path, data) -> None:
    file = tmp_path / "besar.pem"
    file.write_bytes(data)
    with pytest.raises(NotAnAnchor):
        load_anchors([file])


def test_what_was_not_compared_is_not_believed(own, tmp_path) -> None:
    """The file was exchanged between the fingerprint shown and the yes."""
    file = tmp_path / "root.pem"
    file.write_bytes(pem(ROOT))
    compared = [each.fingerprint for each in known(file)]
    file.write_bytes(pem(pki.make("Root", ca=True)))
    with pytest.raises(AnchorsChanged):
        adopt(file, AnchorClass.NATIONAL, compared)
    assert list(own.iterdir()) == []
    file.write_bytes(pem(ROOT))
    assert adopt(file, AnchorClass.NATIONAL, compared)[0].fingerprint == compared[0]


@pytest.mark.parametrize(
    "common",
    [
        "Root\n    SHA-256 2e59 5b8a", "Root\x1b[8m", "Root \u202etooR",
        f"Root {'1e11 39BB ' * 5}", f"{'1e:11:39:bb:' * 5}", f"Root {'1e11_39bb' * 5}",
        f"Root {'lell 39bb ' * 5}", f"Root {'1eOIx39bb.' * 5}",
        f"{'1e11 39bb ' * 3}:::: {'5de5 c706 ' * 2}5de5",
    ],
)  # fmt: skip
def test_a_name_that_hides_or_turns_text_is_no_authority(own, tmp_path, common) -> None:
    """It stood as a second fingerprint beside the one to be compared."""
    file = tmp_path / "root.pem"
    file.write_bytes(pem(pki.make(common, ca=True)))
    for attempt in (known, adopt):
        with pytest.raises(HidingName):
            attempt(file)


def test_nor_is_one_that_reads_like_a_fingerprint_as_it_is_shown(own, tmp_path, monkeypatch) -> None:
    """Accents are not on the screen; two units stand behind each other."""
    file = tmp_path / "root.pem"
    print_ = "c99f d488 6577 1e11 39bb 5de5 c706 2afb d863 2a9e"
    file.write_bytes(pem(pki.make(print_.translate(str.maketrans("acde", "āčďē")), ca=True)))
    with pytest.raises(HidingName):
        known(file)
    halves = [x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, one) for one in (print_[:24], print_[24:])]
    monkeypatch.setattr(pki, "name", lambda _: x509.Name(halves))
    file.write_bytes(pem(pki.make("", ca=True)))
    with pytest.raises(HidingName):
        known(file)


@pytest.mark.parametrize("number", ["UID 550e8400-e29b-41d4-a716-446655440000", "No. 0" + "1234567" * 4])
def test_an_authority_may_have_a_number_in_its_name(own, tmp_path, number) -> None:
    file = tmp_path / "root.pem"
    file.write_bytes(pem(pki.make(f"Balai Contoh {number}", ca=True)))
    assert known(file)


def test_names_are_shown_on_one_line_and_not_without_end() -> None:
    assert holder(pki.make("Budi\n\x1b[2K Sah", ca=True).certificate) == "Budi  [2K Sah"
    assert certificate.common_name(x509.Name([])) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with a name")
def test_a_pipe_is_no_certificate(tmp_path: Path) -> None:
    pipe = tmp_path / "akar.pem"
    os.mkfifo(pipe)
    with pytest.raises(FileProblem) as told:
        load_anchors([pipe])
    with pytest.raises(FileProblem), P12Key(pipe, "x").open():
        pass
    assert told.value.message.id == "base.file.not_ordinary"


def test_a_list_is_kept_as_it_was_read_and_nothing_beside_it(own, tmp_path, monkeypatch) -> None:
    """A key behind it, remarks, and what lies under its name by the time it would be copied."""
    one, two = (revoke(ROOT, entry(number), encoding=Encoding.PEM) for number in (7, 8))
    key = b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
    read = keeping.read_list_file

    def exchanged(path: Path) -> tuple[bytes, ...]:
        found = read(path)
        path.write_bytes(b"lain")
        return found

    monkeypatch.setattr(keeping, "read_list_file", exchanged)
    for number, lists in enumerate(((one,), (one, two))):
        file = tmp_path / f"akar{number}.crl"
        file.write_bytes(b"catatan\n" + b"".join(lists) + key)
        found = adopt_list(file)
        assert len(found) == len(lists)
        kept = [(own / each.file).read_bytes() for each in found]
        assert not any(b"PRIVATE" in each or b"catatan" in each for each in kept)
        assert [read_lists(each, "")[0].entry(7) is not None for each in kept] == [True, False][: len(lists)]


def test_lists_of_several_issuers_in_one_file_are_dropped_one_by_one(own, tmp_path) -> None:
    other = pki.make("Akar Dua", ca=True)
    file = tmp_path / "bersama.crl"
    file.write_bytes(
        revoke(ROOT, entry(7), encoding=Encoding.PEM) + revoke(other, entry(8), encoding=Encoding.PEM)
    )
    first, second = adopt_list(file)
    assert {first.file, second.file} == {"crl/bersama-1.crl", "crl/bersama-2.crl"}
    keeping.drop(first.file)
    assert [each.issuer for each in keeping.known_lists()] == ["Akar Dua"]


def test_what_lies_among_the_own_and_is_not_asked_is_told(own) -> None:
    top = own / "crl"
    top.mkdir(exist_ok=True)
    (top / "penerbit.crl").write_bytes(revoke(ROOT, entry(LEAF.certificate.serial_number)))
    assert load_anchors().problems == ()
    (top / "penerbit.crl.1").write_bytes(b"x")
    (top / "jauh.crl").symlink_to(top / "tidak-ada")
    (top / "map.crl").mkdir()
    (top / ".tersembunyi").write_bytes(b"x")
    told = [one.id for one in load_anchors().problems]
    assert len(told) == 3
    assert {"base.file.missing", "trust.anchors.not_asked"} < set(told)


def test_a_folder_that_is_none_is_told(own) -> None:
    (own / "crl").write_bytes(b"x")
    assert len(load_anchors().problems) == 1
