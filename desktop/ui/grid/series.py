"""What a fill handle writes: numbers and years go on by their step, other cells are repeated."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from decimal import Decimal

_NUMBERED = re.compile(r"^(.*?)(\d{1,9})$", re.DOTALL)
STEPPING = frozenset({"integer", "decimal", "rupiah", "percent", "year"})
Read = Callable[[str], "Decimal | None"]
Write = Callable[[Decimal], str]


def continued(
    seed: Sequence[str], count: int, *, backwards: bool, kind: str, read: Read, write: Write
) -> list[str]:
    """``count`` further texts after ``seed`` (before it when ``backwards``), nearest first.

    Two or more numbers go on by their step where the steps are equal; one year goes on year by year; a
    text that ends in a number counts on (Tahap 1, Tahap 2); everything else is repeated from its start.
    """
    if not seed or count <= 0:
        return []
    given = list(reversed(seed)) if backwards else list(seed)
    if kind in STEPPING:
        numbers = [read(text) for text in given]
        if all(number is not None for number in numbers):
            return _stepped([n for n in numbers if n is not None], count, backwards, kind, write)
    if kind in {"text", "long_text"} and (counted := _counted(given, count, backwards=backwards)):
        return counted
    return [given[place % len(given)] for place in range(count)]


def _stepped(numbers: list[Decimal], count: int, backwards: bool, kind: str, write: Write) -> list[str]:
    if len(numbers) == 1:
        # Excel repeats a single number; a single year is nearly always the first of several.
        step = Decimal(0 if kind != "year" else -1 if backwards else 1)
    else:
        steps = {after - before for before, after in itertools.pairwise(numbers)}
        if len(steps) > 1:
            return [write(numbers[place % len(numbers)]) for place in range(count)]
        step = steps.pop()
    return [write(numbers[-1] + step * (place + 1)) for place in range(count)]


def _counted(given: list[str], count: int, *, backwards: bool) -> list[str]:
    """Texts that end in a number, counted on; nothing where they are not alike."""
    found = [_NUMBERED.match(text) for text in given]
    parts = [(each.group(1), int(each.group(2)), len(each.group(2))) for each in found if each]
    if len(parts) < len(given) or len({head for head, _, _ in parts}) > 1 or not parts[0][0].strip():
        return []
    numbers = [number for _, number, _ in parts]
    steps = {after - before for before, after in itertools.pairwise(numbers)} or {-1 if backwards else 1}
    if len(steps) > 1:
        return []
    step, width = steps.pop(), parts[-1][2]
    wanted = [numbers[-1] + step * (place + 1) for place in range(count)]
    if min(wanted) < 0:
        return []
    return [f"{parts[0][0]}{number:0{width}d}" for number in wanted]
