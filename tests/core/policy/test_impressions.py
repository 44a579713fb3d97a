"""A trained model fills in where the rules say nothing firm, and never opens against a label."""

from __future__ import annotations

import pytest

from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.reading import (
    Citation,
    DocType,
    GroundCode,
    Impression,
    Label,
    LabelScope,
    LabelSource,
    Reading,
    Span,
    Topic,
    Trigger,
    TriggerCode,
)
from gongkai.model.verdict import Confidence, Suggestion
from gongkai.policy.decision import suggest
from gongkai.policy.direction import Direction
from gongkai.policy.profile import load_profile
from gongkai.testing import a_bundle

HERE = Span("line1", 0, 2, "关于")


def advise(kind: str, *seen: tuple[GroundCode, float], **more) -> Suggestion:
    impressions = tuple(Impression(ground, chance, (HERE,)) for ground, chance in seen)
    reading = Reading(DocType(kind, 0.95), impressions=impressions, **more)
    profile = load_profile("zhongwei_2022")
    return suggest(reading, a_bundle("关于示例工作的通知"), (), Direction.UNKNOWN, profile)


def cue(code: TriggerCode, confidence: float = 0.8) -> Trigger:
    return Trigger(code, HERE, True, confidence)


@pytest.mark.parametrize(
    ("ground", "row", "attribute"),
    [
        (GroundCode.SECURITY, "row-4", DisclosureAttribute.NOT_DISCLOSED),
        (GroundCode.UPWARD, "row-7", DisclosureAttribute.NOT_DISCLOSED),
        (GroundCode.CONSULTATION, "row-8", DisclosureAttribute.NOT_DISCLOSED),
        (GroundCode.DISCUSSION, "row-9", DisclosureAttribute.NOT_DISCLOSED),
        (GroundCode.CASE, "row-9", DisclosureAttribute.NOT_DISCLOSED),
        (GroundCode.PRIVATE, "row-10", DisclosureAttribute.ON_REQUEST),
        (GroundCode.VITAL, "row-12", DisclosureAttribute.PROACTIVE),
        (GroundCode.WIDE, "row-12", DisclosureAttribute.PROACTIVE),
        (GroundCode.INTERNAL, "row-13", DisclosureAttribute.ON_REQUEST),
    ],
)
def test_where_no_rule_speaks_the_likeliest_ground_names_the_row(ground, row, attribute):
    advice = advise("情况说明", (ground, 0.9))

    assert (advice.rules[0].id, advice.attribute) == (row, attribute)
    assert advice.rules[0].chance == 0.9
    assert advice.rules[0].evidence == (HERE,)


def test_chances_of_one_attribute_add_up():
    advice = advise("情况说明", (GroundCode.CASE, 0.3), (GroundCode.DISCUSSION, 0.4))

    assert advice.rules[0].chance == pytest.approx(0.7)
    assert advice.confidence is Confidence.MEDIUM


@pytest.mark.parametrize(
    "triggers",
    [
        pytest.param((cue(TriggerCode.CONSULTATION),), id="an opinion asked"),
        pytest.param((cue(TriggerCode.PRIVATE_SUBJECT),), id="one person's matter"),
        pytest.param((cue(TriggerCode.PROPOSAL_REPLY),), id="a reply to a proposal"),
        pytest.param((cue(TriggerCode.PUBLIC_CONSULTATION),), id="the public is asked"),
    ],
)
def test_firm_rules_stand_whatever_the_model_says(triggers):
    rules = advise("通知", triggers=triggers)

    advice = advise("通知", (GroundCode.CASE, 0.99), triggers=triggers)

    assert advice.attribute is rules.attribute
    assert advice.rules[0].chance is None


@pytest.mark.parametrize(("chance", "follows"), [(0.7, True), (0.5, False)])
def test_a_word_of_public_interest_yields_only_to_a_clear_impression(chance, follows):
    word = (cue(TriggerCode.VITAL_INTEREST, 0.6),)

    advice = advise("通知", (GroundCode.PRIVATE, chance), triggers=word)

    assert (advice.attribute is DisclosureAttribute.ON_REQUEST) is follows


def test_what_the_rules_call_internal_is_never_opened():
    inside = (cue(TriggerCode.INTERNAL_MATTER),)

    advice = advise("通知", (GroundCode.WIDE, 0.99), triggers=inside)

    assert advice.attribute is DisclosureAttribute.ON_REQUEST


def test_a_letter_labelled_stricter_is_not_opened_by_the_model():
    own = Label(DisclosureAttribute.NOT_DISCLOSED, "不公开", LabelSource.IMPRINT, LabelScope.OWN)

    opened = advise("函", (GroundCode.WIDE, 0.95))
    labelled = advise("函", (GroundCode.WIDE, 0.95), labels=(own,))

    assert opened.attribute is DisclosureAttribute.PROACTIVE
    assert labelled.attribute is None


def test_a_paper_that_goes_up_is_not_opened_by_the_model():
    seen = Impression(GroundCode.WIDE, 0.95, (HERE,))
    bill = Reading(DocType("议案", 0.95), impressions=(seen,))
    profile = load_profile("zhongwei_2022")

    advice = suggest(bill, a_bundle("议案"), (), Direction.UPWARD, profile)

    assert advice.attribute is None


def test_a_paper_that_passes_another_on_is_left_to_the_rules():
    cited = (Citation("关于示例工作的通知", "示发〔2026〕1号", HERE),)

    advice = advise("通知", (GroundCode.INTERNAL, 0.95), citations=cited)

    assert all(rule.chance is None for rule in advice.rules)


def test_a_rule_the_model_contradicts_is_less_sure():
    topics = (Topic("T07", HERE, True, 0.7),)

    agreed = advise("公告", (GroundCode.WIDE, 0.9), topics=topics)
    doubted = advise(
        "纪要", (GroundCode.VITAL, 0.9), triggers=(cue(TriggerCode.CONSULTATION, 0.85),)
    )

    assert agreed.confidence is Confidence.HIGH
    assert doubted.attribute is DisclosureAttribute.NOT_DISCLOSED
    assert doubted.confidence is Confidence.MEDIUM


def test_a_letter_without_a_clear_impression_is_left_to_a_human():
    advice = advise("函", (GroundCode.OPEN, 0.6), (GroundCode.CONSULTATION, 0.3))

    assert advice.attribute is None
