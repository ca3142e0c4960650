"""Names inside a package: what could lead out of a folder, overwrite, or deceive is refused."""

from __future__ import annotations

import pytest

from desktop.submission.names import MAXIMUM_LENGTH, check_name, check_names
from desktop.submission.refusal import Refused, code_of


def code(*names: str) -> str:
    try:
        check_names(names)
    except Refused as error:
        return code_of(error.message)
    return ""


@pytest.mark.parametrize(
    "name",
    [
        "a.pdf",
        "buku/Buku I – Analisis.pdf",
        "bukti/foto (1).jpg",
        "é.txt",
        "bukti/国.jpg",
        ".tersembunyi",
        "conto.pdf",
        "x & y's.txt",
    ],
)
def test_ordinary_names(name) -> None:
    check_name(name)
    assert code(name) == ""


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "name.length"),
        ("x" * (MAXIMUM_LENGTH + 1), "name.length"),
        ("/etc/passwd", "name.path"),
        ("../a", "name.path"),
        ("a/../../b", "name.path"),
        ("a/./b", "name.path"),
        ("a//b", "name.path"),
        ("a/", "name.path"),
        ("C:/a", "name.sign"),
        ("a\\b", "name.sign"),
        ("a:b", "name.sign"),
        ("a\0b", "name.sign"),
        ("a\nb", "name.sign"),
        ("laporan\u202efdp.exe", "name.sign"),
        ("a\u200bb", "name.sign"),
        ("a\ufeffb", "name.sign"),
        ("a\u00a0b", "name.sign"),
        ("a\ue000b", "name.sign"),
        ("e\u0301.txt", "name.form"),
        ("a. ", "name.edge"),
        (" a", "name.edge"),
        ("a.", "name.edge"),
        ("folder ./a", "name.edge"),
        ("CON", "name.device"),
        ("aux.txt", "name.device"),
        ("x/LPT1.pdf", "name.device"),
        ("com¹.txt", "name.device"),
    ],
)
def test_refused_names(name, why) -> None:
    assert code(name) == why


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (("a.pdf", "a.pdf"), "name.twice"),
        (("a.pdf", "A.PDF"), "name.twice"),
        (("straße", "STRASSE"), "name.twice"),
        (("ﬁle", "file"), "name.twice"),
        (("books/lōok.pdf", "books/look.pdf"), "name.twice"),
        (("books/lo\u0345ok.pdf", "books/look.pdf"), "name.twice"),
        (("surat/W\u00e0li.pdf", "surat/Wali.pdf"), "name.twice"),
        (("berita\u2010acara.pdf", "berita-acara.pdf"), "name.twice"),
        (("nota  dinas.pdf", "nota dinas.pdf"), "name.twice"),
        (("books\u2215look.pdf",), "name.sign"),
        (("a", "a/b"), "name.file_and_folder"),
        (("a/b/c", "A/B"), "name.file_and_folder"),
        (("META-INF/manifest.xml", "meta-inf/Manifest.xml"), "name.twice"),
    ],
)
def test_names_that_collide(names, why) -> None:
    assert code(*names) == why
