"""``rancang legal``: drafts as files."""

import pytest


@pytest.mark.parametrize("kind", ["decree", "regulation"])
def test_a_draft_is_written_in_each_language_asked_for(call, town, tmp_path, kind):
    call("legal", town, kind, tmp_path / "out", "--book-language", "id", "--book-language", "en")
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert len(names) == 2
    assert all(name.endswith(".docx") for name in names)


def test_the_ending_of_a_file_chooses_its_form(call, town, tmp_path):
    target = tmp_path / "sk.pdf"
    call("legal", town, "decree", target)
    assert target.read_bytes().startswith(b"%PDF")
