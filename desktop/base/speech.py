"""Messages become sentences here: catalogues, and numbers, dates and rupiah by locale."""

from __future__ import annotations

import datetime as dt
import gettext
import io
from decimal import Decimal
from functools import lru_cache

from desktop.base.language import Language, LocalText
from desktop.base.message import Message, Param, Rupiah
from desktop.base.resources import catalogue_file

_DATE = {Language.ID: "d MMMM y", Language.EN: "d MMMM y"}
_TIME = {Language.ID: "d MMMM y HH.mm", Language.EN: "d MMMM y HH:mm"}


@lru_cache(maxsize=4)
def catalogue(language: Language, domain: str = "rancang") -> gettext.GNUTranslations:
    """The compiled catalogue of a language; a source checkout compiles a newer ``.po`` in memory."""
    compiled, source = catalogue_file(language, domain, ".mo"), catalogue_file(language, domain, ".po")
    if source is not None and (compiled is None or compiled.stat().st_mtime < source.stat().st_mtime):
        return _compile(source.read_bytes(), language)
    if compiled is None:
        return gettext.GNUTranslations()
    with compiled.open("rb") as file:
        return gettext.GNUTranslations(file)


def _compile(source: bytes, language: Language) -> gettext.GNUTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    target = io.BytesIO()
    write_mo(target, read_po(io.BytesIO(source), locale=language.value))
    target.seek(0)
    return gettext.GNUTranslations(target)


def render(message: Message, language: Language) -> str:
    """Write a message in a language. An id the catalogue lacks is shown as it is, with its parameters."""
    text = _entry(message, language)
    if text == message.id:
        parts = [
            message.id,
            *(f"{key}={value_text(value, language)}" for key, value in message.params.items()),
        ]
        return " ".join(parts)
    return _fill(text, {key: value_text(value, language) for key, value in message.params.items()})


def is_sentence(message: Message) -> bool:
    """Whether the catalogues have words for it: one read from a file may be anything."""
    return _entry(message, Language.ID) != message.id


def _entry(message: Message, language: Language) -> str:
    if not message.id:  # gettext would answer with the catalogue's own header
        return message.id
    entries = catalogue(language)
    count = message.params.get("n")
    if isinstance(count, int):
        text = entries.ngettext(message.id, message.id, count)
        if text != message.id:
            return text
    return entries.gettext(message.id)


def _fill(text: str, values: dict[str, str]) -> str:
    """Put values into ``{name}`` places without ever evaluating anything else a text may contain."""
    if "{" not in text:
        # a window says some six hundred texts before it is seen, most of them as they stand
        return text
    import re

    return re.sub(r"\{(\w+)\}", lambda place: values.get(place.group(1), place.group(0)), text)


def value_text(value: Param, language: Language) -> str:
    """One parameter as a reader of ``language`` would write it."""
    match value:
        case Message():
            return render(value, language)
        case LocalText():
            return value.read(language)
        case Rupiah():
            return rupiah(value.amount, language)
        case bool():
            return str(value)
        case int() | Decimal():
            return number(value, language)
        case dt.datetime():
            return moment_in_zone(value, language)
        case dt.date():
            return date(value, language)
        case _:
            return value


def number(value: int | Decimal, language: Language) -> str:
    """A number with the locale's separators: ``1.234,5`` in Indonesian, ``1,234.5`` in English."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,d}"
    return text.translate(str.maketrans(",.", ".,")) if language is Language.ID else text


def rupiah(amount: int, language: Language) -> str:
    """Whole rupiah: ``Rp18.400.000.000`` in Indonesian (no space), ``IDR 18,400,000,000`` in English."""
    sign = "-" if amount < 0 else ""
    figure = number(abs(amount), language)
    return f"{sign}Rp{figure}" if language is Language.ID else f"{sign}IDR {figure}"


def date(value: dt.date, language: Language) -> str:
    """A calendar day in words: ``24 November 2026``."""
    from babel.dates import format_date

    return str(format_date(value, _DATE[language], locale=language.locale))


def weekday(value: dt.date, language: Language) -> str:
    """The day of the week in words: *Selasa*, *Tuesday*."""
    from babel.dates import format_date

    return str(format_date(value, "EEEE", locale=language.locale))


def moment(value: dt.datetime, language: Language) -> str:
    """A moment in the reader's own time zone: ``24 November 2026 10.42`` (EYD) or ``10:42``."""
    from babel.dates import format_datetime

    try:
        local = value.astimezone() if value.tzinfo else value
    except (OverflowError, ValueError):  # a minute before the calendar ends, and seven hours to add
        local = value
    return str(format_datetime(local.replace(tzinfo=None), _TIME[language], locale=language.locale))


def moment_in_zone(value: dt.datetime, language: Language) -> str:
    """The same with the name of that zone, for what may be read in another: ``10.42 WIB``."""
    told = moment(value, language)
    return f"{told} {_zone(value)}" if value.tzinfo else told


def _zone(value: dt.datetime) -> str:
    """The Indonesian time zone that this computer keeps, else the distance from UTC."""
    try:
        offset = value.astimezone().utcoffset()
    except (OverflowError, ValueError):  # written as it stands, too
        offset = value.utcoffset()
    hours = (offset or dt.timedelta()).total_seconds() / 3600
    return {7.0: "WIB", 8.0: "WITA", 9.0: "WIT", 0.0: "UTC"}.get(hours, f"UTC{hours:+g}")


def file_size(size: int, language: Language) -> str:
    """Bytes as people read them: ``1,4 MB``."""
    amount, unit = Decimal(size), "B"
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            break
        amount /= 1000
    return f"{number(round(amount, 0 if unit == 'B' else 1), language)} {unit}"
