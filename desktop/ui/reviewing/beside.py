"""What stands beside a field for a review: the reviewer's two buttons, and what was suggested."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.base import Message
from desktop.ui import widgets
from desktop.ui.reviewing.cards import SuggestionCard
from desktop.ui.reviewing.suggest import Asked, in_language, is_about, suggest
from desktop.ui.roles import REVIEWERS
from desktop.ui.session import Session
from desktop.workspace.plan import Place, Suggestion


def wanted(session: Session, place: Place) -> bool:
    """Whether there is anything to stand beside a field; most have nothing."""
    reads = session.role in REVIEWERS and not session.own.has(place)
    return reads or any(each.state == "open" for each in suggestions_at(session, place))


def suggestions_at(session: Session, place: Place) -> list[Suggestion]:
    """What was suggested for a place and is not answered, or was answered in this reviewer's absence."""
    return [each for each in session.plan.suggestions if is_about(place, each) and each.state == "open"]


class Beside(QWidget):
    """*Catatan…*, *Sarankan…*, and a card for every open suggestion; refresh it with its field."""

    def __init__(
        self,
        session: Session,
        asked: Asked,
        language: str,
        remark: Callable[[], object],
        *,
        only: bool = False,
    ) -> None:
        """``only``: of a text only what is about this language is shown, for the other stands elsewhere."""
        super().__init__()
        self._only = language if only else ""
        self._session, self._asked = session, in_language(asked, language)
        self._shown: object = None
        self.cards: list[SuggestionCard] = []
        speaker = session.speaker
        box = widgets.column(spacing=4)
        self.setLayout(box)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._tools = QWidget()
        self.remark = widgets.button(
            speaker, Message("ui.review.remark"), remark, icon="message-square-plus", look="quiet"
        )
        self.suggest = widgets.button(
            speaker,
            Message("ui.review.suggest"),
            lambda: suggest(self, session, self._asked),
            icon="pen-line",
            look="quiet",
        )
        self._tools.setLayout(widgets.line(self.remark, self.suggest, 1, spacing=2))
        box.addWidget(self._tools, 0, Qt.AlignmentFlag.AlignLeft)
        self._list = widgets.column(spacing=4)
        box.addLayout(self._list)

    def refresh(self) -> None:
        """Show what was suggested as it stands now."""
        session = self._session
        reads = session.role in REVIEWERS and not session.own.has(self._asked.place)
        self._tools.setVisible(reads)
        self.remark.setEnabled(not session.locked)
        self.suggest.setEnabled(not session.locked)
        found = suggestions_at(session, self._asked.place)
        if self._only:
            found = [each for each in found if each.place.language in {"", self._only}]
        now = [(each, session.workspace.position) for each in found]
        if now != self._shown:
            self._shown = now
            widgets.empty(self._list)
            self.cards = [SuggestionCard(session, each, self._asked_for(each)) for each in found]
            for card in self.cards:
                self._list.addWidget(card)
        self.setVisible(reads or bool(found))

    def _asked_for(self, suggestion: Suggestion) -> Asked:
        return in_language(self._asked, suggestion.place.language)
