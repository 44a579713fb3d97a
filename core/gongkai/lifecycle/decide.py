"""Whether somebody may do what he wants, and where it leads: pure, and nothing is believed.

Every refusal is collected, so that nobody cures one thing to be told the next.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.lifecycle.act import TRANSITIONS, Act, Duty, Guard, Transition, transition
from gongkai.lifecycle.case import Situation, Wish
from gongkai.lifecycle.guards import GUARDS
from gongkai.lifecycle.refusal import Refused
from gongkai.lifecycle.roles import Held, Role
from gongkai.lifecycle.separation import barred, conflicts
from gongkai.lifecycle.state import State
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.determination import Medium
from gongkai.policy.profile import Profile


@dataclass(frozen=True, slots=True)
class Granted:
    """A move that may be made once the plugins in ``duties`` have allowed it too.

    ``attribute`` is the case's after the move. ``fallback``: the next higher role acts
    because nobody else could (B11).
    """

    target: State
    held: Held
    fallback: bool
    attribute: DisclosureAttribute | None
    round: int
    disputed: bool
    duties: tuple[Duty, ...]


def decide(situation: Situation, wish: Wish, profile: Profile) -> Granted | tuple[Refused, ...]:
    """The move a wish amounts to, or every reason against it."""
    case = situation.case
    way = transition(wish.act, case.state)
    if way is None:
        return (Refused("not_from_here", _where(case.state, wish.act)),)
    held, fallback = _capacity(situation, wish, way, profile)
    if held is None:
        return (Refused("no_such_role", {"roles": (wish.role,) if wish.role else way.roles}),)
    reasons = [*_on_paper(situation, wish), *_dispute(situation, wish, held, profile)]
    if fallback and not wish.reason.strip():
        reasons.append(Refused("fallback_needs_reason"))
    for guard in way.guards:
        if guard is Guard.SEPARATE:
            reasons += conflicts(situation, wish.actor, held, profile)
        elif (refused := GUARDS[guard](situation, wish)) is not None:
            reasons.append(refused)
    if wish.act is Act.PROPOSE and held.role is Role.DRAFTER:
        reasons += _not_a_reviewer(situation, wish, profile)
    if reasons:
        return tuple(reasons)
    return Granted(
        way.target,
        held,
        fallback,
        wish.attribute if wish.attribute is not None else case.attribute,
        case.round + (case.state is State.RETURNED or wish.act is Act.REDETERMINE),
        case.disputed or any(key == "objection" and said for key, said in wish.details),
        _duties(situation, way, wish, profile),
    )


def possible(state: State) -> tuple[Act, ...]:
    """The acts that lead anywhere from a state, in the order of the procedure."""
    return tuple(dict.fromkeys(t.act for t in TRANSITIONS if state in t.sources))


def _capacity(
    situation: Situation, wish: Wish, way: Transition, profile: Profile
) -> tuple[Held | None, bool]:
    """In which of the act's roles the actor acts; a role he may act in comes first."""
    section = situation.case.section
    roles = [role for role in way.roles if wish.role in (None, role)]
    found = [held for role in roles if (held := wish.actor.holds(role, section))]
    free = [h for h in found if not conflicts(situation, wish.actor, h, profile)]
    if free or found:
        return (free or found)[0], False
    higher = profile.keys.separation.fallback.value
    for role in roles:
        instead = higher.get(role.value)
        held = wish.actor.holds(Role(instead), section) if instead else None
        if held is not None and _nobody_else(situation, role, profile):
            # He signs in the office's place, under the name of the role he stands in for.
            return Held(role, held.unit, held.on_behalf_of), True
    return None, False


def _nobody_else(situation: Situation, role: Role, profile: Profile) -> bool:
    """Whether every holder of a role is kept from this case by what he did in it."""
    holders = situation.holders.get(role, frozenset())
    return all(barred(situation, name, role, profile) for name in holders)


def _not_a_reviewer(situation: Situation, wish: Wish, profile: Profile) -> list[Refused]:
    """Who has checked this paper cannot become its drafter either."""
    return list(conflicts(situation, wish.actor, Held(Role.DRAFTER), profile))


def _on_paper(situation: Situation, wish: Wish) -> list[Refused]:
    """Who types is who acts; a signature on paper is recorded, never by the drafter (A9)."""
    if wish.medium is Medium.PAPER:
        drafts = wish.recorder.name in situation.drafters()
        return [Refused("recorder_is_drafter")] if drafts else []
    return [] if wish.recorder.name == wish.actor.name else [Refused("not_himself")]


def _dispute(situation: Situation, wish: Wish, held: Held, profile: Profile) -> list[Refused]:
    """Where office and section disagree the signer decides, both views kept (C-23)."""
    if wish.act is not Act.RETURN or held.role is not Role.OFFICE:
        return []
    rules = profile.keys.label_dispute
    if situation.case.disputed and rules.decided_by.value == "signer_decides":
        return [Refused("signer_decides")]
    wrong_only = situation.case.attribute is not None and not situation.open_findings
    if wrong_only and not rules.office_may_return_wrong.value:
        return [Refused("office_may_not_return_wrong")]
    return []


def _duties(
    situation: Situation, way: Transition, wish: Wish, profile: Profile
) -> tuple[Duty, ...]:
    """The duties a plugin has to answer for; a review the profile does not ask for is none."""
    if review_needed(situation, wish, profile):
        return way.duties
    return tuple(duty for duty in way.duties if duty is not Duty.SECRECY_REVIEW)


def review_needed(situation: Situation, wish: Wish, profile: Profile) -> bool:
    """Whether the secrecy review belongs to this paper: all, or only what is to be public."""
    attribute = wish.attribute if wish.attribute is not None else situation.case.attribute
    match profile.keys.secrecy.review.value:
        case "all":
            return True
        case "none":
            return False
        case _:
            inside = situation.case.state in (State.IN_SECRECY_REVIEW, State.REFERRED)
            return inside or wish.act is Act.SIGN or attribute is DisclosureAttribute.PROACTIVE


def _where(state: State, act: Act) -> dict[str, object]:
    return {"state": state, "act": act}
