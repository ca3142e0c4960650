"""What can go wrong with a workspace file, each as the sentence a person reads."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.base import Message, RancangError


class NotAWorkspace(RancangError):
    """The file is no workspace of this program."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("workspace.error.not_a_workspace", file=file))


class FileTooNew(RancangError):
    """A newer version of the program wrote the file."""

    def __init__(self, file: str, found: int, known: int) -> None:
        super().__init__(Message("workspace.error.too_new", file=file, found=str(found), known=str(known)))


class FileTooOld(RancangError):
    """The file is older than any version this program can still bring up to date."""

    def __init__(self, file: str, found: int, oldest: int) -> None:
        super().__init__(Message("workspace.error.too_old", file=file, found=str(found), oldest=str(oldest)))


class InUse(RancangError):
    """Another window, person or computer has the file open; it can be opened to read only."""

    def __init__(self, file: str, person: str, host: str) -> None:
        super().__init__(Message("workspace.error.in_use", file=file, person=person, host=host))


class NotALock(InUse):
    """Where the note lies that says who has the file open, lies what is no such note."""

    def __init__(self, file: str, lock: str) -> None:
        RancangError.__init__(self, Message("workspace.error.not_a_lock", file=file, lock=lock))


class DamagedFile(RancangError):
    """SQLite's own check, or ours, found the file damaged; a backup can be restored."""

    def __init__(self, file: str, detail: str) -> None:
        super().__init__(Message("workspace.error.damaged", file=file, detail=detail))


class DamagedJournal(RancangError):
    """A record of the journal cannot be read back."""

    def __init__(self, record: str) -> None:
        super().__init__(Message("workspace.error.damaged_journal", record=record))


class ForeignSchema(RancangError):
    """The file holds tables, triggers or views that do not belong into a workspace."""

    def __init__(self, file: str, name: str) -> None:
        super().__init__(Message("workspace.error.foreign_schema", file=file, name=name))


class ReadOnly(RancangError):
    """The workspace was opened to read only."""

    def __init__(self) -> None:
        super().__init__(Message("workspace.error.read_only"))


class BypassedJournal(RancangError):
    """Something tried to write rows without an operation; the file stopped it."""

    def __init__(self) -> None:
        super().__init__(Message("workspace.error.bypassed"))


class UnknownRow(RancangError):
    """The row an edit names is not there (any more)."""

    def __init__(self, table: str, row: str) -> None:
        super().__init__(Message("workspace.error.unknown_row", table=table, row=row))


class UnfitValue(RancangError):
    """A value does not fit the field it is meant for."""

    def __init__(self, table: str, field: str, value: str) -> None:
        super().__init__(Message("workspace.error.unfit_value", table=table, field=field, value=value))


class OtherWorkspace(RancangError):
    """The file to bring back belongs to another region's workspace."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("workspace.error.other_workspace", file=file))


class IncompleteChanges(RancangError):
    """Earlier changes that these ones rest on are missing; whom to ask for them, where that is known."""

    def __init__(self, file: str, whom: str = "") -> None:
        if whom:
            super().__init__(Message("workspace.error.incomplete_ask", file=file, whom=whom))
        else:
            super().__init__(Message("workspace.error.incomplete", file=file))


class NotChanges(RancangError):
    """The file to bring back is neither a workspace nor a changes file."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("workspace.error.not_changes", file=file))


class DamagedChanges(RancangError):
    """A changes file is not what its maker wrote: damaged on the way, cut off, or tampered with."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("workspace.error.damaged_changes", file=file))


class TooManyChanges(RancangError):
    """A changes file holds more than any team can have written."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("workspace.error.too_many_changes", file=file))


class MissingGuideline(RancangError):
    """After these changes the plan would follow a guideline whose pack is not in the file."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("workspace.error.missing_guideline", file=file))


class NothingToSend(RancangError):
    """Everything written here is known to be there already."""

    exit_code = 1

    def __init__(self) -> None:
        super().__init__(Message("workspace.error.nothing_to_send"))


class ForgedChanges(RancangError):
    """A change set's content does not match its hash."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("workspace.error.forged", file=file))


class UnknownRegion(RancangError):
    """No regency or city has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(Message("workspace.error.unknown_region", code=code))


class SettledAlready(RancangError):
    """What was filled differently has been settled, or filled again, since it was looked at."""

    def __init__(self) -> None:
        super().__init__(Message("workspace.error.settled_already"))


class NotAllChosen(RancangError):
    """Sentences of a text clash for which nothing was chosen; ``numbers`` says which."""

    def __init__(self, numbers: Sequence[int]) -> None:
        said = ", ".join(map(str, numbers))
        super().__init__(Message("workspace.error.not_all_chosen", numbers=said, n=len(numbers)))


class TornText(RancangError):
    """What was chosen sentence by sentence does not make a text whose marks fit together."""

    def __init__(self) -> None:
        super().__init__(Message("workspace.error.torn_text"))


class FileMoved(RancangError):
    """The file was moved, renamed, deleted or replaced in the file manager while it was open."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("workspace.error.moved", file=file))


class Busy(RancangError):
    """Another program is reading or copying the file at this moment."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("workspace.error.busy", file=file))


class MissingBlob(RancangError):
    """The bytes of a file are not in this copy."""

    def __init__(self, name: str) -> None:
        super().__init__(Message("workspace.error.missing_blob", name=name))


class TooLarge(RancangError):
    """A file is larger than a workspace may hold."""

    def __init__(self, name: str, limit: str) -> None:
        super().__init__(Message("workspace.error.too_large", name=name, limit=limit))


class UnknownBackup(RancangError):
    """No backup has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(Message("workspace.error.unknown_backup", name=name))


class UnfitYears(RancangError):
    """The plan's years do not fit the guideline."""

    def __init__(self, first: int, last: int, least: int, most: int) -> None:
        super().__init__(
            Message("workspace.error.unfit_years", first=str(first), last=str(last), least=least, most=most)
        )


class SecondPlaceAway(RancangError):
    """The second place for backups is not there: a stick not plugged in, a network folder not reached."""

    def __init__(self, place: str) -> None:
        super().__init__(Message("workspace.error.second_place_away", place=place))
