"""What a trained model takes a paper for, where the rules have nothing firm to say.

Rules stay first: a row that withholds by a rule is never touched. The model may withhold what
only words of public interest would open, and fills rows 14 and 15. It never opens a paper
that goes to a superior or whose own label says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.reading import GroundCode, Impression, LabelScope, TriggerCode
from gongkai.policy.question import Match, Question

PROACTIVE = DisclosureAttribute.PROACTIVE
NOT_DISCLOSED = DisclosureAttribute.NOT_DISCLOSED

ROWS: Mapping[GroundCode, str] = {
    GroundCode.SECURITY: "row-4",
    GroundCode.UPWARD: "row-7",
    GroundCode.CONSULTATION: "row-8",
    GroundCode.DISCUSSION: "row-9",
    GroundCode.CASE: "row-9",
    GroundCode.PRIVATE: "row-10",
    GroundCode.VITAL: "row-12",
    GroundCode.WIDE: "row-12",
    GroundCode.INTERNAL: "row-13",
}
"""The row each ground speaks for; ``OPEN`` speaks for none."""

AGAINST_OPEN_ROWS = "impression.against_open_rows"
AGAINST_INTERNAL = "impression.against_internal"
IN_OPEN_KINDS = "impression.in_open_kinds"
OTHERWISE = "impression.otherwise"
LEAST = {
    "row-11": AGAINST_OPEN_ROWS,
    "row-12": AGAINST_OPEN_ROWS,
    "row-13": AGAINST_INTERNAL,
    "row-14": IN_OPEN_KINDS,
    "row-15": OTHERWISE,
}
"""The chance that is asked for, by the row the rules ended in; other rows are never asked."""


FIRM = (TriggerCode.PROPOSAL_REPLY, TriggerCode.PUBLIC_CONSULTATION, TriggerCode.NAMED_LIST)
"""What the law wants published by name (PUB-10, PAR-10, C-17): no impression stands against it."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """A row the model speaks for, with the chance that its attribute fits."""

    row: str
    match: Match


def learnt(question: Question, row: str) -> Learnt | None:
    """What takes the place of the row the rules ended in; None when the rules stand.

    The chances of all grounds of one attribute add up; the likeliest of them names the row.
    """
    if row not in LEAST or (row in {"row-11", "row-12"} and question.cues(*FIRM)):
        return None
    if question.reading.citations:
        # What a paper passes on was not heard by the model, and it is what decides (row 6).
        return None
    attribute, chance = likeliest(question)
    if attribute is None or chance < question.profile.threshold(LEAST[row]):
        return None
    best = max(
        (each for each in question.reading.impressions if meant(each, question) is attribute),
        key=lambda each: each.chance,
    )
    id = ROWS[best.ground]
    opens = attribute is PROACTIVE
    firm = row not in {"row-14", "row-15"} or question.upward
    stays = opens and (firm or _labelled_stricter(question))
    if stays or (row == "row-13" and id == row) or not question.profile.in_force(id):
        return None
    return Learnt(id, Match(attribute, chance, best.spans, chance))


def likeliest(question: Question) -> tuple[DisclosureAttribute | None, float]:
    """The attribute the impressions speak for, None for a human's decision, and its chance."""
    sums: dict[DisclosureAttribute | None, float] = {}
    for each in question.reading.impressions:
        attribute = meant(each, question)
        sums[attribute] = sums.get(attribute, 0.0) + each.chance
    return max(sums.items(), key=lambda item: item[1], default=(None, 0.0))


def meant(impression: Impression, question: Question) -> DisclosureAttribute | None:
    """The attribute a ground has under this profile."""
    match impression.ground:
        case GroundCode.OPEN:
            return None
        case GroundCode.VITAL | GroundCode.WIDE:
            return PROACTIVE
        case GroundCode.PRIVATE:
            return question.profile.private_content_attribute
        case GroundCode.INTERNAL:
            return question.profile.internal_attribute
        case _:
            return NOT_DISCLOSED


def _labelled_stricter(question: Question) -> bool:
    own = [each for each in question.reading.labels if each.scope is LabelScope.OWN]
    return any(each.attribute not in (None, PROACTIVE) for each in own)
