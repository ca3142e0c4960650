"""The kinds of files that come in."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a file is."""

    WORKSPACE = "workspace"
    CHANGES = "changes"
    PACKAGE = "package"
    GUIDELINE = "guideline"
    TABLE = "table"
    WORKBOOK = "workbook"
    """A workbook that was handed out to an agency."""
    PICTURE = "picture"
    PDF = "pdf"
    SIGNED_PDF = "signed-pdf"
    DOCUMENT = "document"
    INPUT_SHEET = "input-sheet"
    EDITED = "edited"
    """A Word file with texts of a plan, which somebody may have edited."""
    KEY = "key"
    CERTIFICATE = "certificate"
    OLD_TABLE = "old-table"
    OLD_DOCUMENT = "old-document"
    LOCKED_OFFICE = "locked-office"
    ARCHIVE = "archive"
    OTHER_DATABASE = "other-database"
    DOWNLOADING = "downloading"
    PROGRAM = "program"
    EMPTY = "empty"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"


EVIDENCE = frozenset({Kind.PICTURE, Kind.PDF, Kind.SIGNED_PDF, Kind.DOCUMENT})
"""What can stand as evidence for a claim."""
