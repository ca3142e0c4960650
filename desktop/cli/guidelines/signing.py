"""``rancang guideline sign``: the issuer's signature over a pack, written inside its file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, clock
from desktop.base.placing import make_folder, replacing
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.guidelines.naming import signature_of
from desktop.cli.sign import add_key, key

if TYPE_CHECKING:
    import datetime as dt

    from desktop.guideline.loading import PackFile
    from desktop.trust.anchors import Anchors


def add_arguments(parser: Parser, console: Console) -> None:
    """The pack's file or folder, the key, and where the signed file lies."""
    file = console.text(Message("cli.metavar.file"))
    parser.add_argument(
        "file", type=Path, metavar=file, help=console.text(Message("cli.help.guideline_sign"))
    )
    parser.add_argument(
        "--output",
        type=Path,
        default=None,
        metavar=file,
        help=console.text(Message("cli.help.guideline_output")),
    )
    add_key(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the signed file. Raises BrokenPack, NoKey, KeyUnfit, FileProblem, what opening a key raises.

    What is signed is what was said before the key was asked for, and takes the place of that file alone.
    """
    from desktop.base.aside import Aside
    from desktop.guideline.container import SUFFIX
    from desktop.guideline.issuing import sign_pack, to_sign
    from desktop.guideline.loading import open_pack
    from desktop.guideline.provenance import provenance
    from desktop.submission.resealing import asked_about, untouched
    from desktop.trust import load_anchors

    source: Path = options.file
    target = options.output or (source if source.is_file() else source.with_name(f"{source.name}{SUFFIX}"))
    if target != source and target.exists():
        from desktop.cli.packages import in_the_way

        raise in_the_way(target)
    anchors, now, aside = load_anchors(options.trust), clock.now(), Aside()
    with asked_about(target):
        content = to_sign(source)
        # another issuer's signature may be the only one there is
        there = open_pack(target) if target.is_file() else None
        aside.wanted = there is not None and there.signature is not None
        console.say(_about(content))
        if there is not None and aside.wanted:
            goes = _signature_in(there, anchors, now)
            console.warn(Message("cli.guideline.signature_goes", signature=goes))
        make_folder(target.parent)
        signed, checks = sign_pack(content, key(options, console), anchors, now)
        with replacing(target, untouched(target), checked=True, aside=aside) as out:
            out.write(signed.file_bytes)
    for each in checks:
        if each.grade.value != "good":
            console.note(each.message)
    said = provenance(signed, anchors, now)
    console.record(
        "guideline-signed",
        {"file": str(target), "id": signed.pack.pack.id, "version": signed.pack.pack.version}
        | signature_of(said),
        Message("cli.guideline.signed", file=str(target), who=said.holder),
    )
    if aside.path is not None:
        console.note(Message("cli.package_kept", file=str(aside.path)))
    return 0


def _signature_in(there: PackFile, anchors: Anchors, now: dt.datetime) -> Message:
    from desktop.guideline.provenance import BrokenSignature, provenance

    try:
        return provenance(there, anchors, now).message
    except BrokenSignature as error:
        return error.message


def _about(content: PackFile) -> Message:
    """What is going to be signed, said before a password is."""
    info = content.pack.pack
    return Message(
        "cli.guideline.signs",
        name=f"{info.id}@{info.version}",
        title=info.title,
        status=Message(f"guideline.status.{info.status}"),
        sha256=content.sha256,
    )
