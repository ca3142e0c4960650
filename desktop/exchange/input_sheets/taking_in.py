"""Writing the inputs of a returned sheet: one change, and only what a person agreed to."""

from __future__ import annotations

from collections.abc import Collection

from desktop.base import Message
from desktop.exchange.input_sheets.reading import Returned, Said, Standing
from desktop.workspace import Workspace


def take_in(workspace: Workspace, returned: Returned, wanted: Collection[Said] | None = None) -> int:
    """Write the new and the changed inputs, or those of them that are ``wanted``; how many were written.

    Inputs about the same in other words replace what was not answered yet. Nothing is written where there
    is nothing new.
    """
    written = [
        each
        for each in returned.said
        if each.standing is not Standing.SAME and (wanted is None or each in wanted)
    ]
    if not written:
        return 0
    with workspace.operation(Message("exchange.sheet.operation", file=returned.file)) as op:
        for each in written:
            if each.standing is Standing.CHANGED:
                op.write("input", each.existing, "body", returned.language.value, each.text)
                continue
            op.insert(
                "input",
                stakeholder=returned.stakeholder or None,
                author=returned.speaker,
                date=returned.date,
                channel="form",
                item=each.item,
                body={returned.language.value: each.text},
                decision="open",
            )
    return len(written)
