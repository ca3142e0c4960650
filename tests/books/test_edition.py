"""Books that are other bytes than those of a release are of another edition of printing."""

from __future__ import annotations

import hashlib
import json
import os
from itertools import permutations
from pathlib import Path

from desktop.base import Language
from desktop.books.blocks.evidence import in_order
from desktop.books.compose import compose
from desktop.books.edition import EDITION
from desktop.books.pdf import render_pdf
from tests.books import plans

KEPT = Path(__file__).parents[1] / "data" / "books" / "editions.json"


def test_an_edition_prints_the_same_bytes() -> None:
    """After a change: raise EDITION if a release has the present one, then RANCANG_WRITE_GOLDEN=1."""
    made = compose(plans.plan(), plans.pack(), "everything", Language.ID, draft=False)
    found = hashlib.sha256(render_pdf(made).pdf).hexdigest()
    known = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    if os.environ.get("RANCANG_WRITE_GOLDEN"):
        known[str(EDITION)] = found
        KEPT.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    assert known.get(str(EDITION)) == found


def test_names_equal_but_for_capitals_stand_in_one_order() -> None:
    """Sets of names have the order of the process; a book printed again in another has to be the same."""
    names = ("Profil daerah", "Profil Daerah", "profil daerah", "Air")
    assert {tuple(in_order(each)) for each in permutations(names)} == {
        ("Air", "Profil Daerah", "Profil daerah", "profil daerah")
    }
