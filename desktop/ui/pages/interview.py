"""The interview: one question at a time, why it is asked, an example, and what belongs to the answer."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QSizePolicy, QWidget

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.bookmarks import Bookmarks
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.journey import Stop
from desktop.ui.keys import sequence
from desktop.ui.pages.interview_cards import EndCard, NothingCard, QuestionCard
from desktop.ui.pages.page import Page
from desktop.ui.questions import Question, questions
from desktop.ui.session import Session
from desktop.workspace.plan import Place

WIDTH = 780
"""How wide the card is at most, in pixels at 100 %: a line of text that the eye finds back from."""


class InterviewPage(Page):
    """A stop of the journey as questions; each answer is written when the next question comes."""

    def __init__(self, session: Session, page: str, ref: str = "") -> None:
        super().__init__(session, Message("ui.ask.purpose"))
        self._page = page
        self._ref = ref
        self._asked: list[Question] = []
        self.place = 0
        self._bookmarks = Bookmarks()
        self._built: tuple[str, int] | None = None
        self._settled = QTimer(self, singleShot=True, interval=0)
        self._settled.timeout.connect(self._show_editor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if page == "programmes":
            self.add(self._chooser())
        self.add(self._progress())
        self._holder = widgets.column(spacing=theme.GAP)
        self.add(self._holder)
        self.body.addStretch(1)
        self._foot = self._footer()
        for keys, press in (
            ("Ctrl+Return", self.next),
            ("Ctrl+Enter", self.next),
            ("Alt+Left", self.back),
            ("Alt+Right", self.skip),
            ("Ctrl+J", self.next_open),
        ):
            shortcut = QShortcut(sequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(press)
        session.look_changed.connect(self._fit)
        self._load()

    # -- parts ----------------------------------------------------------------------------------
    def _chooser(self) -> QWidget:
        """Which programme is asked about."""
        made = QWidget()
        self._programmes = QuietCombo()
        self._programmes.setMaximumWidth(theme.grown(640))
        widgets.call(self.session.speaker, self._programmes, Message("ui.ask.programme"))
        self._programmes.activated.connect(self._on_programme)
        name = widgets.label(self.session.speaker, Message("ui.ask.programme"), "field")
        name.setBuddy(self._programmes)
        row = widgets.line(name, self._programmes)
        row.setStretch(1, 1)
        row.addStretch(0)
        made.setLayout(row)
        return made

    def _progress(self) -> QWidget:
        made = QWidget()
        self.count = widgets.label(self.session.speaker, "", "field")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        widgets.call(self.session.speaker, self.bar, Message("ui.ask.progress"))
        self.open = widgets.button(
            self.session.speaker,
            Message("ui.ask.next_open"),
            self.next_open,
            icon="arrow-right",
            look="quiet",
        )
        box = widgets.column(spacing=4)
        box.addLayout(widgets.line(self.count, 1, self.open))
        box.addWidget(self.bar)
        made.setLayout(box)
        return made

    def _footer(self) -> QFrame:
        """Back, Skip and Next stay where they are, however long a question is."""
        made = QFrame(self)
        made.setProperty("look", "header")
        speaker = self.session.speaker
        self.back_button = widgets.button(speaker, Message("ui.ask.back"), self.back, icon="chevron-left")
        self.skip_button = widgets.button(speaker, Message("ui.ask.skip"), self.skip, look="quiet")
        self.next_button = widgets.button(
            speaker, Message("ui.ask.next"), self.next, icon="arrow-right", look="primary"
        )
        for button, keys in (
            (self.back_button, "Alt+\N{LEFTWARDS ARROW}"),
            (self.skip_button, "Alt+\N{RIGHTWARDS ARROW}"),
            (self.next_button, "Ctrl+Enter"),
            (self.open, "Ctrl+J"),
        ):
            button.setToolTip(keys)
        row = widgets.line(self.back_button, 1, self.skip_button, self.next_button)
        row.setContentsMargins(theme.GUTTER, 8, theme.GUTTER, 8)
        made.setLayout(row)
        return made

    def _fit(self) -> None:
        height = self._foot.sizeHint().height()
        self.setViewportMargins(0, 0, 0, height)
        self._foot.setGeometry(0, self.height() - height, self.width(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # -- questions ------------------------------------------------------------------------------
    @property
    def question(self) -> Question | None:
        """The question asked now; None after the last."""
        return self._asked[self.place] if self.place < len(self._asked) else None

    @property
    def shown(self) -> str:
        """The programme that is asked about, on the page of the programmes."""
        return self._ref if self._page == "programmes" else ""

    def findings_ref(self) -> str:
        return self.shown

    def has_findings(self) -> bool:
        return False

    def _name(self) -> str:
        return f"{self.session.workspace.id}/{self._page}/{self._ref}"

    def _load(self) -> None:
        if self._page == "programmes" and not self._ref:
            known = [each.id for each in self.session.plan.programmes]
            last = self._bookmarks.find(f"{self.session.workspace.id}/programmes")
            self._ref = last if last in known else next(iter(known), "")
        self._asked = questions(self.session, Stop(self._page, self._ref))
        stopped = self._bookmarks.find(self._name())
        keys = [each.key for each in self._asked]
        self.place = keys.index(stopped) if stopped in keys else 0
        self._built = None

    def open_ref(self, ref: str) -> None:
        if self._page == "programmes":
            if ref and ref != self._ref:
                self.session.drafts.flush()
                self._ref = ref
                self._bookmarks.keep(f"{self.session.workspace.id}/programmes", ref)
                self._load()
                self.refresh()
            return
        self.go_to(next((at for at, each in enumerate(self._asked) if each.field.id == ref), self.place))

    def _on_programme(self, _row: int) -> None:
        self.open_ref(str(self._programmes.currentData() or ""))

    def go_to(self, place: int) -> None:
        """Ask another question; what is typed is written first. What is not understood stays."""
        if not self.session.drafts.flush():
            self.take_focus()
            return
        self.place = max(0, min(place, len(self._asked)))
        question = self.question
        self._bookmarks.keep(self._name(), question.key if question else "")
        self.refresh()
        self.tell_origins()
        self.verticalScrollBar().setValue(0)
        self.take_focus()
        self._settled.start()

    def _show_editor(self) -> None:
        """Where the question is long, or the letters are large, the place to type comes into view."""
        if self.boxes:
            self.ensureWidgetVisible(self.boxes[0].bindings[0].editor, 10, 30)

    def arrive(self) -> None:
        self._settled.start()

    def next(self) -> None:
        """Write the answer and ask the next question; after the last one, go on with the journey."""
        if self.question is None:
            self._go_on()
        else:
            self.go_to(self.place + 1)

    def skip(self) -> None:
        """Leave it open for now."""
        if self.question is not None:
            self.go_to(self.place + 1)

    def back(self) -> None:
        """Ask the question before."""
        self.go_to(self.place - 1)

    def next_open(self) -> None:
        """Ask the next question that nobody answered, going round once."""
        if not self.session.drafts.flush():
            return
        plan, count = self.session.plan, len(self._asked)
        for step in range(1, count + 1):
            place = (self.place + step) % max(count, 1)
            if not self._asked[place].answered(plan):
                self.go_to(place)
                return
        self.go_to(count)

    def _go_on(self) -> None:
        from desktop.ui.journey import Journey

        here = Stop(self._page, "" if self._page == "programmes" else self._ref)
        following = Journey(self.session.pack, self.session.role).after(here)
        if following is not None:
            self.session.show(following.page, following.ref)

    # -- keeping up -----------------------------------------------------------------------------
    def refresh(self) -> None:
        if self._page == "programmes":
            if all(each.id != self._ref for each in self.session.plan.programmes):
                self._ref = ""
                self._load()
            self._offer_programmes()
            fresh = questions(self.session, Stop(self._page, self._ref))
            if [each.key for each in fresh] != [each.key for each in self._asked]:
                self._asked, self.place = fresh, min(self.place, len(fresh))
        now = (self._ref, self.place)
        if self._built != now:
            self._built = now
            self._build()
        else:
            super().refresh()
        self._tell_progress()

    def _offer_programmes(self) -> None:
        combo, language = self._programmes, self.session.speaker.language
        combo.clear()
        for programme in self.session.plan.programmes:
            combo.addItem(programme.title.read(language) or programme.code or "\N{EM DASH}", programme.id)
        combo.setCurrentIndex(combo.findData(self._ref))
        combo.setEnabled(combo.count() > 0)

    def _tell_progress(self) -> None:
        plan, total = self.session.plan, len(self._asked)
        answered = sum(each.answered(plan) for each in self._asked)
        at = min(self.place + 1, total)
        message = Message("ui.ask.count", at=at, total=total, answered=answered)
        self.session.speaker.tie(self.count, QLabel.setText, message)
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(answered)
        question = self.question
        self.back_button.setEnabled(self.place > 0)
        self.skip_button.setEnabled(question is not None and not question.answered(plan))
        self.open.setEnabled(answered < total)
        self.next_button.setEnabled(bool(total))

    def _build(self) -> None:
        widgets.empty(self._holder)
        self.boxes = []
        question = self.question
        card: widgets.Card
        if question is not None:
            card = made = QuestionCard(self.session, question, self.next)
            self.boxes = [made.box]
        elif self._asked:
            card = EndCard(self.session, self._asked, self.go_to)
        else:
            card = NothingCard(self.session)
        card.setMaximumWidth(theme.grown(WIDTH))
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        row = widgets.line(spacing=0)
        row.addStretch(1)
        row.addWidget(card, 100)
        row.addStretch(1)
        self._holder.addLayout(row)

    # -- focus ----------------------------------------------------------------------------------
    def take_focus(self) -> None:
        if self.boxes:
            self.boxes[0].take_focus()
        else:
            self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def point_at(self, place: Place) -> bool:
        if self._page == "programmes" and place.row and place.table == "programme":
            self.open_ref(place.row)
        found = next((at for at, each in enumerate(self._asked) if each.register.is_at(place)), None)
        if found is None:
            return False
        if found != self.place:
            self.go_to(found)
        self.boxes[0].take_focus(place.language)
        return True
