"""What a person types to search: words begun, phrases in quotes; nothing they type is an error."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

LONGEST = 400
"""Letters of a query that are read."""
MOST_WORDS = 12
SHORTEST = 2
"""Letters the longest word must have: one letter finds everything and says nothing."""
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″＂", '"'))
_CHUNK = re.compile(r'"([^"]*)"?|([^\s"]+)')
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words that stand side by side; of one that is begun the last word may go on."""

    words: tuple[str, ...]
    begun: bool


@dataclass(frozen=True)
class Asked:
    """A query understood: every chunk must be found."""

    chunks: tuple[Chunk, ...]

    def __bool__(self) -> bool:
        return any(len(word) >= SHORTEST for chunk in self.chunks for word in chunk.words)

    @cached_property
    def expression(self) -> str:
        """As the index is asked; words hold letters and digits only, so nothing in them is an operator."""
        return " ".join(f'"{" ".join(chunk.words)}"{" *" * chunk.begun}' for chunk in self.chunks)

    @cached_property
    def marks(self) -> re.Pattern[str]:
        """Finds in a folded text what answers."""
        found = [
            r"[\W_]+".join(re.escape(fold(word)) for word in chunk.words)
            + (r"[^\W_]*" if chunk.begun else r"(?![^\W_])")
            for chunk in sorted(self.chunks, key=lambda each: -len(each.words))
        ]
        return re.compile(rf"(?<![^\W_])(?:{'|'.join(found)})" if found else r"(?!)")


def understood(typed: str) -> Asked:
    """Read what was typed. Within quotes words follow each other; outside, each may be only begun."""
    chunks: list[Chunk] = []
    count = 0
    for found in _CHUNK.finditer(typed[:LONGEST].translate(_QUOTES)):
        quoted, plain = found.groups()
        # a code or a hyphenated word ("1.02.01", "e-office") is what it is, and not its parts anywhere
        words = tuple(_WORD.findall(quoted if plain is None else plain))
        words = words[: MOST_WORDS - count]
        count += len(words)
        if words:
            chunks.append(Chunk(words, begun=plain is not None))
    return Asked(tuple(dict.fromkeys(chunks)))


def fold(text: str) -> str:
    """A text in small letters without accents, letter for letter as long as it was."""
    if text.isascii():
        return text.lower()
    return "".join(_folded(letter) for letter in text)


def _folded(letter: str) -> str:
    plain = unicodedata.normalize("NFKD", letter)[:1].lower()
    return plain if len(plain) == 1 else letter
