"""What must be right about the signing steps of a pack: known offices, a sane order, one last step."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base import Message
from desktop.guideline.broken import Fault
from desktop.guideline.names import Names
from desktop.guideline.pack import Pack
from desktop.guideline.remarks import exists, fault
from desktop.guideline.signing import package_books, package_signers

_PLACE = {"initials": 0, "signature": 1, "closing": 2}


def signing_faults(pack: Pack, names: Names) -> Iterator[Fault]:
    """Offices are known and the region's, initials come first, the closing step last, nobody is left out."""
    if not pack.signing:
        return
    foreign = {role.id for role in pack.roles if role.party != "region"}
    reached, seen = 0, dict[tuple[str, str, str], str]()
    for index, step in enumerate(pack.signing):
        key = f"signing[{index}]"
        yield from exists(f"{key}.role", step.role, names.roles, Message("guideline.kind.role"))
        if step.role in foreign:
            problem = Message("guideline.problem.foreign_step", name=step.role)
            yield fault(f"{key}.role", problem, Message("guideline.remedy.foreign_step"))
        if _PLACE[step.kind] < reached:
            problem = Message("guideline.problem.step_order", name=step.id)
            yield fault(f"{key}.kind", problem, Message("guideline.remedy.step_order"))
        reached = max(reached, _PLACE[step.kind])
        if step.per and step.kind != "initials":
            problem = Message("guideline.problem.step_per", name=step.id)
            yield fault(f"{key}.per", problem, Message("guideline.remedy.step_per"))
        named = (step.kind, step.role, step.per)
        if named in seen:
            problem = Message("guideline.problem.step_twice", first=seen[named])
            yield fault(f"{key}.role", problem, Message("guideline.remedy.step_twice"))
        seen.setdefault(named, step.id)
    yield from _closing(pack)
    yield from _left_out(pack, {role for kind, role, _ in seen if kind == "signature"})


def _closing(pack: Pack) -> Iterator[Fault]:
    """Exactly one step closes, and the roles do not say another one does."""
    closing = [index for index, step in enumerate(pack.signing) if step.kind == "closing"]
    if len(closing) != 1:
        place = f"signing[{closing[1]}].kind" if closing else "signing"
        problem = Message("guideline.problem.one_closing", count=str(len(closing)))
        yield fault(place, problem, Message("guideline.remedy.one_closing"))
        return
    marked = [role.id for role in pack.roles if role.closes_package]
    if marked and pack.signing[closing[0]].role not in marked:
        problem = Message("guideline.problem.other_closing", name=marked[0])
        yield fault(f"signing[{closing[0]}].role", problem, Message("guideline.remedy.other_closing"))


def _left_out(pack: Pack, signing: set[str]) -> Iterator[Fault]:
    """Each office that signs a document of the package has its step, and each such step a document."""
    asked = {role for book in package_books(pack) for role in package_signers(pack, book)}
    for role in pack.roles:
        if role.id in asked - signing:
            problem = Message("guideline.problem.no_step", name=role.id)
            yield fault("signing", problem, Message("guideline.remedy.no_step"))
    for index, step in enumerate(pack.signing):
        if step.kind == "signature" and step.role not in asked:
            problem = Message("guideline.problem.step_signs_nothing", name=step.role)
            yield fault(f"signing[{index}].role", problem, Message("guideline.remedy.step_signs_nothing"))
