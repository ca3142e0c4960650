"""Every guideline at hand: each item filled, checked, printed, exported, found again, in both languages."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop.base import Language
from desktop.books import print_books
from desktop.checks import Report, check
from desktop.cli.main import run
from desktop.guideline import Guideline, Pack, bundled, write_pack
from desktop.workspace import Plan, Workspace
from desktop.workspace.plan_data import plan_data, read_data
from tests.filling import LANGUAGES, WORD, Filled, Written, fill, has_text

pytestmark = pytest.mark.uncounted


@dataclass(frozen=True)
class Case:
    """One guideline with its full workspace, read again from the file."""

    path: Path
    filled: Filled
    plan: Plan
    pack: Pack
    report: Report

    @property
    def guideline(self) -> Guideline:
        return Guideline(self.pack)


DATA = Path(__file__).parents[1] / "data"
PACKS = {one.id: one.path for one in bundled()} | {"tiny": DATA / "tiny-pack", "other": DATA / "other-pack"}


_AT_ONCE = {"tiny"}
"""The smallest; the others, which teams begin with, take a minute together, in the slow layer."""


@pytest.fixture(
    scope="module",
    params=[pytest.param(one, marks=() if one in _AT_ONCE else pytest.mark.slow) for one in PACKS],
)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    path = tmp_path_factory.mktemp("pack") / f"{request.param}.rancang"
    filled = fill(path, write_pack(PACKS[request.param]))
    with Workspace.open(path, read_only=True) as workspace:
        plan, pack = workspace.plan(), workspace.pack()
    return Case(path, filled, plan, pack, check(plan, pack))


def test_nothing_the_guideline_asks_was_left_out(case: Case) -> None:
    asked = {item for item, field in case.guideline.items() if not field.difference}
    bound = {
        f"{sheet.id}.{column.id}"
        for sheet in case.pack.worksheets
        if sheet.binding
        for column in sheet.columns
    }
    silent = {
        f"chapter.{one.chapter.id}"
        for book in case.pack.books
        for one in case.guideline.chapters(book)
        if not has_text(one.chapter)
    }
    written = {one.item for one in case.filled.written if not one.item.startswith("figure.")}
    assert written == asked - bound - silent
    assert {one.item.partition(".")[2] for one in case.filled.of("figure")} == {
        measure.id for measure in case.pack.figures
    }


def stands(plan: Plan, one: Written) -> Any:
    """What a plan holds where something was written."""
    if one.item.startswith("figure."):
        measure = one.item.partition(".")[2]
        found = [each for each in plan.figures if each.measure == measure and str(each.year) == one.scope]
        return found[0].value if found else None
    if one.row:
        rows = (row for rows in plan.rows.values() for row in rows)
        cell = next(row for row in rows if row.id == one.row).cells[one.column]
        return cell.text.values[one.language] if one.language else cell.value
    answer = plan.answer(one.item, one.scope)
    return answer.text.values[one.language] if one.language else answer.value


def test_every_value_is_there_when_the_file_is_opened_again(case: Case) -> None:
    lost = []
    for one in case.filled.written:
        value = stands(case.plan, one)
        expected = tuple(one.value) if isinstance(one.value, list) else one.value
        if str(value) != str(expected):
            lost.append((one.item, expected, value))
    assert lost == []


def test_every_check_runs_and_finds_nothing_unanswered(case: Case) -> None:
    everything = (*case.report.mandatory, *case.report.weak, *case.report.hints)
    unanswered = {
        "required_answers",
        "answer_present",
        "chapter_written",
        "quick_win_aspects",
        "readiness_rated",
    }
    assert [found for found in everything if found.check in unanswered] == []
    assert {found.list for found in everything} <= {"mandatory", "weak", "hint"}


# -- printed -----------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def paper(case: Case, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What stands on the pages of all books, by language, without spaces."""
    folder = tmp_path_factory.mktemp("books")

    def quiet(*_: object) -> None:
        """Progress is not looked at."""

    texts = dict.fromkeys(LANGUAGES, "")
    books = [book.id for book in case.pack.books]
    for one in print_books(quiet, case.plan, case.pack, case.report, list(Language), books):
        file = folder / one.name
        file.write_bytes(one.data)
        made = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True)
        texts[one.language.value] += re.sub(r"[\s­-]+", "", made.stdout)
    return texts


def blocks(pack: Pack) -> dict[str, set[str]]:
    """What the books of a guideline show, with what each of it is about."""
    shown: dict[str, set[str]] = {}
    guideline = Guideline(pack)
    for book in pack.books:
        for one in guideline.chapters(book):
            for block in one.chapter.blocks:
                shown.setdefault(block.show, set()).add(block.ref)
                if block.show == "text" and not block.ref:
                    shown.setdefault("chapter", set()).add(one.chapter.id)
    return shown


def printed(case: Case) -> Iterator[Written]:
    """What was written into something that a book shows."""
    shown = blocks(case.pack)
    # what agencies answered to the guideline's own rows is counted in a recap, not printed one by one
    counted = {row.id for rows in case.plan.rows.values() for row in rows if row.agency and row.fixed}
    for one in case.filled.written:
        kind, _, name = one.item.partition(".")
        if one.row in counted:
            continue
        if (
            kind in shown.get("form", set()) | shown.get("worksheet", set())
            or (kind == "chapter" and name in shown.get("chapter", set()))
            or (kind == "programme" and "programmes" in shown)
            or (kind == "quick_win" and "quick_wins" in shown)
            or (kind == "figure" and "figures" in shown)
        ):
            yield one


@pytest.mark.slow
def test_every_item_a_book_shows_is_on_paper(case: Case, paper: dict[str, str]) -> None:
    missing = []
    for one in printed(case):
        for language in [one.language] if one.language else LANGUAGES:
            text = paper[language]
            if one.words:
                found = one.words in text
            elif isinstance(one.value, int | str) and re.fullmatch(r"4\d{4}(\.5)?", str(one.value)):
                # large amounts are printed in millions, without the noughts that say nothing
                found = re.sub(r"\D", "", str(one.value)).rstrip("0") in re.sub(r"[.,]", "", text)
            else:
                continue  # what is picked from a list is told by words that stand elsewhere too
            if not found:
                missing.append((one.item, one.value, language))
    assert missing == []


TABLES = {
    "programme": "programmes", "indicator": "programmes", "activity": "activities", "risk": "risks",
    "decree": "decrees", "body": "bodies", "member": "bodies", "stakeholder": "stakeholders",
    "input": "inputs", "agency": "agencies", "evidence": "evidence",
}  # fmt: skip
"""By which block of a book the rows of a table are shown; what was said at a meeting stands in its record."""


def test_every_row_a_book_shows_is_on_paper(case: Case, paper: dict[str, str]) -> None:
    shown = blocks(case.pack)
    missing = [
        (table, word)
        for table, block in TABLES.items()
        if block in shown
        for word, own in case.filled.ground[table]
        for language in ([own] if own else LANGUAGES)
        if word not in paper[language]
    ]
    assert missing == []


# -- exported ----------------------------------------------------------------------------------------
def test_every_value_is_in_the_exported_data(case: Case) -> None:
    raw = plan_data(case.plan)
    data = read_data(raw)
    answers = {(one.item, one.scope): one for one in data.answers}
    cells = {
        (row.id, cell.column): cell for sheet in data.worksheets for row in sheet.rows for cell in row.cells
    }
    figures = {(one.measure, str(one.year)): one.value for one in data.figures}
    lost = []
    for one in case.filled.written:
        if one.item.startswith("figure."):
            value: Any = figures[one.item.partition(".")[2], one.scope]
        else:
            part = cells[one.row, one.column] if one.row else answers[one.item, one.scope]
            value = part.text[one.language] if one.language else part.value
        if value != one.value:
            lost.append((one.item, one.value, value))
    assert lost == []
    text = raw.decode()
    for table, words in case.filled.ground.items():
        if table != "score":  # an assessor's scores are not the region's to hand in
            assert [word for word, _ in words if word not in text] == [], table


# -- found again -------------------------------------------------------------------------------------
def test_every_text_is_found_by_the_command(case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    for language in LANGUAGES:
        capsys.readouterr()
        assert run(["find", str(case.path), WORD, "--pattern", "--case", "--in", language, "--json"]) == 0
        records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        found = {record["found"] for record in records}
        either = {language, ""}
        written = {one.words for one in case.filled.written if one.words and one.language in either}
        written |= {
            word
            for table, words in case.filled.ground.items()
            if table != "score"  # an assessor's own words are not the team's
            for word, own in words
            if own in either
        }
        assert written - found == set()
