"""Nothing reaches for the network but one module, which waits to be asked."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

DESKTOP = Path(__file__).resolve().parents[2] / "desktop"
REACHING = {"http", "socket", "ssl", "requests", "httpx", "ftplib", "smtplib", "aiohttp"}
ONLINE = "desktop/trust/online.py"


def imported(path: Path) -> set[str]:
    """The modules a file imports, by their full names."""
    found: set[str] = set()
    text = path.read_text(encoding="utf-8")
    if text.isascii() and not any(name in text for name in (*REACHING, "urllib")):
        return found  # whose name is not written is not imported
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_one_module_alone_reaches_for_the_network():
    reaching = {
        path.relative_to(DESKTOP.parent).as_posix()
        for path in DESKTOP.rglob("*.py")
        for name in imported(path)
        if name.split(".")[0] in REACHING or name.startswith("urllib.request")
    }
    assert reaching == {ONLINE}


def test_it_is_not_even_loaded_to_verify_or_to_start():
    """Signing and extending may ask; starting, sealing and verifying have nobody to ask."""
    code = (
        "import sys\n"
        "import desktop.cli.main, desktop.submission.sealing, desktop.submission.verifying, desktop.trust\n"
        "print(sorted(name for name in sys.modules if name.startswith('desktop.trust.online')))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
