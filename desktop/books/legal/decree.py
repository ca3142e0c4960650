"""The draft of a decree (*Keputusan Bupati/Wali Kota*) that sets up the council, the team and the groups."""

from __future__ import annotations

from desktop.base import Language, Message
from desktop.books.blocks.bodies import body_name, members, set_up
from desktop.books.document import Document, Table
from desktop.books.legal.draft import Draft
from desktop.books.words import listed
from desktop.guideline.pack import Body as Asked
from desktop.guideline.pack import Pack
from desktop.workspace.organisation import Body
from desktop.workspace.plan import Plan


def compose_decree(plan: Plan, pack: Pack, language: Language) -> Document:
    """Considerations, dictums, signature, and the members of each body as its annex."""
    draft = draft_decree(plan, pack, language)
    return draft.document(draft.say(Message("books.legal.decree_title", head=draft.head)))


def draft_decree(plan: Plan, pack: Pack, language: Language, *, template: bool = False) -> Draft:
    """The same before it is finished; ``template``: as if the team had worded nothing itself."""
    draft = Draft(plan, pack, language, "decree", Message("books.legal.decree"), template=template)
    say, region, to = draft.say, plan.region.name, draft.to
    bodies = list(set_up(to))
    called = [_name(draft, asked, body) for asked, body in bodies]
    names = list(dict.fromkeys(called)) or [to.words.local(asked.name) for asked in pack.bodies[:2]]
    about = say(Message("books.legal.decree_about", bodies=listed(names), region=region))
    about = draft.wording.text("about", about)
    draft.opening(about)
    years = to.words.years(plan.first_year, plan.last_year)
    draft.reasons(
        (
            say(Message("books.legal.decree_why_1", region=region)),
            say(Message("books.legal.decree_why_2", region=region, years=years)),
            say(Message("books.legal.decree_why_3", head=draft.head, about=about)),
        )
    )
    named = say(Message("books.legal.decree_named", head=draft.office, about=about)).upper()
    draft.decided(named)
    draft.dictum("dictum1", say(Message("books.legal.decree_1", bodies=listed(names))))
    draft.dictum("dictum2", say(Message("books.legal.decree_2")))
    tasks = dict.fromkeys(
        f"{_name(draft, asked, body)}: {to.words.text(body.task) or to.words.local(asked.purpose)}"
        for asked, body in bodies
    )
    draft.tasks(tasks)
    draft.dictum("dictum3", say(Message("books.legal.decree_3", head=draft.head)))
    draft.dictum("dictum4", say(Message("books.legal.decree_4", region=region)), draft.check())
    draft.more_dictums()
    draft.dictum("dictum5", say(Message("books.legal.decree_5")))
    copies = (
        say(Message("books.legal.copy_governor", province=plan.region.province)),
        say(Message("books.legal.copy_council", region=region)),
        say(Message("books.legal.copy_members")),
    )
    draft.closing(copies)
    draft.annex(about, say(Message("books.legal.members", bodies=listed(names))))
    columns, rows = members(to, bodies)
    to.add(Table(0, "", columns, tuple(rows)))
    draft.signed()
    return draft


def _name(draft: Draft, asked: Asked, body: Body) -> str:
    """A working group of each dimension is named once for all of them."""
    return draft.to.words.local(asked.name) if asked.per_dimension else body_name(draft.to, asked, body)
