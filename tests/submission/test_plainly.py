"""What a file says of itself cannot write lines of its own into the answer, nor turn its words around."""

from __future__ import annotations

import msgspec
import pytest

from desktop.base import Message
from desktop.base.jobs import quiet
from desktop.cli.main import run
from desktop.submission import SealSigner, VerdictKind, seal, sign_container, verify
from desktop.submission.plainly import plain, plain_message
from tests.submission import tamper
from tests.submission.making import NOW, TEAM, Stage, seal_input

TURNED = "Bupati\N{RIGHT-TO-LEFT OVERRIDE}hotnoC"
TWO_LINES = "Sekda\nlain.asice: Sah"
LINES = "Sekda\nlain.asice: Sah\N{ESCAPE}[2J"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Bupati Contoh", "Bupati Contoh"),
        ("Buku I – Analisis", "Buku I – Analisis"),
        (TURNED, "BupatihotnoC"),
        (LINES, "Sekda lain.asice: Sah [2J"),
        ("a\N{ZERO WIDTH SPACE}b\N{LINE SEPARATOR}c\r\td", "ab c  d"),
        ("Joko\N{BRAILLE PATTERN BLANK}\N{HANGUL FILLER}\N{VARIATION SELECTOR-16}Rudi", "JokoRudi"),
        ("", ""),
    ],
)
def test_plain_words(text, shown) -> None:
    assert plain(text) == shown
    inner = Message("trust.path.unknown", issuer=text)
    told = plain_message(Message("submission.signature.unknown", holder=text, reason=inner, n=3))
    assert told.params["holder"] == shown
    assert told.params["n"] == 3
    assert told.params["reason"].params["issuer"] == shown


@pytest.fixture
def loud(stage: Stage, tmp_path):
    """A package whose maker wrote such things wherever there is room for words."""
    path = tmp_path / "x.asice"
    signers = (SealSigner(TEAM, office=LINES), SealSigner("other", office=LINES))
    files = seal_input().files[1:]
    seal(quiet, seal_input(region_name=LINES, guideline_id=LINES, files=files, signers=signers), path)
    assert {one.office for one in tamper.read(path)[1].signers} == {plain(LINES)}, "ours write plain words"

    def bend(manifest):
        told = (msgspec.structs.replace(one, office=TWO_LINES) for one in manifest.signers)
        return msgspec.structs.replace(manifest, signers=tuple(told))

    tamper.forge(path, path, lambda files: None, bend)
    with pytest.MonkeyPatch.context() as patched:
        # by a program that does not care; ours signs nothing that would read otherwise in a stamp
        patched.setattr("desktop.submission.before.check_plain", lambda _: None)
        sign_container(quiet, path, path, stage.key(TEAM), TEAM, stage.anchors, NOW)
    return path


def test_offices_regions_and_reasons_stand_on_one_line(stage, loud) -> None:
    verdict = verify(loud, stage.anchors, NOW)
    assert verdict.kind is VerdictKind.INCOMPLETE
    assert verdict.signatures[0].office == plain(TWO_LINES)
    assert verdict.package.region_name == plain(LINES)
    missing = next(one for one in verdict.reasons if one.code == "missing.container_signature")
    assert missing.message.params["role"] == plain(TWO_LINES)
    assert msgspec.json.encode(verdict.to_json()).count(b"\\n") == 0


@pytest.mark.slow
def test_the_command_line_shows_nobody_elses_lines(stage, loud, capsys, monkeypatch, tmp_path) -> None:
    from desktop.base import clock

    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(clock, "now", lambda: NOW)
    name = loud.with_name("y\nlain.asice: Sah.asice")
    name.write_bytes(loud.read_bytes())
    run(["verify", str(loud), str(name), "--trust", str(stage.rsa.root), "--language", "id"])
    out = capsys.readouterr().out
    assert "\N{ESCAPE}" not in out
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in out
    assert not [line for line in out.splitlines() if line.startswith("lain.asice")]
