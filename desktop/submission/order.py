"""What a package says of its order when it is sealed: the parafs as the team noted them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base import Language, clock
from desktop.base.speech import value_text
from desktop.submission.manifest import MAXIMUM_INITIALS, MAXIMUM_TEXT, Initials

if TYPE_CHECKING:
    from desktop.checks.initials import Paraf
    from desktop.guideline.pack import Pack
    from desktop.workspace import Plan


def noted_initials(plan: Plan, pack: Pack) -> tuple[Initials, ...]:
    """Every paraf the guideline asks for, given or not, in the language of the documents.

    Where there are more than a manifest holds, agencies give way: officials are always listed.
    """
    from desktop.checks.initials import parafs

    source = Language(plan.source_language)
    found = parafs(plan, pack, clock.today(plan.region.code))
    room = MAXIMUM_INITIALS - sum(not each.agency for each in found)
    listed = []
    for each in found:
        room -= bool(each.agency)
        if not each.agency or room >= 0:
            listed.append(_noted(each, source))
    return tuple(listed[:MAXIMUM_INITIALS])


def label_in_list(each: Paraf, source: Language) -> str:
    """How a list of parafs calls whose one is."""
    return value_text(each.message, source)[:MAXIMUM_TEXT]


def _noted(each: Paraf, source: Language) -> Initials:
    given = each.initial if each.initial is not None and each.initial.state else None
    return Initials(
        step=each.number,
        label=label_in_list(each, source),
        state=each.standing.value,
        name=each.name[:MAXIMUM_TEXT],
        office=each.given_as(source.value)[:MAXIMUM_TEXT],
        date=given.at if given is not None else "",
    )
