"""The demo region, Kabupaten Lampung Timur 2026-2030: built by the import and the operations that users have.

The eleven programmes, their budgets and indicators are real plan data (``resources/demo/programmes.csv``);
what the source leaves open is answered by ``decisions.json``. Everything else in ``resources/demo`` was
written for the demo and is stored as an example, which the books say.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.base import Message
from desktop.base.jobs import Report
from desktop.base.resources import resource
from desktop.base.richtext import normalise
from desktop.exchange.demo_evidence import evidence_files
from desktop.exchange.demo_ground import Ground
from desktop.exchange.demo_hearing import hear
from desktop.exchange.demo_import import Decided, RealProgrammes, import_real_programmes
from desktop.guideline.foreword import foreword
from desktop.guideline.lookup import Guideline, bundled_bytes
from desktop.workspace import Author, Place, Workspace

if TYPE_CHECKING:
    from desktop.guideline.pack import Field
    from desktop.workspace.operation import Operation

REGION = "18.07"
YEARS = (2026, 2030)
GUIDELINE = "smart-city-2021"
FILE = "Lampung Timur 2026-2030.rancang"
LANGUAGES = ("id", "en")
"""The source language first: a translation remembers the text it was made from."""
PROGRAMME_TEXTS = ("service", "before", "after", "served", "technology")
_AUTHOR = Author("Laras Contoh", "secretary")
_TITLE = {
    "id": "Masterplan Smart City Kabupaten Lampung Timur 2026–2030 (contoh)",
    "en": "Smart-city masterplan of East Lampung 2026–2030 (example)",
}


@dataclass(frozen=True, slots=True)
class DemoWorkspace:
    """What the demo made: the workspace file, how many programmes came from where, and what was decided."""

    path: Path
    head: str
    imported: int
    examples: int
    decisions: tuple[Decided, ...]
    """What the real rows left open and how the demo answered, to be shown."""


def demo_data(name: str) -> dict[str, Any]:
    """The content of ``resources/demo/<name>.json``."""
    content: dict[str, Any] = json.loads(resource("demo", f"{name}.json").read_text("utf-8"))
    return content


def build_demo(report: Report, folder: Path) -> DemoWorkspace:
    """Make the demo region's workspace in a folder. Raises FileProblem (also when it is there already)."""
    workspace = Workspace.create(
        folder / FILE,
        region=REGION,
        first_year=YEARS[0],
        last_year=YEARS[1],
        pack=bundled_bytes(GUIDELINE),
        author=_AUTHOR,
        title=_TITLE,
        example=True,
    )
    with workspace:
        demo = _Demo(workspace)
        steps = list(demo.steps())
        for done, (label, step) in enumerate(steps):
            report(done, len(steps), label)
            step(label)
        report(len(steps), len(steps), Message("exchange.demo.done"))
        programmes = workspace.plan().programmes
        examples = sum(programme.origin == "example" for programme in programmes)
        return DemoWorkspace(
            path=workspace.path,
            head=workspace.head,
            imported=len(programmes) - examples,
            examples=examples,
            decisions=demo.real.decisions if demo.real else (),
        )


class _Demo:
    """Fills one new workspace, step by step; every step is one change in its history."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.guideline = Guideline(workspace.pack())
        self.evidence: dict[str, str] = {}
        self.agencies: dict[str, str] = {}
        self.people: dict[str, str] = {}
        self.programmes: dict[str, str] = {}
        self.rows: dict[str, str] = {}
        """Rows of worksheets that others name, by the name they have in the demo's files."""
        self.real: RealProgrammes | None = None

    def steps(self) -> Iterator[tuple[Message, Callable[[Message], None]]]:
        """The label of each change and what makes it, in order."""
        yield Message("exchange.demo.evidence"), self._in_operation(self._attach)
        yield Message("exchange.demo.agencies"), self._in_operation(self._agencies)
        yield Message("exchange.demo.people"), self._in_operation(self._people)
        yield Message("exchange.demo.figures"), self._in_operation(self._ground.figures)
        yield Message("exchange.demo.bodies"), self._in_operation(self._ground.bodies)
        yield Message("exchange.demo.import"), self._import
        yield Message("exchange.demo.services"), self._in_operation(self._describe_real)
        yield Message("exchange.demo.programmes"), self._in_operation(self._examples)
        yield Message("exchange.demo.details"), self._in_operation(self._details)
        yield Message("exchange.demo.profile"), self._in_operation(self._form("profile"))
        yield Message("exchange.demo.application"), self._in_operation(self._form("application"))
        yield Message("exchange.demo.readiness"), self._in_operation(self._readiness)
        for sheet, rows in demo_data("worksheets")["sheets"].items():
            title = self.guideline.title_of(sheet)
            yield (
                Message("exchange.demo.worksheet", title=title),
                self._in_operation(self._sheet(sheet, rows)),
            )
        yield Message("exchange.demo.links"), self._in_operation(self._links)
        yield Message("exchange.demo.activities"), self._in_operation(self._activities)
        yield Message("exchange.demo.risks"), self._in_operation(self._risks)
        yield Message("exchange.demo.hearing"), self._in_operation(self._hearing)
        yield from self._books()
        yield Message("exchange.demo.meetings"), self._in_operation(self._meetings)
        yield Message("exchange.demo.set_aside"), self._in_operation(self._set_aside)

    def _in_operation(self, step: Callable[[Operation], None]) -> Callable[[Message], None]:
        def run(label: Message) -> None:
            with self.workspace.operation(label) as op:
                step(op)

        return run

    # -- who and what supports it ------------------------------------------------------------------
    def _attach(self, op: Operation) -> None:
        for file in evidence_files(demo_data("evidence")):
            self.evidence[file.name] = op.attach(
                file.data,
                name=file.name,
                media_type=file.media_type,
                caption=file.caption,
                taken_on=file.taken_on,
            )

    def _agencies(self, op: Operation) -> None:
        for entry in demo_data("agencies")["agencies"]:
            self.agencies[entry["short_name"]] = op.insert("agency", **entry)

    def _people(self, op: Operation) -> None:
        for entry in demo_data("people")["people"]:
            agency = self.agencies.get(entry["agency"])
            self.people[entry["name"]] = op.insert("person", **{**entry, "agency": agency})

    @property
    def _ground(self) -> Ground:
        return Ground(demo_data("ground"), self.people, self._claim)

    # -- programmes --------------------------------------------------------------------------------
    def _import(self, _label: Message) -> None:
        self.real = import_real_programmes(self.workspace)

    def _describe_real(self, op: Operation) -> None:
        """English titles and the service each real programme improves: the source has none of it."""
        known = {programme.title.read("id"): programme for programme in self.workspace.plan().programmes}
        for entry in demo_data("programmes")["real"]:
            programme = known[entry["key"]]
            self.programmes[entry["key"]] = programme.id
            op.write("programme", programme.id, "title", "en", entry["title_en"])
            for name in PROGRAMME_TEXTS:
                self._write(op, "programme", programme.id, name, entry[name])
            for short_name in entry["supporting"]:
                op.put("programme_agency", programme=programme.id, agency=self.agencies[short_name])
            for indicator in programme.indicators:
                op.write("indicator", indicator.id, "name", "en", entry["indicator_en"])
            if "code" in entry:
                op.set("programme", programme.id, code=entry["code"])

    def _examples(self, op: Operation) -> None:
        for entry in demo_data("programmes")["example"]:
            programme = op.insert(
                "programme",
                title=entry["title"],
                dimension=entry["dimension"],
                sub_dimension=entry["sub_dimension"],
                lead=self.agencies[entry["lead"]],
                start_year=entry["start_year"],
                end_year=entry["end_year"],
                quick_win=entry["quick_win"],
                origin="example",
                total_budget=sum(sum(years.values()) for years in entry["budget"].values()),
                **{name: entry[name] for name in PROGRAMME_TEXTS},
            )
            self.programmes[entry["key"]] = programme
            for short_name in entry["supporting"]:
                op.put("programme_agency", programme=programme, agency=self.agencies[short_name])
            for source, years in entry["budget"].items():
                for year, amount in years.items():
                    op.put(
                        "budget_line", programme=programme, year=int(year), source=source, indicative=amount
                    )
            for indicator in entry["indicators"]:
                self._indicator(op, programme, indicator)

    def _indicator(self, op: Operation, programme: str, entry: Mapping[str, Any]) -> None:
        values = {key: value for key, value in entry.items() if key != "targets"}
        indicator = op.insert("indicator", programme=programme, **values)
        for year, target in entry["targets"].items():
            op.put("target", indicator=indicator, year=int(year), target=target)

    def _details(self, op: Operation) -> None:
        """What the guideline asks about each programme, and the aspects of the quick wins."""
        content = demo_data("programmes")
        for entry in (*content["real"], *content["example"]):
            scope = self.programmes[entry["key"]]
            for field, value in entry["fields"].items():
                self._answer(op, f"programme.{field}", value, scope)
            for aspect, value in entry.get("aspects", {}).items():
                self._answer(op, f"quick_win.{aspect}", value, scope)
            for item, names in entry.get("evidence", {}).items():
                self._claim(op, names, Place("answer", item=item, scope=scope))

    def _links(self, op: Operation) -> None:
        """The target of the RPJMD mapping that each real programme answers."""
        for entry in demo_data("programmes")["real"]:
            scope = self.programmes[entry["key"]]
            self._answer(op, "programme.rpjmd_target", entry["rpjmd"], scope)

    def _activities(self, op: Operation) -> None:
        for entry in demo_data("actions")["activities"]:
            values = {
                **entry,
                "programme": self.programmes[entry["programme"]],
                "lead": self.agencies[entry["lead"]],
            }
            parts = values.pop("sub_activities", ())
            activity = op.insert("activity", **values)
            for part in parts:
                lead = self.agencies[part["lead"]]
                op.insert("sub_activity", **{**part, "activity": activity, "lead": lead})

    def _risks(self, op: Operation) -> None:
        for entry in demo_data("actions")["risks"]:
            values = {
                **entry,
                "programme": self.programmes[entry["programme"]],
                "owner": self.agencies[entry["owner"]],
            }
            op.insert("risk", **values)

    def _hearing(self, op: Operation) -> None:
        """Stakeholders, the consultations with them, and what came of their input."""
        hear(op, demo_data("hearing"), self.programmes, self.workspace.author.name)

    # -- what the guideline asks -------------------------------------------------------------------
    def _form(self, file: str) -> Callable[[Operation], None]:
        def step(op: Operation) -> None:
            content = demo_data(file)
            for item, value in content["answers"].items():
                self._answer(op, item, value)
            for item, names in content["evidence"].items():
                self._claim(op, names, Place("answer", item=item))

        return step

    def _readiness(self, op: Operation) -> None:
        readiness = self.workspace.pack().readiness
        if readiness is None:
            return
        for fixed, entry in demo_data("readiness")["rows"].items():
            row = op.fixed_row(readiness.worksheet, fixed)
            for column, value in entry["cells"].items():
                self._cell(op, readiness.worksheet, row, column, value)
            for column, names in entry["evidence"].items():
                self._claim(op, names, Place("cell", row, column, item=f"{readiness.worksheet}.{column}"))

    def _sheet(self, sheet: str, rows: list[Mapping[str, Any]]) -> Callable[[Operation], None]:
        def step(op: Operation) -> None:
            for entry in rows:
                agency = self.agencies[entry["agency"]] if "agency" in entry else ""
                if "fixed" in entry:
                    row = op.fixed_row(sheet, entry["fixed"], agency=agency)
                else:
                    row = op.add_row(sheet, agency=agency)
                if "key" in entry:
                    self.rows[entry["key"]] = row
                for column, value in entry["cells"].items():
                    self._cell(op, sheet, row, column, value)
                self._claim(op, entry.get("evidence", []), Place("row", row))

        return step

    def _books(self) -> Iterator[tuple[Message, Callable[[Message], None]]]:
        """One change for each book, as a team would write it."""
        written = demo_data("chapters")["chapters"]
        for book in self.workspace.pack().books:
            before = foreword(book)
            every = [*filter(None, (before,)), *(one.chapter for one in self.guideline.chapters(book))]
            chapters = [chapter.id for chapter in every if chapter.id in written]
            if chapters:
                label = Message("exchange.demo.book", title=book.title)
                yield label, self._in_operation(self._chapters({id: written[id] for id in chapters}))  # noqa: A001

    def _chapters(self, chapters: Mapping[str, Mapping[str, list[str]]]) -> Callable[[Operation], None]:
        def step(op: Operation) -> None:
            for chapter, blocks in chapters.items():
                text = {language: "\n".join(blocks[language]) for language in LANGUAGES}
                self._answer(op, f"chapter.{chapter}", text)

        return step

    def _meetings(self, op: Operation) -> None:
        from desktop.exchange.demo_meetings import meetings

        meetings(op, demo_data("meetings"), self.workspace.plan(), self.evidence)

    def _set_aside(self, op: Operation) -> None:
        """The weak findings that the example explains instead of mending; the books print the reasons."""
        from desktop.checks import check

        reasons = demo_data("set_aside")["reasons"]
        for finding in check(self.workspace.plan(), self.workspace.pack()).weak:
            reason = reasons.get(finding.rule)
            if reason:
                op.set_aside(finding.key, reason, self.workspace.author.name)

    # -- one value ---------------------------------------------------------------------------------
    def _answer(self, op: Operation, item: str, value: Any, scope: str = "") -> None:
        field = self._field(item)
        if not field.bilingual:
            op.answer(item, self._plain(field, value), scope=scope, policy=field.policy, origin="example")
            return
        for language in LANGUAGES:
            text = _text(field, value[language])
            op.answer_text(item, language, text, scope=scope, policy=field.policy, origin="example")

    def _cell(self, op: Operation, sheet: str, row: str, column: str, value: Any) -> None:
        field = self._field(f"{sheet}.{column}")
        if not field.bilingual:
            op.cell(row, column, self._plain(field, value), policy=field.policy)
            return
        for language in LANGUAGES:
            op.cell_text(row, column, language, _text(field, value[language]), policy=field.policy)

    def _write(self, op: Operation, table: str, row: str, name: str, value: Mapping[str, str]) -> None:
        for language in LANGUAGES:
            op.write(table, row, name, language, value[language])

    def _claim(self, op: Operation, names: list[str], place: Place) -> None:
        for name in names:
            op.claim(self.evidence[name], place)

    def _field(self, item: str) -> Field:
        field = self.guideline.field(item)
        if field is None:
            raise KeyError(item)
        return field

    def _plain(self, field: Field, value: Any) -> Any:
        """References are written by name in the demo's files and stored by id."""
        match field.type:
            case "agency":
                return self.agencies[value]
            case "programme":
                return self.programmes[value]
            case "person":
                return self.people[value]
            case "row":
                return self.rows[value]
            case _:
                return value


def _text(field: Field, text: str) -> str:
    return normalise(text) if field.type == "rich_text" else text
