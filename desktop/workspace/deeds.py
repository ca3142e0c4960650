"""Words that make a sentence of what should be a name or an office: of approving, paying, excepting, denying.

No list of what may stand there: of names and offices there are ever more than any list knows.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import product

_OLD_SPELLING = (("tj", "c"), ("dj", "j"), ("nj", "ny"), ("sj", "sy"), ("oe", "u"))
_TWICE = re.compile(r"(.)\1+")
_SHORT = 5
"""A letter amiss in a shorter word makes another word of it: *Belli* is not *beli*."""


def folded(word: str) -> str:
    """A word as it is looked up: its letters alone, old spelling and letters amiss as of today."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(sign for sign in plain if sign.isalpha())
    for old, new in _OLD_SPELLING:
        plain = plain.replace(old, new)
    if len(plain) <= _SHORT and "v" not in plain:
        return plain
    return _TWICE.sub(r"\1", plain.replace("y", "i").replace("v", "u"))


def _lookup(words: str) -> frozenset[str]:
    return frozenset(folded(word) for word in words.split())


_STEMS = (
    "setuju nyetuju sah ngesah bayar pinjam minjam utang hutang jual beli serah nyerah gadai hibah lepas "
    "tolak nolak terima nerima jamin tanggung nanggung janji sepakat nyepakat nyata kuasa nguasa alih lunas "
    "transfer kirim ngirim cair minta tandatangan nandatangan paraf putus mutus izin ngizin ijin ngijin sewa "
    "nyewa lelang batal cabut hapus bebas milik ganti tagih nagih setor nyetor pindah mindah tukar nukar "
    "hadiah anugerah borong kontrak ngontrak kabul ngabul rela akui ngakui tunda nunda kecuali ngecuali"
)
_BEFORE = ("me", "mem", "men", "meng", "meny", "di", "ter", "ber", "memper", "diper")
_BEHIND = ("", "i", "kan", "nya", "kannya", "inya", "lah")
_MADE = frozenset(folded("".join(made)) for made in product(_BEFORE, _STEMS.split(), _BEHIND))
_ASKED = frozenset(folded(stem + "kan") for stem in _STEMS.split())
_SAID = (
    "setuju setujui tandatangani lunasi memberi memberikan diberikan berikan pinjaman utang hutang bersedia "
    "sepakat lunas bahwa telah sudah belum tidak tersebut semuanya wajib "
    "rupiah miliar milyar triliun trilyun dolar usd idr pt cv tbk "
    "approve approves approved approval pays paid sells sold borrow borrows borrowed loan loans owes hereby "
    "agrees agreed accepts accepted transferred million billion trillion"
)
DEEDS = _MADE | _ASKED | _lookup(_SAID)
"""One of these makes a sentence, wherever it stands."""
IN_OFFICES = _lookup(
    "tanpa maka agar supaya akan oleh ini itu sah jual bayar gadai beri pinjam rp juta ratus ribu"
)
"""And one of these in an office; somebody may be called so."""
_ALONE = (
    "yang untuk dengan kepada dari ke dan atau serta seluruh semua sebagai selaku atas persetujuan hutan "
    "utan adat milik tanah ulayat aset bank beli tolak lepas jaminan anggaran proyek lelang dana uang serah "
    "izin bupati gubernur walikota presiden menteri sekda sekretaris kepala dinas badan bagian kabupaten "
    "provinsi daerah pemerintah perusahaan company paraf secretary regent"
)
ALONE = IN_OFFICES | _lookup(_ALONE)
"""Somebody is called by one of these now and then, and nobody by two."""
_NOBODY = "kecuali selain bukan hanya jika apabila bilamana asalkan except unless without"
BARE = _lookup("jual bayar gadai") | _lookup(_NOBODY)
"""Verbs without anything before them, and what excepts: nobody's name but his first."""
_RESERVING = (
    # what excepts, limits and holds back
    "kecuali pengecualian selain daripada melainkan hanya cuma saja semata sekadar sekedar sebatas sebagian "
    "separuh minus sampai hingga except excepting excluding excludes besides than apart only solely merely "
    "partly partially save barring until till pending "
    # what makes it depend on something
    "jika jikalau kalau bila bilamana apabila asal asalkan sepanjang selama andai andaikan seandainya "
    "sekiranya manakala sebelum sesudah setelah sejak ketika meski meskipun walau walaupun kendati biarpun "
    "sekalipun namun tetapi tapi padahal sedangkan if unless when whenever provided providing although "
    "though however but "
    # what denies
    "bukan bukanlah tak tiada tidaklah belumlah jangan enggan without not never nor neither cannot"
)
RESERVES = _lookup(_RESERVING)
"""An office with one of these would sign with an exception. They are words of grammar, of which no language
makes new ones: such a list has an end."""
RESERVED = re.compile(
    r"\bdi ?luar (?!negeri|sekolah|panti|kawasan|kampus|ruang|jam|pengadilan|hubungan)"
    r"|\bdengan (?:catatan|syarat)\b|\bsubject to\b|\b(?:as|so) long as\b|\bno (?!\d)"
)
"""The same in several words, of a text in small letters."""
AS_USUAL = re.compile(
    r"\b(?:penyakit tidak menular|kawasan tanpa rokok|(?:barang|benda|aset|harta) (?:tidak|tak) bergerak"
    r"|belanja tidak (?:langsung|terduga)|rumah tidak layak huni|(?:pegawai|guru|tenaga) tidak tetap"
    r"|budaya tak ?benda|hasil hutan bukan kayu|(?:mineral|galian) bukan logam|keuangan bukan bank"
    r"|(?:penerimaan|pendapatan)(?: negara| daerah)? bukan pajak|pangan bukan beras"
    r"|(?:keterangan|daerah) asal|asal usul|informasi(?: publik)?(?: yang)? dikecualikan)\b"
)
"""What offices have in their names, of a text in small letters."""
VERB = re.compile(r"di\w{4,}kan|me\w{4,}kan|me(?:ng|ni|n|m)\w{4,}i|(?:memper|diper|keber)\w+")
"""Others with what is put before and behind them, as they are looked up."""
