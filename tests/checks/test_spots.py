"""Titles within sentences that say "programme" themselves."""

import pytest

from desktop.base import LocalText
from desktop.checks.spots import called
from desktop.workspace.plan import Text


@pytest.mark.parametrize(
    ("language", "title", "said"),
    [
        ("id", "Program Pengelolaan Pendidikan", "Pengelolaan Pendidikan"),
        ("id", "Evaluasi program", "Evaluasi program"),
        ("en", "Education management programme", "Education management"),
        ("en", "Government informatics programme (SPBE)", "Government informatics (SPBE)"),
        ("en", "Evaluation of each programme", "Evaluation of each programme"),
        ("en", "Programme", "Programme"),
        ("en", "One data", "One data"),
    ],
)
def test_the_word_is_said_once(language, title, said):
    """Evidence was offered for the "Programme Education management programme"."""
    spoken = called(Text({language: title}))
    assert isinstance(spoken, LocalText)
    assert spoken.texts[language] == said
