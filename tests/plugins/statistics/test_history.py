"""From the steps on record to what is counted of a paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Case, Step
from gongkai.lifecycle.state import State
from gongkai.model.attribute import DisclosureAttribute, Stage
from gongkai_plugins.statistics.history import Basis, Look, Notice, Recorded, paper_of, way_of
from gongkai_plugins.statistics.papers import Paper, Referral, Way
from plugins.statistics.papers import NOT_DISCLOSED, ON_REQUEST, PROACTIVE, TODAY

CASE = Case(
    id=1,
    number="2025-001",
    document=1,
    state=State.APPROVED,
    revision=1,
    round=1,
    section="就业促进科",
    doc_type="通知",
    signed_date="2025-03-03",
    opened_at="2025-03-03T09:00:00+08:00",
)


def steps(
    *made: tuple[Act, str, State], attribute: DisclosureAttribute = PROACTIVE
) -> tuple[Step, ...]:
    """Steps in order, each on its day in 2025; a round begins after a return or a new start."""
    found: list[Step] = []
    for revision, (act, day, target) in enumerate(made, 1):
        before = found[-1] if found else None
        again = before is not None and (before.target is State.RETURNED or act is Act.REDETERMINE)
        found.append(
            Step(
                revision=revision,
                act=act,
                source=before.target if before else None,
                target=target,
                round=(before.round if before else 1) + again,
                actor="",
                acted_on=f"2025-{day}",
                recorded_by="",
                recorded_at=f"2025-{day}T09:00:00+08:00",
                attribute=attribute,
                core_fingerprint="f1:aa",
            )
        )
    return tuple(found)


SUBMITTED = Look("2025-03-03T09:00:00+08:00", Stage.SUBMITTED, "f1:aa", 2, {"row-15": PROACTIVE})
DRAFT = Look("2025-03-02T09:00:00+08:00", Stage.DRAFT, "f1:aa", 7, {"row-15": PROACTIVE})
OPENED = (Act.JUDGE, "03-03", State.SUGGESTED)
RETURNED = (Act.JUDGE, "03-03", State.RETURNED)
APPROVED = (Act.APPROVE, "03-10", State.APPROVED)


def counted(*made: tuple[Act, str, State], **known: object) -> Paper:
    state = made[-1][2]
    recorded = Recorded(replace(CASE, state=state), steps(*made), (DRAFT, SUBMITTED))
    return paper_of(replace(recorded, **known), TODAY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "attribute", "way"),
    [
        pytest.param({"row-12": PROACTIVE}, PROACTIVE, Way.OWN, id="forwards nothing"),
        pytest.param({"row-5": PROACTIVE}, PROACTIVE, Way.INHERITED, id="what the source says"),
        pytest.param({"row-5": PROACTIVE}, ON_REQUEST, Way.REDETERMINED, id="stricter than it"),
        pytest.param(
            {"row-2": NOT_DISCLOSED, "row-5": ON_REQUEST}, ON_REQUEST, Way.INHERITED,
            id="another row came first",
        ),
        pytest.param({"row-6": None}, PROACTIVE, Way.REDETERMINED, id="no label"),
        pytest.param({}, PROACTIVE, Way.OWN, id="no row fired"),
        pytest.param(None, PROACTIVE, Way.UNKNOWN, id="nobody looked"),
    ],
)  # fmt: skip
def test_the_way_is_told_by_the_rows_that_fired(
    rows: dict[str, DisclosureAttribute | None] | None, attribute: DisclosureAttribute, way: Way
) -> None:
    """REP-08: inherited vs own (SRC-11, SRC-12)."""
    assert way_of(rows, attribute) is way


def test_the_opening_judgement_says_whether_it_was_a_submission() -> None:
    """A1: what the draft before it lacked is counted nowhere."""
    found = counted(OPENED)

    assert (found.submitted, found.blocking) == (True, 2)


@pytest.mark.parametrize("stage", [Stage.ISSUED, Stage.PUBLIC])
def test_a_paper_that_never_was_submitted_has_no_returns(stage: Stage) -> None:
    """ASM-08: rounds at submitted only."""
    found = counted(RETURNED, looks=(replace(SUBMITTED, stage=stage),))

    assert (found.submitted, found.returns) == (False, ())


def test_returns_keep_their_round_and_what_they_were_told_with() -> None:
    """SRC-16, ASM-08."""
    found = counted(
        RETURNED,
        (Act.PROPOSE, "03-04", State.PROPOSED),
        (Act.RETURN, "03-05", State.RETURNED),
        notices={1: Notice(automatic=True, unlabelled=True), 3: Notice()},
    )

    told = [(r.on.day, r.round, r.automatic, r.unlabelled) for r in found.returns]
    assert told == [(3, 1, True, True), (5, 2, False, False)]


def test_a_determination_keeps_its_ground_as_a_code() -> None:
    """REP-08, PRO-11: the ground standing for this text when it was signed."""
    bases = (
        Basis("2025-03-04T09:00:00+08:00", "f1:aa", "《政府信息公开条例》第十五条"),
        Basis("2025-03-10T08:00:00+07:00", "f1:aa", "《政府信息公开条例》第十六条"),
        Basis("2025-03-09T09:00:00+08:00", "f1:bb", "E1"),
        Basis("2025-03-11T09:00:00+08:00", "f1:aa", "E2"),
    )

    found = counted(OPENED, APPROVED, bases=bases)

    assert found.approvals[0].grounds == ("article-16",)


def test_a_new_determination_is_told_and_takes_from_its_own_beginning() -> None:
    found = counted(
        OPENED,
        APPROVED,
        (Act.PUBLISH, "03-12", State.PUBLISHED),
        (Act.REDETERMINE, "04-07", State.SUGGESTED),
        (Act.APPROVE, "04-09", State.APPROVED),
    )

    told = [(a.since, a.on, a.again) for a in found.approvals]
    assert told == [
        (date(2025, 3, 3), date(2025, 3, 10), False),
        (date(2025, 4, 7), date(2025, 4, 9), True),
    ]


def test_each_way_to_the_public_counts_by_itself() -> None:
    """PRO-16, ASM-06: the first publication stays on record beside the second."""
    found = counted(
        OPENED,
        APPROVED,
        (Act.PUBLISH, "03-12", State.PUBLISHED),
        (Act.REDETERMINE, "04-07", State.SUGGESTED),
        (Act.APPROVE, "04-09", State.APPROVED),
    )

    first, second = found.publications
    assert (first.facts.published_on, first.awaited) == (date(2025, 3, 12), False)
    assert (second.facts.published_on, second.awaited) == (None, True)
    assert second.facts.changed_on == date(2025, 4, 9)


@pytest.mark.parametrize(
    ("last", "count"),
    [
        pytest.param((Act.JUDGE, "03-11", State.STAMPED), 1, id="on its way"),
        pytest.param((Act.CANCEL, "03-11", State.CANCELLED), 0, id="cancelled"),
    ],
)
def test_only_papers_on_their_way_await_publication(
    last: tuple[Act, str, State], count: int
) -> None:
    assert len(counted(OPENED, APPROVED, last).publications) == count


def test_what_is_not_proactive_awaits_no_publication() -> None:
    made = Recorded(CASE, steps(OPENED, APPROVED, attribute=ON_REQUEST), (SUBMITTED,))

    assert paper_of(made, TODAY).publications == ()


def test_a_referral_lasts_to_its_answer_and_without_one_while_it_is_open() -> None:
    """REP-08: REFER ageing."""
    refer, answer = (
        (Act.REFER, "03-04", State.REFERRED),
        (Act.ANSWER, "03-07", State.IN_SECRECY_REVIEW),
    )

    answered, waiting = counted(OPENED, refer, answer), counted(OPENED, refer)
    changed = counted(OPENED, refer, (Act.JUDGE, "03-06", State.SUGGESTED))

    assert answered.referrals == (Referral(date(2025, 3, 4), date(2025, 3, 7)),)
    assert waiting.referrals == (Referral(date(2025, 3, 4)),)
    assert changed.referrals == ()
