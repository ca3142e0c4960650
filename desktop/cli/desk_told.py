"""What the desk says on the command line of each thing that came in, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from desktop.base import LocalText, Message
from desktop.cli.console import Console
from desktop.exchange.counting import listed
from desktop.submission.called import Title
from desktop.submission.quoting import MOST, bounded, quoted
from desktop.submission.register.repeating import Repeating, guideline_label, packs_of, role_called
from desktop.submission.register.words import (
    came_late,
    few_reasons,
    lateness,
    read_here,
    region_label,
    result_name,
    standing,
)
from desktop.submission.signed import OWN_STAMPS, signer_marks

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack
    from desktop.submission.register.entry import Entry
    from desktop.submission.register.reading import Signer

_MOST_REASONS = 60
_MOST_SIGNERS = 12
"""Named in one line; whoever makes a package decides how many there are."""


class Telling:
    """Tells entries one by one, each in the words of the guideline that it follows where that is at hand."""

    def __init__(self, found: Sequence[Entry], console: Console) -> None:
        self._found, self._console = found, console
        self._others = {each.id: each for each in found}
        self._packs = packs_of(found)

    def tell(self, entry: Entry, *, reasons: bool) -> None:
        """A line and how it stands; with ``reasons`` all there is to say about it."""
        console, pack = self._console, self._pack(entry)
        repeating = Repeating(entry, pack, inward=True)
        line = Message(
            "cli.desk.line",
            region=region_label(entry), result=result_name(entry.result), file=bounded(entry.name, MOST),
        )  # fmt: skip
        console.record("received", self.to_json(entry), line)
        for fact in self._facts(entry, pack):
            console.note(fact, 4)
        if reasons or not entry.accepted:
            shown, left = few_reasons(map(repeating.reason, entry.reasons), _MOST_REASONS)
            for one in shown:
                console.line(f"    [{one.code}] {console.text(one.message)}")
            if left:
                console.note(Message("submission.letter.more", n=left), 4)
        for message in (*([read_here(entry)] * reasons), *standing(entry)):
            console.note(self._named(entry, message), 4)
        if not reasons:
            self._signed_by(entry, pack)
            return
        for signer in entry.signers:
            what = repeating.document(signer.document) or Message("cli.verify.package")
            console.note(Message("cli.desk.signature", what=what, who=_person(pack, signer)), 4)
        if any(signer.document for signer in entry.signers):
            # which of them show anything is not kept
            console.note(OWN_STAMPS, 4)

    def sums(self) -> None:
        """How many got which answer, and what a person has to look at."""
        from desktop.submission.register.addressees import (
            left_to_desk,
            of_no_region,
            refused_beside,
            to_look_at,
        )
        from desktop.submission.register.unknown_issuers import shared_issuers

        console, found = self._console, tuple(self._found)
        counts: dict[str, int] = {}
        for each in found:
            counts[each.result] = counts.get(each.result, 0) + 1
        console.note(Message("cli.desk.total", n=len(found)))
        if odd := to_look_at(found):
            console.warn(Message("submission.standing.to_look_at", n=odd))
        if refused := refused_beside(found):
            console.warn(Message("submission.standing.refused_beside", n=refused))
        if strays := of_no_region(found):
            console.warn(Message("submission.standing.no_region", n=strays))
        if left := left_to_desk(found):
            console.warn(Message("submission.standing.left_to_desk", n=left))
        if half := sum(one.ran_out for one in found):
            console.warn(Message("cli.desk.ran_out", n=half))
        for shared in shared_issuers(found):
            console.warn(shared)
        for result, count in sorted(counts.items(), key=lambda pair: -pair[1]):
            console.note(Message("cli.desk.count", count=count, result=result_name(result)), 4)

    def _pack(self, entry: Entry) -> Pack | None:
        return self._packs.get((entry.guideline, entry.guideline_version))

    def _facts(self, entry: Entry, pack: Pack | None) -> Iterator[Message]:
        """Of a package that could be read: guideline, open mandatory entries, late or in time."""
        if not entry.package:
            return
        yield Message(
            "cli.desk.facts",
            guideline=guideline_label(entry, pack),
            years=entry.period or "\N{EN DASH}",
            open="\N{EN DASH}" if entry.open_mandatory is None else str(entry.open_mandatory),
            late=lateness(entry),
        )

    def _named(self, entry: Entry, message: Message) -> Message:
        """Which package it follows, where that is among those told."""
        before = self._others.get(entry.follows)
        if message.id != "submission.standing.follows" or before is None:
            return message
        return Message("cli.desk.follows", file=bounded(before.name, MOST), result=result_name(before.result))

    def _signed_by(self, entry: Entry, pack: Pack | None) -> None:
        """Each person with each office once, on one line."""
        console = self._console
        people = (_person(pack, each) for each in entry.signers)
        told = list({console.text(each): each for each in people}.values())
        if told:
            left = len(told) - _MOST_SIGNERS
            more = [Message("cli.desk.more_signers", n=left)] if left > 0 else []
            console.note(Message("cli.desk.signed_by", who=listed([*told[:_MOST_SIGNERS], *more])), 4)

    def _text(self, what: Title | str) -> str:
        if isinstance(what, Message):
            return self._console.text(what)
        return what.read(self._console.language.value) if isinstance(what, LocalText) else what

    def to_json(self, entry: Entry) -> dict[str, Any]:
        """An entry for programs."""
        console, plan, pack = self._console, entry.plan, self._pack(entry)
        repeating = Repeating(entry, pack, inward=True)
        return {
            "file": entry.path,
            "files": entry.files,
            "sort": entry.sort.value,
            "result": entry.result,
            "region": entry.region,
            "region_name": entry.region_name,
            "region_basis": entry.basis.value,
            "guideline": entry.guideline,
            "guideline_version": entry.guideline_version,
            "period": entry.period,
            "package": entry.package,
            "sha256": entry.sha256,
            "previous": entry.previous,
            "follows": entry.follows,
            "follows_file": self._others[entry.follows].path if entry.follows in self._others else "",
            "current": entry.current,
            "rivals": len(entry.rivals),
            "doubts": [console.text(repeating.doubt(one)) for one in entry.doubts],
            "copies": list(entry.copies),
            "alike": [{"file": path, "sha256": sha256} for path, sha256 in entry.alike],
            "beside": entry.beside,
            "attached": list(entry.attached),
            "vanished": entry.vanished,
            "replaced": entry.replaced,
            "open_mandatory": entry.open_mandatory,
            "signed_at": entry.signed_at,
            "first_seen": entry.first_seen,
            "first_said": entry.first_said,
            "late": came_late(entry),
            "ran_out": entry.ran_out,
            "reasons": [
                {"code": one.code, "weight": one.weight, "text": console.text(one.message)}
                for one in map(repeating.reason, entry.reasons)
            ],
            "signers": [
                {"document": one.document, "role": one.role, "office": self._text(role_called(pack, one)),
                 "holder": one.holder, "test": one.test, "asked": one.asked, "claimed_at": one.claimed_at}
                for one in entry.signers
            ],
            "plan": None if plan is None else {name: getattr(plan, name) for name in plan.__slots__},
        }  # fmt: skip


def _person(pack: Pack | None, signer: Signer) -> Message:
    """The name in the certificate, the office, and what keeps one from being a signer like all others."""
    said = role_called(pack, signer)
    for mark in signer_marks(signer):
        said = Message("cli.desk.marked", said=said, mark=mark)
    return Message("submission.signer.marked", holder=quoted(signer.holder), mark=said)
