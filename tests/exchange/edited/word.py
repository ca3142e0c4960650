"""A Word file that somebody edits: sentences, tracked changes and comments, as Word writes them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree

from desktop.base.jobs import quiet
from desktop.books.editing import write_chapters
from desktop.exchange.edited import compare, read
from desktop.exchange.edited.proposal import Proposal

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NS = {"w": W}
DOCUMENT = "word/document.xml"


def put(workspace: Any, texts: dict[str, str], language: str = "id") -> None:
    """Write chapters."""
    from desktop.base import Message

    with workspace.operation(Message("exchange.edited.label", file="x")) as op:
        for chapter, text in texts.items():
            op.answer_text(f"chapter.{chapter}", language, text)


def sent(workspace: Any, path: Path, *chapters: str, language: str = "id") -> Path:
    """Chapters go out for editing."""
    return write_chapters(quiet, workspace.path, path, chapters, language)


def seen(workspace: Any, path: Path) -> Proposal:
    """What the file would change."""
    return compare(workspace, read(path))


def rewritten(
    path: Path, change: Callable[[str, bytes], bytes | None], extra: dict[str, bytes] | None = None
) -> Path:
    """Every part changed; None leaves it out."""
    target = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            data = change(member.filename, old.read(member))
            if data is not None:
                new.writestr(member.filename, data)
        for name, data in (extra or {}).items():
            new.writestr(name, data)
    path.write_bytes(target.getvalue())
    return path


def in_body(path: Path, change: Callable[[str], str]) -> Path:
    """The text of the document changed as letters."""
    return rewritten(path, lambda name, data: change(data.decode()).encode() if name == DOCUMENT else data)


def edit(path: Path, before: str, after: str) -> Path:
    """Some words become others, in the run in which they stand."""

    def change(text: str) -> str:
        assert text.count(before) == 1, text.count(before)
        return text.replace(before, after)

    return in_body(path, change)


def tracked(path: Path, before: str, *, gone: str = "", come: str = "", who: str = "Budi") -> Path:
    """As Word does it while changes are tracked: at ``before``, which stands in one run."""

    def change(name: str, data: bytes) -> bytes:
        if name != DOCUMENT:
            return data
        root = etree.fromstring(data)
        text = next(t for t in root.iterfind(".//w:t", NS) if before in (t.text or ""))
        run = text.getparent()
        head, _, tail = (text.text or "").partition(before)
        keep = before.removesuffix(gone) if gone else before

        def made(inner: str) -> Any:
            return etree.fromstring(f'<w:x xmlns:w="{W}">{inner}</w:x>')

        said = f'w:id="900" w:author="{who}" w:date="2026-11-29T10:00:00Z"'
        parts = f'<w:r><w:t xml:space="preserve">{head}{keep}</w:t></w:r>'
        if gone:
            parts += f'<w:del {said}><w:r><w:delText xml:space="preserve">{gone}</w:delText></w:r></w:del>'
        if come:
            parts += f'<w:ins {said}><w:r><w:t xml:space="preserve">{come}</w:t></w:r></w:ins>'
        parts += f'<w:r><w:t xml:space="preserve">{tail}</w:t></w:r>'
        holder = run.getparent()
        at = holder.index(run)
        holder[at : at + 1] = list(made(parts))
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    return rewritten(path, change)


def commented(path: Path, words: str, body: str, who: str = "Ibu Rina") -> Path:
    """A comment about some words."""
    note = (
        f'<w:comments xmlns:w="{W}"><w:comment w:id="7" w:author="{who}" w:date="2026-11-29T10:00:00Z">'
        f"<w:p><w:r><w:t>{body}</w:t></w:r></w:p></w:comment></w:comments>"
    )

    def change(text: str) -> str:
        at = text.index(words)
        start = text.rindex("<w:r>", 0, at) if "<w:r>" in text[:at] else text.rindex("<w:r ", 0, at)
        end = text.index("</w:r>", at) + len("</w:r>")
        return (
            f'{text[:start]}<w:commentRangeStart w:id="7"/>{text[start:end]}<w:commentRangeEnd w:id="7"/>'
            f'<w:r><w:commentReference w:id="7"/></w:r>{text[end:]}'
        )

    in_body(path, change)
    return rewritten(path, lambda _name, data: data, {"word/comments.xml": note.encode()})
