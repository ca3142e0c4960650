"""The demo region: whole, in both languages, true to its source, nothing that the guideline does not know."""

from __future__ import annotations

import csv
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop.base import Language, Message, render
from desktop.base.errors import FileProblem
from desktop.base.jobs import quiet
from desktop.base.resources import resource
from desktop.base.richtext import normalise, plain_text, word_count
from desktop.books.compose import compose
from desktop.books.document import Photo
from desktop.checks import check
from desktop.exchange.demo import FILE, GUIDELINE, LANGUAGES, DemoWorkspace, build_demo, demo_data
from desktop.exchange.demo_evidence import evidence_files
from desktop.guideline.loading import load_pack
from desktop.guideline.lookup import Guideline, bundled_bytes
from desktop.guideline.pack import Field
from desktop.workspace import Plan, Text, Workspace
from desktop.workspace.plan import Programme


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoWorkspace]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RANCANG_HOME", str(tmp_path_factory.mktemp("home")))
        yield build_demo(quiet, tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def workspace(built: DemoWorkspace) -> Iterator[Workspace]:
    with Workspace.open(built.path, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def plan(workspace: Workspace) -> Plan:
    return workspace.plan()


@pytest.fixture(scope="module")
def guideline() -> Guideline:
    return Guideline(load_pack(bundled_bytes(GUIDELINE)))


@pytest.fixture(scope="module")
def source() -> dict[str, list[dict[str, str]]]:
    """The rows of programmes.csv for Kabupaten Lampung Timur, by programme."""
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    with resource("demo", "programmes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["region_code"] == "18.07":
                rows[row["programme"]].append(row)
    return rows


# ---- the files against the guideline ----


def _fits(
    field: Field, value: Any, where: str, names: dict[str, set[str]], guideline: Guideline
) -> list[str]:
    """What is wrong with a value given to a field of the guideline."""
    if field.bilingual:
        fine = isinstance(value, dict) and set(value) == set(LANGUAGES) and all(value.values())
        return [] if fine else [f"{where}: not in both languages"]
    known: set[str] | None = {
        "choice": {choice.id for choice in field.choices},
        "dimension": {one.id for one in guideline.pack.dimensions},
        "sub_dimension": {sub.id for one in guideline.pack.dimensions for sub in one.sub_dimensions},
        **names,
    }.get(field.type)
    if known is not None:
        return [] if value in known else [f"{where}: {value!r} is no {field.type}"]
    kinds: dict[str, type] = {"integer": int, "year": int, "rupiah": int, "boolean": bool}
    return [] if type(value) is kinds.get(field.type, str) else [f"{where}: {value!r} is no {field.type}"]


def _values() -> Iterator[tuple[str, Any]]:
    """Every (item, value) the demo answers."""
    for file in ("profile", "application"):
        yield from demo_data(file)["answers"].items()
    for entry in demo_data("readiness")["rows"].values():
        yield from ((f"readiness.{column}", value) for column, value in entry["cells"].items())
    for sheet, rows in demo_data("worksheets")["sheets"].items():
        for entry in rows:
            yield from ((f"{sheet}.{column}", value) for column, value in entry["cells"].items())
    programmes = demo_data("programmes")
    for entry in (*programmes["real"], *programmes["example"]):
        yield from ((f"programme.{field}", value) for field, value in entry["fields"].items())
        yield from ((f"quick_win.{aspect}", value) for aspect, value in entry.get("aspects", {}).items())


def _names() -> dict[str, set[str]]:
    programmes = demo_data("programmes")
    return {
        "agency": {one["short_name"] for one in demo_data("agencies")["agencies"]},
        "person": {one["name"] for one in demo_data("people")["people"]},
        "programme": {one["key"] for one in (*programmes["real"], *programmes["example"])},
    }


def test_every_answer_is_one_the_guideline_asks_for(guideline: Guideline) -> None:
    names, wrong = _names(), []
    for item, value in _values():
        field = guideline.field(item)
        wrong += [f"{item}: unknown"] if field is None else _fits(field, value, item, names, guideline)
    assert wrong == []


def test_fixed_rows_chapters_and_roles_are_the_guidelines(guideline: Guideline) -> None:
    sheets = {**demo_data("worksheets")["sheets"]}
    sheets["readiness"] = [{"fixed": fixed} for fixed in demo_data("readiness")["rows"]]
    for name, rows in sheets.items():
        sheet = guideline.worksheet(name)
        assert sheet is not None, name
        fixed = {row.id for row in sheet.fixed_rows}
        used = [row["fixed"] for row in rows if "fixed" in row]
        assert set(used) <= fixed, name
        assert not fixed or set(used) == fixed, f"{name}: not every row of the guideline is filled"
        assert sheet.free_rows or len(used) == len(rows), name
    assert all(guideline.chapter(chapter) for chapter in demo_data("chapters")["chapters"])
    roles = {one["role"] for one in demo_data("people")["people"]}
    assert roles == {role.id for role in guideline.pack.roles}


def test_programmes_activities_and_risks_use_the_guidelines_words(guideline: Guideline) -> None:
    names = _names()
    for entry in demo_data("programmes")["example"]:
        dimension = guideline.dimension_of(entry["sub_dimension"])
        assert dimension is not None
        assert dimension.id == entry["dimension"]
        assert all(guideline.funding(source) for source in entry["budget"])
        assert {entry["lead"], *entry["supporting"]} <= names["agency"]
        if entry["quick_win"]:
            quick_win = guideline.pack.planning.quick_win
            assert quick_win is not None
            assert set(entry["aspects"]) == {aspect.id for aspect in quick_win.aspects}
    risk = guideline.worksheet("risk")
    assert risk is not None
    scales = {column.id: {choice.id for choice in column.choices} for column in risk.columns}
    for entry in demo_data("actions")["risks"]:
        assert entry["likelihood"] in scales["likelihood"]
        assert entry["impact"] in scales["impact"]
        assert entry["programme"] in names["programme"]
        assert entry["owner"] in names["agency"]
    areas = {entry["area"] for entry in demo_data("actions")["activities"]}
    assert areas == {area.id for area in guideline.pack.planning.action_areas}


@pytest.mark.slow
def test_activities_lie_within_their_programmes_money_and_years(plan: Plan) -> None:
    for one in plan.programmes:
        spent = sum(activity.budget or 0 for activity in one.activities)
        assert spent <= sum(line.indicative or 0 for line in one.budget), one.title
        assert one.start_year is not None
        assert one.end_year is not None
        for activity in one.activities:
            assert activity.start_year is not None
            assert activity.end_year is not None
            assert one.start_year <= activity.start_year <= activity.end_year <= one.end_year, activity.title


@pytest.mark.slow
def test_every_activity_and_risk_has_an_agency_and_every_quick_win_its_risks(plan: Plan) -> None:
    agencies = {agency.id for agency in plan.agencies}
    actions = demo_data("actions")
    activities = [activity for one in plan.programmes for activity in one.activities]
    risks = [risk for one in plan.programmes for risk in one.risks]
    assert (len(activities), len(risks)) == (len(actions["activities"]), len(actions["risks"]))
    subs = [sub for activity in activities for sub in activity.sub_activities]
    assert subs
    leads = {activity.lead for activity in activities} | {sub.lead for sub in subs}
    assert leads | {risk.owner for risk in risks} <= agencies
    assert all(one.risks for one in plan.programmes if one.quick_win)


# ---- the workspace it makes ----


def test_nothing_mandatory_or_weak_is_open_and_what_is_set_aside_has_a_reason(
    plan: Plan, guideline: Guideline
) -> None:
    report = check(plan, guideline.pack)
    assert [(finding.rule, finding.place) for finding in report.mandatory] == []
    assert [(finding.rule, finding.place) for finding in report.weak] == []
    assert not report.draft
    reasons = demo_data("set_aside")["reasons"]
    assert {entry.finding.rule: entry.reason for entry in report.set_aside} == reasons


def test_budgets_and_indicators_are_the_sources(plan: Plan, source: dict[str, list[dict[str, str]]]) -> None:
    real = {one.title.read("id"): one for one in plan.programmes if one.origin == "imported"}
    assert set(real) == set(source)
    assert len(real) == 11
    for title, rows in source.items():
        programme = real[title]
        budget = {line.year: line.indicative or line.ceiling for line in programme.budget}
        assert budget == {int(row["year"]): int(row["budget_idr_as_in_source"]) for row in rows}, title
        (indicator,) = programme.indicators
        assert indicator.name.read("id") == rows[0]["indicator"]
        assert indicator.baseline == Decimal(rows[0]["baseline"])
        targets = {target.year: target.target for target in indicator.targets}
        assert targets == {int(row["year"]): Decimal(row["target"]) for row in rows}, title


def test_what_the_source_leaves_open_is_decided_with_reasons_that_can_be_shown(built: DemoWorkspace) -> None:
    asked = {decided.question.id for decided in built.decisions}
    assert {"exchange.ask.unit", "exchange.ask.quick_win", "exchange.ask.dimension"} <= asked
    for decided in built.decisions:
        for language in Language:
            assert decided.reason.texts.get(language.value), decided.question
            answer = decided.answer
            shown = render(answer, language) if isinstance(answer, Message) else answer.read(language.value)
            assert shown
            assert not shown.startswith("exchange.")
            assert not render(decided.question, language).startswith("exchange.")


def test_indicators_that_improve_by_falling_are_known(plan: Plan) -> None:
    directions = {
        indicator.name.read("id"): indicator.direction
        for one in plan.programmes
        for indicator in one.indicators
    }
    assert directions["Angka Kematian Ibu"] == "down"
    assert directions["Prevalensi Stunting pada Balita"] == "down"
    assert directions["Realisasi total terhadap target investasi"] == "keep"
    assert directions["Indeks SPBE"] == "up"


def test_every_sub_dimension_has_a_programme_and_money_comes_from_several_purses(
    plan: Plan, guideline: Guideline
) -> None:
    everything = {(one.id, sub.id) for one in guideline.pack.dimensions for sub in one.sub_dimensions}
    assert {(one.dimension, one.sub_dimension) for one in plan.programmes} == everything
    quick = [one for one in plan.programmes if one.quick_win]
    assert len(quick) >= 3
    assert all(one.start_year == one.end_year for one in quick)
    sources = {line.source for one in plan.programmes for line in one.budget}
    kinds = {funding.kind for source in sources if (funding := guideline.funding(source))}
    assert kinds == {"apbd", "non_apbd"}


def _texts(plan: Plan) -> Iterator[tuple[str, Text]]:
    """Every bilingual text of the plan, with where it stands."""
    yield "title", plan.title
    yield from ((agency.short_name, agency.name) for agency in plan.agencies)
    yield from ((person.name, person.office) for person in plan.people)
    for programme in plan.programmes:
        yield from _texts_of(programme)
    yield from ((str(key), answer.text) for key, answer in plan.answers.items() if answer.text)
    for sheet, rows in plan.rows.items():
        for row in rows:
            yield from ((f"{sheet}.{column}", cell.text) for column, cell in row.cells.items() if cell.text)
    yield from ((file.name, file.caption) for file in plan.evidence)


def _texts_of(one: Programme) -> Iterator[tuple[str, Text]]:
    title = one.title.read("id")
    for name in ("title", "service", "before", "after", "served", "technology"):
        yield f"{name} of {title}", getattr(one, name)
    yield from ((f"indicator of {title}", indicator.name) for indicator in one.indicators)
    for activity in one.activities:
        yield from ((f"activity of {title}", activity.title), (f"output of {title}", activity.output))
    for risk in one.risks:
        yield from ((f"risk of {title}", risk.title), (f"mitigation of {title}", risk.mitigation))


def test_every_text_is_there_in_both_languages_and_no_translation_is_stale(plan: Plan) -> None:
    wrong = []
    for where, text in _texts(plan):
        if not all(text.has(language) for language in LANGUAGES):
            wrong.append(f"{where}: missing")
        elif text.stale("en", plan.source_language):
            wrong.append(f"{where}: stale")
        elif len(text.values["id"]) > 40 and text.values["id"] == text.values["en"]:
            wrong.append(f"{where}: not translated")
    assert wrong == []


def test_every_chapter_of_every_book_is_written_in_both_languages(plan: Plan, guideline: Guideline) -> None:
    for book in guideline.pack.books:
        for one in guideline.chapters(book):
            if not one.chapter.written:
                continue
            text = plan.answer(f"chapter.{one.chapter.id}").text
            for language in LANGUAGES:
                count = word_count(text.values.get(language, ""))
                assert 20 <= count <= 260, f"{one.chapter.id} {language}: {count} words"
                assert normalise(text.values[language]) == text.values[language]


def test_what_was_written_for_the_demo_is_marked_as_an_example(plan: Plan) -> None:
    assert plan.example
    assert {one.origin for one in plan.programmes} == {"imported", "example"}
    assert {answer.origin for answer in plan.answers.values()} == {"example"}
    assert all("Contoh" in person.name for person in plan.people)
    assert all("contoh" in agency.head for agency in plan.agencies)
    assert all(not person.nip for person in plan.people)


def test_every_file_supports_a_claim_and_says_that_it_is_an_example(
    plan: Plan, workspace: Workspace, built: DemoWorkspace
) -> None:
    import pypdfium2

    content = demo_data("evidence")
    assert {file.name for file in plan.evidence} == {entry["name"] for entry in content["files"]}
    for file in plan.evidence:
        assert file.claims, file.name
        data = workspace.evidence_bytes(file.sha256)
        if file.media_type == "application/pdf":
            document = pypdfium2.PdfDocument(data)
            assert content["mark"] in document[0].get_textpage().get_text_bounded()
            document.close()
        else:
            assert data.startswith(b"\x89PNG")


def test_evidence_is_the_same_bytes_every_time() -> None:
    content = demo_data("evidence")
    assert list(evidence_files(content)) == list(evidence_files(content))


def test_the_history_reads_as_the_story_of_a_plan(workspace: Workspace) -> None:
    labels = [change.message for change in workspace.recent(200)]
    assert len(labels) > 20
    for language in Language:
        assert [label.id for label in labels if render(label, language).startswith(label.id)] == []


@pytest.mark.slow
def test_progress_is_told_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int, Message]] = []
    result = build_demo(lambda done, total, message: told.append((done, total, message)), tmp_path)
    assert [done for done, _, _ in told] == list(range(len(told)))
    assert told[-1][0] == told[-1][1]
    assert (result.imported, result.examples) == (11, 12)
    with Workspace.open(result.path) as opened:
        opened.self_check()
        assert opened.head == result.head


def test_an_existing_workspace_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"somebody's work")
    with pytest.raises(FileProblem):
        build_demo(quiet, tmp_path)
    assert (tmp_path / FILE).read_bytes() == b"somebody's work"


def test_no_chapter_says_only_what_another_says() -> None:
    seen: dict[str, str] = {}
    for chapter, text in demo_data("chapters")["chapters"].items():
        for language in LANGUAGES:
            assert len(text["id"]) == len(text["en"]), f"{chapter}: blocks differ"
            for line in plain_text("\n".join(text[language])).splitlines():
                assert seen.setdefault(line, chapter) == chapter, f"{chapter} repeats {seen[line]}: {line}"


def test_agencies_rated_readiness_too_and_the_radar_stays_the_regions(
    plan: Plan, guideline: Guideline
) -> None:
    from desktop.checks.readiness import readiness_scores
    from desktop.checks.recap import recap

    readiness = guideline.pack.readiness
    assert readiness is not None
    sheet = guideline.worksheet(readiness.worksheet)
    assert sheet is not None
    found = recap(plan, sheet)
    assert max(len(each.agencies) for each in found.spreads) == 3
    scores = readiness_scores(plan, guideline.pack)
    assert scores is not None
    assert scores.overall.rated == len(sheet.fixed_rows)


def test_every_real_programme_names_the_rpjmd_target_that_marks_its_dimension(
    plan: Plan, guideline: Guideline
) -> None:
    from desktop.checks.marks import suggested

    for programme in plan.programmes:
        if programme.origin == "imported":
            (found,) = suggested(plan, guideline.pack, programme)
            assert programme.dimension in found.dimensions


@pytest.mark.parametrize("language", list(Language))
def test_the_charts_of_its_books_show_what_was_reviewed(workspace, language):
    """Every chart with its number, caption, figures and words (RANCANG_WRITE_GOLDEN writes them anew)."""
    plan, pack = workspace.plan(), workspace.pack()
    lines: list[str] = []
    for each in pack.books:
        for figure in compose(plan, pack, each.id, language, draft=False).figures:
            if isinstance(figure.chart, Photo):
                continue
            head = f"{each.id} {figure.number} {figure.target}: {figure.caption}"
            shown = re.sub(r"(?<=[(,]) ?(?=\w+\()", "\n  ", f"{figure.chart}")
            lines += [head, f"  {figure.description}", f"  {shown}", ""]
    found = "\n".join(lines)
    golden = Path(__file__).parents[1] / "data" / "books" / f"demo-charts.{language.value}.txt"
    if os.environ.get("RANCANG_WRITE_GOLDEN"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")
