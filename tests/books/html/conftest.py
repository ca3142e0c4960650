from __future__ import annotations

import pytest

from tests.books.html.pages import Page, demonstrated, tested


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    """Every document there is, in both languages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RANCANG_HOME", str(tmp_path_factory.mktemp("home")))
        return [*tested(), *demonstrated(tmp_path_factory.mktemp("demo"))]
