"""What others lay into the folder: in the place of a region's package, or beside it once more."""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from desktop.base.jobs import quiet
from desktop.base.placing import replacing
from desktop.submission import container_hash
from desktop.submission.frame.container import open_package
from desktop.submission.register.addressees import receipt_of, wants_letter
from desktop.submission.register.entry import Entry
from desktop.submission.register.letters import Desk as Writer
from desktop.submission.register.listing import entries
from desktop.submission.register.posting import receipts_for, write_receipts
from desktop.submission.register.store import DUE as DUE_SETTING
from desktop.submission.register.store import Register
from desktop.submission.register.tables import PACKAGE, SIGNER
from desktop.submission.register.words import standing
from desktop.submission.resealing import rewrite
from desktop.submission.verifying import verify
from desktop.submission.xades.writing import sign_xades
from tests.submission.register.many import DUE, IN_TIME, NOW, TEAM, Opened
from tests.trust import pki

CODE = "18.07"


def all_of(desk) -> tuple[Entry, ...]:
    with Register(desk.register, read_only=True) as register:
        return entries(register)


def names(told) -> list[str]:
    return [each.id.rpartition(".")[2] for each in told]


def added(package: Path, target: Path, key: Opened, moment: dt.datetime, role: str = "elder2") -> None:
    """The same package with one more signature, as anybody can add it."""
    with open_package(package) as source, replacing(target) as out:
        new = sign_xades(source.data_files(), key.signer, len(source.signatures), moment, (role,))
        rewrite(quiet, source, out, {}, None, (*map(source.read, source.signatures), new))


@pytest.mark.slow
def test_a_package_that_is_written_over_stays_on_record(desk):
    place = desk.inbox / "paket.asice"
    desk.signed(CODE, 1, place)
    first = container_hash(place)
    desk.read()
    later = NOW + dt.timedelta(hours=1)
    desk.signed("18.08", 2, place)
    kept = place.read_bytes()
    assert desk.read(now=later).replaced == 1
    own, other = all_of(desk)
    assert (own.region, own.current, own.vanished, own.replaced) == (CODE, True, True, later.isoformat())
    assert names(standing(own)) == ["current", "replaced"]
    assert (other.region, other.current, other.replaced) == ("18.08", True, "")
    # rubbish in its place: nobody asks the region as if nothing had come
    place.write_bytes(b"PK not a package")
    assert desk.read().replaced == 1
    found = all_of(desk)
    assert [one.region for one in found if one.replaced and one.current] == [CODE, "18.08"]
    assert not any(wants_letter([one for one in found if one.region == code]) for code in (CODE, "18.08"))
    # a stranger's that names it as the one before is looked at, as it would be beside it
    desk.close(desk.sealed(CODE, 4, previous=first), place, desk.keys.mayor)
    assert desk.read().replaced == 1
    assert [one.current for one in all_of(desk) if one.region == CODE] == [True, False]
    stranger, *_ = all_of(desk)
    assert names(stranger.doubts) == ["other_signer"]
    # and one that names nothing contradicts it
    desk.close(desk.sealed(CODE, 5), place, desk.keys.mayor)
    desk.read()
    assert all_of(desk)[0].rivals
    # what was put back is there as ever
    place.write_bytes(kept)
    desk.read()
    (again,) = (one for one in all_of(desk) if one.region == "18.08")
    assert (again.replaced, again.vanished, again.copies) == ("", False, ())


def test_a_stranger_makes_nothing_count_again_and_nothing_late(desk):
    with Register(desk.register, create=True) as register:
        register.keep_setting(DUE_SETTING, DUE.isoformat())
    keys, late = desk.keys, DUE + dt.timedelta(hours=5)
    stranger = Opened(pki.make("Pejabat Lain", keys.root, start=NOW - 400 * pki.DAY))
    first, second, copy = (desk.inbox / f"{name}.asice" for name in ("P1", "P2", "P1-lagi"))
    desk.close(desk.sealed(CODE, 1), first, keys.team, IN_TIME - dt.timedelta(hours=9))
    previous = container_hash(first)
    desk.close(desk.sealed(CODE, 2, previous=previous), second, keys.team, IN_TIME)
    added(first, copy, stranger, late)
    other = desk.inbox / "18.08.asice"
    desk.signed("18.08", 3, desk.work / "own.asice")
    added(desk.work / "own.asice", other, stranger, late)
    desk.read()
    found = desk.listed()
    assert [found[name].current for name in ("P1.asice", "P1-lagi.asice", "P2.asice")] == [False, False, True]
    assert not any(one.rivals or one.doubts for one in found.values())
    assert [one.asked for one in found["P1-lagi.asice"].signers] == [True, False]
    assert (found["18.08.asice"].result, found["18.08.asice"].late) == ("valid-with-notes", False)
    # nor for whoever verifies one file by itself
    codes = {one.code for one in verify(other, keys.anchors, NOW, due=DUE).reasons}
    assert codes == {"note.not_asked"}
    # but what nobody who was asked has closed is as late as it is
    desk.close(desk.sealed("18.09", 4), other, stranger, late)
    verdict = verify(other, keys.anchors, NOW, due=DUE)
    assert {one.code for one in verdict.reasons} >= {"missing.late", "note.other_person"}
    # whoever adds an earlier day to it, himself too
    for name, role in (("asing", "x"), ("lagi", "elder2")):
        added(other, desk.work / name, stranger, IN_TIME, role)
        verdict = verify(desk.work / name, keys.anchors, NOW, due=DUE)
        assert "missing.late" in {one.code for one in verdict.reasons}
    desk.late("18.10", 5, other)
    added(other, desk.work / "tim", keys.team, IN_TIME, TEAM)
    verdict = verify(desk.work / "tim", keys.anchors, NOW, due=DUE)
    assert (verdict.kind.value, {one.code for one in verdict.reasons}) == ("incomplete", {"missing.late"})


def test_a_region_that_sends_one_package_twice_and_then_another_is_asked_nothing(desk):
    first, again, second = (desk.inbox / f"{name}.asice" for name in "abc")
    package = desk.sealed(CODE, 1)
    desk.close(package, first, desk.keys.team)
    desk.close(package, again, desk.keys.team, IN_TIME + dt.timedelta(minutes=5))
    desk.close(desk.sealed(CODE, 2, previous=container_hash(again)), second, desk.keys.team, DUE)
    desk.read()
    found = desk.listed()
    assert found["c.asice"].current
    assert not any(one.rivals or one.doubts for one in found.values())
    assert receipt_of(tuple(found.values())) is found["c.asice"]
    assert not wants_letter(tuple(found.values()))


@pytest.mark.parametrize("version", [2, 3, 4])
def test_a_register_of_an_earlier_version_is_brought_over(desk, version):
    from desktop.submission.register.file import _schema
    from desktop.submission.register.migrating import versions

    desk.signed(CODE, 1, desk.inbox / "a.asice")
    desk.read()
    with contextlib.closing(sqlite3.connect(desk.register, isolation_level=None)) as raw:
        raw.execute("PRAGMA legacy_alter_table=ON")
        older, indices = versions(_schema())[version], []
        for key, made in older.items():
            if key[0] == "table" and made != _schema()[key]:
                raw.execute(f"ALTER TABLE {key[1]} RENAME TO s")
                raw.execute(made)
                names = ", ".join(row[1] for row in raw.execute(f"PRAGMA table_info({key[1]})"))
                raw.execute(f"INSERT INTO {key[1]} SELECT {names} FROM s")
                raw.execute("DROP TABLE s")
            elif key[0] == "index":
                indices.append((key[1], made))
        for name, made in indices:
            raw.execute(f"DROP INDEX IF EXISTS {name}")
            raw.execute(made)
        if version == 4:
            # a proof was over one column less
            raw.execute("UPDATE package SET proof = 'of less'")
        raw.execute(f"PRAGMA user_version={version}")
    (one,) = desk.listed().values()
    assert [(each.holder, each.asked) for each in one.signers] == [("Sekretaris Tim", True)]
    assert desk.read().judged == 1, "nobody had proven that it was judged here"
    assert desk.read().read == 0


def test_what_is_gone_was_judged_here_in_an_earlier_version_too(desk):
    """The files cannot be judged anew, and what was found of them is still known."""
    from desktop.submission.register.file import _schema
    from desktop.submission.register.migrating import versions
    from desktop.submission.register.proofs import prove_package

    desk.signed(CODE, 1, desk.inbox / "a.asice")
    desk.read()
    (desk.inbox / "a.asice").unlink()
    desk.read()
    with Register(desk.register) as register, register.engine.begin() as connection:
        connection.execute(SIGNER.update().values(latest_at=""))
        prove_package(connection, connection.scalar(sa.select(PACKAGE.c.sha256)))
    with contextlib.closing(sqlite3.connect(desk.register, isolation_level=None)) as raw:
        raw.execute("PRAGMA legacy_alter_table=ON")
        raw.execute("ALTER TABLE signer RENAME TO s")
        raw.execute(versions(_schema())[5]["table", "signer"])
        names = ", ".join(row[1] for row in raw.execute("PRAGMA table_info(signer)"))
        raw.execute(f"INSERT INTO signer SELECT {names} FROM s")
        raw.execute("DROP TABLE s")
        raw.execute("PRAGMA user_version=5")
    desk.read()
    (one,) = desk.listed().values()
    assert (one.vanished, one.proven, one.doubts) == (True, True, ())
    # but nobody else makes something of what is empty
    with contextlib.closing(sqlite3.connect(desk.register, isolation_level=None)) as raw:
        raw.execute("UPDATE signer SET latest_at = '2026-11-01T00:00:00+00:00'")
    (one,) = desk.listed().values()
    assert not one.proven


@pytest.mark.slow
@pytest.mark.parametrize("revision", [False, True])
def test_no_receipt_is_signed_for_what_changed_since_it_was_asked_for(desk, tmp_path, revision):
    """Another desk receives while the dialog is open: a rival, or what takes the place."""
    first = desk.inbox / "a.asice"
    desk.signed(CODE, 1, first)
    desk.signed("18.08", 2, desk.inbox / "c.asice")
    desk.read()
    wanted = receipts_for(desk.register)
    previous = container_hash(first) if revision else ""
    desk.close(desk.sealed(CODE, 3, previous=previous), desk.inbox / "b.asice", desk.keys.team)
    desk.read()
    keys, folder = desk.keys, tmp_path / "tt"
    given = (Writer("K"), NOW, keys.mayor, keys.anchors, wanted)
    made = write_receipts(quiet, desk.register, folder, *given)
    problems = {each.region: each.problem and each.problem.id for each in made}
    assert problems == {CODE: "submission.receipt.changed_since", "18.08": None}
    assert [each.name[:18] for each in folder.iterdir()] == ["tanda-terima-18.08"]
