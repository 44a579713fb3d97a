"""All that the review knows of a case, as values, read in one moment."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.lifecycle.case import Case, Situation, Step
from gongkai.lifecycle.roles import Role
from gongkai.model.finding import FindingCode
from gongkai.model.verdict import Verdict
from gongkai_plugins.secrecy_review.opinions import (
    ENTITLED,
    Authority,
    ConsentAnswer,
    Direction,
    EvidenceKind,
    NoteKind,
    Opinion,
    OurRole,
    Question,
)
from gongkai_plugins.secrecy_review.order import Run, carried, runs_of

TO_BE_RULED = frozenset({FindingCode.SECRET_CONTENT, FindingCode.SECURITY_STABILITY})
"""Findings the secrecy officer rules on, one by one (SEC-06, SEC-07)."""

SUPERIOR, GOVERNMENT = "superior", "government"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the secrecy officer said of one finding."""

    key: str
    code: str
    answer: str
    reason: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody asked has answered, with the number and date of the paper."""

    opinion: Opinion
    body: str
    reference: str
    answered_on: str
    reason: str


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a question on its way; ``answer`` is there once it has come."""

    id: int
    core_fingerprint: str
    question: Question
    authority: Authority
    body: str
    reference: str
    sent_on: str
    answer: Answered | None = None

    @property
    def entitled(self) -> bool:
        """Whether who is asked here can answer."""
        return self.authority in ENTITLED[self.question]


@dataclass(frozen=True, slots=True)
class Consent:
    """What one co-maker was asked and said about one text."""

    core_fingerprint: str
    body: str
    asked_on: str = ""
    answer: ConsentAnswer | None = None
    kind: EvidenceKind | None = None
    evidence: str = ""
    answered_on: str = ""


@dataclass(frozen=True, slots=True)
class Joint:
    """Our part in the paper, and who the others are."""

    our_role: OurRole = OurRole.SOLE
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Declassification:
    """A record of declassification that is required; ``reference`` is "" until there is one."""

    reference: str = ""
    record_on: str = ""


@dataclass(frozen=True, slots=True)
class ReverseStep:
    """One approval of a reverse decision."""

    n: int
    role: Role
    signer: str
    on_behalf_of: str
    signed_on: str
    agreed: bool


@dataclass(frozen=True, slots=True)
class Filing:
    """A reverse decision laid before those who have to know of it."""

    recipient: str
    body: str
    reference: str
    filed_on: str


@dataclass(frozen=True, slots=True)
class Reverse:
    """A reverse decision about one text, with its approvals and filings (SRC-17)."""

    id: int
    core_fingerprint: str
    direction: Direction
    reason: str
    basis: str
    opened_by: str
    opened_at: str
    steps: tuple[ReverseStep, ...] = ()
    filings: tuple[Filing, ...] = ()

    def approved(self, chain: tuple[Role, ...]) -> bool:
        """Whether everybody in the chain has agreed, in order."""
        return not self.refused and tuple(s.role for s in self.steps) == chain

    @property
    def refused(self) -> bool:
        """Whether somebody has not agreed."""
        return any(not step.agreed for step in self.steps)


@dataclass(frozen=True, slots=True)
class IncidentNote:
    """Who was told of a leak, who approved the withdrawal, what came of it."""

    kind: NoteKind
    body: str
    noted_on: str
    words: str


@dataclass(frozen=True, slots=True)
class Incident:
    """A leak that happened or may have happened (SEC-19)."""

    id: int
    number: str
    case: str
    channel: str
    noticed_at: str
    withdrawn_at: str
    reason: str
    notes: tuple[IncidentNote, ...] = ()

    @property
    def open(self) -> bool:
        """Whether nobody has written down yet what came of it."""
        return all(note.kind is not NoteKind.OUTCOME for note in self.notes)


@dataclass(frozen=True, slots=True)
class Facts:
    """One case with everything the review keeps about it."""

    situation: Situation
    verdict: Verdict | None = None
    rulings: tuple[Ruling, ...] = ()
    dismissed: frozenset[str] = frozenset()
    hops: tuple[Hop, ...] = ()
    joint: Joint = Joint()
    consents: tuple[Consent, ...] = ()
    public_version: str = ""
    public_version_of: str = ""
    declassification: Declassification | None = None
    reverses: tuple[Reverse, ...] = ()
    incidents: tuple[Incident, ...] = ()

    @property
    def case(self) -> Case:
        """The case itself."""
        return self.situation.case

    @property
    def history(self) -> tuple[Step, ...]:
        """Every move of the case."""
        return self.situation.history

    @property
    def run(self) -> Run | None:
        """The stay in review that counts; None when there was none."""
        runs = runs_of(self.history)
        return runs[-1] if runs else None

    @property
    def reviewed(self) -> Run | None:
        """The concluded review of the text the case stands for; None where there is none."""
        run = self.run
        if run is None or not run.concluded:
            return None
        texts = carried(self.history, run.core_fingerprint)
        return run if self.case.core_fingerprint in texts else None

    @property
    def exempted(self) -> bool:
        """Whether the last answer about this text was 免于公开; a return takes none back."""
        given = [
            run.answers
            for run in runs_of(self.history)
            if run.answers
            and self.case.core_fingerprint in carried(self.history, run.core_fingerprint)
        ]
        return bool(given) and Opinion.EXEMPT in given[-1]

    @property
    def unruled(self) -> tuple[str, ...]:
        """Keys of findings that wait for the secrecy officer's word.

        ``dismissed`` are those set aside as 不需处理, which for these is his alone to say. A
        ruling whose words were emptied with a stopped paper counts no more (A6).
        """
        ruled = {ruling.key for ruling in self.rulings if ruling.reason} | self.dismissed
        found = self.verdict.findings if self.verdict else ()
        return tuple(f.key for f in found if f.code in TO_BE_RULED and f.key not in ruled)

    @property
    def reverse(self) -> Reverse | None:
        """The last reverse decision about this text, unless its words were emptied (A6)."""
        return next(
            (
                each
                for each in reversed(self.reverses)
                if each.reason
                and self.case.core_fingerprint in carried(self.history, each.core_fingerprint)
            ),
            None,
        )

    @property
    def redacted_label(self) -> bool:
        """Whether the paper's own label is 此件删减后公开 (C-25)."""
        found = self.verdict.findings if self.verdict else ()
        return any(
            f.code is FindingCode.LABEL_ALIAS and f.detail("variant") == "redacted" for f in found
        )
