"""The two catalogues say the same things, completely, and what is compiled is what was written."""

import io
import re
import runpy
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
I18N = ROOT / "i18n"
FILES = sorted(I18N.glob("*/LC_MESSAGES/*.po"))
ROOMS = ["base", "trust", "guideline", "workspace", "checks", "books", "exchange", "submission", "cli", "ui"]
OURS = [path for path in FILES if path.stem == "rancang"]
PLACE = re.compile(r"\{(\w+)\}")


def texts(entry):
    return entry.string if isinstance(entry.string, (tuple, list)) else (entry.string,)


def read(path):
    language = path.relative_to(I18N).parts[0]
    return read_po(io.BytesIO(path.read_bytes()), locale=language, abort_invalid=True)


def entries(path):
    return {((e.id[0] if isinstance(e.id, tuple) else e.id), e.context): e for e in read(path) if e.id}


def test_both_languages_are_there():
    assert {path.relative_to(I18N).parts[0] for path in FILES if path.stem == "rancang"} == {"id", "en"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(I18N)))
def test_nothing_is_untranslated_fuzzy_or_said_twice(path):
    assert [key for key, entry in entries(path).items() if entry.fuzzy or not all(texts(entry))] == []
    keys = re.findall(r'^(?:msgctxt "(.*)"\n)?msgid "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(key for key in set(keys) if keys.count(key) > 1) == []


def test_both_languages_say_the_same_things_about_the_same_values():
    indonesian, english = (entries(I18N / code / "LC_MESSAGES" / "rancang.po") for code in ("id", "en"))
    assert sorted(indonesian) == sorted(english)
    different = [
        key
        for key, entry in indonesian.items()
        if set(PLACE.findall(" ".join(texts(entry)))) != set(PLACE.findall(" ".join(texts(english[key]))))
    ]
    assert different == []


def test_compiled_catalogues_hold_every_sentence(tmp_path):
    import gettext

    compile_all = runpy.run_path(str(ROOT / ".build" / "catalogues.py"))["compile_all"]
    written = compile_all(I18N, tmp_path)
    assert len(written) == len(FILES)
    for path in FILES:
        if path.stem != "rancang":
            continue
        compiled = tmp_path / path.relative_to(I18N).with_suffix(".mo")
        with compiled.open("rb") as file:
            translations = gettext.GNUTranslations(file)
        for (key, _), entry in entries(path).items():
            said = (
                translations.ngettext(key, key, 2)
                if isinstance(entry.id, tuple)
                else translations.gettext(key)
            )
            assert said in texts(entry)


def blocks(path):
    """The entries of a catalogue as its file has them, by their ids; a section's line begins its first."""
    found = path.read_text(encoding="utf-8").strip().split("\n\n")[1:]
    return [(re.findall(r'^msgid "(.+)"$', block, re.MULTILINE), block) for block in found]


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(I18N)))
def test_entries_stand_in_order_in_the_section_of_their_room(path):
    keys, sections = [], []
    for names, block in blocks(path):
        assert len(names) == 1, block
        assert len(re.findall(r"^msgstr(?:\[0\])? ", block, re.MULTILINE)) == 1, block
        keys += names
        for section in re.findall(r"^# -+ (.+) -+$", block, re.MULTILINE):
            sections.append(section)
            assert names[0].startswith(f"{section}."), block
    assert sections == ROOMS
    assert keys == sorted(keys, key=lambda key: (ROOMS.index(key.split(".")[0]), key))
