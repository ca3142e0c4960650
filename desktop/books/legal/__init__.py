"""Drafts of what makes a plan binding: the decree that sets up its bodies, the regulation that carries it.

Their wording is an offer to the legal bureau (*Bagian Hukum*), in the form of regional legal products; what
has to be checked or filled in is marked. They are made as Word documents to be edited, or as PDF.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from desktop.base import Language, Message
from desktop.base.jobs import Report

Kind = Literal["decree", "regulation"]
KINDS: tuple[Kind, ...] = ("decree", "regulation")
_NAMES = {"decree": "rancangan-sk-smart-city", "regulation": "rancangan-peraturan-masterplan"}

__all__ = ["KINDS", "Kind", "file_name", "write_legal"]


def file_name(kind: Kind, language: Language, ending: str = "docx") -> str:
    """What the file of a draft is called: ``rancangan-sk-smart-city.id.docx``."""
    return f"{_NAMES[kind]}.{language.value}.{ending}"


def write_legal(report: Report, snapshot: Path, target: Path, kind: Kind, language: str) -> Path:
    """Write a draft; the ending of ``target`` chooses DOCX or PDF. Runs as a job. Raises FileProblem."""
    from desktop.books.formats import rendered
    from desktop.books.legal.decree import compose_decree
    from desktop.books.legal.regulation import compose_regulation
    from desktop.books.printing import write_pdf
    from desktop.workspace import Workspace

    report(0, 1, Message("books.legal.writing"))
    with Workspace.open(snapshot, read_only=True) as workspace:
        compose = compose_decree if kind == "decree" else compose_regulation
        draft = compose(workspace.plan(), workspace.pack(), Language(language))
        write_pdf(target, rendered(target, draft, workspace.evidence_bytes))
    report(1, 1, Message("books.legal.writing"))
    return target
