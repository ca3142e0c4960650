"""The command line: finds the verb, speaks the language asked for, and lets no traceback through."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from desktop.base import Message, RancangError
from desktop.base.errors import FileProblem
from desktop.base.written import careful
from desktop.cli.arguments import BrokenArgument, Parser, add_common, speaking
from desktop.cli.console import Console
from desktop.cli.language import chosen_language
from desktop.cli.verbs import VERBS


class NoVerb(RancangError):
    """Nothing was asked for."""

    def __init__(self) -> None:
        super().__init__(Message("cli.no_verb"))


def run(arguments: Sequence[str]) -> int:
    """Run one command; the exit code."""
    try:
        return _guarded(arguments)
    except BrokenPipeError:
        # whoever read our output has gone (a pager, head): nothing to say and nobody to say it to
        _forget_output()
        return 2


def _guarded(arguments: Sequence[str]) -> int:
    """Run one command; whatever goes wrong becomes a sentence and an exit code."""
    language = chosen_language(arguments)
    console = Console(language, as_json="--json" in arguments)
    try:
        _check(arguments)
        with speaking(language):
            return _dispatch(list(arguments), console)
    except RancangError as error:
        console.fail(error.message)
        return error.exit_code
    except (KeyboardInterrupt, EOFError):
        console.fail(Message("base.cancelled"))
        return 1
    except BrokenPipeError:
        raise
    except OSError as error:
        # what the system would not do and nobody nearer told in a sentence (a home that cannot be written)
        console.fail(FileProblem.from_os(error, str(error.filename or "?")).message)
        return 2
    except Exception as error:  # noqa: BLE001 - the one crash boundary of the command line
        from desktop.base.crash import note_crash

        console.fail(Message("base.crash", file=str(note_crash(error))))
        return 2


def no_screen() -> int:
    """Say that a window needs a screen, and what works without; the exit code."""
    Console(chosen_language(()), as_json=False).fail(Message("cli.no_screen"))
    return 2


def _check(arguments: Sequence[str]) -> None:
    """Arguments are text. Raises BrokenArgument."""
    for place, word in enumerate(arguments, 1):
        if any("\ud800" <= letter <= "\udfff" or letter == "\0" for letter in word):
            raise BrokenArgument(place)


def _forget_output() -> None:
    """Let Python's last flush go nowhere instead of failing a second time."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _dispatch(arguments: list[str], console: Console) -> int:
    verb = next((word for word in arguments if not word.startswith("-") and word in VERBS), None)
    parser = Parser(prog="rancang", description=console.text(Message("cli.description")))
    parser.called = f"rancang {verb}" if verb else "rancang"
    add_common(parser, console)
    parser.add_argument("--version", action="store_true", help=console.text(Message("cli.option.version")))
    choices = parser.add_subparsers(dest="verb", metavar=console.text(Message("cli.metavar.verb")))
    module = import_module(f"desktop.cli.{VERBS[verb].module}") if verb else None
    for name, entry in VERBS.items():
        if verb and name != verb:
            # that there is such a verb is all an error says of it; fifty parsers take longer than most verbs
            choices.choices[name] = parser
            continue
        summary = console.text(entry.summary)
        child = choices.add_parser(name, help=summary, description=summary)
        add_common(child, console, again=True)
        if module is not None and name == verb:
            module.add_arguments(child, console)
    if {"-h", "--help"}.intersection(_before_dashes(arguments)):
        shown = choices.choices[verb].meant(_before_dashes(arguments)) if verb else parser
        console.record("help", {"text": shown.format_help()}, shown.format_help().rstrip("\n").split("\n"))
        return 0
    if verb:
        called = choices.choices[verb]
        called.meant(arguments).refuse_passwords(_before_dashes(arguments))
        parser.secretive = called.private
    options = parser.parse_args(arguments)
    if options.version:
        from desktop import __version__

        console.record("version", {"version": __version__}, f"rancang {__version__}")
        return 0
    if module is None:
        if not console.as_json:
            parser.print_help()
            return 2
        raise NoVerb
    # no dialog has asked whether a file may be replaced
    with careful(verb or "", force=getattr(options, "force", False)):
        return int(module.run(options, console))


def _before_dashes(arguments: list[str]) -> list[str]:
    """The words that can be options: all up to ``--``."""
    return arguments[: arguments.index("--")] if "--" in arguments else arguments
