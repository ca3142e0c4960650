"""Copies for agencies and mentors: one file each, made for them, small enough for a message or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, Message, RancangError, clock, render
from desktop.base.ids import new_id
from desktop.base.jobs import Report, quiet
from desktop.base.placing import marked
from desktop.base.written import ChangedInTheWay, Lying, lying_at
from desktop.workspace import handing
from desktop.workspace.file import SUFFIX
from desktop.workspace.handouts import MadeFor
from desktop.workspace.offices import tenure

if TYPE_CHECKING:
    from desktop.workspace import Author, Workspace
    from desktop.workspace.plan import Plan

CHAT_LIMIT = 16_000_000
"""Bytes that the strictest of the chat applications in use still carries in one file."""
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_LONGEST = 90
"""Letters of a name in a file name; Windows counts the folders too and stops at 260."""


class NobodyCalled(RancangError):
    """No agency has this code, short name or name."""

    def __init__(self, name: str) -> None:
        super().__init__(Message("exchange.handout.nobody", name=name))


class SameFile(RancangError):
    """A copy would be written over the very file it is made of."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("exchange.handout.same_file", file=file))


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A copy that was made for somebody."""

    path: Path
    size: int
    """Bytes."""
    fits_chat: bool
    whom: MadeFor


def hand_out(workspace: Workspace, target: Path, whom: MadeFor, *, evidence: bool) -> HandedOut:
    """Make a copy for somebody and remember it; with or without the evidence files.

    Raises FileProblem, DamagedFile, SameFile.
    """
    return _make(workspace, [(target, whom)], evidence=evidence, report=quiet)[0]


def hand_out_all(
    workspace: Workspace,
    folder: Path,
    people: Sequence[MadeFor],
    *,
    evidence: bool,
    report: Report = quiet,
) -> list[HandedOut]:
    """A copy for each in a folder, named after them in the plan's language; what lies there is kept.

    Raises FileProblem, DamagedFile, Cancelled (what was made until then stays).
    """
    plan = workspace.plan()
    taken: set[Path] = set()
    wanted: list[tuple[Path, MadeFor]] = []
    for whom in people:
        target = _free(folder, file_name(plan, whom), taken)
        wanted.append((target, whom))
    return _make(workspace, wanted, evidence=evidence, report=report)


def remember_all(workspace: Workspace, made: Sequence[HandedOut], *, evidence: bool) -> None:
    """Remember copies that were made of a snapshot of this workspace, which could not do so itself."""
    for each in made:
        _remember(workspace, each, evidence=evidence)


def _remember(workspace: Workspace, made: HandedOut, *, evidence: bool) -> None:
    facts = {"evidence": evidence, "size": made.size}
    handing.remember(
        workspace, made.whom, kind="copy", file=made.path.name, heads=made.whom.heads, facts=facts
    )


def _make(
    workspace: Workspace, wanted: Sequence[tuple[Path, MadeFor]], *, evidence: bool, report: Report
) -> list[HandedOut]:
    made: list[HandedOut] = []
    # making them takes a while, and the folder may be a common one
    there = {target: lying_at(target) for target, _ in wanted}
    for target, _ in wanted:
        if target.exists() and target.samefile(workspace.path):
            raise SameFile(target.name)
    report(0, len(wanted), Message("exchange.handout.preparing"))
    with handing.staged(workspace, evidence=evidence) as stage:
        for number, (target, asked) in enumerate(wanted):
            report(number, len(wanted), Message("exchange.handout.making", file=target.name))
            known = asked if asked.handout else replace(asked, handout=new_id())
            whom = replace(known, heads=stage.heads, given_by=known.given_by or workspace.author.name)
            size = stage.give(target, whom, partial(_keep_others, target, there[target]))
            made.append(HandedOut(target, size, size <= CHAT_LIMIT, whom))
            _remember(workspace, made[-1], evidence=evidence)
    report(len(wanted), len(wanted), Message("exchange.handout.made", n=len(made)))
    return made


def hand_out_job(
    report: Report,
    snapshot: Path,
    folder: Path,
    people: Sequence[MadeFor],
    giver: Author,
    evidence: bool,  # noqa: FBT001 - a job's arguments have no names
    mark: str,
) -> list[HandedOut]:
    """The same of a snapshot, as a job; whoever has the workspace open remembers them afterwards.

    ``mark`` is a word that nobody can guess, by which what is unfinished is found when the job is stopped.
    """
    from desktop.workspace import Workspace

    with marked(mark), Workspace.open(snapshot, author=giver, read_only=True) as workspace:
        return hand_out_all(workspace, folder, people, evidence=evidence, report=report)


# -- for whom, and how the file is called ----------------------------------------------------------------
def for_agency(
    plan: Plan, name: str, *, person: str = "", role: str = "agency", several: bool = False
) -> MadeFor:
    """For the agency with this id, code, short name or name, and in it for one person by name.

    Where no name is given it is for the one who fills it in there (its contact); with ``several`` it is
    for nobody in particular, and whoever opens it says who they are. Raises NobodyCalled.
    """
    wanted = name.strip().casefold()
    for agency in plan.agencies:
        names = (agency.id, agency.code, agency.short_name, *agency.name.values.values())
        if wanted and wanted in {each.strip().casefold() for each in names}:
            known = "" if several or role != "agency" else contact_of(plan, agency.id)
            return MadeFor(role=role, agency=agency.id, person=person.strip() or known)
    raise NobodyCalled(name)


def for_all_agencies(plan: Plan, *, several: bool = False) -> list[MadeFor]:
    """For every agency that still exists, in the plan's order; for its contact by name, or for several."""
    there = [each.id for each in plan.agencies if not each.until]
    people = {each: "" if several else contact_of(plan, each) for each in there}
    return [MadeFor(role="agency", agency=each, person=people[each]) for each in there]


def contact_of(plan: Plan, agency: str) -> str:
    """The name of the one person who fills in an agency's part today; empty where none or several do."""
    today = clock.today(plan.region.code)
    names = {
        " ".join(each.name.split())
        for each in plan.people
        if each.agency == agency and each.task == "contact" and tenure(each, today) == "current"
    } - {""}
    return names.pop() if len(names) == 1 else ""


def called(plan: Plan, whom: MadeFor, language: str = "") -> str:
    """The agency or the person a copy is for, in the plan's language or another one."""
    agency = plan.agency(whom.agency) if whom.agency else None
    if agency is None:
        return whom.person or whom.role
    spoken = language or plan.source_language
    return agency.name.read(spoken, plan.source_language) or agency.short_name or agency.code or whom.person


def file_name(plan: Plan, whom: MadeFor) -> str:
    """``Masterplan <region> - untuk <agency or person>.rancang``, in the plan's language."""
    language = Language(plan.source_language)
    message = Message("exchange.handout.file", region=plan.region.name, whom=called(plan, whom))
    return tidy(render(message, language)) + SUFFIX


def tidy(name: str) -> str:
    """A file name that every system takes, without its suffix."""
    plain = " ".join(_FORBIDDEN.sub(" ", name).split())
    return plain[:_LONGEST].strip(" .") or "Rancang"


def _keep_others(target: Path, there: Lying) -> None:
    if lying_at(target) != there:
        raise ChangedInTheWay(str(target))


def _free(folder: Path, name: str, taken: set[Path]) -> Path:
    """A place in a folder where nothing lies and nothing will; copies given before are not replaced."""
    target, number = folder / name, 2
    while target in taken or target.exists():
        target, number = (folder / name).with_stem(f"{(folder / name).stem} ({number})"), number + 1
    taken.add(target)
    return target


def expected_size(workspace: Workspace, *, evidence: bool) -> int:
    """About how large a copy will be, in bytes, without making one."""
    whole, left_out = handing.evidence_size(workspace)
    return whole if evidence else max(whole - left_out, 0)
