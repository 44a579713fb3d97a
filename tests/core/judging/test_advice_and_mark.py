"""Advice beside the paper's own mark (design 6, SEC-21)."""

from __future__ import annotations

import pytest

from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.finding import FindingCode
from gongkai.testing import judged

LISTED = """关于公布示例市2026年最低工资标准的通知
各县（区）人力资源和社会保障局：
现将调整后的最低工资标准予以公布，自2026年3月1日起执行，请向社会广泛宣传。
示例市人力资源和社会保障局
2026年2月20日
"""


@pytest.mark.parametrize("mark", ["（此件不公开）", "（此件依申请公开）"])
def test_advice_never_argues_for_opening_what_is_marked_closed(mark: str) -> None:
    verdict = judged({"通知.txt": (LISTED + mark).encode()})

    assert verdict.suggestion is not None
    assert verdict.suggestion.attribute is None
    assert verdict.suggestion.hint is DisclosureAttribute.PROACTIVE
    assert FindingCode.TOPIC_WITHHELD in {finding.code for finding in verdict.findings}


def test_without_a_mark_it_is_advised() -> None:
    verdict = judged({"通知.txt": LISTED.encode()})

    assert verdict.suggestion is not None
    assert verdict.suggestion.attribute is DisclosureAttribute.PROACTIVE
