"""What a writer itself needs to say, and what stands on every page: labels, the mark of a draft, notices."""

from __future__ import annotations

from desktop.base import Language, Message
from desktop.books.document import Labels, Stamp
from desktop.books.words import Words


def draft_mark(words: Words) -> Stamp:
    """The word across the pages of a draft, and its sentence."""
    return Stamp(words.say(Message("books.draft.word")), words.say(Message("books.draft.sentence")))


def notices(words: Words, status: str, *, example: bool, test: bool, differing: int = 0) -> tuple[str, ...]:
    """What a reader must know on every page: the state of the guideline, an example, a test, differences."""
    said: list[Message] = []
    if status != "in-force":
        said.append(Message(f"books.notice.guideline_{status}"))
    if example:
        said.append(Message("books.notice.example"))
    if test:
        said.append(Message("books.notice.test"))
    if differing:
        said.append(Message("books.differing.notice", n=differing))
    return tuple(words.say(each) for each in said)


def labels_of(words: Words) -> Labels:
    """The words a writer needs, in the language of a book."""
    say = words.say
    return Labels(
        contents=say(Message("books.contents")),
        tables=say(Message("books.contents.tables")),
        figures=say(Message("books.contents.figures")),
        table=say(Message("books.table")),
        figure=say(Message("books.figure")),
        page_of=say(Message("books.page_of")),
        continued=say(Message("books.continued")),
        sign_here=say(Message("books.signature.here")),
        duty_stamp=say(Message("books.signature.duty_stamp")),
        coat_of_arms=say(Message("books.letterhead.arms")),
        chapter=say(Message("books.ref.chapter", number="{number}")),
        decimal_mark="," if words.language is Language.ID else ".",
        carried_over=say(Message("books.carried_over")),
        brought_forward=say(Message("books.brought_forward")),
        note=say(Message("books.footnote")),
        notes=say(Message("books.footnotes")),
        back=say(Message("books.footnote.back")),
        skip=say(Message("books.skip")),
    )
