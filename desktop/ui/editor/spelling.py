"""Marks words that no dictionary knows, in the moments when nobody types, and offers what was meant."""

from __future__ import annotations

import weakref
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextBlock, QTextCursor
from PySide6.QtWidgets import QMenu

from desktop.base import Language, Message
from desktop.base.paths import folder
from desktop.base.spelling import WORD, dictionary, skipped

if TYPE_CHECKING:
    from desktop.ui.fields.richedit import RichEditor
    from desktop.ui.session import Session
    from desktop.workspace.plan import Text

PAUSE = 350
"""Milliseconds after the last letter before words are looked up, so that a half-typed one is not marked."""
SLICE = 4
"""Milliseconds of looking up at a time."""
_lexicons: weakref.WeakKeyDictionary[Session, dict[Language, Lexicon]] = weakref.WeakKeyDictionary()


class Lexicon(QObject):
    """What is known of the words of one language: dictionary, own words, and the plan's names."""

    def __init__(self, session: Session, language: Language) -> None:
        super().__init__(session)
        self._session = weakref.proxy(session)
        self._language = language
        self._verdicts: dict[str, bool] = {}
        self._names: frozenset[str] = frozenset()
        self._head = ""
        self._own = _read_own(language)
        session.changed.connect(self._on_changed)

    def verdict(self, word: str) -> bool | None:
        """Whether a word is right, as far as it was looked up."""
        return True if skipped(word) else self._verdicts.get(word)

    def look_up(self, word: str) -> bool:
        """Find out whether a word is right."""
        self._learn_names()
        low = word.replace("’", "'").lower()
        right = low in self._own or low in self._names or dictionary(self._language).knows(word)
        if not right and "-" in low:
            judge = dictionary(self._language)
            right = all(part in self._names or judge.knows(part) for part in low.split("-"))
        self._verdicts[word] = right
        return right

    def take_in(self, word: str) -> None:
        """Remember a word of this person's, on this computer."""
        self._own = self._own | {word.lower()}
        path = _own_file(self._language)
        path.write_text("\n".join(sorted(self._own)) + "\n", encoding="utf-8")
        self._verdicts = {known: right for known, right in self._verdicts.items() if right}

    def _on_changed(self, _changes: object) -> None:
        self._head = ""

    def _learn_names(self) -> None:
        """Names of regions, agencies, people and programmes are spelled as they are."""
        if not self._session.is_open or self._head:
            return
        plan = self._session.plan
        self._head = plan.head
        texts: list[Text] = [plan.title, *(agency.name for agency in plan.agencies)]
        texts += [programme.title for programme in plan.programmes]
        texts += [person.office for person in plan.people]
        said = [value for text in texts for value in text.values.values()]
        said += [agency.short_name for agency in plan.agencies] + [person.name for person in plan.people]
        names = _places() | {word.lower() for text in said for word in WORD.findall(text)}
        if names != self._names:
            self._names = names
            self._verdicts = {known: right for known, right in self._verdicts.items() if right}


def _places() -> frozenset[str]:
    from desktop.workspace.regions import regions

    said = (text for each in regions() for text in (each.name, each.province))
    return frozenset(word.lower() for text in said for word in WORD.findall(text))


def _own_file(language: Language) -> Path:
    return folder() / f"words-{language.value}.txt"


def _read_own(language: Language) -> frozenset[str]:
    try:
        return frozenset(_own_file(language).read_text(encoding="utf-8").split())
    except (OSError, ValueError):
        return frozenset()


def lexicon(session: Session, language: Language) -> Lexicon:
    """The words of a session's plan in a language; there is one for all its editors."""
    known = _lexicons.setdefault(session, {})
    if language not in known:
        known[language] = Lexicon(session, language)
    return known[language]


class Speller(QObject):
    """Watches over the spelling of one editor."""

    def __init__(self, editor: RichEditor, session: Session, language: Language) -> None:
        super().__init__(editor)
        self._editor = editor
        self._session = session
        self.lexicon = lexicon(session, language)
        self._blocks: list[int] = []
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._begin)
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._work)
        self._on = False
        session.settings_changed.connect(self._follow)
        editor.dressing.unsure = self._note
        self._follow()

    def _follow(self) -> None:
        """Whether words are marked is a setting."""
        on = self._session.settings.spelling
        if on != self._on:
            self._on = on
            self._editor.dressing.spelling = self.lexicon if on else None
            self._editor.dressing.rehighlight()

    def _note(self, block: QTextBlock) -> None:
        number = block.blockNumber()
        if number not in self._blocks:
            self._blocks.append(number)
        if not self._slices.isActive():
            self._pause.start()

    def _begin(self) -> None:
        self._slices.start()

    def _work(self) -> None:
        """Look words up for a few milliseconds; the blocks they stand in are drawn when all are known."""
        until = monotonic() + SLICE / 1000
        while self._blocks and monotonic() < until:
            block = self._editor.edit.document().findBlockByNumber(self._blocks[0])
            done = True
            for found in WORD.finditer(block.text()):
                if self.lexicon.verdict(found.group()) is None:
                    if monotonic() > until:
                        done = False
                        break
                    self.lexicon.look_up(found.group())
            if done:
                self._blocks.pop(0)
                if block.isValid():
                    self._editor.dressing.rehighlightBlock(block)
        if not self._blocks:
            self._slices.stop()

    # -- by hand --------------------------------------------------------------------------------
    def word_at(self, cursor: QTextCursor) -> QTextCursor | None:
        """The misspelled word under a cursor, selected."""
        block = cursor.block()
        for found in WORD.finditer(block.text()):
            if found.start() <= cursor.positionInBlock() <= found.end():
                if self.lexicon.verdict(found.group()) is not False:
                    return None
                made = QTextCursor(block)
                made.setPosition(block.position() + found.start())
                made.setPosition(block.position() + found.end(), QTextCursor.MoveMode.KeepAnchor)
                return made
        return None

    def next_wrong(self) -> QTextCursor | None:
        """The next misspelled word after the cursor, from the beginning again after the last."""
        text, here = self._editor.edit.document(), self._editor.edit.textCursor()
        first = None
        block = text.begin()
        while block.isValid():
            for found in WORD.finditer(block.text()):
                if not self._right(found.group()):
                    place = block.position() + found.start()
                    first = place if first is None else first
                    if place >= here.selectionEnd():
                        return self._select(place, len(found.group()))
            block = block.next()
        if first is None:
            return None
        found_at = WORD.match(text.findBlock(first).text(), first - text.findBlock(first).position())
        return self._select(first, len(found_at.group()) if found_at else 1)

    def _right(self, word: str) -> bool:
        verdict = self.lexicon.verdict(word)
        return self.lexicon.look_up(word) if verdict is None else verdict

    def _select(self, place: int, length: int) -> QTextCursor:
        made = QTextCursor(self._editor.edit.document())
        made.setPosition(place)
        made.setPosition(place + length, QTextCursor.MoveMode.KeepAnchor)
        return made

    def visit_next(self) -> None:
        """Go to the next misspelled word and show what may have been meant."""
        from desktop.ui.fields.editor import show_menu

        found = self.next_wrong()
        if found is None:
            self._session.told.emit(Message("ui.spelling.all_right"))
            return
        edit = self._editor.edit
        edit.setTextCursor(found)
        edit.ensureCursorVisible()
        menu = QMenu(self._editor)
        self.offer(menu, found)
        show_menu(menu, edit.viewport().mapToGlobal(edit.cursorRect(found).bottomLeft()))
        edit.setFocus()

    def offer(self, menu: QMenu, cursor: QTextCursor) -> None:
        """Put suggestions for the word under a cursor at the top of a menu."""
        if not self._on:
            return
        inside = QTextCursor(cursor)
        inside.setPosition(cursor.selectionStart())
        wrong = self.word_at(inside)
        if wrong is None:
            return
        word, say = wrong.selectedText(), self._editor.speaker.say
        first = menu.actions()[0] if menu.actions() else None
        made = [menu.addAction(text) for text in dictionary(self._editor.language).suggest(word)]
        for action in made:
            font = action.font()
            font.setBold(True)
            action.setFont(font)
            action.triggered.connect(partial(self._replace, wrong, action.text()))
        if not made:
            nothing = menu.addAction(say(Message("ui.spelling.no_suggestion")))
            nothing.setEnabled(False)
            made.append(nothing)
        keep = menu.addAction(say(Message("ui.spelling.take_in", word=word)))
        keep.triggered.connect(partial(self._take_in, word))
        made += [keep, menu.addSeparator()]
        if first is not None:
            for action in made:
                menu.removeAction(action)
                menu.insertAction(first, action)

    def _replace(self, wrong: QTextCursor, word: str, _checked: bool = False) -> None:
        wrong.insertText(word, wrong.charFormat())

    def _take_in(self, word: str, _checked: bool = False) -> None:
        self.lexicon.take_in(word)
        self._editor.dressing.rehighlight()
