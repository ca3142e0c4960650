"""How is it sealed and proven?

:func:`seal` makes the unsigned package (the same bytes every time), :func:`sign_pdfs`, :func:`bring_back_pdf`
and :func:`sign_container` add signatures, :func:`judge` judges any file with one of five verdicts, in bounds
of time and memory (:func:`verify` is the same without bounds). Everything heavy is loaded on first use;
functions that take a ``report`` first run as a :class:`desktop.base.jobs.Job`.

*Made*: ``assembling``, ``sealing``, ``manifest``, the room ``frame``. *Signed*: ``signing``, the rooms
``xades`` and ``pdf``; ``elsewhere`` and the room ``returning`` where others sign. *Judged*: ``own`` a package
of ours byte by byte, ``foreign`` any other; ``judging`` and ``proving`` a signature, ``inside`` and
``persons`` what the plan says to it, the room ``sheet`` the approval sheet, the room ``printed`` the
documents; ``bounded`` and ``judge_process`` keep it in bounds. *Told*: ``verdict``, ``codes``,
``verdict_paper``, ``slip``. *Received by the hundred*: the room ``register``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from desktop.submission.verdict import (
    FileReport,
    Group,
    PackageInfo,
    Reason,
    SignatureReport,
    Verdict,
    VerdictKind,
    Weight,
)

if TYPE_CHECKING:
    from desktop.base.bounded.limits import PATIENT, Limits
    from desktop.submission.bounded import How, judge, judge_many
    from desktop.submission.elsewhere import Exported, export_for_signing
    from desktop.submission.extending import Extended, NothingToExtend, NotProven, Stamped, extend
    from desktop.submission.opening_again import NotClosed, open_again
    from desktop.submission.pdf.fields import StampBox
    from desktop.submission.resealing import PackageUnusable
    from desktop.submission.returning.bringing import (
        Came,
        Choice,
        NeedsConfirmation,
        NotTheSameDocument,
        TwoVersions,
        WhoSigned,
        bring_back,
        bring_back_pdf,
        draw_pairs,
        look_at,
    )
    from desktop.submission.sealing import (
        CannotSeal,
        Sealed,
        SealFile,
        SealInput,
        SealSigner,
        container_hash,
        seal,
    )
    from desktop.submission.signing import (
        NothingToSign,
        Preflight,
        Signed,
        WrongCertificate,
        preflight,
        sign_container,
        sign_pdfs,
    )
    from desktop.submission.verifying import verify, verify_many

_HOMES = {
    "bounded": ("How", "judge", "judge_many"),
    "extending": ("Extended", "NotProven", "NothingToExtend", "Stamped", "extend"),
    ".base.bounded.limits": ("PATIENT", "Limits"),
    "returning.bringing": (
        "Came", "Choice", "NeedsConfirmation", "NotTheSameDocument", "TwoVersions", "WhoSigned", "bring_back",
        "bring_back_pdf", "draw_pairs", "look_at",
    ),
    "elsewhere": ("Exported", "export_for_signing"),
    "opening_again": ("NotClosed", "open_again"),
    "pdf.fields": ("StampBox",),
    "resealing": ("PackageUnusable",),
    "sealing": ("CannotSeal", "SealFile", "SealInput", "SealSigner", "Sealed", "container_hash", "seal"),
    "signing": (
        "NothingToSign", "Preflight", "Signed", "WrongCertificate", "preflight", "sign_container",
        "sign_pdfs",
    ),
    "verifying": ("verify", "verify_many"),
}  # fmt: skip
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Load the module behind a public name when somebody asks for it."""
    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(f".{_HOME[name]}", __name__), name)


__all__ = [
    "PATIENT", "Came", "CannotSeal", "Choice", "Exported", "Extended", "FileReport", "Group", "How",
    "Limits", "NeedsConfirmation", "NotClosed", "NotProven", "NotTheSameDocument", "NothingToExtend",
    "NothingToSign", "PackageInfo", "PackageUnusable", "Preflight", "Reason", "SealFile", "SealInput",
    "SealSigner", "Sealed", "SignatureReport", "Signed", "StampBox", "Stamped", "TwoVersions",
    "Verdict", "VerdictKind", "Weight", "WhoSigned", "WrongCertificate", "bring_back", "bring_back_pdf",
    "container_hash", "draw_pairs", "export_for_signing", "extend", "judge", "judge_many", "look_at",
    "open_again", "preflight", "seal", "sign_container", "sign_pdfs", "verify", "verify_many",
]  # fmt: skip
