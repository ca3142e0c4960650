"""What is asked only of some regions is printed when it concerns this one, or was answered all the same."""

import pytest

from desktop.base import Language, Message
from desktop.books.compose import compose
from desktop.books.document import text_of
from desktop.guideline import bundled_bytes
from desktop.workspace import Author, Workspace

GROUP = "Kolaborasi kawasan prioritas nasional (KPPN/IKN)"


def questions(path, answers):
    """What the application asks, once these answers are given."""
    made = Workspace.create(path, region="35.07", first_year=2026, last_year=2030, author=Author("Laras"),
                            pack=bundled_bytes("smart-city-2021"), title={"id": "Rencana"})  # fmt: skip
    with made as workspace:
        with workspace.operation(Message("ui.op.add_programme")) as op:
            for item, value in answers.items():
                if isinstance(value, dict):
                    op.answer_text(item, "id", value["id"])
                else:
                    op.answer(item, value)
        plan, pack = workspace.plan(), workspace.pack()
    document = compose(plan, pack, "application", Language.ID, draft=True)
    return {
        text_of(row.cells[0])
        for element in document.elements
        for row in getattr(element, "rows", ())
        if row.cells
    }


@pytest.mark.parametrize(
    ("answers", "there"),
    [
        ({}, False),
        ({"criteria.priority_area": "none"}, False),
        ({"criteria.priority_area": "tourism"}, True),
        ({"criteria.priority_area": "none", "criteria.area_partners": {"id": "Tetangga"}}, True),
    ],
)
def test_collaboration_is_printed_for_regions_of_a_priority_area(tmp_path, answers, there):
    asked = questions(tmp_path / "plan.rancang", answers)
    assert (GROUP in asked) is there
    assert ("Daerah lain dalam kawasan" in asked) is there
    assert ("Kolaborasi Smart Economy" in asked) is (answers.get("criteria.priority_area") == "tourism")
    assert "Pembangunan sektor unggulan" in asked
