"""Do the texts say something of their own?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from desktop.base import Message
from desktop.checks.finding import Hit
from desktop.checks.reading import Reading, Written
from desktop.checks.registry import check_rule, narrowed, number
from desktop.checks.words import bare, is_filler, likeness, plain, says_nothing, word_count
from desktop.guideline.pack import Chapter, Field, Rule

ALIKE = 0.8
"""The share of neighbouring words from which two texts count as the same."""
_SAID = ("required_answers", "answer_present", "chapter_written", "programme_complete", "quick_win_aspects")


@check_rule("text_empty", yields_to=(*_SAID, "readiness_rated"))
def text_empty(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """No text is a mere filler: a dash, dots, "n/a", "tidak ada" (resources/checks/fillers.json)."""
    within = narrowed(rule)
    for written in reading.written:
        for language, text in written.text.values.items():
            if is_filler(text) and within(written.spot):
                message = Message("checks.text.filler", where=written.spot.where(), text=plain(text).strip())
                yield Hit(message, written.spot.place(language), written.spot.page)
    for asked in reading.asked:
        plain_value = not asked.field.bilingual and not asked.chosen and isinstance(asked.value, str)
        if plain_value and is_filler(str(asked.value)) and within(asked.spot):
            message = Message("checks.text.filler", where=asked.spot.where(), text=str(asked.value).strip())
            yield Hit(message, asked.spot.place(), asked.spot.page)


@check_rule("text_is_guidance", yields_to=("text_empty",))
def text_is_guidance(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """No text, and no paragraph of one, is the guideline's own help or example copied.

    Two texts count as the same when they share ``percent`` (80) of their neighbouring words. Wording that
    the guideline offers to be taken over (``standard``) is no copy.
    """
    threshold = number(rule, "percent", round(ALIKE * 100)) / 100
    within = narrowed(rule)
    for written in reading.written:
        guidance = tuple(text for entry in written.guidance for text in entry.texts.values() if text)
        if not guidance or not within(written.spot):
            continue
        standard = {bare(plain(text)) for text in written.standard.texts.values()}
        for language, text in written.text.values.items():
            if bare(plain(text)) not in standard and is_copied(plain(text), guidance, threshold):
                message = Message("checks.text.guidance", where=written.spot.where())
                yield Hit(message, written.spot.place(language), written.spot.page)


@lru_cache(maxsize=20_000)
def is_copied(text: str, guidance: tuple[str, ...], threshold: float = ALIKE) -> bool:
    """Whether a text or one of its paragraphs is one of the guideline's texts or of their sentences.

    Kept: the checks run after every edit, and all texts but one are as they were.
    """
    for candidate in {text, *text.splitlines()}:
        words = bare(candidate)
        # Fewer than four words coincide by chance ("Dinas Kominfo" may well be the guideline's example).
        if words.count(" ") < 3:
            continue
        for own in guidance:
            if words == bare(own):
                return True
            shorter, longer = sorted((len(words), len(own)))
            if shorter * 2 > longer and likeness(candidate, own) >= threshold:
                return True
    return False


@check_rule("text_too_short", yields_to=(*_SAID, "text_empty", "text_is_guidance"))
def text_too_short(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """A text is as long as asked: ``min_words`` of field or chapter, else ``words``."""
    otherwise = number(rule, "words", 0)
    within = narrowed(rule)
    for written in reading.written:
        least = written.min_words or (otherwise if written.chapter else 0)
        if least and written.text.has(reading.source) and within(written.spot):
            yield from _length(written, reading.source, least, 0)


@check_rule("text_too_long")
def text_too_long(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """A text has no more words than the guideline allows."""
    for written in reading.written:
        if written.max_words and written.text.has(reading.source):
            yield from _length(written, reading.source, 0, written.max_words)


def own_words(field: Field | Chapter, text: str) -> bool:
    """Whether a text says something, and something other than the guideline's own help or example."""
    if says_nothing(text):
        return False
    parts = (field.guidance,) if isinstance(field, Chapter) else (field.help, field.why, field.example)
    guidance = tuple(each for part in parts for each in part.texts.values() if each)
    said = plain(text)
    if guidance and bare(said) not in {bare(plain(each)) for each in field.standard.texts.values()}:
        return not is_copied(said, guidance)
    return True


def _length(written: Written, language: str, least: int, most: int) -> Iterator[Hit]:
    words = word_count(plain(written.text.values.get(language, "")))
    place, page = written.spot.place(language), written.spot.page
    if words < least:
        yield Hit(Message("checks.text.short", where=written.spot.where(), n=words, least=least), place, page)
    elif most and words > most:
        yield Hit(Message("checks.text.long", where=written.spot.where(), n=words, most=most), place, page)
