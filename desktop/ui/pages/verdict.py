"""A verdict as people read it: the answer, its reasons, and who signed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.base import LocalText, Message
from desktop.ui import widgets
from desktop.ui.pages.paper_words import PaperWords
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.submission import SignatureReport, Verdict

TONES = {
    "valid": "good",
    "valid-with-notes": "good",
    "sealed": "info",
    "incomplete": "warn",
    "refused": "bad",
}


class VerdictView(QWidget):
    """Empty until something was verified."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 4, 0, 0)
        self._box.setSpacing(5)
        self.verdict: Verdict | None = None
        self._offices: Mapping[str, str] = {}

    def show_verdict(self, verdict: Verdict, offices: Mapping[str, str] | None = None) -> None:
        """Show another verdict; ``offices`` is what the package itself calls the roles that sign it."""
        self.verdict = verdict
        self._offices = offices or {}
        widgets.empty(self._box)
        speaker = self._session.speaker
        answer = widgets.label(speaker, verdict.kind.message)
        widgets.chip(answer, TONES[verdict.kind.value])
        file = widgets.label(speaker, verdict.file, "muted", wrap=True)
        row = widgets.line(answer, file)
        row.setStretch(1, 1)
        self._box.addLayout(row)
        package = verdict.package
        if package is not None:
            about = Message(
                "ui.verdict.package", region=package.region_name, first=str(package.first_year),
                last=str(package.last_year), id=package.id[:16],
            )  # fmt: skip
            self._box.addWidget(widgets.label(speaker, about, wrap=True))
            if package.fingerprint and verdict.kind.value != "refused":
                self._box.addWidget(PaperWords(self._session, package.fingerprint))
        for reason in verdict.reasons:
            look = {"refusal": "bad", "missing": "warn"}.get(reason.weight.value, "muted")
            self._box.addWidget(widgets.label(speaker, reason.message, look, wrap=True))
        if verdict.signatures:
            self._box.addWidget(widgets.label(speaker, Message("ui.verdict.signatures"), "field"))
        for signature in verdict.signatures:
            self._box.addLayout(self._line(signature))

    def _role(self, role: str) -> LocalText | str:
        """What the open document's guideline calls a role, else the package; else only its id is known."""
        roles = self._session.pack.roles if self._session.is_open else ()
        named = self._offices.get(role, role) or "\N{EM DASH}"
        return next((each.label for each in roles if each.id == role), named)

    def _line(self, signature: SignatureReport) -> QVBoxLayout:
        speaker = self._session.speaker
        box = widgets.column(spacing=0)
        where: Message | str = signature.file or Message("ui.package.whole")
        who = Message("ui.verdict.by", holder=signature.holder, role=self._role(signature.role), where=where)
        box.addWidget(widgets.label(speaker, who, wrap=True))
        if signature.test:
            box.addWidget(widgets.label(speaker, Message("ui.verdict.test"), "warn", wrap=True))
        if signature.claimed_at is not None:
            box.addWidget(widgets.label(speaker, Message("ui.verdict.at", at=signature.claimed_at), "muted"))
        return box
