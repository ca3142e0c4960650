"""A pipe under any name that a verb is given: told at once, and nothing that was there is lost."""

import os
import shutil
import sys

import pytest

from desktop.base import clock
from desktop.cli.main import run
from desktop.trust import make_test_identity
from tests.cli.calling import TINY

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders there")

READING = [
    "show PIPE", "set TOWN town.trees @PIPE", "import TOWN PIPE", "import TOWN TABLE --decisions PIPE",
    "evidence TOWN PIPE.jpg", "bring-back TOWN PIPE.xlsx", "guideline check PIPE", "verify PIPE.asice",
    "sign PACKAGE --p12 KEY --role mayor --password-file PIPE", "sign PACKAGE --returned PIPE.pdf",
    "sign PACKAGE --token PIPE --role mayor --password-file WORD",
]  # fmt: skip
MORE = [
    "evidence TOWN PIPE", "receive PIPE --into TOWN", "receive . --register PIPE", "bring-back TOWN PIPE",
    "bring-back TOWN PIPE.zip --yes", "guideline install PIPE", "guideline show PIPE.rancang-guideline",
    "trust add PIPE", "verify PIPE", "verify PACKAGE --trust PIPE", "verify PACKAGE --trust-time PIPE",
    "receipt PIPE", "sign PIPE", "sign PACKAGE --p12 PIPE --role mayor --password-file WORD",
    "extend PIPE --tsa http://x.invalid", "extend PACKAGE --tsa http://x.invalid --crl PIPE",
    "seal TOWN OUT --replaces PIPE",
]  # fmt: skip
WRITING = ["receipt PACKAGE --output PIPE.pdf", "history TOWN --output PIPE.csv", "seal TOWN PIPE"]
MORE_WRITING = [
    "sign PACKAGE --p12 KEY --role mayor --password-file WORD --output PIPE",
    "verify PACKAGE --report PIPE.pdf", "history TOWN --output PIPE.pdf",
    "changes TOWN --out PIPE.rancang-changes", "show TOWN --form town --output PIPE",
    "guideline sign TINY --p12 KEY --password-file WORD --output PIPE",
    "bring-back TOWN TOWN2 --preview --report PIPE.pdf",
]  # fmt: skip


def some(now, later):
    return [*now, *(pytest.param(each, marks=pytest.mark.slow) for each in later)]


@pytest.fixture(scope="module")
def things(template, tmp_path_factory):
    """One of everything, made once."""
    folder = tmp_path_factory.mktemp("things")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RANCANG_HOME", str(folder / "home"))
        town = shutil.copyfile(template, folder / "town.rancang")
        assert run(["seal", str(town), str(folder / "package.asice")]) == 0
    identity = make_test_identity(folder / "id", {"mayor": "Contoh"}, "rahasia", now=clock.now())
    shutil.copyfile(identity.signers["mayor"].path, folder / "key.p12")
    (folder / "word").write_text("rahasia\n")
    (folder / "list.csv").write_text("a;b\n1;2\n")
    return folder


@pytest.fixture
def words(things, town, tmp_path, monkeypatch):
    """The words of a call, each name in its place."""
    monkeypatch.chdir(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    for end in (".jpg", ".pdf", ".csv", ".xlsx", ".zip", ".asice", ".rancang-guideline", ".rancang-changes"):
        (tmp_path / f"pipe{end}").symlink_to(tmp_path / "pipe")
    package = shutil.copyfile(things / "package.asice", tmp_path / "package.asice")
    second = shutil.copyfile(town, tmp_path / "second.rancang")
    places = {
        "TOWN": town, "TOWN2": second, "PACKAGE": package, "KEY": things / "key.p12", "WORD": things / "word",
        "TABLE": things / "list.csv", "TINY": TINY, "OUT": tmp_path / "out.asice",
    }  # fmt: skip

    def made(line):
        return [places.get(word, word.replace("PIPE", str(tmp_path / "pipe"))) for word in line.split()]

    return made


@pytest.mark.parametrize("line", some(READING, MORE))
def test_a_pipe_is_never_waited_at(call, words, tmp_path, line):
    said = call(*words(line))
    assert said.code in {1, 2}, said
    assert "pipe" in said.out + said.err, said
    assert "ordinary file" in said.out + said.err or "neither" in said.err, said
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize("line", some(WRITING, MORE_WRITING))
def test_nothing_takes_the_place_of_a_pipe(call, words, tmp_path, line):
    before = sorted(each.name for each in tmp_path.iterdir())
    said = call(*words(line))
    assert said.code == 2, said
    assert "ordinary file" in said.err, said
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(
        {*before, "package.asice", "second.rancang"}
    )
    assert (tmp_path / "pipe").is_fifo()
    assert (tmp_path / "pipe.pdf").is_symlink()
