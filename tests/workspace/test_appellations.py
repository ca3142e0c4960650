"""What may stand as a person's name, office and number where officials sign, and what is a sentence."""

from __future__ import annotations

import csv
import json

import pytest

from desktop.base.resources import resource
from desktop.workspace.appellations import is_name, is_number, is_office
from tests.workspace.officials import MORE_NAMES, MORE_OFFICES

NAMES = (
    "Dr. H. Arinal Djunaidi, S.E., M.M.",
    "Prof. Dr. Ir. H. Andi, S.T., M.T., M.Eng.Sc., IPU., ASEAN Eng.",
    "I Gusti Agung Ayu Bintang Darmawati, S.E., M.Si.",
    "Ir. H. Joko Widodo",
    "dr. Hj. Siti Nurhaliza, Sp.PD-KGEH.",
    "Laksamana Pertama TNI (Purn.) Andi",
    "Tengku Raja Muhammad Abdul Aziz bin Sultan Mahmud",
    "Raden O’Neil-Smith",
    "Kombes Pol. (Purn.) Drs. Suharto, S.I.K., M.H.",
    "Budi Santoso SE MM",
    "BUDI SANTOSO, S.SOS., M.SI.",
    "Dr.Ir.Suharto, M.T.",
    "H.M. Yusuf",
    "K.H. Ma'ruf Amin",
    "Anak Agung Gde Ngurah Ari Dwipayana",
    "Cokorda Istri Agung Sri Sumantri",
    "Drs. Made Alit, Ak., CA., CPA.",
    "Dra. Siti Aminah (almh.)",
    "Mayjen TNI (Purn) Dr. Sudrajat, S.IP., M.P.A.",
    "Andi, A.Md.Kom.",
    "Rahmat Hidayat, S.STP., M.A.P.",
    "Ns. Dewi Lestari, S.Kep., M.Kep.",
    "apt. Rina Marlina, S.Farm.",
    "drg. Bambang Wijaya, Sp.Ort.",
    "drh. I Ketut Diarmita, M.P.",
    "Pdt. Dr. Yohanes Baptista Don Bosco Wangge, M.Th.",
    "Drs. H. Moh. Ramli, M.Si",
    "Muh. Rizal Effendi, S.Pd.I., M.Pd.I.",
    "H. Abd. Rahman, S.Ag., M.HI.",
    "Teuku Riefky Harsya, B.Sc., M.T.",
    "Maria Theresia Ballo, S.Hut., M.Sc., Ph.D.",
    "Ni Luh Putu Eka Wahyuni, S.Tr.Keb., Bd.",
    "R. Ng. Soedarsono",
    "Drs. A. A. Ngr. Oka",
    "Sayed Ja'far Al-Idrus",
    "Fakhrul Rozi bin Abdullah",
    "Lalu Muhamad Iqbal, S.I.P., M.Si.",
    "Olly Dondokambey, S.E.",
    "Elly Engelbert Lasut",
    "dr. Nova Riyanti Yusuf, Sp.K.J.",
    "Irjen Pol. (Purn.) Dr. H. Ahmad Luthfi, S.H., S.St.M.K.",
    "Hj. Sri Wahyuningsih, S.K.M., M.Kes.",
    "Bunga Contoh (contoh)",
    "Ir. Tri Rismaharini, M.T.",
    "Bambang Sutrisno, S.Kom., M.Cs., CGCAE., CRMP., QIA.",
    "Hendra, A.Md., S.ST., M.Ec.Dev.",
    "Agus Contoh, S.Si., M.URP., M.Sc.",
    "Simon Petrus Kamlasi, S.Pt",
    "La Ode Muhammad Rusman Emba, S.T.",
    "Alexander Krisdianto Paulus Mudeng Ratu Langi",
    "Sri Sultan Hamengku Buwono X",
    "G.K.R. Hemas",
    "Rr. Endang Widuri, S.S., M.Hum.",
    "Tb. Ace Hasan Syadzily",
    "Muhammad Rizky Adi Putra Pratama, S.Tr.IP.",
    "Oleh Soleh",
    "Jend. TNI (Purn.) Wiranto, S.I.P.",
    "Nurul Qomaril Arifin, S.Pd.SD., MM.Pd.",
    "Ferdinandus, S.Fil., M.Th., Lic.Th.",
    "Ratna Dewi, Dipl.-Ing., MBA",
    "Dr. (H.C.) Ir. Budi Karya Sumadi",
    "Akhmad Wiyagus, A.Md., S.E.Sy.",
    "Drs. Ec. H. Supriyanto, MM",
    "H. Zainal Arifin Paliwang S.H., M.Hum.",
    "Prof. Dr. H. M. A. A. Yusuf, S.H., M.H.",
    "Budi, S.I.K.,M.I.P.",
    "Siti al-Jufri",
    "Budi",
)
"""As they stand in decrees; none of them is told. Others: tests/workspace/officials.py."""
SENTENCES = (
    "Bunga Contoh menyerahkan tanah ulayat guna. usaha. emas. pasir. laut. milik. Jaya. Abadi. Tama.",
    "Andi Contoh, yang dengan ini menyetujui pinjaman daerah Rp500 miliar dari PT Maju Sentosa",
    "dari PT Maju Sentosa Abadi",
    "dan Bupati bersedia menanggung semuanya",
    "Utang. Ke. Bank. Setuj. Penuh.",
    "Sutrisno (Sudah paraf); Bupati menyetujui Rp500.000.000",
    "Andi Contoh, S.E., Setuju. Utang. Bank.",
    "Bunga Contoh Serahkan Seluruh Hutan Adat",
    "Andi Contoh Menyerahkan Hutan",
    "Andi Contoh, S.E., Mulai Besok Jalan Tol Milik Swasta",
    "Budi, S.E.; Bupati",
    "Budi 2",
    "Andi Contoh, S.E.T.U.J.U.",
    "Andi Contoh U T A N G",
    "x" * 200,
    "Andi Contoh-Menyetujui-Pinjaman-Daerah-Lima-Ratus-Miliar-Rupiah-dari-PT-Maju-Sentosa-Abadi",
    "Andi-menyetujui-pinjaman-daerah",
    "Andi'menyetujui'pinjaman",
    "Andi Contoh'Menyetujui'Pinjaman",
    "Andi Contoh-Menyetujui Pinjaman-Daerah",
    (
        "Bunga Contoh menyerahkan tanah ulayat kampung nelayan guna. usaha. emas. pasir. laut. milik."
        " Jaya. Abadi. Tama. Grup."
    ),
    "Andi Contoh J.U.A.L. A.S.E.T. K.E. P.T. M.A.J.U.",
    "Andi Contoh ME.N.Y.E.TU.J.U.I. P.I.N.J.A. M.A.N. R.P. L.I.M.A. R.A.T.U.S. M.I.L.I. A.R.",
    "Andi Contoh, S.E.T.U.J.U",
    "Andi Contoh, S.H., J.U.A.L. H.U.T.A.N. K.E. P.T.",
    "Andi Contoh J U A L",
    "Andi Contoh JU-AL HU-TAN",
    "Andi Contoh Jual",
    "Andi Contoh Jvaal",
    "Andi Contoh Djual Oetan",
    "Andi Contoh Menyetudjui Pindjaman",
    "Andi Contoh Menyetujuy Pinjamman",
    "Andi Contoh O'Jual",
    "Andi Contoh Al-Jual",
    "Andi Contoh Setuju-Pinjaman",
    "Andi Contoh Pinjaman-Daerah",
    "Andi Contoh Utang-Piutang Bank-Maju",
    "Andi Contoh Ju Al Hu Tan",
    "Andi Contoh Milik PT Maju",
    "Andi Contoh Hutan Adat Milik Sentosa",
    "Andi Contohan. Gubernur Lain",
    "Аndi Contoh",
    "Andi Contoh Nama Nama Nama Nama Nama Nama Nama Nama ",
    "Andi Contoh Hibahkan Semua",
    "Andi Contoh Serah Hutan",
    "Andi Contoh Pinjam Uang",
    "Andi Contoh Beri Izin Tambang Emas",
    "Andi J'ual",
    "Andi (Setuju)",
    "Andi Contoh Kecuali Lampiran",
    "Andi Contoh Selain Buku",
    "Andi Contoh Hanya Hadir",
    "Pelaksanaan Rencana Kota Cerdas Kabupaten Kami Tertunda Lama",
    "Perencanaan Pembangunan Kabupaten Ditentukan Kementerian Perhubungan",
    "Andi (a) (b) (c)",
    "andi contoh",
)
OFFICES = (
    "Bupati Lampung Timur",
    "Plt. Kepala Dinas Kominfo",
    "Penjabat (Pj.) Bupati Lampung Timur",
    "Wakil Bupati Lampung Timur selaku Ketua Tim",
    "Asisten I Bidang Pemerintahan a.n. Sekretaris Daerah",
    "Asisten 1, u.b. Kepala Bagian Hukum",
    "Pj. Sekretaris Daerah Kab. Lampung Timur",
    "Kepala Badan Perencanaan Pembangunan, Penelitian dan Pengembangan Daerah",
    "Plt. Kepala Dinas Komunikasi, Informatika, Statistik dan Persandian",
    "KEPALA DINAS PENANAMAN MODAL DAN PELAYANAN TERPADU SATU PINTU",
    "Direktur RSUD Sukamaju",
    "Bupati/Wali Kota",
    "Assistant for General Administration on behalf of the Regional Secretary",
    "head_of_region",
    "Kepala Dinas P3AP2KB",
    "Kepala DP3A",
    "Pejabat yang ditunjuk",
    "Pejabat yang Menjalankan Tugas Kepala Dinas",
    "Kepala Perangkat Daerah yang Membidangi Komunikasi dan Informatika",
    (
        "Plt. Kepala Badan Perencanaan Pembangunan, Penelitian dan Pengembangan Daerah Kabupaten Ogan"
        " Komering Ulu Selatan"
    ),
    "Kuasa Pengguna Anggaran",
    "Pejabat Penandatangan Kontrak",
    "Kepala Bidang Penerimaan dan Penagihan",
    "Kepala Seksi Persetujuan Bangunan Gedung",
    "Kepala Bidang Perlindungan dan Jaminan Sosial",
    "Kepala Bidang Mekanisasi Pertanian",
    "Menteri Dalam Negeri",
    "Gubernur D.I. Yogyakarta",
    "Gubernur D.K.I. Jakarta",
    "a.n. Bupati Lampung Timur, Sekretaris Daerah, u.b. Asisten Administrasi Umum",
    "Sekretaris II Tim Smart City 2025-2029",
    "Kepala Bidang Pengelolaan Kas dan Dana Transfer",
    "Kepala Dinas Kependudukan & Catatan Sipil",
    "Wakil Rektor I Bidang Akademik Institut Teknologi Sumatera (ITERA)",
    "Ketua Kelompok Kerja 3 (Smart Economy)",
    "Kepala Bidang Pelelangan Ikan",
    "Pejabat Pengganti",
    "Pejabat Yang Berwenang",
    "Pj. Sekretaris Daerah / Ketua TAPD",
    "",
)
NO_OFFICES = (
    "Bupati Lampung Timur yang dengan ini menyetujui pinjaman daerah Rp500 miliar dari PT Maju Sentosa",
    "Bupati Lampung Timur Menanggung Utang",
    "Sekretaris Daerah menyerahkan tanah",
    "Bupati; Sekretaris Daerah",
    "Direktur RSUD Sukamaju Utang",
    "Kepala " * 19,
    "Bupati Lampung Timur J.U.A.L. H.U.T.A.N.",
    "Bupati Lampung Timur, U.T.A.N.G. R.p. 5 0 0 M",
    "Bupati Lampung Timur – s.e.t.u.j.u",
    "Bupati / Pemerintah Jual Aset",
    "Sekretaris Daerah yang menyatakan seluruh anggaran telah disetujui",
    "Sekda Menyetujui Pinjaman Daerah Lima Ratus Miliar Rupiah",
    "Sdr. Sekda yth. tdk. ada. krn. sdg. cuti. Wakil. Semua. Setuju. Utang.",
    "Sekda. Paraf. Sudah. Sah. Semua. Final. Tetap. Utang. Baru. Ke. Bank. Setuj. Penuh.",
    "Bupati. Kekurangan ini diselesaikan",
    "Bupati Rp 5",
    "Bupati 500 M",
    "Bupati 5 0 0",
    "Direktur PT Maju Sentosa",
    "Direktur CV. Maju",
    "Bupati, S e t u j u",
    "Bupati; Ketua",
    "Bupati beri izin tambang emas",
    "Bupati memberi kuasa kepada Budi",
    "Bupati: Ketua",
    "Bupаti",
)
USUAL_OFFICES = (
    "Kepala Seksi Pencegahan dan Pengendalian Penyakit Tidak Menular dan Kesehatan Jiwa",
    "Ketua Satuan Tugas Kawasan Tanpa Rokok",
    "Kepala Seksi Hasil Hutan Bukan Kayu",
    "Kepala Subbidang Pajak Mineral Bukan Logam dan Batuan",
    "Bendahara Penerimaan Negara Bukan Pajak",
    "Kepala Bidang Lembaga Keuangan Bukan Bank",
    "Kepala Seksi Warisan Budaya Tak Benda",
    "Kepala Seksi Rumah Tidak Layak Huni",
    "Kepala Subbidang Aset Tidak Bergerak",
    "Kepala Subbidang Belanja Tidak Langsung",
    "Kepala Seksi Rehabilitasi Sosial di Luar Panti",
    "Kepala Seksi Perlindungan Pekerja di Luar Negeri",
    "Kepala Bidang Pengelolaan Informasi yang Dikecualikan",
    "Kepala Seksi Penerbitan Surat Keterangan Asal",
    "Kepala Bidang Hubungan Industrial dan Syarat Kerja",
    "Pejabat Sementara (Pjs.) Bupati Lampung Timur",
    "Kepala Subbagian Pendapatan Lain-lain",
    "Kepala Bidang Pendidikan Nonformal dan Informal",
    "Asisten Khusus Bupati", "Ketua RT No. 5", "Plh. Kepala Pelaksana BPBD", "Lurah Bukit Tunggal",
    "Kepala Bagian Administrasi Pembangunan Setda", "Kepala UPTD Pengelolaan Sampah Wilayah Barat",
    "Head of Other Revenue", "Regent of Lampung Timur", "Acting Secretary, Division No. 3",
)  # fmt: skip
"""Words of exception and denial that belong to the name of what they head."""
EXCEPTING = (
    "Bupati Lampung Timur kecuali Buku III",
    "Bupati Lampung Timur Selain Lampiran",
    "Bupati, Lampiran Dikecualikan", "Bupati dengan pengecualian Buku III", "Bupati Terkecuali Buku II",
    "Bupati tanpa Buku III", "Bupati bukan untuk Buku III", "Bupati hanya Buku I", "Bupati Hanya untuk Hadir",
    "Bupati cuma saksi", "Bupati sebatas saksi", "Bupati apabila anggaran tersedia",
    "Bupati jika DPRD sepakat", "Bupati asal Buku II lengkap", "Bupati sepanjang DPRD Hadir",
    "Bupati dengan syarat", "Bupati dengan catatan", "Bupati di luar Buku III", "Bupati (di luar lampiran)",
    "Bupati Di-luar Buku III", "Bupati sampai Buku II", "Bupati belum tentu", "Bupati namun Ragu",
    "Bupati Bukan Kayu", "Kepala Dinas Tidak Setia", "Sekretaris Daerah Tak Benda",
    "Regent except Book III", "Regent, excluding the annexes", "Regent other than for Book III",
    "Regent without Book III", "Regent, not for Book III", "Regent only as a witness", "Regent but no more",
    "Regent if funded", "Regent unless amended", "Regent provided it is funded", "Regent save Book III",
    "Regent subject to funding", "Regent as long as it is funded", "Regent, No Book III",
)  # fmt: skip
NUMBERS = (
    "197001011990031001", "19700101 199003 2 001", "NIP. 197001011990031001", "NRP 12345678", "1", "-", ""
)  # fmt: skip
NO_NUMBERS = (
    "197001011990031001. Dengan ini disetujui pinjaman daerah Rp500 miliar", "Rp500 1", "1" * 40, "NIP",
)  # fmt: skip


@pytest.mark.parametrize("name", ["", *NAMES, *MORE_NAMES])
def test_names_of_officials_look_like_names(name) -> None:
    assert is_name(name)
    assert is_name(name.upper())


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_is_no_name(text) -> None:
    assert not is_name(text)
    assert not is_name(text.upper()) or text == text.lower()


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        *((one, True) for one in (*OFFICES, *USUAL_OFFICES, *MORE_OFFICES)),
        *((one, False) for one in (*NO_OFFICES, *EXCEPTING)),
    ],
)
def test_an_office_is_what_it_says_it_is_and_no_sentence(text, fits) -> None:
    assert is_office(text) is fits
    assert is_office(text.upper()) is fits


@pytest.mark.parametrize(
    ("text", "fits"), [*((one, True) for one in NUMBERS), *((one, False) for one in NO_NUMBERS)]
)
def test_a_number_has_figures(text, fits) -> None:
    assert is_number(text) is fits


def test_the_people_of_the_example_are_people() -> None:
    """And its agencies' offices are offices, without a word of the plan's own besides the place."""
    people = json.loads(resource("demo", "people.json").read_bytes())["people"]
    agencies = json.loads(resource("demo", "agencies.json").read_bytes())["agencies"]
    offices = [text for one in people for text in one["office"].values()]
    offices += [one["head"] for one in agencies]
    assert not [one["name"] for one in people if not is_name(one["name"])]
    assert not [one for one in offices if not is_office(one)]


def test_every_region_has_a_secretary_with_an_office() -> None:
    rows = csv.reader(resource("regions", "regions.csv").read_text(encoding="utf-8").splitlines())
    regions = [row[3] for row in rows]
    assert len(regions) > 500
    assert not [one for one in regions if not is_office(f"Plt. Sekretaris Daerah {one}")]


def test_a_text_without_end_is_read_no_further() -> None:
    for sign in ("A.", "A ", "(", "A. ", "a-", "'", "1 "):
        assert not is_name(sign * 300_000)
        assert not is_office(sign * 300_000)
        assert not is_number(sign * 300_000)
