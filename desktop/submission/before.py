"""What is looked at before a key is asked for, in bounds: in a process of its own, as a verdict is.

The package may have been made by somebody who means harm. A file of one megabyte unfolds to gigabytes, so
none of its documents is opened in the program itself before that process has come through with it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.base import Message, RancangError
from desktop.base.errors import FileProblem
from desktop.base.jobs import Report
from desktop.submission.container import OpenPackage, open_package
from desktop.submission.documents import check_before_signing
from desktop.submission.fingerprint import APPROVAL, is_document
from desktop.submission.limits import STANDARD, Limits, starved
from desktop.submission.manifest import PackedFile
from desktop.submission.mark import Mark, mark_of
from desktop.submission.refusal import Refused

_CHANGED = Message("submission.sign.changed_meanwhile")


def look_before_signing(report: Report, package: OpenPackage, files: Iterable[PackedFile]) -> None:
    """As :func:`check_before_signing`, in bounds. Raises Refused, Cancelled.

    What runs out of its limits is refused too (codes ``limit.*``): every verification would refuse it.
    """
    from desktop.submission.comparing import Looker, NotFinished

    paths = tuple(
        one.path for one in files if one.signed is not None or one.role == APPROVAL or is_document(one)
    )
    if not paths:
        return
    mark = mark_of(os.fstat(package.file.fileno()))
    with Looker(report, keep=True) as looker:
        try:
            found = looker.ask(_Before(package.path.absolute(), mark, paths, STANDARD.of(package.size)))
        except NotFinished as error:
            raise Refused(error.message) from error
    try:
        refused = found["refused"]
        message = None if refused is None else Message.from_json(refused)
    except (ValueError, TypeError, LookupError, AttributeError):
        # it says what no process of ours would say
        message = Message("submission.limit.crash")
    if message is not None:
        raise Refused(message)


@dataclass(frozen=True, slots=True)
class _Before:
    """Some files of a package, and the mark of the file that the program holds open."""

    package: Path
    mark: Mark
    files: tuple[str, ...]
    limits: Limits

    def run(self, report: Report) -> Mapping[str, Any]:
        try:
            report(0, 0, Message("submission.sign.looking"))
            with open_package(self.package) as source:
                if mark_of(os.fstat(source.file.fileno())) != self.mark:
                    raise Refused(_CHANGED)  # noqa: TRY301 - said as every other refusal
                asked = set(self.files)
                check_before_signing(source, [one for one in source.manifest.files if one.path in asked])
        except (Refused, RancangError) as error:
            cause = error.__cause__
            if starved(cause if isinstance(cause, Exception) else error):
                return {"limit": "memory"}
            return {"refused": error.message.to_json()}
        except OSError as error:
            return {"refused": FileProblem.from_os(error, self.package.name).message.to_json()}
        return {"refused": None}
