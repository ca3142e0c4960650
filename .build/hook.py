"""Hatch calls this when it builds: a wheel carries compiled catalogues, a checkout gets them in place."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))

from catalogues import compile_all


class CatalogueHook(BuildHookInterface[Any]):
    """Compiles the catalogues before the files of a wheel are chosen."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and for a real wheel put the result under ``desktop/_data/i18n``."""
        if self.target_name != "wheel":
            return
        i18n = Path(self.root, "i18n")
        for compiled in compile_all(i18n, i18n):
            if version != "editable":
                build_data["force_include"][str(compiled)] = (
                    f"desktop/_data/{compiled.relative_to(self.root).as_posix()}"
                )
