"""Calls that are not what they have to be: one sentence, the right exit code, and never a traceback."""

import errno
import os
import subprocess
import sys

import pytest

from desktop.base import crash
from desktop.cli import show
from desktop.cli.language import chosen_language
from desktop.cli.main import no_screen, run


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["nothing"], "'nothing' is none of"),
        (["show"], "missing: WORKSPACE"),
        (["show", "a", "b", "c"], "not known: c"),
        (["show", "a", "--no-such-option"], "not known: --no-such-option"),
        (["show", "a", "--lang", "id"], "not known: --lang."),
        (["show", "a", "--lang=id"], "not known: --lang."),
        (["set", "a", "b", "c", "--text", "fr"], "'fr' is none of 'id', 'en'"),
        (["history", "a", "--limit", "many"], '"many" is no whole number from 1 on'),
        (["history", "a", "--limit", "0"], '"0" is no whole number'),
        (["history", "a", "--limit", "٣"], "no whole number"),
        (["history", "a", "--limit"], "needs one value"),
        (["row", "a", "b", "--row", "1", "--fixed", "2"], "cannot be used with"),
        (["verify"], "Name the packages"),
        (["--language", "xx", "show", "a"], "'xx' bukan salah satu dari"),
    ],
)
def test_bad_calls_are_told_in_a_sentence(call, words, part):
    assert part in call.fails(*words)


def test_bad_calls_name_the_verb_to_ask_about(call):
    assert "rancang row --help" in call.fails("row", "a", "b", "--nope", language="id")
    assert "rancang --help" in call.fails("nope", language="id")


@pytest.mark.parametrize(
    "words",
    [
        ["--password", "kunci-rahasia"],
        ["--password=kunci-rahasia"],
        ["--p12", "a.p12", "--PIN", "kunci-rahasia"],
        ["--pasword", "kunci-rahasia"],
        ["--pasword=kunci-rahasia"],
        ["--p12", "a.p12", "kunci-rahasia"],
    ],
)
@pytest.mark.parametrize("json", [False, True])
def test_a_password_typed_on_the_command_line_is_not_repeated(call, words, json):
    said = call("sign", "a.asice", *words, json=json)
    assert said.code == 2
    assert "rahasia" not in said.out + said.err


def test_a_password_is_refused_with_the_ways_there_are(call):
    for verb in (["sign", "a.asice"], ["guideline", "sign", "a"], ["row", "a", "b"]):
        assert "--password-file" in call.fails(*verb, "--password", "x")


@pytest.mark.parametrize("words", [["nothing"], ["show"], ["show", "missing.rancang"], []])
def test_errors_are_one_json_object_when_json_was_asked_for(call, words):
    said = call(*words, json=True)
    assert said.code == 2
    assert said.record["kind"] == "error"
    assert said.record["text"]
    assert said.record["id"]


def test_without_a_verb_help_is_shown_and_nothing_was_done(capsys):
    assert run(["--language", "en"]) == 2
    assert capsys.readouterr().out.startswith("usage: rancang")


def test_the_version_is_told(call):
    from desktop import __version__

    assert call.ok("--version").out == f"rancang {__version__}\n"
    assert call.ok("--version", json=True).record == {"kind": "version", "version": __version__}


@pytest.mark.parametrize("word", ["a\udcffb", "a\0b"])
def test_an_argument_that_is_no_text_is_refused(call, word):
    assert "Argument 4 is no readable text" in call.fails("show", word)


@pytest.mark.parametrize(
    ("error", "code", "part"),
    [
        (KeyboardInterrupt(), 1, "Stopped"),
        (EOFError(), 1, "Stopped"),
        (PermissionError(errno.EACCES, "no", "/somewhere/file"), 2, "/somewhere/file"),
    ],
)
def test_what_the_system_says_becomes_a_sentence(call, monkeypatch, error, code, part):
    def breaks(options, console):
        raise error

    monkeypatch.setattr(show, "run", breaks)
    assert part.casefold() in call.fails("show", "x", code=code).casefold()


def test_a_crash_is_a_sentence_and_a_note_for_those_who_mend_it(call, monkeypatch, own_home):
    def breaks(options, console):
        raise ZeroDivisionError("inside")

    monkeypatch.setattr(show, "run", breaks)
    sentence = call.fails("show", "x")
    (note,) = (own_home / "crash").iterdir()
    assert str(note) in sentence
    assert "ZeroDivisionError: inside" in note.read_text(encoding="utf-8")


def test_a_crash_is_told_even_where_its_note_cannot_be_kept(call, monkeypatch, tmp_path):
    def breaks(options, console):
        raise ZeroDivisionError

    def no_home(*parts):
        raise PermissionError(errno.EACCES, "no", "home")

    monkeypatch.setattr(show, "run", breaks)
    monkeypatch.setattr(crash, "folder", no_home)
    monkeypatch.setattr(crash.tempfile, "gettempdir", lambda: str(tmp_path))
    assert str(tmp_path) in call.fails("show", "x")


def test_a_home_that_cannot_be_written_is_told(call, town, monkeypatch, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    monkeypatch.setenv("RANCANG_HOME", str(blocked))
    assert str(blocked) in call.fails("verify", town)
    assert call("set", town, "town.trees", "3").code == 0, "the workspace itself does not stand on it"


def test_without_a_screen_the_window_says_so(capsys, monkeypatch):
    monkeypatch.setenv("RANCANG_LANGUAGE", "en")
    assert no_screen() == 2
    assert "no screen" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "environment", "code"),
    [
        ([], {}, "id"),
        ([], {"LANG": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "de_DE.UTF-8"}, "id"),
        ([], {"LANG": "en_GB.UTF-8", "RANCANG_LANGUAGE": "id"}, "id"),
        (["--language", "en"], {"RANCANG_LANGUAGE": "id"}, "en"),
        (["--language=en"], {}, "en"),
        (["--language"], {"LC_ALL": "en_US"}, "en"),
    ],
)
def test_the_language_is_the_one_asked_for_or_the_systems(monkeypatch, arguments, environment, code):
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "RANCANG_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert chosen_language(arguments).value == code


@pytest.mark.parametrize("words", [["--help"], ["show", "missing.rancang", "--json"], ["guideline"]])
def test_a_reader_who_has_gone_is_no_failure_worth_a_traceback(words):
    """Standard output is a pipe whose other end is closed already."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as gone:
        command = [sys.executable, "-m", "desktop", *words]
        done = subprocess.run(command, stdout=gone, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == ""
