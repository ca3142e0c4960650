"""Help speaks both languages: every word of it is in the catalogue, and nothing of the other language."""

import argparse
import gettext
import inspect
import itertools
import re
from pathlib import Path

import pytest

from desktop.base import Language
from desktop.base.speech import catalogue
from desktop.cli.arguments import _ARGPARSE
from desktop.cli.demo import PASSWORD
from desktop.cli.verbs import VERBS

FREE = {"MB", "ID", "N", "K", "HEX", "PEM", "PDF", "OPD", "ID=JAWABAN", "ID=ANSWER", "NIP"}
"""Words in capitals that are the same in every language, or made of several."""


def sentences(language, prefix):
    entries = catalogue(language)._catalog
    return {
        text: key
        for key, text in entries.items()
        if isinstance(key, str) and key.startswith(prefix) and isinstance(text, str)
    }


def flat(text):
    return " ".join(text.split())


@pytest.mark.parametrize("verb", [None, *VERBS])
def test_help_is_written_in_the_language_asked_for(call, verb, monkeypatch):
    monkeypatch.setenv("COLUMNS", "1000")
    words = [verb] if verb else []
    texts = {code: call.ok(*words, "--help", language=code).out for code in ("id", "en")}
    assert texts["id"] != texts["en"]
    for code, text in texts.items():
        assert "cli." not in text
        assert "%(" not in text
        assert "{n}" not in text
        other = Language.EN if code == "id" else Language.ID
        same = set(sentences(Language(code), "cli."))
        for sentence in sentences(other, "cli.help.") | sentences(other, "cli.verb."):
            if sentence not in same and "{" not in sentence and len(sentence.split()) > 2:
                assert sentence not in flat(text), (code, sentence)
    for english in ("show this help", "positional", "usage:", "options:"):
        assert english not in texts["id"]


@pytest.mark.parametrize("verb", list(VERBS))
@pytest.mark.parametrize("code", ["id", "en"])
def test_every_placeholder_in_help_is_a_translated_word(call, verb, code, monkeypatch):
    monkeypatch.setenv("COLUMNS", "1000")
    known = set(sentences(Language(code), "cli.metavar."))
    usage, _, rest = call.ok(verb, "--help", language=code).out.partition("\n\n")
    placeholders = re.findall(r"(?<=[ \[])([A-Z][A-Z_=.]+)(?=[ \]\n]|$)", usage)
    assert set(placeholders) <= known | FREE
    assert rest


def test_every_option_is_explained(call, monkeypatch):
    monkeypatch.setenv("COLUMNS", "1000")
    for verb in VERBS:
        lines = call.ok(verb, "--help").out.splitlines()
        for line, below in itertools.pairwise([*lines, ""]):
            if line.startswith("  -"):
                assert re.search(r"\S  +\S", line) or below.startswith(" " * 20), (verb, line)


def test_argparse_says_nothing_that_is_not_in_the_catalogue():
    """Each key of our table is one of argparse's own texts, with the same places in both languages."""
    source = inspect.getsource(argparse)
    for text, message in _ARGPARSE.items():
        assert repr(text)[1:-1] in source or text in source, text
        places = sorted(re.findall(r"%(?:\(\w+\))?[rs]", text))
        for language in Language:
            told = catalogue(language).gettext(message.id)
            assert told != message.id
            assert set(re.findall(r"%(?:\(\w+\))?[rs]", told)) <= set(places), (text, told)


def test_argparse_speaks_english_again_afterwards(call):
    call("show", language="id")
    assert argparse._ is gettext.gettext


def test_help_as_json_is_one_object(call):
    assert call.ok("set", "--help", json=True).record["text"].startswith("usage: rancang set")
    assert call.ok("--help", json=True).record["kind"] == "help"


def test_options_may_stand_anywhere(call, town):
    call.ok("row", town, "ready", "--fixed", "left", "level=s4", "state=fine", "--name", "Budi")
    call.ok("set", "--name", "Budi", town, "--json", "town.trees", "12")
    assert call.ok("history", town, "town.trees", "--limit", "1", json=True).record["author"] == "Budi"


def test_a_code_of_the_verifier_is_explained(call):
    said = call.ok("help", "zip.gap", json=True).record
    assert (said["code"], said["weight"], said["group"]) == ("zip.gap", "refusal", "cryptographic")
    assert said["meaning"]
    assert said["remedy"]
    assert "zip.gap" in call.ok("help", "codes").out
    assert "codes" in [each["id"] for each in call.ok("help", json=True).records]
    assert "zip.nothing" in call.fails("help", "zip.nothing")


def test_the_password_of_the_demos_keys_is_told_where_the_demo_is(call):
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    for text in (readme, *(call.ok("help", "command-line", language=each).out for each in ("id", "en"))):
        assert re.search(f"(kunci ujinya|test keys).*{PASSWORD}", flat(text))


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_topic_is_printed_as_it_is_written(call, language):
    """Heading, paragraphs and lists, a line each; all of it stood on one."""
    for topic in ("verifying", "codes"):
        said = call.ok("--language", language, "help", topic).out
        assert said.startswith("# ")
        lines = said.splitlines()
        assert max(map(len, lines)) < 1_000
        assert len(lines) > 30
