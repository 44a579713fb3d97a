"""One mark for every format, and the proof that it changed nothing but the mark."""

from __future__ import annotations

from gongkai.documents.fingerprint import member_fingerprint
from gongkai.documents.read import read_bytes
from gongkai.errors import StampRefused
from gongkai.model.content import Content, Format
from gongkai.policy.profile import Profile
from gongkai.stamping.docx import stamp_docx
from gongkai.stamping.mark import MarkPlace, Stamp, Stamped
from gongkai.stamping.pdf import stamp_pdf
from gongkai.stamping.report import verify_stamp


def marked(content: Content, data: bytes, name: str, stamp: Stamp, profile: Profile) -> Stamped:
    """The file with its mark, read again and found to be the same text.

    ``content`` is what was read from ``data``. Raises ``StampRefused`` for a file that is
    signed, cannot be read or cannot hold a mark, for a place it does not have, and when the
    marked file does not read as it should.
    """
    if not content.readable:
        raise StampRefused("stamp_unreadable", file=name)
    if content.signed:
        raise StampRefused("stamp_signed", file=name)
    match content.format:
        case Format.DOCX:
            stamped = stamp_docx(data, name, stamp, profile)
        case Format.PDF:
            if stamp.place is not MarkPlace.RECORD_ONLY:
                raise StampRefused("stamp_pdf_visible", file=name)
            stamped = stamp_pdf(data, name, stamp, profile)
        case _:
            raise StampRefused("stamp_format", file=name)
    _prove(content, stamped, name, stamp, profile)
    return stamped


def _prove(content: Content, stamped: Stamped, name: str, stamp: Stamp, profile: Profile) -> None:
    if not stamped.changed:
        return
    again = read_bytes(stamped.data, name)
    if not again.readable or member_fingerprint(again) != member_fingerprint(content):
        raise StampRefused("stamp_not_proved", file=name)
    report = verify_stamp(again, stamped.data, profile)
    own = report.attribute is stamp.attribute
    if not own and stamp.place is not MarkPlace.RECORD_ONLY:
        raise StampRefused("stamp_not_proved", file=name)
