"""A verdict on paper: the answer, every reason with what to do, who signed by which certificate, every file.

Composed and laid out like the other papers; what a refused file says of itself is marked as its own claim.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from desktop.base import Language, Message, clock
from desktop.base.fingerprint import words_of
from desktop.base.richtext import Run
from desktop.base.speech import file_size, moment_in_zone
from desktop.books.document import (
    Callout,
    Column,
    Cover,
    Document,
    Element,
    Line,
    ListBlock,
    ListItem,
    Paragraph,
    Row,
    Table,
    Tag,
    Tone,
)
from desktop.books.formats import ENDINGS, written_as
from desktop.books.marks import labels_of
from desktop.books.words import EMPTY, Words
from desktop.submission.called import AtHand, guideline_said
from desktop.submission.plainly import plain, plain_message
from desktop.submission.quoting import as_said, bounded, path_said, program_called, quoted, region_called
from desktop.submission.signed import SHOWN_IN_BOX, signed_as, stamps_told
from desktop.submission.verdict import (
    UNASKED,
    FileReport,
    Group,
    PackageInfo,
    Reason,
    SignatureReport,
    Verdict,
    VerdictKind,
)

_TONES = {
    VerdictKind.VALID: Tone.GOOD,
    VerdictKind.VALID_WITH_NOTES: Tone.GOOD,
    VerdictKind.SEALED: Tone.SOFT,
    VerdictKind.INCOMPLETE: Tone.MODERATE,
    VerdictKind.REFUSED: Tone.POOR,
}
_ALIKE = 20
"""Reasons of one code in one row."""
MOST_ROWS = 200
"""Rows of each kind on paper, of all files together that one report is about; JSON has them all."""
FEWEST_ROWS = 10
"""Of one file, however many there are."""
MOST_ALIKE = 40
"""Reasons of one code on paper."""
_GROUP = 8
"""Hexadecimal letters stand in groups, so that they can be read and broken over lines."""


def compose_verdicts(
    verdicts: Sequence[Verdict], language: Language, beside: Sequence[Message] = ()
) -> Document:
    """One report on one file, or on many, one after another; ``beside`` is told of what was not judged."""
    words = Words(language, language.value)
    say = words.say
    elements: list[Element] = []
    if beside:
        elements.append(Paragraph((Run(say(Message("submission.report.beside"))),), "minor_heading"))
        elements += [Paragraph((Run(say(as_said(plain_message(each)))),)) for each in beside]
    if len(verdicts) > 1:
        elements += _summary(words, verdicts)
    for verdict in verdicts:
        room = max(FEWEST_ROWS, MOST_ROWS // len(verdicts))
        elements += _Writer(words, verdict, room).elements(titled=len(verdicts) > 1)
    elements.append(Paragraph((Run(say(Message("submission.report.limits"))),), "note"))
    title = say(Message("submission.report.title"))
    made = max((each.judged_at for each in verdicts if each.judged_at), default=clock.now())
    about = (
        plain(verdicts[0].file)
        if len(verdicts) == 1
        else say(Message("submission.report.many", n=len(verdicts)))
    )
    return Document(
        id="verdict",
        title=f"{title} – {about}",
        subject=title,
        author="Rancang",
        language=language,
        moment=made,
        cover=Cover("Rancang", title.upper(), about, "", "", (), "0"),
        labels=labels_of(words),
        running_head=(title, about),
        running_foot=say(Message("submission.report.foot", at=made)),
        elements=tuple(elements),
        letter=True,
    )


def report_path(path: Path) -> Path:
    """Where a report asked for under a name is written: a name that says no form is a PDF's, and ends so."""
    return path if path.suffix.casefold() in ENDINGS else path.with_name(f"{path.name}.pdf")


def write_verdicts(
    path: Path, verdicts: Sequence[Verdict], language: Language, beside: Sequence[Message] = ()
) -> Path:
    """Write the report as PDF, HTML or DOCX, as its name ends. Raises FileProblem."""
    from desktop.books.printing import write_pdf

    target = report_path(path)
    write_pdf(target, written_as(target, compose_verdicts(verdicts, language, beside)).data)
    return target


def _summary(words: Words, verdicts: Sequence[Verdict]) -> list[Element]:
    """Every file with its answer and its first reason."""
    say = words.say
    rows = [
        Row(
            (
                (Run(plain(each.file)),),
                (Run(say(each.kind.message)),),
                (Run(say(as_said(each.ordered[0].message, each.package)) if each.reasons else EMPTY),),
            )
        )
        for each in verdicts
    ]
    columns = (
        Column(say(Message("submission.report.file")), width=1.2),
        Column(say(Message("submission.report.answer")), width=0.7, strong=True),
        Column(say(Message("submission.report.reason")), width=2.0),
    )
    return [Table(0, "", columns, tuple(rows))]


class _Writer:
    """Writes about one verdict."""

    def __init__(self, words: Words, verdict: Verdict, room: int) -> None:
        self._words = words
        self._room = room
        self._verdict = verdict
        self._made: list[Element] = []

    def elements(self, *, titled: bool) -> list[Element]:
        """Answer, reasons, facts, signatures, files."""
        verdict, say = self._verdict, self._say
        if titled:
            self._head(plain(verdict.file))
        meaning = (Run(say(verdict.meaning)),)
        self._made.append(Callout(say(verdict.kind.message), (meaning,), _TONES[verdict.kind]))
        for group in Group:
            reasons = [reason for reason in verdict.reasons if reason.group is group]
            if reasons:
                self._reasons(group, reasons)
        self._facts()
        # What a refused file says of who signed and initialled is not printed as if it were proven.
        proven = verdict.kind is not VerdictKind.REFUSED
        if proven and verdict.package is not None and verdict.package.initials:
            self._initials(verdict.package)
        if proven and verdict.signatures:
            self._signatures(verdict.signatures)
        if verdict.files:
            self._files(verdict.files)
        return self._made

    def _say(self, message: Message) -> str:
        return self._words.say(message)

    def _text(self, told: Message | str) -> str:
        return told if isinstance(told, str) else self._say(told)

    def _head(self, text: str) -> None:
        self._made.append(Paragraph((Run(text),), "minor_heading"))

    def _table(self, columns: Iterable[tuple[Message | str, float]], rows: Sequence[Sequence[Line]]) -> None:
        made = tuple(
            Column(self._say(title) if isinstance(title, Message) else title, width=width)
            for title, width in columns
        )
        self._made.append(Table(0, "", made, tuple(Row(tuple(cells)) for cells in rows)))

    def _reasons(self, group: Group, reasons: Sequence[Reason]) -> None:
        self._head(self._say(group.message))
        alike: dict[str, list[Reason]] = {}
        for one in reasons:
            alike.setdefault(one.code, []).append(one)
        rows = []
        for code, same in alike.items():
            shown = min(len(same), MOST_ALIKE)
            for at in range(0, shown, _ALIKE):
                told = "\n".join(
                    self._say(as_said(one.message, self._verdict.package))
                    for one in same[at : min(at + _ALIKE, shown)]
                )
                if at + _ALIKE >= shown and len(same) > shown:
                    told += f"\n{self._more(len(same) - shown)}"
                # what to do about several alike is said once
                remedy = same[0].remedy if not at else None
                what = (Run(told), Run("\n"), Run(code, italic=True))
                rows.append((what, (Run(self._say(remedy) if remedy is not None else EMPTY),)))
        about = (Message("submission.report.reason"), 1.0), (Message("submission.report.to_do"), 1.0)
        self._table(about, rows)

    def _more(self, count: int) -> str:
        return self._say(Message("submission.report.more", n=count))

    def _cut(self, count: int) -> None:
        """Say how many rows of a table are left out."""
        if count > self._room:
            self._made.append(Paragraph((Run(self._more(count - self._room)),), "note"))

    def _facts(self) -> None:
        verdict, package = self._verdict, self._verdict.package
        facts: list[tuple[Message, str]] = [
            (Message("submission.report.file"), plain(verdict.file)),
            (Message("submission.report.sha256"), _grouped(verdict.sha256)),
            (Message("submission.report.judged_at"), self._time(verdict.judged_at)),
        ]
        if package is not None:
            facts += self._package_facts(package)
        claimed = package is not None and not verdict.vouched
        claims, about = Message("submission.report.claims"), Message("submission.report.about")
        self._head(self._say(claims if claimed else about))
        rows = tuple(Row(((Run(self._say(name)),), (Run(text),))) for name, text in facts if text)
        self._made.append(
            Table(0, "", (Column("", width=0.7, strong=True), Column("", width=2.4)), rows, plain=True)
        )

    def _package_facts(self, package: PackageInfo) -> list[tuple[Message, str]]:
        words = " ".join(words_of(package.fingerprint)) if package.fingerprint else ""
        guideline = guideline_said(package.guideline_id, package.guideline_version)
        known = AtHand(package.guideline_id, package.guideline_version)
        if isinstance(guideline, str) and guideline and guideline not in known:
            guideline = quoted(guideline)
        region = region_called(package.region_code, package.region_name)
        program = program_called(package.program) if package.program else ""
        return [
            (Message("submission.report.region"), f"{self._text(region)} ({package.region_code})"),
            (Message("submission.report.years"), f"{package.first_year}–{package.last_year}"),
            (Message("submission.report.guideline"), self._text(guideline)),
            (Message("submission.report.changed_at"), self._time(package.created_at)),
            (Message("submission.report.program"), self._text(program)),
            (Message("submission.report.words"), words),
            (Message("submission.report.package"), _grouped(package.id)),
            (Message("submission.report.previous"), _grouped(package.previous)),
        ]

    def _initials(self, package: PackageInfo) -> None:
        """The team's own record; it proves nothing, and says so."""
        self._head(self._say(Message("submission.report.initials")))
        lines = [ListItem((Run(self._say(as_said(one.message))),)) for one in package.initials[: self._room]]
        self._made.append(ListBlock(tuple(lines)))
        self._cut(len(package.initials))

    def _signatures(self, signatures: Sequence[SignatureReport]) -> None:
        self._head(self._say(Message("submission.report.signatures")))
        rows = []
        for one in signatures[: self._room]:
            office = signed_as(one)
            said = self._say(office) if isinstance(office, Message) else office
            holder = f"\u201c{bounded(one.holder)}\u201d" if one.holder else EMPTY
            who: list[Run | Tag] = [Run(holder, bold=True), Run(f"\n{said or EMPTY}")]
            if self._verdict.unasked(one):
                who.append(Tag(self._say(UNASKED), Tone.WARNING))
            if one.test:
                who.append(Tag(self._say(Message("submission.report.test")), Tone.WARNING))
            where = [Run(self._text(path_said(one.file) or Message("submission.report.whole")))]
            if one.own_stamp:
                where.append(Run(f"\n{self._say(SHOWN_IN_BOX)}", italic=True))
            rows.append((tuple(where), tuple(who), (Run(self._certificate(one)),), (Run(self._when(one)),)))
        columns = (
            (Message("submission.report.signed_what"), 1.0),
            (Message("submission.report.signed_by"), 1.1),
            (Message("submission.report.certificate"), 1.7),
            (Message("submission.report.when"), 1.0),
        )
        self._table(columns, rows)
        self._cut(len(signatures))
        for told in stamps_told(signatures):
            self._made.append(Paragraph((Run(self._say(told)),), "note"))

    def _certificate(self, one: SignatureReport) -> str:
        names = {"organisation": one.organisation, "issuer": one.issuer}
        lines = [
            self._say(as_said(Message("submission.report.issuer", **names))),
            self._say(one.anchor_message),
        ]
        if one.valid_from is not None and one.valid_until is not None:
            lines.append(
                self._say(Message("submission.report.validity", start=one.valid_from, end=one.valid_until))
            )
        return "\n".join([*lines, f"SHA-256 {_grouped(one.certificate)}"])

    def _when(self, one: SignatureReport) -> str:
        lines = []
        if one.claimed_at is not None:
            lines.append(self._say(Message("submission.report.claimed", at=one.claimed_at)))
        if one.proven_at is not None:
            proven = Message("submission.report.proven_by", at=one.proven_at, authority=one.proven_by)
            lines.append(self._say(as_said(proven)))
        return "\n".join(lines) or EMPTY

    def _files(self, files: Sequence[FileReport]) -> None:
        self._head(self._say(Message("submission.report.files", n=len(files))))
        language = self._words.language
        rows = [
            ((Run(one.path),), (Run(file_size(one.size, language)),), (Run(_grouped(one.sha256)),))
            for one in files[: self._room]
        ]
        columns = (
            (Message("submission.report.file"), 1.2),
            (Message("submission.report.size"), 0.4),
            ("SHA-256", 1.6),
        )
        self._table(columns, rows)
        self._cut(len(files))

    def _time(self, value: dt.datetime | None) -> str:
        return moment_in_zone(value, self._words.language) if value is not None else ""


def _grouped(letters: str) -> str:
    return " ".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))
