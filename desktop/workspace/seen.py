"""What a person has seen of a workspace: the newest change sets there when they last left it.

It is remembered in the profile on this computer (``seen/``), never in the file, so that a colleague's
having looked does not count as one's own. Heads of several copies of one workspace are kept together:
what was seen in one file is seen in all.
"""

from __future__ import annotations

from collections.abc import Iterable

from desktop.workspace.noted import Noted
from desktop.workspace.profile import person

MOST = 64
"""Heads remembered of one workspace; older ones lie below these anyway."""
_NOTED = Noted("seen", "seen")


def seen(workspace: str, who: str = "") -> tuple[str, ...] | None:
    """The heads a person has seen of the workspace of this id; None when they were never here."""
    known = _NOTED.read(workspace).get(_who(who))
    return tuple(known) if known is not None else None


def remember(workspace: str, heads: Iterable[str], who: str = "", *, below: Iterable[str] = ()) -> None:
    """Remember that a person has seen these heads; those named ``below`` lie under them and go.

    Where nothing may be written it is not remembered, and nobody is troubled with it.
    """
    everybody = _NOTED.read(workspace)
    old = [head for head in everybody.get(_who(who), []) if head not in set(below)]
    kept = list(dict.fromkeys([*old, *heads]))[-MOST:]
    if everybody.get(_who(who)) == kept:
        return
    everybody[_who(who)] = kept
    _NOTED.write(workspace, everybody)


def _who(who: str) -> str:
    return " ".join((who or person()).split()).casefold()
