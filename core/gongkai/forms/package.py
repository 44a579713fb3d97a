"""Office packages as the content alone makes them: no clock, no tool's name in them."""

from __future__ import annotations

import io
import re
import zipfile

_CORE = "docProps/core.xml"
_TIMES = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_BEGINNING = (1980, 1, 1, 0, 0, 0)


def settled(data: bytes) -> bytes:
    """The same package without times, so that equal contents are equal bytes."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as result,
    ):
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == _CORE:
                content = _TIMES.sub(b"", content)
            fixed = zipfile.ZipInfo(entry.filename, _BEGINNING)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            result.writestr(fixed, content)
    return target.getvalue()
