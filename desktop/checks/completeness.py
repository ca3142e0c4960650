"""Is everything there that the guideline asks for? Answers, rows of worksheets, chapters."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base import Message
from desktop.checks.bound import things
from desktop.checks.finding import Hit
from desktop.checks.reading import Asked, Reading
from desktop.checks.registry import check_rule, flag, narrowed, number, word, words
from desktop.checks.words import says_nothing
from desktop.guideline.conditions import condition_of
from desktop.guideline.pack import PageRef, Rule, Worksheet
from desktop.workspace.plan import Place


@check_rule("required_answers")
def required_answers(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """Every field marked ``required`` has an answer that says something.

    Every form, every worksheet and every field the guideline adds to programmes counts, unless the rule
    names some. Quick-win aspects and chapters have checks of their own.
    """
    within = narrowed(rule)
    for asked in reading.asked:
        if not asked.field.required or asked.answered(reading.source) or asked.is_aspect or asked.material:
            continue
        if within(asked.spot):
            message = Message("checks.required_answer", where=asked.spot.where())
            yield Hit(message, asked.place(reading.source), asked.spot.page)


@check_rule("answer_present", yields_to=("required_answers", "chapter_written"))
def answer_present(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """The form field or chapter ``item`` (or each of ``items``) is answered.

    With ``if_item`` and ``if_value`` only when that other field has that answer (or one of several); with
    ``equals`` the answer must be that one (``true`` for a yes/no question).
    """
    condition = condition_of(rule)
    if condition and reading.plan.answer(condition.item).value not in condition.values:
        return
    for item in words(rule, "item", "items"):
        asked = reading.find(item)
        if asked is None:
            continue
        if not asked.answered(reading.source):
            yield _about(asked, reading, Message("checks.answer_missing", where=asked.spot.where()))
        elif "equals" in rule.params and asked.value != rule.params["equals"]:
            yield _about(asked, reading, Message("checks.answer_other", where=asked.spot.where()))


@check_rule("answer_at_least", yields_to=("required_answers",))
def answer_at_least(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """The whole number answered to ``item`` is at least ``min`` (1 when the rule does not say)."""
    asked = reading.find(word(rule, "item"))
    if asked is None:
        return
    least = number(rule, "min", 1)
    value = asked.value
    if not isinstance(value, int) or isinstance(value, bool):
        yield _about(asked, reading, Message("checks.answer_missing", where=asked.spot.where()))
    elif value < least:
        message = Message("checks.answer_too_small", where=asked.spot.where(), least=least, value=value)
        yield _about(asked, reading, message)


def _about(asked: Asked, reading: Reading, message: Message) -> Hit:
    return Hit(message, asked.place(reading.source), asked.spot.page)


@check_rule("worksheet_rows")
def worksheet_rows(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """A worksheet has at least ``min`` rows in which something is written.

    ``worksheet`` names one, ``worksheets`` several; without either every worksheet counts. Without ``min``
    it is the worksheet's own ``min_rows``, and 1 for a worksheet that the rule names.
    """
    chosen = words(rule, "worksheet", "worksheets")
    for worksheet in reading.pack.worksheets:
        if chosen and worksheet.id not in chosen:
            continue
        least = number(rule, "min", worksheet.min_rows or (1 if chosen else 0))
        there = filled_rows(reading, worksheet)
        if there < least:
            message = Message("checks.worksheet_rows", worksheet=worksheet.title, n=least, there=there)
            yield Hit(message, Place("row", item=worksheet.id), PageRef(page="worksheet", ref=worksheet.id))


def filled_rows(reading: Reading, worksheet: Worksheet) -> int:
    """How many rows of a worksheet say something (of a bound one: how many things it shows)."""
    if worksheet.binding:
        return sum(1 for _ in things(reading.plan, worksheet))
    return sum(
        any(bool(cell.text) or cell.value not in (None, "", ()) for cell in row.cells.values())
        for row in reading.rows(worksheet)
    )


@check_rule("chapter_written")
def chapter_written(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """Every required chapter has a text; the rule may name some, and ``optional`` asks for all."""
    within = narrowed(rule)
    for spot in reading.chapters:
        if not within(spot) or not (spot.chapter.required or flag(rule, "optional")):
            continue
        text = reading.plan.answer(spot.place().item).text.values.get(reading.source, "")
        if says_nothing(text):
            message = Message("checks.chapter_written", chapter=spot.chapter.title, book=spot.book.title)
            yield Hit(message, spot.place(reading.source), spot.page)
