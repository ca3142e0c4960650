"""A desk whose computer knows the guideline of its inbox."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.guideline.store import FOLDER
from desktop.submission.register import proofs, run
from tests.submission.register.at_once import AtOnce, Desk
from tests.submission.register.many import NOW, Keys, Opened, know_guideline
from tests.trust import pki


@pytest.fixture(scope="session", autouse=True)
def desk_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """For whatever is received once for several tests."""
    home = tmp_path_factory.mktemp("desk")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RANCANG_HOME", str(home))
        know_guideline(home)
        yield home


@pytest.fixture(scope="module", autouse=True)
def one_word() -> Iterator[None]:
    """What was received once for several tests, each with a home of its own, is judged once.

    No longer than these tests last: other processes know the real word alone.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proofs, "own_word", lambda: "w" * 64)
        yield


@pytest.fixture(autouse=True)
def same_guidelines(desk_home: Path, own_home: Path) -> None:
    """For each test by itself."""
    shutil.copytree(desk_home / FOLDER, own_home / FOLDER)


@pytest.fixture(scope="session")
def keys() -> Keys:
    """The certificates, and a root that nobody believes."""
    made = Keys()
    root = pki.make("Root Lain", ca=True, start=NOW - 900 * pki.DAY)
    made.stranger = Opened(pki.make("Orang Lain", root, start=NOW - 400 * pki.DAY), root)
    return made


@pytest.fixture
def desk(tmp_path, monkeypatch, keys) -> Desk:
    """A country and its register, received in this process."""
    monkeypatch.setattr(run, "Crew", AtOnce)
    return Desk(tmp_path, keys)
