"""Whole plans are judged here, beside whatever else runs: nothing may hang on how much time there was."""

from __future__ import annotations

import pytest

from desktop.base.bounded import pace


@pytest.fixture(autouse=True)
def a_slow_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has as many seconds as the slowest."""
    monkeypatch.setattr(pace, "slowness", lambda: pace.SLOWEST)
