"""What was handed in instead of a package, said in a sentence each."""

from __future__ import annotations

from desktop.base import Message
from desktop.submission.register.examine import Sort

SENT = {
    Sort.PACKAGE: Message("submission.unsigned.package"),
    Sort.ARCHIVE: Message("submission.unsigned.archive"),
    Sort.PACKED: Message("submission.unsigned.packed"),
    Sort.PDF: Message("submission.unsigned.pdf"),
    Sort.SIGNED_PDF: Message("submission.unsigned.signed_pdf"),
    Sort.DOCUMENT: Message("submission.unsigned.document"),
    Sort.TABLE: Message("submission.unsigned.table"),
    Sort.PICTURE: Message("submission.unsigned.picture"),
    Sort.LINK: Message("submission.unsigned.link"),
    Sort.WORKSPACE: Message("submission.unsigned.workspace"),
    Sort.OTHER: Message("submission.unsigned.other"),
    Sort.EMPTY: Message("submission.unsigned.empty"),
    Sort.UNREADABLE: Message("submission.unsigned.unreadable"),
    Sort.FOLDER: Message("submission.unsigned.folder"),
}
