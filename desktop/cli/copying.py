"""``rancang show --form``: every question of a form with its answer, ready for an online form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, Message
from desktop.base.placing import put
from desktop.cli.console import Console

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack
    from desktop.workspace.plan import Plan


def show_form(
    plan: Plan,
    pack: Pack,
    form: str,
    console: Console,
    *,
    language: str = "",
    copy: bool,
    output: Path | None,
) -> None:
    """One record for each question; ``copy`` shows nothing but what is copied. Raises UnknownForm."""
    from desktop.exchange.copying import copy_texts, whole
    from desktop.exchange.counting import counted

    spoken = Language(language) if language else console.language
    texts = copy_texts(plan, pack, form, spoken)
    if output is not None:
        _write(output, whole(texts, spoken))
        data = {"file": str(output), "questions": len(texts)}
        console.record("file", data, Message("cli.copy.written", file=str(output), n=len(texts)))
        return
    group = ""
    for each in texts:
        title = each.group.read(spoken)
        if title != group and not console.as_json:
            console.note(Message("cli.copy.group", title=each.group))
        group = title
        length = Message("cli.copy.counted", counts=counted(words=each.words, characters=each.characters))
        shown = each.block(spoken).splitlines()
        if not copy:
            shown = [each.item, *shown, console.text(length)]
        data = {
            "item": each.item,
            "question": each.question.read(spoken),
            "answer": each.answer,
            "language": each.language,
            "words": each.words,
            "characters": each.characters,
            "evidence": list(each.evidence),
        }
        console.record("question", data, [*shown, ""])


def _write(path: Path, text: str) -> None:
    """A text file as Windows and every form reads it. Raises FileProblem."""
    put(path, text.replace("\n", "\r\n").encode())
