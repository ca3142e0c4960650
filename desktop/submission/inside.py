"""What lies inside a package, held against what its manifest says: the plan's data and their guideline.

Whoever seals writes the manifest, and it is what reports and registers show. Fingerprint, books and sheet
are about the data. So both have to speak of one plan, and the manifest may claim no more of it than is there.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from pathlib import PureWindowsPath

import msgspec

from desktop.base import Language, Message, RancangError
from desktop.base.canonical import canonical
from desktop.base.plain import plain
from desktop.guideline.pack import Pack
from desktop.submission.called import guideline_said
from desktop.submission.doubled import doubled
from desktop.submission.file_of_guideline import holds_nothing_else
from desktop.submission.fingerprint import APPROVAL, guideline_path, is_document
from desktop.submission.frame.container import OpenPackage
from desktop.submission.judging import Judge
from desktop.submission.manifest import GUIDELINE_NOTES, Manifest, guideline_notes
from desktop.submission.names import plain_name
from desktop.submission.refusal import Refused
from desktop.workspace.plan_data_form import FORMAT, VERSION, Data
from desktop.workspace.plan_data_form import NAME as DATA_NAME
from desktop.workspace.regions import region_named

MAXIMUM_DATA = MAXIMUM_GUIDELINE = 32 << 20
"""Bytes; a plan of 300 programmes has about 2 MB of data, bundled guidelines less than one."""

STRICT_SINCE = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
"""What was made and signed before this day may hold no plan at all: packages were sealed of whatever was
given. They are judged as they were then; who claims that day later is bound by what a timestamp proves."""

_UNREADABLE = (msgspec.MsgspecError, ValueError, TypeError, RecursionError)


def check_data(package: OpenPackage, judge: Judge) -> tuple[Data | None, bool]:
    """The plan inside, if it can be read; what is missing is told.

    And whether it may lack its guideline: of the first days, with data that are but a head. Raises
    :class:`Refused` where it is not the plan that the manifest speaks of.
    """
    file = next((one for one in package.manifest.files if one.path == DATA_NAME), None)
    small = file is not None and file.role == "data" and file.present_size <= MAXIMUM_DATA
    raw = package.read(DATA_NAME) if small else b""
    try:
        said = json.loads(raw)
        same = canonical(said) == raw
    except _UNREADABLE:
        said, same = None, True
    if not same:
        # A key twice, or numbers written otherwise: two readers could read two plans.
        raise Refused(Message("submission.data.not_canonical"))
    data = _read(raw)
    if strict(package.manifest, judge) or region_named(package.manifest.region.code) is None:
        # of no region it is odd on any day: nobody could seal that with a program of ours
        _note_region(package.manifest, data, judge)
    if data is not None:
        if doubled(data) and strict(package.manifest, judge):
            raise Refused(Message("submission.data.not_canonical"))
        for what, cover, found in _differing(package.manifest, data):
            raise Refused(Message("submission.data.differs", what=what, cover=cover, data=found))
        if data.workspace.example:
            judge.note(Message("submission.note.plan_example"))
        _note_evidence(package.manifest, data, judge)
        if _only_said_to_be_old(package.manifest, judge):
            judge.note(Message("submission.note.old_rules", since=STRICT_SINCE.date()))
        return data, False
    version = said.get("version") if isinstance(said, dict) and said.get("format") == FORMAT else None
    if isinstance(version, int) and version > VERSION:
        # anybody can write a number; of what this program cannot read nothing was asked
        judge.missing(Message("submission.missing.data_newer", version=str(version)))
    elif said == {"format": FORMAT} and not strict(package.manifest, judge):
        if _only_said_to_be_old(package.manifest, judge):
            judge.note(Message("submission.note.no_plan"))
        return None, True
    else:
        judge.missing(Message("submission.missing.data"))
    return None, False


def readable_data(package: OpenPackage) -> Data | None:
    """The plan inside, if it can be read; nothing is said of it."""
    file = next((one for one in package.manifest.files if one.path == DATA_NAME), None)
    return None if file is None or file.present_size > MAXIMUM_DATA else _read(package.read(DATA_NAME))


def readable_inside(package: OpenPackage) -> tuple[Data | None, Pack | None]:
    """The plan and its guideline, as far as they can be read; nothing is said of them."""
    data = readable_data(package)
    if data is None:
        return None, None
    entry = package.entries.get(guideline_path(package.manifest.guideline.id))
    small = entry is not None and entry.size <= MAXIMUM_GUIDELINE
    pack = read_pack(package.read(entry.name)) if entry is not None and small else None
    return data, pack


def _note_evidence(manifest: Manifest, data: Data, judge: Judge) -> None:
    """What is approved is the content of evidence, not its name; the plan says what each piece is called."""
    names: dict[str, list[tuple[int, str]]] = {}
    # documents speak of each piece by its number
    for number, one in enumerate(data.evidence, 1):
        # a computer with other signs between folders took the name apart otherwise
        ends = (plain_name(one.name), plain_name(PureWindowsPath(one.name).name))
        names.setdefault(one.sha256, []).extend((number, end) for end in ends)
    placed = strict(manifest, judge)
    frame = {DATA_NAME, guideline_path(manifest.guideline.id)}
    for file in manifest.files:
        known = tuple(names.get(file.sha256, ()))
        own = file.path in frame or file.role == APPROVAL or is_document(file)
        # whatever it is said to be, what lies beside documents is evidence, under its name, at its place
        evidence = file.role == "evidence"
        called = evidence and _is_called(file.path, known, placed=placed)
        if known and not called and (evidence or (placed and not own)):
            number, name = known[0]
            laid = f"{number:03d}-{name}" if placed else name
            judge.note(Message("submission.note.evidence_name", file=file.path, name=laid))
        elif placed and not own and not known:
            judge.note(Message("submission.note.evidence_unlisted", file=file.path))
    inside = {file.sha256 for file in manifest.files if file.role == "evidence"}
    absent = [plain(one.name)[:100] for one in data.evidence if one.sha256 not in inside]
    if absent:
        # whoever reads the plan or a register takes for proven what nobody can look at
        some = ", ".join(absent[:3])
        judge.note(Message("submission.note.evidence_absent", n=len(absent), files=some))


def _is_called(path: str, names: tuple[tuple[int, str], ...], *, placed: bool) -> bool:
    """Whether evidence bears a name that the plan gives it; ``placed``: with its number, where we lay it."""
    if not placed:
        return path.endswith(tuple(f"-{name}" for _, name in names))
    return path in {f"evidence/{number:03d}-{name}" for number, name in names}


def _note_region(manifest: Manifest, data: Data | None, judge: Judge) -> None:
    """People read the name of a region and its province, which documents print; programs its code."""
    from desktop.workspace.region import regions

    said = (manifest.region.name, *((data.region.kind, data.region.province) if data is not None else ()))
    known = regions().get(manifest.region.code)
    listed = (known.name, known.kind, known.province)[: len(said)] if known is not None else ("-",)
    if said != listed:
        # the name alone where that is what is at fault
        many = len(said) if said[0] == listed[0] else 1
        names = {"name": ", ".join(said[:many]), "known": ", ".join(listed[:many])}
        code = manifest.region.code or "-"
        judge.note(Message("submission.note.other_region", code=code, **names))


def _read(raw: bytes) -> Data | None:
    if not raw:
        return None
    from desktop.workspace.plan_data import read_data

    try:
        data = read_data(raw)
    except _UNREADABLE:
        return None
    # Nobody could say which documents are the signed ones where the plan's language is none.
    return data if data.workspace.source_language in set(Language) else None


def strict(manifest: Manifest, judge: Judge) -> bool:
    """Whether a package was made or signed since more is asked of its content.

    Whoever is about to sign it will have signed it now, and so will whoever signs what nobody has signed yet.
    """
    judge.turns(STRICT_SINCE)
    told = [one.proven_at or one.claimed_at for one in judge.reports]
    told += [judge.now] if judge.ahead or not judge.reports else []
    return any(moment is None or moment >= STRICT_SINCE for moment in (manifest.moment, *told))


def _only_said_to_be_old(manifest: Manifest, judge: Judge) -> bool:
    """Whether less is asked of a package by nobody's proof: anybody can write an earlier day."""
    unproven = not all(one.proven_at for one in judge.reports)
    return unproven and judge.now >= STRICT_SINCE and not strict(manifest, judge)


def _differing(manifest: Manifest, data: Data) -> Iterator[tuple[Message, str, str]]:
    """What the cover says otherwise than the plan: what it is about, and both words."""
    region, period, guideline = manifest.region, manifest.period, manifest.guideline
    path = guideline_path(guideline.id)
    inside = next((one.sha256 for one in manifest.files if one.path == path), data.guideline.sha256)
    own = data.workspace
    for what, cover, found in (
        (
            Message("submission.data.region"),
            (region.code, region.name),
            (data.region.code, data.region.name),
        ),
        (
            Message("submission.data.period"),
            (str(period.first_year), str(period.last_year)),
            (str(data.plan.first_year), str(data.plan.last_year)),
        ),
        (
            Message("submission.data.guideline"),
            (guideline.id, guideline.version, inside),
            (data.guideline.id, data.guideline.version, data.guideline.sha256),
        ),
        (
            Message("submission.data.workspace"),
            (manifest.workspace.id, manifest.workspace.head, manifest.created_at),
            (own.id, own.head, own.changed_at),
        ),
    ):
        if cover != found:
            yield what, " ".join(cover), " ".join(found)


def check_guideline(package: OpenPackage, judge: Judge, *, may_lack: bool) -> Pack | None:
    """The guideline inside, if it can be read; one that is not there, or not in force, is told."""
    manifest = package.manifest
    about = guideline_said(manifest.guideline.id, manifest.guideline.version)
    entry = package.entries.get(guideline_path(manifest.guideline.id))
    if entry is None:
        if not may_lack:
            judge.missing(Message("submission.missing.guideline", guideline=about))
        _note_state(manifest, "", judge)
        return None
    raw = package.read(entry.name) if entry.size <= MAXIMUM_GUIDELINE else b""
    pack = read_pack(raw)
    info = pack.pack if pack is not None else None
    if pack is not None and strict(manifest, judge) and not holds_nothing_else(raw):
        judge.note(Message("submission.note.guideline_more", guideline=about))
    if info is None or (info.id, info.version) != (manifest.guideline.id, manifest.guideline.version):
        judge.note(Message("submission.note.guideline_unread", guideline=about))
        pack, info = None, None
    _note_state(manifest, info.status if info is not None else "", judge)
    return pack


def _note_state(manifest: Manifest, status: str, judge: Judge) -> None:
    """A plan by a guideline that is not in force is genuine all the same; the reader must know.

    Both words count: the manifest's, which is the sealer's, and the guideline's own.
    """
    about = guideline_said(manifest.guideline.id, manifest.guideline.version)
    said = {
        "draft": Message("submission.note.guideline_draft", guideline=about),
        "superseded": Message("submission.note.guideline_superseded", guideline=about),
        "example": Message("submission.note.guideline_example", guideline=about),
    }
    for state in GUIDELINE_NOTES:
        if f"guideline:{state}" in (*manifest.notes, *guideline_notes(status)):
            judge.note(said[state])


_packs: dict[bytes, Pack] = {}
_MOST_PACKS, _ORDINARY_PACK = 4, 2 << 20


def read_pack(data: bytes) -> Pack | None:
    """The guideline in these bytes; None for what is none.

    Hundreds of packages bring the same one: the last few of an ordinary size are kept, by hash.
    """
    from desktop.guideline.loading import load_pack

    name = hashlib.sha256(data).digest()
    if name not in _packs:
        try:
            pack = load_pack(data)
        except RancangError:
            return None
        if len(data) > _ORDINARY_PACK:
            return pack
        if len(_packs) >= _MOST_PACKS:
            del _packs[next(iter(_packs))]
        _packs[name] = pack
    return _packs[name]
