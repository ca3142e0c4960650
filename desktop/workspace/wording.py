"""The team's own wording of the drafts the program writes: ordinary answers, with undo, history and merge.

They stay at home: what a package tells of the plan does not depend on how a draft is worded. A move to
another guideline leaves them alone, for no guideline asks for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop.base import Language
from desktop.base.ids import derived_id

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation
    from desktop.workspace.plan import OpenConflict, Plan, Text

# no id of a guideline begins with this sign, so none of its items can be called so
WORDING = "~wording."


def item(document: str, part: str) -> str:
    """The item under which the wording of a part is kept."""
    return f"{WORDING}{document}.{part}"


def part_of(name: str) -> tuple[str, str] | None:
    """The document and part an item words; None for any other item."""
    document, _, part = name.removeprefix(WORDING).partition(".")
    return (document, part) if name.startswith(WORDING) and part else None


def worded(plan: Plan, document: str, part: str) -> Text:
    """What the team wrote for a part; empty where the template speaks."""
    return plan.answer(item(document, part)).text


def all_worded(plan: Plan) -> Iterator[tuple[str, str, Text]]:
    """Every part the team worded itself: document, part, text."""
    for answer in plan.answers.values():
        found = part_of(answer.item)
        if found is not None and answer.text:
            yield *found, answer.text


def write(operation: Operation, document: str, part: str, language: str, text: str) -> None:
    """Word a part in one language; an empty text gives it back to the template."""
    operation.answer_text(item(document, part), language, text.strip())


def conflicts_apart(plan: Plan) -> tuple[OpenConflict, ...]:
    """What two people filled in differently, but for how drafts are worded: that stays at home."""
    if not plan.conflicts:
        return ()
    drafts = {
        derived_id("answer", answer.item, answer.scope, language)
        for answer in plan.answers.values()
        if part_of(answer.item) is not None
        for language in {*Language, *answer.text.values}
    }
    return tuple(each for each in plan.conflicts if each.row not in drafts)
