"""Why a JSON value does not fit its type: msgspec's error texts turned into a key and sentences."""

from __future__ import annotations

import difflib
import re
from typing import Any

from msgspec import inspect

from desktop.base import Message
from desktop.guideline.broken import Fault

TEXT_SHAPE, TEXT_NO_ID, TEXT_EMPTY = "text-shape", "text-no-id", "text-empty"
"""What the decoder of texts says, understood below."""

_ERROR = re.compile(r"(?P<what>.*?)(?: - at `(?:key` in `)?(?P<path>\$[^`]*)`)?\Z", re.DOTALL)
_STEP = re.compile(r"\[(\d+|\.\.\.)\]|\.([^.\[]+)")
_NAMED = re.compile(r"Object (missing required|contains unknown) field `(.*)`", re.DOTALL)
_KINDS = re.compile(r"Expected `([^`]*)`(?:, got `([^`]*)`)?")
_JSON_KIND = {
    "str": Message("guideline.kind.text"),
    "int": Message("guideline.kind.number"),
    "bool": Message("guideline.kind.boolean"),
    "array": Message("guideline.kind.list"),
    "object": Message("guideline.kind.object"),
    "null": Message("guideline.kind.null"),
}


def explain(file: str, raw: Any, kind: Any, error: str, place: str = "") -> Fault:
    """The fault that a msgspec ValidationError of ``raw`` against ``kind`` means, with its exact key.

    ``place`` is the key of ``raw`` itself where it is not the whole file.
    """
    match = _ERROR.fullmatch(error)
    what, path = (match["what"], match["path"] or "$") if match else (error, "$")
    steps = _resolve(raw, path)
    key = (place or file) + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    value = _at(raw, steps)
    problem, remedy, last = _sentences(what, value, _type_at(kind, steps))
    return Fault(f"{file}.json", f"{key}.{last}" if last else key, problem, remedy)


def _sentences(what: str, value: Any, kind: inspect.Type | None) -> tuple[Message, Message, str]:
    """Problem, remedy and, when a key inside the object is meant, that key."""
    named = _NAMED.match(what)
    if named:
        return (*_about_key(named[2], missing=named[1].startswith("missing"), kind=kind), named[2])
    if what in {TEXT_SHAPE, TEXT_NO_ID, TEXT_EMPTY}:
        return (*_about_text(what, value), "id" if what == TEXT_NO_ID else "")
    if what.startswith("Invalid enum value"):
        allowed = [str(name) for name in kind.values] if isinstance(kind, inspect.LiteralType) else []
        problem = Message("guideline.problem.not_allowed", value=str(value)[:80])
        return problem, _one_of(str(value), allowed), ""
    if "matching regex" in what or "length" in what:
        return (
            Message("guideline.problem.id_form", value=str(value)[:80]),
            Message("guideline.remedy.id_form"),
            "",
        )
    kinds = _KINDS.match(what)
    if kinds and kinds[2]:
        found = _JSON_KIND.get(kinds[2], Message("guideline.kind.other", name=kinds[2]))
        problem = Message("guideline.problem.wrong_kind", expected=_expected(kinds[1]), found=found)
        return problem, Message("guideline.remedy.wrong_kind", expected=_expected(kinds[1])), ""
    if kinds:
        return Message("guideline.problem.out_of_range"), Message("guideline.remedy.out_of_range"), ""
    return Message("guideline.problem.other", reason=what), Message("guideline.remedy.schema"), ""


def _about_key(name: str, *, missing: bool, kind: inspect.Type | None) -> tuple[Message, Message]:
    if missing:
        return Message("guideline.problem.key_missing", key=name), Message(
            "guideline.remedy.key_missing", key=name
        )
    known = [field.encode_name for field in kind.fields] if isinstance(kind, inspect.StructType) else []
    return Message("guideline.problem.key_unknown", key=name), _one_of(name, known)


def _about_text(what: str, value: Any) -> tuple[Message, Message]:
    if what == TEXT_SHAPE:
        found = Message("guideline.kind.text") if isinstance(value, str) else Message("guideline.kind.mixed")
        problem = Message(
            "guideline.problem.wrong_kind", expected=Message("guideline.kind.texts"), found=found
        )
        return problem, Message("guideline.remedy.texts")
    if what == TEXT_NO_ID:
        return Message("guideline.problem.text_without_id"), Message("guideline.remedy.text_without_id")
    return Message("guideline.problem.text_empty"), Message("guideline.remedy.text_empty")


def _one_of(found: str, allowed: list[str]) -> Message:
    near = difflib.get_close_matches(found, allowed, n=1)
    if near:
        return Message("guideline.remedy.did_you_mean", name=near[0])
    return Message("guideline.remedy.one_of", names=", ".join(sorted(allowed)))


def _expected(kinds: str) -> Message:
    """``str | null`` as the words for its first kind that people write."""
    first = next((part.strip() for part in kinds.split("|") if part.strip() != "null"), kinds)
    return _JSON_KIND.get(first, Message("guideline.kind.other", name=first))


def _resolve(raw: Any, path: str) -> list[str | int]:
    """The steps of msgspec's path; where it writes ``[...]`` for any key, the first one that can be meant."""
    steps: list[str | int] = []
    for index, name in _STEP.findall(path[1:]):
        if name:
            steps.append(name)
        elif index != "...":
            steps.append(int(index))
        else:
            inner = _at(raw, steps)
            steps += _odd_ones(inner)[:1] if isinstance(inner, dict) else []
    return steps


def _odd_ones(free: dict[str, Any]) -> list[str]:
    """The keys of a free-keyed object in the order in which their values look wrong."""
    nested = any(isinstance(value, dict) for value in free.values())
    odd = [
        key for key, value in free.items() if not _plain(value) or (nested and not isinstance(value, dict))
    ]
    return odd or [key for key, value in free.items() if type(value) is not int] or list(free)


def _plain(value: Any) -> bool:
    """Whether a free-keyed object of a pack (rule parameters, weights) may hold this value."""
    match value:
        case dict():
            return all(isinstance(item, int) and not isinstance(item, bool) for item in value.values())
        case list():
            return all(isinstance(item, str) for item in value)
        case _:
            return isinstance(value, str | int)


def _at(raw: Any, steps: list[str | int]) -> Any:
    for step in steps:
        match raw:
            case dict() if step in raw:
                raw = raw[step]
            case list() if isinstance(step, int) and step < len(raw):
                raw = raw[step]
            case _:
                return None
    return raw


def _type_at(kind: Any, steps: list[str | int]) -> inspect.Type | None:
    """What msgspec expects at the end of the steps, as far as it can be followed."""
    here: inspect.Type | None = inspect.type_info(kind)
    for step in steps:
        here = _inside(_not_null(here), step)
    return _not_null(here)


def _inside(kind: inspect.Type | None, step: str | int) -> inspect.Type | None:
    match kind:
        case inspect.StructType():
            return next((field.type for field in kind.fields if field.encode_name == step), None)
        case inspect.VarTupleType():
            return kind.item_type
        case inspect.DictType():
            return kind.value_type
        case _:
            return None


def _not_null(kind: inspect.Type | None) -> inspect.Type | None:
    if isinstance(kind, inspect.UnionType):
        return next((part for part in kind.types if not isinstance(part, inspect.NoneType)), None)
    return kind
