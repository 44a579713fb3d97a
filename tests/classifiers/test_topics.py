"""Topics of the proactive list are told by the profile's words; the title weighs most."""

from __future__ import annotations

import pytest

from classifiers.papers import profile, view
from gongkai_classifiers import topics

RECIPIENTS = "各县(区)人力资源和社会保障局："
CLOSE = ("中卫市示例局", "2026年3月5日")


def found(*lines: str) -> dict[str, tuple[bool, float]]:
    seen = topics.observe(view(*lines)).topics
    return {topic.code: (topic.in_title, topic.confidence) for topic in seen}


@pytest.mark.parametrize(
    ("title", "code"),
    [
        pytest.param("关于调整最低工资标准的通知", "T04", id="minimum wage"),
        pytest.param("关于印发突发事件应急预案的通知", "T09.2", id="emergency plan"),
        pytest.param("2026年事业单位公开招聘工作人员公告", "T13.4", id="recruitment"),
        pytest.param("關於公開徵求意見的公告", "T12", id="traditional"),
    ],
)
def test_a_topic_named_in_the_title_is_sure(title, code):
    seen = found(title, RECIPIENTS, "现将有关事项通知如下。", *CLOSE)

    assert seen[code][0] is True
    assert seen[code][1] >= 0.7


def test_words_of_the_body_count_for_less_than_the_title():
    body = "最低工资标准按人力资源市场供求和工资指导线确定，最低工资按月支付。"
    titled = found("关于调整最低工资标准的通知", RECIPIENTS, body, *CLOSE)
    untitled = found("关于有关事项的通知", RECIPIENTS, body, *CLOSE)

    assert untitled["T04"] == (False, pytest.approx(untitled["T04"][1]))
    assert 0.3 <= untitled["T04"][1] < titled["T04"][1]


def test_a_word_said_once_in_passing_is_hardly_a_topic():
    seen = found("关于有关事项的通知", RECIPIENTS, "请结合文物保护做好有关工作。", *CLOSE)

    assert all(confidence < 0.3 for _, confidence in seen.values())


def test_the_name_of_an_office_is_no_topic():
    seen = found("中卫市医疗保障局关于有关事项的通知", "各县医疗保障局：", "请认真执行。", *CLOSE)

    assert seen == {}


def test_a_topic_leads_to_its_words():
    (first, *_) = topics.observe(
        view("关于调整最低工资标准的通知", RECIPIENTS, "请执行。", *CLOSE)
    ).topics

    assert first.span.text in {"最低工资标准", "最低工资"}
    assert first.span.place == "line1"


def test_topics_come_from_the_profile_alone():
    assert set(found("关于调整最低工资标准的通知", "请执行。")) <= {
        rule.code for rule in profile().topics
    }
