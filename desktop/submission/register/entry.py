"""One thing that was handed in, as the desk knows it: what it is, whose, and how it stands to others."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from desktop.base import Message
from desktop.submission.called import guideline_said
from desktop.submission.plainly import plain
from desktop.submission.register.by_the_desk import ACCEPTED
from desktop.submission.register.examine import Sort
from desktop.submission.register.heard import is_trial
from desktop.submission.register.reading import PlanSums, Signer, Told
from desktop.submission.register.running_out import ran_out
from desktop.submission.verdict import VerdictKind

UNSIGNED = "unsigned"
"""The result of what is no package: *tidak bertanda tangan, tidak lengkap*."""


class Basis(StrEnum):
    """How far the region of an entry can be relied on."""

    SIGNED = "signed"
    """The package says so, and its signatures hold."""
    CLAIMED = "claimed"
    """It says so itself, and nobody vouches for it."""
    GUESSED = "guessed"
    """A suggestion from the name of the file or folder: what it is given for counts for nothing."""
    NONE = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was handed in. Times are ISO 8601 in UTC, empty where there is none."""

    id: int
    path: str
    files: int
    sort: Sort
    result: str
    """A verdict, or ``unsigned``; with what the desk itself asks."""
    region: str
    region_name: str
    basis: Basis
    sha256: str = ""
    judged: str = ""
    """The verdict alone, of a package."""
    proven: bool = True
    """Whether it was read and judged here, and nothing was changed since."""
    package: str = ""
    previous: str = ""
    created_at: str = ""
    signed_at: str = ""
    fingerprint: str = ""
    """What stands on the printed pages (64 hexadecimal letters), where it can be computed."""
    first_seen: str = ""
    """When it was first read on this computer."""
    first_said: str = ""
    """When rows say that were not written here, where that is earlier or all there is."""
    came: str = ""
    """By which run of this computer's it was read first, in order; what was not comes after all that was."""
    guideline: str = ""
    guideline_version: str = ""
    first_year: int = 0
    last_year: int = 0
    awaited: bool = False
    """Whether the desk asks for its guideline, in this very version, and its computer does not have it."""
    open_mandatory: int | None = None
    late: bool | None = None
    """None when no signature claims a time, or no date was set."""
    reasons: tuple[Told, ...] = ()
    signers: tuple[Signer, ...] = ()
    plan: PlanSums | None = None
    vanished: bool = False
    """Whether its file is not there any more; what is known of it is kept."""
    replaced: str = ""
    """When another file was found at its place, where that is why."""
    copies: tuple[str, ...] = ()
    """Other places where the very same file lies."""
    since: tuple[str, str] | tuple[()] = ()
    """When the first of the files with the same signatures came, where there are others."""
    alike: tuple[tuple[str, str], ...] = ()
    """Files with the same signatures and other bytes, with the SHA-256 of each: all of what is heard."""
    follows: int = 0
    """The entry whose package this one follows; 0 = none, -1 = one that never came in."""
    current: bool = False
    """Whether this is the package that counts for its region."""
    rivals: tuple[int, ...] = ()
    """Other accepted packages of the region, without a word which follows which."""
    doubts: tuple[Message, ...] = ()
    """What is odd about whom it follows; a person has to look at it."""
    beside: int = 0
    """Files that lie beside the package and go with it: they are not listed by themselves."""
    attached: tuple[str, ...] = ()
    """What these are called, each on one line; of very many the first."""
    last_attached: str = ""
    """By which run of this computer's the last of them came; of what is no package, the last of its files."""
    papers: bool = False
    """Whether all of what is no package could go with one that came with it."""
    kinds: tuple[tuple[str, int], ...] = ()
    """What lies in a folder, by sort."""

    @property
    def name(self) -> str:
        """The file's or folder's own name, on one line: it may pretend to be more."""
        return plain(Path(self.path).name)

    @property
    def arrived(self) -> str:
        """When it came first by what there is to go by."""
        return self.first_seen or self.first_said

    @property
    def first_read(self) -> str:
        """When the first of the files with the same signatures was read on this computer."""
        return self.since[1] if self.first_seen and self.since else self.first_seen

    @property
    def accepted(self) -> bool:
        """Whether the package is valid, with notes or without."""
        return self.result in ACCEPTED

    @property
    def ran_out(self) -> bool:
        """Whether not all of it was looked at, or not anew, for want of time or memory: more may help."""
        return self.proven and not self.vanished and ran_out(self.reasons)

    @property
    def to_look_at(self) -> bool:
        """Whether a person has to look at it: something is odd about whom it follows, or stands beside it.

        So is what nobody closed but for training.
        """
        return bool(self.doubts or self.rivals or (self.signers and is_trial(self)))

    @property
    def genuine(self) -> bool:
        """Whether it is one of a region's packages, complete or not.

        Accepted but for what the desk itself asks, or closed by somebody who was asked to. What names no
        region is nobody's.
        """
        complete = self.judged in ACCEPTED
        incomplete = self.result == VerdictKind.INCOMPLETE.value
        counts = self.accepted or (incomplete and (complete or self.basis is Basis.SIGNED))
        return counts and bool(self.region)

    @property
    def guideline_name(self) -> str | Message:
        """Guideline and version in one, where they are such."""
        return guideline_said(self.guideline, self.guideline_version)

    @property
    def period(self) -> str:
        """The plan's years, or an empty text."""
        return f"{self.first_year}\N{EN DASH}{self.last_year}" if self.first_year else ""
