"""A closing signature is taken out and nothing else: whoever laid it there, nobody is shut out by it."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil

import pytest

from desktop.base import Message, clock
from desktop.base.jobs import quiet
from desktop.submission import (
    NotClosed,
    PackageUnusable,
    VerdictKind,
    open_again,
    sign_container,
    verify,
)
from desktop.submission.before import notes_before
from desktop.submission.frame.container import PackageWriter, open_package, write_tail
from desktop.submission.replaced import Closings
from desktop.submission.signing import preflight
from desktop.submission.standing import standing
from desktop.submission.unbelieved import about_closings
from desktop.trust import P12Key, make_test_identity
from tests.submission import tamper
from tests.submission.making import BOOK, NOW, TEAM


@pytest.fixture
def closed(stage, tmp_path):
    return shutil.copyfile(stage.signed, tmp_path / "paket.asice")


def laid(source, target, *signatures: bytes):
    """The package with these signatures over it, as anybody can write it."""
    with open_package(source) as opened, target.open("wb") as out:
        writer = PackageWriter(out, opened.manifest.moment)
        for file in opened.manifest.files:
            writer.add(file.path, opened.pieces(file.path))
        write_tail(writer, opened.manifest, signatures)
    return target


def test_a_closed_package_is_opened_and_the_closed_one_kept(stage, closed):
    before, whole = closed.read_bytes(), tamper.read(closed)[0]
    opened = open_again(quiet, closed, closed, stage.anchors, NOW)
    assert (opened.signature_dropped, opened.files) == (True, ())
    assert opened.kept is not None
    assert (opened.kept.parent, opened.kept.read_bytes()) == (closed.parent, before)
    files, manifest = tamper.read(closed)
    assert not standing(closed).closed
    # it was believed and may have been handed in: what is closed next names it
    assert manifest.previous == hashlib.sha256(before).hexdigest() == opened.previous
    assert files[BOOK] == whole[BOOK]
    sign_container(quiet, closed, closed, stage.key(TEAM), TEAM, stage.anchors, NOW)
    assert verify(closed, stage.anchors, NOW).kind is VerdictKind.VALID_WITH_NOTES
    assert verify(opened.kept, stage.anchors, NOW).kind is VerdictKind.VALID_WITH_NOTES


@pytest.mark.slow
def test_what_somebody_laid_over_a_package_is_no_end_of_it(stage, closed, tmp_path):
    """Once closed with a key of one's own making it could be taken out by nothing in the program."""
    open_again(quiet, closed, closed, stage.anchors, NOW)
    previous = tamper.read(closed)[1].previous
    stranger = make_test_identity(tmp_path / "id", {TEAM: "Contoh Tim"}, "rahasia", now=NOW)
    key = P12Key(stranger.signers[TEAM].path, "rahasia")
    sign_container(quiet, closed, closed, key, TEAM, stage.anchors, NOW)
    assert verify(closed, stage.anchors, NOW).reasons[0].code == "signature.unknown"
    open_again(quiet, closed, closed, stage.anchors, NOW)
    assert tamper.read(closed)[1].previous == previous, "what nobody believes was never handed in"
    sign_container(quiet, closed, closed, stage.key(TEAM), TEAM, stage.anchors, NOW)
    assert verify(closed, stage.anchors, NOW).kind is VerdictKind.VALID_WITH_NOTES


@pytest.mark.parametrize("data", [b"", b"<a/>", b"\0" * (9 << 20)], ids=["empty", "none", "too large"])
def test_what_is_no_signature_at_all_goes_too(stage, closed, tmp_path, data):
    path = laid(closed, tmp_path / "lain.asice", data)
    assert standing(path).closed
    assert open_again(quiet, path, path, stage.anchors, NOW).signature_dropped
    assert not standing(path).closed
    assert tamper.read(path)[1].previous == ""


@pytest.mark.slow
def test_each_signature_is_counted_by_itself_and_all_go(stage, closed, tmp_path):
    """One that is believed lies beside a stranger's and one that is none: all three are told of."""
    with open_package(closed) as opened:
        (own,) = (opened.read(name) for name in opened.signatures)
    stranger = make_test_identity(tmp_path / "id", {TEAM: "Contoh Tim"}, "rahasia", now=NOW)
    key = P12Key(stranger.signers[TEAM].path, "rahasia")
    both = tmp_path / "berdua.asice"
    sign_container(quiet, closed, both, key, TEAM, stage.anchors, NOW)
    with open_package(both) as opened:
        sound = [opened.read(name) for name in opened.signatures]
    path = laid(closed, tmp_path / "lain.asice", *sound, b"<a/>")
    found = standing(path, anchors=stage.anchors)
    assert found.closings == Closings(believed=1, doubted=1, broken=1, asked=True)
    assert not found.believed
    told = [(each.id, each.params["n"]) for each in about_closings(found.closings, stage.anchors)]
    assert told == [(f"submission.closing.{one}", 1) for one in ("broken", "doubted", "believed")]
    opened = open_again(quiet, path, path, stage.anchors, NOW)
    assert not standing(path).closed
    with open_package(opened.kept) as kept:
        assert own in [kept.read(name) for name in kept.signatures]
    assert standing(closed, anchors=stage.anchors).closings == Closings(believed=1, asked=True)
    assert about_closings(Closings(believed=2), stage.anchors) == []


@pytest.mark.parametrize("behind", [dt.timedelta(minutes=15), dt.timedelta(days=1)])
def test_where_this_clock_is_behind_nothing_is_called_broken(stage, closed, behind, monkeypatch):
    """Every verification was said to refuse it, and the good closing was to be taken out."""
    monkeypatch.setattr(clock, "now", lambda: NOW - behind)
    found = standing(closed, anchors=stage.anchors)
    assert found.closings == Closings(early=1)
    assert not found.believed
    (told,) = about_closings(found.closings, stage.anchors)
    assert told.id == "submission.closing.early"
    monkeypatch.setattr(clock, "now", lambda: NOW)
    assert standing(closed, anchors=stage.anchors).believed


def test_more_signatures_than_a_package_may_hold_can_be_taken_out(stage, closed, tmp_path):
    path = laid(closed, tmp_path / "banyak.asice", *[b"<a/>"] * 70)
    assert verify(path, stage.anchors, NOW).reasons[0].code == "xades.too_many"
    with pytest.raises(PackageUnusable):
        sign_container(quiet, path, path, stage.key(TEAM), TEAM, stage.anchors, NOW)
    found = standing(path, anchors=stage.anchors)
    assert (found.closed, found.closings) == (True, Closings(broken=70))
    assert open_again(quiet, path, path, stage.anchors, NOW, expected=found.state).signature_dropped
    assert not standing(path).closed


def test_a_closing_that_came_meanwhile_is_not_taken_out(stage, closed, tmp_path):
    """The question stood in view for minutes; who was asked about is not who closed it since."""
    path = laid(closed, tmp_path / "lain.asice", b"<a/>")
    asked = standing(path)
    shutil.copyfile(closed, path)
    with pytest.raises(PackageUnusable):
        open_again(quiet, path, path, stage.anchors, NOW, identity=asked.id, expected=asked.state)
    assert path.read_bytes() == closed.read_bytes()


def test_an_open_package_and_another_one_stay(stage, closed, tmp_path):
    before = closed.read_bytes()
    for given in ({"identity": "0" * 32}, {"expected": "0" * 64}):
        with pytest.raises(PackageUnusable):
            open_again(quiet, closed, closed, stage.anchors, NOW, **given)
    assert closed.read_bytes() == before
    other = tmp_path / "terbuka.asice"
    opened = open_again(quiet, closed, other, stage.anchors, NOW)
    assert (opened.kept, closed.read_bytes()) == (None, before), "what goes elsewhere takes no place"
    with pytest.raises(NotClosed):
        open_again(quiet, other, other, stage.anchors, NOW)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["paket.asice", "terbuka.asice"]


def test_what_is_closed_once_more_was_told_and_is_kept(stage, closed):
    """It may have been handed in as it was, and the next package names the hash of exactly that."""
    before = closed.read_bytes()
    told = notes_before(quiet, closed, stage.anchors, NOW, (TEAM, True))
    assert told[0] == Message("submission.sign.closed_already", n=1)
    assert all(each.id != told[0].id for each in notes_before(quiet, closed, stage.anchors, NOW))
    looked = preflight(quiet, closed, stage.key(TEAM), TEAM, stage.anchors, NOW, closing=True)
    assert looked.notes[0] == told[0]
    again = sign_container(quiet, closed, closed, stage.key(TEAM), TEAM, stage.anchors, NOW)
    assert again.kept is not None
    assert (again.kept.parent, again.kept.read_bytes()) == (closed.parent, before)
    assert closed.read_bytes() != before


def test_what_was_open_or_goes_elsewhere_leaves_nothing_beside(stage, closed, tmp_path):
    half = shutil.copyfile(stage.half, tmp_path / "half.asice")
    assert sign_container(quiet, half, half, stage.key(TEAM), TEAM, stage.anchors, NOW).kept is None
    other = tmp_path / "elsewhere.asice"
    assert sign_container(quiet, closed, other, stage.key(TEAM), TEAM, stage.anchors, NOW).kept is None
    assert sorted(each.name for each in tmp_path.glob("*.asice")) == [
        "elsewhere.asice", "half.asice", "paket.asice",
    ]  # fmt: skip
