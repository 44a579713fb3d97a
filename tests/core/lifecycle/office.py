"""Invented people of a small office, and cases to decide on."""

from __future__ import annotations

from dataclasses import replace

from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Case, Situation, Step, Wish
from gongkai.lifecycle.decide import Granted, decide
from gongkai.lifecycle.refusal import Refused
from gongkai.lifecycle.roles import Actor, Held, Role
from gongkai.lifecycle.state import State
from gongkai.model.attribute import DisclosureAttribute
from gongkai.policy.profile import Profile, load_profile

SECTION = "就业科"
TODAY = "2026-11-20"
NATIONAL = load_profile("national_2019")


def person(name: str, *roles: Role, unit: str = "", on_behalf_of: str = "") -> Actor:
    return Actor(name, SECTION, frozenset(Held(role, unit, on_behalf_of) for role in roles))


DRAFTER = person("张晓明示例", Role.DRAFTER)
HEAD = person("李国华示例", Role.SECTION_HEAD)
OFFICE = person("王雅琴示例", Role.OFFICE)
LEADER = person("赵建军示例", Role.LEADER_IN_CHARGE)
OFFICER = person("孙立群示例", Role.SECRECY_OFFICER)
CUSTODIAN = person("周慧敏示例", Role.CUSTODIAN)
EVERYBODY = (DRAFTER, HEAD, OFFICE, LEADER, OFFICER, CUSTODIAN)


def case(state: State, **changed: object) -> Case:
    known = Case(
        id=1,
        number="2026-001",
        document=1,
        state=state,
        revision=3,
        round=1,
        attribute=DisclosureAttribute.PROACTIVE,
        core_fingerprint="f1:aa",
        drafter=DRAFTER.name,
        section=SECTION,
    )
    return replace(known, **changed)  # type: ignore[arg-type]


def step(actor: Actor, role: Role, act: Act, **changed: object) -> Step:
    made = Step(
        revision=1,
        act=act,
        source=State.PROPOSED,
        target=State.UNIT_EXAMINED,
        round=1,
        actor=actor.name,
        acted_on=TODAY,
        recorded_by=actor.name,
        recorded_at=f"{TODAY}T10:00:00+08:00",
        role=role,
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def at(state: State, **changed: object) -> Situation:
    """A case with everything in order."""
    about = {key: changed.pop(key) for key in tuple(changed) if key in Case.__slots__}
    calm = Situation(
        case=case(state, **about),
        declared=True,
        advised=DisclosureAttribute.PROACTIVE,
        holders={role: frozenset({p.name}) for p in EVERYBODY for role in _roles(p)},
    )
    return replace(calm, **changed)  # type: ignore[arg-type]


def _roles(actor: Actor) -> set[Role]:
    return {held.role for held in actor.roles}


def wish(actor: Actor, act: Act, **changed: object) -> Wish:
    return replace(Wish(act, actor, TODAY, actor), **changed)  # type: ignore[arg-type]


def granted(seen: Situation, wanted: Wish, profile: Profile = NATIONAL) -> Granted:
    answer = decide(seen, wanted, profile)
    assert isinstance(answer, Granted), answer
    return answer


def refused(seen: Situation, wanted: Wish, profile: Profile = NATIONAL) -> set[str]:
    """The codes of every reason against a wish; empty when it is granted."""
    answer = decide(seen, wanted, profile)
    return (
        {reason.code for reason in answer if isinstance(reason, Refused)}
        if isinstance(answer, tuple)
        else set()
    )
