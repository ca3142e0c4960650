"""Answers as plain text, to be copied into an online form: question, answer, its evidence, its length."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from desktop.base import Language, LocalText, Message, RancangError, render, richtext
from desktop.base.speech import number
from desktop.checks.words import word_count
from desktop.exchange.values import options, show
from desktop.guideline.pack import Field, Pack
from desktop.workspace.plan import Plan, Text, Value


class UnknownForm(RancangError):
    """The guideline has no form with this id."""

    def __init__(self, form: str, known: str) -> None:
        super().__init__(Message("exchange.copy.unknown", form=form, known=known))


@dataclass(frozen=True, slots=True)
class CopyText:
    """One question with its answer, in one language; ``evidence`` are file names with their numbers."""

    item: str
    group: LocalText
    question: LocalText
    answer: str
    """Plain text; empty where nobody answered."""
    language: str
    """In which language the answer is written; empty for what has none."""
    evidence: tuple[str, ...]
    max_words: int
    """How many words the guideline allows; 0 = it does not say."""

    @property
    def words(self) -> int:
        """How many words the answer has."""
        return word_count(self.answer)

    @property
    def characters(self) -> int:
        """How many characters the answer has, spaces and line ends included."""
        return len(self.answer)

    @property
    def fingerprint(self) -> str:
        """Changes with the answer: what was copied before can be told from what must be copied again."""
        return hashlib.sha256(self.answer.encode()).hexdigest()[:16]

    def block(self, language: Language) -> str:
        """Question, answer and evidence one below the other."""
        lines = [self.question.read(language), self.answer or render(Message("exchange.copy.none"), language)]
        if self.evidence:
            lines.append(render(Message("exchange.copy.evidence", files="; ".join(self.evidence)), language))
        return "\n".join(lines)


def copy_texts(plan: Plan, pack: Pack, form: str, language: Language) -> tuple[CopyText, ...]:
    """Every question of a form, in the guideline's order. Raises UnknownForm."""
    asked = next((each for each in pack.forms if each.id == form), None)
    if asked is None:
        raise UnknownForm(form, ", ".join(each.id for each in pack.forms))
    return tuple(
        _of(plan, pack, f"{form}.{field.id}", group.title, field, language)
        for group in asked.groups
        for field in group.fields
    )


def _of(plan: Plan, pack: Pack, item: str, group: LocalText, field: Field, language: Language) -> CopyText:
    answer = plan.answer(item)
    if field.bilingual:
        said, written_in = _text(plan, field, answer.text, language)
    else:
        said, written_in = _value(plan, pack, field, answer.value, language), ""
    files = tuple(
        f"{render(Message('exchange.copy.file', number=str(place)), language)} – {file.name}"
        for place, file in enumerate(plan.evidence, 1)
        if any(claim.item == item and not claim.scope for claim in file.claims)
    )
    return CopyText(item, group, field.label, said, written_in, files, field.max_words)


def _text(plan: Plan, field: Field, text: Text, language: Language) -> tuple[str, str]:
    """The text in the language asked for, else in another; and which that is."""
    found = text.read(language.value, plan.source_language)
    code = next((code for code, value in text.values.items() if value == found), "")
    plain = richtext.plain_text(found) if field.type == "rich_text" else found
    return "\n".join(line.rstrip() for line in plain.strip().splitlines()), code


def _value(plan: Plan, pack: Pack, field: Field, value: Value, language: Language) -> str:
    if value is None or value in ("", ()):
        return ""
    shown = show(field.type, value, language, options(field, plan, pack))
    if field.type == "rupiah" and isinstance(value, int):
        shown = number(value, language)
    unit = field.unit.read(language) or ("%" if field.type == "percent" else "")
    gap = "" if unit == "%" else " "
    return f"{shown}{gap}{unit}".strip() if unit else shown


def whole(texts: tuple[CopyText, ...], language: Language) -> str:
    """All questions one after the other, under the headings of their groups."""
    parts: list[str] = []
    group = ""
    for each in texts:
        title = each.group.read(language)
        if title != group:
            parts.append(title.upper())
            group = title
        parts.append(each.block(language))
    return "\n\n".join(parts) + "\n"
