"""Packs at hand, bundled and installed: what is broken, changed or doubtful is said and never used."""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from desktop.base import Language, render
from desktop.base.paths import home
from desktop.guideline import BrokenPack, bundled, load_pack, open_pack, write_pack
from desktop.guideline.container import read_members, write_zip
from desktop.guideline.issuing import begin_from
from desktop.guideline.provenance import BrokenSignature, Standing, provenance
from desktop.guideline.store import (
    AnotherSame,
    NotConfirmed,
    NotInstalled,
    WhichGuideline,
    available,
    find,
    install,
    newest_first,
    open_named,
    remove,
    the_usual,
)
from desktop.trust import sign_detached
from tests.trust import pki
from tests.trust.pki import NOW, make

TINY = Path(__file__).parents[1] / "data" / "tiny-pack"
ROOT = make("Root", ca=True)
ISSUER = make("Kementerian Contoh", ROOT)


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "home"))


@pytest.fixture
def believed(tmp_path):
    """The issuer's root among the anchors this person believes."""
    place = home() / "anchors"
    place.mkdir(parents=True)
    (place / "root.pem").write_bytes(ROOT.certificate.public_bytes(Encoding.PEM))


@pytest.fixture
def pack_file(tmp_path):
    """Makes a pack file of the tiny guideline with changes in pack.json, signed or not."""

    def make_file(name: str = "p", signer=None, moment: dt.datetime = NOW, **changes: object) -> Path:
        folder = tmp_path / f"{name}-source"
        shutil.copytree(TINY, folder, dirs_exist_ok=True)
        info = json.loads((folder / "pack.json").read_text()) | changes
        (folder / "pack.json").write_text(json.dumps(info))
        data = write_pack(folder)
        if signer is not None:
            data = write_pack(folder, sign_detached(data, signer, moment))
        path = tmp_path / f"{name}.rancang-guideline"
        path.write_bytes(data)
        return path

    return make_file


def names() -> list[str]:
    return [one.name for one in available()]


def test_without_installed_packs_the_bundled_ones_are_at_hand():
    assert {one.id for one in available()} == {one.id for one in bundled()}
    assert the_usual().status == "in-force"
    assert not (home() / "guidelines").exists(), "looking makes no folder"


def test_an_unsigned_pack_is_installed_only_when_agreed_to(pack_file):
    file = pack_file()
    with pytest.raises(NotConfirmed) as refused:
        install(file, confirmed=False)
    assert "--yes" in render(refused.value.message, Language.EN)
    assert "tiny@3" not in names()
    one = install(file, confirmed=True)
    assert (one.name, one.provenance.standing) == ("tiny@3", Standing.UNSIGNED)
    assert find("tiny").read() == open_pack(file).content
    assert [each.name for each in available() if not each.bundled] == ["tiny@3"]


def test_a_folder_is_installed_as_one_file():
    install(TINY, confirmed=True)
    assert load_pack(find("tiny").path) == load_pack(TINY)


@pytest.mark.usefixtures("believed")
def test_a_believed_signer_is_named_and_somebody_says_whether_he_speaks_for_the_issuer(pack_file):
    """Every official has a certificate that is believed; what a pack calls its issuer, anybody writes."""
    file = pack_file(signer=ISSUER.signer(ROOT))
    with pytest.raises(NotConfirmed) as refused:
        install(file, confirmed=False)
    assert "Kementerian Contoh" in render(refused.value.message, Language.EN)
    assert "tiny@3" not in names()
    one = install(file, confirmed=True)
    assert one.provenance.standing is Standing.TRUSTED
    assert one.provenance.holder == "Kementerian Contoh"
    for language in Language:
        said = render(one.provenance.message, language)
        assert "Kementerian Contoh" in said
        assert str((NOW + 700 * pki.DAY).year) in said
    assert open_pack(find("tiny").path).signature is not None, "the signature stays inside"


def test_a_signer_nobody_vouches_for_needs_one(pack_file):
    file = pack_file(signer=ISSUER.signer(ROOT))
    with pytest.raises(NotConfirmed):
        install(file, confirmed=False)
    assert install(file, confirmed=True).provenance.standing is Standing.UNKNOWN


@pytest.mark.usefixtures("believed")
def test_a_strangers_signature_takes_no_place_of_one_that_is_believed(pack_file):
    """The same guideline, signed in the same name by somebody whom nobody vouches for."""
    stranger = make("Kementerian Contoh", make("Root", ca=True))
    kept = install(pack_file(signer=ISSUER.signer(ROOT)), confirmed=True)
    install(pack_file("q", signer=stranger.signer()), confirmed=True)
    assert [one.provenance.standing for one in available() if not one.bundled] == [Standing.TRUSTED]
    remove(kept.name)
    install(pack_file("q", signer=stranger.signer()), confirmed=True)
    install(pack_file(signer=ISSUER.signer(ROOT)), confirmed=True)
    assert find("tiny").provenance.standing is Standing.TRUSTED


def swapped(file: Path, other: Path) -> bytes:
    """The signature of one pack inside the file of another."""
    return write_zip(read_members(other).json, open_pack(file).signature)


@pytest.mark.usefixtures("believed")
def test_a_broken_signature_is_refused_whatever_was_agreed(pack_file, tmp_path):
    signed, other = pack_file(signer=ISSUER.signer(ROOT)), pack_file("q", version="4")
    hostile = tmp_path / "hostile.rancang-guideline"
    tampered = bytearray(open_pack(signed).signature)
    tampered[-5] ^= 1
    for data in (
        swapped(signed, other),
        write_zip(read_members(signed).json, bytes(tampered)),
        write_zip(read_members(signed).json, b"signature"),
        write_zip(read_members(signed).json, b""),
    ):
        hostile.write_bytes(data)
        with pytest.raises(BrokenSignature):
            install(hostile, confirmed=True)
    assert "tiny@3" not in names()


def test_a_signer_disowned_by_a_known_authority_is_refused(pack_file):
    late = make("Lewat", ROOT, start=NOW - 9 * pki.DAY, end=NOW - 3 * pki.DAY)
    opened = open_pack(pack_file(signer=late.signer(ROOT)))
    with pytest.raises(BrokenSignature):
        provenance(opened, pki.believe(ROOT), NOW)
    assert provenance(opened, pki.believe(), NOW).standing is Standing.UNKNOWN
    future = open_pack(pack_file("f", signer=ISSUER.signer(ROOT), moment=NOW + pki.DAY))
    with pytest.raises(BrokenSignature):
        provenance(future, pki.believe(ROOT), NOW)


def test_a_signer_whose_certificate_has_ended_since_is_told(pack_file):
    """Nobody can show that it was signed before: whoever has the old key can claim any moment."""
    then = NOW - 5 * pki.DAY
    ended = make("Lewat", ROOT, start=NOW - 9 * pki.DAY, end=NOW - 3 * pki.DAY)
    opened = open_pack(pack_file(signer=ended.signer(ROOT), moment=then))
    root = pki.believe(make("Root", ca=True, key=ROOT.key, start=NOW - 9 * pki.DAY))
    found = provenance(opened, root, NOW)
    assert (found.standing, found.warning.id) == (Standing.TRUSTED, "guideline.warning.ended")
    assert provenance(opened, root, then).warning.id == "guideline.warning.trusted"


def test_a_signature_holds_over_the_files_as_they_were_signed():
    """A pack that a later program would write otherwise keeps its signature."""
    members = {name: json.dumps(json.loads(data), indent=1).encode() for name, data in
               read_members(TINY).json.items()}  # fmt: skip
    signature = sign_detached(write_zip(members), ISSUER.signer(ROOT), NOW)
    opened = open_pack(write_zip(members, signature))
    assert opened.signed != opened.content
    assert provenance(opened, pki.believe(ROOT), NOW).standing is Standing.TRUSTED
    assert open_pack(opened.file_bytes).signed == opened.signed


def test_two_signatures_are_one_too_many():
    members = read_members(write_pack(TINY)).json
    target = io.BytesIO(write_zip(members, b"one"))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("signature.sig", b"two")
    with pytest.raises(BrokenPack) as error:
        open_pack(target.getvalue())
    assert error.value.faults[0].problem.id == "guideline.problem.two_signatures"


def test_the_same_id_and_version_never_means_two_things(pack_file):
    install(pack_file(), confirmed=True)
    install(pack_file("again"), confirmed=True)
    with pytest.raises(AnotherSame):
        install(pack_file("other", max_years=9), confirmed=True)
    usual = the_usual()
    with pytest.raises(AnotherSame) as error:
        install(pack_file("fake", id=usual.id, version=usual.version), confirmed=True)
    assert "bundled" in error.value.message.id
    assert names().count("tiny@3") == 1


@pytest.mark.usefixtures("believed")
def test_a_signature_added_later_takes_the_place_of_the_unsigned_file(pack_file):
    install(pack_file(), confirmed=True)
    install(pack_file(signer=ISSUER.signer(ROOT)), confirmed=True)
    (one,) = [each for each in available() if each.id == "tiny"]
    assert one.provenance.standing is Standing.TRUSTED


def test_versions_stand_side_by_side_the_newest_first_and_what_is_in_force_before_it(pack_file):
    for version in ("3.9", "3.10", "2"):
        install(pack_file(version, version=version, status="in-force"), confirmed=True)
    install(pack_file("draft", version="4", status="draft"), confirmed=True)
    assert [one.version for one in available() if one.id == "tiny"] == ["3.10", "3.9", "2", "4"]
    assert find("tiny").version == "3.10"
    assert find("tiny@2").version == "2"
    with pytest.raises(WhichGuideline) as error:
        find("tiny@9")
    assert "tiny@3.10" in render(error.value.message, Language.ID)
    assert the_usual().bundled, "what came with the program is offered before other guidelines"


def test_versions_are_compared_as_people_read_them():
    found = sorted(["2021.2", "2021.10", "2021.9", "2022", "2021.2-uji", "", "2021"], key=newest_first)
    assert found == ["2022", "2021.10", "2021.9", "2021.2", "2021.2-uji", "2021", ""]


@pytest.mark.parametrize("damage", ["cut", "changed", "foreign", "renamed"])
def test_a_damaged_installed_file_is_listed_and_never_breaks_the_list(pack_file, damage):
    one = install(pack_file(), confirmed=True)
    data = one.path.read_bytes()
    match damage:
        case "cut":
            one.path.write_bytes(data[: len(data) // 2])
        case "changed":
            assert data.count(b"Udara") > 0
            members = {
                name: text.replace(b"Udara", b"Angin") for name, text in read_members(data).json.items()
            }
            one.path.write_bytes(write_zip(members))
        case "foreign":
            one.path.write_bytes(b"not a pack")
        case "renamed":
            one.path.rename(one.path.with_name("tiny.rancang-guideline"))
    (broken,) = [each for each in available() if not each.usable]
    assert available()[-1] == broken
    assert render(broken.problem, Language.ID)
    with pytest.raises(WhichGuideline):
        find("tiny")
    assert remove(broken.name).problem is not None
    assert all(each.usable for each in available())


def test_only_installed_packs_are_removed(pack_file):
    install(pack_file(), confirmed=True)
    install(pack_file("other", version="4"), confirmed=True)
    with pytest.raises(NotInstalled):
        remove("smart-city-2021")
    with pytest.raises(NotInstalled):
        remove("tiny")
    assert remove("tiny@4").version == "4"
    assert remove("tiny").version == "3"
    assert all(one.bundled for one in available())


def test_a_pack_with_a_hostile_id_stays_in_its_folder(pack_file):
    one = install(pack_file(id="../../x y", version="..\\1"), confirmed=True)
    assert one.path.parent == home() / "guidelines"
    assert find("../../x y").version == "..\\1"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    bomb = tmp_path / "bomb.rancang-guideline"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("pack.json", b" " * 9_000_000)
    with pytest.raises(BrokenPack) as error:
        install(bomb, confirmed=True)
    assert error.value.faults[0].problem.id == "guideline.problem.too_large"


def test_a_folder_begun_from_a_pack_is_a_pack(tmp_path):
    begun = begin_from(load_pack(TINY), tmp_path / "Kota Kami")
    assert (begun.id, begun.version, begun.based_on) == ("kota-kami", "0.1", "tiny")
    pack = open_named(str(tmp_path / "Kota Kami")).pack
    assert (pack.pack.status, pack.pack.verified) == ("draft", False)
    assert pack.worksheets == load_pack(TINY).worksheets
    assert install(tmp_path / "Kota Kami", confirmed=True).name == "kota-kami@0.1"
