"""Bringing an older file up to date: on a copy, checked, and only then put in its place.

A step changes tables and guards; change sets are never rewritten (the code reads their old names). The
rows are computed anew from the journal afterwards.
"""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base.errors import FileProblem
from desktop.base.placing import own_place
from desktop.workspace import backup, file, left_as, plain_schema
from desktop.workspace.beside import BESIDE, real
from desktop.workspace.errors import DamagedFile

if TYPE_CHECKING:
    import sqlalchemy as sa
    from alembic.operations import Operations


Step = Callable[["Operations"], None]


def _comments_and_deadlines(operations: Operations) -> None:
    """Version 2: comments and deadlines, and what was sealed is remembered beside what came in."""
    import sqlalchemy as sa

    operations.create_table(
        "comment",
        sa.Column("id", sa.String(32), primary_key=True),
        *(sa.Column(name, sa.Text) for name in _COMMENT_TEXTS),
        sa.Column("parent", sa.String(32), _later("comment.id", "fk_comment_parent")),
        sa.Column("owner", sa.String(32), _later("agency.id", "fk_comment_owner")),
        sa.Column("due", sa.Text),
    )
    operations.create_index("ix_comment_parent", "comment", ["parent"])
    operations.create_index("ix_comment_owner", "comment", ["owner"])
    operations.create_table(
        "deadline",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("page", sa.Text),
        sa.Column("ref", sa.Text),
        sa.Column("agency", sa.String(32), _later("agency.id", "fk_deadline_agency")),
        sa.Column("due", sa.Text),
        sa.Column("note", sa.Text),
    )
    operations.create_index("ix_deadline_agency", "deadline", ["agency"])
    operations.add_column("sync_package_log", sa.Column("facts", sa.Text))


_COMMENT_TEXTS = (
    "table", "row", "field", "language", "item", "scope", "block", "quote", "body", "author", "role", "at",
    "state",
)  # fmt: skip


def _later(column: str, name: str) -> sa.ForeignKey:
    """A reference that is looked at when the transaction ends, as all of ours."""
    import sqlalchemy as sa

    return sa.ForeignKey(column, name=name, deferrable=True, initially="DEFERRED")


def _the_whole_movement(operations: Operations) -> None:
    """Version 3: figures, bodies, meetings, hearing, scores; finer plans; dated offices and evidence."""
    import sqlalchemy as sa

    for table, names in _ADDED_COLUMNS.items():
        for name in names:
            operations.add_column(table, sa.Column(name, sa.Text))
    for table, texts, wholes, yes_or_no, references in _ADDED_TABLES:
        operations.create_table(
            table,
            sa.Column("id", sa.String(32), primary_key=True),
            *(sa.Column(name, sa.Text) for name in texts),
            *(sa.Column(name, sa.BigInteger) for name in wholes),
            *(sa.Column(name, sa.Boolean) for name in yes_or_no),
            *(
                sa.Column(name, sa.String(32), _later(f"{other}.id", f"fk_{table}_{name}"))
                for name, other in references
            ),
        )
        for name, _ in references:
            operations.create_index(f"ix_{table}_{name}", table, [name])


_ADDED_COLUMNS = {
    "plan": ("nomenclature", "nomenclature_name"),
    "person": ("since", "until", "dimension"),
    "activity": ("code",),
    "evidence": ("taken_on", "valid_until"),
}
_ADDED_TABLES: tuple[
    tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[tuple[str, str], ...]], ...
] = (
    ("rpjmd_ceiling", ("source",), ("year", "amount"), (), (("programme", "programme"),)),
    (
        "sub_activity",
        ("code", "title", "output", "sort"),
        ("start_year", "end_year", "budget"),
        (),
        (("activity", "activity"), ("lead", "agency")),
    ),
    ("figure", ("measure", "value", "source"), ("year",), (), ()),
    ("decree", ("kind", "number", "date", "title", "state", "signer", "since", "until", "sort"), (), (), ()),
    ("body", ("body", "dimension", "name", "task"), (), (), (("decree", "decree"),)),
    (
        "member",
        ("name", "office", "institution", "position", "sort"),
        (),
        ("outsider",),
        (("body", "body"), ("person", "person")),
    ),
    (
        "meeting",
        ("kind", "session", "title", "start", "end", "place", "leader", "agenda", "result", "sort"),
        (),
        (),
        (("body", "body"),),
    ),
    (
        "attendance",
        ("name", "office", "institution", "sort"),
        (),
        ("present",),
        (("meeting", "meeting"), ("person", "person"), ("agency", "agency")),
    ),
    ("session_output", ("session", "output", "state", "due", "done_on", "signed_by", "note"), (), (), ()),
    ("stakeholder", ("name", "kind", "contact_person", "contact", "interest", "sort"), (), (), ()),
    (
        "input",
        (
            "author", "date", "channel", "item", "body", "decision", "answer", "answered_by", "answered_on",
            "sort",
        ),
        (),
        (),
        (("stakeholder", "stakeholder"), ("meeting", "meeting")),
    ),
    ("input_programme", (), (), (), (("input", "input"), ("programme", "programme"))),
    ("score", ("item", "scope", "by", "value", "note", "author", "at"), (), (), ()),
)  # fmt: skip


def _working_apart(operations: Operations) -> None:
    """Version 4: who owes what, suggestions, agencies and people with successors, what was handed out."""
    import sqlalchemy as sa

    operations.add_column("agency", sa.Column("until", sa.Text))
    operations.add_column("person", sa.Column("task", sa.Text))
    for table in ("agency", "person"):
        # added as it stands in a new file: SQLite takes a reference only with the column itself
        operations.execute(
            f'ALTER TABLE "{table}" ADD COLUMN successor VARCHAR(32) '
            f'CONSTRAINT "fk_{table}_successor" REFERENCES "{table}" (id) DEFERRABLE INITIALLY DEFERRED'
        )
        operations.create_index(f"ix_{table}_successor", table, ["successor"])
    operations.create_table(
        "duty",
        sa.Column("id", sa.String(32), primary_key=True),
        *(sa.Column(name, sa.Text) for name in ("page", "ref", "state", "by", "at", "content", "note")),
        sa.Column("agency", sa.String(32), _later("agency.id", "fk_duty_agency")),
        sa.Column("person", sa.String(32), _later("person.id", "fk_duty_person")),
    )
    for name in ("agency", "person"):
        operations.create_index(f"ix_duty_{name}", "duty", [name])
    operations.create_table(
        "suggestion",
        sa.Column("id", sa.String(32), primary_key=True),
        *(sa.Column(name, sa.Text) for name in _SUGGESTION_TEXTS),
    )
    operations.create_table(
        "sync_handout",
        sa.Column("id", sa.String(32), primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in _HANDOUT_TEXTS),
    )


_SUGGESTION_TEXTS = (
    "table", "row", "field", "language", "item", "scope", "base", "proposed", "reason", "author", "role",
    "at", "state", "answer", "answered_by", "answered_at",
)  # fmt: skip
_HANDOUT_TEXTS = ("kind", "agency", "person", "role", "file", "at", "by", "heads", "facts")


def _initials(operations: Operations) -> None:
    """Version 5: who has initialled the documents before they are signed."""
    import sqlalchemy as sa

    operations.create_table(
        "initial",
        sa.Column("id", sa.String(32), primary_key=True),
        *(sa.Column(name, sa.Text) for name in ("step", "state", "by", "office", "at", "content", "note")),
        sa.Column("agency", sa.String(32), _later("agency.id", "fk_initial_agency")),
        sa.Column("evidence", sa.String(32), _later("evidence.id", "fk_initial_evidence")),
    )
    for name in ("agency", "evidence"):
        operations.create_index(f"ix_initial_{name}", "initial", [name])


STEPS: dict[int, Step] = {
    1: _comments_and_deadlines, 2: _the_whole_movement, 3: _working_apart, 4: _initials,
}  # fmt: skip
"""From version n to n + 1, keyed by n. Every step has a test with a file of that version."""


def upgrade(path: Path) -> None:
    """Bring a workspace file up to the present version; the old one stays among the backups.

    Raises ForeignSchema, DamagedFile, FileProblem.
    """
    path = real(path)
    with own_place(path) as part:
        with contextlib.closing(file.connect(path, read_only=True)) as old:
            with file.understood(path):
                plain_schema.check(old, path.name)
                version = int(old.execute("PRAGMA user_version").fetchone()[0])
                workspace, head = _identity(old)
            backup.copy_checked(old, part)
            backup.make(old, workspace, head, "migrate")
        with file.understood(path):
            _run(part, version)
        try:
            backup.flush(part)
            for end in BESIDE:  # all of it is in the copy, and would be played into it
                path.with_name(path.name + end).unlink(missing_ok=True)
            part.replace(path)
        except OSError as error:
            raise FileProblem.from_os(error, path.name) from error


@contextlib.contextmanager
def readable(path: Path, *, strange: bool = False) -> Iterator[Path]:
    """What is read in place of a file that is opened to be read only: itself, or a copy of it.

    An older one is brought up to date in the copy. One that is ``strange``, for it is not as it was left
    here, is computed anew there: where its rows say anything but its journal, somebody wrote into them by
    hand, and the copy is read. Raises ForeignSchema, DamagedFile, FileTooNew, FileProblem.
    """
    version = file.version_of(path)
    asked = strange and version == file.VERSION and not left_as.is_as_left(path)
    if not asked and not file.OLDEST <= version < file.VERSION:
        yield path
        return
    with _folder(path) as folder:
        copy, was = folder / path.name, left_as.state(path)
        with contextlib.closing(file.connect(path, read_only=True)) as connection:
            with file.told(path):
                plain_schema.check(connection, path.name)
            backup.copy_checked(connection, copy)
        with file.understood(path):
            alike = asked and _computed_anew(copy, path.name)
            if not asked:
                _run(copy, version)
        if not (alike and left_as.state(path) == was):
            yield copy
            return
    # the file itself is followed while somebody works in it
    yield path


@contextlib.contextmanager
def _folder(path: Path) -> Iterator[Path]:
    """A folder for a while; where none can be made that is said of the file. Raises FileProblem."""
    try:
        made = tempfile.TemporaryDirectory(prefix="rancang-copy-", ignore_cleanup_errors=True)
    except OSError as error:
        raise FileProblem.from_os(error, path.name) from error
    with made as folder:
        yield Path(folder)


def _computed_anew(copy: Path, name: str) -> bool:
    """Whether the rows of a copy said what its journal says; they do from now on.

    Raises DamagedFile, FileTooNew.
    """
    from desktop.workspace import engine, selfcheck
    from desktop.workspace.journal import Journal

    with engine.connect(lambda: file.connect(copy, read_only=True)) as connection:
        damaged = selfcheck.damaged(Journal(connection))
        if damaged:
            raise DamagedFile(name, ", ".join(damaged[:5]))
        selfcheck.rules_of(Journal(connection), name)
        before = selfcheck.state(connection)
    _run(copy, file.VERSION)  # the rows anew, of the journal that was read just now
    with engine.connect(lambda: file.connect(copy, read_only=True)) as connection:
        return before == selfcheck.state(connection)


def _identity(connection: sqlite3.Connection) -> tuple[str, str]:
    import json

    from desktop.workspace.reading import head_of

    facts = dict(connection.execute("SELECT key, value FROM sync_meta"))
    return facts["workspace"], head_of(tuple(json.loads(facts["dag_heads"])))


def _run(path: Path, version: int) -> None:
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    from desktop.workspace import engine, tables
    from desktop.workspace.journal import Journal

    with engine.connect(lambda: file.connect(path, read_only=False)) as connection:
        run = connection.exec_driver_sql
        run("PRAGMA foreign_keys=OFF")
        run("BEGIN IMMEDIATE")
        for (trigger,) in run("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all():
            run(f'DROP TRIGGER "{trigger}"')
        operations = Operations(MigrationContext.configure(connection))
        for step in range(version, file.VERSION):
            STEPS[step](operations)
        for statement in tables.guards().values():
            run(statement)
        run("UPDATE sync_gate SET open = 1")
        Journal(connection).rebuild()
        run("UPDATE sync_gate SET open = 0")
        run(f"PRAGMA user_version={file.VERSION}")
        run("COMMIT")
