"""From a workspace to a sealed package: books, data, evidence and the pinned guideline, nothing else."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, Message, RancangError, clock
from desktop.base.jobs import Report
from desktop.books.printing import Packed, PrintedBook, print_books
from desktop.guideline.signing import (
    closing_role,
    package_books,
    package_signers,
    sheet_signers,
    step_numbers,
)
from desktop.submission.before import OWN_WORK, look_at_written
from desktop.submission.called import SHEET
from desktop.submission.fingerprint import document_role, guideline_path
from desktop.submission.manifest import guideline_notes
from desktop.submission.mark import open_sha256
from desktop.submission.names import plain_name
from desktop.submission.order import noted_initials
from desktop.submission.pdf.fields import StampBox
from desktop.submission.printed.printed_from import printable
from desktop.submission.printed.printing_day import printing_day
from desktop.submission.quoting import as_said
from desktop.submission.refusal import code_of
from desktop.submission.replaced import doubt_about
from desktop.submission.resealing import WouldBeRefused, asked_about
from desktop.submission.sealing import (
    PDF,
    CannotSeal,
    Sealed,
    SealFile,
    SealInput,
    SealSigner,
    keep_signed,
    seal,
    stated,
    with_places,
)
from desktop.submission.sheet.proof import keywords, sheet_digest
from desktop.trust.anchors import Anchors, load_anchors
from desktop.workspace.offices import as_signed, holder
from desktop.workspace.opening import made_for
from desktop.workspace.reviewing import REVIEWERS
from desktop.workspace.wording import conflicts_apart

if TYPE_CHECKING:
    from desktop.books.pdf import StampBox as PrintedBox
    from desktop.guideline.pack import Pack
    from desktop.workspace import Plan, Workspace

_KIND = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+_-]{0,126}/[A-Za-z0-9][A-Za-z0-9.+_-]{0,126}")
"""A media type; a copy of a stranger's may say anything in its place."""


class StillDiffering(RancangError):
    """Fields are filled differently: what is sealed must say one thing."""

    def __init__(self, count: int) -> None:
        super().__init__(Message("submission.seal.still_differing", n=count))


class CannotReplace(RancangError):
    """What was named as the package before is none, or is another region's."""

    def __init__(self, file: str, reason: Message) -> None:
        super().__init__(as_said(Message("submission.seal.cannot_replace", file=file, reason=reason)))


class NotSealedHere(RancangError):
    """A copy was made for an agency or a reviewer; the team seals its own file."""

    def __init__(self) -> None:
        super().__init__(Message("submission.seal.not_here"))


def check_sealable(workspace: Workspace) -> None:
    """Asked before anybody says where to. Raises NotSealedHere, StillDiffering."""
    whom = made_for(workspace)
    if whom is not None and whom.role in {"agency", *REVIEWERS}:
        raise NotSealedHere
    count = len(conflicts_apart(workspace.plan()))
    if count:
        raise StillDiffering(count)


def seal_workspace(
    report: Report,
    snapshot: Path,
    target: Path,
    languages: tuple[str, ...] = ("id",),
    replaces: Path | None = None,
    identity: str = "",
    anchors: Anchors | None = None,
) -> Sealed:
    """Print, gather and seal what a workspace (or a snapshot of it) holds; runs as a job.

    Officials are asked to sign the documents in the source language, which are always there; translations
    go along unsigned.
    Equal workspaces give equal bytes. What its own journal does not bear out is not sealed, nor what
    people filled in differently and nobody has settled, nor a copy that was made for an agency or a
    reviewer. ``replaces`` is the package handed in before, of the same region, which the new one names
    by its hash; ``identity`` its id, where somebody was asked about it. It is verified (by ``anchors``, else
    by those of this computer): what speaks against it is told with the result. Raises NotSealedHere,
    CannotReplace, StillDiffering, DamagedFile, CannotSeal, FileProblem, Cancelled.
    """
    from desktop.workspace import Workspace

    with asked_about(target):
        keep_signed(target)
        with Workspace.open(snapshot, read_only=True) as workspace:
            report(0, 0, Message("submission.seal.checking"))
            check_sealable(workspace)
            workspace.self_check()
            # before anything of it is read: what somebody writes meanwhile came later, read or not
            position = workspace.position
            previous, doubt = "", None
            if replaces is not None:
                previous, doubt = _previous(report, replaces, identity, workspace.plan(), anchors)
            what = _gathered(report, workspace, languages, previous)
        return dataclasses.replace(_sealed(report, what, target), position=position, doubt=doubt)


def _sealed(report: Report, what: SealInput, target: Path) -> Sealed:
    judge = look_at_written(report, Anchors(), clock.now(), target, contents=False, limits=OWN_WORK)
    try:
        return seal(report, what, target, judge, over_signed=False)
    except WouldBeRefused as error:
        if code_of(error.reason).startswith("limit."):
            # it says something of this computer, and of the package perhaps
            raise CannotSeal(Message("submission.seal.not_looked_at", reason=error.reason)) from error
        # officials would be asked for signatures that are for nothing
        raise CannotSeal(Message("submission.seal.would_be_refused", reason=error.reason)) from error


def _gathered(report: Report, workspace: Workspace, languages: tuple[str, ...], previous: str) -> SealInput:
    """Everything that goes into the package, printed and counted."""
    from desktop.checks import check
    from desktop.workspace.plan_data import plan_data, plan_fingerprint

    plan, pack = workspace.plan(), workspace.pack()
    data = plan_data(plan)
    # in one order, whoever asks, for the sheet lists them so; always in the plan's own, in which people sign
    spoken = [each for each in Language if each.value in {*languages, plan.source_language}]
    wanted = [book.id for book in package_books(pack)]
    # from the data that go along and nothing else, so that anybody can print them again (reprinting.py)
    told = printable(data, pack, printing_day(data, plan.changed_on, clock.today(plan.region.code)))
    # what the data alone give may be more, and what only the workspace knows is open all the same
    still_open = max(len(check(plan, pack).mandatory), len(told.findings.mandatory))
    # whoever is named is named as of one day, even where it becomes another one meanwhile
    with clock.held(told.day):
        printed = print_books(
            report, told.plan, pack, told.findings, spoken, wanted,
            pictures=workspace.evidence_beside(),
            packed=Packed(still_open > 0, plan_fingerprint(plan), told.day),
        )  # fmt: skip
        files = tuple(with_places(book_file(one, plan, pack)) for one in printed)
        what = SealInput(
            region_code=plan.region.code,
            region_name=plan.region.name,
            first_year=plan.first_year,
            last_year=plan.last_year,
            guideline_id=plan.guideline.id,
            guideline_version=plan.guideline.version,
            workspace=plan.workspace,
            head=plan.head,
            changed_at=plan.changed_at,
            files=files,
            signers=container_signers(plan, pack),
            initials=noted_initials(plan, pack),
            open_mandatory=still_open,
            notes=guideline_notes(pack.pack.status),
            previous=previous,
            printed_on=told.day if told.day != plan.changed_on else None,
        )
        beside = [*_sheet(plan, pack, printed, what), SealFile("data.json", "application/json", "data", data)]
        guideline = workspace.evidence_bytes(plan.guideline.sha256)
        beside.append(SealFile(guideline_path(plan.guideline.id), "application/zip", "other", guideline))
        return dataclasses.replace(what, files=(*files, *beside, *_evidence(workspace, plan)))


def _previous(
    report: Report, package: Path, identity: str, plan: Plan, anchors: Anchors | None
) -> tuple[str, Message | None]:
    """The hash of the package before, by the id that was asked about, and what a verdict has against it.

    Both of one state of the file. Raises CannotReplace, FileProblem, Cancelled.
    """
    from desktop.submission.bounded import How, judge
    from desktop.submission.frame.container import open_package
    from desktop.submission.refusal import Refused

    try:
        with open_package(package) as opened:
            region, id_ = opened.manifest.region, opened.manifest.id
            same = opened.manifest.workspace.id == plan.workspace
            # of what is open and read: another one may lie at its path by now
            sha256 = open_sha256(opened.file, opened.size)
    except Refused as error:
        raise CannotReplace(package.name, error.message) from error
    changed = CannotReplace(package.name, Message("submission.sign.changed_meanwhile"))
    if identity and id_ != identity:
        raise changed
    if region.code != plan.region.code:
        raise CannotReplace(package.name, Message("submission.seal.other_region", region=region.name))
    whom = load_anchors() if anchors is None else anchors
    verdict = judge(package, whom, clock.now(), report, How(digest=True))
    # what ran out of its limits has none
    if verdict.sha256 not in {sha256, ""}:
        raise changed
    return sha256, doubt_about(package.name, verdict, same=same)


def container_signers(plan: Plan, pack: Pack) -> tuple[SealSigner, ...]:
    """Who closes the package: whom the guideline names for it, else the last role it lists."""
    closing = closing_role(pack)
    return (_signer(plan, pack, closing.id, None, "closing"),) if closing is not None else ()


def _signer(plan: Plan, pack: Pack, role: str, box: StampBox | None, kind: str = "signature") -> SealSigner:
    """A role with the person who holds it, by the plan's own list of people."""
    label = next((each.label.read(plan.source_language) for each in pack.roles if each.id == role), role)
    person = holder(plan, role, clock.today(plan.region.code))
    step = step_numbers(pack).get((kind, role), 0)
    if person is None:
        return SealSigner(role, office=label, box=box, step=step)
    own = person.office.read(plan.source_language).strip()
    office = as_signed(person, own or label)
    return SealSigner(role, person.name, office, box=box, step=step)


def book_file(printed: PrintedBook, plan: Plan, pack: Pack) -> SealFile:
    """A printed document with those who sign it, and where."""
    book = next(each for each in pack.books if each.id == printed.book)
    asked = package_signers(pack, book) if printed.language.value == plan.source_language else ()
    signers = [role for role in asked if role not in sheet_signers(pack)]
    boxes = _boxes(printed.boxes)
    return SealFile(
        f"books/{printed.name}",
        PDF,
        document_role(book.kind),
        printed.data,
        tuple(_signer(plan, pack, role, boxes.get(role)) for role in signers),
        printed.pages,
    )


def _boxes(found: Mapping[str, PrintedBox]) -> dict[str, StampBox]:
    """Where each role signs, as fields count: pages from 0, corners instead of sizes."""
    return {
        role: StampBox(box.page - 1, box.x, box.y, box.x + box.width, box.y + box.height)
        for role, box in found.items()
    }


def _sheet(plan: Plan, pack: Pack, printed: Sequence[PrintedBook], what: SealInput) -> list[SealFile]:
    """The approval sheet over all documents, when the guideline has a role sign by it; else nothing.

    ``what`` has the documents, and all that the package says but its other files.
    """
    from desktop.books.approving import Approval, Approved, compose_approval
    from desktop.books.pdf import render_pdf
    from desktop.workspace.plan_data import plan_fingerprint

    roles = sheet_signers(pack)
    if not roles:
        return []
    fingerprint, manifest = plan_fingerprint(plan), stated(what, what.files)
    digest = sheet_digest(manifest, fingerprint)
    documents = tuple(
        Approved(one.book, one.language, one.pages, file.sha256)
        for one, file in zip(printed, manifest.files, strict=True)
    )
    language, draft = Language(plan.source_language), what.open_mandatory > 0
    shown = Approval(documents, digest, keywords(digest), fingerprint, draft, plan.example)
    made = render_pdf(compose_approval(plan, pack, language, roles, shown))
    boxes = _boxes(made.stamp_boxes)
    signers = tuple(_signer(plan, pack, role, boxes.get(role)) for role in roles)
    path = f"{SHEET}.{language.value}.pdf"
    return [SealFile(path, PDF, "approval", made.pdf, signers, made.pages)]


def _evidence(workspace: Workspace, plan: Plan) -> list[SealFile]:
    """Every evidence file that is here, numbered, under a name that any computer can write."""
    out = []
    # counted as the documents count it, which know of no more than what goes along
    for number, file in enumerate((one for one in plan.evidence if one.present), 1):
        name = f"evidence/{number:03d}-{plain_name(file.name)}"
        kind = file.media_type if _KIND.fullmatch(file.media_type) else "application/octet-stream"
        out.append(SealFile(name, kind, "evidence", workspace.evidence_bytes(file.sha256)))
    return out
