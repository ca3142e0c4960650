"""One language of a chapter: its editor, its words counted, its comments, and whether it is out of date."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from desktop.base import Language, Message
from desktop.base.ids import derived_id
from desktop.ui import comments, theme, widgets
from desktop.ui.differing.badge import DifferingBadge
from desktop.ui.editor.margin import Margin
from desktop.ui.fields.binding import Binding
from desktop.ui.fields.box import language_name
from desktop.ui.fields.richedit import RichEditor
from desktop.ui.fields.saying import beside
from desktop.ui.reviewing.beside import Beside
from desktop.ui.reviewing.diff import painted_values
from desktop.ui.reviewing.suggest import Asked
from desktop.ui.tracing import Record, Subject
from desktop.workspace.plan import text_hash

if TYPE_CHECKING:
    from desktop.guideline.pack import Chapter
    from desktop.ui.registers import AnswerRegister
from desktop.ui.session import Session

COUNT_AFTER = 150
"""Milliseconds after the last letter before words are counted again."""


class Side(QFrame):
    """The text of a chapter in one language."""

    def __init__(self, session: Session, chapter: Chapter, register: AnswerRegister, language: str) -> None:
        super().__init__()
        self.session, self.chapter, self.register, self.language = session, chapter, register, language
        speaker = session.speaker
        box = widgets.column(spacing=4)
        self.setLayout(box)
        self.editor = RichEditor(speaker)
        name = language_name(Language(language))
        head = widgets.line(widgets.label(speaker, name, "field"), 1, spacing=8)
        self.count = widgets.label(speaker, "", "muted")
        head.addWidget(self.count)
        self.mark = comments.CommentMark(session, replace(register.place(), language=language))
        head.addWidget(self.mark)
        self.badge = DifferingBadge(session)
        head.addWidget(self.badge)
        self.subject = Subject(chapter.title, register.field, register.records(session))
        self.editor.about = lambda: self.subject
        self.editor.history_wanted.connect(session.history_wanted)
        history = Message("ui.command.field_history")
        head.addWidget(
            widgets.tool(speaker, history, "history", lambda: session.history_wanted.emit(self.subject))
        )
        box.addLayout(head)
        self.review = self._make_review()
        box.addWidget(self.review)
        self.stale = self._make_stale()
        box.addWidget(self.stale)
        speaker.tie(
            self.editor,
            RichEditor.name,
            Message("ui.field.in_language", field=chapter.title, language=name),
        )
        self.binding = Binding(session, register, self.editor, language)
        self.place = replace(register.place(), language=language)
        self.margin = Margin(session, self.editor, self.place)
        box.addLayout(self._row(), 1)
        self.said = widgets.label(speaker, "", "bad", wrap=True)
        self.said.hide()
        box.addWidget(self.said)
        self._soon = QTimer(self, singleShot=True, interval=COUNT_AFTER)
        self._soon.timeout.connect(self.count_words)
        self.editor.edit.textChanged.connect(self._soon.start)
        self.editor.comment_wanted.connect(self._comment)
        self.editor.comment_step.connect(self.margin.step)
        self._shown_diff = ""

    def _make_review(self) -> Beside:
        asked = Asked(self.register.place(), self.register.field, self.chapter.title)
        return Beside(self.session, asked, self.language, self._want_comment, only=True)

    def _want_comment(self) -> None:
        self.editor.want_comment()

    def _row(self) -> QHBoxLayout:
        made = widgets.line(spacing=theme.GAP)
        made.addWidget(self.editor, 1)
        made.addWidget(self.margin)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() >= theme.grown(560)
        self.mark.setVisible(not room)
        self.count.setWordWrap(not room)
        self.margin.give_room(room=room)

    # -- words ----------------------------------------------------------------------------------
    def count_words(self) -> None:
        """Say how many words there are, and how many the guideline wants."""
        words, least = self.editor.words(), self.chapter.min_words
        message = Message("ui.chapter.words", n=words)
        if least:
            message = Message("ui.chapter.words_of", n=words, least=least)
        theme.look(self.count, "muted" if words >= least else "warn")
        self.session.speaker.tie(self.count, QLabel.setText, message)

    # -- comments -------------------------------------------------------------------------------
    def _comment(self, block: str, quote: str) -> None:
        from desktop.ui.editor import anchors

        # What was typed last gets its place in the plan, and its block an id, before it is remarked on.
        if self.session.drafts.flush():
            self.binding.refresh()
            edit = self.editor.edit
            block = anchors.id_of(edit.document().findBlock(edit.textCursor().selectionStart()))
        comments.add(self, self.session, self.place, block=block, quote=quote)

    # -- keeping up -----------------------------------------------------------------------------
    def refresh(self) -> None:
        """Show the plan as it is now."""
        self.binding.refresh()
        self._soon.stop()
        self.count_words()
        self.margin.refresh()
        self.mark.refresh()
        spoken = derived_id("answer", self.register.item, self.register.scope, self.language)
        self.badge.refresh([Record("answer", spoken, "value")])
        self.review.refresh()
        text = self.register.text(self.session.plan)
        out_of_date = text.stale(self.language, self.session.source.value)
        self.stale.setVisible(out_of_date)
        if out_of_date:
            source = text.values.get(self.session.source.value, "")
            self._show_diff(source, text.made_from.get(self.language, ""))
        self.show_findings()

    def show_findings(self) -> None:
        """Say below the text what the checks say about it."""
        report = self.session.report
        if report is None or self.binding.dirty:
            return
        mine = [
            each
            for each in report.findings
            if self.register.is_at(each.place) and each.place.language in {"", self.language}
        ]
        self.said.setVisible(bool(mine))
        if mine:
            theme.look(self.said, {"mandatory": "bad", "weak": "warn"}.get(mine[0].list, "muted"))
            self.session.speaker.tie(self.said, QLabel.setText, beside(mine[0].message))

    # -- out of date ----------------------------------------------------------------------------
    def _make_stale(self) -> QFrame:
        made = QFrame()
        made.setProperty("look", "banner")
        box = widgets.column(margins=(10, 6, 10, 6), spacing=4)
        made.setLayout(box)
        speaker = self.session.speaker
        right = widgets.button(
            speaker, Message("ui.chapter.still_right"), self.still_right, icon="check", look="quiet"
        )
        right.setEnabled(not self.session.read_only)
        box.addLayout(
            widgets.line(
                widgets.picture("triangle-alert", "warn"),
                widgets.label(speaker, Message("ui.field.stale"), "warn", wrap=True),
                1,
            )
        )
        self.changed = QLabel()
        self.changed.setWordWrap(True)
        self.changed.setTextFormat(Qt.TextFormat.RichText)
        self.changed.setProperty("look", "muted")
        self.changed.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.addWidget(self.changed)
        box.addWidget(right, 0, Qt.AlignmentFlag.AlignLeft)
        self.session.look_changed.connect(self._paint_diff)
        self.session.speaker.changed.connect(self._paint_diff)
        self._sources = ("", "")
        self._known = False
        made.hide()
        return made

    def _show_diff(self, now: str, made_from: str) -> None:
        if self._shown_diff == now + made_from:
            return
        self._shown_diff = now + made_from
        before = self._source_of(made_from)
        self._known = before is not None
        self._sources = (before or "", now)
        self._paint_diff()

    def _source_of(self, made_from: str) -> str | None:
        """The source text a translation was made from, out of the journal."""
        row = derived_id("answer", self.register.item, self.register.scope, self.session.source.value)
        for entry in self.session.workspace.history("answer", row, "value"):
            for value in (entry.after, *entry.before):
                if isinstance(value, str) and text_hash(value) == made_from:
                    return value
        return "" if text_hash("") == made_from else None

    def _paint_diff(self) -> None:
        if not self._known:
            self.changed.setText(escape(self.session.say(Message("ui.chapter.source_gone"))))
            return
        told = escape(self.session.say(Message("ui.chapter.what_changed")))
        self.changed.setText(f"{told} {painted_values(*self._sources, self.session.say)}")

    def still_right(self) -> None:
        """Say that the translation still fits the source as it is now."""
        session = self.session
        session.drafts.flush()
        text = self.register.text(session.plan).values.get(self.language, "")

        def keep() -> None:
            with session.change(Message("ui.op.still_right", field=self.chapter.title)) as operation:
                self.register.write(operation, self.language, text)

        session.attempt(keep)


class Together:
    """Two editors scroll together: block by block where they have the same number, else in proportion."""

    def __init__(self, one: RichEditor, other: RichEditor) -> None:
        self._pair = (one, other)
        self._busy = False
        one.edit.verticalScrollBar().valueChanged.connect(lambda _at: self._follow(0))
        other.edit.verticalScrollBar().valueChanged.connect(lambda _at: self._follow(1))

    def _follow(self, which: int) -> None:
        if self._busy:
            return
        leader, led = self._pair[which].edit, self._pair[1 - which].edit
        self._busy = True
        bar, target = leader.verticalScrollBar(), led.verticalScrollBar()
        if leader.document().blockCount() == led.document().blockCount():
            block = leader.cursorForPosition(leader.viewport().rect().topLeft()).block()
            layouts = leader.document().documentLayout(), led.document().documentLayout()
            here = layouts[0].blockBoundingRect(block)
            there = layouts[1].blockBoundingRect(led.document().findBlockByNumber(block.blockNumber()))
            share = (bar.value() - here.top()) / max(1.0, here.height())
            target.setValue(round(there.top() + share * there.height()))
        else:
            target.setValue(round(target.maximum() * bar.value() / max(1, bar.maximum())))
        self._busy = False
