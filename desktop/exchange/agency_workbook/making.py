"""Makes the workbook of an agency, and remembers in the workspace what it was handed out with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, Message, RancangError, clock, render
from desktop.base.ids import new_id
from desktop.base.placing import put
from desktop.base.speech import date, value_text
from desktop.checks.places import title_of_page
from desktop.exchange.agency_workbook.layout import HEADING, WORKSHEET, Sheet
from desktop.exchange.agency_workbook.sheets import layout
from desktop.exchange.agency_workbook.slip import Slip, base_of
from desktop.exchange.agency_workbook.slip import pack as pack_values
from desktop.exchange.evidence_folders import safe_name
from desktop.guideline.lookup import Guideline
from desktop.workspace.plan import Agency, Plan

if TYPE_CHECKING:
    from desktop.base.jobs import Report
    from desktop.guideline.pack import Pack
    from desktop.workspace import Workspace
    from desktop.workspace.author import Author


class NoSuchAgency(RancangError):
    """A workbook is made for one of the plan's agencies."""

    def __init__(self, name: str) -> None:
        super().__init__(Message("exchange.agency_book.no_agency", name=name))


@dataclass(frozen=True, slots=True)
class Giver:
    """Out of which workspace workbooks are made, by whom, and of which state."""

    workspace: str
    author: Author
    heads: tuple[str, ...]


def giver(workspace: Workspace) -> Giver:
    """A workspace as it gives out workbooks now."""
    from desktop.workspace import since

    return Giver(workspace.id, workspace.author, since.heads(workspace))


@dataclass(frozen=True, slots=True)
class MadeWorkbook:
    """A workbook that was made: where it lies, for whom, and how much is in it."""

    path: Path
    slip: Slip
    sheets: int
    rows: int
    size: int

    @property
    def agency(self) -> str:
        """The id of the agency."""
        return self.slip.agency

    @property
    def handout(self) -> str:
        """The id under which it is remembered."""
        return self.slip.handout


def agency_name(agency: Agency, language: Language) -> str:
    """What an agency is called in a workbook and in the history of what came back from it."""
    return agency.name.read(language.value) or agency.short_name or agency.code or agency.id


def file_name(agency: Agency, language: Language) -> str:
    """How the workbook of an agency is called."""
    short = agency.short_name or agency_name(agency, language)
    return safe_name(render(Message("exchange.agency_book.file", agency=short), language)) + ".xlsx"


def make(workspace: Workspace, agency: str, target: Path) -> MadeWorkbook:
    """Write the workbook of an agency (its id) to a file; the workspace remembers what it holds.

    Raises NoSuchAgency, FileProblem, ReadOnly.
    """
    made = write(workspace.plan(), workspace.pack(), giver(workspace), agency, target)
    remember_made(workspace, [made])
    return made


def make_all(
    report: Report, workspace: Workspace, agencies: Iterable[str], folder: Path
) -> tuple[MadeWorkbook, ...]:
    """A workbook for each of several agencies, side by side in a folder; what lies there is not replaced.

    Raises NoSuchAgency, FileProblem, ReadOnly, Cancelled.
    """
    made = write_all(report, workspace.plan(), workspace.pack(), giver(workspace), agencies, folder)
    remember_made(workspace, made)
    return made


def _whom(plan: Plan, agency: str) -> Agency:
    """One of the plan's agencies. Raises NoSuchAgency."""
    found = plan.agency(agency)
    if found is None:
        raise NoSuchAgency(agency)
    return found


def write_all(
    report: Report, plan: Plan, pack: Pack, gives: Giver, agencies: Iterable[str], folder: Path
) -> tuple[MadeWorkbook, ...]:
    """Write the workbooks of several agencies, in whatever thread; when it is cancelled none is left.

    Raises NoSuchAgency, FileProblem, Cancelled.
    """
    language = Language(plan.source_language)
    wanted = list(dict.fromkeys(agencies))
    made: list[MadeWorkbook] = []
    try:
        for number, agency in enumerate(wanted):
            whom = _whom(plan, agency)
            name = agency_name(whom, language)
            report(number, len(wanted), Message("exchange.agency_book.making", agency=name))
            made.append(write(plan, pack, gives, agency, _free(folder / file_name(whom, language))))
        report(len(wanted), len(wanted), Message("exchange.agency_book.made", n=len(wanted)))
    except BaseException:  # all or none, also when it is interrupted; raised again
        for each in made:
            each.path.unlink(missing_ok=True)
        raise
    return tuple(made)


def write(plan: Plan, pack: Pack, gives: Giver, agency: str, target: Path) -> MadeWorkbook:
    """Write one workbook; nothing is remembered yet. Raises NoSuchAgency, FileProblem."""
    from desktop.exchange.agency_workbook.writing import Writer

    whom = _whom(plan, agency)
    language = Language(plan.source_language)
    sheets = asked(plan, layout(plan, pack, agency), agency)
    slip = Slip(
        gives.workspace,
        new_id(),
        agency,
        agency_name(whom, language),
        language,
        gives.heads,
        clock.now().isoformat(timespec="seconds"),
        base_of(sheets, language),
    )
    titles = {
        sheet.id: f"{number}. {value_text(sheet.title, language)}" for number, sheet in enumerate(sheets, 1)
    }
    lines = instructions(plan, pack, gives.author.name, slip, sheets, titles)
    data = Writer(slip, sheets).write(lines, titles)
    put(target, data)
    rows = sum(1 for sheet in sheets for line in sheet.lines if line.key != HEADING)
    return MadeWorkbook(target, slip, len(sheets), rows, len(data))


def remember_made(workspace: Workspace, made: Iterable[MadeWorkbook]) -> None:
    """Remember in the workspace what was given, with every value in it. Raises ReadOnly."""
    from desktop.workspace import filled_elsewhere
    from desktop.workspace.handouts import MadeFor, remember

    with filled_elsewhere.remembering(workspace) as journal:
        for each in made:
            slip = each.slip
            values, sha256 = pack_values(slip.base) if slip.base is not None else ("", "")
            whom = MadeFor("agency", slip.agency, handout=slip.handout, heads=slip.heads)
            remember(
                journal,
                kind="workbook",
                file=each.path.name,
                by=workspace.author,
                whom=whom,
                heads=slip.heads,
                facts={"values": values, "sha256": sha256, "name": slip.name, "heads": list(slip.heads)},
            )


def _free(path: Path) -> Path:
    """The path, or one beside it that is not taken."""
    found, number = path, 1
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return found


def asked(plan: Plan, sheets: Iterable[Sheet], agency: str) -> tuple[Sheet, ...]:
    """Of an agency's sheets those it owes, where anybody said so; what it wrote stays in any case."""
    duties = {
        duty.ref: duty.state for duty in plan.duties if duty.agency == agency and duty.page == "worksheet"
    }
    owed = {ref for ref, state in duties.items() if state != "not_ours"}
    out = []
    for sheet in sheets:
        if not sheet.id.startswith(WORKSHEET):
            out.append(sheet)
            continue
        theirs = any(value not in (None, []) for line in sheet.lines for name, value in line.values.items()
                     if name != "label")  # fmt: skip
        left_out = sheet.worksheet not in owed if owed else sheet.worksheet in duties
        if theirs or not left_out:
            out.append(sheet)
    return tuple(replace(sheet) for sheet in out)


def instructions(
    plan: Plan, pack: Pack, by: str, slip: Slip, sheets: Iterable[Sheet], titles: dict[str, str]
) -> list[tuple[str, str]]:
    """The first sheet, line by line with its look: for whom, until when, how, and how it comes back."""
    language = slip.language

    def say(message: Message) -> str:
        return render(message, language)

    made = dt.datetime.fromisoformat(slip.made).date()
    region = f"{plan.region.name}" if plan.region.name else ""
    lines = [
        ("title", say(Message("exchange.agency_book.title", agency=slip.name))),
        ("line", plan.title.read(plan.source_language) or region),
        (
            "line",
            say(Message("exchange.agency_book.given", date=date(made, language), by=by)),
        ),
        ("line", ""),
    ]
    due = list(_due(plan, Guideline(pack), slip.agency, language))
    if due:
        lines += [("section", say(Message("exchange.agency_book.until"))), *(("line", each) for each in due)]
        lines.append(("line", ""))
    lines.append(("section", say(Message("exchange.agency_book.how"))))
    lines += [
        ("line", say(step))
        for step in (
            Message("exchange.agency_book.step.fill"),
            Message("exchange.agency_book.step.rows"),
            Message("exchange.agency_book.step.lists"),
            Message("exchange.agency_book.step.proof"),
            Message("exchange.agency_book.step.delete"),
            Message("exchange.agency_book.step.send", by=by),
        )
    ]
    lines += [("line", ""), ("section", say(Message("exchange.agency_book.colours")))]
    from desktop.exchange.agency_workbook.looks import COLOURS

    lines += [(colour, say(message)) for colour, message in COLOURS]
    lines += [("line", ""), ("section", say(Message("exchange.agency_book.contents")))]
    for sheet in sheets:
        count = sum(1 for line in sheet.lines if line.key != HEADING)
        lines.append(("line", say(Message("exchange.agency_book.content", sheet=titles[sheet.id], n=count))))
    return lines


def _due(plan: Plan, guideline: Guideline, agency: str, language: Language) -> Iterator[str]:
    """The days that concern an agency's workbook: everybody's, and its own."""
    for each in plan.deadlines:
        if each.agency not in {"", agency} or each.page not in {"", "worksheet", "programmes", "agencies"}:
            continue
        what = value_text(title_of_page(plan, guideline, each.page, each.ref), language)
        day = dt.date.fromisoformat(each.due) if each.due else None
        if day is not None:
            said = Message("exchange.agency_book.due", what=what, date=date(day, language), note=each.note)
            if not each.note:
                said = Message("exchange.agency_book.due_plain", what=what, date=date(day, language))
            yield render(said, language)
