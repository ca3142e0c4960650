"""Whatever is handed over instead of what was asked for: one sentence, the right code, nothing changed."""

import os
import shutil

import pytest

from desktop.base.resources import resource

JUNK = bytes(range(256)) * 64
ON_WORKSPACE = [
    ["show"],
    ["set", "town.trees", "5"],
    ["row", "agency"],
    ["row", "agency", "code=7"],
    ["programme"],
    ["programme", "add", "title=x"],
    ["evidence"],
    ["check"],
    ["books"],
    ["seal", "{out}"],
    ["history"],
    ["undo"],
    ["redo"],
    ["bring-back", "{out}"],
    ["conflicts"],
    ["resolve"],
    ["resolve", "--owner"],
    ["import", "{csv}"],
]


@pytest.fixture
def files(tmp_path):
    """Things that are no workspace."""
    (tmp_path / "junk").write_bytes(JUNK)
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "sqlite").write_bytes(b"SQLite format 3\0" + JUNK)
    (tmp_path / "folder").mkdir()
    return tmp_path


def words_of(words, workspace, folder):
    csv = resource("demo", "programmes.csv")
    verb, *rest = (word.format(out=folder / "out.asice", csv=csv) for word in words)
    return [verb, workspace, *rest]


@pytest.mark.parametrize("words", ON_WORKSPACE, ids=lambda words: "-".join(words[:2]))
@pytest.mark.parametrize("name", ["junk", "empty", "sqlite", "folder", "missing"])
def test_what_is_no_workspace_is_refused_by_every_verb(call, files, words, name):
    path = files / name
    before = path.read_bytes() if path.is_file() else None
    sentence = call.fails(*words_of(words, path, files))
    assert name in sentence
    assert (path.read_bytes() if path.is_file() else None) == before
    assert sorted(each.name for each in files.iterdir()) == ["empty", "folder", "junk", "sqlite"]


@pytest.mark.parametrize("words", ON_WORKSPACE, ids=lambda words: "-".join(words[:2]))
def test_errors_are_json_when_json_was_asked_for(call, files, words):
    said = call(*words_of(words, files / "junk", files), json=True)
    assert said.code == 2
    assert said.record["kind"] == "error"


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9])
def test_a_workspace_that_was_cut_is_told_to_be_damaged(call, town, cut):
    data = town.read_bytes()
    town.write_bytes(data[: int(len(data) * cut)])
    for words in (["show"], ["set", "town.trees", "5"], ["check"]):
        assert "town.rancang" in call.fails(words[0], town, *words[1:])


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(call, town, monkeypatch):
    """Root writes everywhere, so the system's answer is put in its place."""
    from desktop.workspace import file

    real = os.open

    def refused(path, flags, mode=0o777, *, dir_fd=None):
        if dir_fd is None and str(path).startswith(str(town.parent)):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, flags, mode, dir_fd=dir_fd)

    monkeypatch.setattr(file.os, "open", refused)
    assert "town.rancang" in call.fails("set", town, "town.trees", "5")
    assert call.ok("show", town).code == 0


@pytest.mark.parametrize(
    "content", [JUNK, b"", b"[]", b"{", b'{"funding": 5}', b'{"nonsense": {}}', b"\xff\xfe"]
)
def test_decisions_that_cannot_be_read_are_told(call, town, tmp_path, content):
    decisions = tmp_path / "decisions.json"
    decisions.write_bytes(content)
    csv = resource("demo", "programmes.csv")
    head = call.ok("show", town, json=True).record["head"]
    assert "decisions.json" in call.fails("import", town, csv, "--decisions", decisions)
    assert call.ok("show", town, json=True).record["head"] == head


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", JUNK),
        ("a.csv", b""),
        ("a.xlsx", JUNK),
        ("a.xlsx", b"PK\3\4" + JUNK),
        ("a.csv", b"x;y\n1;2\n"),
    ],
)
def test_lists_that_cannot_be_read_are_told(call, town, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    sentence = call.fails("import", town, path, "--accept")
    assert name in sentence


@pytest.mark.parametrize("content", [JUNK, b"a\0b", b"\x1b[31mred"])
def test_values_that_are_no_text_are_refused(call, town, tmp_path, content):
    path = tmp_path / "value"
    path.write_bytes(content)
    assert '"value"' in call.fails("set", town, "town.words", f"@{path}")
    assert '"value"' in call.fails("programme", town, "set", "T-001", f"title=@{path}")
    assert "folder" in call.fails("set", town, "town.words", f"@{tmp_path}")
    assert "none" in call.fails("set", town, "town.words", f"@{tmp_path}/none")


@pytest.mark.parametrize("value", ["\x1b[31mred", "a\x07b"])
def test_control_characters_never_reach_a_book(call, town, value):
    call.fails("set", town, "town.words", value)
    call.fails("programme", town, "add", f"title={value}")


ODD = [
    "x" * 200_000,
    "﷽" * 500,
    "👩‍👩‍👧‍👦",
    "٣٤",
    "a\u202eb",
    "%s {n} %(x)s",
    "<b>",
    "'; DROP TABLE answer;--",
]


@pytest.mark.parametrize("value", ODD, ids=range(len(ODD)))
def test_odd_texts_are_kept_as_they_are(call, town, value):
    call.ok("set", town, "town.words", "--", value)
    assert call.ok("show", town, "town.words", json=True).record["texts"]["id"] == value
    call.ok("history", town, "town.words")


def test_junk_from_standard_input_is_refused(call, town, monkeypatch, tmp_path):
    path = tmp_path / "junk"
    path.write_bytes(JUNK)
    with path.open(encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert "no readable text" in call.fails("set", town, "town.words", "-")


@pytest.mark.parametrize("words", [["verify", "{junk}"], ["sign", "{junk}", "--export", "{out}"]])
def test_what_is_no_package_is_refused(call, files, words):
    said = call(*(word.format(junk=files / "junk", out=files / "out") for word in words))
    assert said.code == 1
    assert "junk" in said.out + said.err


def test_that_no_backup_could_be_made_is_told_and_work_goes_on(call, town, own_home):
    (own_home / "backups").write_text("in the way")
    done = call("set", town, "plan/-/title", "Rencana baru", "--name", "Sari")
    assert done.code == 0
    assert "No automatic backup could be made" in done.err


def test_verify_says_which_folder_it_could_not_look_into(call, tmp_path, monkeypatch):
    (tmp_path / "tertutup").mkdir()
    real = os.scandir

    def fails(path):
        if str(path).endswith("tertutup"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", fails)
    said = call("verify", tmp_path)
    assert said.code == 2
    assert "tertutup" in said.err


def test_a_report_on_paper_says_what_was_not_verified(call, tmp_path):
    """With one file left it read like a report on all that was named."""
    folder = tmp_path / "masuk"
    folder.mkdir()
    (folder / "a.asice").write_bytes(b"PK")
    (folder / ".b.asice").write_bytes(b"PK")
    (folder / "surat.txt").write_text("halo")
    report = tmp_path / "laporan.html"
    said = call("verify", folder, tmp_path / "tidak-ada.asice", "--report", report)
    assert said.code == 2
    paper = report.read_text("utf-8")
    for each in ("What was not verified", ".b.asice", "tidak-ada.asice", "1 other file there is no package"):
        assert each in paper, each
    call("verify", folder / "a.asice", "--report", report)
    assert "What was not verified" not in report.read_text("utf-8")
