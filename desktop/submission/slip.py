"""The region's own receipt (*tanda bukti*): which package it locked or has ready to send, and how it stands.

It is made on the region's computer and proves nothing by itself; the ministry's receipt is another one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from desktop.base import Language, LocalText, Message
from desktop.base.fingerprint import groups_of
from desktop.base.jobs import Report
from desktop.base.richtext import Run
from desktop.base.speech import moment_in_zone
from desktop.books.approval import hash_lines
from desktop.books.document import Column, Cover, Document, Element, Line, Paragraph, Row, Table
from desktop.books.marks import labels_of
from desktop.books.proof import proof_of
from desktop.books.words import EMPTY, Words
from desktop.guideline.pack import Pack
from desktop.submission.called import (
    SHEET,
    AtHand,
    document_titles,
    documents_among,
    guideline_said,
    language_of,
    parts_of_path,
)
from desktop.submission.deciding import SIGNATURES_TO_COME
from desktop.submission.fingerprint import APPROVAL, guideline_path, package_fingerprint
from desktop.submission.frame.container import OpenPackage, open_package
from desktop.submission.manifest import Expected, Manifest, PackedFile
from desktop.submission.mark import Held
from desktop.submission.plainly import plain
from desktop.submission.quoting import as_said, marked, quoted, region_called, with_marks
from desktop.submission.refusal import Refused
from desktop.submission.resealing import PackageUnusable
from desktop.submission.signed import marked_holder, stamps_told
from desktop.submission.verdict import Verdict, VerdictKind
from desktop.trust.anchors import Anchors
from desktop.workspace.regions import region_named

MOST_REASONS = 3
"""Reasons of the verdict that stand on the page; the report of the verification has them all."""
MOST_DOCUMENTS = 100
MOST_NAMES = 12
"""What a package of ours never has more of; a stranger's could keep the printing busy for minutes."""

Titles: TypeAlias = Mapping[str, Message | LocalText]
"""What documents are called, by path."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A package at one moment; ``pack`` is its guideline, where it could be read."""

    file: str
    sha256: str
    manifest: Manifest
    closed: bool
    verdict: Verdict
    now: dt.datetime
    pack: Pack | None = None


def write_slip(
    report: Report, package: Path, target: Path, anchors: Anchors, now: dt.datetime, language: str
) -> Path:
    """Verify a package and write its receipt as its name ends (else a PDF); runs as a job.

    A package that was refused gets one too, which says so: a signer whose authority this computer does
    not know is no reason to have nothing in hand. Raises PackageUnusable for what is none of ours,
    FileProblem.
    """
    from desktop.books.formats import written_as
    from desktop.books.printing import write_pdf

    document = compose_slip(read_standing(report, package, anchors, now), Language(language))
    write_pdf(target, written_as(target, document, report).data)
    return target


def slip_name(package: Path) -> str:
    """What the page of a package is called."""
    return f"{package.stem}-tanda-bukti.pdf"


def read_standing(report: Report, package: Path, anchors: Anchors, now: dt.datetime) -> Standing:
    """Look at a package and judge it. Raises PackageUnusable, FileProblem."""
    from desktop.submission.verifying import verify_many

    with Held(package) as held:
        try:
            with open_package(package) as opened:
                manifest, closed = opened.manifest, bool(opened.signatures)
        except Refused as error:
            raise PackageUnusable(package.name, error.message) from error
        (verdict,) = verify_many(report, (package,), anchors, now)
        pack = None
        if verdict.kind is not VerdictKind.REFUSED:
            with open_package(package) as opened:
                pack = _pack(opened)
        if not held.same():
            # the page would tell of one file and bear the hash of another
            raise PackageUnusable(package.name, Message("submission.file.changed", file=package.name))
        return Standing(package.name, held.sha256(), manifest, closed, verdict, now, pack)


def _pack(package: OpenPackage) -> Pack | None:
    from desktop.guideline import BrokenPack, load_pack

    path = guideline_path(package.manifest.guideline.id)
    file = next((each for each in package.manifest.files if each.path == path), None)
    if file is None:
        return None
    try:
        return load_pack(b"".join(bytes(piece) for piece in package.checked(file)))
    except BrokenPack:
        return None


def compose_slip(what: Standing, language: Language) -> Document:
    """One page: package, documents, who signed and who has not, verdict, fingerprint."""
    words, manifest = Words(language, Language.ID.value), what.manifest
    say = words.say
    ready = what.verdict.exit_code == 0
    title = say(Message("submission.slip.ready") if ready else Message("submission.slip.locked"))
    guideline = _guideline(what, words)
    elements: list[Element] = [
        _facts(words, _package_facts(what, words, guideline)),
        *_documents(what, words),
        *_waiting(what, words),
        Paragraph((Run(say(Message("submission.slip.meaning"))),), "note"),
    ]
    region, fingerprint = region_named(manifest.region.code), package_fingerprint(manifest)
    name = _region(manifest, words)
    cover = Cover("", title, name, region.province if region else EMPTY, "", (), manifest.region.code)
    return Document(
        id="slip",
        title=f"{title} – {name}",
        subject=title,
        author=say(Message("books.author", region=name)),
        language=language,
        moment=what.now,
        cover=cover,
        labels=labels_of(words),
        running_head=(title, name),
        running_foot=say(Message("submission.slip.foot", sha256=" ".join(groups_of(what.sha256)[:4]))),
        elements=tuple(elements),
        letter=True,
        proof=proof_of(words, fingerprint, guideline) if fingerprint else None,
    )


def _guideline(what: Standing, words: Words) -> str:
    known = what.manifest.guideline
    said = guideline_said(known.id, known.version)
    if isinstance(said, Message):
        return words.say(said)
    title = what.pack.pack.title if what.pack is not None else known.id
    told = Message("books.guideline", title=title, version=known.version)
    return words.say(with_marks(told, AtHand(known.id, known.version)))


def _region(manifest: Manifest, words: Words) -> str:
    name = region_called(manifest.region.code, plain(manifest.region.name))
    return name if isinstance(name, str) else words.say(name)


def _package_facts(what: Standing, words: Words, guideline: str) -> list[tuple[Message, str]]:
    manifest, say = what.manifest, words.say
    region = f"{_region(manifest, words)} ({manifest.region.code})"
    years = words.years(manifest.period.first_year, manifest.period.last_year)
    facts = [
        (Message("submission.slip.file"), what.file),
        (Message("submission.slip.sha256"), hash_lines(what.sha256)),
        (Message("submission.slip.package"), hash_lines(manifest.id)),
        (Message("submission.slip.region"), f"{region}; {years}"),
        (Message("submission.slip.guideline"), guideline),
        (Message("submission.slip.state"), moment_in_zone(manifest.moment, words.language)),
    ]
    if manifest.previous:
        facts.append((Message("submission.slip.previous"), hash_lines(manifest.previous)))
    # whose signature is missing stands in the table below
    reasons = [reason for reason in what.verdict.reasons if reason.code not in SIGNATURES_TO_COME]
    told = [f"{say(what.verdict.kind.message)} ({moment_in_zone(what.now, words.language)})"]
    # one of each kind; the report of the verification has them all
    kinds = list({reason.code: reason for reason in reversed(reasons)}.values())[::-1][:MOST_REASONS]
    told += [say(as_said(reason.message, what.verdict.package)) for reason in kinds]
    if len(reasons) > len(kinds):
        told.append(say(Message("submission.slip.more", n=len(reasons) - len(kinds))))
    facts.append((Message("submission.slip.verdict"), "\n".join(told)))
    return facts


def _facts(words: Words, facts: Iterable[tuple[Message, str]]) -> Table:
    columns = (Column("", width=0.8, strong=True), Column("", width=2.4))
    rows = tuple(Row(((Run(words.say(name)),), (Run(text or EMPTY),))) for name, text in facts)
    return Table(0, "", columns, rows, plain=True)


def _documents(what: Standing, words: Words) -> list[Element]:
    """What is to be signed, one by one; the other documents in a line, everything else counted."""
    say, files = words.say, what.manifest.files
    titles = document_titles(what.pack, documents_among(files))
    at_hand = AtHand(what.manifest.guideline.id, what.manifest.guideline.version)
    # of a package that was refused nothing is proven
    refused = what.verdict.kind is VerdictKind.REFUSED
    signed_by = Message("submission.slip.claimed") if refused else Message("submission.slip.signed")
    columns = (
        Column(say(Message("submission.slip.document")), width=1.2),
        Column(say(Message("submission.slip.pages")), "right", 0),
        Column(say(signed_by), width=1.3),
        Column(say(Message("submission.slip.waiting")), width=1.3),
    )
    rows = []
    expecting = [each for each in files if each.signers]
    for file in expecting[:MOST_DOCUMENTS]:
        done = [one for one in file.signers if file.field_of(one.role) is not None]
        open_ = [one for one in file.signers if file.field_of(one.role) is None]
        signed = [_signed_by(what, file, one, words) for one in done[:MOST_NAMES]]
        waiting = [_who(one) for one in open_[:MOST_NAMES]]
        cells: tuple[Line, ...] = (
            (Run(_title(titles, file, words, at_hand)),),
            (Run(_pages(file, words)),),
            (Run("\n".join([*signed, *_rest(len(done), words)]) or EMPTY),),
            (Run("\n".join([*waiting, *_rest(len(open_), words)]) or EMPTY),),
        )
        rows.append(Row(cells))
    made: list[Element] = [Table(0, "", columns, tuple(rows))] if rows else []
    if len(expecting) > len(rows):
        made.append(Paragraph((Run(_more(len(expecting) - len(rows), words)),), "note"))
    shown = () if refused else stamps_told(what.verdict.signatures)
    made += [Paragraph((Run(say(told)),), "note") for told in shown]
    others = [file for file in files if not file.signers and file.role not in {"data", "evidence", "other"}]
    if others:
        listed = list(_listed_documents(what, titles, others[:MOST_DOCUMENTS], words))
        if len(others) > MOST_DOCUMENTS:
            listed.append(_more(len(others) - MOST_DOCUMENTS, words))
        told = Message("submission.slip.others", n=len(others), names="; ".join(listed))
        made.append(Paragraph((Run(say(told)),), "note"))
    evidence = sum(file.role == "evidence" for file in files)
    made.append(Paragraph((Run(say(Message("submission.slip.evidence", n=evidence))),), "note"))
    return made


def _listed_documents(
    what: Standing, titles: Titles, files: Sequence[PackedFile], words: Words
) -> Iterable[str]:
    """Each with its pages; one that is there in two languages is named once."""
    at_hand = AtHand(what.manifest.guideline.id, what.manifest.guideline.version)
    alike: dict[str, list[PackedFile]] = {}
    for file in files:
        bare = document_titles(what.pack, documents_among([file]))
        alike.setdefault(_title(bare, file, words, at_hand), []).append(file)
    for title, several in alike.items():
        if len(several) == 1:
            yield f"{_title(titles, several[0], words, at_hand)}, {_pages(several[0], words)}"
            continue
        spoken = ((language_of(each.path), _pages(each, words)) for each in several)
        told = (f"{words.say(language)}, {pages}" if language else pages for language, pages in spoken)
        yield f"{title} ({'; '.join(told)})"


def _pages(file: PackedFile, words: Words) -> str:
    return words.number(file.counted) if file.counted else EMPTY


def _rest(count: int, words: Words) -> list[str]:
    """The line below the names that stand there."""
    return [_more(count - MOST_NAMES, words)] if count > MOST_NAMES else []


def _more(count: int, words: Words) -> str:
    return words.say(Message("submission.slip.and_more", n=count))


def _title(titles: Titles, file: PackedFile, words: Words, at_hand: AtHand) -> str:
    """What a document is called in the package's guideline, in which language where there are two.

    Where that is none at hand, it is the sealer's word.
    """
    title = titles.get(file.path)
    if isinstance(title, LocalText):
        return words.local(title) if title in at_hand else words.say(quoted(title))
    if title is None and file.role == APPROVAL and parts_of_path(file.path)[0] == SHEET:
        title = Message("books.approval.title")
    return words.say(with_marks(title, at_hand) if title is not None else quoted(file.path))


def _signed_by(what: Standing, file: PackedFile, one: Expected, words: Words) -> str:
    """Whose certificate signed, where it was believed, with what is odd in it; else who was expected to."""
    found = next(
        (each for each in what.verdict.signatures if each.file == file.path and each.role == one.role), None
    )
    return f"{words.say(marked_holder(found))} – {_office(one)}" if found is not None else _who(one)


def _office(one: Expected) -> str:
    return marked(one.office or one.role)


def _who(one: Expected) -> str:
    return f"{marked(one.name)} – {_office(one)}" if one.name else _office(one)


def _waiting(what: Standing, words: Words) -> list[Element]:
    """Who has signed the package as a whole, or shall."""
    over_all = [each for each in what.verdict.signatures if not each.file]
    done = {each.role for each in over_all}
    open_ = [one for one in what.manifest.signers if one.role not in done]
    told: list[Message] = []
    if what.closed and what.verdict.kind is VerdictKind.REFUSED:
        told.append(Message("submission.slip.closed_unproven"))
    elif over_all:
        names = [words.say(marked_holder(each)) for each in over_all]
        who = ", ".join([*names[:MOST_NAMES], *_rest(len(names), words)])
        told.append(Message("submission.slip.closed", who=who))
        if open_:
            told.append(Message("submission.slip.still", who=_listed(open_, words)))
    else:
        told.append(Message("submission.slip.open", who=_listed(what.manifest.signers, words)))
    return [Paragraph((Run(words.say(one)),)) for one in told]


def _listed(signers: Sequence[Expected], words: Words) -> str:
    who = [_who(one) for one in signers[:MOST_NAMES]]
    return ", ".join([*who, *_rest(len(signers), words)]) or EMPTY
