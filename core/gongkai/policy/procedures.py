"""Keys of office procedures: deadlines, requests, consultation, approval.

The core stores and shows them; plugins act on them. Each one settles a place where the
sources disagree or leave a choice to the office (requirements §2).
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

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


USUAL = "普通"
"""The tier of a paper without an urgency of its own; every profile has it."""

Tiers = dict[str, Annotated[int, Field(ge=1)]]


class Deadlines(Strict):
    """Statutory clocks, in working days; that of a leak in hours.

    ``tiers`` divides the time for publication by urgency (PRO-08); ``near`` is how many
    working days before the due day an office is reminded.
    """

    request: Leaf[RequestDays]
    proactive: Leaf[ProactiveClock]
    tiers: Leaf[Tiers]
    near: Leaf[Annotated[int, Field(ge=0)]]
    refer_pauses: Leaf[bool]
    leak_hours: Leaf[Annotated[int, Field(ge=1, le=24)]]

    @model_validator(mode="after")
    def _tiers_within_the_limit(self) -> Self:
        tiers, limit = self.tiers.value, self.proactive.value.max_wd
        if USUAL not in tiers:
            raise ValueError(f"tiers: {USUAL} is missing")
        if over := [tier for tier, days in tiers.items() if days > limit]:
            raise ValueError(f"tiers: {over[0]} is longer than proactive.max_wd = {limit}")
        return self


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
    # Before whom a reverse decision is laid (SRC-17).
    reverse_filings: Leaf[tuple[Literal["superior", "government"], ...]]
    register_reference: Leaf[Literal["resolution", "standing_or_batch_resolution", "none"]]


class Separation(Strict):
    """Which roles one person may not hold for one document."""

    forbidden_pairs: Leaf[tuple[tuple[str, str], ...]]
    review_head: Leaf[Literal["same_head", "separate_secrecy_officer"]]
    # Who signs in whose place when everybody else is kept from it (B11).
    fallback: Leaf[dict[str, str]]


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
    review: Leaf[Literal["proactive", "all", "none"]]
    # Whether the leader signs the review apart, or his approval is its last step (SEC-08).
    final_step: Leaf[Literal["separate", "approval"]]
    # Rows of the decision table that forbid disclosure: against them it is a reverse decision.
    reverse_rows: Leaf[tuple[str, ...]]


class MixedContent(Strict):
    """What happens to stricter content inside a PROACTIVE document (C-20)."""

    mode: Leaf[Literal["block_and_sever", "block"]]


class Joint(Strict):
    """Joint documents (SEC-15, N-12)."""

    silence: Leaf[Literal["no_consent", "consent"]]
    silence_days: Leaf[Annotated[int, Field(ge=1)]]


ChannelCode = Literal[
    "website",
    "wechat",
    "weibo",
    "gazette",
    "notice_board",
    "media",
    "meeting",
    "screen",
    "service_window",
    "other",
]
"""Forms of disclosure (PUB-01)."""


class Registration(Strict):
    """The register: main channel, index numbers, times (PUB-02, PUB-05, REG-06, REG-08, N-04).

    ``index_rule`` is the one coding rule of index numbers: text with ``{year}`` and
    ``{serial}``, e.g. ``"NX095-{year}-{serial:05}"``.
    """

    main_channel: Leaf[ChannelCode]
    index_rule: Leaf[str]
    late_after: Leaf[Annotated[int, Field(ge=0)]]
    review_months: Leaf[Annotated[int, Field(ge=1)]]
    evidence_years: Leaf[Annotated[int, Field(ge=1)]]

    @field_validator("index_rule")
    @classmethod
    def _one_number_each(cls, leaf: Leaf[str]) -> Leaf[str]:
        try:
            made = {leaf.value.format(year=y, serial=n) for y in (2026, 2027) for n in (1, 12, 123)}
        except (ValueError, KeyError, IndexError, AttributeError, TypeError) as error:
            raise ValueError("index_rule: {year} and {serial} alone") from error
        if len(made) != 6:
            raise ValueError("index_rule: {year} and {serial} must both be in it")
        return leaf


class Guards(Strict):
    """Which plugin answers for a duty, as "distribution:name"; it must answer ``Allow``."""

    secrecy_review: Leaf[str]
    registration: Leaf[str]
