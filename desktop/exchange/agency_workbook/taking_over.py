"""Takes a workbook that came back over: one operation by its agency, doubts as they were answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError
from desktop.base.ids import derived_id
from desktop.exchange.agency_workbook.brought import Part, parts_brought
from desktop.exchange.agency_workbook.comparing import Proposal, compare_with
from desktop.exchange.agency_workbook.doubts import (
    LEAVE,
    AddRow,
    Attach,
    Doubt,
    DropRow,
    Effect,
    SetCell,
    Unclaim,
)
from desktop.exchange.agency_workbook.evidence import Evidence
from desktop.exchange.agency_workbook.memory import note, recall, standing
from desktop.exchange.agency_workbook.registers import OWN_ROWS, Pen
from desktop.exchange.duties import came_in
from desktop.exchange.photos import AS_USUAL, PhotoProblem, Prepared, Wishes, prepare
from desktop.workspace.author import Author
from desktop.workspace.plan import Place

if TYPE_CHECKING:
    from desktop.exchange.agency_workbook.reading import Returned
    from desktop.guideline.pack import Pack
    from desktop.workspace import Workspace
    from desktop.workspace.filled_elsewhere import Filled


class OpenDoubts(RancangError):
    """A workbook raises questions that nobody answered; nothing was taken over."""

    exit_code = 1

    def __init__(self, file: str, doubts: tuple[Doubt, ...]) -> None:
        super().__init__(Message("exchange.agency_book.open_doubts", file=file, n=len(doubts)))
        self.doubts = doubts


class NoSuchAnswer(RancangError):
    """An answer that none of the choices of its question is."""

    def __init__(self, doubt: Doubt, answer: str) -> None:
        known = ", ".join(choice.id for choice in doubt.choices)
        super().__init__(
            Message("exchange.agency_book.no_answer", doubt=doubt.id, answer=answer, known=known)
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a workbook."""

    file: str
    agency: str
    name: str
    values: int
    differing: int
    rows: int
    dropped: int
    files: int
    left: tuple[Doubt, ...]
    """Doubts without an answer, whose cells were left out."""
    notes: tuple[Message, ...] = field(default=())
    backup: str = ""
    """The backup that was made before; empty where there was nothing to do."""
    sent: int = 0
    """Parts of the agency that count as sent with it."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was to be done."""
        return not (self.values or self.differing or self.rows or self.dropped or self.files)


@dataclass(frozen=True, slots=True)
class Before:
    """What was done for a workbook before it is taken over."""

    ready: Mapping[str, Prepared] = field(default_factory=dict)
    """Files that were prepared, in another thread."""
    saved: str = ""
    """The backup that was made before the first of several workbooks."""
    seen: Proposal | None = None
    """What was shown of it: where the plan still stands as it did, it is not worked out a second time."""


NOTHING = Before()


def chosen(proposal: Proposal, answers: Mapping[str, str]) -> tuple[list[Effect], tuple[Doubt, ...]]:
    """What is done by these answers, and the doubts that have none. Raises NoSuchAnswer."""
    effects, still = list(proposal.effects), []
    for doubt in proposal.doubts:
        answer = answers.get(doubt.id)
        if answer is None:
            still.append(doubt)
            continue
        choice = doubt.choice(answer)
        if choice is None:
            raise NoSuchAnswer(doubt, answer)
        effects += choice.effects
    return effects, tuple(still)


def suggested(proposals: Iterable[Proposal]) -> dict[str, str]:
    """The answers that are suggested."""
    return {doubt.id: doubt.default or LEAVE for each in proposals for doubt in each.doubts}


def take_over(
    workspace: Workspace,
    returned: Returned,
    evidence: Evidence | None = None,
    answers: Mapping[str, str] | None = None,
    *,
    skip_doubts: bool = False,
    wishes: Wishes = AS_USUAL,
    before: Before = NOTHING,
) -> Taken:
    """Write what a workbook says. With ``skip_doubts`` doubts without an answer leave their cells out.

    Raises OpenDoubts, NoSuchAnswer, ForeignWorkbook, NothingToGoBy, FileProblem, BadArchive, ReadOnly.
    """
    given, files = dict(answers or {}), evidence or Evidence.none()
    stands = standing(workspace)
    proposal = before.seen if before.seen is not None and before.seen.head == stands.plan.head else None
    if proposal is None or any(doubt.id not in given for doubt in proposal.doubts):
        proposal = compare_with(stands, returned, files, given, skip=skip_doubts)
    effects, still = chosen(proposal, given)
    if still and not skip_doubts:
        raise OpenDoubts(returned.file, still)
    prepared, problems = prepared_files(effects, files, wishes, before.ready)
    backup = (before.saved or workspace.backup("bring_back").name) if effects else ""
    label = Message("exchange.agency_book.label", agency=proposal.name, file=returned.file)
    if not proposal.agency:
        label = Message("exchange.plan_book.label", file=returned.file)
    counts = dict.fromkeys(("values", "differing", "rows", "dropped", "files"), 0)
    sent: tuple[Part, ...] = ()
    if effects:
        from desktop.workspace.filled_elsewhere import filled_elsewhere

        author = Author(proposal.name, "agency") if proposal.agency else workspace.author
        with filled_elsewhere(workspace, label, author, proposal.heads) as operation:
            taking = _Taking(workspace, operation, proposal, prepared)
            for effect in sorted(effects, key=_order):
                what = taking.do(effect)
                if what:
                    counts[what] += 1
            sent = parts_brought(effects, proposal.sheets, stands.plan, proposal.agency)
            came_in(operation, proposal.agency, sent, proposal.name)
    made = {each.key for each in effects if isinstance(each, AddRow)}
    added = {key: value for key, value in proposal.added.items() if key in made}
    note(workspace, recall(stands, returned), returned, added)
    return Taken(
        returned.file, proposal.agency, proposal.name, **counts, left=still,
        notes=(*proposal.notes, *problems), backup=backup, sent=len(sent),
    )  # fmt: skip


def _order(effect: Effect) -> int:
    """Rows before what goes into them; programmes before their parts; deletions last."""
    match effect:
        case AddRow(sheet=sheet):
            return -1 if sheet in OWN_ROWS else 1 if sheet == "sub_activity" else 0
        case SetCell(column=column):
            return 3 if "@" in column else 2  # a translation remembers the text it stands beside
        case Attach():
            return 4
        case Unclaim():
            return 5
        case DropRow():
            return 6


def prepared_files(
    effects: Iterable[Effect],
    files: Evidence,
    wishes: Wishes = AS_USUAL,
    ready: Mapping[str, Prepared] | None = None,
) -> tuple[dict[str, Prepared], list[Message]]:
    """The files as they will be kept; what is no picture any more is told and left out. Raises BadArchive.

    May be called in any thread.
    """
    made: dict[str, Prepared] = dict(ready or {})
    problems: list[Message] = []
    for effect in effects:
        if isinstance(effect, Attach) and effect.file and effect.file not in made:
            try:
                made[effect.file] = prepare(files.path(effect.file), wishes)
            except PhotoProblem as problem:
                problems.append(problem.message)
    return made, problems


class _Taking:
    """Does what was decided within one operation."""

    def __init__(
        self, workspace: Workspace, operation: Filled, proposal: Proposal, prepared: Mapping[str, Prepared]
    ) -> None:
        plan, pack = workspace.plan(), workspace.pack()
        self._op, self._plan, self._prepared = operation, plan, prepared
        agency = proposal.agency if plan.agency(proposal.agency) is not None else ""
        owners = [agency] if proposal.agency else ["", *(each.id for each in plan.agencies)]
        self._pen = Pen(operation, proposal.sheets, agency, plan.source_language, fixed_rows(pack, owners))
        self._kept: dict[str, str] = {file.sha256: file.id for file in plan.evidence}

    def do(self, effect: Effect) -> str:
        """Do one thing; what it counts as, or nothing where it could not be done any more."""
        match effect:
            case AddRow(sheet=sheet, key=key, values=values):
                self._pen.add(sheet, key, values)
                return "rows"
            case SetCell(sheet=sheet, key=key, column=column, value=value, base=base, beside=beside):
                done = self._pen.value(sheet, key, column, value, base=base, beside=beside)
                return ("differing" if beside else "values") if done else ""
            case Attach():
                return self._attach(effect)
            case Unclaim(evidence=evidence, place=place):
                if self._claimed(evidence, place):
                    self._op.unclaim(evidence, place)
                return "values"
            case DropRow(sheet=sheet, key=key):
                self._pen.drop(sheet, key)
                return "dropped"

    def _attach(self, effect: Attach) -> str:
        evidence = effect.evidence
        if effect.file:
            file = self._prepared.get(effect.file)
            if file is None:
                return ""
            evidence = self._kept.get(file.sha256, "")
            if not evidence:
                evidence = self._op.attach(
                    file.data, name=file.name, media_type=file.media_type,
                    caption=file.caption(), taken_on=file.taken_on,
                )  # fmt: skip
                self._kept[file.sha256] = evidence
        self._pen.ensure(effect.sheet, effect.key)
        self._op.claim(evidence, effect.place)
        return "files"

    def _claimed(self, evidence: str, place: Place) -> bool:
        found = next((file for file in self._plan.evidence if file.id == evidence), None)
        return found is not None and any(
            (claim.table, claim.row, claim.field, claim.item)
            == (place.table, place.row, place.field, place.item)
            for claim in found.claims
        )


def fixed_rows(pack: Pack, agencies: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The guideline's own rows of agencies (``""``: the region) by the id each has before it is written in.

    Each with its id in the guideline and whose it is.
    """
    return {
        derived_id("row", sheet.id, fixed.id, agency): (fixed.id, agency)
        for agency in agencies
        for sheet in pack.worksheets
        for fixed in sheet.fixed_rows
    }
