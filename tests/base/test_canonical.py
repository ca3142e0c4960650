"""Canonical JSON, held against an implementation of RFC 8785 that is not ours."""

from __future__ import annotations

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from desktop.base.canonical import canonical, digest

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
KEYS = st.text(alphabet=st.characters(max_codepoint=0xD7FF), max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.slow
@given(JSON)
def test_as_rfc_8785_says(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


def test_equal_values_have_equal_digests() -> None:
    assert digest({"b": 1, "a": [True, None]}) == digest({"a": [True, None], "b": 1})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, b"bytes", object()])
def test_what_is_no_json_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        canonical(value)
