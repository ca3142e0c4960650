"""What a guideline has printed and signed: books, chapters, blocks, offices, the steps of signing."""

from __future__ import annotations

from typing import Literal

from desktop.base import LocalText
from desktop.guideline.identity import Count, DottedId, Item, Part


class Block(Part, frozen=True, kw_only=True):
    """What stands in a chapter besides its own text; ``ref`` names a form, worksheet or dimension.

    A ``text`` with a ``ref`` quotes that chapter. ``parties`` opens a letter with who signs it; its ``ref``
    names the form that ``says`` place, date, numbers and addresses. A worksheet in a memorandum holds the
    articles a region adds.
    """

    show: Literal[
        "text", "form", "worksheet", "region", "dimensions", "programmes", "quick_wins", "budget",
        "indicators", "roadmap", "readiness_radar", "readiness_shares", "agencies", "evidence", "set_aside",
        "signatures", "activities", "risks", "figures", "bodies", "decrees", "sessions", "stakeholders",
        "inputs", "assessment", "recap", "parties",
    ]  # fmt: skip
    ref: str = ""


class Chapter(Item, frozen=True, kw_only=True):
    """A chapter or section (*bab*): its narrative is an answer, its blocks come from the data."""

    id: DottedId
    title: LocalText
    guidance: LocalText = LocalText()
    standard: LocalText = LocalText()
    """Wording the guideline offers to be used as it is; taking it over is no copied guidance."""
    required: bool = True
    min_words: Count = 0
    blocks: tuple[Block, ...] = (Block(show="text"),)
    chapters: tuple[Chapter, ...] = ()

    @property
    def written(self) -> bool:
        """Whether it has a text of its own to be written (a quoted one is written elsewhere)."""
        return any(block.show == "text" and not block.ref for block in self.blocks)


class Book(Item, frozen=True, kw_only=True):
    """A book (*buku*) or another printed document of the submission, with who signs it."""

    code: str
    title: LocalText
    kind: Literal["book", "application", "commitment", "memorandum", "presentation", "statement"] = "book"
    chapters: tuple[Chapter, ...]
    signers: tuple[str, ...] = ()
    per: Literal["", "agency"] = ""
    """Printed once, or once for each agency (commitment sheets of agency heads).

    Then the first of ``signers`` is the head of that agency, and it is no part of the package.
    """
    submitted: bool = True
    """Whether it is part of the submission package; others are printed for use at home."""


class Role(Item, frozen=True, kw_only=True):
    """An office that signs or answers for something (head of region, secretary, council chair).

    ``closes_package`` marks the role that signs the finished package, last, over everything in it.
    """

    label: LocalText
    closes_package: bool = False
    signs_by_sheet: bool = False
    """Whether this role approves all documents of the package with one signature on an approval sheet."""
    party: Literal["region", "ministry"] = "region"
    """Whose office it is: a memorandum is signed by both parties."""


class SigningStep(Item, frozen=True, kw_only=True):
    """One step on the way to the signed package; steps are taken in the order of the file.

    ``initials`` (*paraf*) are given on paper before anybody signs, with ``per`` once by each agency that
    leads something; a ``signature`` is put on every document that names the role; ``closing`` is the
    last, over the whole package.
    """

    kind: Literal["initials", "signature", "closing"]
    role: str
    label: LocalText
    per: Literal["", "agency"] = ""
