"""Whether another program, which wrote a document anew, draws its pages by the very same words.

Programs that draw pages differ in more than any list of theirs tells: what one of them shows of a line that
others do not, pixels of another one never prove. Who signs for others copies each page as it is, so that
there is nothing to be compared; whoever draws it anew is told.
"""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO

from desktop.submission.pdf.packed import unpacked
from desktop.submission.pdf.page import inherited, parts_of
from desktop.submission.pdf.usual import unusual

if TYPE_CHECKING:
    import pikepdf

_PACKED = frozenset({"/Length", "/Filter", "/DecodeParms", "/DL"})
"""How a stream is packed says nothing of what it holds."""
_KINDS = ("/ColorSpace", "/ExtGState", "/Font", "/Pattern", "/Properties", "/Shading", "/XObject")
"""What resources lend to drawing (ISO 32000-1, 7.8.3)."""
_DEEPEST = 32


def unusual_beside(sealed: BinaryIO, now: BinaryIO) -> frozenset[str]:
    """What is drawn otherwise than in our books, or by other words than those that were sealed.

    As ISO 32000-1 calls it; raises what pikepdf raises.
    """
    import pikepdf

    found = unusual(now)
    sealed.seek(0)
    now.seek(0)
    with pikepdf.open(sealed) as before, pikepdf.open(now) as after:
        return frozenset(found) | ({"/Contents"} if is_drawn_anew(before, after) else set())


def is_drawn_anew(sealed: pikepdf.Pdf, now: pikepdf.Pdf) -> bool:
    """Whether any page's drawing, or what it is lent for it, is not what was sealed.

    Raises what pikepdf raises.
    """
    if len(sealed.pages) != len(now.pages):
        return True
    old, new = _Held(), _Held()
    try:
        return not all(
            _is_same_page(one.obj, other.obj, old, new)
            for one, other in zip(sealed.pages, now.pages, strict=True)
        )
    except ValueError:
        # nodes without an end
        return True


def _is_same_page(one: Any, other: Any, old: _Held, new: _Held) -> bool:
    words, others = parts_of(one), parts_of(other)
    if words is None or others is None or not _say_the_same(words, others):
        return False
    if old.seal(inherited(one, "/MediaBox")) != new.seal(inherited(other, "/MediaBox")):
        return False
    if (inherited(one, "/Rotate") or 0) != (inherited(other, "/Rotate") or 0):
        return False
    mine, theirs = (inherited(page, "/Resources") for page in (one, other))
    return all(
        old.seal(each) == new.seal(_lent(theirs, kind, name))
        for kind in _KINDS
        for name, each in _entries(mine, kind)
    )


def _entries(lent: Any, kind: str) -> list[tuple[str, Any]]:
    import pikepdf

    found = lent.get(kind) if isinstance(lent, pikepdf.Dictionary) else None
    return list(found.items()) if isinstance(found, pikepdf.Dictionary) else []


def _lent(lent: Any, kind: str, name: str) -> Any:
    """What is lent by a name; what more there is the page has no words for."""
    return dict(_entries(lent, kind)).get(name)


def _say_the_same(sealed: list[bytes], now: list[bytes]) -> bool:
    """Whether both are the same words, cut where they were cut, or not at all.

    Some programs read what follows a cut as if nothing stood between: of two numbers they make one.
    """
    spaced, bare = b" ".join(sealed).split(), b"".join(sealed).split()
    return b" ".join(now).split() == spaced and b"".join(now).split() in (spaced, bare)


class _Held:
    """What objects of one document hold, each reckoned once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bytes] = {}

    def seal(self, one: Any, depth: int = 0) -> bytes:
        """A hash of all that an object leads to; equal objects of two documents have equal ones."""
        import pikepdf

        indirect = isinstance(one, pikepdf.Object) and one.is_indirect
        if indirect and one.objgen in self._known:
            return self._known[one.objgen]
        if depth > _DEEPEST:
            return b""
        if indirect:
            # what leads back to itself ends here
            self._known[one.objgen] = b"above"
        found = hashlib.sha256(self._told(one, depth + 1)).digest()
        if indirect:
            self._known[one.objgen] = found
        return found

    def _told(self, one: Any, depth: int) -> bytes:
        import pikepdf

        if isinstance(one, pikepdf.Array):
            return b"[" + b"".join(self.seal(each, depth) for each in one)
        if isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
            packed = isinstance(one, pikepdf.Stream)
            entries = sorted((key, value) for key, value in one.items() if not (packed and key in _PACKED))
            told = b"".join(key.encode() + self.seal(value, depth) for key, value in entries)
            return b"<" + told + (self._data(one) if packed else b"")
        if isinstance(one, pikepdf.Object):
            return b"o" + one.unparse(resolved=True)
        if isinstance(one, (int, Decimal)) and not isinstance(one, bool):
            # written with a point or without one, and by some in single precision
            return f"{one:.4f}".encode()
        return repr(one).encode()

    @staticmethod
    def _data(stream: Any) -> bytes:
        """What it holds, or as it is packed where only drawing tells what it is (photos)."""
        import pikepdf

        data = unpacked(stream)
        if data is not None:
            return b">" + hashlib.sha256(data).digest()
        packing = stream.get("/Filter")
        names = list(packing) if isinstance(packing, pikepdf.Array) else [packing]
        return repr([str(one) for one in names]).encode() + hashlib.sha256(stream.read_raw_bytes()).digest()
