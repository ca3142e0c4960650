"""In which colours a stamp fills and draws: as many numbers as each has parts, said at once.

Of a number too many some programs take the first ones and others the last; where a space is chosen and no
colour in it, some take its first one and others go on with the one before. What is white for one covers
letters, and shows them for the next.
"""

from __future__ import annotations

_AT_ONCE = {b"g": 1, b"rg": 3, b"k": 4}
_SPACES = {b"/DeviceGray": 1, b"/DeviceRGB": 3}
"""As PDFBox says colours, and so DSS; what others say in spaces of a stamp's own is told."""
_DUE = {b"cs": b"sc", b"CS": b"SC"}
FILL, LINE = "fill", "line"
_USES = {
    **dict.fromkeys((b"f", b"f*", b"Tj", b"'", b"TJ"), frozenset({FILL})),
    **dict.fromkeys((b"B", b"B*"), frozenset({FILL, LINE})),
    b"S": frozenset({LINE}), b"s": frozenset({LINE}),
}  # fmt: skip
_SHOWS, _AROUND = frozenset({b"Tj", b"'", b"TJ"}), [b"2"]


class Inks:
    """Follows what says colours, one operator after the other."""

    def __init__(self) -> None:
        self._now = (0, 0)
        """Of how many parts colours are, for what is filled and for lines; 0 where nobody has said it here,
        but whoever draws the form may have."""
        self._kept: list[tuple[int, int]] = []
        self._due = b""
        """What has to follow."""
        self._around = False
        """Whether letters may have a line around them."""
        self.borrowed: frozenset[str] = frozenset()
        """Which colours are drawn in that nobody has said here."""

    @property
    def said(self) -> frozenset[str]:
        """Which colours somebody has said here."""
        return frozenset(way for way, parts in zip((FILL, LINE), self._now, strict=True) if parts)

    def step(self, word: bytes, operands: list[bytes]) -> bool:
        """One operator, with what stands before it. False where each program reads it otherwise."""
        if self._due and word != self._due:
            return False
        self._due = _DUE.get(word, b"")
        uses = _USES.get(word, frozenset())
        self._around = self._around or (word == b"Tr" and operands == _AROUND)
        if self._around and word in _SHOWS:
            uses |= {LINE}
        self.borrowed |= uses - self.said
        if word == b"q":
            self._kept.append(self._now)
        elif word == b"Q":
            self._now = self._kept.pop() if self._kept else self._now
        elif word.lower() == b"sc":
            return len(operands) == self._now[word.isupper()]
        elif word.lower() in {*_AT_ONCE, b"cs"}:
            (fill, line), name = self._now, b"".join(operands)
            parts = _SPACES.get(name, 0) if word.lower() == b"cs" else _AT_ONCE[word.lower()]
            self._now = (fill, parts) if word.isupper() else (parts, line)
            return parts > 0
        return True
