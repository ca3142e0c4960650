"""Judging and looking in the tests' own process: one of its own takes half a second to start.

For tests of what is said about a verdict. That files of others are only ever opened in a process apart, and
what bounds it, is tested in tests/submission (test_bounded, test_before, test_comparing, test_hogs, hostile),
by tests/cli/test_strangers_names.py, and by whoever asks for the fixture ``judged_apart``.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from typing import Any

import pytest

from desktop.submission import bounded, judge_process
from desktop.submission.returning.comparing import Looker


class Here:
    """Stands where the judging process is asked."""

    gone = False
    asked = 0

    def set_up(self, setup: bytes) -> None:
        self._setup = pickle.loads(setup)

    def ask(self, task: Any, limits: object, tell: Any) -> Mapping[str, Any]:
        return judge_process._work(self._setup, task)(tell)

    def kill(self, why: str) -> None:
        """It ends by itself."""

    def look(self) -> None:
        """Nobody watches it."""

    def close(self) -> None:
        """Nothing is to be ended."""


def judge_here(patch: pytest.MonkeyPatch) -> None:
    """Let verdicts come from this process."""
    patch.setattr(bounded, "Child", Here)
    patch.setattr(bounded.VERDICTS, "give", lambda child, _about: child.close())


def look_here(patch: pytest.MonkeyPatch) -> None:
    """Let documents be looked at in this process."""
    patch.setattr(Looker, "ask", lambda looker, look, *_: look.run(looker._report))
