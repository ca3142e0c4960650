"""``rancang sign --check``: look at a key as signing would, and sign nothing."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desktop.base import Message, clock
from desktop.cli.console import Console

if TYPE_CHECKING:
    from desktop.trust import KeySource


def check_key(options: argparse.Namespace, key: KeySource, role: str, console: Console) -> int:
    """Print each check; 1 when signing with this key would stop or ask for --other-holder."""
    from desktop.submission import preflight
    from desktop.trust import Grade, load_anchors

    anchors, closing = load_anchors(options.trust), bool(options.container)
    found = preflight(console.progress, options.package, key, role, anchors, clock.now(), closing=closing)
    console.record(
        "key",
        {
            "holder": found.holder,
            "issuer": found.issuer,
            "expected": found.person,
            "documents": found.documents,
            "usable": not found.stopped,
            "other_holder": found.other_holder,
            "signs_as": [console.text(each) for each in found.whom],
            "notes": [console.text(each) for each in found.notes],
            "own_stamps": bool(found.stamps),
        },
        Message("cli.sign.key", holder=found.holder, issuer=found.issuer),
    )
    if found.package is not None:
        console.note(found.package, 4)
    for message in (*found.whom, *found.stamps, *found.notes):
        console.note(message, 4)
    words = {
        Grade.GOOD: Message("cli.sign.check.good"),
        Grade.NOTE: Message("cli.sign.check.note"),
        Grade.CONFIRM: Message("cli.sign.check.confirm"),
        Grade.STOP: Message("cli.sign.check.stop"),
    }
    for check in found.checks:
        text = console.text(check.message)
        console.record(
            "check",
            {"code": check.code, "grade": check.grade.value, "text": text},
            f"    {console.text(words[check.grade])}: {text}",
        )
    agreed = bool(options.other_holder) or not found.other_holder
    return 0 if agreed and not found.stopped else 1
