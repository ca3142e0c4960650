"""PDFs under attack: what was published as shadow attacks, and plainer ways to change a signed document."""

from __future__ import annotations

import asyncio
import io
import random
import re
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from asn1crypto import cms
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field

from desktop.submission.pdf import sign as pdfsign
from desktop.submission.pdf.fields import with_fields
from desktop.submission.pdf.read import read_signatures
from desktop.submission.pdf.sign import sign_pdf
from desktop.submission.pdf.tree import check_tree
from desktop.submission.refusal import Refused, code_of
from desktop.submission.stamp import Stamp, StampStanding
from tests.submission import tamper
from tests.submission.making import BOOK, MAYOR, NOW, SECRETARY, draw_pdf
from tests.trust.ber import rewrapped

STAMP = Stamp("Contoh", "Jabatan", NOW, StampStanding.TEST, "RANCANG:UJI")
Change = Callable[[IncrementalPdfFileWriter], None]


def update(data: bytes, change: Change) -> bytes:
    """An incremental update, as an attacker would append one."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def draw(writer: IncrementalPdfFileWriter) -> None:
    stream = writer.add_object(generic.StreamObject(stream_data=b"q 1 0 0 rg 50 50 99 99 re f Q"))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), stream])
    writer.mark_update(page.container_ref)


def note(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    box = generic.ArrayObject([generic.NumberObject(one) for one in (50, 50, 90, 90)])
    annotation = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/Text"),
            generic.pdf_name("/Rect"): box,
        }
    )
    page["/Annots"] = generic.ArrayObject([writer.add_object(annotation)])
    writer.mark_update(page.container_ref)


def retitle(writer: IncrementalPdfFileWriter) -> None:
    info = writer.trailer["/Info"]
    info["/Title"] = generic.TextStringObject("Judul lain")
    writer.mark_update(writer.trailer.raw_get("/Info"))


def retitle_xmp(writer: IncrementalPdfFileWriter) -> None:
    metadata = writer.root["/Metadata"]
    changed = metadata.data.replace(b"Buku I<", b"Buku X<")
    assert changed != metadata.data
    writer.root["/Metadata"] = writer.add_object(
        generic.StreamObject({generic.pdf_name("/Type"): generic.pdf_name("/Metadata")}, stream_data=changed)
    )
    writer.update_root()


def fill(writer: IncrementalPdfFileWriter) -> None:
    field = next(
        one.get_object()
        for one in writer.root["/AcroForm"]["/Fields"]
        if one.get_object().get("/FT") == "/Tx"
    )
    field["/V"] = generic.TextStringObject("Rp9.000.000.000")
    writer.mark_update(field.container_ref)


def remove_pages(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    pages["/Kids"] = generic.ArrayObject(list(pages["/Kids"])[:1])
    pages["/Count"] = generic.NumberObject(1)
    writer.mark_update(pages.container_ref)


def open_action(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/OpenAction"] = generic.DictionaryObject(
        {generic.pdf_name("/S"): generic.pdf_name("/JavaScript")}
    )
    writer.update_root()


def with_text_field(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        field = document.make_indirect(
            pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=pikepdf.String("nilai"), V=pikepdf.String("Rp1"))
        )
        document.Root.AcroForm.Fields.append(field)
        document.save(out, deterministic_id=True)
    return out.getvalue()


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return with_text_field(with_fields(draw_pdf(), {MAYOR: None, SECRETARY: None}, "buku"))


@pytest.fixture(scope="module")
def signed(stage, sealed) -> bytes:
    with stage.key(MAYOR).open() as signer:
        return sign_pdf(sealed, signer, MAYOR, STAMP, "buku")


@pytest.mark.parametrize(
    ("counts", "plain"), [((2, 1), True), ((1, 2), False), ((1, 1), False), ((3, 0), False)]
)
def test_each_node_of_the_tree_counts_its_pages(counts: tuple[int, int], plain: bool) -> None:
    """Ghostscript and MuPDF pass over as many as it says and left a page out; Firefox showed one twice."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(draw_pdf(3))) as document:
        pages, root = [one.obj for one in document.pages], document.Root.Pages
        kids = pikepdf.Array()
        for each in (pages[:2], pages[2:]):
            node = document.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Pages, Parent=root, Kids=pikepdf.Array(each), Count=len(each)
                )
            )
            for page in each:
                page.Parent = node
            kids.append(node)
        root.Kids, root.Count = kids, 3
        document.save(target, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    left = iter((3, *counts))
    data = re.sub(
        rb"(/Count )[0-9]( /Kids)",
        lambda found: b"%b%d%b" % (found[1], next(left), found[2]),
        target.getvalue(),
    )
    assert next(left, None) is None
    reader = PdfFileReader(io.BytesIO(data), strict=True)
    if plain:
        check_tree(reader, "buku")
    else:
        with pytest.raises(Refused):
            check_tree(reader, "buku")


def code(data: bytes, sealed: bytes) -> str:
    try:
        read_signatures(io.BytesIO(data), "buku", len(sealed))
    except Refused as error:
        return code_of(error.message)
    return "good"


def test_a_sound_document(signed, sealed) -> None:
    assert code(signed, sealed) == "good"
    assert code(sealed, sealed) == "good"
    (one,) = read_signatures(io.BytesIO(signed), "buku", len(sealed))
    assert (one.field, one.claimed_at, one.pades, one.timestamped) == (MAYOR, NOW, True, False)


@pytest.mark.parametrize("change", [draw, note, retitle, retitle_xmp, fill, remove_pages, open_action])
def test_changes_after_the_signature(signed, sealed, change) -> None:
    assert code(update(signed, change), sealed) == "pdf.changed_after"


@pytest.mark.parametrize("change", [draw, note, retitle, retitle_xmp, fill, remove_pages, open_action])
def test_changes_between_sealing_and_signing(stage, sealed, change) -> None:
    """The signer was shown another document than the one that was sealed; the signature itself is sound."""
    with stage.key(MAYOR).open() as signer:
        forged = sign_pdf(update(sealed, change), signer, MAYOR, STAMP, "buku")
    assert code(forged, sealed) == "pdf.changed_before"


def restamped(old: bytes, new: bytes) -> Change:
    """The packet as another program writes it."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        data = writer.root["/Metadata"].data
        assert old in data
        kinds = {
            generic.pdf_name("/Type"): generic.pdf_name("/Metadata"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/XML"),
        }
        stream = generic.StreamObject(kinds, stream_data=data.replace(old, new))
        writer.root["/Metadata"] = writer.add_object(stream)
        writer.update_root()
        writer._update_meta = lambda: None  # type: ignore[method-assign] # it would write one of its own

    return change


def added(namespace: str, said: str) -> Change:
    prefix = {DC: "dc", PDF: "pdf"}[namespace]
    said = said.replace("x:", f"{prefix}:")
    block = f'<rdf:Description rdf:about="" xmlns:{prefix}="{namespace}">{said}</rdf:Description></rdf:RDF>'
    return restamped(b"</rdf:RDF>", block.encode())


DC, PDF = "http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/pdf/1.3/"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        # as Acrobat's own library writes packets anew
        (added(DC, "<x:format>application/pdf</x:format>"), "good"),
        (added(PDF, "<x:Trapped>False</x:Trapped>"), "good"),
        (added(PDF, "<x:Keywords/>"), "good"),
        (restamped(b"+00:00</xmp:CreateDate>", b"Z</xmp:CreateDate>"), "good"),
        (added(DC, "<x:format>text/html</x:format>"), "pdf.changed_before"),
        (added(PDF, "<x:Trapped>True</x:Trapped>"), "pdf.changed_before"),
        (added(PDF, "<x:Keywords>x</x:Keywords>"), "pdf.changed_before"),
        (restamped(b"+00:00</xmp:CreateDate>", b"+00:01</xmp:CreateDate>"), "pdf.changed_before"),
        (restamped(b"+00:00</xmp:CreateDate>", b"</xmp:CreateDate>"), "pdf.changed_before"),
    ],
)
def test_a_packet_written_anew_says_the_same(stage, sealed, change, told) -> None:
    with stage.key(MAYOR).open() as signer:
        assert code(sign_pdf(update(sealed, change), signer, MAYOR, STAMP, "buku"), sealed) == told


def version(number: str) -> Change:
    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root["/Version"] = generic.pdf_name(number)
        writer.update_root()

    return change


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"/ADBE": {"/BaseVersion": "/1.7", "/ExtensionLevel": 8}, "/Type": "/Extensions"}, "good"),
        ({"/ISO_": [{"/BaseVersion": "/2.0", "/ExtensionLevel": 1, "/URL": "/x"}]}, "good"),
        ({"/ISO_": {"/BaseVersion": "/2.0", "/ExtensionLevel": 1, "/URL": "https://iso.org/a-1"}}, "good"),
        ({"/ADBE": {"/BaseVersion": "/1.7", "/URL": "a >> /Pages 5 0 R"}}, "pdf.hidden"),
        ({"/ADBE": {"/BaseVersion": {"/A": {}}}}, "pdf.hidden"),
        ({"/ADBE": {"/BaseVersion": "/1.7", "/X": 8}}, "pdf.hidden"),
        ({"/ADBE": {"/ExtensionLevel": [8]}}, "pdf.hidden"),
        ({"/ADBE": [[]]}, "pdf.hidden"),
        ({"/ADBE": 8}, "pdf.hidden"),
        # nobody could sign in it any more
        ({"/ESIC": {}}, "pdf.hidden"),
        ({"/ESIC": {"/BaseVersion": "/1.7", "/ExtensionLevel": "/1"}}, "pdf.hidden"),
        ({"/ESIC": {"/ExtensionLevel": 1}}, "pdf.hidden"),
        ([], "pdf.hidden"),
        (True, "good"),
        (8, "pdf.hidden"),
    ],
)
def test_of_other_standards_only_their_names_are_said(stage, signed, sealed, said, told) -> None:
    """Anybody may add it together with proofs, behind the last signature."""

    def plain(value: object) -> generic.PdfObject:
        match value:
            case bool():
                return generic.BooleanObject(value)
            case dict():
                return generic.DictionaryObject(
                    {generic.pdf_name(key): plain(one) for key, one in value.items()}
                )
            case list():
                return generic.ArrayObject(map(plain, value))
            case int():
                return generic.NumberObject(value)
            case str() if not value.startswith("/"):
                return generic.TextStringObject(value)
        return generic.pdf_name(str(value))

    with stage.key(MAYOR).open() as signer:
        kept = keep(signer.chain[0].public_bytes(Encoding.DER))

    def change(writer: IncrementalPdfFileWriter) -> None:
        if isinstance(said, dict | list):
            writer.root["/Extensions"] = plain(said)
        else:  # what explains an object that has nothing to do there
            writer.root["/MarkInfo"] = plain({"/Marked": said})
        kept(writer)

    assert code(update(signed, change), sealed) == told


@pytest.mark.parametrize(("box", "told"), [((9, 9, 99, 99), "pdf.field"), (None, "good")])
def test_nobody_adds_a_place_where_nobody_signs(stage, sealed, box, told) -> None:
    """Anybody may before the first signature; over another's stamp, as MuPDF has it."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        append_signature_field(writer, SigFieldSpec("Sig9", on_page=0, box=box))

    with stage.key(MAYOR).open() as signer:
        assert code(sign_pdf(update(sealed, change), signer, MAYOR, STAMP, "buku"), sealed) == told


@pytest.mark.parametrize("texts", [1, 3])
def test_a_file_is_named_by_two_texts(stage, signed, sealed, texts) -> None:
    """Anybody may add proofs behind a signature; with other than two nobody could sign."""
    with stage.key(MAYOR).open() as signer:
        data = update(signed, keep(signer.chain[0].public_bytes(Encoding.DER)))
    assert code(data, sealed) == "good"
    at = data.rindex(b"/ID")
    start, end = data.index(b"[", at), data.index(b"]", at)
    (first, *_) = data[start + 1 : end].split(b">")
    assert code(data[: start + 1] + (first + b">") * texts + data[end:], sealed) == "pdf.hidden"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("/UR3", b"<<>>"),
        ("/DocMDP", b"<<>>"),
        # like a signature, but of no field: it keeps the next one from signing
        (
            "/DocMDP",
            (
                b"<</ByteRange[0 1 2 3]/Contents<00>/Reference["
                b"<</TransformMethod/DocMDP/TransformParams<</Type/TransformParams/P 2/V/1.2>>>>]>>"
            ),
        ),
    ],
)
def test_what_may_be_changed_is_said_by_who_certifies(stage, sealed, key, value) -> None:
    """Between sealing and the first signature anybody may write there."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        certified = generic.DictionaryObject.read_from_stream(
            io.BytesIO(value), generic.Reference(1, 0, writer.prev)
        )
        said = generic.DictionaryObject({generic.pdf_name(key): certified})
        writer.root["/Perms"] = said
        writer.update_root()

    metadata = signers.PdfSignatureMetadata(field_name=MAYOR, md_algorithm="sha256")
    with stage.key(MAYOR).open() as signer:
        signing = signers.PdfSigner(metadata, pdfsign._Key(signer))
        writer = IncrementalPdfFileWriter(io.BytesIO(update(sealed, change)))
        made = asyncio.run(signing.async_sign_pdf(writer, existing_fields_only=True)).getvalue()
    assert code(bytes(made), sealed) == "pdf.hidden"


@pytest.mark.slow
def test_a_key_on_a_curve_makes_it_a_document_of_pdf_2(stage, signed, sealed) -> None:
    """As pyHanko signs by itself, by ISO/TS 32002; each of its signatures was refused as a change."""
    for before, role in ((sealed, MAYOR), (signed, SECRETARY)):
        for kind in (SigSeedSubFilter.PADES, SigSeedSubFilter.ADOBE_PKCS7_DETACHED):
            metadata = signers.PdfSignatureMetadata(field_name=role, md_algorithm="sha256", subfilter=kind)
            with stage.key(role, "ec").open() as signer:
                signing = signers.PdfSigner(metadata, pdfsign._Key(signer))
                writer = IncrementalPdfFileWriter(io.BytesIO(before))
                made = asyncio.run(signing.async_sign_pdf(writer, existing_fields_only=True)).getvalue()
            assert b"/Version /2.0" in made
            assert code(made, sealed) == "good"
            for number in ("/1.7", "/2.1"):
                assert code(update(made, version(number)), sealed) == "pdf.changed_after"


def test_further_signatures_are_welcome(stage, signed, sealed) -> None:
    with stage.key(SECRETARY, "ec").open() as signer:
        both = sign_pdf(signed, signer, SECRETARY, STAMP, "buku")
    assert [one.field for one in read_signatures(io.BytesIO(both), "buku", len(sealed))] == [MAYOR, SECRETARY]
    assert code(update(both, draw), sealed) == "pdf.changed_after"


def keep(*values: bytes) -> Change:
    """Put these certificates into the store: into the one that is there, whose number stays, or a new one."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        made = generic.ArrayObject(
            [writer.add_object(generic.StreamObject(stream_data=one)) for one in values]
        )
        if "/DSS" not in writer.root:
            store = generic.DictionaryObject({generic.pdf_name("/Certs"): made})
            writer.root["/DSS"] = writer.add_object(store)
            writer.update_root()
            return
        store = writer.root["/DSS"]
        store["/Certs"] = generic.ArrayObject([*store["/Certs"], *made])
        writer.mark_update(writer.root.raw_get("/DSS"))

    return change


@pytest.mark.slow
def test_what_is_kept_may_be_added_to_again_and_again(stage, signed, sealed) -> None:
    """Whoever adds to a store writes it under the number it has: that was no addition, but a change."""
    with stage.key(MAYOR).open() as signer:
        first, second = (certificate.public_bytes(Encoding.DER) for certificate in signer.chain[:2])
    once = update(signed, keep(first))
    assert code(once, sealed) == "good"
    assert code(update(once, keep(second)), sealed) == "good"
    with stage.key(SECRETARY, "ec").open() as signer:
        both = sign_pdf(once, signer, SECRETARY, STAMP, "buku")
    assert code(update(both, keep(second)), sealed) == "good"
    assert code(update(both, keep()), sealed) == "pdf.changed_after", "nothing was added"
    for change in (draw, note, retitle):
        assert code(update(update(once, keep(second)), change), sealed) == "pdf.changed_after"


def say_version(version: str) -> Change:
    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root["/Version"] = generic.pdf_name(version)
        writer.update_root()

    return change


@pytest.mark.slow
def test_a_service_may_say_that_a_document_is_pdf_2(stage, signed, sealed) -> None:
    """So do programs that sign with an elliptic key; after the last signature nobody has a reason to."""
    with stage.key(SECRETARY, "ec").open() as signer:
        for before in (sealed, signed):
            said = sign_pdf(update(before, say_version("/2.0")), signer, SECRETARY, STAMP, "buku")
            assert code(said, sealed) == "good"
        odd = sign_pdf(update(sealed, say_version("/2.1")), signer, SECRETARY, STAMP, "buku")
    assert code(odd, sealed) == "pdf.changed_before"
    with stage.key(MAYOR).open() as signer:
        kept = keep(signer.chain[0].public_bytes(Encoding.DER))
    for version in ("/2.0", "/3.0"):
        last = update(signed, lambda w, version=version: (say_version(version)(w), kept(w)))
        assert code(last, sealed) == "pdf.changed_after"


def test_a_value_that_does_not_say_how_long_it_is(signed, sealed) -> None:
    """So BouncyCastle writes it, and every service that is built upon it: it was called damaged."""
    *_, match = re.finditer(rb"/Contents <([0-9a-f]+)>", signed, re.IGNORECASE)
    length = len(match[1])
    value = bytes.fromhex(match[1].decode())
    wrapped = rewrapped(cms.ContentInfo.load(value).dump())
    for inside, said in (
        (wrapped, "good"),
        (wrapped + b"\1", "pdf.signature"),
    ):
        hexed = inside.hex().encode().ljust(length, b"0")[:length]
        assert len(inside) * 2 <= length
        assert code(signed[: match.start(1)] + hexed + signed[match.end(1) :], sealed) == said, inside[-9:]


def test_something_after_the_end(signed, sealed) -> None:
    assert code(signed + b"\n%tambahan", sealed) == "pdf.after_end"
    assert code(signed + b"\0" * 100, sealed) == "pdf.after_end"


def test_a_hole_wider_than_the_signature(signed, sealed) -> None:
    at = signed.index(b"/ByteRange")
    start = signed.index(b"[", at)
    numbers = [int(one) for one in signed[start + 1 : signed.index(b"]", start)].split()]
    numbers[2] += 10
    numbers[3] -= 10
    text = ("[" + " ".join(map(str, numbers))).encode()
    end = signed.index(b"]", start)
    forged = signed[:start] + text.ljust(end - start) + signed[end:]
    assert len(forged) == len(signed)
    assert code(forged, sealed) == "pdf.range"


def test_another_beginning_is_not_the_sealed_document(signed) -> None:
    assert code(signed, b"") == "pdf.not_sealed_document"


def test_an_encrypted_document(sealed) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="a", user=""))
    assert code(out.getvalue(), sealed) == "pdf.encrypted"


@pytest.mark.slow
def test_hardly_a_byte_may_change(stage) -> None:
    files, _ = tamper.read(stage.signed)
    original, before = files[BOOK], tamper.read(stage.sealed)[0][BOOK]
    chance = random.Random(7)
    for _ in range(40):
        broken = bytearray(original)
        place = chance.randrange(len(broken))
        broken[place] ^= 1 << chance.randrange(8)
        try:
            found = read_signatures(io.BytesIO(bytes(broken)), "buku", len(before))
        except (Refused, PdfError, ValueError, KeyError, TypeError, AttributeError):
            continue
        # Only a letter's case in the hexadecimal value itself could have changed nothing.
        assert broken[place : place + 1].lower() == original[place : place + 1].lower(), place
        assert len(found) == 2


def test_a_packet_that_programs_unpack_in_several_ways_is_a_change(signed, sealed) -> None:
    """Rows of several colours: our reader saw the sealed packet, Firefox a title of its own behind it."""

    def odd(writer: IncrementalPdfFileWriter) -> None:
        there = writer.root["/Metadata"]
        rows = zlib.compress(b"".join(b"\0" + there.data[at : at + 8] for at in range(0, len(there.data), 8)))
        parms = generic.DictionaryObject(
            {
                generic.pdf_name("/Predictor"): generic.NumberObject(12),
                generic.pdf_name("/Columns"): generic.NumberObject(8),
            }
        )
        kinds = {
            generic.pdf_name("/Type"): generic.pdf_name("/Metadata"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/XML"),
            generic.pdf_name("/Filter"): generic.pdf_name("/FlateDecode"),
            generic.pdf_name("/DecodeParms"): parms,
        }
        writer.root["/Metadata"] = writer.add_object(generic.StreamObject(kinds, encoded_data=rows))
        writer.update_root()
        writer._update_meta = lambda: None  # type: ignore[method-assign]

    assert code(update(signed, odd), sealed) == "pdf.changed_after"
