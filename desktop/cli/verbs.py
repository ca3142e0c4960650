"""Every verb, the module behind it, and the line that help shows."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.base import Message


@dataclass(frozen=True, slots=True)
class Verb:
    """One command: the module in this room that runs it, and what it is for."""

    module: str
    summary: Message


VERBS = {
    "new": Verb("new", Message("cli.verb.new")),
    "demo": Verb("demo", Message("cli.verb.demo")),
    "show": Verb("show", Message("cli.verb.show")),
    "import": Verb("importing", Message("cli.verb.import")),
    "receive": Verb("receive", Message("cli.verb.receive")),
    "what": Verb("what", Message("cli.verb.what")),
    "set": Verb("setting", Message("cli.verb.set")),
    "row": Verb("row", Message("cli.verb.row")),
    "programme": Verb("programme", Message("cli.verb.programme")),
    "budget": Verb("budget", Message("cli.verb.budget")),
    "nomenclature": Verb("nomenclature", Message("cli.verb.nomenclature")),
    "stakeholder": Verb("stakeholder", Message("cli.verb.stakeholder")),
    "input": Verb("input", Message("cli.verb.input")),
    "assess": Verb("assess", Message("cli.verb.assess")),
    "figure": Verb("figure", Message("cli.verb.figure")),
    "bodies": Verb("bodies", Message("cli.verb.bodies")),
    "evidence": Verb("evidence", Message("cli.verb.evidence")),
    "emblem": Verb("emblem", Message("cli.verb.emblem")),
    "find": Verb("finding", Message("cli.verb.find")),
    "replace": Verb("replacing", Message("cli.verb.replace")),
    "comment": Verb("comment", Message("cli.verb.comment")),
    "review": Verb("review", Message("cli.verb.review")),
    "deadline": Verb("deadline", Message("cli.verb.deadline")),
    "duty": Verb("duty", Message("cli.verb.duty")),
    "office": Verb("office", Message("cli.verb.office")),
    "check": Verb("checking", Message("cli.verb.check")),
    "books": Verb("books", Message("cli.verb.books")),
    "export": Verb("export", Message("cli.verb.export")),
    "record": Verb("record", Message("cli.verb.record")),
    "legal": Verb("legal", Message("cli.verb.legal")),
    "wording": Verb("wording", Message("cli.verb.wording")),
    "sessions": Verb("sessions", Message("cli.verb.sessions")),
    "initial": Verb("initial", Message("cli.verb.initial")),
    "seal": Verb("seal", Message("cli.verb.seal")),
    "sign": Verb("sign", Message("cli.verb.sign")),
    "extend": Verb("extend", Message("cli.verb.extend")),
    "verify": Verb("verify", Message("cli.verb.verify")),
    "receipt": Verb("receipt", Message("cli.verb.receipt")),
    "trust": Verb("trust", Message("cli.verb.trust")),
    "history": Verb("history", Message("cli.verb.history")),
    "compare": Verb("compare", Message("cli.verb.compare")),
    "undo": Verb("undo", Message("cli.verb.undo")),
    "redo": Verb("redo", Message("cli.verb.redo")),
    "handout": Verb("handout", Message("cli.verb.handout")),
    "changes": Verb("changes", Message("cli.verb.changes")),
    "bring-back": Verb("bring_back", Message("cli.verb.bring_back")),
    "conflicts": Verb("conflicts", Message("cli.verb.conflicts")),
    "resolve": Verb("resolve", Message("cli.verb.resolve")),
    "backups": Verb("backups", Message("cli.verb.backups")),
    "settings": Verb("settings", Message("cli.verb.settings")),
    "guideline": Verb("guidelines", Message("cli.verb.guideline")),
    "help": Verb("helping", Message("cli.verb.help")),
    "self-test": Verb("self_test", Message("cli.verb.self_test")),
}
