"""What time alone makes of a verdict: the desk says on each day what a verification of that day says."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from desktop.base.jobs import quiet
from desktop.submission.inside import STRICT_SINCE
from desktop.submission.register import run
from desktop.submission.register.letters import Desk as Writer
from desktop.submission.register.listing import entries
from desktop.submission.register.posting import receipts_for, write_receipts
from desktop.submission.register.store import Register
from desktop.submission.verifying import verify
from tests.submission.register.many import NOW, Keys, Opened
from tests.trust import pki

CODE = "18.07"
DAY = dt.timedelta(days=1)
RUNS_OUT = NOW + 30 * DAY


def told(verdict) -> tuple[str, list[str]]:
    return verdict.kind.value, sorted(one.code for one in verdict.reasons)


def weekly(keys: Keys, since: dt.datetime, until: dt.datetime) -> bytes:
    builder = x509.CertificateRevocationListBuilder().issuer_name(keys.issuer.certificate.subject)
    builder = builder.last_update(since).next_update(until)
    return builder.sign(keys.issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


@pytest.mark.slow
def test_the_desk_says_each_day_what_a_verification_says_and_reads_on_no_other(desk):
    """From tomorrow on, when a list of withdrawals has run out, when a certificate has ended."""
    path = desk.inbox / "a.asice"
    desk.signed(CODE, 1, path)
    days = (0, 1, 6, 8, 29, 31, 600, 699, 701, 900)
    judged = []
    for days_later in days:
        now = NOW + days_later * DAY
        judged.append(desk.read(now=now).judged)
        (entry,) = desk.listed().values()
        assert (entry.result, sorted(one.code for one in entry.reasons)) == told(
            verify(path, desk.keys.anchors, now)
        )
        assert desk.read(now=now).read == 0
    # 1 December; the list; the certificate: as often as something may have changed, and no oftener
    assert judged == [1, 0, 0, 1, 0, 1, 0, 0, 1, 0]
    # a clock that was wrong and was set right
    assert desk.read(now=NOW).judged == 1
    assert desk.listed()["a.asice"].result == "valid"


def test_what_lies_where_nobody_looked_since_is_told(desk, tmp_path):
    elsewhere = tmp_path / "lain" / "b.asice"
    elsewhere.parent.mkdir()
    desk.signed(CODE, 1, elsewhere)
    desk.read(elsewhere.parent)
    desk.read(desk.inbox, now=STRICT_SINCE - DAY)
    assert desk.listed()["b.asice"].result == "valid"
    desk.read(desk.inbox, now=RUNS_OUT + DAY)
    (one,) = desk.listed().values()
    assert (one.result, [each.code for each in one.reasons]) == ("valid-with-notes", ["register.other_basis"])


@pytest.mark.slow
def test_a_receipt_has_the_notes_of_the_day_it_is_signed_on(desk, tmp_path):
    desk.signed(CODE, 1, desk.inbox / "a.asice")
    desk.read()
    later = RUNS_OUT + DAY
    keys = desk.keys
    wanted = receipts_for(desk.register)
    (made,) = write_receipts(
        quiet, desk.register, tmp_path / "tt", Writer("K"), later, keys.mayor, keys.anchors, wanted
    )
    assert (made.signed, made.problem) == (True, None)
    assert desk.read(now=later).judged == 1, "and the register has them from then on"
    with Register(desk.register, read_only=True) as register:
        (one,) = entries(register)
    assert {"trust.crl.outdated", "note.old_rules"} <= {each.code for each in one.reasons}


def test_whose_root_is_no_longer_compared_and_kept_is_judged_anew(desk):
    anchors = desk.keys.anchors
    passing = replace(anchors, anchors=tuple(replace(one, passing=True) for one in anchors.anchors))
    assert run.basis_of(anchors) != run.basis_of(passing)
    desk.signed(CODE, 1, desk.inbox / "a.asice")
    desk.read()
    assert desk.read(anchors=passing).judged == 1
    assert [one.code for one in desk.listed()["a.asice"].reasons] == ["note.passing_anchor"]


@pytest.fixture
def kinds(desk):
    """Packages whose verdicts hang on days in different ways, and authorities with lists of some weeks."""
    keys = desk.keys
    short = Opened(
        pki.make("Sekretaris Tim", keys.issuer, start=NOW - 400 * DAY, end=NOW + 12 * DAY), keys.issuer
    )
    lists = (weekly(keys, NOW - DAY, NOW + 6 * DAY), weekly(keys, NOW + 9 * DAY, NOW + 16 * DAY))
    paths = [desk.inbox / f"{name}.asice" for name in ("a", "b", "c", "d", "e", "f")]
    desk.signed(CODE, 1, paths[0])
    desk.close(desk.sealed(CODE, 2), paths[1], short)
    desk.from_the_future(CODE, 3, paths[2])
    desk.with_document("18.09", 30, paths[3])
    desk.revoked(CODE, 5, paths[4])
    desk.sealed(CODE, 6, name="f").rename(paths[5])
    return paths, replace(keys.anchors, crls=(*keys.anchors.crls, *lists))


@pytest.mark.slow
def test_nothing_changes_before_the_moment_that_a_verdict_names(kinds):
    paths, anchors = kinds
    for path in paths:
        holds = None
        for step in range(24):
            now = NOW + step * 1.5 * DAY
            verdict = verify(path, anchors, now)
            if holds is not None and (holds.until is None or now < holds.until):
                assert told(verdict) == told(holds), (path.name, now)
            else:
                holds = verdict
            assert verdict.until is None or verdict.until >= now
