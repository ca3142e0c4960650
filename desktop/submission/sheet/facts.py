"""What the approval sheet of a package has to say, from what lies in it: manifest, plan and guideline.

The manifest says what was so when it was sealed (who held an office on that day, how the parafs stood), and
elsewhere it is held against plan and guideline.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from desktop.base import Language
from desktop.submission.fingerprint import is_document, package_fingerprint
from desktop.submission.manifest import Expected, Initials, Manifest, PackedFile
from desktop.submission.sheet.proof import first_digest, keywords, manifest_digest

if TYPE_CHECKING:
    from desktop.books.approval import Listed, SheetFacts, StepTaken
    from desktop.books.document import Signer
    from desktop.guideline.pack import Pack
    from desktop.workspace.plan_data_form import Data

MOST_DOCUMENTS = 200
"""A guideline has some ten, in two languages."""


def facts_inside(
    file: PackedFile, manifest: Manifest, data: Data, pack: Pack, shown: str, *, first: bool = False
) -> SheetFacts:
    """What the sheet ``file`` has to say, in the plan's own language; ``first`` one of the first.

    ``shown`` is what it does say, without spaces: of several numbers that the plan has for one person, it may
    be either.
    """
    from desktop.books.approval import SheetFacts, said, said_in

    language = Language(data.workspace.source_language)
    digest = first_digest(manifest) if first else manifest_digest(manifest)
    return SheetFacts(
        language=language,
        title=said_in(data.plan.title, language),
        region=said(data.region.name),
        region_code=said(data.region.code),
        province=said(data.region.province),
        first_year=data.plan.first_year,
        last_year=data.plan.last_year,
        guideline=said(pack.pack.title.read(language)),
        guideline_version=said(pack.pack.version),
        guideline_status=pack.pack.status,
        head=manifest.workspace.head,
        moment=manifest.moment,
        documents=tuple(_documents(manifest, pack, language)),
        signers=tuple(_signer(one, data, language, shown) for one in file.signers),
        initials=tuple(_steps(manifest, pack, language)),
        digest=digest,
        keywords=keywords(digest, first=first),
        fingerprint=package_fingerprint(manifest),
        draft=manifest.open_mandatory > 0,
        example=data.workspace.example,
        test=data.workspace.example,
    )


def _documents(manifest: Manifest, pack: Pack, language: Language) -> Iterator[Listed]:
    """In the guideline's order, each in its languages; then what the guideline does not know."""
    from desktop.books.approval import Listed, document_title
    from desktop.guideline.signing import package_books

    left = {file.path: file for file in manifest.files if is_document(file)}
    for book in package_books(pack):
        for each in Language:
            file = left.pop(f"books/{book.id}.{each.value}.pdf", None)
            if file is not None:
                yield Listed(document_title(pack, book.id, language), each, file.counted, file.sha256)
    for path, file in left.items():
        yield Listed(document_title(pack, path, language), language, file.counted, file.sha256)


def _signer(expected: Expected, data: Data, language: Language, shown: str) -> Signer:
    from desktop.books.approval import said, signer_on_sheet
    from desktop.books.words import Words

    people = [one for one in data.people if one.role == expected.role]
    numbers = [one.nip for one in people if said(one.name) == said(expected.name)]
    nip = next((one for one in numbers if one and "".join(said(one).split()) in shown), "")
    nip = nip or (numbers[0] if numbers else "")
    return signer_on_sheet(Words(language, language), expected.role, expected.office, expected.name, nip)


def _steps(manifest: Manifest, pack: Pack, language: Language) -> Iterator[StepTaken]:
    from desktop.books.approval import StepTaken, said
    from desktop.guideline.signing import initials_steps, label_of

    steps = dict(initials_steps(pack))
    noted = manifest.initials if isinstance(manifest.initials, tuple) else ()
    for number, taken in groupby(noted, key=lambda one: one.step):
        given: list[Initials] = list(taken)
        step = steps.get(number)
        if step is not None and step.per:
            done = sum(one.state == "initialled" for one in given)
            yield StepTaken(said(label_of(pack, step.role).read(language)), done=done, all=len(given))
            continue
        for one in given:
            yield StepTaken(said(one.office), said(one.name), one.state, one.date)
