"""PDFs that came back signed: which document each is, whose signatures, and whether it is still the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QWidget

from desktop.base import Message
from desktop.submission.called import Titles, with_titles
from desktop.submission.quoting import marked, path_said
from desktop.submission.signed import stamps_told
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import Ask, fit
from desktop.ui.dialogs.pages_apart import PagesApart
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.helping.asking import offer_help
from desktop.ui.pages.verdict_names import names_in
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.submission import Came, Choice
    from desktop.submission.manifest import Expected
    from desktop.submission.returning.returned import NewSignature
    from desktop.submission.standing import Standing

_GRADES = {
    "same-bytes": (Message("ui.returned.same_bytes"), "good"),
    "same-pages": (Message("ui.returned.same_pages"), "warn"),
    "different": (Message("ui.returned.different"), "bad"),
}
_UNFINISHED = (Message("ui.returned.unfinished"), "bad")


class ReturnedCard(widgets.Card):
    """One PDF: what was found out about it, and what only a person can say."""

    def __init__(
        self, session: Session, package: Path, came: Came, titles: Titles, changed: Callable[[], object]
    ) -> None:
        """``titles``: what the documents of the package are called."""
        speaker = session.speaker
        super().__init__(speaker, marked(came.pdf.name))
        self.came, self._session, self._package, self._changed = came, session, package, changed
        self.roles: dict[str, QuietCombo] = {}
        self.compared = QCheckBox()
        answer = came.comparison
        words, tone = _UNFINISHED if answer.unfinished else _GRADES[answer.grade.value]
        grade = widgets.label(speaker, words)
        widgets.chip(grade, "warn" if answer.confirm else tone)
        document = titles.get(came.document) or path_said(came.document) or Message("ui.returned.unknown")
        where = widgets.label(speaker, document, "muted", wrap=True)
        row = widgets.line(grade, where)
        row.setStretch(1, 1)
        self.add(row)
        self.add(widgets.label(speaker, with_titles(answer.reason, titles), wrap=True))
        if came.closed is not None:
            widgets.chip(grade, "bad")
            self.add(widgets.label(speaker, came.closed, wrap=True))
        for note in came.notes:
            stays_out = came.closed is not None or came.told.refused is not None
            widgets.chip(grade, "bad" if stays_out else "warn")
            self.add(widgets.label(speaker, with_titles(note, titles), wrap=True))
        if answer.grade.value != "different":
            for one in answer.signatures:
                self._signer(one)
            for told in stamps_told(map(came.issued, answer.signatures)):
                self.add(widgets.label(speaker, told, "muted", wrap=True))
        if came.document and (answer.pages or answer.confirm):
            self.look = widgets.button(speaker, Message("ui.returned.look"), self.show_pages, icon="copy")
            widgets.call(speaker, self.look, Message("ui.returned.look_at", file=came.pdf.name))
            self.add(widgets.line(self.look, 1))
        if answer.confirm and answer.grade.value != "different":
            speaker.tie(self.compared, QCheckBox.setText, Message("ui.elsewhere.compared"))
            # nobody can have compared what was never shown
            self.compared.setEnabled(False)
            self.compared.toggled.connect(lambda _on: changed())
            self.add(self.compared)

    def _signer(self, one: NewSignature) -> None:
        speaker = self._session.speaker
        issued = self.came.issued(one)
        # what the program itself knows comes first: a name may say anything
        said = Message("ui.returned.signed_as", issued=issued.said(one.issued_by), holder=one.held_by)
        combo = QuietCombo()
        combo.addItem(self._session.say(Message("ui.returned.choose")), "")
        for each in self.came.waiting:
            combo.addItem(_named(each), each.role)
        combo.setCurrentIndex(max(combo.findData(self.came.roles.get(one.field, "")), 0))
        combo.currentIndexChanged.connect(lambda _row: self._changed())
        widgets.call(speaker, combo, said)
        label = widgets.label(speaker, said, wrap=True)
        label.setBuddy(combo)
        row = widgets.line(label, combo)
        row.setStretch(0, 1)
        self.add(row)
        if issued.why is not None:
            self.add(widgets.label(speaker, issued.why, "muted", wrap=True))
        self.roles[one.field] = combo

    def show_pages(self) -> None:
        """Both versions of the pages, side by side; afterwards a person can say that they are the same."""
        dialog = PagesApart(self._session, self._package, self.came, self)
        dialog.begin()
        dialog.exec()
        # pages that could not be drawn were seen by nobody
        self.compared.setEnabled(self.compared.isEnabled() or bool(dialog.pairs))

    def choice(self) -> Choice | None:
        """What goes in; None while something is open, or when it is another document."""
        from desktop.submission import Choice

        came = self.came
        roles = {field: str(combo.currentData()) for field, combo in self.roles.items()}
        known = bool(roles) and all(roles.values()) and len(set(roles.values())) == len(roles)
        if came.comparison.grade.value == "different" or not came.document or not known:
            return None
        if came.closed is not None or came.told.refused is not None:
            return None
        if came.comparison.confirm and not self.compared.isChecked():
            return None
        name = self._session.settings.name if came.comparison.confirm else ""
        return Choice(came.pdf, came.document, roles, name, came.sha256)


def _named(one: Expected) -> str:
    return _listed((one.name, one.office)) or marked(one.role)


def _listed(named: Iterable[str]) -> str:
    return ", ".join(marked(part) for part in named if part)


class ReturnedPdfs(Ask):
    """All that came back at once; what is in order goes in together, the rest is told and left out."""

    def __init__(self, session: Session, package: Path, came: Sequence[Came], parent: QWidget) -> None:
        super().__init__(session, Message("ui.returned.title"), Message("ui.elsewhere.accept"), parent)
        offer_help(self, "signing-elsewhere")
        titles = names_in(session, package)
        self.cards = [ReturnedCard(session, package, one, titles, self._count) for one in came]
        inside = QWidget()
        column = widgets.column(margins=(0, 0, 6, 0), spacing=8)
        inside.setLayout(column)
        for card in self.cards:
            column.addWidget(card)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.setMinimumHeight(theme.grown(220))
        widgets.call(session.speaker, area, Message("ui.returned.title"))
        self.body.addWidget(area, 1)
        self.sum = widgets.label(session.speaker, "", wrap=True)
        self.body.addWidget(self.sum)
        fit(self, parent, 720, 520, least=460)
        self._count()

    def _count(self) -> None:
        ready = len(self.choices())
        self.ok.setEnabled(ready > 0)
        message = Message("ui.returned.sum", ready=str(ready), total=str(len(self.cards)))
        self.session.speaker.tie(self.sum, type(self.sum).setText, message)

    def choices(self) -> list[Choice]:
        """What goes into the package now."""
        return [choice for card in self.cards if (choice := card.choice()) is not None]


class ForWhom(Ask):
    """For whose signature the documents go out."""

    def __init__(self, session: Session, people: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(session, Message("ui.returned.out"), Message("ui.elsewhere.export"), parent)
        offer_help(self, "signing-elsewhere")
        self.role = QuietCombo()
        self.role.addItem(session.say(Message("ui.returned.everybody")), "")
        for role, name in people:
            self.role.addItem(name, role)
        self.field(Message("ui.returned.for_whom"), self.role)
        note = widgets.label(session.speaker, Message("ui.returned.goes_out"), "muted", wrap=True)
        self.body.addWidget(note)


def waiting_people(session: Session, found: Standing | None) -> list[tuple[str, str]]:
    """Role and name of everybody whose signature some document of the package waits for."""
    waiting = [] if found is None else [one for one in found.signers if not one.done and not one.closes]
    unnamed = session.say(Message("ui.package.unnamed"))
    return [(one.role, _listed((one.name, one.office)) or unnamed) for one in waiting]
