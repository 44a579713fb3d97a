"""Every finding renders in both languages, asks for one thing, and names whom to ask."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from core.judging.papers import PROFILE, bundle, clicks, notice, the, with_list, workbook
from gongkai.messages import catalogue, speaking
from gongkai.model.attribute import Severity, Stage
from gongkai.model.finding import Basis, BasisLevel, Finding, FindingCode
from gongkai.notices import DETAILS, PARTS, Notice, Voice, together
from gongkai.samples.gbt9704 import OfficialDocument
from gongkai.settings import Contact, Contacts
from gongkai.testing import a_bundle, judged

CONTACTS = Contacts(
    office=Contact(name="李志强", phone="6012345"),
    secrecy_officer=Contact(name="王丽华", phone="6012346"),
    disclosure_office=Contact(name="赵文博", phone="6012347"),
)
VOICE = Voice.about(a_bundle("通知", "名单"), PROFILE, CONTACTS)
LONGEST = {"zh": 40, "en": 90}

DETAILED = {
    "header": "身份证号码",
    "rows": "200",
    "kind": "ID_NUMBER",
    "how": "hidden",
    "why": "unsupported",
    "format": "xls",
    "row": "row-7",
    "elements": "title doc_number",
    "sources": "form:ON_REQUEST annotation:PROACTIVE record:",
    "shown": "property/core.creator link/rId1",
    "values": "主动公开、依申请公开",
    "name": "人员名单.xls",
    "names": "人员名单.xls",
    "title": "关于示例工作的通知",
    "number": "（示人社发〔2026〕1号）",
    "stated": "主动公开",
    "required": "不予公开",
    "known": "不予公开",
    "own": "主动公开",
    "topic": "就业",
    "fields": "姓名、单位",
    "missing": "《人员名单》",
    "components": "classifiers",
    "revisions": "14",
    "comments": "3",
    "headline": "值班表不随文公开",
    "ground": "值班表属于内部事务",
    "cure": "请移出值班表。",
}


def finding(code: FindingCode, severity: Severity = Severity.BLOCK, **details: str) -> Finding:
    return Finding(
        code,
        severity,
        "rule",
        "attachment1/body/p3",
        count=2,
        excerpt="（此件公开发布）",
        basis=PROFILE.basis(str(code)),
        details=tuple(details.items()),
    )


def texts(told: Notice) -> str:
    return "".join((told.headline, told.where, told.ground, told.cure))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", FindingCode)
def test_every_finding_has_words_for_everything_it_knows(code: FindingCode, language: str) -> None:
    with speaking(language):
        for severity in (Severity.BLOCK, Severity.INCOMPLETE, Severity.INFO):
            told = VOICE.notice(finding(code, severity, **DETAILED))

            assert told.headline
            assert told.ground
            assert told.cure
            assert "{" not in texts(told)
            assert "（）" not in texts(told)
            assert len(told.headline) <= LONGEST[language], told.headline


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("variant", ["undecided", "redacted"])
def test_variants_have_words_too(variant: str, language: str) -> None:
    code = {"undecided": FindingCode.LABEL_CONFLICT, "redacted": FindingCode.LABEL_ALIAS}[variant]

    with speaking(language):
        plain = VOICE.notice(finding(code, **DETAILED))
        told = VOICE.notice(finding(code, **DETAILED, variant=variant))

    assert told.headline != plain.headline
    assert told.cure != plain.cure


@pytest.mark.parametrize("code", FindingCode)
def test_a_plugin_that_leaves_details_out_is_told_without_them(code: FindingCode) -> None:
    told = VOICE.notice(Finding(code, Severity.WARNING, "rule"))

    assert told.headline
    assert told.where == ""


def test_every_gap_in_the_messages_is_known_to_the_voice() -> None:
    named = {
        name
        for language in ("zh", "en")
        for key, text in catalogue("findings", language).items()
        for _, name, _, _ in Formatter().parse(text)
        if name and key.partition(".")[2].partition("_")[0] in PARTS
    }
    filled = VOICE._common(finding(FindingCode.TOPIC))

    assert named <= set(filled) | set(DETAILS)


@pytest.mark.parametrize("code", [FindingCode.SECRET_CONTENT, FindingCode.UNREADABLE])
def test_a_message_names_whom_to_call(code: FindingCode) -> None:
    told = VOICE.notice(finding(code, **DETAILED))

    assert re.search("60123(?:45|46)", told.cure)


def test_without_contacts_a_message_still_reads_well() -> None:
    voice = Voice.about(a_bundle("通知"), PROFILE, Contacts())

    told = voice.notice(finding(FindingCode.SECRET_CONTENT))

    assert "会同保密员提出审查意见" in told.cure


def test_practice_is_not_called_a_rule() -> None:
    plain = Finding(FindingCode.PLUGIN, Severity.WARNING, "", details=(("headline", "x"),))
    legal = Finding(
        FindingCode.PLUGIN,
        Severity.WARNING,
        "",
        basis=(Basis("《政府信息公开条例》第十五条", BasisLevel.REGULATION),),
    )

    assert "一般做法" in VOICE.notice(plain).ground
    assert "第十五条" in VOICE.notice(legal).ground


def test_columns_are_named_and_many_places_are_counted() -> None:
    verdict = judged(with_list(workbook(200, "姓名", "身份证号码")))

    where = Voice.about(a_bundle("通知", "名单"), PROFILE, CONTACTS).where(
        the(verdict, FindingCode.PII_ROSTER)
    )

    assert where.endswith("工作表“名单”“身份证号码”列")


def test_many_places_are_the_first_three_and_a_count() -> None:
    spread = Finding(
        FindingCode.HIDDEN_CONTENT,
        Severity.BLOCK,
        "",
        "body/p1",
        count=9,
        places=tuple(f"body/p{n}" for n in range(2, 10)),
    )

    assert VOICE.where(spread) == "正文第1段、正文第2段、正文第3段等9处"


def test_matters_with_one_remedy_are_told_together() -> None:
    verdict = judged(with_list(workbook(20, "姓名", "身份证号码", "联系电话")))
    told = [VOICE.notice(f) for f in verdict.findings if f.code is FindingCode.PII_ROSTER]

    groups = together(told)

    assert [len(group.notices) for group in groups] == [2]
    assert groups[0].first is told[0]


@pytest.mark.parametrize(
    ("paper", "stage", "headlines"),
    [
        pytest.param(
            notice("", number="", date="2026年　月　日"),
            Stage.DRAFT,
            ["尚未选择公开属性"],
            id="a draft is told one quiet line",
        ),
        pytest.param(notice(""), Stage.SUBMITTED, ["未标明公开属性"], id="returned"),
        pytest.param(
            notice(body=("现就有关事项通知如下。", "本人手机：13900001234。")),
            Stage.SUBMITTED,
            ["拟主动公开的内容中有个人电话号码"],
            id="telephone",
        ),
        pytest.param(
            notice(inserted="请", comment="核"),
            Stage.SUBMITTED,
            ["文稿中还有修订1处、批注1条"],
            id="traces of work",
        ),
    ],
)
def test_headlines_say_what_is_asked(
    paper: OfficialDocument, stage: Stage, headlines: list[str]
) -> None:
    verdict = judged(paper, stage=stage)

    told = [VOICE.notice(f).headline for f in verdict.findings if f.code in clicks(verdict)]
    assert told == headlines


def test_a_conflict_says_which_source_says_what() -> None:
    verdict = judged(bundle(notice(), form={"attribute": "依申请公开"}))

    told = VOICE.notice(the(verdict, FindingCode.LABEL_CONFLICT))

    assert told.headline == "公开属性前后不一致：依申请公开、主动公开"
    assert told.ground.startswith("发文稿纸为“依申请公开”、附注为“主动公开”。")
