"""Messages keep what they were told, through JSON too, and never fail on what they read."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base import LocalText, Message, Rupiah
from desktop.base.message import Param

PARAMS: st.SearchStrategy[Param] = st.one_of(
    st.text(max_size=20),
    st.integers(),
    st.decimals(-(10**30), 10**30, places=6),  # longer ones are refused when read, as nobody types them
    st.dates(),
    st.datetimes(timezones=st.just(dt.UTC)),
    st.integers().map(Rupiah),
    st.dictionaries(st.sampled_from(["id", "en"]), st.text(max_size=9)).map(LocalText),
    st.integers().map(lambda n: Message("base.cancelled", n=n)),
)


@pytest.mark.slow
@given(st.dictionaries(st.sampled_from(["n", "file", "x", "y"]), PARAMS))
def test_json_brings_a_message_back(params: dict[str, Param]) -> None:
    message = Message("base.cancelled", **params)
    again = Message.from_json(message.to_json())
    assert again == message
    assert {key: type(value) for key, value in again.params.items()} == {
        key: type(value) for key, value in params.items()
    }


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)


@given(st.dictionaries(st.sampled_from(["id", "params", "z"]), JSON))
def test_any_json_is_read_as_some_message(data: dict[str, object]) -> None:
    assert isinstance(Message.from_json(data), Message)


@pytest.mark.parametrize(
    "value",
    [
        {"decimal": "no number"},
        {"date": "31-12"},
        {"time": ""},
        {"rupiah": "x"},
        {"text": 3},
        {"message": []},
    ],
)
def test_a_damaged_parameter_becomes_text(value: object) -> None:
    message = Message.from_json({"id": "base.cancelled", "params": {"x": value}})
    assert isinstance(message.params["x"], str)


def test_a_decimal_keeps_its_zeros() -> None:
    message = Message("base.cancelled", x=Decimal("4.10"))
    assert str(Message.from_json(message.to_json()).params["x"]) == "4.10"
