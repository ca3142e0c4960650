"""Makes the workbook of a whole plan, and remembers in the workspace what it was given out with."""

from __future__ import annotations

import datetime as dt
import errno
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, Message, clock, render
from desktop.base.errors import FileProblem
from desktop.base.ids import new_id
from desktop.base.jobs import Report, quiet
from desktop.base.placing import put
from desktop.base.speech import date, value_text
from desktop.exchange.agency_workbook.layout import HEADING, Sheet
from desktop.exchange.agency_workbook.making import Giver, MadeWorkbook, remember_made
from desktop.exchange.agency_workbook.slip import Slip, base_of
from desktop.exchange.evidence_folders import safe_name
from desktop.exchange.plan_workbook.layout import plan_layout

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack
    from desktop.workspace import Workspace
    from desktop.workspace.plan import Plan


KEPT = 5
"""Of so many exports the workspace remembers every value, should a workbook lose its own."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a plan is wanted, and in which language the guideline speaks there."""

    language: str
    translations: bool = True
    """Whether both languages of each text stand beside each other."""


def file_name(plan: Plan, language: Language) -> str:
    """How the workbook of a plan is called; also the folder of its tables."""
    region = plan.region.name or plan.title.read(language.value)
    return safe_name(render(Message("exchange.plan_book.file", region=region), language))


def check_target(target: Path) -> None:
    """A table may take the place of a table, and of nothing else. Raises FileProblem."""
    from desktop.exchange.arrival import Kind, look

    if target.exists() and look(target, deep=False).kind not in {Kind.TABLE, Kind.WORKBOOK, Kind.EMPTY}:
        number = errno.EISDIR if target.is_dir() else errno.EEXIST
        raise FileProblem.from_os(OSError(number, os.strerror(number)), str(target))


def titles(sheets: Iterable[Sheet], language: Language) -> dict[str, str]:
    """What the sheets are called, numbered as they lie."""
    return {
        sheet.id: f"{number}. {value_text(sheet.title, language)}" for number, sheet in enumerate(sheets, 1)
    }


def write(
    plan: Plan, pack: Pack, gives: Giver, target: Path, wanted: Wanted, report: Report = quiet
) -> MadeWorkbook:
    """Write the workbook; nothing is remembered yet. Raises FileProblem, Cancelled."""
    from desktop.exchange.agency_workbook.writing import Writer

    language = Language(wanted.language)
    sheets = plan_layout(plan, pack, language, translations=wanted.translations)
    slip = Slip(
        gives.workspace,
        new_id(),
        "",
        plan.title.read(language.value) or plan.region.name,
        language,
        gives.heads,
        clock.now().isoformat(timespec="seconds"),
        base_of(sheets, language),
    )
    called = titles(sheets, language)
    writer = Writer(slip, sheets, (plan.first_year, plan.last_year))
    data = writer.write(_instructions(plan, gives, slip, sheets, called), called, report)
    put(target, data)
    rows = sum(1 for sheet in sheets for line in sheet.lines if line.key != HEADING)
    return MadeWorkbook(target, slip, len(sheets), rows, len(data))


def export(report: Report, snapshot: Path, target: Path, gives: Giver, wanted: Wanted) -> MadeWorkbook:
    """The same of a workspace file (or a snapshot of one); runs as a job. Raises FileProblem, Cancelled."""
    from desktop.workspace import Workspace

    with Workspace.open(snapshot, read_only=True) as workspace:
        plan, pack = workspace.plan(), workspace.pack()
    return write(plan, pack, gives, target, wanted, report)


def remember(workspace: Workspace, made: MadeWorkbook) -> None:
    """Remember what was given out, where the workspace may be written; the workbook knows it all itself.

    Of exports long ago the values are forgotten: a plan that is exported every day must not grow by that.
    """
    if workspace.read_only:
        return
    from desktop.workspace.filled_elsewhere import remembering
    from desktop.workspace.handing import given
    from desktop.workspace.handouts import update

    remember_made(workspace, [made])
    exports = [each for each in given(workspace) if each.kind == "workbook" and not each.agency]
    old = [each for each in exports[KEPT:] if each.facts.get("values")]
    if old:
        with remembering(workspace) as journal:
            for each in old:
                update(journal, each.id, heads=each.heads, facts={**each.facts, "values": "", "sha256": ""})


def _instructions(
    plan: Plan, gives: Giver, slip: Slip, sheets: Iterable[Sheet], called: dict[str, str]
) -> list[tuple[str, str]]:
    """The first sheet, line by line with its look: what this is, how it is edited, and how it comes back."""
    from desktop.exchange.agency_workbook.looks import COLOURS

    language = slip.language

    def say(message: Message) -> str:
        return render(message, language)

    made = dt.datetime.fromisoformat(slip.made).date()
    lines = [
        ("title", say(Message("exchange.plan_book.title", plan=slip.name))),
        ("line", f"{plan.region.name}, {plan.first_year}–{plan.last_year}"),
        ("line", say(Message("exchange.plan_book.given", date=date(made, language), by=gives.author.name))),
        ("line", ""),
        ("section", say(Message("exchange.plan_book.how"))),
    ]
    lines += [
        ("line", say(step))
        for step in (
            Message("exchange.plan_book.step.fill"),
            Message("exchange.agency_book.step.rows"),
            Message("exchange.agency_book.step.lists"),
            Message("exchange.plan_book.step.sums"),
            Message("exchange.agency_book.step.proof"),
            Message("exchange.plan_book.step.delete"),
            Message("exchange.plan_book.step.back"),
        )
    ]
    lines += [("line", ""), ("section", say(Message("exchange.agency_book.colours")))]
    lines += [(colour, say(message)) for colour, message in COLOURS]
    lines += [("line", ""), ("section", say(Message("exchange.agency_book.contents")))]
    for sheet in sheets:
        count = sum(1 for line in sheet.lines if line.key != HEADING)
        lines.append(("line", say(Message("exchange.plan_book.content", sheet=called[sheet.id], n=count))))
    return lines
