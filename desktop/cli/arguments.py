"""Arguments and help in the language of the person, errors as sentences."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator
from typing import NoReturn

from desktop.base import Language, Message, RancangError, render


class BadCall(RancangError):
    """The command was not called as it has to be."""

    def __init__(self, reason: str, verb: str) -> None:
        super().__init__(Message("cli.bad_call", reason=reason, command=verb))


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are ours; options are never abbreviated."""

    def __init__(self, **options: object) -> None:
        options.setdefault("allow_abbrev", False)
        super().__init__(**options)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        """Raise the sentence instead of printing usage and leaving."""
        raise BadCall(message, self.prog)


_ARGPARSE = {
    "usage: ": Message("cli.argparse.usage"),
    "positional arguments": Message("cli.argparse.positional"),
    "options": Message("cli.argparse.options"),
    "show this help message and exit": Message("cli.argparse.help"),
    "the following arguments are required: %s": Message("cli.argparse.required"),
    "unrecognized arguments: %s": Message("cli.argparse.unrecognized"),
    "argument %(argument_name)s: %(message)s": Message("cli.argparse.argument"),
    "invalid choice: %(value)r (choose from %(choices)s)": Message("cli.argparse.choice"),
    "invalid %(type)s value: %(value)r": Message("cli.argparse.value"),
    "expected one argument": Message("cli.argparse.one"),
    "expected at least one argument": Message("cli.argparse.at_least_one"),
    "expected at most one argument": Message("cli.argparse.at_most_one"),
    "not allowed with argument %s": Message("cli.argparse.not_with"),
    "one of the arguments %s is required": Message("cli.argparse.one_of"),
    "ignored explicit argument %r": Message("cli.argparse.ignored"),
}


@contextlib.contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Let argparse speak a language while the block runs; its texts are looked up in our catalogue.

    argparse binds gettext's function to its own global name, and offers no other way.
    """

    def translate(text: str) -> str:
        message = _ARGPARSE.get(text)
        # translators never see the blank at the end, which argparse counts on
        return render(message, language) + text[len(text.rstrip()) :] if message else text

    def translate_number(one: str, several: str, n: int) -> str:
        return translate(one if n == 1 else several)

    before = argparse._, argparse.ngettext  # type: ignore[attr-defined]
    argparse._, argparse.ngettext = translate, translate_number  # type: ignore[attr-defined]
    try:
        yield
    finally:
        argparse._, argparse.ngettext = before  # type: ignore[attr-defined]
