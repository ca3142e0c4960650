"""``rancang sign``: sign a package's PDFs for a role, or the package itself; or bring a signed PDF back.

Without a role and a key it tells who has signed, who is waited for and who may go now; with --reopen alone
it takes the closing signature out.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError, clock
from desktop.cli.arguments import Parser
from desktop.cli.believing import add_service, add_trust, believed, service_of
from desktop.cli.console import Console
from desktop.cli.overwriting import add_force
from desktop.cli.passwords import add_password, password
from desktop.cli.reopened import is_asked, open_again, tell_doubted
from desktop.cli.returned import WhichRole, add_returned, bring_returned

if TYPE_CHECKING:
    from desktop.submission import Signed
    from desktop.submission.standing import Signer, Standing
    from desktop.trust import KeySource


class NoKey(RancangError):
    """Neither a key file nor a token was named."""

    def __init__(self) -> None:
        super().__init__(Message("cli.no_key"))


class Closed(RancangError):
    """A document signed now would end the closing signature, and it was not said that this is known."""

    exit_code = 1

    def __init__(self, who: Iterable[Signer]) -> None:
        super().__init__(Message("cli.sign.closed", who=names_of(who) or "?"))


class OutOfOrder(RancangError):
    """Somebody should sign before, and it was not said that this is known."""

    exit_code = 1

    def __init__(self, role: str, before: Iterable[Signer]) -> None:
        from desktop.submission.quoting import bounded

        super().__init__(Message("cli.sign.out_of_order", role=bounded(role), who=names_of(before)))


def add_arguments(parser: Parser, console: Console) -> None:
    """The package, whose signature, and with which key."""
    add_force(parser, console)
    text = console.text
    file = text(Message("cli.metavar.file"))
    parser.add_argument(
        "package",
        type=Path,
        metavar=text(Message("cli.metavar.package")),
        help=text(Message("cli.help.package")),
    )
    parser.add_argument(
        "--role",
        default="",
        metavar=text(Message("cli.metavar.role")),
        help=text(Message("cli.help.sign_role")),
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--container", action="store_true", help=text(Message("cli.help.sign_container")))
    what.add_argument(
        "--export",
        type=Path,
        default=None,
        metavar=text(Message("cli.metavar.folder")),
        help=text(Message("cli.help.export")),
    )
    what.add_argument(
        "--returned",
        type=Path,
        nargs="+",
        default=None,
        metavar="PDF",
        help=text(Message("cli.help.returned")),
    )
    add_key(parser, console)
    parser.add_argument("--out-of-order", action="store_true", help=text(Message("cli.help.out_of_order")))
    parser.add_argument("--reopen", action="store_true", help=text(Message("cli.help.reopen")))
    add_service(parser, console, wanted=False)
    parser.add_argument("--check", action="store_true", help=text(Message("cli.help.sign_check")))
    parser.add_argument("--other-holder", action="store_true", help=text(Message("cli.help.other_holder")))
    add_returned(parser, console)
    parser.add_argument(
        "--output", type=Path, default=None, metavar=file, help=text(Message("cli.help.output"))
    )


def add_key(parser: Parser, console: Console) -> None:
    """With which key, its password, and whom else to believe."""
    text = console.text
    file, name = text(Message("cli.metavar.file")), text(Message("cli.metavar.name"))
    key = parser.add_mutually_exclusive_group()
    key.add_argument("--p12", type=Path, default=None, metavar=file, help=text(Message("cli.help.p12")))
    key.add_argument("--token", type=Path, default=None, metavar=file, help=text(Message("cli.help.token")))
    parser.add_argument("--key-id", default="", metavar="HEX", help=text(Message("cli.help.key_id")))
    parser.add_argument("--token-label", default="", metavar=name, help=text(Message("cli.help.token_label")))
    add_trust(parser, console)
    add_password(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the signed package beside or over the one given; exits with 1 while signatures are missing."""
    from desktop.cli.packages import check_target
    from desktop.cli.standing import tell_standing
    from desktop.submission.resealing import asked_about
    from desktop.submission.standing import standing

    target = options.output or options.package
    if is_asked(options):
        with asked_about(target):
            check_target(target, options.package)
            return open_again(options, target, console)
    if not (options.role or options.container or options.export or options.returned or has_key(options)):
        return tell_standing(options.package, console, believed(options))
    if options.export is not None:
        return _export(options, console)
    if options.check:
        from desktop.cli.key_check import check_key

        return check_key(options, key(options, console), _role(options), console)
    with asked_about(target):
        check_target(target, options.package)
        _keep_closed(options, target)
        done_by = bring_returned if options.returned else _sign
        signed = done_by(options, target, console)
    for checked in signed.checks:
        # of the package as it lies there now that is told below
        told_below = options.container and checked.code == "belief"
        if checked.grade.value != "good" and not told_below:
            console.note(checked.message)
    if signed.signature_dropped:
        console.note(Message("cli.sign.dropped"))
    if signed.kept is not None:
        console.note(Message("cli.package_kept", file=str(signed.kept)))
    anchors = believed(options)
    found = standing(signed.path, anchors=anchors)
    left = tuple(_left(options, found))
    done = Message("cli.sign.container", file=str(signed.path))
    if not options.container:
        done = Message("cli.sign.done", file=str(signed.path), n=len(signed.files))
    console.record(
        "signed",
        {
            "file": str(signed.path),
            "id": signed.id,
            "documents": list(signed.files),
            "container": bool(options.container),
            "container_signature_dropped": signed.signature_dropped,
            "kept": str(signed.kept or ""),
            "notes": [console.text(each.message) for each in signed.checks if each.grade.value != "good"],
            "order": [console.text(each) for each in left],
        },
        done,
    )
    for each in left:
        console.note(each)
    tell_doubted(found, anchors, console)
    return 0


def _export(options: argparse.Namespace, console: Console) -> int:
    """Write what waits for a signature, with its cover sheet. Raises WhichRole, PackageUnusable."""
    from desktop import submission

    known, _ = _roles(options.package)
    if options.role and options.role not in known:
        raise WhichRole(options.role, known)
    done = submission.export_for_signing(
        console.progress, options.package, options.export, options.role, console.language.value
    )
    for path in done.files:
        console.record("exported", {"file": str(path)}, Message("cli.sign.exported", file=str(path)))
    if not done.documents:
        console.warn(Message("cli.sign.nothing_waits"))
        return 1
    console.note(Message("cli.sign.exported_next"))
    return 0


def _sign(options: argparse.Namespace, target: Path, console: Console) -> Signed:
    """Sign the documents that wait for a role, or the package. Raises WhichRole, NoKey, NoPassword."""
    from desktop import submission
    from desktop.submission.as_whom import whom_before
    from desktop.submission.before import notes_before

    role = _role(options)
    _in_order(options, role)
    anchors, now = believed(options), clock.now()
    service = service_of(options) if options.tsa is not None else None
    work = (
        submission.sign_container
        if options.container
        else partial(submission.sign_pdfs, reopen=options.reopen)
    )
    state = _about(options.package, console)
    closing = bool(options.container)
    notes = notes_before(console.progress, options.package, anchors, now, (role, closing), expected=state)
    for message in (*whom_before(options.package, role, closing=closing, expected=state), *notes):
        console.say(message)
    source, other = key(options, console), options.other_holder
    return work(
        console.progress, options.package, target, source, role, anchors, now, service,
        other_holder=other, expected=state,
    )  # fmt: skip


def _about(package: Path, console: Console) -> str:
    """Say which package it is before a password is typed for it; its state."""
    from desktop.submission.resealing import state_of, usable
    from desktop.submission.signing import about_package

    with usable(package) as source:
        console.say(about_package(source.manifest))
        return state_of(source)


def _role(options: argparse.Namespace) -> str:
    """For whom is signed. Raises WhichRole."""
    documents, closing = _roles(options.package)
    known = closing if options.container else documents
    role = str(options.role) or (next(iter(known)) if options.container and len(known) == 1 else "")
    if role not in known:
        raise WhichRole(role, known)
    return role


def _in_order(options: argparse.Namespace, role: str) -> None:
    """Who should sign before has signed, or it is said that this is known. Raises OutOfOrder."""
    from desktop.submission.standing import standing

    found, closing = standing(options.package), bool(options.container)
    before = found.before(role, closing=closing) if found is not None else ()
    if before and found is not None and not options.out_of_order:
        own = next(each for each in found.signers if (each.role, each.closes) == (role, closing))
        raise OutOfOrder(own.office or role, before)


def _keep_closed(options: argparse.Namespace, target: Path) -> None:
    """The signature over a package that is closed ends only where that is meant. Raises Closed."""
    from desktop.submission.standing import standing

    if options.container or options.reopen or not _replaces(target, options.package):
        return
    found = standing(options.package)
    signers = found.signers if found is not None else ()
    waits = options.returned or any(each.waiting for each in signers if each.role == options.role)
    if found is not None and found.closed and waits:
        raise Closed(each for each in found.signers if each.closes)


def _replaces(target: Path, package: Path) -> bool:
    """Whether the result lies where the package lay, in whatever words both were named."""
    try:
        return target == package or target.samefile(package)
    except OSError:
        return False


def _left(options: argparse.Namespace, found: Standing | None) -> Iterator[Message]:
    """What is to be told of the order once a signature is there: who was passed over, which parafs lack."""
    if found is None:
        return
    before = found.before(options.role)
    if options.container:
        before = tuple(each for each in found.signers if not each.closes and not each.done)
    if before:
        yield Message("cli.sign.went_before", who=names_of(before))
    missing = found.missing_initials
    if missing:
        from desktop.submission.quoting import marked

        names = ", ".join(marked(each.label) for each in missing)
        yield Message("cli.sign.without_initials", n=len(missing), who=names)


def names_of(signers: Iterable[Signer]) -> str:
    """Several signers in one sentence, by name and office."""
    return ", ".join(dict.fromkeys(each.called for each in signers))


def _roles(package: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Who signs documents of a package, and who closes it, each role with its office.

    Raises PackageUnusable, FileProblem.
    """
    from desktop.cli.packages import manifest_of

    manifest = manifest_of(package)
    documents = {one.role: one.office for file in manifest.files for one in file.signers}
    return documents, {one.role: one.office for one in manifest.signers}


def has_key(options: argparse.Namespace) -> bool:
    """Whether a key was named."""
    return options.p12 is not None or options.token is not None


def key(options: argparse.Namespace, console: Console) -> KeySource:
    """The key the person named. Raises NoKey, NoPassword."""
    from desktop.trust import P12Key, TokenKey

    if options.p12 is not None:
        return P12Key(options.p12, password(options, console))
    if options.token is not None:
        from desktop.trust import pin_warning

        warning = pin_warning(options.token, options.token_label)
        if warning is not None:
            console.warn(warning)
        return TokenKey(
            options.token, password(options, console), token=options.token_label, key_id=options.key_id
        )
    raise NoKey
