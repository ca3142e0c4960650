"""A card that prints one paper in any of the forms there are, in the language that is chosen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from desktop.base import Language, Message
from desktop.books.formats import DOCX, HTML, PDF
from desktop.ui import widgets
from desktop.ui.print_card import PrintCard
from desktop.ui.session import Session

FORMS = ((PDF, Message("ui.paper.pdf")), (DOCX, Message("ui.paper.docx")), (HTML, Message("ui.paper.html")))


class PaperCard(PrintCard):
    """A button for each form; ``work`` is the job, ``name`` gives the file's name in a language and form."""

    def __init__(
        self,
        session: Session,
        title: Message,
        note: Message,
        name: Callable[[Language, str], str],
        work: Callable[..., Any],
        *arguments: Callable[[], object],
    ) -> None:
        """``arguments`` are asked for when it is printed, and follow the language."""
        super().__init__(session, title, note)
        self._name, self._work, self._arguments = name, work, arguments
        self.forms = {
            form: widgets.button(session.speaker, label, partial(self.print, form), icon="file-text")
            for form, label in FORMS
        }
        self.above()
        self.lay_out(*self.forms.values())

    def above(self) -> None:
        """What is chosen first, where there is something to choose."""

    def print(self, form: str) -> None:
        """Write it in one form."""
        language = self.chosen
        given = [ask() for ask in self._arguments]
        self.make(self._name(language, form), self._work, language.value, *given)
