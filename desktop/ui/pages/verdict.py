"""A verdict as people read it: the answer, its reasons with what to do, who signed, which files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.base import LocalText, Message
from desktop.base.speech import value_text
from desktop.submission.quoting import as_said, path_said, region_called, somebody
from desktop.submission.replaced import replaced
from desktop.submission.signed import SHOWN_IN_BOX, signed_as, stamps_told
from desktop.ui import theme, widgets
from desktop.ui.helping.asking import show_topic_from
from desktop.ui.pages.paper_words import PaperWords
from desktop.ui.pages.reprinted import PrintedAgain
from desktop.ui.pages.verdict_files import FilesInside
from desktop.ui.pages.verdict_names import Names, names
from desktop.ui.pages.verdict_saving import SaveReport
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.submission import Group, Reason, SignatureReport, Verdict
    from desktop.submission.verdict import InitialsReport, PackageInfo

TONES = {
    "valid": "good",
    "valid-with-notes": "good",
    "sealed": "info",
    "incomplete": "warn",
    "refused": "bad",
}
_LOOKS = {"cryptographic": "bad", "administrative": "warn", "technical": "warn", "note": ""}
_ALIKE = 12
"""So many reasons of one code stand in a box; the report has every one."""
ROOM = 7
"""Pixels above what begins something else, beside those between any two lines."""
_SHORT_OF_ROOM = {"limit.time", "limit.memory", "note.not_looked_through"}
"""Codes of a file that may do better when it is given more of both."""


class VerdictView(QWidget):
    """Empty until something was verified."""

    more_time = Signal()
    """Somebody wants the file judged once more, with more time and memory."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 4, 0, 0)
        self._box.setSpacing(5)
        self.verdict: Verdict | None = None
        self._names: Names = {}
        self._again: PrintedAgain | None = None
        self.hide()  # what is empty takes no room

    def show_verdict(self, verdict: Verdict, path: Path | None = None) -> None:
        """Show another verdict; with the ``path`` of its file more can be asked of it."""
        from desktop.submission.plainly import plain

        self.verdict, self._names = verdict, names(self._session, verdict)
        self.stop()
        self._again = None
        widgets.empty(self._box)
        speaker = self._session.speaker
        answer = widgets.label(speaker, verdict.kind.message)
        widgets.chip(answer, TONES[verdict.kind.value])
        file = widgets.label(speaker, plain(verdict.file), "muted", wrap=True)
        row = widgets.line(answer, file)
        row.setStretch(1, 1)
        self._box.addLayout(row)
        self._box.addWidget(widgets.label(speaker, verdict.meaning, wrap=True))
        self._show_reasons(verdict)
        self._show_package(verdict)
        self._show_signatures(verdict)
        self._offer_reprint(verdict, path)
        if verdict.files:
            self._box.addWidget(FilesInside(self._session, verdict.files))
        self._box.addWidget(SaveReport(self._session, verdict))
        self.show()

    def clear(self) -> None:
        """What is in view is said of nothing any more."""
        self.stop()
        self.verdict = self._again = None
        widgets.empty(self._box)
        self.hide()

    def stop(self) -> None:
        """Give up what is still being asked of the package in view."""
        if self._again is not None:
            self._again.stop()

    def _offer_reprint(self, verdict: Verdict, path: Path | None) -> None:
        """Only of what is proven to be whole: what a refused package holds is not used."""
        package = verdict.package
        if path is None or package is None or verdict.kind.value == "refused":
            return
        self._head(Message("ui.verdict.reprint.head"))
        self._again = PrintedAgain(self._session, path, (package.id, verdict.sha256), self._names)
        self._box.addWidget(self._again)

    def _head(self, words: Message) -> None:
        """What comes next, with room above it."""
        self._box.addSpacing(ROOM)
        self._box.addWidget(widgets.label(self._session.speaker, words, "field"))

    # -- reasons --------------------------------------------------------------------------------
    def _show_reasons(self, verdict: Verdict) -> None:
        """By what they are about, so that a clerical fault never stands among forgeries."""
        alike: dict[tuple[Group, str], list[Reason]] = {}
        for reason in verdict.ordered:
            alike.setdefault((reason.group, reason.code), []).append(reason)
        shown = None
        for (group, _code), reasons in alike.items():
            if group is not shown:
                shown = group
                self._head(group.message)
            self._box.addWidget(self._alike(reasons, verdict.package))
        if _SHORT_OF_ROOM.intersection(reason.code for reason in verdict.reasons):
            more = widgets.button(
                self._session.speaker, Message("ui.verdict.more_time"), self.more_time.emit, icon="clock"
            )
            self._box.addLayout(widgets.line(more, 1))

    def _alike(self, reasons: Sequence[Reason], package: PackageInfo | None) -> QWidget:
        """Reasons of one code: each in a line, what to do about them once below."""
        speaker, first = self._session.speaker, reasons[0]
        made = QFrame()
        made.setProperty("look", "aside")
        said = widgets.column(spacing=3)
        lines: list[Message] = [as_said(each.message, package, self._names) for each in reasons[:_ALIKE]]
        if len(reasons) > _ALIKE:
            lines.append(Message("ui.verdict.more", n=len(reasons) - _ALIKE))
        for told in lines:
            said.addWidget(widgets.label(speaker, told, _LOOKS[first.group.value], wrap=True))
        row = widgets.line()
        row.setContentsMargins(theme.PAD, 7, 8, 7)
        row.addLayout(said, 1)
        if first.remedy is not None:
            said.addWidget(widgets.label(speaker, first.remedy, "muted", wrap=True))
            row.addWidget(self._code(first.code), 0, Qt.AlignmentFlag.AlignTop)
        made.setLayout(row)
        return made

    def _code(self, code: str) -> QWidget:
        """The code, which leads to its place in the help."""
        speaker, told = self._session.speaker, Message("ui.verdict.explain", code=code)
        made = widgets.button(speaker, code, partial(self._explain, code), look="code")
        widgets.call(speaker, made, told)
        speaker.tie(made, QWidget.setToolTip, told)
        return made

    def _explain(self, code: str) -> None:
        """Show the help from this code on."""
        from desktop.submission.code_help import TOPIC

        show_topic_from(self, TOPIC, code)

    # -- the package ----------------------------------------------------------------------------
    def _show_package(self, verdict: Verdict) -> None:
        package, speaker = verdict.package, self._session.speaker
        if package is None:
            return
        refused = verdict.kind.value == "refused"
        about, claims = Message("submission.report.about"), Message("submission.report.claims")
        self._head(about if verdict.vouched else claims)
        told = Message(
            "ui.verdict.package", region=region_called(package.region_code, package.region_name),
            first=str(package.first_year), last=str(package.last_year), id=package.id[:16],
        )  # fmt: skip
        self._box.addWidget(widgets.label(speaker, told, wrap=True))
        if not refused:
            self._box.addWidget(widgets.label(speaker, replaced(package.previous), "muted", wrap=True))
        if package.fingerprint and not refused:
            self._box.addWidget(PaperWords(self._session, package.fingerprint))
        if package.initials and not refused:
            self._show_initials(package.initials)

    def _show_initials(self, initials: Sequence[InitialsReport]) -> None:
        """How many there are, and those of which something is noted; every one stands in the report."""
        speaker = self._session.speaker
        self._head(Message("submission.report.initials"))
        done = sum(each.state == "initialled" for each in initials)
        told = Message("ui.initials.sum", done=done, all=len(initials))
        self._box.addWidget(widgets.label(speaker, told, wrap=True))
        for each in initials:
            if each.state != "waiting":
                self._box.addWidget(widgets.label(speaker, as_said(each.message), "muted", wrap=True))

    # -- signatures -----------------------------------------------------------------------------
    def _show_signatures(self, verdict: Verdict) -> None:
        """Who signed; what a refused file says of its signers is not repeated."""
        if not verdict.signatures or verdict.kind.value == "refused":
            return
        self._head(Message("ui.verdict.signatures"))
        # what one person signed with one key stands together
        together: dict[tuple[str, str, str], list[SignatureReport]] = {}
        for signature in verdict.signatures:
            key = signature.holder, signature.role, signature.certificate
            together.setdefault(key, []).append(signature)
        for signatures in together.values():
            unasked = any(verdict.unasked(each) for each in signatures)
            self._box.addLayout(self._lines(signatures, unasked=unasked))
        for told in stamps_told(verdict.signatures):
            self._box.addWidget(widgets.label(self._session.speaker, told, wrap=True))

    def _role(self, signature: SignatureReport) -> LocalText | Message | str:
        """What the package calls the office: the document that is open may have another guideline.

        The guideline's own label, in both languages, only where that is what the package says.
        """
        roles = self._session.pack.roles if self._session.is_open else ()
        label = next((each.label for each in roles if each.id == signature.role), None)
        said = signed_as(signature)
        theirs = signature.asked or bool(signature.file)
        if theirs and label is not None and signature.office in {"", *label.texts.values()}:
            return label
        return said or "\N{EM DASH}"

    def _where(self, signature: SignatureReport) -> str:
        if not signature.file:
            return self._session.say(Message("ui.package.whole"))
        told = value_text(
            self._names.get(signature.file) or path_said(signature.file), self._session.speaker.language
        )
        if not signature.own_stamp:
            return told
        return self._session.say(Message("submission.signer.marked", holder=told, mark=SHOWN_IN_BOX))

    def _lines(self, signatures: Sequence[SignatureReport], *, unasked: bool) -> QVBoxLayout:
        """Signatures of one certificate: whose, where, and what is known of it."""
        from desktop.submission.verdict import UNASKED

        speaker, signature = self._session.speaker, signatures[0]
        box = widgets.column(spacing=0)
        where = ", ".join(self._where(each) for each in signatures)
        holder = somebody(signature.holder)
        who = Message("ui.verdict.by", holder=holder, role=self._role(signature), where=where)
        box.addWidget(widgets.label(speaker, who, wrap=True))
        if unasked:
            box.addWidget(widgets.label(speaker, UNASKED, "warn", wrap=True))
        if signature.test:
            box.addWidget(widgets.label(speaker, Message("ui.verdict.test"), "warn", wrap=True))
        names = {"organisation": signature.organisation, "issuer": signature.issuer}
        lines: list[Message] = [Message("submission.report.issuer", **names)]
        if not signature.test:
            lines.append(signature.anchor_message)
        if signature.valid_from is not None and signature.valid_until is not None:
            until = {"start": signature.valid_from, "end": signature.valid_until}
            lines.append(Message("submission.report.validity", **until))
        times = {self._session.say(told): told for each in signatures if (told := each.time_message)}
        lines.extend(times.values())
        for each in lines:
            box.addWidget(widgets.label(speaker, as_said(each), "muted", wrap=True))
        return box
