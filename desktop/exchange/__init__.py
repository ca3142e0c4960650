"""How does work travel between people?

*Out and back*: ``handing_out`` makes copies, ``changes_file`` sends what others lack, ``agency_workbook`` and
``input_sheets`` go to people who install nothing, ``evidence_export`` to an upload. What comes in is
recognised (``arrival``, ``receiving``), told before it is taken (``coming_back``, ``differing``), and of a
reviewer's only what reviewers may write (``reviewing``, ``remarks``).
*Lists of programmes* taken over from spreadsheets: ``table`` reads any file, ``reading`` its programmes,
``asking`` what it leaves open, ``taking_over`` writes; ``programmes`` is the whole way.
*Who owes what*: ``duties``, ``initials``, ``succession``, ``newness``. *Words*: ``searching``, ``finding``,
``replacing``. The demo region (``demo``) is built by the same operations that users have.

Names are handed on lazily: a command that imports nothing pays for none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.exchange.decisions import Decisions, decided_answers, read_decisions
    from desktop.exchange.programmes import (
        ImportPreview,
        ImportReport,
        apply_import,
        preview_programmes,
        refine,
    )
    from desktop.exchange.questions import Question, open_questions, suggested_answers

__all__ = [
    "Decisions",
    "ImportPreview",
    "ImportReport",
    "Question",
    "apply_import",
    "decided_answers",
    "open_questions",
    "preview_programmes",
    "read_decisions",
    "refine",
    "suggested_answers",
]

_HOME = {
    "decisions": ("Decisions", "decided_answers", "read_decisions"),
    "programmes": ("ImportPreview", "ImportReport", "apply_import", "preview_programmes", "refine"),
    "questions": ("Question", "open_questions", "suggested_answers"),
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    for module, names in _HOME.items():
        if name in names:
            return getattr(import_module(f"desktop.exchange.{module}"), name)
    raise AttributeError(name)
