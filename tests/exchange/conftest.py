import pytest

from tests.exchange.lists import new_workspace


@pytest.fixture
def workspace(tmp_path):
    with new_workspace(tmp_path / "region.rancang") as made:
        yield made


@pytest.fixture(scope="session")
def ground(tmp_path_factory):
    """A plan and its guideline, for tests that write nothing."""
    path = tmp_path_factory.mktemp("ground") / "region.rancang"
    with new_workspace(path) as workspace:
        return workspace.plan(), workspace.pack()
