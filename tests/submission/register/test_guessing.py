"""Regions guessed from names: only where one is meant."""

from __future__ import annotations

import pytest

from desktop.submission.register.guessing import guessed_region


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("35.07 Kabupaten Malang",), "35.07"),
        (("paket_3507_final.pdf",), "35.07"),
        (("Kab. Malang",), "35.07"),
        (("usulan KOTA MALANG rev2.docx",), "35.73"),
        (("Malang.pdf",), ""),
        (("KabLampungTimur.zip",), "18.07"),
        (("lampung timur",), "18.07"),
        (("Jawa Timur", "scan0001.jpg"), ""),
        (("17 Bengkulu", "scan0001.jpg"), ""),
        (("34 Yogyakarta",), ""),
        (("Kota Jambi",), "15.71"),
        (("Kabupaten Lampung Timur", "scan0001.jpg"), "18.07"),
        (("18.07", "Kota Malang.pdf"), "35.73"),
        (("35.07 dan 35.73.zip",), ""),
        (("20261124.pdf",), ""),
        (("99.99.asice",), ""),
        (("",), ""),
        (("x" * 4000,), ""),
    ],
)
def test_names(names, code):
    assert guessed_region(*names) == code
