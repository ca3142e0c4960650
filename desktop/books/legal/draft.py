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

    def __init__(self, plan: Plan, pack: Pack, language: Language, id: str, title: Message) -> None:  # noqa: A002
        self.plan, self.pack = plan, pack
        self.to: Paper = paper(plan, pack, language, id, title)
        self.say = self.to.words.say

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

    def centred(self, text: str) -> None:
        """A line in the middle of the page."""
        self.to.add(Paragraph((Run(text, bold=True),), "centred"))

    def opening(self, about: str, number: str) -> None:
        """That it is a draft, its number, what it is about, and who speaks."""
        advice = (Run(self.say(Message("books.legal.advice"))),)
        self.to.add(Callout(self.say(Message("books.legal.draft")), (advice,)))
        self.centred(number)
        self.centred(self.say(Message("books.legal.about")))
        self.centred(about.upper())
        self.centred(f"{self.head.upper()},")

    def reasons(self, reasons: Iterable[str]) -> None:
        """What is considered (*Menimbang*), letter by letter, and the rules it rests on (*Mengingat*)."""
        rows = [*self._lettered(self.say(Message("books.legal.considering")), reasons), *self._bases()]
        self._rows(rows)

    def _lettered(self, label: str, texts: Iterable[str]) -> Iterator[Row]:
        for place, text in enumerate(texts):
            head = label if not place else ""
            letter = f"{chr(ord('a') + place)}."
            yield Row(((Run(head),), (Run(letter),), (Run(text),)))

    def _bases(self) -> Iterator[Row]:
        label = self.say(Message("books.legal.recalling"))
        for place, title in enumerate(self._titles()):
            head = label if not place else ""
            marks = () if place else (self.check(),)
            yield Row(((Run(head),), (Run(f"{place + 1}."),), (Run(f"{title};"), *marks)))

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
        columns = (Column("", width=0.7), Column("", width=0), Column("", width=3.0))
        self.to.add(Table(0, "", columns, tuple(rows), plain=True))

    def decided(self, what: str) -> None:
        """*MEMUTUSKAN*, and what is laid down."""
        self.centred(self.say(Message("books.legal.decides")))
        self.to.paragraph(Run(self.say(Message("books.legal.lays_down")), bold=True), Run(f" {what}."))

    def dictum(self, number: int, line: Line) -> None:
        """*KESATU*, *KEDUA*, ...: one thing that is decided."""
        label = self.say(_DICTUMS[number - 1])
        self._rows([Row(((Run(label, bold=True),), (Run(":"),), line))])

    def article(self, number: int, *paragraphs: str) -> None:
        """An article; several paragraphs are counted in brackets."""
        self.to.add(Heading(2, "", self.say(Message("books.legal.article", number=str(number)))))
        for place, text in enumerate(paragraphs, 1):
            mark = f"({place}) " if len(paragraphs) > 1 else ""
            self.to.paragraph(Run(mark + text))

    def chapter(self, number: str, title: Message) -> None:
        """A chapter of a regulation: *BAB I*."""
        self.to.section(
            f"{self.say(Message('books.legal.chapter', number=number))}  {self.say(title).upper()}"
        )

    def closing(self, copies: Sequence[str] = (), *, promulgated: bool = False) -> None:
        """Place and day, who signs (and promulgates), copies, and the column for parafs."""
        place = self.say(Message("books.legal.enacted", dots=DOTS))
        signers = [self._signer("head_of_region", self.head)]
        if promulgated:
            signers.append(self._signer("regional_secretary", self.say(Message("books.legal.secretary"))))
        self.to.add(Signatures(tuple(signers), place))
        if promulgated:
            self.to.note(Message("books.legal.gazette", region=self.plan.region.name, dots=DOTS))
        if copies:
            self.to.minor(self.say(Message("books.legal.copies")))
            for place_, each in enumerate(copies, 1):
                self.to.paragraph(Run(f"{place_}. {each}"))
        self._parafs()

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
        """The finished draft."""
        region = self.plan.region
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


_DICTUMS = (
    Message("books.legal.first"),
    Message("books.legal.second"),
    Message("books.legal.third"),
    Message("books.legal.fourth"),
    Message("books.legal.fifth"),
)
