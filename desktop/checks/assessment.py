"""What the region gives itself beside what others give it: readiness items and the yearly evaluation.

A score of somebody else never stands in for the region's own. The scale is the guideline's (facts.md 3.1:
three steps, no weights known; 3.5: 0-4 with weights by cohort).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

from desktop.base import LocalText
from desktop.base.ids import derived_id
from desktop.checks.reading import reading_of
from desktop.guideline.pack import Choice, Field, FixedRow, Pack, Worksheet
from desktop.workspace.organisation import Score
from desktop.workspace.plan import Cell, Place, Plan, Text

READINESS, EVALUATION = "readiness", "evaluation"
COHORT = "evaluation.cohort"
"""The answer that says which set of weights is used; its value is one of the guideline's cohorts."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """One item: the region's own rating, the others', and what supports it.

    ``own`` and the values of ``others`` are choice ids of the readiness scale, or numbers as text on the
    evaluation's scale; empty = not rated. ``worth`` turns them into numbers that can be compared.
    """

    id: str
    """The fixed row of the readiness worksheet, or the evaluation's field."""
    item: str
    scope: str
    label: LocalText
    help: LocalText
    own: str
    condition: Text
    others: Mapping[str, Score]
    evidence: int
    place: Place
    worth: Mapping[str, int]
    most: int | None = None
    """The top of a scale of numbers, which begins at 0; what lies off it rates nothing."""

    def value(self, who: str) -> Fraction | None:
        """The score somebody gave on the scale; ``own`` is the region's; None = not rated."""
        said = self.own if who == "own" else self.others[who].value if who in self.others else ""
        return self.read(said)

    def read(self, said: str) -> Fraction | None:
        """A rating as a number on the scale."""
        if said in self.worth:
            return Fraction(self.worth[said])
        if self.worth:
            return None
        number = _decimal(said)
        return (
            None
            if number is None or (self.most is not None and not 0 <= number <= self.most)
            else Fraction(number)
        )

    def difference(self, who: str) -> Fraction | None:
        """What somebody gave less what the region gave itself; None unless both did."""
        own, other = self.value("own"), self.value(who)
        return None if own is None or other is None else other - own


@dataclass(frozen=True, slots=True)
class Section:
    """A component of readiness or a section of the evaluation; ``weight`` in percent, 0 = not weighted."""

    id: str
    title: LocalText
    items: tuple[Assessed, ...]
    weight: int = 0

    def mean(self, who: str) -> Fraction | None:
        """The mean of what is rated; None while nothing is."""
        values = [value for item in self.items if (value := item.value(who)) is not None]
        return sum(values, Fraction(0)) / len(values) if values else None


@dataclass(frozen=True, slots=True)
class Gain:
    """How much the result would rise were one item a step better, and all the way up."""

    item: Assessed
    section: Section
    step: Fraction
    top: Fraction


@dataclass(frozen=True, slots=True)
class Assessment:
    """All sections of one assessment, on a scale from ``least`` to ``most``."""

    kind: str
    sections: tuple[Section, ...]
    least: int
    most: int
    choices: tuple[Choice, ...] = ()
    """The steps of the scale where they have names."""
    cohort: str = ""

    @property
    def items(self) -> tuple[Assessed, ...]:
        """Every item, in the guideline's order."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def weighted(self) -> bool:
        """Whether sections count by weight."""
        return any(section.weight for section in self.sections)

    def result(self, who: str) -> Decimal | None:
        """The overall score with two decimals: weighted by section, else the mean of all items.

        A section in which nothing is rated counts as 0 where there are weights (facts.md: recomputing the
        published scores of 2022 agrees with the weighted mean); None while nothing at all is rated.
        """
        exact = self._exact(who)
        return None if exact is None else rounded(exact)

    def _exact(self, who: str, changed: Mapping[str, Fraction] | None = None) -> Fraction | None:
        changed = changed or {}

        def value(item: Assessed) -> Fraction | None:
            return changed.get(item.item + item.scope, item.value(who))

        means: list[tuple[int, Fraction | None, int]] = []
        for section in self.sections:
            values = [found for item in section.items if (found := value(item)) is not None]
            total = sum(values, Fraction(0))
            mean = total / len(values) if values else None
            means.append((section.weight if self.weighted else len(values), mean, len(values)))
        if not any(count for _, _, count in means):
            return None
        weights = sum(weight for weight, _, _ in means)
        if not weights:
            return None
        return sum((weight * (mean or Fraction(0)) for weight, mean, _ in means), Fraction(0)) / weights

    def differences(self, who: str) -> tuple[Assessed, ...]:
        """Items that somebody rates otherwise than the region, the largest difference first."""
        found = [item for item in self.items if item.difference(who)]
        return tuple(sorted(found, key=lambda item: -abs(item.difference(who) or Fraction(0))))

    def gains(self, who: str = "own", limit: int = 5) -> tuple[Gain, ...]:
        """The items that would raise the result most when improved by one step, best first.

        An item that is not rated counts from the lowest step. Those already at the top cannot rise.
        """
        # what is not rated counts as the lowest step here: rating it at all could lower the mean
        lowest = {
            item.item + item.scope: Fraction(self.least) for item in self.items if item.value(who) is None
        }
        before = self._exact(who, lowest) or Fraction(0)
        found: list[Gain] = []
        for section in self.sections:
            for item in section.items:
                now = item.value(who)
                if now is not None and now >= self.most:
                    continue
                key = item.item + item.scope
                start = Fraction(self.least) if now is None else now
                up = min(start + 1, Fraction(self.most))
                step = (self._exact(who, {**lowest, key: up}) or Fraction(0)) - before
                top = (self._exact(who, {**lowest, key: Fraction(self.most)}) or Fraction(0)) - before
                if top > 0:
                    found.append(Gain(item, section, step, top))
        return tuple(sorted(found, key=lambda gain: (-gain.step, -gain.top))[:limit])


def rounded(value: Fraction, step: str = "0.01") -> Decimal:
    """A score as it is shown: half up."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal(step), ROUND_HALF_UP)


def readiness_assessment(plan: Plan, pack: Pack) -> Assessment | None:
    """The readiness items as the region rates them itself; None when the guideline has no such worksheet."""
    reading = reading_of(plan, pack)
    readiness = pack.readiness
    sheet = reading.worksheets.get(readiness.worksheet) if readiness else None
    rating = _column(sheet, readiness.rating) if sheet and readiness else None
    if readiness is None or sheet is None or rating is None:
        return None
    worth = {choice.id: choice.score for choice in rating.choices if choice.score is not None}
    own = {row.fixed: row.cells for row in plan.rows.get(sheet.id, ()) if row.fixed and not row.agency}
    scores = _scores(plan)
    counts = _evidence_counts(plan)
    item = f"{sheet.id}.{rating.id}"

    def assessed(fixed: FixedRow) -> Assessed:
        row = derived_id("row", sheet.id, fixed.id, "")
        cells = own.get(fixed.id, {})
        said = cells.get(rating.id, Cell(None, Text())).value
        return Assessed(
            fixed.id,
            item,
            row,
            fixed.label,
            fixed.help,
            said if isinstance(said, str) else "",
            cells.get(readiness.condition, Cell(None, Text())).text,
            scores.get((item, row), {}),
            counts.get(row, 0),
            Place("cell", row, rating.id),
            worth,
        )

    groups = [(group.id, group.label) for group in sheet.groups]
    known = {group for group, _ in groups}
    if any(fixed.group not in known for fixed in sheet.fixed_rows):
        groups.append(("", LocalText()))
    sections = tuple(
        Section(id, label, tuple(assessed(each) for each in sheet.fixed_rows if _in(each, id, known)))
        for id, label in groups  # noqa: A001 - the pack's own word
    )
    return Assessment(
        READINESS,
        tuple(section for section in sections if section.items),
        min(worth.values(), default=0),
        max(worth.values(), default=0),
        rating.choices,
    )


def _in(row: FixedRow, group: str, known: set[str]) -> bool:
    return row.group == group if group else row.group not in known


def evaluation_assessment(plan: Plan, pack: Pack) -> Assessment | None:
    """The yearly evaluation as the region scores itself; None when the guideline has none."""
    evaluation = pack.evaluation
    if evaluation is None or not evaluation.sections:
        return None
    said = plan.answer(COHORT).value
    cohort = said if isinstance(said, str) and said in evaluation.weights else ""
    weights = evaluation.weights.get(cohort, {})
    scores, counts = _scores(plan), _evidence_counts(plan)

    def assessed(field: Field) -> Assessed:
        item = f"evaluation.{field.id}"
        value = plan.answer(item).value
        return Assessed(
            field.id,
            item,
            "",
            field.label,
            field.help,
            "" if value is None or isinstance(value, bool | tuple) else str(value),
            Text(),
            scores.get((item, ""), {}),
            counts.get(item, 0),
            Place("answer", item=item),
            {},
            evaluation.scale_max,
        )

    sections = tuple(
        Section(
            each.id or "",
            each.title,
            tuple(assessed(field) for field in each.fields),
            weights.get(each.id or "", 0),
        )
        for each in evaluation.sections
        # a section without weight is not part of that cohort's evaluation (collaboration)
        if not weights or weights.get(each.id or "", 0)
    )
    return Assessment(EVALUATION, sections, 0, evaluation.scale_max, (), cohort)


def assessment(plan: Plan, pack: Pack, kind: str) -> Assessment | None:
    """The one that is called so."""
    return (readiness_assessment if kind == READINESS else evaluation_assessment)(plan, pack)


def kinds(pack: Pack) -> tuple[str, ...]:
    """Which assessments a guideline has."""
    out = []
    if pack.readiness is not None and any(
        sheet.id == pack.readiness.worksheet and sheet.fixed_rows for sheet in pack.worksheets
    ):
        out.append(READINESS)
    if pack.evaluation is not None and pack.evaluation.sections:
        out.append(EVALUATION)
    return tuple(out)


def _column(sheet: Worksheet, name: str) -> Field | None:
    return next((column for column in sheet.columns if column.id == name), None)


def _scores(plan: Plan) -> dict[tuple[str, str], dict[str, Score]]:
    out: dict[tuple[str, str], dict[str, Score]] = {}
    for score in plan.scores:
        out.setdefault((score.item, score.scope), {})[score.by] = score
    return out


def _evidence_counts(plan: Plan) -> dict[str, int]:
    """How many files support something: by row of a worksheet, by item of an answer."""
    seen: dict[str, set[str]] = {}
    for file in plan.evidence:
        for claim in file.claims:
            seen.setdefault(claim.row or claim.item, set()).add(file.id)
    return {key: len(files) for key, files in seen.items()}


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 1000 else None


def shares(found: Assessment, who: str, items: Iterable[Assessed] | None = None) -> dict[str, int]:
    """How many items have each step of the scale (choice id or whole number), as somebody rates them."""
    counts = {choice.id: 0 for choice in found.choices} or {
        str(step): 0 for step in range(found.least, found.most + 1)
    }
    for item in found.items if items is None else items:
        said = item.own if who == "own" else item.others[who].value if who in item.others else ""
        if said in counts:
            counts[said] += 1
    return counts
