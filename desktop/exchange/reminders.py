"""The words of a reminder: polite, complete, and ready to be copied into a chat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from desktop.base import Language, Message, render
from desktop.base.message import Param
from desktop.base.speech import value_text
from desktop.checks.owing import Owed, Standing
from desktop.workspace.plan import Agency, Person, Plan

_TOLD = {
    Standing.EMPTY: Message("exchange.remind.empty"),
    Standing.FILLED: Message("exchange.remind.filled"),
    Standing.SENT: Message("exchange.remind.sent"),
    Standing.APPROVED: Message("exchange.remind.approved"),
    Standing.RETURNED: Message("exchange.remind.returned"),
    Standing.NOT_OURS: Message("exchange.remind.not_ours"),
}


def reminder(
    plan: Plan, agency: Agency, parts: Sequence[Owed], language: Language, today: dt.date, sender: str = ""
) -> str:
    """What an agency still owes, until when, and how it is sent. ``parts`` are those to be reminded of."""

    def say(message: Message) -> str:
        return render(message, language)

    name = agency.name.read(language.value, plan.source_language) or agency.short_name
    lines = [say(Message("exchange.remind.greeting", whom=greeted(parts, name, language))), ""]
    lines.append(say(Message("exchange.remind.thanks", region=plan.region.name, agency=name)))
    lines.append("")
    open_ = [each for each in parts if each.open or each.changed] or list(parts)
    if open_:
        lines.append(say(Message("exchange.remind.what", n=len(open_))))
        lines += [f"{number}. {_line(each, language, today)}" for number, each in enumerate(open_, 1)]
    else:
        lines.append(say(Message("exchange.remind.nothing")))
    if open_:
        lines += ["", say(Message("exchange.remind.how")), say(Message("exchange.remind.elsewise"))]
    lines += ["", say(Message("exchange.remind.closing"))]
    lines.append(sender.strip() or say(Message("exchange.remind.team", region=plan.region.name)))
    return "\n".join(lines)


def greeted(parts: Iterable[Owed], agency: str, language: Language) -> str:
    """Whom it is to: the person in charge where one is known, else the agency's head."""
    people = {each.person.id: each.person for each in parts if each.person is not None}
    if len(people) == 1:
        person: Person = next(iter(people.values()))
        return render(Message("exchange.remind.person", name=person.name, agency=agency), language)
    return render(Message("exchange.remind.head", agency=agency), language)


def _line(part: Owed, language: Language, today: dt.date) -> str:
    title = value_text(part.title, language)
    state = render(told(part), language)
    if not part.due:
        return render(Message("exchange.remind.line", part=title, state=state), language)
    day = dt.date.fromisoformat(part.due)
    if day < today:
        message = Message("exchange.remind.line_late", part=title, state=state, due=day, n=(today - day).days)
    else:
        message = Message("exchange.remind.line_due", part=title, state=state, due=day)
    return render(message, language)


def told(part: Owed) -> Message:
    """How a part stands, as a reminder says it; a returned one with what is asked."""
    if part.changed:
        return Message("exchange.remind.changed")
    if part.standing is Standing.RETURNED and part.note:
        note: Param = " ".join(part.note.split())
        return Message("exchange.remind.returned_because", note=note)
    if part.standing is Standing.FILLED and part.required:
        return Message("exchange.remind.filled_so_far", filled=part.filled, required=part.required)
    return _TOLD[part.standing]
