"""Figures, guidance sessions, parties and bases: what is well typed and still wrong, told with its place."""

import json
import shutil

import pytest

from desktop.guideline import BrokenPack, load_pack, write_pack
from tests.guideline.test_broken import TINY, packed, place, problem, read, refused

FIGURES = [
    {"id": "purse", "label": {"id": "Kas"}, "type": "rupiah", "item": "town.cash"},
    {"id": "coins", "label": {"id": "Koin"}, "type": "rupiah", "part_of": "purse"},
    {"id": "rain", "label": {"id": "Hujan"}, "type": "integer", "item": "town.rain"},
    {
        "id": "mood",
        "label": {"id": "Suasana"},
        "type": "choice",
        "item": "town.mood",
        "choices": [{"id": "sad", "label": {"id": "Sedih"}}, {"id": "glad", "label": {"id": "Gembira"}}],
    },
]
SESSIONS = [
    {
        "id": "first",
        "title": {"id": "Pertama"},
        "outputs": [
            {"id": "draft", "label": {"id": "Draf"}, "page": {"page": "chapter", "ref": "look"}},
            {"id": "oath", "label": {"id": "Ikrar"}, "page": {"page": "form", "ref": "oath"}},
            {"id": "list", "label": {"id": "Daftar"}, "page": {"page": "programmes"}},
        ],
    }
]
BODIES = [{"id": "elders", "name": {"id": "Para tetua"}}]


@pytest.fixture
def grown():
    return read(TINY) | {"figures": FIGURES, "sessions": SESSIONS, "bodies": BODIES}


def changed(pack, path, value):
    pack = json.loads(json.dumps(pack))
    place(pack, path[:-1])[path[-1]] = value
    return packed(pack)


def test_a_pack_with_figures_sessions_and_bodies_loads(grown):
    assert [measure.id for measure in load_pack(packed(grown)).figures] == ["purse", "coins", "rain", "mood"]


BLOCK = ("books", 0, "chapters", 1, "blocks", 1)
CASES = [
    (("figures", 1, "id"), "purse", "figures[1].id", "duplicate_id", "duplicate_id"),
    (("figures", 1, "part_of"), "purses", "figures[1].part_of", "unknown_reference", "did_you_mean"),
    (("figures", 1, "part_of"), "rain", "figures[1].part_of", "part_kind", "part_kind"),
    (("figures", 3, "part_of"), "mood", "figures[3].part_of", "part_kind", "part_kind"),
    (("figures", 1, "part_of"), "coins", "figures[1].part_of", "part_of_itself", "part_of_itself"),
    (("figures", 0, "part_of"), "coins", "figures[0].part_of", "part_of_itself", "part_of_itself"),
    (("figures", 0, "item"), "town.cosh", "figures[0].item", "unknown_reference", "did_you_mean"),
    (("figures", 0, "item"), "wishes.cost", "figures[0].item", "unknown_reference", "declare"),
    (("figures", 0, "item"), "town.rain", "figures[0].item", "figure_kind", "figure_kind"),
    (("figures", 3, "choices", 0, "id"), "cross", "figures[3].item", "figure_kind", "figure_kind"),
    (("figures", 3, "choices", 0, "id"), "glad", "figures[3].choices[1].id", "duplicate_id", "duplicate_id"),
    (("figures", 3, "choices"), [], "figures[3].choices", "no_choices", "no_choices"),
    (("figures", 3, "type"), "decimal", "figures[3].type", "choices_unused", "choices_unused"),
    (("figures", 3, "type"), "text", "figures[3].type", "not_allowed", "one_of"),
    (("sessions", 0, "outputs", 1, "id"), "draft",
     "sessions[0].outputs[1].id", "duplicate_id", "duplicate_id"),
    (("sessions", 0, "outputs", 0, "page", "ref"), "lok",
     "sessions[0].outputs[0].page.ref", "unknown_reference", "did_you_mean"),
    (("sessions", 0, "outputs", 1, "page", "ref"), "oaths",
     "sessions[0].outputs[1].page.ref", "unknown_reference", "did_you_mean"),
    (("sessions", 0, "outputs", 1, "page", "page"), "kitchen",
     "sessions[0].outputs[1].page.page", "not_allowed", "one_of"),
    (("stages", 0, "pages", 2, "ref"), "nothing", "stages[0].pages[2].ref", "unknown_reference", "declare"),
    (BLOCK, {"show": "recap", "ref": "ready"},
     "books[0].chapters[1].blocks[1].ref", "unknown_reference", "declare"),
    (BLOCK, {"show": "bodies", "ref": "elder"},
     "books[0].chapters[1].blocks[1].ref", "unknown_reference", "did_you_mean"),
    (BLOCK, {"show": "sessions", "ref": "frist"},
     "books[0].chapters[1].blocks[1].ref", "unknown_reference", "did_you_mean"),
    (("books", 0, "per"), "person", "books[0].per", "not_allowed", "one_of"),
    (("roles", 0, "party"), "company", "roles[0].party", "not_allowed", "one_of"),
    (("bodies", 0, "per_dimension"), "yes", "bodies[0].per_dimension", "wrong_kind", "wrong_kind"),
    (("pack", "based_on"), "tiny", "pack.based_on", "based_on_itself", "based_on"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "key", "what", "remedy"), CASES, ids=lambda item: str(item)[:60])
def test_what_is_wrong_is_told_with_file_key_and_remedy(grown, path, value, key, what, remedy):
    assert problem(refused(changed(grown, path, value))) == (f"{path[0]}.json", key, what, remedy)


def test_a_package_is_closed_by_one_office_of_the_region(grown):
    first, second = grown["roles"][0], {"id": "second", "label": {"id": "Kedua"}}
    del grown["signing"]  # its steps have rules of their own
    grown["roles"] = [
        {**first, "closes_package": True, "party": "ministry"},
        *grown["roles"][1:],
        {**second, "closes_package": True},
    ]
    error = refused(packed(grown))
    assert [(fault.key, fault.problem.id) for fault in error.faults] == [
        ("roles[0].party", "guideline.problem.foreign_closing"),
        (f"roles[{len(grown['roles']) - 1}].closes_package", "guideline.problem.two_closing"),
    ]


class TestBasedOn:
    @pytest.fixture
    def child(self, tmp_path):
        """A folder that takes all but its title over from the tiny pack beside it."""
        shutil.copytree(TINY, tmp_path / "tiny")
        folder = tmp_path / "child"
        folder.mkdir()
        info = json.loads((TINY / "pack.json").read_text())
        (folder / "pack.json").write_text(json.dumps(info | {"id": "child", "based_on": "tiny"}))
        return folder

    def test_what_is_not_there_is_taken_from_the_folder_beside(self, child):
        assert load_pack(child).forms == load_pack(TINY).forms

    def test_a_file_of_its_own_stands_in_place_of_the_others(self, child):
        (child / "stages.json").write_text("[]")
        assert load_pack(child).stages == ()
        assert load_pack(write_pack(child)).stages == ()

    def test_a_missing_base_is_said(self, child):
        shutil.rmtree(child.parent / "tiny")
        with pytest.raises(BrokenPack) as error:
            load_pack(child)
        assert problem(error.value) == ("pack.json", "pack.based_on", "based_on_missing", "based_on")

    def test_a_base_that_has_a_base_is_said(self, child):
        grandchild = child.parent / "grandchild"
        grandchild.mkdir()
        info = json.loads((child / "pack.json").read_text())
        (grandchild / "pack.json").write_text(json.dumps(info | {"id": "grandchild", "based_on": "child"}))
        with pytest.raises(BrokenPack) as error:
            load_pack(grandchild)
        assert problem(error.value) == ("pack.json", "pack.based_on", "based_on_chain", "based_on")

    @pytest.mark.parametrize("beside", [True, False])
    def test_an_unpacked_pack_says_the_same_wherever_it_lies(self, child, beside):
        import io
        import zipfile

        (child / "stages.json").write_text("[]")
        packed = write_pack(child)
        unpacked = child.parent / "unpacked"
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            archive.extractall(unpacked)
        if not beside:
            shutil.rmtree(child.parent / "tiny")
        assert write_pack(unpacked) == packed

    @pytest.mark.parametrize("name", ["../tiny", "", 5])
    def test_only_a_folder_beside_can_be_named(self, child, name):
        info = json.loads((child / "pack.json").read_text())
        (child / "pack.json").write_text(json.dumps(info | {"based_on": name}))
        with pytest.raises(BrokenPack):
            load_pack(child)
