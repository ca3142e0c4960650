"""Data files of a package of ours that every other reader takes for a part of the container's frame."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from desktop.submission.frame.asic import MANIFEST_NAME, manifest_xml
from desktop.submission.frame.container import data_files
from desktop.submission.manifest import NAME, content_id
from desktop.submission.xades.writing import sign_xades
from tests.submission import tamper
from tests.submission.hostile.ground import BUDI, ISSUER, NOW, SIGNATURE, Ground, Table
from tests.submission.making import PHOTO, TEAM

CASES = Table("frame")


def renamed(name: str) -> Callable[[Ground], bytes]:
    """The photo under another name, listed and signed by the team like any other file."""

    def make(ground: Ground) -> bytes:
        files, manifest = tamper.read(ground.both)
        content = {**files, name: files[PHOTO]}
        lines = [
            msgspec.structs.replace(one, path=name) if one.path == PHOTO else one for one in manifest.files
        ]
        lines.sort(key=lambda one: one.path.encode())
        manifest = msgspec.structs.replace(manifest, files=tuple(lines))
        manifest = msgspec.structs.replace(manifest, id=content_id(manifest))
        ordered = {one.path: content[one.path] for one in manifest.files}
        ordered[NAME], ordered[MANIFEST_NAME] = manifest.to_bytes(), manifest_xml(data_files(manifest))
        ordered[SIGNATURE] = sign_xades(data_files(manifest), BUDI.signer(ISSUER), 0, NOW, (TEAM,))
        return ground.packed(ordered, manifest)

    return make


for title, name in (
    ("another's signature file", "META-INF/signatures-bupati.xml"),
    ("a second number", "META-INF/signatures00.xml"),
    ("signatures in another form", "META-INF/signature.p7s"),
    ("a manifest of ASiC", "META-INF/ASiCManifest.xml"),
    ("a manifest of a publication", "META-INF/container.xml"),
    ("a timestamp", "META-INF/timestamp.tst"),
    ("an evidence record", "META-INF/evidencerecord.ers"),
    ("a folder of its own", "META-INF/foto/1.jpg"),
    ("small letters", "Meta-Inf/foto.jpg"),
    ("Greek letters", "\u039cETA-INF/signatures1.xml"),
):
    CASES.case(f"{title} among the data", "content.extra", renamed(name))
