"""What the verifier must refuse, line by line: each item with the code that refuses it and its test.

A test is a case of the hostile set (by its id) or a function (``module::name``); a name that is gone, or
one that does not ask for the code, fails here.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from desktop.submission import Weight
from desktop.submission.codes import TABLE, find
from tests.submission.hostile.every import CASES

HERE = Path(__file__).parent
BY_ID = {case.id: case for case in CASES}
BOUNDED, VERIFYING, CODES, PROVING = "test_bounded", "test_verifying", "test_codes", "test_proving"

LIST: dict[str, dict[str, tuple[str, str]]] = {
    "ZIP framing": {
        "prepended data": ("zip.directory", "zip: program before it"),
        "prepended data, offsets moved": ("zip.gap", "zip: PDF before it, offsets moved"),
        "trailing data": ("zip.trailing", "zip: bytes after the end"),
        "hidden data": ("zip.gap", "zip: file hidden between files"),
        "gaps": ("zip.gap", "zip: bytes before the directory"),
        "two archives in one": ("zip.directory", "zip: another archive after it"),
        "an archive in the comment": ("zip.trailing", "zip: end record in the comment"),
        "local header differing from the central one": ("zip.headers_differ", "zip: other name inside"),
        "encrypted flag": ("zip.encrypted", "zip: encrypted"),
        "symlink": ("zip.not_a_file", "zip: symbolic link"),
        "overlap": ("zip.gap", "zip: files that share bytes"),
        "lying sizes": ("zip.size", "zip: larger than its file"),
        "ratio bomb": ("zip.bomb", "zip: ratio bomb"),
        "count bomb": ("zip.count", "zip: count bomb"),
        "comment not plain ASCII": ("zip.trailing", "zip: control characters in the comment"),
        "comment too long": ("zip.not_zip", "zip: long PDF in the comment"),
        "fields that say something twice": ("zip.extra", "zip: other path in a field"),
        "fields that only some programs obey": ("zip.extra", "insider: field of a link (ASi)"),
        "unknown ways of packing": ("zip.method", "zip: LZMA"),
        "names in no encoding": ("zip.name_encoding", "name: overlong UTF-8"),
        "a damaged stream": ("zip.deflate", "zip: not deflated"),
        "an archive cut short": ("zip.cut", f"{CODES}::test_an_archive_cut_within_a_name"),
        "our own layout written anew": ("zip.not_canonical", "own form: time of the files"),
        "more than 2 GB": ("zip.too_large", f"{BOUNDED}::test_more_than_two_gigabytes_are_refused_unread"),
    },
    "Names": {
        "..": ("name.path", "name: parent folder within"),
        "absolute": ("name.path", "name: absolute"),
        "drive letters": ("name.sign", "name: drive"),
        "backslash": ("name.sign", "name: backslashes"),
        "reserved device names": ("name.device", "name: device with an ending"),
        "bidi characters": ("name.sign", "name: right to left"),
        "zero-width characters": ("name.sign", "name: zero width space"),
        "not NFC": ("name.form", "name: not composed"),
        "trailing dot": ("name.edge", "name: dot at the end"),
        "trailing space": ("name.edge", "name: space at the end"),
        "duplicates": ("name.twice", "name: same name twice"),
        "duplicates after case folding": ("name.twice", "name: other letters' case"),
        "duplicates after NFKC": ("name.twice", "name: ligature"),
        "a file that is also a folder": ("name.file_and_folder", "name: file below a file"),
        "empty or too long": ("name.length", "name: too long"),
    },
    "Coverage": {
        "entries that the manifest does not list": ("content.extra", "coverage: file that nobody lists"),
        "listed files that are not there": ("content.missing", "coverage: file removed"),
        "references fewer than files": ("xades.coverage", "coverage: file listed but not signed"),
        "references more than files": ("xades.address", "coverage: file signed but not there"),
        "for each signature": ("xades.coverage", "coverage: second signature over less"),
        "META-INF by allow-list": ("content.extra", "coverage: CAdES signature"),
        "one bad signature refuses the whole": (
            "signature.unknown",
            "coverage: second signature of a stranger",
        ),
        "no signature refuses": ("xades.none", "coverage: no signature"),
        "signature files of no signature": ("xades.too_many", "coverage: signature file without signatures"),
        "each signature once": ("xades.twice", "hidden: the same signature twice"),
        "no documents": ("content.empty", "coverage: no files"),
        "other content than was signed": ("xades.digest", "coverage: content changed"),
        "other media types": ("xades.media_type", "coverage: media type of another"),
        "content changed": ("content.changed", "own content: data changed"),
        "content in another order": ("content.order", f"{VERIFYING}::test_files_in_another_order"),
        "the frame of ASiC": ("asic.differs", "zip: mimetype not first"),
    },
    "XML": {
        "no DTD": ("xml.forbidden", "xml: document type"),
        "no entity": ("xml.forbidden", "xml: a billion laughs"),
        "no processing instruction": ("xml.forbidden", "xml: processing instruction"),
        "no comment": ("xml.forbidden", "xml: comment in a role"),
        "UTF-8 only": ("xml.encoding", "xml: UTF-16"),
        "well-formed": ("xml.malformed", "xml: not closed"),
        "bounded": ("xml.too_large", "xml: too large"),
        "fixed structure": ("xml.structure", "xml: unknown property"),
        "unique Ids": ("xml.ids", "xml: doubled Id"),
        "only the node that was hashed": ("xml.ids", "xml: properties wrapped: false ones first"),
        "what was signed along is unchanged": ("xades.properties", "xml: role changed"),
        "our own form": ("xades.not_canonical", "own form: letter by its number"),
    },
    "Algorithms": {
        "no SHA-1 of a file": ("xades.algorithm", "algorithm: SHA-1 of a file"),
        "no SHA-1 of the certificate": ("xades.algorithm", "algorithm: SHA-1 of the certificate"),
        "no SHA-1 signature": ("xades.algorithm", "algorithm: SHA-1 signature"),
        "RSA of 2048 bits at least": ("xades.algorithm", "certificate: RSA of 1024 bits"),
        "no HMAC": ("xades.algorithm", "algorithm: HMAC with the public key"),
        "no KeyValue": ("xml.structure", "algorithm: bare RSA key"),
        "no transforms": ("xades.transform", "algorithm: XSLT on a file"),
        "no local files": ("xades.address", "algorithm: local file"),
        "no network": ("xades.address", "algorithm: network"),
        "values exactly as the standard has them": ("xades.value", "algorithm: cube without padding"),
        "times that mean one moment": ("xades.time", "algorithm: time without a zone"),
    },
    "Certificates": {
        "bound by SigningCertificateV2": ("xades.unbound", "algorithm: no binding"),
        "bound to another": ("xades.other_certificate", "certificate: twin of the signer's certificate"),
        "unreadable": ("xades.certificate", "algorithm: certificate unreadable"),
        "no path to an anchor": ("signature.unknown", "certificate: of a stranger's root"),
        "not valid at the claimed time": ("signature.untrusted", "certificate: expired when it was signed"),
        "time in the future": ("signature.future", "certificate: signed in the future"),
        "revoked by a list that is there": ("signature.untrusted", "certificate: withdrawn"),
        "not the certificate asked for": (
            "signature.other_certificate",
            "own content: signed by somebody else than asked",
        ),
        "names that mislead": ("signature.name", "certificate: name from right to left"),
        "expired, back-dated (a note)": (
            "note.expired_since",
            "certificate: expired, claims to have signed before",
        ),
    },
    "PDFs": {
        "shadow attack: hide": ("pdf.changed_after", "pdf: afterwards: shadow: page hidden by an image"),
        "shadow attack: replace": ("pdf.changed_after", "pdf: afterwards: shadow: font replaced"),
        "shadow attack: hide and replace": (
            "pdf.changed_after",
            "pdf: afterwards: shadow: layers switched off",
        ),
        "no form-field replacement": ("pdf.changed_after", "active: field filled in"),
        "/Info unchanged": ("pdf.changed_after", "pdf: afterwards: title"),
        "changed before it was signed": (
            "pdf.changed_before",
            "pdf: before the signatures: drawn on the page",
        ),
        "nothing after the last revision": ("pdf.after_end", "pdf: bytes after the end"),
        "the expected signers are those of the manifest": (
            "pdf.other_signatures",
            "own content: signature that the manifest hides",
        ),
        "a stripped last signature shows": (
            "pdf.other_signatures",
            f"{VERIFYING}::test_a_stripped_pdf_signature_shows",
        ),
        "objects beside the tables": ("pdf.hidden", "pdf: hidden: page beside a damaged table"),
        "packed behind a plain table": ("pdf.packed", "active: packed behind a plain table"),
        "scripts, programs, files, layers, forms": ("pdf.active", "active: script on opening"),
        "fields that are no plain signature fields": (
            "pdf.field",
            "active: place of a field that says it is text",
        ),
        "another document": ("pdf.not_sealed_document", "pdf: another document, really signed"),
        "universal signature forgery": ("pdf.range", "pdf: forgery: byte range is null"),
        "a hole wider than the value": ("pdf.range", "pdf: byte range: hole too wide"),
        "a value that does not hold": ("pdf.signature", "pdf: value with bytes behind it"),
        "kinds of signature nobody knows": ("pdf.kind", f"{CODES}::test_signatures_of_pdfs"),
        "too many signatures": ("pdf.too_many", f"{CODES}::test_signatures_of_pdfs"),
        "times without a zone": ("pdf.time", f"{CODES}::test_a_pdf_signature_that_says_no_time_zone"),
        "encrypted": ("pdf.encrypted", "pdf: encrypted"),
    },
    "manifest.json": {
        "missing": ("manifest.missing", f"{VERIFYING}::test_whatever_is_no_package_is_refused"),
        "of something else": ("manifest.unknown", "own form: manifest.json: another format"),
        "of a newer program": ("manifest.newer", "own form: manifest.json: newer"),
        "malformed": ("manifest.malformed", "own form: manifest.json: unknown key"),
        "not canonical": ("manifest.not_canonical", "own form: manifest.json: space"),
        "its id": ("manifest.id", "own form: manifest.json: another id"),
        "one role twice": ("manifest.malformed", "insider: one role closes twice"),
        "its order": ("manifest.order", "own content: file twice in the manifest"),
        "another plan inside": ("data.differs", "test_asked::test_the_cover_speaks_of_the_plan_inside"),
        "data in two forms": ("data.not_canonical", "test_asked::test_data_are_written_in_one_form"),
        "a document that is none": (
            "pdf.not_a_document",
            "test_asked::test_a_document_that_nobody_signs_is_one_all_the_same",
        ),
    },
    "Timestamps and the approval sheet": {
        "of something else": ("timestamp.imprint", f"{PROVING}::test_a_timestamp_of_something_else"),
        "broken": ("timestamp.bad", f"{PROVING}::test_a_timestamp_that_is_broken"),
        "later than the present": ("timestamp.future", f"{PROVING}::test_times_that_cannot_be"),
        "earlier than the claimed time": ("timestamp.order", f"{PROVING}::test_times_that_cannot_be"),
        "a sheet that names other documents": (
            "sheet.differs",
            "test_proof::test_a_document_more_or_less_or_other_is_refused",
        ),
        "a sheet that shows something else than it says": (
            "sheet.unseen",
            "test_proof::test_what_the_official_reads_is_what_is_proven",
        ),
        "a signed book of another plan": ("pdf.other_fingerprint", "insider: book of another plan"),
        "attached to no purpose": (
            "timestamp.attached",
            f"{PROVING}::test_attached_answers_have_to_be_about_the_signature",
        ),
        "a store in a document that is damaged": (
            "pdf.kept",
            f"{PROVING}::test_a_store_in_a_document_that_is_damaged",
        ),
    },
    "Bounds": {
        "time": (
            "limit.time",
            f"{BOUNDED}::test_a_file_that_never_ends_is_given_up_and_the_others_are_judged",
        ),
        "memory": (
            "limit.memory",
            f"{BOUNDED}::test_memory_that_runs_out_is_a_reason_and_the_next_file_is_judged",
        ),
        "a process that falls over": (
            "limit.crash",
            f"{BOUNDED}::test_a_process_taken_over_or_broken_is_a_refusal",
        ),
        "a PDF of endless objects": ("pdf.too_complex", "test_worst::test_the_extent_of_a_pdf"),
        "a parser that gives up": ("parser", f"{CODES}::test_a_parser_that_gives_up"),
        "a file that cannot be read": (
            "file.unreadable",
            f"{BOUNDED}::test_the_hash_of_the_whole_file_comes_along_when_asked_for",
        ),
        "a file that is exchanged while it is judged": (
            "file.changed",
            "test_mark::test_what_changes_while_it_is_judged_is_told_as_that",
        ),
    },
}
ITEMS = [(f"{part}: {item}", *shown) for part, items in LIST.items() for item, shown in items.items()]


def source(test: str) -> str:
    """The code around a test (its helpers and parameters hold the codes), nothing when it is gone."""
    module, _, name = test.partition("::")
    path = next(HERE.rglob(f"{module}.py"), None)
    text = path.read_text("utf-8") if path is not None else ""
    there = {node.name for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)}
    return text if name in there else ""


@pytest.mark.parametrize(("item", "code", "test"), ITEMS, ids=[item for item, *_ in ITEMS])
def test_each_item_has_its_code_and_its_test(item, code, test) -> None:
    assert item
    assert find(code) is not None
    if "::" in test:
        assert f'"{code}"' in source(test)
    else:
        assert code in BY_ID[test].codes


def test_nothing_that_refuses_is_left_out() -> None:
    shown = {code for _, code, _ in ITEMS}
    assert [row.code for row in TABLE if row.weight is Weight.REFUSAL and row.code not in shown] == []
