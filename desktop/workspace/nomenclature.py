"""The user's own list of nomenclature codes (*nomenklatur*): kept whole in the workspace, searched by word.

The ministry changes its list every year and nobody may ship it, so a region takes in what it exported
itself. The list lies in the workspace as one blob, outside the journal as evidence does; the journal
names it by its SHA-256 (``plan.nomenclature``).
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from desktop.base.errors import RancangError
from desktop.base.message import Message

HEAD = "rancang-nomenclature 1"
"""The first line of a list as it is kept; what begins otherwise is none."""
LARGEST = 64 * 1024 * 1024
"""Bytes of a list when it is unpacked: ten times the whole national one."""

_WORD = re.compile(r"[^\W_]+")
_CODE = re.compile(r"[0-9Xx][0-9Xx.]*")


class NotAList(RancangError):
    """The bytes that the workspace names are no list of codes."""

    def __init__(self) -> None:
        super().__init__(Message("workspace.nomenclature.broken"))


class Entry(NamedTuple):
    """A code with what the list calls it."""

    code: str
    title: str


LEVELS = {1: "field", 2: "division", 3: "programme", 5: "activity", 6: "sub_activity"}
"""What a code names, by how many parts it has (facts: urusan.bidang.program.kegiatan.subkegiatan)."""


def level_of(code: str) -> str:
    """``field`` (urusan), ``division`` (bidang), ``programme``, ``activity``, ``sub_activity``, or empty.

    A code of an activity has the level of government as its fourth part, so no code has four parts.
    """
    return LEVELS.get(code.count(".") + 1, "") if code else ""


def pack_list(entries: Iterable[Entry]) -> bytes:
    """A list as it is kept: sorted lines of code and title, each code once, compressed."""
    lines = [HEAD, *(f"{code}\t{' '.join(title.split())}" for code, title in sorted(dict(entries).items()))]
    return zlib.compress("\n".join(lines).encode(), 9)


def unpack_list(data: bytes) -> tuple[Entry, ...]:
    """The entries of a kept list, by code. Raises NotAList."""
    try:
        reader = zlib.decompressobj()
        text = reader.decompress(data, LARGEST).decode()
    except (zlib.error, UnicodeDecodeError) as error:
        raise NotAList from error
    head, _, body = text.partition("\n")
    if head != HEAD or not reader.eof:
        raise NotAList
    return tuple(Entry(*line.split("\t", 1)) for line in body.split("\n") if "\t" in line)


class CodeList:
    """A list of codes; it is unpacked when it is first looked into (20,000 codes: some 20 ms)."""

    def __init__(self, name: str = "", sha256: str = "", data: bytes = b"") -> None:
        self.name = name
        self.sha256 = sha256
        self._data = data

    @classmethod
    def of(cls, entries: Iterable[Entry], name: str = "") -> CodeList:
        """A list that is in no workspace: the guideline's few samples."""
        return cls(name, "", pack_list(entries))

    def __bool__(self) -> bool:
        return bool(self._data)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CodeList) and (self.sha256, self.name) == (other.sha256, other.name)

    def __hash__(self) -> int:
        return hash(self.sha256)

    def __reduce__(self) -> tuple[object, ...]:
        return CodeList, (self.name, self.sha256, self._data)

    def __len__(self) -> int:
        return len(self.titles)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every code with its title, sorted by code; none where the bytes are no list."""
        if not self._data:
            return ()
        try:
            return unpack_list(self._data)
        except NotAList:
            return ()

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The title of each code."""
        return dict(self.entries)

    @cached_property
    def _folded(self) -> list[str]:
        return [f" {' '.join(_WORD.findall(entry.title.casefold()))}" for entry in self.entries]

    @cached_property
    def _codes(self) -> list[str]:
        return [entry.code for entry in self.entries]

    @cached_property
    def _all(self) -> list[int]:
        return list(range(len(self.entries)))

    @cached_property
    def _places(self) -> Mapping[str, list[int]]:
        """Where the codes of each level are."""
        places: dict[str, list[int]] = defaultdict(list)
        for at, code in enumerate(self._codes):
            places[level_of(code)].append(at)
        return places

    def prepare(self) -> CodeList:
        """Unpack it and make it quick to search: for a thread that has nothing else to do."""
        if self.entries:
            self.titles, self._folded, self._places  # noqa: B018 - made once, here
        return self

    def title(self, code: str) -> str:
        """What the list calls a code, or nothing."""
        return self.titles.get(code.strip(), "")

    def search(self, typed: str, level: str = "", limit: int = 30) -> tuple[Entry, ...]:
        """The codes that begin with what was typed, else those whose title has all its words.

        Codes of the wanted ``level`` come first, then titles in which words begin as typed.
        """
        typed = typed.strip()
        if not typed:
            return ()
        if _CODE.fullmatch(typed):
            found = list(self._beginning(typed.upper(), limit * 20))
            found.sort(key=lambda entry: (level_of(entry.code) != level, entry.code) if level else entry.code)
            return tuple(found[:limit])
        return tuple(self._with_words(_WORD.findall(typed.casefold()), level, limit))

    def _beginning(self, start: str, most: int) -> Iterator[Entry]:
        at = bisect_left(self._codes, start)
        for entry in self.entries[at : at + most]:
            if not entry.code.startswith(start):
                return
            yield entry

    def _with_words(self, words: list[str], level: str, limit: int) -> list[Entry]:
        """Best first: of the level and begun as typed, of the level, begun as typed, the others."""
        found: dict[int, None] = {}
        begin = [f" {word}" for word in words]
        places = [self._places.get(level, []), self._all] if level else [self._all]
        for among in places if words else ():
            for parts in (begin, words):
                first, *others = parts
                for at in among:
                    text = self._folded[at]
                    if first in text and all(part in text for part in others):
                        found[at] = None
                        if len(found) == limit:
                            return [self.entries[each] for each in found]
        return [self.entries[each] for each in found]


NO_CODES = CodeList()
"""No list at all."""
