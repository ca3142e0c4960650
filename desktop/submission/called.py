"""What the roles and documents of a package are called, by the guideline it follows where that is at hand.

A package names them by ids and paths. The guideline is one that came with the program or that a person
installed, never the one inside a package: what lies there is the package's own word.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from desktop.base import Language, LocalText, Message, RancangError
from desktop.base.paths import home
from desktop.guideline.signing import package_books
from desktop.submission.fingerprint import APPROVAL, DOCUMENTS

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack

Title = LocalText | Message
Titles = Mapping[str, Title]

VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){0,3}([.+-]?(a|b|rc|dev|post|local)[0-9]{0,4}){0,3}")
"""Versions of this program, and of guidelines."""
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
NOT_KNOWN_HERE = Message("submission.guideline_not_known")
"""Said in the place of a guideline whose id or version is none: whoever seals writes both."""
SHEET = "approval/lembar-pengesahan"
"""Where the approval sheet lies, without language and suffix."""
_LANGUAGES = {
    Language.ID: Message("checks.language.id"),
    Language.EN: Message("checks.language.en"),
}


def guideline_said(guideline: str, version: str) -> str | Message:
    """Id and version of a guideline as a package states them, where they are such; or nothing."""
    if not guideline and not version:
        return ""
    if _ID.fullmatch(guideline) is None or VERSION.fullmatch(version) is None:
        return NOT_KNOWN_HERE
    return f"{guideline} {version}"


def pack_at_hand(guideline: str, version: str) -> Pack | None:
    """The guideline of this id: the same version if it is at hand, else another; None where there is none."""
    from desktop.guideline.store import available

    found = [one for one in available(judge=False) if one.usable and one.id == guideline]
    found.sort(key=lambda one: one.version != version)
    return _read(found[0].id, found[0].version, str(found[0].path)) if found else None


def same_at_hand(guideline: str, version: str) -> Pack | None:
    """The guideline of this very id and version, where it is at hand."""
    pack = pack_at_hand(guideline, version)
    return pack if pack is not None and (pack.pack.id, pack.pack.version) == (guideline, version) else None


@lru_cache(maxsize=8)
def _read(_guideline: str, _version: str, path: str) -> Pack | None:
    from desktop.guideline.loading import load_pack

    try:
        return load_pack(Path(path))
    except RancangError:
        return None


class AtHand:
    """What the guidelines at hand of one id and version call things, and they themselves (``tiny 3``).

    Whoever seals writes a guideline as he likes: that of another id or version knows nothing here.
    """

    def __init__(self, guideline: str, version: str) -> None:
        self._name = guideline, version

    def __contains__(self, said: object) -> bool:
        return said in _called(installed_guidelines(), *self._name)


def names_in(pack: Pack) -> frozenset[LocalText]:
    """Roles and documents as a guideline calls them."""
    return frozenset(role.label for role in pack.roles) | {book.title for book in package_books(pack)}


@lru_cache(maxsize=8)
def _called(_files: tuple[tuple[str, int], ...], guideline: str, version: str) -> frozenset[LocalText | str]:
    from desktop.guideline.store import available

    # each verdict asks, in a process of its own: of the others nothing is read
    named = [one for one in available(judge=False) if one.usable and one.id == guideline]
    found = [_read(one.id, one.version, str(one.path)) for one in named]
    same = [
        one for one in found if one is not None and (one.pack.id, one.pack.version) == (guideline, version)
    ]
    itself = {f"{guideline} {version}"} if same else set[str]()
    titles = {text for one in same for text in (one.pack.title, one.pack.called)}
    return frozenset[LocalText | str](itself).union(titles, *map(names_in, same))


def installed_guidelines() -> tuple[tuple[str, int], ...]:
    """The files of installed guidelines with their times, to see whether something has changed."""
    from desktop.guideline.store import FOLDER

    try:
        with os.scandir(home() / FOLDER) as found:
            return tuple(sorted((each.path, each.stat().st_mtime_ns) for each in found))
    except OSError:
        return ()


def role_title(pack: Pack | None, role: str) -> LocalText | None:
    """What a role is called."""
    roles = pack.roles if pack is not None else ()
    return next((each.label for each in roles if each.id == role), None)


class _Filed(Protocol):
    """A file of a package, with what the package says it is."""

    @property
    def path(self) -> str: ...
    @property
    def role(self) -> str: ...


def documents_among(files: Iterable[_Filed]) -> Iterator[str]:
    """The paths of documents and sheets; what is something else at their place is called by its path.

    Whoever seals could lay a letter of his own where a document belongs.
    """
    for file in files:
        place, _ = parts_of_path(file.path)
        if (file.role == APPROVAL) if place == SHEET else (file.role in DOCUMENTS):
            yield file.path


def document_titles(pack: Pack | None, paths: Iterable[str]) -> dict[str, Title]:
    """Titles by path; a document that lies there in two languages says in which."""
    if pack is None:
        return {}
    places: dict[str, Title] = {f"books/{book.id}": book.title for book in package_books(pack)}
    places[SHEET] = Message("books.approval.title")
    found: dict[str, dict[Language, str]] = {}
    for path in paths:
        place, language = parts_of_path(path)
        if place in places and language is not None:
            found.setdefault(place, {})[language] = path
    titles: dict[str, Title] = {}
    for place, inside in found.items():
        for language, path in inside.items():
            title = places[place]
            said = Message("submission.in_language", title=title, language=_LANGUAGES[language])
            titles[path] = said if len(inside) > 1 else title
    return titles


def parts_of_path(path: str) -> tuple[str, Language | None]:
    """``books/I.en.pdf`` is ``books/I`` in English."""
    place, _, language = path.removesuffix(".pdf").rpartition(".")
    known = path.endswith(".pdf") and language in set(Language)
    return (place, Language(language)) if known else ("", None)


def language_of(path: str) -> Message | None:
    """In which language a document is, by its name."""
    _, language = parts_of_path(path)
    return _LANGUAGES[language] if language is not None else None


def with_titles(message: Message, titles: Titles) -> Message:
    """A message in which documents are called by their titles."""
    if not any(isinstance(value, str) and value in titles for value in message.params.values()):
        return message
    return message.with_params(lambda value: titles.get(value, value) if isinstance(value, str) else value)
