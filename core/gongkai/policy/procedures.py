"""Keys of office procedures: deadlines, requests, consultation, approval.

The core stores and shows them; plugins act on them. Each one settles a place where the
sources disagree or leave a choice to the office (requirements §2).
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from gongkai.policy.leaf import Leaf
from gongkai.settings import Strict


class RequestDays(Strict):
    """Working days to reply to a request and to extend the reply once."""

    reply: int = Field(ge=1)
    extend: int = Field(ge=0)


class ProactiveClock(Strict):
    """When the clock of proactive disclosure starts and when it runs out."""

    max_wd: int = Field(ge=1)
    start: Literal["earliest_of", "latest_of"]
    of: tuple[Literal["signed_date", "approval_done"], ...]
    restart_on_change: bool


class Deadlines(Strict):
    """Statutory clocks, in working days."""

    request: Leaf[RequestDays]
    proactive: Leaf[ProactiveClock]
    refer_pauses: Leaf[bool]


class RequestGrounds(Strict):
    """Grounds for refusing a request; a record of its own beside the source attribute."""

    special_need: Leaf[bool]
    internal: Leaf[Literal["refusable", "released"]]
    process: Leaf[Literal["refusable", "released"]]


class Request(Strict):
    """Answering requests."""

    grounds: RequestGrounds


class Approvers(Strict):
    """Roles that approve single steps."""

    request_extension: Leaf[str]
    fee_waiver: Leaf[str]


class Fees(Strict):
    """What a request may cost (C-07)."""

    mode: Leaf[Literal["none", "excess_109", "cost_legacy"]]


class ThirdPartyValue(Strict):
    """Consulting a third party (C-08)."""

    reply_wd: int = Field(ge=1)
    on_silence: Literal["agency_decides", "withhold", "release"]
    objection: Literal["reasoned", "absolute"]


class HearingNotice(Strict):
    """Days before a hearing on which it must be announced (C-10)."""

    legislation: int
    other: int


class Consult(Strict):
    """Consultation before a decision (C-09, C-10)."""

    min_days: Leaf[dict[str, int]]
    several_regimes: Leaf[Literal["maximum"]]
    hearing_notice_days: Leaf[HearingNotice]


class Hearing(Strict):
    """A hearing; both numbers must be confirmed when an office is set up (C-11)."""

    min_people: Leaf[int]
    public_share: Leaf[float]
    confirmed: Leaf[bool]


class ReportValue(Strict):
    """A yearly report: to whom, due on month-day (C-14)."""

    name: str
    to: str
    due: str = Field(pattern=r"^\d{2}-\d{2}$")


class Approval(Strict):
    """Who approves what, in order (C-15)."""

    chain: dict[str, Leaf[tuple[str, ...]]]
    register_reference: Leaf[Literal["resolution", "standing_or_batch_resolution", "none"]]


class Separation(Strict):
    """Which roles one person may not hold for one document."""

    forbidden_pairs: Leaf[tuple[tuple[str, str], ...]]
    review_head: Leaf[Literal["same_head", "separate_secrecy_officer"]]


class LabelDispute(Strict):
    """Office and section disagree (C-23)."""

    decided_by: Leaf[Literal["signer_decides", "office_decides"]]
    office_may_return_wrong: Leaf[bool]


class Returned(Strict):
    """Whether a missing label is returned by the system in the office's name (A1, SRC-16)."""

    automatic: Leaf[bool]


class Secrecy(Strict):
    """Procedures around secrets; the marks themselves are no matter of a profile."""

    expired: Leaf[Literal["review_and_record", "record"]]


class MixedContent(Strict):
    """What happens to stricter content inside a PROACTIVE document (C-20)."""

    mode: Leaf[Literal["block_and_sever", "block"]]


class Joint(Strict):
    """Joint documents (SEC-15, N-12)."""

    silence: Leaf[Literal["no_consent", "consent"]]
