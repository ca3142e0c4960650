"""What every draft of a legal product has: who issues it, considerations, bases, enactment, signatures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
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
    ListBlock,
    ListItem,
    PageBreak,
    Paragraph,
    Row,
    Signatures,
    Signer,
    Table,
    Tag,
    Tone,
    text_of,
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
_LABEL = 0.75
"""How wide the labels of clauses are, beside three parts of text."""
_COLON: Line = (Run(":"),)
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
    def office(self) -> str:
        """*Bupati*, *Wali Kota*: as decrees and regulations name themselves in their own text."""
        return self._called("")

    @property
    def head(self) -> str:
        """The office of the head of region: *Bupati Lampung Timur*, *Wali Kota Metro*."""
        return self._called(re.sub(r"^(Kabupaten|Kota)\s+", "", self.plan.region.name))

    def _called(self, name: str) -> str:
        if self.plan.region.kind == "kota":
            return self.say(Message("books.legal.mayor" if name else "books.legal.a_mayor", name=name))
        return self.say(Message("books.legal.regent" if name else "books.legal.a_regent", name=name))

    def check(self) -> Tag:
        """Marks what the legal bureau has to look at."""
        return Tag(self.say(Message("books.legal.check")), Tone.WARNING)

    def centred(self, text: str, *marks: Tag) -> None:
        """A line in the middle of the page."""
        if text:
            self.to.add(Paragraph((Run(text, bold=True), *marks), "centred"))

    def opening(self, about: str, *, blessed: bool = False) -> None:
        """Its number, what it is about, and who speaks; a regulation (``blessed``) names God before."""
        self.centred(self.number, *self.wording.foreign("number"))
        self.centred(self.say(Message("books.legal.about")))
        self.centred(about.upper(), *self.wording.foreign("about"))
        if blessed:
            self.centred(self.say(Message("books.legal.grace")))
        self.centred(f"{self.head.upper()},")

    @property
    def number(self) -> str:
        """*NOMOR ... TAHUN ...*, which the register of the office gives."""
        return self.wording.text("number", self.say(Message("books.legal.number", dots=DOTS)))

    def advice(self) -> Callout:
        """What the legal bureau is told first: that it is a draft, and what the team worded itself."""
        lines: list[Line] = [(Run(self.say(Message("books.legal.advice"))),)]
        if self.wording.changed:
            parts = listed(self.say(each) for each in self.wording.changed)
            lines.append((Run(self.say(Message("books.legal.worded", parts=parts))),))
        return Callout(self.say(Message("books.legal.draft")), tuple(lines))

    def reasons(self, reasons: Iterable[str]) -> None:
        """What is considered (*Menimbang*), letter by letter, and the rules it rests on (*Mengingat*)."""
        rows = self._listed(Message("books.legal.considering"), self.wording.lines("why", reasons), _letter)
        bases = self.wording.lines("bases", [f"{each};" for each in self._titles()])
        # the first speaks for all of them; one whose subject is not known is checked by itself
        bases = [
            (*line, self.check()) if not place or " tentang " not in text_of(line) else line
            for place, line in enumerate(bases)
        ]
        rows += self._listed(Message("books.legal.recalling"), bases, lambda place: str(place + 1))
        self._clauses((*self._labelled, Column("", width=0), Column("", width=3.0)), rows)

    def _listed(self, label: Message, lines: Sequence[Line], mark: Callable[[int], str]) -> list[Row]:
        """A label, and what is listed beside it, point by point."""
        head: Line = (Run(self.say(label)),)
        return [
            Row((() if place else head, () if place else _COLON, (Run(f"{mark(place)}."),), line))
            for place, line in enumerate(lines)
        ]

    def _titles(self) -> list[str]:
        """Laws and regulations that the guideline and the plan name, the highest first."""
        own = [
            f"Peraturan Daerah Nomor {each.number} tentang {self.to.words.text(each.title)}"
            for each in self.plan.decrees
            if each.state == "issued" and each.kind == "perda"
        ]
        known = [one.title for one in self.pack.legal if one.title.startswith(_RANKS[:3])]
        return sorted([*known, *own], key=_rank)

    @property
    def _labelled(self) -> tuple[Column, Column]:
        """What every clause begins with: its label, and the colon that stands below the other colons."""
        return Column("", width=_LABEL), Column("", width=0)

    def _clauses(self, columns: tuple[Column, ...], rows: Sequence[Row]) -> None:
        if rows:
            self.to.add(Table(0, "", columns, tuple(rows), plain=True, clauses=True))

    def decided(self, what: str) -> None:
        """*MEMUTUSKAN*, and what is laid down."""
        self.centred(self.say(Message("books.legal.decides")))
        self._decided((Run(self.say(Message("books.legal.lays_down"))),), (Run(f"{what}."),))

    def dictum(self, part: str, text: str, *marks: Tag) -> None:
        """*KESATU*, *KEDUA*, ...: one thing that is decided; one that is left out is not counted."""
        line = self.wording.line(part, text)
        if line:
            self._decide((*line, *marks))

    def tasks(self, texts: Iterable[str]) -> None:
        """What the dictum above counts, letter by letter below its words."""
        lines = self.wording.lines("tasks", texts)
        if not lines:
            return
        listed_: Line = ()
        for place, line in enumerate(lines):
            listed_ = (*listed_, Run(("\n" if place else "") + f"{_letter(place)}. "), *line)
        listed_ = (*listed_, self.check())
        last = self.to.elements[-1]
        if isinstance(last, Table) and last is self._decisions and self._dictums:
            *above, row = last.rows
            row = replace(row, cells=(*row.cells[:-1], (*row.cells[-1], Run("\n"), *listed_)))
            self.to.elements[-1] = self._decisions = replace(last, rows=(*above, row))
        else:
            self.to.paragraph(*listed_)

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
        self._decided((Run(self.say(label)),), line)

    def _decided(self, label: Line, line: Line) -> None:
        """What is laid down and what is decided stands in one table, as nothing parts it."""
        row, last = Row((label, _COLON, line)), self.to.elements[-1]
        if isinstance(last, Table) and last is self._decisions:
            self.to.elements[-1] = self._decisions = replace(last, rows=(*last.rows, row))
            return
        self._clauses((*self._labelled, Column("", width=3.0)), [row])
        last = self.to.elements[-1]
        self._decisions = last if isinstance(last, Table) else None

    def article(self, number: int, *paragraphs: str) -> None:
        """An article; several paragraphs are counted in brackets."""
        self.add_article(*self.wording.lines(f"article{number}", paragraphs))

    def add_article(self, *lines: Line) -> None:
        """An article of these paragraphs; one without any is left out, and not counted."""
        if not lines:
            return
        self._headed()
        for place, line in enumerate(lines, 1):
            mark = (Run(f"({place}) "),) if len(lines) > 1 else ()
            self.to.paragraph(*mark, *line)

    def terms(self, intro: str, terms: Sequence[str]) -> None:
        """The first article: what words mean, counted without brackets."""
        lines = self.wording.lines("article1", terms)
        if lines:
            self._headed()
            self.to.paragraph(Run(intro))
            self.to.add(ListBlock(tuple(ListItem(line, 1, place) for place, line in enumerate(lines, 1))))

    def _headed(self) -> None:
        self._articles += 1
        article = self.say(Message("books.legal.article", number=str(self._articles)))
        self.to.add(Heading(2, "", article, centred=True))

    def more_articles(self) -> list[Line]:
        """What else is regulated, an article each."""
        return self.wording.lines("more", ())

    def chapter(self, number: str, title: Message) -> None:
        """A chapter of a regulation: *BAB I*."""
        self.to.add(Heading(1, number, self.say(title).upper(), centred=True))

    def closing(self, copies: Sequence[str] = (), *, promulgated: bool = False) -> None:
        """What the team adds, place and day, who signs (and promulgates), copies, the column for parafs."""
        for line in self.wording.lines("free", ()):
            self.to.paragraph(*line)
        self.signed()
        if promulgated:
            region = self.plan.region.name
            office = self.say(Message("books.legal.secretary_of", region=region))
            secretary = self._signer("regional_secretary", office)
            place = self._place_and_day(Message("books.legal.promulgated", dots=DOTS))
            self.to.add(Signatures((secretary,), place, side="left"))
            gazette = self.say(Message("books.legal.gazette", region=region, dots=DOTS))
            self.to.paragraph(Run(gazette.upper()))
        if not promulgated:
            self.copies(self.wording.lines("copies", copies))
        self._parafs()

    def signed(self) -> None:
        """Place and day, and the head of region, at the right."""
        place = self._place_and_day(Message("books.legal.enacted", dots=DOTS))
        self.to.add(Signatures((self._signer("head_of_region", self.head),), place))

    def _place_and_day(self, place: Message) -> str:
        return f"{self.say(place)}\n{self.say(Message('books.legal.on_day', dots=DOTS))}"

    def annex(self, about: str, title: str) -> None:
        """A new page that says whose annex it is, and what it holds."""
        self.to.add(PageBreak())
        whose = self.say(Message("books.legal.annex", office=self.head)).upper()
        lines = (whose, self.number, self.say(Message("books.legal.about")), about.upper())
        self.to.add(Paragraph((Run("\n".join(lines)),), "aside"))
        self.centred(title.upper())

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
        return Signer(role, f"{acting.upper()},", name)

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
        cover = Cover("", title.upper(), region.name, region.province, "", (), region.code)
        made = self.to.document(self.say(Message("books.legal.foot", head=self.plan.head[:12])), cover)
        province = self.say(Message("books.legal.province", name=region.province))
        lines = (self.head.upper(), province.upper())
        emblem = emblem_of(self.plan)
        return replace(made, front=(self.advice(),), letterhead=lines, emblem=emblem, large=True)


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
