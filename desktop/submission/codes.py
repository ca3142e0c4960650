"""Every code that a reason can have: what it weighs, what it is about, what it means, and what to do.

The table is what the help shows (``rancang help codes``) and what reports take the remedy from; a reason
whose code is not in it fails a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from desktop.base import Message
from desktop.submission.verdict import Group, Weight


@dataclass(frozen=True, slots=True)
class Code:
    """One row of the table."""

    code: str
    weight: Weight
    group: Group
    meaning: Message
    remedy: Message


_RESEND = Message("submission.advice.resend")
_SUSPECT = Message("submission.advice.suspect")
_REMAKE = Message("submission.advice.remake")
_RESIGN = Message("submission.advice.resign")
_OTHER = Message("submission.advice.other")
_NO_PACKAGE = Message("submission.advice.no_package")
_UPDATE = Message("submission.advice.update")
_CLOCK = Message("submission.advice.clock")
_TRUST = Message("submission.advice.trust")
_SIGN = Message("submission.advice.sign")
_CLOSE = Message("submission.advice.close")
_COMPLETE = Message("submission.advice.complete")
_LATE = Message("submission.advice.late")
_PATIENT = Message("submission.advice.patient")
_TIME = Message("submission.advice.time")
_READ = Message("submission.advice.read")
_AGAIN = Message("submission.advice.again")
_STEADY = Message("submission.advice.steady")
_TEST = Message("submission.advice.test")
_TIMESTAMP = Message("submission.advice.timestamp")
_RESTAMP = Message("submission.advice.restamp")
_COMPARE = Message("submission.advice.compare")
_LETTERS = Message("submission.advice.letters")
_GUIDELINE = Message("submission.advice.guideline")
_ASK = Message("submission.advice.ask")
_INSTALL = Message("submission.advice.install")
_REGION = Message("submission.advice.region")
_PASSING = Message("submission.advice.passing")
_PACKAGE = Message("submission.advice.package")
_TAKE_OUT = Message("submission.advice.take_out")
_LISTS = Message("submission.advice.lists")
_ISSUER = Message("submission.advice.issuer")
_LENT = Message("submission.advice.lent")
_UNREAD = Message("submission.advice.unread")
_LOCK = Message("submission.advice.lock")
_RESEAL = Message("submission.advice.reseal")
_KNOW = Message("submission.advice.know")
_UNPACKED = Message("submission.advice.unpacked")
_SHEET = Message("submission.advice.sheet")
_PERSON = Message("submission.advice.person")
_SET_ASIDE = Message("submission.advice.set_aside")
_EXAMPLE = Message("submission.advice.example")
_MORE = Message("submission.advice.more")

_CRYPTOGRAPHIC = (
    (Message("submission.code.zip.count"), _SUSPECT),
    (Message("submission.code.zip.cut"), _RESEND),
    (Message("submission.code.zip.directory"), _RESEND),
    (Message("submission.code.zip.trailing"), _SUSPECT),
    (Message("submission.code.zip.gap"), _SUSPECT),
    (Message("submission.code.zip.headers_differ"), _SUSPECT),
    (Message("submission.code.zip.size"), _SUSPECT),
    (Message("submission.code.zip.bomb"), _SUSPECT),
    (Message("submission.code.zip.method"), _REMAKE),
    (Message("submission.code.zip.encrypted"), _REMAKE),
    (Message("submission.code.zip.not_a_file"), _SUSPECT),
    (Message("submission.code.zip.extra"), _REMAKE),
    (Message("submission.code.zip.name_encoding"), _REMAKE),
    (Message("submission.code.zip.deflate"), _RESEND),
    (Message("submission.code.zip.not_canonical"), _RESEND),
    (Message("submission.code.name.length"), _REMAKE),
    (Message("submission.code.name.path"), _SUSPECT),
    (Message("submission.code.name.sign"), _SUSPECT),
    (Message("submission.code.name.form"), _REMAKE),
    (Message("submission.code.name.edge"), _REMAKE),
    (Message("submission.code.name.device"), _REMAKE),
    (Message("submission.code.name.twice"), _SUSPECT),
    (Message("submission.code.name.file_and_folder"), _SUSPECT),
    (Message("submission.code.manifest.malformed"), _RESEND),
    (Message("submission.code.manifest.not_canonical"), _SUSPECT),
    (Message("submission.code.manifest.id"), _SUSPECT),
    (Message("submission.code.manifest.order"), _SUSPECT),
    (Message("submission.code.content.missing"), _RESEND),
    (Message("submission.code.content.extra"), _SUSPECT),
    (Message("submission.code.content.order"), _SUSPECT),
    (Message("submission.code.content.changed"), _SUSPECT),
    (Message("submission.code.content.empty"), _NO_PACKAGE),
    (Message("submission.code.asic.differs"), _RESEND),
    (Message("submission.code.xml.too_large"), _SUSPECT),
    (Message("submission.code.xml.encoding"), _SUSPECT),
    (Message("submission.code.xml.forbidden"), _SUSPECT),
    (Message("submission.code.xml.malformed"), _RESEND),
    (Message("submission.code.xml.ids"), _SUSPECT),
    (Message("submission.code.xml.structure"), _SUSPECT),
    (Message("submission.code.xades.none"), _SIGN),
    (Message("submission.code.xades.too_many"), _SUSPECT),
    (Message("submission.code.xades.twice"), _SUSPECT),
    (Message("submission.code.xades.not_canonical"), _SUSPECT),
    (Message("submission.code.xades.algorithm"), _RESIGN),
    (Message("submission.code.xades.value"), _SUSPECT),
    (Message("submission.code.xades.digest"), _SUSPECT),
    (Message("submission.code.xades.coverage"), _SUSPECT),
    (Message("submission.code.xades.address"), _SUSPECT),
    (Message("submission.code.xades.transform"), _SUSPECT),
    (Message("submission.code.xades.properties"), _SUSPECT),
    (Message("submission.code.xades.time"), _RESIGN),
    (Message("submission.code.xades.unbound"), _RESIGN),
    (Message("submission.code.xades.other_certificate"), _SUSPECT),
    (Message("submission.code.xades.certificate"), _RESIGN),
    (Message("submission.code.xades.media_type"), _SUSPECT),
    (Message("submission.code.signature.future"), _CLOCK),
    (Message("submission.code.signature.name"), _RESIGN),
    (Message("submission.code.signature.unknown"), _TRUST),
    (Message("submission.code.signature.untrusted"), _RESIGN),
    (Message("submission.code.signature.other_certificate"), _RESIGN),
    (Message("submission.code.timestamp.imprint"), _SUSPECT),
    (Message("submission.code.timestamp.bad"), _SUSPECT),
    (Message("submission.code.timestamp.future"), _CLOCK),
    (Message("submission.code.timestamp.order"), _CLOCK),
    (Message("submission.code.timestamp.attached"), _SUSPECT),
    (Message("submission.code.pdf.encrypted"), _REMAKE),
    (Message("submission.code.pdf.after_end"), _SUSPECT),
    (Message("submission.code.pdf.too_many"), _SUSPECT),
    (Message("submission.code.pdf.too_complex"), _SUSPECT),
    (Message("submission.code.pdf.range"), _SUSPECT),
    (Message("submission.code.pdf.changed_after"), _SUSPECT),
    (Message("submission.code.pdf.changed_before"), _SUSPECT),
    (Message("submission.code.pdf.hidden"), _SUSPECT),
    (Message("submission.code.pdf.packed"), _UNPACKED),
    (Message("submission.code.pdf.active"), _SUSPECT),
    (Message("submission.code.pdf.field"), _SUSPECT),
    (Message("submission.code.pdf.not_sealed_document"), _SUSPECT),
    (Message("submission.code.pdf.other_signatures"), _SUSPECT),
    (Message("submission.code.pdf.kind"), _RESIGN),
    (Message("submission.code.pdf.signature"), _SUSPECT),
    (Message("submission.code.pdf.time"), _RESIGN),
    (Message("submission.code.pdf.kept"), _SUSPECT),
    (Message("submission.code.pdf.other_fingerprint"), _RESEAL),
    (Message("submission.code.pdf.not_a_document"), _SUSPECT),
    (Message("submission.code.data.not_canonical"), _SUSPECT),
    (Message("submission.code.data.differs"), _RESEAL),
    (Message("submission.code.sheet.differs"), _RESEAL),
    (Message("submission.code.sheet.unseen"), _SUSPECT),
    (Message("submission.code.parser"), _SUSPECT),
)
_TECHNICAL = (
    (Message("submission.code.zip.not_zip"), _NO_PACKAGE),
    (Message("submission.code.zip.too_large"), _REMAKE),
    (Message("submission.code.manifest.missing"), _OTHER),
    (Message("submission.code.manifest.unknown"), _OTHER),
    (Message("submission.code.manifest.newer"), _UPDATE),
    (Message("submission.code.limit.time"), _PATIENT),
    (Message("submission.code.limit.memory"), _PATIENT),
    (Message("submission.code.limit.crash"), _RESEND),
    (Message("submission.code.file.unreadable"), _READ),
    (Message("submission.code.file.changed"), _STEADY),
)
_ADMINISTRATIVE = (
    (Message("submission.code.missing.pdf_signature"), _SIGN),
    (Message("submission.code.missing.container_signature"), _CLOSE),
    (Message("submission.code.missing.mandatory"), _COMPLETE),
    (Message("submission.code.missing.not_asked"), _ASK),
    (Message("submission.code.missing.document"), _LOCK),
    (Message("submission.code.missing.data"), _LOCK),
    (Message("submission.code.missing.data_newer"), _UPDATE),
    (Message("submission.code.missing.guideline"), _LOCK),
    (Message("submission.code.missing.understated"), _COMPLETE),
    (Message("submission.code.missing.late"), _LATE),
    (Message("submission.code.missing.more"), _MORE),
)
_DESK = (
    (Message("submission.code.register.other_guideline"), _GUIDELINE),
    (Message("submission.code.register.unknown_region"), _REGION),
    (Message("submission.code.register.not_yet"), _AGAIN),
    (Message("submission.code.unsigned.archive"), _PACKAGE),
    (Message("submission.code.unsigned.packed"), _TAKE_OUT),
    (Message("submission.code.unsigned.pdf"), _PACKAGE),
    (Message("submission.code.unsigned.signed_pdf"), _PACKAGE),
    (Message("submission.code.unsigned.document"), _PACKAGE),
    (Message("submission.code.unsigned.table"), _PACKAGE),
    (Message("submission.code.unsigned.picture"), _PACKAGE),
    (Message("submission.code.unsigned.link"), _PACKAGE),
    (Message("submission.code.unsigned.workspace"), _PACKAGE),
    (Message("submission.code.unsigned.other"), _PACKAGE),
    (Message("submission.code.unsigned.empty"), _PACKAGE),
    (Message("submission.code.unsigned.unreadable"), _PACKAGE),
    (Message("submission.code.unsigned.folder"), _PACKAGE),
    (Message("submission.code.unsigned.package"), _PACKAGE),
    (Message("submission.code.unsigned.ask"), _PACKAGE),
)
"""What only the ministry's desk says, of what came in."""
_NOTES = (
    (Message("submission.code.note.test"), _TEST),
    (Message("submission.code.note.test_clock"), _RESTAMP),
    (Message("submission.code.note.expired_since"), _TIMESTAMP),
    (Message("submission.code.note.no_time"), _KNOW),
    (Message("submission.code.note.only_stamped"), _KNOW),
    (Message("submission.code.note.before_sealing"), _CLOCK),
    (Message("submission.code.note.steps"), _KNOW),
    (Message("submission.code.note.other_person"), _PERSON),
    (Message("submission.code.note.not_asked"), _PERSON),
    (Message("submission.code.note.not_by_guideline"), _PERSON),
    (Message("submission.code.note.nobody_named"), _PERSON),
    (Message("submission.code.note.same_certificate"), _PERSON),
    (Message("submission.code.note.two_for_one"), _PERSON),
    (Message("submission.code.note.other_official"), _PERSON),
    (Message("submission.code.note.other_office"), _PERSON),
    (Message("submission.code.note.person_worded"), _PERSON),
    (Message("submission.code.note.several_holders"), _PERSON),
    (Message("submission.code.note.other_initials"), _PERSON),
    (Message("submission.code.note.initials_absent"), _LOCK),
    (Message("submission.code.note.initials_worded"), _LOCK),
    (Message("submission.code.note.other_program"), _KNOW),
    (Message("submission.code.note.other_region"), _REGION),
    (Message("submission.code.note.evidence_name"), _COMPARE),
    (Message("submission.code.note.evidence_absent"), _COMPARE),
    (Message("submission.code.note.evidence_unlisted"), _COMPARE),
    (Message("submission.code.note.other_document"), _COMPARE),
    (Message("submission.code.note.other_kind"), _COMPARE),
    (Message("submission.code.note.translation"), _COMPARE),
    (Message("submission.code.note.order"), _CLOCK),
    (Message("submission.code.note.order_begun"), _CLOCK),
    (Message("submission.code.note.no_fingerprint"), _COMPARE),
    (Message("submission.code.note.passing_anchor"), _PASSING),
    (Message("submission.code.note.passing_clock"), _PASSING),
    (Message("submission.code.note.not_pades"), _KNOW),
    (Message("submission.code.note.two_times"), _CLOCK),
    (Message("submission.code.note.pdf_unusual"), _COMPARE),
    (Message("submission.code.note.not_looked_through"), _TIME),
    (Message("submission.code.note.sheet_wording"), _SHEET),
    (Message("submission.code.note.sheet_drawn"), _SHEET),
    (Message("submission.code.note.sheet_uncompared"), _SHEET),
    (Message("submission.code.note.sheet_first"), _LOCK),
    (Message("submission.code.note.same_pages"), _COMPARE),
    (Message("submission.code.note.outside_box"), _COMPARE),
    (Message("submission.code.note.within_box"), _COMPARE),
    (Message("submission.code.note.other_box"), _COMPARE),
    (Message("submission.code.note.stamp_letters"), _LETTERS),
    (Message("submission.code.note.no_plan"), _GUIDELINE),
    (Message("submission.code.note.old_rules"), _TIMESTAMP),
    (Message("submission.code.note.plan_example"), _EXAMPLE),
    (Message("submission.code.note.set_aside"), _SET_ASIDE),
    (Message("submission.code.note.not_counted"), _LOCK),
    (Message("submission.code.note.printed_for"), _COMPARE),
    (Message("submission.code.note.officials_since"), _COMPARE),
    (Message("submission.code.note.guideline_draft"), _GUIDELINE),
    (Message("submission.code.note.guideline_superseded"), _GUIDELINE),
    (Message("submission.code.note.guideline_example"), _GUIDELINE),
    (Message("submission.code.note.guideline_differs"), _GUIDELINE),
    (Message("submission.code.note.guideline_unknown"), _INSTALL),
    (Message("submission.code.note.guideline_unread"), _GUIDELINE),
    (Message("submission.code.note.guideline_more"), _LOCK),
    (Message("submission.code.trust.crl.outdated"), _LISTS),
    (Message("submission.code.trust.crl.future"), _LISTS),
    (Message("submission.code.trust.crl.forged"), _LISTS),
    (Message("submission.code.trust.crl.not_allowed"), _ISSUER),
    (Message("submission.code.trust.crl.not_allowed_listed"), _ISSUER),
    (Message("submission.code.trust.crl.other_key_listed"), _ISSUER),
    (Message("submission.code.trust.path.was_suspended"), _ISSUER),
    (Message("submission.code.trust.path.lent"), _LENT),
    (Message("submission.code.trust.path.revoked_since"), _KNOW),
    (Message("submission.code.trust.path.key_withdrawn"), _ISSUER),
    (Message("submission.code.register.data_unreadable"), _UPDATE),
    (Message("submission.code.register.other_basis"), _AGAIN),
    (Message("submission.code.register.read_patiently"), _KNOW),
    (Message("submission.code.register.believes_nobody"), _TRUST),
    (Message("submission.code.register.shared_issuer"), _TRUST),
    (Message("submission.code.register.waits"), _KNOW),
    (Message("submission.code.note.foreign"), _KNOW),
    (Message("submission.code.note.claimed_role"), _KNOW),
    (Message("submission.code.note.extended"), _KNOW),
    (Message("submission.code.note.timestamp_unknown"), _TRUST),
    (Message("submission.code.note.timestamp_void"), _TIMESTAMP),
    (Message("submission.code.note.attached_unused"), _TRUST),
    (Message("submission.code.note.clock_expired_since"), _TIMESTAMP),
    (Message("submission.code.note.stamped_later"), _TIMESTAMP),
    (Message("submission.code.note.claim_impossible"), _CLOCK),
    (Message("submission.code.note.many_signers"), _PERSON),
    (Message("submission.code.note.trust_unread"), _UNREAD),
    (Message("submission.code.note.stamped_too_late"), _TIMESTAMP),
    (Message("submission.code.note.more"), _MORE),
)


def _table() -> tuple[Code, ...]:
    parts = (
        (_CRYPTOGRAPHIC, Weight.REFUSAL, Group.CRYPTOGRAPHIC),
        (_TECHNICAL, Weight.REFUSAL, Group.TECHNICAL),
        (_ADMINISTRATIVE, Weight.MISSING, Group.ADMINISTRATIVE),
        (_DESK, Weight.MISSING, Group.ADMINISTRATIVE),
        (_NOTES, Weight.NOTE, Group.NOTE),
    )
    return tuple(
        Code(meaning.id.removeprefix(_PREFIX), weight, group, meaning, remedy)
        for rows, weight, group in parts
        for meaning, remedy in rows
    )


_PREFIX = "submission.code."
TABLE = _table()
"""Every code, in the order of the help: refusals, what could not be judged, what is missing, notes."""


@cache
def _by_code() -> dict[str, Code]:
    return {row.code: row for row in TABLE}


def find(code: str) -> Code | None:
    """The row of a code; None for a code that this program does not know (from a newer one's report)."""
    return _by_code().get(code)
