"""What every draft of a legal product has: who issues it, considerations, bases, enactment, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from desktop.base import Language, Message
from desktop.base.richtext import Run
from desktop.books.blocks.region import office_of
from desktop.books.document import (
    Callout,
    Column,
    Cover,
    Document,
    Heading,
    Line,
    Paragraph,
    Row,
    Signatures,
    Signer,
    Table,
    Tag,
    Tone,
)
from desktop.books.emblem import emblem_of
from desktop.books.hearing.paper import Paper, paper
from desktop.books.wording import Wording
from desktop.books.words import listed
from desktop.guideline.pack import Pack
from desktop.workspace import offices
from desktop.workspace.plan import Plan

DOTS = "........................"
"""What is written in by hand."""
_RANKS = (
    "Undang-Undang",
    "Peraturan Pemerintah",
    "Peraturan Presiden",
    "Peraturan Menteri",
    "Peraturan Daerah",
)
"""Legal bases stand in this order (Law 12 of 2011, article 7)."""


class Draft:
    """Composes one legal product in one language."""

    def __init__(
        self, plan: Plan, pack: Pack, language: Language, kind: str, title: Message, *, template: bool = False
    ) -> None:
        """``template``: as if the team had worded nothing itself."""
        self.plan, self.pack = plan, pack
        self.to: Paper = paper(plan, pack, language, f"legal-{kind}", title)
        self.say = self.to.words.say
        self.wording = Wording(plan, self.to.words, kind, template=template)
        self._dictums = self._articles = 0
        self._decisions: Table | None = None

    @property
    def head(self) -> str:
        """The office of the head of region: *Bupati Lampung Timur*, *Wali Kota Metro*."""
        name = re.sub(r"^(Kabupaten|Kota)\s+", "", self.plan.region.name)
        if self.plan.region.kind == "kota":
            return self.say(Message("books.legal.mayor", name=name))
        return self.say(Message("books.legal.regent", name=name))

    def check(self) -> Tag:
        """Marks what the legal bureau has to look at."""
        return Tag(self.say(Message("books.legal.check")), Tone.WARNING)

    def centred(self, text: str, *marks: Tag) -> None:
        """A line in the middle of the page."""
        if text:
            self.to.add(Paragraph((Run(text, bold=True), *marks), "centred"))

    def opening(self, about: str) -> None:
        """That it is a draft, its number, what it is about, and who speaks."""
        number = self.wording.text("number", self.say(Message("books.legal.number", dots=DOTS)))
        self.centred(number, *self.wording.foreign("number"))
        self.centred(self.say(Message("books.legal.about")))
        self.centred(about.upper(), *self.wording.foreign("about"))
        self.centred(f"{self.head.upper()},")

    def advice(self) -> Callout:
        """What the legal bureau is told first: that it is a draft, and what the team worded itself."""
        lines: list[Line] = [(Run(self.say(Message("books.legal.advice"))),)]
        if self.wording.changed:
            parts = listed(self.say(each) for each in self.wording.changed)
            lines.append((Run(self.say(Message("books.legal.worded", parts=parts))),))
        return Callout(self.say(Message("books.legal.draft")), tuple(lines))

    def reasons(self, reasons: Iterable[str]) -> None:
        """What is considered (*Menimbang*), letter by letter, and the rules it rests on (*Mengingat*)."""
        rows = [*self._lettered(self.say(Message("books.legal.considering")), reasons), *self._bases()]
        self._rows(rows)

    def _lettered(self, label: str, texts: Iterable[str]) -> Iterator[Row]:
        for place, line in enumerate(self.wording.lines("why", texts)):
            head = label if not place else ""
            yield Row(((Run(head),), (Run(f"{_letter(place)}."),), line))

    def _bases(self) -> Iterator[Row]:
        label = self.say(Message("books.legal.recalling"))
        for place, line in enumerate(self.wording.lines("bases", [f"{each};" for each in self._titles()])):
            head = label if not place else ""
            marks = () if place else (self.check(),)
            yield Row(((Run(head),), (Run(f"{place + 1}."),), (*line, *marks)))

    def _titles(self) -> list[str]:
        """Laws and regulations that the guideline and the plan name, the highest first."""
        own = [
            f"Peraturan Daerah Nomor {each.number} tentang {self.to.words.text(each.title)}"
            for each in self.plan.decrees
            if each.state == "issued" and each.kind == "perda"
        ]
        known = [one.title for one in self.pack.legal if one.title.startswith(_RANKS[:3])]
        return sorted([*known, *own], key=_rank)

    def _rows(self, rows: Sequence[Row]) -> None:
        if not rows:
            return
        columns = (Column("", width=0.7), Column("", width=0), Column("", width=3.0))
        self.to.add(Table(0, "", columns, tuple(rows), plain=True))

    def decided(self, what: str) -> None:
        """*MEMUTUSKAN*, and what is laid down."""
        self.centred(self.say(Message("books.legal.decides")))
        self.to.paragraph(Run(self.say(Message("books.legal.lays_down")), bold=True), Run(f" {what}."))

    def dictum(self, part: str, text: str, *marks: Tag) -> None:
        """*KESATU*, *KEDUA*, ...: one thing that is decided; one that is left out is not counted."""
        line = self.wording.line(part, text)
        if line:
            self._decide((*line, *marks))

    def more_dictums(self) -> None:
        """What else is decided, a line each."""
        for line in self.wording.lines("more", ()):
            self._decide(line)

    def _decide(self, line: Line) -> None:
        self._dictums += 1
        known = self._dictums <= len(_DICTUMS)
        label = (
            _DICTUMS[self._dictums - 1] if known else Message("books.legal.nth", number=str(self._dictums))
        )
        row = Row(((Run(self.say(label), bold=True),), (Run(":"),), line))
        last = self.to.elements[-1]
        if isinstance(last, Table) and last is self._decisions:  # what nothing parts stands in one table
            self.to.elements[-1] = self._decisions = replace(last, rows=(*last.rows, row))
            return
        self._rows([row])
        last = self.to.elements[-1]
        self._decisions = last if isinstance(last, Table) else None

    def article(self, number: int, *paragraphs: str) -> None:
        """An article; several paragraphs are counted in brackets."""
        self.add_article(*self.wording.lines(f"article{number}", paragraphs))

    def add_article(self, *lines: Line) -> None:
        """An article of these paragraphs; one without any is left out, and not counted."""
        if not lines:
            return
        self._articles += 1
        self.to.add(Heading(2, "", self.say(Message("books.legal.article", number=str(self._articles)))))
        for place, line in enumerate(lines, 1):
            mark = (Run(f"({place}) "),) if len(lines) > 1 else ()
            self.to.paragraph(*mark, *line)

    def more_articles(self) -> list[Line]:
        """What else is regulated, an article each."""
        return self.wording.lines("more", ())

    def chapter(self, number: str, title: Message) -> None:
        """A chapter of a regulation: *BAB I*."""
        self.to.section(
            f"{self.say(Message('books.legal.chapter', number=number))}  {self.say(title).upper()}"
        )

    def closing(self, copies: Sequence[str] = (), *, promulgated: bool = False) -> None:
        """What the team adds, place and day, who signs (and promulgates), copies, the column for parafs."""
        for line in self.wording.lines("free", ()):
            self.to.paragraph(*line)
        place = self.say(Message("books.legal.enacted", dots=DOTS))
        signers = [self._signer("head_of_region", self.head)]
        if promulgated:
            signers.append(self._signer("regional_secretary", self.say(Message("books.legal.secretary"))))
        self.to.add(Signatures(tuple(signers), place))
        if promulgated:
            self.to.note(Message("books.legal.gazette", region=self.plan.region.name, dots=DOTS))
        if not promulgated:
            self.copies(self.wording.lines("copies", copies))
        self._parafs()

    def copies(self, lines: Sequence[Line]) -> None:
        """Who gets a copy (*tembusan*)."""
        if lines:
            self.to.minor(self.say(Message("books.legal.copies")))
        for place, line in enumerate(lines, 1):
            self.to.paragraph(Run(f"{place}. "), *line)

    def _signer(self, role: str, office: str) -> Signer:
        person = offices.holder(self.plan, role, self.to.today)
        nobody = self.say(Message("books.signature.no_name"))
        name = person.name if person is not None and person.name else nobody
        acting = office_of(self.to, person) if person is not None and person.acting else office
        return Signer(role, acting, name)

    def _parafs(self) -> None:
        """Who has read the draft before it is signed, by hand."""
        columns = (
            Column(self.say(Message("books.legal.paraf_office")), width=2.0),
            Column(self.say(Message("books.legal.paraf")), width=1.0),
            Column(self.say(Message("books.legal.paraf_day")), width=1.0),
        )
        offices_ = (
            Message("books.legal.secretary"),
            Message("books.legal.assistant"),
            Message("books.legal.bureau"),
            Message("books.legal.agency"),
        )
        rows = tuple(Row(((Run(self.say(each)),), (Run("\n"),), (Run(""),))) for each in offices_)
        self.to.minor(self.say(Message("books.legal.parafs")))
        self.to.add(Table(0, "", columns, rows))

    def document(self, title: str) -> Document:
        """The finished draft; what the bureau is told stands above it."""
        region = self.plan.region
        self.to.elements.insert(0, self.advice())
        cover = Cover("", title.upper(), region.name, region.province, "", (), region.code)
        made = self.to.document(self.say(Message("books.legal.foot", head=self.plan.head[:12])), cover)
        province = self.say(Message("books.legal.province", name=region.province))
        lines = (self.head.upper(), province.upper())
        return replace(made, letterhead=lines, emblem=emblem_of(self.plan))


def _rank(title: str) -> tuple[int, str]:
    place = next((n for n, rank in enumerate(_RANKS) if title.startswith(rank)), len(_RANKS))
    return place, _by_year(title)


def _by_year(title: str) -> str:
    """Of one rank the older one stands first."""
    found = re.search(r"Nomor (\d+) Tahun (\d{4})", title)
    return f"{found[2]}{int(found[1]):05d}" if found else title


def _letter(place: int) -> str:
    """a, b, ..., z, aa: as many as there are."""
    first, last = divmod(place, 26)
    return (chr(ord("a") + first - 1) if first else "") + chr(ord("a") + last)


_DICTUMS = (
    Message("books.legal.first"),
    Message("books.legal.second"),
    Message("books.legal.third"),
    Message("books.legal.fourth"),
    Message("books.legal.fifth"),
    Message("books.legal.sixth"),
    Message("books.legal.seventh"),
    Message("books.legal.eighth"),
    Message("books.legal.ninth"),
    Message("books.legal.tenth"),
)
