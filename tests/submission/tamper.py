"""Packages changed by somebody who knows the format: a perfect frame around other content."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from desktop.submission.frame.asic import MANIFEST_NAME, manifest_xml, own_signature_number
from desktop.submission.frame.container import PackageWriter, data_files
from desktop.submission.manifest import NAME, Manifest, content_id, read_manifest

Files = dict[str, bytes]


def read(package: Path) -> tuple[Files, Manifest]:
    """Every file of a package in order (without ``mimetype``), and its manifest."""
    with zipfile.ZipFile(package) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name != "mimetype"}
    return files, read_manifest(files[NAME])


def write(files: Files, manifest: Manifest, target: Path) -> Path:
    """A package with a canonical frame and exactly these files in this order."""
    with target.open("w+b") as out:
        writer = PackageWriter(out, manifest.moment)
        for name, data in files.items():
            writer.add(name, [data])
        writer.finish()
    return target


def forge(
    package: Path,
    target: Path,
    change: Callable[[Files], None],
    edit: Callable[[Manifest], Manifest] | None = None,
) -> Path:
    """The package with changed files, its manifests made to fit again; signatures stay as they were."""
    files, manifest = read(package)
    change(files)
    packed = []
    for file in manifest.files:
        if file.path not in files:
            continue
        data = files[file.path]
        new = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        signed = msgspec.structs.replace(file.signed, **new) if file.signed else None
        packed.append(msgspec.structs.replace(file, signed=signed, **({} if signed else new)))
    manifest = msgspec.structs.replace(manifest, files=tuple(packed))
    manifest = edit(manifest) if edit else manifest
    manifest = msgspec.structs.replace(manifest, id=content_id(manifest))
    signatures = {name: data for name, data in files.items() if own_signature_number(name) is not None}
    ordered = {file.path: files[file.path] for file in manifest.files if file.path in files}
    frame = {NAME: manifest.to_bytes(), MANIFEST_NAME: manifest_xml(data_files(manifest))}
    return write({**ordered, **frame, **signatures}, manifest, target)
