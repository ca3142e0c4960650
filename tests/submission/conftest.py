"""One set of packages for all tests of the room; tests copy before they change."""

from __future__ import annotations

import pytest

from tests.submission.making import Stage, make_stage


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return make_stage(tmp_path_factory.mktemp("packages"))
