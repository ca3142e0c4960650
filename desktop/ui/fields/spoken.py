"""What is said about a field: remarks, suggestions, and that people filled it in differently."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desktop.ui.differing.badge import DifferingBadge, badged
from desktop.ui.grid.source import name_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout, QWidget

    from desktop.exchange.values import Option
    from desktop.guideline.pack import Field
    from desktop.ui.comments import CommentMark
    from desktop.ui.registers import Register
    from desktop.ui.reviewing.beside import Beside
    from desktop.ui.session import Session


class Spoken:
    """Each part is made when there is first something to show; most fields stay bare."""

    def __init__(
        self,
        session: Session,
        field: Field,
        register: Register,
        *,
        options: Callable[[], tuple[Option, ...]],
        head: QHBoxLayout,
        put: Callable[[QWidget], object],
    ) -> None:
        """Marks go into ``head``; ``put`` takes the cards of suggestions."""
        self._session, self._field, self._register = session, field, register
        self._options, self._head, self._put = options, head, put
        self.remarks: CommentMark | None = None
        self.badge: DifferingBadge | None = None
        self.review: Beside | None = None

    def refresh(self) -> None:
        """Show the plan as it is now."""
        self._show_remarks()
        self._show_review()
        self.badge = badged(self._session, self.badge, self._head, self._register)

    def remark(self) -> None:
        """Show what was said about this field, or take a first remark."""
        self._mark().open()
        self._show_remarks()

    def _mark(self) -> CommentMark:
        from desktop.ui.comments import CommentMark

        if self.remarks is None:
            self.remarks = CommentMark(self._session, self._register.place())
            self._head.addWidget(self.remarks, 0, Qt.AlignmentFlag.AlignVCenter)
        return self.remarks

    def _show_remarks(self) -> None:
        """A mark where something was said; without remarks fields stay bare (a command adds the first)."""
        from desktop.ui.comments import about

        place = self._register.place()
        said = any(about(place, each) for each in self._session.plan.comments)
        if said or self.remarks is not None:
            mark = self._mark()
            mark.setVisible(said)
            mark.refresh()

    def _show_review(self) -> None:
        """Who reviews can speak here, who writes sees what was suggested; else the field stays bare."""
        from desktop.ui.reviewing.beside import Beside, wanted
        from desktop.ui.reviewing.suggest import Asked

        place = self._register.place()
        if self.review is None:
            if not wanted(self._session, place):
                return
            asked = Asked(place, self._field, name_of(self._field), self._options())
            self.review = Beside(self._session, asked, self._session.source.value, self.remark)
            self._put(self.review)
        self.review.refresh()
