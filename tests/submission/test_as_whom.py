"""Whoever is about to sign reads as whom: office, name and number as they will stand at the signature."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from msgspec import structs

from desktop.base import Language, Message, render
from desktop.base.jobs import quiet
from desktop.submission import seal
from desktop.submission.as_whom import whom_before
from desktop.submission.signing import preflight
from tests.submission.making import NOW
from tests.submission.whole import Hand, documents, person, plan, signer, whole

SENTENCE = "yang menyetujui pinjaman Rp500 miliar"


def told(message: Message) -> tuple[object, ...]:
    return tuple(message.params.get(each) for each in ("office", "name", "number"))


@pytest.mark.parametrize("closing", [True, False])
@pytest.mark.parametrize(
    ("name", "office", "nip"),
    [
        ("Contoh Tetua", "Tetua", ""),
        ("Contoh Tetua", "Tetua", "19700101 199003 1 001"),
        (f"Contoh, {SENTENCE}", f"Tetua {SENTENCE}", f"1. {SENTENCE}"),
    ],
)
def test_whoever_looks_at_a_key_reads_what_stands_at_the_signature(
    tmp_path: Path, name, office, nip, closing
) -> None:
    hand, path = Hand(tmp_path), tmp_path / "paket.asice"
    elder = structs.replace(person("elder", name), nip=nip)
    who = dataclasses.replace(signer("elder"), name=name, office=office)
    books = documents(look=("elder",), do=("elder",))
    if not closing:
        books = {path: dataclasses.replace(one, signers=(who,)) for path, one in books.items()}
    data = plan(people=(person("mayor", "Contoh Wali"), elder))
    seal(quiet, whole(books, data=data, signers=(dataclasses.replace(who, box=None),)), path)
    looked = preflight(quiet, path, hand.keys["elder"], "elder", hand.anchors, NOW, closing=closing)
    assert [told(each) for each in looked.whom] == [(office, name, nip or None)]
    for language in Language:
        said = render(looked.whom[0], language)
        assert all(text in said for text in (office, name, nip))
    assert whom_before(path, "elder", closing=closing) == looked.whom


def test_a_document_that_names_its_signer_otherwise_is_told_too(tmp_path: Path) -> None:
    """The first one may be honest, and the second one not."""
    path = tmp_path / "paket.asice"
    one, other = signer("elder"), dataclasses.replace(signer("elder"), office=SENTENCE)
    books = documents(look=("elder",), do=("elder",))
    books["books/do.id.pdf"] = dataclasses.replace(books["books/do.id.pdf"], signers=(other,))
    seal(quiet, whole(books), path)
    found = whom_before(path, "elder", closing=False)
    assert {told(each) for each in found} == {(one.office, one.name, None), (SENTENCE, one.name, None)}
    assert whom_before(path, "mayor", closing=False) == ()
