"""One row of what comes back in full: a line of a table has no room for a whole text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTextBrowser

from desktop.base import Message
from desktop.base.textdiff import unturned
from desktop.ui import theme, widgets
from desktop.ui.reviewing.diff import painted, painted_values

if TYPE_CHECKING:
    from desktop.base.textdiff import Say
    from desktop.cli.coming_told import ToldField, ToldRow
    from desktop.ui.session import Session


class LookedAt(QTextBrowser):
    """The fields of a row, or one field; what went is struck out, what came underlined."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setOpenLinks(False)
        self.setFixedHeight(theme.grown(120))
        self.setTabChangesFocus(True)
        widgets.call(session.speaker, self, Message("ui.back.whole"))
        self.look(None)

    def look(self, row: ToldRow | None, field: ToldField | None = None) -> None:
        """Show it; nothing says how to see something."""
        fields = () if row is None else row.fields if field is None else (field,)
        if row is None or not fields:
            hint = Message("ui.back.whole_hint") if row is None else Message("ui.back.whole_none")
            self.setHtml(f'<p style="color:{theme.colours().muted}">{escape(self._session.say(hint))}</p>')
            return
        self.setHtml("".join(_told(each, self._session.say) for each in fields))


def _told(field: ToldField, say: Say) -> str:
    before, after = field.whole
    if field.kept is not None:
        words = painted_values(*field.kept, say)
    else:
        words = painted(before, after) if before and after else _came(before, after)
    return f"<p><b>{escape(field.name)}</b><br/>{words}</p>"


def _came(before: str, after: str) -> str:
    """What was empty, or becomes empty."""
    kind = "s" if before else "span"
    lines = escape(unturned(before or after or "-")).replace("\n", "<br/>")
    return f"<{kind}>{lines}</{kind}>"
