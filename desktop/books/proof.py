"""The fingerprint block (*sidik dokumen*): the last thing on a document's last page."""

from __future__ import annotations

from desktop.base import Message
from desktop.base.fingerprint import groups_of, qr_text, words_of
from desktop.books.document import Proof
from desktop.books.words import Words


def proof_of(words: Words, fingerprint: str, guideline: str) -> Proof:
    """The block in the language of ``words``; ``guideline`` is its title and version in words."""
    say = words.say
    return Proof(
        title=say(Message("books.proof.title")),
        words=words_of(fingerprint),
        letters=groups_of(fingerprint),
        code=qr_text(fingerprint),
        lines=(
            say(Message("books.proof.meaning", guideline=guideline)),
            say(Message("books.proof.check")),
        ),
    )
