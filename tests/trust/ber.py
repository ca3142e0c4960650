"""Messages in a form that says the same otherwise: lengths left out, octets in pieces (BER)."""

from __future__ import annotations

from asn1crypto import cms, core


def rewrapped(value: bytes, *, octets: bool = False) -> bytes:
    """A CMS message whose outer layers do not say how long they are (BER), as some services write them."""
    outer = cms.ContentInfo.load(value)
    inner = outer["content"]
    inside = b"".join(inner[name].dump() for name in ("version", "digest_algorithms"))
    about = inner["encap_content_info"]
    if octets:
        said = about["content"].contents
        pieces = b"".join(core.OctetString(one).dump() for one in (said[:50], said[50:]))
        content = b"\xa0\x80\x24\x80" + pieces + bytes(4)
        inside += b"\x30\x80" + about["content_type"].dump() + content + bytes(2)
    else:
        inside += about.dump()
    inside += b"".join(inner[name].dump() for name in ("certificates", "signer_infos"))
    return b"\x30\x80" + outer["content_type"].dump() + b"\xa0\x80\x30\x80" + inside + bytes(6)
