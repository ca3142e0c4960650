"""What is to be known of the stamps in a PDF: which signatures show one, and where one may cover the page.

What a stamp says within its own box is its signer's word. That is told wherever signatures are listed, of
each program's stamps alike, and changes no verdict.
"""

from __future__ import annotations

from dataclasses import replace
from io import BufferedReader
from typing import TYPE_CHECKING, BinaryIO

from desktop.base import Message
from desktop.submission.anothers_box import (
    note_anothers_box,
    note_lost_box,
    note_within_box,
    prepared_places,
    stray_pages,
)
from desktop.submission.frame.container import OpenPackage
from desktop.submission.frame.window import Window
from desktop.submission.judging import Judge
from desktop.submission.manifest import PackedFile
from desktop.submission.returning.pages import told_pages

if TYPE_CHECKING:
    from desktop.submission.pdf.read import PdfSignature


def note_stamps(package: OpenPackage, file: PackedFile, judge: Judge, first: PdfSignature | None) -> None:
    """Tell it of a file that is signed; ``first``: whose stamp came first, if it was written anew.

    Raises what pikepdf and pdfium raise.
    """
    from desktop.submission.pdf.fields import shown_boxes, touching
    from desktop.submission.pdf.stamped import stamps_of

    entry = package.entries[file.path]
    # What was written anew is held against itself as its first signer had it.
    until = first.until if first is not None else file.size
    with (
        BufferedReader(Window(package.file, entry.start, until)) as before,
        BufferedReader(Window(package.file, entry.start, entry.size)) as window,
    ):
        pages = stray_pages(file, before, window, first.field if first is not None else None)
        stamps = stamps_of(window)
        shown = shown_boxes(window)
        _mark_stamps(file, window, judge)
        note_anothers_box(file, touching(prepared_places(file, before), shown), judge)
        if first is not None:
            note_within_box(file, before, judge)
        if first is not None and shown:
            note_lost_box(file, before, first.field, judge)
    # of what cannot be read nobody knows whether every program keeps it in its box
    strays = stamps.unread.union(pages)
    odd = sorted({one.what for one in stamps.odds if not one.unread})
    if odd:
        judge.note(Message("submission.note.pdf_unusual", file=file.path, what=", ".join(odd)))
    if strays:
        judge.note(Message("submission.note.outside_box", file=file.path, page=told_pages(strays)))
    for message in stamps.letters_noted(file.path):
        judge.note(message)


def _mark_stamps(file: PackedFile, window: BinaryIO, judge: Judge) -> None:
    """Which of the file's signatures show something in a box."""
    from desktop.submission.pdf.fields import drawn_fields

    drawn = drawn_fields(window)
    fields = file.signed.fields if file.signed is not None else ()
    roles = {one.role for one in fields if one.field in drawn}
    for place, report in enumerate(judge.reports):
        if report.file == file.path and report.role in roles:
            judge.reports[place] = replace(report, own_stamp=True)
