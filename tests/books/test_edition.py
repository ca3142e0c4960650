"""Books of other bytes than those of a release, or of other findings, are of another edition of printing."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from dataclasses import replace
from itertools import cycle, permutations
from pathlib import Path

import pytest

from desktop.base import Language, clock
from desktop.books.blocks.evidence import in_order
from desktop.books.compose import compose
from desktop.books.edition import EDITION
from desktop.books.pdf import render_pdf
from desktop.checks import check
from desktop.workspace.plan import SetAside
from tests.books import plans
from tests.checks.test_run import EVERYTHING_WRONG, everything

KEPT = Path(__file__).parents[1] / "data" / "books" / "editions.json"


@pytest.mark.slow
def test_an_edition_prints_the_same_bytes() -> None:
    """After a change: raise EDITION if a release has the present one, then RANCANG_WRITE_GOLDEN=1."""
    made = compose(plans.plan(), plans.pack(), "everything", Language.ID, draft=False)
    found = hashlib.sha256(render_pdf(made).pdf + repr(open_and_aside()).encode()).hexdigest()
    known = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    if os.environ.get("RANCANG_WRITE_GOLDEN"):
        known[str(EDITION)] = found
        KEPT.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    assert known.get(str(EDITION)) == found


def open_and_aside() -> list[tuple[str, str, str]]:
    """What the checks find open and take for set aside: the draft mark and the number stated hang on it."""
    with clock.held(dt.date(2026, 11, 24)):
        found = check(EVERYTHING_WRONG, everything()).findings
        reasons = cycle(("Tidak ada", "-", " . ", "\u2060", ""))
        aside = {one.key: SetAside(one.key, one.key, next(reasons), "Sari") for one in found}
        report = check(replace(EVERYTHING_WRONG, set_aside=aside), everything())
    still = [("open", one.check, one.key) for one in report.findings]
    return still + [("aside", one.finding.check, one.finding.key) for one in report.set_aside]


def test_names_equal_but_for_capitals_stand_in_one_order() -> None:
    """Sets of names have the order of the process; a book printed again in another has to be the same."""
    names = ("Profil daerah", "Profil Daerah", "profil daerah", "Air")
    assert {tuple(in_order(each)) for each in permutations(names)} == {
        ("Air", "Profil Daerah", "Profil daerah", "profil daerah")
    }
