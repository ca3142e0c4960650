"""A plan as large as a real one: 60 programmes, 30 agencies, 10 years, 300 files, 40,000 words of its own.

With it goes all that a movement of years leaves behind (tests/large_movement.py).

Written by the operations people have, with words and figures of a fixed seed: two runs make the same plan.
By hand, from the checkout's folder: python -m tests.large FILE.rancang
"""

from __future__ import annotations

import io
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from desktop.base import Message
from desktop.guideline.lookup import Guideline, bundled_bytes
from desktop.guideline.pack import Field
from desktop.workspace import Author, Place, Workspace
from desktop.workspace.operation import Operation
from tests.large_movement import Movement

PROGRAMMES, ACTIVITIES, AGENCIES, FILES, WORDS = 60, 120, 30, 300, 40_000
YEARS = (2026, 2035)
LABEL = Message("ui.op.add_programme")
LANGUAGES = ("id", "en")
VOCABULARY = json.loads((Path(__file__).parent / "data" / "large-words.json").read_text("utf-8"))


class Writer:
    """Fills one workspace, the same way every time."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.pack = workspace.pack()
        self.guideline = Guideline(self.pack)
        self.random = random.Random(18_07)
        self.words = 0
        self.agencies: list[str] = []
        self.people: list[str] = []
        self.programmes: list[str] = []
        self.places: list[Place] = []

    def everything(self) -> None:
        """All of it; every step is one operation."""
        for step in (self._agencies, self._programmes, self._activities, self._forms, self._sheets,
                     self._chapters, self._evidence, *Movement(self).steps):  # fmt: skip
            with self.workspace.operation(LABEL) as op:
                step(op)

    # -- words and values -----------------------------------------------------------------------
    def sentence(self, language: str, words: int) -> str:
        """Words of one language in a sentence; those of the source language are counted."""
        if language == "id":
            self.words += words
        chosen = [self.random.choice(VOCABULARY[language]) for _ in range(words)]
        return " ".join(chosen).capitalize() + "."

    def both(self, words: int) -> dict[str, str]:
        """The same in both languages."""
        return {language: self.sentence(language, words) for language in LANGUAGES}

    def paragraphs(self, language: str, words: int) -> str:
        """A chapter's text as blocks, of about so many words."""
        blocks: list[str] = []
        written = 0
        while written < words:
            written += 60
            if len(blocks) % 5 == 2:
                written += 32
                items = "".join(f"<li>{self.sentence(language, 8)}</li>" for _ in range(4))
                blocks.append(f"<ul>{items}</ul>")
            blocks.append(f"<p>{self.sentence(language, 20)} <b>{self.sentence(language, 4)}</b> "
                          f"{self.sentence(language, 36)}</p>")  # fmt: skip
        return "\n".join(blocks)

    def value(self, field: Field) -> object:
        """Something plausible for a field that has no language."""
        number = self.random.randrange(1, 400)
        made = {
            "integer": number, "rupiah": number * 1_000_000, "decimal": f"{number}.5", "percent": "40.5",
            "year": YEARS[0] + number % 10, "date": f"2026-0{number % 9 + 1}-15", "boolean": True,
            "choice": field.choices[number % len(field.choices)].id if field.choices else None,
            "choices": [each.id for each in field.choices[:1]],
            "agency": self.agencies[number % AGENCIES], "person": self.people[number % AGENCIES],
            "programme": self.programmes[number % PROGRAMMES] if self.programmes else None,
            "dimension": self.pack.dimensions[0].id,
            "sub_dimension": self.pack.dimensions[0].sub_dimensions[0].id,
        }  # fmt: skip
        return made[field.type] if field.type in made else self.sentence("id", 6)

    def answer(self, op: Operation, field: Field, item: str, scope: str = "") -> None:
        """Answer one item."""
        if not field.bilingual:
            op.answer(item, self.value(field), scope=scope, policy=field.policy)
            return
        for language in LANGUAGES:
            text = self.sentence(language, 24 if field.type != "text" else 5)
            if field.type == "rich_text":
                text = f"<p>{text}</p>"
            op.answer_text(item, language, text, scope=scope, policy=field.policy)

    # -- the steps ------------------------------------------------------------------------------
    def _agencies(self, op: Operation) -> None:
        for number in range(AGENCIES):
            name = self.both(4)
            self.agencies.append(
                op.insert("agency", code=f"{number + 1:02}.00", name=name, short_name=f"Dinas {number + 1}")
            )
            person = {"name": f"Pejabat {number + 1}", "office": self.both(3), "agency": self.agencies[-1]}
            self.people.append(op.insert("person", role="", **person))

    def _programmes(self, op: Operation) -> None:
        sources = [each.id for each in self.pack.planning.funding]
        for number in range(PROGRAMMES):
            dimension = self.pack.dimensions[number % len(self.pack.dimensions)]
            first = YEARS[0] + number % 6
            programme = op.insert(
                "programme", code=f"1.02.{number + 1:02}", title=self.both(7), dimension=dimension.id,
                sub_dimension=dimension.sub_dimensions[number % len(dimension.sub_dimensions)].id,
                lead=self.agencies[number % AGENCIES], start_year=first, end_year=min(first + 4, YEARS[1]),
                quick_win=number % 10 == 0, origin="typed",
                **{name: self.both(18) for name in ("service", "before", "after", "served", "technology")},
            )  # fmt: skip
            self.programmes.append(programme)
            for year in range(first, min(first + 5, YEARS[1] + 1)):
                for source in sources[:2]:
                    op.put("budget_line", programme=programme, year=year, source=source,
                           indicative=self.random.randrange(100, 9_000) * 1_000_000)  # fmt: skip
            for _ in range(2):
                indicator = op.insert(
                    "indicator", programme=programme, name=self.both(5), unit="persen", direction="up",
                    baseline="40", baseline_year=2025, source="RPJMD",
                )  # fmt: skip
                for year in range(first, min(first + 5, YEARS[1] + 1)):
                    op.put("target", indicator=indicator, year=year, target=str(50 + year % 40))
            op.insert("risk", programme=programme, title=self.both(5), likelihood="", impact="",
                      mitigation=self.both(12), owner=self.agencies[0])  # fmt: skip
        for programme in self.programmes:
            for field in self.pack.planning.extra_fields:
                self.answer(op, field, f"programme.{field.id}", programme)

    def _activities(self, op: Operation) -> None:
        areas = [each.id for each in self.pack.planning.action_areas]
        for number in range(ACTIVITIES):
            op.insert(
                "activity", programme=self.programmes[number % PROGRAMMES], area=areas[number % len(areas)],
                title=self.both(6), output=self.both(6), lead=self.agencies[number % AGENCIES],
                start_year=YEARS[0] + number % 6, end_year=YEARS[0] + number % 6 + 2,
                budget=self.random.randrange(50, 900) * 1_000_000,
            )  # fmt: skip

    def _forms(self, op: Operation) -> None:
        for form in self.pack.forms:
            for group in form.groups:
                for field in group.fields:
                    item = f"{form.id}.{field.id}"
                    self.answer(op, field, item)
                    self.places.append(Place("answer", item=item))

    def _sheets(self, op: Operation) -> None:
        for sheet in self.pack.worksheets:
            if sheet.binding:
                continue
            rows = [op.fixed_row(sheet.id, row.id) for row in sheet.fixed_rows]
            if sheet.free_rows:
                rows += [op.add_row(sheet.id) for _ in range(8)]
            for row in rows:
                self.cells(op, sheet.columns, row)

    def cells(self, op: Operation, columns: tuple[Field, ...], row: str) -> None:
        """A row of a worksheet; what is worked out from other columns stays as it is."""
        for field in columns:
            if field.difference:
                continue
            if not field.bilingual:
                op.cell(row, field.id, self.value(field), policy=field.policy)
                continue
            for language in LANGUAGES:
                op.cell_text(row, field.id, language, self.sentence(language, 4), policy=field.policy)

    def _chapters(self, op: Operation) -> None:
        """Whatever is left to 40,000 words of the source language, shared by the chapters."""
        chapters = [
            numbered.chapter
            for book in self.pack.books
            for numbered in self.guideline.chapters(book)
            if numbered.chapter.written
        ]
        each = (WORDS + 6_000 - self.words) // len(chapters)
        for chapter in chapters:
            for language in LANGUAGES:
                op.answer_text(f"chapter.{chapter.id}", language, self.paragraphs(language, each))

    def _evidence(self, op: Operation) -> None:
        for number in range(FILES):
            name, kind, data = self._file(number)
            file = op.attach(data, name=name, media_type=kind, caption=self.both(6))
            op.claim(file, self.places[number % len(self.places)])
            op.claim(file, Place("programme", self.programmes[number % PROGRAMMES]))

    def _file(self, number: int) -> tuple[str, str, bytes]:
        if number % 3:
            return f"foto-{number:03}.jpg", "image/jpeg", photo(number)
        return f"surat-{number:03}.pdf", "application/pdf", letter(number)


def photo(number: int) -> bytes:
    """A picture of its own colours, as a camera would size it after scaling."""
    from PIL import Image

    picture = Image.new("RGB", (1200, 900), (number * 7 % 256, number * 13 % 256, number * 29 % 256))
    picture.paste((255, 255, 255), (number % 900, 100, number % 900 + 200, 500))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=60)
    return out.getvalue()


def letter(number: int) -> bytes:
    """A letter of one page."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    canvas.drawString(72, 720, f"Surat keterangan nomor {number}")
    canvas.save()
    return out.getvalue()


def build(path: Path) -> Workspace:
    """The large plan in a new workspace file, open."""
    workspace = Workspace.create(
        path, region="18.07", first_year=YEARS[0], last_year=YEARS[1], pack=bundled_bytes("smart-city-2021"),
        author=Author("Laras", "secretary"), title={"id": "Rencana besar", "en": "A large plan"},
    )  # fmt: skip
    Writer(workspace).everything()
    return workspace


def words_of(workspace: Workspace) -> int:
    """How many words the plan holds in its source language, with what stands in tables."""
    return sum(len(text.split()) for text in texts_of(workspace))


def texts_of(workspace: Workspace) -> Iterator[str]:
    """Every text of the plan in its source language, without tags."""
    import re

    plan = workspace.plan()
    for answer in plan.answers.values():
        yield re.sub(r"<[^>]+>", " ", answer.text.values.get("id", ""))
    for rows in plan.rows.values():
        for row in rows:
            yield from (cell.text.values.get("id", "") for cell in row.cells.values())
    for each in plan.programmes:
        for text in (each.title, each.service, each.before, each.after, each.served, each.technology):
            yield text.values.get("id", "")


if __name__ == "__main__":
    with build(Path(sys.argv[1])) as made:
        sys.stdout.write(f"{made.path.name}: {words_of(made):,} words\n")
