"""The policy an office works under: every wording, mapping, threshold and severity."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Literal

from gongkai.errors import ConfigurationError
from gongkai.model.attribute import DisclosureAttribute, Severity, Stage
from gongkai.model.finding import Basis, FindingCode
from gongkai.policy.entries import (
    CannedReason,
    LabelMeaning,
    NamedList,
    StampPolicy,
    TopicRule,
    fold,
)
from gongkai.policy.loading import known_profiles, read_chain, validated
from gongkai.policy.schema import ProfileSchema

__all__ = [
    "CannedReason",
    "LabelMeaning",
    "NamedList",
    "Profile",
    "StampPolicy",
    "TopicRule",
    "fold",
    "known_profiles",
    "load_profile",
]


@dataclass(frozen=True)
class Profile:
    """One profile with its parents merged in.

    ``keys`` gives every key typed, basis included, e.g.
    ``profile.keys.deadlines.request.value.reply``. Two profiles are equal when the texts of
    their files are.
    """

    chain: tuple[tuple[str, str], ...]

    def __reduce__(self) -> tuple[object, ...]:
        return (Profile, (self.chain,))

    @property
    def keys(self) -> ProfileSchema:
        """All keys, each with value, basis and level."""
        return validated(self.chain)

    @property
    def id(self) -> str:
        """The profile's name, e.g. national_2019."""
        return self.keys.profile.id

    @property
    def version(self) -> str:
        """The version the file states."""
        return self.keys.profile.version

    @property
    def title(self) -> str:
        """The name shown to people."""
        return self.keys.profile.title

    @property
    def extends(self) -> str:
        """The parent's name, "" for none."""
        return self.keys.profile.extends

    @property
    def key(self) -> str:
        """id@version, kept with every verdict and determination."""
        return f"{self.id}@{self.version}"

    @cached_property
    def digest(self) -> str:
        """sha256 over the texts of the profile and its parents, for an unstated change."""
        joined = "\0".join(text for _, text in self.chain)
        return hashlib.sha256(joined.encode("utf-8")).hexdigest()

    def label_of(self, attribute: DisclosureAttribute) -> str:
        """What an attribute is called here, e.g. 不予公开 or 不公开."""
        return self.keys.attributes.labels.value.of(attribute)

    @cached_property
    def aliases(self) -> Mapping[str, LabelMeaning]:
        """Meaning of every accepted wording, keyed as ``fold`` gives it."""
        known = self.keys.attributes.aliases
        table = {
            fold(word): LabelMeaning(attribute)
            for attribute in DisclosureAttribute
            for word in getattr(known, attribute.value).value
        }
        read_as = self.keys.redacted.read_as.value
        table |= {fold(w): LabelMeaning(read_as, True) for w in known.redacted.value}
        for attribute in DisclosureAttribute:
            own = LabelMeaning(attribute, own=True)
            table[fold(self.label_of(attribute))] = own
            table[fold(self.stamp.annotation[attribute])] = own
        return table

    @property
    def label_fields(self) -> tuple[str, ...]:
        """Names of fields that hold the attribute, e.g. 公开方式."""
        return self.keys.attributes.fields.value

    @property
    def reason_fields(self) -> tuple[str, ...]:
        """Names of fields that hold the reason for not publishing."""
        return self.keys.attributes.reason_fields.value

    @property
    def look_alikes(self) -> tuple[str, ...]:
        """Wordings beside the mark's place that are not the attribute, e.g. 此件发至."""
        return self.keys.attributes.aliases.look_alikes.value

    def attribute_for(self, text: str) -> DisclosureAttribute | None:
        """The attribute a person named by code, label or alias; None when it is none of them."""
        if text.strip().upper() in DisclosureAttribute.__members__:
            return DisclosureAttribute(text.strip().upper())
        meaning = self.aliases.get(fold(text))
        if meaning is None or meaning.redacted_version_required:
            return None
        return meaning.attribute

    def severity(self, code: FindingCode, stage: Stage) -> Severity:
        """What a finding means at a stage."""
        return self.keys.severity[code].value.at(stage)

    def applies_to(self, code: FindingCode) -> frozenset[DisclosureAttribute]:
        """The attributes a finding concerns."""
        return frozenset(self.keys.findings[code].value.applies_to)

    def waivable(self, code: FindingCode) -> bool:
        """Whether the office reviewer may waive the finding with a reason."""
        return self.keys.findings[code].value.waivable

    def basis(self, rule_id: str) -> tuple[Basis, ...]:
        """The grounds of a rule: a finding code, row-1 … row-15, overlay, T-, E- or reason code.

        A refinement after ``.``, ``:`` or ``/`` falls back to what stands before it. A name
        the profile does not know has no ground: an empty tuple.
        """
        name = rule_id
        while name:
            if name in self._grounds:
                return self._grounds[name]
            cut = max(name.rfind(mark) for mark in ".:/")
            name = name[: max(cut, 0)]
        return ()

    @cached_property
    def _grounds(self) -> Mapping[str, tuple[Basis, ...]]:
        keys = self.keys
        return {
            **{name: leaf.grounds for name, leaf in keys.named_lists.items()},
            **{name: leaf.grounds for name, leaf in keys.reasons.items()},
            **{name: leaf.grounds for name, leaf in keys.topics.items()},
            **{name: leaf.grounds for name, leaf in keys.exemptions.items()},
            **{name: leaf.grounds for name, leaf in keys.rules.rows.items()},
            **{code.value: leaf.grounds for code, leaf in keys.findings.items()},
        }

    def in_force(self, row: str) -> bool:
        """Whether a row of the decision table holds in this profile."""
        leaf = self.keys.rules.rows.get(row)
        return leaf is not None and leaf.value

    @cached_property
    def topics(self) -> tuple[TopicRule, ...]:
        """The selected topics of the proactive list, in order of their codes."""
        table = self.keys.topics
        return tuple(
            TopicRule(
                code, table[code].value.title, table[code].value.keywords, table[code].grounds
            )
            for code in self.keys.topics_selected.value
        )

    @cached_property
    def named_lists(self) -> tuple[NamedList, ...]:
        """Lists that must name people or units."""
        return tuple(
            NamedList(
                kind, leaf.value.title, leaf.value.cues, leaf.value.permitted_fields, leaf.grounds
            )
            for kind, leaf in self.keys.named_lists.items()
        )

    def permits(self, kind: str, heading: str) -> bool:
        """Whether a named list may show a column with this heading; unknown kinds permit none."""
        leaf = self.keys.named_lists.get(kind)
        field = self.field_of(heading)
        return leaf is not None and field in leaf.value.permitted_fields

    def never_permitted(self, heading: str) -> bool:
        """Whether a column with this heading may stand in no published list at all.

        One such wording is enough: 法定代表人身份证号 is a number, not a name.
        """
        return not _fields_in(self, heading).isdisjoint(self.keys.never_permitted.value)

    def field_of(self, heading: str) -> str:
        """The field a column heading means, "" when the profile knows none.

        An exact heading wins; else the longest known wording inside the heading.
        """
        return _field_of(self, heading)

    @cached_property
    def _headings(self) -> Mapping[str, str]:
        return {
            fold(word): field for field, leaf in self.keys.fields.items() for word in leaf.value
        }

    @cached_property
    def reasons(self) -> tuple[CannedReason, ...]:
        """Ready reasons for not publishing."""
        return tuple(
            CannedReason(
                code, leaf.value.text, leaf.value.attribute, leaf.grounds, leaf.value.supports
            )
            for code, leaf in self.keys.reasons.items()
        )

    @property
    def forwarding_mode(self) -> str:
        """``equal_or_stricter`` or ``equal`` (C-18)."""
        return self.keys.forwarding.mode.value

    @property
    def scope_party_documents(self) -> str:
        """``out`` or ``record`` (C-24)."""
        return self.keys.scope.party_documents.value

    @cached_property
    def stamp(self) -> StampPolicy:
        """Where and how the mark stands."""
        stamp = self.keys.stamp
        wording = stamp.presets[stamp.preset.value].value
        return StampPolicy(
            visible_default=stamp.visible_default.value,
            visible_upward=stamp.visible_upward.value,
            visible_from=stamp.visible_from.value,
            upward_kinds=stamp.upward_kinds.value,
            annotation={attribute: wording.of(attribute) for attribute in DisclosureAttribute},
            template=stamp.template.value,
            imprint_label=stamp.imprint_label.value,
            imprint={attribute: self.label_of(attribute) for attribute in DisclosureAttribute},
            property_upward=stamp.property_upward.value,
        )

    @property
    def private_content_attribute(self) -> DisclosureAttribute:
        """What row 10 suggests (C-02)."""
        return self.keys.rules.private_content.source_attribute.value

    @property
    def internal_attribute(self) -> DisclosureAttribute:
        """What row 13 suggests (C-03)."""
        return self.keys.rules.internal.source_attribute.value

    @property
    def process_material(self) -> tuple[str, ...]:
        """Words in the names of files that are working material (A4)."""
        return self.keys.doc_types.process_material.value

    @property
    def official_kinds(self) -> tuple[str, ...]:
        """The 15 statutory kinds."""
        return tuple(self.keys.doc_types.official)

    @property
    def mandatory_kinds(self) -> tuple[str, ...]:
        """The kinds SRC-01 names: a label is always asked for."""
        return tuple(k for k, leaf in self.keys.doc_types.official.items() if leaf.value.mandatory)

    @cached_property
    def kind_aliases(self) -> Mapping[str, str]:
        """Other names of statutory kinds, e.g. 会议纪要 -> 纪要 (C-12)."""
        return {
            fold(alias): kind
            for kind, leaf in self.keys.doc_types.official.items()
            for alias in leaf.value.aliases
        }

    def kind(self, doc_type: str) -> str:
        """A document type under its canonical name."""
        name = fold(doc_type.removeprefix("其他:").removeprefix("其他："))
        return self.kind_aliases.get(name, name)

    @property
    def non_official_track(self) -> tuple[str, ...]:
        """Kinds of government information that are no official documents (SRC-02)."""
        return self.keys.doc_types.non_official_track.value

    @property
    def returned_automatic(self) -> bool:
        """Whether a missing label is returned without a person (A1)."""
        return self.keys.returned.automatic.value

    def threshold(self, name: str) -> float:
        """A number of the ``thresholds`` table.

        Raises ``ConfigurationError`` for a name the profile does not state.
        """
        leaf = self.keys.thresholds.get(name)
        if leaf is None:
            raise ConfigurationError(
                "wrong_value", file=self.chain[0][0], key=f"thresholds.{name}", problem="missing"
            )
        return leaf.value

    def model(self, name: Literal["persons", "segments"]) -> Path | None:
        """The office's own weights of that name, beside the profile; None for the built-in ones."""
        leaf = self.keys.models.get(name)
        return Path(self.chain[0][0]).parent / leaf.value if leaf else None


@lru_cache(maxsize=4096)
def _field_of(profile: Profile, heading: str) -> str:
    """Remembered: a list asks for the same few headings at every cell."""
    inside = _words_in(profile, heading)
    return profile._headings[max(inside, key=len)] if inside else ""


@lru_cache(maxsize=4096)
def _fields_in(profile: Profile, heading: str) -> frozenset[str]:
    """Every field a heading names; an exact heading names its own alone."""
    return frozenset(profile._headings[word] for word in _words_in(profile, heading))


def _words_in(profile: Profile, heading: str) -> list[str]:
    wanted = fold(heading)
    if wanted in profile._headings:
        return [wanted]
    return [word for word in profile._headings if len(word) > 1 and word in wanted]


@cache
def _loaded(id: str, folders: tuple[Path, ...]) -> Profile:
    profile = Profile(read_chain(id, folders))
    profile.keys  # noqa: B018  a wrong key is an error of loading, not of the first use
    return profile


def load_profile(id: str, folders: Sequence[Path] = ()) -> Profile:
    """The profile ``id``: looked for in the office's own folders, then among the packaged.

    Loaded once per process. Raises ``ConfigurationError`` for an unknown profile or parent,
    a circle of parents, and any key that does not fit, naming the file it stands in.
    """
    return _loaded(id, tuple(folders))
