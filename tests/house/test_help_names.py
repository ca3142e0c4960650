"""The help speaks of the window that is there: its keys are keys of the program, its names are on screen."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
TOPICS = sorted((ROOT / "resources" / "help").glob("*/*.md"))
KEY = re.compile(r"\b(?:(?:Ctrl|Alt|Shift)\+)+(?:[A-Z][a-z]\w*|F\d{1,2}|[A-Z0-9/;,.])(?!\w)|\bF\d{1,2}\b")
NAME = re.compile(r"\*\*(.+?)\*\*")
"""Bold is a name on screen, a key, or, ending in a colon or full stop, the beginning of a paragraph."""
TERMS = "glossary.md"
"""Explains words, not names."""
SINGLE_KEYS = {"tab"}


@cache
def keys():
    """Every key the program takes, as its code writes them."""
    found = set()
    for path in (ROOT / "desktop").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 60:
                found |= {word for word in node.value.split() if KEY.fullmatch(word)}
    return found


@cache
def names(language):
    path = ROOT / "i18n" / language / "LC_MESSAGES" / "rancang.po"
    with path.open("rb") as file:
        entries = [entry for entry in read_po(file, locale=language) if entry.id]
    texts = [
        text
        for entry in entries
        for text in (entry.string if isinstance(entry.string, (tuple, list)) else [entry.string])
    ]
    return {plain(text.replace("&", "")) for text in texts}


def plain(text):
    return text.strip(" …").casefold()


@pytest.mark.parametrize("path", TOPICS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_keys_and_names_are_those_of_the_window(path):
    text = path.read_text(encoding="utf-8")
    assert [key for key in KEY.findall(text) if key not in keys()] == []
    if path.name == TERMS:
        return
    bold = [name for name in NAME.findall(text) if name[-1] not in ":." and not KEY.fullmatch(name)]
    known = names(path.parent.name) | SINGLE_KEYS
    assert [name for name in bold if plain(name) not in known] == []


def test_what_is_not_there_would_be_found():
    assert KEY.findall("Tekan Ctrl+Alt+S, F9, Ctrl+PgDown atau Shift+Tab.") == [
        "Ctrl+Alt+S",
        "F9",
        "Ctrl+PgDown",
        "Shift+Tab",
    ]
    assert "Ctrl+Alt+Q" not in keys()
    assert plain("Tombol yang tidak ada") not in names("id")
