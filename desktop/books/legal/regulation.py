"""The draft of a regulation (*Peraturan Bupati/Wali Kota*) on the masterplan."""

from __future__ import annotations

from desktop.base import Language, Message
from desktop.books.document import Document
from desktop.books.legal.draft import Draft
from desktop.books.words import listed
from desktop.guideline.pack import Pack
from desktop.workspace.plan import Plan


def compose_regulation(plan: Plan, pack: Pack, language: Language) -> Document:
    """Terms, the masterplan, who carries it out, evaluation, money, what the team adds, coming into force."""
    draft = draft_regulation(plan, pack, language)
    return draft.document(draft.say(Message("books.legal.regulation_title", head=draft.head)))


def draft_regulation(plan: Plan, pack: Pack, language: Language, *, template: bool = False) -> Draft:
    """The same before it is finished; ``template``: as if the team had worded nothing itself."""
    draft = Draft(plan, pack, language, "regulation", Message("books.legal.regulation"), template=template)
    say, region, to, office = draft.say, plan.region.name, draft.to, draft.office
    years = to.words.years(plan.first_year, plan.last_year)
    about = say(Message("books.legal.regulation_about", region=region, years=years))
    about = draft.wording.text("about", about)
    draft.opening(about, blessed=True)
    draft.reasons(
        (
            say(Message("books.legal.regulation_why_1", region=region)),
            say(Message("books.legal.regulation_why_2", region=region)),
            say(Message("books.legal.regulation_why_3", head=draft.head, about=about)),
        )
    )
    named = say(Message("books.legal.regulation_named", head=draft.office, about=about)).upper()
    draft.decided(named)
    draft.chapter("I", Message("books.legal.chapter_terms"))
    draft.terms(say(Message("books.legal.terms", office=draft.office)), _terms(draft))
    purpose = (
        Message("books.legal.purpose_1", office=office),
        Message("books.legal.purpose_2", office=office),
    )
    draft.article(2, *map(say, purpose))
    draft.chapter("II", Message("books.legal.chapter_plan"))
    books = [f"{book.code}. {to.words.local(book.title)}" for book in pack.books if book.kind == "book"]
    draft.article(
        3,
        say(Message("books.legal.plan_years", years=years)),
        say(Message("books.legal.plan_books", books=listed(books))),
        say(Message("books.legal.plan_annex", office=office)),
    )
    draft.article(4, say(Message("books.legal.plan_binding_1")), say(Message("books.legal.plan_binding_2")))
    draft.chapter("III", Message("books.legal.chapter_carrying_out"))
    dimensions = [to.words.local(each.name) for each in pack.dimensions]
    draft.article(
        5,
        say(Message("books.legal.dimensions", dimensions=listed(dimensions), n=len(plan.programmes))),
        say(Message("books.legal.leading")),
    )
    bodies = [to.words.local(each.name) for each in pack.bodies]
    draft.article(6, say(Message("books.legal.bodies", bodies=listed(bodies), head=draft.head)))
    draft.chapter("IV", Message("books.legal.chapter_evaluation"))
    draft.article(
        7,
        say(Message("books.legal.evaluation_1")),
        say(Message("books.legal.evaluation_2", head=draft.head)),
        say(Message("books.legal.evaluation_3")),
    )
    draft.chapter("V", Message("books.legal.chapter_money"))
    draft.article(8, say(Message("books.legal.money", region=region)))
    _finish(draft)
    return draft


def _finish(draft: Draft) -> None:
    """What the team adds, coming into force, promulgation."""
    say, region, office = draft.say, draft.plan.region.name, draft.office
    more = draft.more_articles()
    if more:
        draft.chapter("VI", Message("books.legal.chapter_more"))
        for line in more:
            draft.add_article(line)
    draft.chapter("VII" if more else "VI", Message("books.legal.chapter_end"))
    draft.article(9, say(Message("books.legal.in_force", office=office)))
    published = draft.wording.line(
        "published", say(Message("books.legal.published", region=region, office=office))
    )
    if published:
        draft.to.paragraph(*published)
    draft.closing(promulgated=True)


def _terms(draft: Draft) -> tuple[str, ...]:
    say, region = draft.say, draft.plan.region.name
    return (
        say(Message("books.legal.term_region", region=region)),
        say(Message("books.legal.term_government", office=draft.office)),
        say(Message("books.legal.term_head", office=draft.office, head=draft.head)),
        say(Message("books.legal.term_agency", office=draft.office)),
        say(Message("books.legal.term_smart_city")),
        say(Message("books.legal.term_plan")),
    )
