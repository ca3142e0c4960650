"""Do nomenclature codes have the guideline's form, and do they name what they stand beside?

Only the form is the guideline's: the list changes with every decree (Permendagri 90/2019 and later), so
whether a code exists is judged by the list that the region has taken in, and is a hint at most.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from desktop.base import Message
from desktop.checks.finding import Hit
from desktop.checks.reading import Reading
from desktop.checks.registry import check_rule, words
from desktop.checks.spots import called, named, programme_page
from desktop.guideline.codes import CodeForms, code_forms
from desktop.guideline.pack import Pack, Rule
from desktop.workspace.nomenclature import level_of
from desktop.workspace.plan import Place, Programme, Text

LEVELS = {
    "field": Message("guideline.code.part.field"),
    "division": Message("guideline.code.part.division"),
    "programme": Message("guideline.code.part.programme"),
    "activity": Message("guideline.code.part.activity"),
    "sub_activity": Message("guideline.code.part.sub_activity"),
}


class Coded(NamedTuple):
    """Something with a code: a programme, an activity or a sub-activity, and the code it lies under."""

    table: str
    row: str
    title: Text
    code: str
    above: str
    programme: Programme

    def hit(self, message: Message) -> Hit:
        """A remark about the code."""
        scope = "" if self.table == "programme" else self.programme.id
        return Hit(message, Place(self.table, self.row, "code", scope=scope), programme_page(self.programme))


def coded(programme: Programme) -> Iterator[Coded]:
    """A programme and its parts that have a code."""
    code = programme.code.strip()
    if code:
        yield Coded("programme", programme.id, programme.title, code, "", programme)
    for activity in programme.activities:
        below = activity.code.strip()
        if below:
            yield Coded("activity", activity.id, activity.title, below, code, programme)
        for sub in activity.sub_activities:
            if sub.code.strip():
                own = sub.code.strip()
                yield Coded("sub_activity", sub.id, sub.title, own, below or code, programme)


def forms_of(pack: Pack) -> CodeForms:
    """The forms of codes that a guideline allows, with its samples for what is said about a wrong one."""
    return code_forms(pack.planning.code_patterns, tuple(each.code for each in pack.planning.sample_codes))


@check_rule("code_form")
def code_form(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """Every nomenclature code there is has a form of the guideline (or of ``patterns``).

    That of a programme, an activity or a sub-activity; the sentence names the part that is wrong.
    """
    chosen = words(rule, "patterns")
    forms = CodeForms(chosen) if chosen else forms_of(reading.pack)
    for programme in reading.plan.programmes:
        for each in coded(programme):
            wrong = forms.wrong(each.code)
            if wrong is not None:
                yield each.hit(Message("checks.code_form", title=called(each.title), what=wrong))


@check_rule("code_level", yields_to=("code_form",))
def code_level(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """A programme has the code of a programme, an activity that of an activity, and so on.

    Silent where the guideline's codes are not those of the nomenclature (three, five and six parts).
    """
    forms = forms_of(reading.pack)
    for programme in reading.plan.programmes:
        for each in coded(programme):
            level = level_of(each.code)
            if level and level != each.table and forms.fits(each.code):
                message = Message(
                    "checks.code_level",
                    title=called(each.title), code=each.code, level=LEVELS[level], wanted=LEVELS[each.table],
                )  # fmt: skip
                yield each.hit(message)


@check_rule("code_within", yields_to=("code_form", "code_level"))
def code_within(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """The code of an activity begins with its programme's, that of a sub-activity with its activity's."""
    for programme in reading.plan.programmes:
        for each in coded(programme):
            if each.above and not each.code.startswith(f"{each.above}."):
                message = Message(
                    "checks.code_within", title=named(each.title), code=each.code, above=each.above
                )
                yield each.hit(message)


@check_rule("code_listed", yields_to=("code_form",))
def code_listed(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """Every code stands in the list that the region has taken in; without such a list nothing is said."""
    codes = reading.plan.codes
    if not codes or not codes.titles:
        return
    for programme in reading.plan.programmes:
        for each in coded(programme):
            if each.code not in codes.titles:
                message = Message(
                    "checks.code_listed", title=called(each.title), code=each.code, file=codes.name
                )
                yield each.hit(message)
