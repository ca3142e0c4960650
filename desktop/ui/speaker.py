"""The window's voice: every text on screen is tied to it and spoken again when the language changes."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator, Signal

from desktop.base import Language, LocalText, Message, render
from desktop.base.resources import catalogue_file
from desktop.base.speech import catalogue

Speech: TypeAlias = "Message | LocalText | str | Callable[[], Message | LocalText | str]"
"""What can be said: a message, a pack's text, words as they are, or a function that decides when asked."""
W = TypeVar("W", bound=QObject)


class QtTexts(QTranslator):
    """Qt's own texts (dialog buttons, file dialogs, context menus) out of our catalogue ``qtbase``."""

    def __init__(self, language: Language, parent: QObject) -> None:
        super().__init__(parent)
        self._entries = catalogue(language, "qtbase")

    def isEmpty(self) -> bool:
        return False

    def translate(
        self,
        context: str | bytes,
        sourceText: str | bytes,
        disambiguation: str | bytes | None = None,  # noqa: ARG002 - Qt's signature
        n: int = -1,  # noqa: ARG002 - Qt's signature
    ) -> str:
        where = context.decode() if isinstance(context, bytes) else context
        source = sourceText.decode() if isinstance(sourceText, bytes) else sourceText
        text = self._entries.pgettext(where, source)
        # None, not "": an empty text would blank the button instead of leaving Qt's own.
        return text if text != source else None  # type: ignore[return-value]


class Speaker(QObject):
    """Says messages in the window's language and remembers who must speak again when it changes."""

    changed = Signal()

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._ties: dict[int, tuple[weakref.ref[QObject], dict[Any, Speech]]] = {}
        self._qt: QTranslator | None = None
        self._teach_qt()

    @property
    def language(self) -> Language:
        """The language the window speaks now."""
        return self._language

    @property
    def other(self) -> Language:
        """The language it does not speak now."""
        return Language.EN if self._language is Language.ID else Language.ID

    def say(self, speech: Speech) -> str:
        """The words, in the present language."""
        if callable(speech):
            speech = speech()
        match speech:
            case Message():
                return render(speech, self._language)
            case LocalText():
                return speech.read(self._language)
            case _:
                return speech

    def tie(self, widget: W, put: Callable[[W, str], object], speech: Speech) -> None:
        """Say ``speech`` through ``put(widget, text)`` now and after every change of language.

        Tying the same ``put`` again replaces what is said. Only a weak reference is kept.
        """
        key = id(widget)
        known = self._ties.get(key)
        if known is None or known[0]() is not widget:
            known = (weakref.ref(widget), {})
            self._ties[key] = known
        known[1][put] = speech
        put(widget, self.say(speech))

    def switch(self, language: Language) -> None:
        """Speak another language from now on, everywhere."""
        if language is self._language:
            return
        self._language = language
        self._teach_qt()
        self.forget_gone()
        for reference, puts in list(self._ties.values()):
            widget = reference()
            if widget is None or not shiboken6.isValid(widget):
                continue
            for put, speech in list(puts.items()):
                put(widget, self.say(speech))
        self.changed.emit()

    def forget_gone(self) -> None:
        """Forget what is gone: a speech that asks its widget would keep it for ever."""
        for key, (reference, _puts) in list(self._ties.items()):
            widget = reference()
            if widget is None or not shiboken6.isValid(widget):
                del self._ties[key]

    def _teach_qt(self) -> None:
        QLocale.setDefault(QLocale(self._language.locale))
        if self._qt is not None:
            QCoreApplication.removeTranslator(self._qt)
            self._qt = None
        if catalogue_file(self._language, "qtbase", ".po") or catalogue_file(self._language, "qtbase", ".qm"):
            self._qt = self._translator()
            QCoreApplication.installTranslator(self._qt)

    def _translator(self) -> QTranslator:
        compiled = catalogue_file(self._language, "qtbase", ".qm")
        if compiled is not None:
            translator = QTranslator(self)
            if translator.load(str(compiled)):
                return translator
        return QtTexts(self._language, self)
