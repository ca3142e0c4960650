"""What a region's people do to their copies of the demo, for pictures: a clerk, a mentor, a team at home.

Everybody works at a computer of their own (a folder for the program's things), on days of their own.
"""

from __future__ import annotations

import datetime as dt
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.base import Message, clock, richtext
from desktop.checks.owing import Owing
from desktop.exchange import duties
from desktop.exchange.handing_out import for_agency, hand_out
from desktop.exchange.visits import record_visit
from desktop.workspace import Author, Workspace
from desktop.workspace.handouts import MadeFor
from desktop.workspace.plan import Place

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation
    from desktop.workspace.plan import Agency, Plan, Programme

EDIT = Message("ui.op.add_programme")
CLERK = Author("Fajar Contoh", "agency")
MENTOR = Author("Prof. Wayan Contoh", "mentor")
CHAPTER = "chapter.I.6"


@contextmanager
def at(home: Path, days: int = 0) -> Iterator[None]:
    """On somebody's own computer, so many days from now."""
    moment = clock.now() + dt.timedelta(days=days)
    now = {"RANCANG_HOME": str(home), **({"RANCANG_NOW": moment.isoformat()} if days else {})}
    before = {name: os.environ.get(name) for name in now}
    os.environ.update(now)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def agency(plan: Plan, short: str) -> Agency:
    """An agency by its short name."""
    return next(each for each in plan.agencies if each.short_name == short)


def photo(colour: str) -> bytes:
    """A photo, as a phone takes one."""
    from PIL import Image

    kept = io.BytesIO()
    Image.new("RGB", (1200, 900), colour).save(kept, "JPEG")
    return kept.getvalue()


def programme(plan: Plan, words: str) -> Programme:
    """A programme by words of its title."""
    return next(each for each in plan.programmes if words in each.title.values["id"])


def reword(operation: Operation, row: str, field: str, now: str, before: str, after: str) -> None:
    """Write other words in a text of a programme."""
    assert before in now, (before, now)
    operation.write("programme", row, field, "id", now.replace(before, after))


@dataclass(frozen=True)
class Copies:
    """Where the copies lie that were handed out."""

    clerk: Path
    team: Path
    """Of the planning agency."""
    mentor: Path


def give(workspace: Workspace, folder: Path) -> Copies:
    """Hand the copies out."""
    plan = workspace.plan()
    made = Copies(*(folder / f"{name}.rancang" for name in ("Dinas Kominfo", "Bappeda", "Prof. Wayan")))
    for path, whom in (
        (made.clerk, for_agency(plan, "Dinas Kominfo", person=CLERK.name)),
        (made.team, for_agency(plan, "Bappeda", person="Citra Contoh")),
        (made.mentor, MadeFor(role="mentor", person=MENTOR.name)),
    ):
        path.unlink(missing_ok=True)
        hand_out(workspace, path, whom, evidence=False)
    return made


def ask_for(operation: Operation, plan: Plan, guideline: Any) -> None:
    """Who owes what: given, late, sent, returned, not theirs."""
    today = clock.now().astimezone().date()
    kominfo = agency(plan, "Dinas Kominfo")
    picture = Owing(plan, guideline, today)
    fajar = next(each for each in plan.people if each.name == CLERK.name)
    operation.set("person", fajar.id, task="contact")
    places = [("worksheet", "inventory"), ("worksheet", "readiness")]
    duties.assign(operation, picture, places, [kominfo.id], fajar.id)
    for number, part in enumerate(picture.parts[:40]):
        day = today + dt.timedelta(days=number - 9)
        operation.deadline(day.isoformat(), page=part.page, ref=part.ref, agency=part.agency)


def answered(operation: Operation, plan: Plan, guideline: Any) -> None:
    """Some parts were sent, approved, returned with a note, or are not theirs."""
    picture = Owing(plan, guideline, clock.now().astimezone().date())
    kominfo = agency(plan, "Dinas Kominfo").id
    secretary = Author("Laras Contoh", "secretary")
    said = "Anggaran 2028 belum sama dengan RKPD; mohon diperiksa lagi dan lampirkan foto ruang server."
    returned = next(each for each in picture.of(kominfo) if each.page == "programmes")
    duties.say(operation, picture, returned, duties.SENT, CLERK)
    operation.duty(returned.page, returned.ref, kominfo, state=duties.RETURNED, note=said, by=secretary.name)
    touched = [each for each in picture.parts if each.agency != kominfo and each.measure.touched]
    for number, part in enumerate(touched[:6]):
        if number == 4:
            why = "Urusan ini pindah ke Dinas Koperasi UKM sejak Januari."
            duties.say(operation, picture, part, duties.NOT_OURS, Author("Gita Contoh", "agency"), why)
        else:
            state = duties.SENT if number % 2 else duties.APPROVED
            content = part.measure.content
            operation.duty(part.page, part.ref, part.agency, state=state, content=content, by=secretary.name)


def clerk_works(path: Path, home: Path) -> None:
    """The clerk fills in money, words, a cell and photos, and something outside the own part."""
    with at(home, -3), Workspace.open(path, author=CLERK) as workspace:
        plan = workspace.plan()
        own, other = programme(plan, "SPBE"), programme(plan, "Pengelolaan Pendidikan")
        with workspace.operation(EDIT) as operation:
            money = next(each for each in own.budget if each.year == 2027)
            operation.set("budget_line", money.id, indicative=3_450_000_000)
            now = own.service.values["id"]
            operation.write("programme", own.id, "service", "id", f"Seluruh OPD wajib memakainya. {now}")
            operation.write("programme", own.id, "after", "id", "Semua layanan OPD terbuka dalam satu akun.")
            before = other.before.values["id"]
            reword(operation, other.id, "before", before, "setiap sekolah", "paling banyak tiga sekolah")
            row = plan.rows["inventory"][0]
            name = next(iter(row.cells))
            operation.cell_text(row.id, name, "id", "Sistem pemerintahan berbasis elektronik (SPBE) terpadu")
            new = operation.add_row("inventory", agency=agency(plan, "Dinas Kominfo").id)
            operation.cell_text(new, name, "id", "Pusat data bersama di Sukadana")
            moved = programme(plan, "Iklim Penanaman Modal")
            operation.delete("programme", moved.id)
            operation.delete("row", plan.rows["initiatives"][-1].id)
            operation.set("agency", agency(plan, "Dinas PMD").id, successor=agency(plan, "Dinas Sosial").id)
            for name, colour in (("ruang-server.jpg", "teal"), ("pelatihan-operator-desa.jpg", "peru")):
                file = operation.attach(photo(colour), name=name, media_type="image/jpeg")
                operation.claim(file, Place("programme", own.id))
            operation.reply(plan.comments[0].id, "Foto menyusul hari Senin.", CLERK)


def team_works(path: Path, home: Path) -> None:
    """The planning agency works on a chapter and on the same sums."""
    author = Author("Citra Contoh", "agency")
    with at(home, -2), Workspace.open(path, author=author) as workspace:
        plan = workspace.plan()
        own = programme(plan, "SPBE")
        with workspace.operation(EDIT) as operation:
            money = next(each for each in own.budget if each.year == 2027)
            operation.set("budget_line", money.id, indicative=2_950_000_000)
            words = "<p>Kabupaten yang melayani warga dari desa, dengan satu data.</p>"
            operation.answer_text(CHAPTER, "id", richtext.normalise(words))


def home_works(operation: Operation, plan: Plan) -> None:
    """Meanwhile the secretary goes on."""
    own, other = programme(plan, "SPBE"), programme(plan, "Pengelolaan Pendidikan")
    money = next(each for each in own.budget if each.year == 2027)
    operation.set("budget_line", money.id, indicative=3_200_000_000)
    now = own.service.values["id"]
    operation.write("programme", own.id, "service", "id", f"OPD memakainya mulai 2027. {now}")
    before = other.before.values["id"]
    reword(operation, other.id, "before", before, "paling cepat pada", "paling lambat pada")
    row = plan.rows["inventory"][0]
    operation.cell_text(row.id, next(iter(row.cells)), "id", "SPBE terpadu kabupaten")
    moved = programme(plan, "Iklim Penanaman Modal")
    operation.write("programme", moved.id, "title", "id", "Program Iklim Penanaman Modal dan Perizinan")
    operation.set("agency", agency(plan, "Dinas Sosial").id, successor=agency(plan, "Dinas PMD").id)
    words = "<p>Kabupaten yang melayani warga di desa dan kota, dengan satu data.</p>"
    operation.answer_text(CHAPTER, "id", richtext.normalise(words))


def mentor_works(path: Path, home: Path) -> None:
    """The mentor remarks and suggests, at a field, a programme, a page and on everything."""
    with at(home, -1), Workspace.open(path, author=MENTOR) as workspace:
        plan = workspace.plan()
        own, other = programme(plan, "SPBE"), programme(plan, "Stunting")
        with workspace.operation(Message("ui.op.comment")) as operation:
            for place, words in (
                (Place("programme", own.id, "service"), "Siapa yang memakai layanan ini setiap hari?"),
                (Place("programme", other.id, "title"), "Sumber angka dasarnya apa? Cantumkan tahunnya."),
                (Place("page", item="worksheet/readiness"), "Nilai ini terlalu tinggi untuk bukti yang ada."),
                (Place("plan", workspace.plan_row), "Secara umum siap; perjelas urutan tahun pertama."),
            ):
                owner = agency(plan, "Dinas Kominfo").id if place.row == own.id else ""
                due = (clock.today() + dt.timedelta(days=12)).isoformat() if owner else ""
                operation.comment(place, words, MENTOR, owner=owner, due=due)
            for which, words, why in (
                (own, "Satu pintu untuk semua aplikasi OPD, dengan satu akun bagi pegawai dan warga.", ""),
                (other, "Program Pencegahan Stunting dari Desa", "Judul yang pendek lebih mudah diingat."),
            ):
                field = "service" if which is own else "title"
                base = (own.service if which is own else other.title).values["id"]
                place = Place("programme", which.id, field, language="id")
                operation.suggest(place, base, words, MENTOR, reason=why)
        day = clock.today().isoformat()
        record_visit(workspace, place="Aula Bappeda, Sukadana", day=day, came=["Citra Contoh", MENTOR.name])


__all__ = ["MENTOR", "Copies", "agency", "answered", "ask_for", "at", "clerk_works", "give", "home_works",
           "mentor_works", "programme", "team_works"]  # fmt: skip
