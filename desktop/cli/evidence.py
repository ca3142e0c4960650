"""``rancang evidence``: list evidence files, add one with its caption and claims, or take one out."""

from __future__ import annotations

import argparse
import mimetypes
from pathlib import Path

from desktop.base import Message
from desktop.base.errors import FileProblem
from desktop.base.speech import file_size
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened


def add_arguments(parser: Parser, console: Console) -> None:
    """Files to add, what they show, and which items they support."""
    add_workspace(parser, console)
    parser.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar=console.text(Message("cli.metavar.files")),
        help=console.text(Message("cli.help.evidence_files")),
    )
    parser.add_argument("--caption", default="", help=console.text(Message("cli.help.caption")))
    parser.add_argument("--caption-en", default="", help=console.text(Message("cli.help.caption_en")))
    parser.add_argument(
        "--for",
        dest="items",
        action="append",
        default=[],
        metavar="ITEM",
        help=console.text(Message("cli.help.for")),
    )
    parser.add_argument(
        "--save",
        type=Path,
        default=None,
        metavar=console.text(Message("cli.metavar.folder")),
        help=console.text(Message("cli.help.save")),
    )
    parser.add_argument("--delete", default="", metavar="ID", help=console.text(Message("cli.help.delete")))
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """One operation for all files given."""
    from desktop.workspace import Place

    with opened(options, read_only=not (options.files or options.delete)) as workspace:
        if options.delete:
            with workspace.operation(Message("cli.label.evidence_delete")) as op:
                op.delete("evidence", options.delete)
        if options.files:
            caption = {"id": options.caption, "en": options.caption_en}
            with workspace.operation(Message("cli.label.evidence_add", n=len(options.files))) as op:
                for path in options.files:
                    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
                    row = op.attach(
                        path, name=path.name, media_type=kind, caption={k: t for k, t in caption.items() if t}
                    )
                    for item in options.items:
                        op.claim(row, Place("answer", item=item))
        for number, file in enumerate(workspace.plan().evidence, 1):
            size = file_size(file.size, console.language)
            console.record(
                "evidence",
                {
                    "id": file.id,
                    "name": file.name,
                    "sha256": file.sha256,
                    "size": file.size,
                    "items": [claim.item for claim in file.claims],
                },
                f"{number:>3}  {file.id}  {file.name}  {size}  {file.sha256[:12]}",
            )
            if options.save and file.present:
                _save(options.save, f"{number:03d} {file.name}", workspace.evidence_bytes(file.sha256))
    return 0


def _save(folder: Path, name: str, data: bytes) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / Path(name).name).write_bytes(data)
    except OSError as error:
        raise FileProblem.from_os(error, name) from error
