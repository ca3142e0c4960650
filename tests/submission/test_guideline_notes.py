"""What a guideline that is not in force is called in a manifest."""

from desktop.submission.manifest import GUIDELINE_NOTES, guideline_notes


def test_one_in_force_or_of_an_unknown_state_says_nothing():
    assert guideline_notes("in-force") == ()
    assert [guideline_notes(one) for one in GUIDELINE_NOTES] == [
        ("guideline:draft",),
        ("guideline:superseded",),
        ("guideline:example",),
    ]
