"""The cover sheet of documents that are signed elsewhere: who signs what, where, and how it comes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.base import Language, Message
from desktop.base.richtext import Run
from desktop.books.document import (
    Callout,
    Column,
    Cover,
    Document,
    Element,
    ListBlock,
    ListItem,
    Paragraph,
    Row,
    Table,
    Tone,
)
from desktop.books.marks import labels_of
from desktop.books.pdf import render_pdf
from desktop.books.proof import proof_of
from desktop.books.words import EMPTY, Words
from desktop.submission.called import Title, document_titles, documents_among, guideline_said, same_at_hand
from desktop.submission.fingerprint import package_fingerprint
from desktop.submission.pdf.fields import StampBox
from desktop.submission.plainly import plain
from desktop.submission.quoting import marked, quoted, region_called
from desktop.submission.replaced import replaced
from desktop.submission.standing import signing_order

if TYPE_CHECKING:
    from desktop.submission.elsewhere import GoingOut, Place
    from desktop.submission.manifest import Manifest

_MILLIMETRES = 25.4 / 72


def render_cover(manifest: Manifest, going: Sequence[GoingOut], language: Language) -> bytes:
    """The sheet as PDF/A; equal packages give equal bytes."""
    return render_pdf(compose_cover(manifest, going, language)).pdf


def compose_cover(manifest: Manifest, going: Sequence[GoingOut], language: Language) -> Document:
    """For whom, which documents, where the signature stands, what must not happen, how it comes back."""
    words = Words(language, "id")
    say, region = words.say, _region(words, manifest)
    title = say(Message("submission.cover.title"))
    known = same_at_hand(manifest.guideline.id, manifest.guideline.version)
    there = {one.path for one in going}
    titles = document_titles(known, there & set(documents_among(manifest.files)))
    elements: list[Element] = [_facts(words, manifest, going)]
    # whoever signs with a key here is told the same before it
    elements.append(Paragraph((Run(say(replaced(manifest.previous))),)))
    elements.append(Paragraph((Run(say(Message("submission.cover.opening", region=region))),)))
    for number, one in enumerate(going, 1):
        elements += _document(words, number, one, titles.get(one.path), asks=known is not None)
    elements.append(
        Callout(
            say(Message("submission.cover.never")),
            tuple(
                (Run(say(message)),)
                for message in (
                    Message("submission.cover.never_print"),
                    Message("submission.cover.never_edit"),
                    Message("submission.cover.never_merge"),
                    Message("submission.cover.never_outside"),
                )
            ),
            Tone.WARNING,
        )
    )
    elements.append(Paragraph((Run(say(Message("submission.cover.steps"))),), "minor_heading"))
    steps = (
        Message("submission.cover.step_open"),
        Message("submission.cover.step_order"),
        Message("submission.cover.step_place"),
        Message("submission.cover.step_back"),
    )
    elements.append(
        ListBlock(tuple(ListItem((Run(say(step)),), 1, number) for number, step in enumerate(steps, 1)))
    )
    fingerprint = package_fingerprint(manifest)
    guideline = guideline_said(manifest.guideline.id, manifest.guideline.version)
    if isinstance(guideline, str) and known is None:
        guideline = quoted(guideline)
    guideline = guideline if isinstance(guideline, str) else say(guideline)
    return Document(
        id="signing-cover",
        title=f"{title} \N{EN DASH} {region}",
        subject=title,
        author=say(Message("books.author", region=region)),
        language=language,
        moment=manifest.moment,
        cover=Cover("", title.upper(), region, manifest.region.code, "", (), manifest.region.code),
        labels=labels_of(words),
        running_head=(title, region),
        running_foot=say(Message("submission.cover.foot", id=manifest.id[:16])),
        elements=tuple(elements),
        letter=True,
        proof=proof_of(words, fingerprint, guideline) if fingerprint else None,
    )


def _facts(words: Words, manifest: Manifest, going: Sequence[GoingOut]) -> Table:
    say = words.say
    order = signing_order(manifest)
    places = sorted((place for one in going for place in one.places), key=lambda place: order[place.role])
    people = dict.fromkeys(map(_person, places))
    rows = (
        (Message("submission.cover.for"), "; ".join(people)),
        (Message("submission.cover.region"), f"{_region(words, manifest)} ({manifest.region.code})"),
        (Message("submission.cover.package"), manifest.id[:32]),
        (Message("submission.cover.documents"), words.number(len(going))),
    )
    columns = (Column("", width=0.55, strong=True), Column("", width=2.6))
    return Table(
        0, "", columns, tuple(Row(((Run(say(name)),), (Run(text),))) for name, text in rows), plain=True
    )


def _region(words: Words, manifest: Manifest) -> str:
    name = region_called(manifest.region.code, plain(manifest.region.name))
    return name if isinstance(name, str) else words.say(name)


def _person(place: Place) -> str:
    named = ", ".join(marked(part) for part in (place.name, place.office) if part)
    return named or marked(place.role)


def _document(words: Words, number: int, one: GoingOut, title: Title | None, *, asks: bool) -> list[Element]:
    """``title``: what the guideline at hand calls it; ``asks``: whether it is at hand."""
    say = words.say
    # what the file calls itself, whoever made it chose
    about = Message("submission.cover.document", number=str(number), title=title or quoted(one.path))
    columns = (
        Column(say(Message("submission.cover.signer")), width=1.7),
        Column(say(Message("submission.cover.page")), "right", 0),
        Column(say(Message("submission.cover.box_mm")), width=1.5),
        Column(say(Message("submission.cover.box_points")), width=1.3),
        Column(say(Message("submission.cover.sign")), "left", 0.6),
    )
    rows = []
    for place in one.places:
        box = place.box
        if box is None:
            invisible = (Run(say(Message("submission.cover.invisible"))),)
            rows.append(Row(((Run(_person(place)),), (Run(EMPTY),), invisible, (Run(EMPTY),), (Run(EMPTY),))))
            continue
        rows.append(
            Row(
                (
                    (Run(_person(place)),),
                    (Run(words.number(box.page + 1)),),
                    (Run(_millimetres(words, box)),),
                    (Run(say(Message("submission.cover.points", **_points(box)))),),
                    (Run(place.sign or EMPTY),),
                )
            )
        )
    file = Message(
        "submission.cover.file", file=quoted(one.path), pages=words.number(one.pages), digest=one.sha256[:16]
    )
    return [
        Paragraph((Run(say(about)),), "minor_heading"),
        Paragraph((Run(say(file)),), "note"),
        *([Paragraph((Run(say(Message("submission.cover.besides"))),))] if asks and title is None else []),
        Table(0, "", columns, tuple(rows)),
    ]


def _millimetres(words: Words, box: StampBox) -> str:
    def said(points: float) -> str:
        return words.number(round(points * _MILLIMETRES))

    return words.say(
        Message(
            "submission.cover.millimetres",
            left=said(box.left),
            bottom=said(box.bottom),
            width=said(box.right - box.left),
            height=said(box.top - box.bottom),
        )
    )


def _points(box: StampBox) -> dict[str, str]:
    return {
        "left": str(round(box.left)),
        "bottom": str(round(box.bottom)),
        "width": str(round(box.right - box.left)),
        "height": str(round(box.top - box.bottom)),
    }
