"""Making input sheets and lists of answers as files: one for each stakeholder, or one for anybody."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, Message, render
from desktop.base.jobs import Report
from desktop.base.placing import put
from desktop.base.written import place_of

if TYPE_CHECKING:
    from desktop.books import Document
    from desktop.guideline.pack import Pack
    from desktop.workspace import Plan
    from desktop.workspace.hearing import Stakeholder

PROPERTY = "RancangInputSheet"
"""The document property that holds a sheet's code."""
FORMATS = ("docx", "pdf")


@dataclass(frozen=True, slots=True)
class SheetFile:
    """A file that was written: for whom (empty = anybody), in which language and format."""

    path: Path
    stakeholder: str
    language: str
    format: str


def write_sheets(
    report: Report,
    snapshot: Path,
    folder: Path,
    languages: tuple[str, ...],
    formats: tuple[str, ...] = FORMATS,
    stakeholders: tuple[str, ...] = (),
    blank: bool = False,  # noqa: FBT001, FBT002 - jobs take their arguments by position
) -> tuple[SheetFile, ...]:
    """Write input sheets of a workspace (or a snapshot of one) into a folder; runs as a job.

    One for each of ``stakeholders`` (ids); ``blank`` adds one that anybody may fill in. Where neither is
    asked for, everybody in the register gets one. Raises FileProblem, Cancelled.
    """
    from desktop.books.hearing.sheet import compose_sheet

    plan, pack = _opened(snapshot)
    people = _asked(plan, stakeholders, blank=blank)

    def made(who: Stakeholder | None, language: Language, kind: str) -> tuple[Document, str]:
        sheet = compose_sheet(plan, pack, language, who, on_paper=kind == "pdf")
        return sheet.document, sheet.code

    return _write(report, folder, _each(people, languages, formats), "sheet", made)


def write_answers(
    report: Report,
    snapshot: Path,
    folder: Path,
    languages: tuple[str, ...],
    formats: tuple[str, ...] = FORMATS,
    stakeholders: tuple[str, ...] = (),
) -> tuple[SheetFile, ...]:
    """Write the answers to give back, one list for each stakeholder who gave input. Raises as above."""
    from desktop.books.hearing.answers import compose_answers

    plan, pack = _opened(snapshot)
    people = _answered(plan, stakeholders)

    def made(who: Stakeholder | None, language: Language, _kind: str) -> tuple[Document, str]:
        if who is None:
            raise ValueError("answers are for somebody")
        return compose_answers(plan, pack, language, who), ""

    return _write(report, folder, _each(people, languages, formats), "answers", made)


def sheet_names(
    plan: Plan,
    languages: tuple[str, ...],
    formats: tuple[str, ...] = FORMATS,
    stakeholders: tuple[str, ...] = (),
    *,
    blank: bool = False,
) -> tuple[str, ...]:
    """What the files are called that :func:`write_sheets` makes."""
    return _names("sheet", _each(_asked(plan, stakeholders, blank=blank), languages, formats))


def answer_names(
    plan: Plan,
    languages: tuple[str, ...],
    formats: tuple[str, ...] = FORMATS,
    stakeholders: tuple[str, ...] = (),
) -> tuple[str, ...]:
    """What the files are called that :func:`write_answers` makes."""
    return _names("answers", _each(_answered(plan, stakeholders), languages, formats))


def _asked(plan: Plan, stakeholders: tuple[str, ...], *, blank: bool) -> list[Stakeholder | None]:
    return [*_chosen(plan, stakeholders, nobody=blank and not stakeholders), *([None] * blank)]


def _answered(plan: Plan, stakeholders: tuple[str, ...]) -> list[Stakeholder | None]:
    said = {each.stakeholder for each in plan.inputs}
    return [each for each in _chosen(plan, stakeholders, nobody=False) if each.id in said]


def _each(
    people: Sequence[Stakeholder | None], languages: Iterable[str], formats: Iterable[str]
) -> list[tuple[Stakeholder | None, Language, str]]:
    spoken, forms = [Language(each) for each in languages], list(formats)
    return [(who, language, form) for who in people for language in spoken for form in forms]


def _opened(snapshot: Path) -> tuple[Plan, Pack]:
    from desktop.workspace import Workspace

    with Workspace.open(snapshot, read_only=True) as workspace:
        return workspace.plan(), workspace.pack()


def _chosen(plan: Plan, wanted: Iterable[str], *, nobody: bool) -> list[Stakeholder]:
    ids = set(wanted)
    return [
        each for each in plan.stakeholders if (each.id in ids if ids else not nobody) and each.name.strip()
    ]


def _write(
    report: Report,
    folder: Path,
    work: Sequence[tuple[Stakeholder | None, Language, str]],
    kind: str,
    compose: Callable[[Stakeholder | None, Language, str], tuple[Document, str]],
) -> tuple[SheetFile, ...]:
    """Compose and write each file."""
    out: list[SheetFile] = []
    for done, ((who, language, form), name) in enumerate(zip(work, _names(kind, work), strict=True)):
        report(done, len(work), Message("exchange.sheet.writing", n=len(work)))
        document, code = compose(who, language, form)
        path = place_of(folder / name)
        put(path, _rendered(document, form, code))
        out.append(SheetFile(path, who.id if who else "", language.value, form))
    report(len(work), len(work), Message("exchange.sheet.writing", n=len(work)))
    return tuple(out)


def _names(kind: str, work: Sequence[tuple[Stakeholder | None, Language, str]]) -> tuple[str, ...]:
    """The names of the files; they never meet, whatever the stakeholders are called."""
    names: list[str] = []
    taken: set[str] = set()
    for who, language, form in work:
        stem = _stem(kind, who, language)
        number = next(n for n in itertools.count(1) if f"{stem}{_again(n)}.{form}".casefold() not in taken)
        names.append(f"{stem}{_again(number)}.{form}")
        taken.add(names[-1].casefold())
    return tuple(names)


def _rendered(document: Document, form: str, code: str) -> bytes:
    if form == "pdf":
        from desktop.books.pdf import render_pdf

        return render_pdf(document).pdf
    from desktop.books.docx import render_docx

    return render_docx(document, {PROPERTY: code} if code else None)


def _stem(kind: str, who: Stakeholder | None, language: Language) -> str:
    """A file name that every system takes and a person recognises."""
    word = render(Message(f"exchange.sheet.file.{kind}"), language)
    name = re.sub(r"[^\w-]+", "-", who.name).strip("-_")[:60] if who else ""
    name = name or render(Message("exchange.sheet.file.anybody"), language)
    return f"{word}-{name}.{language.value}"


def _again(number: int) -> str:
    return f"-{number}" if number > 1 else ""
