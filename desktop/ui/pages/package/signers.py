"""Who signs the package of the open document, and whose signatures a package holds."""

from __future__ import annotations

import re
from pathlib import Path

from desktop.base import LocalText, Message, clock
from desktop.ui.session import Session
from desktop.workspace.offices import by_role

CONTAINER = "*"
"""Stands for the role that signs the package as a whole."""


def signers(session: Session) -> list[tuple[str, LocalText | Message, str]]:
    """Who signs: role (or :data:`CONTAINER`), what they are called, and the person's name."""
    from desktop.guideline.lookup import package_books, package_signers
    from desktop.submission.assembling import container_signers

    plan, pack = session.plan, session.pack
    labels = {role.id: role.label for role in pack.roles}
    roles = dict.fromkeys(role for book in package_books(pack) for role in package_signers(pack, book))
    held = by_role(plan, roles, clock.now().date())
    people = {role: person.name for role, person in held.items()}
    listed: list[tuple[str, LocalText | Message, str]] = [
        (role, labels.get(role, LocalText({"id": role})), people.get(role, "")) for role in roles
    ]
    whole = Message("ui.package.whole")
    return listed + [(CONTAINER, whole, each.name) for each in container_signers(plan, pack)]


def closing_roles(session: Session) -> list[str]:
    """Whose signature closes the package."""
    from desktop.submission.assembling import container_signers

    return [each.role for each in container_signers(session.plan, session.pack)]


def same_person(person: str, holder: str) -> bool:
    """Whether two names can be one person's: titles and degrees may stand in one and not in the other."""
    one, other = (set(re.findall(r"[^\W\d_]+", name.casefold())) for name in (person, holder))
    return one <= other or other <= one


def signed_roles(package: Path) -> set[str]:
    """Whose signatures a package holds already, :data:`CONTAINER` for its own; none if it cannot be read.

    What they are worth is the verdict's to say.
    """
    from desktop.submission.standing import standing

    found = standing(package)
    if found is None:
        return set()
    return set(found.signed) | ({CONTAINER} if found.closed else set())
