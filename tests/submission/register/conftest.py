"""A desk whose computer knows the guideline of its inbox."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.guideline.store import FOLDER
from tests.submission.register.many import know_guideline


@pytest.fixture(scope="session", autouse=True)
def desk_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """For whatever is received once for several tests."""
    home = tmp_path_factory.mktemp("desk")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RANCANG_HOME", str(home))
        know_guideline(home)
        yield home


@pytest.fixture(autouse=True)
def same_guidelines(desk_home: Path, own_home: Path) -> None:
    """For each test by itself."""
    shutil.copytree(desk_home / FOLDER, own_home / FOLDER)
