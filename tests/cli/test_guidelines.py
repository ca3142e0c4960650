"""``guideline``: list, check, show, install, remove, diff, new-from, sign."""

from __future__ import annotations

import json

import pytest

from desktop.base import clock
from desktop.cli.guidelines import signing
from desktop.guideline import open_pack, write_pack
from desktop.guideline.container import read_members, write_zip
from desktop.trust import make_test_identity
from tests.cli.calling import TINY


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "home"))


@pytest.fixture
def issuer(tmp_path):
    made = make_test_identity(tmp_path / "keys", {"issuer": "Penerbit Uji"}, now=clock.now(), algorithm="ec")
    password = tmp_path / "password"
    password.write_text("uji\n")
    return ["--p12", made.signers["issuer"].path, "--password-file", password, "--trust", made.root]


def test_packs_are_listed_with_their_state(call):
    assert call.ok("guideline").out == call.ok("guideline", "list").out
    assert "in force" in call.ok("guideline", "list").out
    first = call.ok("guideline", "list", json=True).records[0]
    assert (first["id"], first["status"], first["bundled"]) == ("smart-city-2021", "in-force", True)


def test_a_pack_is_checked_by_name_file_and_folder(call, tmp_path):
    assert call.ok("guideline", "check", TINY, json=True).records[0]["dimensions"] == 7
    said = call.ok("guideline", "check", TINY, language="id").out
    assert "7 dimensi" in said
    assert "tidak ditandatangani" in said
    assert "Unverified" in call.ok("guideline", "check", "smart-city-2021").out
    empty = call("guideline", "check", tmp_path)
    assert empty.code == 1
    assert "pack.json" in empty.err
    assert "smart-city-2021" in call.fails("guideline", "check", "none-such")
    broken = tmp_path / "broken.rancang-guideline"
    broken.write_bytes(b"PK\3\4 not really")
    assert "broken.rancang-guideline" in call("guideline", "check", broken).err


def test_every_fault_is_told_not_the_first_alone(call, tmp_path):
    call.ok("guideline", "new-from", TINY, tmp_path / "mine")
    forms = tmp_path / "mine" / "forms.json"
    data = json.loads(forms.read_text())
    data[0]["titel"] = data[0].pop("title")
    data.append({"id": 7})
    forms.write_text(json.dumps(data))
    roles = tmp_path / "mine" / "roles.json"
    roles.write_text(roles.read_text().replace('"label"', '"lable"'))
    said = call("guideline", "check", tmp_path / "mine")
    assert said.code == 1
    assert "forms[0]" in said.err
    assert "forms[2]" in said.err
    assert said.err.count("roles[") > 1
    faults = call("guideline", "check", tmp_path / "mine", json=True)
    assert {one["kind"] for one in faults.records} == {"error"}


def test_a_pack_is_shown_as_an_outline(call):
    said = call.ok("guideline", "show", "smart-city-2021").out
    for words in ("Smart Governance", "Books and documents", "unverified", "Worksheets"):
        assert words in said
    assert call.ok("guideline", "show", TINY, json=True).kinds[0] == "guideline"


def test_installing_warns_plainly_and_new_documents_use_it(call, tmp_path):
    file = tmp_path / "t.rancang-guideline"
    file.write_bytes(write_pack(TINY))
    assert "by its own word: example" in call.ok("guideline", "show", file).out
    refused = call.fails("guideline", "install", file, code=1)
    assert "not signed" in refused
    assert "--yes" in refused
    done = call.ok("guideline", "install", file, "--yes")
    assert "not signed" in done.err
    assert "tiny@3" in call.ok("guideline", "list").out
    path = tmp_path / "a.rancang"
    call.ok("new", path, "--region", "18.07", "--years", "2026-2029", "--guideline", "tiny", "--name", "S")
    call.ok("guideline", "remove", "tiny")
    assert "tiny" not in call.ok("guideline", "list").out
    assert "tiny" in call.ok("show", path, json=True).out, "the document keeps its guideline"
    assert "none" in call.fails("guideline", "remove", "none")


def test_differences_are_told_as_text_and_as_objects(call):
    said = call.ok("guideline", "diff", "smart-city-2021", TINY).out
    assert "New – dimension: " in said
    assert "Gone – dimension: " in said
    records = call.ok("guideline", "diff", "smart-city-2021", TINY, json=True).records
    assert {one["change"] for one in records[:-1]} == {"new", "gone", "changed"}
    assert records[-1]["new"] == sum(one["change"] == "new" for one in records[:-1])
    assert "no differences" in call.ok("guideline", "diff", TINY, TINY).out


def test_an_issuer_signs_and_a_changed_file_is_refused(call, tmp_path, issuer):
    file = tmp_path / "signed.rancang-guideline"
    signed = call.ok("guideline", "sign", TINY, "--output", file, *issuer)
    assert "Penerbit Uji" in signed.out
    assert "Penerbit Uji" in call.ok("guideline", "check", file).out
    assert "anybody can make" in call.fails("guideline", "install", file, code=1)
    opened = open_pack(file)
    members = dict(read_members(file).json)
    members["pack"] = members["pack"].replace(b'"max_years":', b'"max_years":1')
    hostile = tmp_path / "hostile.rancang-guideline"
    hostile.write_bytes(write_zip(members, opened.signature))
    for words in (["check", hostile], ["install", hostile, "--yes"]):
        assert "does not hold" in call.fails("guideline", *words, code=1)
    assert "signed.rancang" in call.fails("guideline", "sign", TINY, "--output", file, *issuer)
    call.fails("guideline", "sign", TINY, "--output", tmp_path / "x.rancang-guideline")


def test_an_issuer_signs_what_was_said_before_the_password(call, tmp_path, issuer, monkeypatch):
    """A pack of a colleague in a common folder was read only after the password, and nothing said of it."""
    named, other = tmp_path / "a.rancang-guideline", write_pack(TINY).replace(b"tiny", b"evil")
    named.write_bytes(write_pack(TINY))
    asked = signing.key

    def exchange(options, console):
        found = asked(options, console)
        named.write_bytes(other)
        return found

    monkeypatch.setattr(signing, "key", exchange)
    out = tmp_path / "out.rancang-guideline"
    said = call.ok("guideline", "sign", named, "--output", out, *issuer).out
    assert "tiny@" in said
    assert open_pack(out).sha256 in said
    for words in ("check", "show"):
        assert open_pack(out).sha256 in call.ok("guideline", words, out).out
    assert open_pack(out).pack.pack.id == "tiny"
    named.write_bytes(write_pack(TINY))
    call.fails("guideline", "sign", named, *issuer)
    assert named.read_bytes() == other, "which nobody was asked about"


def test_the_folder_of_what_is_signed_is_made_before_the_password(call, tmp_path, issuer):
    (tmp_path / "file").write_text("")
    call.ok("guideline", "sign", TINY, "--output", tmp_path / "new" / "a.rancang-guideline", *issuer)
    said = call.fails("guideline", "sign", TINY, "--output", tmp_path / "file" / "a.rancang-guideline")
    assert "file" in said, "not that a key is missing"


def test_a_signature_takes_the_place_of_the_draft_and_an_earlier_one_is_kept_beside(call, tmp_path, issuer):
    draft = tmp_path / "kiriman.rancang-guideline"
    draft.write_bytes(write_pack(TINY))
    assert "kept as" not in call.ok("guideline", "sign", draft, *issuer).out
    first = draft.read_bytes()
    assert open_pack(draft).signature is not None
    assert [*tmp_path.glob("kiriman*.rancang-guideline")] == [draft]
    said = call.ok("guideline", "sign", draft, *issuer)
    assert "kept as" in said.out
    assert "Penerbit Uji" in said.err, "whose signature goes is told before"
    (kept,) = set(tmp_path.glob("kiriman*.rancang-guideline")) - {draft}
    assert kept.read_bytes() == first


def test_a_folder_is_begun_and_never_written_over(call, tmp_path):
    said = call.ok("guideline", "new-from", "smart-city-2021", tmp_path / "mine", "--id", "kota-x")
    assert "books.json" in said.out
    assert call.ok("guideline", "show", tmp_path / "mine", json=True).records[0]["info"]["status"] == "draft"
    call.fails("guideline", "new-from", "smart-city-2021", tmp_path / "mine")


def test_each_sub_verb_has_its_own_help(call):
    assert "--yes" in call.ok("guideline", "install", "--help").out
    assert "new-from" in call.ok("guideline", "--help").out


def test_a_received_pack_is_checked_and_never_installed(call, tmp_path):
    """The suggestions are taken by ``--accept``; that a stranger's guideline is kept is none."""
    file = tmp_path / "t.rancang-guideline"
    file.write_bytes(write_pack(TINY))
    assert "7 dimensions" in call.ok("receive", file).out
    assert "tiny" not in call.ok("guideline", "list").out
    call.ok("receive", file, "--accept")
    assert "tiny" not in call.ok("guideline", "list").out
