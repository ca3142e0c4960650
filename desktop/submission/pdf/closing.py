"""Whether a signature allows another one after it: by what it says of changes, and of fields."""

from __future__ import annotations

from collections.abc import Collection

from pyhanko.sign.fields import FieldMDPAction, MDPPerm
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature


def closes(one: EmbeddedPdfSignature, waiting: Collection[str], there: Collection[str] | None = None) -> bool:
    """Whether nobody may sign after it; ``waiting``: the fields that are still to be signed.

    It allows no changes (DocMDP), or locks all fields or one that waits (FieldMDP). With all fields that are
    ``there`` it is asked of services too, which bring fields of their own: whoever locks all but some, or one
    that is not there yet, locks theirs. What is no such word raises what pyHanko raises.
    """
    if one.docmdp_level is MDPPerm.NO_CHANGES:
        return True
    locked = one.fieldmdp
    if locked is None:
        return False
    if locked.action is FieldMDPAction.ALL or any(map(locked.is_locked, waiting)):
        return True
    beyond = locked.action is FieldMDPAction.EXCLUDE or not set(locked.fields or ()) <= set(there or ())
    return there is not None and beyond
