"""What goes into the package, who initials and who signs it, in which order: by its own steps or by roles."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base import LocalText
from desktop.guideline.pack import Book, Pack, Role, SigningStep


def package_books(pack: Pack) -> tuple[Book, ...]:
    """The documents that go into the submission package, in order."""
    return tuple(book for book in pack.books if book.submitted and not book.per)


def package_signers(pack: Pack, book: Book) -> tuple[str, ...]:
    """The region's roles that sign a document; the other party of a memorandum signs when it has it."""
    others = {role.id for role in pack.roles if role.party != "region"}
    return tuple(role for role in dict.fromkeys(book.signers) if role not in others)


def sheet_signers(pack: Pack) -> tuple[str, ...]:
    """The roles that sign the approval sheet in the place of the documents they are asked to sign."""
    asked = {role for book in package_books(pack) for role in package_signers(pack, book)}
    return tuple(role.id for role in pack.roles if role.signs_by_sheet and role.id in asked)


def signing_steps(pack: Pack) -> tuple[SigningStep, ...]:
    """Every step in its order; a step is known by its place (1 = first) in what this answers.

    A guideline that says nothing of it asks for no initials: the roles that sign documents follow each
    other as they are listed, the head of region (the first role listed) last, then the role that closes.
    """
    return pack.signing or tuple(_usual(pack))


def _usual(pack: Pack) -> Iterator[SigningStep]:
    asked = {role for book in package_books(pack) for role in package_signers(pack, book)}
    listed = [role for role in pack.roles if role.id in asked]
    head = pack.roles[0].id if pack.roles else ""
    for role in sorted(listed, key=lambda one: one.id == head):
        yield SigningStep(id=role.id, kind="signature", role=role.id, label=role.label)
    closing = closing_role(pack)
    if closing is not None:
        yield SigningStep(id="closing", kind="closing", role=closing.id, label=closing.label)


def closing_role(pack: Pack) -> Role | None:
    """Who closes the package: whom the steps say, else the role marked for it, else the last one listed."""
    said = {step.role for step in pack.signing if step.kind == "closing"}
    for role in pack.roles:
        if role.id in said or (not said and role.closes_package):
            return role
    return pack.roles[-1] if pack.roles else None


def step_numbers(pack: Pack) -> dict[tuple[str, str], int]:
    """The place of each step by its kind and role (1 = first)."""
    return {(step.kind, step.role): number for number, step in enumerate(signing_steps(pack), 1)}


def initials_steps(pack: Pack) -> tuple[tuple[int, SigningStep], ...]:
    """The steps that are initials, each with its place among all steps."""
    return tuple(
        (number, step) for number, step in enumerate(signing_steps(pack), 1) if step.kind == "initials"
    )


def label_of(pack: Pack, role: str) -> LocalText:
    """What a role is called; one the guideline does not know by its id."""
    return next((each.label for each in pack.roles if each.id == role), LocalText({"id": role}))


def step_label(pack: Pack, step: str) -> LocalText:
    """What a step is called; one of another guideline by its id."""
    return next((each.label for each in signing_steps(pack) if each.id == step), LocalText({"id": step}))
