"""What a region, a colleague or a share that fails can do to the desk, and what it says then."""

from __future__ import annotations

import contextlib
import datetime as dt
import mmap
import os
import shutil
import sqlite3
from pathlib import Path
from tempfile import gettempdir
from typing import BinaryIO

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from msgspec import structs

from desktop.base import Language, RancangError
from desktop.base.bounded.limits import Limits
from desktop.base.jobs import quiet
from desktop.exchange import arrival
from desktop.submission import verifying
from desktop.submission.mark import mark_of
from desktop.submission.register import examine, run, walking
from desktop.submission.register.crew import Lost
from desktop.submission.register.entry import Entry
from desktop.submission.register.export import write_xlsx
from desktop.submission.register.file import RegisterUnusable
from desktop.submission.register.listing import entries
from desktop.submission.register.posting import receipts_for
from desktop.submission.register.store import Register, Unkeepable
from desktop.trust.anchors import Anchors
from desktop.workspace.plan_data_form import RegionPart
from tests.submission import tamper
from tests.submission.register.at_once import AtOnce
from tests.submission.register.many import NOW, plan, programme

CODE = "18.07"


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
    write(desk.register, f"UPDATE budget SET ceiling={(1 << 63) - 1}")
    write(desk.register, f"UPDATE programme SET total_budget={(1 << 63) - 1}")
    (one,) = desk.listed().values()
    assert one.plan is not None
    assert one.plan.ceiling == 6 * ((1 << 63) - 1)
    assert one.plan.indicative == 3 * ((1 << 63) - 1)


def test_a_programme_with_a_total_and_no_lines_costs_its_total(desk):
    """As the brief that officials signed prints it; plans taken from older documents have such programmes."""
    parts = (
        programme(1, 0),
        structs.replace(programme(1, 1), total_budget=900_000_000_000, budget=()),
        structs.replace(programme(1, 2), total_budget=None, budget=()),
    )
    desk.signed(CODE, 1, desk.inbox / "a.asice", data=plan(CODE, 1, programmes=parts))
    desk.read()
    (one,) = desk.listed().values()
    assert one.plan is not None
    assert (one.plan.indicative, one.plan.ceiling) == (900_002_500_000, 400_000)


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


def test_another_guideline_of_the_same_name_judges_anew(desk, own_home):
    from desktop.guideline.store import FOLDER

    before = run.basis_of(desk.keys.anchors)
    (known,) = (own_home / FOLDER).iterdir()
    known.write_bytes(known.read_bytes() + b"x")
    assert run.basis_of(desk.keys.anchors) != before


def test_what_was_judged_by_others_is_told_until_it_is_read_again(desk):
    desk.good(CODE, 1, desk.inbox / "a.asice")
    desk.read()
    with Register(desk.register, read_only=True) as register:
        assert run.judged_otherwise(register, desk.keys.anchors) is None
        assert run.judged_otherwise(register, Anchors()) is not None


def test_a_register_of_the_first_version_is_brought_over_and_judged_anew(desk):
    with contextlib.closing(sqlite3.connect(desk.register, isolation_level=None)) as raw:
        raw.executescript(Path(__file__).with_name("version_1.sql").read_text("utf-8"))
    with Register(desk.register, read_only=True) as register:
        assert register.setting("due") == "2026-11-30T23:59:59+07:00"
        found = {one.path: one for one in entries(register)}
        assert {one.basis for one in register.known_files(NOW).values()} == {""}
    assert (found["/kotak/18.07.asice"].result, codes(found["/kotak/18.07.asice"])) == (
        "valid-with-notes", {"register.other_basis"},
    )  # fmt: skip
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
    do = examine.examiner(desk.keys.anchors, NOW, frozenset()).do
    found = do(here / "p.asice")
    assert found.verdict is not None
    assert found.verdict.kind == "valid"


def test_the_file_that_was_hashed_is_the_one_whose_sort_is_told(desk, monkeypatch):
    """A region's valid package was "PDF, unsigned" for good: renaming a folder changes no time of a file."""
    here, there = desk.inbox / "a", desk.inbox / "b"
    here.mkdir()
    there.mkdir()
    desk.signed(CODE, 1, here / "p.zip")
    (there / "p.zip").write_bytes(b"%PDF-1.7 x")
    real = arrival.look

    def exchanged(path, **more):
        here.rename(desk.inbox / "c")
        there.rename(here)
        try:
            return real(path, **more)
        finally:
            here.rename(there)
            (desk.inbox / "c").rename(here)

    monkeypatch.setattr(arrival, "look", exchanged)
    found = examine.examiner(desk.keys.anchors, NOW, frozenset()).do(here / "p.zip")
    assert (found.sort, found.verdict and found.verdict.kind) == ("package", "valid")


@pytest.mark.parametrize(("name", "sort"), [("a.csv", "table"), ("a.asice", "package"), ("a.part", "other")])
def test_what_is_told_by_its_name_is_told_by_the_name_that_it_has_there(desk, name, sort):
    content = b"PK\3\4 x" if name == "a.asice" else b"nama,alamat\n"
    (desk.inbox / name).write_bytes(content)
    found = examine.examiner(desk.keys.anchors, NOW, frozenset()).do(desk.inbox / name)
    assert found.sort == sort


@pytest.mark.parametrize("known", [False, True])
def test_whatever_it_turns_out_to_be_what_is_written_at_meanwhile_is_read_again(desk, monkeypatch, known):
    """What was said of it stood for good, and no later run said another thing."""
    path, real = desk.inbox / "a", arrival.look
    path.write_bytes(b"%PDF-1.7 x")
    if known:
        desk.signed(CODE, 1, path)

    def written(held, **more):
        with path.open("ab") as file:
            file.write(b"y")
        return real(held, **more)

    judged = frozenset({examine.content_of(path)}) if known else frozenset()
    monkeypatch.setattr(arrival, "look", written)
    found = examine.examiner(desk.keys.anchors, NOW, judged).do(path)
    assert (found.sort, found.sha256, found.mark.size) == ("unreadable", "", -1)
    assert found.problem is not None
    assert found.problem.id == "submission.register.changed_meanwhile"


@pytest.mark.skipif(os.name != "posix", reason="no name for an open file there")
def test_what_is_hashed_is_what_is_judged_whatever_changes_in_between(desk, monkeypatch):
    """Through a page of memory bytes change without any time: one reading was hashed, another judged."""
    path, real = desk.inbox / "a", arrival.look
    desk.signed(CODE, 1, path)
    sha256 = examine.content_of(path)
    with path.open("r+b") as file, mmap.mmap(file.fileno(), 0) as page:
        page[300] = page[300]

        def written(held, **more):
            page[300] ^= 1
            return real(held, **more)

        monkeypatch.setattr(arrival, "look", written)
        found = examine.examiner(desk.keys.anchors, NOW, frozenset()).do(path)
    assert examine.content_of(path) != sha256
    if found.problem is None:
        assert (found.sha256, found.verdict.kind.value) == (sha256, "valid")
    else:
        # a system that writes down the time of each such change
        assert found.problem.id == "submission.register.changed_meanwhile"


@pytest.mark.skipif(os.name != "posix", reason="no name for an open file there")
def test_what_does_not_begin_as_a_package_and_is_one_a_moment_later_is_judged_from_one_reading(
    desk, monkeypatch
):
    """Of what did not begin as one no copy was made; by its name it was judged as one all the same."""
    path = desk.inbox / "a.asice"
    desk.signed(CODE, 1, path)
    good = bytearray(path.read_bytes())
    path.write_bytes(bytes([*good[:30], good[30] ^ 1, *good[31:]]))
    judged, real = [], verifying.verify

    def watched(held, *args, **more):
        judged.append(held.stat())
        with path.open("r+b") as file:
            file.write(good)
        return real(held, *args, **more)

    monkeypatch.setattr(verifying, "verify", watched)
    found = examine.examiner(desk.keys.anchors, NOW, frozenset()).do(path)
    assert found.problem is not None, "the file has other times now"
    assert found.problem.id == "submission.register.changed_meanwhile"
    assert [os.path.samestat(each, path.stat()) for each in judged] == [False]


def full() -> BinaryIO:
    """A file on a disk without room."""
    return Path("/dev/full").open("w+b")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such disk there")
@pytest.mark.parametrize("name", ["a.asice", "a.zip"])
def test_a_package_too_large_for_the_temporary_folder_names_that_and_is_read_when_there_is_room(
    desk, monkeypatch, name
):
    """ "No space left on device" was said of the inbox, which had all the room in the world."""
    path = desk.inbox / name
    desk.signed(CODE, 1, path)
    with monkeypatch.context() as small:
        small.setattr(examine, "TemporaryFile", full)
        problems = desk.read().problems
    assert [each.id for each in problems] == ["submission.register.no_room"]
    assert problems[0].params["folder"] == gettempdir()
    desk.read()
    assert desk.listed()[name].result == "valid"
    os.utime(path)
    with monkeypatch.context() as small:
        small.setattr(examine, "TemporaryFile", full)
        assert desk.read().problems == ()
    assert desk.listed()[name].current, "what was judged before needs no copy"


def test_what_is_larger_than_a_package_is_never_copied(desk, monkeypatch):
    path = desk.inbox / "a.asice"
    desk.signed(CODE, 1, path)
    monkeypatch.setattr(examine, "MAXIMUM_SIZE", path.stat().st_size - 1)
    monkeypatch.setattr(examine, "TemporaryFile", None)
    desk.read()
    assert codes(desk.listed()["a.asice"]) == {"zip.too_large"}


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
        "UPDATE file SET state='x'",
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
    assert [each.code for each in shown[:4]] == [
        "missing.late", "register.other_basis", "register.region_differs", "missing.pdf_signature",
    ]  # fmt: skip
    assert (len(shown), left) == (3 + EACH, 100 - EACH)


def test_a_package_that_names_no_region_is_nobody_s_whatever_its_file_is_called(desk):
    region = RegionPart(code="", name="Kabupaten Baru", kind="kabupaten", province="Lampung")
    package = desk.sealed(CODE, 1, region_code="", region_name=region.name, data=plan(CODE, 1, region=region))
    desk.close(package, desk.inbox / "18.07 Lampung Timur.asice", key=desk.keys.team)
    desk.read()
    (found,) = desk.listed().values()
    assert (found.region, found.result, found.genuine, found.current) == ("", "incomplete", False, False)
    assert codes(found) == {"register.unknown_region", "note.other_region"}
    assert receipts_for(desk.register) == ()


# -- files that no table can hold --------------------------------------------------------------------
@pytest.mark.parametrize("when", [10_000_000_000, -11_644_473_600])
def test_a_file_written_in_no_year_of_ours_is_read_as_any_other(desk, when):
    desk.signed(CODE, 1, desk.inbox / "a.asice")
    strange = desk.inbox / "!foto.jpg"
    strange.write_bytes(b"\xff\xd8\xff\xe0" + b"x" * 900)
    os.utime(strange, (when, when))
    assert (desk.read().read, desk.read().read) == (2, 0)
    assert desk.listed()["a.asice"].genuine


def test_what_cannot_be_kept_costs_that_file_and_is_named(desk, monkeypatch):
    desk.signed(CODE, 1, desk.inbox / "b.asice")
    (desk.inbox / "a.pdf").write_bytes(b"%PDF-1.7 x")
    keep = Register.keep

    def unlucky(self, number, now, found, seen, basis):
        if found.path.name == "a.pdf":
            raise Unkeepable
        return keep(self, number, now, found, seen, basis)

    monkeypatch.setattr(Register, "keep", unlucky)
    (told,) = desk.read().problems
    assert (told.id, told.params["file"]) == ("submission.register.unkept", str(desk.inbox / "a.pdf"))
    assert list(desk.listed()) == ["b.asice"]
