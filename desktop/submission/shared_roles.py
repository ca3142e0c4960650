"""One person who signed for several roles, and several who signed for one: what a package proves of that."""

from __future__ import annotations

from desktop.base import Message
from desktop.submission.judging import Judge
from desktop.submission.verdict import SignatureReport
from desktop.trust.certificate import grouped
from desktop.trust.person import same_person

MOST_SIGNERS = 500
"""Signatures compared with each other; a region has some ten officials."""


def note_shared(judge: Judge) -> None:
    """One person who signed for several roles, and several who signed for one."""
    _note_certificates(judge)
    _note_several_roles(judge)


def _note_certificates(judge: Judge) -> None:
    """Several certificates for one office, anywhere in the package: nobody can say which of them is meant.

    Whoever is called alike can sign first as well as last, so that neither makes the other one unasked; and
    the same official may have been given a new certificate meanwhile, so that it accuses nobody. Whoever is
    about to sign is told who has signed for that office before.
    """
    found: dict[str, dict[str, SignatureReport]] = {}
    for one in judge.reports:
        if one.asked and one.certificate and not one.test:
            found.setdefault(one.role, {}).setdefault(one.certificate, one)
    for role, (first, *others) in ((role, [*each.values()]) for role, each in found.items()):
        office = first.office or role
        for one in others:
            told = {"role": office, "holder": first.holder, "issuer": first.issuer}
            message = Message(
                "submission.note.two_for_one", other=one.holder, other_issuer=one.issuer, **told
            )
            judge.note(message)
        for one in (first, *others) if role == judge.coming[0] else ():
            who = {"holder": one.holder, "issuer": one.issuer, "sha256": short_number(one.certificate)}
            judge.note(Message("submission.sign.already", role=office, **who))


def short_number(certificate: str) -> str:
    """By what people tell two certificates of one name from each other."""
    return grouped(certificate[:16])


def _note_several_roles(judge: Judge) -> None:
    """One person who signed for several roles: the manifest's names may be that person's own work.

    Beyond so many people the same certificate or name is still seen, and that no more was asked is told.
    """
    people: list[tuple[SignatureReport, dict[str, str]]] = []
    roles_of: dict[str, dict[str, str]] = {}
    told = {(one.certificate, one.holder, one.role): one for one in judge.reports}
    for one in told.values():
        roles = roles_of.get(one.certificate) or roles_of.get(one.holder)
        if roles is None:
            alike = (held for known, held in people[:MOST_SIGNERS] if same_person(one.holder, known.holder))
            roles = next(alike, None) if len(people) <= MOST_SIGNERS else None
        if roles is None:
            roles = {}
            people.append((one, roles))
        roles.setdefault(one.role, one.office or one.role)
        roles_of[one.certificate] = roles_of[one.holder] = roles
    if len(people) > MOST_SIGNERS:
        judge.note(Message("submission.note.many_signers", most=MOST_SIGNERS))
    for known, roles in people:
        if len(roles) > 1:
            said = ", ".join(roles.values())
            judge.note(Message("submission.note.same_certificate", holder=known.holder, roles=said))
