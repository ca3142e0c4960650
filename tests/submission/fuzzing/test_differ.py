"""Mutants of documents inside packages: the same ones again, judged, and held against what programs draw.

A few seeds by default and without other programs; ``-m torture`` draws what is taken in silence with all that
are here (``RANCANG_FUZZ_SECONDS``, ``RANCANG_FUZZ_FOLDER`` keeps the seeds between runs).
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests.submission.fuzzing.differ import Run, drawn_apart, mutant, read_apart
from tests.submission.fuzzing.pdf_bends import pool
from tests.submission.fuzzing.pdf_ground import HARMLESS, NAMES, ground
from tests.submission.fuzzing.pdf_judged import told

SPELLED_OUT = {"spelled out": "pdf.hidden", "lines apart": "/Contents"}
"""For people who look for a fault; no service sends such a file."""


@pytest.mark.slow
def test_seeds_make_the_same_mutants_and_each_gets_an_answer() -> None:
    document = ground("code")
    known = pool([document.data])
    assert told(document, document.data) == ""
    made = [mutant(document, seed, known) for seed in range(8)]
    again = [mutant(document, seed, known) for seed in range(8)]
    assert [one and one.data for one in made] == [one and one.data for one in again]
    answers = [told(document, one.data) for one in made if one]
    assert answers
    assert any(answers)


def test_what_one_program_leaves_out_is_told_and_how_it_smooths_edges_is_not() -> None:
    page = Image.new("RGB", (200, 200), "white")
    smooth, bar = page.copy(), page.copy()
    ImageDraw.Draw(smooth).rectangle((20, 20, 80, 30), fill="#303030")
    ImageDraw.Draw(bar).rectangle((21, 20, 81, 31), fill="black")
    before = {"one": page, "other": page}
    assert drawn_apart(before, {"one": smooth, "other": bar}) == []
    assert drawn_apart(before, {"one": page, "other": bar})
    assert drawn_apart(before, {"one": bar, "other": None})
    assert read_apart({}, {"pdfium": "Rp500", "poppler": "Rp500"}) == []
    assert read_apart({}, {"pdfium": "Rp500", "poppler": "Rp900"})


@pytest.mark.torture
@pytest.mark.parametrize("way", HARMLESS)
def test_a_file_that_is_only_saved_again_keeps_what_is_said_of_it(way) -> None:
    for name in ("anew", "anew-sheet"):
        document = ground(name)
        assert told(document, HARMLESS[way](document.data)) == SPELLED_OUT.get(way, "")


@pytest.mark.torture
def test_what_is_taken_in_silence_is_drawn_alike(tmp_path) -> None:
    run = Run(Path(os.environ.get("RANCANG_FUZZ_FOLDER", str(tmp_path))))
    found = run.go(float(os.environ.get("RANCANG_FUZZ_SECONDS", "120")), NAMES)
    assert run.totals["code drawn"]
    assert found == []
