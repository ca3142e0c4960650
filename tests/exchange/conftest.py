import pytest

from desktop.guideline import bundled_bytes
from desktop.workspace import Author, Workspace


@pytest.fixture
def workspace(tmp_path):
    made = Workspace.create(
        tmp_path / "region.rancang",
        region="18.07",
        first_year=2026,
        last_year=2030,
        pack=bundled_bytes("smart-city-2021"),
        author=Author("Sari", "secretary"),
        title={"id": "Masterplan"},
    )
    with made:
        yield made
