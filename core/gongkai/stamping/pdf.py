"""Marking a PDF: metadata alone. What a printed page shows is marked in the DOCX, then exported."""

from __future__ import annotations

import io

import pikepdf

from gongkai.documents.docx_names import OWN_NAMESPACE
from gongkai.errors import StampRefused
from gongkai.policy.profile import Profile
from gongkai.stamping.mark import Stamp, Stamped

METADATA = "XMP"
_PREFIX = "gongkai"


def stamp_pdf(data: bytes, name: str, stamp: Stamp, profile: Profile) -> Stamped:
    """Write the mark into a PDF's metadata, in a namespace of its own.

    Raises ``StampRefused`` for a signed, encrypted or damaged file: there the attribute is
    recorded only. The pages are not touched.
    """
    values = {
        "attribute": str(stamp.attribute),
        "label": profile.label_of(stamp.attribute),
        "fingerprint": stamp.fingerprint,
    }
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            _refuse_unfit(pdf, name)
            if _read_xmp(pdf) == values:
                return Stamped(data, ())
            pikepdf.models.PdfMetadata.register_xml_namespace(OWN_NAMESPACE, _PREFIX)
            with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
                for key, value in values.items():
                    metadata[f"{{{OWN_NAMESPACE}}}{key}"] = value
            target = io.BytesIO()
            pdf.save(
                target,
                deterministic_id=True,
                linearize=pdf.is_linearized,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                object_stream_mode=pikepdf.ObjectStreamMode.preserve,
                fix_metadata_version=False,
            )
    except pikepdf.PasswordError as error:
        raise StampRefused("stamp_locked", file=name) from error
    except pikepdf.PdfError as error:
        raise StampRefused("stamp_damaged", file=name) from error
    return Stamped(target.getvalue(), (METADATA,))


def pdf_mark(data: bytes, name: str) -> dict[str, str]:
    """What the mark in a PDF's metadata says, by name; empty without one.

    Raises ``StampRefused`` for a locked or damaged file: unread is not unmarked.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return _read_xmp(pdf)
    except pikepdf.PasswordError as error:
        raise StampRefused("stamp_locked", file=name) from error
    except pikepdf.PdfError as error:
        raise StampRefused("stamp_damaged", file=name) from error


def _read_xmp(pdf: pikepdf.Pdf) -> dict[str, str]:
    metadata = pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
    own = f"{{{OWN_NAMESPACE}}}"
    return {
        str(key).removeprefix(own): str(metadata[key])
        for key in metadata
        if str(key).startswith(own)
    }


def _refuse_unfit(pdf: pikepdf.Pdf, name: str) -> None:
    if pdf.is_encrypted:
        raise StampRefused("stamp_locked", file=name)
    if pdf.get_warnings():
        raise StampRefused("stamp_damaged", file=name)
    if "/Perms" in pdf.Root or any(_is_signature(entry) for entry in pdf.objects):
        raise StampRefused("stamp_signed", file=name)


def _is_signature(entry: object) -> bool:
    """A signature or the field for one: a seal, or the place for it."""
    if not isinstance(entry, pikepdf.Dictionary):
        return False
    return entry.get("/FT") == "/Sig" or "/ByteRange" in entry
