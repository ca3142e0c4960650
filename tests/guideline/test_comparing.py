"""Two packs side by side: each difference once, at its part, in both languages."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from desktop.base import Language, render
from desktop.guideline import Pack, load_pack
from desktop.guideline.comparing import as_json, compare
from desktop.guideline.outline import outline
from desktop.guideline.parts import parts, untranslated, unverified, unverified_kinds

TINY = Path(__file__).parents[1] / "data" / "tiny-pack"


@pytest.fixture
def changed(tmp_path):
    """The tiny pack with one file changed by a function."""

    def change(file: str, how) -> Pack:
        folder = tmp_path / "changed"
        shutil.copytree(TINY, folder, dirs_exist_ok=True)
        data = json.loads((folder / f"{file}.json").read_text())
        how(data)
        (folder / f"{file}.json").write_text(json.dumps(data))
        return load_pack(folder)

    return change


def told(before: Pack, after: Pack) -> list[tuple[str, str, str]]:
    found = compare(before, after)
    for one in found:
        json.dumps(as_json(one))
        for language in Language:
            for message in (one.message, *(aspect.message for aspect in one.aspects)):
                assert "guideline." not in render(message, language), message
    return [(one.change, one.kind, one.id) for one in found]


def test_a_pack_differs_not_from_itself():
    assert told(load_pack(TINY), load_pack(TINY)) == []


def test_new_gone_and_changed_are_told_at_their_part(changed):
    tiny = load_pack(TINY)

    def add(data):
        data.append({"id": "awan", "name": {"id": "Awan"}, "sub_dimensions": [
            {"id": "hujan", "name": {"id": "Hujan"}}]})  # fmt: skip

    more = changed("dimensions", add)
    assert told(tiny, more)[0] == ("new", "dimension", "awan")
    assert ("gone", "dimension", "awan") in told(more, tiny)
    assert len(told(tiny, more)) == 1, "what lies in a new part says nothing more"


def test_a_wording_and_a_duty_are_shown_from_what_to_what(changed):
    def reword(data):
        field = data[0]["groups"][0]["fields"][0]
        field["label"] = {"id": "Berapa pohon?", "en": "How many trees?"}
        field["required"] = not field.get("required", False)

    (one,) = compare(load_pack(TINY), changed("forms", reword), "en")
    assert one.kind == "field"
    assert one.id.startswith("town.")
    words = [render(aspect.message, Language.EN) for aspect in one.aspects]
    assert any("How many trees?" in each for each in words)
    assert any("required" in each and "yes" in each and "no" in each for each in words)


def test_a_chapter_that_moved_says_where_it_was(changed):
    def move(data):
        data[-1]["chapters"].append(data[0]["chapters"].pop())

    found = compare(load_pack(TINY), changed("books", move))
    assert any(
        one.kind == "chapter" and any(aspect.name == "place" for aspect in one.aspects) for one in found
    )


def test_every_part_of_a_pack_is_walked_once():
    pack = load_pack(TINY)
    keys = [found.key for found in parts(pack)]
    assert len(keys) == len(set(keys))
    assert "dimensions[0]" in keys
    assert any(key.startswith("planning.funding[0]") for key in keys)


def test_what_is_unverified_or_untranslated_is_found_wherever_it_stands(changed):
    base = unverified_kinds(load_pack(TINY)).get("role", 0)

    def doubt(data):
        data[0]["verified"] = False
        data[0]["label"] = {"id": "Kepala"}

    pack = changed("roles", doubt)
    assert unverified_kinds(pack)["role"] == base + 1
    assert "roles[0]" in [found.key for found in unverified(pack)]
    assert "roles[0].label" in [key for key, _ in untranslated(pack, "en")]


@pytest.mark.parametrize("language", Language)
def test_the_outline_names_every_book_chapter_and_worksheet(language):
    pack = load_pack(TINY)
    lines = list(outline(pack))
    ids = [line.id for line in lines]
    assert {sheet.id for sheet in pack.worksheets} <= set(ids)
    assert {chapter.id for book in pack.books for chapter in book.chapters} <= set(ids)
    assert not any("guideline." in render(line.message, language) for line in lines)
