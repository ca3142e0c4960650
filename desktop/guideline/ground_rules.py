"""What figures, guidance sessions and both parties say about others, and is not so in this pack."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from desktop.base import Message
from desktop.guideline.broken import Fault
from desktop.guideline.names import Names
from desktop.guideline.pack import Field, Measure, Pack, PageRef
from desktop.guideline.remarks import exists, fault, unique

_FITS: dict[str, frozenset[str]] = {
    "integer": frozenset({"integer"}),
    "decimal": frozenset({"decimal", "integer"}),
    "percent": frozenset({"percent"}),
    "rupiah": frozenset({"rupiah"}),
    "choice": frozenset({"choice"}),
}
"""Whose newest value can be offered to which questions: every value of the measure must be an answer."""


def ground_faults(pack: Pack, names: Names) -> Iterator[Fault]:
    """Everything about figures, sessions, bodies and parties that types cannot say."""
    yield from _figures(pack, names)
    yield from _sessions(pack, names)
    yield from _parties(pack)
    yield from _based_on(pack)


# -- figures -----------------------------------------------------------------------------------------
def _figures(pack: Pack, names: Names) -> Iterator[Fault]:
    yield from unique((f"figures[{index}].id", measure.id) for index, measure in enumerate(pack.figures))
    measures = {measure.id: measure for measure in pack.figures}
    for index, measure in enumerate(pack.figures):
        key = f"figures[{index}]"
        yield from _choices(key, measure)
        yield from _part_of(key, measure, measures)
        if measure.item:
            asked = {item: field for item, field in names.items.items() if _of_form(item, names)}
            yield from exists(f"{key}.item", measure.item, asked, Message("guideline.kind.item"))
            yield from _item(f"{key}.item", measure, asked.get(measure.item))


def _of_form(item: str, names: Names) -> bool:
    return item.partition(".")[0] in names.forms


def _choices(key: str, measure: Measure) -> Iterator[Fault]:
    if measure.type == "choice" and not measure.choices:
        problem = Message("guideline.problem.no_choices")
        yield fault(f"{key}.choices", problem, Message("guideline.remedy.no_choices"))
    if measure.choices and measure.type != "choice":
        problem = Message("guideline.problem.choices_unused", type=measure.type)
        yield fault(f"{key}.type", problem, Message("guideline.remedy.choices_unused"))
    yield from unique(
        (f"{key}.choices[{place}].id", choice.id) for place, choice in enumerate(measure.choices)
    )


def _part_of(key: str, measure: Measure, measures: dict[str, Measure]) -> Iterator[Fault]:
    """The whole is a number of the same kind, and nothing is a part of itself, not even by a detour."""
    if not measure.part_of:
        return
    yield from exists(f"{key}.part_of", measure.part_of, measures, Message("guideline.kind.figure"))
    whole = measures.get(measure.part_of)
    if whole is None:
        return
    if "choice" in {measure.type, whole.type} or measure.type != whole.type:
        problem = Message("guideline.problem.part_kind", name=whole.id, type=whole.type)
        yield fault(f"{key}.part_of", problem, Message("guideline.remedy.part_kind"))
    seen = {measure.id}
    while whole is not None and whole.id not in seen:
        seen.add(whole.id)
        whole = measures.get(whole.part_of)
    if whole is not None and whole.id == measure.id:
        problem = Message("guideline.problem.part_of_itself", name=measure.id)
        yield fault(f"{key}.part_of", problem, Message("guideline.remedy.part_of_itself"))


def _item(key: str, measure: Measure, field: Field | None) -> Iterator[Fault]:
    if field is None:
        return
    known = {choice.id for choice in field.choices}
    fits = measure.type in _FITS.get(field.type, frozenset())
    if not fits or not {choice.id for choice in measure.choices} <= known:
        problem = Message("guideline.problem.figure_kind", name=measure.item, type=field.type)
        yield fault(key, problem, Message("guideline.remedy.figure_kind"))


# -- sessions ----------------------------------------------------------------------------------------
def _sessions(pack: Pack, names: Names) -> Iterator[Fault]:
    for index, session in enumerate(pack.sessions):
        key = f"sessions[{index}].outputs"
        yield from unique((f"{key}[{place}].id", output.id) for place, output in enumerate(session.outputs))
        for place, output in enumerate(session.outputs):
            if output.page is not None:
                yield from page_faults(f"{key}[{place}].page", output.page, names, books=True)


def page_faults(key: str, page: PageRef, names: Names, *, books: bool = False) -> Iterator[Fault]:
    """A page of the journey shows something the pack has; ``books`` allows a whole book for a chapter."""
    chapters: Collection[str] = names.chapters | names.books if books else names.chapters
    known: dict[str, tuple[Collection[str], Message]] = {
        "form": (names.forms, Message("guideline.kind.form")),
        "worksheet": (names.worksheets, Message("guideline.kind.worksheet")),
        "chapter": (chapters, Message("guideline.kind.chapter")),
    }
    if page.page in known:
        yield from exists(f"{key}.ref", page.ref, *known[page.page])


# -- parties and what a pack is made from ------------------------------------------------------------
def _parties(pack: Pack) -> Iterator[Fault]:
    """The package is the region's: one office of its own signs it last."""
    closing = [index for index, role in enumerate(pack.roles) if role.closes_package]
    for index in closing:
        if pack.roles[index].party != "region":
            problem = Message("guideline.problem.foreign_closing", name=pack.roles[index].id)
            yield fault(f"roles[{index}].party", problem, Message("guideline.remedy.foreign_closing"))
    for index in closing[1:]:
        problem = Message("guideline.problem.two_closing", first=pack.roles[closing[0]].id)
        yield fault(f"roles[{index}].closes_package", problem, Message("guideline.remedy.two_closing"))


def _based_on(pack: Pack) -> Iterator[Fault]:
    if pack.pack.based_on and pack.pack.based_on == pack.pack.id:
        problem = Message("guideline.problem.based_on_itself")
        yield fault("pack.based_on", problem, Message("guideline.remedy.based_on"))
