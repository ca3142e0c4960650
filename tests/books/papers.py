"""Every document of the demonstration: the books of its guideline, and what else is printed of a plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.base import Language
from desktop.base.jobs import quiet
from desktop.books.approving import Approval, Approved, compose_approval
from desktop.books.compose import compose
from desktop.books.document import Document, Pictures
from desktop.books.findings.compose import compose_findings
from desktop.books.handover import compose_handover
from desktop.books.hearing.answers import compose_answers
from desktop.books.hearing.sheet import compose_sheet
from desktop.books.legal.decree import compose_decree
from desktop.books.legal.regulation import compose_regulation
from desktop.books.merge_report import Section, compose_merge_report
from desktop.books.notes import Facts, compose_note
from desktop.books.past_report import compose_past_report
from desktop.books.proof import proof_of
from desktop.books.rating_form import EVALUATION, READINESS, compose_rating_form
from desktop.books.record import compose_attendance, compose_record
from desktop.books.revisions import Change, Money
from desktop.books.revisions.compose import compose_revisions
from desktop.books.words import Words
from desktop.checks import check
from desktop.checks.owing import Owing
from desktop.cli.revisions.differing import changes
from desktop.cli.revisions.submitted import submitted
from desktop.cli.revisions.sums import money
from desktop.exchange.demo import build_demo
from desktop.guideline import load_pack
from desktop.guideline.lookup import bundled_bytes
from desktop.guideline.pack import Pack
from desktop.submission.register.entry import Basis, Entry
from desktop.submission.register.examine import Sort
from desktop.submission.register.letters import Desk, letter, receipt
from desktop.workspace import Workspace
from desktop.workspace.plan import Answer, Plan, Text

TODAY = dt.date(2026, 11, 24)
FOUR_BOOKS = "smart-city-2021-four-books"


@dataclass(frozen=True)
class Demo:
    """The demonstration, opened."""

    plan: Plan
    pack: Pack
    pictures: Pictures
    made: dict[tuple[str, Language], Document] = field(default_factory=dict)


@contextmanager
def demonstration(folder: Path) -> Iterator[Demo]:
    """The demonstration's workspace in a folder."""
    with Workspace.open(build_demo(quiet, folder).path, read_only=True) as workspace:
        yield Demo(workspace.plan(), workspace.pack(), workspace.evidence_bytes)


def papers(demo: Demo, language: Language) -> Iterator[Document]:
    """All of them in one language; of what each agency has, those of the first."""
    yield from _books(demo.plan, demo.pack, language)
    four = load_pack(bundled_bytes(FOUR_BOOKS))
    for name in ("quick_wins", "roadmap"):
        yield replace(compose(demo.plan, four, name, language, draft=True, test=True), id=f"four-{name}")
    yield from _of_meetings(demo.plan, demo.pack, language)
    yield from _drafts(demo.plan, demo.pack, language)
    yield from _of_people(demo.plan, demo.pack, language)
    yield from _reports(demo.plan, demo.pack, language)


def _books(plan: Plan, pack: Pack, language: Language) -> Iterator[Document]:
    set_aside = {aside.finding.key: aside.finding.message for aside in check(plan, pack).set_aside}
    for book in pack.books:
        agency = plan.agencies[0].id if book.per else ""
        made = compose(
            plan, pack, book.id, language, draft=False, test=True, agency=agency, findings=set_aside
        )
        yield replace(made, proof=proof_of(Words(language, plan.source_language), "5a" * 32, made.subject))


def _of_meetings(plan: Plan, pack: Pack, language: Language) -> Iterator[Document]:
    for kind in dict.fromkeys(each.kind for each in plan.meetings):
        first = next(each for each in plan.meetings if each.kind == kind)
        yield replace(compose_record(plan, pack, first.id, language), id=f"record-{kind}")
        yield replace(compose_attendance(plan, pack, first.id, language), id=f"attendance-{kind}")


def _drafts(plan: Plan, pack: Pack, language: Language) -> Iterator[Document]:
    yield replace(compose_decree(plan, pack, language), id="decree")
    yield replace(compose_regulation(plan, pack, language), id="regulation")
    owing = Owing(plan, pack, TODAY)
    agency = max(plan.agencies, key=lambda each: len(owing.of(each.id))).id
    note = compose_note(plan, pack, agency, owing.of(agency), language, Facts("5/1", TODAY.isoformat()))
    yield replace(note, id="note")
    yield replace(compose_handover(plan, pack, agency, language, TODAY), id="handover")


def _of_people(plan: Plan, pack: Pack, language: Language) -> Iterator[Document]:
    for kind in (READINESS, EVALUATION):
        yield replace(compose_rating_form(plan, pack, kind, language), id=f"form-{kind}")
    yield replace(compose_rating_form(plan, pack, READINESS, language, filled=True), id="form-filled")
    heard = {each.stakeholder for each in plan.inputs}
    whom = next(each for each in plan.stakeholders if each.id in heard)
    yield replace(compose_sheet(plan, pack, language, whom, on_paper=True).document, id="sheet")
    yield replace(compose_answers(plan, pack, language, whom), id="answers")


def _revised(plan: Plan, pack: Pack, language: Language) -> tuple[tuple[Change, ...], tuple[Money, ...]]:
    """The plan against itself with one programme less and a sentence more."""
    after = submitted(plan)
    text = Text({"id": "<p>Satu kalimat lebih.</p>"})
    answers = {**after.answers, ("chapter.II.1", ""): Answer("chapter.II.1", "", None, text, "typed")}
    after = replace(after, programmes=after.programmes[1:], answers=answers)
    before = submitted(plan)
    return changes(before, pack, after, pack, language), money(before, after, language)


def _reports(plan: Plan, pack: Pack, language: Language) -> Iterator[Document]:
    yield compose_findings(plan, pack, check(plan, pack), language, TODAY)
    rows = (("Bappeda",), ("Program Desa Digital", "500.000.000", "650.000.000"))
    section = Section("Anggaran", (("", 1.0), ("2026", 1.0), ("2027", 1.0)), rows)
    facts = [("File", "perubahan.rancang-changes"), ("SHA-256", "5a" * 32)]
    yield compose_revisions(plan, pack, language, facts, *_revised(plan, pack, language))
    yield replace(compose_merge_report(plan, pack, language, facts, [section]), id="merge")
    yield replace(compose_past_report(plan, pack, language, facts, [section]), id="past")
    listed = tuple(Approved(book, language, 9, "5a" * 32) for book in ("I", "II", "III"))
    approval = Approval(listed, "5a" * 32, "", "5a" * 32)
    roles = tuple(each.id for each in pack.roles[:1])
    yield replace(compose_approval(plan, pack, language, roles, approval), id="approval")
    desk = Desk(language=language)
    now = dt.datetime(2026, 11, 24, 3, tzinfo=dt.UTC)
    came = Entry(
        1, "/paket.asice", 1, Sort.PACKAGE, "incomplete", plan.region.code, plan.region.name, Basis.SIGNED,
        package="5a" * 16, created_at="2026-11-20T03:00:00Z", signed_at="2026-11-20T04:00:00Z",
        fingerprint="5a" * 32, first_seen="2026-11-21T03:00:00Z", guideline=pack.pack.id,
        guideline_version=pack.pack.version, first_year=2026, last_year=2030, open_mandatory=3,
    )  # fmt: skip
    yield replace(receipt(came, desk, now, draft=True), id="receipt")
    yield replace(letter([came], desk, now), id="letter")
