"""The sign that a signing service looks for: where no coordinates are given, it draws where a letter stands.

Indonesian services ask for a single letter (``tag_koordinat``, usually ``#`` or ``$``) and draw the visible
signature at the place where the document holds it. Each box therefore gets one of its own that stands
nowhere else in the document; where all of them are used there is none, and coordinates have to do.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from desktop.base.pdfium import PDFIUM

if TYPE_CHECKING:
    import pikepdf

    from desktop.submission.pdf.fields import StampBox
    from desktop.submission.sheet.letters import Letter

SIGNS = "#$^*~|=+@&"
"""In the order in which services suggest them."""
SIZE, EDGE = 7.0, 3.0
"""Points of type, and how far from the lower left corner of the box."""
COLOUR = (0x8B, 0x98, 0xA9)
_NEAR = 1.0


def signs_for(data: bytes, roles: Iterable[str]) -> dict[str, str]:
    """For each role a sign that stands nowhere in the document's text; roles beyond the signs get none."""
    import pypdfium2 as pdfium

    wanted = list(roles)
    free = list(SIGNS)
    opened: Any = pdfium.PdfDocument
    with PDFIUM, opened(data) as document:
        for number in range(len(document)):
            if not free:
                break
            page = document[number]
            text = page.get_textpage()
            read = text.get_text_bounded()
            text.close()
            page.close()
            free = [sign for sign in free if sign not in read]
    return dict(zip(wanted, free, strict=False))


def sign_in(data: bytes, box: StampBox) -> str:
    """The sign that stands in a box and nowhere else on its page; empty when there is none."""
    import pypdfium2 as pdfium

    opened: Any = pdfium.PdfDocument
    with PDFIUM, opened(data) as document:
        page = document[box.page]
        text = page.get_textpage()
        inside = text.get_text_bounded(box.left, box.bottom, box.right, box.top)
        whole = text.get_text_bounded()
        text.close()
        page.close()
    return next((sign for sign in SIGNS if sign in inside and whole.count(sign) == 1), "")


def is_sign(one: Letter, box: StampBox) -> bool:
    """Whether a letter is the sign in a box as :func:`draw_sign` writes it."""
    return (
        one.sign in SIGNS
        and abs(one.seen - SIZE) <= _NEAR / 10
        and one.colour == COLOUR
        and max(abs(one.matrix[4] - box.left - EDGE), abs(one.matrix[5] - box.bottom - EDGE)) <= _NEAR
    )


def draw_sign(document: pikepdf.Pdf, page: pikepdf.Page, box: StampBox, sign: str) -> None:
    """Write the sign small and grey into the lower left corner of a box."""
    import pikepdf

    left, bottom, right, top = box.left, box.bottom, box.right, box.top
    with pikepdf.open(io.BytesIO(_drawn(right - left, top - bottom, sign))) as drawn:
        look = document.copy_foreign(drawn.pages[0].as_form_xobject())
    # a name of its own: the library would draw lots for one, and equal inputs must give equal bytes
    name = page.add_resource(look, pikepdf.Name.XObject, pikepdf.Name(f"/RancangSign{ord(sign)}"))
    # What stands on the page may have left its own coordinates behind.
    # CUPS lays the streams of a page together without anything between: each ends with its line.
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(f"Q q 1 0 0 1 {left:.2f} {bottom:.2f} cm {name} Do Q\n".encode(), prepend=False)


def _drawn(width: float, height: float, sign: str) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    from desktop.submission.stamp import regular_font

    regular = regular_font()
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(width, height), initialFontName=regular, invariant=1)  # type: ignore[arg-type]  # the stubs say float
    canvas.setFillColorRGB(*(part / 255 for part in COLOUR))
    canvas.setFont(regular, SIZE)
    canvas.drawString(EDGE, EDGE, sign)
    canvas.showPage()
    canvas.save()
    return target.getvalue()
