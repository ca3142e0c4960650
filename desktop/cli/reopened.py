"""``rancang sign PACKAGE --reopen``: the closing signature is taken out, and nobody signs anything."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, clock
from desktop.cli.believing import believed
from desktop.cli.console import Console

if TYPE_CHECKING:
    from desktop.submission.standing import Standing
    from desktop.trust import Anchors


def is_asked(options: argparse.Namespace) -> bool:
    """Whether --reopen stands alone: nothing is to be signed, brought back, exported or looked at."""
    others = (options.role, options.container, options.export, options.returned, options.check)
    return bool(options.reopen) and not any((*others, options.p12, options.token))


def open_again(options: argparse.Namespace, target: Path, console: Console, state: str) -> int:
    """Write the package without it; ``state``: of the package that was told.

    Raises NotClosed, PackageUnusable, WouldBeRefused, FileProblem.
    """
    from desktop import submission

    given = (options.package, target, believed(options), clock.now())
    opened = submission.open_again(console.progress, *given, expected=state)
    console.record(
        "reopened",
        {"file": str(opened.path), "id": opened.id, "kept": str(opened.kept or "")},
        Message("cli.sign.reopened", file=str(opened.path)),
    )
    if opened.kept is not None:
        console.note(Message("cli.package_kept", file=str(opened.kept)))
    return 0


def tell_doubted(found: Standing | None, anchors: Anchors, console: Console) -> None:
    """What comes of a closing signature that is not believed here, and how it is taken out."""
    from desktop.submission.unbelieved import what_follows

    if found is not None and found.closed and not found.believed:
        console.note(Message("cli.sign.closing_doubted", follows=what_follows(anchors)))
