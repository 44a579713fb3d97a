"""A finding in the words of the office: what is asked, where, on which ground, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from gongkai.excerpts import Excerpts
from gongkai.messages import has, say
from gongkai.model.attribute import DisclosureAttribute, Severity
from gongkai.model.bundle import Bundle
from gongkai.model.content import Format
from gongkai.model.finding import Basis, Finding, FindingCode
from gongkai.model.reading import Reading
from gongkai.places import column_words, place_words
from gongkai.policy.profile import Profile
from gongkai.settings import Contact, Contacts

PLACES_SHOWN = 3
PARTS = ("headline", "ground", "cure")

DETAILS = (
    "components",
    "fields",
    "header",
    "headline",
    "ground",
    "cure",
    "kind",
    "known",
    "missing",
    "name",
    "names",
    "number",
    "own",
    "required",
    "revisions",
    "comments",
    "rows",
    "stated",
    "title",
    "topic",
    "values",
)
"""Details messages fill in; a plugin's finding that lacks one is told without it."""

_LEAD = re.compile(r"^附件\s*\d*\s*[:：.．、_-]?\s*")


@dataclass(frozen=True, slots=True)
class Notice:
    """One finding, ready to print. ``tag`` is the word in front, e.g. 送核前请处理."""

    code: FindingCode
    severity: Severity
    tag: str
    headline: str
    where: str
    ground: str
    cure: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Matters:
    """Notices with the same ground and cure, told together: two columns, one remedy."""

    notices: tuple[Notice, ...]

    @property
    def first(self) -> Notice:
        """The notice whose tag, ground and cure speak for all."""
        return self.notices[0]


def together(notices: Iterable[Notice]) -> list[Matters]:
    """Notices grouped by tag, ground and cure, in the order of their first."""
    groups: dict[tuple[str, str, str], list[Notice]] = {}
    for notice in notices:
        groups.setdefault((notice.tag, notice.ground, notice.cure), []).append(notice)
    return [Matters(tuple(group)) for group in groups.values()]


@dataclass(frozen=True)
class Voice:
    """What every message may need to name: the profile's words, contacts, attachment titles."""

    profile: Profile
    contacts: Contacts
    names: Mapping[int, str]

    @classmethod
    def about(
        cls,
        bundle: Bundle,
        profile: Profile,
        contacts: Contacts,
        reading: Reading | None = None,
    ) -> Voice:
        """The words for messages about one bundle; ``reading`` masks names in file names."""
        cover = Excerpts(bundle, reading).cover if reading is not None else str
        names = {m.number: cover(_LEAD.sub("", Path(m.name).stem)) for m in bundle.attachments}
        return cls(profile, contacts, names)

    def notice(self, finding: Finding) -> Notice:
        """The notice for a finding, in the language spoken now."""
        values = {**dict.fromkeys(DETAILS, ""), **dict(finding.details), **self._common(finding)}
        headline, ground, cure = (self._say(finding, part, values) for part in PARTS)
        return Notice(
            code=finding.code,
            severity=finding.severity,
            tag=say(f"cli.tag_{finding.severity}"),
            headline=headline or str(finding.code),
            where=self.where(finding),
            ground=ground,
            cure=cure,
            excerpt=finding.excerpt,
        )

    def where(self, finding: Finding) -> str:
        """The places of a finding in words, the first few of many."""
        if not finding.place:
            return ""
        if header := finding.detail("header"):
            return column_words(finding.place, header, self.names)
        places = [finding.place, *finding.places]
        words = list(dict.fromkeys(place_words(place, self.names) for place in places))
        shown = say("cli.and").join(words[:PLACES_SHOWN])
        more = max(finding.count, len(words)) - len(words[:PLACES_SHOWN])
        return say("cli.and_more", places=shown, count=finding.count) if more > 0 else shown

    def _say(self, finding: Finding, part: str, values: Mapping[str, object]) -> str:
        key = f"findings.{finding.code}.{part}"
        variants = (finding.detail("variant"), finding.severity)
        wanted = (f"{key}_{variant}" for variant in variants if variant)
        return say(next(filter(has, wanted), key), **values)

    def _common(self, finding: Finding) -> dict[str, object]:
        labels = {str(a).lower(): self.profile.label_of(a) for a in DisclosureAttribute}
        why, row = finding.detail("why"), finding.detail("row")
        elements = finding.detail("elements").split()
        shown = finding.detail("shown").split(" ")
        return {
            **labels,
            "count": finding.count,
            "excerpt": finding.excerpt,
            "basis": basis_words(finding.basis),
            "office": contact_words(self.contacts.office, "office"),
            "officer": contact_words(self.contacts.secrecy_officer, "officer"),
            "disclosure_office": contact_words(
                self.contacts.disclosure_office, "disclosure_office"
            ),
            "why_words": _word("why", why, format=_format_words(finding.detail("format"))),
            "way_out": _word("way_out", why),
            "kind_words": _word("kind", finding.detail("kind")) or _word("kind", "PERSON"),
            "how_words": _word("how", finding.detail("how")),
            "row_words": say(f"policy.{row}") if row else "",
            "element_words": say("cli.and").join(_word("element", each) for each in elements),
            "source_words": self._sources(finding),
            "shown_words": say("cli.and").join(
                dict.fromkeys(map(place_words, filter(None, shown)))
            ),
        }

    def _sources(self, finding: Finding) -> str:
        """What each source says, e.g. 发文稿纸为“依申请公开”、附注为“主动公开”."""
        words = []
        for entry in finding.detail("sources").split():
            source, _, value = entry.partition(":")
            key = "reading.source_value" if value else "reading.source_unclear"
            label = self.profile.label_of(DisclosureAttribute(value)) if value else ""
            words.append(say(key, source=_word("source", source), label=label))
        return say("cli.and").join(words)


def _word(sort: str, name: str, **values: object) -> str:
    key = f"reading.{sort}_{name}"
    return say(key, **values) if name and has(key) else ""


def basis_words(basis: tuple[Basis, ...]) -> str:
    """The grounds in one line; none is said to be the office's own practice."""
    return "；".join(entry.text for entry in basis) or say("cli.no_basis")


def contact_words(contact: Contact, role: str) -> str:
    """Whom to ask, with name and telephone where the settings have them."""
    # "报告保密员{officer}": the message itself names this role.
    name = "" if role == "officer" else say(f"cli.contact_{role}")
    if contact.name and contact.phone:
        return say("cli.contact_full", role=name, name=contact.name, phone=contact.phone)
    return name + contact.name


def _format_words(form: str) -> str:
    return f".{form}" if form in tuple(Format) else form
