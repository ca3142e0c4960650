"""The inline marks that are open while a text is read."""

from __future__ import annotations

import re
from dataclasses import replace

from desktop.base.richtext.blocks import Run, link

_PLAIN = Run("")
_DEEPEST = 100
"""Marks within each other; each that ends is looked for among all that are open."""


class Marks:
    """A stack of open marks; those opened inside a block end with it."""

    def __init__(self) -> None:
        self._open: list[tuple[str, Run]] = []
        self._outside = 0

    @property
    def style(self) -> Run:
        """The style that text has now (an empty run)."""
        return self._open[-1][1] if self._open else _PLAIN

    def open(self, tag: str, attributes: dict[str, str]) -> None:
        """A mark begins."""
        if len(self._open) >= _DEEPEST:
            return
        self._open.append((tag, _styled(self.style, tag, attributes)))

    def close(self, tag: str) -> None:
        """The innermost mark of this name ends; marks inside it go on. Nothing happens if there is none."""
        names = [name for name, _ in self._open]
        if tag not in names:
            return
        place = len(names) - 1 - names[::-1].index(tag)
        inner = self._open[place + 1 :]
        del self._open[place:]
        self._outside -= place < self._outside
        for name, style in inner:
            self._open.append((name, _again(self.style, style, name)))

    def begin_block(self) -> None:
        """A block begins: what is open now goes on after it."""
        self._outside = len(self._open)

    def end_block(self) -> None:
        """The block ends, and the marks opened in it."""
        del self._open[self._outside :]


def _styled(style: Run, tag: str, attributes: dict[str, str]) -> Run:
    css = attributes.get("style", "").lower().replace(" ", "")
    match tag:
        case "b":
            # Google Docs wraps everything it copies in <b style="font-weight:normal">.
            return replace(style, bold=not re.search(r"font-weight:(normal|400)", css))
        case "i":
            return replace(style, italic=True)
        case "u":
            return replace(style, underline=True)
        case "s":
            return replace(style, strike=True)
        case "sub" | "sup" | "fn":
            return replace(style, raised=tag)
        case "a":
            return replace(style, href=link(attributes.get("href", "")))
        case _:
            return _from_css(style, css)


def _from_css(style: Run, css: str) -> Run:
    raised = re.search(r"vertical-align:(super|sub)", css)
    return replace(
        style,
        bold=style.bold or bool(re.search(r"font-weight:(bold|[6-9]00)", css)),
        italic=style.italic or "font-style:italic" in css,
        underline=style.underline or bool(re.search(r"text-decoration[a-z-]*:[^;]*underline", css)),
        strike=style.strike or "line-through" in css,
        raised={"sub": "sub", "super": "sup"}[raised.group(1)] if raised else style.raised,
    )


def _again(outer: Run, style: Run, tag: str) -> Run:
    """The style of an inner mark once the mark around it has closed."""
    match tag:
        case "b":
            return replace(outer, bold=style.bold)
        case "i":
            return replace(outer, italic=True)
        case "u":
            return replace(outer, underline=True)
        case "s":
            return replace(outer, strike=True)
        case "sub" | "sup" | "fn":
            return replace(outer, raised=tag)
        case "a":
            return replace(outer, href=style.href)
        case _:
            return outer
