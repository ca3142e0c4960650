"""The command line: finds the verb, speaks the language asked for, and lets no traceback through."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

from desktop.base import Language, Message, RancangError
from desktop.cli.arguments import Parser, speaking
from desktop.cli.console import Console
from desktop.cli.language import chosen_language
from desktop.cli.verbs import VERBS


def run(arguments: Sequence[str]) -> int:
    """Run one command; the exit code."""
    language = chosen_language(arguments)
    console = Console(language, as_json="--json" in arguments)
    try:
        with speaking(language):
            return _dispatch(list(arguments), console)
    except RancangError as error:
        console.fail(error.message)
        return error.exit_code
    except KeyboardInterrupt:
        console.fail(Message("base.cancelled"))
        return 1
    except BrokenPipeError:
        # whoever read our output has gone (a pager, head): nothing to say and nobody to say it to
        sys.stderr.close()
        return 2
    except Exception as error:  # noqa: BLE001 - the one crash boundary of the command line
        from desktop.base.crash import note_crash

        console.fail(Message("base.crash", file=str(note_crash(error))))
        return 2


def _dispatch(arguments: list[str], console: Console) -> int:
    verb = next((word for word in arguments if not word.startswith("-") and word in VERBS), None)
    parser = Parser(prog="rancang", description=console.text(Message("cli.description")))
    _add_common(parser, console)
    parser.add_argument("--version", action="store_true", help=console.text(Message("cli.option.version")))
    choices = parser.add_subparsers(dest="verb", metavar=console.text(Message("cli.metavar.verb")))
    module = import_module(f"desktop.cli.{VERBS[verb].module}") if verb else None
    for name, entry in VERBS.items():
        summary = console.text(entry.summary)
        child = choices.add_parser(name, help=summary, description=summary)
        _add_common(child, console, again=True)
        if module is not None and name == verb:
            module.add_arguments(child, console)
    options = parser.parse_args(arguments)
    if options.version:
        from desktop import __version__

        console.record("version", {"version": __version__}, f"rancang {__version__}")
        return 0
    if module is None:
        parser.print_help()
        return 2
    return int(module.run(options, console))


def _add_common(parser: Parser, console: Console, *, again: bool = False) -> None:
    """Options that may stand before or after the verb."""
    import argparse

    default = argparse.SUPPRESS if again else None
    parser.add_argument(
        "--language",
        choices=[each.value for each in Language],
        default=default,
        help=console.text(Message("cli.option.language")),
    )
    parser.add_argument(
        "--json",
        action="store_true",
        default=argparse.SUPPRESS if again else False,
        help=console.text(Message("cli.option.json")),
    )
