"""What hostile packages are made from: keys that the verifier believes, a sound container, a sound package.

Everybody here has a certificate of a certified root, so a sound package is *valid* and a hole shows as such.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import msgspec
from lxml import etree

from desktop.base.jobs import quiet
from desktop.submission import VerdictKind, seal, sign_container, sign_pdfs
from desktop.submission.frame.asic import MANIFEST_NAME, MIMETYPE, DataFile, manifest_xml
from desktop.submission.frame.container import data_files
from desktop.submission.manifest import NAME, Manifest, content_id
from desktop.submission.xades.writing import DS, XADES, sign_xades
from desktop.trust.signer import xml_signature
from tests.submission import tamper
from tests.submission.making import BOOK, MAYOR, NOW, SECRETARY, TEAM, seal_named
from tests.submission.zips import Item, build
from tests.trust import pki

SIGNATURE, SECOND = "META-INF/signatures0.xml", "META-INF/signatures1.xml"
CONTENT = {"surat.txt": b"isi surat " * 20, "lampiran é.txt": b"isi lampiran"}
UTF8 = 1 << 11

ROOT = pki.make("Root", ca=True)
ISSUER = pki.make("Penerbit", ROOT, ca=True, length=0)
BUDI, SITI, RATNA = (pki.make(name, ISSUER) for name in ("Budi", "Siti", "Ratna"))
STRANGER = pki.make("Asing", pki.make("Root lain", ca=True))
ANCHORS = pki.believe(ROOT)


@cache
def rsa_holder(bits: int = 2048, exponent: int = 65537) -> pki.Holder:
    """Somebody with an RSA key, slow to make."""
    from cryptography.hazmat.primitives.asymmetric import rsa

    return pki.make("Rina", ISSUER, key=rsa.generate_private_key(exponent, bits))


def files_of(content: dict[str, bytes]) -> tuple[DataFile, ...]:
    return tuple(
        DataFile(name, "text/plain", hashlib.sha256(data).digest()) for name, data in content.items()
    )


FILES = files_of(CONTENT)


def sign(
    files: Sequence[DataFile] = FILES, holder: pki.Holder = BUDI, number: int = 0, moment: Any = NOW
) -> bytes:
    """A sound signature of somebody with a key."""
    return sign_xades(tuple(files), holder.signer(ISSUER), number, moment, ("Ketua Panitia",))


GOOD = sign()


def item(name: str | bytes, data: bytes, **options: Any) -> Item:
    """A file with the flag that its name asks for."""
    raw = name if isinstance(name, bytes) else name.encode()
    return Item(raw, data, **{"flags": 0 if raw.isascii() else UTF8, **options})


def items(
    signatures: Iterable[bytes] = (GOOD,),
    manifest: bytes | None = None,
    content: dict[str, bytes] | None = None,
) -> list[Item]:
    """The files of a sound foreign container, to be bent."""
    content = CONTENT if content is None else content
    return [
        item("mimetype", MIMETYPE.encode()),
        *(item(name, data) for name, data in content.items()),
        item(MANIFEST_NAME, manifest or manifest_xml(files_of(content))),
        *(item(f"META-INF/signatures{number}.xml", data) for number, data in enumerate(signatures)),
    ]


def container(*signatures: bytes, **options: Any) -> bytes:
    """A foreign container with these signatures (the good one if none is given)."""
    return build(items(signatures or (GOOD,), **options))


def covered(content: dict[str, bytes]) -> bytes:
    """A container of somebody with a key: everything is listed and signed, so only rules can refuse it."""
    return container(sign(files_of(content)), content=content)


def resigned(
    change: Callable[[etree._Element], object],
    *,
    holder: pki.Holder = BUDI,
    keep_properties: bool = False,
    value: Callable[[bytes], bytes] | None = None,
    source: bytes | None = None,
) -> bytes:
    """The signature changed and then really signed again: only rules can refuse it, not mathematics."""
    root = etree.fromstring(source or GOOD)
    change(root)
    signature = root.find(f".//{{{DS}}}Signature")
    info = signature.find(f"{{{DS}}}SignedInfo")
    properties = root.find(f".//{{{XADES}}}SignedProperties")
    if properties is not None and not keep_properties:
        digest = hashlib.sha256(etree.tostring(properties, method="c14n", exclusive=True)).digest()
        last = info.findall(f"{{{DS}}}Reference")[-1].find(f"{{{DS}}}DigestValue")
        last.text = base64.b64encode(digest).decode()
    data = etree.tostring(info, method="c14n", exclusive=True)
    made = value(data) if value is not None else xml_signature(holder.signer(), data)
    signature.find(f"{{{DS}}}SignatureValue").text = base64.b64encode(made).decode()
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


class _Key:
    """A key source over a key in memory."""

    def __init__(self, holder: pki.Holder) -> None:
        self._signer = holder.signer(ISSUER)

    def open(self) -> Any:
        return contextlib.nullcontext(self._signer)


@dataclass
class Ground:
    """A sound package of our own in its states; ``folder`` takes what is written."""

    folder: Path

    @cached_property
    def sealed(self) -> Path:
        path = self.folder / "sealed.asice"
        # Whoever is asked for is who signs, so that nothing is to be noted of it.
        seal(quiet, seal_named({MAYOR: "Ratna", SECRETARY: "Siti", TEAM: "Budi"}), path)
        return path

    @cached_property
    def half(self) -> Path:
        """The mayor (Ratna) has signed the book."""
        path = self.folder / "half.asice"
        sign_pdfs(quiet, self.sealed, path, _Key(RATNA), MAYOR, ANCHORS, NOW, other_holder=True)
        return path

    @cached_property
    def both(self) -> Path:
        path = self.folder / "both.asice"
        sign_pdfs(quiet, self.half, path, _Key(SITI), SECRETARY, ANCHORS, NOW, other_holder=True)
        return path

    @cached_property
    def signed(self) -> Path:
        path = self.folder / "signed.asice"
        sign_container(quiet, self.both, path, _Key(BUDI), TEAM, ANCHORS, NOW, other_holder=True)
        return path

    @cached_property
    def twice(self) -> Path:
        path = self.folder / "twice.asice"
        sign_container(quiet, self.signed, path, _Key(SITI), "witness", ANCHORS, NOW, other_holder=True)
        return path

    def packed(self, files: dict[str, bytes], manifest: Manifest) -> bytes:
        """A canonical frame around exactly these files."""
        return tamper.write(files, manifest, self.folder / "x.asice").read_bytes()

    def bent(self, change: Callable[[tamper.Files], None], package: Path | None = None) -> bytes:
        """The signed package with other files and a perfect frame; manifest and signatures as they were."""
        files, manifest = tamper.read(package or self.signed)
        change(files)
        return self.packed(files, manifest)

    def forged(
        self,
        change: Callable[[tamper.Files], None] = lambda files: None,
        edit: Callable[[Manifest], Manifest] | None = None,
        *,
        package: Path | None = None,
        holder: pki.Holder | None = BUDI,
        moment: Any = NOW,
        role: str = TEAM,
    ) -> bytes:
        """By somebody with a key: every digest fits, and the container is signed anew (unless by nobody)."""
        path = self.folder / "y.asice"
        tamper.forge(package or self.both, path, change, edit)
        if holder is None:
            return path.read_bytes()
        files, manifest = tamper.read(path)
        made = sign_xades(data_files(manifest), holder.signer(ISSUER), 0, moment, (role,))
        return self.packed({**files, SIGNATURE: made}, manifest)

    def book(self, package: Path | None = None) -> bytes:
        return tamper.read(package or self.both)[0][BOOK]

    def with_book(self, data: bytes, **options: Any) -> bytes:
        """The package with another book, everything else made to fit and signed anew."""

        def change(files: tamper.Files) -> None:
            files[BOOK] = data

        return self.forged(change, **options)

    def raw_manifest(self, change: Callable[[bytes], bytes]) -> bytes:
        """The signed package with the manifest's bytes changed."""

        def bend(files: tamper.Files) -> None:
            before = files[NAME]
            files[NAME] = change(before)
            assert files[NAME] != before

        return self.bent(bend)


def edited(**values: Any) -> Callable[[Manifest], Manifest]:
    return lambda manifest: msgspec.structs.replace(manifest, **values)


def with_file(manifest: Manifest, path: str, **values: Any) -> Manifest:
    """The manifest with one file's line changed and its id made to fit."""
    files = tuple(
        msgspec.structs.replace(one, **values) if one.path == path else one for one in manifest.files
    )
    changed = msgspec.structs.replace(manifest, files=files)
    return msgspec.structs.replace(changed, id=content_id(changed))


@dataclass(frozen=True)
class Case:
    """One attack: how it is made, and which codes may refuse it."""

    group: str
    name: str
    codes: frozenset[str]
    make: Callable[[Ground], bytes]
    any_: bool = True
    """Judged with ``--any``, the more forgiving way; not so where only our own bytes are at stake."""
    kinds: frozenset[VerdictKind] = frozenset({VerdictKind.REFUSED})
    anchors: Callable[[], Any] = field(default=lambda: ANCHORS)
    pdf: bool = False

    @property
    def id(self) -> str:
        return f"{self.group}: {self.name}"


class Table(list[Case]):
    """Cases of one group."""

    def __init__(self, group: str, **common: Any) -> None:
        super().__init__()
        self._group = group
        self._common = common

    def case(self, name: str, codes: str, make: Callable[[Ground], bytes], **options: Any) -> None:
        """``codes`` with spaces between."""
        self.append(Case(self._group, name, frozenset(codes.split()), make, **{**self._common, **options}))

    def foreign(self, name: str, codes: str, make: Callable[[], bytes], **options: Any) -> None:
        """A case that needs no package of ours."""
        self.case(name, codes, lambda ground: make(), **options)
