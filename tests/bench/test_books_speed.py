"""How long a big book takes: 300 programmes with sheets, budgets, indicators, roadmap."""

from __future__ import annotations

import sys
import time

from desktop.base import Language
from desktop.books.compose import compose
from desktop.books.pdf import render_pdf
from tests.books import plans

LIMIT = 25.0
"""Seconds, many times what an idle machine needs (about 3), for busy ones."""


def test_300_programmes_become_a_book_in_seconds(capsys):
    plan, pack = plans.many(300), plans.pack()
    started = time.perf_counter()
    document = compose(plan, pack, "everything", Language.ID, draft=True)
    composed = time.perf_counter() - started
    book = render_pdf(document)
    taken = time.perf_counter() - started
    with capsys.disabled():
        sys.stdout.write(f"\n{book.pages} pages: composed {composed:.2f} s, finished {taken:.2f} s\n")
    assert book.pages > 200
    assert taken < LIMIT
