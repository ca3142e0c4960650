"""No command takes the place of a file that is not ours as it was written, unless somebody says --force."""

import pytest

from desktop.base import written
from desktop.base.errors import FileProblem
from desktop.base.placing import put, replacing
from desktop.base.written import InTheWay, SignedInTheWay, careful
from desktop.books.printing import write_pdf
from desktop.cli.verbs import VERBS

WRITE = {
    "assess", "books", "bring-back", "changes", "check", "compare", "demo", "duty", "emblem", "evidence",
    "export", "handout", "history", "input", "legal", "office", "receipt", "receive", "record", "show",
    "sign", "verify",
}  # fmt: skip
"""Verbs that write papers, lists or files of evidence under a name that somebody gave or that is theirs."""
ELSEWHERE = {
    "new": "a workspace: never over a file",
    "seal": "a package: only over an unsigned one of the same plan",
    "extend": "a package: only over the one it is made of",
    "backups": "workspaces: under names that are free",
    "guideline": "a guideline: under a name that is free, or the program's own folder",
    "trust": "the program's own folder",
    "settings": "the program's own folder",
}
"""Verbs that write something else, or with a rule of their own."""
WORK = {
    "import", "what", "set", "row", "programme", "budget", "nomenclature", "stakeholder", "figure", "bodies",
    "find", "replace", "comment", "review", "deadline", "sessions", "initial", "undo",
    "redo", "conflicts", "resolve", "help", "self-test", "wording",
}  # fmt: skip
"""Verbs that write into the workspace only, or nothing."""


def test_every_verb_that_writes_can_be_forced(call) -> None:
    """A new verb has to say which kind it is."""
    assert WRITE | ELSEWHERE.keys() | WORK == VERBS.keys()
    for verb in sorted(WRITE):
        assert "--force" in call.ok(verb, "--help").out, verb


def calls(town, folder):
    """One call for each of the quick verbs, and the file it writes."""
    return [
        (("export", town, "--csv", folder / "csv", "--separator", "comma"), folder / "csv", "*.csv"),
        (("changes", town, "--full", "--out", folder / "p.rancangx"), folder, "p.rancangx"),
        (("history", town, "--output", folder / "h.csv"), folder, "h.csv"),
        (("legal", town, "decree", folder / "sk.docx"), folder, "sk.docx"),
        (("evidence", town, "--save", folder / "e"), folder / "e", "*"),
        (("evidence", town, "--save-folders", folder / "f"), folder / "f", "*/*.txt"),
        (("evidence", town, "--export", folder / "x"), folder / "x", "**/*.txt"),
    ]


@pytest.mark.slow
def test_what_is_not_ours_as_it_was_written_stays(call, town, tmp_path) -> None:
    picture = tmp_path / "sk.txt"
    picture.write_bytes(b"surat")
    call.ok("evidence", town, picture, "--for", "town.trees")
    for words, folder, pattern in calls(town, tmp_path):
        call.ok(*words)
        call.ok(*words)
        target = min(folder.glob(pattern))
        ours = target.read_bytes()
        theirs = ours + b"\n"
        target.write_bytes(theirs)
        said = call(*words)
        assert (said.code, target.read_bytes()) == (2, theirs), words
        assert target.name in said.err
        assert "--force" in said.err
    call.ok(*words, "--force")
    assert target.read_bytes() != theirs
    work = town.read_bytes()
    assert "town.rancang" in call.fails("export", town, "--xlsx", town, "--force")
    assert town.read_bytes() == work


def test_what_another_command_wrote_is_no_earlier_one_of_this(tmp_path) -> None:
    target = tmp_path / "a.pdf"
    with careful("books"):
        put(target, b"buku")
        put(target, b"buku lagi")
    with careful("record"), pytest.raises(InTheWay):
        put(target, b"berita acara")
    with careful("record", force=True):
        put(target, b"berita acara")
    put(target, b"dari jendela")
    with careful("record"):
        put(target, b"berita acara")


def test_what_came_between_looking_and_writing_stays(tmp_path) -> None:
    target = tmp_path / "a.csv"

    def write() -> None:
        with replacing(target) as file:
            file.write(b"kita")
            target.write_bytes(b"orang lain")

    with careful("export"), pytest.raises(InTheWay):
        write()
    assert target.read_bytes() == b"orang lain"


def test_a_signed_pdf_is_replaced_by_no_paper(tmp_path) -> None:
    """Nor in the window, where a dialog has asked, nor with --force."""
    target = tmp_path / "a.pdf"
    write_pdf(target, b"%PDF-1.7")
    signed = b"%PDF-1.7" + b" " * ((1 << 20) - 12) + b"/ByteRange [0 1 2 3]"
    target.write_bytes(signed)
    with careful("books", force=True), pytest.raises(SignedInTheWay):
        write_pdf(target, b"%PDF-1.7 baru")
    assert target.read_bytes() == signed


def test_the_list_of_what_was_written_stays_short_and_may_be_damaged(tmp_path, own_home, monkeypatch) -> None:
    monkeypatch.setattr(written, "_LARGEST", 600)
    with careful("export"):
        for number in range(20):
            put(tmp_path / f"{number}.csv", b"x")
        put(tmp_path / "19.csv", b"y")
        with pytest.raises(InTheWay):
            put(tmp_path / "0.csv", b"y")
        (own_home / "written.jsonl").write_bytes(b"\xff[1\n{}\n")
        with pytest.raises(InTheWay):
            put(tmp_path / "19.csv", b"z")
        (tmp_path / "kosong.csv").touch()
        put(tmp_path / "kosong.csv", b"z")
        (tmp_path / "map.csv").mkdir()
        with pytest.raises(FileProblem):
            put(tmp_path / "map.csv", b"z")
    assert list(own_home.glob("written*")) == [own_home / "written.jsonl"]


def test_a_file_of_terabytes_in_the_way_is_not_read(tmp_path, monkeypatch) -> None:
    target = tmp_path / "a.xlsx"
    with careful("export"):
        put(target, b"kita")
    with target.open("r+b") as file:
        file.truncate(1 << 40)
    monkeypatch.setattr(written, "_sha256", lambda _: pytest.fail("read"))
    with careful("export"), pytest.raises(InTheWay):
        put(target, b"lagi")
    paper = tmp_path / "a.pdf"
    with paper.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(SignedInTheWay):
        write_pdf(paper, b"%PDF-1.7")
