"""Whole invented papers for the judge: notices, lists, letters, and texts hidden in them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping

from gongkai.examined import Examined
from gongkai.judging.brief import Facts
from gongkai.judging.verdict import verdict
from gongkai.model.attribute import DisclosureAttribute, Severity
from gongkai.model.determination import (
    Capacity,
    Determination,
    DeterminationStatus,
    Medium,
    Source,
    SourceStatus,
)
from gongkai.model.finding import Finding, FindingCode
from gongkai.model.verdict import Verdict
from gongkai.policy.profile import load_profile
from gongkai.samples.gbt9704 import OfficialDocument, official_document
from gongkai.samples.people import Person, people
from gongkai.samples.workbook import roster_workbook
from gongkai.script import traditional_to_simplified
from gongkai.settings import Organization
from gongkai.testing import examined

PROACTIVE = DisclosureAttribute.PROACTIVE
ON_REQUEST = DisclosureAttribute.ON_REQUEST
NOT_DISCLOSED = DisclosureAttribute.NOT_DISCLOSED

LIST = "附件：人员名单.xlsx"
OPEN, ASKED, CLOSED = "（此件公开发布）", "（此件依申请公开）", "（此件不公开）"
PROFILE = load_profile("national_2019")
OURS = Organization(
    name="示例市人力资源和社会保障局",
    aliases=("示例市人社局",),
    doc_number_prefixes=("示人社发", "示人社函"),
    party_prefixes=("示人社党组发",),
    superiors=("示例市人民政府", "示例省人力资源和社会保障厅"),
)

SOMEBODY: Person = people(1, seed=7)[0]
PLANTED: Mapping[str, tuple[str, FindingCode]] = {
    "id_number": (f"身份证号码：{SOMEBODY.id_number}", FindingCode.PII_DIRECT),
    "mobile": (f"本人手机：{SOMEBODY.phone}", FindingCode.PII_DIRECT),
    "bank_card": (f"银行卡号：{SOMEBODY.bank_card}", FindingCode.PII_DIRECT),
    "home_address": (f"家庭住址：{SOMEBODY.address}", FindingCode.PII_DIRECT),
    "health": ("申请人王建国患有精神分裂症", FindingCode.PII_SENSITIVE),
}
"""Sensitive words of an invented person and the finding they owe a proactive paper."""

HEADING = {
    "id_number": "身份证号码",
    "mobile": "手机号码",
    "bank_card": "银行账号",
    "home_address": "家庭住址",
    "health": "健康状况",
}


def notice(annotation: str = OPEN, **changes: object) -> OfficialDocument:
    """A clean 通知 under a label, with changes."""
    return OfficialDocument(annotation=annotation, **changes)  # type: ignore[arg-type]


def bundle(
    main: OfficialDocument | bytes | None = None,
    attachments: Mapping[str, bytes] | None = None,
    form: Mapping[str, object] | None = None,
    name: str = "通知.docx",
) -> dict[str, bytes]:
    """The files of one document's folder; the main paper lists its attachments."""
    if not isinstance(main, bytes):
        paper = main or notice()
        main = official_document(paper)
    files = {name: main, **(attachments or {})}
    if form is not None:
        files["稿纸.json"] = json.dumps(form, ensure_ascii=False).encode()
    return files


def with_list(
    data: bytes, name: str = "附件：人员名单.xlsx", **changes: object
) -> dict[str, bytes]:
    """A clean notice with one attachment."""
    return bundle(notice(attachment_note=("人员名单",), **changes), {name: data})


def workbook(count: int, *columns: str, **more: object) -> bytes:
    """A roster of invented people."""
    return roster_workbook(people(count), columns, **more)  # type: ignore[arg-type]


def codes(found: Verdict) -> list[FindingCode]:
    """The codes of a verdict, gravest first."""
    return [finding.code for finding in found.findings]


def clicks(found: Verdict) -> list[FindingCode]:
    """What somebody has to click away."""
    asked = {Severity.WARNING, Severity.BLOCK, Severity.RETURN, Severity.INCOMPLETE}
    return [finding.code for finding in found.findings if finding.severity in asked]


def the(judgement: Verdict, code: FindingCode) -> Finding:
    """The one finding with a code."""
    found = [finding for finding in judgement.findings if finding.code is code]
    assert len(found) == 1, codes(judgement)
    return found[0]


def identity(files: OfficialDocument | Mapping[str, bytes], code: FindingCode) -> str:
    """The key of the one finding with a code, hashed by nothing, so that keys compare."""
    found = examined(files)
    assert isinstance(found, Examined)
    return the(verdict(found, Facts(sources=found.sources), PROFILE, OURS, str), code).key


def in_traditional(data: bytes) -> bytes:
    """A DOCX or XLSX with every word of every part in traditional script."""
    target = io.BytesIO()
    table = _traditional()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as result,
    ):
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.endswith(".xml"):
                content = content.decode("utf-8").translate(table).encode("utf-8")
            result.writestr(entry, content)
    return target.getvalue()


def in_traditional_words(text: str) -> str:
    """Words in traditional script."""
    return text.translate(_traditional())


def _traditional() -> dict[int, int]:
    return {simple: full for full, simple in reversed(traditional_to_simplified().items())}


def replaced(data: bytes, words: Mapping[str, str]) -> bytes:
    """A package with words replaced in every part, packages inside it included."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as result,
    ):
        for entry in source.infolist():
            content = source.read(entry)
            if content.startswith(b"PK\x03\x04"):
                content = replaced(content, words)
            result.writestr(entry, _swapped(content, words))
        result.comment = _swapped(source.comment, words)
    return target.getvalue()


def _swapped(data: bytes, words: Mapping[str, str]) -> bytes:
    if data.startswith(b"PK\x03\x04"):
        return data
    for old, new in words.items():
        data = data.replace(old.encode(), new.encode())
    return data


def a_source(
    attribute: DisclosureAttribute | None,
    *,
    title: str = "关于做好就业补助资金使用管理工作的通知",
    number: str = "示省人社发〔2026〕9号",
    published: str = "",
    consent: str = "",
    issuer: str = "示例省人力资源和社会保障厅",
) -> Source:
    """A recorded paper of another body."""
    status = SourceStatus.LABELLED if attribute else SourceStatus.UNLABELLED
    return Source(
        "S1", title, number, issuer, "2026-02-01", status, attribute, "", published, consent
    )


def recorded(
    attribute: DisclosureAttribute, reason: str = "", basis: str = "", fingerprint: str = ""
) -> Determination:
    """A determination on record."""
    return Determination(
        attribute,
        fingerprint,
        "张晓明示例",
        "2026-03-05",
        Capacity.SIGNING,
        Medium.PAPER,
        "王丽华示例",
        "2026-03-05T10:00:00+08:00",
        DeterminationStatus.DETERMINED,
        reason,
        basis,
    )
