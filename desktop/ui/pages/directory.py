"""Which page shows which kind of stop; each is imported when it is first visited."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from desktop.ui.journey import Stop
from desktop.ui.pages.page import Page
from desktop.ui.session import Session

_HOME = {
    "profile": ("profile", "ProfilePage"),
    "agencies": ("agencies", "AgenciesPage"),
    "form": ("form", "FormPage"),
    "worksheet": ("worksheet", "WorksheetPage"),
    "chapter": ("chapter", "ChapterPage"),
    "programmes": ("programmes", "ProgrammesPage"),
    "evidence": ("evidence", "EvidencePage"),
    "checks": ("checks", "ChecksPage"),
    "books": ("books", "BooksPage"),
    "package": ("package", "PackagePage"),
    "history": ("history", "HistoryPage"),
    "settings": ("settings", "SettingsPage"),
}


def make_page(session: Session, stop: Stop) -> Page:
    """The page of a stop."""
    module, name = _HOME[stop.page]
    page = getattr(import_module(f"desktop.ui.pages.{module}"), name)
    make = cast("Callable[..., Page]", page)
    return make(session, stop.ref) if stop.page in {"form", "worksheet", "chapter"} else make(session)
