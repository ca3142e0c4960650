"""The foreword of a book: the words of the head of region, with place, date, office and name below them."""

from __future__ import annotations

from desktop.base.richtext import Run
from desktop.books.blocks.narrative import narrative, says_anything
from desktop.books.blocks.signatures import said, signer_of
from desktop.books.composer import Composer
from desktop.books.document import Paragraph, Source
from desktop.guideline.foreword import foreword
from desktop.workspace.plan import Place

_HEAD = "head_of_region"


def write_foreword(to: Composer) -> None:
    """Write it before everything else, where somebody wrote one; on a screen it has a place to be written."""
    chapter = foreword(to.book)
    if chapter is None or not (to.on_screen or says_anything(to, chapter)):
        return
    to.unnumbered(to.words.local(chapter.title), f"chapter/{chapter.id}" if to.on_screen else "")
    to.source = Source("chapter", chapter.id, Place("answer", item=f"chapter.{chapter.id}"))
    narrative(to, chapter)
    to.source = None
    to.add(Paragraph((Run(_signed(to)),), "signed"))
    if not to.on_screen:
        to.front = len(to.elements)


def _signed(to: Composer) -> str:
    """Place and date, office, room for a name written by hand, and the name."""
    places = (said(to, form.id, "place") for form in to.pack.forms)
    day = to.words.date(to.plan.changed_on)
    where = ", ".join(filter(None, (next(filter(None, places), ""), day)))
    role = _HEAD if to.guide.role(_HEAD) is not None else next(iter(to.book.signers), "")
    if not role:
        return where
    signer = signer_of(to, role)
    return f"{where}\n{signer.office}\n\n\n\n{signer.name}"
