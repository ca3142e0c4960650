"""Whose key, whose certificate, whose anchor?

Keys come from a .p12 file or a token and are opened as a :class:`Signer`; :func:`examine` says before
signing whether others will accept it; :func:`load_anchors` and :func:`find_path` say whom we believe.
Everything that needs the cryptography library is loaded on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from desktop.trust.signer import KeySource, P12Key, Signer

if TYPE_CHECKING:
    from desktop.trust.anchors import Anchor, AnchorClass, AnchorKind, Anchors, load_anchors
    from desktop.trust.authority_file import NotAnAnchor
    from desktop.trust.detached import Detached, NotSignedByAnyoneKnown, sign_detached, verify_detached
    from desktop.trust.fitness import Grade, KeyCheck, KeyUnfit, OtherHolder, examine, require_fit
    from desktop.trust.identity import TestIdentity, TestSigner, make_test_identity
    from desktop.trust.keeping import (
        KnownAnchor,
        KnownList,
        NoSuchAnchor,
        adopt,
        adopt_list,
        drop,
        known,
        known_lists,
    )
    from desktop.trust.list_file import BadList
    from desktop.trust.p12 import DamagedKeyFile, NoPrivateKey, WrongPassword, load_p12
    from desktop.trust.path import NoPath, TrustPath, find_path
    from desktop.trust.person import same_person
    from desktop.trust.services import NoTimeService, time_service
    from desktop.trust.timeservice import TimeService
    from desktop.trust.token import (
        PinState,
        TokenCertificate,
        TokenKey,
        TokenProblem,
        certificates_on,
        pin_warning,
    )

# fmt: off
_HOMES = {
    "anchors": ("Anchor", "AnchorClass", "AnchorKind", "Anchors", "load_anchors"),
    "authority_file": ("NotAnAnchor",),
    "detached": ("Detached", "NotSignedByAnyoneKnown", "sign_detached", "verify_detached"),
    "fitness": ("Grade", "KeyCheck", "KeyUnfit", "OtherHolder", "examine", "require_fit"),
    "identity": ("TestIdentity", "TestSigner", "make_test_identity"),
    "keeping": (
        "KnownAnchor", "KnownList", "NoSuchAnchor", "adopt", "adopt_list", "drop", "known", "known_lists",
    ),
    "p12": ("DamagedKeyFile", "NoPrivateKey", "WrongPassword", "load_p12"),
    "path": ("NoPath", "TrustPath", "find_path"),
    "person": ("same_person",),
    "list_file": ("BadList",),
    "services": ("NoTimeService", "time_service"),
    "timeservice": ("TimeService",),
    "token": (
        "PinState", "TokenCertificate", "TokenKey", "TokenProblem", "certificates_on", "pin_warning",
    ),
}
# fmt: on
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Load the module behind a public name when somebody asks for it."""
    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(f"desktop.trust.{_HOME[name]}"), name)


__all__ = [
    "Anchor", "AnchorClass", "AnchorKind", "Anchors", "BadList", "DamagedKeyFile", "Detached", "Grade",
    "KeyCheck", "KeySource", "KeyUnfit", "KnownAnchor", "KnownList", "NoPath", "NoPrivateKey",
    "NoSuchAnchor", "NoTimeService", "NotAnAnchor", "NotSignedByAnyoneKnown", "OtherHolder", "P12Key",
    "PinState", "Signer", "TestIdentity", "TestSigner", "TimeService", "TokenCertificate", "TokenKey",
    "TokenProblem", "TrustPath", "WrongPassword", "adopt", "adopt_list", "certificates_on", "drop",
    "examine", "find_path", "known", "known_lists", "load_anchors", "load_p12", "make_test_identity",
    "pin_warning", "require_fit", "same_person", "sign_detached", "time_service", "verify_detached",
]  # fmt: skip
