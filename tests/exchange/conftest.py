import pytest

from tests.exchange.lists import new_workspace


@pytest.fixture
def workspace(tmp_path):
    with new_workspace(tmp_path / "region.rancang") as made:
        yield made
