"""``rancang verify``: what each package is, and why; exit 0 only when every one is valid."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import stat
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.base import Language, Message, clock
from desktop.base.errors import FileProblem, RancangError
from desktop.base.folders import is_so
from desktop.base.message import Param
from desktop.base.ordinary import check_ordinary
from desktop.cli.arguments import Parser
from desktop.cli.believing import add_time_anchor, add_trust, believed
from desktop.cli.console import Console
from desktop.cli.overwriting import add_force, keep_others

if TYPE_CHECKING:
    from desktop.submission import Verdict

_KINDS = (".asice", ".sce", ".bdoc")
"""What packages are called, by other programs too: such a file of a folder is judged whatever it holds."""


class NothingToVerify(RancangError):
    """No file was named, or the folders named hold no package."""

    def __init__(self) -> None:
        super().__init__(Message("cli.verify.nothing"))


def add_arguments(parser: Parser, console: Console) -> None:
    """Files and folders, whom to believe, and what is wanted of the answer."""
    parser.add_argument(
        "files",
        type=Path,
        nargs="*",
        metavar=console.text(Message("cli.metavar.package")),
        help=console.text(Message("cli.help.verify_files")),
    )
    add_trust(parser, console)
    add_time_anchor(parser, console)
    parser.add_argument(
        "--words",
        nargs="+",
        default=[],
        metavar=console.text(Message("cli.metavar.word")),
        help=console.text(Message("cli.help.verify_words")),
    )
    parser.add_argument("--any", action="store_true", help=console.text(Message("cli.help.any")))
    parser.add_argument(
        "--report",
        type=Path,
        default=None,
        metavar="PDF",
        help=console.text(Message("cli.help.verify_report")),
    )
    parser.add_argument(
        "--report-language",
        choices=[each.value for each in Language],
        default="",
        help=console.text(Message("cli.help.verify_report_language")),
    )
    add_force(parser, console)
    day = console.text(Message("cli.metavar.date"))
    parser.add_argument("--due", default="", metavar=day, help=console.text(Message("cli.help.verify_due")))
    parser.add_argument("--quiet", action="store_true", help=console.text(Message("cli.help.verify_quiet")))
    parser.add_argument(
        "--patient", action="store_true", help=console.text(Message("cli.help.verify_patient"))
    )
    parser.add_argument(
        "--reprint", action="store_true", help=console.text(Message("cli.help.verify_reprint"))
    )
    parser.add_argument("--schema", action="store_true", help=console.text(Message("cli.help.verify_schema")))


def run(options: argparse.Namespace, console: Console) -> int:
    """Print a verdict for each file, and what they add up to. Raises NothingToVerify, NotAnAnchor."""
    if options.schema:
        return _print_schema(console)
    from desktop.base.bounded.limits import STANDARD
    from desktop.submission import PATIENT, How, judge_many

    if options.report is not None:
        from desktop.submission.verdict_paper import report_path

        keep_others(report_path(options.report))
    anchors = believed(options)
    for problem in anchors.problems:
        console.say(problem)
    found = _gather(options.files, console)
    files, worst = found.files, found.code
    limits = PATIENT if options.patient else STANDARD
    # what is printed again has to be the very file that was verified
    wanted = console.as_json or options.report is not None or options.reprint
    how = How(any=options.any, due=_moment(options.due), digest=wanted, limits=limits)
    verdicts: list[Verdict] = []
    for verdict in judge_many(files, anchors, clock.now(), console.progress, how):
        verdicts.append(verdict)
        # what follows says nothing of which file it is about
        alone = options.quiet and not (options.reprint or options.words)
        print_verdict(verdict, console, quiet=options.quiet, silent=alone)
        worst = max(worst, verdict.exit_code)
        if options.reprint:
            worst = max(worst, _print_again(files[len(verdicts) - 1], verdict, console))
        if options.words:
            worst = max(worst, _compare(verdict, " ".join(options.words), console))
    if len(verdicts) > 1 or found.others:
        _sum_up(verdicts, found.others, console)
    if options.report is not None and verdicts:
        _write_report(options, verdicts, found, console)
    return worst


@dataclass(slots=True)
class _Gathered:
    """The files to be judged, those of folders included, and what is to be said of the rest."""

    files: list[Path] = field(default_factory=list)
    others: int = 0
    """Files of folders that are no packages."""
    code: int = 0
    """The exit code so far."""
    told: list[Message] = field(default_factory=list)
    """What was not judged, and why: a report on the rest is not one on all."""

    def left_out(self, why: Message, code: int) -> None:
        """Something more."""
        self.told.append(why)
        self.code = max(self.code, code)


def _gather(named: Sequence[Path], console: Console) -> _Gathered:
    """What is to be judged. Raises :class:`NothingToVerify`."""
    found = _Gathered()
    for path in named:
        if is_so(path.is_dir):
            _look_into(path, found, console)
            continue
        try:
            check_ordinary(path)
        except FileProblem as error:
            # nothing was judged: not the same as a package that was refused
            console.fail(error.message)
            found.left_out(error.message, 2)
        else:
            found.files.append(path)
    if not found.files and not found.code:
        raise NothingToVerify
    return found


def _look_into(folder: Path, found: _Gathered, console: Console) -> None:
    """The packages of a folder and of those in it, as the ministry's desk finds them: by what they are.

    What was passed over and may be a package all the same is told, and is not as good as valid.
    """
    from desktop.submission.plainly import plain, shown
    from desktop.submission.register.examine import written
    from desktop.submission.register.walking import Walk

    walk, linked = Walk([folder]), list[str]()
    for each in walk.found():
        if is_so(each.path.is_dir):
            linked.append(os.fsdecode(each.path))
        elif _is_package(each.path):
            found.files.append(each.path)
        else:
            found.others += 1
    told = list(walk.passed_over)
    if linked:
        told.append(Message("cli.verify.linked", n=len(linked), folder=plain(linked[0])))
    for message in told:
        console.warn(message)
        found.left_out(message, 1)
    for error in walk.errors:
        # what lies there was not judged, and must not look as if there were nothing
        problem = FileProblem.from_os(error, shown(written(Path(os.fsdecode(error.filename))))).message
        console.fail(problem)
        found.left_out(problem, 2)


def _is_package(path: Path) -> bool:
    """By its name or its content; what cannot be looked at is judged, and refused."""
    from desktop.exchange.arrival import Kind, look

    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
    except OSError:
        return path.suffix.casefold() in _KINDS
    return path.suffix.casefold() in _KINDS or look(path, deep=False).kind is Kind.PACKAGE


def _moment(day: str) -> dt.datetime | None:
    """The end of a day at the ministry's desk, whatever clock this computer has."""
    from desktop.exchange.values import parse
    from desktop.submission.due import end_of

    return end_of(dt.date.fromisoformat(str(parse("date", day)))) if day else None


def _print_schema(console: Console) -> int:
    from desktop.base.resources import resource

    text = resource("schemas", "verdict.schema.json").read_text("utf-8").rstrip("\n")
    console.record("schema", json.loads(text), text.splitlines())
    return 0


def _sum_up(verdicts: Sequence[Verdict], others: int, console: Console) -> None:
    """How many files got which answer, and how many of the folders are no packages."""
    from desktop.submission import VerdictKind

    counts = Counter(each.kind for each in verdicts)
    found = [kind for kind in VerdictKind if counts[kind]]
    told = ", ".join(f"{console.text(kind.message)}: {counts[kind]}" for kind in found)
    data: dict[str, Any] = {kind.value: counts[kind] for kind in VerdictKind}
    console.record(
        "summary",
        {"files": len(verdicts), "others": others, **data},
        Message("cli.verify.summary", n=len(verdicts), told=told),
    )
    if others:
        console.note(Message("cli.verify.others", n=others))


def _write_report(
    options: argparse.Namespace, verdicts: Sequence[Verdict], found: _Gathered, console: Console
) -> None:
    from desktop.submission.verdict_paper import write_verdicts

    language = Language(options.report_language) if options.report_language else console.language
    others = [Message("cli.verify.others", n=found.others)] if found.others else []
    target = write_verdicts(options.report, verdicts, language, [*found.told, *others])
    console.record("report", {"file": str(target)}, Message("cli.verify.reported", file=str(target)))


def _compare(verdict: Verdict, typed: str, console: Console) -> int:
    """Hold what was typed from paper against a package: 0 when it is its fingerprint, else 1."""
    from desktop.base.fingerprint import Match, compare
    from desktop.submission.quoting import as_said

    package = verdict.package
    if verdict.kind.value == "refused" or package is None or not package.fingerprint:
        console.note(as_said(Message("cli.verify.no_fingerprint", file=verdict.file)))
        return 1
    found = compare(package.fingerprint, typed)
    console.record(
        "words",
        {"file": verdict.file, "match": found.match.value, "place": found.place, "nearest": found.nearest},
        found.message,
    )
    return 0 if found.match is Match.EQUAL else 1


def _print_again(path: Path, verdict: Verdict, console: Console) -> int:
    """Print the documents of a package again from its data: 0 when they say what the data say, else 1.

    Of a refused package nothing is used, and of other containers nobody knows what they are about.
    """
    from desktop.submission.printed.reprinted import Match
    from desktop.submission.printed.reprinting import CannotReprint, reprint
    from desktop.submission.quoting import as_said

    package = verdict.package
    if verdict.kind.value == "refused" or package is None:
        console.note(as_said(Message("cli.verify.not_reprinted", file=verdict.file)))
        return 1
    try:
        found = reprint(console.progress, path, package.id, verdict.sha256)
    except CannotReprint as error:
        console.fail(error.message)
        return 1
    told = {"file": verdict.file, "agrees": found.agrees, **asdict(found)}
    console.record("reprint", told, as_said(found.message))
    if found.excused_message is not None and not console.as_json:
        console.note(found.excused_message, 4)
    for one in found.documents if not console.as_json else ():
        if one.match is not Match.SAME:
            console.note(as_said(one.message), 4)
            for place in one.shown:
                console.note(as_said(place.message), 8)
            if one.look_message is not None:
                console.note(one.look_message, 8)
            if one.count > len(one.shown):
                console.note(Message("submission.reprint.more", n=one.count - len(one.shown)), 8)
    return 0 if found.agrees else 1


def print_verdict(verdict: Verdict, console: Console, *, quiet: bool = False, silent: bool = False) -> None:
    """A verdict with its reasons, what to do about each, and its signatures.

    ``quiet`` says the reasons only; ``silent`` nothing at all of what is valid without notes.
    """
    if console.as_json:
        from desktop.submission.verdict_report import report_of, to_builtins

        console.record("verdict", to_builtins(report_of(verdict, console.language)), "")
        return
    if silent and not verdict.reasons:
        return
    from desktop.submission.quoting import MOST, as_said, quoted

    console.note(Message("cli.verify.line", file=quoted(verdict.file, MOST), verdict=verdict.kind.message))
    if not quiet:
        console.note(verdict.meaning, 4)
    group, code = None, ""
    for reason in verdict.ordered:
        if reason.group is not group:
            group = reason.group
            console.note(Message("cli.verify.group", group=group.message), 4)
        console.line(f"    [{reason.code}] {console.text(as_said(reason.message, verdict.package))}")
        if reason.remedy is not None and reason.code != code and not quiet:
            # what to do about several alike is said once
            console.line(f"        {console.text(reason.remedy)}")
        code = reason.code
    # what a refused file says of its signers is not repeated
    if verdict.kind.value != "refused" and not quiet:
        _print_signers(verdict, console)
    package = verdict.package
    if package is None or verdict.kind.value == "refused" or quiet:
        return
    from desktop.base.fingerprint import words_of
    from desktop.submission.quoting import guideline_called, region_called
    from desktop.submission.replaced import replaced

    # the file's name is anybody's
    told: dict[str, Param] = {
        "region": region_called(package.region_code, package.region_name),
        "years": f"{package.first_year}\N{EN DASH}{package.last_year}",
        "guideline": guideline_called(package.guideline_id, package.guideline_version, None),
    }
    about = Message("cli.verify.about", **told) if verdict.vouched else Message("cli.verify.claims", **told)
    console.note(about, 4)
    console.note(replaced(package.previous), 4)
    if package.fingerprint:
        console.note(Message("cli.verify.words", words=" ".join(words_of(package.fingerprint))), 4)


def _print_signers(verdict: Verdict, console: Console) -> None:
    from desktop.submission.quoting import as_said, path_said, somebody
    from desktop.submission.signed import SHOWN_IN_BOX, signed_as, stamps_told
    from desktop.submission.verdict import UNASKED

    for signature in verdict.signatures:
        told: dict[str, Param] = {
            "what": path_said(signature.file) or Message("cli.verify.package"),
            "holder": somebody(signature.holder),
            "role": signed_as(signature) or "\N{EN DASH}",
        }
        console.note(Message("cli.verify.signer", **told), 4)
        if verdict.unasked(signature):
            console.note(UNASKED, 6)
        if signature.test:
            console.note(Message("submission.anchor.test"), 6)
        if signature.time_message is not None:
            console.note(as_said(signature.time_message), 6)
        if signature.own_stamp:
            console.note(SHOWN_IN_BOX, 6)
    for message in stamps_told(verdict.signatures):
        console.note(message, 4)
