"""A verdict for machines: one JSON object with a published, versioned schema.

``resources/schemas/verdict.schema.json`` is made of these types. Within a version, fields may be added and
none is taken away or given another meaning; a reader passes over what it does not know.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, TypeAlias

import msgspec

from desktop import __version__
from desktop.base import Language, render
from desktop.base.fingerprint import words_of
from desktop.submission.codes import find
from desktop.submission.quoting import as_said
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

FORMAT = "rancang-verdict"
VERSION = 1
TITLE = f"A verdict of Rancang on one file, version {VERSION}"

CodeText: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^[a-z]+(\.[a-z0-9_]+)*$")]
Sha256OrNone: TypeAlias = Annotated[str, msgspec.Meta(pattern="^(|[0-9a-f]{64})$", max_length=64)]


class ReasonReport(msgspec.Struct, frozen=True, kw_only=True):
    """One reason: a code that stays the same across versions, what it weighs, what it is about."""

    code: CodeText
    weight: Weight
    group: Group
    text: str
    """The sentence, in the report's language."""
    meaning: str
    remedy: str
    message: dict[str, Any]
    """The sentence as id and parameters, for whoever says it in words of their own."""


class VerdictReport(msgspec.Struct, frozen=True, kw_only=True):
    """The whole report."""

    kind: Literal["verdict"] = "verdict"
    format: Literal["rancang-verdict"] = "rancang-verdict"
    version: Literal[1] = 1
    program: str
    """The program and version that judged."""
    language: Language
    file: str
    """The file's name, without its folder."""
    sha256: Sha256OrNone
    """Of the file as a whole; empty when it was not asked for or cannot be read."""
    judged_at: dt.datetime | None
    verdict: VerdictKind
    text: str
    """The verdict in a word or two."""
    proven: bool
    """Whether somebody believed vouches for package and files below: they are the file's own claim if not."""
    reasons: tuple[ReasonReport, ...]
    signatures: tuple[SignatureReport, ...]
    package: PackageInfo | None
    words: tuple[str, ...]
    """The fingerprint that stands on the printed pages, as words."""
    files: tuple[FileReport, ...]


def report_of(verdict: Verdict, language: Language) -> VerdictReport:
    """The report on a verdict, its sentences in one language."""
    package = verdict.package
    return VerdictReport(
        program=f"Rancang {__version__}",
        language=language,
        file=verdict.file,
        sha256=verdict.sha256,
        judged_at=verdict.judged_at,
        verdict=verdict.kind,
        text=render(verdict.kind.message, language),
        proven=verdict.vouched,
        reasons=tuple(_reason(one, package, language) for one in verdict.reasons),
        signatures=verdict.signatures,
        package=package,
        words=words_of(package.fingerprint) if package is not None and package.fingerprint else (),
        files=verdict.files,
    )


def _reason(reason: Reason, package: PackageInfo | None, language: Language) -> ReasonReport:
    row = find(reason.code)
    return ReasonReport(
        code=reason.code,
        weight=reason.weight,
        group=reason.group,
        text=render(as_said(reason.message, package), language),
        meaning=render(row.meaning, language) if row is not None else "",
        remedy=render(row.remedy, language) if row is not None else "",
        message=reason.message.to_json(),
    )


def to_builtins(report: VerdictReport) -> dict[str, Any]:
    """The report as a JSON object."""
    told: dict[str, Any] = msgspec.to_builtins(report)
    return told
