"""What a comparison and a worded draft say from the first line to the last, as it was reviewed."""

import os

import pytest

from desktop.base import Language
from desktop.books.legal.decree import compose_decree
from desktop.books.revisions.compose import compose_revisions
from desktop.guideline import load_pack
from desktop.guideline.lookup import bundled_bytes
from tests.books import plans, test_revisions, test_wording
from tests.books.test_compose import DATA, written

PACK = load_pack(bundled_bytes("smart-city-2021"))


def revisions(language):
    facts = [("Semula", "lama.rancang"), ("Menjadi", "sekarang")]
    return compose_revisions(
        plans.plan(), PACK, language, facts, test_revisions.CHANGES, test_revisions.MONEY
    )


def decree(language):
    parts = {"why": "bahwa satu;\nbahwa dua;", "more": {"id": "Tiga.", "en": "Three."}, "copies": "-"}
    return compose_decree(test_wording.worded("decree", **parts), PACK, language)


DOCUMENTS = {"revisions": revisions, "worded-decree": decree}


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", list(DOCUMENTS))
def test_the_document_says_what_was_reviewed(name, language):
    found = written(DOCUMENTS[name](language))
    golden = DATA / "books" / f"{name}.{language.value}.txt"
    if os.environ.get("RANCANG_WRITE_GOLDEN"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")
