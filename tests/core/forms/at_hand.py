"""Invented papers, in their plainest form and with much on them."""

from __future__ import annotations

from gongkai.forms.papers import (
    CheckSheet,
    Consent,
    Ledger,
    LedgerEntry,
    LeftMatter,
    Matter,
    Paper,
    Referral,
    ReturnNotice,
    ReviewForm,
    ReviewStep,
    Signature,
    Trail,
    TrailMove,
)

OFFICE = "示例市人力资源和社会保障局"
TITLE = "关于印发《示例市就业补助资金管理办法》的通知"
LONG_TITLE = (
    "关于转发《示例省人力资源和社会保障厅　示例省财政厅关于进一步加强和规范全省各级各类就业补助"
    "资金使用管理监督检查以及绩效评价有关工作的通知》并做好本地区贯彻落实有关工作的通知"
)
LAW = "《中华人民共和国政府信息公开条例》第十五条"
FINGERPRINT = "9f2c 41d7 0b6e"


def return_notice(matters: int = 2, title: str = TITLE, hints: int = 1) -> ReturnNotice:
    return ReturnNotice(
        number="2026-退-018",
        round=1,
        title=title,
        office=OFFICE,
        section="就业促进科",
        drafter="张晓明示例",
        urgency="加急",
        submitted_at="2026-11-21T09:05:00+08:00",
        returned_at="2026-11-21T10:32:00+08:00",
        matters=tuple(_matter(number) for number in range(matters)),
        hints=tuple(f"文稿中还有批注{number}条，定稿前请清稿" for number in range(1, hints + 1)),
        hint_count=hints,
        checked="正文、附件1",
        unchecked="附件2《培训机构汇总表》（扫描件）",
        checker="办公室李芳示例",
        phone="0000-0000000",
    )


def _matter(number: int) -> Matter:
    if number % 2 == 0:
        return Matter(
            "请选定公开属性",
            "正文附注、发文稿纸",
            "《示例市人社系统政府信息公开属性源头认定制度》第四条",
            "从主动公开、依申请公开、不公开中选定一种，拟不公开的同时写明理由和依据。",
        )
    return Matter(
        "附件中有个人信息，请删去",
        "附件1“身份证号码”“联系电话”两列，共126行",
        LAW + "；《中华人民共和国个人信息保护法》第二十五条",
        "删去这两列；需要区分同名人员的改用序号或者只留证件号码后四位。",
    )


def check_sheet(left: int = 0, signed: bool = False, title: str = TITLE) -> CheckSheet:
    boxes = (
        {
            "drafted": Signature("张晓明示例", "拟主动公开。", "2026-11-20"),
            "headed": Signature("王强示例", "同意。", "2026-11-20", on_paper=True),
            "reviewed": Signature(
                "赵敏示例", "经审查，可以公开。", "2026-11-21", for_whom="孙伟示例"
            ),
        }
        if signed
        else {}
    )
    return CheckSheet(
        title=title,
        number="2026-017",
        office=OFFICE,
        doc_kind="通知",
        urgency="平急",
        section="就业促进科",
        drafter="张晓明示例",
        attribute="主动公开",
        reason="涉及公民、法人切身利益，需要社会公众广泛知晓",
        basis="《中华人民共和国政府信息公开条例》第十九条",
        secrecy="经拟稿人确认，不属于保密事项",
        advice="主动公开",
        confidence="较大",
        ground="第2页“二、补贴标准”涉及参保人员切身利益（《政府信息公开条例》第十九条）。",
        outcome="未发现需要处理的问题" if not left else f"保留{left}项，均有人工意见",
        left=tuple(_left(number) for number in range(left)),
        checked="正文、附件1、附件2，共36页",
        checked_at="2026-11-21T10:32:00+08:00",
        fingerprint=FINGERPRINT,
        **boxes,
    )


def _left(number: int) -> LeftMatter:
    return LeftMatter(
        "内容中有单位联系电话",
        f"正文第{number + 1}页第3段",
        "不需处理",
        "李芳示例",
        "为便民服务热线，按照办事指南的要求公开",
    )


def review_form(full: bool = False, title: str = TITLE) -> ReviewForm:
    form = ReviewForm(
        title=title,
        number="2026-017",
        office=OFFICE,
        unit="就业促进科",
        made_on="2026-11-18",
        submitted_on="2026-11-21",
        attribute="主动公开",
        channel="政府网站、政府公报",
        secret_matter="否",
        confirmed="否",
        fingerprint=FINGERPRINT,
    )
    if not full:
        return form
    step = ReviewStep(
        "OPEN",
        "《中华人民共和国政府信息公开条例》第十九条、第二十条",
        "属于就业扶持政策，不涉及国家秘密、商业秘密和个人隐私",
        "王强示例",
        "2026-11-21",
        on_paper=True,
    )
    return ReviewForm(
        **{
            **{name: getattr(form, name) for name in form.__dataclass_fields__},
            "initial": step,
            "examined": step,
            "secrecy": step,
            "approval": step,
            "consents": (
                Consent("示例市财政局", "同意公开", "复函示财函〔2026〕9号", "2026-11-22"),
                Consent("示例市教育局", "同意公开", "会签页", "2026-11-22"),
            ),
            "referrals": (
                Referral(
                    "示例省人力资源和社会保障厅",
                    "第三部分能否公开",
                    "2026-11-23",
                    "可以公开",
                    "2026-11-27",
                    "示人社函〔2026〕31号",
                ),
            ),
            "result": "同意主动公开",
        }
    )


def ledger(entries: int = 3) -> Ledger:
    return Ledger(
        period="2026年第四季度",
        office=OFFICE,
        custodian="周静示例",
        printed_at="2026-12-31",
        entries=tuple(_entry(number) for number in range(1, entries + 1)),
        foot="登记链第1286行，检查点2026-12-31，摘要 9f2c41d70b6e…",
    )


def _entry(number: int) -> LedgerEntry:
    return LedgerEntry(
        serial=f"2026-{number:03}",
        name=TITLE if number % 3 else LONG_TITLE,
        index=f"SL001-0202-2026-{number:05}",
        doc_number=f"示人社发〔2026〕{number}号",
        made_on="2026-11-21",
        subject="就业扶持政策",
        summary="规范就业补助资金的申请、审核、公示和监督检查，明确各单位职责。",
        attribute="主动公开",
        disclosed_on="2026-11-25",
        channel="政府网站",
        audience="社会公众",
        opinion="同意公开",
        approval="示人社公开组〔2026〕4号",
        cancelled="重复登记，2026年12月1日" if number == 2 else "",
    )


def trail(moves: int = 6) -> Trail:
    return Trail(
        number="2026-017",
        title=TITLE,
        office=OFFICE,
        doc_number="示人社发〔2026〕12号",
        section="就业促进科",
        drafter="张晓明示例",
        attribute="主动公开",
        opened_at="2026-11-18T15:20:00+08:00",
        state="已登记",
        printed_at="2026-12-31",
        moves=tuple(_move(number) for number in range(moves)),
        foot="登记链第1286行，检查点2026-12-31，摘要 9f2c41d70b6e…",
    )


def _move(number: int) -> TrailMove:
    return TrailMove(
        time=f"2026-11-{18 + number % 10:02}T15:{number % 60:02}:00+08:00",
        act="提出公开属性" if number % 2 else "科室审核",
        person="张晓明示例" if number % 2 else "王强示例",
        capacity="拟稿人" if number % 2 else "科室负责人",
        medium="系统" if number % 2 else "纸质签批",
        opinion="拟主动公开" if number % 2 else "同意主动公开，请办公室核对",
        reason="涉及公民、法人切身利益",
        basis="《中华人民共和国政府信息公开条例》第十九条",
    )


PLAIN: tuple[Paper, ...] = (return_notice(), check_sheet(), review_form(), ledger(), trail())
FULL: tuple[Paper, ...] = (
    return_notice(24, LONG_TITLE, 4),
    check_sheet(18, signed=True, title=LONG_TITLE),
    review_form(full=True, title=LONG_TITLE),
    ledger(40),
    trail(30),
)
