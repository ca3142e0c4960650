"""What has the team written, and where does it live? One SQLite file, every edit an operation.

Read the frozen picture (:meth:`Workspace.plan`); change it in ``with workspace.operation(label) as op``.

*The picture*: ``plan`` (with ``programme``, ``apart``, ``organisation``, ``hearing``), made by ``reading``.
*The truth behind it*: ``registers`` say what is kept and how it merges, ``journal`` keeps change sets,
``merge`` decides (pure), ``projection`` writes the rows of ``tables``; ``operation`` and ``undo`` add to it.
*The file*: ``creation``, ``opening``, ``migrate``, ``backup``, ``selfcheck``. *Together*: ``bring_back``,
``sending``, ``handouts``, ``parcels``. *Another guideline*: ``moving``.

Importing this room is cheap: SQLAlchemy loads when the first file is opened.
"""

from desktop.workspace.author import Author
from desktop.workspace.backup import Backup
from desktop.workspace.changes import Changes, HistoryEntry
from desktop.workspace.plan import Place, Plan, Text, text_hash
from desktop.workspace.store import Workspace

__all__ = ["Author", "Backup", "Changes", "HistoryEntry", "Place", "Plan", "Text", "Workspace", "text_hash"]
