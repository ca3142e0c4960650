"""Books that were sealed with more in them than pages, then really signed by both officials and closed."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import struct
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils import generic

from desktop.submission import VerdictKind
from tests.submission.hostile.ground import (
    ISSUER,
    NOW,
    SITI,
    Ground,
    Table,
)
from tests.submission.hostile.pdfchanges import (
    CHANGES,
    Change,
    Writer,
    annotation,
    appearance,
    array,
    dictionary,
    fields_of,
    name,
    number,
    on_form,
    on_root,
    page_of,
    script,
    stream,
    text,
    update,
)
from tests.submission.hostile.pdfhidden import (
    packed,
    written,
)
from tests.submission.hostile.pdfhidden import stream as raw_stream
from tests.submission.hostile.pdfs import AFTER, signed
from tests.submission.hostile.pdfsealed import _starts, in_sealed, rewritten
from tests.submission.making import MAYOR, SECRETARY

CASES = Table("active", pdf=True)
KNOWN = dict(CHANGES)


def sealed_with(change: Change) -> Callable[[Ground], bytes]:
    """The change is in the book before anybody looks at it."""

    def make(ground: Ground) -> bytes:
        return in_sealed(rewritten(change))(ground)

    return make


def link(**values: Any) -> Change:
    return annotation(Subtype="/Link", **values)


def drawn(content: bytes) -> Change:
    """More on the first page, that programs read in different ways."""

    def change(writer: Writer) -> None:
        page = page_of(writer)
        page["/Contents"] = array(page.raw_get("/Contents"), writer.add_object(stream(content)))
        writer.mark_update(page.container_ref)

    return change


def layer(writer: Writer) -> None:
    """A layer that no list of layers names: one program hides it, another shows it."""
    group = dictionary(Type="/OCG", Name=text("x"), Usage=dictionary(View=dictionary(ViewState="/OFF")))
    page = page_of(writer)
    page["/Resources"]["/Properties"] = dictionary(L=writer.add_object(group))
    writer.update_container(page["/Resources"])
    drawn(b"/OC /L BDC 1 0 0 rg 0 0 500 500 re f EMC")(writer)


def other_font(writer: Writer) -> None:
    """The letters are looked up another way than the font itself says."""
    font = next(iter(page_of(writer)["/Resources"]["/Font"].values())).get_object()
    font["/Encoding"] = name("/MacRomanEncoding")
    writer.mark_update(font.container_ref)


def node_like_a_page(writer: Writer) -> None:
    """One program shows its page, another none."""
    pages = writer.root["/Pages"]
    kids = list(pages["/Kids"])
    last = kids[-1].get_object()
    node = dictionary(Type="/Page", Count=1, Kids=array(kids[-1]))
    node["/Parent"] = writer.root.raw_get("/Pages")
    reference = writer.add_object(node)
    last["/Parent"] = reference
    writer.mark_update(last.container_ref)
    pages["/Kids"] = array(*kids[:-1], reference)
    writer.update_container(pages)


def text_field(writer: Writer) -> None:
    """A form that somebody may fill in while everybody reads the signed page."""
    listed(writer, writer.add_object(dictionary(FT="/Tx", T=text("nilai"), V=text("Rp1"))))


def fill(writer: Writer) -> None:
    found = next(one for one in fields_of(writer) if one["/FT"] == "/Tx")
    found["/V"] = text("Rp9.000.000.000")
    writer.mark_update(found.container_ref)


def outside_picture(writer: Writer) -> None:
    """A picture that is fetched from a file beside the document."""
    picture = stream(
        b"", Type="/XObject", Subtype="/Image", Width=1, Height=1, BitsPerComponent=8, F=text("a")
    )
    writer.root["/PieceInfo"] = dictionary(X=writer.add_object(picture))
    writer.update_root()


def print_picture(writer: Writer) -> None:
    """Another picture when the page is printed."""
    other = dictionary(Image=writer.add_object(stream(b"")), DefaultForPrinting=generic.BooleanObject(True))
    picture = stream(b"\0", Subtype="/Image", Width=1, Height=1, BitsPerComponent=8, Alternates=array(other))
    writer.root["/PieceInfo"] = dictionary(X=writer.add_object(picture))
    writer.update_root()


OUTLINE = dictionary(Title=text("klik"), A=dictionary(S="/GoToR", F=text("lain.pdf"), D=array(number(0))))
TRICKS: tuple[tuple[str, Change], ...] = (
    *((title, KNOWN[title]) for title in (
        "script on opening", "script before printing", "program on opening", "page with a script",
        "file embedded", "collection", "shadow: layers switched off", "note",
        "certification: text over the page",
    )),
    ("link to a program", link(A=dictionary(S="/Launch", F=text("a.exe")))),
    ("link to a file", link(A=dictionary(S="/URI", URI=text("file:///etc/passwd")))),
    ("link with a script", link(A=dictionary(S="/URI", URI=text("javascript:alert(1)")))),
    ("link and then a script", link(A=dictionary(S="/GoTo", Next=array(dictionary(S="/Named", N="/Print"))))),
    ("link with a border over the page", link(Border=array(0, 0, 400), C=array(1, 0, 0))),
    ("layer without a list", layer),
    ("link that draws", lambda writer: link(AP=dictionary(N=appearance(writer)))(writer)),
    ("heading that leads into another file", on_root(Outlines=OUTLINE)),
    ("form to fill in", text_field),
    ("form of another kind", on_form(XFA=text("<x/>"))),
    ("picture from outside", outside_picture),
    ("other picture in print", print_picture),
)  # fmt: skip
for title, change in TRICKS:
    CASES.case(title, "pdf.active pdf.field" if "form" in title else "pdf.active", sealed_with(change))


def added(change: Change) -> Callable[[Ground], bytes]:
    """A field that whoever carries the file about adds before the officials sign elsewhere."""
    return lambda ground: ground.with_book(
        signed(signed(update(ground.book(ground.sealed), change), MAYOR), SECRETARY)
    )


def after(change: Change) -> Callable[[Ground], bytes]:
    """The same after the last signature, by somebody without a key: validation data come behind it."""

    def make(ground: Ground) -> bytes:
        def both(writer: Writer) -> None:
            change(writer)
            kept = writer.add_object(stream(ISSUER.certificate.public_bytes(Encoding.DER)))
            writer.root["/DSS"] = dictionary(Certs=array(kept))
            writer.update_root()

        return ground.with_book(update(ground.book(), both))

    return make


def place(writer: Writer, field: Any, page: int = 0) -> Any:
    """Put a place of a field on a page."""
    where = page_of(writer, page)
    field["/P"] = generic.IndirectObject(where.container_ref.idnum, where.container_ref.generation, writer)
    reference = writer.add_object(field)
    before = list(where["/Annots"]) if "/Annots" in where else []
    where["/Annots"] = array(*before, reference)
    writer.mark_update(where.container_ref)
    return reference


def listed(writer: Writer, reference: Any) -> None:
    form = writer.root["/AcroForm"]
    form["/Fields"] = array(*form["/Fields"], reference)
    writer.update_container(form)


def field(*box: int, look: Callable[[Writer], Any] | None = appearance, **values: Any) -> Change:
    """A signature field and its place in one."""

    def change(writer: Writer) -> None:
        made = dictionary(Type="/Annot", Subtype="/Widget", FT="/Sig", T=text("tambahan"), F=4, **values)
        made["/Rect"] = array(*(box or (0, 0, 0, 0)))
        if look is not None:
            made["/AP"] = dictionary(N=look(writer))
        listed(writer, place(writer, made))

    return change


def kid(parent: bool = True, **values: Any) -> Change:
    """A signature field whose place on the page is told apart from it."""

    def change(writer: Writer) -> None:
        above = dictionary(FT="/Sig", T=text("tambahan"), Rect=array(0, 0, 0, 0))
        reference = writer.add_object(above)
        made = dictionary(
            Type="/Annot", F=4, Rect=array(50, 50, 550, 800), **{"Subtype": "/Widget", **values}
        )
        made["/AP"] = dictionary(N=appearance(writer))
        if parent:
            made["/Parent"] = reference
        above["/Kids"] = array(place(writer, made))
        listed(writer, reference)

    return change


def without_bounds(writer: Writer) -> Any:
    return writer.add_object(stream(b"1 0 0 rg 0 0 700 900 re f", Type="/XObject", Subtype="/Form"))


def other_page(writer: Writer) -> Any:
    """The second page's contents, which lie in the document already."""
    found = page_of(writer, 1).raw_get("/Contents")
    return found if isinstance(found, generic.IndirectObject) else found.raw_get(1)


def zoomed(writer: Writer) -> None:
    """On a page shown small it covers what is beside it."""
    field(70, 310, 90, 330)(writer)
    fields_of(writer)[-1]["/F"] = number(4 | 8)


def unseen(writer: Writer) -> None:
    """Some programs draw it, others do not, as it is hidden."""
    field(70, 310, 90, 330)(writer)
    fields_of(writer)[-1]["/F"] = number(4 | 2)


IN_BOX = (70, 310, 90, 330)
RUN = dictionary(S="/Launch", F=text("a.exe"))
FIELDS: tuple[tuple[str, str, Callable[[Ground], bytes]], ...] = (
    ("place of a field without the way back", "pdf.field", added(kid(parent=False))),
    ("place of a field that says it is text", "pdf.field", added(kid(FT="/Tx"))),
    ("place of a field that says it is a button", "pdf.field", added(kid(FT="/Btn"))),
    ("place of a field that is a link", "pdf.active pdf.field pdf.changed_before", added(kid(Subtype="/Link"))),
    ("field without area, look without bounds", "pdf.field", added(field(look=without_bounds))),
    ("field at another size than the page", "pdf.field", added(zoomed)),
    ("field that is hidden", "pdf.field", added(unseen)),
    ("field with a program", "pdf.active pdf.field", added(field(*IN_BOX, A=RUN))),
    ("field with a script", "pdf.active", added(field(look=None, AA=dictionary(PV=script())))),
    ("field with a link", "pdf.field", added(field(*IN_BOX, A=dictionary(S="/URI", URI=text("http://x/"))))),
    ("after: field that shows another page", "pdf.field", after(field(look=other_page))),
    ("after: field with a script", "pdf.active pdf.changed_after", after(field(look=None, AA=dictionary(PV=script())))),
    ("after: field with a program", "pdf.active pdf.changed_after", after(field(look=None, A=RUN))),
)  # fmt: skip
for title, codes, make in FIELDS:
    CASES.case(title, codes, make)


def twice(data: bytes) -> bytes:
    """A field that stands twice in a stream of objects: readers differ in which of them counts."""
    made = update(data, field(look=None))
    with pikepdf.open(io.BytesIO(made)) as document:
        found = next(one for one in document.Root.AcroForm.Fields if str(one.T) == "tambahan")
        number, plain = found.objgen[0], found.unparse(resolved=True)
    other = plain.rstrip()[:-2] + b"/AA<</PV<</S/JavaScript/JS(1)>>>>>>"
    head = b"%d 0 %d %d " % (number, number, len(other) + 1)
    return in_a_stream(made, number, head, other + b" " + plain)


def once(data: bytes) -> bytes:
    """A field in a stream of objects; nothing is wrong with it but that."""
    made = update(data, field(look=None))
    with pikepdf.open(io.BytesIO(made)) as document:
        found = next(one for one in document.Root.AcroForm.Fields if str(one.T) == "tambahan")
        return in_a_stream(made, found.objgen[0], b"%d 0 " % found.objgen[0], found.unparse(resolved=True))


def in_a_stream(data: bytes, number: int, head: bytes, body: bytes) -> bytes:
    """A revision whose table is a stream, as is what it lists."""
    with pikepdf.open(io.BytesIO(data)) as document:
        ids = b"".join(b"<%s>" % bytes(one).hex().encode() for one in document.trailer.ID)
        root, info = document.Root.objgen[0], document.trailer.Info.objgen[0]
    out, lines = data, {number: struct.pack(">BIH", 2, 950, 0)}
    kept = b"/Type/ObjStm/N %d/First %d" % (len(head.split()) // 2, len(head))
    lines[950] = struct.pack(">BIH", 1, len(out) + 1, 0)
    out += written(950, raw_stream(head + body, kept))
    place = len(out) + 1
    lines[951] = struct.pack(">BIH", 1, place, 0)
    index = b" ".join(b"%d 1" % one for one in sorted(lines))
    about = b"/Type/XRef/W[1 4 2]/Index[%s]/Size 952/Root %d 0 R/Info %d 0 R/ID[%s]/Prev %d"
    made = raw_stream(
        b"".join(lines[one] for one in sorted(lines)), about % (index, root, info, ids, _starts(data)[-1])
    )
    return out + written(951, made) + b"startxref\n%d\n%%%%EOF\n" % place


def two_times(ground: Ground) -> bytes:
    """The secretary's signature claims one day inside its value, and shows another in every reader."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import SigSeedSubFilter

    from desktop.submission.pdf import sign as pdfsign

    class Elder(pdfsign._Key):
        async def signed_attrs(self, *arguments: Any, **named: Any) -> Any:
            earlier = replace(named["attr_settings"], signing_time=NOW - dt.timedelta(hours=1))
            return await super().signed_attrs(*arguments, **{**named, "attr_settings": earlier})

    metadata = signers.PdfSignatureMetadata(
        field_name=SECRETARY, md_algorithm="sha256", subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED
    )
    signer = pdfsign._ArchivalSigner(metadata, Elder(SITI.signer(ISSUER)))
    signer.moment = NOW
    writer = IncrementalPdfFileWriter(io.BytesIO(ground.book(ground.half)))
    made = asyncio.run(signer.async_sign_pdf(writer, existing_fields_only=True))
    return ground.with_book(bytes(made.getvalue()))


CASES.case(
    "a field twice in a stream",
    "pdf.hidden",
    in_sealed(packed, twice),
)
CASES.case(
    "packed behind a plain table",
    "pdf.packed",
    lambda ground: ground.with_book(signed(signed(once(ground.book(ground.sealed)), MAYOR), SECRETARY)),
)
CASES.case("a stamp of nobody's signature", "pdf.field", added(field(70, 310, 90, 330)))
CASES.case(
    "field filled in",
    AFTER,
    in_sealed(rewritten(text_field), after=lambda data: update(data, fill)),
)
CASES.case(
    "a node like a page",
    "pdf.hidden pdf.changed_after",
    in_sealed(lambda data: update(data, node_like_a_page)),
)
NOTED = frozenset({VerdictKind.VALID_WITH_NOTES})


for title, change in (
    ("number with two points", drawn(b"q 1 0 0 rg 0 0 700.0.0 900 re f Q")),
    ("number with two signs", drawn(b"q 1 0 0 rg 0 0 700-3 900 re f Q")),
    ("picture of two widths", drawn(b"q 9 0 0 9 0 0 cm BI /W 1 /Width 9 /H 1 /BPC 8 /CS /G ID a EI Q")),
    ("more ends than beginnings", drawn(b"Q Q 1 0 0 rg 0 0 9 9 re f")),
    ("font looked up another way", other_font),
):
    CASES.case(title, "note.pdf_unusual", sealed_with(change), kinds=NOTED)
CASES.case("two times in one signature", "note.two_times", two_times, kinds=NOTED)
