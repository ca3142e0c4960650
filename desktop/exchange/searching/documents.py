"""What is searched: every text of a workspace and every label of its guideline, one document each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from desktop.base import LocalText, Message
from desktop.base.richtext import plain_text
from desktop.exchange.values import PICKED, TEXTS
from desktop.guideline import Guideline
from desktop.guideline.pack import Field, Pack
from desktop.workspace.texts import Written

GUIDELINE = "guideline"
"""What stands for the table in documents that are the guideline's own words."""


class Kind(StrEnum):
    """What a result is; results are listed by it."""

    PROGRAMME = "programme"
    CHAPTER = "chapter"
    FORM = "form"
    WORKSHEET = "worksheet"
    EVIDENCE = "evidence"
    COMMENT = "comment"
    PEOPLE = "people"
    MOVEMENT = "movement"
    HEARING = "hearing"
    REGION = "region"
    TASK = "task"
    GUIDELINE = "guideline"


NAMES: Mapping[Kind, Message] = {
    Kind.PROGRAMME: Message("exchange.search.programme"),
    Kind.CHAPTER: Message("exchange.search.chapter"),
    Kind.FORM: Message("exchange.search.form"),
    Kind.WORKSHEET: Message("exchange.search.worksheet"),
    Kind.EVIDENCE: Message("exchange.search.evidence"),
    Kind.COMMENT: Message("exchange.search.comment"),
    Kind.PEOPLE: Message("exchange.search.people"),
    Kind.MOVEMENT: Message("exchange.search.movement"),
    Kind.HEARING: Message("exchange.search.hearing"),
    Kind.REGION: Message("exchange.search.region"),
    Kind.TASK: Message("exchange.search.task"),
    Kind.GUIDELINE: Message("exchange.search.guideline"),
}
WEIGHTS: Mapping[Kind, float] = {
    Kind.PROGRAMME: 1.4, Kind.CHAPTER: 1.2, Kind.EVIDENCE: 1.2, Kind.COMMENT: 1.1, Kind.GUIDELINE: 0.6,
}  # fmt: skip
"""How much sooner a kind comes than how well it answers says (1 where it is not named)."""
_KINDS = {
    "plan": Kind.REGION, "figure": Kind.REGION, "agency": Kind.PEOPLE, "person": Kind.PEOPLE,
    "programme": Kind.PROGRAMME, "rpjmd_ceiling": Kind.PROGRAMME, "indicator": Kind.PROGRAMME,
    "activity": Kind.PROGRAMME, "sub_activity": Kind.PROGRAMME, "risk": Kind.PROGRAMME,
    "evidence": Kind.EVIDENCE, "cell": Kind.WORKSHEET, "set_aside": Kind.TASK, "comment": Kind.COMMENT,
    "deadline": Kind.TASK, "duty": Kind.TASK, "initial": Kind.TASK, "suggestion": Kind.COMMENT,
    "decree": Kind.MOVEMENT, "body": Kind.MOVEMENT, "member": Kind.MOVEMENT, "meeting": Kind.MOVEMENT,
    "attendance": Kind.MOVEMENT, "session_output": Kind.MOVEMENT, "stakeholder": Kind.HEARING,
    "input": Kind.HEARING, "score": Kind.TASK,
}  # fmt: skip
_TITLES = frozenset(
    {
        ("plan", "title"), ("agency", "name"), ("agency", "short_name"), ("agency", "code"),
        ("person", "name"), ("programme", "title"), ("programme", "code"), ("indicator", "name"),
        ("activity", "title"), ("activity", "code"), ("sub_activity", "title"), ("sub_activity", "code"),
        ("risk", "title"), ("evidence", "name"), ("decree", "title"), ("decree", "number"),
        ("body", "name"), ("meeting", "title"), ("stakeholder", "name"),
    }
)  # fmt: skip
"""What a row is called: found there, it answers better than in a long text."""
_KEPT = (
    "item", "scope", "row", "column", "language", "programme", "indicator", "activity", "page", "ref",
    "table", "field", "evidence", "agency", "owner", "input", "block", "step",
)  # fmt: skip
"""The fields of a row by which it is found in the window again."""
_SAID_BY = ("comment", "suggestion")


@dataclass(frozen=True, slots=True)
class Document:
    """One text that can be found."""

    kind: Kind
    table: str
    row: str
    field: str
    title: str
    body: str
    facts: Mapping[str, Any]


class Documents:
    """Makes documents of what is written; its guideline knows what is a text and what a choice."""

    def __init__(self, pack: Pack) -> None:
        self._guideline = Guideline(pack)

    def of(self, written: Written) -> Document | None:
        """The document of one register; None where nobody would look for what stands there."""
        table, name = written.table, written.field.partition(":")[0]
        kind, text = _KINDS.get(table, Kind.FORM), ""
        facts = {key: written.facts[key] for key in _KEPT if written.facts.get(key)}
        if table == "answer":
            item = str(facts.get("item") or "")
            kind = self._kind_of(item, str(facts.get("scope") or ""))
            rich = item.startswith("chapter.")
            text = self._text(self._guideline.field(item), written.value, rich=rich)
        elif table == "cell":
            column = f"{written.facts.get('worksheet') or ''}.{facts.get('column') or ''}"
            text = self._text(self._guideline.field(column), written.value)
        else:
            text = _plain(written.value)
            if table in _SAID_BY and written.facts.get("author"):
                # so that a remark is found by whoever made it
                text = f"{text} \N{EM DASH} {written.facts['author']}"
        if not text.strip():
            return None
        titled = (table, name) in _TITLES
        return Document(
            kind, table, written.row, written.field, text if titled else "", "" if titled else text, facts
        )

    def _kind_of(self, item: str, scope: str) -> Kind:
        if item.startswith("chapter."):
            return Kind.CHAPTER
        return Kind.PROGRAMME if scope else Kind.FORM

    def _text(self, field: Field | None, value: Any, *, rich: bool = False) -> str:
        if field is not None and field.type not in TEXTS:
            labels = {choice.id: choice.label for choice in field.choices}
            chosen = value if isinstance(value, list) else [value]
            if labels:
                return " \N{MIDDLE DOT} ".join(_both(labels[each]) for each in chosen if each in labels)
            if field.type in PICKED:
                return ""  # a row chosen is found by its own name
        rich = rich or (field is not None and field.type == "rich_text")
        return _plain(value, rich=rich)


def _both(label: LocalText) -> str:
    return " / ".join(dict.fromkeys(text for text in label.texts.values() if text))


def _plain(value: Any, *, rich: bool = False) -> str:
    """A value as a reader sees it; yes and no are nothing anybody looks for."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, list):
        return " \N{MIDDLE DOT} ".join(str(each) for each in value if not isinstance(each, bool))
    if isinstance(value, dict):
        return ""
    text = str(value)
    if rich or text.startswith(("<p", "<ul", "<ol", "<h", "<table")):
        return plain_text(text)
    return text
