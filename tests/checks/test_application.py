import msgspec

from desktop.checks import check
from desktop.checks.application import SIGNED
from desktop.guideline.pack import Block, Book, Chapter, Role
from desktop.workspace.plan import EvidenceFile, Person, Place
from tests.checks.build import answer, local, plan, rules, text, with_answers


def pack(rule, *books):
    made = rules(rule)
    roles = (*made.roles, Role(id="minister", label=local("Dirjen"), party="ministry"))
    return msgspec.structs.replace(made, roles=roles, books=(*made.books, *books))


def said(rule, now, *books):
    return [each.message.id for each in check(now, pack(rule, *books)).findings]


def book(kind, *chapters, signers=(), per=""):
    chapters = chapters or (Chapter(id="X.1", title=local("Isi"), required=False),)
    return Book(
        id="x", code="X", title=local("Dokumen"), kind=kind, chapters=chapters, signers=signers, per=per,
        submitted=not per,
    )  # fmt: skip


def person(role, name="Siti"):
    return Person(role, name, text("Jabatan"), role, "", "", "")


def test_a_memorandum_needs_two_parties_that_somebody_signs_for():
    rule = "memorandum_parties"
    both = book("memorandum", signers=("head", "minister"))
    signed = plan(people=(person("head"), person("minister")))
    assert said(rule, signed, both) == []
    assert said(rule, plan(people=(person("head"),)), both) == ["checks.memorandum.signatory"]
    assert said(rule, signed, book("memorandum", signers=("head",))) == ["checks.memorandum.one_party"]
    assert said(rule, plan()) == []  # a guideline without a memorandum


def test_a_memorandum_names_the_other_party():
    made = pack(("memorandum_parties", {"form": "profile"}), book("memorandum", signers=("head", "minister")))
    signed = plan(people=(person("head"), person("minister")))
    assert check(signed, made).findings == ()  # this form does not ask for it


def test_a_presentation_names_programmes():
    rule, sheet = "presentation_tied", book("presentation")
    assert said(rule, plan(), sheet) == []
    assert said(rule, plan(programmes=()), sheet) == ["checks.presentation.no_programme"]


def test_what_is_written_for_a_presentation_names_a_programme():
    rule, sheet = "presentation_tied", book("presentation")
    title = plan().programmes[0].title.values["id"]
    assert said(rule, with_answers(answer("chapter.X.1", words=text("<p>Kami hebat.</p>"))), sheet) == [
        "checks.presentation.untied"
    ]
    assert said(rule, with_answers(answer("chapter.X.1", words=text(f"<p>Lihat {title}.</p>"))), sheet) == []
    referred = f'<p>Lihat <a href="ref:programme/{plan().programmes[0].id}">ini</a>.</p>'
    assert said(rule, with_answers(answer("chapter.X.1", words=text(referred))), sheet) == []


def test_what_a_presentation_quotes_is_written():
    quoting = Chapter(id="X.1", title=local("Visi"), required=False, blocks=(Block(show="text", ref="1"),))
    sheet = book("presentation", quoting)
    empty = with_answers(without=["chapter.1"])
    (finding,) = check(empty, pack("presentation_tied", sheet)).findings
    assert finding.message.id == "checks.presentation.quoted"
    assert finding.page.ref == "1"
    written = with_answers(answer("chapter.1", words=text("<p>Kota yang dekat.</p>")))
    assert said("presentation_tied", written, sheet) == []


def test_every_agency_that_leads_has_signed():
    rule, sheet = "commitment_unsigned", book("commitment", signers=("head",), per="agency")
    leading = {each.lead for each in plan().programmes} & {each.id for each in plan().agencies}
    assert said(rule, plan(), sheet) == ["checks.commitment.unsigned"] * len(leading)
    files = tuple(
        EvidenceFile(f"e{n}", "0" * 64, "a.pdf", "application/pdf", 1, text("Bukti"), True,
                     (Place("agency", each, SIGNED),))
        for n, each in enumerate(sorted(leading))
    )  # fmt: skip
    assert said(rule, plan(evidence=files), sheet) == []
    assert said(rule, plan()) == []  # a guideline without such sheets
