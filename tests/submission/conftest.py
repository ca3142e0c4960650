"""One set of packages for all tests of the room; tests copy before they change."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.near import judge_here, look_here
from tests.submission.making import Stage, make_stage
from tests.submission.timestamped import Scene, made_scene


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return make_stage(tmp_path_factory.mktemp("packages"))


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with made_scene(tmp_path_factory.mktemp("timestamped")) as made:
        yield made


@pytest.fixture(autouse=True)
def near(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents that come back are looked at in the tests' own process, but where its bounds are tested."""
    name = request.module.__name__.rpartition(".")[2]
    if name not in {"test_before", "test_comparing"}:
        look_here(monkeypatch)
    if name == "test_slip":
        judge_here(monkeypatch)
