"""What the window remembers on this computer: language, identity, recent documents. Never in a workspace."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from desktop.base import Language
from desktop.base.paths import folder
from desktop.ui.theme import Theme

RECENT = 8
"""How many documents the start screen offers again."""


@dataclass(frozen=True, slots=True)
class Recent:
    """A document opened before."""

    path: str
    title: str
    workspace: str = ""
    """The identity of the workspace, by which its backups are found when the file itself cannot tell."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything remembered; nothing here must be set before starting."""

    language: Language = Language.ID
    name: str = ""
    role: str = "secretary"
    recent: tuple[Recent, ...] = ()
    second_language: bool = False
    findings_shown: bool = True
    theme: Theme = Theme.SYSTEM
    text_percent: int = 100
    token_library: str = ""
    """The driver (PKCS#11) of the signing token used last."""

    def opened(self, path: Path, title: str, workspace: str = "") -> Settings:
        """The settings after a document was opened: it stands first among the recent ones."""
        others = (each for each in self.recent if each.path != str(path))
        return replace(self, recent=(Recent(str(path), title, workspace), *others)[:RECENT])


class SettingsFile:
    """The settings and the file they are kept in; a damaged file counts as none."""

    def __init__(self) -> None:
        self._path = folder() / "window.json"
        self.value = self._read()

    def _read(self) -> Settings:
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
            recent = tuple(
                Recent(str(each["path"]), str(each["title"]), str(each.get("workspace", "")))
                for each in data.get("recent", [])
            )
            return Settings(
                language=Language(data.get("language", "id")),
                name=str(data.get("name", "")),
                role=str(data.get("role", "secretary")),
                recent=recent,
                second_language=bool(data.get("second_language", False)),
                findings_shown=bool(data.get("findings_shown", True)),
                theme=Theme(data.get("theme", "system")),
                token_library=str(data.get("token_library", "")),
                text_percent=min(200, max(100, int(data.get("text_percent", 100)))),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return Settings()

    def keep(self, value: Settings) -> None:
        """Remember these settings; a full disk is no reason to stop working."""
        self.value = value
        fresh = self._path.with_suffix(".new")
        try:
            fresh.write_text(json.dumps(asdict(value), ensure_ascii=False, indent=1), encoding="utf-8")
            fresh.replace(self._path)
        except OSError:
            fresh.unlink(missing_ok=True)
