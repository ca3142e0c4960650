"""``what`` and ``receive``: files of any kind told apart, and taken where they belong."""

import pytest

from desktop.guideline import write_pack
from tests.cli.calling import TINY
from tests.exchange.lists import REAL

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 40


@pytest.fixture
def file(tmp_path):
    def make(name, data):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return make


def test_what_tells_files_apart_by_their_content(call, town, file):
    files = [town, file("a.xlsx", PNG), file("b.csv", b"Program;Pagu\nAir;1\n"), file("c.bin", b"\1\2")]
    said = call("what", *files, json=True)
    assert said.code == 1
    assert [(each["what"], each["deed"]) for each in said.records] == [
        ("workspace", "open"),
        ("picture", "needs-document"),
        ("table", "start"),
        ("unknown", "explain"),
    ]
    assert "dokumen kerja Rancang" in call("what", town, language="id").out


def test_evidence_is_kept_in_the_workspace_named(call, town, file):
    call.ok("receive", file("foto.pdf", b"%PDF-1.7 x"), "--into", town)
    (kept,) = call.ok("evidence", town, json=True).records
    assert kept["name"] == "foto.pdf"


def test_a_list_is_imported_when_its_suggestions_are_agreed_to(call, file, tmp_path):
    made = tmp_path / "lt.rancang"
    call.ok("new", made, "--region", "18.07", "--years", "2025-2029")
    path = file("a.csv", REAL.read_bytes())
    said = call("receive", path, "--into", made, "--accept", json=True)
    assert said.code == 0, said.out
    assert said.records[-1]["kind"] == "imported"
    assert said.records[-1]["new"] == 11


def test_a_guideline_is_checked_and_a_package_verified(call, file):
    guideline = file("p.rancang-guideline", write_pack(TINY))
    assert call.ok("receive", guideline, json=True).kinds[0] == "guideline"
    broken = call("receive", file("p.asice", b"PK\x03\x04"), json=True)
    assert (broken.code, broken.record["verdict"]) == (1, "refused")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.csv", b"a;b\n1;2\n", "--into"),
        ("a.png", PNG, "--into"),
        ("k.p12", b"\x30\x82\x0a\x10\x02\x01\x03" + b"x" * 300, "key"),
        ("a.zip", b"PK\x03\x04", "Unpack"),
    ],
)
def test_what_is_not_done_says_what_to_do(call, file, name, data, words):
    said = call("receive", file(name, data))
    assert said.code == 1
    assert words in said.out


def test_a_copy_of_the_workspace_is_brought_back_and_another_one_only_told(call, town, tmp_path):
    copy = tmp_path / "budi.rancang"
    copy.write_bytes(town.read_bytes())
    call.ok("set", copy, "town.mayor", "Ratna")
    call.ok("receive", copy, "--into", town, "--accept")
    assert "Ratna" in call.ok("show", town, "town.mayor").out
    said = call("receive", copy)
    assert said.code == 1
    assert "Open it with" in said.out


def test_an_empty_folder_says_so(call, tmp_path):
    folder = tmp_path / "kosong"
    folder.mkdir()
    assert call("receive", folder).code == 1
    assert call("receive", folder, "--into", tmp_path / "hilang.rancang").code == 2
