"""Small pictures of evidence files, drawn beside the window when first seen and kept on this computer."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from desktop.base import Cancelled, RancangError
from desktop.base.paths import home
from desktop.ui.session import Session
from desktop.ui.viewer.darkroom import SOON, Darkroom
from desktop.ui.viewer.papers import PdfPaper, glance
from desktop.workspace.plan import EvidenceFile

EDGE = 320
"""Pixels of the longer side: a tile of 150 on a dense screen."""
IN_MEMORY, ON_DISK = 600, 3000
"""How many are kept; about 200 MB and 60 MB at most."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was learnt of a file when it was looked at."""

    picture: QImage | None = None
    taken: dt.date | None = None
    place: tuple[float, float] | None = None
    pages: int = 0


NOTHING = Seen()


class Thumbs(QObject):
    """The small pictures by fingerprint; what is not there yet is drawn, and told when it is."""

    ready = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._known: OrderedDict[str, tuple[Seen, QPixmap | None]] = OrderedDict()
        self._asked: set[str] = set()
        session.closed.connect(self._forget)

    @classmethod
    def of(cls, session: Session) -> Thumbs:
        """The small pictures of a session; all pages share them."""
        return session.findChild(cls) or cls(session)

    def picture(self, file: EvidenceFile) -> QPixmap | None:
        """The small picture, if there is one and it is drawn already."""
        known = self._look_up(file)
        return known[1] if known is not None else None

    def seen(self, file: EvidenceFile) -> Seen:
        """What is known of a file: when and where a photo was taken, how many pages a PDF has."""
        known = self._look_up(file)
        return known[0] if known is not None else NOTHING

    def _look_up(self, file: EvidenceFile) -> tuple[Seen, QPixmap | None] | None:
        known = self._known.get(file.sha256)
        if known is not None:
            self._known.move_to_end(file.sha256)
        elif file.present and file.sha256 not in self._asked and self._session.is_open and drawable(file):
            self._asked.add(file.sha256)
            read = self._session.workspace.evidence_beside()
            Darkroom.of(self._session).ask(
                self, lambda: _look_at(file, read), lambda seen: self._keep(file.sha256, seen), urgency=SOON
            )
        return known

    def _keep(self, sha256: str, seen: Seen) -> None:
        self._asked.discard(sha256)
        picture = QPixmap.fromImage(seen.picture) if seen.picture is not None else None
        self._known[sha256] = seen, picture
        while len(self._known) > IN_MEMORY:
            self._known.popitem(last=False)
        self.ready.emit(sha256)

    def _forget(self) -> None:
        self._known.clear()
        self._asked.clear()


def drawable(file: EvidenceFile) -> bool:
    """Whether a file has a look of its own. A drawing (SVG) may carry a program, and is not drawn."""
    return file.media_type == "application/pdf" or (
        file.media_type.startswith("image/") and "svg" not in file.media_type
    )


def _look_at(file: EvidenceFile, read: Callable[[str], bytes]) -> Seen:
    """In the darkroom: what is kept on this computer, else drawn now and kept."""
    cache = home() / "cache" / "thumbs"
    kept = _kept(cache, file.sha256)
    if kept is not None:
        return kept
    try:
        data = read(file.sha256)
    except RancangError:
        return NOTHING  # it could not be read just now: that is no look to be kept
    try:
        seen = _pdf(data) if data.startswith(b"%PDF-") else _photo(data)
    except Cancelled:  # whoever asked has gone: that is no look to be kept either
        return NOTHING
    except Exception:  # noqa: BLE001 - a file that cannot be drawn is shown by its kind, and drawn never again
        seen = NOTHING
    _store(cache, file.sha256, seen)
    return seen


def _pdf(data: bytes) -> Seen:
    paper = PdfPaper(data)
    width, height = paper.sizes[0]
    try:
        picture = paper.draw(0, EDGE / max(width, height, 1.0), 0)
    finally:
        paper.close()
    return Seen(picture, pages=len(paper.sizes))


def _photo(data: bytes) -> Seen:
    seen = glance(data, EDGE)
    return Seen(seen.picture, seen.taken, seen.place)


def _kept(cache: Path, sha256: str) -> Seen | None:
    try:
        told = json.loads((cache / f"{sha256}.json").read_text(encoding="utf-8"))
        picture = QImage(str(cache / f"{sha256}.png")) if told["picture"] else None
        if picture is not None and picture.isNull():
            return None
        taken = dt.date.fromisoformat(told["taken"]) if told["taken"] else None
        place = (float(told["place"][0]), float(told["place"][1])) if told["place"] else None
        return Seen(picture, taken, place, int(told["pages"]))
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None


def _store(cache: Path, sha256: str, seen: Seen) -> None:
    told = {
        "picture": seen.picture is not None,
        "taken": seen.taken.isoformat() if seen.taken else "",
        "place": seen.place,
        "pages": seen.pages,
    }
    # A full disk is no reason not to show it.
    with contextlib.suppress(OSError):
        cache.mkdir(parents=True, exist_ok=True)
        if seen.picture is not None:
            seen.picture.save(str(cache / f"{sha256}.png"), "PNG")  # type: ignore[call-overload]
        (cache / f"{sha256}.json").write_text(json.dumps(told), encoding="utf-8")
        _make_room(cache)


def _make_room(cache: Path) -> None:
    """Let the oldest go when there are too many; looked at only now and then."""
    files = list(cache.glob("*.json"))
    if len(files) <= ON_DISK:
        return
    oldest = sorted(files, key=lambda path: path.stat().st_mtime)[: ON_DISK // 4]
    for path in oldest:
        path.unlink(missing_ok=True)
        path.with_suffix(".png").unlink(missing_ok=True)
