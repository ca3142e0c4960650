"""The evidence column of a sheet that came back: names that are new, names that are gone, and their files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop.base import Message
from desktop.base.canonical import Json
from desktop.exchange.agency_workbook.cells import names_in
from desktop.exchange.agency_workbook.doubts import Attach, Choice, Doubt, Unclaim, Where
from desktop.exchange.agency_workbook.evidence import Near, loosely
from desktop.exchange.agency_workbook.layout import Column, place_of
from desktop.exchange.agency_workbook.matching import Row
from desktop.exchange.agency_workbook.part import SheetPart
from desktop.workspace.plan import EvidenceFile, Place


class Proofs(SheetPart):
    """Compares the evidence cells of one sheet."""

    def compare(self, row: Row, base: Mapping[str, Json]) -> None:
        """The names in the cells of a row that was handed out."""
        for column in self._columns():
            handed = base.get(column.id)
            before = [str(each) for each in handed] if isinstance(handed, list) else []
            now = names_in(row.cells.get(column.id))
            known = {_folded(name) for name in before}
            place, where = place_of(self.met.sheet.id, row.key, column), self.where(row, column)
            self.book.effects += self._attached(
                [name for name in now if _folded(name) not in known], place, row.key, where
            )
            gone = {_folded(name) for name in before} - {_folded(name) for name in now}
            self._taken_out(gone, place, where)

    def of_new(self, row: Row, key: str) -> tuple[Attach, ...]:
        """The files that a new row names."""
        out: list[Attach] = []
        for column in self._columns():
            place = place_of(self.met.sheet.id, key, column)
            out += self._attached(names_in(row.cells.get(column.id)), place, key, self.where(row, column))
        return tuple(out)

    def _columns(self) -> Iterator[Column]:
        return (column for column in self.met.columns() if column.is_evidence)

    def _attached(self, names: list[str], place: Place, key: str, where: Where) -> list[Attach]:
        """What is certain; a name that several files have, or none, is asked or told."""
        book, sheet = self.book, self.met.sheet.id
        claimed = {loosely(file.name) for file in self._of(place)}
        out = []
        for name in names:
            found = book.evidence.find(name, book.homes)
            if {loosely(name), *(loosely(came.name) for came in found[:1])} & claimed:
                continue
            others = [book.evidence.nearness(each, book.homes) is Near.OTHERS for each in found]
            if others == [False]:
                out.append(Attach(found[0].id, place, sheet, key, where))
            elif found:
                self._which(name, [(each.id, each.id) for each in found], place, key, where)
            else:
                self._absent(name, place, key, where)
        return out

    def _which(self, name: str, files: list[tuple[str, str]], place: Place, key: str, where: Where) -> None:
        message = Message("exchange.agency_book.doubt.which_file", name=name)
        choices = [
            Choice(f"file{number}", label, (Attach(file, place, self.met.sheet.id, key, where),))
            for number, (file, label) in enumerate(files, 1)
        ]
        self.book.ask("file", where, message, *choices)

    def _absent(self, name: str, place: Place, key: str, where: Where) -> None:
        """No file of this name came along: one of the document's own may be meant, or one nearly named so."""
        book, sheet = self.book, self.met.sheet.id
        own = [file for file in book.plan.evidence if _folded(file.name) == _folded(name)]
        choices = [
            Choice(
                f"own{number}",
                Message("exchange.agency_book.answer.own_file", file=file.name),
                (Attach("", place, sheet, key, where, file.id),),
            )
            for number, file in enumerate(own[:4], 1)
        ]
        choices += [
            Choice(f"file{number}", came.id, (Attach(came.id, place, sheet, key, where),))
            for number, came in enumerate(book.evidence.near(name), 1)
        ]
        if not choices:
            book.notes.append(Message("exchange.agency_book.note.no_file", name=name, where=where.message))
            return
        message = Message("exchange.agency_book.doubt.no_file", name=name)
        default = "own1" if own else "leave"
        book.ask("file", where, message, *choices, default=default)

    def _taken_out(self, gone: set[str], place: Place, where: Where) -> None:
        for file in self._of(place):
            if _folded(file.name) in gone:
                message = Message("exchange.agency_book.doubt.unclaim", name=file.name)
                unclaim = Choice(
                    "unclaim",
                    Message("exchange.agency_book.answer.unclaim"),
                    (Unclaim(file.id, place, where),),
                )
                self.book.ask("unclaim", where, message, unclaim)

    def _of(self, place: Place) -> list[EvidenceFile]:
        """The files that support a place by now."""
        return self.book.proofs.files(place)


def used_files(effects: list[object], doubts: list[Doubt]) -> set[str]:
    """The files that some row names, certainly or perhaps."""
    possible = [*effects, *(each for doubt in doubts for choice in doubt.choices for each in choice.effects)]
    return {each.file for each in possible if isinstance(each, Attach) and each.file}


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
