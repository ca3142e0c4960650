"""What a region, a colleague or a share that fails can do to the desk, and what it says then."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from msgspec import structs

from desktop.base import Language, RancangError
from desktop.base.jobs import quiet
from desktop.submission.limits import Limits
from desktop.submission.mark import mark_of
from desktop.submission.register import examine, run, walking
from desktop.submission.register.crew import Lost
from desktop.submission.register.export import write_xlsx
from desktop.submission.register.file import RegisterUnusable
from desktop.submission.register.listing import Entry, entries
from desktop.submission.register.run import Ran, receive
from desktop.submission.register.store import Register
from tests.submission import tamper
from tests.submission.register.at_once import AtOnce
from tests.submission.register.many import NOW, Case, Country, Keys, Opened, book, plan
from tests.trust import pki

CODE = "18.07"


@pytest.fixture(scope="module")
def keys() -> Keys:
    made = Keys()
    root = pki.make("Root Lain", ca=True, start=NOW - 900 * pki.DAY)
    made.stranger = Opened(pki.make("Orang Lain", root, start=NOW - 400 * pki.DAY), root)
    return made


class Desk(Country):
    """A country and the register of its ministry."""

    def __init__(self, top: Path, keys: Keys) -> None:
        super().__init__(top / "inbox", keys)
        self.register = top / "meja.sqlite"

    def read(self, *folders: Path, anchors=None, now: dt.datetime = NOW) -> Ran:
        return receive(quiet, self.register, folders or [self.inbox], anchors or self.keys.anchors, 1, now)

    def listed(self) -> dict[str, Entry]:
        with Register(self.register, read_only=True) as register:
            return {Path(one.path).name: one for one in entries(register)}


@pytest.fixture
def desk(tmp_path, monkeypatch, keys) -> Desk:
    monkeypatch.setattr(run, "Crew", AtOnce)
    return Desk(tmp_path, keys)


def codes(one: Entry) -> set[str]:
    return {each.code for each in one.reasons}


# -- numbers that no table can hold ------------------------------------------------------------------
@pytest.mark.parametrize(
    ("said", "instead"),
    [
        (b'"total_budget":2000000', b'"total_budget":99999999999999999999999'),
        (b'"total_budget":2000000', b'"total_budget":9223372036854775808'),
        (b'"baseline_year":2025', b'"baseline_year":9223372036854775808'),
        (b'"end_year":2028', b'"end_year":20280'),
        (b'"indicative":2000000', b'"indicative":9007199254740992'),
    ],
)
def test_a_plan_with_numbers_of_no_plan_costs_nobody_else_anything(desk, said, instead):
    desk.signed(CODE, 1, desk.inbox / "a.asice", data=plan(CODE, 1).replace(said, instead))
    desk.signed("11.01", 1, desk.inbox / "b.asice")
    desk.read()
    found = desk.listed()
    assert (found["a.asice"].result, codes(found["a.asice"])) == (
        "valid-with-notes", {"register.data_unreadable"},
    )  # fmt: skip
    assert found["a.asice"].plan is None
    assert found["b.asice"].result == "valid"


def test_what_the_manifest_counts_without_end_costs_nobody_else_anything(desk):
    path = desk.inbox / "a.asice"
    desk.signed(CODE, 1, path)
    tamper.forge(path, path, lambda _: None, lambda m: structs.replace(m, open_mandatory=1 << 80))
    desk.signed("11.01", 1, desk.inbox / "b.asice")
    desk.read()
    found = desk.listed()
    assert found["a.asice"].result == "refused"
    assert found["b.asice"].result == "valid"


def test_amounts_of_a_forged_register_are_added_up_all_the_same(desk):
    desk.signed(CODE, 1, desk.inbox / "a.asice")
    desk.read()
    write(desk.register, f"UPDATE budget SET indicative={(1 << 63) - 1}")
    (one,) = desk.listed().values()
    assert one.plan is not None
    assert one.plan.indicative == 6 * ((1 << 63) - 1)


# -- what a verdict rests on -------------------------------------------------------------------------
def test_a_verdict_by_anchors_believed_once_does_not_stay(desk, tmp_path):
    first, second = desk.inbox / "a.asice", tmp_path / "lain" / "b.asice"
    second.parent.mkdir()
    desk.stranger(CODE, 1, first)
    shutil.copy(first, second)
    (root,) = desk.keys.stranger.signer.chain[-1:]
    (tmp_path / "lain.pem").write_bytes(root.public_bytes(Encoding.PEM))
    desk.read()
    desk.read(second.parent, anchors=desk.keys.anchors.plus(tmp_path / "lain.pem"))
    (one,) = desk.listed().values()
    assert one.accepted
    ran = desk.read(desk.inbox, second.parent)
    (one,) = desk.listed().values()
    assert (ran.judged > 0, one.result, one.plan) == (True, "refused", None)


def test_what_was_not_looked_at_since_others_were_believed_is_told(desk, tmp_path):
    second = tmp_path / "lain" / "b.asice"
    second.parent.mkdir()
    desk.signed(CODE, 1, second)
    desk.read(second.parent)
    desk.read(desk.inbox, anchors=desk.keys.anchors.__class__())
    (one,) = desk.listed().values()
    assert (one.result, codes(one)) == ("valid-with-notes", {"register.other_basis"})


def test_what_was_signed_too_early_is_judged_again_when_its_day_has_come(desk):
    """Somebody's clock was wrong: refused today, and not for ever."""
    desk.from_the_future(CODE, 1, desk.inbox / "a.asice")
    assert desk.read().judged == 1
    assert codes(desk.listed()["a.asice"]) == {"signature.future"}
    assert desk.read(now=NOW + dt.timedelta(days=4)).judged == 1
    assert desk.listed()["a.asice"].result == "valid"
    assert desk.read(now=NOW + dt.timedelta(days=5)).read == 0


def test_a_register_of_the_first_version_is_brought_over_and_judged_anew(desk):
    with contextlib.closing(sqlite3.connect(desk.register, isolation_level=None)) as raw:
        raw.executescript(Path(__file__).with_name("version_1.sql").read_text("utf-8"))
    with Register(desk.register, read_only=True) as register:
        assert register.setting("due") == "2026-11-30T23:59:59+07:00"
        found = {one.path: one for one in entries(register)}
        assert {one.basis for one in register.known_files(NOW).values()} == {""}
    assert found["/kotak/18.07.asice"].result == "valid"
    assert found["/kotak/18.07.asice"].signers[0].holder == "Sekretaris Tim"
    assert found["/kotak/usulan.zip"].result == "unsigned"
    desk.signed("11.01", 1, desk.inbox / "b.asice")
    desk.read()
    assert desk.listed()["b.asice"].result == "valid"


def test_a_file_exchanged_while_its_process_was_ended_says_nothing_of_another(desk, monkeypatch):
    good, slow = desk.inbox / "b.asice", desk.inbox / "a.asice"
    desk.signed(CODE, 1, good)
    desk.read()
    slow.write_bytes(good.read_bytes() + b"x")

    class Exchanged(AtOnce):
        def run(self, items, idle=quiet):
            for item in items:
                shutil.copy(good, item)
                yield item, Lost("memory")

    with monkeypatch.context() as patch:
        patch.setattr(run, "Crew", Exchanged)
        ran = desk.read()
    assert [each.id for each in ran.problems] == ["submission.register.changed_meanwhile"]
    found = desk.listed()
    assert (found["b.asice"].result, found["b.asice"].current) == ("valid", True)
    assert found["a.asice"].sha256 == ""
    # nor does it where a file has nothing to know it by
    mark = mark_of(slow.lstat())
    said = examine.lost(slow, "memory", Limits(), mark)
    with Register(desk.register) as register:
        known = run.basis_of(desk.keys.anchors)
        place = walking.Found(slow, desk.inbox, slow, mark)
        register.keep(1, NOW, place, said, known)
    assert desk.listed()["a.asice"].result == "valid"


def test_the_file_that_was_hashed_is_the_one_that_is_judged(desk, monkeypatch):
    """A colleague lets the path lead to another file while it is judged, and back before anybody looks."""
    here, there = desk.inbox / "a", desk.inbox / "b"
    here.mkdir()
    there.mkdir()
    desk.signed(CODE, 1, here / "p.asice")
    (there / "p.asice").write_bytes((here / "p.asice").read_bytes()[:-1] + b"x")
    from desktop.submission import verifying

    real = verifying.verify

    def exchanged(path, *more):
        here.rename(desk.inbox / "c")
        there.rename(here)
        try:
            return real(path, *more)
        finally:
            here.rename(there)
            (desk.inbox / "c").rename(here)

    monkeypatch.setattr(verifying, "verify", exchanged)
    do = examine.examiner(desk.keys.anchors, NOW, frozenset())
    found = do(here / "p.asice")
    assert found.verdict is not None
    assert found.verdict.kind == "valid"


@pytest.mark.skipif(os.name != "posix", reason="no such time there")
def test_content_changed_in_place_with_its_old_time_is_read_again(desk):
    path = desk.inbox / "a.asice"
    desk.signed(CODE, 1, path)
    desk.read()
    before, data = path.stat(), bytearray(path.read_bytes())
    data[300] ^= 1
    with path.open("r+b") as file:
        file.write(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert desk.read().judged == 1
    assert desk.listed()["a.asice"].result == "refused"


# -- what lies in the folders ------------------------------------------------------------------------
def test_what_lies_where_a_package_was_is_told(desk):
    folder = desk.inbox / f"{CODE} Lampung Timur"
    folder.mkdir()
    desk.signed(CODE, 1, folder / "paket.asice")
    (folder / "lampiran.pdf").write_bytes(book())
    desk.read()
    assert set(desk.listed()) == {"paket.asice"}
    (folder / "paket.asice").unlink()
    desk.read()
    found = desk.listed()
    assert found["paket.asice"].vanished
    assert (found[folder.name].result, found[folder.name].vanished) == ("unsigned", False)


def test_what_lies_beside_a_refused_package_is_told(desk):
    folder = desk.inbox / f"{CODE} Lampung Timur"
    folder.mkdir()
    case: Case = desk.cut_off(CODE, 1, folder / "paket.asice")
    (folder / "kiriman.pdf").write_bytes(book())
    desk.read()
    found = desk.listed()
    assert found[case.path.name].result == "refused"
    assert found[folder.name].result == "unsigned"


def test_one_package_in_a_provinces_folder_hides_nobody_else(desk):
    folder = desk.inbox / "18 Lampung"
    folder.mkdir()
    desk.signed(CODE, 1, folder / f"paket-{CODE}.asice")
    for name in ("18.01 Lampung Selatan - pindaian.pdf", "18.02 Lampung Tengah.pdf", "lampiran.pdf"):
        (folder / name).write_bytes(book() + name.encode())
    desk.read()
    found = desk.listed()
    assert {one.region for one in found.values()} == {CODE, "18.01", "18.02", ""}
    # whose the third is nobody can tell here
    assert (found[folder.name].files, found[f"paket-{CODE}.asice"].beside) == (1, 0)
    # and where two regions have theirs there, nobody knows whose the rest is
    desk.signed("18.08", 1, folder / "paket-18.08.asice")
    desk.read()
    assert desk.listed()[folder.name].region == ""


def test_what_lies_beside_a_package_goes_with_it_and_is_counted(desk):
    folder = desk.inbox / "kiriman 7"
    folder.mkdir()
    desk.signed("35.07", 1, folder / "paket.asice")
    for name in ("lampiran.pdf", "Malang.pdf"):
        (folder / name).write_bytes(book() + name.encode())
    desk.read()
    found = desk.listed()
    assert found["paket.asice"].beside == 1
    # *Malang* may be the city
    assert found[folder.name].files == 1


def test_a_package_of_nobody_in_a_regions_folder_hides_nothing(desk):
    folder = desk.inbox / "18.01 Lampung Selatan"
    folder.mkdir()
    shutil.copy(desk.sealed("35.07", 1), folder / "x.asice")
    (folder / "pindaian.pdf").write_bytes(book())
    desk.read()
    assert desk.listed()[folder.name].region == "18.01"
    # nor does a valid one of another region
    desk.signed("35.07", 1, folder / "x.asice")
    desk.read()
    assert desk.listed()[folder.name].region == "18.01"


def test_scans_of_several_regions_in_a_provinces_folder_are_each_told(desk):
    folder = desk.inbox / "17 Bengkulu"
    folder.mkdir()
    for name in ("17.01.pdf", "17.02.pdf", "surat.pdf"):
        (folder / name).write_bytes(book() + name.encode())
    desk.read()
    assert sorted(one.region for one in desk.listed().values()) == ["", "17.01", "17.02"]


def test_a_folder_named_in_two_ways_is_one(desk, tmp_path):
    desk.signed(CODE, 1, desk.inbox / "a.asice")
    (tmp_path / "tautan").symlink_to(desk.inbox)
    desk.read()
    for named in ([desk.inbox / ".." / "inbox"], [tmp_path / "tautan", desk.inbox]):
        assert desk.read(*named).found == 1
    (one,) = desk.listed().values()
    assert one.copies == ()


def test_a_folder_that_is_a_link_is_told(desk, tmp_path):
    (tmp_path / "lain").mkdir()
    (desk.inbox / "tautan").symlink_to(tmp_path / "lain")
    assert [each.id for each in desk.read().problems] == ["submission.register.no_plain_file"]
    assert desk.listed()["tautan"].result == "unsigned"


def test_a_folder_that_cannot_be_read_loses_nothing(desk, monkeypatch):
    """A share that fails for a moment: what lay there is not gone, and somebody is told."""
    folder = desk.inbox / CODE
    folder.mkdir()
    desk.signed(CODE, 1, folder / "a.asice")
    desk.signed("11.01", 1, desk.inbox / "b.asice")
    desk.read()
    real = os.scandir

    def fails(path):
        if Path(path) == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", fails)
        (desk.inbox / "b.asice").unlink()
        ran = desk.read()
    assert [each.id for each in ran.problems] == ["submission.register.folder_unreadable"]
    assert ran.vanished == 1
    assert not desk.listed()["a.asice"].vanished


def test_more_files_than_are_looked_at_lose_nothing(desk, monkeypatch):
    desk.signed(CODE, 1, desk.inbox / "z.asice")
    desk.read()
    for name in ("a", "b"):
        (desk.inbox / name).write_text("x")
    monkeypatch.setattr(walking, "MOST", 2)
    ran = desk.read()
    assert (ran.found, ran.vanished) == (2, 0)
    assert [each.id for each in ran.problems] == ["submission.register.too_many"]


def test_a_moved_file_came_when_it_came_first(desk):
    first, moved = desk.inbox / "a.asice", desk.inbox / "selesai" / "a.asice"
    desk.signed(CODE, 1, first)
    desk.read()
    moved.parent.mkdir()
    first.rename(moved)
    desk.read(now=NOW + dt.timedelta(days=40))
    assert dt.datetime.fromisoformat(desk.listed()["a.asice"].first_seen) == NOW
    # nor where something else lies there now
    shutil.copy(moved, desk.inbox / "b.asice")
    moved.write_bytes(b"x")
    first.write_bytes(b"x")
    desk.read(now=NOW + dt.timedelta(days=41))
    assert dt.datetime.fromisoformat(desk.listed()["b.asice"].first_seen) == NOW


# -- a register of somebody else ---------------------------------------------------------------------
def write(register: Path, *statements: str) -> None:
    with contextlib.closing(sqlite3.connect(register, isolation_level=None)) as raw:
        for each in statements:
            raw.execute(each)


def test_times_and_fingerprints_that_are_none_are_left_out(desk):
    desk.signed(CODE, 1, desk.inbox / "a.asice")
    desk.read()
    write(
        desk.register,
        "UPDATE signer SET claimed_at='kemarin', holder='a' || char(10) || char(27) || 'b'",
        "UPDATE package SET signed_at='besok', created_at='2026-01-01', fingerprint='zz'",
        "UPDATE file SET first_seen='9999-12-31T23:59:00+00:00'",
    )
    (one,) = desk.listed().values()
    assert (one.signed_at, one.created_at, one.fingerprint, one.first_seen) == ("", "", "", "")
    assert (one.signers[0].claimed_at, one.signers[0].holder) == ("", "a  b")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE package SET verdict='sah'",
        "UPDATE signer SET holder=x'ff'",
        "UPDATE package SET first_year='dua ribu'",
        "UPDATE file SET sha256='../../keluar'",
        "UPDATE file SET path=x'00ff'",
        "UPDATE plan SET title=x'ff'",
        "UPDATE signer SET holder=CAST(x'ff' AS TEXT)",
        "UPDATE signer SET holder=hex(zeroblob(60000))",
    ],
)
def test_what_no_register_of_ours_holds_is_a_sentence(desk, statement):
    desk.signed(CODE, 1, desk.inbox / "a.asice")
    desk.read()
    write(desk.register, "PRAGMA foreign_keys=OFF", statement)
    with pytest.raises(RegisterUnusable):
        desk.listed()


def test_nothing_is_begun_when_the_register_cannot_be_read_to_its_end(desk, tmp_path, capfd):
    desk.signed(CODE, 1, desk.inbox / "a.asice")
    desk.read()
    write(desk.register, "UPDATE indicator SET unit=x'ff'")
    with Register(desk.register, read_only=True) as register, pytest.raises(RegisterUnusable):
        write_xlsx(register, tmp_path / "x.xlsx", Language.ID)
    assert not (tmp_path / "x.xlsx").exists()
    assert capfd.readouterr().err == ""


def test_a_schema_that_is_no_text_is_a_sentence(desk):
    desk.read()
    data = desk.register.read_bytes()
    place = data.index(b"CREATE TABLE budget")
    desk.register.write_bytes(data[: place + 2] + b"\xff" + data[place + 3 :])
    with pytest.raises(RancangError):
        desk.listed()


def test_a_plan_whose_figures_make_no_sense_is_told_and_costs_nothing_else(desk, monkeypatch):
    """As data that fit the form and stop the scores: the verdict stays, the figures are left out."""

    def stopped(*_: object) -> None:
        raise LookupError

    monkeypatch.setattr("desktop.submission.register.extract._scores", stopped)
    desk.signed(CODE, 1, desk.inbox / "a.asice")
    desk.read()
    (one,) = desk.listed().values()
    assert (one.result, one.plan) == ("valid-with-notes", None)
    assert [each.code for each in one.reasons] == ["register.data_unreadable"]


def test_a_sender_cannot_bury_what_the_desk_asks(desk):
    """Reasons without end come from whoever made the package; the desk's own stand before them."""
    from desktop.submission.register.words import EACH, few_reasons

    desk.late(CODE, 1, desk.inbox / "a.asice")
    desk.read()
    with contextlib.closing(sqlite3.connect(desk.register, isolation_level=None)) as raw:
        said = '{"id":"submission.missing.pdf_signature","params":{}}'
        raw.executemany(
            "INSERT INTO reason SELECT sha256, ?, 'missing', 'missing.pdf_signature', ? FROM package",
            [(number, said) for number in range(100)],
        )
        raw.execute(
            "INSERT INTO reason SELECT sha256, 200, 'missing', 'register.region_differs', ? FROM package",
            (said,),
        )
    with Register(desk.register) as register:
        register.keep_setting("due", "2020-01-01T00:00:00+00:00")
    (one,) = desk.listed().values()
    shown, left = few_reasons(one.reasons, 60)
    assert [each.code for each in shown[:3]] == [
        "missing.late", "register.region_differs", "missing.pdf_signature",
    ]  # fmt: skip
    assert (len(shown), left) == (2 + EACH, 100 - EACH)
