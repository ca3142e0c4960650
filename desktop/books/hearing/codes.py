"""Codes that stand readably on an input sheet, so that it is recognised whatever program or hand filled it.

A sheet's code names workspace, language and stakeholder; a programme's code its number on the sheet and the
end of its id. Hidden marks get lost when a sheet goes through another program, a chat or a printer; words on
paper do not.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.base import Language

NOBODY = "0" * 10
"""Stands for the stakeholder on a sheet that anybody may fill in."""
_SHEET = re.compile(r"MSK-(ID|EN)-([0-9A-F]{8})-([0-9A-F]{10})-([0-9A-F]{4})", re.IGNORECASE)
_PROGRAMME = re.compile(r"(?<![\w-])(\d{1,4})-([0-9A-F]{4,32})(?![\w-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SheetCode:
    """What a sheet’s code says: the ends of two ids, whose beginnings are only a time."""

    language: Language
    workspace: str
    stakeholder: str
    """Empty where the sheet is nobody's in particular."""

    def is_of(self, workspace: str) -> bool:
        """Whether the sheet was made from this workspace."""
        return workspace.endswith(self.workspace)


def sheet_code(workspace: str, stakeholder: str, language: Language) -> str:
    """The code printed on a sheet (``MSK-ID-0198ABCD-1A2B3C4D5E-9F01``)."""
    body = f"MSK-{language.value}-{workspace[-8:]}-{stakeholder[-10:] or NOBODY}".upper()
    return f"{body}-{_proof(body)}"


def _proof(body: str) -> str:
    return f"{zlib.crc32(body.encode()) & 0xFFFF:04X}"


def read_sheet_code(text: str) -> SheetCode | None:
    """The first right code in a text; one with a letter typed wrongly is none."""
    for found in _SHEET.finditer(text):
        whole = found[0].upper()
        if _proof(whole[:-5]) == whole[-4:]:
            stakeholder = "" if found[3] == NOBODY else found[3].lower()
            return SheetCode(Language(found[1].lower()), found[2].lower(), stakeholder)
    return None


def programme_codes(ids: Iterable[str]) -> dict[str, str]:
    """The code of each programme by its id, in the order given: ``7-1A2B``, longer where ends are alike."""
    ordered = list(ids)
    length = 4
    while length < 32 and max(Counter(each[-length:] for each in ordered).values(), default=1) > 1:
        length += 4
    return {each: f"{number}-{each[-length:].upper()}" for number, each in enumerate(ordered, 1)}


def read_programme_code(text: str) -> str:
    """The end of the id in a programme's code, or nothing."""
    found = _PROGRAMME.search(text)
    return found[2].lower() if found else ""
