"""Whom a plan names for an office, as our own sealing asks for them: nothing of that is ever told."""

from __future__ import annotations

import datetime as dt
import random
from types import SimpleNamespace

import pytest
from msgspec import structs

from desktop.base import clock
from desktop.guideline.loading import load_pack
from desktop.submission import assembling, persons
from desktop.submission.judging import Judge
from desktop.submission.sealing import _expected
from desktop.submission.signing_days import signing_days
from desktop.submission.verdict import SignatureReport
from desktop.trust import Anchors
from desktop.workspace.plan_data import read_data
from desktop.workspace.plan_data_form import Data, PersonPart
from desktop.workspace.plan_from_data import plan_from_data
from tests.submission.making import NOW
from tests.submission.whole import plan, signed_guideline

PACK = load_pack(signed_guideline())
ROLES = [role.id for role in PACK.roles]
TODAY = NOW.date()
TERMS = ("", "2026-11-01", "2026-11-23", "2026-11-24", "2026-11-25", "zzz", "20261201", "2026")
NAMES = ("", " ", "Pak Lama", "Bu Baru", "Dr. Siti Aminah, M.Si.", "Siti  Aminah\u200b", "H. M. Yusuf")
OFFICES = ("", " ", "Wakil Bupati", "Plt. Kepala", "Kepala  Bagian ", "Ketua\u00a0Adat", "Kepala  " * 200)


def somebody(chance: random.Random, number: int) -> PersonPart:
    return PersonPart(
        id=f"{number:032x}", name=chance.choice(NAMES), role=chance.choice(ROLES), agency="", nip="",
        office={each: chance.choice(OFFICES) for each in ("id", "en") if chance.random() < 0.6},
        acting=chance.choice(("", "", "plt", "plh", "pj")), since=chance.choice(TERMS),
        until=chance.choice(TERMS),
    )  # fmt: skip


def told(data: Data, asked: tuple[object, ...], *reports: SignatureReport) -> list[str]:
    region = SimpleNamespace(code="18.07")
    manifest = SimpleNamespace(signers=asked, files=(), moment=NOW, region=region)
    judge = Judge(Anchors(), NOW)
    judge.reports += reports
    days = signing_days(judge.reports, manifest, NOW, data.people)
    persons.note_named(manifest, data, TODAY, days, judge)
    persons.note_offices(manifest, PACK, data, TODAY, judge)
    return [one.code for one in judge.reasons]


@pytest.mark.parametrize("seed", range(3))
def test_whom_our_own_sealing_asks_is_whom_documents_name_and_as_they_do(seed) -> None:
    chance, given = random.Random(seed), read_data(plan(signed_guideline()))
    for _ in range(60):
        people = tuple(somebody(chance, number) for number in range(chance.randint(0, 5)))
        own = structs.replace(given.workspace, source_language=chance.choice(("id", "en")))
        data = structs.replace(given, people=people, workspace=own)
        with clock.held(TODAY):
            found = [assembling._signer(plan_from_data(data), PACK, role, None) for role in ROLES]
        asked = tuple(_expected(one) for one in found)
        assert set(told(data, asked)) <= {"note.several_holders"}, people


@pytest.mark.parametrize("claimed", ["2026-11-24T17:03:00Z", "2026-11-24T10:00:00Z", "2026-12-01T10:00:00Z"])
def test_whoever_signs_a_document_is_whom_it_names_whatever_day_is_claimed(claimed) -> None:
    """On the evening before an office changes hands, either official was found to be right by some day."""
    before = PersonPart(id="1", name="Pak Lama", role="elder", agency="", nip="", acting="", office={})
    after = structs.replace(before, id="2", name="Bu Baru", since="2026-11-25")
    data = structs.replace(read_data(plan()), people=(structs.replace(before, until="2026-11-24"), after))
    moment = dt.datetime.fromisoformat(claimed)
    report = SignatureReport("a.pdf", "elder", "Bu Baru", "", "", "", moment, test=False, anchor="",
                             timestamped=False)  # fmt: skip
    with clock.held(TODAY):
        asked = _expected(assembling._signer(plan_from_data(data), PACK, "elder", None))
    assert told(data, (asked,), report) == ["note.other_person"]
    assert told(data, (structs.replace(asked, name="Bu Baru"),)) == ["note.other_official"]
