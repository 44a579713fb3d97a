"""How much of one file is read before it counts as too large to check."""

from __future__ import annotations

from dataclasses import dataclass, replace

_MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one reading; what lies beyond them is "未能检查", never "未发现问题".

    Word and the usual tools stay far below: the densest ordinary part measured unpacks to
    85 times its size. A part of ``xml_free_bytes`` or less may be denser than ``xml_ratio``.
    What the process may use stands with the workers (``gongkai.workers.crew``); of its processor
    time, ``cpu_seconds``, tables and drawings of a PDF get a share.
    """

    file_bytes: int = 50 * _MEGABYTE
    zip_entries: int = 5_000
    unpacked_bytes: int = 200 * _MEGABYTE
    xml_bytes: int = 32 * _MEGABYTE
    xml_ratio: int = 150
    xml_free_bytes: int = 4 * _MEGABYTE
    package_depth: int = 3
    pdf_pages: int = 3_000
    pdf_table_pages: int = 200
    sheet_cells: int = 2_000_000
    cpu_seconds: int = 60

    def within(self, unpacked_left: int) -> Limits:
        """The limits for a package inside a package that may still unpack ``unpacked_left``."""
        return replace(self, package_depth=self.package_depth - 1, unpacked_bytes=unpacked_left)


DEFAULT_LIMITS = Limits()
