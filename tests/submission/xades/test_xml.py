"""Reading XML costs little whatever it is: what is looked at before it is parsed, too."""

from __future__ import annotations

import pytest

from desktop.submission.refusal import Refused
from desktop.submission.xades.xml import MAXIMUM_NAMESPACES, parse
from tests.effort import effort

LONG = b"a" * 400


@pytest.mark.parametrize(
    "filling",
    [
        b"xmlns:" + LONG,
        b"xmlns" + b" " * 400,
        b'xmlns:a="' + LONG,
        b"xmlns='" + LONG + b'"',
        b"xmlns=" + LONG,
    ],
    ids=["names", "blanks", "addresses", "two kinds of quotes", "no quotes"],
)
def test_namespaces_that_run_into_each_other(filling) -> None:
    data = b"<a " + filling * (MAXIMUM_NAMESPACES - 1) + b"/>"

    def refused() -> None:
        with pytest.raises(Refused) as caught:
            parse(data, "x.xml")
        assert caught.value.message.id in {"submission.xml.too_large", "submission.xml.malformed"}

    assert effort(refused, 100) < 100


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ('<a xmlns="urn:x"/>', True),
        ("<a xmlns:b\n = 'urn:x' b:c=''/>", True),
        (f"<a>xmlns{'x' * 400}</a>", True),
        (f'<a b="xmlns is a word {"x" * 400}"/>', True),
        (f'<a xmlns:b="{"x" * 400}"/>', False),
        (f"<a xmlns:{'b' * 400}='urn:x'/>", False),
        (f"<a xmlns:b{' ' * 400}='urn:x'/>", False),
        (f"<a xmlns:b={' ' * 400}'urn:x'/>", False),
    ],
)
def test_a_namespace_is_no_place_for_a_text(text, good) -> None:
    if good:
        assert parse(text.encode(), "x.xml").tag
    else:
        with pytest.raises(Refused) as caught:
            parse(text.encode(), "x.xml")
        assert caught.value.message.id == "submission.xml.too_large"
