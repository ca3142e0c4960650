"""What was filled differently, in words: sides with author and time, base, totals, clashing sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.base import LocalText, Message, Rupiah
from desktop.base.message import Param
from desktop.base.speech import moment
from desktop.base.textdiff import apart
from desktop.cli.naming import Names
from desktop.workspace.cases import LETTERS, Case, Writer

if TYPE_CHECKING:
    from desktop.cli.console import Console
    from desktop.workspace import Workspace
    from desktop.workspace.totals_apart import Total


class Told:
    """Tells cases on a console, with the names the plan has for everything."""

    def __init__(self, workspace: Workspace, console: Console) -> None:
        self._plan = workspace.plan()
        self._pack = workspace.pack()
        self._names = Names(self._plan, self._pack)
        self._console = console

    def what(self, case: Case) -> Message:
        """The field or row in question."""
        conflict = case.conflict
        return Message(
            "cli.resolve.what",
            what=self._names.row(conflict.table, conflict.row),
            field=self._names.field(conflict.table, conflict.row, conflict.field),
        )

    def case(self, number: int, case: Case, *, whole: bool) -> None:
        """One case; ``whole``: with the sentences that clash and all totals."""
        console = self._console
        what = self.what(case)
        console.record(
            "case", self._data(number, case, console.text(what)),
            Message("cli.resolve.line", number=str(number), key=case.key, what=what),
        )  # fmt: skip
        *values, base = self._values(case)
        for letter, side, said in zip(LETTERS, case.sides, values, strict=False):
            who = "; ".join(dict.fromkeys(self._who(writer) for writer in side.writers))
            console.note(Message("cli.resolve.side", letter=letter, who=who, value=said), 3)
        if not case.whole_row:
            console.note(Message("cli.resolve.base", value=base), 3)
        if case.hangs:
            parts = ", ".join(self._part(table, n) for table, n in case.hangs)
            console.note(Message("cli.resolve.hangs", parts=parts), 3)
        if case.money is not None and len(case.sides) > 1:
            difference = Rupiah(abs(case.money.difference(1)))
            console.note(Message("cli.resolve.difference", amount=difference), 3)
            for total in case.money.totals if whole else ():
                self._total(total)
        if case.text is not None and whole:
            self._sentences(case)
        elif case.text is not None:
            console.note(Message("cli.resolve.clashes", n=len(case.text.clashes)), 3)

    def settled(self, count: int, head: str) -> None:
        """How many were settled."""
        self._console.record("settled", {"n": count, "head": head}, Message("cli.resolve.settled", n=count))

    def stays(self, case: Case, reason: Message) -> None:
        """What could not be settled with the others, and why."""
        what = self.what(case)
        line = Message("cli.resolve.stays", key=case.key, what=what, reason=reason)
        data = {"key": case.key, "reason": reason.id, "text": self._console.text(line)}
        self._console.record("left", data, line)

    # -- parts ---------------------------------------------------------------------------------------
    def _data(self, number: int, case: Case, text: str) -> dict[str, Any]:
        conflict = case.conflict
        return {
            "number": number,
            "key": case.key,
            "table": conflict.table,
            "row": conflict.row,
            "field": conflict.field,
            "conflict": conflict.kind,
            "text": text,
            "agency": case.belongs.agency,
            "programme": case.belongs.programme,
            "base": case.base,
            "shown": case.shown,
            "sides": [
                {
                    "letter": letter,
                    "value": side.value,
                    "deletes": side.deletes,
                    "writers": [
                        {"author": w.author, "role": w.role, "agency": w.agency, "when": w.when.isoformat()}
                        for w in side.writers
                    ],
                }
                for letter, side in zip(LETTERS, case.sides, strict=False)
            ],
            "totals": [
                {"kind": total.kind, "name": total.name, "amounts": list(total.amounts)}
                for total in (case.money.totals if case.money else ())
            ],
            "sentences": [
                {
                    "number": clash.number,
                    "base": clash.base,
                    "options": list(clash.options),
                    "preselected": clash.preselected.kind if clash.preselected else None,
                }
                for clash in (case.text.clashes if case.text else ())
            ],
            "hangs": dict(case.hangs),
        }

    def _who(self, writer: Writer) -> str:
        console = self._console
        when = moment(writer.when, console.language)
        agency = self._plan.agency(writer.agency)
        if agency is None:
            return console.text(Message("cli.resolve.who", author=writer.author, when=when))
        name: Param = agency.short_name or LocalText(dict(agency.name.values))
        return console.text(Message("cli.resolve.who_at", author=writer.author, agency=name, when=when))

    def _values(self, case: Case) -> list[Message | str]:
        """What each side says, and last what stood there before; of long texts what differs among them."""
        conflict, deletes = case.conflict, Message("cli.conflicts.deletes")
        if case.whole_row:
            stays = Message("cli.conflicts.keeps")
            return [*(deletes if side.deletes else stays for side in case.sides), stays]
        values = [side.value for side in case.sides if not side.deletes]
        place = conflict.table, conflict.row, conflict.field
        told = iter(
            apart([self._names.whole(*place, each, self._console.language) for each in (*values, case.base)])
        )
        said = [deletes if side.deletes else next(told) or "-" for side in case.sides]
        return [*said, next(told) or "-"]

    def _part(self, table: str, n: int) -> str:
        from desktop.cli.fields import TABLE_NAMES

        name = TABLE_NAMES.get(table) or Message("cli.table.other", table=table)
        return f"{n} {self._console.text(name)}"

    def _total(self, total: Total) -> None:
        names: dict[str, Param] = {
            "programme": self._names.row("programme", total.name),
            "year": total.name,
            "source": next(
                (each.label for each in self._pack.planning.funding if each.id == total.name), total.name
            ),
            "dimension": next(
                (each.name for each in self._pack.dimensions if each.id == total.name), total.name
            ),
        }
        of = names.get(total.kind, Message("cli.resolve.everything"))
        amounts = ", ".join(
            self._console.text(Message("cli.resolve.with", letter=letter, amount=Rupiah(amount)))
            for letter, amount in zip(LETTERS, total.amounts, strict=False)
        )
        self._console.note(Message("cli.resolve.total", of=of, amounts=amounts), 3)

    def _sentences(self, case: Case) -> None:
        from desktop.base.textdiff import compared, sides, written_out

        say = self._console.text
        for clash in case.text.clashes if case.text is not None else ():
            base = " ".join(written_out(clash.base, say).split()) or "-"
            self._console.note(Message("cli.resolve.sentence", number=str(clash.number), base=base), 3)
            for letter, option in zip(LETTERS, clash.options, strict=False):
                _, said = sides(compared(clash.base, option, say))
                self._console.line(f"      {letter}: {' '.join(said.split()) or '-'}")
            if clash.preselected is not None:
                self._console.note(Message("cli.resolve.keeps_both"), 6)
