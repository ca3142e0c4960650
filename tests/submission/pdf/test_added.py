"""Fields that came after sealing: signed ones, and clocks behind the last signature; none for nothing."""

from __future__ import annotations

import asyncio
import contextlib
import io
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pytest
from asn1crypto import x509 as asn1
from asn1crypto.keys import PrivateKeyInfo
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.signers import pdf_byterange
from pyhanko.sign.timestamps import DummyTimeStamper

from desktop.submission.pdf import sign
from desktop.submission.pdf.active import check_active
from desktop.submission.pdf.fields import StampBox, with_fields
from desktop.submission.pdf.read import read_signatures
from desktop.submission.pdf.sign import sign_pdf
from desktop.submission.refusal import Refused, code_of
from desktop.submission.returning.returned import Returned, compare
from tests.submission.making import MAYOR, SECRETARY, draw_pdf
from tests.submission.pdf.test_read import STAMP, update
from tests.trust import pki

name = generic.pdf_name


def numbers(*values: float) -> generic.ArrayObject:
    return generic.ArrayObject([generic.FloatObject(one) for one in values])


def field(box: tuple[float, ...], **entries: Any) -> Callable[[IncrementalPdfFileWriter], None]:
    """A signature field that nobody signs."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][0]
        made = {"/FT": name("/Sig"), "/T": generic.pdf_string("tambahan"), "/Subtype": name("/Widget")}
        made |= {
            "/Rect": numbers(*box),
            "/P": writer.root["/Pages"]["/Kids"].raw_get(0),
            "/F": generic.NumberObject(132),
        }
        made |= {f"/{key}": value(writer) if callable(value) else value for key, value in entries.items()}
        one = writer.add_object(generic.DictionaryObject({name(key): value for key, value in made.items()}))
        for holder, key in ((writer.root["/AcroForm"], "/Fields"), (page, "/Annots")):
            holder[key] = generic.ArrayObject([*holder[key], one])
            writer.mark_update(holder.container_ref or writer.root_ref)
        writer.update_root()

    return change


def nothing_drawn(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    form = {"/Type": "/XObject", "/Subtype": "/Form"}
    entries = {name(key): name(value) for key, value in form.items()} | {name("/BBox"): numbers(0, 0, 9, 9)}
    look = writer.add_object(generic.StreamObject(entries, stream_data=b""))
    return generic.DictionaryObject({name("/N"): look})


def look(content: bytes = b"", box: tuple[float, ...] = (0, 0, 0, 0), **lent: Any) -> Any:
    """What shows nothing, as other programs than pyHanko write it."""

    def make(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
        entries = {
            name("/Type"): name("/XObject"),
            name("/Subtype"): name("/Form"),
            name("/BBox"): numbers(*box),
        }
        held = {name(f"/{key}"): value for key, value in lent.items()}
        entries[name("/Resources")] = writer.add_object(generic.DictionaryObject(held))
        form = writer.add_object(generic.StreamObject(entries, stream_data=content))
        return generic.DictionaryObject({name("/N"): form})

    return make


@pytest.fixture(scope="module")
def clock() -> DummyTimeStamper:
    """Nobody's."""
    made = rsa.generate_private_key(65537, 2048)
    owner = pki.make("Jam", key=made, eku=[ExtendedKeyUsageOID.TIME_STAMPING])
    key = owner.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    certificate = owner.certificate.public_bytes(Encoding.DER)
    return DummyTimeStamper(asn1.Certificate.load(certificate), PrivateKeyInfo.load(key))


def timed(data: bytes, clock: DummyTimeStamper, **entries: Any) -> bytes:
    """With a timestamp over the document behind it, in a field without a place."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    field(DOT, **entries)(writer)
    stamper = signers.PdfTimeStamper(clock, field_name="tambahan")
    return bytes(asyncio.run(stamper.async_timestamp_pdf(writer, "sha256")).getvalue())


@contextlib.contextmanager
def saying(said: dict[str, Any]) -> Iterator[None]:
    """What the dictionary of a timestamp says besides what it needs."""
    plain = pdf_byterange.DocumentTimestamp.__init__

    def more(made: Any, *given: Any, **named: Any) -> None:
        plain(made, *given, **named)
        made.update({name(f"/{key}"): value for key, value in said.items()})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf_byterange.DocumentTimestamp, "__init__", more)
        yield


def kept(certificate: bytes) -> Callable[[IncrementalPdfFileWriter], None]:
    """Validation data that anybody has."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        stream = writer.add_object(generic.StreamObject(stream_data=certificate))
        writer.root["/DSS"] = generic.DictionaryObject({name("/Certs"): generic.ArrayObject([stream])})
        writer.update_root()

    return change


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return with_fields(draw_pdf(), {MAYOR: None, SECRETARY: None}, "buku")


def told(data: bytes, sealed: bytes) -> str:
    try:
        read_signatures(io.BytesIO(data), "buku", len(sealed))
    except Refused as error:
        return code_of(error.message)
    return "good"


LINE, BOX, DOT = (60, 420, 60, 540), (60, 420, 90, 540), (0, 0, 0, 0)
CASES = [
    pytest.param(field(LINE), id="a line"),
    pytest.param(field(BOX, AP=nothing_drawn), id="a place with an empty look"),
    pytest.param(field(DOT, AP=nothing_drawn), id="a dot with a look"),
    pytest.param(field(LINE, Border=numbers(0, 0, 3)), id="a frame"),
]


@pytest.mark.parametrize("change", CASES)
def test_what_nobody_signs_comes_after_no_sealing(stage, sealed, change) -> None:
    with stage.key(MAYOR).open() as signer:
        data = sign_pdf(update(sealed, change), signer, MAYOR, STAMP, "buku")
    assert told(data, sealed) in {"pdf.field", "pdf.changed_before"}


@pytest.mark.slow
@pytest.mark.parametrize("change", CASES)
def test_behind_the_last_signature_come_clocks_alone(stage, sealed, change) -> None:
    with stage.key(MAYOR).open() as signer:
        data = sign_pdf(sealed, signer, MAYOR, STAMP, "buku")
        certificate = kept(signer.chain[0].public_bytes(Encoding.DER))
    assert told(update(data, certificate), sealed) == "good"
    assert told(update(update(data, change), certificate), sealed) in {"pdf.field", "pdf.changed_after"}
    assert told(update(update(data, field(DOT)), certificate), sealed) == "pdf.changed_after"


@pytest.mark.slow
def test_clocks_have_no_look_or_that_of_nothing(stage, sealed, clock) -> None:
    """Timestamps of iText, PDFBox and Acrobat were taken for changes."""
    with stage.key(MAYOR).open() as signer:
        data = sign_pdf(sealed, signer, MAYOR, STAMP, "buku")
    nothing = {"MK": generic.DictionaryObject(), "Border": numbers(0, 0, 0)}
    for entries in ({}, {"AP": look()}, {"AP": look(b"% DSBlank\n"), **nothing}):
        assert told(timed(data, clock, **entries), sealed) == "good"
    frame = generic.DictionaryObject({name("/BC"): numbers(1)})
    for entries in (
        {"AP": look(b"q Q")},
        {"AP": look(box=(0, 0, 9, 9))},
        {"AP": look(Font=generic.DictionaryObject())},
        {"MK": frame, "AP": look()},
        {"Border": numbers(0, 0, 3)},
        {"AP": lambda writer: generic.DictionaryObject({**look()(writer), name("/D"): generic.NullObject()})},
    ):
        assert told(timed(data, clock, **entries), sealed) in {"pdf.field", "pdf.changed_after"}


@pytest.mark.slow
def test_clocks_lend_and_ask_nothing(stage, sealed, clock) -> None:
    """A font for letters that nobody writes is made ready by poppler for printers, who run what it holds."""
    with stage.key(MAYOR).open() as signer:
        data = sign_pdf(sealed, signer, MAYOR, STAMP, "buku")
    setting = generic.pdf_string("/MyriadPro-Regular 0 Tf 0 Tz 0 g")
    called = generic.pdf_string("Timestamp-0f")
    check_active(io.BytesIO(timed(data, clock, DA=setting, TU=called)), "buku")
    nothing = generic.DictionaryObject()
    for entries in (
        *({key: nothing} for key in ("DR", "SV", "Lock")),
        {"AP": look(Font=nothing)},
        {"Q": generic.NumberObject(0)},
        {"TU": generic.pdf_string("\u202e24")},
        {"DA": generic.pdf_string("(a) Tj")},
    ):
        for before in (data, sealed):
            with pytest.raises(Refused) as caught:
                check_active(io.BytesIO(timed(before, clock, **entries)), "buku")
            assert code_of(caught.value.message) == "pdf.field"


def changes(method: str, **parameters: Any) -> generic.ArrayObject:
    """What a signature says of what may come after it."""
    held = {name("/Type"): name("/TransformParams"), name("/V"): name("/1.2")}
    held |= {name(f"/{key}"): value for key, value in parameters.items()}
    rule = {name("/Type"): name("/SigRef"), name("/TransformMethod"): name(method)}
    rule[name("/TransformParams")] = generic.DictionaryObject(held)
    return generic.ArrayObject([generic.DictionaryObject(rule)])


WORDS = generic.pdf_string("Menyetujui dengan syarat")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        pytest.param({}, "good", id="nothing"),
        pytest.param({"M": generic.pdf_string("D:20261124100000+07'00'")}, "good", id="when"),
        pytest.param(
            {"Prop_Build": generic.DictionaryObject(), "V": generic.NumberObject(0)}, "good", id="by what"
        ),
        pytest.param({"M": WORDS}, "pdf.field", id="a word for a time"),
        *(pytest.param({key: WORDS}, "pdf.field", id=key) for key in ("Name", "Reason", "Location")),
        pytest.param(
            {"Reference": changes("/DocMDP", P=generic.NumberObject(1))}, "pdf.field", id="no changes"
        ),
        pytest.param({"Reference": changes("/FieldMDP", Action=name("/All"))}, "pdf.field", id="a lock"),
    ],
)
def test_a_timestamp_says_that_it_is_one(stage, sealed, clock, said, answer) -> None:
    """Anybody's clock closed the document for the next official, or said who agreed to what, and why."""
    with stage.key(MAYOR).open() as signer:
        data = sign_pdf(sealed, signer, MAYOR, STAMP, "buku")
    with saying(said):
        assert told(timed(data, clock), sealed) == answer


@pytest.mark.slow
@pytest.mark.parametrize("anew", [False, True])
def test_a_clock_stands_in_a_field_of_its_own(stage, sealed, clock, *, anew: bool) -> None:
    """In that of an official without a box nobody could sign any more, and nobody said so."""
    before = sealed
    if anew:
        target = io.BytesIO()
        with pikepdf.open(io.BytesIO(sealed)) as document:
            document.save(target)
        before = target.getvalue()
    with stage.key(MAYOR).open() as signer:
        data = sign_pdf(before, signer, MAYOR, STAMP, "buku")
    found = {}
    for called in (SECRETARY, "tambahan"):
        writer = IncrementalPdfFileWriter(io.BytesIO(data))
        stamper = signers.PdfTimeStamper(clock, field_name=called)
        found[called] = bytes(asyncio.run(stamper.async_timestamp_pdf(writer, "sha256")).getvalue())
    assert compare(sealed, found[SECRETARY], "buku").code == "pdf.field"
    assert compare(sealed, found["tambahan"], "buku").signatures
    if not anew:
        assert told(found[SECRETARY], sealed) == "pdf.field"
    with stage.key(SECRETARY).open() as signer:
        both = sign_pdf(found["tambahan"], signer, SECRETARY, STAMP, "buku")
    assert compare(found["tambahan"], both, "buku").grade is Returned.SAME_BYTES


@pytest.mark.slow
def test_what_is_kept_is_what_it_is_called(stage, sealed, clock) -> None:
    """A font program among the answers was there for whoever looked for one."""

    def kept_so(key: str, value: bytes, single: str = "", **said: str) -> str:
        def change(writer: IncrementalPdfFileWriter) -> None:
            stream = generic.StreamObject(stream_data=value)
            stream |= {name(f"/{each}"): name(word) for each, word in said.items()}
            row = generic.ArrayObject([writer.add_object(stream)])
            held = {name(key): row} if not single else {}
            if single:
                of_one = generic.DictionaryObject({name(single): row})
                held[name("/VRI")] = generic.DictionaryObject({name("/" + "A" * 40): of_one})
            writer.root["/DSS"] = generic.DictionaryObject(held)
            writer.update_root()

        return told(update(data, change), sealed)

    with stage.key(MAYOR).open() as signer:
        data = sign_pdf(sealed, signer, MAYOR, STAMP, "buku")
        certificate = signer.chain[0].public_bytes(Encoding.DER)
    declined = b"\x30\x03\x0a\x01\x03"
    for key, single, good in (("/Certs", "/Cert", certificate), ("/OCSPs", "/OCSP", declined)):
        assert kept_so(key, good) == kept_so(key, good, single) == "good"
        for bad in (b"\x01\x00\x04\x01", b"", good + b"\0", good[:-1], b"\x30\x00"):
            assert kept_so(key, bad) == kept_so(key, bad, single) == "pdf.kept"
        assert kept_so(key, good, Subtype="/Type1C") == "pdf.kept"
    assert kept_so("/CRLs", certificate) == "pdf.kept"


def test_a_field_without_a_place_may_wait(stage, sealed) -> None:
    """Services prepare those of others so; nothing is drawn of it."""
    with stage.key(MAYOR).open() as signer:
        data = sign_pdf(update(sealed, field(DOT)), signer, MAYOR, STAMP, "buku")
    assert told(data, sealed) == "good"
    with pikepdf.open(io.BytesIO(data)) as document:
        assert len(document.Root.AcroForm.Fields) == 3


def unseen(box: tuple[float, ...] = DOT, *, role: str = MAYOR, **entries: Any) -> Any:
    """The place of a prepared field becomes another, with another look and more entries."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        form = writer.root["/AcroForm"]["/Fields"]
        (one,) = (each for each in (form[at] for at in range(len(form))) if each["/T"] == role)
        one[name("/Rect")] = numbers(*box)
        for key, value in entries.items():
            one[name(f"/{key}")] = value(writer) if callable(value) else value
        writer.mark_update(one.container_ref)

    return change


def signed_so(stage: Any, data: bytes, change: Any, role: str) -> bytes:
    """Signed, and changed in the same revision."""

    def changed(stream: io.BytesIO) -> IncrementalPdfFileWriter:
        writer = IncrementalPdfFileWriter(stream)
        change(writer)
        return writer

    with stage.key(role).open() as signer, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sign, "IncrementalPdfFileWriter", changed)
        return sign_pdf(data, signer, role, STAMP, "buku")


@pytest.fixture(scope="module")
def boxed() -> bytes:
    boxes = {MAYOR: StampBox(0, 60, 300, 160, 370), SECRETARY: StampBox(0, 200, 300, 300, 370)}
    return with_fields(draw_pdf(), boxes, "buku")


@pytest.mark.slow
def test_who_signs_in_a_prepared_field_may_show_nothing(stage, boxed) -> None:
    """PDFBox takes the place away where it is given no picture."""
    first = signed_so(stage, boxed, unseen(AP=look()), MAYOR)
    assert compare(boxed, first, "buku").code == "returned.same_bytes"
    both = signed_so(stage, first, unseen(AP=look(), role=SECRETARY), SECRETARY)
    assert compare(boxed, both, "buku").code == "returned.same_bytes"
    with stage.key(SECRETARY).open() as signer:
        shown = sign_pdf(first, signer, SECRETARY, STAMP, "buku")
    assert compare(boxed, shown, "buku").code == "returned.same_bytes"
    back = unseen((60, 300, 160, 370))
    assert told(update(first, back), boxed) == "pdf.changed_after"
    assert told(signed_so(stage, first, back, SECRETARY), boxed) == "pdf.changed_after"


@pytest.mark.parametrize(
    "change",
    [
        unseen(AP=look(b"0 g 0 0 9 9 re f")),
        unseen(AP=look(box=(0, 0, 9, 9))),
        unseen(AP=look(Font=generic.DictionaryObject())),
        unseen((9, 9, 9, 9), AP=look()),
        unseen((0, 0, 0, 9), AP=look()),
        unseen((200, 300, 300, 370), AP=look()),
        unseen(AP=look(), MK=generic.DictionaryObject()),
        unseen(),
    ],
)
@pytest.mark.parametrize("behind", [False, True])
def test_only_a_place_that_shows_nothing_is_taken_away(stage, boxed, change, *, behind: bool) -> None:
    """By whoever signs there, with his signature."""
    data, role, code = boxed, MAYOR, "pdf.changed_before"
    if behind:
        with stage.key(SECRETARY).open() as signer:
            data, code = sign_pdf(boxed, signer, SECRETARY, STAMP, "buku"), "pdf.changed_after"
    assert told(signed_so(stage, data, change, role), boxed) == code


@pytest.mark.slow
def test_nobody_takes_the_place_of_another(stage, boxed) -> None:
    """Nor his own before he signs."""
    away, anothers = unseen(AP=look()), unseen(AP=look(), role=SECRETARY)
    assert told(signed_so(stage, boxed, anothers, MAYOR), boxed) == "pdf.changed_before"
    with stage.key(MAYOR).open() as signer:
        assert (
            told(sign_pdf(update(boxed, away), signer, MAYOR, STAMP, "buku"), boxed) == "pdf.changed_before"
        )
        first = sign_pdf(boxed, signer, MAYOR, STAMP, "buku")
    for change in (away, anothers):
        assert told(update(first, change), boxed) == "pdf.changed_after"
    with stage.key(SECRETARY).open() as signer:
        later = sign_pdf(update(first, anothers), signer, SECRETARY, STAMP, "buku")
    assert told(later, boxed) == "pdf.changed_after"
