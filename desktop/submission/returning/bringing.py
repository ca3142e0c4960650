"""PDFs that were signed elsewhere come back into the package: looked at first, put in all together.

A signing service gives files, not packages. Which document each file is, whose signatures are new in it,
and whether it is still the sealed document, is found out here; only what stays open is asked of people.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.base import Message, RancangError, clock
from desktop.base.aside import Aside
from desktop.base.jobs import Report
from desktop.base.ordinary import TooLarge, read_ordinary
from desktop.submission.before import look_at_written, look_before_signing
from desktop.submission.frame.container import OpenPackage
from desktop.submission.issuers import Issued
from desktop.submission.manifest import Expected, Grade, PackedFile, RoleField
from desktop.submission.pdf.fields import field_name
from desktop.submission.quoting import as_said, bounded
from desktop.submission.refusal import code_of
from desktop.submission.resealing import Replacement, check_open, rewriting, usable
from desktop.submission.returning.arriving import Arrival, Told, told_of
from desktop.submission.returning.comparing import Looker, NotFinished, laid_out, laying
from desktop.submission.returning.pages import PageDifference
from desktop.submission.returning.recognising import documents_like
from desktop.submission.returning.returned import MAXIMUM_SIZE, Before, Comparison, NewSignature, Returned
from desktop.submission.returning.seen import seen_of, within_box
from desktop.submission.signing import NothingToSign, Signed, replacement, waits, written
from desktop.trust.anchors import Anchors, load_anchors
from desktop.trust.person import same_person


class NotTheSameDocument(RancangError):
    """The PDF that came back is another document; says where it differs."""

    exit_code = 1

    def __init__(self, file: str, reason: Message) -> None:
        super().__init__(
            Message("submission.returned.unfinished", file=file, reason=reason)
            if code_of(reason).startswith("limit.")
            else Message("submission.returned.different", file=file, reason=reason)
        )


class NeedsConfirmation(RancangError):
    """A person has to compare the pages and say that they are the same."""

    exit_code = 1

    def __init__(self, file: str, reason: Message) -> None:
        super().__init__(Message("submission.returned.confirm", file=file, reason=reason))


class WhoSigned(RancangError):
    """A signature in the PDF that came back could not be told to belong to anybody expected."""

    def __init__(self, file: str, holder: str) -> None:
        super().__init__(as_said(Message("submission.returned.who", file=file, holder=holder)))


class ClosesTooEarly(RancangError):
    """A signature in the PDF that came back allows no other after it, and somebody has yet to sign."""

    exit_code = 1

    def __init__(self, file: str, signature: NewSignature, others: Sequence[Expected]) -> None:
        super().__init__(_closes(file, signature, others))


def _closes(file: str, signature: NewSignature, others: Sequence[Expected]) -> Message:
    offices = ", ".join(bounded(one.office or one.role) for one in others)
    said = Message("submission.returned.closes", file=file, holder=signature.holder, others=offices)
    return as_said(said)


class TwoVersions(RancangError):
    """Two files came back for one document, and neither holds what is in the other."""

    exit_code = 1

    def __init__(self, first: str, second: str) -> None:
        super().__init__(Message("submission.returned.two_versions", first=first, second=second))


@dataclass(frozen=True, slots=True)
class Came:
    """One PDF that came back, looked at: its document, the verdict on it, and whose each signature is."""

    pdf: Path
    document: str
    """Its path in the package; empty when it is none of the documents that wait."""
    comparison: Comparison
    roles: Mapping[str, str]
    """By signature field the role, or an empty text when nobody can tell."""
    waiting: tuple[Expected, ...] = ()
    """Who is still waited for in this document."""
    sha256: str = ""
    """Of the PDF that was looked at: only this very one goes in."""
    told: Told = field(default_factory=Told)
    """What a verdict will note of it, and what is known of the certificates."""

    @property
    def notes(self) -> tuple[Message, ...]:
        """What is to be known of it besides its verdict."""
        refused = () if self.told.refused is None else (self.told.refused,)
        return (*refused, *self.comparison.more, *self.comparison.also, *self.told.notes)

    def issued(self, signature: NewSignature) -> Issued:
        """What this computer knows of the certificate of one of its signatures."""
        return self.told.issued.get(signature.field, Issued())

    @property
    def closed(self) -> Message | None:
        """Why it cannot go in although it is the document: it allows no signature of those still awaited."""
        last = next((one for one in self.comparison.signatures if one.closes), None)
        if last is None or len(self.waiting) <= len(self.comparison.signatures):
            return None
        others = [one for one in self.waiting if one.role not in self.roles.values()]
        return _closes(self.pdf.name, last, others)

    @property
    def ready(self) -> bool:
        """Whether it can go in without asking anybody."""
        if self.closed is not None or self.told.refused is not None:
            return False
        same = self.comparison.grade is Returned.SAME_BYTES and not self.comparison.confirm
        return bool(self.document) and same and all(self.roles.values())


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person decided about one PDF: ``roles`` by field; ``confirmed_by`` who compared the pages."""

    pdf: Path
    document: str
    roles: Mapping[str, str]
    confirmed_by: str = ""
    sha256: str = ""
    """Of the PDF that the person was shown; empty where nobody was shown anything."""


def look_at(
    report: Report,
    package: Path,
    pdfs: Sequence[Path],
    document: str = "",
    role: str = "",
    anchors: Anchors | None = None,
) -> tuple[Came, ...]:
    """Look at PDFs without changing anything. Runs as a job.

    ``document`` says of all what they are, ``role`` whose the signature is of which nothing else says it;
    ``anchors``: whom to believe, where it is not whom this computer does. Raises PackageUnusable,
    FileProblem, Cancelled.
    """
    believed = load_anchors() if anchors is None else anchors
    with (
        usable(package) as source,
        Looker(report) as looker,
        laying() as lay,
    ):
        found, arrivals = list[Came](), dict[int, Arrival]()
        for done, pdf in enumerate(pdfs):
            report(done, len(pdfs), Message("submission.returned.looking", file=pdf.name))
            data = _read(pdf)
            came = _came(looker, source, pdf, data, document, role)
            if came.comparison.grade is not Returned.DIFFERENT:
                file = next(one for one in source.manifest.files if one.path == came.document)
                path, now = lay(f"{done}.pdf", data), (len(data), came.sha256)
                arrivals[done] = Arrival(file, path, now, came.comparison, came.roles)
            found.append(came)
        # the process that is asked about the package when they are put in, too
        with Looker(report, keep=True, anchors=believed) as judging:
            told = told_of(judging, source, tuple(arrivals.values()))
        for done, each in zip(arrivals, told, strict=True):
            found[done] = replace(found[done], told=each)
        return tuple(found)


def _read(pdf: Path, expected: str = "") -> bytes:
    """A PDF whole; ``expected``: its SHA-256 when somebody looked at it."""
    try:
        data = read_ordinary(pdf, MAXIMUM_SIZE)
    except TooLarge as error:
        raise NotTheSameDocument(pdf.name, Message("submission.returned.too_large")) from error
    if expected and hashlib.sha256(data).hexdigest() != expected:
        raise NotTheSameDocument(pdf.name, Message("submission.returned.changed_meanwhile"))
    return data


def _came(looker: Looker, source: OpenPackage, pdf: Path, data: bytes, document: str, role: str) -> Came:
    file = _document(source, pdf, document)
    if file is None:
        reason = Message("submission.returned.none_of_them")
        return Came(pdf, "", Comparison(Returned.DIFFERENT, (), reason), {})
    answer = _graded(looker, source, file, pdf.name, data)
    waiting = tuple(one for one in file.signers if file.field_of(one.role) is None)
    found = _roles(answer.signatures, waiting)
    open_ = [each for each, said in found.items() if not said]
    if role and len(open_) == 1:
        # what a person says, where exactly one thing is open
        found[open_[0]] = role
    return Came(pdf, file.path, answer, found, waiting, hashlib.sha256(data).hexdigest())


def _graded(looker: Looker, source: OpenPackage, file: PackedFile, name: str, data: bytes) -> Comparison:
    # what another program wrote anew begins with nothing that was sealed
    anew = file.signed is not None and not file.kept_size
    before = Before(file.kept_size, tuple(field_name(one.role) for one in file.signers) if anew else ())
    many = len(file.signers)
    return looker.compare(_present(source, file), data, name, file.counted, signers=many, before=before)


def _present(source: OpenPackage, file: PackedFile) -> bytes:
    return b"".join(bytes(piece) for piece in source.checked(file))


def _document(source: OpenPackage, pdf: Path, said: str) -> PackedFile | None:
    """The document a PDF may be: the one it begins with, else the one it is named after."""
    waiting = {
        file.path: file
        for file in source.manifest.files
        if any(waits(file, one.role) for one in file.signers)
    }
    if said:
        return waiting.get(said)
    return next((waiting[path] for path in documents_like(source.path, pdf) if path in waiting), None)


def _roles(signatures: Sequence[NewSignature], waiting: Sequence[Expected]) -> dict[str, str]:
    """Whose each new signature is: by the field prepared for a role, by name, else who alone is left.

    Where somebody is expected by name and the certificate is another person's, a person has to say so.
    """
    found = {one.field: "" for one in signatures}
    left = {one.role: one for one in waiting}
    prepared = {field_name(role): role for role in left}
    for signature in signatures:
        role = prepared.get(signature.field, "")
        if role and _may_be(left[role], signature):
            found[signature.field] = role
            del left[role]
    for signature in signatures:
        alike = [role for role, one in left.items() if same_person(one.name, signature.holder)]
        if not found[signature.field] and signature.field not in prepared and len(alike) == 1:
            found[signature.field] = alike[0]
            del left[alike[0]]
    open_ = [one for one in signatures if not found[one.field] and one.field not in prepared]
    if len(open_) == 1 and len(left) == 1 and _may_be(next(iter(left.values())), open_[0]):
        found[open_[0].field] = next(iter(left))
    return found


def _may_be(expected: Expected, signature: NewSignature) -> bool:
    return not expected.name or same_person(expected.name, signature.holder)


def bring_back(
    report: Report,
    package: Path,
    target: Path,
    choices: Sequence[Choice],
    anchors: Anchors | None = None,
    *,
    reopen: bool = False,
) -> Signed:
    """Put PDFs that were signed elsewhere in the places of their documents, all of them or none; as a job.

    The same bytes plus signatures go straight in; what a person has to compare needs ``confirmed_by``,
    which the manifest keeps; ``anchors``: whom to believe of who closed the package before, where it is not
    whom this computer does; ``reopen`` as for signing. Raises :class:`NotTheSameDocument`,
    :class:`NeedsConfirmation`, :class:`WhoSigned`, :class:`TwoVersions`, :class:`ClosesTooEarly`,
    NothingToSign, PackageUnusable,
    WouldBeRefused, FileProblem, Cancelled.
    """
    look = look_at_written(report, Anchors(), clock.now(), target)
    aside = Aside()
    with rewriting(package, target, "", look, aside=aside) as (source, out), Looker(report) as looker:
        check_open(source, package, target, reopen=reopen)
        look_before_signing(report, source, Anchors(), clock.now())
        files = {file.path: file for file in source.manifest.files}
        changes: dict[str, Replacement] = {}
        for choice, data in _longest(choices):
            file = files.get(choice.document)
            if file is None or not file.signers:
                reason = Message("submission.returned.none_of_them")
                raise NotTheSameDocument(choice.pdf.name, reason)
            changes[file.path] = _change(looker, source, file, choice, data)
        whom = None if anchors is None else (anchors, clock.now())
        signed = written(report, source, out, target, changes, whom=whom)
    return replace(signed, kept=aside.path)


def _longest(choices: Sequence[Choice]) -> Iterator[tuple[Choice, bytes]]:
    """Of several files for one document the one that holds the others. Raises TwoVersions."""
    by_document: dict[str, list[tuple[Choice, bytes]]] = {}
    for choice in choices:
        data = _read(choice.pdf, choice.sha256)
        by_document.setdefault(choice.document, []).append((choice, data))
    for several in by_document.values():
        longest = max(several, key=lambda one: len(one[1]))
        for choice, data in several:
            if not longest[1].startswith(data):
                raise TwoVersions(choice.pdf.name, longest[0].pdf.name)
        yield longest


def _change(
    looker: Looker, source: OpenPackage, file: PackedFile, choice: Choice, data: bytes
) -> Replacement:
    name = choice.pdf.name
    answer = _graded(looker, source, file, name, data)
    if answer.grade is Returned.DIFFERENT:
        raise NotTheSameDocument(name, answer.reason)
    fields: list[RoleField] = []
    for signature in answer.signatures:
        role = choice.roles.get(signature.field, "")
        if not role:
            raise WhoSigned(name, signature.holder)
        if not waits(file, role) or any(one.role == role for one in fields):
            raise NothingToSign(role)
        fields.append(RoleField(role=role, field=signature.field, how="elsewhere"))
    signed = {one.role for one in fields}
    others = [one for one in file.signers if waits(file, one.role) and one.role not in signed]
    for signature in answer.signatures:
        if signature.closes and others:
            raise ClosesTooEarly(name, signature, others)
    if answer.confirm and not choice.confirmed_by:
        raise NeedsConfirmation(name, answer.reason)
    grade: Grade = "same-bytes" if answer.grade is Returned.SAME_BYTES else "same-pages"
    confirmed_by = choice.confirmed_by if answer.confirm else ""
    seen = within_box(answer), seen_of(answer, file)
    return replacement(file, data, tuple(fields), grade, confirmed_by, *seen)


def bring_back_pdf(
    report: Report, package: Path, target: Path, inside: str, pdf: Path, role: str, confirmed_by: str = ""
) -> Signed:
    """As :func:`bring_back` for one PDF signed by one person; ``inside`` is its path in the package."""
    with usable(package) as source:
        file = next((one for one in source.manifest.files if one.path == inside and waits(one, role)), None)
        if file is None:
            raise NothingToSign(role)
        with Looker(report) as looker:
            data = _read(pdf)
            answer = _graded(looker, source, file, pdf.name, data)
        roles = _roles(answer.signatures, [one for one in file.signers if waits(file, one.role)])
    open_ = [field for field, found in roles.items() if found == role or not found]
    field = field_name(role) if field_name(role) in roles else next(iter(open_ or roles), "")
    choice = Choice(pdf, inside, roles | {field: role}, confirmed_by, hashlib.sha256(data).hexdigest())
    return bring_back(report, package, target, [choice])


@dataclass(frozen=True, slots=True)
class Pair:
    """The sealed page and the one that came back, as PNG; empty where there is none."""

    page: int
    before: bytes
    after: bytes


def draw_pairs(
    report: Report,
    package: Path,
    inside: str,
    pdf: Path,
    pages: Sequence[PageDifference],
    width: int = 900,
    sha256: str = "",
) -> tuple[Pair, ...]:
    """Pages side by side for a person's eyes, what differs framed; runs as a job.

    Where no page is named, the first and those that people sign on. ``sha256``: of the PDF that was
    compared. Raises PackageUnusable, FileProblem,
    NothingToSign, NotTheSameDocument, Cancelled.
    """
    sealed = _sealed(package, inside)
    try:
        with laid_out(sealed, _read(pdf, sha256)) as files, Looker(report) as looker:
            wanted = pages or looker.signed_pages(files[0])
            return tuple(Pair(*one) for one in looker.draw(files, wanted, width))
    except NotFinished as error:
        raise NotTheSameDocument(pdf.name, error.message) from error


def _sealed(package: Path, inside: str) -> bytes:
    with usable(package) as source:
        file = next((one for one in source.manifest.files if one.path == inside), None)
        if file is None:
            raise NothingToSign(inside)
        return _present(source, file)
