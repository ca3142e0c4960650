"""Says where the guideline pack is sure of nothing: a mark at a field, a sentence over a part."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from desktop.base import Message
from desktop.guideline.pack import Item
from desktop.guideline.parts import named, title_of
from desktop.ui import widgets
from desktop.ui.speaker import Speaker

NAMED = 8
"""How many parts are named one by one."""


def mark(speaker: Speaker) -> QLabel:
    """The mark beside the name of a field that no source confirms."""
    made = widgets.label(speaker, Message("ui.unverified.mark"), "muted")
    speaker.tie(made, QLabel.setToolTip, Message("ui.unverified.field"))
    return made


def doubts(speaker: Speaker, part: Item, *inside: Item) -> QLabel | None:
    """A sentence over a part (a form, a worksheet, a chapter) and what lies in it; None where all is sure."""
    if not part.verified:
        said = Message("ui.unverified.whole", kind=named(part))
        return widgets.label(speaker, said, "muted", wrap=True)
    doubtful = [each for each in inside if not each.verified]
    if not doubtful:
        return None

    def names() -> Message:
        # in quotation marks: many of them are questions
        shown = ", ".join(f"“{title_of(each).read(speaker.language)}”" for each in doubtful[:NAMED])
        return Message("ui.unverified.some" if len(doubtful) <= NAMED else "ui.unverified.many",
                       names=shown, n=len(doubtful))  # fmt: skip

    return widgets.label(speaker, names, "muted", wrap=True)
