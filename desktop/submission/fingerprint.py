"""The fingerprint of a package, computed from its manifest: what its documents bear on their last pages.

Nothing in the manifest states it, so nothing can state it wrongly: it follows from the digests of
``data.json``, the guideline and the evidence, which the verifier has held against the files.
"""

from __future__ import annotations

from desktop.base.fingerprint import content_fingerprint
from desktop.submission.manifest import FileRole, Manifest, PackedFile
from desktop.workspace.plan_data_form import NAME as DATA_NAME


def guideline_path(guideline: str) -> str:
    """Where a guideline pack lies in a package."""
    return f"guideline/{guideline}.rancang-guideline"


APPROVAL = "approval"
DOCUMENTS = frozenset({"book", "application", "commitment", "memorandum"})
"""The kinds of files that are printed from the plan and that an approval sheet names."""
_ROLES: dict[str, FileRole] = {
    "application": "application",
    "commitment": "commitment",
    "memorandum": "memorandum",
    "presentation": "application",
    "statement": "application",
}


def document_role(kind: str) -> FileRole:
    """What a document of the guideline is in a package, by its kind there."""
    return _ROLES.get(kind, "book")


def is_document(file: PackedFile) -> bool:
    """Whether a file is a printed document; whatever else is to be signed counts too."""
    return file.role != APPROVAL and (file.role in DOCUMENTS or bool(file.signers))


def package_fingerprint(manifest: Manifest) -> str:
    """64 hexadecimal letters; empty when the package lacks the data or the guideline (not made by us).

    Whatever is neither data, guideline nor printed from them counts as evidence, so that nothing lies in a
    package that neither its fingerprint nor its approval sheet knows of.
    """
    guideline = guideline_path(manifest.guideline.id)
    digests = {file.path: file.sha256 for file in manifest.files}
    data, pack = digests.get(DATA_NAME, ""), digests.get(guideline, "")
    if not data or not pack:
        return ""
    evidence = (
        file.sha256
        for file in manifest.files
        if file.path not in {DATA_NAME, guideline} and file.role != APPROVAL and not is_document(file)
    )
    return content_fingerprint(data, manifest.guideline.id, manifest.guideline.version, pack, evidence)
