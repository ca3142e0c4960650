"""Files that want all the time or memory there is: each keeps every rule until it is too late to notice."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable

from desktop.base.jobs import quiet
from desktop.submission import SealFile, seal, sign_container
from desktop.submission.frame.asic import DataFile, manifest_xml
from tests.submission.hostile.ground import (
    ANCHORS,
    BUDI,
    GOOD,
    NOW,
    Ground,
    _Key,
    build,
    container,
    item,
    items,
    sign,
)
from tests.submission.making import TEAM, seal_input

MANY = 9_900
"""Files of a container, beside its frame."""


def many_files(ground: Ground) -> bytes:
    """Sound: as many files as a package may hold, each covered by one signature."""
    files = tuple(
        SealFile(f"bukti/{number:05d}.txt", "text/plain", "evidence", b"isi") for number in range(MANY)
    )
    path = ground.folder / "many.asice"
    seal(quiet, seal_input(files=files), path)
    sign_container(quiet, path, path, _Key(BUDI), TEAM, ANCHORS, NOW, other_holder=True)
    return path.read_bytes()


def many_signatures(ground: Ground) -> bytes:
    """As many files as there may be, under twelve signatures of 3 MB each."""
    content = {f"b/{number:05d}.txt": b"isi" for number in range(MANY - 20)}
    files = [DataFile(name, "text/plain", hashlib.sha256(data).digest()) for name, data in content.items()]
    signatures = [sign(files, number=number) for number in range(12)]
    return build(items(signatures, manifest_xml(files), content))


def elements(_: Ground) -> bytes:
    """A signature file of two million elements."""
    return container(GOOD.replace(b"<ds:KeyInfo>", b"<x/>" * 1_900_000 + b"<ds:KeyInfo>", 1))


def packed_elements(_: Ground) -> bytes:
    """The same, deflated to next to nothing, in fifty signature files."""
    data = GOOD.replace(b"<ds:KeyInfo>", b"<x/>" * 1_900_000 + b"<ds:KeyInfo>", 1)
    made = items([GOOD])
    made[-1:] = [item(f"META-INF/signatures{number}.xml", data, method=8) for number in range(5)]
    return build(made)


def namespaces(_: Ground) -> bytes:
    """A canonical form that takes a look at every pair of ten thousand name spaces for each element."""
    declared = "".join(f' xmlns:n{number}="urn:{number}"' for number in range(10_000)).encode()
    inside = b"<ds:Object" + declared + b">" + b"<x/>" * 20_000 + b"</ds:Object>"
    data = GOOD.replace(
        b"http://www.w3.org/2001/10/xml-exc-c14n#", b"http://www.w3.org/2006/12/xml-c14n11", 1
    )
    return container(data.replace(b"</ds:SignedInfo>", inside + b"</ds:SignedInfo>", 1))


def names(_: Ground) -> bytes:
    """Ten thousand files in folders a hundred deep."""
    deep = "/".join("f" for _ in range(90))
    return build([item("mimetype", b""), *(item(f"{deep}/{number}", b"") for number in range(9_990))])


def manifest_json(ground: Ground) -> bytes:
    """A list of contents of nothing but brackets."""
    return ground.raw_manifest(lambda data: b'{"format":"rancang-package","x":' + b"[" * (7 << 20))


# -- PDFs: what was signed, and something behind it -------------------------------------------------------
def appended(tail: Callable[[int], bytes]) -> Callable[[Ground], bytes]:
    """The signed book with more behind it, every digest made to fit and the container really signed."""

    def make(ground: Ground) -> bytes:
        book = ground.book()
        return ground.with_book(book + tail(len(book)))

    return make


def stream(start: int, packed: bytes) -> bytes:
    """A table of objects as a compressed stream."""
    head = b"9000 0 obj\n<</Type/XRef/Size 9001/W[1 4 2]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n"
    body = head % len(packed) + packed + b"\nendstream\nendobj\n"
    return body + b"startxref\n%d\n%%%%EOF\n" % start


def bomb(size: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join([packer.compress(bytes(1 << 20)) for _ in range(size >> 20)]) + packer.flush()


def chain(start: int) -> bytes:
    """Three hundred thousand revisions, each with nothing in it."""
    out, before = bytearray(), 0
    for _ in range(300_000):
        at = start + len(out)
        out += b"xref\n0 0\ntrailer<</Size 1/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (before, at)
        before = at
    return bytes(out)


def table(start: int) -> bytes:
    """A table of two million objects that are not there."""
    lines = b"0000000000 65535 f \n" * 2_000_000
    head = b"xref\n10 2000000\n" + lines + b"trailer<</Size 2000010/Root 1 0 R/Prev 0>>\n"
    return head + b"startxref\n%d\n%%%%EOF\n" % start


def nested(start: int) -> bytes:
    """A catalogue of a million brackets."""
    body = b"1 0 obj\n<</Type/Catalog/X " + b"[" * 1_000_000 + b">>\nendobj\n"
    head = b"xref\n1 1\n%010d 00000 n \ntrailer<</Size 2/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return body + head % (start, start + len(body))


def long_name(start: int) -> bytes:
    """A name that goes on for forty megabytes, within a number that does."""
    body = b"1 0 obj\n<</Type/" + b"#20" * (10 << 20) + b" " + b"9" * (10 << 20) + b">>\nendobj\n"
    head = b"xref\n1 1\n%010d 00000 n \ntrailer<</Size 2/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return body + head % (start, start + len(body))


HOGS: dict[str, tuple[Callable[[Ground], bytes], bool]] = {
    "elements": (elements, True),
    "packed elements": (packed_elements, True),
    "name spaces": (namespaces, True),
    "many signatures": (many_signatures, True),
    "deep names": (names, True),
    "brackets in the manifest": (manifest_json, False),
    "PDF: table that unfolds": (appended(lambda start: stream(start, bomb(1 << 30))), False),
    "PDF: chain of revisions": (appended(chain), False),
    "PDF: table of millions": (appended(table), False),
    "PDF: brackets": (appended(nested), False),
    "PDF: long names": (appended(long_name), False),
}
"""How each is made, and whether it is judged with ``--any``."""
