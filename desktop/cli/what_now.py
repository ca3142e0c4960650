"""``rancang show --next``: what the page Home says: next steps, progress, packages, deadlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base import Message, clock
from desktop.base.speech import moment
from desktop.cli.console import Console

if TYPE_CHECKING:
    from desktop.checks import Part, PlanProgress
    from desktop.checks.next_steps import Sealed
    from desktop.submission.standing import Standing
    from desktop.workspace import Workspace
    from desktop.workspace.parcels import SealedPackage

AT_ONCE = 3
"""Steps for people; a program gets them all, in order."""


def show_next(workspace: Workspace, agency: str, console: Console) -> None:
    """Print the next steps, then how far everything is. Raises UnknownName for an agency nobody knows."""
    from desktop.checks import check
    from desktop.checks.next_steps import Viewpoint, next_steps
    from desktop.checks.progress import progress
    from desktop.cli.rows import Rows
    from desktop.submission.standing import same_package, standing

    plan, pack = workspace.plan(), workspace.pack()
    owner = Rows(plan).find("agency", agency) if agency else ""
    sealed_into = workspace.packages(limit=3)
    packages = [(each, same_package(standing(each.path), each.id)) for each in sealed_into]
    sealed = tuple(_sealed(package, found) for package, found in packages if found is not None)
    today = clock.today(plan.region.code)
    steps = next_steps(plan, pack, check(plan, pack), Viewpoint(today, owner, sealed))
    console.note(Message("cli.next.steps") if steps else Message("cli.next.none"))
    for number, step in enumerate(steps if console.as_json else steps[:AT_ONCE], 1):
        message, reason = console.text(step.message), console.text(step.reason)
        place = step.place
        console.record(
            "step",
            {
                "number": number,
                "step": step.kind,
                "text": message,
                "reason": reason,
                "message": step.message.to_json(),
                "page": step.page,
                "ref": step.ref,
                "place": {name: getattr(place, name) for name in _PLACE} if place else None,
            },
            [f"  {number}. {message}", f"     {reason}"],
        )
    _show_progress(workspace, progress(plan, pack), console)
    _show_missing(workspace, packages[0][1] if packages else None, console)
    for package, found in packages:
        _show_package(package, found, console)


_PLACE = ("table", "row", "field", "language", "item", "scope")


def _sealed(package: SealedPackage, found: Standing) -> Sealed:
    from desktop.checks.next_steps import Sealed

    return Sealed(package.path.name, package.outdated, found.awaited)


def _show_progress(workspace: Workspace, measured: PlanProgress, console: Console) -> None:
    from desktop.checks.progress import by_agency, by_chapter, by_person, by_stage

    plan, pack = workspace.plan(), workspace.pack()
    whole = Message(
        "cli.next.progress", percent=measured.percent, filled=measured.filled, required=measured.required
    )
    data = {"filled": measured.filled, "required": measured.required, "percent": measured.percent}
    console.record("progress", {"part": "", "ref": "", "title": "", **data}, whole)
    for title, parts in (
        (Message("cli.next.stages"), by_stage(measured, pack)),
        (Message("cli.next.chapters"), by_chapter(measured, pack)),
        (Message("cli.next.dimensions"), tuple(each for each in measured.parts if each.kind == "dimension")),
        (Message("cli.next.agencies"), by_agency(plan, pack)),
        (Message("cli.next.people"), by_person(plan, pack, measured)),
    ):
        if parts:
            console.note(title)
        for part in parts:
            _show_part(part, console)


def _show_part(part: Part, console: Console) -> None:
    title = part.title.read(console.language)
    data = {"filled": part.filled, "required": part.required, "percent": part.percent}
    console.record(
        "progress",
        {"part": part.kind, "ref": part.ref, "title": title, **data},
        f"  {part.percent:>3} %  {part.filled}/{part.required}  {title}",
    )


def _show_missing(workspace: Workspace, newest: Standing | None, console: Console) -> None:
    """Whose paraf or signature is awaited."""
    from desktop.base.speech import value_text
    from desktop.checks.initials import missing, parafs
    from desktop.exchange.initials import own_agency, within

    plan = workspace.plan()
    found = parafs(plan, workspace.pack(), clock.today(plan.region.code))
    lacking = missing(within(found, workspace.author, own_agency(workspace)))
    names = [value_text(each.message, console.language) for each in lacking]
    signers = [each for each in newest.signers if not each.done] if newest is not None else []
    turn = [each.called for each in newest.turn] if newest is not None else []
    console.record(
        "awaited",
        {
            "initials": [
                {"step": each.step.id, "agency": each.agency, "state": each.standing.value, "who": who}
                for each, who in zip(lacking, names, strict=True)
            ],
            "signatures": [each.role for each in signers],
            "turn": [each.role for each in newest.turn] if newest is not None else [],
        },
        _awaited(names, list(dict.fromkeys(each.called for each in signers)), turn),
    )


def _awaited(initials: list[str], signatures: list[str], turn: list[str]) -> Message:
    if initials and signatures:
        return Message(
            "cli.next.awaited.both", initials=", ".join(initials), signatures=", ".join(signatures),
            turn=", ".join(turn) or "-",
        )  # fmt: skip
    if initials:
        return Message("cli.next.awaited.initials", initials=", ".join(initials))
    if signatures:
        told = {"signatures": ", ".join(signatures), "turn": ", ".join(turn) or "-"}
        return Message("cli.next.awaited.signatures", **told)
    return Message("cli.next.awaited.nobody")


def _show_package(package: SealedPackage, found: Standing | None, console: Console) -> None:
    waiting = [each.name or each.office for each in found.waiting] if found else []
    if found is None:
        state = Message("cli.next.package.gone")
    elif package.changes is None:
        state = Message("cli.next.package.apart")
    elif package.outdated:
        state = Message("cli.next.package.outdated", n=package.changes)
    elif waiting:
        state = Message("cli.next.package.waiting", who=", ".join(dict.fromkeys(found.awaited)))
    else:
        state = Message("cli.next.package.signed")
    console.record(
        "package",
        {
            "file": str(package.path),
            "id": package.id,
            "at": package.at.isoformat(),
            "present": found is not None,
            "changes": package.changes,
            "waiting": waiting,
        },
        f"{package.path.name}  {moment(package.at, console.language)}  {console.text(state)}",
    )
