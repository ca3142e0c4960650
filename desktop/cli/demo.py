"""``rancang demo``: the whole job on the demo region, from an empty folder to a package that verifies."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError, clock
from desktop.base.errors import FileProblem
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.overwriting import add_force
from desktop.cli.verify import print_verdict
from desktop.workspace.offices import by_role

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack
    from desktop.trust import TestIdentity
    from desktop.workspace import Plan

PASSWORD = "uji"  # noqa: S105 - protects nothing: the demo's identity proves nothing
LANGUAGES = ("id", "en")


class FolderNotEmpty(RancangError):
    """The demo is made in a folder of its own."""

    def __init__(self, folder: str) -> None:
        super().__init__(Message("cli.demo.not_empty", folder=folder))


def add_arguments(parser: Parser, console: Console) -> None:
    """Where to."""
    add_force(parser, console)
    parser.add_argument(
        "folder",
        type=Path,
        metavar=console.text(Message("cli.metavar.folder")),
        help=console.text(Message("cli.help.demo")),
    )


def run(options: argparse.Namespace, console: Console) -> int:
    """Build, check, print, seal, sign, verify; say what was made and where."""
    from desktop import submission
    from desktop.books.printing import write_books
    from desktop.exchange.demo import build_demo
    from desktop.submission.assembling import container_signers, seal_workspace
    from desktop.trust import P12Key, load_anchors
    from desktop.workspace import Workspace

    folder: Path = options.folder
    prepare(folder)
    made = build_demo(console.progress, folder)
    console.note(Message("cli.demo.decisions"))
    for decided in made.decisions:
        told = Message(
            "cli.demo.decided", question=decided.question, answer=decided.answer, reason=decided.reason
        )
        console.record("decision", {"text": console.text(told)}, told)
    console.record(
        "workspace",
        {"file": str(made.path), "imported": made.imported, "examples": made.examples},
        Message("cli.demo.workspace", file=str(made.path), imported=made.imported, examples=made.examples),
    )
    with Workspace.open(made.path, read_only=True) as workspace:
        plan, pack = workspace.plan(), workspace.pack()
    mandatory = report_findings(plan, pack, console)
    for book in write_books(console.progress, made.path, folder / "books", LANGUAGES):
        console.record(
            "book",
            {"book": book.book, "language": book.language, "file": str(book.path), "pages": book.pages},
            Message("cli.books.written", file=str(book.path), n=book.pages),
        )
    package = folder / "paket.asice"
    sealed = seal_workspace(console.progress, made.path, package, LANGUAGES)
    console.record(
        "sealed",
        {"file": str(sealed.path), "id": sealed.id, "files": sealed.files},
        Message("cli.seal.done", file=str(sealed.path), n=sealed.files, id=sealed.id[:16]),
    )
    identity = make_identity(folder / "uji", plan, pack)
    console.record(
        "identity",
        {"folder": str(folder / "uji"), "root": str(identity.root), "password": PASSWORD},
        Message("cli.demo.identity", folder=str(folder / "uji"), password=PASSWORD),
    )
    from desktop.guideline.signing import package_books, package_signers

    anchors = load_anchors([identity.root])
    for role in dict.fromkeys(role for book in package_books(pack) for role in package_signers(pack, book)):
        key = P12Key(identity.signers[role].path, PASSWORD)
        submission.sign_pdfs(console.progress, package, package, key, role, anchors, clock.now())
    for signer in container_signers(plan, pack):
        key = P12Key(identity.signers[signer.role].path, PASSWORD)
        submission.sign_container(console.progress, package, package, key, signer.role, anchors, clock.now())
    console.record("signed", {"file": str(package)}, Message("cli.demo.signed", file=str(package)))
    verdict = submission.verify(package, anchors, clock.now())
    print_verdict(verdict, console)
    command = f"rancang verify {package} --trust {identity.root}"
    console.note(Message("cli.demo.try", command=command))
    return max(verdict.exit_code, 1 if mandatory else 0)


def prepare(folder: Path) -> None:
    """Make the folder. Raises FolderNotEmpty, FileProblem."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise FolderNotEmpty(str(folder))
    except OSError as error:
        raise FileProblem.from_os(error, str(folder)) from error


def report_findings(plan: Plan, pack: Pack, console: Console) -> int:
    """Say how many findings of each list are open; the mandatory ones by name. Returns their number."""
    from desktop.checks import check

    report = check(plan, pack)
    console.record(
        "check",
        {
            "mandatory": len(report.mandatory),
            "weak": len(report.weak),
            "hints": len(report.hints),
            "set_aside": len(report.set_aside),
        },
        Message(
            "cli.demo.checked",
            mandatory=len(report.mandatory),
            weak=len(report.weak),
            hints=len(report.hints),
            aside=len(report.set_aside),
        ),
    )
    for finding in report.mandatory:
        console.note(finding.message)
    return len(report.mandatory)


def make_identity(folder: Path, plan: Plan, pack: Pack) -> TestIdentity:
    """A test identity for every role that signs, with the demo's own people as holders."""
    from desktop.guideline.signing import package_books, package_signers
    from desktop.submission.assembling import container_signers
    from desktop.trust import make_test_identity

    roles = [role for book in package_books(pack) for role in package_signers(pack, book)]
    roles += [signer.role for signer in container_signers(plan, pack)]
    held = by_role(plan, roles, clock.today(plan.region.code))
    people = {role: person.name for role, person in held.items()}
    labels = {role.id: role.label.read("id") for role in pack.roles}
    names = {role: people.get(role, labels.get(role, role)) for role in dict.fromkeys(roles)}
    return make_test_identity(folder, names, PASSWORD, now=clock.now())
