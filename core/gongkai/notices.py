"""A finding in the words of the office: what is asked, where, on which ground, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from gongkai.messages import has, say
from gongkai.model.attribute import DisclosureAttribute, Severity
from gongkai.model.bundle import Bundle
from gongkai.model.content import Format
from gongkai.model.finding import Basis, Finding, FindingCode
from gongkai.places import column_words, place_words
from gongkai.policy.profile import Profile
from gongkai.settings import Contact, Contacts

PLACES_SHOWN = 3
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
    def about(cls, bundle: Bundle, profile: Profile, contacts: Contacts) -> Voice:
        """The words for messages about one bundle."""
        names = {m.number: _LEAD.sub("", Path(m.name).stem) for m in bundle.attachments}
        return cls(profile, contacts, names)

    def notice(self, finding: Finding) -> Notice:
        """The notice for a finding, in the language spoken now."""
        values = {**self._common(finding), **dict(finding.details)}
        variant = f"_{finding.severity}"
        return Notice(
            code=finding.code,
            severity=finding.severity,
            tag=say(f"cli.tag_{finding.severity}"),
            headline=self._say(finding.code, "headline", variant, values),
            where=self.where(finding),
            ground=self._say(finding.code, "ground", variant, values),
            cure=self._say(finding.code, "cure", variant, values),
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

    def _say(self, code: FindingCode, part: str, variant: str, values: Mapping[str, object]) -> str:
        key = f"findings.{code}.{part}"
        return say(key + variant if has(key + variant) else key, **values)

    def _common(self, finding: Finding) -> dict[str, object]:
        labels = {str(a).lower(): self.profile.label_of(a) for a in DisclosureAttribute}
        why = finding.detail("why")
        form = finding.detail("format")
        elements = finding.detail("elements").split()
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
            "why_words": say(f"reading.why_{why}", format=_format_words(form)) if why else "",
            "way_out": say(f"reading.way_out_{why}") if why else "",
            "element_words": say("cli.and").join(say(f"reading.element_{e}") for e in elements),
        }


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
