"""What catches everything says on the same line why: else it hides a mistake of ours for years."""

from __future__ import annotations

import ast
import re
from pathlib import Path

DESKTOP = Path(__file__).resolve().parents[2] / "desktop"
BROAD = {"Exception", "BaseException"}
SEEN = re.compile(r"except(:|.*Exception\b)")
SHORTEST = 20
"""Letters of a reason."""


def broad(handler: ast.ExceptHandler) -> bool:
    """Whether it catches whatever there is."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or (isinstance(kind, ast.Name) and kind.id in BROAD) for kind in kinds)


def test_who_catches_everything_says_why():
    silent = []
    for path in sorted(DESKTOP.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        if not SEEN.search(text):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ExceptHandler) and broad(node):
                reason = lines[node.lineno - 1].partition("#")[2].rpartition("BLE001")[2].strip(" -")
                if len(reason) < SHORTEST:
                    silent.append(f"{path.relative_to(DESKTOP)}:{node.lineno}")
    assert silent == []
