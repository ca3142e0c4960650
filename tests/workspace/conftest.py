"""Workspaces to try things on: the tiny guideline, one region, and copies of one file."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.guideline import write_pack
from desktop.workspace import Author, Workspace

TINY = Path(__file__).resolve().parent.parent / "data" / "tiny-pack"


@pytest.fixture(scope="session")
def tiny_pack() -> bytes:
    """The bytes of the tiny guideline."""
    return write_pack(TINY)


@pytest.fixture
def make(
    tmp_path: Path, tiny_pack: bytes, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Workspace]]:
    """Make workspaces (or open copies of one) that are closed at the end."""
    opened: list[Workspace] = []

    def build(name: str = "a", *, copy_of: Workspace | None = None, person: str = "Sari") -> Workspace:
        path = tmp_path / f"{name}.rancang"
        if copy_of is None:
            workspace = Workspace.create(
                path, region="18.07", first_year=2026, last_year=2030, pack=tiny_pack, author=Author(person),
                title={"id": "Rencana", "en": "Plan"},
            )  # fmt: skip
        else:
            # another person's profile, so that the copy becomes a copy of its own
            monkeypatch.setenv("RANCANG_HOME", str(tmp_path / f"home of {person}"))
            shutil.copy(copy_of.path, path)
            workspace = Workspace.open(path, author=Author(person))
        opened.append(workspace)
        return workspace

    yield build
    for workspace in opened:
        workspace.close()


@pytest.fixture
def workspace(make: Callable[..., Workspace]) -> Workspace:
    """One open workspace."""
    return make()
