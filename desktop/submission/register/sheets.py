"""The register as tables to hand on: what each column is called, what it holds, and the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias

import sqlalchemy as sa

from desktop.base import Language, LocalText, Message, render
from desktop.submission.called import Title
from desktop.submission.register import tables
from desktop.submission.register.entry import Entry
from desktop.submission.register.file import RegisterUnusable, told
from desktop.submission.register.listing import entries
from desktop.submission.register.reading import sound
from desktop.submission.register.repeating import Repeating, packs_of, role_called
from desktop.submission.register.store import Register
from desktop.submission.register.words import (
    BASIS_NAMES,
    SORT_NAMES,
    counts,
    few_reasons,
    lateness,
    region_said,
    remedy_here,
    result_name,
    standing,
)
from desktop.submission.signed import signer_marks

Cell: TypeAlias = str | int | bool | Decimal | dt.datetime | None


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    RUPIAH = "rupiah"
    DECIMAL = "decimal"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's title, kind and width in letters."""

    title: Message
    kind: Kind = Kind.TEXT
    width: int = 18


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table; ``file`` is its name as a file."""

    file: str
    title: Message
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Cell]]


_WHOSE = (
    Column(Message("submission.sheet.region"), width=9),
    Column(Message("submission.sheet.region_name"), width=30),
    Column(Message("submission.sheet.basis"), width=22),
    Column(Message("submission.sheet.result"), width=24),
    Column(Message("submission.sheet.counts"), width=18),
)
"""First in every list: whose a row is, how far that is proven, and whether it is of the package that counts.

All that was ever accepted is listed; who adds up must be able to tell it apart.
"""
_FILE = Column(Message("submission.sheet.file"), width=60)


def _whose(one: Entry, language: Language) -> tuple[Cell, ...]:
    code, name = region_said(one)
    return (
        _said(code, language),
        _said(name, language),
        render(BASIS_NAMES[one.basis], language),
        render(result_name(one.result), language),
        render(said, language) if (said := counts(one)) is not None else "",
    )


def _said(what: Title | str, language: Language) -> str:
    if isinstance(what, Message):
        return render(what, language)
    return what.read(language.value) if isinstance(what, LocalText) else what


def sheets(register: Register, language: Language, region: str = "") -> Iterator[Sheet]:
    """Every table of the register. Raises what reading it raises, before the first of them is handed on."""
    found = entries(register, region)
    valid = {one.sha256: one for one in found if one.plan is not None}
    parts: tuple[tuple[str, Message, tuple[Column, ...], Iterable[Sequence[Cell]]], ...] = (
        ("packages", Message("submission.sheet.packages"), _PACKAGES, _packages(found, language)),
        ("reasons", Message("submission.sheet.reasons"), _REASONS, _reasons(found, language)),
        ("signers", Message("submission.sheet.signers"), _SIGNERS, _signers(found, language)),
        (
            "programmes",
            Message("submission.sheet.programmes"),
            _PROGRAMMES,
            _programmes(register, valid, language),
        ),
        ("budgets", Message("submission.sheet.budgets"), _BUDGETS, _budgets(register, valid, language)),
        ("readiness", Message("submission.sheet.readiness"), _SCORES, _scores(register, valid, language)),
        (
            "indicators",
            Message("submission.sheet.indicators"),
            _INDICATORS,
            _indicators(register, valid, language),
        ),
    )
    yield from [Sheet(file, title, columns, list(rows)) for file, title, columns, rows in parts]


_PACKAGES = (
    *_WHOSE,
    Column(Message("submission.sheet.late"), width=14),
    Column(Message("submission.sheet.signed_at"), Kind.MOMENT, 20),
    Column(Message("submission.sheet.first_seen"), Kind.MOMENT, 20),
    Column(Message("submission.sheet.first_said"), Kind.MOMENT, 20),
    Column(Message("submission.sheet.guideline"), width=22),
    Column(Message("submission.sheet.first_year"), Kind.NUMBER, 8),
    Column(Message("submission.sheet.last_year"), Kind.NUMBER, 8),
    Column(Message("submission.sheet.open_mandatory"), Kind.NUMBER, 12),
    Column(Message("submission.sheet.codes"), width=30),
    Column(Message("submission.sheet.standing"), width=40),
    Column(Message("submission.sheet.programmes"), Kind.NUMBER, 10),
    Column(Message("submission.sheet.activities"), Kind.NUMBER, 10),
    Column(Message("submission.sheet.indicators"), Kind.NUMBER, 10),
    Column(Message("submission.sheet.indicative"), Kind.RUPIAH, 20),
    Column(Message("submission.sheet.ceiling"), Kind.RUPIAH, 20),
    Column(Message("submission.sheet.readiness"), Kind.DECIMAL, 10),
    Column(Message("submission.sheet.readiness_rated"), Kind.NUMBER, 16),
    Column(Message("submission.sheet.evaluation"), Kind.DECIMAL, 16),
    Column(Message("submission.sheet.evaluation_rated"), Kind.NUMBER, 16),
    Column(Message("submission.sheet.sort"), width=18),
    _FILE,
    Column(Message("submission.sheet.package"), width=68),
    Column(Message("submission.sheet.sha256"), width=68),
    Column(Message("submission.sheet.previous"), width=68),
)


def _packages(found: Iterable[Entry], language: Language) -> Iterator[Sequence[Cell]]:
    def say(message: Message) -> str:
        return render(message, language)

    for one in found:
        plan = one.plan
        yield (
            *_whose(one, language),
            say(lateness(one)),
            *map(_moment, (one.signed_at, one.first_seen, one.first_said)),
            _said(one.guideline_name, language),
            one.first_year or None,
            one.last_year or None,
            one.open_mandatory,
            ", ".join(dict.fromkeys(each.code for each in one.reasons)),
            " ".join(say(each) for each in standing(one)),
            plan.programmes if plan else None,
            plan.activities if plan else None,
            plan.indicators if plan else None,
            plan.indicative if plan else None,
            plan.ceiling if plan else None,
            _decimal(plan.readiness if plan else ""),
            _percent(plan.readiness_rated, plan.readiness_items) if plan else None,
            _decimal(plan.evaluation if plan else ""),
            _percent(plan.evaluation_rated, plan.evaluation_items) if plan else None,
            say(SORT_NAMES[one.sort]),
            one.path,
            one.package,
            one.sha256,
            one.previous,
        )


_REASONS = (
    *_WHOSE,
    _FILE,
    Column(Message("submission.sheet.weight"), width=16),
    Column(Message("submission.sheet.code"), width=28),
    Column(Message("submission.sheet.reason"), width=80),
    Column(Message("submission.sheet.remedy"), width=80),
)
_MOST_REASONS = 100
"""Of one package; a sheet of Excel has an end."""
WEIGHTS = {
    "refusal": Message("submission.weight.refusal"),
    "missing": Message("submission.weight.missing"),
    "note": Message("submission.weight.note"),
}
"""What a reason does to a verdict, in a word."""


def _reasons(found: Iterable[Entry], language: Language) -> Iterator[Sequence[Cell]]:
    found = list(found)
    packs = packs_of(found)
    for one in found:
        pack = packs.get((one.guideline, one.guideline_version))
        repeating = Repeating(one, pack, inward=True)
        shown, left = few_reasons(one.reasons, _MOST_REASONS)
        for raw in shown:
            # what is to be done goes by the reason itself, as in the window
            each = repeating.reason(raw)
            weight = WEIGHTS.get(each.weight)
            yield (
                *_whose(one, language),
                one.path,
                render(weight, language) if weight else each.weight,
                each.code,
                render(each.message, language),
                render(remedy_here(one, raw), language),
            )
        if left:
            more = render(Message("submission.letter.more", n=left), language)
            yield *_whose(one, language), one.path, "", "", more, ""


_SIGNERS = (
    *_WHOSE,
    _FILE,
    Column(Message("submission.sheet.document"), width=30),
    Column(Message("submission.sheet.role"), width=18),
    Column(Message("submission.sheet.holder"), width=30),
    Column(Message("submission.sheet.organisation"), width=30),
    Column(Message("submission.sheet.issuer"), width=30),
    Column(Message("submission.sheet.signed_at"), Kind.MOMENT, 20),
    Column(Message("submission.sheet.certificate"), width=68),
    Column(Message("submission.sheet.standing"), width=40),
)


def _signers(found: Iterable[Entry], language: Language) -> Iterator[Sequence[Cell]]:
    found = list(found)
    packs = packs_of(found)
    for one in found:
        pack = packs.get((one.guideline, one.guideline_version))
        for each in one.signers:
            moment = _moment(each.claimed_at)
            role = _said(role_called(pack, each), language)
            yield (
                *_whose(one, language), one.path, each.document, role, each.holder,
                each.organisation, each.issuer, moment, each.certificate,
                "; ".join(render(mark, language) for mark in signer_marks(each)),
            )  # fmt: skip


_PROGRAMMES = (
    *_WHOSE,
    Column(Message("submission.sheet.code"), width=16),
    Column(Message("submission.sheet.programme"), width=60),
    Column(Message("submission.sheet.dimension"), width=20),
    Column(Message("submission.sheet.sub_dimension"), width=20),
    Column(Message("submission.sheet.lead"), width=24),
    Column(Message("submission.sheet.quick_win"), width=10),
    Column(Message("submission.sheet.activities"), Kind.NUMBER, 10),
    Column(Message("submission.sheet.first_year"), Kind.NUMBER, 8),
    Column(Message("submission.sheet.last_year"), Kind.NUMBER, 8),
    Column(Message("submission.sheet.total_budget"), Kind.RUPIAH, 20),
    _FILE,
)


def _programmes(register: Register, valid: dict[str, Entry], language: Language) -> Iterator[Sequence[Cell]]:
    yes = render(Message("submission.sheet.yes"), language)
    for row, one in _rows(register, tables.PROGRAMME, valid):
        yield (
            *_whose(one, language), row.code, row.title, row.dimension,
            row.sub_dimension, row.lead, yes if row.quick_win else "", row.activities, row.first_year,
            row.last_year, row.total_budget, one.path,
        )  # fmt: skip


_BUDGETS = (
    *_WHOSE,
    Column(Message("submission.sheet.year"), Kind.NUMBER, 8),
    Column(Message("submission.sheet.source"), width=18),
    Column(Message("submission.sheet.dimension"), width=20),
    Column(Message("submission.sheet.indicative"), Kind.RUPIAH, 20),
    Column(Message("submission.sheet.ceiling"), Kind.RUPIAH, 20),
    Column(Message("submission.sheet.realised"), Kind.RUPIAH, 20),
    _FILE,
)


def _budgets(register: Register, valid: dict[str, Entry], language: Language) -> Iterator[Sequence[Cell]]:
    for row, one in _rows(register, tables.BUDGET, valid):
        yield (
            *_whose(one, language), row.year, row.source, row.dimension, row.indicative, row.ceiling,
            row.realised, one.path,
        )  # fmt: skip


_SCORES = (
    *_WHOSE,
    Column(Message("submission.sheet.kind"), width=18),
    Column(Message("submission.sheet.section"), width=40),
    Column(Message("submission.sheet.items"), Kind.NUMBER, 10),
    Column(Message("submission.sheet.rated"), Kind.NUMBER, 10),
    Column(Message("submission.sheet.mean"), Kind.DECIMAL, 10),
    Column(Message("submission.sheet.most"), Kind.NUMBER, 10),
    _FILE,
)
SCORE_KINDS = {
    "readiness": Message("submission.sheet.readiness"),
    "evaluation": Message("submission.sheet.evaluation"),
}


def _scores(register: Register, valid: dict[str, Entry], language: Language) -> Iterator[Sequence[Cell]]:
    whole = render(Message("submission.sheet.whole"), language)
    for row, one in _rows(register, tables.SCORE, valid):
        kind = SCORE_KINDS.get(row.kind)
        yield (
            *_whose(one, language), render(kind, language) if kind else row.kind,
            row.title or (row.section or whole), row.items, row.rated, _decimal(row.mean), row.most, one.path,
        )  # fmt: skip


_INDICATORS = (
    *_WHOSE,
    Column(Message("submission.sheet.indicator"), width=60),
    Column(Message("submission.sheet.unit"), width=14),
    Column(Message("submission.sheet.baseline"), Kind.DECIMAL, 14),
    Column(Message("submission.sheet.baseline_year"), Kind.NUMBER, 8),
    Column(Message("submission.sheet.target"), Kind.DECIMAL, 14),
    Column(Message("submission.sheet.target_year"), Kind.NUMBER, 8),
    _FILE,
)


def _indicators(register: Register, valid: dict[str, Entry], language: Language) -> Iterator[Sequence[Cell]]:
    for row, one in _rows(register, tables.INDICATOR, valid):
        yield (
            *_whose(one, language), row.name, row.unit, _decimal(row.baseline), row.baseline_year,
            _decimal(row.target), row.target_year, one.path,
        )  # fmt: skip


def _rows(register: Register, table: sa.Table, valid: dict[str, Entry]) -> Iterator[tuple[Any, Entry]]:
    """The rows of valid packages, region by region."""
    kept: dict[str, list[Any]] = {}
    with told(register.path), register.engine.connect() as connection:
        try:
            for row in sound(connection, table):
                kept.setdefault(row.sha256, []).append(row)
        except (TypeError, ValueError) as error:
            raise RegisterUnusable(register.path.name, str(error)) from error
    for sha256, one in valid.items():
        for row in kept.get(sha256, ()):
            yield row, one


_PLACES = 18
"""Before and behind the mark of a decimal."""


def _percent(part: int, whole: int) -> int | None:
    """Whole percent, 100 for all of it alone; None of nothing."""
    return part * 100 // whole if whole > 0 else None


def _decimal(text: str) -> Decimal | None:
    """A decimal number kept as text; what is none (a register may come from anybody) is nothing."""
    try:
        found = Decimal(text) if len(text) < 60 else None
    except ArithmeticError:
        return None
    last = found.as_tuple().exponent if found is not None else None
    if found is None or not isinstance(last, int):
        return None
    # written out, one with a large exponent would take all the memory there is
    return found if found.adjusted() < _PLACES and last >= -_PLACES else None


def _moment(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
