"""From what is on record of a case to what is counted of it; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Case, Step
from gongkai.lifecycle.follow import OPENING_STAGES
from gongkai.lifecycle.state import State
from gongkai.model.attribute import DisclosureAttribute, Stage
from gongkai.workdays.cases import AWAITING, a_date, publication_facts
from gongkai_plugins.statistics.grounds import grounds_of
from gongkai_plugins.statistics.papers import Approval, Paper, Publication, Referral, Return, Way

INHERITING, GOING_ON = "row-5", "row-6"
"""Rows of the decision table that fire for a paper that forwards another (SRC-11, SRC-12)."""


@dataclass(frozen=True, slots=True)
class Look:
    """One judgement: when, at which stage, of which text, what was advised and found blocking.

    ``rows`` are the rows of the decision table that fired, None where nothing was advised.
    """

    at: str
    stage: Stage
    core_fingerprint: str = ""
    blocking: int = 0
    rows: Mapping[str, DisclosureAttribute | None] | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """What a return was told with."""

    automatic: bool = False
    unlabelled: bool = False


@dataclass(frozen=True, slots=True)
class Basis:
    """The ground of a determination as somebody wrote it, for which text, and when."""

    at: str
    core_fingerprint: str
    words: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """One case with all that is on record of it, but for the names of people.

    ``notices`` are by revision of the step that returned; lists are oldest first.
    """

    case: Case
    steps: tuple[Step, ...]
    looks: tuple[Look, ...] = ()
    notices: Mapping[int, Notice] = field(default_factory=dict)
    bases: tuple[Basis, ...] = ()


def paper_of(recorded: Recorded, today: date) -> Paper:
    """What is counted of a case."""
    case, steps = recorded.case, recorded.steps
    opened = _opening(recorded)
    return Paper(
        number=case.number,
        section=case.section,
        kind=case.doc_type,
        state=case.state,
        opened_on=_day(case.opened_at),
        submitted=opened is not None and opened.stage is Stage.SUBMITTED,
        blocking=opened.blocking if opened else None,
        late=case.late,
        approvals=tuple(_approvals(recorded)),
        returns=tuple(_returns(recorded)),
        corrected_on=_days_of(steps, Act.CORRECT),
        withheld_on=_days_of(steps, Act.WITHHOLD),
        publications=tuple(_publications(case, steps, today)),
        referrals=tuple(_referrals(case, steps)),
    )


def way_of(
    rows: Mapping[str, DisclosureAttribute | None] | None, attribute: DisclosureAttribute
) -> Way:
    """How a determination came about, by the rows that fired for its text.

    Inherited is what the labels of the sources say; a forwarding paper with another attribute,
    or with a source that has no label, was determined anew.
    """
    if rows is None:
        return Way.UNKNOWN
    if INHERITING in rows:
        return Way.INHERITED if rows[INHERITING] is attribute else Way.REDETERMINED
    return Way.REDETERMINED if GOING_ON in rows else Way.OWN


def _approvals(recorded: Recorded) -> Iterator[Approval]:
    since, again = _day(recorded.case.opened_at), False
    for step in recorded.steps:
        if step.act is Act.REDETERMINE:
            since, again = _day(step.acted_on), True
        elif step.act is Act.APPROVE and step.attribute is not None:
            look = _last_before(recorded.looks, step)
            yield Approval(
                on=_day(step.acted_on),
                since=since,
                attribute=step.attribute,
                way=way_of(look.rows if look else None, step.attribute),
                again=again,
                grounds=_grounds(recorded, step),
            )


def _returns(recorded: Recorded) -> Iterator[Return]:
    """Returns of what was submitted; other stages know none (A1)."""
    for step in recorded.steps:
        if step.target is State.RETURNED and _stage_at(recorded, step) is Stage.SUBMITTED:
            notice = recorded.notices.get(step.revision, Notice())
            yield Return(_day(step.acted_on), step.round, notice.automatic, notice.unlabelled)


def _publications(case: Case, steps: Sequence[Step], today: date) -> Iterator[Publication]:
    """Each way to the public; one that ends without publication counts while it is awaited."""
    ends = [n for n, step in enumerate(steps) if step.act is Act.REDETERMINE]
    for end in (*ends, len(steps)):
        facts = publication_facts(case, steps[:end], today)
        last = next((s for s in reversed(steps[:end]) if s.act is Act.APPROVE), None)
        if last is None or last.attribute is not DisclosureAttribute.PROACTIVE:
            continue
        awaited = end == len(steps) and case.state in AWAITING and facts.approval_done is not None
        if facts.published_on is not None or awaited:
            yield Publication(facts, awaited and facts.published_on is None)


def _referrals(case: Case, steps: Sequence[Step]) -> Iterator[Referral]:
    """From each referral to its answer; one that was never answered counts while it is open."""
    since: date | None = None
    for step in steps:
        if step.act is Act.REFER:
            since = _day(step.acted_on)
        elif step.act is Act.ANSWER and since is not None:
            yield Referral(since, _day(step.acted_on))
            since = None
    if since is not None and case.state is State.REFERRED:
        yield Referral(since)


def _opening(recorded: Recorded) -> Look | None:
    """The judgement that made a case of the document."""
    if not recorded.steps:
        return None
    looks = tuple(look for look in recorded.looks if look.stage in OPENING_STAGES)
    first = recorded.steps[0]
    return _last_before(looks, first) or _last_until(looks, first.recorded_at)


def _stage_at(recorded: Recorded, step: Step) -> Stage | None:
    looks = tuple(look for look in recorded.looks if look.stage in OPENING_STAGES)
    last = _last_until(looks, step.recorded_at)
    return last.stage if last else None


def _last_before(looks: Sequence[Look], step: Step) -> Look | None:
    """The last look at the very text of a step, up to the moment it was recorded."""
    same = [look for look in looks if look.core_fingerprint == step.core_fingerprint]
    return _last_until(same, step.recorded_at)


def _last_until(looks: Sequence[Look], at: str) -> Look | None:
    until = datetime.fromisoformat(at)
    return next((k for k in reversed(looks) if datetime.fromisoformat(k.at) <= until), None)


def _grounds(recorded: Recorded, step: Step) -> tuple[str, ...]:
    until = datetime.fromisoformat(step.recorded_at)
    words = [
        basis.words
        for basis in recorded.bases
        if basis.core_fingerprint == step.core_fingerprint
        and datetime.fromisoformat(basis.at) <= until
    ]
    return grounds_of(words[-1] if words else step.basis)


def _days_of(steps: Sequence[Step], act: Act) -> tuple[date, ...]:
    return tuple(_day(step.acted_on) for step in steps if step.act is act)


def _day(moment: str) -> date:
    found = a_date(moment)
    assert found is not None, "the record holds moments"
    return found
