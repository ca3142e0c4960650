"""Charts, photos and QR codes inside the page itself: nothing is fetched from anywhere."""

from __future__ import annotations

import base64
import re
from functools import partial
from typing import TYPE_CHECKING

from lxml import etree

from desktop.books.document import Chart, Photo, Pictures
from desktop.books.html.nodes import Node, add, node, written

if TYPE_CHECKING:
    from desktop.books.photos import Scaled

CHART_WIDTH = 720.0
"""Points; a screen shows it as wide as there is room."""
_PHOTO_ROOM, _PHOTO_HEIGHT = 471.0, 270.0
"""What a photo may take on paper, in points."""
_EMBLEM = 84.0
_SVG = "{http://www.w3.org/2000/svg}"
_FAMILY = re.compile(r"font-family:\s*'Noto Sans'")


def chart(made: Chart, title: str, description: str | None) -> Node:
    """A chart as a drawing; ``title`` names it, ``description`` is the id of what it says in words."""
    from desktop.books.charts import svg

    source = _FAMILY.sub("font-family: 'Noto Sans', 'Segoe UI', Arial, sans-serif", svg(made, CHART_WIDTH))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    drawing = _plain(etree.fromstring(source.encode(), parser))
    drawing.set("role", "img")
    drawing.set("aria-label", written(title))
    if description:
        drawing.set("aria-describedby", description)
    return drawing


def _plain(element: Node) -> Node:
    """A drawing as a page holds it: without a namespace, and without ids, which each chart has alike."""
    name = str(element.tag).removeprefix(_SVG)
    made = etree.Element(name)
    for key, value in element.attrib.items():
        if key not in {"id", "version"} and value:
            made.set(str(key), str(value))
    made.text = element.text
    for child in element:
        if str(child.tag).removeprefix(_SVG) not in {"title", "desc"}:
            inner = _plain(child)
            inner.tail = child.tail
            made.append(inner)
    return made


def photo(picture: Photo, words: str, pictures: Pictures | None) -> Node | None:
    """A photo, as large as paper would show it; None where its bytes are not at hand."""
    if pictures is None:
        return None
    from desktop.books.photos import scaled

    return _image(scaled(partial(pictures, picture.sha256), _PHOTO_ROOM, _PHOTO_HEIGHT), words)


def emblem(picture: Photo | None, words: str, pictures: Pictures | None) -> Node | None:
    """The region's emblem; None where there is none, or its bytes are not at hand."""
    from desktop.books.emblem import drawn

    return _image(drawn(picture, pictures, _EMBLEM, _EMBLEM), words)


def _image(made: Scaled | None, words: str) -> Node | None:
    if made is None:
        return None
    data = base64.b64encode(made.jpeg).decode()
    wide, high = (str(round(length * 96 / 72)) for length in (made.width, made.height))
    return node("img", src=f"data:image/jpeg;base64,{data}", alt=words, width=wide, height=high)


def qr(code: str, words: str) -> Node:
    """A QR code, dark on white in every light."""
    from desktop.books.qr import dark_runs

    count, runs = dark_runs(code)
    path = "".join(f"M{column + 2} {row + 2}h{length}v1h-{length}z" for row, column, length in runs)
    box = f"0 0 {count + 4} {count + 4}"
    made = node("svg", class_="qr", role="img", aria_label=words)
    made.set("viewBox", box)
    return add(
        made, node("rect", width="100%", height="100%", fill="#fff"), node("path", d=path, fill="#000")
    )
