"""Who signs the package of the open document, and whose signatures a package holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base import LocalText, Message, clock
from desktop.guideline.signing import label_of, step_numbers
from desktop.ui.session import Session
from desktop.workspace.offices import as_signed, by_role
from desktop.workspace.plan import Person

if TYPE_CHECKING:
    from desktop.submission.standing import Standing

CONTAINER = "*"
"""Stands for the role that signs the package as a whole."""


def signers(session: Session) -> list[tuple[str, LocalText | Message, str]]:
    """Who signs, in the guideline's order: role (or :data:`CONTAINER`), what they are called, their name."""
    from desktop.guideline.signing import package_books, package_signers
    from desktop.submission.assembling import container_signers

    plan, pack = session.plan, session.pack
    order = step_numbers(pack)
    roles = dict.fromkeys(role for book in package_books(pack) for role in package_signers(pack, book))
    held = by_role(plan, roles, clock.today(plan.region.code))
    listed: list[tuple[str, LocalText | Message, str]] = [
        (role, _office(label_of(pack, role), held.get(role)), held[role].name if role in held else "")
        for role in sorted(roles, key=lambda one: order.get(("signature", one), 0))
    ]
    whole = Message("ui.package.whole")
    return listed + [(CONTAINER, whole, each.name) for each in container_signers(plan, pack)]


def _office(label: LocalText, person: Person | None) -> LocalText:
    """What a role is called while somebody only acts in it: *Plt. Bupati*."""
    if person is None or not person.acting:
        return label
    return LocalText({language: as_signed(person, text) for language, text in label.texts.items()})


def step_of(session: Session, role: str) -> int:
    """The place of a signature in the guideline's order (1 = first); 0 where it has none."""
    order = step_numbers(session.pack)
    if role == CONTAINER:
        return next((number for (kind, _), number in order.items() if kind == "closing"), 0)
    return order.get(("signature", role), 0)


def closing_roles(session: Session) -> list[str]:
    """Whose signature closes the package."""
    from desktop.submission.assembling import container_signers

    return [each.role for each in container_signers(session.plan, session.pack)]


def signed_roles(found: Standing | None) -> set[str]:
    """Whose signatures a package holds already, :data:`CONTAINER` for its own; none if it cannot be read.

    What they are worth is the verdict's to say.
    """
    if found is None:
        return set()
    closing = [each for each in found.signers if each.closes]
    closed = all(each.done for each in closing) if closing else found.closed
    return set(found.signed) | ({CONTAINER} if closed else set())
