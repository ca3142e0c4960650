"""What came in since the last visit, what was filled in differently, and how the packages stand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.newness import newness_of
from desktop.ui.session import Session
from desktop.ui.standings import Answer, Known

if TYPE_CHECKING:
    from desktop.workspace.parcels import Arrival, News, SealedPackage

    Packages = Sequence[tuple[SealedPackage, Answer]]
    """Newest first, and how far each is signed."""

AT_ONCE = 4


class NewsCard(widgets.Card):
    """Work of others that arrived, imports, and fields filled differently."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.speaker, Message("ui.home.news"))
        self._session = session
        self._shown: object = None
        self._rows = widgets.column(spacing=6)
        self.add(self._rows)
        self.body.addStretch(1)

    def show_news(self, news: list[News], arrivals: list[Arrival], differing: int) -> None:
        """Show these, newest first."""
        new = newness_of(self._session).things
        state = (tuple(news), tuple(arrivals), differing, len(new.things), new.people)
        if state == self._shown:
            return
        self._shown = state
        widgets.empty(self._rows)
        if differing:
            message = Message("ui.home.differing", n=differing)
            self._rows.addLayout(
                self._line("combine", "warn", message, Message("ui.home.differing.note"), "differing")
            )
        if new.things:
            programmes = len(new.programmes)
            about = Message("ui.home.new.note", people=", ".join(name for name, _ in new.people[:3]))
            title = Message("ui.home.new", n=len(new.things), programmes=programmes)
            self._rows.addLayout(self._line("eye", "primary", title, about, "news"))
        for each in news[:AT_ONCE]:
            self._rows.addLayout(self._of(each))
        if not news and arrivals:
            last = arrivals[0]
            about = Message("ui.home.arrival.note", at=last.at, n=last.change_sets)
            self._rows.addLayout(
                self._line("download", "muted", Message("ui.home.arrival", file=last.file), about)
            )
        if not (news or arrivals or differing or new.things):
            self._rows.addWidget(
                widgets.label(self._session.speaker, Message("ui.home.news.none"), "muted", wrap=True)
            )

    def _of(self, each: News) -> QHBoxLayout:
        about = Message("ui.home.news.note", at=each.at, n=each.changes)
        if each.imported:
            return self._line(
                "import", "primary", Message("ui.home.imported", author=each.author), about, "history"
            )
        return self._line(
            "download", "primary", Message("ui.home.brought", author=each.author), about, "history"
        )

    def _line(self, icon: str, role: str, title: Message, about: Message, page: str = "") -> QHBoxLayout:
        return line(self._session, icon, role, title, about, page)


class PackagesCard(widgets.Card):
    """Packages sealed of this document: signed by whom, outdated, or gone."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.speaker, Message("ui.home.packages"))
        self._session = session
        self._shown: object = None
        self.missing = widgets.label(session.speaker, "", "warn", wrap=True)
        self.missing.hide()
        self.add(self.missing)
        self._rows = widgets.column(spacing=6)
        self.add(self._rows)
        self.body.addStretch(1)

    def show_missing(self, told: Message | None) -> None:
        """Say whose paraf or signature is awaited; None where none is asked for."""
        self.missing.setVisible(told is not None)
        if told is not None:
            theme.look(self.missing, "" if told.id.endswith("complete") else "warn")
            self._session.speaker.tie(self.missing, QLabel.setText, told)

    def show_packages(self, packages: Packages) -> None:
        """Show these, newest first."""
        state = tuple(packages)
        if state == self._shown:
            return
        self._shown = state
        widgets.empty(self._rows)
        for package, answer in packages:
            self._rows.addLayout(self._of(package, answer))
        if not packages:
            self._rows.addWidget(
                widgets.label(self._session.speaker, Message("ui.home.packages.none"), "muted", wrap=True)
            )

    def _of(self, package: SealedPackage, answer: Answer) -> QHBoxLayout:
        title = Message("ui.home.package", file=package.path.name, at=package.at)
        if not isinstance(answer, Known):
            told = Message("ui.standing.reading")
            return line(self._session, "circle-dashed", "muted", title, told, "package")
        standing = answer.standing
        # nobody has verified it here: its own word is no green
        icon, role, about = "circle-check", "muted", Message("ui.home.package.signed")
        if standing is None:
            icon, role, about = "circle-question-mark", "muted", Message("ui.home.package.gone")
        elif package.changes is None:
            icon, role, about = "triangle-alert", "warn", Message("ui.home.package.apart")
        elif package.outdated:
            icon, role, about = (
                "triangle-alert",
                "warn",
                Message("ui.home.package.outdated", n=package.changes),
            )
        elif standing.waiting:
            names = ", ".join(dict.fromkeys(standing.awaited))
            icon, role = "signature", "warn"
            about = Message("ui.home.package.waiting", n=len(standing.waiting), who=names)
        return line(self._session, icon, role, title, about, "package")


def line(
    session: Session, icon: str, role: str, title: Message, about: Message, page: str = ""
) -> QHBoxLayout:
    """A picture, a sentence with a note below, and a way to the page it is about."""
    speaker = session.speaker
    words = widgets.column(spacing=1)
    words.addWidget(widgets.label(speaker, title, wrap=True))
    words.addWidget(widgets.label(speaker, about, "muted", wrap=True))
    made = widgets.line(widgets.picture(icon, role, 18))
    made.setContentsMargins(0, 2, 0, 2)
    made.addLayout(words, 1)
    if page:
        name = Message("ui.findings.go", what=title)
        made.addWidget(widgets.tool(speaker, name, "arrow-right", partial(session.show, page)))
    return made
