"""Ways to change a PDF by an incremental update, as an attacker appends one."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

Writer = IncrementalPdfFileWriter
Change = Callable[[Writer], None]
name = generic.pdf_name


def number(value: float) -> Any:
    return generic.NumberObject(value) if isinstance(value, int) else generic.FloatObject(value)


def array(*values: Any) -> Any:
    return generic.ArrayObject([number(one) if isinstance(one, (int, float)) else one for one in values])


def dictionary(**values: Any) -> Any:
    made = {
        name(f"/{key}"): name(one) if type(one) is str else number(one) if isinstance(one, int) else one
        for key, one in values.items()
    }
    return generic.DictionaryObject(made)


def text(value: str) -> Any:
    return generic.TextStringObject(value)


def stream(data: bytes, **values: Any) -> Any:
    return generic.StreamObject(dictionary(**values), stream_data=data)


def update(data: bytes, change: Change) -> bytes:
    """An incremental update, as an attacker would append one."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def page_of(writer: Writer, index: int = 0) -> Any:
    return writer.root["/Pages"]["/Kids"][index].get_object()


def fields_of(writer: Writer) -> list[Any]:
    return [one.get_object() for one in writer.root["/AcroForm"]["/Fields"]]


def on_page(**values: Any) -> Change:
    """Entries of the first page."""

    def change(writer: Writer) -> None:
        page = page_of(writer)
        for key, value in values.items():
            page[f"/{key}"] = value
        writer.mark_update(page.container_ref)

    return change


def on_root(**values: Any) -> Change:
    def change(writer: Writer) -> None:
        for key, value in values.items():
            writer.root[f"/{key}"] = value
        writer.update_root()

    return change


def on_form(**values: Any) -> Change:
    def change(writer: Writer) -> None:
        form = writer.root["/AcroForm"]
        for key, value in values.items():
            form[f"/{key}"] = value
        writer.update_container(form)

    return change


def on_field(index: int, **values: Any) -> Change:
    def change(writer: Writer) -> None:
        field = fields_of(writer)[index]
        for key, value in values.items():
            field[f"/{key}"] = value
        writer.mark_update(field.container_ref)

    return change


def draw(writer: Writer) -> None:
    page = page_of(writer)
    added = writer.add_object(stream(b"q 1 0 0 rg 50 50 99 99 re f Q"))
    page["/Contents"] = array(page.raw_get("/Contents"), added)
    writer.mark_update(page.container_ref)


def replace_contents(writer: Writer) -> None:
    """The page's own stream overwritten under its number."""
    page = page_of(writer)
    reference = page.raw_get("/Contents")
    reference = reference if hasattr(reference, "idnum") else reference[0]
    writer.objects[reference.generation, reference.idnum] = stream(b"q 0 0 1 rg 0 0 500 500 re f Q")


def replace_font(writer: Writer) -> None:
    """Hide-and-replace: the same text in a font that shows other letters."""
    font = next(iter(page_of(writer)["/Resources"]["/Font"].values())).get_object()
    font["/BaseFont"] = name("/Lain")
    font.pop("/ToUnicode", None)
    writer.mark_update(font.container_ref)


def hide(writer: Writer) -> None:
    """An image over the page."""
    page = page_of(writer)
    picture = stream(b"\xff", Type="/XObject", Subtype="/Image", Width=1, Height=1, BitsPerComponent=8)
    picture["/ColorSpace"] = name("/DeviceGray")
    resources = page["/Resources"]
    resources["/XObject"] = dictionary(Tutup=writer.add_object(picture))
    added = writer.add_object(stream(b"q 600 0 0 800 0 0 cm /Tutup Do Q"))
    page["/Contents"] = array(page.raw_get("/Contents"), added)
    writer.mark_update(page.container_ref)
    writer.update_container(resources)


def layers(writer: Writer) -> None:
    """Optional content that is off."""
    group = writer.add_object(dictionary(Type="/OCG", Name=text("lapis")))
    settings = dictionary(OFF=array(group), BaseState="/OFF")
    writer.root["/OCProperties"] = dictionary(OCGs=array(group), D=settings)
    writer.update_root()


def swap_pages(writer: Writer) -> None:
    pages = writer.root["/Pages"]
    pages["/Kids"] = array(*reversed(list(pages["/Kids"])))
    writer.update_container(pages)


def drop_page(writer: Writer) -> None:
    pages = writer.root["/Pages"]
    pages["/Kids"], pages["/Count"] = array(*list(pages["/Kids"])[:1]), number(1)
    writer.update_container(pages)


def add_page(writer: Writer) -> None:
    pages = writer.root["/Pages"]
    new = dictionary(Type="/Page", MediaBox=array(0, 0, 600, 800), Contents=writer.add_object(stream(b"")))
    new["/Parent"] = writer.root.raw_get("/Pages")
    pages["/Kids"], pages["/Count"] = array(*pages["/Kids"], writer.add_object(new)), number(3)
    writer.update_container(pages)


def new_pages(writer: Writer) -> None:
    """Another page tree altogether."""
    page = dictionary(Type="/Page", MediaBox=array(0, 0, 600, 800), Contents=writer.add_object(stream(b"")))
    writer.root["/Pages"] = writer.add_object(
        dictionary(Type="/Pages", Count=1, Kids=array(writer.add_object(page)))
    )
    writer.update_root()


def annotation(**values: Any) -> Change:
    def change(writer: Writer) -> None:
        page = page_of(writer)
        made = dictionary(Type="/Annot", Rect=array(50, 50, 400, 400), F=4, **values)
        before = list(page["/Annots"]) if "/Annots" in page else []
        page["/Annots"] = array(*before, writer.add_object(made))
        writer.mark_update(page.container_ref)

    return change


def appearance(writer: Writer) -> Any:
    return writer.add_object(
        stream(b"1 0 0 rg 0 0 300 300 re f", Type="/XObject", Subtype="/Form", BBox=array(0, 0, 300, 300))
    )


def free_text(writer: Writer) -> None:
    """Evil annotation: text over a certified page."""
    annotation(Subtype="/FreeText", Contents=text("Rp9.000.000.000"), AP=dictionary(N=appearance(writer)))(
        writer
    )


def new_field(kind: str, **values: Any) -> Change:
    """Sneaky field: one more, drawn over the page."""

    def change(writer: Writer) -> None:
        field = dictionary(
            Type="/Annot", Subtype="/Widget", FT=kind, T=text("tambahan"), F=4, Rect=array(50, 50, 400, 400)
        )
        field["/AP"] = dictionary(N=appearance(writer))
        for key, value in values.items():
            field[f"/{key}"] = value
        page = page_of(writer)
        field["/P"] = generic.IndirectObject(page.container_ref.idnum, page.container_ref.generation, writer)
        reference = writer.add_object(field)
        before = list(page["/Annots"]) if "/Annots" in page else []
        page["/Annots"] = array(*before, reference)
        writer.mark_update(page.container_ref)
        form = writer.root["/AcroForm"]
        form["/Fields"] = array(*form["/Fields"], reference)
        writer.update_container(form)

    return change


def restamp(writer: Writer) -> None:
    """What the signature shows, changed."""
    field = fields_of(writer)[0]
    field["/AP"] = dictionary(N=appearance(writer))
    writer.mark_update(field.container_ref)


def restamp_inside(writer: Writer) -> None:
    """The stamp's own stream overwritten under its number."""
    look = fields_of(writer)[0]["/AP"].raw_get("/N")
    writer.objects[look.generation, look.idnum] = stream(
        b"1 0 0 rg 0 0 9 9 re f", Type="/XObject", Subtype="/Form", BBox=array(0, 0, 300, 300)
    )


def overwrite_signature(**values: Any) -> Change:
    """The signature's dictionary written again under its number."""

    def change(writer: Writer) -> None:
        reference = fields_of(writer)[0].raw_get("/V")
        old = reference.get_object()
        new = generic.DictionaryObject({key: old.raw_get(key) for key in old})
        for key, value in values.items():
            if value is None:
                new.pop(f"/{key}", None)
            else:
                new[f"/{key}"] = value
        writer.objects[reference.generation, reference.idnum] = new

    return change


def retitle(writer: Writer) -> None:
    writer.trailer["/Info"]["/Title"] = text("Judul lain")
    writer.mark_update(writer.trailer.raw_get("/Info"))


def retitle_xmp(writer: Writer) -> None:
    data = writer.root["/Metadata"].data
    changed = data.replace(b"Buku I<", b"Buku X<")
    assert changed != data
    writer.root["/Metadata"] = writer.add_object(stream(changed, Type="/Metadata", Subtype="/XML"))
    writer.update_root()


def without_permissions(writer: Writer) -> None:
    """The certification taken off."""
    writer.root.pop("/Perms", None)
    writer.update_root()


def script() -> Any:
    return dictionary(S="/JavaScript", JS=text("app.alert(1)"))


def embedded(writer: Writer) -> None:
    inner = writer.add_object(stream(b"MZ", Type="/EmbeddedFile"))
    file = writer.add_object(dictionary(Type="/Filespec", F=text("a.exe"), EF=dictionary(F=inner)))
    writer.root["/Names"] = dictionary(EmbeddedFiles=dictionary(Names=array(text("a"), file)))
    writer.update_root()


CHANGES: tuple[tuple[str, Change], ...] = (
    ("drawn on the page", draw),
    ("page's contents overwritten", replace_contents),
    ("shadow: font replaced", replace_font),
    ("shadow: page hidden by an image", hide),
    ("shadow: layers switched off", layers),
    ("pages exchanged", swap_pages),
    ("page dropped", drop_page),
    ("page added", add_page),
    ("another page tree", new_pages),
    ("page turned", on_page(Rotate=number(180))),
    ("page cropped", on_page(CropBox=array(0, 0, 10, 10))),
    ("page enlarged", on_page(UserUnit=number(10))),
    ("page with a script", on_page(AA=dictionary(O=script()))),
    ("page without its resources", on_page(Resources=dictionary())),
    ("title", retitle),
    ("title in the metadata", retitle_xmp),
    ("script on opening", on_root(OpenAction=script())),
    ("script before printing", on_root(AA=dictionary(WP=script()))),
    ("program on opening", on_root(OpenAction=dictionary(S="/Launch", F=text("a.exe")))),
    ("file embedded", embedded),
    ("collection", on_root(Collection=dictionary(View="/H"))),
    ("reading order", on_root(ViewerPreferences=dictionary(Direction="/R2L"))),
    ("page labels", on_root(PageLabels=dictionary(Nums=array(0, dictionary(St=7))))),
    ("another version", on_root(Version=name("/2.0"))),
    ("note", annotation(Subtype="/Text", Contents=text("x"))),
    ("link", annotation(Subtype="/Link", A=dictionary(S="/URI", URI=text("http://127.0.0.1/")))),
    ("certification: text over the page", free_text),
    ("certification: one more signature field", new_field("/Sig")),
    ("certification: one more text field", new_field("/Tx")),
    ("form written anew by XFA", on_form(XFA=text("<x/>"))),
    ("form drawn anew", on_form(NeedAppearances=generic.BooleanObject(True))),
    ("form without its flags", on_form(SigFlags=number(0))),
        ("other resources of the form", on_form(DR=dictionary(Font=dictionary()))),
)  # fmt: skip
