"""What the documents in a package are called: by the open document's guideline where it is the package's.

Of a refused file nothing is called anything but its path: what lies there is not what the guideline names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop.base import LocalText, Message
from desktop.guideline.lookup import package_books
from desktop.ui.fields.box import language_name
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.submission import Verdict

Names = Mapping[str, LocalText | Message]


def names(session: Session, verdict: Verdict) -> Names:
    """Titles by path; empty where another guideline, or none, is open."""
    package = verdict.package
    if package is None or not session.is_open or verdict.kind.value == "refused":
        return {}
    own = session.plan.guideline
    if (package.guideline_id, package.guideline_version) != (own.id, own.version):
        return {}
    paths = {each.path for each in verdict.files}
    places: dict[str, LocalText | Message] = {
        f"books/{book.id}": book.title for book in package_books(session.pack)
    }
    places["approval/lembar-pengesahan"] = Message("books.approval.title")
    found: dict[str, LocalText | Message] = {}
    for place, title in places.items():
        inside = {
            language: path
            for language in (session.source, session.second)
            if (path := f"{place}.{language.value}.pdf") in paths
        }
        for language, path in inside.items():
            told = Message("ui.verdict.in_language", title=title, language=language_name(language))
            found[path] = told if len(inside) > 1 else title
    return found


def with_names(message: Message, named: Names) -> Message:
    """A message in which documents are called by their titles."""
    if not any(isinstance(value, str) and value in named for value in message.params.values()):
        return message
    values = {
        key: named.get(value, value) if isinstance(value, str) else value
        for key, value in message.params.items()
    }
    return Message(message.id, **values)
