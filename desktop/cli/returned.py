"""``rancang sign PACKAGE --returned``: PDFs that were signed elsewhere are looked at, told, and put in."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError
from desktop.base.errors import FileProblem
from desktop.base.folders import files_below
from desktop.base.placing import put
from desktop.base.plain import plain, plain_part
from desktop.cli.arguments import Parser
from desktop.cli.believing import believed
from desktop.cli.console import Console
from desktop.submission.quoting import bounded, marked, path_said, quoted
from desktop.submission.signed import stamps_told

if TYPE_CHECKING:
    from desktop.submission import Came, Choice, Signed
    from desktop.submission.returning.returned import NewSignature

_TOLD = 10
"""Pages that are named before the rest is only counted."""
_LONG_NAME = 60
"""Characters of a name that stand in the name of a picture."""


class NoPdf(RancangError):
    """Among what was named there is no PDF."""

    def __init__(self) -> None:
        super().__init__(Message("cli.returned.none"))


class UnknownDocument(RancangError):
    """The document named is none of those that wait for a signature."""

    def __init__(self, document: str, known: Sequence[str]) -> None:
        waiting = ", ".join(map(marked, known)) or "-"
        super().__init__(Message("cli.unknown_document", document=document, known=waiting))


class WhichRole(RancangError):
    """It was not said for whom is signed, or nobody of that role signs this package."""

    def __init__(self, role: str, known: Mapping[str, str]) -> None:
        """``known``: the roles that sign, each with its office."""
        told = (
            f"{marked(each)} ({marked(office)})" if office else marked(each) for each, office in known.items()
        )
        roles = ", ".join(told) or "-"
        super().__init__(
            Message("cli.unknown_role", role=role, known=roles)
            if role
            else Message("cli.which_role", known=roles)
        )


def add_returned(parser: Parser, console: Console) -> None:
    """What is open about a PDF that came back: its document, who compared it, where to see the pages."""
    text = console.text
    parser.add_argument(
        "--document",
        default="",
        metavar=text(Message("cli.metavar.document")),
        help=text(Message("cli.help.document")),
    )
    parser.add_argument(
        "--confirmed-by",
        default="",
        metavar=text(Message("cli.metavar.name")),
        help=text(Message("cli.help.confirmed_by")),
    )
    parser.add_argument(
        "--differences",
        type=Path,
        default=None,
        metavar=text(Message("cli.metavar.folder")),
        help=text(Message("cli.help.pages_apart")),
    )


def bring_returned(options: argparse.Namespace, target: Path, console: Console) -> Signed:
    """Tell what each PDF is, and put all of them in, or none.

    Raises NoPdf, WhichRole, UnknownDocument, NotTheSameDocument, NeedsConfirmation, WhoSigned.
    """
    from desktop import submission

    _check_answers(options)
    pdfs = _pdfs(options.returned)
    anchors = believed(options)
    about = (options.document, options.role, anchors)
    came = submission.look_at(console.progress, options.package, pdfs, *about)
    for one in came:
        _tell(one, console)
        answer = one.comparison
        if one.document and (answer.pages or answer.confirm):
            if options.differences is not None:
                _draw(one, options, console)
            elif not options.confirmed_by.strip():
                console.note(Message("cli.returned.see_pages"), 4)
    choices = [_choice(one, options.confirmed_by.strip()) for one in came]
    report, reopen = console.progress, options.reopen
    return submission.bring_back(report, options.package, target, choices, anchors, reopen=reopen)


def _check_answers(options: argparse.Namespace) -> None:
    """Role and document, where they are named, are such as this package waits for."""
    from desktop.cli.packages import manifest_of

    files = [file for file in manifest_of(options.package).files if file.signers]
    roles = {one.role: one.office for file in files for one in file.signers}
    if options.role and options.role not in roles:
        raise WhichRole(options.role, roles)
    waiting = [file.path for file in files if any(file.field_of(one.role) is None for one in file.signers)]
    if options.document and options.document not in waiting:
        raise UnknownDocument(options.document, waiting)


def _pdfs(named: Sequence[Path]) -> list[Path]:
    """The PDFs named and those in folders named, without the sheets that went out with them."""
    from desktop.submission.elsewhere import COVER

    found: list[Path] = []
    for path in named:
        if path.is_dir():
            inside = sorted(one for one in files_below(path) if one.suffix.casefold() == ".pdf")
            found += [one for one in inside if one.name not in COVER.values()]
        else:
            found.append(path)
    if not found:
        raise NoPdf
    return found


def _tell(came: Came, console: Console) -> None:
    answer = came.comparison
    data = {
        "file": str(came.pdf),
        "document": came.document,
        "grade": answer.grade.value,
        "confirm": answer.confirm,
        "code": answer.code,
        "reason": console.text(answer.reason),
        "closed": came.closed is not None,
        "refused": came.told.refused is not None,
        "notes": [console.text(one) for one in came.notes],
        "signatures": [_signature(one, came, console) for one in answer.signatures],
        "pages": [
            {"page": one.page, "kind": one.kind.value, "text": console.text(one.message)}
            for one in answer.pages
        ],
    }
    document = path_said(came.document) if came.document else "-"
    console.record(
        "returned", data, Message("cli.returned.line", file=quoted(came.pdf.name), document=document)
    )
    console.line(f"    {console.text(answer.reason)}")
    if came.closed is not None:
        console.line(f"    {console.text(came.closed)}")
    for note in came.notes:
        console.line(f"    - {console.text(note)}")
    offices = {one.role: one.office for one in came.waiting}
    for one in answer.signatures:
        role = came.roles.get(one.field, "")
        issued, office = came.issued(one), bounded(offices.get(role) or role or "?")
        about = issued.said(one.issued_by)
        # what the program itself knows comes first: a name may say anything
        said = Message("cli.returned.signer", issued=about, holder=one.held_by, office=office)
        console.line(f"    - {plain(console.text(said))}")
        if issued.why is not None:
            console.line(f"      {plain(console.text(issued.why))}")
    for told in stamps_told(map(came.issued, answer.signatures)):
        console.line(f"    {console.text(told)}")
    for page in answer.pages[:_TOLD]:
        console.line(f"    - {console.text(page.message)}")
    if len(answer.pages) > _TOLD:
        console.line(f"    - {console.text(Message('cli.returned.more', n=len(answer.pages) - _TOLD))}")


def _signature(one: NewSignature, came: Came, console: Console) -> dict[str, str | bool]:
    issued = came.issued(one)
    return {
        "field": one.field,
        "holder": one.holder,
        "issuer": one.issuer,
        "known": issued.known.value,
        "why": "" if issued.why is None else console.text(issued.why),
        "role": came.roles.get(one.field, ""),
        "own_stamp": issued.own_stamp,
    }


def _draw(came: Came, options: argparse.Namespace, console: Console) -> None:
    """The pages that differ, as pictures of before and after.

    Of a file that was written anew and shows none that differs, those that the window shows: the first and
    those that people sign on.
    """
    from desktop import submission

    pages = came.comparison.pages
    folder: Path = options.differences
    try:
        folder.mkdir(parents=True, exist_ok=True)
        drawn = submission.draw_pairs(
            console.progress, options.package, came.document, came.pdf, pages, sha256=came.sha256
        )
        name = _free(folder, came)
        for pair in drawn:
            for side, picture in (("1", pair.before), ("2", pair.after)):
                if picture:
                    path = folder / f"{name}-{pair.page:03d}-{side}.png"
                    put(path, picture)
                    console.record(
                        "picture", {"file": str(path)}, Message("cli.sign.exported", file=str(path))
                    )
    except OSError as error:
        raise FileProblem.from_os(error, str(folder)) from error


def _free(folder: Path, came: Came) -> str:
    """How the pictures of one PDF begin: services give several documents back under one name.

    No picture that lies there is written over: somebody may have looked at it.
    """
    document = plain_part(Path(came.document).stem)[:_LONG_NAME]
    name, number = document, 1
    if document != came.pdf.stem:
        name = document = f"{document}-{came.pdf.stem[:_LONG_NAME]}"
    there = {each.name.casefold() for each in folder.iterdir()}
    while any(each.startswith(f"{name}-".casefold()) for each in there):
        number += 1
        name = f"{document} ({number})"
    return name


def _choice(came: Came, confirmed_by: str) -> Choice:
    from desktop import submission

    if came.comparison.grade.value == "different":
        raise submission.NotTheSameDocument(came.pdf.name, came.comparison.reason)
    return submission.Choice(came.pdf, came.document, came.roles, confirmed_by, came.sha256)
