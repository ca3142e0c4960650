"""Regions guessed from names: only where one is meant."""

from __future__ import annotations

import pytest

from desktop.submission.register.guessing import guessed_region
from desktop.workspace.regions import regions


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("35.07 Kabupaten Malang",), "35.07"),
        (("3507.asice",), "35.07"),
        (("35.07.pdf",), "35.07"),
        (("18.07.pdf",), ""),
        # beside words figures are a day or a letter's number as often
        (("paket_3507_final.asice",), ""),
        (("paket 3507.zip",), ""),
        (("3507", "scan0001.jpg"), "35.07"),
        # one in twenty of a camera's numbers is some region's code
        (("IMG_1107.jpg",), ""),
        (("Surat 1107 tahun 2026.pdf",), ""),
        (("foto 1207.jpg",), ""),
        (("3507 Malang.pdf",), "35.07"),
        (("foto 18.07.jpg",), ""),
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
        # below a region's own folder names are of whatever things are about
        (("35.07", "Kota Surabaya.pdf"), "35.07"),
        (("18.07", "Proposal.pdf"), "18.07"),
        # unless what stands above may be the day on which it came, or a word
        (("18.07", "Kota Malang.pdf"), ""),
        (("Masuk 12.11", "Kab. Malang", "masterplan.pdf"), "35.07"),
        (("1311", "3509 Kabupaten Jember"), ""),
        (("Batu", "Kota Malang"), ""),
        (("Masuk 12.11", "3509"), "35.09"),
        (("1311", "Jember", "a.pdf"), ""),
        (("12.11 Dairi", "Kab. Malang"), "12.11"),
        (("3507 Kabupaten Malang", "Studi banding Kota Surabaya", "laporan.pdf"), "35.07"),
        (("18 Lampung", "18.07", "Aplikasi SIAK"), "18.07"),
        (("18 Lampung", "18.07 x", "Aplikasi SIAK"), ""),
        # and a region's name beside words is what something is about, or a word
        (("Masterplan Jember.zip",), ""),
        (("Masterplan Banyuwangi 12.11.zip",), ""),
        (("Dokumen Ngawi", "MoU Kab. Malang.pdf"), ""),
        (("Jember", "MoU dengan Kabupaten Malang.pdf"), "35.09"),
        (("Jember", "Masterplan Kabupaten Malang.pdf"), ""),
        # of the smart city of a name no more is known than of the name
        (("Masterplan Smart City Bogor.pdf",), ""),
        (("Smart City Bandung Barat",), ""),
        (("Smart City Gorontalo", "Kab. Boalemo"), "75.02"),
        (("Smart City Gorontalo", "scan0001.pdf"), ""),
        (("3201 Smart City Bogor",), "32.01"),
        (("Kab. Bogor - Masterplan Smart City Bogor.pdf",), "32.01"),
        (("Masterplan Kota Cerdas Kab. Jember.pdf",), "35.09"),
        (("SK Bupati Bogor Dewan Smart City Bogor.pdf",), ""),
        (("Surat Bupati Malang kepada Wali Kota Malang.pdf",), ""),
        (("Nota Pemkot Bogor dan Kabupaten Bogor.pdf",), ""),
        (("Surat Wali Kota Malang.pdf",), "35.73"),
        (("Surat Bupati - Kab. Malang.pdf",), "35.07"),
        # a word more is another region, or one that has another name today
        (("Kota Tangerang Sel.",), ""),
        (("Kab. Bandung Brt",), ""),
        (("Kab. Aceh Barat Dy",), ""),
        (("Kota Padang Sidempuan", "18.07.pdf"), ""),
        (("Kab. Mamuju Utara",), ""),
        (("Surat Wali Kota Batu Bara.pdf",), ""),
        (("Masterplan Kabupaten Pidie Ja.asice",), ""),
        # but for what everybody writes beside it, and its province
        (("Kab. Malang, Jawa Timur",), "35.07"),
        (("Kota Yogyakarta, DIY",), "34.71"),
        (("Kota Yogyakarta - Daerah Istimewa Yogyakarta",), "34.71"),
        (("Prov. Sumatera Utara - Kab. Nias Utara",), "12.24"),
        (("kabupatenlampungtimur.zip",), "18.07"),
        (("Surat Pengantar Bupati - Masterplan Smart City Kab. Jember 2027-2031 rev2 ttd.pdf",), "35.09"),
        (("01 Ngawi",), "35.21"),
        (("Terima 18.07", "surat.pdf"), ""),
        # a number beside another region's name is a letter's, or a slip in either
        (("Agenda 3271 Kabupaten Jember", "masterplan.pdf"), ""),
        (("No. 7371 - Kota Batu",), ""),
        (("3507 Kota Malang",), ""),
        (("3507 Kota Malang", "Studi banding Kota Surabaya.pdf"), ""),
        (("Surat 1807 Kab. Malang",), ""),
        (("3507 Malang",), "35.07"),
        (("18.07 Lampung Timur - studi banding Kab. Malang",), "18.07"),
        (("Masuk 12.11", "Agenda 3271 Kabupaten Jember"), ""),
        # a word in a paper's name is as often no place
        (("Aplikasi SIAK Dukcapil.pdf",), ""),
        (("Foto kota baru.jpg",), ""),
        (("Grafik batang.png",), ""),
        (("Foto Kota Batu.jpg",), "35.79"),
        (("Masterplan Kab. Siak.pdf",), "14.08"),
        (("Foto rapat 12 Nov 2026 14.05.jpg",), ""),
        (("Rapat 12 November 2026 13.05",), ""),
        (("Rapat Senin 13.05 WIB.jpg",), ""),
        (("Foto 11.15 WIB.jpg",), ""),
        (("Zoom 12 November 2026 (13.10).png",), ""),
        (("Notula 12 November 2026 11.15-12.10.pdf",), ""),
        (("Kunjungan 5 Des 14.07",), ""),
        (("73.09 Maros",), "73.09"),
        (("35.07 dan 35.73.zip",), ""),
        (("20261124.pdf",), ""),
        (("99.99.asice",), ""),
        (("",), ""),
        # days and hours are no codes, though a third of all days are some region's
        (("Surat Pengantar 17-08-2026.pdf",), ""),
        (("Masterplan final 14.07.26.pdf",), ""),
        (("Scan 21 05 2026.pdf",), ""),
        (("WhatsApp Image 2026-12-25 at 13.05.22.jpeg",), ""),
        (("IMG_20261225_1305.jpg",), ""),
        (("Foto pukul 13.05.jpg",), ""),
        (("rapat 11.01.2026 jam 14.07 di 18.07.pdf",), ""),
        (("18.07_2026-11-20.zip",), "18.07"),
        (("2026 18.07.zip",), "18.07"),
        # with another mark it is one only beside the region's name
        (("35-07.pdf",), ""),
        (("35-07 Malang.pdf",), "35.07"),
        (("x" * 4000,), ""),
        # the list itself writes one name shortened
        (("Kabupaten Kep. Siau Tagulandang Biaro",), "71.09"),
        (("Kab. Kepulauan Siau Tagulandang Biaro",), "71.09"),
    ],
)
def test_names(names, code):
    assert guessed_region(*names) == code


@pytest.mark.parametrize(
    ("name", "within", "code"),
    [
        ("Masuk 12.11", ("surat.pdf", "Kab. Malang - masterplan.pdf"), ""),
        ("1311", ("3523 Kabupaten Tuban.zip",), ""),
        ("1311", ("Foto kota baru.jpg", "Aplikasi SIAK.pdf", "scan0001.pdf"), "13.11"),
        ("1311", ("13.11 surat.pdf", "Kabupaten Solok Selatan.pdf"), "13.11"),
        ("12.11 Dairi", ("Kab. Malang.pdf",), "12.11"),
        ("3507", ("Studi banding Kota Surabaya.pdf",), "35.07"),
        # what lies in a folder says against it, never what it is
        ("kiriman", ("Kab. Malang.pdf",), ""),
    ],
)
def test_what_lies_in_a_folder_may_say_that_its_code_is_a_day(name, within, code):
    assert guessed_region(name, within=within) == code


@pytest.mark.parametrize(
    "form", ["{name}", "{code}", "{plain}", "{code} {name}", "{plain}_{name}", "{name} ({code})"]
)
def test_every_region_is_known_by_its_code_its_name_and_both(form):
    named = {
        each.code: form.format(code=each.code, plain=each.code.replace(".", ""), name=each.name)
        for each in regions()
    }
    assert len(named) == 514
    for code, name in named.items():
        assert guessed_region(name) == code
        assert guessed_region(name, "scan0001.pdf") == code


@pytest.mark.parametrize("form", ["{}", "Masterplan {}.pdf", "{} final"])
def test_no_name_that_is_cut_off_or_shortened_is_the_neighbours(form):
    names = {each.name for each in regions()}
    for each in regions():
        *front, last = each.name.split()
        for size in range(1, len(last)):
            cut = " ".join([*front, last[:size]])
            # Kota Padangsidimpuan ends as Kota Padang in the middle of a word
            if cut not in names:
                assert guessed_region(form.format(cut)) in {"", each.code}, cut
