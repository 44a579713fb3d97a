"""Severity by stage and attribute, the gravest outcome, and what no rule here may touch."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from core.judging.papers import (
    ASKED,
    CLOSED,
    OPEN,
    OURS,
    PROFILE,
    bundle,
    clicks,
    codes,
    notice,
    recorded,
    the,
    with_list,
    workbook,
)
from gongkai import hookimpl
from gongkai.judging.brief import Facts
from gongkai.judging.judge import in_order
from gongkai.model.attribute import DisclosureAttribute, Outcome, Severity, Stage
from gongkai.model.bundle import Bundle
from gongkai.model.finding import Finding, FindingCode
from gongkai.model.reading import Observations
from gongkai.model.verdict import Confidence
from gongkai.testing import judged

LEAKING = ("现就有关事项通知如下。", "本人手机：13900001234。")


@dataclass(frozen=True)
class Inspector:
    """A plugin with one finding."""

    finding: Finding

    @hookimpl
    def check_bundle(self) -> list[Finding]:
        return [self.finding]


class Breaks:
    @hookimpl
    def observe(self, bundle: Bundle) -> Observations:
        raise ValueError(bundle.section)


@pytest.mark.parametrize("stage", [s for s in Stage if s is not Stage.REFERENCE])
@pytest.mark.parametrize(
    ("code", "paper"),
    [
        pytest.param(FindingCode.PII_DIRECT, notice(body=LEAKING), id="personal data"),
        pytest.param(FindingCode.REVISIONS, notice(comment="请核对"), id="comments"),
        pytest.param(FindingCode.HIDDEN_CONTENT, notice(hidden="内部掌握的口径"), id="hidden"),
        pytest.param(FindingCode.LABEL_MISSING, notice(""), id="label"),
        pytest.param(
            FindingCode.DRAFT_MARK,
            notice(title="关于规范就业补助资金管理的通知（送审稿）"),
            id="draft mark",
        ),
        pytest.param(FindingCode.ELEMENTS_MISSING, notice(number=""), id="elements"),
        pytest.param(FindingCode.METADATA_LEAK, notice(author="王建国"), id="metadata"),
    ],
)
def test_the_profile_says_what_a_matter_means_at_a_stage(
    code: FindingCode, paper: object, stage: Stage
) -> None:
    expected = PROFILE.severity(code, stage)

    found = [f.severity for f in judged(paper, stage=stage).findings if f.code is code]  # type: ignore[arg-type]

    assert found == ([] if expected is Severity.OFF else [expected])


@pytest.mark.parametrize(
    ("label", "told"),
    [
        pytest.param(OPEN, [FindingCode.PII_DIRECT], id="proactive"),
        pytest.param(ASKED, [FindingCode.REASON_MISSING, FindingCode.TOPIC_WITHHELD], id="request"),
        pytest.param(CLOSED, [FindingCode.REASON_MISSING, FindingCode.TOPIC_WITHHELD], id="closed"),
    ],
)
def test_personal_data_concerns_proactive_papers_alone(label: str, told: list[FindingCode]) -> None:
    verdict = judged(notice(label, body=("现就就业补助资金有关事项通知如下。", *LEAKING[1:])))

    assert clicks(verdict) == told


def test_before_a_label_is_stated_nothing_blocks() -> None:
    verdict = judged(with_list(workbook(20, "姓名", "身份证号码"), annotation=""))

    assert verdict.outcome is Outcome.RETURNED
    assert the(verdict, FindingCode.PII_ROSTER).severity is Severity.WARNING


def test_two_labels_are_judged_by_the_more_open_one() -> None:
    verdict = judged(bundle(notice(OPEN, body=LEAKING), form={"attribute": "不予公开"}))

    assert verdict.stated is None
    assert the(verdict, FindingCode.PII_DIRECT).severity is Severity.BLOCK


@pytest.mark.parametrize("severity", [Severity.INFO, Severity.WARNING, Severity.BLOCK])
def test_a_plugin_keeps_the_severity_of_its_finding(severity: Severity) -> None:
    finding = Finding(FindingCode.PLUGIN, severity, "duty", details=(("headline", "值班表"),))

    verdict = judged(notice(), plugins={"duty": Inspector(finding)}, stage=Stage.DRAFT)

    told = the(verdict, FindingCode.PLUGIN)
    assert told.severity is severity
    assert told.key
    assert told.basis == PROFILE.basis("PLUGIN")


def test_findings_of_plugins_are_dropped_with_papers_out_of_scope() -> None:
    finding = Finding(FindingCode.PLUGIN, Severity.BLOCK, "duty")

    verdict = judged(notice(), plugins={"duty": Inspector(finding)}, stage=Stage.REFERENCE)

    assert (verdict.outcome, verdict.findings) == (Outcome.OUT_OF_SCOPE, ())


def test_a_plugin_nobody_requires_may_fail() -> None:
    verdict = judged(notice(), plugins={"breaks": Breaks()})

    assert verdict.outcome is Outcome.CLEAN
    assert [c.name for c in verdict.checked_by if not c.ran] == ["breaks"]


def test_a_required_plugin_that_fails_leaves_the_check_incomplete() -> None:
    verdict = judged(notice(CLOSED), plugins={"classifiers": Breaks()})

    assert verdict.outcome is Outcome.BLOCKED
    assert the(verdict, FindingCode.CHECK_INCOMPLETE).detail("components") == "classifiers"


def test_a_required_plugin_that_looked_leaves_nothing_open() -> None:
    assert FindingCode.CHECK_INCOMPLETE not in codes(judged(notice()))


def test_the_gravest_comes_first() -> None:
    findings = [Finding(FindingCode.TOPIC, severity, "") for severity in Severity]

    assert [f.severity for f in in_order(findings)] == list(reversed(Severity))


def test_a_broken_mark_is_told_by_stage() -> None:
    marked = notice(properties={"gongkai.fingerprint": "f1:00", "公开属性": "主动公开"})

    at = {
        stage: [
            f.severity
            for f in judged(marked, stage=stage).findings
            if f.code is FindingCode.STAMP_BROKEN
        ]
        for stage in (Stage.DRAFT, Stage.SUBMITTED, Stage.ISSUED)
    }

    assert at == {
        Stage.DRAFT: [],
        Stage.SUBMITTED: [Severity.INFO],
        Stage.ISSUED: [Severity.BLOCK],
    }


@pytest.mark.parametrize(
    ("reason", "basis", "told"),
    [
        pytest.param("属于内部事务", "《政府信息公开条例》第十六条", False, id="both"),
        pytest.param("属于内部事务", "", True, id="no ground"),
        pytest.param("", "", True, id="neither"),
    ],
)
def test_a_determination_needs_reason_and_ground(reason: str, basis: str, told: bool) -> None:
    record = recorded(DisclosureAttribute.NOT_DISCLOSED, reason, basis)

    verdict = judged(notice(""), facts=Facts(record=record), organization=OURS)

    found = [f.severity for f in verdict.findings if f.code is FindingCode.REASON_MISSING]
    assert found == ([Severity.BLOCK] if told else [])


def test_grounds_are_those_of_the_very_matter() -> None:
    verdict = judged(notice())
    topic = next(f for f in verdict.findings if f.code is FindingCode.TOPIC)

    assert topic.basis == PROFILE.basis(topic.rule)


def test_weak_advice_is_no_ground_for_anything() -> None:
    paper = notice("", title="关于有关事项的函", recipients="市财政局：", body=("请予支持。",))

    verdict = judged(paper)

    assert verdict.suggestion is not None
    assert verdict.suggestion.confidence is Confidence.LOW
    assert the(verdict, FindingCode.LOW_CONFIDENCE).severity is Severity.INFO
