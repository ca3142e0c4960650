"""What a list leaves open, as data: the command line and the window ask, a decisions file answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeAlias

from desktop.base import LocalText, Message, RancangError, Rupiah
from desktop.base.message import Param
from desktop.exchange.columns import Role, bare
from desktop.exchange.drafts import IndicatorDraft, ProgrammeDraft
from desktop.exchange.suggest import (
    UNITS,
    DimensionSuggester,
    named_dimension,
    named_sub_dimension,
    suggest_direction,
    suggest_unit,
)
from desktop.guideline.pack import Pack
from desktop.workspace.plan import Plan, Programme

QuestionKind = Literal[
    "unit", "numbers", "amounts", "mapping", "funding", "quick_win", "dimension", "direction"
]  # fmt: skip
LATER = "later"
"""The answer that leaves a dimension or direction open; the checks will ask for it."""
Answers: TypeAlias = Mapping[str, str]
"""By question id: the id of the chosen option."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: its id, and what a person reads."""

    id: str
    label: LocalText | Message


@dataclass(frozen=True, slots=True)
class Question:
    """Something the list does not say.

    ``suggestion`` is the id of an option, or empty. A ``required`` question has to be answered by a
    person, even if only by agreeing; for the others the suggestion counts when nobody answers. ``hint``
    is why the suggestion is made.
    """

    id: str
    kind: QuestionKind
    message: Message
    options: tuple[Option, ...]
    suggestion: str = ""
    required: bool = True
    hint: Message | None = None


_LATER = Option(LATER, Message("exchange.ask.later"))


class Unanswered(RancangError):
    """The list cannot be taken over before a person has settled what it leaves open."""

    exit_code = 1

    def __init__(self, questions: Iterable[Question]) -> None:
        self.questions = tuple(questions)
        first = self.questions[0].message
        super().__init__(Message("exchange.import.unanswered", n=len(self.questions), first=first))


class UnknownAnswer(RancangError):
    """A decision that is not among the answers to its question."""

    def __init__(self, question: Question, answer: str) -> None:
        possible = ", ".join(option.id for option in question.options)
        super().__init__(
            Message(
                "exchange.import.unknown_answer", question=question.message, answer=answer, possible=possible
            )
        )


def open_questions(questions: Iterable[Question], answers: Answers) -> tuple[Question, ...]:
    """The required questions that nobody has answered."""
    return tuple(question for question in questions if question.required and not answers.get(question.id))


def suggested_answers(questions: Iterable[Question]) -> dict[str, str]:
    """The suggestion for every question that has one: what a person agrees to with one click."""
    return {question.id: question.suggestion for question in questions if question.suggestion}


def settled(questions: Iterable[Question], answers: Answers) -> dict[str, str]:
    """The answer to every question. Raises Unanswered, UnknownAnswer."""
    questions = tuple(questions)
    missing = open_questions(questions, answers)
    if missing:
        raise Unanswered(missing)
    chosen: dict[str, str] = {}
    for question in questions:
        answer = answers.get(question.id) or question.suggestion
        if answer and answer not in {option.id for option in question.options}:
            raise UnknownAnswer(question, answer)
        chosen[question.id] = answer
    return chosen


def dimension_id(draft: ProgrammeDraft) -> str:
    """The id of the question which dimension a programme belongs to."""
    return f"dimension:{draft.key}"


def direction_id(draft: ProgrammeDraft, indicator: IndicatorDraft) -> str:
    """The id of the question where an indicator is meant to go."""
    return f"direction:{draft.key}:{bare(indicator.name)}"


def quick_win_id(draft: ProgrammeDraft) -> str:
    """The id of a decision about the quick-win mark of one programme."""
    return f"quick_win:{draft.key}"


def funding_id(source: str) -> str:
    """The id of the question which source of money a list's own word means."""
    return f"funding:{bare(source)}" if source else "funding"


def column_id(header: str) -> str:
    """The id of the question what a column says."""
    return f"column:{bare(header)}"


@dataclass(frozen=True, slots=True)
class Asking:
    """Makes the questions of one list."""

    plan: Plan
    pack: Pack
    drafts: tuple[ProgrammeDraft, ...]
    known: Mapping[str, Programme] = field(default_factory=dict)
    """Programmes of the plan that the list speaks of again, by draft key."""

    def questions(
        self, *, above: str, ambiguous: tuple[str, ...], several: bool, unknown_headers: tuple[str, ...]
    ) -> Iterator[Question]:
        """All of them, the widest first."""
        yield from self._mapping(unknown_headers)
        yield from self._numbers(ambiguous)
        yield from self._unit(above)
        yield from self._several(several=several)
        yield from self._funding()
        yield from self._quick_win()
        for draft in self.drafts:
            yield self._dimension(draft)
            for indicator in draft.indicators.values():
                if not indicator.direction:
                    yield self._direction(draft, indicator)

    # -- about the whole list ----------------------------------------------------------------------
    @staticmethod
    def _mapping(headers: tuple[str, ...]) -> Iterator[Question]:
        options = tuple(Option(role.value, ROLE_NAMES[role]) for role in Role)
        for header in headers:
            message = Message("exchange.ask.column", header=header)
            yield Question(column_id(header), "mapping", message, options, Role.IGNORE.value, required=False)

    @staticmethod
    def _numbers(ambiguous: tuple[str, ...]) -> Iterator[Question]:
        if ambiguous:
            options = (
                Option("comma", Message("exchange.ask.numbers.comma")),
                Option("point", Message("exchange.ask.numbers.point")),
            )
            message = Message("exchange.ask.numbers", example=ambiguous[0], n=len(ambiguous))
            yield Question("number_style", "numbers", message, options, "comma")

    def _unit(self, above: str) -> Iterator[Question]:
        yearly: dict[int, Decimal] = {}
        for draft in self.drafts:
            for (year, _, figure), amounts in draft.amounts.items():
                relative = [amount.value for amount in amounts if not amount.absolute]
                if relative and figure != "realised":
                    yearly[year] = yearly.get(year, Decimal(0)) + max(relative)
        if not yearly:
            if any(draft.total and not draft.total.absolute for draft in self.drafts):
                yearly[0] = sum((d.total.value for d in self.drafts if d.total), Decimal(0))
            else:
                return
        year = max(yearly, key=lambda each: yearly[each])
        sums = {unit: Rupiah(int(yearly[year] * factor)) for unit, factor in UNITS.items()}
        values: dict[str, Param] = {"year": str(year) if year else "", **sums}
        hint = Message("exchange.ask.unit.hint", **values)
        options = (
            Option("rupiah", Message("exchange.ask.unit.rupiah")),
            Option("thousand", Message("exchange.ask.unit.thousand")),
            Option("million", Message("exchange.ask.unit.million")),
        )
        suggestion = suggest_unit(yearly, above)
        yield Question("rupiah_unit", "unit", Message("exchange.ask.unit"), options, suggestion, hint=hint)

    @staticmethod
    def _several(*, several: bool) -> Iterator[Question]:
        if several:
            options = (
                Option("sum", Message("exchange.ask.amounts.sum")),
                Option("first", Message("exchange.ask.amounts.first")),
            )
            yield Question("several_amounts", "amounts", Message("exchange.ask.amounts"), options, "sum")

    def _funding(self) -> Iterator[Question]:
        options = tuple(Option(source.id, source.label) for source in self.pack.planning.funding)
        sources = dict.fromkeys(source for draft in self.drafts for _, source, _ in draft.amounts)
        usual = next((source.id for source in self.pack.planning.funding if source.kind == "apbd"), "")
        for source in sources:
            named = self._named_funding(source)
            message = (
                Message("exchange.ask.funding_of", source=source)
                if source
                else Message("exchange.ask.funding")
            )
            yield Question(
                funding_id(source),
                "funding",
                message,
                options,
                named or usual,
                required=bool(source and not named),
            )

    def _named_funding(self, source: str) -> str:
        words = bare(source)
        found = [
            each.id
            for each in self.pack.planning.funding
            if words == each.id
            or any(words in f"{bare(name)} " for name in each.label.texts.values() if words)
        ]
        return found[0] if found else ""

    def _quick_win(self) -> Iterator[Question]:
        marked = [draft for draft in self.drafts if draft.quick_win]
        quick_win = self.pack.planning.quick_win
        if not marked or quick_win is None:
            return
        longer = [draft for draft in marked if _length(draft) > quick_win.max_years]
        options = (
            Option("yes", Message("exchange.ask.quick_win.yes")),
            Option("no", Message("exchange.ask.quick_win.no")),
        )
        hint = (
            Message("exchange.ask.quick_win.hint", n=len(longer), longest=quick_win.max_years)
            if longer
            else None
        )
        message = Message("exchange.ask.quick_win", n=len(marked))
        yield Question("quick_win", "quick_win", message, options, "no" if longer else "yes", hint=hint)

    # -- about one programme -----------------------------------------------------------------------
    def _dimension(self, draft: ProgrammeDraft) -> Question:
        options = [_LATER]
        for dimension in self.pack.dimensions:
            options.append(Option(dimension.id, dimension.name))
            options += [
                Option(
                    f"{dimension.id}/{sub.id}",
                    Message(
                        "exchange.ask.dimension.option", dimension=dimension.name, sub_dimension=sub.name
                    ),
                )
                for sub in dimension.sub_dimensions
            ]
        suggestion, certain = self._likely_dimension(draft)
        message = Message("exchange.ask.dimension", programme=draft.title)
        return Question(
            dimension_id(draft), "dimension", message, tuple(options), suggestion, required=not certain
        )

    def _likely_dimension(self, draft: ProgrammeDraft) -> tuple[str, bool]:
        """The dimension that plan or list give (certain), else the one the words suggest (not certain)."""
        known = self.known.get(draft.key)
        if known is not None and known.dimension:
            return "/".join(filter(None, (known.dimension, known.sub_dimension))), True
        dimension = named_dimension(draft.dimension, self.pack)
        sub = named_sub_dimension(draft.sub_dimension, dimension, self.pack)
        if dimension:
            return "/".join(filter(None, (dimension, sub))), True
        words = [*(indicator.name for indicator in draft.indicators.values()), draft.agency]
        return "/".join(filter(None, self._suggester.suggest(draft.title, words))), False

    @property
    def _suggester(self) -> DimensionSuggester:
        return _suggester_of(self.pack)

    def _direction(self, draft: ProgrammeDraft, indicator: IndicatorDraft) -> Question:
        options = (
            Option("up", Message("exchange.ask.direction.up")),
            Option("down", Message("exchange.ask.direction.down")),
            Option("keep", Message("exchange.ask.direction.keep")),
            _LATER,
        )
        known = self.known.get(draft.key)
        given = next(
            (
                each.direction
                for each in (known.indicators if known else ())
                if bare(indicator.name) in {bare(name) for name in each.name.values.values()}
            ),
            "",
        )
        message = Message("exchange.ask.direction", indicator=indicator.name, programme=draft.title)
        return Question(
            direction_id(draft, indicator),
            "direction",
            message,
            options,
            given or suggest_direction(indicator),
            required=not given,
        )


_made: dict[int, tuple[Pack, DimensionSuggester]] = {}


def _suggester_of(pack: Pack) -> DimensionSuggester:
    """One suggester for each guideline: reading all its words again for every programme would be slow."""
    found = _made.get(id(pack))
    if found is None or found[0] is not pack:
        _made.clear()
        found = _made[id(pack)] = (pack, DimensionSuggester(pack))
    return found[1]


def _length(draft: ProgrammeDraft) -> int:
    years = draft.years
    return years[-1] - years[0] + 1 if years else 0


ROLE_NAMES: Mapping[Role, Message] = {
    Role.REGION_CODE: Message("exchange.column.region_code"),
    Role.REGION: Message("exchange.column.region"),
    Role.PLAN: Message("exchange.column.plan"),
    Role.DIMENSION: Message("exchange.column.dimension"),
    Role.SUB_DIMENSION: Message("exchange.column.sub_dimension"),
    Role.CODE: Message("exchange.column.code"),
    Role.PROGRAMME: Message("exchange.column.programme"),
    Role.AGENCY: Message("exchange.column.agency"),
    Role.YEAR: Message("exchange.column.year"),
    Role.START_YEAR: Message("exchange.column.start_year"),
    Role.END_YEAR: Message("exchange.column.end_year"),
    Role.INDICATOR: Message("exchange.column.indicator"),
    Role.UNIT: Message("exchange.column.unit"),
    Role.BASELINE: Message("exchange.column.baseline"),
    Role.BASELINE_YEAR: Message("exchange.column.baseline_year"),
    Role.DIRECTION: Message("exchange.column.direction"),
    Role.TARGET: Message("exchange.column.target"),
    Role.REALISED: Message("exchange.column.realised"),
    Role.BUDGET: Message("exchange.column.budget"),
    Role.CEILING: Message("exchange.column.ceiling"),
    Role.REALISED_BUDGET: Message("exchange.column.realised_budget"),
    Role.TOTAL_BUDGET: Message("exchange.column.total_budget"),
    Role.FUNDING: Message("exchange.column.funding"),
    Role.KIND: Message("exchange.column.kind"),
    Role.SERVICE: Message("exchange.column.service"),
    Role.BEFORE: Message("exchange.column.before"),
    Role.AFTER: Message("exchange.column.after"),
    Role.SERVED: Message("exchange.column.served"),
    Role.TECHNOLOGY: Message("exchange.column.technology"),
    Role.SOURCE: Message("exchange.column.source"),
    Role.NOTE: Message("exchange.column.note"),
    Role.NUMBER: Message("exchange.column.number"),
    Role.IGNORE: Message("exchange.column.ignore"),
}
"""What the columns of a list may say, for the person who is asked about one."""
