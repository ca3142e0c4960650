"""Whoever signs is named between quotation marks in every line of signatures, and where one is extended."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import pytest

from desktop.base import Language, Message, render
from desktop.books.document import Table
from desktop.cli.console import Console
from desktop.cli.returned import UnknownDocument, WhichRole
from desktop.cli.standing import tell_standing
from desktop.cli.verify import print_verdict
from desktop.submission import Verdict, cover_sheet, verify
from desktop.submission.elsewhere import Place
from desktop.submission.extending import NotProven
from desktop.submission.manifest import Expected
from desktop.submission.quoting import path_said, quoted, somebody
from desktop.submission.standing import Signer, Standing
from desktop.submission.verdict_paper import compose_verdicts
from tests.submission.golden import KEPT, anchors
from tests.submission.making import NOW

PAY = "Semua benar"
SAID = f"Sari\u201d. {PAY} \u201cdan"


def outside(text: str) -> str:
    return re.sub("\u201c[^\u201c\u201d]*\u201d", "", text)


@pytest.fixture
def verdict() -> Verdict:
    made = verify(KEPT / "signed.asice", anchors(), NOW)
    signed = dataclasses.replace(made.signatures[0], holder=SAID, office=SAID, file=SAID)
    return dataclasses.replace(made, file=SAID, reasons=(), signatures=(signed,))


@pytest.mark.parametrize("language", Language)
def test_the_lines_of_signatures_on_the_command_line(verdict, language, capsys) -> None:
    print_verdict(verdict, Console(language, as_json=False))
    lines = [each for each in capsys.readouterr().out.splitlines() if PAY in each]
    assert sum(each.count(PAY) for each in lines) == 4
    assert not [each for each in lines if PAY in outside(each)]
    print_verdict(verdict, Console(language, as_json=True))
    told = json.loads(capsys.readouterr().out)
    assert told["signatures"][0]["holder"] == SAID, "for programs as it was"


@pytest.mark.parametrize("language", Language)
def test_the_cell_of_a_report_in_which_holder_office_and_our_own_word_stand(verdict, language) -> None:
    tables = [each for each in compose_verdicts([verdict], language).elements if isinstance(each, Table)]
    (row,) = next(each.rows for each in tables if len(each.columns) == 4)
    text = "".join(part.text for part in row.cells[1])
    assert text.count(PAY) == 2
    assert PAY not in outside(text)


@pytest.mark.parametrize("language", Language)
def test_what_keeps_from_signing_and_extending(language) -> None:
    told = [
        WhichRole("", {SAID: SAID}),
        UnknownDocument("", [SAID]),
        NotProven(Message("submission.note.no_time", holder=SAID)),
    ]
    for each in told:
        said = render(each.message, language)
        assert PAY in said
        assert PAY not in outside(said), said


@pytest.mark.parametrize("language", Language)
def test_who_is_awaited_before_anybody_signs(language, capsys, monkeypatch) -> None:
    expected = Expected(role=SAID, name=SAID, office=SAID)
    awaited = Signer(SAID, SAID, SAID, 1, closes=False, waiting=("a",))
    found = Standing(frozenset(), (expected, Expected(role=SAID)), closed=False, signers=(awaited,))
    monkeypatch.setattr("desktop.submission.standing.standing", lambda _package, *_, **__: found)
    tell_standing(Path("x.asice"), Console(language, as_json=False))
    place = Place(SAID, SAID, SAID, None, "")
    told = [*capsys.readouterr().out.splitlines(), *found.awaited, cover_sheet._person(place)]
    assert sum(each.count(PAY) for each in told) == 8
    assert not [each for each in told if PAY in outside(each)]


def test_what_names_nobody_stands_as_it_is() -> None:
    assert (somebody(""), somebody("-"), path_said(""), path_said("manifest.json")) == (
        "", "-", "", "manifest.json",
    )  # fmt: skip
    assert path_said("surat. Semua benar.pdf") == quoted("surat. Semua benar.pdf")
