"""A verdict saved as a report: for people as a PDF in the language of choice, for programs as JSON."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop.base import Language, Message
from desktop.base.written import chosen, decided
from desktop.ui import widgets
from desktop.ui.background import beside
from desktop.ui.dialogs.files import ask_save
from desktop.ui.flow import Flow
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.submission import Verdict


_KINDS = "PDF (*.pdf);;Word (*.docx);;HTML (*.html)"


class SaveReport(QWidget):
    """The two languages of paper, and the form for programs."""

    def __init__(self, session: Session, verdict: Verdict) -> None:
        super().__init__()
        self._session, self._verdict = session, verdict
        row = Flow()
        self.setLayout(row)
        speaker = session.speaker
        words = {Language.ID: Message("ui.verdict.pdf_id"), Language.EN: Message("ui.verdict.pdf_en")}
        for language, said in words.items():
            choose = partial(self._choose_pdf, language)
            row.addWidget(widgets.button(speaker, said, choose, icon="file-text", look="quiet"))
        row.addWidget(
            widgets.button(
                speaker, Message("ui.verdict.json"), self._choose_json, icon="download", look="quiet"
            )
        )

    def _choose_pdf(self, language: Language) -> None:
        name = f"{self._stem()}.{language.value}.pdf"
        target = ask_save(self, self._session, Message("submission.report.title"), name, _KINDS)
        if target is not None:
            self.save_pdf(target, language)

    def _choose_json(self) -> None:
        name = f"{self._stem()}.json"
        target = ask_save(self, self._session, Message("submission.report.title"), name, "JSON (*.json)")
        if target is not None:
            self.save_json(target)

    def _stem(self) -> str:
        return Path(self._verdict.file).stem or "paket"

    def save_pdf(self, target: Path, language: Language) -> None:
        """Write the report and open it; what cannot be written is told."""
        there = chosen(target)

        def write() -> Path:
            from desktop.submission.verdict_paper import write_verdicts

            return write_verdicts(target, [self._verdict], language)

        made = self._session.attempt(lambda: beside(lambda: decided(there, write)))
        if made is not None:
            self._session.told.emit(Message("ui.verdict.saved", file=made.name))
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(made)))

    def save_json(self, target: Path) -> None:
        """Write the report for programs."""
        there = chosen(target)

        def write() -> Path:
            from desktop.base.placing import replacing
            from desktop.submission.verdict_report import report_of, to_builtins

            told = to_builtins(report_of(self._verdict, self._session.speaker.language))
            text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
            # whole or not at all; the name of a file may hold what are no letters
            with replacing(target) as file:
                file.write(text.encode("utf-8", "backslashreplace"))
            return target

        if self._session.attempt(lambda: beside(lambda: decided(there, write))) is not None:
            self._session.told.emit(Message("ui.verdict.saved", file=target.name))
