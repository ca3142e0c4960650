"""Positions as text: between any two there is another, so moving one row writes one register."""

from __future__ import annotations

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LAST = len(_DIGITS) - 1


def between(before: str, after: str) -> str:
    """A position after ``before`` and before ``after``; an empty end is open.

    Positions never end in ``0``, so there is always room. Equal or crossed ends (two people added at the
    same place) are answered with a position right after ``before``.
    """
    if after and before >= after:
        after = ""
    digits: list[int] = []
    i = 0
    while True:
        low = _DIGITS.index(before[i]) if i < len(before) else 0
        high = _DIGITS.index(after[i]) if after and i < len(after) else len(_DIGITS)
        if high - low > 1:
            # growing at the end is by far the commonest: step by little, keep positions short
            step = max(1, min((high - low) // 2, 1 if not after else _LAST))
            digits.append(low + step)
            return "".join(_DIGITS[d] for d in digits)
        digits.append(low)
        if high > low:
            after = ""
        i += 1
