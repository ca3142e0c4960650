"""A value from the question of one guideline to the question of another, where it can be said there."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from desktop.base import richtext
from desktop.guideline.mapping import Crossing
from desktop.guideline.pack import Field
from desktop.workspace.moving.slots import NOTHING, Content
from desktop.workspace.plan import Text, Value, text_hash

_TEXTS = {"text", "long_text", "rich_text"}
_FIGURES = {"integer", "decimal", "rupiah", "percent", "year"}
_WHOLE = {"integer", "rupiah", "year"}


class Carrier:
    """Carries contents over a crossing; ``rows`` says which row of the workspace becomes which."""

    def __init__(self, crossing: Crossing, rows: dict[str, str], source: str) -> None:
        self._crossing, self._rows, self._source = crossing, rows, source

    def carry(self, item: str, into: str, content: Content) -> Content:
        """What the answer to ``item`` says as an answer to ``into``; nothing where it cannot."""
        here, there = self._crossing.here.field(item), self._crossing.there.field(into)
        if here is None or there is None or there.difference:
            return NOTHING
        if here.type in _TEXTS and there.type in _TEXTS:
            return self._text(here, there, content)
        value = self._value(here, there, (item, into), content.value)
        return Content(value, Text(), content.origin) if value is not None else NOTHING

    def _text(self, here: Field, there: Field, content: Content) -> Content:
        values = dict(content.text.values)
        if not here.bilingual and isinstance(content.value, str):
            values = {self._source: content.value}
        if (here.type == "rich_text") != (there.type == "rich_text"):
            values = {language: _reshaped(words, there) for language, words in values.items()}
        elif there.type == "text" and here.type == "long_text":
            values = {language: " ".join(words.split()) for language, words in values.items()}
        if there.bilingual:
            return Content(None, Text(values, self._made_from(content.text, values)), content.origin)
        one = Text(values).read(self._source, self._source)
        return Content(one or None, Text(), content.origin)

    def _made_from(self, before: Text, values: dict[str, str]) -> dict[str, str]:
        """What each translation was made from: one that was up to date stays so in its new shape."""
        source = values.get(self._source, "")
        return {
            language: made if before.stale(language, self._source) else text_hash(source)
            for language, made in before.made_from.items()
        }

    def _value(self, here: Field, there: Field, items: tuple[str, str], value: Value) -> Value:
        if here.type in _FIGURES and there.type in _FIGURES:
            return _figure(value, whole=there.type in _WHOLE)
        if {here.type, there.type} <= {"choice", "choices"}:
            return self._choice(there, items, value)
        if here.type in {"dimension", "sub_dimension"} and there.type in {"dimension", "sub_dimension"}:
            image = self._crossing.any_dimension(value) if isinstance(value, str) else ""
            known = (
                self._crossing.there.dimension
                if there.type == "dimension"
                else self._crossing.there.sub_dimension
            )
            return image if image and known(image) else None
        if here.type == there.type == "row":
            return self._rows.get(value, value) if isinstance(value, str) else None
        return value if here.type == there.type else None

    def _choice(self, there: Field, items: tuple[str, str], value: Value) -> Value:
        chosen = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
        images = [self._crossing.choice(*items, each) for each in chosen]
        if there.type == "choice":
            return images[0] if len(images) == 1 and images[0] else None
        # a part of what was chosen would say something else than all of it
        return tuple(sorted(set(images))) if images and all(images) else None


def _reshaped(words: str, there: Field) -> str:
    """Plain words as a text with marks, or the words of such a text."""
    if there.type == "rich_text":
        return richtext.from_plain(words)
    plain = richtext.plain_text(words)
    return " ".join(plain.split()) if there.type == "text" else plain


def _figure(value: Value, *, whole: bool) -> Value:
    """A whole number or a decimal as text, as the other question keeps it; nothing lost on the way."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    if not whole:
        return value if isinstance(value, str) else format(number, "f")
    return int(number) if number == number.to_integral_value() else None
