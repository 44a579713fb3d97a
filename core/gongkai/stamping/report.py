"""Whether everything that states a document's attribute states the same, for the same text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from gongkai.documents.fingerprint import STAMPED_FINGERPRINT, member_fingerprint
from gongkai.documents.issuing import IssuingElement, folded, issuing_elements
from gongkai.documents.package import PackageRefused
from gongkai.errors import StampRefused
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.content import Content, Format
from gongkai.model.determination import Determination
from gongkai.policy.profile import Profile, fold
from gongkai.stamping.data import read_data
from gongkai.stamping.docx import main_part
from gongkai.stamping.mark import (
    ATTRIBUTE_PROPERTY,
    LABEL_PROPERTY,
    PLACE_PROPERTY,
    MarkPlace,
)
from gongkai.stamping.package import Parts
from gongkai.stamping.paper import Paper
from gongkai.stamping.pdf import pdf_mark


class MarkSource(StrEnum):
    """Where a statement stands; each has a message ``stamp.source_<value>``."""

    ANNOTATION = "annotation"
    IMPRINT = "imprint"
    CONTROL = "control"
    DATA = "data"
    LABEL = "label"
    PROPERTY = "property"
    XMP = "xmp"
    RECORD = "record"


VISIBLE = frozenset({MarkSource.ANNOTATION, MarkSource.IMPRINT})
_HELD = frozenset({MarkSource.LABEL, MarkSource.PROPERTY, MarkSource.XMP})
_SOURCES = {MarkPlace.ANNOTATION: MarkSource.ANNOTATION, MarkPlace.IMPRINT: MarkSource.IMPRINT}


class Issue(StrEnum):
    """One way in which sources do not agree; each has a message ``stamp.issue_<value>``."""

    UNMARKED = "unmarked"
    CONTRADICTION = "contradiction"
    DUPLICATE = "duplicate"
    UNKNOWN_WORDS = "unknown_words"
    VISIBLE_ALONE = "visible_alone"
    PROPERTY_ALONE = "property_alone"
    CONTROL_MISSING = "control_missing"
    DATA_MISSING = "data_missing"
    TEXT_CHANGED = "text_changed"
    NOT_RECORDED = "not_recorded"
    RECORD_OUTDATED = "record_outdated"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of the attribute; None: its words mean nothing to the profile."""

    source: MarkSource
    attribute: DisclosureAttribute | None


@dataclass(frozen=True, slots=True)
class StampReport:
    """All statements found and every inconsistency between them."""

    statements: tuple[Statement, ...]
    issues: tuple[Issue, ...]

    @property
    def consistent(self) -> bool:
        """Whether nothing is amiss."""
        return not self.issues

    @property
    def attribute(self) -> DisclosureAttribute | None:
        """The attribute all statements agree on."""
        values = {each.attribute for each in self.statements}
        return values.pop() if len(values) == 1 else None


def verify_stamp(content: Content, data: bytes, profile: Profile) -> StampReport:
    """Compare every place of a file that states its attribute, and the text with the mark's.

    ``content`` is what was read from ``data``. Raises ``StampRefused`` for a file that
    cannot be read whole.
    """
    if not content.readable:
        raise StampRefused("stamp_unreadable", file=_name(content))
    statements: list[Statement] = []
    stamped = content.property_named(STAMPED_FINGERPRINT)
    if content.format is Format.DOCX:
        try:
            statements += _docx(Parts(data), profile)
        except PackageRefused as refused:
            raise StampRefused("stamp_damaged", file=_name(content)) from refused
    else:
        statements += _lines(content, profile)
    statements += _properties(content, profile)
    if content.format is Format.PDF and (held := pdf_mark(data, _name(content))):
        statements.append(
            Statement(MarkSource.XMP, profile.attribute_for(held.get("attribute", "")))
        )
        stamped = held.get("fingerprint", "")
    issues = _issues(content, statements)
    if stamped and stamped != member_fingerprint(content):
        issues.append(Issue.TEXT_CHANGED)
    return StampReport(tuple(statements), tuple(issues))


def against_record(
    report: StampReport, standing: Determination | None, *, known: bool
) -> StampReport:
    """The report joined with the office's record.

    ``standing`` is the determination for this very text; ``known`` says whether there is one
    for any text of the document.
    """
    if standing is None:
        issue = Issue.RECORD_OUTDATED if known else Issue.NOT_RECORDED
        return replace(report, issues=(*report.issues, issue))
    statements = (*report.statements, Statement(MarkSource.RECORD, standing.attribute))
    issues: list[Issue] = [issue for issue in report.issues if issue is not Issue.UNMARKED]
    if not report.statements and standing.place != MarkPlace.RECORD_ONLY:
        issues.append(Issue.UNMARKED)
    if _contradict(statements) and Issue.CONTRADICTION not in issues:
        issues.append(Issue.CONTRADICTION)
    return StampReport(statements, tuple(issues))


def _docx(parts: Parts, profile: Profile) -> list[Statement]:
    paper = Paper(parts.xml(main_part(parts)), profile)
    found = []
    for mark in paper.marks:
        if mark.blank:
            continue
        found.append(Statement(_SOURCES[mark.place], mark.attribute))
        if mark.control is not None:
            found.append(Statement(MarkSource.CONTROL, mark.attribute))
    held = read_data(parts)
    meanings = {_meaning(held[name], profile) for name in ("annotation", "imprint") if name in held}
    return found + [Statement(MarkSource.DATA, meaning) for meaning in sorted(meanings, key=str)]


def _lines(content: Content, profile: Profile) -> list[Statement]:
    blocks = list(content.printed)
    sources = {
        IssuingElement.ANNOTATION: MarkSource.ANNOTATION,
        IssuingElement.IMPRINT: MarkSource.IMPRINT,
    }
    found = []
    for index, element in sorted(issuing_elements(blocks).items()):
        line = folded(blocks[index].text)
        meaning = _meaning(line.rpartition(":")[2], profile)
        if element in sources and meaning is not None and "公开" in line:
            found.append(Statement(sources[element], meaning))
    return found


def _properties(content: Content, profile: Profile) -> list[Statement]:
    found = []
    for name, source in (
        (LABEL_PROPERTY, MarkSource.LABEL),
        (ATTRIBUTE_PROPERTY, MarkSource.PROPERTY),
    ):
        if value := content.property_named(f"custom.{name}"):
            found.append(Statement(source, profile.attribute_for(value)))
    return found


def _meaning(words: str, profile: Profile) -> DisclosureAttribute | None:
    meaning = profile.aliases.get(fold(words))
    return meaning.attribute if meaning else None


def _issues(content: Content, statements: Sequence[Statement]) -> list[Issue]:
    sources = Counter(each.source for each in statements)
    present = set(sources)
    issues: list[Issue] = []
    if not present:
        issues.append(Issue.UNMARKED)
    if _contradict(statements):
        issues.append(Issue.CONTRADICTION)
    if any(sources[source] > 1 for source in VISIBLE):
        issues.append(Issue.DUPLICATE)
    if any(each.attribute is None for each in statements):
        issues.append(Issue.UNKNOWN_WORDS)
    if content.format is not Format.DOCX:
        return issues
    place = content.property_named(f"custom.{PLACE_PROPERTY}")
    visible, held = bool(present & VISIBLE), MarkSource.PROPERTY in present
    if visible and not present & _HELD:
        issues.append(Issue.VISIBLE_ALONE)
    if present & _HELD and not visible and place != MarkPlace.RECORD_ONLY:
        issues.append(Issue.PROPERTY_ALONE)
    if visible and held and MarkSource.CONTROL not in present:
        issues.append(Issue.CONTROL_MISSING)
    if held and MarkSource.DATA not in present:
        issues.append(Issue.DATA_MISSING)
    return issues


def _contradict(statements: Sequence[Statement]) -> bool:
    return len({each.attribute for each in statements if each.attribute is not None}) > 1


def _name(content: Content) -> str:
    return next((block.text for block in content.blocks if block.place == "name"), "")
