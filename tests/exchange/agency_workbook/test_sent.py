"""A workbook that comes back is how its agency sends: the parts it brings something for count as sent."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from desktop.base import Message
from desktop.checks.owing import Owed, Owing, Standing
from desktop.exchange import duties
from desktop.exchange.agency_workbook import compare, read, take_over
from desktop.workspace import Author
from desktop.workspace.filled_elsewhere import filled_elsewhere
from desktop.workspace.since import heads as newest
from tests.exchange.agency_workbook.books import LABEL, Book, filled

WISHES = "worksheet.wishes"


def part(region: Any, page: str = "worksheet", ref: str = "wishes") -> Owed:
    plan, pack = region.workspace.plan(), region.workspace.pack()
    found = Owing(plan, pack, dt.date(2026, 3, 1)).find((page, ref, region.agency))
    assert found is not None
    return found


def written_by_the_agency(region: Any, text: str) -> None:
    author, heads = Author("Dinas Kominfo", "agency"), newest(region.workspace)
    with filled_elsewhere(region.workspace, Message("ui.op.add_programme"), author, heads) as op:
        op.cell_text(region.rows[1], "wish", "id", text)


def test_what_it_brings_something_for_is_sent_and_nothing_else(region: Any, book: Book) -> None:
    book.put("budget", book.row("budget", f"{region.programme}.purse"), "indicative:2026", 2000)
    book.put("indicator", book.row("indicator", region.indicator), "baseline", 8)
    returned = read(book.save())
    assert compare(region.workspace, returned).sent == (("programmes", region.programme),)
    assert take_over(region.workspace, returned).sent == 1
    sent = part(region, "programmes", region.programme)
    assert (sent.standing, sent.changed) == (Standing.SENT, False)
    assert sent.duty is not None
    assert sent.duty.by == "Dinas Kominfo"
    assert part(region).standing is Standing.FILLED, "its wishes came back as they went out"


@pytest.mark.slow
def test_it_is_the_same_step_of_undo(region: Any, book: Book) -> None:
    book.put(WISHES, book.free(WISHES), "wish", "Baru")
    take_over(region.workspace, read(book.save()))
    assert part(region).standing is Standing.SENT
    region.workspace.undo()
    assert part(region).standing is Standing.FILLED
    region.workspace.redo()
    assert part(region).standing is Standing.SENT


@pytest.mark.slow
def test_what_the_agency_writes_later_is_not_sent_yet_and_what_others_write_is_no_matter(
    region: Any, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RANCANG_NOW", "2026-03-01T08:00:00Z")
    book.put(WISHES, book.row(WISHES, region.rows[0]), "wish", "Diubah OPD")
    take_over(region.workspace, read(book.save()))
    filled(region.workspace, lambda op: op.cell_text(region.rows[0], "wish", "id", "Dirapikan tim"))
    assert part(region).standing is Standing.SENT
    written_by_the_agency(region, "Ditulis kemudian")
    assert part(region).changed
    monkeypatch.setenv("RANCANG_NOW", "2026-03-02T08:00:00Z")
    book.put(WISHES, book.row(WISHES, region.rows[2]), "wish", "Sekali lagi")
    take_over(region.workspace, read(book.save()))
    assert (part(region).standing, part(region).changed) == (Standing.SENT, False)


@pytest.mark.slow
def test_an_approved_part_is_sent_anew(region: Any, book: Book) -> None:
    with region.workspace.operation(LABEL) as op:
        plan, pack = region.workspace.plan(), region.workspace.pack()
        owing = Owing(plan, pack, dt.date(2026, 3, 1))
        duties.send(op, owing, region.agency, Author("Budi", "agency"))
    with region.workspace.operation(LABEL) as op:
        owing = Owing(region.workspace.plan(), pack, dt.date(2026, 3, 1))
        duties.say(op, owing, part(region), duties.APPROVED, Author("Sari", "secretary"))
    book.put(WISHES, book.row(WISHES, region.rows[0]), "wish", "Diubah OPD")
    take_over(region.workspace, read(book.save()))
    assert part(region).standing is Standing.SENT


def test_not_theirs_stays_not_theirs_and_an_empty_cell_sends_nothing(region: Any, book: Book) -> None:
    filled(
        region.workspace,
        lambda op: op.duty(
            "programmes", region.programme, region.agency, state="not_ours", note="Bidang lain"
        ),
    )
    book.put("programme", book.row("programme", region.programme), "start_year", 2027)
    book.put(WISHES, book.row(WISHES, region.rows[0]), "by", None)
    taken = take_over(region.workspace, read(book.save()))
    assert (taken.values, taken.sent) == (1, 0)
    assert part(region, "programmes", region.programme).standing is Standing.NOT_OURS


def test_a_programme_that_another_agency_leads_by_now_is_that_ones_to_send(region: Any, book: Book) -> None:
    filled(region.workspace, lambda op: op.set("programme", region.programme, lead=region.other))
    book.put("programme", book.row("programme", region.programme), "start_year", 2027)
    assert take_over(region.workspace, read(book.save())).sent == 0


def test_a_new_programme_is_sent(region: Any, book: Book) -> None:
    book.put("programme", book.free("programme"), "title", "Layanan baru")
    assert take_over(region.workspace, read(book.save())).sent == 1
    new = next(each for each in region.workspace.plan().programmes if each.id != region.programme)
    assert part(region, "programmes", new.id).standing is Standing.SENT
