"""How a pack is called on the command line, and what is said of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.base import Message
from desktop.base.quoting import bounded, bounded_each
from desktop.cli.arguments import Parser
from desktop.cli.console import Console

if TYPE_CHECKING:
    from desktop.guideline.loading import PackFile
    from desktop.guideline.provenance import Provenance
    from desktop.guideline.store import Available


def add_pack(parser: Parser, console: Console, name: str = "pack") -> None:
    """A pack at hand by id or id@version, a pack file, or a folder of its JSON files."""
    parser.add_argument(
        name,
        metavar=console.text(Message("cli.metavar.pack")),
        help=console.text(Message("cli.help.pack")),
    )


def signature_of(signed: Provenance) -> dict[str, Any]:
    """Who signed, as plain data."""
    return {
        "standing": signed.standing.value,
        "signed_by": signed.holder,
        "organisation": signed.organisation,
        "signed_at": signed.signed_at.isoformat() if signed.signed_at else None,
        "certificate_until": signed.until.isoformat() if signed.until else None,
    }


def hash_of(opened: PackFile) -> Message:
    """Which very pack it is, whoever signed it: whoever is to sign one holds it against what he was shown."""
    return Message("cli.guideline.hash", sha256=opened.sha256)


def data_of(one: Available, console: Console) -> dict[str, Any]:
    """A pack at hand as plain data."""
    return {
        "id": one.id,
        "version": one.version,
        "status": one.status,
        "title": dict(one.title.texts),
        "verified": one.verified,
        "bundled": one.bundled,
        **signature_of(one.provenance),
        "file": "" if one.bundled else one.path.name,
        "problem": console.text(one.problem) if one.problem else "",
    }


def line_of(one: Available) -> Message:
    """A pack at hand in a line: what it is called, its state, whose it is."""
    if one.problem is not None:
        return Message("cli.guideline.damaged", file=one.path.name, problem=one.problem)
    return Message(
        "cli.guideline.line",
        name=bounded(one.name),
        title=bounded_each(one.title),
        status=Message(f"guideline.status.{one.status}"),
        whose=one.provenance.message,
    )
