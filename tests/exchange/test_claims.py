"""What evidence can be claimed for, beyond the fields of the guideline."""

import pytest

from desktop.base import Language, Message
from desktop.base.speech import value_text
from desktop.exchange.claims import claimables, named, search
from desktop.guideline import bundled_bytes
from desktop.workspace import Author, Workspace


@pytest.fixture
def region(tmp_path):
    with Workspace.create(
        tmp_path / "a.rancang", region="18.07", first_year=2026, last_year=2030,
        pack=bundled_bytes("smart-city-2021"), author=Author("Rina"), title={"id": "Rencana"},
    ) as workspace:  # fmt: skip
        with workspace.operation(Message("exchange.room")) as op:
            op.insert("agency", name={"id": "Dinas Air"}, short_name="AIR")
        yield workspace


def test_the_signed_sheet_of_an_agency_is_found_by_its_name_and_told_again(region):
    (sheet,) = search(claimables(region.plan(), region.pack()), "lembar komitmen AIR")
    with region.operation(Message("exchange.room")) as op:
        file = op.attach(b"%PDF-1.4", name="lembar.pdf", media_type="application/pdf")
        sheet.claim(op, file)
    plan = region.plan()
    again = named(plan, region.pack())(plan.evidence[0].claims[0])
    assert again == sheet
    assert value_text(again.where, Language.EN) == "Commitment sheet of AIR"
    assert again.agency == plan.agencies[0].id
