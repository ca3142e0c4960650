"""What may stand as a person's name, office and number where officials sign, and what is a sentence."""

from __future__ import annotations

import json

import pytest

from desktop.base.resources import resource
from desktop.workspace.appellations import OfficeWords, is_name, is_number

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
"""As they stand in decrees; none of them is told."""
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
)
WORDS = OfficeWords.of(
    ("Kabupaten Lampung Timur", "Lampung", "head_of_region"), ("Dinas Kominfo", "RSUD Sukamaju Sentosa Utang")
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
    "",
)
NO_OFFICES = (
    "Bupati Lampung Timur yang dengan ini menyetujui pinjaman daerah Rp500 miliar dari PT Maju Sentosa",
    "Bupati Lampung Timur Menanggung Utang",
    "Sekretaris Daerah menyerahkan tanah",
    "Bupati; Sekretaris Daerah",
    "Direktur RSUD Sukamaju Utang",
    "Kepala " * 17,
    "Bupati Jawa Timur",
)
NUMBERS = (
    "197001011990031001", "19700101 199003 2 001", "NIP. 197001011990031001", "NRP 12345678", "1", "-", ""
)  # fmt: skip
NO_NUMBERS = (
    "197001011990031001. Dengan ini disetujui pinjaman daerah Rp500 miliar", "Rp500 1", "1" * 40, "NIP",
)  # fmt: skip


@pytest.mark.parametrize("name", ["", *NAMES])
def test_names_of_officials_look_like_names(name) -> None:
    assert is_name(name)
    assert is_name(name.upper())


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_is_no_name(text) -> None:
    assert not is_name(text)


@pytest.mark.parametrize(
    ("text", "fits"), [*((one, True) for one in OFFICES), *((one, False) for one in NO_OFFICES)]
)
def test_an_office_is_made_of_words_of_government_and_of_the_region(text, fits) -> None:
    assert WORDS.has(text) is fits


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
    assert not [one for one in offices if not WORDS.has(one)]
