"""What may come behind a revision of a PDF, by pyHanko's comparison and stricter than that."""

from __future__ import annotations

from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    CatalogModificationRule,
    FormUpdatingRule,
    GenericFieldModificationRule,
    SigFieldModificationRule,
)
from pyhanko.sign.diff_analysis.constants import ROOT_EXEMPT_STRICT_COMPARISON

from desktop.submission.pdf.added import BlankLooks, Unseen
from desktop.submission.pdf.producer import Producer
from desktop.submission.pdf.usages import Policy

_RULES = [*DEFAULT_DIFF_POLICY.global_rules, Producer()]
_DEFAULT_FIELDS = DEFAULT_DIFF_POLICY.form_rule.field_rules if DEFAULT_DIFF_POLICY.form_rule else []
_OTHERS = (GenericFieldModificationRule, SigFieldModificationRule)
_FORM = FormUpdatingRule(
    field_rules=[
        *(rule for rule in _DEFAULT_FIELDS if not isinstance(rule, _OTHERS)),
        Unseen(),
        BlankLooks(),
    ]
)
SIGNED_POLICY = Policy(global_rules=_RULES, form_rule=_FORM)
"""After a signature: further signatures, validation data, document timestamps; nothing else."""

SEALED_POLICY = Policy(
    global_rules=[
        CatalogModificationRule({*ROOT_EXEMPT_STRICT_COMPARISON, "/Perms"}),  # type: ignore[no-untyped-call]
        *(rule for rule in _RULES if not isinstance(rule, CatalogModificationRule)),
    ],
    form_rule=_FORM,
)
"""Between sealing and the first signature: the same, and the entry with which that one certifies."""
