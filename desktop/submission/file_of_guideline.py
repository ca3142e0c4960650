"""The file of a guideline in a package: the guideline as sealing writes it, and nothing beside it.

Readers of archives forgive much: another archive before it, a program between its members, a page in its
comment. What is asked of a guideline is asked of what one reader finds in it.
"""

from __future__ import annotations

import io
import json

from desktop.base.canonical import canonical
from desktop.submission.frame.container import whole
from desktop.submission.frame.zipform import CENTRAL_SIZE, END_SIZE, LOCAL_SIZE
from desktop.submission.frame.zipframe import STORED, contents, read_frame
from desktop.submission.refusal import Refused


def holds_nothing_else(data: bytes) -> bool:
    """Whether each byte is a frame's or canonical JSON; workspaces have kept guidelines so from the first."""
    file = io.BytesIO(data)
    try:
        frame = read_frame(file, len(data))
        names = sum(len(one.name.encode()) for one in frame)
        headers = END_SIZE + len(frame) * (LOCAL_SIZE + CENTRAL_SIZE) + 2 * names
        if headers + sum(one.packed for one in frame) != len(data):
            return False
        if any(one.method != STORED or not one.name.endswith(".json") for one in frame):
            return False
        told = (whole(contents(file, one)) for one in frame)
        return all(canonical(json.loads(each)) == each for each in told)
    except (Refused, ValueError, TypeError, RecursionError):
        return False
