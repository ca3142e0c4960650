"""What comes of a signature that is not believed here is told before a key signs and after it."""

from __future__ import annotations

import shutil

import pytest

from desktop.base.jobs import quiet
from desktop.submission import preflight, sign_container
from desktop.submission.before import notes_before
from desktop.submission.refusal import code_of
from desktop.trust import Anchors, P12Key, make_test_identity
from tests.submission.making import NOW, TEAM
from tests.trust import pki

PASSWORD = "rahasia"


@pytest.fixture
def stranger(tmp_path):
    made = make_test_identity(tmp_path / "id", {TEAM: "Contoh Tim"}, PASSWORD, now=NOW)
    return P12Key(made.signers[TEAM].path, PASSWORD)


@pytest.mark.parametrize("known", [True, False])
def test_a_closing_that_is_not_believed_is_told_with_what_comes_of_it(stage, tmp_path, known):
    package = shutil.copyfile(stage.signed, tmp_path / "paket.asice")
    anchors = pki.believe(pki.make("Induk Nasional", ca=True)) if known else Anchors()
    codes = [code_of(each) for each in notes_before(quiet, package, anchors, NOW, (TEAM, True))]
    wanted = ["unbelieved.refused"] if known else ["unbelieved.nobody"]
    assert [each for each in codes if each.startswith("unbelieved.")] == wanted
    assert ("signature.unknown" in codes) is known, "whose it is says nothing where nobody is known"
    believed = notes_before(quiet, package, stage.anchors, NOW, (TEAM, True))
    assert not [each for each in believed if code_of(each).startswith("unbelieved.")]


def test_a_key_that_is_not_known_here_is_told_with_what_comes_of_it(stage, tmp_path, monkeypatch, stranger):
    """A test certificate says so itself; an official's tells nothing where his authority is not known."""
    monkeypatch.setattr("desktop.trust.fitness.is_test", lambda _: False)
    given = (quiet, stage.sealed, stranger, TEAM)
    for anchors, wanted in (
        (pki.believe(pki.make("Induk Nasional", ca=True)), ["submission.unbelieved.refused"]),
        (Anchors(), ["submission.unbelieved.nobody"]),
    ):
        found = preflight(*given, anchors, NOW, closing=True)
        assert [each.message.id for each in found.checks if each.code == "belief"] == wanted
        assert not found.stopped, "others may believe it"
        target = tmp_path / f"{len(anchors.anchors)}.asice"
        signed = sign_container(quiet, stage.sealed, target, stranger, TEAM, anchors, NOW)
        assert [each.message.id for each in signed.checks if each.code == "belief"] == wanted
    known = preflight(quiet, stage.sealed, stage.key(TEAM), TEAM, stage.anchors, NOW, closing=True)
    assert not [each for each in known.checks if each.code == "belief"]
