"""The form of nomenclature codes (*kode nomenklatur*): whether a code has it, and which part is wrong.

Only the form is the guideline's: the list of codes changes with every decree (Permendagri 90/2019,
Kepmendagri 050-3708/2020 and later), so a region takes in its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache

from desktop.base import Message
from desktop.base.message import Param

_SPLIT = re.compile(r"\\\.")
_PARTS = (
    Message("guideline.code.part.field"),
    Message("guideline.code.part.division"),
    Message("guideline.code.part.programme"),
    Message("guideline.code.part.government"),
    Message("guideline.code.part.activity"),
    Message("guideline.code.part.sub_activity"),
)
"""urusan.bidang.program.kewenangan.kegiatan.subkegiatan (facts: Permendagri 90/2019)."""
_NATIONAL = "2.16.01"
"""A programme of the national nomenclature: only where it fits do the parts of a code bear these names."""


class CodeForms:
    """The forms that a guideline allows; without any, every code will do."""

    def __init__(self, patterns: Iterable[str], samples: Iterable[str] = ()) -> None:
        self._whole: list[re.Pattern[str]] = []
        self._parts: list[list[re.Pattern[str]]] = []
        self._samples = tuple(samples)
        for pattern in patterns:
            with suppress(re.error):
                self._whole.append(re.compile(pattern))
                self._parts.append(
                    [re.compile(part) for part in _SPLIT.split(pattern.removeprefix("^").removesuffix("$"))]
                )
        self._national = any(form.fullmatch(_NATIONAL) for form in self._whole)

    def fits(self, code: str) -> bool:
        """Whether a code has one of the forms."""
        return not self._whole or any(form.fullmatch(code) for form in self._whole)

    def wrong(self, code: str) -> Message | None:
        """Which part of a code is wrong, in a sentence with a right one beside it; None if it fits."""
        if self.fits(code):
            return None
        parts = code.split(".")
        best = max((self._right(form, parts) for form in self._parts), default=0)
        if best < len(parts) and not any(
            len(form) == len(parts) and self._right(form, parts) == best for form in self._parts
        ):
            longest = max(map(len, self._parts), default=0)
            if len(parts) > longest:
                return Message("guideline.code.long", code=code, parts=len(parts), most=longest)
        if best >= len(parts):
            return self._short(code, len(parts))
        values: dict[str, Param] = {"code": code, "place": best + 1, "part": parts[best] or "-"}
        sample = self._sample(best + 1)
        if not self._national or best >= len(_PARTS):
            if sample:
                return Message("guideline.code.other", **values, sample=sample)
            return Message("guideline.code.other_only", **values)
        values["name"] = _PARTS[best]
        if sample:
            return Message("guideline.code.part", **values, sample=sample)
        return Message("guideline.code.part_only", **values)

    def _short(self, code: str, n: int) -> Message:
        more = sorted({len(form) for form in self._parts if len(form) > n})
        sample = self._sample(more[0] if more else n)
        return Message(
            "guideline.code.short", code=code, parts=n, least=more[0] if more else n, sample=sample
        )

    @staticmethod
    def _right(form: list[re.Pattern[str]], parts: list[str]) -> int:
        """How many parts from the front are as the form wants them."""
        for at, (wanted, part) in enumerate(zip(form, parts, strict=False)):
            if not wanted.fullmatch(part):
                return at
        return min(len(form), len(parts))

    def _sample(self, least: int) -> str:
        """The shortest code of the guideline's samples with that many parts."""
        long = (code for code in self._samples if code.count(".") + 1 >= least)
        return min(long, key=lambda code: (code.count("."), code), default="")


@lru_cache(maxsize=8)
def code_forms(patterns: tuple[str, ...], samples: tuple[str, ...] = ()) -> CodeForms:
    """The forms of a guideline, compiled once."""
    return CodeForms(patterns, samples)
