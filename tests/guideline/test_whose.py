"""Whose signature a guideline file bears is told in our words, and a signer's own only between marks."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from desktop.base import Language, Message, render
from desktop.guideline.provenance import Provenance, Standing

PAY = "diakui di komputer ini"
NAME = f"Kementerian\u201d, sertifikat berlaku sampai 31 Desember 2030 dan {PAY}; \u201clama"
QUOTED = re.compile("\u201c[^\u201c\u201d]*\u201d")


@pytest.mark.parametrize("standing", [Standing.TRUSTED, Standing.UNKNOWN, Standing.TEST])
@pytest.mark.parametrize("language", Language)
def test_a_signer_s_name_goes_on_as_no_sentence_of_the_program_s(standing, language) -> None:
    until, doubt = dt.datetime(2030, 1, 1, tzinfo=dt.UTC), Message("trust.path.malformed", holder="-")
    for ended in (True, False):
        for reason in (None, doubt):
            made = Provenance(standing, NAME, f"({NAME})", until, until, ended, reason)
            for message in filter(None, (made.message, made.warning)):
                said = render(message, language)
                assert PAY not in QUOTED.sub("", said)
                assert "Kementerian" in said


def test_what_is_known_stands_before_the_name_that_a_stranger_chose() -> None:
    until = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
    for language, known in ((Language.ID, "tidak dikenal"), (Language.EN, "does not know")):
        said = render(Provenance(Standing.UNKNOWN, "Menteri", "", None, until).message, language)
        assert 0 < said.index(known) < said.index("\u201cMenteri\u201d")
