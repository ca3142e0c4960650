"""What the desk writes to regions: a letter that asks for clarification, and a receipt for what came in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from desktop.base import Language, LocalText, Message
from desktop.base.richtext import Run
from desktop.books.approval import hash_lines
from desktop.books.document import (
    Column,
    Cover,
    Document,
    Element,
    ListBlock,
    ListItem,
    Paragraph,
    Proof,
    Row,
    Signatures,
    Signer,
    Stamp,
    Table,
)
from desktop.books.marks import labels_of
from desktop.books.proof import proof_of
from desktop.books.words import EMPTY, Words
from desktop.submission.called import Title, pack_at_hand
from desktop.submission.due import ZONE
from desktop.submission.quoting import quoted
from desktop.submission.register.addressees import asked_of, told_of
from desktop.submission.register.alike import said_alike
from desktop.submission.register.entry import Basis, Entry
from desktop.submission.register.reading import Told
from desktop.submission.register.repeating import Repeating, guideline_label, listed
from desktop.submission.register.words import (
    SORT_NAMES,
    few_reasons,
    lateness,
    remedy,
    result_name,
)
from desktop.submission.signed import marked_holder
from desktop.workspace.regions import region_named

ROLE = "ministry"
"""Who signs what the desk writes."""
MOST_REASONS = 40
"""Reasons told one by one in a letter; whoever has more, has one cause for them."""
MOST_FILES, NAMED = 20, 5
"""Kinds of files of which a letter says what is asked, and files of one kind that it names there."""
MOST_NOTES = 15
"""Notes told one by one in a receipt: there the signature stands below them."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Who writes, whom to answer and by when; what is left empty stands as a place to fill in."""

    office: str = ""
    contact: str = ""
    answer_by: dt.date | None = None
    number: str = ""
    """The beginning of every number (``005/KC/2026/``)."""
    place: str = "Jakarta"
    language: Language = Language.ID
    ask_unknown: bool = False
    """Whether regions are asked about certificates of an issuer that several of them name."""


def letter(about: Sequence[Entry], desk: Desk, now: dt.datetime) -> Document:
    """A letter to the region of these entries."""
    words, region = Words(desk.language, "id"), about[0].region
    say = words.say
    here = told_of(about)
    to = _Letter(words)
    to.paragraph(Message("submission.letter.to", head=head_of_region(region, words)))
    to.paragraph(Message("submission.letter.subject"))
    to.paragraph(Message("submission.letter.greeting"))
    to.paragraph(Message("submission.letter.opening", n=len(here), day=now.astimezone(ZONE).date()))
    heads = (
        Message("submission.letter.file"),
        Message("submission.letter.sort"),
        Message("submission.letter.result"),
    )
    to.table(
        heads,
        [(say(quoted(one.name)), say(SORT_NAMES[one.sort]), say(result_name(one.result))) for one in here],
    )
    _ask(to, here)
    if any(one.rivals for one in here):
        to.paragraph(Message("submission.letter.rivals"))
    if any(one.basis in {Basis.GUESSED, Basis.CLAIMED} for one in here):
        to.paragraph(Message("submission.letter.guessed"))
    if desk.answer_by:
        to.paragraph(Message("submission.letter.answer_by", day=words.date(desk.answer_by)))
    else:
        to.paragraph(Message("submission.letter.answer"))
    contact = desk.contact or say(Message("submission.letter.contact_open"))
    to.paragraph(Message("submission.letter.contact", contact=contact))
    to.paragraph(Message("submission.letter.closing"))
    number = f"{desk.number}KL/{region}/{now.astimezone(ZONE):%Y%m%d}"
    title = Message("submission.letter.title")
    return _document(to, (f"letter-{region}", title, number), region, desk, now)


def _ask(to: _Letter, here: Sequence[Entry]) -> None:
    """What is asked, by the files that it is about; files of which the same is to be said stand together."""
    asked = asked_of(here)
    about: dict[tuple[Told, ...], tuple[list[str], dict[Told, None]]] = {}
    for one, reasons in asked.about:
        repeating = Repeating(one, pack_at_hand(one.guideline, one.guideline_version))
        # alone, and with whose signature it is about
        alone = tuple(dict.fromkeys(map(repeating.reason, reasons)))
        names, whose = about.setdefault(alone, ([], {}))
        names.append(one.name)
        whose |= dict.fromkeys(map(repeating.whose, reasons))
    for place, (names, told) in enumerate(about.values()):
        if place == MOST_FILES:
            to.paragraph(Message("submission.letter.more_files", n=len(about) - place))
            break
        if len(about) > 1:
            more = ", \N{HORIZONTAL ELLIPSIS}" * (len(names) > NAMED)
            to.heading(Message("submission.letter.about", files=listed(names[:NAMED]) + more))
        missing, refusal = ([one for one in told if one.weight == each] for each in ("missing", "refusal"))
        to.asked(Message("submission.letter.administrative"), missing)
        to.asked(Message("submission.letter.genuineness"), refusal)
    if asked.replaced:
        to.paragraph(Message("submission.letter.replaced", n=asked.replaced))
    if asked.ours:
        to.paragraph(Message("submission.letter.ours", n=asked.ours))


def receipt(entry: Entry, desk: Desk, now: dt.datetime, *, draft: bool) -> Document:
    """The receipt for a package; a ``draft`` is one that nobody signs, and says so on every page."""
    words = Words(desk.language, "id")
    say = words.say
    pack = pack_at_hand(entry.guideline, entry.guideline_version)
    repeating, guideline = Repeating(entry, pack), _said(words, guideline_label(entry, pack))
    to = _Letter(words)
    to.paragraph(Message("submission.receipt.opening", office=desk.office or say(_OFFICE_OPEN)))
    facts: list[tuple[Message, str]] = [
        (Message("submission.receipt.region"), f"{entry.region} {entry.region_name}"),
        (Message("submission.receipt.period"), entry.period),
        (Message("submission.receipt.guideline"), guideline),
        (Message("submission.receipt.package"), hash_lines(entry.package)),
        (Message("submission.receipt.sha256"), hash_lines(entry.sha256)),
        (Message("submission.receipt.result"), say(result_name(entry.result))),
        (Message("submission.receipt.late"), say(lateness(entry))),
        (Message("submission.receipt.signed_at"), _moment(entry.signed_at, words)),
        (Message("submission.receipt.received"), _moment(entry.first_read, words)),
    ]
    if entry.first_said:
        facts.append((Message("submission.receipt.said"), _moment(entry.first_said, words)))
    if entry.previous:
        facts.append((Message("submission.receipt.previous"), hash_lines(entry.previous)))
    to.facts(facts)
    heads = (
        Message("submission.receipt.signer"),
        Message("submission.receipt.document"),
        Message("submission.receipt.when"),
    )
    whole = say(Message("submission.receipt.whole"))
    # what one person signed at one time stands in one line: the box for the signature shall have room below
    signed: dict[tuple[str, str], list[str]] = {}
    for one in entry.signers:
        name = _said(words, repeating.document(one.document)) or whole
        signed.setdefault((say(marked_holder(one)), _moment(one.claimed_at, words)), []).append(name)
    to.table(heads, [(holder, "; ".join(names), at) for (holder, at), names in signed.items()])
    if any(one.document for one in entry.signers):
        # which of them show anything is not kept
        to.paragraph(Message("submission.receipt.own_stamps"))
    told = list(dict.fromkeys(repeating.reason(one) for one in entry.reasons))
    to.asked(Message("submission.receipt.open"), [one for one in told if one.weight == "missing"])
    others = [Message("submission.receipt.rivals", n=len(entry.rivals))] if entry.rivals else []
    # each by its kind, so that many of one leave room for the others
    odd = (*others, *map(repeating.doubt, (*said_alike(entry), *entry.doubts)))
    doubts = [Told("note", each.id, each) for each in odd]
    to.noted(Message("submission.receipt.notes"), [*doubts, *(one for one in told if one.weight == "note")])
    to.paragraph(Message("submission.receipt.meaning"))
    number = f"{desk.number}TT/{entry.region}/{entry.sha256[:8]}"
    # beside the box, which is signed alone: at its foot the page has no room left
    proof = proof_of(words, entry.fingerprint, guideline) if entry.fingerprint else None
    if proof is not None:
        # how it is compared stands in the last sentence
        proof = replace(proof, lines=proof.lines[:1])
    named = f"receipt-{entry.region}", Message("submission.receipt.title"), number
    return _document(to, named, entry.region, desk, now, proof=proof, draft=draft)


def _said(words: Words, what: Title | str) -> str:
    if isinstance(what, Message):
        return words.say(what)
    return words.local(what) if isinstance(what, LocalText) else what


_OFFICE_OPEN = Message("submission.letter.office_open")


class _Letter:
    """Gathers the parts of a letter in one language."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.elements: list[Element] = []

    def paragraph(self, message: Message) -> None:
        self.elements.append(Paragraph((Run(self.words.say(message)),)))

    def heading(self, message: Message) -> None:
        self.elements.append(Paragraph((Run(self.words.say(message)),), "minor_heading"))

    def table(self, heads: Iterable[Message], rows: Iterable[Sequence[str]]) -> None:
        columns = tuple(Column(self.words.say(each)) for each in heads)
        lines = tuple(Row(tuple((Run(cell or EMPTY),) for cell in row)) for row in rows)
        if lines:
            self.elements.append(Table(0, "", columns, lines))

    def facts(self, facts: Iterable[tuple[Message, str]]) -> None:
        columns = (Column("", width=0.7, strong=True), Column("", width=2.0))
        rows = tuple(Row(((Run(self.words.say(name)),), (Run(text or EMPTY),))) for name, text in facts)
        self.elements.append(Table(0, "", columns, rows, plain=True))

    def asked(self, title: Message, reasons: Sequence[Told]) -> None:
        """Reasons one by one, each with what to do about it."""
        if not reasons:
            return
        say = self.words.say
        self.elements.append(Paragraph((Run(say(title)),), "minor_heading"))
        items = []
        shown, left = few_reasons(reasons, MOST_REASONS)
        for number, one in enumerate(shown, 1):
            items.append(ListItem((Run(f"{say(one.message)} [{one.code}]"),), 1, number))
            what = say(Message("submission.letter.remedy", remedy=remedy(one.code, one.weight)))
            items.append(ListItem((Run(what),), 2))
        self.elements.append(ListBlock(tuple(items)))
        if left:
            self.paragraph(Message("submission.letter.more", n=left))

    def noted(self, title: Message, notes: Sequence[Told]) -> None:
        """What is to be known, one by one; nobody has to do anything about it."""
        if not notes:
            return
        say = self.words.say
        self.elements.append(Paragraph((Run(say(title)),), "minor_heading"))
        shown, left = few_reasons(notes, MOST_NOTES)
        items = []
        for number, one in enumerate(shown, 1):
            said = say(one.message) if one.code == one.message.id else f"{say(one.message)} [{one.code}]"
            items.append(ListItem((Run(said),), 1, number))
        self.elements.append(ListBlock(tuple(items)))
        if left:
            self.paragraph(Message("submission.letter.more", n=left))


def head_of_region(code: str, words: Words) -> str:
    """How the head of a region is addressed: *Bupati Malang*, *Wali Kota Malang*."""
    found = region_named(code)
    if found is None:
        return words.say(Message("submission.letter.head_unknown"))
    kind, _, bare = found.name.partition(" ")
    if kind.casefold() == "kota":
        return words.say(Message("submission.letter.mayor", name=bare))
    return words.say(Message("submission.letter.regent", name=bare))


def _moment(text: str, words: Words) -> str:
    """A time in Jakarta, or an empty text."""
    if not text:
        return ""
    moment = dt.datetime.fromisoformat(text).astimezone(ZONE)
    return f"{words.date(moment.date())} {moment:%H.%M} WIB"


def _document(
    to: _Letter,
    named: tuple[str, Message, str],
    region: str,
    desk: Desk,
    now: dt.datetime,
    *,
    proof: Proof | None = None,
    draft: bool = False,
) -> Document:
    words, found = to.words, region_named(region)
    say = words.say
    id_, title, number = named
    office = desk.office or say(_OFFICE_OPEN)
    day = words.date(now.astimezone(ZONE).date())
    signer = Signer(ROLE, office, "")
    to.elements.append(
        Signatures((signer,), say(Message("submission.letter.place", place=desk.place, day=day)), proof)
    )
    to.elements.insert(0, Paragraph((Run(say(Message("submission.letter.number", number=number))),)))
    cover = Cover(
        "", say(title),
        found.name if found else region, found.province if found else "", "", (), region,
    )  # fmt: skip
    watermark = None
    if draft:
        watermark = Stamp(
            say(Message("submission.receipt.draft")), say(Message("submission.receipt.draft_sentence"))
        )
    return Document(
        id=id_,
        title=f"{say(title)} – {found.name if found else region}",
        subject=say(title),
        author=office,
        language=words.language,
        moment=now,
        cover=cover,
        labels=replace(labels_of(words), coat_of_arms=say(Message("submission.letter.arms"))),
        running_head=(say(title), found.name if found else region),
        running_foot=say(Message("submission.letter.number", number=number)),
        elements=tuple(to.elements),
        watermark=watermark,
        letter=True,
        letterhead=(office,),
    )
