"""Compiles ``i18n/*/LC_MESSAGES/*.po``: our own sentences to ``.mo``, Qt's to the ``.qm`` it loads.

Run as a script, it compiles the catalogues of the checkout in place.
"""

from __future__ import annotations

import io
import struct
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

QT_DOMAIN = "qtbase"
"""The catalogue of Qt's own texts; its ``msgctxt`` is Qt's context, its ``msgid`` Qt's English source."""

_QM_MAGIC = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
_QM_LANGUAGE, _QM_HASHES, _QM_MESSAGES = 0xA7, 0x42, 0x69
_END, _TRANSLATION, _SOURCE, _CONTEXT = 1, 3, 6, 7


def compile_all(catalogues: Path, target: Path) -> list[Path]:
    """Compile every catalogue under ``catalogues`` into the same folders under ``target``; the files written.

    A file that is newer than its source and the same bytes as before is left alone, so that several
    test runs in one checkout never see a half-written catalogue.
    """
    written = []
    for source in sorted(catalogues.glob("*/LC_MESSAGES/*.po")):
        relative = source.relative_to(catalogues)
        with source.open("rb") as file:
            catalogue = read_po(file, locale=relative.parts[0], domain=source.stem, abort_invalid=True)
        if source.stem == QT_DOMAIN:
            compiled, data = target / relative.with_suffix(".qm"), qm(catalogue)
        else:
            compiled, data = target / relative.with_suffix(".mo"), _mo(catalogue)
        compiled.parent.mkdir(parents=True, exist_ok=True)
        if not compiled.is_file() or compiled.read_bytes() != data:
            fresh = compiled.with_suffix(compiled.suffix + ".new")
            fresh.write_bytes(data)
            fresh.replace(compiled)
        else:
            compiled.touch()
        written.append(compiled)
    return written


def _mo(catalogue: Catalog) -> bytes:
    target = io.BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


def qm(catalogue: Catalog) -> bytes:
    """The catalogue as Qt's ``lrelease`` would write it; that tool comes only with 240 MB of PySide6."""
    messages = bytearray()
    places = []
    for entry in catalogue:
        if (
            not (isinstance(entry.id, str) and entry.id and isinstance(entry.string, str) and entry.string)
            or entry.fuzzy
        ):
            continue
        source, context = entry.id.encode(), (entry.context or "").encode()
        places.append((_elf_hash(source), len(messages)))
        messages += _tagged(_TRANSLATION, entry.string.encode("utf-16-be"))
        messages += _tagged(_SOURCE, source) + _tagged(_CONTEXT, context)
        messages.append(_END)
    hashes = b"".join(struct.pack(">II", *place) for place in sorted(places))
    language = str(catalogue.locale or "").encode()
    sections = ((_QM_LANGUAGE, language), (_QM_HASHES, hashes), (_QM_MESSAGES, bytes(messages)))
    return _QM_MAGIC + b"".join(_tagged(tag, data) for tag, data in sections)


def _tagged(tag: int, data: bytes) -> bytes:
    return struct.pack(">BI", tag, len(data)) + data


def _elf_hash(text: bytes) -> int:
    value = 0
    for letter in text:
        value = (value << 4) + letter
        high = value & 0xF0000000
        if high:
            value ^= high >> 24
        value &= ~high
    return value or 1


if __name__ == "__main__":
    here = Path(__file__).resolve().parent.parent / "i18n"
    for path in compile_all(here, here):
        print(path.relative_to(here.parent))
