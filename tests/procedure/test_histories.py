"""Random histories of one paper never reach what must not be (requirements §5).

Real office, real files, real plugins. Everybody tries everything, the paper is saved and judged
in between, and now and then somebody does the right next step, so that histories get far. What
holds is checked on the moves on record after every step.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from gongkai.errors import ActionRefused
from gongkai.lifecycle.act import TRANSITIONS, Act
from gongkai.lifecycle.case import Step, Wish
from gongkai.lifecycle.roles import Role
from gongkai.lifecycle.state import State
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.determination import Medium
from gongkai.moment import now
from gongkai.samples.people import id_number
from gongkai.store import stopped_cases
from gongkai.store.verification import verify
from gongkai.workdays.office_calendar import load_calendar
from gongkai_plugins.register import resolutions
from gongkai_plugins.register.codes import Channel
from gongkai_plugins.register.keeping import Keeping
from gongkai_plugins.register.publications import Publication
from gongkai_plugins.register.resolutions import Resolution
from gongkai_plugins.secrecy_review.guard import rules_of
from gongkai_plugins.secrecy_review.opinions import Opinion
from gongkai_plugins.secrecy_review.reading import facts_of
from gongkai_plugins.secrecy_review.signing import Given, Signed, sign
from postgresql import a_database
from procedure.office import (
    BODY,
    CLERK,
    CUSTODIAN,
    DRAFTER,
    HEAD,
    LEADER,
    OFFICER,
    PEOPLE,
    PUBLISHER,
    World,
    a_world,
    proposal,
)

PROACTIVE = DisclosureAttribute.PROACTIVE
TEXTS = (
    BODY,
    BODY.replace("十个工作日", "五个工作日"),
    BODY.replace("二、", f"申领人张小红，身份证号{id_number('19990215', 40)}。\n二、"),
)
REVIEWERS = frozenset({Role.SECTION_HEAD, Role.OFFICE, Role.SECRECY_OFFICER, Role.LEADER_IN_CHARGE})
SIGNATURES = frozenset(
    {Act.EXAMINE, Act.SIGN, Act.CONCLUDE, Act.ACCEPT, Act.APPROVE, Act.REGISTER, Act.PUBLISH}
)
HUMAN = [act for act in Act if act not in (Act.JUDGE, Act.STOP)]
RESOLUTION = Resolution("示政公领〔2026〕1号", "2026-01-05", "就业政策", resolutions.STANDING)


class Histories(RuleBasedStateMachine):
    """One paper, eight people, and everything they can think of."""

    def __init__(self) -> None:
        super().__init__()
        self.kept = ExitStack()
        address = self.database()
        root = Path(self.kept.enter_context(tempfile.TemporaryDirectory()))
        self.world: World = a_world(root, address)
        self.kept.callback(self.world.database.close)
        self.saved = self.judged = -1

    def database(self) -> str:
        """The address of an empty database; "" for the office's own file."""
        return ""

    def teardown(self) -> None:
        self.kept.close()

    @initialize()
    def submit(self) -> None:
        with self.world.database.write() as connection:
            resolutions.add(connection, RESOLUTION, CUSTODIAN, now())
        self.save(0)
        self.judge()

    @rule(text=st.sampled_from([0, 0, 0, 1, 2]))
    def save(self, text: int) -> None:
        self.path = self.world.save("通知.txt", TEXTS[text])
        self.saved = text

    @rule()
    def judge(self) -> None:
        case = self.world.judge(self.path)
        assert case is not None
        self.number, self.judged = case.number, self.saved

    @rule(
        name=st.sampled_from(list(PEOPLE)),
        act=st.sampled_from(HUMAN),
        attribute=st.sampled_from([None, *DisclosureAttribute]),
        recorder=st.sampled_from([None, CLERK, DRAFTER]),
    )
    def somebody_tries(
        self,
        name: str,
        act: Act,
        attribute: DisclosureAttribute | None,
        recorder: str | None,
    ) -> None:
        person = self.world.actor(name)
        wish = Wish(
            act,
            person,
            date.today().isoformat(),
            self.world.actor(recorder) if recorder else person,
            attribute=attribute,
            not_secret=True,
            reason="试一试",
            basis="《政府信息公开条例》第十六条",
            agreed_with=DRAFTER,
            opinion="OPEN",
            medium=Medium.PAPER if recorder else Medium.SYSTEM,
        )
        self._try(act, lambda: self.world.casework.carry_out(self.number, wish))

    @rule()
    def the_right_step(self) -> None:
        state = self.world.case(self.number).state
        step = self._next().get(state)
        if step is not None:
            act, run = step
            self._try(act, run)
        if state in (State.SUGGESTED, State.RETURNED, State.BLOCKED, State.OFFICE_CHECK):
            self.judge()

    @rule()
    def the_right_steps(self) -> None:
        for _ in range(6):
            self.the_right_step()

    @rule(name=st.sampled_from(list(PEOPLE)))
    def it_is_stopped_and_somebody_lets_it_go(self, name: str) -> None:
        case = self.world.case(self.number)
        with self.world.database.write() as connection:
            stopped_cases.stop(connection, case.document, "gongkai", now())
        person = self.world.actor(name)
        wish = Wish(Act.RELEASE, person, date.today().isoformat(), person, reason="空白模板")
        self._try(Act.RELEASE, lambda: self.world.casework.carry_out(self.number, wish))
        freed = self.world.case(self.number).state is not State.QUARANTINED
        assert freed is (PEOPLE[name] == Role.SECRECY_OFFICER)
        if not freed:
            officer = self.world.actor(OFFICER)
            wish = Wish(Act.RELEASE, officer, date.today().isoformat(), officer, reason="样张")
            self.world.casework.carry_out(self.number, wish)

    @invariant()
    def nothing_that_must_not_be(self) -> None:
        if not hasattr(self, "number"):
            return
        history = self.world.history(self.number)
        every_move_stands_in_the_table(history)
        nobody_checks_his_own_paper(history)
        only_the_officer_lets_go(history)
        what_is_approved_was_examined_and_checked(history)
        what_is_registered_was_approved(history)
        what_is_public_was_reviewed_and_registered(history)
        with self.world.database.read() as connection:
            assert verify(connection).ok

    def _try(self, act: Act, run: Callable[[], object]) -> None:
        """A refusal is fine; a signature for bytes nobody judged is not."""
        try:
            run()
        except ActionRefused:
            return
        assert act not in SIGNATURES or self.saved == self.judged

    def _next(self) -> dict[State, tuple[Act, Callable[[], object]]]:
        world, number = self.world, self.number
        return {
            State.SUGGESTED: (
                Act.PROPOSE,
                lambda: world.act(number, DRAFTER, Act.PROPOSE, **proposal()),
            ),
            State.RETURNED: (
                Act.PROPOSE,
                lambda: world.act(number, DRAFTER, Act.PROPOSE, **proposal()),
            ),
            State.PROPOSED: (Act.EXAMINE, lambda: world.act(number, HEAD, Act.EXAMINE)),
            State.UNIT_EXAMINED: (Act.SIGN, self._sign),
            State.IN_SECRECY_REVIEW: (Act.SIGN, self._sign),
            State.REVIEWED: (Act.ACCEPT, lambda: world.act(number, CLERK, Act.ACCEPT)),
            State.OFFICE_CHECK: (Act.APPROVE, lambda: world.act(number, LEADER, Act.APPROVE)),
            State.TEXT_CHANGED: (
                Act.KEEP,
                lambda: world.act(number, CLERK, Act.KEEP, reason="文字性修改"),
            ),
            State.STAMPED: (Act.REGISTER, self._register),
            State.REGISTERED: (Act.PUBLISH, self._publish),
        }

    def _sign(self) -> None:
        today = date.today()
        rules = rules_of(self.world.office)
        with self.world.database.read() as connection:
            facts = facts_of(connection, self.world.office.settings, self.number, today)
        done = facts.run.signatures if facts.run else ()
        inside = self.world.case(self.number).state is State.IN_SECRECY_REVIEW
        signer = self.world.actor((DRAFTER, HEAD, OFFICER)[min(len(done), 2) if inside else 0])
        given = Given(Opinion.OPEN, ("TL-19",), "涉及申领人切身利益，不含涉密内容")
        sign(self.world.casework, facts, rules, given, Signed(signer, signer, today.isoformat()))

    def _register(self) -> None:
        keeping = self._keeping(CUSTODIAN)
        entry = replace(
            keeping.proposed(self.number),
            scope="社会公众",
            opinion="同意公开",
            channels=(Channel.WEBSITE.value,),
            planned_on=date.today().isoformat(),
            resolution=RESOLUTION.number,
        )
        keeping.add(self.number, entry)

    def _publish(self) -> None:
        publication = Publication(
            Channel.WEBSITE, date.today().isoformat(), url="https://example.gov.cn/1.html"
        )
        self._keeping(PUBLISHER).publish(self.number, publication)

    def _keeping(self, name: str) -> Keeping:
        calendar = load_calendar(self.world.office.root)
        return Keeping(self.world.casework, self.world.actor(name), calendar)


def every_move_stands_in_the_table(history: Sequence[Step]) -> None:
    known = {(t.act, source, t.target) for t in TRANSITIONS for source in t.sources}
    for earlier, step in pairwise(history):
        assert step.source is earlier.target
        assert step.revision > earlier.revision
        assert step.role is None or (step.act, step.source, step.target) in known


def nobody_checks_his_own_paper(history: Sequence[Step]) -> None:
    drafters = {step.actor for step in history if step.role is Role.DRAFTER}
    checkers = {step.actor for step in history if step.role in REVIEWERS}
    assert not drafters & checkers


def only_the_officer_lets_go(history: Sequence[Step]) -> None:
    for step in history:
        if step.source is State.QUARANTINED and step.target is not State.QUARANTINED:
            assert step.role is Role.SECRECY_OFFICER


def what_is_approved_was_examined_and_checked(history: Sequence[Step]) -> None:
    for index, step in enumerate(history):
        if step.act is Act.APPROVE:
            before = signed_for_this_text(history[:index], step.core_fingerprint)
            assert {Act.EXAMINE, Act.ACCEPT} <= before
            assert step.attribute is not PROACTIVE or {Act.SIGN, Act.CONCLUDE} <= before


def what_is_registered_was_approved(history: Sequence[Step]) -> None:
    for index, step in enumerate(history):
        if step.act is Act.REGISTER:
            signed = [s for s in history[:index] if s.act in (Act.APPROVE, Act.KEEP)]
            assert signed
            assert signed[-1].core_fingerprint == step.core_fingerprint
            assert any(s.act is Act.APPROVE for s in signed)


def what_is_public_was_reviewed_and_registered(history: Sequence[Step]) -> None:
    for index, step in enumerate(history):
        if step.target is State.PUBLISHED:
            before = history[:index]
            entered = [s for s in before if s.act is Act.REGISTER]
            assert step.attribute is PROACTIVE
            assert entered
            assert entered[-1].core_fingerprint == step.core_fingerprint
            assert any(s.act is Act.CONCLUDE for s in before)


def signed_for_this_text(history: Sequence[Step], fingerprint: str) -> set[Act]:
    """Acts of people for a text, or for one that a human said is the same in substance."""
    texts = {fingerprint}
    for step, later in reversed(list(pairwise(history))):
        if later.act in (Act.KEEP, Act.RESIGN) and later.core_fingerprint in texts:
            texts.add(step.core_fingerprint)
    return {s.act for s in history if s.role and s.core_fingerprint in texts}


class HistoriesOnPostgresql(Histories):
    """The same on the other database."""

    def database(self) -> str:
        url = self.kept.enter_context(a_database())
        return url.render_as_string(hide_password=False)


TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=15,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestHistoriesOnPostgresql = HistoriesOnPostgresql.TestCase
TestHistoriesOnPostgresql.settings = settings(TestHistories.settings, max_examples=4)


@pytest.mark.parametrize("kind", [Histories, HistoriesOnPostgresql])
def test_the_right_steps_lead_from_a_saved_file_to_publication(kind: type[Histories]) -> None:
    """The histories above would prove little if none could get this far (REG-02, SEC-01)."""
    one = kind()
    one.submit()

    for _ in range(16):
        one.the_right_step()
        one.judge()
    state = one.world.case(one.number).state
    one.nothing_that_must_not_be()
    one.teardown()

    assert state is State.PUBLISHED
