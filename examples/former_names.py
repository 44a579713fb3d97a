"""Check a bundle: the office's former name must not stand in a new paper."""

from __future__ import annotations

from gongkai import hookimpl
from gongkai.model.attribute import Severity
from gongkai.model.bundle import Bundle
from gongkai.model.finding import Basis, BasisLevel, Finding, FindingCode
from gongkai.model.transcript import Transcript

FORMER = "示例市劳动局"
PRESENT = "示例市人力资源和社会保障局"


@hookimpl
def check_bundle(bundle: Bundle) -> list[Finding]:
    """One finding for all places of the former name."""
    spans = []
    for member in bundle.members:
        transcript = Transcript.of(member)
        start = transcript.text.find(FORMER)
        while start >= 0:
            spans.append(transcript.span(start, start + len(FORMER)))
            start = transcript.text.find(FORMER, start + 1)
    if not spans:
        return []
    first, *others = spans
    return [
        Finding(
            FindingCode.PLUGIN,
            Severity.WARNING,
            rule="former_names.1",
            place=first.place,
            start=first.start,
            end=first.end,
            count=len(spans),
            excerpt=first.text,
            basis=(Basis("本单位机构改革方案", BasisLevel.PRACTICE),),
            details=(
                ("headline", "文中使用了机构改革前的名称"),
                ("ground", "引用旧文件名的除外"),
                ("cure", f"请改为“{PRESENT}”。"),
            ),
            places=tuple(span.place for span in others),
        )
    ]
