"""A sentence in the place of an official's name, office or number is told, before a key is asked for too."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import pytest
from msgspec import structs

from desktop.base import clock
from desktop.base.jobs import quiet
from desktop.guideline.loading import load_pack
from desktop.guideline.lookup import bundled_bytes
from desktop.submission import seal
from desktop.submission.before import notes_before
from desktop.submission.frame.container import open_package
from desktop.submission.judging import Judge
from desktop.submission.order import noted_initials
from desktop.submission.parafs import note_absent
from desktop.submission.refusal import code_of
from desktop.trust import Anchors
from desktop.workspace.plan_data import read_data
from desktop.workspace.plan_from_data import plan_from_data
from tests.submission.making import NOW
from tests.submission.whole import person, plan, signer, whole

CODE = "note.person_worded"
SENTENCE = "yang dengan ini menyetujui pinjaman daerah Rp500 miliar dari PT Maju Sentosa"
LATER = NOW + dt.timedelta(days=90)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, ""),
        ({"nip": "19700101 199003 1 001"}, ""),
        ({"name": "Contoh Tetua, S.E., M.Si."}, ""),
        ({"nip": f"197001011990031001. {SENTENCE}"}, f"197001011990031001. {SENTENCE}"),
        ({"name": f"Contoh Tetua, {SENTENCE}"}, f"Contoh Tetua, {SENTENCE}"),
        ({"office": {"id": f"Tetua {SENTENCE}"}}, f"Tetua {SENTENCE}"),
    ],
)
def test_a_sentence_where_an_official_signs_is_told_before_he_does(tmp_path: Path, change, said) -> None:
    """His office stands in his own stamp, his name and number at his signature on the sheet."""
    elder = structs.replace(person("elder", "Contoh Tetua"), **change)
    who = dataclasses.replace(signer("elder"), name=elder.name, office=elder.office["id"])
    path = tmp_path / "paket.asice"
    seal(quiet, whole(data=plan(people=(person("mayor", "Contoh Wali"), elder)), signers=(who,)), path)
    found = [each for each in notes_before(quiet, path, Anchors(), LATER) if code_of(each) == CODE]
    assert [each.params["said"] for each in found] == [said] * bool(said)
    with open_package(path) as source:
        assert source.manifest.signers[0].name == elder.name


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"nip": SENTENCE}, []),
        ({"name": f"Sari, {SENTENCE}"}, [CODE]),
        ({"office": {"id": f"Sekretaris Daerah {SENTENCE}"}}, [CODE]),
    ],
)
@pytest.mark.parametrize("state", ["waiting", "initialled"])
def test_a_sentence_of_the_plans_in_a_list_of_initials_is_told(change, codes, state) -> None:
    """What the plan says was held to be right, whatever it says."""
    pack = load_pack(bundled_bytes("smart-city-2021"))
    said = {"office": {"id": "Sekretaris Daerah"}, **change}
    secretary = structs.replace(person("regional_secretary", "Sari"), **said)
    data = read_data(plan(people=(secretary,)))
    with clock.held(NOW.date()):
        noted = noted_initials(plan_from_data(data), pack)
    listed = tuple(
        structs.replace(one, state=state) if one.label == "Sekretaris Daerah" else one for one in noted
    )
    judge = Judge(Anchors(), NOW)
    note_absent(pack, SimpleNamespace(initials=listed, moment=LATER), data, NOW.date(), judge)
    assert [one.code for one in judge.reasons] == codes
