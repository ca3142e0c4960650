"""The list of regions is there for whoever asks for it alone."""

from __future__ import annotations

import pytest

from tests.apart import run_apart


@pytest.mark.slow
def test_whoever_asks_for_a_region_loads_no_database() -> None:
    """A verdict asks for it, from December 2026 on: a fifth of a second and 15 MB more for each."""
    run_apart(
        "-c",
        "import sys, desktop.submission.inside; from desktop.workspace.region import region;"
        "assert region('18.07').code == '18.07'; assert 'sqlalchemy' not in sys.modules",
    )
