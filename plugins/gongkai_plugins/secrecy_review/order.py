"""The order of the four steps, pure: which comes next, what has been concluded (SEC-08, SEC-09).

Opinions are read from the moves of a case, so there is one record of them. A run is one stay
in review; it is about one text, and only the last run of a case counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Step
from gongkai.lifecycle.roles import Role
from gongkai.lifecycle.state import State
from gongkai_plugins.secrecy_review.opinions import STRICTNESS, Opinion

STEP = "step"
"""The detail of a move that says which step it was."""
BASIS = "basis"
"""The detail that names the cited entries of the library, by code."""
OPINION = "opinion_code"
"""The detail that holds an opinion, or an answer to a referral, as its code."""

STEPS = 4


@dataclass(frozen=True, slots=True)
class Order:
    """Who signs which step. ``last`` concludes the review: 3 where the approval is step 4.

    ``apart``: steps 2 and 3 are with two people (SEC-09).
    """

    roles: tuple[Role, ...]
    last: int
    apart: bool

    def role(self, step: int) -> Role:
        """In what capacity a step is signed."""
        return self.roles[step - 1]


@dataclass(frozen=True, slots=True)
class Signature:
    """One opinion on record."""

    step: int
    opinion: Opinion
    signer: str
    on_behalf_of: str
    signed_on: str

    @property
    def people(self) -> frozenset[str]:
        """Who signed, and in whose place."""
        return frozenset({self.signer, self.on_behalf_of} - {""})


@dataclass(frozen=True, slots=True)
class Run:
    """One stay in review, of one text; ``answers`` are what those asked have said."""

    core_fingerprint: str
    signatures: tuple[Signature, ...] = ()
    answers: tuple[Opinion, ...] = ()
    awaits: bool = False
    asked: bool = False
    concluded: bool = False

    @property
    def standing(self) -> dict[int, Signature]:
        """The last opinion of every step."""
        return {signature.step: signature for signature in self.signatures}

    @property
    def result(self) -> Opinion:
        """The most careful opinion of those who review, and of those asked.

        The drafter's own first word does not bind his reviewers.
        """
        given = [s.opinion for step, s in self.standing.items() if step > 1]
        return max((*given, *self.answers), key=STRICTNESS.index)


@dataclass(frozen=True, slots=True)
class Next:
    """The step that is due: by whom, and whether the review ends with it."""

    step: int
    role: Role
    concludes: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """An opinion somebody wants to give."""

    step: int
    role: str
    opinion: Opinion
    signer: str
    on_behalf_of: str
    signed_on: str
    core_fingerprint: str
    begins: bool
    concludes: bool


def runs_of(history: Sequence[Step]) -> tuple[Run, ...]:
    """Every run of a case, oldest first."""
    runs: list[Run] = []
    for step in history:
        if step.act is Act.SIGN and step.source is State.UNIT_EXAMINED:
            runs.append(Run(step.core_fingerprint))
        if not runs:
            continue
        runs[-1] = _with(runs[-1], step)
    return tuple(runs)


def _with(run: Run, step: Step) -> Run:
    """A run after one more move of its case."""
    match step.act:
        case Act.SIGN | Act.CONCLUDE:
            signature = _signature(step)
            if signature is None:
                return run
            return replace(
                run,
                signatures=(*run.signatures, signature),
                awaits=signature.opinion is Opinion.REFER,
                asked=False,
                concluded=step.act is Act.CONCLUDE,
            )
        case Act.REFER:
            return replace(run, asked=True)
        case Act.ANSWER if step.detail(OPINION) in STRICTNESS:
            answers = (*run.answers, Opinion(step.detail(OPINION)))
            return replace(run, answers=answers, awaits=False, asked=False)
        case _:
            return run


def _signature(step: Step) -> Signature | None:
    """The opinion a move gave; None once its words were emptied with a stopped paper (A6)."""
    if not step.detail(STEP).isdecimal() or step.detail(OPINION) not in Opinion.__members__:
        return None
    return Signature(
        int(step.detail(STEP)),
        Opinion(step.detail(OPINION)),
        step.actor,
        step.on_behalf_of,
        step.acted_on,
    )


def next_step(order: Order, run: Run | None) -> Next | None:
    """The step that is due; None while a question waits, and when all is done.

    Whoever asked gives his opinion once more when the answer is there.
    """
    if run is None or run.concluded:
        return _due(order, 1)
    if run.awaits:
        return None
    if not run.signatures:
        return _due(order, 1)
    last = run.signatures[-1]
    return _due(order, last.step if last.opinion is Opinion.REFER else last.step + 1)


def _due(order: Order, step: int) -> Next | None:
    return Next(step, order.role(step), step == order.last) if step <= order.last else None


def out_of_order(
    order: Order, run: Run | None, drafters: frozenset[str], wanted: Wanted
) -> tuple[str, ...]:
    """Why an opinion cannot be given now: codes of ``refused_<code>``; empty when it can."""
    if wanted.begins:
        run = None
    if run is not None and run.core_fingerprint != wanted.core_fingerprint:
        return ("other_text",)
    due = next_step(order, run)
    if due is None:
        return ("awaits_answer" if run is not None and run.awaits else "all_signed",)
    reasons = []
    if wanted.step != due.step:
        return ("not_in_order",)
    if wanted.role != due.role:
        reasons.append("other_role")
    if wanted.concludes != (due.concludes and wanted.opinion is not Opinion.REFER):
        reasons.append("not_concluding" if wanted.concludes else "has_to_conclude")
    reasons += _kept_apart(order, run, drafters, wanted)
    if run is not None and run.signatures and wanted.signed_on < run.signatures[-1].signed_on:
        reasons.append("before_earlier")
    if run is not None and Opinion.EXEMPT in run.answers and wanted.opinion is Opinion.OPEN:
        reasons.append("against_answer")
    return tuple(reasons)


def _kept_apart(
    order: Order, run: Run | None, drafters: frozenset[str], wanted: Wanted
) -> list[str]:
    """Whoever drafted signs nothing after the first step; two opinions, two people (SEC-09)."""
    people = {wanted.signer, wanted.on_behalf_of} - {""}
    standing = run.standing if run else {}
    reasons = []
    began = standing[1].people if 1 in standing else frozenset()
    if wanted.step > 1 and people & (drafters | began):
        reasons.append("drafter_signs_later")
    if order.apart and wanted.step == 3 and 2 in standing and people & standing[2].people:
        reasons.append("one_person_twice")
    return reasons


def carried(history: Sequence[Step], core_fingerprint: str) -> frozenset[str]:
    """The fingerprints an opinion on a text holds for.

    What a named person confirmed as 文字性修改 takes over what was signed before (A3).
    """
    texts = {core_fingerprint}
    for before, step in pairwise(history):
        if step.act is Act.KEEP and before.core_fingerprint in texts:
            texts.add(step.core_fingerprint)
    return frozenset(texts)
