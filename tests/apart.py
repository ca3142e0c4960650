"""Long preparations in a process of their own, where no lines are counted: that would triple their time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def run_apart(*words: str) -> None:
    """Run ``python WORDS`` in the checkout without coverage."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    subprocess.run([sys.executable, *words], cwd=ROOT, env=plain, check=True)
