"""What stands on each paper: the fields its callers fill and its template asks for.

Every text is ready to print: labels in the words of the office's profile, personal values
masked. Days and moments may be ISO 8601; the filters ``day`` and ``moment`` word them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter a document is returned for: what is asked, where, why, and the way out."""

    what: str
    place: str = ""
    basis: str = ""
    way_out: str = ""


@dataclass(frozen=True, slots=True)
class ReturnNotice:
    """公开属性核对退回重新办理通知单 (SRC-16): what a drafter is asked to mend.

    ``hints`` do not hold the document up; ``hint_count`` counts them all, shown or not.
    ``automatic`` says that no person looked; ``checker`` then answers for the system.
    """

    number: str
    round: int
    title: str
    office: str = ""
    section: str = ""
    drafter: str = ""
    urgency: str = ""
    submitted_at: str = ""
    returned_at: str = ""
    matters: tuple[Matter, ...] = ()
    hints: tuple[str, ...] = ()
    hint_count: int = 0
    checked: str = ""
    unchecked: str = ""
    checker: str = ""
    phone: str = ""
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """A box of a form: empty until somebody has signed, so that it can be signed by hand.

    ``on_paper`` marks what was signed on paper and entered later (A9); ``for_whom`` names
    the person in whose place somebody signed.
    """

    name: str = ""
    opinion: str = ""
    date: str = ""
    on_paper: bool = False
    for_whom: str = ""


@dataclass(frozen=True, slots=True)
class LeftMatter:
    """A finding that stands, and what a person made of it."""

    what: str
    place: str = ""
    judgement: str = ""
    person: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CheckSheet:
    """公开属性核对单: goes with the issue form, whatever the check found (B8).

    ``attribute`` is what is proposed; ``advice`` what the machine would say, with its
    ``confidence`` and ``ground``.
    """

    title: str
    number: str = ""
    office: str = ""
    doc_kind: str = ""
    doc_number: str = ""
    urgency: str = ""
    section: str = ""
    drafter: str = ""
    attribute: str = ""
    reason: str = ""
    basis: str = ""
    secrecy: str = ""
    advice: str = ""
    confidence: str = ""
    ground: str = ""
    outcome: str = ""
    left: tuple[LeftMatter, ...] = ()
    checked: str = ""
    unchecked: str = ""
    checked_at: str = ""
    fingerprint: str = ""
    drafted: Signature = Signature()
    headed: Signature = Signature()
    reviewed: Signature = Signature()
    verified: Signature = Signature()
    issued: Signature = Signature()


@dataclass(frozen=True, slots=True)
class ReviewStep:
    """One of the four opinions of a secrecy review (SEC-08, SEC-11, SEC-12).

    ``opinion`` is ``OPEN`` 公开, ``EXEMPT`` 免于公开 or ``REFER`` 需报审, or words of its own;
    empty, the three boxes are there to be ticked by hand.
    """

    opinion: str = ""
    basis: str = ""
    reason: str = ""
    signer: str = ""
    date: str = ""
    on_paper: bool = False
    for_whom: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """What a body that made the document too has said in writing (SEC-15)."""

    body: str
    answer: str = ""
    evidence: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Referral:
    """One hop of a question that had to go further up (SEC-13, SEC-14)."""

    target: str
    question: str = ""
    sent_on: str = ""
    answer: str = ""
    answered_on: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ReviewForm:
    """政府信息公开保密审查审批表: four steps in their order, joint bodies, referrals.

    ``secret_matter`` is what was said when the document was made, ``confirmed`` at sign-off
    (SEC-10). ``result`` is what the approval decides, e.g. the attribute.
    """

    title: str
    number: str = ""
    office: str = ""
    unit: str = ""
    doc_number: str = ""
    made_on: str = ""
    submitted_on: str = ""
    attribute: str = ""
    channel: str = ""
    secret_matter: str = ""
    confirmed: str = ""
    fingerprint: str = ""
    initial: ReviewStep = ReviewStep()
    examined: ReviewStep = ReviewStep()
    secrecy: ReviewStep = ReviewStep()
    approval: ReviewStep = ReviewStep()
    consents: tuple[Consent, ...] = ()
    referrals: tuple[Referral, ...] = ()
    result: str = ""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One line of the ledger: the columns of REG-03 and of 条例12.

    ``cancelled`` says why and when an entry was cancelled; it stays, struck through.
    """

    serial: str
    name: str
    index: str = ""
    doc_number: str = ""
    made_on: str = ""
    subject: str = ""
    summary: str = ""
    attribute: str = ""
    disclosed_on: str = ""
    channel: str = ""
    audience: str = ""
    opinion: str = ""
    approval: str = ""
    remark: str = ""
    cancelled: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """政府信息公开登记台账 of a period; ``foot`` ties it to a checkpoint of the chain."""

    period: str
    office: str = ""
    custodian: str = ""
    printed_at: str = ""
    entries: tuple[LedgerEntry, ...] = ()
    foot: str = ""


@dataclass(frozen=True, slots=True)
class TrailMove:
    """One move of a case: when, what, by whom and in what capacity, and why."""

    time: str
    act: str
    person: str
    capacity: str = ""
    medium: str = ""
    opinion: str = ""
    reason: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Trail:
    """办理过程 of one case, for the archive (B19); ``foot`` ties it to the chain."""

    number: str
    title: str
    office: str = ""
    doc_number: str = ""
    section: str = ""
    drafter: str = ""
    attribute: str = ""
    opened_at: str = ""
    state: str = ""
    printed_at: str = ""
    moves: tuple[TrailMove, ...] = ()
    foot: str = ""


Paper = ReturnNotice | CheckSheet | ReviewForm | Ledger | Trail
