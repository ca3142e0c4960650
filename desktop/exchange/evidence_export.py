"""Evidence as plain files called after what they prove, with an Excel index, size caps and ZIP parts.

``bukti/<item>_<agency>_<caption>.pdf``: one file for each item it supports, ready to be uploaded one by
one. What no upload would take (too large) and what is claimed without a file stand in the index too.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from desktop.base import Language, Message
from desktop.base.message import Param
from desktop.base.placing import make_folder, put, replacing
from desktop.base.speech import render, value_text
from desktop.base.written import place_of
from desktop.exchange.claims import Claimable, Unsupported, named, unsupported
from desktop.exchange.evidence_folders import safe_name
from desktop.exchange.evidence_index import Entry, write_index
from desktop.workspace.plan import EvidenceFile, Plan

if TYPE_CHECKING:
    from desktop.base.jobs import Report
    from desktop.guideline.pack import Pack
    from desktop.workspace import Workspace

FOLDER = "bukti"
PART = 16_000_000
"""Bytes of one ZIP part: what a chat application still takes."""
_OVERHEAD = 512
"""Bytes a ZIP needs for one entry besides its name (twice) and its content."""
_ITEM, _AGENCY, _CAPTION = 40, 16, 50
"""Letters of the three parts of a name: together with the folder well below what Windows takes."""
_BLANKS = re.compile(r"[^\w.-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Caps:
    """What is wanted: files up to ``file`` bytes (0 = any size), and ZIP parts of up to ``part`` bytes."""

    file: int = 0
    part: int = PART
    zipped: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the entries, the index, the ZIP parts, and what still has no evidence."""

    entries: tuple[Entry, ...]
    index: Path
    parts: tuple[Path, ...]
    missing: tuple[Unsupported, ...]

    @property
    def written(self) -> int:
        """How many files there are."""
        return sum(not entry.left_out for entry in self.entries)


def entries(plan: Plan, pack: Pack, language: Language, caps: Caps) -> tuple[Entry, ...]:
    """Every file under every item it supports, in the plan's order; what supports nothing comes last."""
    find = named(plan, pack)
    short = {agency.id: agency.short_name or agency.code for agency in plan.agencies}
    region = Message("exchange.evidence.region")
    loose = Message("exchange.evidence.loose")
    found: list[Entry] = []
    taken: set[str] = set()
    for number, file in enumerate(plan.evidence, 1):
        claims: dict[tuple[str, ...], Claimable] = {}
        for claim in file.claims:
            known = find(claim)
            if known is not None:
                claims.setdefault(
                    (known.place.table, known.place.row, value_text(known.where, language)), known
                )
        left_out = "absent" if not file.present else "large" if 0 < caps.file < file.size else ""
        for known in claims.values() or (None,):
            item: Param = (known.short or known.where) if known else loose
            agency = short.get(known.agency if known else "", "")
            parts = (item, agency or region, file.caption.read(language) or Path(file.name).stem)
            name = "" if left_out else _free(_called(parts, file, language), taken)
            where: Param = known.where if known else loose
            found.append(Entry(number, file, name, item, where, agency, 0, left_out))
    return tuple(sorted(found, key=lambda entry: (entry.where is loose, entry.number)))


def _called(parts: tuple[Param, ...], file: EvidenceFile, language: Language) -> str:
    ending = Path(file.name).suffix.lower()
    ending = ending if re.fullmatch(r"\.[a-z0-9]{1,5}", ending) else ""
    stem = "_".join(
        _plain(value_text(part, language), longest)
        for part, longest in zip(parts, (_ITEM, _AGENCY, _CAPTION), strict=True)
    )
    return safe_name(f"{stem}{ending}") if len(stem) <= _ITEM else f"{stem}{ending}"


def _plain(text: str, longest: int) -> str:
    """Letters, digits and hyphens alone: what every upload form, chat application and ZIP program takes."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = _BLANKS.sub("-", folded.replace("_", "-").replace(".", "-"))
    return re.sub("-+", "-", words)[:longest].strip("-") or "x"


def _free(name: str, taken: set[str]) -> str:
    """A name that is not taken, whatever the case: Windows holds them for one."""
    path = PurePosixPath(name)
    tried, number = name, 1
    while tried.casefold() in taken:
        number += 1
        tried = f"{path.stem}-{number}{path.suffix}"
    taken.add(tried.casefold())
    return tried


def in_parts(found: tuple[Entry, ...], limit: int) -> tuple[Entry, ...]:
    """The entries with the ZIP part each goes into; what no part can hold goes into none.

    First fit in order, so that what belongs together mostly stays together. Bytes are counted as if
    nothing could be compressed: photos and PDFs hardly can.
    """
    room: list[int] = []
    out: list[Entry] = []
    for entry in found:
        need = entry.file.size + _OVERHEAD + 2 * len(f"{FOLDER}/{entry.name}")
        if entry.left_out or need > limit - _OVERHEAD:
            out.append(entry)
            continue
        fits = next((place for place, left in enumerate(room) if left >= need), None)
        if fits is None:
            room.append(limit - _OVERHEAD)
            fits = len(room) - 1
        room[fits] -= need
        out.append(replace(entry, part=fits + 1))
    return tuple(out)


def export(report: Report, workspace: Workspace, target: Path, language: Language, caps: Caps) -> Exported:
    """Write everything below ``target``; files that lie there under the same names are written anew.

    Raises FileProblem, Cancelled, MissingBlob.
    """
    plan, pack = workspace.plan(), workspace.pack()
    found = entries(plan, pack, language, caps)
    if caps.zipped:
        found = in_parts(found, caps.part)
    # the index names the files as they are called, also where one had to give way
    found = tuple(
        replace(each, name=place_of(target / FOLDER / each.name).name) if _is_plain(each) else each
        for each in found
    )
    missing = unsupported(plan, pack)
    wanted = [entry for entry in found if not entry.left_out]
    for done, entry in enumerate(wanted):
        report(done, len(wanted), Message("exchange.evidence.saving", file=entry.name))
        if not entry.part:
            put(target / FOLDER / entry.name, workspace.evidence_bytes(entry.file.sha256))
    index = place_of(target / _index_name(language))
    put(index, write_index(plan, found, missing, language))
    parts = [
        _zip(report, workspace, target, number, found)
        for number in range(1, max((entry.part for entry in found), default=0) + 1)
    ]
    report(len(wanted), len(wanted), Message("exchange.evidence.saving", file=index.name))
    return Exported(found, index, tuple(parts), missing)


def _is_plain(entry: Entry) -> bool:
    """Whether it becomes a file of its own."""
    return not entry.left_out and not entry.part


def _index_name(language: Language) -> str:
    return f"{render(Message('exchange.evidence.index'), language)}.xlsx"


def _part_name(number: int) -> str:
    return f"{FOLDER}-{number:02d}.zip"


def export_names(plan: Plan, pack: Pack, language: Language, caps: Caps) -> tuple[str, ...]:
    """What :func:`export` writes, below its folder."""
    found = entries(plan, pack, language, caps)
    if caps.zipped:
        found = in_parts(found, caps.part)
    files = [f"{FOLDER}/{each.name}" for each in found if _is_plain(each)]
    last = max((each.part for each in found), default=0)
    return (*files, _index_name(language), *(_part_name(number) for number in range(1, last + 1)))


def export_files(
    report: Report, snapshot: Path, target: Path, language: str, caps: Caps
) -> tuple[int, int, int, int]:
    """The same over a snapshot, as a job: files written, left out, ZIP parts, claims without evidence."""
    from desktop.workspace import Workspace

    with Workspace.open(snapshot, read_only=True) as workspace:
        made = export(report, workspace, target, Language(language), caps)
    return made.written, len(made.entries) - made.written, len(made.parts), len(made.missing)


def _zip(report: Report, workspace: Workspace, target: Path, number: int, found: tuple[Entry, ...]) -> Path:
    place = place_of(target / _part_name(number))
    mine = [entry for entry in found if entry.part == number]
    make_folder(target)
    with replacing(place) as unfinished, zipfile.ZipFile(unfinished, "w", zipfile.ZIP_STORED) as archive:
        for done, entry in enumerate(mine):
            report(done, len(mine), Message("exchange.evidence.saving", file=place.name))
            archive.writestr(f"{FOLDER}/{entry.name}", workspace.evidence_bytes(entry.file.sha256))
    return place
