"""A change after signing is shown by paragraph; what the office adds is none (A3, B10)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.paragraphs import (
    ChangeKind,
    Paragraph,
    core_paragraphs,
    differences,
)
from gongkai.testing import a_bundle

SIGNED = """关于做好就业补贴发放工作的通知
各县区人力资源和社会保障局：
补贴标准为每人一千元。
请于月底前发放完毕。"""
ISSUED = """示人社发〔2026〕12号
关于做好就业补贴发放工作的通知
各县区人力资源和社会保障局：
补贴标准为每人一千元。
请于月底前发放完毕。
示例市人力资源和社会保障局
2026年11月20日
（此件公开发布）"""


def digests(paragraphs: list[Paragraph]) -> list[str]:
    return [paragraph.folded for paragraph in paragraphs]


def changes(before: str, after: str) -> tuple[tuple[ChangeKind, int, int, int], ...]:
    signed = digests(list(core_paragraphs(a_bundle(before))))
    now = list(core_paragraphs(a_bundle(after)))
    found = differences(signed, now, digests(now))
    return tuple((each.kind, each.first, each.last, len(each.now)) for each in found)


def test_numbering_dating_and_marking_are_no_change() -> None:
    assert changes(SIGNED, ISSUED) == ()


def test_a_changed_word_is_told_with_its_place() -> None:
    after = ISSUED.replace("一千元", "两千元")

    assert changes(SIGNED, after) == ((ChangeKind.CHANGED, 3, 3, 1),)


def test_what_was_added_and_removed_is_told_apart() -> None:
    added = SIGNED.replace("请于月底", "发放对象不含企业。\n请于月底")
    removed = SIGNED.replace("补贴标准为每人一千元。\n", "")

    assert changes(SIGNED, added) == ((ChangeKind.ADDED, 0, 3, 1),)
    assert changes(SIGNED, removed) == ((ChangeKind.REMOVED, 3, 3, 0),)


words = st.lists(st.sampled_from(["甲", "乙", "丙", "丁"]), max_size=12)


@given(words, words)
def test_every_difference_is_covered_and_nothing_else(before: list[str], after: list[str]) -> None:
    now = [Paragraph(f"p{n}", text, text) for n, text in enumerate(after)]

    found = differences(before, now, after)

    kept = len(after) - sum(len(each.now) for each in found)
    gone = sum(each.last - each.first + 1 for each in found if each.first)
    assert kept == len(before) - gone
    assert bool(found) is (before != after)
