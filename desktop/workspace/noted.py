"""Heads of workspaces noted in the profile on this computer: one small JSON file a workspace, by a name."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.base.paths import home

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Noted:
    """One kind of notes: the folder of the profile they are in, and what they are noted under there."""

    folder: str
    key: str

    def read(self, workspace: str) -> dict[str, list[str]]:
        """What is noted of the workspace of this id, by name; nothing where it cannot be read."""
        with contextlib.suppress(OSError, ValueError, LookupError, TypeError, RecursionError, AttributeError):
            found = json.loads(self._file(workspace).read_text(encoding="utf-8"))[self.key]
            return {str(name): [str(head) for head in heads] for name, heads in found.items()}
        return {}

    def write(self, workspace: str, heads: Mapping[str, list[str]]) -> None:
        """Note this in place of what was there; where nothing may be written nobody is troubled with it."""
        path = self._file(workspace)
        half = path.with_name(f"{path.name}.{os.getpid()}.part")
        with contextlib.suppress(OSError):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                half.write_text(json.dumps({"version": _VERSION, self.key: dict(heads)}), encoding="utf-8")
                half.replace(path)
            finally:
                half.unlink(missing_ok=True)

    def _file(self, workspace: str) -> Path:
        """The id comes out of a file from anywhere, so it never becomes a path itself."""
        return home() / self.folder / f"{hashlib.sha256(workspace.encode()).hexdigest()[:32]}.json"
