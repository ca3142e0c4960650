"""Names that lead out of a folder, overwrite each other or deceive their reader - signed by somebody with a key."""

from __future__ import annotations

from tests.submission.hostile.ground import CONTENT, Table, build, covered, item, items

CASES = Table("name")

for title, codes, name in (
    ("parent folder", "name.path", "../x.txt"),
    ("parent folder within", "name.path", "a/../../x.txt"),
    ("this folder", "name.path", "./x.txt"),
    ("absolute", "name.path", "/etc/passwd"),
    ("two slashes", "name.path", "a//x.txt"),
    ("folder", "name.path", "a/"),
    ("drive", "name.sign", "C:x.txt"),
    ("stream of a file", "name.sign", "surat2.txt:lain"),
    ("backslashes", "name.sign", "..\\x.txt"),
    ("network share", "name.sign", "\\\\host\\x.txt"),
    ("device", "name.device", "CON"),
    ("device with an ending", "name.device", "a/nul.txt"),
    ("device with a superscript", "name.device", "COM\u00b9.log"),
    ("device with a space", "name.device", "aux .txt"),
    ("device in full width", "name.device", "\uff23\uff2f\uff2e.txt"),
    ("slash in full width", "name.sign", "..\uff0fx.txt"),
    ("backslash in full width", "name.sign", "a\uff3cx.txt"),
    ("dots that normalise", "name.path", "a/\u2025/x.txt"),
    ("right to left", "name.sign", "surat\u202efdp.exe"),
    ("left to right mark", "name.sign", "surat\u200e.txt"),
    ("zero width joiner", "name.sign", "sur\u200dat.txt"),
    ("zero width space", "name.sign", "sur\u200bat.txt"),
    ("soft hyphen", "name.sign", "sur\u00adat.txt"),
    ("word joiner", "name.sign", "sur\u2060at.txt"),
    ("variation selector", "name.sign", "surat\ufe0f.txt"),
    ("Hangul filler", "name.sign", "surat\u3164.txt"),
    ("grapheme joiner", "name.sign", "sur\u034fat.txt"),
    ("Braille blank", "name.sign", "surat\u2800.txt"),
    ("tag characters", "name.sign", "surat\U000e0061.txt"),
    ("no-break space", "name.sign", "surat\u00a0.txt"),
    ("line end", "name.sign", "surat\n.txt"),
    ("escape", "name.sign", "\x1b[2Jx"),
    ("nothing", "name.sign", "surat\0.txt"),
    ("delete", "name.sign", "surat\x7f.txt"),
    ("private use", "name.sign", "surat\ue000.txt"),
    ("not composed", "name.form", "lampiran e\u0301.txt"),
    ("dot at the end", "name.edge", "surat.txt."),
    ("space at the end", "name.edge", "surat.txt "),
    ("space at the beginning", "name.edge", " surat.txt"),
    ("dot at a folder's end", "name.edge", "a./x.txt"),
    ("wildcard", "name.sign", "*.txt"),
    ("pipe", "name.sign", "|sh"),
    ("too long", "name.length", "x" * 300),
    ("other letters' case", "name.twice", "SURAT.TXT"),
    ("ligature", "name.twice", "lampiran \u00e9.\uff54xt"),
    ("look-alike letters", "name.twice", "surat.t\u0445t"),
    ("look-alike of a capital", "name.twice", "lampiran \u00c9.TXT"),
    ("file below a file", "name.file_and_folder", "surat.txt/x"),
    ("META-INF in small letters", "content.extra", "meta-inf/x.txt"),
    ("mimetype in a folder's place", "name.file_and_folder", "mimetype/x.txt"),
):
    CASES.foreign(title, codes, lambda name=name: covered({**CONTENT, name: b"x"}))


def raw(name: bytes, flags: int) -> bytes:
    files = items()
    files.insert(2, item(name, b"x", flags=flags))
    return build(files)


CASES.foreign("empty", "name.length", lambda: raw(b"", 0))
CASES.foreign("same name twice", "name.twice", lambda: raw(b"surat.txt", 0))
CASES.foreign("not ASCII and not said so", "zip.name_encoding", lambda: raw("é.txt".encode(), 0))
CASES.foreign("not UTF-8", "zip.name_encoding", lambda: raw(b"\xe9.txt", 1 << 11))
CASES.foreign("overlong UTF-8", "zip.name_encoding", lambda: raw(b"\xc0\xae\xc0\xae/x", 1 << 11))
CASES.foreign("surrogates", "zip.name_encoding", lambda: raw(b"\xed\xa0\x80.txt", 1 << 11))
