"""What rows are called in words."""

from desktop.base import Language, render
from desktop.cli.naming import Names
from tests.checks.build import PACK, plan


def test_a_programme_whose_title_says_so_itself_is_not_called_that_twice():
    """What came back told of the program “Program Pengelolaan Pendidikan”."""
    names = Names(plan(), PACK)
    title = {"id": "Program Pengelolaan Pendidikan", "en": "Education management programme"}
    names.learn("programme", "p9", {"title": title})
    said = names.row("programme", "p9")
    assert render(said, Language.ID) == "program “Pengelolaan Pendidikan”"
    assert render(said, Language.EN) == "programme “Education management”"
