"""Which text of the plan is open at a place of the file, who changed it there, and who remarks on what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from lxml import etree

from desktop.books.returnable import is_text, read_mark
from desktop.exchange.edited.contents import Said
from desktop.exchange.word import local, said

_QUOTED = 400
"""Letters of what a comment is about that are kept."""
_GATHERED = 4 * _QUOTED
"""Letters after which no more are gathered for one; blanks may be among them."""
_TALKS = 500
"""Comments that gather words at a time."""
_NESTED = 200
"""Texts within texts; books have none at all."""


class Open:
    """Follows the hidden marks, tracked changes and comments while a file is read from start to end."""

    def __init__(self, body: etree._Element) -> None:
        ends = {said(each, "id") for each in body.iter("{*}bookmarkEnd")}
        # LibreOffice begins a bookmark of several paragraphs twice, and ends only the second beginning.
        self._ending = {
            read_mark(said(each, "name"))
            for each in body.iter("{*}bookmarkStart")
            if said(each, "id") in ends
        }
        self._ids: dict[str, str] = {}
        self._texts: list[str] = []
        self._references: list[str] = []
        self.changed_by: dict[str, dict[str, None]] = defaultdict(dict)
        self._talk: dict[str, list[str]] = {}
        """Comments whose words are being read, with these."""
        self._gathering: dict[str, int] = {}
        """Those that want more of them, with how many letters they have."""
        self._nowhere: set[str] = set()
        """Those that have come to no text of the plan yet."""
        self._about: dict[str, tuple[str, list[str]]] = {}

    @property
    def text(self) -> str:
        """The mark of the text that is open; empty outside of all."""
        return self._texts[-1] if self._texts else ""

    @property
    def reference(self) -> str:
        """The mark of the reference that is open."""
        return self._references[-1] if self._references else ""

    # ---- marks

    def begin(self, bookmark: etree._Element) -> None:
        """A bookmark begins."""
        mark = read_mark(said(bookmark, "name"))
        if not mark:
            return
        self._ids[said(bookmark, "id")] = mark
        if max(len(self._texts), len(self._references)) >= _NESTED:
            raise ValueError(mark)  # what opened the file says that it is broken
        if not is_text(mark):
            self._references.append(mark)
        elif mark not in self._texts:
            self._endless()
            self._texts.append(mark)

    def end(self, bookmark: etree._Element) -> None:
        """A bookmark ends."""
        mark = self._ids.get(said(bookmark, "id"), "")
        for stack in (self._texts, self._references):
            if mark in stack:
                stack.remove(mark)

    def heading(self) -> None:
        """A heading of the book stands here: what lost its end ends."""
        self._endless()

    def _endless(self) -> None:
        self._texts = [mark for mark in self._texts if mark in self._ending]

    def cell(self) -> list[str]:
        """A cell begins; what is open before it, for :meth:`left`."""
        return list(self._texts)

    def left(self, before: list[str]) -> None:
        """The cell ends, and with it every text that began in it."""
        self._texts = before
        self._references = []

    # ---- people

    def changed(self, tracked: etree._Element) -> str:
        """A tracked change of somebody; who."""
        who = " ".join(said(tracked, "author").split())[:120]
        if who:
            self.changed_by[self.text][who] = None
        return who

    def comment(self, place: etree._Element) -> None:
        """A comment's words begin or end, or it stands here."""
        number = said(place, "id")
        match local(place):
            case "commentRangeStart":
                if number not in self._talk:
                    self._talk[number] = []
                    self._nowhere.add(number)
                    if len(self._gathering) < _TALKS:
                        self._gathering[number] = 0
            case "commentRangeEnd":
                words = self._talk.pop(number, [])
                self._gathering.pop(number, None)
                self._nowhere.discard(number)
                mark, known = self._about.get(number, (self.text, []))
                self._about[number] = mark or self.text, known or words
            case _:
                self._about.setdefault(number, (self.text, self._talk.get(number, [])))

    def words(self, text: str) -> None:
        """Words are read here."""
        self._gather(text)
        if self.text:
            for number in self._nowhere:
                if not self._about.get(number, ("", []))[0]:
                    self._about[number] = self.text, self._talk[number]
            self._nowhere.clear()

    def _gather(self, text: str) -> None:
        for number in tuple(self._gathering):
            self._talk[number].append(text[:_GATHERED])
            self._gathering[number] += len(text)
            if self._gathering[number] > _GATHERED:
                del self._gathering[number]

    def paragraph(self) -> None:
        """A paragraph ends, and with it what is a part of one line."""
        self._references = []
        self._gather("\n")

    def said(self, comments: etree._Element | None) -> Iterable[Said]:
        """The comments of the file with what each is about."""
        for each in comments if comments is not None else ():
            if local(each) != "comment":
                continue
            mark, words = self._about.get(said(each, "id"), ("", []))
            lines = ("".join(t.text or "" for t in p.iter("{*}t")) for p in each.iter("{*}p"))
            body = "\n".join(line.strip() for line in lines if line.strip())[:20_000]
            if body:
                who = " ".join(said(each, "author").split())[:120]
                yield Said(
                    who, said(each, "date")[:40], body, mark, " ".join("".join(words).split())[:_QUOTED]
                )
