"""How far the signing of a package is, told line by line: parafs, signatures in their order, who goes now."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import LocalText, Message
from desktop.base.message import Param
from desktop.cli.console import Console
from desktop.cli.reopened import tell_doubted

if TYPE_CHECKING:
    from desktop.submission.manifest import Initials
    from desktop.submission.standing import Signer, Standing
    from desktop.trust import Anchors

WAYS = {
    "p12": Message("submission.way.p12"),
    "token": Message("submission.way.token"),
    "elsewhere": Message("submission.way.elsewhere"),
}
"""How a signature came about, in words."""


def tell_standing(package: Path, console: Console, anchors: Anchors | None = None) -> int:
    """Print it; 1 while a signature is missing, and which, or one is refused by whomever one believes.

    ``anchors`` as for :func:`standing`.

    Raises PackageUnusable, FileProblem.
    """
    from desktop.cli.packages import manifest_of
    from desktop.submission.standing import standing
    from desktop.trust import load_anchors

    believed = load_anchors() if anchors is None else anchors
    found = standing(package, anchors=believed)
    if found is None:
        manifest_of(package)  # says why it cannot be read
        return 1
    for noted in found.initials:
        _tell_initials(noted, console)
    if found.initials:
        console.note(Message("checks.initials.own_record"))
    for each in found.signers:
        _tell_signer(each, found, console)
    tell_doubted(found, believed, console)
    turn = found.turn
    if turn:
        console.note(Message("cli.sign.turn", who=", ".join(each.called for each in turn)))
    else:
        console.note(Message("cli.sign.complete"))
    if not found.waiting:
        return 1 if found.closings.broken or found.closings.early else 0
    left: Counter[str] = Counter()
    for each in found.signers:
        if not each.done:
            left[each.called] += 1 if each.closes else len(each.waiting)
    who = ", ".join(f"{called} ({n})" if n > 1 else called for called, n in left.items())
    console.note(Message("cli.sign.missing", n=left.total(), who=who))
    return 1


def _tell_initials(noted: Initials, console: Console) -> None:
    from desktop.checks.initials import Standing as Paraf
    from desktop.checks.initials import standing_name
    from desktop.submission.quoting import marked

    told: dict[str, Param] = {
        "number": str(noted.step), "who": marked(noted.label), "state": standing_name(Paraf(noted.state)),
        "name": marked(noted.name) if noted.name else "-",
    }  # fmt: skip
    line = Message("cli.sign.initials", **told)
    if noted.date:
        line = Message("cli.sign.initials_at", **told, day=dt.date.fromisoformat(noted.date))
    record = {name: getattr(noted, name) for name in ("step", "label", "state", "name", "office", "date")}
    console.record("initials", record, line)


def _tell_signer(each: Signer, found: Standing, console: Console) -> None:
    from desktop.submission.quoting import marked

    before = found.before(each.role, closing=each.closes)
    named = ", ".join(map(marked, dict.fromkeys(filter(None, (each.name, each.office)))))
    named = named or marked(each.role)
    who: Param = named if not each.closes else Message("cli.sign.closes", who=named)
    told: dict[str, Param] = {
        "number": str(each.step or "-"), "role": marked(each.role), "who": who, "n": len(each.waiting),
        "all": len(each.waiting) + len(each.signed),
    }  # fmt: skip
    if each.done:
        ways = [console.text(WAYS[way]) for way in each.ways if way in WAYS]
        line = Message("cli.sign.has_signed", **told)
        if ways:
            line = Message("cli.sign.has_signed_by", **told, how=LocalText({"id": ", ".join(ways)}))
    elif before:
        line = Message("cli.sign.waits_for", **told, before=", ".join(one.called for one in before))
    else:
        line = Message("cli.sign.may_go", **told)
    console.record(
        "signer",
        {
            "role": each.role,
            "name": each.name,
            "office": each.office,
            "step": each.step or None,
            "container": each.closes,
            "signed": each.done,
            "documents_signed": list(each.signed),
            "documents_waiting": list(each.waiting),
            "ways": list(each.ways),
            "turn": not each.done and not before,
            "waits_for": [one.role for one in before],
        },
        line,
    )
