"""The built-in help is whole in both languages, and everything it leads to exists."""

import re

import pytest

from desktop.base import Language, manual
from desktop.base.resources import resource
from desktop.submission import code_help
from desktop.ui.actions import EVERYTHING
from desktop.ui.pages.directory import KINDS

code_help.offer()
NAMES = [name for group in manual.groups() for name in group.topics if name not in manual.provided()]


def test_contents_and_files_are_the_same():
    assert len(NAMES) == len(set(NAMES)) > 25
    for language in Language:
        files = {path.stem for path in resource("help", language.value).glob("*.md")}
        assert files == set(NAMES)
    assert all(group.title.read("id") and group.title.read("en") for group in manual.groups())


def test_every_kind_of_page_has_its_topic():
    assert set(KINDS) <= set(NAMES)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", NAMES)
def test_a_topic_is_worth_reading_and_its_links_lead_somewhere(name, language):
    topic = manual.topic(name, language)
    assert topic.title
    assert topic.text.startswith("# ")
    assert 60 <= len(topic.plain.split()) <= 900
    commands = {command.id for command in EVERYTHING} | {f"go-{kind}" for kind in KINDS}
    known = {"help": set(NAMES) | manual.provided(), "go": set(KINDS), "do": commands}
    assert [(kind, where) for kind, where in topic.links if where not in known[kind]] == []
    # what looks like a link and is none would be shown as it is
    assert re.findall(r"\]\((?!help:|go:|do:)", topic.text) == []


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_parts(name):
    indonesian, english = (manual.topic(name, language) for language in (Language.ID, Language.EN))
    shape = [re.findall(r"^(#+|\d+\.|-) ", each.text, re.MULTILINE) for each in (indonesian, english)]
    assert shape[0] == shape[1]
    assert sorted(indonesian.links) == sorted(english.links)


def test_words_are_found_in_titles_first_and_with_what_stands_around():
    found = manual.search("cadangan", Language.ID)
    assert found[0].topic.id == "backups"
    assert "cadangan" in found[0].around.casefold()
    assert manual.search("tidakadakataini", Language.ID) == []
    assert manual.search("  ", Language.EN) == []


def test_an_unknown_topic_is_refused():
    with pytest.raises(manual.NoSuchTopic):
        manual.topic("nothing", Language.EN)
