"""Why a pack cannot be used: the file, the key, what is wrong there and what mends it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.base import Message, RancangError


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a pack.

    ``key`` is the place inside the pack (``forms[2].groups[0].fields[1].type``), empty when the whole
    file or container is meant.
    """

    file: str
    key: str
    problem: Message
    remedy: Message

    @property
    def message(self) -> Message:
        """The whole sentence: file, key, problem, remedy."""
        if self.key:
            return Message(
                "guideline.broken.key", file=self.file, key=self.key, problem=self.problem, remedy=self.remedy
            )
        return Message("guideline.broken.file", file=self.file, problem=self.problem, remedy=self.remedy)


class BrokenPack(RancangError):
    """A guideline pack that is refused; ``faults`` holds all that were found, the first is the message."""

    exit_code = 1

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(faults[0].message)
        self.faults = faults

    @property
    def file(self) -> str:
        """The file inside the pack (or the pack itself) that the first fault is about."""
        return self.faults[0].file

    @property
    def key(self) -> str:
        """The key the first fault is about; empty for the whole file."""
        return self.faults[0].key


def broken(file: str, key: str, problem: Message, remedy: Message) -> BrokenPack:
    """A refusal with a single fault."""
    return BrokenPack((Fault(file, key, problem, remedy),))
