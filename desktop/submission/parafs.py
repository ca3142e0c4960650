"""The parafs that a manifest tells of: the team's own record, in the guideline's words and no others."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.base import Language, LocalText, Message, render
from desktop.base.bounded.limits import read_or
from desktop.guideline.pack import Pack, SigningStep
from desktop.guideline.signing import initials_steps, label_of
from desktop.submission.inside import strict
from desktop.submission.judging import Judge
from desktop.submission.manifest import MAXIMUM_TEXT, Manifest
from desktop.submission.parafs_worded import note_worded
from desktop.workspace.offices import ACTING, signed_office
from desktop.workspace.plan_data_form import Data

if TYPE_CHECKING:
    from desktop.checks.initials import Paraf

NOT_COUNTED = Message("submission.note.not_counted")
"""The checks raise on such data: that is no answer, and no silence either."""


def note_initials(pack: Pack, manifest: Manifest, data: Data | None, judge: Judge) -> None:
    """Tell what is no step of the guideline, or bears words that nobody's paraf bears."""
    steps = dict(initials_steps(pack))
    asked = data is not None and strict(manifest, judge)
    for one in manifest.initials if isinstance(manifest.initials, tuple) else ():
        step = steps.get(one.step)
        if step is None or (asked and data is not None and one.label not in _labels(pack, step, data)):
            judge.note(Message("submission.note.other_initials", label=one.label))


def note_absent(pack: Pack, manifest: Manifest, data: Data, day: dt.date, judge: Judge) -> None:
    """Tell of parafs of officials that the guideline asks for and the list leaves out, or words otherwise.

    Sealing lists each of them, given or not, however many agencies there are, and an official who signs a
    sheet is shown who has not. Whoever was once asked may stand there besides.
    """
    noted = manifest.initials if isinstance(manifest.initials, tuple) else ()
    if not strict(manifest, judge) or not list(initials_steps(pack)):
        return
    from desktop.checks.initials import parafs
    from desktop.submission.order import label_in_list
    from desktop.workspace.plan_from_data import plan_from_data

    language = Language(data.workspace.source_language)

    def asked() -> tuple[Paraf, ...]:
        # which agencies were at work the data do not say
        return parafs(replace(plan_from_data(data), agencies=()), pack, day)

    found = read_or(asked, None)
    if found is None:
        judge.note(NOT_COUNTED)
        return
    wanted = [((each.number, label_in_list(each, language)), each) for each in found]
    left = Counter(key for key, _ in wanted) - Counter((one.step, one.label) for one in noted)
    absent = [label for _, label in left.elements()]
    if absent:
        some = ", ".join(absent[:3])
        judge.note(Message("submission.note.initials_absent", n=len(absent), labels=some))
    note_worded(pack, manifest, data, dict(wanted), judge)


def _labels(pack: Pack, step: SigningStep, data: Data) -> frozenset[str]:
    """How lists call whose paraf a step is, in either language."""
    said = (_of_agencies(data), _of_office(pack, step))
    return frozenset(
        render(message, language)[:MAXIMUM_TEXT]
        for messages in said
        for message in messages
        for language in Language
    )


def _of_agencies(data: Data) -> Iterator[Message]:
    for agency in data.agencies:
        name = agency.short_name or LocalText(dict(agency.name))
        yield Message("checks.initials.of_agency", agency=name)


def _of_office(pack: Pack, step: SigningStep) -> Iterator[Message]:
    label = label_of(pack, step.role)
    for acting in ("", *ACTING):
        called = LocalText({each: signed_office(acting, text) for each, text in label.texts.items()})
        yield Message("checks.initials.of_office", office=called)
