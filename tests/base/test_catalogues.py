"""Every sentence the code can say is in both catalogues, with the values that the code gives it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("id", "en")
FORMS = {"id": 1, "en": 2}
"""Plural forms (CLDR)."""
PLACE = re.compile(r"\{(\w+)\}")
JSON = re.compile(r"""\{(?:"|\.\.\.)[^}]*\}""")
"""What a sentence shows as it is to be written in a file."""
PERCENT = re.compile(r"%(?:\(\w+\))?[a-z]")

CHOSEN = {
    "desktop/base/message.py": "a message is read back from JSON",
    "desktop/base/errors.py": "an error of the system chooses among ids that stand beside it",
    "desktop/exchange/rehearsing.py": "what differs is told with the year and the name it belongs to",
    "desktop/ui/dialogs/import_tables.py": "the three questions of the import give their own texts",
    "desktop/ui/pages/verdict_names.py": "a reason is told with titles of documents in the place of paths",
}
"""Where ids are not written at the call, and why."""
FILLED_LATER = {"books.page_of": "the number of pages is known when the last one is laid out"} | {
    f"exchange.differs.{what}": "the year and the name are given to all differences at once"
    for what in (
        "indicative",
        "ceiling",
        "realised",
        "amount",
        "target",
        "new.indicator",
        "new.activity",
        "new.sub_activity",
        "indicator",
        "activity",
        "sub_activity",
    )
}
"""Sentences whose values come from elsewhere, and why."""
IN_BRACKETS = {"exchange.ask.activities.activity", "exchange.ask.activities.sub_activity", "ui.import.left"}
"""Sentences that show their number in brackets, so that one and many are said the same."""


@dataclass(frozen=True)
class Said:
    """One ``Message("...")`` in the code; ``names`` is None when its values are not written out.

    ``made`` says that the id is a pattern: the call puts it together from a beginning and a value.
    """

    id: str
    names: frozenset[str] | None
    where: str
    made: bool = False


@cache
def read() -> tuple[tuple[Said, ...], frozenset[str]]:
    """Every message with a literal id, and every text: reading all of the code takes three seconds."""
    found, texts = list[Said](), set[str]()
    for path in sorted((ROOT / "desktop").rglob("*.py")):
        where = path.relative_to(ROOT)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _is_message(node.func):
                found += _of(node, f"{where}:{node.lineno}")
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
    return tuple(found), frozenset(texts)


def said() -> tuple[Said, ...]:
    """Every message with a literal id."""
    return read()[0]


def spoken() -> Iterator[Said]:
    return (each for each in said() if each.id and not each.made)


def _is_message(function: ast.expr) -> bool:
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name == "Message"


def _of(call: ast.Call, where: str) -> Iterator[Said]:
    names = {keyword.arg for keyword in call.keywords}
    known = None if None in names else frozenset(name for name in names if name)
    match call.args:
        case [ast.Constant(value=str() as key)]:
            yield Said(key, known, where)
        case [ast.IfExp(body=ast.Constant(value=str() as one), orelse=ast.Constant(value=str() as other))]:
            # which values go with which sentence is not written out
            yield Said(one, None, where)
            yield Said(other, None, where)
        case [ast.JoinedStr(values=[ast.Constant(value=str() as room), *_] as parts)] if "." in room:
            pattern = (
                re.escape(part.value) if isinstance(part, ast.Constant) else r"[\w-]+" for part in parts
            )
            yield Said("".join(pattern), known, where, made=True)
        case _:
            yield Said("", None, where)


@cache
def entries(language: str) -> dict[str, Entry]:
    path = ROOT / "i18n" / language / "LC_MESSAGES" / "rancang.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    return {entry.id if isinstance(entry.id, str) else entry.id[0]: entry for entry in catalogue if entry.id}


def forms(entry: Entry) -> tuple[str, ...]:
    return entry.string if isinstance(entry.string, tuple | list) else (entry.string,)


def literals() -> frozenset[str]:
    """Every text in the code that looks like a message id: also those handed to Message later."""
    return read()[1]


def test_the_code_says_something():
    assert len(said()) > 500


def test_ids_are_written_out_so_that_they_can_be_collected():
    elsewhere = [each.where for each in said() if not each.id and each.where.partition(":")[0] not in CHOSEN]
    assert elsewhere == []


def test_both_catalogues_know_every_message():
    unknown = [
        (each.id, each.where) for each in spoken() if any(each.id not in entries(code) for code in LANGUAGES)
    ]
    assert unknown == []


def test_every_message_is_told_the_values_its_sentence_has_places_for():
    wrong = []
    for each in spoken():
        if each.names is None or each.id in FILLED_LATER:
            continue
        for code in LANGUAGES:
            entry = entries(code).get(each.id)
            places = set(PLACE.findall(" ".join(forms(entry)))) if entry else set()
            if places - each.names:
                wrong.append((each.where, each.id, code, "no value for", sorted(places - each.names)))
    assert wrong == []


def test_no_message_is_told_a_value_that_no_sentence_has_a_place_for():
    wrong = []
    for each in spoken():
        places = set().union(*(PLACE.findall(" ".join(forms(entries(code)[each.id]))) for code in LANGUAGES))
        spare = (each.names or set()) - places - _CHOOSES
        if spare:
            wrong.append((each.where, each.id, sorted(spare)))
    assert wrong == []


_CHOOSES = {"n"}
"""Chooses the plural, whether or not the sentence shows the number."""


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_sentence_is_in_the_catalogue_that_nobody_says(code):
    made = [each.id for each in said() if each.made]
    unsaid = sorted(set(entries(code)) - literals())
    assert [key for key in unsaid if not any(re.fullmatch(pattern, key) for pattern in made)] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_ids_that_are_put_together_have_their_sentences(code):
    made = [each for each in said() if each.made]
    assert [each for each in made if not any(re.fullmatch(each.id, key) for key in entries(code))] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_plurals_are_whole(code):
    wrong = []
    for key, entry in entries(code).items():
        if isinstance(entry.id, tuple):
            whole = entry.id == (key, key) and len(forms(entry)) == FORMS[code] and all(forms(entry))
            if not whole:
                wrong.append((key, forms(entry)))
        elif len(forms(entry)) != 1:
            wrong.append((key, forms(entry)))
    assert wrong == []


def test_a_number_that_chooses_the_plural_has_a_plural_in_both_languages():
    plural = {
        code: {key for key, entry in entries(code).items() if isinstance(entry.id, tuple)}
        for code in LANGUAGES
    }
    assert plural["id"] == plural["en"]
    counted = {each.id for each in spoken() if each.names and "n" in each.names}
    assert sorted(counted - plural["en"] - IN_BRACKETS) == []


def test_both_languages_have_the_same_places_in_every_form():
    wrong = []
    for key, entry in entries("id").items():
        texts = [*forms(entry), *forms(entries("en")[key])]
        places = [set(PLACE.findall(text)) for text in texts]
        percent = (
            [set(PERCENT.findall(text)) for text in texts] if key.startswith("cli.argparse.") else [set()]
        )
        # one of a thing may be said without its number
        everywhere = [each | {"n"} if isinstance(entry.id, tuple) else each for each in places]
        if any(each != everywhere[0] for each in everywhere) or any(each != percent[0] for each in percent):
            wrong.append((key, texts))
    assert wrong == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_sentences_are_clean(code):
    """No blanks at the ends, no double blanks, no braces that no value will fill."""
    wrong = []
    for key, entry in entries(code).items():
        for text in forms(entry):
            rest = JSON.sub("", PLACE.sub("", text))
            if text != text.strip() or "  " in text or "{" in rest or "}" in rest:
                wrong.append((key, text))
    assert wrong == []


def test_compounds_are_written_as_the_spelling_asks():
    """With one affix a compound stays two words (*tanda tangani*), with two it is one (*ditandatangani*)."""
    wrong = re.compile(r"\b[Tt]andatangan")
    said = [(key, text) for key, entry in entries("id").items() for text in forms(entry)]
    assert [key for key, text in said if wrong.search(text)] == []
