"""Who signed, held against who was to sign: any believed certificate makes a sound signature."""

from __future__ import annotations

import datetime as dt

from cryptography import x509

from desktop.base import Message
from desktop.submission.inside import strict
from desktop.submission.judging import Judge
from desktop.submission.manifest import Expected, Manifest
from desktop.submission.refusal import Refused
from desktop.submission.verdict import SignatureReport
from desktop.trust.certificate import fingerprint, holder
from desktop.trust.person import same_person
from desktop.workspace.plan_data_form import Data

MOST_SIGNERS = 500
"""Signatures compared with each other; a region has some ten officials."""


def check_person(expected: Expected | None, certificate: x509.Certificate, role: str, judge: Judge) -> None:
    """Note a signer who is not whom the package asks for. Raises :class:`Refused` for another certificate."""
    if expected is not None and expected.certificate and expected.certificate != fingerprint(certificate):
        raise Refused(Message("submission.signature.other_certificate", role=role))
    name = holder(certificate)
    if expected is None:
        judge.note(Message("submission.note.not_asked", holder=name, role=role))
    elif expected.name and not same_person(expected.name, name):
        judge.note(Message("submission.note.other_person", holder=name, person=expected.name, role=role))


def note_claims(expected: Expected | None, roles: tuple[str, ...], name: str, judge: Judge) -> None:
    """A signature may claim offices besides the one it is asked for; other readers show them all."""
    own = {expected.role, expected.office} if expected is not None else set(roles[:1])
    for role in roles:
        if role not in own:
            judge.note(Message("submission.note.not_asked", holder=name, role=role))


def note_early(manifest: Manifest, moment: dt.datetime | None, role: str, judge: Judge) -> None:
    """Who claims to have signed before the plan was finished may have signed another package."""
    if moment is not None and moment < manifest.moment.replace(second=0):
        judge.note(Message("submission.note.before_sealing", role=role))


def note_unnamed(manifest: Manifest, judge: Judge) -> None:
    """Whoever signed for an office whose holder the package does not name.

    The officials of an example are nobody; since a sealer can call any plan so, that excuses only packages of
    the first days.
    """
    if "guideline:example" in manifest.notes and not strict(manifest, judge):
        return
    expected = {(file.path, one.role): one for file in manifest.files for one in file.signers}
    expected |= {("", one.role): one for one in manifest.signers}
    for report in judge.reports:
        one = expected.get((report.file, report.role))
        if one is not None and not one.name:
            judge.note(
                Message("submission.note.nobody_named", holder=report.holder, role=one.office or one.role)
            )


def note_shared(judge: Judge) -> None:
    """One person who signed for several roles: the manifest's names may be that person's own work."""
    people: list[tuple[SignatureReport, dict[str, str]]] = []
    told = {(one.certificate, one.holder, one.role): one for one in judge.reports}
    for one in list(told.values())[:MOST_SIGNERS]:
        for known, roles in people:
            if one.certificate == known.certificate or same_person(one.holder, known.holder):
                roles.setdefault(one.role, one.office or one.role)
                break
        else:
            people.append((one, {one.role: one.office or one.role}))
    for known, roles in people:
        if len(roles) > 1:
            said = ", ".join(roles.values())
            judge.note(Message("submission.note.same_certificate", holder=known.holder, roles=said))


def note_named(manifest: Manifest, data: Data, judge: Judge) -> None:
    """An official whom the manifest names and the plan's own list of people does not."""
    for expected in (*manifest.signers, *(one for file in manifest.files for one in file.signers)):
        names = [one.name for one in data.people if one.role == expected.role and one.name.strip()]
        if expected.name and not any(same_person(one, expected.name) for one in names):
            told = {"person": expected.name, "role": expected.office or expected.role}
            judge.note(
                Message("submission.note.other_official", plan=", ".join(names[:3]) or "\N{EN DASH}", **told)
            )
