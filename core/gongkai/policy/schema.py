"""The shape of a profile file: every key a leaf that carries its legal basis beside its value.

A profile is a TOML file; ``docs/policy.md`` explains every key. Nothing here has a default
that decides something: what a complete profile does not state is an error, so the packaged
``national_2019`` is the one place where the defaults stand.
"""

from __future__ import annotations

from typing import Literal, Self, TypeVar

from pydantic import Field, field_validator, model_validator

from gongkai.model.attribute import DisclosureAttribute, Severity, Stage
from gongkai.model.finding import FindingCode
from gongkai.policy.leaf import Leaf, Words
from gongkai.policy.procedures import (
    Approval,
    Approvers,
    Consult,
    Deadlines,
    Fees,
    Guards,
    Hearing,
    Joint,
    LabelDispute,
    MixedContent,
    Registration,
    ReportValue,
    Request,
    Returned,
    Secrecy,
    Separation,
    ThirdPartyValue,
)
from gongkai.settings import Strict

Table = TypeVar("Table")


class Head(Strict):
    """What the profile is called; ``extends`` names one parent or is empty."""

    id: str
    version: str = Field(min_length=1)
    title: str = Field(min_length=1)
    extends: str = ""


class PerAttribute(Strict):
    """One wording for each attribute."""

    PROACTIVE: str
    ON_REQUEST: str
    NOT_DISCLOSED: str

    def of(self, attribute: DisclosureAttribute) -> str:
        """The wording for one attribute."""
        return str(getattr(self, attribute.value))


class Aliases(Strict):
    """Wordings accepted on reading (C-01, C-25); ``look_alikes`` are never the attribute."""

    PROACTIVE: Words
    ON_REQUEST: Words
    NOT_DISCLOSED: Words
    redacted: Words
    look_alikes: Words


class Attributes(Strict):
    """How the three values are called and read."""

    labels: Leaf[PerAttribute]
    aliases: Aliases
    fields: Words
    reason_fields: Words


class SourceAttribute(Strict):
    """The attribute a source rule suggests where local and national text differ."""

    source_attribute: Leaf[DisclosureAttribute]


class Rules(Strict):
    """The decision table (requirements §6): which rows hold, and on which ground."""

    private_content: SourceAttribute
    internal: SourceAttribute
    rows: dict[str, Leaf[bool]]
    policy_documents: Words
    outward_kinds: Words
    reply_topics: Words
    inward_recipients: Words
    upward_kinds: Words


class StageTable(Strict):
    """What a finding means at each stage; working material is never judged but for marks."""

    draft: Severity
    submitted: Severity
    issued: Severity
    public: Severity
    reference: Severity = Severity.OFF

    def at(self, stage: Stage) -> Severity:
        """The severity at one stage."""
        severity: Severity = getattr(self, stage.value)
        return severity


class FindingRule(Strict):
    """To which attributes a finding applies and whether the office may waive it (w)."""

    applies_to: tuple[DisclosureAttribute, ...] = Field(min_length=1)
    waivable: bool = False


class TopicValue(Strict):
    """A topic of the proactive list; ``sources`` are the places of the lists it maps (C-16)."""

    title: str
    keywords: tuple[str, ...] = Field(min_length=1)
    sources: tuple[str, ...] = ()


class NamedListValue(Strict):
    """A list that must name people or units, and the only fields it may show (A8)."""

    title: str
    cues: tuple[str, ...] = Field(min_length=1)
    permitted_fields: tuple[str, ...] = Field(min_length=1)
    topics: tuple[str, ...] = ()


class ReasonValue(Strict):
    """A ready reason; acceptable when a rule or exemption named in ``supports`` fired (SEC-12)."""

    text: str
    attribute: DisclosureAttribute
    supports: tuple[str, ...] = ()


class ExemptionValue(Strict):
    """A named exemption E1–E7 (PRO-11); ``liftable`` by consent or public interest (PRO-12)."""

    title: str
    liftable: bool = False


class KindValue(Strict):
    """A statutory kind: its other names and whether SRC-01 names it among the mandatory."""

    aliases: tuple[str, ...] = ()
    mandatory: bool = True


class DocTypes(Strict):
    """Kinds of documents (C-12) and the separate track of 非公文 (SRC-02)."""

    official: dict[str, Leaf[KindValue]]
    non_official_track: Words
    non_official_label: Leaf[Literal["optional", "mandatory"]]
    process_material: Words


class Forwarding(Strict):
    """How a forwarding document follows its source (C-18)."""

    mode: Leaf[Literal["equal_or_stricter", "equal"]]
    no_inheritance_from: Words


class Scope(Strict):
    """Whose papers are judged (C-24)."""

    party_documents: Leaf[Literal["out", "record"]]
    party_issuers: Words
    party_number_words: Words


Place = Literal["附注", "版记", "仅登记"]


class Stamp(Strict):
    """The mark: where, in which words, and from when on it is visible (C-19, A2)."""

    preset: Leaf[str]
    presets: dict[str, Leaf[PerAttribute]]
    template: Leaf[str]
    imprint_label: Leaf[str]
    visible_default: Leaf[Place]
    visible_upward: Leaf[Place]
    visible_from: Leaf[Literal["draft", "issued"]]
    upward_kinds: Words
    property_upward: Leaf[bool]


class Redacted(Strict):
    """What 此件删减后公开 means on reading (C-25)."""

    read_as: Leaf[DisclosureAttribute]


class ProfileSchema(Strict):
    """All keys of a profile after its parents were merged in."""

    profile: Head
    attributes: Attributes
    redacted: Redacted
    rules: Rules
    findings: dict[FindingCode, Leaf[FindingRule]]
    severity: dict[FindingCode, Leaf[StageTable]]
    topics: dict[str, Leaf[TopicValue]]
    topics_selected: Words
    named_lists: dict[str, Leaf[NamedListValue]]
    fields: dict[str, Words]
    never_permitted: Words
    reasons: dict[str, Leaf[ReasonValue]]
    exemptions: dict[str, Leaf[ExemptionValue]]
    doc_types: DocTypes
    forwarding: Forwarding
    scope: Scope
    stamp: Stamp
    thresholds: dict[str, Leaf[float]]
    models: dict[Literal["persons", "segments"], Leaf[str]] = Field(default_factory=dict)
    mixed_content: MixedContent
    deadlines: Deadlines
    request: Request
    approvers: Approvers
    fees: Fees
    third_party: Leaf[ThirdPartyValue]
    consult: Consult
    hearing: Hearing
    reports: dict[str, Leaf[ReportValue]]
    approval: Approval
    separation: Separation
    label_dispute: LabelDispute
    returned: Returned
    secrecy: Secrecy
    joint: Joint
    registration: Registration
    guards: Guards

    @field_validator("severity", "findings")
    @classmethod
    def _every_code(cls, table: dict[FindingCode, Table]) -> dict[FindingCode, Table]:
        missing = [code.value for code in FindingCode if code not in table]
        if missing:
            raise ValueError(f"no line for {', '.join(missing)}")
        return table

    @model_validator(mode="after")
    def _names_resolve(self) -> Self:
        if self.stamp.preset.value not in self.stamp.presets:
            raise ValueError(f"stamp.preset: there is no preset {self.stamp.preset.value}")
        if unknown := set(self.topics_selected.value) - set(self.topics):
            raise ValueError(f"topics_selected: there is no topic {min(unknown)}")
        known = set(self.fields)
        for kind, entry in self.named_lists.items():
            if strange := set(entry.value.permitted_fields) - known:
                raise ValueError(f"named_lists.{kind}: no field is called {min(strange)}")
            if forbidden := set(entry.value.permitted_fields) & set(self.never_permitted.value):
                raise ValueError(f"named_lists.{kind}: {min(forbidden)} is never permitted")
        return self
