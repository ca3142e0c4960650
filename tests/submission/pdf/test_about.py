"""What a PDF says of itself: each property under its own name, and nothing that only some programs see."""

from __future__ import annotations

import io
import subprocess
import sys

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from desktop.submission.pdf.about import about, xmp_properties
from desktop.submission.pdf.packet import is_plain_words

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DC, MM = "http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/xap/1.0/mm/"
EVENT, PDF, XMP = (
    "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#",
    "http://ns.adobe.com/pdf/1.3/",
    "http://ns.adobe.com/xap/1.0/",
)
TITLE = "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Buku I</rdf:li></rdf:Alt></dc:title>"


def packet(inside: str, more: str = "") -> bytes:
    spaces = f"xmlns:dc='{DC}' xmlns:xmpMM='{MM}' xmlns:stEvt='{EVENT}' xmlns:pdf='{PDF}' xmlns:xmp='{XMP}'"
    block = f"<rdf:Description rdf:about='' {spaces}>{inside}</rdf:Description>"
    rdf = f"<rdf:RDF xmlns:rdf='{RDF}'>{block}{more}</rdf:RDF>"
    return f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{rdf}</x:xmpmeta>".encode()


SOUND = xmp_properties(packet(TITLE))


def test_what_programs_that_sign_write_as_they_like_is_no_change():
    made = "<xmpMM:InstanceID>uuid:7</xmpMM:InstanceID><xmpMM:History><rdf:Seq/></xmpMM:History>"
    assert xmp_properties(packet(TITLE + made)) == SOUND
    assert xmp_properties(packet(TITLE.replace("rdf:Alt", "rdf:Bag"))) == SOUND, "a list of one, however"
    assert xmp_properties(packet("<!-- x -->" + TITLE + " <!-- a-b -->")) == SOUND
    made = (
        "<pdf:Producer>iText\u00ae 7.1 (AGPL-version); modified</pdf:Producer>"
        "<xmp:ModifyDate>2026-11-30T08:00:00.5+07:00</xmp:ModifyDate><xmpMM:History><rdf:Seq>"
        "<rdf:li rdf:parseType='Resource'><stEvt:action>saved</stEvt:action></rdf:li>"
        "<rdf:li stEvt:action='saved' stEvt:softwareAgent='Adobe Acrobat'/></rdf:Seq></xmpMM:History>"
    )
    assert xmp_properties(packet(TITLE + made)) == SOUND
    begin = (
        b"<?xpacket begin='\xef\xbb\xbf' id='W5M0MpCehiHzreSzNTczkc9d'?>\n<?adobe-xap-filters esc=\"CRLF\"?>"
    )
    framed = begin + packet(TITLE).replace(
        b"<x:xmpmeta ", b"<x:xmpmeta x:xmptk='XMP toolkit 2.9.1-13, framework 1.6' "
    )
    assert xmp_properties(framed + b"  \n<?xpacket end='w'?>\0") == SOUND


@pytest.mark.parametrize(
    "odd",
    [
        packet(TITLE, f"<rdf:Description xmlns:dc='{MM}'><dc:title>LAIN</dc:title></rdf:Description>"),
        packet(
            TITLE, f"<rdf:Description xmlns:dc='{MM}'><dc:InstanceID>LAIN</dc:InstanceID></rdf:Description>"
        ),
        packet(TITLE, f"<rdf:Description xmlns:dc='{MM}' dc:InstanceID='LAIN'/>"),
        packet(TITLE + "<xmpMM:title>LAIN</xmpMM:title>"),
        packet(TITLE.replace("</rdf:Alt>", "</rdf:Alt>; LAIN")),
        packet(TITLE.replace("</rdf:li>", "</rdf:li> LAIN")),
        packet(TITLE.replace("Buku I", "Buku I<b/>")),
        packet(
            TITLE.replace(" xml:lang='x-default'>", ">{http://www.w3.org/XML/1998/namespace}lang=x-default")
        ),
        packet(
            TITLE.replace(
                " xml:lang='x-default'>",
                ">{http://www.w3.org/XML/1998/namespace}lang=x-default</rdf:li><rdf:li>",
            )
        ),
        packet(TITLE + "LAIN"),
        packet(TITLE, "LAIN"),
        packet(TITLE.replace("dc:", "e:").replace("<e:title>", f"<e:title xmlns:e='{DC}'>")),
        packet(TITLE.replace("<dc:title>", "<dc:title xmlns:xmp='urn:lain'>")),
        packet(TITLE + "<pdf:Producer z='&gt;'>x</pdf:Producer>"),
        packet(TITLE + "<pdf:Producer>x<dc:title>LAIN</dc:title></pdf:Producer>"),
        packet(TITLE + "<pdf:Producer>x &lt;dc:title></pdf:Producer>"),
        packet(TITLE + "<xmp:ModifyDate>LAIN</xmp:ModifyDate>"),
        packet(
            TITLE
            + "<xmpMM:History><rdf:Seq><rdf:li><dc:title>LAIN</dc:title></rdf:li></rdf:Seq></xmpMM:History>"
        ),
        packet(TITLE + "<xmpMM:InstanceID dc:title='LAIN'>x</xmpMM:InstanceID>"),
        packet(TITLE + """<pdf:Producer z=">\\376\\377">x</pdf:Producer>"""),
        packet(TITLE.replace(">Buku", ">\\376\\377Buku")),
        packet(TITLE.replace("Buku I", "Buku I<!-- LAIN -->")),
        packet(TITLE + "<!-- LAIN> -->"),
        packet(TITLE + "<!-- LAIN -- x -->"),
        packet(TITLE + "<!-->LAIN<!---->"),
        packet(TITLE + "<![CDATA[LAIN]]>"),
        packet(TITLE).replace(b"<x:xmpmeta ", b"<x:xmpmeta lain='LAIN' "),
        packet(TITLE).replace(b"</x:xmpmeta>", b""),
        packet(TITLE) + b"<dc:title>LAIN</dc:title>",
        b"<?xpacket begin='x' q='>'?>" + packet(TITLE),
        packet(TITLE).replace(b"<rdf:RDF", b"<rdf:RDF/><rdf:RDF", 1),
    ],
    ids=range(31),
)
def test_what_only_some_programs_see_is_a_change(odd):
    """A document had another title in Firefox, which goes by prefixes and by all text within."""
    assert xmp_properties(odd) != SOUND


def test_keywords_may_be_said_twice():
    """iText from 7 on does whenever it writes a packet anew: no approval sheet could be signed by it."""

    def saying(keywords: str, *subjects: str) -> dict[str, str]:
        listed = "".join(f"<rdf:li>{one}</rdf:li>" for one in subjects)
        subject = f"<dc:subject><rdf:Bag>{listed}</rdf:Bag></dc:subject>"
        return xmp_properties(packet(TITLE + keywords + subject * bool(subjects)))

    said = "<pdf:Keywords>rancang-approval:1:9</pdf:Keywords>"
    once = saying(said)
    assert saying(said, "rancang-approval:1:9") == once
    for other in (("LAIN",), ("rancang-approval:1:8",), ("rancang-approval:1:9", "LAIN"), ("rancang", "9")):
        assert saying(said, *other) != once
    assert saying("", "rancang-approval:1:9") not in (once, SOUND), "of no keywords"
    assert saying("<pdf:Keywords>LAIN</pdf:Keywords>", "LAIN") != once, "of others"


def titled(**said) -> dict[str, str]:
    target = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.trailer.Info = document.make_indirect(pikepdf.Dictionary(**said))
        document.save(target)
    return about(PdfFileReader(target), 0)


def test_texts_of_the_information_are_in_alphabets_that_every_program_knows():
    """Poppler takes the mark of another alphabet for letters."""
    known = titled(Title=pikepdf.String("Buku I \u2013 Analisis"))
    assert known == titled(Title=pikepdf.String(b"\xfe\xff" + "Buku I \u2013 Analisis".encode("utf-16-be")))
    assert known == titled(
        Title=pikepdf.String(b"Buku I \x85 Analisis"), Producer=pikepdf.String("x (y) 1.0")
    )
    others = [
        {"Title": pikepdf.String(mark + "Buku I \u2013 Analisis".encode(kind))}
        for mark, kind in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"))
    ]
    others += [{"Title": pikepdf.Name("/Buku")}, {"Title": pikepdf.String(b"Buku\x1b")}]
    others += [{"Producer": pikepdf.String("<x>")}, {"ModDate": pikepdf.String("LAIN")}]
    assert all(titled(**one) not in (known, titled()) for one in others)
    assert titled(Title=pikepdf.String(b"Buku")) != titled(Title=pikepdf.Name("/Buku"))
    assert titled(ModDate=pikepdf.String("D:20261130080000+07'00'")) == titled()


WRITING = """
import contextlib, io, sys
from desktop.submission.pdf.sign import sign_pdf
from pyhanko.pdf_utils.metadata import xmp_xml
with contextlib.suppress(Exception):
    sign_pdf(b"", None, "", None, "")
xmp_xml.serialise_xmp(xmp_xml.parse_xmp(io.BytesIO(sys.stdin.buffer.read())), sys.stdout.buffer)
"""


@pytest.mark.slow
def test_a_packet_written_anew_calls_everything_as_everybody_does() -> None:
    """In a process of its own: whatever else was loaded may have told lxml already.

    A document whose packet names its copy could be signed by one official, and by nobody behind him.
    """
    inside = f"{TITLE}<xmpMM:InstanceID>uuid:6f</xmpMM:InstanceID><xmp:Label>a</xmp:Label>"
    written = subprocess.run(
        [sys.executable, "-c", WRITING], check=True, input=packet(inside), stdout=subprocess.PIPE
    )
    assert xmp_properties(written.stdout) == xmp_properties(packet(inside))
    assert b"xmpMM:InstanceID" in written.stdout


def test_what_is_added_to_a_long_name_of_a_program_makes_it_no_longer_than_it_may_be() -> None:
    assert is_plain_words("A" * 400)
    assert not is_plain_words("A" * 401)
    assert is_plain_words("A" * 400 + "; pyHanko 0.38.0" * 2)
    assert not is_plain_words("A" * 401 + "; pyHanko 0.38.0")
