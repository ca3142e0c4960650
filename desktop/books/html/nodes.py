"""The nodes of a page: made from texts that are never markup, whatever stands in them."""

from __future__ import annotations

import re
from typing import TypeAlias

from lxml import etree

from desktop.base.richtext.blocks import clean

Node: TypeAlias = etree._Element  # noqa: SLF001 - what lxml's own stubs call it
Child: TypeAlias = "Node | str | None"

_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Signs that turn the direction of what follows: a reader would see another text than was written."""
_NAMES = {"class_": "class", "for_": "for", "http_equiv": "http-equiv"}


def node(tag: str, *children: Child, **attributes: str | None) -> Node:
    """An element with its children; attributes without a value are left out, ``_`` reads ``-``."""
    made = etree.Element(tag)
    for name, value in attributes.items():
        if value is not None:
            made.set(_NAMES.get(name, name.replace("_", "-")), written(value))
    return add(made, *children)


def add(parent: Node, *children: Child) -> Node:
    """More children, texts among them, after those that are there."""
    for child in children:
        if isinstance(child, str):
            _add_text(parent, written(child))
        elif child is not None:
            parent.append(child)
    return parent


def written(text: str) -> str:
    """A text without what cannot be written in a page, or would turn it around."""
    return _TURNING.sub("", clean(text))


def _add_text(parent: Node, text: str) -> None:
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
