"""Files that would keep a reader busy or fill its memory: up to 50 MB of one trick each.

``PYTHONPATH=. python -m tests.submission.hostile.worst [MB] [NAME...]`` judges each in a process of its own and
prints seconds and memory.
"""

from __future__ import annotations

import base64
import hashlib
import multiprocessing
import struct
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from desktop.submission.frame.asic import MANIFEST_NAME, manifest_xml
from desktop.submission.frame.zipform import CENTRAL, END
from desktop.submission.manifest import NAME, Expected, content_id
from desktop.submission.xades.writing import DS
from tests.submission import tamper
from tests.submission.hostile.ground import (
    BUDI,
    FILES,
    GOOD,
    ISSUER,
    SITI,
    Ground,
    build,
    container,
    files_of,
    item,
    items,
    sign,
)
from tests.trust import pki

Make = Callable[[Ground, int], bytes]
MB = 1 << 20
X509 = f"<ds:X509Certificate>{base64.b64encode(pki.der(SITI.certificate)).decode()}</ds:X509Certificate>"


def put(before: str, new: str, size: int, most: int = 1 << 30) -> bytes:
    """A signature file filled up with something before a place."""
    count = max(1, min(most, (min(size, 8 * MB) - len(GOOD) - 1000) // len(new)))
    return GOOD.replace(before.encode(), new.encode() * count + before.encode(), 1)


def many_files(signature: bytes, size: int) -> bytes:
    """As many signature files as fit."""
    count = max(1, min(50, size // len(signature)))
    return container(*[signature] * count)


def xml(before: str, new: str, most: int = 1 << 30) -> Make:
    return lambda ground, size: many_files(put(before, new, size, most), size)


def lines(ground: Ground, size: int) -> bytes:
    """A directory of the largest count and far more lines."""
    line = (
        CENTRAL + struct.pack("<HHHHHHIIIHHHHHII", 788, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"x"
    )
    data = line * (size // len(line))
    return data + END + struct.pack("<HHHHIIH", 0, 0, 10_000, 10_000, len(data), 0, 0)


def names(ground: Ground, size: int) -> bytes:
    """Ten thousand names of the greatest length, each almost a device."""
    return build([item(f"{n:05}{'ﬁ' * 190}", b"") for n in range(9_990)])


def long_names(ground: Ground, size: int) -> bytes:
    return build([item(f"{n:05}".encode() + b"x" * 65_000, b"") for n in range(size // 130_200)])


def remarks(ground: Ground, size: int) -> bytes:
    extra = struct.pack("<HH", 0x5455, 0) * 16_000
    return build([item(f"{n:05}", b"", extra=extra, central_extra=extra) for n in range(size // 128_200)])


def tiny(ground: Ground, size: int) -> bytes:
    """Ten thousand files, listed and signed, in as many signature files as there may be."""
    content = {f"f{n:05}": b"x" for n in range(9_900)}
    signature = sign(files_of(content))
    count = min(50, max(1, size // len(signature)))
    return build(items([signature] * count, content=content))


def inflated(ground: Ground, size: int) -> bytes:
    """Everything deflates to the greatest ratio that is let through."""
    count = max(1, min(9, size // (MB)))
    data = b"".join(zlib.compress(bytes([n % 256]) * 4096)[:40] for n in range(26_000)) + bytes(180 * MB)
    return build([*items(), *(item(f"b{n}", data, method=8) for n in range(count))])


def nested(before: str, opening: str, closing: str, depth: int, most: int = 1 << 30) -> Make:
    return xml(before, opening * depth + closing * depth, most)


def namespaced(signature: bytes) -> bytes:
    """Declarations at the root, to be looked through for each of very many elements."""
    declared = " ".join(f'xmlns:a{n}="u:{n}"' for n in range(480))
    inside = b"<xades:SigningTime>"
    filler = b'<a479:x a0:y=""/>' * 70_000
    return signature.replace(b"<asic:XAdESSignatures", f"<asic:XAdESSignatures {declared}".encode()).replace(
        inside, filler + inside
    )


def certificate_ring(ground: Ground, size: int) -> bytes:
    """Authorities of one name that all certify each other: the paths are without number."""
    key = BUDI.key
    ring = [
        pki.make("Cincin", pki.Holder(ISSUER.certificate, ISSUER.key), ca=True, key=key) for _ in range(1)
    ]
    base = pki.make("Cincin", ca=True, key=key)
    ring = [pki.make("Cincin", base, ca=True, key=key) for _ in range(9)]
    leaf = pki.make("Budi", base)
    from desktop.submission.xades.writing import sign_xades

    return container(sign_xades(FILES, leaf.signer(*ring), 0, pki.NOW, ()))


def huge_key(bits: int) -> Make:
    """A certificate whose RSA modulus has more bits than anybody should compute with."""

    def make(ground: Ground, size: int) -> bytes:
        from asn1crypto import x509 as asn1

        from tests.submission.hostile.ground import resigned, rsa_holder
        from tests.submission.hostile.xmltricks import set_text

        holder = rsa_holder()
        certificate = asn1.Certificate.load(pki.der(holder.certificate))
        info = certificate["tbs_certificate"]["subject_public_key_info"]
        key = info["public_key"].parsed
        key["modulus"] = (1 << bits) - 1
        key["public_exponent"] = (1 << (bits - 1)) + 1 if bits < 20_000 else 65537
        info["public_key"] = key
        text = base64.b64encode(certificate.dump(force=True)).decode()
        change = set_text("X509Certificate", text)
        return container(
            resigned(change, holder=holder, source=sign(FILES, holder), value=lambda d: b"\1" * (bits // 8))
        )

    return make


def own_manifest(change: Callable[[Any, int], Any]) -> Make:
    """A manifest of the greatest size, signed by somebody with a key."""

    def make(ground: Ground, size: int) -> bytes:
        return ground.forged(edit=lambda manifest: change(manifest, min(size, 8 * MB)))

    return make


def raw_manifest(data: Callable[[int], bytes]) -> Make:
    return lambda ground, size: ground.bent(
        lambda files: files.__setitem__(NAME, data(min(size, 8 * MB - 99)))
    )


def other_files(ground: Ground, size: int, signers: tuple[Expected, ...] = ()) -> bytes:
    """Ten thousand files in our own format."""
    from desktop.submission.frame.container import data_files
    from desktop.submission.manifest import PackedFile
    from desktop.submission.xades.writing import sign_xades

    _, manifest = tamper.read(ground.both)
    data = b"x"
    packed = tuple(
        PackedFile(
            path=f"f{n:05}",
            media_type="text/plain",
            role="other",
            signers=signers,
            size=1,
            sha256=hashlib.sha256(data).hexdigest(),
        )
        for n in range(9_900)
    )
    manifest = msgspec.structs.replace(manifest, files=packed)
    manifest = msgspec.structs.replace(manifest, id=content_id(manifest))
    covered = data_files(manifest)
    count = min(50, max(1, size // 3_500_000))
    signatures = {
        f"META-INF/signatures{n}.xml": sign_xades(covered, BUDI.signer(ISSUER), n, pki.NOW, (f"r{n}",))
        for n in range(count)
    }
    frame = {NAME: manifest.to_bytes(), MANIFEST_NAME: manifest_xml(covered)}
    return ground.packed(
        {**dict.fromkeys((one.path for one in packed), data), **frame, **signatures}, manifest
    )


def pdf(make: Callable[[bytes, int], bytes]) -> Make:
    """A book that was bent, everything around it signed anew."""
    return lambda ground, size: ground.with_book(make(ground.book(), size))


def trailer(data: bytes) -> tuple[int, bytes]:
    import re

    from tests.submission.hostile.pdfs import root_of

    return int(re.findall(rb"startxref\s+([0-9]+)", data)[-1]), root_of(data)


def revisions(body: bytes) -> Callable[[bytes, int], bytes]:
    """Small revisions without number, one upon the other."""

    def make(data: bytes, size: int) -> bytes:
        start, root = trailer(data)
        out = bytearray(data)
        while len(out) < size:
            out += b"\n" + body
            at = len(out)
            out += b"xref\n0 0\ntrailer\n<<" + root + b"/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (start, at)
            start = at
        return bytes(out)

    return make


def one_object(body: Callable[[int], bytes]) -> Callable[[bytes, int], bytes]:
    """A last revision that overwrites the catalogue's neighbour with a monster."""

    def make(data: bytes, size: int) -> bytes:
        start, root = trailer(data)
        out = data + b"\n"
        place = len(out)
        out += b"2 0 obj\n" + body(size) + b"\nendobj\n"
        at = len(out)
        table = b"xref\n2 1\n%010d 00000 n \n" % place
        return out + table + b"trailer\n<<" + root + b"/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (start, at)

    return make


def flate(size: int) -> bytes:
    packed = zlib.compress(bytes(size * 20), 9)
    return (
        b"<</Type/ObjStm/N 100000/First 800000/Filter/FlateDecode/Length %d>>stream\n" % len(packed)
        + packed
        + b"\nendstream"
    )


def twice_flate(size: int) -> bytes:
    packed = zlib.compress(zlib.compress(bytes(4 << 30 if size > 40 * MB else size * 20), 9), 9)
    head = b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n" % len(packed)
    return head + packed + b"\nendstream"


def xref_entries(data: bytes, size: int) -> bytes:
    start, root = trailer(data)
    count = size // 20
    at = len(data) + 1
    table = b"xref\n0 %d\n" % count + b"0000000017 00000 n \n" * count
    return (
        data + b"\n" + table + b"trailer\n<<" + root + b"/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (start, at)
    )


WORST: dict[str, Make] = {
    "zip: lines of the directory": lines,
    "zip: ten thousand long names": names,
    "zip: names of 64 KB": long_names,
    "zip: fields of 64 KB": remarks,
    "zip: ratio just allowed": inflated,
    "xml: elements": xml("<ds:KeyInfo>", "<x/>"),
    "xml: elements just allowed": xml("<ds:KeyInfo>", "<x/>", 149_000),
    "xml: elements with text": xml("<ds:KeyInfo>", "<x>yy</x>"),
    "xml: depth": nested("<ds:KeyInfo>", "<x>", "</x>", 250),
    "xml: depth just allowed": nested("<ds:KeyInfo>", "<x>", "</x>", 240, 600),
    "xml: depth without end": xml("<ds:KeyInfo>", "<x>"),
    "xml: attributes": lambda g, size: many_files(GOOD.replace(b'Id="S0-v"', ('Id="S0-v" ' + " ".join(f'a{n}="x"' for n in range(size // 14))).encode()), size),
    "xml: attributes in many elements": xml("<ds:KeyInfo>", "<x " + " ".join(f'a{n}="x"' for n in range(400)) + "/>"),
    "xml: attributes just allowed": xml("<ds:KeyInfo>", "<x " + " ".join(f'a{n}="x"' for n in range(490)) + "/>", 400),
    "xml: attributes just allowed in SignedInfo": xml("<ds:CanonicalizationMethod", "<x " + " ".join(f'a{n}="x"' for n in range(490)) + "/>", 400),
    "xml: one huge attribute": xml('Id="S0-v"', " " * 1000),
    "xml: huge text": lambda g, size: many_files(GOOD.replace(b"Ketua", b"K" * min(size, 7 * MB)), size),
    "xml: namespaces": xml("<ds:KeyInfo>", "<x " + " ".join(f'xmlns:a{n}="u:{n}"' for n in range(90)) + "/>"),
    "xml: namespaces just allowed": xml("<ds:KeyInfo>", "<x " + " ".join(f'xmlns:a{n}="u:{n}"' for n in range(90)) + "/>", 55),
    "xml: namespaces around everything": lambda g, size: many_files(namespaced(GOOD), size),
    "xml: namespaces on every level": nested("<ds:KeyInfo>", '<x xmlns:a="u:a" xmlns:b="u:b">', "</x>", 200),
    "xml: Ids": lambda g, size: many_files(GOOD.replace(b"<ds:KeyInfo>", "".join(f'<x Id="{n}"/>' for n in range(min(size, 7 * MB) // 18)).encode() + b"<ds:KeyInfo>"), size),
    "xml: certificates in the key": xml("</ds:X509Data>", X509),
    "xml: certificates attached later": xml("</xades:QualifyingProperties>", "<xades:UnsignedProperties><xades:UnsignedSignatureProperties><xades:CertificateValues>" + X509.replace("ds:X509Certificate", "xades:EncapsulatedX509Certificate") * 50 + "</xades:CertificateValues></xades:UnsignedSignatureProperties></xades:UnsignedProperties>"),
    "xml: references to one file": xml('<ds:Reference Id="S0-r0"', f'<ds:Reference URI="surat.txt"><ds:DigestMethod xmlns:ds="{DS}" Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>{base64.b64encode(FILES[0].sha256).decode()}</ds:DigestValue></ds:Reference>'),
    "xml: base64 of spaces": xml("</ds:SignatureValue>", " \n" * 500),
    "xml: ten thousand files, signed often": tiny,
    "certificates in a ring": certificate_ring,
    "RSA of 16,000 bits with a huge exponent": huge_key(16_000),
    "RSA of a million bits": huge_key(1_000_000),
    "manifest: lists in lists": raw_manifest(lambda size: b"[" * size),
    "manifest: objects in objects": raw_manifest(lambda size: b'{"a":' * (size // 5)),
    "manifest: an endless number": raw_manifest(lambda size: b'{"format":"rancang-package","version":' + b"9" * size + b"}"),
    "manifest: endless decimals": raw_manifest(lambda size: b'{"format":"rancang-package","version":0.' + b"9" * size + b"}"),
    "manifest: keys": raw_manifest(lambda size: b'{"format":"rancang-package"' + b"".join(b',"%x":1' % n for n in range(size // 11)) + b"}"),
    "manifest: strings": raw_manifest(lambda size: b'["' + b"\\u0041" * (size // 6) + b'"]'),
    "our format: signers without number": partial(other_files, signers=tuple(Expected(role=f"r{n}") for n in range(10))),
    "our format: ten thousand files, signed often": other_files,
    "pdf: empty revisions": pdf(revisions(b"")),
    "pdf: revisions with an object": pdf(revisions(b"2 0 obj\n<<>>\nendobj\n")),
    "pdf: entries of the table": pdf(xref_entries),
    "pdf: lists in lists": pdf(one_object(lambda size: b"[" * (size // 2) + b"]" * (size // 2))),
    "pdf: dictionaries in dictionaries": pdf(one_object(lambda size: b"<</A" * (size // 6) + b">>" * (size // 6))),
    "pdf: one long list": pdf(one_object(lambda size: b"[" + b"1 " * (size // 2) + b"]")),
    "pdf: an endless number": pdf(one_object(lambda size: b"9" * size)),
    "pdf: an endless name": pdf(one_object(lambda size: b"/" + b"#41" * (size // 3))),
    "pdf: an endless text": pdf(one_object(lambda size: b"(" + b"(" * (size // 2) + b")" * (size // 2) + b")")),
    "pdf: deflated": pdf(one_object(flate)),
    "pdf: deflated twice": pdf(one_object(twice_flate)),
    "pdf: no PDF": pdf(lambda data, size: b"%PDF-1.7\n" + b"x" * size),
    "pdf: ends": pdf(lambda data, size: data + b"startxref\n1\n%%EOF\n" * (size // 18)),
}  # fmt: skip


def _child(pipe: Any, path: str, anchors: Any) -> None:
    import desktop.submission.foreign
    import desktop.submission.pdf.read  # noqa: F401 - starting up is measured elsewhere
    from desktop.submission import verify

    started, used = time.perf_counter(), time.process_time()
    verdict = verify(Path(path), anchors, pki.NOW, any_=True)
    seconds, cpu = time.perf_counter() - started, time.process_time() - used
    peak = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
    code = verdict.reasons[0].code if verdict.reasons else verdict.kind.value
    pipe.send((seconds, cpu, peak / 1024, code))


def main() -> None:
    arguments = sys.argv[1:]
    size = int(arguments[0]) * MB if arguments else 50 * MB
    from tests.submission.hostile.ground import ANCHORS

    with tempfile.TemporaryDirectory() as folder:
        ground, path = Ground(Path(folder)), Path(folder) / "worst.asice"
        for name, make in WORST.items():
            if arguments[1:] and not any(one in name for one in arguments[1:]):
                continue
            path.write_bytes(make(ground, size))
            receiver, sender = multiprocessing.Pipe(duplex=False)
            process = multiprocessing.get_context("spawn").Process(
                target=_child, args=(sender, str(path), ANCHORS)
            )
            process.start()
            sender.close()
            answer = receiver.recv() if receiver.poll(60) else None
            if answer is None:
                process.kill()
            process.join()
            told = (
                "more than 60 s" if answer is None else "{:7.2f} s {:7.2f} cpu {:6.0f} MB {}".format(*answer)
            )
            sys.stdout.write(f"{name:46} {path.stat().st_size / MB:5.1f} MB {told}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
