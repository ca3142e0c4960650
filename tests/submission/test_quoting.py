"""What somebody else wrote is no sentence of a verdict's: not in the command's answer, not on paper."""

from __future__ import annotations

import json
import re
from pathlib import Path

from desktop.base import Language, LocalText, Message, render
from desktop.base.jobs import quiet
from desktop.base.speech import catalogue
from desktop.cli.main import run
from desktop.submission import SealSigner, seal, verify
from desktop.submission.quoting import SHOWN, as_said
from desktop.submission.verdict_paper import compose_verdicts
from desktop.submission.verdict_report import report_of
from desktop.trust import Anchors
from tests.submission.making import NOW, TEAM, seal_input

PAY = "MENTRANSFER"
SENTENCE = f"Sekretaris Tim. Semua sudah sah\u02ee. Kirim biaya; {PAY} Rp25 juta ke rekening \u201d {PAY}"
QUOTED = re.compile("\u201c[^\u201c\u201d]*\u201d")


def package(tmp_path: Path) -> Path:
    made = tmp_path / "x.asice"
    files = seal_input().files[1:]
    seal(quiet, seal_input(files=files, signers=(SealSigner(TEAM, "Sari", SENTENCE),)), made)
    return made


def test_an_office_of_a_packages_is_quoted_wherever_its_verdict_is_told(tmp_path, capsys) -> None:
    made = package(tmp_path)
    verdict = verify(made, Anchors(), NOW)
    told = [one for one in verdict.reasons if PAY in render(one.message, Language.ID)]
    assert "missing.container_signature" in {one.code for one in told}
    for language in Language:
        paper = repr(compose_verdicts((verdict, verdict), language).elements)
        machine = " ".join(one.text for one in report_of(verdict, language).reasons)
        run(["--language", language.value, "verify", str(made)])
        for said in (paper, machine, capsys.readouterr().out):
            assert "Sekretaris Tim. Semua" in said
            assert PAY not in QUOTED.sub("", said)


def test_texts_of_strangers_are_quoted_once_and_short() -> None:
    for language in Language:
        for ident, key in (
            ("missing.pdf_signature", "role"), ("missing.not_asked", "role"), ("note.not_asked", "role"),
            ("note.not_asked", "holder"), ("note.other_office", "office"), ("note.other_office", "person"),
            ("signature.untrusted", "holder"), ("note.other_person", "holder"), ("note.other_box", "other"),
            ("missing.not_asked", "file"), ("missing.pdf_signature", "file"),
        ):  # fmt: skip
            said = render(as_said(Message(f"submission.{ident}", **{key: "Siti Aminah, S.H."})), language)
            assert "\u201cSiti Aminah, S.H.\u201d" in said
            assert not re.search("\u201c\u201c|\u201d\u201d", said)
    long = as_said(Message("submission.missing.container_signature", role="x " * 200)).params["role"]
    assert isinstance(long, Message)
    assert len(str(long.params["text"])) == SHOWN
    inner = Message("trust.path.revoked", holder="Siti \u201cA\u201d")
    why = as_said(Message("submission.signature.untrusted", holder="B", reason=inner)).params["reason"]
    assert isinstance(why, Message)
    assert "\u201cSiti 'A'\u201d" in render(why, Language.ID)


def test_what_is_nobodys_word_stands_as_it_is() -> None:
    label = LocalText({"id": "Bupati/Wali Kota", "en": "Regent/Mayor"})
    for message in (
        Message("submission.missing.pdf_signature", file="books/I.id.pdf", role=label),
        Message("submission.missing.not_asked", file="books/I.id.pdf", role=label),
        Message("submission.note.other_official", person="\N{EN DASH}", role=label, plan="\N{EN DASH}"),
        Message("submission.missing.mandatory", n=3),
    ):
        assert as_said(message) == message
        assert json.dumps(as_said(message).to_json()) == json.dumps(message.to_json())


def test_both_languages_have_the_same_places_in_marks() -> None:
    """Whether marks are there already is asked of one of them."""
    ids = catalogue(Language.ID)._catalog  # type: ignore[attr-defined]
    for ident in ids:
        if isinstance(ident, str) and ident.startswith(("submission.", "trust.")):
            both = [
                set(re.findall("\u201c({\\w+})\u201d", catalogue(each).gettext(ident))) for each in Language
            ]
            assert both[0] == both[1], ident
