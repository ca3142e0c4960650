"""When something came: by what was read on this computer; what other rows say of that is told as theirs."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import shutil
import sqlite3
from pathlib import Path

import pytest

from desktop.base import Language
from desktop.books.words import Words
from desktop.cli.desk_told import Telling
from desktop.submission.register import folders_here, proofs
from desktop.submission.register.export import write_csv
from desktop.submission.register.letters import Desk as Writer
from desktop.submission.register.letters import receipt
from desktop.submission.register.listing import entries
from desktop.submission.register.store import Register
from desktop.submission.register.words import read_here, standing
from tests.submission.register.many import NOW
from tests.trust.pki import DAY

CODE = "18.07"
HOUR = dt.timedelta(hours=1)
EARLIER = "2026-11-01T00:00:00+00:00"


def change(desk, statement: str, *values: object) -> None:
    with contextlib.closing(sqlite3.connect(desk.register)) as raw:
        assert raw.execute(statement, values).rowcount
        raw.commit()


def rows(desk) -> list[tuple[str, str]]:
    with contextlib.closing(sqlite3.connect(desk.register)) as raw:
        return list(raw.execute("SELECT state, substr(first_seen, 1, 10) FROM file ORDER BY id"))


@pytest.fixture
def own(desk):
    """What this computer read, and what it told of when."""
    desk.good(CODE, 1, desk.inbox / "satu.asice")
    (desk.inbox / "Kab Blitar.pdf").write_bytes(b"%PDF-1.7 x")
    desk.read()
    return {name: one.first_seen for name, one in desk.listed().items()}


@pytest.mark.parametrize("gone", ["", " AND path LIKE '%satu.asice'"])
def test_a_day_that_somebody_wrote_into_the_register_is_told_as_his(desk, own, gone) -> None:
    """The row was signed as ours with it when the file was read once more: an earlier day of receipt."""
    change(desk, f"UPDATE file SET first_seen = ? WHERE 1{gone}", EARLIER)
    before = desk.listed()["satu.asice"]
    assert (before.first_seen, before.first_said) == ("", EARLIER)
    assert read_here(before).id == "submission.read.never"
    desk.read(now=NOW + DAY)
    found = desk.listed()
    one = found["satu.asice"]
    assert (one.first_seen, one.first_said) == ((NOW + DAY).isoformat(), EARLIER)
    assert {each.id for each in standing(one)} == {"submission.standing.current", "submission.standing.said"}
    assert (one.result, one.replaced, one.copies) == ("valid", "", ())
    other = found["Kab Blitar.pdf"]
    same = (own["Kab Blitar.pdf"], "")
    assert (other.first_seen, other.first_said) == (same if gone else ((NOW + DAY).isoformat(), EARLIER))
    assert desk.read(now=NOW + 2 * DAY).read == 0


@pytest.mark.slow
def test_it_is_told_apart_in_receipts_lists_and_answers_for_programs(desk, own, tmp_path) -> None:
    change(desk, "UPDATE file SET first_seen = ?", EARLIER)
    desk.read(now=NOW + DAY)
    one = desk.listed()["satu.asice"]
    said = str(receipt(one, Writer(language=Language.EN), NOW, draft=True).elements)
    here, there = "25 November 2026 10.00 WIB", "1 November 2026 07.00 WIB"
    assert said.index("First read at this desk") < said.index(here) < said.index("not proven")
    assert said.index("not proven") < said.index(there)
    with Register(desk.register, read_only=True) as opened:
        (path,) = write_csv(opened, tmp_path / "x.csv", Language.EN, CODE)
    (row,) = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    assert row["Read on this computer (Jakarta)"] == "2026-11-25T10:00:00+07:00"
    assert row["Read, as rows from elsewhere say (Jakarta)"] == "2026-11-01T07:00:00+07:00"
    assert "nothing here proves that" in row["Remarks"]

    class Console:
        text, language = Words(Language.EN, "id").say, Language.EN

    told = Telling([one], Console()).to_json(one)
    assert (told["first_seen"], told["first_said"]) == ((NOW + DAY).isoformat(), EARLIER)


@pytest.mark.slow
def test_a_register_that_goes_back_and_forth_keeps_both_days_and_grows_no_more(
    desk, own, monkeypatch
) -> None:
    for turn in range(1, 7):
        word = ("w", "x", "y")[turn % 3] * 64
        monkeypatch.setattr(proofs, "own_word", lambda word=word: word)
        ran = desk.read(now=NOW + turn * HOUR)
        assert (ran.read, ran.replaced, ran.vanished) == (2, 0, 0)
        for name, one in desk.listed().items():
            assert one.first_seen == (NOW + turn % 3 * HOUR).isoformat(), name
            assert one.first_said == (NOW.isoformat() if turn % 3 else ""), name
        assert desk.listed()["satu.asice"].current
    assert len(rows(desk)) == 6
    assert [state for state, _ in rows(desk)].count("here") == 2
    (desk.inbox / "satu.asice").write_bytes(b"lain")
    assert desk.read(now=NOW + 7 * HOUR).replaced == 1
    with Register(desk.register, read_only=True) as opened:
        (gone,) = (one for one in entries(opened, CODE) if one.package)
    assert (gone.result, [each.code for each in gone.reasons], gone.replaced) == (
        "valid",
        [],
        (NOW + 7 * HOUR).isoformat(),
    )


@pytest.mark.parametrize("as_is", [True, False])
def test_rows_of_others_at_places_where_nobody_looks_say_nothing_against_what_was_read_here(
    desk, own, as_is
) -> None:
    """One of them, with the content or the place of a package, and its verdict was noted for good."""
    sent, named = (
        desk.inbox / "satu.asice",
        "id, path, unit, root, size, mtime_ns, inode, sha256, kind, state",
    )
    more = "problem, first_run, first_seen, last_run, proof"
    of = "'/x/y.asice', '/x', root" if as_is else "'/x/y.pdf', unit, '/x/11.01'"
    what = "sha256, kind" if as_is else f"'{'cd' * 32}', 'pdf'"
    change(
        desk,
        f"INSERT INTO file ({named}, {more}) SELECT 99, {of}, size, mtime_ns, inode, {what}, state, problem,"
        f" first_run, ?, last_run, '' FROM file WHERE path = ?",
        EARLIER, str(sent),
    )  # fmt: skip
    for later in (0, 1):
        if later:
            desk.read(now=NOW + DAY)
        one = desk.listed()["satu.asice"]
        assert (one.result, one.reasons, one.copies, one.attached) == ("valid", (), (), ())
        assert one.first_said == (EARLIER if as_is else "")
    others = {name: one for name, one in desk.listed().items() if name == "y.pdf"}
    told = [[each.code for each in one.reasons][-1] for one in others.values()]
    assert told == ([] if as_is else ["register.other_basis"])


@pytest.mark.slow
def test_two_computers_that_call_one_folder_by_two_names_do_not_disturb_each_other(
    desk, own, tmp_path, monkeypatch
) -> None:
    """Both were told for good that every package had been judged elsewhere."""
    share = tmp_path / "server"
    shutil.copytree(desk.inbox, share)
    for word, inbox in (("x", share), ("w", desk.inbox), ("x", share)):
        monkeypatch.setattr(proofs, "own_word", lambda word=word: word * 64)
        monkeypatch.setattr(folders_here, "received_from", lambda _, inbox=inbox: frozenset({str(inbox)}))
        desk.read(inbox)
        found = desk.listed()
        one = found["satu.asice"]
        assert (one.result, one.reasons, one.copies) == ("valid", (), ())
        assert Path(one.path).parent == inbox
        assert len(found) == 2


def test_what_was_not_read_came_when_it_was(desk) -> None:
    """A link, or a file that is being written, kept a day for what came to its place weeks later."""
    place = desk.inbox / "paket.asice"
    place.symlink_to(desk.inbox / "tidak ada.asice")
    desk.read()
    assert desk.listed()["paket.asice"].first_seen == NOW.isoformat()
    place.unlink()
    desk.good(CODE, 1, place)
    for later in (DAY, 2 * DAY):
        desk.read(now=NOW + later)
        one = desk.listed()["paket.asice"]
        assert (one.first_seen, one.first_said, one.came) == ((NOW + DAY).isoformat(), "", f"{2:020d}")


@pytest.mark.slow
@pytest.mark.parametrize("numbers", [(), (1 << 62, (1 << 62) + 1, (1 << 63) - 1), (-5, 0)])
def test_a_run_comes_after_all_that_was_read_whatever_somebody_did_to_the_runs(desk, own, numbers) -> None:
    """Without any, the next was the first once more, and what came with it was heard before all else."""
    desk.read()
    desk.good("18.01", 2, desk.inbox / "dua.asice")
    desk.read()
    with contextlib.closing(sqlite3.connect(desk.register)) as raw:
        raw.execute("DELETE FROM run")
        raw.executemany("INSERT INTO run VALUES (?, '', '', '[]', 0, 0, 0)", [(each,) for each in numbers])
        raw.commit()
    for code, place in (("18.02", 3), ("18.03", 4)):
        desk.good(code, place, desk.inbox / f"{place}.asice")
        desk.read()
    came = [desk.listed()[name].came for name in ("satu.asice", "dua.asice", "3.asice", "4.asice")]
    assert came == sorted(set(came))
