"""The settings a person may change, by name: what each is called, and how it is read and told in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.base.errors import RancangError
from desktop.base.language import Language
from desktop.base.message import Message
from desktop.base.settings import SIZES, Purpose, Settings, Theme

ROLES = ("secretary", "agency", "mentor", "assessor", "ministry")


class NoSuchSetting(RancangError):
    """Nothing is set under this name."""

    exit_code = 2

    def __init__(self, name: str) -> None:
        super().__init__(Message("base.setting.unknown", name=name, known=", ".join(SETTABLE)))


class NotAValue(RancangError):
    """A setting cannot be this."""

    exit_code = 2

    def __init__(self, name: str, text: str, possible: str) -> None:
        super().__init__(Message("base.setting.not_a_value", name=name, text=text, possible=possible))


class NoSuchFolder(RancangError):
    """A folder that is to be used is not there."""

    exit_code = 2

    def __init__(self, path: str) -> None:
        super().__init__(Message("base.setting.no_folder", path=path))


@dataclass(frozen=True, slots=True)
class Settable:
    """One setting: its name, what it is called, its present value in words, and how it is changed."""

    name: str
    title: Message
    read: Callable[[Settings], str]
    change: Callable[[Settings, str], Settings]
    """Raises :class:`NotAValue` or :class:`NoSuchFolder`."""


def _one_of(name: str, text: str, possible: tuple[str, ...]) -> str:
    if text not in possible:
        raise NotAValue(name, text, ", ".join(possible))
    return text


def _language(settings: Settings, text: str) -> Settings:
    return replace(settings, language=Language(_one_of("language", text, tuple(Language))))


def _theme(settings: Settings, text: str) -> Settings:
    return replace(settings, theme=Theme(_one_of("theme", text, tuple(Theme))))


def _size(settings: Settings, text: str) -> Settings:
    wanted = text.strip().removesuffix("%").strip()
    return replace(settings, text_percent=int(_one_of("text-size", wanted, tuple(map(str, SIZES)))))


def _role(settings: Settings, text: str) -> Settings:
    return replace(settings, role=_one_of("role", text, ROLES))


def _second(settings: Settings, text: str) -> Settings:
    return replace(settings, second_language=_one_of("second-language", text, ("on", "off")) == "on")


def _photo_place(settings: Settings, text: str) -> Settings:
    answer = _one_of("photo-place", text, ("ask", "keep", "drop"))
    return replace(settings, photo_place="" if answer == "ask" else answer)


def _photo_original(settings: Settings, text: str) -> Settings:
    return replace(settings, photo_original=_one_of("photo-original", text, ("on", "off")) == "on")


def existing(text: str) -> str:
    """A folder in full, or nothing where nothing is said. Raises :class:`NoSuchFolder`."""
    if not text.strip():
        return ""
    if not Path(text).expanduser().is_dir():
        raise NoSuchFolder(text)
    return str(Path(text).expanduser().resolve())


def _backup(settings: Settings, text: str) -> Settings:
    return replace(settings, backup_place=existing(text))


def _folder(purpose: Purpose) -> Settable:
    def change(settings: Settings, text: str) -> Settings:
        others = {name: path for name, path in settings.folders.items() if name != purpose}
        path = existing(text)
        return replace(settings, folders={**others, purpose.value: path} if path else others)

    return Settable(
        f"folder-{purpose.value}",
        FOLDER_TITLES[purpose],
        lambda settings: settings.folders.get(purpose, ""),
        change,
    )


def _address(settings: Settings, text: str) -> Settings:
    address = text.strip()
    if address and not address.startswith(("http://", "https://")):
        raise NotAValue("timestamp-service", text, "http://…, https://…")
    return replace(settings, timestamp_service=address)


FOLDER_TITLES = {
    Purpose.DOCUMENTS: Message("base.setting.folder.documents"),
    Purpose.IMPORTS: Message("base.setting.folder.imports"),
    Purpose.EXPORTS: Message("base.setting.folder.exports"),
    Purpose.EVIDENCE: Message("base.setting.folder.evidence"),
    Purpose.KEYS: Message("base.setting.folder.keys"),
}
SETTABLE = {
    each.name: each
    for each in (
        Settable(
            "name",
            Message("base.setting.name"),
            lambda settings: settings.name,
            lambda settings, text: replace(settings, name=text.strip()),
        ),
        Settable("role", Message("base.setting.role"), lambda settings: settings.role, _role),
        Settable(
            "language", Message("base.setting.language"), lambda settings: settings.language.value, _language
        ),
        Settable("theme", Message("base.setting.theme"), lambda settings: settings.theme.value, _theme),
        Settable(
            "text-size", Message("base.setting.text_size"), lambda settings: str(settings.text_percent), _size
        ),
        Settable(
            "second-language",
            Message("base.setting.second_language"),
            lambda settings: "on" if settings.second_language else "off",
            _second,
        ),
        Settable(
            "backup-place",
            Message("base.setting.backup_place"),
            lambda settings: settings.backup_place,
            _backup,
        ),
        *(_folder(purpose) for purpose in Purpose),
        Settable(
            "timestamp-service",
            Message("base.setting.timestamp_service"),
            lambda settings: settings.timestamp_service,
            _address,
        ),
        Settable(
            "photo-place",
            Message("base.setting.photo_place"),
            lambda settings: settings.photo_place or "ask",
            _photo_place,
        ),
        Settable(
            "photo-original",
            Message("base.setting.photo_original"),
            lambda settings: "on" if settings.photo_original else "off",
            _photo_original,
        ),
    )
}
"""By name, in the order in which they are shown."""


def change(settings: Settings, name: str, text: str) -> Settings:
    """The settings with one of them changed. Raises NoSuchSetting, NotAValue, NoSuchFolder."""
    if name not in SETTABLE:
        raise NoSuchSetting(name)
    return SETTABLE[name].change(settings, text)
