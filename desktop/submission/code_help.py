"""The codes of the verifier as a topic of the help, written from their table each time it is read."""

from __future__ import annotations

from itertools import groupby

from desktop.base import Language, Message, manual, render
from desktop.submission.codes import TABLE, Code

TOPIC = "codes"


def offer() -> None:
    """Put the topic into the help, behind the one about verifying."""
    manual.provide(TOPIC, "verifying", topic)


def topic(language: Language) -> str:
    """Every code with meaning and remedy, by group, as Markdown."""
    parts = [f"# {render(Message('submission.codes.title'), language)}"]
    parts.append(render(Message("submission.codes.intro"), language))
    for group, rows in groupby(TABLE, key=lambda row: row.group):
        parts.append(f"## {render(group.message, language)}")
        parts += [entry(row, language) for row in rows]
    return "\n\n".join(parts) + "\n"


def entry(row: Code, language: Language) -> str:
    """One code as a part of the topic."""
    remedy = render(Message("submission.codes.remedy", remedy=row.remedy), language)
    return f"### {row.code}\n\n{render(row.meaning, language)} {remedy}"
