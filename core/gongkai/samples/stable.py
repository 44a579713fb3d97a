"""Office packages whose bytes depend on their content alone, not on the clock."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime

MOMENT = datetime(2026, 3, 5, 9, 0, 0, tzinfo=UTC)
_CORE = "docProps/core.xml"
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_DROPPED = ("docProps/thumbnail.jpeg", "word/stylesWithEffects.xml")
_DROPPED_LINK = re.compile(
    rb'<Relationship [^>]*(?:metadata/thumbnail|stylesWithEffects)"[^>]*/>'
    rb'|<Override PartName="/word/stylesWithEffects.xml"[^>]*/>'
)


def stable_package(data: bytes) -> bytes:
    """The same package with fixed times and without the picture and the second set of
    styles that come with the library's template.
    """
    target = io.BytesIO()
    stamp = MOMENT.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as result,
    ):
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename in _DROPPED:
                continue
            if entry.filename.endswith(".rels") or entry.filename == "[Content_Types].xml":
                content = _DROPPED_LINK.sub(b"", content)
            if entry.filename == _CORE:
                content = _TIMES.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
            fixed = zipfile.ZipInfo(entry.filename, (2026, 3, 5, 9, 0, 0))
            fixed.compress_type = zipfile.ZIP_DEFLATED
            result.writestr(fixed, content)
    return target.getvalue()
