"""Arguments and help in the language of the person, errors as sentences."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NoReturn

from desktop.base import Language, Message, RancangError, render

if TYPE_CHECKING:
    from desktop.cli.console import Console


class BadCall(RancangError):
    """The command was not called as it has to be."""

    def __init__(self, reason: str, verb: str) -> None:
        super().__init__(Message("cli.bad_call", reason=reason, command=verb))


class NotANumber(RancangError):
    """An option wants a whole number."""

    def __init__(self, text: str, least: int) -> None:
        super().__init__(Message("cli.not_a_number", text=text, least=least))


class MissingWords(RancangError):
    """An action was not told everything it needs."""

    def __init__(self, action: str, verb: str) -> None:
        super().__init__(Message("cli.missing_words", action=action, command=f"rancang {verb}"))


class TooManyWords(RancangError):
    """An action was told something it has no use for."""

    def __init__(self, word: str) -> None:
        super().__init__(Message("cli.too_many_words", word=word))


class BrokenArgument(RancangError):
    """An argument is no text: bytes that no character stands for, or a control character."""

    def __init__(self, place: int) -> None:
        super().__init__(Message("cli.broken_argument", place=str(place)))


class PasswordTyped(RancangError):
    """A password was typed on the command line; it is not repeated, and not used."""

    def __init__(self, verb: str) -> None:
        super().__init__(Message("cli.password_typed", command=verb))


_PASSWORDS = frozenset(
    {"--password", "--passwd", "--pass", "--passphrase", "--pin", "--kata-sandi", "--sandi", "--frasa-sandi"}
)
"""What people call the option for a password; there is none."""


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are ours; options are never abbreviated, and may stand anywhere."""

    def __init__(self, **options: object) -> None:
        options.setdefault("allow_abbrev", False)
        super().__init__(**options)  # type: ignore[arg-type]
        self.called = self.prog
        """What to ask for help about when something was not understood."""
        self.secretive = False
        """Whether the verb that was called is private: words it does not know are then not repeated."""
        self._mixing = False
        self.verbs: dict[str, Parser] = {}
        """The parsers of its sub-verbs, where it has some (``guideline list``)."""

    def add_verb(self, choices: argparse._SubParsersAction[Parser], name: str, summary: str) -> Parser:
        """Add a sub-verb to those that :meth:`add_subparsers` made."""
        made = choices.add_parser(name, help=summary, description=summary)
        made.called = f"{self.called} {name}"
        self.verbs[name] = made
        return made

    def meant(self, words: Sequence[str]) -> Parser:
        """The parser of the sub-verb named among these words, else this one."""
        return next((self.verbs[word] for word in words if word in self.verbs), self)

    @property
    def private(self) -> bool:
        """Whether it wants a password, so that words it does not know may be one."""
        return "--password-file" in self._option_string_actions or any(
            each.private for each in self.verbs.values()
        )

    def refuse_passwords(self, words: Iterable[str]) -> None:
        """A password is not taken from the command line, where others can read it. Raises PasswordTyped."""
        for word in words:
            name = word.partition("=")[0].casefold()
            if name in _PASSWORDS and name not in self._option_string_actions:
                raise PasswordTyped(self.called)

    def parse_args(  # type: ignore[override]  # argparse's own overloads say the same thing twice
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> argparse.Namespace:
        """What is not known is named, but no value: somebody may have typed a password."""
        found, rest = self.parse_known_args(args, namespace)
        if rest:
            unknown = argparse._("unrecognized arguments: %s")  # type: ignore[attr-defined]
            self.error(unknown % " ".join(_named(rest, private=self.secretive)))
        return found

    def error(self, message: str) -> NoReturn:
        """Raise the sentence instead of printing usage and leaving."""
        raise BadCall(message, self.called)

    def parse_known_args(  # type: ignore[override]  # argparse's own overloads say the same thing twice
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Let words and options of a verb stand in any order: ``row FILE sheet --fixed a rating=b``."""
        if self._subparsers is not None or self._mixing:
            return super().parse_known_args(args, namespace)
        self._mixing = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._mixing = False


def _named(rest: Iterable[str], *, private: bool) -> Iterator[str]:
    """What was not known: options without their values, stray words only where none can be a password."""
    value = False
    for word in rest:
        if word.startswith("-") and len(word) > 1:
            value = "=" not in word
            yield word.partition("=")[0]
        elif not value:
            yield "..." if private else word


def whole_number(least: int) -> Callable[[str], int]:
    """An option's type: a whole number not below ``least``."""

    def read(text: str) -> int:
        # argparse passes on what is neither its own error nor a ValueError, so the sentence stays ours
        if not (text.isascii() and text.isdecimal() and len(text) <= 9 and int(text) >= least):
            raise NotANumber(text, least)
        return int(text)

    return read


def add_action(
    parser: Parser, console: Console, actions: Sequence[str], *, action: Message, words: Message
) -> None:
    """What a verb does, the first of its actions where none is named, and the words it does it with."""
    parser.add_argument(
        "action",
        choices=actions,
        nargs="?",
        default=actions[0],
        metavar=console.text(Message("cli.metavar.action")),
        help=console.text(action),
    )
    parser.add_argument(
        "words",
        nargs="*",
        default=[],
        metavar=console.text(Message("cli.metavar.words")),
        help=console.text(words),
    )


def words_for(
    options: argparse.Namespace, verb: str, fewest: Mapping[str, int], most: Mapping[str, int]
) -> list[str]:
    """The words of an action, where there are neither too few nor too many of them.

    An action that ``fewest`` or ``most`` leave out has no such bound. Raises MissingWords, TooManyWords.
    """
    action, words = options.action, list(options.words)
    if len(words) < fewest.get(action, 0):
        raise MissingWords(action, verb)
    if len(words) > most.get(action, len(words)):
        raise TooManyWords(words[most[action]])
    return words


def add_text_language(parser: Parser, console: Console) -> None:
    """In which of the plan's languages a text is written, where that is not its own."""
    parser.add_argument(
        "--text",
        choices=[each.value for each in Language],
        default="",
        dest="text_language",
        help=console.text(Message("cli.help.text_language")),
    )


def add_common(parser: Parser, console: Console, *, again: bool = False) -> None:
    """Options that may stand before or after the verb; ``again``: after it."""
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


_ARGPARSE = {
    "usage: ": Message("cli.argparse.usage"),
    "positional arguments": Message("cli.argparse.positional"),
    "options": Message("cli.argparse.options"),
    "show this help message and exit": Message("cli.argparse.help"),
    "the following arguments are required: %s": Message("cli.argparse.required"),
    "unrecognized arguments: %s": Message("cli.argparse.unrecognized"),
    "argument %(argument_name)s: %(message)s": Message("cli.argparse.argument"),
    "invalid choice: %(value)r (choose from %(choices)s)": Message("cli.argparse.choice"),
    "expected one argument": Message("cli.argparse.one"),
    "expected at least one argument": Message("cli.argparse.at_least_one"),
    "expected at most one argument": Message("cli.argparse.at_most_one"),
    "not allowed with argument %s": Message("cli.argparse.not_with"),
    "ignored explicit argument %r": Message("cli.argparse.ignored"),
}
"""What argparse says of its own, and our entry for it."""


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
