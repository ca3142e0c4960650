"""What the program's one entry opens a window for: nothing, or files; words that are verbs stay verbs."""

import pytest

from desktop.__main__ import _files


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.asice", "b.xlsx", "check"):
        (tmp_path / name).write_text("x")


@pytest.mark.parametrize(
    ("words", "opens"),
    [
        (["a.asice"], True),
        (["a.asice", "b.xlsx"], True),
        (["hilang.rancang"], True),
        (["hilang.asice"], False),
        (["check"], False),
        (["check", "b.xlsx"], False),
        (["--json", "a.asice"], False),
        (["a.asice", "hilang.xlsx"], False),
    ],
)
def test_files_open_the_window_and_verbs_do_not(here, words, opens):
    assert _files(words) is opens
