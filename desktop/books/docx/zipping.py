"""The clock does not get into a DOCX: its members carry the time of the document."""

from __future__ import annotations

import datetime as dt
import io
import zipfile


def settled(data: bytes, moment: dt.datetime) -> bytes:
    """The same archive with every member at ``moment`` (UTC), in the same order."""
    at = moment.astimezone(dt.UTC).timetuple()[:6] if moment.year >= 1980 else (1980, 1, 1, 0, 0, 0)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(target, "w") as out:
        for member in made.infolist():
            info = zipfile.ZipInfo(member.filename, at)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            out.writestr(info, made.read(member))
    return target.getvalue()
