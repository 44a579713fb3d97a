"""Whether the stated attribute fits what the paper is about (SRC-25)."""

from __future__ import annotations

from core.judging.papers import identity, notice
from gongkai.model.finding import FindingCode
from gongkai.samples.gbt9704 import OfficialDocument

POLICY = "示例市人力资源和社会保障局规范性文件管理办法"


def policy(*body: str) -> OfficialDocument:
    return notice("（此件不予公开）", title=f"关于印发《{POLICY}》的通知", body=body)


def test_what_the_disclosure_office_has_seen_is_one_text() -> None:
    """Its word on a policy that may be withheld does not hold for another policy."""
    first = identity(policy("现将规范性文件予以印发。"), FindingCode.POLICY_WITHHELD)
    again = identity(policy("现将规范性文件予以印发。"), FindingCode.POLICY_WITHHELD)
    other = identity(policy("补贴标准降低一半。"), FindingCode.POLICY_WITHHELD)

    assert first == again
    assert first != other
