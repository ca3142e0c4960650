"""Real lists of four regions, and the traps of others: cells are taken as they are, or a person is asked."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.base.resources import resource
from desktop.checks import check
from desktop.exchange.programmes import apply_import, preview_programmes
from desktop.exchange.questions import LATER, Unanswered, open_questions, suggested_answers
from desktop.guideline import bundled_bytes
from desktop.workspace import Author, Workspace
from tests.cli.calling import Caller

REGIONS = {"18.07": "Lampung Timur", "32.71": "Kota Bogor", "52.04": "Sumbawa", "74.05": "Konawe Selatan"}


def rows_of(code):
    with resource("demo", "programmes.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["region_code"] == code]


@pytest.fixture
def workspace_of(tmp_path):
    opened = []

    def make(code):
        made = Workspace.create(
            tmp_path / f"{code}.rancang", region=code, first_year=2026, last_year=2030,
            pack=bundled_bytes("smart-city-2021"), author=Author("Sari", "secretary"),
        )  # fmt: skip
        opened.append(made)
        return made

    yield make
    for each in opened:
        each.close()


def preview_of(workspace, path=None):
    if path is None:
        path = Path(str(resource("demo", "programmes.csv")))
    return preview_programmes(path, workspace.plan(), workspace.pack())


def test_the_list_holds_four_regions():
    with resource("demo", "programmes.csv").open(encoding="utf-8", newline="") as file:
        found = {row["region_code"]: row["region"] for row in csv.DictReader(file)}
    assert len(found) == 4
    assert set(found) == set(REGIONS)


def agreed(questions):
    """What a person answers who agrees to every suggestion, and leaves open what has none."""
    return {question.id: LATER for question in questions} | suggested_answers(questions)


def unit_of(answers):
    return {"rupiah": 1, "thousand": 1_000, "million": 1_000_000}[answers.get("rupiah_unit", "rupiah")]


def number(text):
    """A cell of the list as a number: the list writes points, as its program did; a bound is none."""
    return Decimal(text) if text[:1].isdigit() or text[:1] == "-" else None


def cells_left(row, programme, plan, unit):
    """The cells of a row that do not stand in the plan as the list has them, by column."""
    lead = plan.agency(programme.lead)
    indicators = [each for each in programme.indicators if each.name.read("id") == row["indicator"]]
    years = {line.year: line.indicative for line in programme.budget}
    year = int(row["year"]) if row["year"].isdecimal() else None
    right = {
        "programme": programme.title.read("id") == row["programme"],
        "owner_opd": lead is not None and lead.name.read("id") == row["owner_opd"],
        "year": year in {*years, *(t.year for each in indicators for t in each.targets)}
        or year in {programme.start_year, programme.end_year},
        "indicator": bool(indicators),
        "unit": any(each.unit == row["unit"] for each in indicators),
        "baseline": row["baseline"] and any(each.baseline == number(row["baseline"]) for each in indicators),
        "target": row["target"]
        and any(
            t.year == year and t.target == number(row["target"]) for each in indicators for t in each.targets
        ),
        "budget_idr_as_in_source": row["budget_idr_as_in_source"]
        and years.get(year) == number(row["budget_idr_as_in_source"]) * unit,
        "kind": programme.quick_win == (row["kind"] == "quick win"),
    }
    return {column for column, fits in right.items() if row[column].strip() and not fits}


@pytest.mark.parametrize("code", REGIONS)
def test_every_row_of_a_region_becomes_a_programme_and_nothing_is_guessed(workspace_of, code):
    rows = rows_of(code)
    workspace = workspace_of(code)
    preview = preview_of(workspace)
    titles = {row["programme"] for row in rows}
    assert {draft.title for draft in preview.programmes} == titles
    with pytest.raises(Unanswered):
        apply_import(workspace, preview, {})
    assert workspace.plan().programmes == ()

    asked = {question.id for question in open_questions(preview.questions, {})}
    for draft in preview.programmes:
        stated = next(row["dimension_as_in_source"] for row in rows if row["programme"] == draft.title)
        required = any(each.startswith(f"dimension:{draft.key}") for each in asked)
        # whatever the words suggest: only what the list itself says is taken without a person
        assert required or stated, draft.title
        for indicator in draft.indicators.values():
            assert indicator.direction or any(each.startswith(f"direction:{draft.key}:") for each in asked)
    if any(row["budget_idr_as_in_source"] for row in rows):
        assert "rupiah_unit" in asked

    answers = agreed(preview.questions)
    apply_import(workspace, preview, answers)
    plan = workspace.plan()
    by_title = {each.title.read("id"): each for each in plan.programmes}
    assert by_title.keys() == titles
    with resource("demo", "programmes.csv").open(encoding="utf-8", newline="") as file:
        lines = [row["region_code"] for row in csv.DictReader(file)]
    at = [line for line, region in enumerate(lines, 2) if region == code]
    doubted = {(problem.row, problem.column) for problem in preview.problems}
    # what a person decided for the whole list: the unit of money and the marks of quick wins
    decided = {"kind"} if "quick_win" in {question.id for question in preview.questions} else set()
    left = [
        (line, column, row[column])
        for line, row in zip(at, rows, strict=True)
        for column in cells_left(row, by_title[row["programme"]], plan, unit_of(answers)) - decided
        if all(place != line for place, _ in doubted)
    ]
    assert left == []


@pytest.mark.slow
def test_the_command_asks_and_writes_nothing(capsys, tmp_path):
    call = Caller(capsys)
    for code in REGIONS:
        path = tmp_path / f"{code}.rancang"
        call.ok(
            "new", path, "--region", code, "--years", "2026-2030", "--name", "Sari", "--role", "secretary"
        )
        said = call("import", path, resource("demo", "programmes.csv"), json=True)
        assert said.code == 1
        asked = next(each for each in said.records if each["kind"] == "import-open")["questions"]
        assert asked
        assert call.ok("programme", path, json=True).records == []
        open_ = call("import", path, resource("demo", "programmes.csv"), "--accept", "--preview", json=True)
        without = [each["questions"] for each in open_.records if each["kind"] == "import-open"]
        later = [word for each in (without[0] if without else ()) for word in ("--answer", f"{each}=later")]
        call.ok("import", path, resource("demo", "programmes.csv"), "--accept", *later, json=True)
        made = call.ok("programme", path, json=True).records
        assert len(made) == len({row["programme"] for row in rows_of(code)})


# ---- the traps of other regions --------------------------------------------------------------------
HEAD = ["Program", "Perangkat Daerah", "Indikator", "Satuan", "Baseline", "Target 2026", "Pagu 2026", "Jenis"]
BREAK = chr(10)
TRAPS = {
    "falling is better": ["Program Gizi", "Dinkes", "Prevalensi stunting", "%", "21,3", "18", "90", ""],
    "negative baseline": ["Program Pajak", "Bapenda", "Pertumbuhan pajak", "%", "-4,5", "3", "90", ""],
    "no baseline": ["Program Jalan", "Dinas PUPR", "Jalan mantap", "%", "N/A", "70", "90", ""],
    "decimal comma": ["Program Air", "Dinas PUPR", "Akses air", "%", "32,66", "40,5", "90", ""],
    "two values": ["Program Sehat", "Dinas Kesehatan", f"Angka satu{BREAK}Angka dua", f"%{BREAK}%",
                   f"4,14{BREAK}3,04", f"5{BREAK}4", "90", ""],
    "quick win without dimension": ["Layanan Cepat", "Dinas Dukcapil", "", "", "", "", "90", "quick win"],
}  # fmt: skip


def trap(workspace, tmp_path, name):
    path = tmp_path / "daftar.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows([HEAD, TRAPS[name]])
    preview = preview_of(workspace, path)
    asked = {question.id.partition(":")[0] for question in open_questions(preview.questions, {})}
    apply_import(workspace, preview, suggested_answers(preview.questions))
    (programme,) = workspace.plan().programmes
    return preview, asked, programme


@pytest.mark.parametrize("name", TRAPS)
def test_unit_and_dimension_are_asked_in_every_trap(workspace_of, tmp_path, name):
    _, asked, programme = trap(workspace_of("18.07"), tmp_path, name)
    assert {"rupiah_unit", "dimension"} <= asked
    assert programme.budget[0].indicative in {90, 90_000, 90_000_000}


def test_a_falling_indicator_and_a_negative_baseline_are_asked_about(workspace_of, tmp_path):
    _, asked, programme = trap(workspace_of("18.07"), tmp_path, "falling is better")
    assert "direction" in asked
    assert (programme.indicators[0].direction, programme.indicators[0].baseline) == ("down", Decimal("21.3"))


def test_a_negative_baseline_stays_negative(workspace_of, tmp_path):
    _, asked, programme = trap(workspace_of("18.07"), tmp_path, "negative baseline")
    assert "direction" in asked
    assert programme.indicators[0].baseline == Decimal("-4.5")


def test_an_unknown_baseline_is_none_and_stays_on_the_list_of_what_is_weak(workspace_of, tmp_path):
    workspace = workspace_of("18.07")
    _, _, programme = trap(workspace, tmp_path, "no baseline")
    assert programme.indicators[0].baseline is None
    weak = check(workspace.plan(), workspace.pack()).weak
    assert [each.place.row for each in weak if each.rule == "baseline_missing"] == [
        programme.indicators[0].id
    ]


def test_a_decimal_comma_is_one(workspace_of, tmp_path):
    _, _, programme = trap(workspace_of("18.07"), tmp_path, "decimal comma")
    (indicator,) = programme.indicators
    assert (indicator.baseline, indicator.targets[0].target) == (Decimal("32.66"), Decimal("40.5"))


def test_two_values_in_one_cell_are_two_indicators(workspace_of, tmp_path):
    _, _, programme = trap(workspace_of("18.07"), tmp_path, "two values")
    assert [(each.name.read("id"), each.baseline) for each in programme.indicators] == [
        ("Angka satu", Decimal("4.14")), ("Angka dua", Decimal("3.04")),
    ]  # fmt: skip


def test_a_quick_win_without_dimension_is_asked_about(workspace_of, tmp_path):
    preview, asked, programme = trap(workspace_of("18.07"), tmp_path, "quick win without dimension")
    assert "quick_win" in {question.id for question in preview.questions}
    assert "dimension" in asked
    assert programme.quick_win
