"""Every hostile package is refused, by the code that names what is wrong with it; none is ever valid."""

from __future__ import annotations

import pickle

import pytest

from desktop.base import Language, render
from desktop.submission import VerdictKind, verify
from tests.submission.hostile.disguised import alone
from tests.submission.hostile.every import CASES
from tests.submission.hostile.ground import ANCHORS, NOW, Case, Ground, container
from tests.submission.hostile.hidden import SOUND


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground(tmp_path_factory.mktemp("hostile"))


def test_what_they_are_made_from_is_sound(ground, tmp_path) -> None:
    verdict = verify(ground.signed, ANCHORS, NOW)
    assert (verdict.kind, verdict.reasons) == (VerdictKind.VALID, ())
    twice = {reason.code for reason in verify(ground.twice, ANCHORS, NOW).reasons}
    assert twice == {"note.not_asked", "note.same_certificate"}
    path = tmp_path / "x.asice"
    path.write_bytes(container())
    verdict = verify(path, ANCHORS, NOW, any_=True)
    assert [reason.code for reason in verdict.reasons] == ["note.claimed_role", "note.foreign"]
    assert verdict.meaning.id == "submission.meaning.foreign"
    path.write_bytes(alone(ground))
    assert verify(path, ANCHORS, NOW, any_=True).kind is VerdictKind.VALID_WITH_NOTES
    path.write_bytes(ground.forged())
    assert verify(path, ANCHORS, NOW).kind is VerdictKind.VALID


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_hostile(case: Case, ground: Ground, tmp_path) -> None:
    path = tmp_path / "x.asice"
    path.write_bytes(case.make(ground))
    verdict = verify(path, case.anchors(), NOW, any_=case.any_)
    assert verdict.kind in case.kinds, [reason.code for reason in verdict.reasons]
    assert verdict.kind is not VerdictKind.VALID
    # it comes back from another process: nothing of the file may hang on to it
    assert pickle.loads(pickle.dumps(verdict)) == verdict
    codes = {reason.code for reason in verdict.reasons}
    assert codes & case.codes, codes
    for reason in verdict.reasons:
        for language in Language:
            assert "submission." not in render(reason.message, language)


@pytest.mark.parametrize("name", SOUND)
def test_what_the_standards_allow_is_read(name: str, tmp_path) -> None:
    path = tmp_path / "x.asice"
    path.write_bytes(SOUND[name]())
    codes = [reason.code for reason in verify(path, ANCHORS, NOW, any_=True).reasons]
    assert codes == ["note.claimed_role", "note.foreign"]


def test_there_are_enough_of_them() -> None:
    assert len({case.id for case in CASES}) == len(CASES)
    assert sum(not case.pdf for case in CASES) >= 120
    assert sum(case.pdf for case in CASES) >= 20
