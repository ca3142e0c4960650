"""What a judged package says for comparison: facts of its manifest, and the figures of its plan.

Read only after the verdict, and only from the very bytes that were judged: the container is hashed again
from the handle that is then read, its manifest must have the judged id, and the data the digest in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from desktop.base import Message, RancangError
from desktop.submission.frame.container import OpenPackage, open_package
from desktop.submission.inside import read_pack
from desktop.submission.refusal import Refused
from desktop.submission.register.bounds import amount, few, number, words, year
from desktop.submission.verdict import Reason, Verdict, VerdictKind, Weight

if TYPE_CHECKING:
    from desktop.checks.assessment import Assessment
    from desktop.guideline.pack import Pack
    from desktop.workspace.plan_data_form import Data, ProgrammePart

MAXIMUM_DATA = 32 << 20
"""Bytes of ``data.json``; a plan of 300 programmes is about 2 MB."""
_CHUNK = 1 << 20
_ODD = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What figures raise in a plan that fits its form and makes no sense; anything else ends the process."""


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """A programme as it is compared."""

    id: str
    code: str
    title: str
    dimension: str
    sub_dimension: str
    lead: str
    quick_win: bool
    activities: int
    first_year: int | None
    last_year: int | None
    total_budget: int | None


@dataclass(frozen=True, slots=True)
class BudgetFacts:
    """Whole rupiah of one year, source and dimension; None where nothing is stated."""

    year: int
    source: str
    dimension: str
    indicative: int | None
    ceiling: int | None
    realised: int | None


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """An indicator with where it stands and where it is to go; ``programme`` is the programme's place."""

    programme: int
    name: str
    unit: str
    direction: str
    baseline: str
    baseline_year: int | None
    target: str
    target_year: int | None


@dataclass(frozen=True, slots=True)
class ScoreFacts:
    """What the region says of itself; ``section`` is empty for all of it together."""

    kind: str
    section: str
    title: str
    items: int
    rated: int
    mean: str
    most: int


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """The figures of a valid package."""

    title: str
    programmes: tuple[ProgrammeFacts, ...]
    budgets: tuple[BudgetFacts, ...]
    indicators: tuple[IndicatorFacts, ...]
    scores: tuple[ScoreFacts, ...]


@dataclass(frozen=True, slots=True)
class Extract:
    """What was read; ``reasons`` say what could not be, or does not fit together."""

    open_mandatory: int | None = None
    plan: PlanFacts | None = None
    reasons: tuple[Reason, ...] = ()


NOTHING = Extract()
"""Where nothing was read."""


class ChangedMeanwhile(Exception):
    """The file is not the one that was judged."""


def extract(path: Path, sha256: str, verdict: Verdict) -> Extract:
    """Read what the verdict allows: nothing of a refused package, the plan only of a valid one.

    Raises :class:`ChangedMeanwhile`.
    """
    if verdict.package is None or verdict.kind is VerdictKind.REFUSED:
        return Extract()
    try:
        with open_package(path) as package:
            if _hash(package.file) != sha256 or package.manifest.id != verdict.package.id:
                raise ChangedMeanwhile
            opened = package.manifest.open_mandatory
            if verdict.kind not in {VerdictKind.VALID, VerdictKind.VALID_WITH_NOTES}:
                return Extract(opened)
            return _read(package, opened)
    except (Refused, RancangError) as error:
        raise ChangedMeanwhile from error


def _hash(file: BinaryIO) -> str:
    sha = hashlib.sha256()
    file.seek(0)
    while piece := file.read(_CHUNK):
        sha.update(piece)
    return sha.hexdigest()


def _read(package: OpenPackage, opened: int) -> Extract:
    import msgspec

    from desktop.workspace.plan_data import read_data
    from desktop.workspace.plan_data_form import NAME

    packed = next((one for one in package.manifest.files if one.path == NAME and one.role == "data"), None)
    if packed is None or packed.present_size > MAXIMUM_DATA:
        return Extract(opened)  # told by the verdict
    try:
        data = read_data(b"".join(bytes(piece) for piece in package.checked(packed)))
        facts = _facts(data, _guideline(package, data))
    except (msgspec.MsgspecError, *_ODD):
        return Extract(opened, None, (_note(Message("submission.register.data_unreadable")),))
    return Extract(opened, facts)


def _note(message: Message) -> Reason:
    return Reason(Weight.NOTE, message)


def _guideline(package: OpenPackage, data: Data) -> Pack | None:
    """The guideline the package carries, when it is the one the data names; None when it cannot be read."""
    wanted = f"guideline/{data.guideline.id}.rancang-guideline"
    for one in package.manifest.files:
        if one.path == wanted and one.present_size <= MAXIMUM_DATA:
            content = b"".join(bytes(piece) for piece in package.checked(one))
            if hashlib.sha256(content).hexdigest() == data.guideline.sha256:
                return read_pack(content)
    return None


def _facts(data: Data, pack: Pack | None) -> PlanFacts:
    text = partial(_text, language=data.workspace.source_language)
    agencies = {each.id: words(each.short_name) or text(each.name) for each in data.agencies}
    known = _dimensions(pack)
    areas = _areas(pack)
    return PlanFacts(
        text(data.plan.title),
        few(_programme(each, agencies, known, areas, text) for each in data.programmes),
        few(_budgets(data.programmes, known)),
        few(_indicators(data.programmes, data.plan.last_year, text)),
        few(_scores(data, pack)) if pack is not None else (),
    )


def _text(texts: dict[str, str], language: str) -> str:
    """A text as the signed documents have it: in the plan's own language before any other; on one line."""
    return words(texts.get(language) or texts.get("id") or next(filter(None, texts.values()), ""))


_Text = Callable[[dict[str, str]], str]


def _dimensions(pack: Pack | None) -> frozenset[str]:
    """The dimensions and their parts that the guideline knows: documents print no other, nor lists."""
    found = pack.dimensions if pack is not None else ()
    return frozenset(id_ for each in found for id_ in (each.id, *(part.id for part in each.sub_dimensions)))


def _known(id_: str, known: frozenset[str]) -> str:
    return words(id_) if id_ in known else ""


def _areas(pack: Pack | None) -> frozenset[str] | None:
    """The areas whose activities a package's documents print; None where they print all of them."""
    from desktop.guideline import Guideline
    from desktop.guideline.signing import package_books

    if pack is None:
        return None
    guideline, shown = Guideline(pack), set[str]()
    bound = {each.id for each in pack.worksheets if each.binding == "activity"}
    for book in package_books(pack):
        for chapter in guideline.chapters(book):
            for block in chapter.chapter.blocks:
                if block.show == "activities":
                    shown.add(block.ref)
                elif block.show == "worksheet" and block.ref in bound:
                    shown.add("")
    return None if "" in shown else frozenset(shown)


def _programme(
    one: ProgrammePart,
    agencies: dict[str, str],
    known: frozenset[str],
    areas: frozenset[str] | None,
    text: _Text,
) -> ProgrammeFacts:
    return ProgrammeFacts(
        words(one.id),
        words(one.code),
        text(one.title),
        _known(one.dimension, known),
        _known(one.sub_dimension, known),
        agencies.get(one.lead, ""),
        one.quick_win,
        sum(1 for each in one.activities if areas is None or each.area in areas),
        year(one.start_year),
        year(one.end_year),
        amount(_total(one)),
    )


def _total(one: ProgrammePart) -> int | None:
    """What documents print (:func:`desktop.books.blocks.money.programme_total`): who signs sees no other."""
    stated = [line.indicative for line in one.budget if line.indicative is not None]
    total = amount(one.total_budget)  # what is no amount is no plan, printed or not
    return sum(stated) if stated else total


def _budgets(programmes: Iterable[ProgrammePart], known: frozenset[str]) -> Iterable[BudgetFacts]:
    sums: dict[tuple[int, str, str], list[int | None]] = {}
    for programme in programmes:
        for line in programme.budget:
            key = (line.year, words(line.source), _known(programme.dimension, known))
            here = sums.setdefault(key, [None, None, None])
            for place, stated in enumerate((line.indicative, line.ceiling, line.realised)):
                if stated is not None:
                    here[place] = (here[place] or 0) + stated
    for key, amounts in sorted(sums.items()):
        yield BudgetFacts(year(key[0]) or 0, *key[1:], *(amount(each) for each in amounts))


def _indicators(programmes: Iterable[ProgrammePart], last_year: int, text: _Text) -> Iterable[IndicatorFacts]:
    """The last target of each indicator within the plan's years: documents print no other."""
    for place, programme in enumerate(programmes):
        for one in programme.indicators:
            # of two of one year (two copies that met) the last counts, as in the documents' tables
            printed = {each.year: each for each in one.targets if each.year <= last_year}.values()
            within = (each for each in printed if each.target is not None)
            last = max(within, key=lambda each: each.year, default=None)
            yield IndicatorFacts(
                place,
                text(one.name),
                words(one.unit),
                words(one.direction),
                words(one.baseline or ""),
                year(one.baseline_year),
                words(last.target or "") if last else "",
                year(last.year) if last else None,
            )


# -- readiness and self-assessment, worked out as the region's own program does ----------------------
def _scores(data: Data, pack: Pack) -> Iterable[ScoreFacts]:
    from desktop.checks.assessment import assessment, kinds
    from desktop.submission.unanswered import plan_of

    plan = plan_of(data)
    for kind in kinds(pack):
        found = assessment(plan, pack, kind)
        if found is not None:
            yield from _score(found)


def _score(found: Assessment) -> Iterable[ScoreFacts]:
    from desktop.checks.assessment import rounded

    result = found.result("own")
    items = found.items
    rated = sum(each.value("own") is not None for each in items)
    most, mean = number(found.most), "" if result is None else words(str(result))
    yield ScoreFacts(words(found.kind), "", "", len(items), rated, mean, most)
    for section in found.sections:
        own = section.mean("own")
        rated = sum(each.value("own") is not None for each in section.items)
        yield ScoreFacts(
            words(found.kind),
            words(section.id),
            words(section.title.read("id")),
            len(section.items),
            rated,
            "" if own is None else words(str(rounded(own))),
            most,
        )
