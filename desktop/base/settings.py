"""What the program remembers on this computer: language, identity, folders. Never in a workspace."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from desktop.base.language import Language
from desktop.base.paths import home

RECENT = 8
"""How many documents the start screen offers again."""
SIZES = (100, 115, 125, 130, 150, 175, 200)
"""Text sizes in per cent."""


class Theme(StrEnum):
    """Which of the two looks a person wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Side(StrEnum):
    """Whether the journey stands at the left; by itself it gives way where there is no room."""

    AUTO = "auto"
    SHOWN = "shown"
    HIDDEN = "hidden"


class Purpose(StrEnum):
    """What a file is chosen for; each has a folder of its own."""

    DOCUMENTS = "documents"
    IMPORTS = "imports"
    EXPORTS = "exports"
    EVIDENCE = "evidence"
    KEYS = "keys"


@dataclass(frozen=True, slots=True)
class Recent:
    """A document opened before."""

    path: str
    title: str
    workspace: str = ""
    """The identity of the workspace, by which its backups are found when the file itself cannot tell."""
    region: str = ""
    percent: int = -1
    """How much of what is required is filled, and below it how many mandatory findings were open when the
    document was last closed; -1 where nobody has looked yet."""
    mandatory: int = -1
    example: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything remembered; nothing here must be set before starting."""

    language: Language = Language.ID
    name: str = ""
    role: str = "secretary"
    recent: tuple[Recent, ...] = ()
    second_language: bool = False
    findings_shown: bool = True
    view: str = "fields"
    """How pages are looked at: as fields, as an interview, or as the book."""
    theme: Theme = Theme.SYSTEM
    text_percent: int = 100
    spelling: bool = True
    """Whether words no dictionary knows are marked."""
    guidance_shown: bool = True
    """Whether the guideline's words stand unfolded beside a chapter."""
    token_library: str = ""
    """The driver (PKCS#11) of the signing token used last."""
    timestamp_service: str = ""
    """The address that is asked for timestamps; empty where none was set."""
    side: Side = Side.AUTO
    side_width: int = 0
    """Width of the journey as a person drew it, in pixels of 100 % text; 0 is the usual one."""
    recent_choices: tuple[str, ...] = ()
    """What was chosen in the palette, newest first."""
    backup_place: str = ""
    """A second place for backups (a stick, a network folder); empty where there is none."""
    folders: Mapping[str, str] = field(default_factory=dict)
    """The folder a person wants file dialogs to begin in, by purpose."""
    last_folders: Mapping[str, str] = field(default_factory=dict)
    """The folder used last, by purpose; where none was set it is where dialogs begin."""
    tables: Mapping[str, Any] = field(default_factory=dict)
    """Of each table by name: widths of columns, which are hidden, their order."""
    photo_place: str = ""
    """Whether photos keep their place (``keep``, ``drop``); empty until a person was asked."""
    photo_original: bool = False
    """Whether photos are kept to the byte instead of being scaled."""
    seen: Mapping[str, int] = field(default_factory=dict)
    """How far each document was when it was left last: what arrived after that is new to the person."""
    visited: Mapping[str, str] = field(default_factory=dict)
    """When each document was left last (ISO 8601, UTC)."""
    shelf: str = ""
    """The folder whose documents stand on a reviewer's shelf; empty where none was chosen."""
    register: str = ""
    """The register the ministry's desk worked with last; empty where there was none."""
    review_percent: int = 125
    """The text size in a reviewer's window; a mentor reads much and writes little."""

    def opened(self, path: Path, title: str, workspace: str = "", region: str = "") -> Settings:
        """The settings after a document was opened: it stands first among the recent ones."""
        known = next((each for each in self.recent if each.path == str(path)), Recent(str(path), title))
        fresh = replace(known, title=title, workspace=workspace, region=region)
        others = (each for each in self.recent if each.path != str(path))
        return replace(self, recent=(fresh, *others)[:RECENT])

    def summed_up(self, path: Path, **values: Any) -> Settings:
        """The settings after a document was looked at: how far it is stands beside it on the start screen."""
        recent = (replace(each, **values) if each.path == str(path) else each for each in self.recent)
        return replace(self, recent=tuple(recent))

    def without(self, path: str) -> Settings:
        """The settings without a document on the start screen; the file itself stays where it is."""
        return replace(self, recent=tuple(each for each in self.recent if each.path != path))


E = TypeVar("E", bound=StrEnum)


class SettingsFile:
    """The settings and the file they are kept in; a damaged file counts as none."""

    def __init__(self) -> None:
        self._path = home() / "window.json"
        self.value = self._read()

    def _read(self) -> Settings:
        try:
            return understood(json.loads(self._path.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            return Settings()

    def keep(self, value: Settings) -> None:
        """Remember these settings; a full disk is no reason to stop working."""
        self.value = value
        fresh = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(json.dumps(asdict(value), ensure_ascii=False, indent=1), encoding="utf-8")
            fresh.replace(self._path)
        except OSError:
            with contextlib.suppress(OSError):
                fresh.unlink(missing_ok=True)


def understood(data: Mapping[str, Any]) -> Settings:
    """The settings out of their file. Raises what a damaged one makes Python raise."""
    recent = tuple(_recent(each) for each in data.get("recent", []))
    return Settings(
        language=_known(Language, data.get("language"), Language.ID),
        name=str(data.get("name", "")),
        role=str(data.get("role", "secretary")),
        recent=recent,
        second_language=bool(data.get("second_language", False)),
        findings_shown=bool(data.get("findings_shown", True)),
        view=str(data.get("view", "fields")),
        theme=_known(Theme, data.get("theme"), Theme.SYSTEM),
        token_library=str(data.get("token_library", "")),
        timestamp_service=str(data.get("timestamp_service", "")),
        text_percent=min(200, max(100, int(data.get("text_percent", 100)))),
        spelling=bool(data.get("spelling", True)),
        guidance_shown=bool(data.get("guidance_shown", True)),
        side=_known(Side, data.get("side"), Side.AUTO),
        side_width=int(data.get("side_width", 0)),
        recent_choices=tuple(map(str, data.get("recent_choices", []))),
        backup_place=str(data.get("backup_place", "")),
        folders=_folders(data.get("folders", {})),
        last_folders=_folders(data.get("last_folders", {})),
        tables=dict(data.get("tables") or {}),
        photo_place=str(data.get("photo_place", "")),
        photo_original=bool(data.get("photo_original", False)),
        seen={str(name): int(place) for name, place in data.get("seen", {}).items()},
        visited={str(name): str(at) for name, at in data.get("visited", {}).items()},
        shelf=str(data.get("shelf", "")),
        register=str(data.get("register", "")),
        review_percent=min(200, max(100, int(data.get("review_percent", 125)))),
    )


def _known(kind: type[E], name: object, otherwise: E) -> E:
    """A choice by name; one of a newer version counts as not made, and costs nobody their other settings."""
    return next((each for each in kind if each.value == name), otherwise)


def _recent(data: Mapping[str, Any]) -> Recent:
    return Recent(
        path=str(data["path"]),
        title=str(data["title"]),
        workspace=str(data.get("workspace", "")),
        region=str(data.get("region", "")),
        percent=int(data.get("percent", -1)),
        mandatory=int(data.get("mandatory", -1)),
        example=bool(data.get("example", False)),
    )


def _folders(data: Mapping[str, Any]) -> dict[str, str]:
    return {str(name): str(path) for name, path in data.items() if name in set(Purpose)}


def start_folder(settings: Settings, purpose: Purpose, other: Path | None = None) -> Path:
    """Where a file dialog begins: the folder set, else the one used last, else ``other``, else home."""
    for each in (settings.folders.get(purpose), settings.last_folders.get(purpose)):
        if each and Path(each).is_dir():
            return Path(each)
    return other if other is not None and other.is_dir() else Path.home()
