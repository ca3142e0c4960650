"""Where a state of a plan comes from: a document, a backup or copy of it, a package, a moment in history."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, Message, RancangError
from desktop.base.speech import moment as spoken_moment
from desktop.cli.revisions.submitted import named, submitted
from desktop.workspace.plan_data import read_data

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack
    from desktop.workspace import Workspace
    from desktop.workspace.plan import Plan

PACKAGE = ".asice"


class NothingYet(RancangError):
    """Nothing had been written by then."""

    def __init__(self, when: str) -> None:
        super().__init__(Message("cli.revisions.nothing_yet", when=when))


class NoPlanInside(RancangError):
    """The package holds no plan that can be read."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("cli.revisions.no_plan", file=file))


class PackageRefused(RancangError):
    """The package is none of ours, or was changed."""

    def __init__(self, file: str, reason: Message) -> None:
        super().__init__(Message("cli.revisions.refused", file=file, reason=reason))


class OtherDocument(RancangError):
    """The two are not states of one document."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("cli.revisions.other_document", file=file))


class Backwards(RancangError):
    """What is named as the earlier state is the later one."""

    exit_code = 2

    def __init__(self, before: Message, after: Message) -> None:
        super().__init__(Message("cli.revisions.backwards", before=before, after=after))


@dataclass(frozen=True, slots=True)
class State:
    """A plan with its guideline, and in words which state it is."""

    plan: Plan
    pack: Pack
    said: Message


def of_document(workspace: Workspace, said: Message) -> State:
    """A document as it stands."""
    return State(submitted(workspace.plan()), workspace.pack(), said)


def at_moment(workspace: Workspace, when: dt.datetime, language: Language) -> State:
    """A document as it stood. Raises NothingYet."""
    from desktop.workspace.moments import plan_at

    plan = plan_at(workspace, when)
    words = spoken_moment(when, language)
    if plan is None:
        raise NothingYet(words)
    said = Message("cli.revisions.at", when=words, head=plan.head[:12])
    return State(submitted(plan), _pack(workspace, plan), said)


def _pack(workspace: Workspace, plan: Plan) -> Pack:
    """The guideline of that time, if it is still in the file; else the present one."""
    from desktop.guideline.loading import load_pack

    if plan.guideline.sha256 == workspace.plan().guideline.sha256:
        return workspace.pack()
    try:
        return load_pack(workspace.evidence_bytes(plan.guideline.sha256))
    except RancangError:
        return workspace.pack()


def of_file(path: Path, language: Language, other: Pack) -> State:
    """An older document, backup or package. Raises NoPlanInside, PackageRefused and what opening raises.

    ``other``: the guideline by which a package is read that carries none.
    """
    if path.suffix.casefold() == PACKAGE:
        from desktop.submission.refusal import Refused

        try:
            return _of_package(path, language, other)
        except Refused as error:
            raise PackageRefused(path.name, error.message) from error
    from desktop.workspace import Workspace

    with Workspace.open(path, read_only=True) as workspace:
        plan = workspace.plan()
        when = spoken_moment(plan.changed_at, language)
        said = Message("cli.revisions.file", file=path.name, when=when, head=plan.head[:12])
        return of_document(workspace, said)


def _of_package(path: Path, language: Language, other: Pack) -> State:
    import msgspec

    from desktop.guideline.broken import BrokenPack
    from desktop.guideline.loading import load_pack
    from desktop.submission.fingerprint import guideline_path
    from desktop.submission.frame.container import open_package
    from desktop.submission.inside import MAXIMUM_DATA
    from desktop.workspace.plan_data_form import NAME

    with open_package(path) as package:
        files = {one.path: one for one in package.manifest.files}
        packed = files.get(NAME)
        if packed is None or packed.present_size > MAXIMUM_DATA:
            raise NoPlanInside(path.name)
        try:
            data = read_data(b"".join(bytes(piece) for piece in package.checked(packed)))
            plan = named(data)
        except (msgspec.MsgspecError, ValueError, ArithmeticError) as error:
            raise NoPlanInside(path.name) from error
        pack, carried = other, files.get(guideline_path(data.guideline.id))
        if carried is not None and carried.present_size <= MAXIMUM_DATA:
            try:
                pack = load_pack(b"".join(bytes(piece) for piece in package.checked(carried)))
            except BrokenPack:
                pack = other
    said = Message(
        "cli.revisions.package",
        file=path.name,
        when=spoken_moment(plan.changed_at, language),
        head=plan.head[:12],
    )
    return State(plan, pack, said)
