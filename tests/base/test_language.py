import pickle

import pytest

from desktop.base import LocalText


def test_a_local_text_is_a_value():
    text = LocalText({"id": "Peta jalan", "en": "Road map"})
    assert text == LocalText({"en": "Road map", "id": "Peta jalan"})
    assert len({text, LocalText(dict(text.texts))}) == 1
    assert pickle.loads(pickle.dumps(text)) == text
    assert not LocalText()
    with pytest.raises(AttributeError):
        text.texts = {}


def test_a_missing_language_falls_back_to_indonesian_and_says_so():
    text = LocalText({"id": "Peta jalan"})
    assert text.read("en") == "Peta jalan"
    assert text.falls_back("en")
    assert not text.falls_back("id")
