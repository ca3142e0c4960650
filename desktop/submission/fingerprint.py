"""The fingerprint of a package, computed from its manifest: what its documents bear on their last pages.

Nothing in the manifest states it, so nothing can state it wrongly: it follows from the digests of
``data.json`` and of the guideline, which the verifier has held against the files.
"""

from __future__ import annotations

from desktop.base.fingerprint import content_fingerprint
from desktop.submission.manifest import Manifest
from desktop.workspace.plan_data_form import NAME as DATA_NAME


def guideline_path(guideline: str) -> str:
    """Where a guideline pack lies in a package."""
    return f"guideline/{guideline}.rancang-guideline"


def package_fingerprint(manifest: Manifest) -> str:
    """64 hexadecimal letters; empty when the package lacks the data or the guideline (not made by us)."""
    digests = {file.path: file.sha256 for file in manifest.files}
    data, pack = digests.get(DATA_NAME, ""), digests.get(guideline_path(manifest.guideline.id), "")
    if not data or not pack:
        return ""
    return content_fingerprint(data, manifest.guideline.id, manifest.guideline.version, pack)
