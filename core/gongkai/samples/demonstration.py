"""The invented papers of ``gongkai demo``: real files, nobody in them exists."""

from __future__ import annotations

from gongkai.samples.gbt9704 import OfficialDocument, official_document
from gongkai.samples.pdf import Sheet, build_pdf, lines_of
from gongkai.samples.people import people
from gongkai.samples.workbook import roster_workbook

ORGANIZATION = "示例市人力资源和社会保障局"
SUPERIOR = "示例省人力资源和社会保障厅"
CONTACTS = {"office": "李示例", "secrecy_officer": "赵示例", "disclosure_office": "李示例"}
DRAFTER, HEAD, LEADER = "张示例", "钱示例", "孙示例"
PEOPLE = {
    DRAFTER: "drafter",
    HEAD: "section_head",
    CONTACTS["secrecy_officer"]: "secrecy_officer",
    LEADER: "leader_in_charge",
}
"""Those without an account here: they sign on paper, the office records it."""
RESOLUTION = "示政公领〔2026〕1号"
RESOLVED = ("--scope", "就业补贴发放结果", "--date")
SECTION = "就业促进科"
KEEPER = "示例市档案馆"
OPINION = "补贴发放结果应当让公众知晓，名单只列姓名和金额，不含涉密内容"
PHONE = "0955-7012300"
ALL_COLUMNS = ("姓名", "身份证号码", "联系电话", "补助金额（元）")
OPEN_COLUMNS = ("姓名", "补助金额（元）")
SOURCE_TITLE = "关于做好2026年职业技能培训资金管理工作的通知"
REASON = "所转发文件为依申请公开"
BASIS = "《政府信息公开条例》第十条"
SOURCE_NUMBER = "示人社厅发〔2026〕8号"


def draft() -> bytes:
    """Half a page, no label, no date: a paper nobody is finished with."""
    return official_document(
        OfficialDocument(
            title="关于开展2026年劳动用工检查的通知",
            issuer=ORGANIZATION,
            red_head=False,
            number="",
            body=("为规范劳动用工秩序，现就开展检查有关事项通知如下。", "一、检查范围"),
            signature="",
            date="",
            copies_to="",
            printer="",
        )
    )


def subsidy_notice() -> bytes:
    """A public list with an annex, ready but for its label."""
    return official_document(
        OfficialDocument(
            title="关于2026年第一批一次性就业补贴人员名单的公示",
            issuer=ORGANIZATION,
            red_head=False,
            number="",
            recipients="",
            body=(
                "根据一次性就业补贴申领办法，经个人申请、科室审核，拟对200名毕业两年内在本市就业"
                "的高校毕业生发放补贴，现予公示。",
                "公示期5个工作日，自2026年3月9日至3月13日。对公示内容有异议的，请在公示期内反映。",
                "监督电话：0955-7012345。",
            ),
            attachment_note=("第一批一次性就业补贴人员名单",),
            date="2026年　月　日",
            copies_to="",
            printer="",
        )
    )


def roster(columns: tuple[str, ...]) -> bytes:
    """The annex of the list: 200 invented people under the given columns."""
    return roster_workbook(people(200, 2026), columns)


def public_notice_pdf() -> bytes:
    """A public notice as PDF that names one person's telephone."""
    (somebody,) = people(1, 7)
    return build_pdf(
        (
            Sheet(
                lines_of(
                    "示例市人力资源和社会保障局\n"
                    "关于调整失业保险金标准的公告\n"
                    "为保障失业人员基本生活，现将失业保险金标准调整有关事项公告如下。\n"
                    "自2026年1月1日起，失业保险金标准调整为每月1800元。\n"
                    f"参保人员{somebody.name}（手机{somebody.phone}）已按新标准领取。\n"
                    "示例市人力资源和社会保障局\n"
                    "2026年3月5日\n"
                    "（此件公开发布）"
                )
            ),
        )
    )


def forwarding_notice(annotation: str) -> bytes:
    """A notice that forwards a paper of the superior, with the given label."""
    return official_document(
        OfficialDocument(
            title=f"转发《{SOURCE_TITLE}》的通知",
            issuer=ORGANIZATION,
            body=(
                f"现将{SUPERIOR}《{SOURCE_TITLE}》（{SOURCE_NUMBER}）转发给你们，请认真贯彻执行。",
            ),
            annotation=annotation,
        )
    )


def old_word_file() -> bytes:
    """The beginning of a .doc of 1997: known by its bytes, not read."""
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2040)
