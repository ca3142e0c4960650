"""Where a paper of ours is to be written and something lies already: an earlier one of its kind, or not.

Only what is plainly ours, and as it was written, is replaced without asking; anything else needs ``--force``.
In the window the dialog for files has asked.
"""

from __future__ import annotations

import argparse
import html
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from desktop.base import Language, Message, archives, render
from desktop.base.errors import FileProblem
from desktop.base.ordinary import TooLarge, check_room, is_missing, open_ordinary, read_ordinary
from desktop.cli.arguments import Parser
from desktop.cli.console import Console

VERDICT = (Message("submission.report.title"),)
RECEIPT = (Message("submission.slip.ready"), Message("submission.slip.locked"))
PAST = (Message("books.past.title"),)
BROUGHT_BACK = (Message("books.merge.title"),)

_LARGEST = 64 << 20
"""Bytes; no report of ours has as many."""
_CORE = "docProps/core.xml"
_MOST = 1 << 16
_TOOL = re.compile(rb"<xmp:CreatorTool>Rancang [^<]{1,40}</xmp:CreatorTool>")
_SUBJECT = re.compile(
    rb'<dc:description>\s*<rdf:Alt>\s*<rdf:li xml:lang="x-default">([^<]{1,400})</rdf:li>|'
    rb"<dc:subject(?: [^<>]{1,200})?>([^<]{1,400})</dc:subject>"
)
_UNTOUCHED = b"<cp:revision>1</cp:revision>"
"""An office program counts on when it saves."""


class InTheWay(FileProblem):
    """Something lies there that is no paper of ours of this kind."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("cli.in_the_way", file=file))


def add_force(parser: Parser, console: Console) -> None:
    """``--force``: write over whatever file lies there."""
    parser.add_argument("--force", action="store_true", help=console.text(Message("cli.help.force")))


def keep_others(
    target: Path, options: argparse.Namespace, kinds: Iterable[Message] = (), heads: Iterable[bytes] = ()
) -> None:
    """Raise InTheWay where a file lies that is none of ours, unless ``--force`` was given; FileProblem.

    ``kinds``: the titles of papers that may be replaced; ``heads``: how tables begin that may be.
    """
    check_room(target)
    if not options.force and target.exists() and not _is_ours(target, tuple(kinds), tuple(heads)):
        raise InTheWay(str(target))


def _is_ours(target: Path, kinds: tuple[Message, ...], heads: tuple[bytes, ...]) -> bool:
    try:
        data = read_ordinary(target, _LARGEST)
    except TooLarge:
        return False
    except FileProblem as error:
        return is_missing(error)
    if not data or data.startswith(heads):
        return True
    if data.startswith(b"%PDF-"):
        # who writes notes into it or signs it appends to it
        about = data if data.count(b"startxref") == 1 and _TOOL.search(data) else b""
    else:
        about = _core(target)
    said = [(one or other).decode("utf-8", "replace") for one, other in _SUBJECT.findall(about)]
    wanted = {render(kind, language).casefold() for kind in kinds for language in Language}
    return len(said) == 1 and html.unescape(said[0]).casefold() in wanted


def _core(target: Path) -> bytes:
    """What a document or workbook says of itself, if no office program has saved it since."""
    try:
        with open_ordinary(target) as file, zipfile.ZipFile(file) as archive:
            said = archives.member(archive, _CORE, _MOST)
    except archives.DAMAGED:
        return b""
    return said if _UNTOUCHED in said else b""
