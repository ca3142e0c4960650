"""A register as the desk sees it: one entry for each thing handed in, by region, with who follows whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import sqlalchemy as sa

from desktop.base import Message
from desktop.submission.plainly import plain
from desktop.submission.refusal import code_of
from desktop.submission.register import tables
from desktop.submission.register.by_the_desk import ACCEPTED, Asked, by_the_desk, region_names
from desktop.submission.register.entry import UNSIGNED, Basis, Entry
from desktop.submission.register.examine import Sort
from desktop.submission.register.file import RegisterUnusable, told
from desktop.submission.register.folders_here import read_at
from desktop.submission.register.guessing import guessed_region, speaks_of_others, surely_named
from desktop.submission.register.proofs import proven_files
from desktop.submission.register.reading import (
    Arrival,
    Read,
    Told,
    When,
    hashed,
    moment,
    problems,
    sound,
    told_when,
)
from desktop.submission.register.sorts import SENT
from desktop.submission.register.store import (
    BASIS,
    DUE,
    GUIDELINE,
    HERE,
    REPLACED,
    VANISHED,
    Register,
)
from desktop.submission.register.succession import settle
from desktop.submission.register.unknown_issuers import with_shared
from desktop.submission.register.waiting import ASK, TOO_LARGE, with_waiting
from desktop.submission.verdict import VerdictKind, Weight

_ATTACHED: Mapping[Sort, frozenset[str]] = {
    Sort.PDF: frozenset({".pdf"}),
    Sort.SIGNED_PDF: frozenset({".pdf"}),
    Sort.DOCUMENT: frozenset({".doc", ".docx", ".odt", ".rtf", ".ppt", ".pptx", ".odp"}),
    Sort.TABLE: frozenset({".xls", ".xlsx", ".xlsm", ".ods", ".csv", ".tsv", ".txt"}),
    Sort.PICTURE: frozenset(
        {".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".bmp", ".webp", ".heic", ".heif", ".avif"}
    ),
}
"""What may go with a package, and how it is called: in anything else (a saved mail, which has the marks of a
document that is attached to it) there may be another one, or nobody can say what there is."""
_NEVER_LOST = (Sort.PACKED, Sort.UNREADABLE)
"""What is told by itself of a folder of several sorts: it is, or may be, the package."""
_READ_ELSEWHERE = Message("submission.register.other_basis")
_STATES = (HERE, VANISHED, REPLACED)
_NAMED = 20
"""Files that go with a package and are named with it."""


_Made: TypeAlias = "Callable[[str, list[Any], tuple[str, str]], Entry]"
_Came: TypeAlias = Callable[[Any], str]


def entries(register: Register, region: str = "") -> tuple[Entry, ...]:
    """Everything that came in, by region (only one's with ``region``), and what was replaced and genuine.

    Raises RegisterUnusable.
    """
    try:
        return _entries(register, region)
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError) as error:
        # a register may come from anybody, and hold what ours never would
        raise RegisterUnusable(register.path.name, type(error).__name__) from error


def _entries(register: Register, region: str) -> tuple[Entry, ...]:
    due, guideline, basis = (register.setting(name) for name in (DUE, GUIDELINE, BASIS))
    newest = sa.select(tables.RUN.c.started).order_by(tables.RUN.c.id.desc()).limit(1)
    with told(register.path), register.engine.connect() as connection:
        rows = sorted(sound(connection, tables.FILE), key=lambda row: row.path)
        read, is_proven = Read(connection), proven_files(connection)
        looked = moment(str(connection.scalar(newest) or ""))
    if any(row.state not in _STATES for row in rows):
        raise ValueError("file.state")
    unread = frozenset(row.id for row in rows if not is_proven(row))
    when = told_when(rows, is_proven)
    rows, strange = read_at(rows, unread, register.path)
    files = [row for row in rows if row.state != REPLACED]
    odd = frozenset(row.unit for row in files if row.id in unread - strange and row.state == HERE)
    packages = list(_packages(rows, read, Asked(due, guideline, basis, looked), unread, odd, when))
    made, came = partial(_other, unread, when), partial(_came, read.arrivals, when)
    others = _others(files, packages, strange, made, came)
    settled = with_waiting(with_shared(settle(others)))
    ordered = sorted(settled, key=lambda one: (one.region or "~", not one.current, one.path))
    return tuple(one for one in ordered if not region or one.region == region)


def _packages(
    files: Iterable[Any], read: Read, asked: Asked, unread: frozenset[int], odd: frozenset[str], when: When
) -> Iterable[Entry]:
    """One entry for each package that was judged, wherever and however often it lies, or lay.

    Whoever can lay a file into the folder can lay another one in its place: a genuine package that has gone
    like that stays on record, as one that was deleted does. What nobody here read (``unread``: such files)
    may lie elsewhere, or something else may go with it (in ``odd`` places): that it was judged says nothing
    of either.
    """
    lying: dict[str, list[Any]] = {}
    came: dict[str, list[Any]] = {}
    for file in files:
        came.setdefault(file.path, []).append(file)
        if file.kind == Sort.PACKAGE and file.sha256:
            lying.setdefault(file.sha256, []).append(file)
        elif file.kind == Sort.PACKAGE and file.state != REPLACED:
            # what has no content was never read, and leaves no list for that
            yield _unread(file, when([file]))
    for sha256, places in lying.items():
        row = read.packages.get(sha256)
        here = next(each for state in _STATES
                    if (each := [one for one in places if one.state == state]))  # fmt: skip
        gone = here[0].state == REPLACED
        here.sort(key=lambda each: each.id in unread)
        if gone:
            here = ([each for each in here if each.id not in unread] or here)[-1:]
        if row is None or all(each.problem for each in here):
            if not gone:
                yield _unread(here[0], when(here[:1]))
            continue
        if not gone or row.verdict in {*ACCEPTED, VerdictKind.INCOMPLETE.value}:
            known = not any(each.id in unread or each.unit in odd for each in here)
            basis = asked.judged_like(row) if (proven := known and sha256 in read.proven) else None
            found = by_the_desk(replace(_entry(here, row, read), proven=proven), basis, asked)
            own = [each for each in came[here[0].path] if each.id not in unread]
            yield replace(found, replaced=_next(here[0], own)) if gone else found


def _next(gone: Any, at_its_place: Iterable[Any]) -> str:
    """When something else was found at its place, here."""
    later = (each for each in at_its_place if each.id > gone.id and each.sha256 != gone.sha256)
    found = min(later, key=lambda each: int(each.id), default=None)
    return moment(found.first_seen) if found is not None else ""


def _unread(file: Any, when: Arrival) -> Entry:
    """A package that changed while it was read, or is still to be judged."""
    said = problems([file]) or [Message("submission.register.not_yet")]
    reason = Told(Weight.MISSING.value, "register.not_yet", said[0])
    region, name = _suggested(file.root, file.path)
    return Entry(
        file.id, file.path, 1, Sort.PACKAGE, UNSIGNED, region, name,
        Basis.GUESSED if region else Basis.NONE, sha256=file.sha256,
        first_seen=when.here, first_said=when.said, came=when.run, reasons=(reason,),
        proven=bool(when.here), vanished=file.state == VANISHED,
    )  # fmt: skip


def _entry(places: list[Any], row: Any, read: Read) -> Entry:
    first, sha256 = places[0], row.sha256
    verdict = VerdictKind(row.verdict)
    region, name, basis = plain(row.region), plain(row.region_name), Basis.SIGNED
    # what a refused file says of its signers is not repeated under the region that it claims
    signers = () if verdict is VerdictKind.REFUSED else tuple(read.signers.get(sha256, ()))
    if not any(each.vouches for each in signers):
        # whoever has no key at all can seal a package of any region, one that lacks something too, and
        # whoever is certified close it
        basis = Basis.CLAIMED
    if not region:
        # whoever names a file decides for no package whose it is; a refused one counts for nobody anyway
        refused = verdict is VerdictKind.REFUSED
        region, name = _suggested(first.root, first.path) if refused else ("", name)
        basis = Basis.GUESSED if region else Basis.NONE
    when, name = read.arrivals.get(sha256, Arrival()), region_names().get(region) or name
    return Entry(
        first.id, first.path, 1, Sort.PACKAGE, verdict.value, region, name, basis,
        sha256=sha256, judged=verdict.value, package=hashed(row.package), previous=hashed(row.previous),
        created_at=moment(row.created_at), signed_at=moment(row.signed_at),
        fingerprint=hashed(row.fingerprint), first_seen=when.here, first_said=when.said, came=when.run,
        guideline=plain(row.guideline), guideline_version=plain(row.guideline_version),
        first_year=row.first_year, last_year=row.last_year,
        open_mandatory=row.open_mandatory, reasons=tuple(read.reasons.get(sha256, ())),
        signers=signers, plan=read.plan(sha256),
        vanished=all(each.state != HERE for each in places),
        copies=tuple(each.path for each in places[1:]),
    )  # fmt: skip


def _others(
    files: Collection[Any], packages: list[Entry], strange: frozenset[int], made: _Made, came: _Came
) -> Iterable[Entry]:
    """The packages with what goes with them, and what is no package: each file or folder that was handed in.

    What can be an attachment and lies beside a genuine package goes with it, as long as no name speaks of
    another region: in a province's own folder lie the things of many. What may be a day is a region's own
    folder as long as nothing in it is of another one; else each file is looked at as if it lay beside it.
    """
    elsewhere = _elsewhere(files, packages)
    genuine = {
        path: one for one in packages if not one.vanished and one.genuine for path in (one.path, *one.copies)
    }
    claimed = {
        path: region_names().get(one.region, "")
        for one in packages if one.basis is not Basis.GUESSED for path in (one.path, *one.copies)
    }  # fmt: skip
    units: dict[str, list[Any]] = {}
    beside: dict[str, dict[str, Entry]] = {}
    said: dict[str, set[str]] = {}
    looked = {file.unit for file in files if file.id not in strange}
    for file in files:
        # whatever others say it was handed in with
        apart = file.id in strange and file.unit in looked
        if not apart and file.path != file.unit:
            said.setdefault(file.unit, set()).update({Path(file.path).name, claimed.get(file.path, "")})
        if file.kind != Sort.PACKAGE:
            units.setdefault(file.path if apart else file.unit, []).append(file)
        elif (one := genuine.get(file.path)) is not None:
            beside.setdefault(file.unit, {}).setdefault(one.region, one)
    with_it: dict[int, list[Any]] = {}
    others: list[Entry] = []
    for unit, inside in units.items():
        here, root = beside.get(unit, {}), inside[0].root
        suggested = _suggested(root, unit, said.get(unit, ()))
        home, is_day = suggested[0], suggested != _suggested(root, unit)
        together: list[Any] = []
        for file in inside:
            # in a region's own folder a file may be called after whatever place it is about
            place = str(Path(unit).with_name(Path(file.path).name)) if is_day else file.path
            own = "" if home or file.path == unit else _suggested(root, place)[0]
            only = next(iter(here)) if len(here) == 1 else ""
            alone = not any(speaks_of_others(Path(each).name, only) for each in (unit, file.path))
            whose = home or own or (only if alone else "")
            # a copy is laid anywhere by anybody, and has other bytes where he likes
            goes = whose in here and (home == whose or here[whose].package not in elsewhere)
            if goes and _may_go_with_one(file):
                with_it.setdefault(here[whose].id, []).extend([file] * (file.state != VANISHED))
            elif own:
                others.append(_until(made(file.path, [file], _suggested(root, place)), [file], came))
            else:
                together.append(file)
        if together:
            others.append(_until(made(unit, together, suggested), together, came))
    return [*(_with(one, with_it.get(one.id, []), came) for one in packages), *others]


def _until(one: Entry, files: Sequence[Any], came: _Came) -> Entry:
    """With when the last of its files came: what is sent later into a folder is news of an old one, too."""
    here = [each for each in files if each.state != VANISHED] or files
    return replace(one, last_attached=max(map(came, here), default=""))


def _may_go_with_one(file: Any) -> bool:
    return Path(file.path).suffix.casefold() in _ATTACHED.get(Sort(file.kind), ())


def _came(arrivals: Mapping[str, Arrival], when: When, file: Any) -> str:
    """By which run of this computer's a file came, wherever it lay then; empty where none read it."""
    run = (arrivals.get(file.sha256) or when([file])).run
    return "" if run == Arrival().run else run


def _elsewhere(files: Iterable[Any], packages: Iterable[Entry]) -> frozenset[str]:
    """The sealed packages that came to several places, with whatever bytes, by their ids.

    What was moved lies in one. What nobody signed vouches for nothing, and takes no attachments from what is
    signed.
    """
    vouched = (one for one in packages if one.genuine or one.result == VerdictKind.REFUSED.value)
    sealed = {one.sha256: one.package for one in vouched}
    came = [file for file in files if file.kind == Sort.PACKAGE and file.sha256 in sealed]
    here = {file.sha256 for file in came if file.state == HERE}
    places: dict[str, set[str]] = {}
    for file in came:
        if file.state == HERE or file.sha256 not in here:
            places.setdefault(sealed[file.sha256], set()).add(file.unit)
    return frozenset(package for package, units in places.items() if len(units) > 1)


def _with(one: Entry, files: Sequence[Any], came: _Came) -> Entry:
    names = sorted(each.path for each in files)[:_NAMED]
    return replace(
        one, beside=len(files), attached=tuple(plain(Path(each).name) for each in names),
        last_attached=max(map(came, files), default=""),
    )  # fmt: skip


def _other(
    unread: frozenset[int], arrived: When, unit: str, inside: list[Any], suggested: tuple[str, str]
) -> Entry:
    here = [each for each in inside if each.state != VANISHED] or inside
    when = arrived(here)
    counts = Counter(each.kind for each in here)
    sort = Sort(next(iter(counts))) if len(counts) == 1 else Sort.FOLDER
    region, name = suggested
    otherwise = [_READ_ELSEWHERE] if any(each.id in unread for each in here) else []
    reasons = (
        *(_sent(each, here) for each in _NEVER_LOST if each in counts),
        *([] if sort in _NEVER_LOST else [_sent(sort, here)]),
        Told(Weight.MISSING.value, ASK, Message("submission.unsigned.ask")),
        *(Told(Weight.NOTE.value, code_of(each), each) for each in otherwise),
    )
    return Entry(
        here[0].id, unit, len(here), sort, UNSIGNED, region, name,
        Basis.GUESSED if region else Basis.NONE, first_seen=when.here, first_said=when.said, came=when.run,
        reasons=reasons, proven=bool(when.here), vanished=all(each.state == VANISHED for each in inside),
        papers=all(map(_may_go_with_one, here)),
        kinds=tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))),
    )  # fmt: skip


def _sent(sort: Sort, files: list[Any]) -> Told:
    """What was sent instead of a package, or what was in the way of reading it: first what may pass."""
    own = (each for each in files if (each.kind if each.kind in _NEVER_LOST else sort) == sort)
    told = sorted(problems(own), key=lambda each: each.id == TOO_LARGE)
    return Told(Weight.MISSING.value, code_of(SENT[sort]), told[0] if told else SENT[sort])


def _suggested(root: str, path: str, within: Iterable[str] = ()) -> tuple[str, str]:
    """Code and name of the region that a place's own names below the named folder speak of, or else it.

    ``within``: names of what lies there, which may speak against it.
    """
    place, below = Path(path), Path(root)
    names = place.relative_to(below).parts if place != below and below in place.parents else (place.name,)
    named = guessed_region(below.name) if below in place.parents and surely_named(below.name) else ""
    code = guessed_region(*names, within=within) or named
    return code, region_names().get(code, "")
