"""Who allows no signature after theirs: told by what the signature says of changes, and of fields."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm

from desktop.submission.pdf.closing import closes


@pytest.mark.parametrize(
    ("level", "locked", "told"),
    [
        (None, None, False),
        (MDPPerm.FILL_FORMS, None, False),
        (MDPPerm.NO_CHANGES, None, True),
        (None, FieldMDPSpec(FieldMDPAction.ALL), True),
        (None, FieldMDPSpec(FieldMDPAction.INCLUDE, ["x"]), False),
        (None, FieldMDPSpec(FieldMDPAction.INCLUDE, ["x", "secretary"]), True),
        (None, FieldMDPSpec(FieldMDPAction.EXCLUDE, ["x"]), True),
        (None, FieldMDPSpec(FieldMDPAction.EXCLUDE, ["secretary"]), False),
    ],
)
def test_who_locks_what_is_still_to_be_signed(level, locked, told):
    one: Any = SimpleNamespace(docmdp_level=level, fieldmdp=locked)
    assert closes(one, ["secretary"]) is told
    assert closes(one, []) is (told and (locked is None or locked.action is FieldMDPAction.ALL))


@pytest.mark.parametrize(
    ("locked", "told"),
    [
        (None, False),
        (FieldMDPSpec(FieldMDPAction.INCLUDE, ["mayor"]), False),
        (FieldMDPSpec(FieldMDPAction.INCLUDE, ["mayor", "Signature1"]), True),
        (FieldMDPSpec(FieldMDPAction.EXCLUDE, ["secretary"]), True),
    ],
)
def test_a_service_brings_a_field_of_its_own_that_may_be_locked(locked, told):
    """Whose service does so was refused as if somebody had changed the document."""
    one: Any = SimpleNamespace(docmdp_level=None, fieldmdp=locked)
    assert closes(one, ["secretary"], ["mayor", "secretary"]) is told
    assert not closes(one, ["secretary"])
