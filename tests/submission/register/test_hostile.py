"""Every package that was made to do harm, on the desk at once: each answered, none valid, all in bounds."""

from __future__ import annotations

import pytest

from desktop.base.jobs import quiet
from desktop.submission.register.listing import entries
from desktop.submission.register.run import receive
from desktop.submission.register.store import Register
from tests.submission.hostile.every import CASES
from tests.submission.hostile.ground import ANCHORS, NOW, Ground
from tests.submission.register.memory import Watch


@pytest.mark.slow
def test_hundreds_of_attacks_in_one_folder(tmp_path):
    ground, inbox = Ground(tmp_path), tmp_path / "inbox"
    inbox.mkdir()
    for case in (each for each in CASES if each.anchors() == ANCHORS):
        name = "".join(each if each.isalnum() else "-" for each in case.id)
        (inbox / f"{name}.asice").write_bytes(case.make(ground))
    path = tmp_path / "meja.sqlite"
    with Watch() as watch:
        receive(quiet, path, [inbox], ANCHORS, 2, NOW)
    with Register(path, read_only=True) as register:
        found = entries(register)
    assert sum(1 + len(one.copies) for one in found) == len({each.name for each in inbox.iterdir()})
    assert "valid" not in {one.result for one in found}
    assert all(one.plan is None for one in found if one.result == "refused")
    assert watch.growth < 60 << 20
    assert watch.largest_child < 300 << 20
