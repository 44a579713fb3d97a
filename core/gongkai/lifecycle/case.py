"""A case, the steps that brought it where it is, and what is known when somebody acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gongkai.lifecycle.act import Act
from gongkai.lifecycle.roles import Actor, Role
from gongkai.lifecycle.state import State
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.determination import Medium


@dataclass(frozen=True, slots=True)
class Case:
    """A document under the life cycle, at one revision.

    ``attribute`` is what was proposed, and once approved what was determined. Everything
    signed is bound to ``core_fingerprint``. Times are ISO 8601 with offset.
    """

    id: int
    number: str
    document: int
    state: State
    revision: int
    round: int
    attribute: DisclosureAttribute | None = None
    core_fingerprint: str = ""
    drafter: str = ""
    section: str = ""
    urgency: str = ""
    doc_type: str = ""
    doc_number: str = ""
    signed_date: str = ""
    version: int | None = None
    verdict: int | None = None
    late: bool = False
    late_reason: str = ""
    disputed: bool = False
    opened_at: str = ""
    moved_at: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One move of a case as it stands on record; gongkai's own moves have no role."""

    revision: int
    act: Act
    source: State | None
    target: State
    round: int
    actor: str
    acted_on: str
    recorded_by: str
    recorded_at: str
    role: Role | None = None
    on_behalf_of: str = ""
    fallback: bool = False
    medium: Medium = Medium.SYSTEM
    opinion: str = ""
    reason: str = ""
    basis: str = ""
    evidence: str = ""
    attribute: DisclosureAttribute | None = None
    core_fingerprint: str = ""
    details: tuple[tuple[str, str], ...] = ()

    def detail(self, name: str) -> str:
        """The detail called ``name``, "" when absent."""
        return next((value for key, value in self.details if key == name), "")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to do.

    ``recorder`` is who types: the actor himself, or for a signature on paper the office
    (代录, A9). ``attribute`` is given where the act decides one. ``not_secret`` is the
    declaration of SRC-04. ``role`` is the only capacity he will act in, where that matters;
    else it is the first of the act's roles that he may act in.
    """

    act: Act
    actor: Actor
    acted_on: str
    recorder: Actor
    attribute: DisclosureAttribute | None = None
    not_secret: bool = False
    opinion: str = ""
    reason: str = ""
    basis: str = ""
    evidence: str = ""
    agreed_with: str = ""
    medium: Medium = Medium.SYSTEM
    details: tuple[tuple[str, str], ...] = ()
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a decision leans on, read in one moment.

    ``open_findings`` are codes of blocking findings nobody has decided; ``policy_unseen``:
    a policy paper to be withheld that the disclosure office has not seen; ``judged``: the
    files are those of the last verdict; ``declared``: somebody declared the paper no secret
    matter; ``redetermined``: it forwards what nobody has labelled; ``holders``: who holds a
    role for the case's section on the day; ``text_since``: the day this text took another's
    place, "" for the first; ``stopped``: the secrecy officer has not let go of the paper;
    ``proposers``: who proposed beside the moves, by marking the file.
    """

    case: Case
    history: tuple[Step, ...] = ()
    open_findings: tuple[str, ...] = ()
    policy_unseen: bool = False
    judged: bool = True
    declared: bool = False
    advised: DisclosureAttribute | None = None
    redetermined: bool = False
    reason: str = ""
    basis: str = ""
    holders: Mapping[Role, frozenset[str]] = field(default_factory=dict)
    text_since: str = ""
    stopped: bool = False
    proposers: frozenset[str] = frozenset()

    def drafters(self) -> frozenset[str]:
        """Everybody who ever proposed for this document."""
        made = {step.actor for step in self.history if step.role is Role.DRAFTER}
        return frozenset(made | self.proposers | {self.case.drafter}) - {""}
