"""What stands at the place of a signature as somebody's name, office and number, and looks like none.

Sheets, lists of parafs and stamps print it in our own letters, from what was written into the plan.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base import LocalText, Message
from desktop.base.plain import plain
from desktop.guideline.pack import Pack
from desktop.submission.inside import strict
from desktop.submission.judging import Judge
from desktop.submission.manifest import Expected, Manifest
from desktop.workspace.appellations import is_name, is_number, is_office
from desktop.workspace.plan_data_form import Data

_SHOWN = 200


def note_appellations(manifest: Manifest, pack: Pack, data: Data, judge: Judge) -> None:
    """Tell of who is to sign under a name, an office or a number that looks like none."""
    if not strict(manifest, judge):
        return
    labels = {role.id: role.label for role in pack.roles}
    asked = [*manifest.signers, *(one for file in manifest.files for one in file.signers)]
    for one in asked:
        numbers = tuple(_numbers(one, data))
        for text in odd(one.office, one.name, numbers):
            note_odd(labels.get(one.role, one.role), text, judge)


def _numbers(expected: Expected, data: Data) -> Iterator[str]:
    """Those that the plan has for whoever is named: a sheet prints one of them."""
    name = plain(expected.name).strip()
    return (one.nip for one in data.people if one.role == expected.role and plain(one.name).strip() == name)


def odd(office: str, name: str, numbers: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Which of these look like none."""
    told = [office] if not is_office(office) else []
    told += [name] if not is_name(name) else []
    return (*told, *(each for each in numbers if not is_number(each)))


def note_odd(role: LocalText | str, text: str, judge: Judge) -> None:
    """Tell of one of them."""
    judge.note(Message("submission.note.person_worded", role=role, said=plain(text)[:_SHOWN]))
