"""Until when a verdict holds: what timestamps and attached answers make of it by time alone."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.authority import ENDED, NOW, WITHDRAWN
from tests.submission.timestamped import codes, stamped_anew, token, token_of_no_clock

DAY = dt.timedelta(days=1)
FAR = NOW + 9000 * DAY


@pytest.mark.slow
def test_nothing_changes_before_the_moment_that_a_verdict_names(scene, tmp_path):
    """About each moment that is named, and far beyond the end of every certificate."""
    early = stamped_anew(scene, scene.signed, tmp_path / "b.asice", token(scene, scene.signed, at=NOW + DAY))
    old = stamped_anew(scene, scene.signed, tmp_path / "c.asice", token_of_no_clock(scene, "tsa-old"))
    turned = set()
    for path in (scene.signed, scene.stamped, scene.whole, early, old):
        held, at = scene.ask(path), NOW
        while held.until is not None and at < FAR:
            assert held.until >= at
            between = (at + DAY / 2, WITHDRAWN, WITHDRAWN + 8 * DAY, ENDED, ENDED + DAY)
            last = held.until - dt.timedelta(seconds=1)
            for now in (*between, last):
                if at <= now <= last:
                    assert codes(scene.ask(path, now)) == codes(held), (path.name, at, now)
            at = held.until + dt.timedelta(seconds=1)
            before, held = held, scene.ask(path, at)
            turned |= {path.name} if codes(before) != codes(held) else set()
        assert codes(scene.ask(path, FAR + DAY)) == codes(held) or held.until is not None
    assert {scene.signed.name, scene.stamped.name, early.name} <= turned
