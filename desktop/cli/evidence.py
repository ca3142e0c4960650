"""``rancang evidence``: list evidence files, add them with caption and claims, save them, take one out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError
from desktop.base.placing import put
from desktop.base.speech import file_size, value_text
from desktop.cli.arguments import Parser, whole_number
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened
from desktop.cli.overwriting import add_force
from desktop.cli.places import item_place
from desktop.cli.rows import UnknownName, short

if TYPE_CHECKING:
    from desktop.cli.writing import Writer
    from desktop.exchange.photos import Prepared
    from desktop.workspace import Workspace
    from desktop.workspace.operation import Operation


class NothingToClaim(RancangError):
    """Items were named, but neither files to add nor one that is here already."""

    def __init__(self) -> None:
        super().__init__(Message("cli.nothing_to_claim"))


def add_arguments(parser: Parser, console: Console) -> None:
    """Files to add, what they show, and which items they support."""
    add_force(parser, console)
    add_workspace(parser, console)
    text = console.text
    parser.add_argument(
        "files",
        nargs="*",
        default=[],
        type=Path,
        metavar=text(Message("cli.metavar.files")),
        help=text(Message("cli.help.evidence_files")),
    )
    caption = text(Message("cli.metavar.text"))
    parser.add_argument("--caption", default="", metavar=caption, help=text(Message("cli.help.caption")))
    parser.add_argument(
        "--caption-en", default="", metavar=caption, help=text(Message("cli.help.caption_en"))
    )
    parser.add_argument(
        "--for",
        dest="items",
        action="append",
        default=[],
        metavar=text(Message("cli.metavar.place")),
        help=text(Message("cli.help.for")),
    )
    parser.add_argument("--about", default="", metavar="ID", help=text(Message("cli.help.evidence_about")))
    _add_photo_arguments(parser, console)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--of", default="", metavar="ID", help=text(Message("cli.help.evidence_of")))
    which.add_argument("--delete", default="", metavar="ID", help=text(Message("cli.help.evidence_delete")))
    which.add_argument(
        "--save",
        type=Path,
        default=None,
        metavar=text(Message("cli.metavar.folder")),
        help=text(Message("cli.help.save")),
    )
    which.add_argument(
        "--save-folders",
        type=Path,
        default=None,
        metavar=text(Message("cli.metavar.folder")),
        help=text(Message("cli.help.save_folders")),
    )
    which.add_argument(
        "--export",
        type=Path,
        default=None,
        metavar=text(Message("cli.metavar.folder")),
        help=text(Message("cli.help.evidence_export")),
    )
    which.add_argument("--missing", action="store_true", help=text(Message("cli.help.evidence_missing")))
    _add_export_arguments(parser, console)
    add_author(parser, console)


def _add_export_arguments(parser: Parser, console: Console) -> None:
    """The days of a file, and how large what is exported may be."""
    text = console.text
    day = text(Message("cli.metavar.date"))
    parser.add_argument("--taken-on", default="", metavar=day, help=text(Message("cli.help.taken_on")))
    parser.add_argument("--valid-until", default="", metavar=day, help=text(Message("cli.help.valid_until")))
    parser.add_argument(
        "--max-file",
        type=whole_number(1),
        default=0,
        metavar="MB",
        help=text(Message("cli.help.max_file")),
    )
    parser.add_argument("--zip", action="store_true", help=text(Message("cli.help.evidence_zip")))
    parser.add_argument(
        "--part",
        type=whole_number(1),
        default=16,
        metavar="MB",
        help=text(Message("cli.help.evidence_part")),
    )


def _add_photo_arguments(parser: Parser, console: Console) -> None:
    """What shall happen to photos that are added."""
    from desktop.exchange.photos import EDGE

    text = console.text
    parser.add_argument(
        "--edge",
        type=whole_number(200),
        default=EDGE,
        metavar="N",
        help=text(Message("cli.help.edge", edge=str(EDGE))),
    )
    parser.add_argument("--keep-place", action="store_true", help=text(Message("cli.help.keep_place")))
    parser.add_argument("--original", action="store_true", help=text(Message("cli.help.original")))


def run(options: argparse.Namespace, console: Console) -> int:
    """One operation for all files given; then the list."""
    from desktop.cli.writing import Writer

    if options.items and not (options.files or options.of):
        raise NothingToClaim
    changes = bool(options.files or options.of or options.delete)
    with opened(options, console, read_only=not changes) as workspace:
        writer = Writer(workspace)
        if options.delete:
            with workspace.operation(Message("cli.label.evidence_delete")) as op:
                op.delete("evidence", _find(writer, options.delete))
        if options.of:
            row = _find(writer, options.of)
            with workspace.operation(Message("cli.label.evidence_claim")) as op:
                _describe(op, row, options, writer)
        if options.files:
            _add(workspace, writer, options, console)
        if options.missing:
            _missing(workspace, console)
        elif options.export is not None:
            _export(workspace, options, console)
        elif options.save_folders is not None:
            _save_folders(workspace, options.save_folders, console)
        else:
            _list(workspace, options.save, console)
    return 0


def _add(workspace: Workspace, writer: Writer, options: argparse.Namespace, console: Console) -> None:
    """Keep the files given; of what is here already only caption and claims are added."""
    from desktop.exchange.photos import Wishes, prepare

    wishes = Wishes(options.edge, place=options.keep_place, original=options.original)
    prepared = [prepare(path, wishes) for path in options.files]
    here = {file.sha256: file.id for file in writer.plan.evidence}
    with workspace.operation(Message("cli.label.evidence_add", n=len(prepared))) as op:
        for each in prepared:
            known = here.get(each.sha256)
            if known:
                console.warn(Message("exchange.evidence.twice", file=each.name))
            elif each.reduced and each.facts is not None:
                _tell_reduced(each, console)
            row = known or op.attach(
                each.data,
                name=each.name,
                media_type=each.media_type,
                caption=each.caption(),
                taken_on=each.taken_on,
            )
            here[each.sha256] = row
            _describe(op, row, options, writer)


def _tell_reduced(photo: Prepared, console: Console) -> None:
    before, after = (file_size(each, console.language) for each in (photo.size_before, photo.size))
    console.warn(Message("exchange.photo.reduced", file=photo.name, before=before, after=after))


def _save_folders(workspace: Workspace, folder: Path, console: Console) -> None:
    """Every file in a numbered folder for each part of the plan it supports."""
    from desktop.base.jobs import quiet
    from desktop.exchange.evidence_folders import write_folders

    for place, file in write_folders(quiet, workspace, folder, console.language):
        saved = {"id": file.id, "name": file.name, "sha256": file.sha256, "saved": str(place)}
        console.record("evidence", saved, str(place))


def _missing(workspace: Workspace, console: Console) -> None:
    """What is claimed without a file behind it, first where the guideline requires one."""
    from desktop.exchange.claims import unsupported

    for number, each in enumerate(unsupported(workspace.plan(), workspace.pack()), 1):
        place = each.claim.place
        wanted = Message(f"exchange.evidence.{'required' if each.required else 'optional'}")
        facts = {
            "number": number,
            "required": each.required,
            "table": place.table,
            "row": place.row,
            "item": place.item,
            "scope": place.scope,
        }
        said = " ".join(value_text(each.claim.where, console.language).split())
        console.record("missing_evidence", facts, f"{number:>3}  {console.text(wanted)}  {said}")


def _export(workspace: Workspace, options: argparse.Namespace, console: Console) -> None:
    """Files called after what they prove, an index, and ZIP parts where they are wanted."""
    from desktop.base.jobs import quiet
    from desktop.exchange.evidence_export import Caps, export

    caps = Caps(options.max_file * 1_000_000, options.part * 1_000_000, zipped=options.zip)
    made = export(quiet, workspace, options.export, console.language, caps)
    for entry in made.entries:
        facts = {
            "id": entry.file.id,
            "name": entry.file.name,
            "exported": entry.name,
            "part": entry.part,
            "left_out": entry.left_out,
        }
        if entry.left_out:
            size = file_size(entry.file.size, console.language)
            console.warn(Message(f"cli.evidence.left_out.{entry.left_out}", file=entry.file.name, size=size))
        console.record("evidence", facts, entry.name or f"({entry.file.name})")
    for part in made.parts:
        console.record("part", {"file": str(part), "size": part.stat().st_size}, str(part))
    console.record("index", {"file": str(made.index), "missing": len(made.missing)}, str(made.index))
    if made.missing:
        console.note(Message("cli.evidence.still_missing", n=len(made.missing)))


def _find(writer: Writer, wanted: str) -> str:
    """An evidence file by its number in the list, its id or its name. Raises UnknownName, SeveralRows."""
    if wanted.isascii() and wanted.isdecimal() and len(wanted) <= 5:
        files = writer.plan.evidence
        if not 1 <= int(wanted) <= len(files):
            raise UnknownName("evidence", wanted)
        return files[int(wanted) - 1].id
    return writer.rows.find("evidence", wanted)


def _describe(op: Operation, row: str, options: argparse.Namespace, writer: Writer) -> None:
    """Caption and claims of one file."""
    for language, text in (("id", options.caption), ("en", options.caption_en)):
        if text:
            op.write("evidence", row, "caption", language, text)
    for name, day in (("taken_on", options.taken_on), ("valid_until", options.valid_until)):
        if day:
            writer.put(op, "evidence", row, name, day)
    for item in options.items:
        op.claim(row, item_place(writer, item, options.about))


def _list(workspace: Workspace, folder: Path | None, console: Console) -> None:
    """Every file with what it supports; saved under its number when a folder is given."""
    from desktop.cli.naming import Names

    plan = workspace.plan()
    names = Names(plan, workspace.pack())
    for number, file in enumerate(plan.evidence, 1):
        saved = ""
        if folder is not None and file.present:
            saved = _save(folder, f"{number:03d} {file.called}", workspace.evidence_bytes(file.sha256))
        size = file_size(file.size, console.language)
        console.record(
            "evidence",
            {
                "number": number,
                "id": file.id,
                "name": file.name,
                "sha256": file.sha256,
                "size": file.size,
                "present": file.present,
                "caption": dict(file.caption.values),
                "items": [claim.item for claim in file.claims],
                **({"saved": saved} if folder is not None else {}),
            },
            f"{number:>3}  {short(file.id)}  {file.name}  {size}  {file.caption.read(console.language)}",
        )
        if not file.present:
            console.note(Message("cli.evidence.absent"), 6)
        for claim in file.claims:
            about = names.place(
                table=claim.table, row=claim.row, field=claim.field, item=claim.item, scope=claim.scope
            )
            console.note(Message("cli.evidence.supports", what=about), 6)


def _save(folder: Path, name: str, data: bytes) -> str:
    """Write one file under a name any computer can write; returns where. Raises FileProblem."""
    from desktop.submission.names import plain_name

    path = folder / plain_name(name)
    put(path, data)
    return str(path)
