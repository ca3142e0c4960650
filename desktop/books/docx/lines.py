"""Lines: runs with their marks, links, references that Word keeps up to date, and footnotes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desktop.base.richtext import Run
from desktop.books.document import Cited, Heading, Inline, Labels, Line, Note
from desktop.books.docx.marking import Marks
from desktop.books.docx.targets import Target, Targets
from desktop.books.docx.xml import PLAIN, Look, Set, Xml, attribute, code, para, root, run

_RAISED = Look(style="FootnoteReference").xml()


class Lines:
    """Writes the lines of one part of the file; ``link`` gives an address the id of a relation."""

    def __init__(
        self,
        targets: Targets,
        labels: Labels,
        link: Callable[[str], str],
        notes: Notes,
        marks: Marks | None = None,
    ) -> None:
        """``marks``: where references are marked, so that they can come back."""
        self._targets, self._labels, self._link, self._notes = targets, labels, link, notes
        self._marks = marks

    def line(self, line: Line, look: Look = PLAIN) -> Xml:
        """A line; what its parts say of their look is added to ``look``."""
        return "".join(self._part(part, look) for part in line)

    def _part(self, part: Inline, look: Look) -> Xml:
        if isinstance(part, Note):
            return self._notes.mark(part)
        if isinstance(part, Run):
            made = self._run(part, look)
            if isinstance(part, Cited) and self._marks is not None:
                return self._marks.reference(part.key, made)
            return made
        return run(" ", look) + run(part.text, Look(style=f"Tag{part.tone.value.title()}"))

    def _run(self, part: Run, look: Look) -> Xml:
        look = replace(
            look,
            bold=look.bold or part.bold,
            italic=look.italic or part.italic,
            underline=look.underline or part.underline,
            strike=part.strike,
            raised=part.raised if part.raised in {"sub", "sup"} else "",
        )
        if part.href.startswith("ref:"):
            target = self._targets.named(part.href.removeprefix("ref:"))
            return run(part.text, look) if target is None else self._reference(part.text, target, look)
        if part.href:
            shown = run(part.text, replace(look, style="Hyperlink"))
            return f'<w:hyperlink r:id="{self._link(part.href)}" w:history="1">{shown}</w:hyperlink>'
        return run(part.text, look)

    def _reference(self, text: str, target: Target, look: Look) -> Xml:
        """A field where the words are a number that Word knows, else a link to the place."""
        look, goal = replace(look, style="Hyperlink"), target.goal
        if isinstance(goal, Heading):
            number = goal.number
            if target.automatic and text.endswith(f" {number}"):
                words = text[: -len(number)]
                return run(words, look) + code(rf"REF {target.name} \r \h", run(number, look), look)
        elif goal.number:
            kind = self._labels.figure if hasattr(goal, "chart") else self._labels.table
            if text == f"{kind} {goal.number}":
                return code(rf"REF {target.label} \h", run(text, look), look)
        return f'<w:hyperlink w:anchor={attribute(target.name)} w:history="1">{run(text, look)}</w:hyperlink>'


class Notes:
    """The footnotes of a document, which stand in a part of their own."""

    def __init__(self) -> None:
        self._lines: list[Line] = []

    @property
    def any(self) -> bool:
        """Whether there is any."""
        return bool(self._lines)

    def mark(self, note: Note) -> Xml:
        """The mark in the line; Word counts them as the composer does."""
        self._lines.append(note.line)
        return f'<w:r>{_RAISED}<w:footnoteReference w:id="{len(self._lines)}"/></w:r>'

    def part(self, lines: Lines) -> bytes:
        """``footnotes.xml``: the rules above them, then each footnote."""
        rules = "".join(
            f'<w:footnote w:type="{kind}" w:id="{number}">'
            f"{para(f'<w:r><w:{kind}/></w:r>', Set(after=0))}</w:footnote>"
            for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
        )
        own = f"<w:r>{_RAISED}<w:footnoteRef/></w:r>" + run(" ")
        notes = "".join(
            f'<w:footnote w:id="{number}">{para(own + lines.line(line), "FootnoteText")}</w:footnote>'
            for number, line in enumerate(self._lines, 1)
        )
        return root("footnotes", rules + notes)
