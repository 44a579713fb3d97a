"""The one way in for a file: sniff it, hand it to its reader, and never raise over its content."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TypeAlias

from gongkai.documents.limits import DEFAULT_LIMITS, Limits
from gongkai.documents.sniff import sniff
from gongkai.model.content import Block, Content, Format, Note, NoteCode, NoteScope, Part
from gongkai.printable import printable

Reader: TypeAlias = Callable[[bytes, Limits], Content]
Fallback: TypeAlias = Callable[[bytes, str, Format], Content | None]

_PROMISES: dict[str, frozenset[Format]] = {
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), frozenset({Format.DOCX})),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx", ".xltm"), frozenset({Format.XLSX})),
    **dict.fromkeys((".wps", ".wpt"), frozenset({Format.WPS, Format.DOC, Format.DOCX})),
    **dict.fromkeys((".et", ".ett"), frozenset({Format.ET, Format.XLS, Format.XLSX})),
    **dict.fromkeys((".ppt", ".dps"), frozenset({Format.PPT})),
    **dict.fromkeys((".htm", ".html", ".mht"), frozenset({Format.HTML})),
    **dict.fromkeys((".odt", ".ods"), frozenset({Format.ODF})),
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz", ".tar"), frozenset({Format.ARCHIVE})),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff"), frozenset({Format.IMAGE})),
    ".doc": frozenset({Format.DOC}),
    ".xls": frozenset({Format.XLS}),
    ".pptx": frozenset({Format.PPTX}),
    ".pdf": frozenset({Format.PDF}),
    ".ofd": frozenset({Format.OFD}),
    ".rtf": frozenset({Format.RTF}),
    ".txt": frozenset({Format.TEXT}),
}
_SNIFFED = 1 << 20
_NEVER_MISLEADING = frozenset({Format.EMPTY, Format.ENCRYPTED, Format.UNKNOWN})


def read_file(
    path: Path, limits: Limits = DEFAULT_LIMITS, fallback: Fallback | None = None
) -> Content:
    """Everything readable in the file at ``path``; what could not be read is in its notes.

    ``fallback`` is asked for formats without a reader of gongkai's own. A file that somebody
    holds locked gives the note BUSY. Raises ``FileNotFoundError`` when there is no file.
    """
    try:
        if path.stat().st_size > limits.file_bytes:
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
                stream.seek(0)
                found = sniff(stream.read(_SNIFFED), path.name)
            return _answer(_unread(digest, found, NoteCode.TOO_LARGE, "file"), path.name)
        data = path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        busy = _unread("", Format.UNKNOWN, NoteCode.BUSY, type(error).__name__)
        return _answer(busy, path.name)
    return read_bytes(data, path.name, limits, fallback)


def read_bytes(
    data: bytes, name: str, limits: Limits = DEFAULT_LIMITS, fallback: Fallback | None = None
) -> Content:
    """Everything readable in ``data``; the first block is the file's name.

    Never raises for a bad document: a note of scope WHOLE says why nothing was read.
    """
    found = sniff(data, name)
    if len(data) > limits.file_bytes:
        return _answer(_unread(_digest(data), found, NoteCode.TOO_LARGE, "file"), name)
    return _answer(_read(data, name, found, limits, fallback), name)


def _read(
    data: bytes, name: str, found: Format, limits: Limits, fallback: Fallback | None
) -> Content:
    if found is Format.EMPTY:
        return _unread(_digest(data), found, NoteCode.EMPTY)
    reader = _reader(found)
    if reader is None:
        answer = fallback(data, name, found) if fallback else None
        code = NoteCode.ENCRYPTED if found is Format.ENCRYPTED else NoteCode.UNSUPPORTED
        return _of(data, answer) if answer else _unread(_digest(data), found, code, found)
    try:
        return reader(data, limits)
    except MemoryError:
        return _unread(_digest(data), found, NoteCode.TOO_LARGE, "memory")
    except Exception as error:  # Whatever a hostile file provokes: it was not checked.
        return _unread(_digest(data), found, NoteCode.DAMAGED, type(error).__name__)


def _of(data: bytes, answer: Content) -> Content:
    """A fallback's answer about these very bytes; a file it found no words in was not read."""
    blocks = tuple(block for block in answer.blocks if block.part is not Part.NAME)
    blank = () if blocks or not answer.readable else (Note(NoteCode.EMPTY, NoteScope.WHOLE),)
    return replace(answer, sha256=_digest(data), blocks=blocks, notes=(*answer.notes, *blank))


def _reader(found: Format) -> Reader | None:
    # Imported when first needed: a run over text files alone never loads pdfium or lxml.
    match found:
        case Format.DOCX:
            from gongkai.documents.docx import read_docx

            return read_docx
        case Format.XLSX:
            from gongkai.documents.xlsx import read_xlsx

            return read_xlsx
        case Format.PDF:
            from gongkai.documents.pdf import read_pdf

            return read_pdf
        case Format.TEXT:
            from gongkai.documents.text import read_text

            return read_text
        case _:
            return None


def _answer(content: Content, name: str) -> Content:
    # Names from disk may hold undecodable bytes, which no database or console takes.
    shown = printable(name)
    notes = content.notes
    promised = _PROMISES.get(PurePath(shown).suffix.lower())
    if promised and content.format not in promised | _NEVER_MISLEADING:
        misled = Note(NoteCode.NAME_MISLEADS, NoteScope.NOTHING, "name", content.format)
        notes = (*notes, misled)
    blocks = (Block("name", Part.NAME, shown), *content.blocks)
    return replace(content, blocks=blocks, notes=notes)


def _unread(digest: str, found: Format, code: NoteCode, detail: str = "") -> Content:
    return Content(digest, found, notes=(Note(code, NoteScope.WHOLE, detail=detail),))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
