"""All evidence as plain numbered folders: one for each part of the plan it supports, and a list of it all."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, LocalText, Message
from desktop.base.message import Param
from desktop.base.placing import put
from desktop.base.plain import plain
from desktop.base.speech import render, value_text
from desktop.base.spreadsheets import in_csv
from desktop.base.written import place_of
from desktop.checks.spots import called
from desktop.exchange.claims import Claimable, named
from desktop.guideline.lookup import Guideline
from desktop.workspace.plan import EvidenceFile, Plan

if TYPE_CHECKING:
    from desktop.base.jobs import Report
    from desktop.guideline.pack import Pack
    from desktop.workspace import Workspace

LIST = "daftar.csv"
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_LONGEST = 60
"""Letters of a name: Windows still stumbles over paths of more than 260 in all."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder to be written: its name, and the files in it with their numbers."""

    name: str
    files: tuple[tuple[int, EvidenceFile], ...]


def folders(plan: Plan, pack: Pack, language: Language) -> tuple[Folder, ...]:
    """What goes where: the parts in the order of the guideline; what supports nothing yet comes last."""
    guide = Guideline(pack)
    known = named(plan, pack)
    parts: dict[str, dict[int, EvidenceFile]] = {}
    order = {title: place for place, title in enumerate(_titles(pack, language))}
    loose = render(Message("exchange.evidence.loose"), language)
    for number, file in enumerate(plan.evidence, 1):
        titles = {_part(known(claim), guide, plan, language) for claim in file.claims} - {""}
        for title in titles or {loose}:
            parts.setdefault(title, {})[number] = file
    last = len(order)
    ranked = sorted(parts, key=lambda title: (title == loose, order.get(title, last), title))
    return tuple(
        Folder(f"{place:02d} {safe_name(title)}", tuple(sorted(parts[title].items())))
        for place, title in enumerate(ranked, 1)
    )


def _titles(pack: Pack, language: Language) -> Iterator[str]:
    for stage in pack.stages:
        for page in stage.pages:
            titles = {form.id: form.title for form in pack.forms}
            titles |= {sheet.id: sheet.title for sheet in pack.worksheets}
            yield titles.get(page.ref, LocalText()).read(language) or render(
                Message("exchange.evidence.programmes"), language
            )


def _part(claim: Claimable | None, guide: Guideline, plan: Plan, language: Language) -> str:
    """The part of the plan a claim stands in, as its folder is called."""
    if claim is None:
        return ""
    part: Param
    if claim.programme:
        programme = next((each for each in plan.programmes if each.id == claim.programme), None)
        title: Param = called(programme.title) if programme else ""
        part = Message("exchange.evidence.programme", programme=title)
    else:
        holder = guide.form(claim.page.ref) or guide.worksheet(claim.page.ref)
        part = holder.title if holder is not None else claim.where
    return " ".join(value_text(part, language).split())


def safe_name(name: str) -> str:
    """A name that Windows, a stick and a chat application take; letters stay as they are."""
    kept = " ".join(_FORBIDDEN.sub(" ", plain(name)).split())
    stem, dot, ending = kept.rpartition(".")
    if not dot or len(ending) > 5:
        stem, dot, ending = kept, "", ""
    stem = stem[:_LONGEST].strip(" .") or "berkas"
    return f"_{stem}{dot}{ending}" if _DEVICES.match(stem) else f"{stem}{dot}{ending}"


def write_folders(
    report: Report, workspace: Workspace, target: Path, language: Language
) -> tuple[tuple[Path, EvidenceFile], ...]:
    """Write every file that is here, and a list that a spreadsheet opens; returns what was written.

    Raises FileProblem, Cancelled.
    """
    plan, pack = workspace.plan(), workspace.pack()
    wanted = folders(plan, pack, language)
    total = sum(len(folder.files) for folder in wanted)
    written: list[tuple[Path, EvidenceFile]] = []
    for folder in wanted:
        for number, file in folder.files:
            report(len(written), total, Message("exchange.evidence.saving", file=file.name))
            if file.present:
                place = place_of(target / _place(folder, number, file))
                put(place, workspace.evidence_bytes(file.sha256))
                written.append((place, file))
    put(place_of(target / LIST), _list(plan, pack, written, target, language))
    return tuple(written)


def _place(folder: Folder, number: int, file: EvidenceFile) -> str:
    return f"{folder.name}/{number:03d} {safe_name(file.name)}"


def folder_names(plan: Plan, pack: Pack, language: Language) -> tuple[str, ...]:
    """What :func:`write_folders` writes, below its folder."""
    files = [
        _place(folder, number, file)
        for folder in folders(plan, pack, language)
        for number, file in folder.files
        if file.present
    ]
    return (*files, LIST)


def save_folders(report: Report, snapshot: Path, target: Path, language: str) -> int:
    """The same over a snapshot, as a job; returns how many files were written."""
    from desktop.workspace import Workspace

    with Workspace.open(snapshot, read_only=True) as workspace:
        return len(write_folders(report, workspace, target, Language(language)))


def _list(
    plan: Plan, pack: Pack, written: list[tuple[Path, EvidenceFile]], target: Path, language: Language
) -> bytes:
    """The list: number, folder and name, what it shows, what it supports, its fingerprint."""
    known = named(plan, pack)
    out = io.StringIO()
    table = csv.writer(out, delimiter=";" if language is Language.ID else ",")
    heads = ("number", "file", "caption", "supports", "sha256")
    table.writerow([render(Message(f"exchange.evidence.head.{head}"), language) for head in heads])
    for place, file in written:
        supports = [value_text(found.where, language) for claim in file.claims if (found := known(claim))]
        cells = (
            place.name[:3], place.relative_to(target).as_posix(), file.caption.read(language),
            "; ".join(supports), file.sha256,
        )  # fmt: skip
        table.writerow(map(in_csv, cells))
    return out.getvalue().encode("utf-8-sig")
