"""Saying how far a part is: who may say what of what stands where, written into one operation.

The agency sends, takes back or says that a part is not theirs; the team, or the agency's own superior,
approves or returns it. What two copies say differently of one part stands beside each other afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from desktop.base import Message, RancangError, clock
from desktop.checks.owing import Owed, Owing, Standing
from desktop.workspace.reviewing import REVIEWERS

if TYPE_CHECKING:
    from desktop.workspace import Author
    from desktop.workspace.operation import Operation

OPEN, SENT, APPROVED, RETURNED, NOT_OURS = "", "sent", "approved", "returned", "not_ours"
_OF_THE_AGENCY: Final = frozenset({OPEN, SENT, NOT_OURS})
_ANSWERED: Final = {
    APPROVED: frozenset({Standing.SENT}),
    RETURNED: frozenset({Standing.SENT, Standing.APPROVED, Standing.NOT_OURS}),
    OPEN: frozenset({Standing.SENT, Standing.NOT_OURS, Standing.RETURNED, Standing.APPROVED}),
}
"""What a part must be for something to be said of it."""


class NotEntitled(RancangError):
    """Somebody else says this of the part."""

    def __init__(self, part: Owed, state: str) -> None:
        super().__init__(Message(f"exchange.duty.not_entitled.{state or 'open'}", part=part.title))


class NeedsReason(RancangError):
    """Returned, or not theirs, without a word why."""

    def __init__(self, part: Owed, state: str) -> None:
        super().__init__(Message(f"exchange.duty.needs_reason.{state}", part=part.title))


class NotThere(RancangError):
    """The part is not where it must be for this to be said of it."""

    def __init__(self, part: Owed, state: str) -> None:
        super().__init__(Message(f"exchange.duty.not_there.{state or 'open'}", part=part.title))


class NothingToSend(RancangError):
    """A part in which nothing stands cannot be sent."""

    def __init__(self, part: Owed) -> None:
        super().__init__(Message("exchange.duty.nothing_to_send", part=part.title))


def entitled(owing: Owing, part: Owed, state: str, author: Author) -> bool:
    """Whether a person may say a state of a part; what nobody knows of a role is the team's secretary."""
    if author.role in REVIEWERS:  # they say nothing of what others owe
        return False
    if author.role != "agency" or state in _OF_THE_AGENCY:
        return True
    superior = owing.person(part.agency, "superior")
    return superior is not None and superior.name.strip().casefold() == author.name.strip().casefold()


def say(operation: Operation, owing: Owing, part: Owed, state: str, author: Author, note: str = "") -> str:
    """Say how far a part is; its duty's id. ``owing`` is the picture in which the part stands.

    Raises NotEntitled, NeedsReason, NotThere, NothingToSend.
    """
    note = note.strip()
    if not entitled(owing, part, state, author):
        raise NotEntitled(part, state)
    if state in {RETURNED, NOT_OURS} and not note:
        raise NeedsReason(part, state)
    if state == SENT and not part.measure.touched:
        raise NothingToSend(part)
    if state == NOT_OURS and part.standing is Standing.APPROVED:
        raise NotThere(part, state)
    wanted = _ANSWERED.get(state)
    if wanted is not None and part.standing not in wanted and not part.moved:
        raise NotThere(part, state)
    content = part.measure.content if state in {SENT, APPROVED} else ""
    return operation.duty(
        part.page, part.ref, part.agency,
        state=state, by=author.name, at=clock.now().isoformat(timespec="seconds"), content=content, note=note,
    )  # fmt: skip


def approved_anew(parts: Iterable[Owed]) -> Message | None:
    """What to say when parts are approved as they stand now, and not as they were sent; None for none."""
    count = sum(part.moved for part in parts)
    return Message("exchange.duty.changed_since", n=count) if count else None


def to_send(parts: Iterable[Owed]) -> tuple[Owed, ...]:
    """Which parts go out when an agency sends: all in which something stands that was not sent so yet."""
    settled = {Standing.SENT, Standing.APPROVED, Standing.NOT_OURS}
    return tuple(each for each in parts if each.measure.touched and each.standing not in settled)


def send(operation: Operation, owing: Owing, agency: str, author: Author) -> tuple[Owed, ...]:
    """Mark everything that an agency filled in as sent; which parts those were."""
    parts = to_send(owing.of(agency))
    for part in parts:
        say(operation, owing, part, SENT, author)
    return parts


def came_in(operation: Operation, agency: str, parts: Iterable[tuple[str, str]], by: str) -> None:
    """Mark parts (page, ref) as sent that an agency sent without the program.

    What it says comes with them in the same operation, so there is no fingerprint of it yet: what the
    agency itself writes there later is known from the journal.
    """
    at = clock.now().isoformat(timespec="seconds")
    for page, ref in parts:
        operation.duty(page, ref, agency, state=SENT, by=by, at=at, content="", note="")


def assign(
    operation: Operation,
    owing: Owing,
    places: Iterable[tuple[str, str]],
    agencies: Iterable[str],
    person: str = "",
) -> list[str]:
    """Give pages (page, ref) to agencies, and where named to one person; their duties' ids.

    What an agency had said of such a page to be somebody else's is open again.
    """
    agencies = tuple(agencies)
    made = []
    for page, ref in places:
        for agency in agencies:
            given = {"person": person} if person else {}
            part = owing.find((page, ref, agency))
            if part is not None and part.standing is Standing.NOT_OURS:
                given |= {"state": OPEN, "note": ""}
            made.append(operation.duty(page, ref, agency, **given))
    return made


def take_away(operation: Operation, part: Owed) -> None:
    """Take a part away from an agency again; what the guideline asks of it stays."""
    if part.duty is not None:
        operation.delete("duty", part.duty.id)
