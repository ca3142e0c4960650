"""Copies made for a reviewer, as they are on the reviewer's own computer."""

from __future__ import annotations

import json

from desktop.base.ids import derived_id
from desktop.workspace import Workspace, handouts


def make_for(workspace: Workspace, role: str, person: str = "Rina") -> None:
    """Say in a file that it was made for somebody, on another computer than this one."""
    with workspace._writing() as journal:
        device = journal.meta("device")
        handouts.make_for(journal, handouts.MadeFor(role=role, person=person))
        said = json.loads(journal.meta("made_for"))
        journal.set_meta("made_for", json.dumps({**said, "given_on": derived_id("device", "elsewhere")}))
        journal.set_meta("device", device)
