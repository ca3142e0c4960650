"""Timestamps: a local authority, right once and wrong in every other way; nothing is believed unchecked."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from desktop.base import Cancelled, Language, render
from desktop.trust.anchors import AnchorClass, Anchors
from desktop.trust.cms import BadCms
from desktop.trust.online import Limits, NoAnswer
from desktop.trust.timeservice import TimeService, request_timestamp
from desktop.trust.timestamps import OtherImprint, Timestamp, plain_token, read_timestamp
from tests.authority import NOW, Authority, running
from tests.trust.ber import rewrapped

DIGEST = hashlib.sha256(b"isi").digest()
LIMITS = Limits(connect=60, total=60)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with running(tmp_path_factory.mktemp("authority")) as found:
        yield found


@pytest.fixture(scope="module")
def anchors(authority: Authority) -> Anchors:
    return (
        Anchors()
        .plus(*authority.pem("root"))
        .plus(*authority.pem("time-root"), purpose=AnchorClass.TIMESTAMP)
    )


def ask(address: str, anchors: Anchors, now=NOW, limits: Limits = LIMITS, policy: str = "") -> Timestamp:
    service = TimeService(address, policy, limits)
    return request_timestamp(service, DIGEST, anchors, now, lambda: None)


def told(address: str, anchors: Anchors, **options: object) -> str:
    """The id of the sentence, which reads well in both languages."""
    with pytest.raises(NoAnswer) as caught:
        ask(address, anchors, **options)
    for language in Language:
        sentence = render(caught.value.message, language)
        assert sentence.endswith((".", "{", ")"))
        assert caught.value.message.id not in sentence
        assert "trust.path" not in sentence
    return caught.value.message.id


def test_a_token_in_pieces_is_read_and_made_plain(authority, anchors) -> None:
    """As BouncyCastle writes one: no lengths, and what was signed in several pieces."""
    token = plain_token(ask(authority.tsa(), anchors).token)
    for octets in (False, True):
        wrapped = rewrapped(token, octets=octets)
        assert wrapped != token
        assert read_timestamp(wrapped, lambda name: DIGEST).moment == NOW
        assert plain_token(wrapped) == token


def test_a_sound_timestamp(authority, anchors) -> None:
    stamp = ask(authority.tsa(), anchors)
    assert (stamp.moment, stamp.policy) == (NOW, "1.3.6.1.4.1.4146.2.3")
    assert read_timestamp(stamp.token, lambda name: DIGEST).moment == NOW
    assert ask(authority.fault("moved"), anchors).moment == NOW
    assert ask(authority.tsa(), anchors, policy="1.3.6.1.4.1.4146.2.3").moment == NOW


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("slow", "trust.online.slow"),
        ("trickle", "trust.online.slow"),
        ("html", "trust.online.kind"),
        ("huge", "trust.online.too_large"),
        ("loop", "trust.online.redirects"),
        ("elsewhere", "trust.online.address"),
        ("broken", "trust.online.status"),
        ("garbage", "trust.timestamp.garbage"),
        ("rejected", "trust.timestamp.rejected"),
        ("nonce", "trust.timestamp.nonce"),
        ("imprint", "trust.timestamp.other"),
        ("signature", "trust.timestamp.bad"),
    ],
)
def test_an_authority_that_is_wrong(authority, anchors, kind, message) -> None:
    limits = replace(LIMITS, total=0.3) if kind in {"slow", "trickle"} else LIMITS
    assert told(authority.fault(kind), anchors, limits=limits) == message


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("http://127.0.0.1:1/tsa", "trust.online.unreachable"),
        ("http://tidak-ada.invalid/tsa", "trust.online.unreachable"),
        ("ftp://127.0.0.1/tsa", "trust.online.address"),
        ("file:///etc/passwd", "trust.online.address"),
        ("http://nama:sandi@127.0.0.1/", "trust.online.address"),
        ("http://127.0.0.1:abc/", "trust.online.address"),
        ("http://127.0.0.1/a b\r\nX: y", "trust.online.address"),
        ("tsa", "trust.online.address"),
    ],
)
def test_an_address_that_is_none(anchors, address, message) -> None:
    assert told(address, anchors) == message


def test_an_authority_that_is_not_to_be_believed(authority, anchors) -> None:
    assert told(authority.tsa("tsa-old"), anchors) == "trust.timestamp.untrusted"
    assert told(authority.tsa("tsa-plain"), anchors) == "trust.timestamp.untrusted"
    assert told(authority.tsa("tsa-strange"), anchors) == "trust.timestamp.unknown"
    # A root for signers is none for time.
    signers = Anchors().plus(*authority.pem("root", "time-root"))
    assert told(authority.tsa(), signers) == "trust.timestamp.unknown"
    assert told(authority.tsa(), anchors, policy="1.2.3.4") == "trust.timestamp.policy"
    assert told(authority.tsa(), anchors, now=NOW.replace(hour=9)) == "trust.timestamp.clock"
    https = authority.tsa().replace("http:", "https:")
    assert told(https, anchors) == "trust.online.tls"


def test_no_proxy_is_asked(authority, anchors, monkeypatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert ask(authority.tsa(), anchors).moment == NOW


def test_whoever_waits_may_give_up(authority, anchors) -> None:
    ticks = 0

    def tick() -> None:
        nonlocal ticks
        ticks += 1
        if ticks == 2:
            raise Cancelled

    before = threading.active_count()
    with pytest.raises(Cancelled):
        request_timestamp(TimeService(authority.fault("slow"), "", Limits(5, 5)), DIGEST, anchors, NOW, tick)
    assert ticks == 2
    assert threading.active_count() <= before + 2


def test_what_a_token_is_about(authority, anchors) -> None:
    stamp = ask(authority.tsa(), anchors)
    with pytest.raises(OtherImprint):
        read_timestamp(stamp.token, lambda name: bytes(32))
    for data in (b"", b"\x30", b"\x00" * 40, bytes(1 << 17), stamp.token + b"\0", stamp.token[:-1]):
        with pytest.raises(BadCms):
            read_timestamp(data, lambda name: DIGEST)


def test_no_bit_of_a_plain_token_could_be_another(authority, anchors) -> None:
    plain = plain_token(ask(authority.tsa(), anchors).token)
    assert plain_token(plain) == plain
    for place in range(0, len(plain), 3):
        broken = bytearray(plain)
        broken[place] ^= 1 << place % 8
        assert not kept(bytes(broken)), place


def kept(token: bytes) -> bool:
    """Whether one of our packages could hold this token."""
    try:
        read_timestamp(token, lambda name: DIGEST)
        return plain_token(token) == token
    except BadCms:
        return False
