"""Which documents a key is about to sign, named one by one before it does.

A package's words on paper are those of its plan: a document beside it, or printed from another plan, changes
none of them. So each that is to be signed is told by what the guideline at hand calls it, else by its path,
and by its SHA-256; the record of a package has the id that stands for all of them. Of what was written anew
since that is the one of what lies there: the one at sealing is another document's.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base import Message
from desktop.submission.called import document_titles, documents_among, pack_at_hand
from desktop.submission.manifest import Manifest
from desktop.submission.quoting import MOST as LONGEST
from desktop.submission.quoting import bounded
from desktop.trust.certificate import grouped

MOST = 100
"""Documents that are named; a region has one or two that an official signs."""


def documents_to_sign(manifest: Manifest, role: str) -> Iterator[Message]:
    """Each that waits for a role: those that the guideline at hand knows nothing of before the others."""
    pack = pack_at_hand(manifest.guideline.id, manifest.guideline.version)
    titles = document_titles(pack, documents_among(manifest.files))
    waiting = [
        file
        for file in manifest.files
        if file.field_of(role) is None and any(one.role == role for one in file.signers)
    ]
    # whoever packs decides how many there are, and none of them hides one that has to be read
    waiting.sort(key=lambda file: file.path in titles)
    for file in waiting[:MOST]:
        anew = file.signed is not None and file.signed.grade == "same-pages"
        sha256 = file.present_sha256 if anew else file.sha256
        told = {"pages": str(file.counted or "\N{EN DASH}"), "sha256": grouped(sha256)}
        title = titles.get(file.path)
        if title is None:
            yield Message("submission.sign.document_besides", file=bounded(file.path, LONGEST), **told)
        else:
            yield Message("submission.sign.document", title=title, **told)
    if len(waiting) > MOST:
        yield Message("submission.sign.documents_more", n=len(waiting) - MOST)
