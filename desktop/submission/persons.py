"""Who signed, held against who was to sign: any believed certificate makes a sound signature."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from cryptography import x509

from desktop.base import LocalText, Message
from desktop.base.plain import plain, within_quotes
from desktop.guideline.pack import Pack
from desktop.submission.acting import in_full, office_alone
from desktop.submission.inside import strict
from desktop.submission.judging import Judge
from desktop.submission.manifest import MAXIMUM_TEXT, Expected, Manifest
from desktop.submission.refusal import Refused
from desktop.submission.signing_days import Days, day_there
from desktop.submission.verdict import SignatureReport
from desktop.trust.certificate import fingerprint, holder
from desktop.trust.person import same_person
from desktop.workspace.offices import ACTING, last_come, signed_office
from desktop.workspace.plan_data_form import Data, PersonPart
from desktop.workspace.value import Text

_WORD = re.compile(r"[^\W_]+")
_OR = re.compile(r"/|\b(?:or|atau)\b")


def check_person(expected: Expected | None, certificate: x509.Certificate, role: str, judge: Judge) -> None:
    """Note a signer who is not whom the package asks for. Raises :class:`Refused` for another certificate."""
    if expected is not None and expected.certificate and expected.certificate != fingerprint(certificate):
        raise Refused(Message("submission.signature.other_certificate", role=role))
    name = holder(certificate)
    if expected is None:
        judge.note(Message("submission.note.not_asked", holder=name, role=role))
    elif expected.name.strip() and not same_person(expected.name, name):
        judge.note(Message("submission.note.other_person", holder=name, person=expected.name, role=role))


def note_claims(expected: Expected | None, roles: tuple[str, ...], name: str, judge: Judge) -> None:
    """A signature may claim offices besides the one it is asked for; other readers show them all."""
    own = {expected.role, expected.office} if expected is not None else set(roles[:1])
    for role in roles:
        if role not in own:
            judge.note(Message("submission.note.not_asked", holder=name, role=role))


def mark_asked(manifest: Manifest, judge: Judge) -> None:
    """Which signatures the package asks for, of whom it names."""
    expected = {(path, one.role): one for path, one in _all_expected(manifest)}
    for place, report in enumerate(judge.reports):
        one = expected.get((report.file, report.role))
        if one is None or (one.name.strip() and not same_person(one.name, report.holder)):
            judge.reports[place] = replace(report, asked=False)


def mark_unasked(beyond: Iterable[tuple[str, Expected]], judge: Judge) -> None:
    """Whoever seals can ask for anybody: what the guideline does not ask for, the package does not."""
    found = {(path, one.role) for path, one in beyond}
    for place, report in enumerate(judge.reports):
        if (report.file, report.role) in found:
            judge.reports[place] = replace(report, asked=False)


def add_coming(manifest: Manifest, judge: Judge) -> None:
    """The signatures of whoever is about to sign, as they will be judged: of now, by whom the package asks.

    They alone make much noted, and whoever gives them has to be told before.
    """
    for path, one in tuple(_coming(manifest, judge)):
        note_early(manifest, judge.now, one.role, judge)
        if one.name.strip():
            judge.reports.append(
                SignatureReport(
                    path, one.role, one.name, "", "", "", judge.now, test=False, anchor="", timestamped=False,
                    office=one.office,
                )
            )  # fmt: skip


def _coming(manifest: Manifest, judge: Judge) -> Iterator[tuple[str, Expected]]:
    """For what somebody is about to sign, and as whom."""
    role, closing = judge.coming
    there = {(report.file, report.role) for report in judge.reports}
    for path, one in _all_expected(manifest):
        if one.role == role and bool(path) is not closing and (path, role) not in there:
            yield path, one


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
        if one is not None and not one.name.strip():
            judge.note(
                Message("submission.note.nobody_named", holder=report.holder, role=one.office or one.role)
            )
    for _, one in _coming(manifest, judge):
        judge.note(Message("submission.note.nobody_named", holder="\N{EN DASH}", role=one.office or one.role))


def note_named(
    manifest: Manifest, data: Data, day: dt.date | None, all_days: Sequence[Days], judge: Judge
) -> None:
    """Who is named, or signed, and whom the plan does not name for that day, or not alone.

    ``day`` is that of the documents, where it is known: by it sealing says whom to ask. ``all_days``: those
    on which each may have signed.
    """
    told_of: set[tuple[str, str]] = set()
    # first whoever the package asks for: anybody can lay a signature for the same office over a copy
    signed: dict[tuple[str, str], tuple[SignatureReport, Days]] = {}
    together = zip(judge.reports, all_days, strict=True)
    for one, days in sorted(together, key=lambda each: _is_meant(each[0], each[1], data), reverse=True):
        signed.setdefault((one.file, one.role), (one, days))
    plans = (day.isoformat() if day is not None else day_there(manifest.moment, manifest),)
    for path, expected in _all_expected(manifest):
        _, days = signed.get((path, expected.role), (None, plans))
        if not expected.name.strip():
            continue
        found, others = _stands(data, expected.role, expected.name, days)
        printed = _other_printed(data, expected.role, expected.name, day)
        if printed or not found:
            told_of.add((path, expected.role))
            names = printed or ", ".join(_names(data, expected.role, days)) or "\N{EN DASH}"
            told = {"person": expected.name, "role": expected.office or expected.role}
            judge.note(Message("submission.note.other_official", plan=names, **told))
        elif others and (path, expected.role) not in signed:
            _note_several(judge, expected.role, others)
    # Two names that are each within the manifest's need not be one person's: the plan is asked about both.
    for place, (report, days) in enumerate(zip(tuple(judge.reports), all_days, strict=True)):
        found, others = _stands(data, report.role, report.holder, days)
        if others:
            _note_several(judge, report.role, others)
        printed = _other_printed(data, report.role, report.holder, day)
        asked = printed or ("" if found else ", ".join(_names(data, report.role, days)))
        if asked:
            judge.reports[place] = replace(report, asked=False)
        further = _is_taken_for(report, signed[report.file, report.role][0])
        if asked and not further and (report.file, report.role) not in told_of:
            judge.note(
                Message("submission.note.other_person", holder=report.holder, person=asked, role=report.role)
            )


def _is_taken_for(report: SignatureReport, first: SignatureReport) -> bool:
    """Whether a sentence about this further signature for an office reads as one about whoever was asked."""
    is_real = first is not report and first.asked and not first.test
    return is_real and report.holder == first.holder  # of another name, however like it, it says whose it is


def _is_meant(report: SignatureReport, days: Sequence[str], data: Data) -> tuple[bool, bool, bool]:
    """In order: who is not asked, who is so by a signature for training, out of office, in it."""
    return report.asked, not report.test, _stands(data, report.role, report.holder, days)[0]


def _other_printed(data: Data, role: str, name: str, day: dt.date | None) -> str:
    """Whom documents of a day name for an office, where that is somebody else: one of all who are in it."""
    there = [one for one in data.people if day and one.role == role and is_there(one, day.isoformat())]
    printed = last_come(there)
    other = printed is not None and printed.name.strip() and not same_person(printed.name, name)
    return printed.name if printed is not None and other else ""


def _note_several(judge: Judge, role: str, names: Sequence[str]) -> None:
    judge.note(Message("submission.note.several_holders", role=role, names=", ".join(names[:2])))


def _stands(data: Data, role: str, name: str, days: Sequence[str]) -> tuple[bool, list[str]]:
    """Whether the plan names somebody for an office on one of these days, and who else has it on each.

    Somebody as documents read it, who else however it may be read.

    Nobody else counts where there is a day on which the office was theirs alone: it changes hands. Who only
    acts in it has it beside nobody; who holds it, beside other holders.
    """
    beside: list[str] = []
    for day in days:
        there = _in_office(data, role, day)
        mine = [one for one in there if same_person(one.name, name) and is_there(one, day)]
        if not mine:
            continue
        holding = [one for one in there if not one.acting]
        rivals = holding if any(not one.acting for one in mine) else there
        others = [one.name for one in rivals if not same_person(one.name, name)]
        if not others:
            return True, []
        beside = [mine[0].name, *others]
    return bool(beside), beside


def _names(data: Data, role: str, days: Sequence[str]) -> list[str]:
    found = (one.name for day in days for one in _in_office(data, role, day))
    return list(dict.fromkeys(found))[:3]


def _in_office(data: Data, role: str, day: str) -> list[PersonPart]:
    """Whom the plan names for an office on a day; what is no day neither begins nor ends a term."""
    return [
        one
        for one in data.people
        if one.role == role
        and one.name.strip()
        and (is_there(one, day) or (_day(one.since) or day) <= day <= (_day(one.until) or day))
    ]


def is_there(one: PersonPart, day: str) -> bool:
    """Whether a term is running, as documents read it, whatever stands there instead of a day."""
    return not (one.until and one.until < day) and not (one.since and one.since > day)


def _day(stated: str) -> str:
    try:
        return dt.date.fromisoformat(stated).isoformat()
    except ValueError:
        return ""


def note_offices(manifest: Manifest, pack: Pack, data: Data, day: dt.date | None, judge: Judge) -> None:
    """The office shown beside a signature is the sealer's word; it must be the one that documents print.

    Who only acts in it is shown as acting: neither the office alone nor nothing will do. How an office is
    held on another ``day`` than that of the documents says nothing of it; where that day is not known, any
    word of the guideline's or the plan's for it will do.
    """
    labels = {role.id: role.label for role in pack.roles}
    for _, expected in _all_expected(manifest):
        label = labels.get(expected.role, LocalText({}))
        known, unsaid = _words_for(expected, label, data, day)
        # as sealing cuts it
        said = {_flat(plain(one)[:MAXIMUM_TEXT]) for one in known}
        if unsaid:
            said |= {"", _flat(expected.role)}
        if _flat(expected.office) not in said or _is_of_another(expected.role, expected.office, pack):
            told = {
                "person": expected.name or expected.role,
                "office": expected.office.strip() or expected.role,
            }
            # the plan's own word may be the very one that is at fault
            own = label.read(data.workspace.source_language)
            better = filter(None, (*known, own, *label.texts.values()))
            fitting = (one for one in better if not _is_of_another(expected.role, one, pack))
            plan = next(fitting, known[0] if known else "\N{EN DASH}")
            judge.note(Message("submission.note.other_office", plan=plan, **told))


def _words_for(
    expected: Expected, label: LocalText, data: Data, day: dt.date | None
) -> tuple[tuple[str, ...], bool]:
    """What an office may be called, and whether nothing may be said: then it is called as the guideline does.

    Where the day of the documents is known, sealing writes what they print.
    """
    people = [one for one in data.people if one.role == expected.role]
    named = _named_then(people, expected.name, day)
    if day is None or not all(is_there(one, day.isoformat()) for one in named):
        known = tuple(_offices(tuple(label.texts.values()), named))
        return known, not named or not all(one.acting for one in named)
    language = data.workspace.source_language
    usual = label.read(language) or expected.role
    known = tuple(
        signed_office(one.acting, Text(one.office).read(language).strip() or usual)
        for one in named
        if not one.acting or one.acting in ACTING
    )
    return (known if named else (usual,)), False


def _named_then(people: Sequence[PersonPart], name: str, day: dt.date | None) -> Sequence[PersonPart]:
    """The rows of an office that say how it is called: the one that documents go by, where that is known.

    Whoever is not there on the day is told as such, and called as on other days.
    """
    if day is None:
        return _called(people, name) or people
    there = [one for one in people if is_there(one, day.isoformat())]
    chosen = last_come(_called(there, name)) or (None if _called(people, name) else last_come(there))
    return [chosen] if chosen is not None else _called(people, name)


def _called(people: Sequence[PersonPart], name: str) -> list[PersonPart]:
    return [one for one in people if same_person(one.name, name)]


def show_roles(pack: Pack, language: str, judge: Judge) -> None:
    """Before an office in the plan's words stands what the guideline calls the role, unless they begin so.

    Whatever else they say, no list of other offices has to be complete.
    """
    labels = {role.id: role.label for role in pack.roles}
    for place, report in enumerate(judge.reports):
        label = labels.get(report.role)
        if label is not None and not _begins(report.office, _called_so(label)):
            called = label.read(language)
            office = f"{called} ({report.office})" if report.office.strip() else called
            judge.reports[place] = replace(report, office=office)


def _is_of_another(role: str, worded: str, pack: Pack) -> bool:
    """Whether an office as the plan words it, and as it is shown, begins as another role is called.

    Whoever acts for somebody, or signs on his behalf, is called like him behind the word for that.
    """
    labels = {one.id: _called_so(one.label) for one in pack.roles}
    others = set().union(*labels.values()) - labels.get(role, set())
    return _begins(worded, others)


def _begins(worded: str, called: Iterable[tuple[str, ...]]) -> bool:
    """Whether an office begins with one of these, behind the words of who acts in it."""
    office = office_alone(_shown(worded))
    return any(part and office[: len(part)] == part for part in called)


def _called_so(label: LocalText) -> set[tuple[str, ...]]:
    """The words of a role's name: *Bupati/Wali Kota* names two offices."""
    return {_shown(part) for text in label.texts.values() for part in _OR.split(text)}


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


def _shown(office: str) -> tuple[str, ...]:
    """As a person sees it: without accents, in full; words alone, whatever stands between."""
    return in_full(_WORD.findall(_flat(within_quotes(office))))


def _flat(office: str) -> str:
    return " ".join(plain(office).split()).casefold()[:MAXIMUM_TEXT]


def _all_expected(manifest: Manifest) -> Iterator[tuple[str, Expected]]:
    """Each with the file it signs; empty for the package."""
    yield from (("", one) for one in manifest.signers)
    yield from ((file.path, one) for file in manifest.files for one in file.signers)
