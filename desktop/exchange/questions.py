"""What a list leaves open, as data: the command line and the window ask, a decisions file answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from desktop.base import LocalText, Message, RancangError
from desktop.exchange.columns import bare
from desktop.exchange.drafts import IndicatorDraft, ProgrammeDraft

QuestionKind = Literal[
    "unit", "numbers", "amounts", "mapping", "funding", "quick_win", "dimension", "direction", "years",
    "levels", "hidden", "activities", "agency", "match", "cells", "held", "naming", "again",
]  # fmt: skip
READING = frozenset({"mapping", "numbers", "years", "levels", "hidden", "cells", "naming"})
"""Kinds of questions whose answers change how a list is read."""
LATER = "later"
"""The answer that leaves a dimension or direction open; the checks will ask for it."""
NEW = "new"
"""The answer that something is not in the plan yet."""
LEAVE = "leave"
"""The answer that what the team deleted stays away."""
ACTIVITIES = "activities"
"""The id of the question which parts of a programme become activities."""
NUMBER_STYLE = "number_style"
"""The id of the question which sign separates decimals."""
VALUE_STYLE = "number_style:values"
"""The id of the same question about values of indicators, where amounts are asked about apart."""
RPJMD_CEILING = "rpjmd_ceiling"
"""The id of the question whether the amounts are also what the RPJMD allows."""
PROGRAMME_COLUMN = "programme_column"
"""The id of the question which column names the programmes, where no head says so."""
Certainty = Literal["", "stated", "likely", "weak", "remembered"]
"""How sure a suggestion is: the list says so itself, its words point there, or they hardly do; or somebody
answered so when such a list was taken over last time."""
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
    certainty: Certainty = ""


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


def agency_id(name: str) -> str:
    """The id of the question which agency of the plan a name means."""
    return f"agency:{bare(name)}"


def match_id(draft: ProgrammeDraft) -> str:
    """The id of the question whether a programme is one of the plan under another title."""
    return f"match:{draft.key}"


def again_id(draft: ProgrammeDraft) -> str:
    """The id of the question whether a programme that the team deleted comes back."""
    return f"again:{draft.key}"


def stays_away(draft: ProgrammeDraft, answers: Answers) -> bool:
    """Whether a programme of a list is left out because the team deleted it, and it is no other one."""
    return answers.get(again_id(draft)) == LEAVE and answers.get(match_id(draft), NEW) == NEW


def lines_id(sheet: str, cell: str) -> str:
    """The id of the question which values of a cell belong to which of the indicators beside it."""
    return f"lines:{sheet}!{cell}"


def number_id(sheet: str, cell: str) -> str:
    """The id of the question how one number is meant whose column is written in two ways."""
    return f"number:{sheet}!{cell}"


def column_id(header: str) -> str:
    """The id of the question what a column says."""
    return f"column:{bare(header)}"
