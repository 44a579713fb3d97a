"""The core's own guards, each a question about one moment; None lets the move through."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gongkai.lifecycle.act import Act, Guard
from gongkai.lifecycle.case import Situation, Wish
from gongkai.lifecycle.refusal import Refused
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.determination import Medium

PROACTIVE = DisclosureAttribute.PROACTIVE
Question = Callable[[Situation, Wish], Refused | None]


def _attribute(situation: Situation, wish: Wish) -> DisclosureAttribute | None:
    return wish.attribute if wish.attribute is not None else situation.case.attribute


def _text_judged(situation: Situation, wish: Wish) -> Refused | None:
    """A signature on paper older than the text was given to another one; what was issued
    outside was signed before it lay here (A15).
    """
    if not situation.judged:
        return Refused("text_not_judged")
    earlier = wish.medium is Medium.PAPER and wish.acted_on < situation.text_since
    if earlier and not situation.case.late:
        return Refused("paper_before_text", {"day": situation.text_since})
    return None


def _nothing_open(situation: Situation, wish: Wish) -> Refused | None:
    if not situation.open_findings:
        return None
    return Refused("findings_open", {"count": len(situation.open_findings)})


def _labelled(situation: Situation, wish: Wish) -> Refused | None:
    named = bool(situation.drafters()) or wish.act is Act.PROPOSE
    fits = _attribute(situation, wish) is not None and named
    return None if fits else Refused("not_labelled")


def _declared(situation: Situation, wish: Wish) -> Refused | None:
    return None if situation.declared or wish.not_secret else Refused("not_declared")


def _reasoned(situation: Situation, wish: Wish) -> Refused | None:
    """REASON_MISSING: for withholding, for deviating from the advice (PRO-10), and for an
    attribute determined afresh where the forwarded paper has none (SRC-12).
    """
    attribute = _attribute(situation, wish)
    deviates = situation.advised is not None and attribute is not situation.advised
    if attribute is PROACTIVE and not deviates and not situation.redetermined:
        return None
    changed = wish.attribute is not None and wish.attribute is not situation.case.attribute
    reason = wish.reason or ("" if changed else situation.reason)
    basis = wish.basis or ("" if changed else situation.basis)
    missing = not reason.strip() or (attribute is not PROACTIVE and not basis.strip())
    return Refused("reason_missing") if missing else None


def _reason(situation: Situation, wish: Wish) -> Refused | None:
    return None if wish.reason.strip() else Refused("needs_reason")


def _policy_seen(situation: Situation, wish: Wish) -> Refused | None:
    withheld = _attribute(situation, wish) is not PROACTIVE
    return Refused("policy_unseen") if situation.policy_unseen and withheld else None


def _agreed(situation: Situation, wish: Wish) -> Refused | None:
    """Correcting by agreement names the drafter who agreed, and decides one attribute."""
    if wish.attribute is None:
        return Refused("not_labelled")
    return None if wish.agreed_with in situation.drafters() else Refused("not_agreed")


def _proactive(situation: Situation, wish: Wish) -> Refused | None:
    fits = situation.case.attribute is PROACTIVE
    return None if fits else Refused("only_proactive")


def _not_proactive(situation: Situation, wish: Wish) -> Refused | None:
    fits = situation.case.attribute not in (None, PROACTIVE)
    return None if fits else Refused("only_withheld")


def _let_go(situation: Situation, wish: Wish) -> Refused | None:
    return Refused("not_let_go") if situation.stopped else None


GUARDS: Mapping[Guard, Question] = {
    Guard.TEXT_JUDGED: _text_judged,
    Guard.NOTHING_OPEN: _nothing_open,
    Guard.LABELLED: _labelled,
    Guard.DECLARED: _declared,
    Guard.REASONED: _reasoned,
    Guard.REASON: _reason,
    Guard.POLICY_SEEN: _policy_seen,
    Guard.AGREED: _agreed,
    Guard.PROACTIVE: _proactive,
    Guard.NOT_PROACTIVE: _not_proactive,
    Guard.LET_GO: _let_go,
}
