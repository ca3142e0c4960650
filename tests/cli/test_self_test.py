"""``self-test``: parts run one by one; one that fails is told and the rest go on."""

import os
import shutil

import pytest

from desktop.base import Message, RancangError
from desktop.cli import demo, self_test
from tests.submission.golden import KEPT
from tests.submission.making import NOW


class Broken(RancangError):
    def __init__(self):
        super().__init__(Message("base.file.missing", file="part", reason=""))


def test_a_part_that_fails_is_told_and_the_others_go_on(call, monkeypatch):
    home = os.environ["RANCANG_HOME"]

    def breaks(options, console):
        raise Broken

    monkeypatch.setattr(demo, "run", breaks)
    said = call("self-test", "--no-window", json=True)
    assert said.code == 1
    assert [(each["step"], each["passed"]) for each in said.records] == [
        ("cli.self_test.job", False),
        ("cli.self_test.search", True),
        ("cli.self_test.judging", False),
        ("cli.self_test.refusal", False),
        ("cli.self_test.desk", False),
    ]
    assert "part" in said.records[0]["reason"]
    assert os.environ["RANCANG_HOME"] == home
    out = call("self-test", "--no-window", language="id").out
    assert out.count("GAGAL") == 4


@pytest.mark.slow
def test_the_parts_own_words_are_not_told(call, monkeypatch, tmp_path):
    def makes_a_package(options, console):
        console.note(Message("cli.demo.decisions"))
        console.line("a line")
        console.record("book", {}, "a record")
        signed(options.folder)
        return 0

    monkeypatch.setenv("RANCANG_NOW", NOW.isoformat())
    monkeypatch.setattr(demo, "run", makes_a_package)
    said = call.ok("self-test", "--no-window")
    assert len(said.out.splitlines()) == 5
    assert said.out.count("passed") == 5
    assert said.err == ""


def signed(folder):
    """A package and the roots of its signers, where the demo leaves them."""
    (folder / "uji").mkdir(parents=True)
    shutil.copyfile(KEPT / "signed.asice", folder / "paket.asice")
    roots = b"".join((KEPT / f"root-{kind}.pem").read_bytes() for kind in ("rsa", "ec"))
    (folder / "uji" / "uji-root.pem").write_bytes(roots)


def test_where_nothing_can_be_judged_neither_a_sound_package_nor_a_changed_one_passes(tmp_path, monkeypatch):
    from desktop.submission import child

    signed(tmp_path)
    monkeypatch.setattr(child, "_command", lambda: ["/nowhere/rancang", "--judge-files"])
    package, root = tmp_path / "paket.asice", tmp_path / "uji" / "uji-root.pem"
    assert not self_test._judging(package, root)
    assert not self_test._refusal(package, root)


@pytest.mark.parametrize(("code", "passed"), [(0, True), (3, False)])
def test_the_window_is_started_in_a_process_of_its_own(monkeypatch, code, passed):
    import subprocess

    called = []

    def starts(command, **options):
        called.append(command)
        return subprocess.CompletedProcess(command, code)

    monkeypatch.setattr(subprocess, "run", starts)
    assert self_test._window() is passed
    assert called[0][-1] == "--check-window"


def test_a_window_that_hangs_is_a_failure(monkeypatch):
    import subprocess

    def hangs(command, **options):
        raise subprocess.TimeoutExpired(command, 60)

    monkeypatch.setattr(subprocess, "run", hangs)
    assert self_test._window() is False
