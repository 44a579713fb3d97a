"""An opinion given: which step it is, what it leans on, and the move it makes (SEC-08)."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.casework import Casework, Moved
from gongkai.errors import ActionRefused
from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Wish
from gongkai.lifecycle.roles import Actor
from gongkai.lifecycle.state import State
from gongkai.messages import say, speaking
from gongkai.model.determination import Medium
from gongkai_plugins.secrecy_review.approval import order_of
from gongkai_plugins.secrecy_review.checks import Rules
from gongkai_plugins.secrecy_review.facts import Facts
from gongkai_plugins.secrecy_review.opinions import Opinion
from gongkai_plugins.secrecy_review.order import BASIS, OPINION, STEP, Next, Order, next_step

OWN = "gongkai_plugins.secrecy_review:"


@dataclass(frozen=True, slots=True)
class Given:
    """An opinion as it was said: ``cited`` by code or title, ``note`` free words beside them."""

    opinion: Opinion
    cited: tuple[str, ...]
    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """By whom, on which day and how, and who typed it."""

    actor: Actor
    recorder: Actor
    acted_on: str
    medium: Medium = Medium.SYSTEM
    evidence: str = ""


def order_for(rules: Rules) -> Order:
    """The office's order of steps; raises ``ActionRefused`` for a profile that has none."""
    order = order_of(rules.profile)
    if order is None:
        raise ActionRefused(f"{OWN}refused_chain_unknown", profile=rules.profile.key)
    return order


def due(facts: Facts, order: Order) -> Next | None:
    """The step that is due on a case as it rests; None while a question waits."""
    inside = facts.case.state in (State.IN_SECRECY_REVIEW, State.REFERRED)
    return next_step(order, facts.run if inside else None)


def sign(casework: Casework, facts: Facts, rules: Rules, given: Given, signed: Signed) -> Moved:
    """Give the opinion that is due on a case; the last one concludes the review.

    Raises ``CaseRefused`` with every reason against it, ``ActionRefused`` while a question
    waits for its answer, or for a ground that is not in the library.
    """
    step = due(facts, order_for(rules))
    if step is None:
        raise ActionRefused(f"{OWN}refused_awaits_answer")
    codes = _codes(given, rules)
    titles = [rules.library.basis[code].title for code in codes]
    concludes = step.concludes and given.opinion is not Opinion.REFER
    return casework.carry_out(
        facts.case.number,
        Wish(
            act=Act.CONCLUDE if concludes else Act.SIGN,
            actor=signed.actor,
            acted_on=signed.acted_on,
            recorder=signed.recorder,
            opinion=_recorded(given.opinion),
            reason=given.reason,
            basis="；".join([*titles, *filter(None, [given.note.strip()])]),
            evidence=signed.evidence,
            medium=signed.medium,
            details=((STEP, str(step.step)), (BASIS, " ".join(codes)), (OPINION, given.opinion)),
            role=step.role,
        ),
    )


def _recorded(opinion: Opinion) -> str:
    """An opinion as it stands on record for people: in Chinese, whoever reads the screen."""
    with speaking("zh"):
        return say(f"{OWN}opinion_{opinion}")


def _codes(given: Given, rules: Rules) -> list[str]:
    found = []
    for named in given.cited:
        code = rules.library.cited(named)
        if code is None:
            raise ActionRefused(f"{OWN}basis_not_found", named=named)
        found.append(code)
    return list(dict.fromkeys(found))
