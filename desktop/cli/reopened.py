"""``rancang sign PACKAGE --reopen``: all closing signatures are taken out, and nobody signs anything."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError, clock
from desktop.cli.believing import believed
from desktop.cli.console import Console

if TYPE_CHECKING:
    from desktop.submission.replaced import Closings
    from desktop.submission.standing import Standing
    from desktop.trust import Anchors


_HALF = (
    "out_of_order", "other_holder", "document", "confirmed_by", "differences", "password_file",
    "key_id", "token_label",
)  # fmt: skip
"""What says nothing without a key or a PDF that came back."""


class NothingToReopen(RancangError):
    """--reopen stands beside what leaves the closing signatures as they are."""

    exit_code = 2

    def __init__(self, option: str) -> None:
        super().__init__(Message("cli.sign.reopen_idle", option=option))


class HalfACommand(RancangError):
    """--reopen stands beside what belongs to signing, and there is no key and nothing that came back."""

    exit_code = 2

    def __init__(self, options: Iterable[str]) -> None:
        super().__init__(Message("cli.sign.half", options=", ".join(options)))


def is_asked(options: argparse.Namespace) -> bool:
    """Whether --reopen stands alone: nothing is to be signed, brought back, exported or looked at.

    Raises HalfACommand, NothingToReopen.
    """
    for option in ("container", "export"):
        if options.reopen and getattr(options, option):
            raise NothingToReopen(f"--{option}")
    others = (options.role, options.container, options.export, options.returned, options.check)
    if not options.reopen or any((*others, options.p12, options.token)):
        return False
    half = [each for each in _HALF if getattr(options, each) not in (None, "", False)]
    half += ["tsa"] * (options.tsa is not None)
    if half:
        raise HalfACommand(f"--{each.replace('_', '-')}" for each in half)
    return True


def open_again(options: argparse.Namespace, target: Path, console: Console) -> int:
    """Tell which package it is and what is taken out of it, and write it without.

    Raises NotClosed, PackageUnusable, WouldBeRefused, FileProblem.
    """
    from desktop import submission
    from desktop.submission.replaced import closings, replaced
    from desktop.submission.resealing import state_of, usable
    from desktop.submission.signing import about_package

    anchors, now = believed(options), clock.now()
    with usable(options.package, crowded=True) as source:
        console.say(about_package(source.manifest))
        state, found = state_of(source), closings(source, anchors, now)
    _tell(found, anchors, console)
    given = (options.package, target, anchors, now)
    opened = submission.open_again(console.progress, *given, expected=state)
    console.record(
        "reopened",
        {
            "file": str(opened.path), "id": opened.id, "kept": str(opened.kept or ""),
            "replaces": opened.previous,
        },
        Message("cli.sign.reopened", file=str(opened.path), n=found.n),
    )  # fmt: skip
    console.say(replaced(opened.previous))
    if opened.kept is not None:
        console.note(Message("cli.package_kept", file=str(opened.kept)))
    return 0


def tell_doubted(found: Standing | None, anchors: Anchors, console: Console) -> None:
    """What comes of closing signatures that are not believed here, and how all of them are taken out."""
    if found is None or not _tell(found.closings, anchors, console):
        return
    worth = found.closings
    # of a computer that believes nobody it says nothing of a signature that it does not believe this one;
    # and nothing is taken out for a clock that is perhaps behind
    if worth.broken or (worth.doubted and (anchors.national or worth.believed)):
        console.say(Message("cli.sign.reopen_takes", n=found.closings.n))


def _tell(found: Closings, anchors: Anchors, console: Console) -> bool:
    """What speaks against them; whether anything does."""
    from desktop.submission.unbelieved import about_closings

    told = about_closings(found, anchors)
    for each in told:
        console.say(each)
    return bool(told)
