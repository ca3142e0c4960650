"""The tables of a register, and the one statement each of them must have been made by."""

from __future__ import annotations

import sqlalchemy as sa

APPLICATION_ID = 0x52475354
"""``RGST``: written into the header of every register."""
VERSION = 6
"""The version of these tables (``user_version``); in version 1 each file had the basis of its package, up to
version 2 no signer said whether anybody had asked for the signature, up to version 3 nothing was proven, and
a verdict stayed on every later day what it had been, up to version 4 no signer had the time of a clock."""

METADATA = sa.MetaData()

NUMBER = "number"
"""The setting that says which register it is, wherever it lies; proofs of one are none of another."""
SETTING = sa.Table(
    "setting",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
RUN = sa.Table(
    "run",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("started", sa.Text, nullable=False),
    sa.Column("ended", sa.Text, nullable=False, default=""),
    sa.Column("folders", sa.Text, nullable=False),
    sa.Column("found", sa.Integer, nullable=False, default=0),
    sa.Column("read", sa.Integer, nullable=False, default=0),
    sa.Column("vanished", sa.Integer, nullable=False, default=0),
)
"""One call of *receive*; ``ended`` is empty while it runs, and stays so when it was interrupted."""

FILE = sa.Table(
    "file",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("root", sa.Text, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("mtime_ns", sa.Integer, nullable=False),
    sa.Column("inode", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("problem", sa.Text, nullable=False, default=""),
    sa.Column("first_run", sa.Integer, sa.ForeignKey("run.id"), nullable=False),
    sa.Column("first_seen", sa.Text, nullable=False),
    sa.Column("last_run", sa.Integer, sa.ForeignKey("run.id"), nullable=False),
    sa.Column("proof", sa.Text, nullable=False, default=""),
)
"""A file as it was read. ``unit`` is the folder (or file) that was handed in as one thing; ``state`` is
``here``, ``vanished`` or ``replaced`` (the file has other content now, which has a row of its own)."""
sa.Index("ix_file_present", FILE.c.path, unique=True, sqlite_where=FILE.c.state != "replaced")
sa.Index("ix_file_sha256", FILE.c.sha256)

PACKAGE = sa.Table(
    "package",
    METADATA,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("judged_at", sa.Text, nullable=False),
    sa.Column("until", sa.Text, nullable=False),
    sa.Column("basis", sa.Text, nullable=False),
    sa.Column("package", sa.Text, nullable=False),
    sa.Column("previous", sa.Text, nullable=False),
    sa.Column("created_at", sa.Text, nullable=False),
    sa.Column("region", sa.Text, nullable=False),
    sa.Column("region_name", sa.Text, nullable=False),
    sa.Column("guideline", sa.Text, nullable=False),
    sa.Column("guideline_version", sa.Text, nullable=False),
    sa.Column("first_year", sa.Integer, nullable=False),
    sa.Column("last_year", sa.Integer, nullable=False),
    sa.Column("open_mandatory", sa.Integer),
    sa.Column("files", sa.Integer, nullable=False),
    sa.Column("signed_at", sa.Text, nullable=False),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("proof", sa.Text, nullable=False, default=""),
)
"""What was judged of one content, wherever and how often it lies: keyed by the container's own hash.

``basis`` is what it was judged by (anchors and program); it is judged anew when that changed, and when it is
empty: the verdict does not stand. ``until`` is when time alone may make another of it (empty: never), as the
end of a certificate or of a list of withdrawals may: it is judged anew then. ``proof`` is that it was judged
here; see :mod:`.proofs`."""

REASON = sa.Table(
    "reason",
    METADATA,
    sa.Column("sha256", sa.Text, sa.ForeignKey("package.sha256", ondelete="CASCADE"), primary_key=True),
    sa.Column("no", sa.Integer, primary_key=True),
    sa.Column("weight", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("message", sa.Text, nullable=False),
)
SIGNER = sa.Table(
    "signer",
    METADATA,
    sa.Column("sha256", sa.Text, sa.ForeignKey("package.sha256", ondelete="CASCADE"), primary_key=True),
    sa.Column("no", sa.Integer, primary_key=True),
    sa.Column("document", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("holder", sa.Text, nullable=False),
    sa.Column("organisation", sa.Text, nullable=False),
    sa.Column("issuer", sa.Text, nullable=False),
    sa.Column("certificate", sa.Text, nullable=False),
    sa.Column("claimed_at", sa.Text, nullable=False),
    sa.Column("test", sa.Integer, nullable=False),
    sa.Column("anchor", sa.Text, nullable=False),
    sa.Column("timestamped", sa.Integer, nullable=False),
    sa.Column("asked", sa.Integer, nullable=False),
    sa.Column("stamped_at", sa.Text, nullable=False),
    sa.Column("latest_at", sa.Text, nullable=False),
)
"""``asked``: whether the package asks for this signature, of this person; anybody can add one.
``stamped_at``: since when it exists by a clock that is believed; anybody can take that away.
``latest_at``: whatever names a file with all of it in it was made later."""
PLAN = sa.Table(
    "plan",
    METADATA,
    sa.Column("sha256", sa.Text, sa.ForeignKey("package.sha256", ondelete="CASCADE"), primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("programmes", sa.Integer, nullable=False),
    sa.Column("quick_wins", sa.Integer, nullable=False),
    sa.Column("activities", sa.Integer, nullable=False),
    sa.Column("indicators", sa.Integer, nullable=False),
)
"""The data of a valid package, for comparison; there is none of any other."""
SCORE = sa.Table(
    "score",
    METADATA,
    sa.Column("sha256", sa.Text, sa.ForeignKey("package.sha256", ondelete="CASCADE"), primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("section", sa.Text, primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("items", sa.Integer, nullable=False),
    sa.Column("rated", sa.Integer, nullable=False),
    sa.Column("mean", sa.Text, nullable=False),
    sa.Column("most", sa.Integer, nullable=False),
)
"""What the region says of itself: readiness and self-assessment, in all (``section`` empty) and by part."""
PROGRAMME = sa.Table(
    "programme",
    METADATA,
    sa.Column("sha256", sa.Text, sa.ForeignKey("package.sha256", ondelete="CASCADE"), primary_key=True),
    sa.Column("no", sa.Integer, primary_key=True),
    sa.Column("programme", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("dimension", sa.Text, nullable=False),
    sa.Column("sub_dimension", sa.Text, nullable=False),
    sa.Column("lead", sa.Text, nullable=False),
    sa.Column("quick_win", sa.Integer, nullable=False),
    sa.Column("activities", sa.Integer, nullable=False),
    sa.Column("first_year", sa.Integer),
    sa.Column("last_year", sa.Integer),
    sa.Column("total_budget", sa.Integer),
)
BUDGET = sa.Table(
    "budget",
    METADATA,
    sa.Column("sha256", sa.Text, sa.ForeignKey("package.sha256", ondelete="CASCADE"), primary_key=True),
    sa.Column("year", sa.Integer, primary_key=True),
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("dimension", sa.Text, primary_key=True),
    sa.Column("indicative", sa.Integer),
    sa.Column("ceiling", sa.Integer),
    sa.Column("realised", sa.Integer),
)
"""Whole rupiah by year, source and dimension; null where nothing is stated."""
INDICATOR = sa.Table(
    "indicator",
    METADATA,
    sa.Column("sha256", sa.Text, sa.ForeignKey("package.sha256", ondelete="CASCADE"), primary_key=True),
    sa.Column("no", sa.Integer, primary_key=True),
    sa.Column("programme", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("direction", sa.Text, nullable=False),
    sa.Column("baseline", sa.Text, nullable=False),
    sa.Column("baseline_year", sa.Integer),
    sa.Column("target", sa.Text, nullable=False),
    sa.Column("target_year", sa.Integer),
)
"""Decimal numbers as text; the target is that of the last year that has one."""

DETAILS = (REASON, SIGNER, PLAN, SCORE, PROGRAMME, BUDGET, INDICATOR)
"""What hangs on a package and goes with it when it is judged anew."""
