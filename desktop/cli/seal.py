"""``rancang seal``: lock the documents into a package that nobody has signed yet."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError, clock
from desktop.cli.arguments import Parser
from desktop.cli.believing import add_trust
from desktop.cli.books import add_book_language
from desktop.cli.console import Console
from desktop.cli.opening import add_workspace, opened

if TYPE_CHECKING:
    from desktop.submission.sealing import Sealed
    from desktop.workspace import Workspace


class AlreadySigned(RancangError):
    """There is a signed package at the target; sealing over it would throw the signatures away."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("cli.already_signed", file=file))


def add_arguments(parser: Parser, console: Console) -> None:
    """The workspace, where to, and what it replaces."""
    add_workspace(parser, console)
    parser.add_argument(
        "package",
        type=Path,
        metavar=console.text(Message("cli.metavar.package")),
        help=console.text(Message("cli.help.seal_package")),
    )
    parser.add_argument(
        "--replaces",
        type=Path,
        default=None,
        metavar=console.text(Message("cli.metavar.package")),
        help=console.text(Message("cli.help.replaces")),
    )
    add_trust(parser, console)
    add_book_language(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Make the sealed package. Equal workspaces give equal bytes."""
    from desktop.checks.forewords import told
    from desktop.submission.assembling import seal_workspace
    from desktop.submission.resealing import asked_about
    from desktop.trust import load_anchors

    anchors = load_anchors(options.trust)
    with asked_about(options.package):
        _check_target(options, console)
        identity, doubts = _look_at_replaced(options, console)
        sealed = seal_workspace(
            console.progress,
            options.workspace,
            options.package,
            tuple(options.book_language),
            options.replaces,
            identity,
            anchors,
        )
        doubts += [sealed.doubt] if sealed.doubt is not None else []
    if not _remember(options, console, sealed):
        doubts.append(Message("cli.seal.not_noted", file=sealed.path.name))
    for doubt in doubts:
        console.warn(doubt)
    if options.replaces is None:
        console.note(Message("cli.seal.says_first"))
    with opened(options, console, read_only=True) as workspace:
        away = sum(not file.present for file in workspace.plan().evidence)
        lacking = _lacking(workspace, console)
        silent = told(workspace.plan(), workspace.pack())
    if away:
        console.warn(Message("cli.seal.without_evidence", n=away))
    console.record(
        "sealed",
        {
            "file": str(sealed.path),
            "id": sealed.id,
            "files": sealed.files,
            "size": sealed.size,
            "kept": str(sealed.kept or ""),
            "initials_missing": lacking,
        },
        Message("cli.seal.done", file=str(sealed.path), n=sealed.files, id=sealed.id[:16]),
    )
    if sealed.kept is not None:
        console.note(Message("cli.package_kept", file=str(sealed.kept)))
    if lacking:
        console.note(Message("cli.seal.without_initials", n=len(lacking), who=", ".join(lacking)))
    if silent is not None:
        console.note(silent)
    return 0


def _look_at_replaced(options: argparse.Namespace, console: Console) -> tuple[str, list[Message]]:
    """The id of what the package says that it replaces, if that can be read, and what to know of it."""
    from desktop.submission.standing import standing

    if options.replaces is None:
        return "", []  # told when it was sealed
    with opened(options, console, read_only=True) as own:
        found = standing(options.replaces)
        if found is None:
            return "", []  # told when it is named
        another = not own.locked_at(options.replaces) <= {found.id}
        return found.id, [Message("cli.seal.another", file=options.replaces.name)] * another


def _lacking(workspace: Workspace, console: Console) -> list[str]:
    """Whose paraf is missing, or was given before the plan changed; that never keeps anybody from sealing."""
    from desktop.base.speech import value_text
    from desktop.checks.initials import missing, parafs

    plan = workspace.plan()
    found = parafs(plan, workspace.pack(), clock.today(plan.region.code))
    return [value_text(each.message, console.language) for each in missing(found)]


def _remember(options: argparse.Namespace, console: Console, sealed: Sealed) -> bool:
    """Let the document know of its package; whether it does: not if it is open elsewhere or read only."""
    with contextlib.suppress(RancangError, OSError), opened(options, console) as workspace:
        workspace.remember_package(sealed.path, sealed.id, position=sealed.position)
        return True
    return False


def _check_target(options: argparse.Namespace, console: Console) -> None:
    """Only this document's own package, and unsigned, may be replaced. Raises AlreadySigned, FileProblem."""
    from desktop.cli.packages import in_the_way, manifest_of
    from desktop.submission.sealing import signatures_in

    target, workspace = options.package, options.workspace
    if not target.exists():
        return
    signatures = signatures_in(target) if target.is_file() else None
    if signatures is None or (workspace.exists() and target.samefile(workspace)):
        raise in_the_way(target)
    if signatures:
        raise AlreadySigned(str(target))
    with opened(options, console, read_only=True) as own:
        if manifest_of(target).workspace.id != own.id:
            raise in_the_way(target)
