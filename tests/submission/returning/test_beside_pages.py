"""What a document that was written anew says of itself, beside its pages, is what was sealed."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from desktop.submission.returning.beside_pages import hidden_content, said_besides
from tests.submission.making import draw_pdf, written_anew

PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
{}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def packet(properties: str):
    def change(document: pikepdf.Pdf) -> None:
        written = PACKET.format(properties).encode()
        document.Root.Metadata = document.make_stream(written, Type=Name.Metadata, Subtype=Name.XML)

    return change


def information(**entries: object):
    def change(document: pikepdf.Pdf) -> None:
        for name, value in entries.items():
            document.docinfo[f"/{name}"] = value

    return change


def structure(**entries: object):
    """A tree of one table, with these entries; it leads back to itself and to its page."""

    def change(document: pikepdf.Pdf) -> None:
        table = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Table, K=0, **entries))
        table.Pg = document.pages[0].obj
        root = Dictionary(Type=Name.StructTreeRoot, K=Array([table]), RoleMap=Dictionary(Tabel=Name.Table))
        document.Root.StructTreeRoot = document.make_indirect(root)
        table.P = document.Root.StructTreeRoot

    return change


def kept_words(document: pikepdf.Pdf) -> None:
    words = document.make_stream(b"Dibatalkan")
    structure(A=Dictionary(O=Name.Table, Summary=words))(document)


def without_end(document: pikepdf.Pdf) -> None:
    structure(A=Array([Array([Array([])] * 400)] * 400))(document)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (information(Keywords=String("DIBATALKAN")), "/Keywords"),
        (structure(T=String("Dibatalkan")), "/StructTreeRoot"),
        (structure(Lang=String("Tabel ini dibatalkan")), "/StructTreeRoot"),
        (structure(A=Dictionary(O=Name.Table, Summary=String("Dibatalkan"))), "/StructTreeRoot"),
        (kept_words, "/StructTreeRoot"),
        (without_end, "/StructTreeRoot"),
    ],
)
def test_what_it_says_otherwise_is_told(change, what: str) -> None:
    """Four entries and Dublin Core were compared; Acrobat shows the rest, or reads it aloud."""
    found = hidden_content(draw_pdf(), written_anew(draw_pdf(), change))
    assert found is not None
    assert (found.id, found.params["what"]) == ("submission.returned.active", what)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (packet("<pdf:Keywords>DIBATALKAN</pdf:Keywords>"), "/Metadata"),
        (packet("<xmpRights:UsageTerms>Dengan syarat</xmpRights:UsageTerms>"), "/Metadata"),
        (packet("<xmp:CreateDate>Dibatalkan</xmp:CreateDate>"), "/Metadata"),
        (packet("<pdfaid:part>dibatalkan oleh</pdfaid:part>"), "/Metadata"),
        (information(Status=String("DIBATALKAN")), "/Info"),
        (information(CreationDate=String("dibatalkan")), "/Info"),
        (information(Creator=String("Menyetujui <b>dengan syarat</b>")), "/Info"),
        (information(Company=String("Balai Sertifikasi Elektronik")), "/Info"),
        (information(Pinjaman_Rp=String("91.000.000.000")), "/Info"),
    ],
)
def test_what_it_says_in_entries_of_its_own_is_asked_about(change, what: str) -> None:
    """Services leave words there that some programs show; whoever signed so is not sent back for it."""
    data = written_anew(draw_pdf(), change)
    assert hidden_content(draw_pdf(), data) is None
    assert said_besides(draw_pdf(), data) == {what}


@pytest.mark.parametrize(
    "change",
    [
        information(DocumentID=String("b2a7c1d0"), TransactionId=String("4F2A-11")),
        packet("<xmpMM:DocumentID>uuid:b2a7c1d0-0000-4000-8000-000000000001</xmpMM:DocumentID>"),
        packet("<pdf:PDFVersion>1.7</pdf:PDFVersion>"),
    ],
)
def test_numbers_of_services_are_nothing(change) -> None:
    data = written_anew(draw_pdf(), change)
    assert hidden_content(draw_pdf(), data) is None
    assert said_besides(draw_pdf(), data) == frozenset()


@pytest.mark.parametrize(
    "change",
    [
        packet(
            "<pdf:Producer>GPL Ghostscript 10.00.0</pdf:Producer><pdf:Keywords></pdf:Keywords>"
            "<xmp:CreateDate>2026-11-30T18:23:30+00:00</xmp:CreateDate><xmp:CreatorTool>cairo</xmp:CreatorTool>"
            "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"
        ),
        information(
            CreationDate=String("D:20261130182330Z00'00'"),
            ModDate=String("D:20261130182331Z"),
            Creator=String("PDFium"),
            Producer=String("cairo 1.16.0 (https://cairographics.org)"),
            Keywords=String(""),
            Trapped=Name.Unknown,
        ),
        structure(Lang=String("id-ID"), ID=String("t1"), A=Dictionary(O=Name.Table, RowSpan=2)),
    ],
)
def test_what_programs_say_of_themselves_is_not(change) -> None:
    """As ghostscript, cairo, pdfium and pyHanko write it."""
    assert hidden_content(draw_pdf(), written_anew(draw_pdf(), change)) is None


def test_what_was_sealed_may_be_left_out() -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(draw_pdf())) as document:
        information(Status=String("Berlaku"))(document)
        document.save(target)
    assert hidden_content(target.getvalue(), draw_pdf()) is None
    assert hidden_content(target.getvalue(), target.getvalue()) is None
