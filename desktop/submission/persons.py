"""Who signed, held against who was to sign: any believed certificate makes a sound signature."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cryptography import x509

from desktop.base import Message
from desktop.base.plain import plain
from desktop.guideline.pack import Pack
from desktop.submission.inside import strict
from desktop.submission.judging import Judge
from desktop.submission.manifest import MAXIMUM_TEXT, Expected, Manifest
from desktop.submission.refusal import Refused
from desktop.submission.verdict import SignatureReport
from desktop.trust.certificate import fingerprint, holder
from desktop.trust.person import same_person
from desktop.workspace.offices import ACTING, signed_office
from desktop.workspace.plan_data_form import Data, PersonPart

_EARLIER = 9
"""Hours by which clocks of eastern Indonesia are before those of a package (UTC)."""
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
    expected = {(path, one.role): one for path, one in _all_expected(manifest)}
    for report in judge.reports:
        one = expected.get((report.file, report.role))
        if one is not None and not one.name:
            judge.note(
                Message("submission.note.nobody_named", holder=report.holder, role=one.office or one.role)
            )


def note_shared(judge: Judge) -> None:
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


def note_named(manifest: Manifest, data: Data, judge: Judge) -> None:
    """An official whom the manifest names, or who signed, and the plan does not name for that day."""
    told_of: set[tuple[str, str]] = set()
    signed = {(report.file, report.role): _days(report, manifest) for report in judge.reports}
    plans = _around(manifest.moment, manifest.moment)
    for path, expected in _all_expected(manifest):
        names = [
            one.name for one in _in_office(data, expected.role, signed.get((path, expected.role), plans))
        ]
        if expected.name and not any(same_person(one, expected.name) for one in names):
            told_of.add((path, expected.role))
            told = {"person": expected.name, "role": expected.office or expected.role}
            judge.note(
                Message("submission.note.other_official", plan=", ".join(names[:3]) or "\N{EN DASH}", **told)
            )
    # Two names that are each within the manifest's need not be one person's: the plan is asked about both.
    for report in judge.reports:
        names = [one.name for one in _in_office(data, report.role, _days(report, manifest))]
        known = (report.file, report.role) in told_of or any(same_person(one, report.holder) for one in names)
        if names and not known:
            asked = ", ".join(names[:3])
            judge.note(
                Message("submission.note.other_person", holder=report.holder, person=asked, role=report.role)
            )


def _days(report: SignatureReport, manifest: Manifest) -> tuple[str, str]:
    """The day of a signature; days begin earlier in Indonesia than in the times of a package."""
    moment = report.proven_at or report.claimed_at or manifest.moment
    return _around(min(moment, report.claimed_at or moment), moment)


def _around(first: dt.datetime, last: dt.datetime) -> tuple[str, str]:
    return first.date().isoformat(), (last + dt.timedelta(hours=_EARLIER)).date().isoformat()


def _in_office(data: Data, role: str, days: tuple[str, str]) -> list[PersonPart]:
    """Whom the plan names for an office on one of these days; what is no day states nothing."""
    first, last = days
    return [
        one
        for one in data.people
        if one.role == role
        and one.name.strip()
        and (_day(one.since) or first) <= last
        and (_day(one.until) or last) >= first
    ]


def _day(stated: str) -> str:
    try:
        return dt.date.fromisoformat(stated).isoformat()
    except ValueError:
        return ""


def note_several(manifest: Manifest, data: Data, judge: Judge) -> None:
    """An office with several holders on the day of a signature: whoever of them signs is named by the plan.

    Who only acts in an office counts where somebody else holds it meanwhile and the acting one signed.
    """
    for role in dict.fromkeys(one.role for _, one in _all_expected(manifest)):
        signed = [one for one in judge.reports if one.role == role]
        days = {_days(one, manifest)[0] for one in signed} or {manifest.moment.date().isoformat()}
        for day in sorted(days):
            there = _in_office(data, role, (day, day))
            holding = [one for one in there if not one.acting]
            acting = [
                one
                for one in there
                if one.acting and any(same_person(one.name, each.holder) for each in signed)
            ]
            first = (holding or acting)[:1]
            other = [one for one in (*holding, *acting) if first and not same_person(one.name, first[0].name)]
            if other:
                names = f"{first[0].name}, {other[0].name}"
                judge.note(Message("submission.note.several_holders", role=role, names=names))


def note_offices(manifest: Manifest, pack: Pack, data: Data, judge: Judge) -> None:
    """The office shown beside a signature is the sealer's word; it must be the guideline's or the plan's.

    Who only acts in it is shown as acting: neither the office alone nor nothing will do.
    """
    labels = {role.id: tuple(role.label.texts.values()) for role in pack.roles}
    for _, expected in _all_expected(manifest):
        people = [one for one in data.people if one.role == expected.role]
        named = [one for one in people if same_person(one.name, expected.name)] or people
        known = tuple(_offices(labels.get(expected.role, ()), named))
        said = {_flat(one) for one in known}
        if not all(one.acting for one in named) or not named:
            said |= {"", _flat(expected.role)}
        if _flat(expected.office) not in said or _is_of_another(expected, pack):
            told = {
                "person": expected.name or expected.role,
                "office": expected.office.strip() or expected.role,
            }
            judge.note(
                Message("submission.note.other_office", plan=known[0] if known else "\N{EN DASH}", **told)
            )


def show_roles(pack: Pack, language: str, judge: Judge) -> None:
    """Beside an office in the plan's words stands what the guideline calls the role, unless they say it."""
    labels = {role.id: role.label for role in pack.roles}
    for place, report in enumerate(judge.reports):
        label = labels.get(report.role)
        parts = [part for text in label.texts.values() for part in _parts(_flat(text))] if label else []
        if label is not None and not any(
            re.search(rf"(?<!\w){re.escape(part)}(?!\w)", _flat(report.office)) for part in parts
        ):
            called = label.read(language)
            office = f"{called} ({report.office})" if report.office.strip() else called
            judge.reports[place] = replace(report, office=office)


def _is_of_another(expected: Expected, pack: Pack) -> bool:
    """Whether an office as the plan words it begins as another role of the guideline is called."""
    labels = {role.id: [_flat(text) for text in role.label.texts.values()] for role in pack.roles}
    own = {part for text in labels.pop(expected.role, ()) for part in _parts(text)}
    others = {part for texts in labels.values() for text in texts for part in _parts(text)} - own
    office = re.sub(r"^(?:plt|plh|pj)\.? ", "", _flat(expected.office))
    return any(re.match(re.escape(part) + r"(?!\w)", office) for part in others)


def _parts(label: str) -> list[str]:
    """*Bupati/Wali Kota* names two offices."""
    return [part.strip() for part in label.split("/") if part.strip()]


def _offices(labels: tuple[str, ...], people: Sequence[PersonPart]) -> Iterator[str]:
    """What an office may be called; who only acts in it never as who holds it.

    Nobody can act in an office in a way that nobody knows.
    """
    for one in people:
        for office in (*one.office.values(), *labels):
            if office.strip() and (not one.acting or one.acting in ACTING):
                yield signed_office(one.acting, office)
    if not people:
        yield from labels


def _flat(office: str) -> str:
    return " ".join(plain(office).split()).casefold()[:MAXIMUM_TEXT]


def _all_expected(manifest: Manifest) -> Iterator[tuple[str, Expected]]:
    """Each with the file it signs; empty for the package."""
    yield from (("", one) for one in manifest.signers)
    yield from ((file.path, one) for file in manifest.files for one in file.signers)
