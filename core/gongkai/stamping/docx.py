"""Marking a DOCX: visible line, document properties and bound control, always together.

Marking again replaces; the same mark twice gives the same bytes. Nothing else is touched.
"""

from __future__ import annotations

from lxml import etree

from gongkai.documents.docx_parts import SIGNATURES
from gongkai.documents.package import PackageRefused
from gongkai.errors import StampRefused
from gongkai.policy.profile import Profile
from gongkai.stamping.control import bound_control, other_ids, run, run_properties
from gongkai.stamping.data import ROOT_RELATIONS, set_data, set_properties
from gongkai.stamping.line import (
    annotation_below,
    fill,
    first_run_properties,
    imprint_above,
    take_away,
)
from gongkai.stamping.mark import MarkPlace, Stamp, Stamped
from gongkai.stamping.package import Parts
from gongkai.stamping.paper import Paper

ANNOTATION_SIZE, IMPRINT_SIZE = 16, 14
"""Points: 3号 and 4号 (GB/T 9704-2012 7.3.6 and 7.4)."""

_USUAL_MAIN = "word/document.xml"
_STRICT = b"purl.oclc.org/ooxml"


def stamp_docx(data: bytes, name: str, stamp: Stamp, profile: Profile) -> Stamped:
    """Mark a DOCX.

    ``name`` is the file's name for errors. Raises ``StampRefused`` for a signed, damaged or
    Strict file, and when the wanted place does not exist: gongkai never guesses one.
    """
    try:
        parts = Parts(data)
        main = main_part(parts)
        _refuse_unfit(parts, main, name)
        root = parts.xml(main)
    except PackageRefused as refused:
        raise StampRefused("stamp_damaged", file=name) from refused
    _set_visible(root, stamp, profile, name)
    parts.write(main, root)
    set_properties(parts, stamp, profile)
    set_data(parts, main, stamp, profile)
    return Stamped(parts.to_bytes(), parts.changed)


def main_part(parts: Parts) -> str:
    """The name of the main document part."""
    return parts.target(ROOT_RELATIONS, "officeDocument") or _USUAL_MAIN


def _refuse_unfit(parts: Parts, main: str, name: str) -> None:
    if any(part.startswith(SIGNATURES) for part in parts.names()):
        raise StampRefused("stamp_signed", file=name)
    if parts.doubtful:
        raise StampRefused("stamp_damaged", file=name)
    if main not in parts or _STRICT in parts.read(main)[:8192]:
        raise StampRefused("stamp_unfit", file=name)


def _set_visible(root: etree._Element, stamp: Stamp, profile: Profile, name: str) -> None:
    """Leave exactly one visible line, at the wanted place; none when it is recorded only."""
    paper = Paper(root, profile)
    if stamp.place is not MarkPlace.RECORD_ONLY and any(mark.mixed for mark in paper.marks):
        raise StampRefused("stamp_mixed", file=name)
    here = [mark for mark in paper.marks if mark.place is stamp.place]
    paragraph = here[0].paragraph if here else _new_line(paper, stamp, name)
    for mark in paper.marks:
        if mark.paragraph is not paragraph and not (mark.blank or mark.mixed):
            take_away(mark.paragraph)
    if paragraph is not None:
        _write_line(root, paragraph, stamp, profile)


def _new_line(paper: Paper, stamp: Stamp, name: str) -> etree._Element | None:
    match stamp.place:
        case MarkPlace.RECORD_ONLY:
            return None
        case MarkPlace.ANNOTATION:
            date = paper.date_paragraph()
            if date is None:
                raise StampRefused("stamp_no_date", file=name)
            like = first_run_properties(date)
            size = int(run_properties(ANNOTATION_SIZE, like)[-1].values()[0])
            paragraph = annotation_below(date, size // 2)
        case MarkPlace.IMPRINT:
            below = paper.imprint_paragraph()
            if below is None:
                raise StampRefused("stamp_no_imprint", file=name)
            like = first_run_properties(below)
            paragraph = imprint_above(below)
    if like is not None:
        # Carries the fonts to the words that are written next.
        fill(paragraph, [run(" ", like)])
    return paragraph


def _write_line(
    root: etree._Element, paragraph: etree._Element, stamp: Stamp, profile: Profile
) -> None:
    policy, words = profile.stamp, stamp.wording(profile.stamp)
    like = first_run_properties(paragraph)
    if stamp.place is MarkPlace.ANNOTATION:
        properties, kind = run_properties(ANNOTATION_SIZE, like), "annotation"
        before, _, after = policy.annotation_line(stamp.attribute).partition(words)
    else:
        properties, kind = run_properties(IMPRINT_SIZE, like), "imprint"
        before, _, after = policy.imprint_line(stamp.attribute).rpartition(words)
    pieces = [run(before, properties)] if before else []
    pieces.append(bound_control(words, kind, properties, other_ids(root)))
    if after:
        pieces.append(run(after, properties))
    fill(paragraph, pieces)
