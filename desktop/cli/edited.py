"""Edited Word files on the command line: ``bring-back`` shows what they change, and takes it over."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import opened

if TYPE_CHECKING:
    from desktop.exchange.edited import Passage, Proposal, Step, Taken

ENDINGS = frozenset({".docx", ".docm", ".doc", ".odt", ".rtf", ".dotx"})
"""What people call a Word file; what it is shows when it is read."""
_WHICH = re.compile(r"([0-9]{1,5})(?:\.([0-9]{1,4}))?")


class UnknownStep(RancangError):
    """A number was named that no text or sentence of the preview has."""

    def __init__(self, name: str) -> None:
        super().__init__(Message("cli.edited.unknown_step", name=name))


def add_arguments(parser: Parser, console: Console) -> None:
    """Which of the changed sentences are taken over."""
    parser.add_argument(
        "--take",
        default="",
        metavar=console.text(Message("cli.metavar.numbers")),
        help=console.text(Message("cli.help.edited_take")),
    )


def divided(files: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Word files, and all others."""
    words: list[Path] = []
    others: list[Path] = []
    for path in files:
        (words if path.suffix.casefold() in ENDINGS else others).append(path)
    return words, others


def bring_back(options: argparse.Namespace, files: Iterable[Path], console: Console) -> int:
    """Show what each file would change, ask, and take it over; nothing is written before.

    1 where something waits for a decision, 0 where all is done or there is nothing.
    """
    from desktop.cli.workbooks import consents
    from desktop.exchange.edited import compare, read, take_over
    from desktop.exchange.edited.taking_over import certain

    left = 0
    with opened(options, console, read_only=options.preview) as workspace:
        for path in files:
            try:
                proposal = compare(workspace, read(path))
            except RancangError as error:
                left = _refused(path, error, console)
                continue
            chosen = _chosen(proposal, options.take) if options.take else certain(proposal)
            print_proposal(proposal, console)
            waits = any(len(chosen.get(each.number, ())) < len(each.steps) for each in proposal.passages)
            if proposal.is_empty:
                continue
            if options.preview or not (options.yes or options.take or consents(console)):
                left = 1
                continue
            _print_taken(take_over(workspace, proposal, chosen), console)
            left |= int(waits)
    return left


def _refused(path: Path, error: RancangError, console: Console) -> int:
    """What is wrong with one file stops none of the others."""
    data = {"file": str(path), "id": error.message.id, "text": console.text(error.message)}
    console.record("edited-refused", data, error.message)
    return 1


def _chosen(proposal: Proposal, said: str) -> dict[int, tuple[int, ...]]:
    """The steps that ``--take`` names. Raises UnknownStep."""
    from desktop.exchange.edited.taking_over import certain, everything

    known = {each.number: len(each.steps) for each in proposal.passages}
    found: dict[int, set[int]] = {}
    for word in filter(None, re.split(r"[,;\s]+", said)):
        if word in {"all", "certain"}:
            for number, steps in (everything if word == "all" else certain)(proposal).items():
                found.setdefault(number, set()).update(steps)
            continue
        match = _WHICH.fullmatch(word)
        number = int(match[1]) if match else 0
        step = int(match[2]) if match and match[2] else 0
        if not match or number not in known or step > known[number]:
            raise UnknownStep(word)
        found.setdefault(number, set()).update([step - 1] if step else range(known[number]))
    return {number: tuple(sorted(steps)) for number, steps in found.items()}


# -- what is told ------------------------------------------------------------------------------------
def print_proposal(proposal: Proposal, console: Console) -> None:
    """Each text with its changed sentences, then the comments, then what cannot be carried."""
    counts = {
        name: sum(each.standing.value == name for each in proposal.passages)
        for name in ("new", "changed", "conflicting", "doubtful")
    }
    console.record(
        "edited-preview",
        {"file": proposal.file, "same": proposal.same, "authors": list(proposal.authors), **counts,
         "remarks": sum(each.is_new for each in proposal.remarks),
         "notes": [console.text(each) for each in proposal.notes]},
        Message("cli.edited.preview", file=proposal.file, same=proposal.same, **counts),
    )  # fmt: skip
    for note in proposal.notes:
        console.note(note, 2)
    for passage in proposal.passages:
        _print_passage(passage, console)
    for remark in proposal.remarks:
        if remark.is_new:
            data = {"author": remark.said.author, "text": remark.said.body, "quote": remark.said.quote}
            line = Message("cli.edited.remark", who=remark.said.author or "?", text=remark.said.body)
            console.record("edited-remark", data, line)


def _print_passage(passage: Passage, console: Console) -> None:
    data = {
        "number": passage.number,
        "where": console.text(passage.where),
        "language": passage.place.language,
        "standing": passage.standing.value,
        "authors": list(passage.authors),
        "reasons": [console.text(each) for each in passage.reasons],
        "sentences": [
            {"number": f"{passage.number}.{turn}", **_sides(step, console), "differs": step.clash}
            for turn, step in enumerate(passage.steps, 1)
        ],
    }  # fmt: skip
    standing = console.text(_STANDING[passage.standing.value])
    lines = [f"{passage.number}. [{standing}] {console.text(passage.where)} ({passage.place.language})"]
    lines += [f"   {console.text(each)}" for each in passage.reasons]
    if passage.authors:
        lines.append(f"   {console.text(Message('cli.edited.by', who=', '.join(passage.authors)))}")
    for turn, step in enumerate(passage.steps, 1):
        lines += _step(passage.number, turn, step, console)
    console.record("edited-text", data, lines)


def _step(number: int, turn: int, step: Step, console: Console) -> list[str]:
    mark = f" [{console.text(Message('cli.edited.clash'))}]" if step.clash else ""
    look = f" {console.text(Message('cli.edited.look'))}" if step.is_look else ""
    sides = _sides(step, console)
    lines = [f"   {number}.{turn}{mark}{look}"]
    lines += [f"      - {_flat(sides['before'])}"] if sides["before"] else []
    return [*lines, *([f"      + {_flat(sides['after'])}"] if sides["after"] else [])]


def _sides(step: Step, console: Console) -> dict[str, str]:
    """Before and after in words, with what words are (a link, struck out) where that differs."""
    from desktop.base.textdiff import compared, sides

    before, after = sides(compared(*step.kept, console.text))
    return {"before": before, "after": after}


def _flat(text: str) -> str:
    return " / ".join(part for part in text.split("\n") if part.strip())


_STANDING = {
    "new": Message("cli.edited.new"),
    "changed": Message("cli.edited.changed"),
    "conflicting": Message("cli.edited.conflicting"),
    "doubtful": Message("cli.edited.doubtful"),
}


def _print_taken(taken: Taken, console: Console) -> None:
    from desktop.exchange.counting import counted

    data = {
        "file": taken.file, "texts": taken.texts, "sentences": taken.steps, "remarks": taken.remarks,
        "left": taken.left, "backup": taken.backup,
    }  # fmt: skip
    line = Message(
        "cli.edited.taken", file=taken.file,
        counts=counted(texts=taken.texts, changes=taken.steps, comments=taken.remarks),
        left=taken.left, backup=taken.backup,
    )  # fmt: skip
    console.record("edited-taken", data, line if not taken.is_empty else Message("cli.edited.nothing"))
