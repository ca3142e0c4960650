"""Two documents under one signature: objects beside the tables, for readers that mend a damaged table.

They are put in before the officials sign, as whoever carries the file to a signing service could do. The
officials' program shows the sealed page; another one finds the table damaged and shows the other page.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pikepdf

from desktop.submission.pdf.sign import sign_pdf
from desktop.submission.stamp import Stamp, StampStanding
from tests.submission.hostile.ground import ISSUER, NOW, RATNA, SITI, Ground, Table
from tests.submission.making import MAYOR, SECRETARY

CASES = Table("pdf", pdf=True)
DRAWN = b"q 0 0 1 rg 0 0 500 500 re f Q"
DAMAGED = {99: b"0000000017 00000 n\n"}
"""A line of the table that is a byte too short: pdfium looks for the objects itself, pyHanko reads on."""


def signed(data: bytes) -> bytes:
    """Signed by both officials, who are believed."""
    for role, holder in ((MAYOR, RATNA), (SECRETARY, SITI)):
        stamp = Stamp("Budi", "Bupati", NOW, StampStanding.CERTIFIED, "RANCANG:X")
        data = sign_pdf(data, holder.signer(ISSUER), role, stamp, "buku")
    return data


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def written(number: int, body: bytes, header: bytes = b"%d 0 obj\n") -> bytes:
    return b"\n" + header % number + body + b"\nendobj\n"


def revision(
    data: bytes, beside: bytes, objects: dict[int, bytes], lines: dict[int, bytes] | None = None
) -> bytes:
    """A revision with objects in its table, lines for the table as they are, and bytes beside it."""
    start = int(re.findall(rb"startxref\s+([0-9]+)", data)[-1])
    with pikepdf.open(io.BytesIO(data)) as document:
        trailer = document.trailer
        ids = b"".join(b"<%s>" % bytes(one).hex().encode() for one in trailer.ID)
        root, info, size = document.Root.objgen[0], trailer.Info.objgen[0], int(trailer.Size)
    out, table = data + beside, dict(lines or {})
    for number, body in objects.items():
        table[number] = b"%010d 00000 n\r\n" % (len(out) + 1)
        out += written(number, body)
    listed = b"".join(b"%d 1\n%s" % pair for pair in sorted(table.items()))
    size = max([size, *(number + 1 for number in table)])
    end = b"/Root %d 0 R/Info %d 0 R/Size %d/ID[%s]/Prev %d" % (root, info, size, ids, start)
    return out + b"xref\n" + listed + b"trailer\n<<%s>>\nstartxref\n%d\n%%%%EOF\n" % (end, len(out))


def packed(data: bytes) -> bytes:
    """As earlier programs sealed: with a table that is a stream, and objects within streams."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        mode = pikepdf.ObjectStreamMode.generate
        document.save(target, deterministic_id=True, preserve_pdfa=True, object_stream_mode=mode)
    return target.getvalue()


def contents_of(data: bytes) -> int:
    """The number of what is drawn on the first page."""
    with pikepdf.open(io.BytesIO(data)) as document:
        found = document.pages[0].obj.Contents
        return int((found[0] if isinstance(found, pikepdf.Array) else found).objgen[0])


def page_of(data: bytes) -> tuple[int, bytes]:
    with pikepdf.open(io.BytesIO(data)) as document:
        page = document.pages[0].obj
        return int(page.objgen[0]), page.unparse(resolved=True)


def hidden(header: bytes) -> Callable[[bytes], bytes]:
    """The first page's drawing once more, beside a damaged table."""
    return lambda data: revision(data, written(contents_of(data), stream(DRAWN), header), {}, DAMAGED)


def hidden_alone(data: bytes) -> bytes:
    """The same beside a sound table, for a reader that finds something else to mend."""
    return revision(data, written(contents_of(data), stream(DRAWN)), {900: b"<<>>"})


def elsewhere(line: bytes) -> Callable[[bytes], bytes]:
    return lambda data: revision(data, b"", {}, {900: line})


_OTHER = {
    901: b"<</Type/Catalog/Pages 902 0 R>>",
    902: b"<</Type/Pages/Count 1/Kids[903 0 R]>>",
    903: b"<</Type/Page/Parent 902 0 R/MediaBox[0 0 595 842]/Contents 904 0 R/Resources<<>>>>",
    904: stream(DRAWN),
}


def trailer(data: bytes) -> bytes:
    return revision(data, b"\ntrailer\n<</Root 901 0 R/Size 950>>\n", _OTHER)


def table_of_nobody(data: bytes) -> bytes:
    made = stream(b"", b"/Type/XRef/Root 901 0 R/Size 950/W[1 1 1]/Index[0 0]")
    return revision(data, b"", {**_OTHER, 905: made})


def more_in_a_stream(spelled: bytes) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        number, body = page_of(data)
        head = b"%d 0 " % number
        made = stream(head + body, b"/Type/%s/N 1/First %d" % (spelled, len(head)))
        return revision(data, b"", {905: made})

    return change


def listed_twice(data: bytes) -> bytes:
    """Two lines for one page: readers differ in which one counts."""
    number, body = page_of(data)
    first, second = len(data) + 1, len(data) + 1 + len(written(number, body))
    both = written(number, body) + written(number, body.replace(b"/Contents", b"/Isi"))
    made = revision(data, both, {900: b"<<>>"}, {number: b"%010d 00000 n\r\n" % first})
    once = b"%d 1\n%010d 00000 n\r\n" % (number, first)
    assert once in made
    return made.replace(once, once + b"%d 1\n%010d 00000 n\r\n" % (number, second))


def appended(change: Callable[[bytes], bytes]) -> Callable[[Ground], bytes]:
    return lambda ground: ground.with_book(signed(change(ground.book(ground.sealed))))


_COMMENT = b"%%" + b"x " * 3000
for title, change in (
    ("page beside a damaged table", hidden(b"%d 0 obj\n")),
    ("page beside a sound table", hidden_alone),
    ("number and remark", hidden(b"%d %%x\n0 %%y\nobj\n")),
    ("remark without end", hidden(b"%d 0 " + _COMMENT + b"\nobj\n")),
    ("behind a text that looks like a remark", hidden(b"(%%) %d %%x\n0 obj\n")),
    ("number with a sign and zeros", hidden(b"+000%d 0 obj\n")),
    ("number on its own line", hidden(b"%d\r0\x0c\x00obj\n")),
    ("spaces that only some programs take for such", hidden(b"%d\x800\xffobj\n")),
    ("numbers that are signs", hidden(b"%d 0- obj\n")),
    ("line of nineteen bytes", elsewhere(b"0000000000 65535 f\n")),
    ("another generation", hidden(b"%d 7 obj\n")),
    ("line that leads into the sealed bytes", elsewhere(b"0000000017 00000 n\r\n")),
    ("line that leads behind the end", elsewhere(b"0099999999 00000 n\r\n")),
    ("trailer beside the table", trailer),
    ("table of nobody", table_of_nobody),
    ("stream with a page that is not listed", more_in_a_stream(b"ObjStm")),
    ("stream with a page, its kind in disguise", more_in_a_stream(b"Obj#53tm")),
    ("page listed twice", listed_twice),
):
    CASES.case(f"hidden: {title}", "pdf.hidden pdf.changed_before parser", appended(change))
