"""What the documents in a package are called: by the open document's guideline where it is the package's.

Else by a guideline of that id and version at hand. Of a refused file nothing is called anything but its
path: what lies there is not what the guideline names.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import RancangError
from desktop.submission.called import Titles, document_titles, documents_among, pack_at_hand
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack
    from desktop.submission import Verdict

Names = Titles


def names(session: Session, verdict: Verdict) -> Names:
    """Titles by path; empty where nobody here knows the guideline."""
    package = verdict.package
    if package is None or verdict.kind.value == "refused":
        return {}
    paths = documents_among(verdict.files)
    return _titles(session, package.guideline_id, package.guideline_version, paths)


def names_in(session: Session, package: Path) -> Names:
    """The same of a package that nobody has judged yet; empty for what cannot be read."""
    from desktop.submission.frame.container import open_package
    from desktop.submission.refusal import Refused

    try:
        with open_package(package) as opened:
            manifest = opened.manifest
    except (Refused, RancangError):
        return {}
    paths = documents_among(manifest.files)
    return _titles(session, manifest.guideline.id, manifest.guideline.version, paths)


def pack_of(session: Session, guideline: str, version: str) -> Pack | None:
    """The guideline of a package: the open document's, else one at hand."""
    if session.is_open:
        own = session.plan.guideline
        if (guideline, version) == (own.id, own.version):
            return session.pack
    return pack_at_hand(guideline, version)


def _titles(session: Session, guideline: str, version: str, paths: Iterable[str]) -> Names:
    return document_titles(pack_of(session, guideline, version), paths)
