"""Holds a Word file that came back against what went out and against the plan as it is now.

What nobody touched in the file says nothing, however old it is. What only they changed is taken; where both
changed different sentences both stay; where both changed the same one, or where it is not sure what is
meant, a person decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from desktop import __version__
from desktop.base import Language, Message, RancangError
from desktop.base.canonical import Json
from desktop.base.richtext import normalise, parse
from desktop.books.returnable import CHAPTERS, Returnable, returnables, text_mark
from desktop.books.words import shortened
from desktop.exchange.edited.by_headings import by_headings
from desktop.exchange.edited.carrying import References, carried, carried_cell, same_words
from desktop.exchange.edited.contents import Cell, Contents, Grid, Item, Para
from desktop.exchange.edited.proposal import Passage, Proposal, Remark, Standing
from desktop.exchange.edited.steps import Steps
from desktop.exchange.word import NotADocument
from desktop.workspace.plan import text_hash
from desktop.workspace.suggesting import register_of

if TYPE_CHECKING:
    from desktop.exchange.edited.contents import Said
    from desktop.exchange.edited.outside import Printed
    from desktop.workspace import Workspace
    from desktop.workspace.plan import Place
    from desktop.workspace.provenance import Register

LANGUAGES = ("id", "en")
LONGEST = 2_000
"""Paragraphs of one text; a long chapter has some hundred."""
LETTERS = 2_000_000
"""Of one text; the longest chapters have a twentieth."""


class ForeignFile(RancangError):
    """The file went out of another document's plan."""

    exit_code = 1

    def __init__(self, file: str) -> None:
        super().__init__(Message("exchange.edited.foreign", file=file))


class NothingKnown(RancangError):
    """Neither marks nor headings say which text of the plan is which."""

    exit_code = 1

    def __init__(self, file: str) -> None:
        super().__init__(Message("exchange.edited.nothing_known", file=file))


def compare(workspace: Workspace, contents: Contents) -> Proposal:
    """What a file would change. Raises ForeignFile, NothingKnown, NotADocument."""
    return _Comparing(workspace, contents).run()


class _Comparing:
    """Compares one file with the plan."""

    def __init__(self, workspace: Workspace, contents: Contents) -> None:
        self._workspace, self._contents = workspace, contents
        self._plan, self._pack = workspace.plan(), workspace.pack()
        slip = contents.slip
        if slip is not None and slip.workspace != self._plan.workspace:
            raise ForeignFile(contents.file)
        self._language = slip.language.value if slip is not None else self._plan.source_language
        self._heads = slip.heads if slip is not None else ()
        self._notes: list[Message] = []
        self._same = 0
        self._references = References()
        self._beside: frozenset[str] = frozenset()
        """Texts that grew by what only touches them, where another version may have printed that itself."""

    def run(self) -> Proposal:
        """Text by text, in the order of the file."""
        found = self._found()
        if not found:
            raise NothingKnown(self._contents.file)
        registers = {mark: register_of(place) for mark, (place, _) in self._texts.items() if mark in found}
        sources = [register_of(self._source(self._texts[mark][0])) for mark in registers]
        before = self._before([*registers.values(), *sources])
        for returnable in self._known:
            for text in returnable.text.values.values():
                if returnable.rich:
                    self._references.learn(text)
        passages: list[Passage] = []
        for mark, parts in found.items():
            made = self._passage(mark, parts, before, registers[mark])
            if made.standing is Standing.SAME:
                self._same += 1
            else:
                passages.append(replace(made, number=len(passages) + 1))
        if self._references.lost:
            self._notes.append(Message("exchange.edited.lost.reference", n=self._references.lost))
        return Proposal(
            self._contents.file, tuple(passages), self._same, tuple(self._remarks()),
            (*self._notes, *self._contents.lost), self._people(), self._plan.head,
        )  # fmt: skip

    # ---- what is where

    @cached_property
    def _known(self) -> tuple[Returnable, ...]:
        return tuple(returnables(self._plan, self._pack))

    @cached_property
    def _texts(self) -> Mapping[str, tuple[Place, Returnable]]:
        """Every text in every language, by its mark."""
        return {
            text_mark(place := each.spot.place(language), language): (place, each)
            for each in self._known
            for language in dict.fromkeys((*LANGUAGES, *each.text.values))
        }

    def _outside(self) -> None:
        """Give each text what touches it, and tell what was changed where nothing is taken over."""
        from desktop.exchange.edited.outside import quoted, sorted_out, unknown

        slip, known = self._contents.slip, self._printed()
        if slip is not None and known is not None:
            self._references.printed = known.references
            self._contents, grown, strange = sorted_out(self._contents, known.words)
            if slip.program != __version__:
                self._beside = grown
            if strange:
                self._notes.append(Message("exchange.edited.outside", n=len(strange), texts=quoted(strange)))
            return
        # nobody knows what stood there when it went out: nothing is made part of a text, and all is told
        strange = unknown(self._contents, self._printed_today())
        if strange:
            found = Message("exchange.edited.beside_unknown", n=len(strange), texts=quoted(strange))
            self._notes.append(found)

    def _printed(self) -> Printed | None:
        """What the file showed when it went out, by the plan and guideline of then; nothing if not known."""
        from desktop.exchange.edited.outside import printed
        from desktop.guideline import load_pack
        from desktop.workspace.moments import plan_seen

        slip, pack = self._contents.slip, self._pack
        plan = plan_seen(self._workspace, slip.heads) if slip is not None else None
        if slip is None or plan is None:
            return None
        if plan.guideline.sha256 != self._plan.guideline.sha256:
            try:
                pack = load_pack(self._workspace.evidence_bytes(plan.guideline.sha256))
            except RancangError:  # that guideline is in another copy, or of a later program
                return None
        return found if (found := printed(plan, pack, slip.book, slip.language, slip.day)).words else None

    def _printed_today(self) -> frozenset[str]:
        from desktop.exchange.edited.outside import printed

        slip = self._contents.slip
        spoken = {self._texts[mark][0].language for mark, _ in self._contents.parts() if mark in self._texts}
        known = {CHAPTERS, *(each.id for each in self._pack.books)}
        book = slip.book if slip is not None and slip.book in known else ""
        return frozenset().union(
            *(printed(self._plan, self._pack, book, Language(each), None).words for each in sorted(spoken))
        )

    def _found(self) -> dict[str, list[list[Item | Cell]]]:
        """What stands in the place of each text, once for every place in which the file shows it."""
        if not self._contents.marked:
            self._notes.append(Message("exchange.edited.by_headings", file=self._contents.file))
            return self._by_headings(set())
        self._outside()
        found: dict[str, list[list[Item | Cell]]] = {}
        last, gone = "", set[str]()
        for mark, part in self._contents.parts():
            if mark and mark not in self._texts:
                gone.add(mark)
            elif mark:
                turns = found.setdefault(mark, [])
                if mark != last or isinstance(part, Cell):
                    turns.append([])
                turns[-1].append(part)
            last = mark
        if gone:
            self._notes.append(Message("exchange.edited.gone", n=len(gone)))
        return found

    def _by_headings(self, there: set[str]) -> dict[str, list[list[Item | Cell]]]:
        chapters = [
            (text_mark(each.spot.place(), self._language), each.spot.place(self._language).item)
            for each in self._known
            if each.spot.place().item.startswith("chapter.")
        ]
        found = by_headings(self._contents, self._pack, chapters)
        return {mark: [list(items)] for mark, items in found.items() if mark not in there}

    def _before(self, registers: Iterable[Register]) -> Mapping[Register, Json] | None:
        from desktop.workspace.earlier import as_seen

        if self._contents.slip is None:
            if self._contents.marked:
                self._notes.append(Message("exchange.edited.no_slip", file=self._contents.file))
            return None
        found = as_seen(self._workspace, registers, self._heads)
        if found is None:
            self._notes.append(Message("exchange.edited.unknown_state", file=self._contents.file))
        return found

    # ---- one text

    def _passage(
        self,
        mark: str,
        turns: Sequence[Sequence[Item | Cell]],
        before: Mapping[Register, Json] | None,
        register: Register,
    ) -> Passage:
        if sum(map(len, turns)) > LONGEST or _letters(turns) > LETTERS:
            raise NotADocument("too_large", self._contents.file)
        place, returnable = self._texts[mark]
        now = returnable.text.values.get(place.language, "")
        sent = now if before is None else _text(before.get(register))
        if returnable.rich:
            now, sent = normalise(now), normalise(sent)
            self._references.learn(sent)
        versions = list(dict.fromkeys(self._theirs(sent, parts, returnable) for parts in turns))
        changed = [each for each in versions if each != sent] or versions[:1]
        theirs = changed[0]
        shown = Passage(
            0, place, returnable.spot.where(), returnable.spot.page, Standing.SAME,
            authors=self._contents.changed_by.get(mark, ()),
        )  # fmt: skip
        if theirs in (sent, now) or _bare(theirs) == _bare(now) == "":
            return shown
        steps = Steps(sent, now, theirs, rich=returnable.rich)
        if not steps.all:
            return shown
        reasons = [
            Message(f"exchange.edited.doubt.{name}")
            for name, doubted in (
                ("several", len(changed) > 1),
                ("no_base", before is None),
                ("beside", mark in self._beside),
                ("language", place.language != self._language),
                ("emptied", not _bare(theirs)),
                ("shortened", returnable.title and shortened(sent) != " ".join(sent.split())),
                ("table", returnable.rich and _in_cell(turns) and "<table" in sent),
            )
            if doubted
        ]
        standing = Standing.CHANGED if _bare(now) else Standing.NEW
        if reasons:
            standing = Standing.DOUBTFUL
        elif steps.clashes:
            standing = Standing.CONFLICTING
        return replace(
            shown, standing=standing, steps=steps.all, reasons=tuple(reasons), now=now,
            ground=(sent, theirs, returnable.rich),
            made_from=self._made_from(returnable, place, before, moved=now != sent),
        )  # fmt: skip

    def _source(self, place: Place) -> Place:
        """The same field in the language in which the plan is written."""
        return replace(place, language=self._plan.source_language)

    def _made_from(
        self, returnable: Returnable, place: Place, before: Mapping[Register, Json] | None, *, moved: bool
    ) -> str:
        """What a translation was made from: the source when it went out, if nobody translated anew since."""
        if before is None or moved:
            return returnable.text.made_from.get(place.language, "")
        return text_hash(_text(before.get(register_of(self._source(place)))))

    def _theirs(self, sent: str, parts: Sequence[Item | Cell], returnable: Returnable) -> str:
        """What one place in the file makes of a text that was sent."""
        cells = [part for part in parts if isinstance(part, Cell)]
        if returnable.rich:
            if cells:
                said = "".join(cell.text for cell in cells).strip()
                if not _bare(sent) and said == _EMPTY:
                    return sent
                return carried_cell(sent, cells, self._references)
            return carried(sent, [p for p in parts if isinstance(p, Para | Grid)], self._references)
        said = "\n".join(part.text for part in parts if isinstance(part, Para | Cell)).strip()
        said = said.removeprefix("\N{EN DASH} ") if returnable.title else said
        if same_words(said, sent) or (returnable.title and said == shortened(sent)):
            return sent
        if said == _EMPTY and not sent.strip():
            return sent
        return said.replace("\t", " ")

    # ---- remarks and people

    def _remarks(self) -> Iterator[Remark]:
        known = {(each.author, each.body, each.place, each.quote) for each in self._plan.comments}
        remarks = [self._remark(said) for said in self._contents.said]
        keys = [
            (each.said.author or _NOBODY, each.said.body, each.place, each.said.quote) for each in remarks
        ]
        # the same words about other words of a text: the same remark, if those it was about are there no more
        moved = Counter(key[:3] for key in known - set(keys))
        for remark, key in zip(remarks, keys, strict=True):
            is_new = key not in known and moved[key[:3]] < 1
            if key not in known and not is_new:
                moved[key[:3]] -= 1
            yield replace(remark, is_new=is_new)

    def _remark(self, said: Said) -> Remark:
        entry = self._texts.get(said.mark)
        if entry is None:
            return Remark(said, self._book_place(), None, is_new=True)
        return Remark(said, entry[0], entry[1].spot.where(), is_new=True, block=_block(entry, said.quote))

    def _book_place(self) -> Place:
        from desktop.workspace.plan import Place

        return Place("plan")

    def _people(self) -> tuple[str, ...]:
        names = [who for each in self._contents.changed_by.values() for who in each]
        return tuple(dict.fromkeys(names)) or tuple(filter(None, (self._contents.saved_by,)))


_EMPTY = "\N{EN DASH}"
_NOBODY = "?"


def _block(entry: tuple[Place, Returnable], quote: str) -> str:
    """The paragraph of a text in which some words stand."""
    place, returnable = entry
    if not returnable.rich or not quote:
        return ""
    blocks = parse(returnable.text.values.get(place.language, ""))
    return next((each.id for each in blocks if quote in " ".join(each.text.split())), "")


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""


def _bare(text: str) -> str:
    from desktop.base.richtext import plain_text

    return plain_text(text).strip()


def _letters(turns: Sequence[Sequence[Item | Cell]]) -> int:
    return sum(
        sum(map(len, (cell.text for row in part.rows for cell in row)))
        if isinstance(part, Grid)
        else len(part.text)
        for parts in turns
        for part in parts
    )


def _in_cell(turns: Sequence[Sequence[Item | Cell]]) -> bool:
    return any(isinstance(part, Cell) for parts in turns for part in parts)
