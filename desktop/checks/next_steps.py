"""What now? The most useful next steps, chosen by a rule that can be explained in a sentence each.

Of each kind of work the best comes first, in this order: what is past its deadline; the page on which one
sitting settles most of what is mandatory; what two people filled in differently; what agencies owe since
their day has passed; what a mentor asked or suggested; a stage nobody has begun; and when nothing blocks
any more, the package: seal, seal again, have it signed.
Only when every kind has had its turn the second best of each follow. What concerns the person's own
agency goes before what does not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Literal

from desktop.base import Message
from desktop.base.message import Param
from desktop.checks.due import Due, DueDate, Owners, action_state, due_dates
from desktop.checks.finding import Finding, Report
from desktop.checks.owing import late, owing
from desktop.checks.places import agency_name, page_of, title_of_page
from desktop.checks.progress import chapters_of
from desktop.guideline import Guideline
from desktop.guideline.pack import FindingList, Pack, PageRef, Stage
from desktop.workspace.plan import Comment, Place, Plan

StepKind = Literal[
    "late", "mandatory", "differing", "owed", "comment", "suggestion", "stage", "weak",
    "seal", "seal_again", "sign",
]  # fmt: skip
_EXCERPT = 70
"""Letters of a comment or of a sentence that a step repeats."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do next: the sentence, why it is there, and the exact place it leads to."""

    kind: StepKind
    message: Message
    reason: Message
    page: str
    ref: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is known of a package sealed earlier: whether it still says what the plan says, who must sign."""

    file: str
    outdated: bool = False
    waiting: tuple[Param, ...] = ()


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """Who asks, when, and what became of the packages."""

    today: dt.date
    agency: str = ""
    """The agency of the person, if they work for one."""
    packages: tuple[Sealed, ...] = ()
    """Newest first."""


@dataclass(slots=True)
class _Group:
    """The findings of one page."""

    page: PageRef
    findings: list[Finding] = field(default_factory=list)
    own: bool = False
    due: DueDate | None = None


def next_steps(plan: Plan, pack: Pack, report: Report, view: Viewpoint) -> tuple[Step, ...]:
    """Everything worth doing next, the most useful first. Pure."""
    chooser = _Chooser(plan, pack, report, view)
    kinds = (
        chooser.late(),
        chooser.mandatory(),
        chooser.differing(),
        chooser.owed(),
        chooser.comments(),
        chooser.suggestions(),
        chooser.stages(),
        chooser.packages(),
        chooser.weak(),
    )
    found = [step for turn in zip_longest(*map(list, kinds)) for step in turn if step is not None]
    return tuple(_once(found))


def _once(steps: Iterable[Step]) -> Iterator[Step]:
    """A page is named once: what is late there is not said again as mandatory, nor as not begun."""
    seen: set[tuple[str, str]] = set()
    for step in steps:
        where = (step.page, step.ref)
        if step.kind in {"late", "mandatory", "stage", "weak"} and where in seen:
            continue
        seen.add(where)
        yield step


class _Chooser:
    """The candidates of each kind, best first."""

    def __init__(self, plan: Plan, pack: Pack, report: Report, view: Viewpoint) -> None:
        self._plan, self._pack, self._report, self._view = plan, pack, report, view
        self._guideline = Guideline(pack)
        self._owners = Owners(plan, pack)
        self._due = due_dates(plan, pack, report, view.today)

    # -- past the deadline ----------------------------------------------------------------------
    def late(self) -> Iterator[Step]:
        """Deadlines that have passed, earliest first; agreed actions among them."""
        found = [
            (not self._mine(each.deadline.agency), each.deadline.due, self._late_page(each))
            for each in self._due
            if each.state is Due.LATE and each.open  # else only its agency has something to do there
        ]
        found += [
            (not self._mine(comment.owner), comment.due, self._late_action(comment))
            for comment in self._plan.comments
            if action_state(comment, self._view.today) is Due.LATE
        ]
        for _, _, step in sorted(found, key=lambda entry: entry[:2]):
            yield step

    def _mine(self, agency: str) -> bool:
        return not self._view.agency or agency in ("", self._view.agency)

    def _late_page(self, each: DueDate) -> Step:
        deadline, first = each.deadline, each.open[0]
        title = title_of_page(self._plan, self._guideline, deadline.page, deadline.ref)
        reason = (
            Message("checks.next.late", due=each.day)
            if not deadline.agency
            else Message(
                "checks.next.late_for", due=each.day, agency=agency_name(self._plan, deadline.agency)
            )
        )
        message = Message("checks.next.finish", n=len(each.open), page=title)
        return Step("late", message, reason, first.page.page, first.page.ref, first.place)

    def _late_action(self, comment: Comment) -> Step:
        page = page_of(self._plan, self._guideline, comment.place)
        reason = (
            Message(
                "checks.next.late_for", due=_day(comment.due), agency=agency_name(self._plan, comment.owner)
            )
            if comment.owner
            else Message("checks.next.late", due=_day(comment.due))
        )
        message = Message("checks.next.action", text=_excerpt(comment.body))
        return Step("late", message, reason, *_target(page, "checks"), comment.place)

    # -- what the checks say --------------------------------------------------------------------
    def mandatory(self) -> Iterator[Step]:
        """Pages by how much one sitting there settles of what blocks the submission."""
        for place, group in enumerate(self._groups("mandatory")):
            if group.due is not None:
                reason = Message("checks.next.soon", due=group.due.day)
            elif place == 0 and len(group.findings) > 1:
                reason = Message("checks.next.most")
            else:
                reason = Message("checks.next.blocks")
            yield self._step(
                "mandatory", group, Message("checks.next.complete", **self._named(group)), reason
            )

    def weak(self) -> Iterator[Step]:
        """Only when nothing blocks: what an assessor would fault."""
        if not self._report.mandatory:
            for group in self._groups("weak"):
                message = Message("checks.next.improve", **self._named(group))
                yield self._step("weak", group, message, Message("checks.next.faulted"))

    def _named(self, group: _Group) -> dict[str, Param]:
        title = title_of_page(self._plan, self._guideline, group.page.page, group.page.ref)
        return {"n": len(group.findings), "page": title}

    def _step(self, kind: StepKind, group: _Group, message: Message, reason: Message) -> Step:
        first = group.findings[0]
        if len(group.findings) == 1:
            # one remark says itself best what is to be done
            message = first.message
        return Step(kind, message, reason, group.page.page, group.page.ref, first.place)

    def _groups(self, which: FindingList) -> list[_Group]:
        groups: dict[tuple[str, str], _Group] = {}
        for finding in self._report.of(which):
            if finding.check == "open_conflicts":
                continue
            key = (finding.page.page, finding.page.ref)
            group = groups.setdefault(key, _Group(finding.page))
            group.findings.append(finding)
            group.own = group.own or self._view.agency in self._owners.of(finding)
        for each in self._due:
            if each.state is Due.SOON and (each.deadline.page, each.deadline.ref) in groups:
                groups[each.deadline.page, each.deadline.ref].due = each
        return sorted(
            groups.values(), key=lambda group: (not group.own, group.due is None, -len(group.findings))
        )

    # -- people ---------------------------------------------------------------------------------
    def differing(self) -> Iterator[Step]:
        """What two people filled in differently."""
        conflicts = self._plan.conflicts
        if conflicts:
            place = Place(conflicts[0].table, conflicts[0].row, conflicts[0].field)
            yield Step(
                "differing",
                Message("checks.next.differing", n=len(conflicts)),
                Message("checks.next.differing_why"),
                "differing",
                place=place,
            )

    def comments(self) -> Iterator[Step]:
        """Comments nobody has settled; those about one's own agency first, then the oldest."""
        still = [each for each in self._plan.comments if not each.parent and each.state == "open"]
        still = [each for each in still if action_state(each, self._view.today) is not Due.LATE]
        for comment in sorted(still, key=lambda each: each.owner != self._view.agency):
            page = page_of(self._plan, self._guideline, comment.place)
            if page is None:
                continue
            message = Message("checks.next.comment", author=comment.author, text=_excerpt(comment.body))
            title = title_of_page(self._plan, self._guideline, page.page, page.ref)
            reason = Message("checks.next.comment_why", n=len(still), page=title)
            yield Step("comment", message, reason, page.page, page.ref, comment.place)

    def suggestions(self) -> Iterator[Step]:
        """Suggestions nobody has answered."""
        waiting = [each for each in self._plan.suggestions if each.state == "open"]
        if waiting and not self._view.agency:
            message = Message("checks.next.suggestions", n=len(waiting))
            yield Step("suggestion", message, Message("checks.next.suggestions_why"), "comments")

    def owed(self) -> Iterator[Step]:
        """Parts that agencies owe the team since their day has passed; an agency has its own page."""
        today = self._view.today
        if self._view.agency or not any(each.due < today.isoformat() for each in self._plan.deadlines):
            return
        told = {(each.deadline.page, each.deadline.ref) for each in self._due if each.state is Due.LATE}
        found = late(owing(self._plan, self._pack, today))
        parts = [each for each in found if (each.page, each.ref) not in told]
        if parts:
            named = agency_name(self._plan, parts[0].agency)
            reason = Message("checks.next.owed_why", agency=named, part=parts[0].title)
            yield Step("owed", Message("checks.next.owed", n=len(parts)), reason, "duties")

    # -- stages and packages --------------------------------------------------------------------
    def stages(self) -> Iterator[Step]:
        """The first stage in which nothing is written yet."""
        for stage in self._pack.stages:
            pages = [
                page for page in stage.pages if page.page in {"form", "worksheet", "chapter", "programmes"}
            ]
            if pages and not any(self._begun(page) for page in pages):
                yield self._begin(stage, pages[0])
                return

    def _begun(self, page: PageRef) -> bool:
        match page.page:
            case "programmes":
                return bool(self._plan.programmes)
            case "worksheet":
                return _sheet_begun(self._plan, self._guideline, page.ref)
            case "chapter":
                written = {f"chapter.{ref}" for ref in chapters_of(self._pack, page.ref)}
            case _:
                form = self._guideline.form(page.ref)
                written = {f"{page.ref}.{each.id}" for each in form.fields} if form else set()
        return any(
            item in written and (answer.value is not None or bool(answer.text))
            for (item, _), answer in self._plan.answers.items()
        )

    def _begin(self, stage: Stage, page: PageRef) -> Step:
        title = title_of_page(self._plan, self._guideline, page.page, page.ref)
        message = Message("checks.next.begin", stage=stage.title, page=title)
        return Step("stage", message, Message("checks.next.begin_why"), page.page, page.ref)

    def packages(self) -> Iterator[Step]:
        """Seal when nothing blocks; seal again what is outdated; have signed what is not."""
        newest = self._view.packages[0] if self._view.packages else None
        if newest is not None and newest.outdated:
            reason = Message("checks.next.seal_again_why", file=newest.file)
            yield Step("seal_again", Message("checks.next.seal_again"), reason, "package")
        elif newest is not None and newest.waiting:
            message = Message("checks.next.sign", who=newest.waiting[0])
            reason = Message("checks.next.sign_why", n=len(newest.waiting), file=newest.file)
            yield Step("sign", message, reason, "package")
        elif newest is None and not self._report.mandatory:
            yield Step("seal", Message("checks.next.seal"), Message("checks.next.seal_why"), "package")


def _target(page: PageRef | None, otherwise: str) -> tuple[str, str]:
    return (page.page, page.ref) if page is not None else (otherwise, "")


def _sheet_begun(plan: Plan, guideline: Guideline, ref: str) -> bool:
    sheet = guideline.worksheet(ref)
    if sheet is not None and sheet.binding:
        return bool(plan.programmes)
    return any(
        bool(cell.text) or cell.value not in (None, "", ())
        for row in plan.rows.get(ref, ())
        for cell in row.cells.values()
    )


def _day(due: str) -> dt.date:
    return dt.date.fromisoformat(due)


def _excerpt(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _EXCERPT else f"{words[:_EXCERPT].rstrip()}…"


def own_agency(plan: Plan, name: str) -> str:
    """The agency of a person by their name in the plan's list of people, or of the agency so called."""
    wanted = name.strip().casefold()
    if not wanted:
        return ""
    for person in plan.people:
        if person.name.strip().casefold() == wanted and person.agency:
            return person.agency
    for agency in plan.agencies:
        called = {agency.short_name.casefold(), *(each.casefold() for each in agency.name.values.values())}
        if wanted in called:
            return agency.id
    return ""


def is_new(plan: Plan) -> bool:
    """Whether nobody has written anything yet: then the first thing to do is to bring in what exists."""
    return not (plan.programmes or plan.agencies or plan.answers or plan.rows or plan.evidence)


__all__ = ["Sealed", "Step", "StepKind", "Viewpoint", "is_new", "next_steps", "own_agency"]
