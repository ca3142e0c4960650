"""The menu of a text field offers to paste an answer from a conversation, with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.exchange.values import TEXTS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.guideline.pack import Field
    from desktop.ui.fields.binding import Binding
    from desktop.ui.session import Session


def offer_quote(box: QWidget, session: Session, binding: Binding, field: Field) -> None:
    """Let an editor of words take what was said elsewhere; figures and choices are typed."""
    if field.type not in TEXTS:
        return

    def ask() -> None:
        from desktop.ui.dialogs.quoting import quote_into

        quote_into(box, session, binding, field)

    binding.editor.quotable = lambda: not session.shut(binding.register.place())
    binding.editor.quote_wanted.connect(ask)
