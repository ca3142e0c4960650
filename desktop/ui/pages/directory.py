"""Every kind of page: its name, its icon, who sees it, and the class that shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from desktop.base import Message
from desktop.ui.roles import EVERYONE, PLANNERS, REVIEWERS, TEAM, Role
from desktop.ui.views import View, ViewSwitch, offered

if TYPE_CHECKING:
    from desktop.ui.journey import Stop
    from desktop.ui.pages.page import Page
    from desktop.ui.session import Session


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page. A window is a selection of these: those whose ``roles`` hold the person's."""

    id: str
    icon: str
    shown_by: str
    """Module below ``desktop.ui.pages`` and the class in it (``profile.ProfilePage``)."""
    title: Message | None = None
    """None where the guideline names each page itself (forms, worksheets, chapters)."""
    roles: frozenset[Role] = EVERYONE
    rare: bool = False
    """Whether it stands behind *Lanjutan*."""
    filled_in: bool = True
    """Whether it holds something of its own to fill in (and so a mark of how far it is)."""
    keys: str = ""
    """The shortcut of the command that goes there (``go-<id>``; pages without a title have none)."""
    hint: Message | None = None
    """What that command's tooltip says; None says that it opens the page."""
    anytime: bool = False
    """Whether it can be seen without a document, from the start screen."""


KINDS = {
    kind.id: kind
    for kind in (
        Kind(
            "review",
            "message-square-check",
            "review.ReviewPage",
            Message("ui.page.review"),
            REVIEWERS,
            filled_in=False,
            hint=Message("ui.hint.review"),
        ),
        Kind(
            "mine",
            "clipboard-check",
            "mine.MinePage",
            Message("ui.page.mine"),
            frozenset({Role.AGENCY}),
            filled_in=False,
            hint=Message("ui.hint.mine"),
        ),
        Kind("home", "house", "home.HomePage", Message("ui.page.home"), filled_in=False),
        Kind(
            "duties",
            "list-checks",
            "duties.DutiesPage",
            Message("ui.page.duties"),
            TEAM,
            filled_in=False,
            hint=Message("ui.hint.duties"),
        ),
        Kind("profile", "landmark", "profile.ProfilePage", Message("ui.page.profile")),
        Kind("figures", "chart-pie", "figures.FiguresPage", Message("ui.page.figures")),
        Kind("agencies", "building-2", "agencies.AgenciesPage", Message("ui.page.agencies"), TEAM),
        Kind("bodies", "users", "bodies.BodiesPage", Message("ui.page.bodies"), TEAM),
        Kind("decrees", "file-check-2", "decrees.DecreesPage", Message("ui.page.decrees"), TEAM),
        Kind("form", "clipboard-list", "form.FormPage"),
        Kind("worksheet", "table", "worksheet.WorksheetPage"),
        Kind("chapter", "pen-line", "chapter.ChapterPage", roles=PLANNERS),
        Kind(
            "programmes",
            "target",
            "programmes.ProgrammesPage",
            Message("ui.page.programmes"),
            keys="Ctrl+1",
        ),
        Kind(
            "roadmap",
            "chart-gantt",
            "roadmap.RoadmapPage",
            Message("ui.page.roadmap"),
            filled_in=False,
            keys="Ctrl+5",
            hint=Message("ui.hint.roadmap"),
        ),
        Kind(
            "sessions",
            "users",
            "sessions.SessionsPage",
            Message("ui.page.sessions"),
            PLANNERS,
            hint=Message("ui.hint.sessions"),
        ),
        Kind(
            "stakeholders",
            "user",
            "stakeholders.StakeholdersPage",
            Message("ui.page.stakeholders"),
            PLANNERS,
            hint=Message("ui.hint.stakeholders"),
        ),
        Kind(
            "inputs",
            "message-square-check",
            "inputs.InputsPage",
            Message("ui.page.inputs"),
            PLANNERS,
            hint=Message("ui.hint.inputs"),
        ),
        Kind(
            "assessment",
            "radar",
            "assessment.AssessmentPage",
            Message("ui.page.assessment"),
            filled_in=False,
            hint=Message("ui.hint.assessment"),
        ),
        Kind("evidence", "paperclip", "evidence.EvidencePage", Message("ui.page.evidence"), keys="Ctrl+2"),
        Kind(
            "checks",
            "list-checks",
            "checks.ChecksPage",
            Message("ui.page.checks"),
            filled_in=False,
            keys="F7",
            hint=Message("ui.hint.checks"),
        ),
        Kind(
            "books",
            "book-open",
            "books.BooksPage",
            Message("ui.page.books"),
            PLANNERS,
            filled_in=False,
            keys="Ctrl+3",
            hint=Message("ui.hint.books"),
        ),
        Kind(
            "package",
            "package",
            "package.PackagePage",
            Message("ui.page.package"),
            TEAM,
            filled_in=False,
            keys="Ctrl+4",
            hint=Message("ui.hint.package"),
        ),
        Kind(
            "differing",
            "combine",
            "differing.DifferingPage",
            Message("ui.page.differing"),
            rare=True,
            filled_in=False,
            keys="Ctrl+Alt+B",
            hint=Message("ui.hint.differing"),
        ),
        Kind(
            "news",
            "download",
            "news.NewsPage",
            Message("ui.page.news"),
            rare=True,
            filled_in=False,
            keys="Ctrl+Alt+Y",
            hint=Message("ui.hint.news"),
        ),
        Kind(
            "history",
            "history",
            "history.HistoryPage",
            Message("ui.page.history"),
            rare=True,
            filled_in=False,
            keys="Ctrl+Alt+H",
            hint=Message("ui.hint.history"),
        ),
        Kind(
            "activity",
            "chart-gantt",
            "activity.ActivityPage",
            Message("ui.page.activity"),
            PLANNERS,
            rare=True,
            filled_in=False,
            hint=Message("ui.hint.activity"),
        ),
        Kind(
            "comments",
            "message-square",
            "comments.CommentsPage",
            Message("ui.page.comments"),
            rare=True,
            filled_in=False,
            keys="Ctrl+Shift+M",
            hint=Message("ui.hint.comments"),
        ),
        Kind(
            "leftover",
            "archive-restore",
            "leftover.LeftoverPage",
            Message("ui.page.leftover"),
            TEAM,
            rare=True,
            filled_in=False,
            hint=Message("ui.hint.leftover"),
        ),
        Kind(
            "search",
            "search",
            "search.SearchPage",
            Message("ui.page.search"),
            rare=True,
            filled_in=False,
            keys="Ctrl+Alt+F",
            hint=Message("ui.hint.search"),
        ),
        Kind(
            "finding",
            "replace",
            "finding.FindingPage",
            Message("ui.page.finding"),
            PLANNERS,
            rare=True,
            filled_in=False,
            keys="Ctrl+Shift+F",
            hint=Message("ui.hint.finding"),
        ),
        Kind(
            "desk",
            "clipboard-check",
            "desk.DeskPage",
            Message("ui.page.desk"),
            frozenset({Role.MINISTRY}),
            rare=True,
            filled_in=False,
            keys="Ctrl+Alt+T",
            hint=Message("ui.hint.desk"),
            anytime=True,
        ),
        Kind(
            "settings",
            "settings",
            "settings.SettingsPage",
            Message("ui.page.settings"),
            rare=True,
            filled_in=False,
            keys="Ctrl+Alt+S",
            hint=Message("ui.hint.settings"),
            anytime=True,
        ),
    )
}
"""By id, in the order in which menus and the journey name them."""


def seen_by(role: Role) -> tuple[Kind, ...]:
    """The kinds of page a person of this role sees."""
    return tuple(kind for kind in KINDS.values() if role in kind.roles)


def make_page(session: Session, stop: Stop, view: View = View.FIELDS) -> Page:
    """The page of a stop, in one of the views it has, with the switch between them."""
    made = _page(session, stop, view)
    if KINDS[stop.page].anytime:
        return made  # may be seen without a document, and so without a guideline to ask
    views = offered(session.pack, stop, session.role)
    if len(views) > 1:
        made.offer_views(ViewSwitch(session, views, view))
    return made


def _page(session: Session, stop: Stop, view: View) -> Page:
    if view is View.INTERVIEW:
        from desktop.ui.pages.interview import InterviewPage

        return InterviewPage(session, stop.page, stop.ref)
    if view is View.BOOK:
        from desktop.ui.pages.printed import PrintedPage

        return PrintedPage(session, stop)
    if view is View.COPY:
        from desktop.ui.pages.copying import CopyPage

        return CopyPage(session, stop.ref)
    kind = KINDS[stop.page]
    module, name = kind.shown_by.split(".")
    made = cast("Callable[..., Page]", getattr(import_module(f"desktop.ui.pages.{module}"), name))
    return made(session) if kind.title is not None else made(session, stop.ref)
