"""The findings report: what the checks say of a plan, on paper (*laporan catatan pemeriksaan*)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from desktop.base import Language, Message
from desktop.base.jobs import Report

TITLE = Message("books.findings.title")


def file_name(language: Language, ending: str = "pdf") -> str:
    """What the file of a report is called: ``catatan-pemeriksaan.id.pdf``."""
    return f"catatan-pemeriksaan.{language.value}.{ending}"


def write_findings(report: Report, snapshot: Path, target: Path, language: str, day: str) -> Path:
    """Write the report of a workspace, in the form that ``target`` ends with; runs as a job.

    ``day`` (ISO) is the day on which it is judged what is late. Raises FileProblem, Cancelled.
    """
    from desktop.books.findings.compose import compose_findings
    from desktop.books.formats import rendered
    from desktop.books.printing import write_pdf
    from desktop.checks import check
    from desktop.workspace import Workspace

    report(0, 2, Message("books.findings.checking"))
    with Workspace.open(snapshot, read_only=True) as workspace:
        plan, pack = workspace.plan(), workspace.pack()
    findings = check(plan, pack)
    report(1, 2, Message("books.findings.writing"))
    made = compose_findings(plan, pack, findings, Language(language), dt.date.fromisoformat(day))
    write_pdf(target, rendered(target, made))
    report(2, 2, Message("books.findings.writing"))
    return target
