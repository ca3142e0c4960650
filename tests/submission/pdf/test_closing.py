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
