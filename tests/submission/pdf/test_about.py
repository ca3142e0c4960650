"""What a PDF says of itself: each property under its own name, and nothing that only some programs see."""

from __future__ import annotations

import pytest

from desktop.submission.pdf.about import xmp_properties

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DC, MM = "http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/xap/1.0/mm/"
TITLE = "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Buku I</rdf:li></rdf:Alt></dc:title>"


def packet(inside: str, more: str = "") -> bytes:
    block = f"<rdf:Description rdf:about='' xmlns:dc='{DC}' xmlns:xmpMM='{MM}'>{inside}</rdf:Description>"
    return f"<x:xmpmeta><rdf:RDF xmlns:rdf='{RDF}'>{block}{more}</rdf:RDF></x:xmpmeta>".encode()


SOUND = xmp_properties(packet(TITLE))


def test_what_programs_that_sign_write_as_they_like_is_no_change():
    made = "<xmpMM:InstanceID>uuid:7</xmpMM:InstanceID><xmpMM:History><rdf:Seq/></xmpMM:History>"
    assert xmp_properties(packet(TITLE + made)) == SOUND
    assert xmp_properties(packet(TITLE.replace("rdf:Alt", "rdf:Bag"))) == SOUND, "a list of one, however"


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
    ],
    ids=range(13),
)
def test_what_only_some_programs_see_is_a_change(odd):
    """A document had another title in Firefox, which goes by prefixes and by all text within."""
    assert xmp_properties(odd) != SOUND
