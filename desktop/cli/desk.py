"""``rancang receive --register``: the ministry's desk on the command line."""

from __future__ import annotations

import argparse
import datetime as dt
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.base import Message, RancangError
from desktop.cli.arguments import Parser, whole_number
from desktop.cli.console import Console
from desktop.cli.overwriting import add_force
from desktop.cli.sign import add_key

if TYPE_CHECKING:
    from desktop.submission.register.store import Register

_WEEK = re.compile(r"\d{4}-?W\d{2}")
"""A week without a day in it."""


class NotADate(RancangError):
    """``--due`` is no date."""

    def __init__(self, text: str) -> None:
        super().__init__(Message("cli.desk.not_a_date", text=text))


class NoFolder(RancangError):
    """Nothing was named to be received."""

    def __init__(self) -> None:
        super().__init__(Message("cli.desk.no_folder"))


class NeedsRegister(RancangError):
    """An option of the desk was given without a register."""

    def __init__(self) -> None:
        super().__init__(Message("cli.desk.needs_register"))


class Stopped(RancangError):
    """Somebody gave up; unlike everywhere else, what was done stays."""

    exit_code = 1

    def __init__(self) -> None:
        super().__init__(Message("cli.desk.stopped"))


class UnknownRegion(RancangError):
    """Nothing in the register is of this region."""

    exit_code = 1

    def __init__(self, code: str) -> None:
        super().__init__(Message("cli.desk.unknown_region", code=code))


def add_arguments(parser: Parser, console: Console) -> None:
    """The register, what is asked of packages, and what is to be written."""
    add_force(parser, console)
    text = console.text
    file, folder = text(Message("cli.metavar.file")), text(Message("cli.metavar.folder"))
    name, day = text(Message("cli.metavar.name")), text(Message("cli.metavar.date"))

    def add(option: str, metavar: str, help_: Message, **more: Any) -> None:
        parser.add_argument(option, metavar=metavar, help=text(help_), **more)

    add("--register", file, Message("cli.help.register"), type=Path, default=None)
    add("--due", day, Message("cli.help.desk_due"), default=None)
    add("--guideline", "ID[@V]", Message("cli.help.desk_guideline"), default=None)
    add("--workers", "N", Message("cli.help.desk_workers"), type=whole_number(1), default=0)
    parser.add_argument("--patient", action="store_true", help=text(Message("cli.help.verify_patient")))
    parser.add_argument("--list", action="store_true", help=text(Message("cli.help.desk_list")))
    code = text(Message("cli.metavar.code"))
    add("--region", code, Message("cli.help.desk_region"), default="")
    add("--xlsx", file, Message("cli.help.desk_xlsx"), type=Path, default=None)
    add("--csv", file, Message("cli.help.desk_csv"), type=Path, default=None)
    parser.add_argument("--csv-excel", action="store_true", help=text(Message("cli.help.desk_csv_excel")))
    add("--letters", folder, Message("cli.help.desk_letters"), type=Path, default=None)
    add("--receipts", folder, Message("cli.help.desk_receipts"), type=Path, default=None)
    add("--office", name, Message("cli.help.desk_office"), default="")
    add("--contact", text(Message("cli.metavar.text")), Message("cli.help.desk_contact"), default="")
    add("--answer-by", day, Message("cli.help.desk_answer_by"), default="")
    add("--number", text(Message("cli.metavar.text")), Message("cli.help.desk_number"), default="")
    parser.add_argument("--ask-unknown", action="store_true", help=text(Message("cli.help.desk_ask_unknown")))
    add_key(parser, console)


def wanted(options: argparse.Namespace) -> bool:
    """Whether the desk is meant. Raises :class:`NeedsRegister` when its register was left out."""
    if options.register is not None:
        return True
    desks = (options.due, options.guideline, options.region, options.xlsx, options.csv, options.letters,
             options.receipts)  # fmt: skip
    if options.list or options.patient or any(each for each in desks):
        raise NeedsRegister
    return False


def run(options: argparse.Namespace, console: Console) -> int:
    """Read what is new, tell what is in the register, write what was asked for.

    1 when something in it is not valid, as ``verify`` answers.
    """
    from desktop.cli.desk_told import Telling
    from desktop.submission.register.guideline_asked import not_at_hand
    from desktop.submission.register.listing import entries
    from desktop.submission.register.run import judged_otherwise
    from desktop.submission.register.store import GUIDELINE, Register
    from desktop.trust import load_anchors

    if not options.list and not options.region and not options.files:
        raise NoFolder
    whole = True
    if options.files:
        whole = _receive(options, console)
    elif options.due is not None or options.guideline is not None:
        with Register(options.register) as register:
            _settings(register, options, console)
    with Register(options.register, read_only=True) as register:
        found = entries(register, options.region)
        if options.region and not found:
            raise UnknownRegion(options.region)
        telling = Telling(found, console)
        for entry in found:
            telling.tell(entry, reasons=bool(options.region))
        telling.sums()
        anchors = load_anchors(options.trust)
        told = None if options.files else judged_otherwise(register, anchors)
        if told is not None:
            console.warn(told)
        if not anchors.national:
            console.warn(Message("submission.standing.believes_nobody"))
        if (lacking := not_at_hand(register.setting(GUIDELINE))) is not None:
            console.warn(lacking)
        _export(register, options, console)
    whole = _post(options, console) and whole
    return int(not whole or any(not each.accepted and not each.vanished for each in found))


def _export(register: Register, options: argparse.Namespace, console: Console) -> None:
    """Write the lists that were asked for."""
    from desktop.submission.register.export import write_csv, write_xlsx

    written: list[Path] = []
    if options.xlsx is not None:
        written.append(write_xlsx(register, options.xlsx, console.language, options.region))
    if options.csv is not None:
        written += write_csv(register, options.csv, console.language, options.region, excel=options.csv_excel)
    for path in written:
        console.record("exported", {"file": str(path)}, Message("cli.desk.exported", file=str(path)))


def _post(options: argparse.Namespace, console: Console) -> bool:
    """Write the letters and receipts that were asked for; whether all of them were."""
    from desktop.base import clock
    from desktop.cli.sign import NoKey, key
    from desktop.submission.register.letters import Desk
    from desktop.submission.register.posting import (
        known_of,
        receipts_for,
        told_for,
        write_letters,
        write_receipts,
    )
    from desktop.trust import load_anchors

    answer_by = moment_of(options.answer_by).date() if options.answer_by else None
    desk = Desk(
        options.office, options.contact, answer_by, options.number,
        language=console.language, ask_unknown=options.ask_unknown,
    )  # fmt: skip
    now, region, whole = clock.now(), options.region, True
    if options.letters is not None:
        for each in write_letters(console.progress, options.register, options.letters, desk, now, region):
            if each.problem is not None:
                console.warn(each.problem)
                whole = False
                continue
            written = {"region": each.region, "file": str(each.path)}
            console.record("letter", written, Message("cli.desk.exported", file=str(each.path)))
    if options.receipts is None:
        return whole
    # said before the key is asked for, and nothing else is signed
    wanted = receipts_for(options.register, region)
    console.say(told_for(wanted))
    if not wanted:
        return whole
    try:
        signing = key(options, console)
    except NoKey:
        signing = None
        console.warn(Message("cli.desk.drafts"))
    anchors = load_anchors(options.trust)
    if signing is not None:
        signing = known_of(signing, anchors, now)
        for told in signing.told:
            console.warn(told)
    for each in write_receipts(
        console.progress, options.register, options.receipts, desk, now, signing, anchors, wanted
    ):
        if each.problem is not None:
            console.warn(each.problem)
            whole = False
            continue
        data = {"region": each.region, "file": str(each.path), "signed": each.signed}
        console.record("receipt", data, Message("cli.desk.exported", file=str(each.path)))
    return whole


def _receive(options: argparse.Namespace, console: Console) -> bool:
    """Read what is new; whether everything could be looked at."""
    from desktop.base import clock
    from desktop.submission.register.run import receive
    from desktop.submission.register.store import Register
    from desktop.trust import load_anchors

    anchors = load_anchors(options.trust)
    for problem in anchors.problems:
        console.warn(problem)
    with Register(options.register, create=True) as register:
        _settings(register, options, console)
    try:
        ran = receive(
            console.progress,
            options.register,
            options.files,
            anchors,
            options.workers,
            clock.now(),
            patient=options.patient,
        )
    except KeyboardInterrupt:
        raise Stopped from None
    for problem in ran.problems:
        console.warn(problem)
    data = {
        "found": ran.found, "read": ran.read, "judged": ran.judged, "vanished": ran.vanished,
        "replaced": ran.replaced,
    }  # fmt: skip
    console.record("run", data, ran.message)
    return not ran.problems


def _settings(register: Register, options: argparse.Namespace, console: Console) -> None:
    from desktop.submission.register.guideline_asked import asked_for
    from desktop.submission.register.store import DUE, GUIDELINE

    # nothing is kept where anything is not to be
    guideline = None if options.guideline is None else asked_for(options.guideline)
    if options.due is not None:
        due = moment_of(options.due) if options.due else None
        register.keep_setting(DUE, due.isoformat() if due else "")
        if due is not None:
            console.note(Message("cli.desk.due", due=due))
    if guideline is not None:
        register.keep_setting(GUIDELINE, guideline)


def moment_of(text: str) -> dt.datetime:
    """A date in any form of ISO 8601 (until its end in Jakarta) or a time. Raises :class:`NotADate`."""
    from desktop.submission.due import ZONE, end_of

    if _WEEK.fullmatch(text):
        raise NotADate(text)
    with suppress(ValueError):
        return end_of(dt.date.fromisoformat(text))
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise NotADate(text) from error
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=ZONE)


def due_text(kept: str) -> str:
    """A moment kept in a register, as it would be typed; empty where it is none."""
    from desktop.submission.due import ZONE

    try:
        moment = dt.datetime.fromisoformat(kept).astimezone(ZONE) if kept else None
    except ValueError:
        moment = None
    if moment is None:
        return ""
    ends = (moment.hour, moment.minute, moment.second) == (23, 59, 59)
    return f"{moment:%Y-%m-%d}" if ends else f"{moment:%Y-%m-%d %H:%M}"
