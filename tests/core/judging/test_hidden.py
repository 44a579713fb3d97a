"""What hides words stops a proactive paper; what every file carries does not."""

from __future__ import annotations

import pytest

from core.documents.word_files import alternate, p, r, root, text_box, vml_box, word_file
from core.judging.papers import OPEN, bundle, codes, identity, notice, the, with_list, workbook
from gongkai.model.attribute import Outcome, Severity, Stage
from gongkai.model.finding import FindingCode
from gongkai.samples.pdf import Box, Picture, Sheet, Text, build_pdf, lines_of
from gongkai.testing import judged

LINES = (
    "关于规范就业补助资金管理的通知",
    "各区、县人力资源和社会保障局：",
    "现就有关事项通知如下。各地要认真组织实施。",
    "示例市人力资源和社会保障局",
    "2026年3月5日",
    OPEN,
)
SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rIdH1"/>'
    '<w:headerReference w:type="even" r:id="rIdH2"/></w:sectPr>'
)
BEGIN, SEPARATE, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)


def letter(*extra: str, **more: object) -> dict[str, bytes]:
    body = "".join(p(r(line)) for line in LINES) + "".join(extra)
    return bundle(word_file(body, **more))  # type: ignore[arg-type]


def field(code: str) -> str:
    return p(BEGIN, f"<w:r><w:instrText>{code}</w:instrText></w:r>", SEPARATE, r("见"), END)


def with_headers(even: str) -> dict[str, bytes]:
    headers = {"word/header1.xml": root("hdr", p(r("—1—"))), "word/header2.xml": root("hdr", even)}
    links = (("rIdH1", "header", "header1.xml"), ("rIdH2", "header", "header2.xml"))
    return letter(SECTION, parts=headers, links=links)


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            letter(field(' TOC \\o "1-3" \\h \\z \\t "标题 1,1,标题 2,2" ')), id="contents"
        ),
        pytest.param(letter(field(" PAGEREF _Toc123456789 \\h ")), id="page reference"),
        pytest.param(
            letter(field(' HYPERLINK "https://www.example.gov.cn/t20250922_101586.html" ')),
            id="link with a long number",
        ),
        pytest.param(letter(field(" SEQ 图表 \\* ARABIC ")), id="caption number"),
        pytest.param(letter(field(' STYLEREF "标题 1 公文" ')), id="style reference"),
        pytest.param(letter(field(' DATE \\@ "yyyy年M月d日" ')), id="date"),
        pytest.param(letter(field(" MERGEFIELD 单位名称 ")), id="merge field"),
        pytest.param(with_headers(p(r("—2—"))), id="page number of a header not printed"),
        pytest.param(with_headers(p()), id="empty header not printed"),
        pytest.param(
            letter(
                p(
                    "<w:r>",
                    alternate(text_box(p(r("附图说明文字"))), vml_box(p(r("附图说明文字")))),
                    "</w:r>",
                )
            ),
            id="fallback that says the same",
        ),
        pytest.param(
            letter(p("<w:r>", text_box(p(r("图")), frame='descr="就业服务流程示意图"'), "</w:r>")),
            id="alternative text without personal data",
        ),
        pytest.param(
            letter(
                parts={
                    "word/glossary/document.xml": root(
                        "glossaryDocument", p(r("单击或点击此处输入文字。"))
                    )
                },
                links=(("rIdGl", "glossaryDocument", "glossary/document.xml"),),
            ),
            id="prompt of a control",
        ),
        pytest.param(letter(p(r("", "<w:vanish/>")), p(r("。", "<w:vanish/>"))), id="no words"),
        pytest.param(with_list(workbook(2, "补助金额（元）")), id="plain workbook"),
    ],
)
def test_what_every_file_carries_is_no_hidden_content(files: dict[str, bytes]) -> None:
    verdict = judged(files)

    assert FindingCode.HIDDEN_CONTENT not in codes(verdict)
    assert verdict.outcome is Outcome.CLEAN


@pytest.mark.parametrize(
    ("files", "how"),
    [
        pytest.param(letter(p(r("请注意内部掌握", "<w:vanish/>"))), "hidden", id="vanished text"),
        pytest.param(
            letter(p(r("请注意内部掌握", '<w:color w:val="FFFFFF"/>'))), "white", id="white text"
        ),
        pytest.param(letter(p(r("请注意内部掌握", '<w:sz w:val="2"/>'))), "tiny", id="tiny text"),
        pytest.param(
            with_headers(p(r("内部掌握的办理口径"))),
            "unprinted",
            id="words in a header not printed",
        ),
        pytest.param(
            letter(
                p(
                    "<w:r>",
                    alternate(text_box(p(r("附图"))), vml_box(p(r("旧稿里的另一段话")))),
                    "</w:r>",
                )
            ),
            "fallback",
            id="fallback that says something else",
        ),
        pytest.param(
            letter(field(' QUOTE "内部掌握的办理口径" ')), "carried", id="field that holds words"
        ),
        pytest.param(
            letter(field(f' HYPERLINK "x" \\o "{"内部掌握的办理口径" * 5}" ')),
            "carried",
            id="link with a hidden passage",
        ),
        pytest.param(
            letter(parts={"customXml/item9.xml": "<x>内部掌握的办理口径</x>"}),
            "carried",
            id="custom data",
        ),
        pytest.param(
            letter(comment="内部掌握的办理口径".encode()), "carried", id="archive comment"
        ),
    ],
)
def test_words_no_page_shows_block(files: dict[str, bytes], how: str) -> None:
    finding = the(judged(files), FindingCode.HIDDEN_CONTENT)

    assert finding.severity is Severity.BLOCK
    assert finding.detail("how") == how


def test_each_way_of_hiding_is_one_matter_of_a_file() -> None:
    rows = "".join(p(r(f"内部口径第{n}条", "<w:vanish/>")) for n in range(30))

    finding = the(judged(letter(rows)), FindingCode.HIDDEN_CONTENT)

    assert finding.count == 30


def test_covered_words_are_one_matter_per_file() -> None:
    """SEC-17: covered is not taken out."""
    page = Sheet((Text(80, 700, "资金安排"), Text(80, 600, "预留一百万元"), Box(70, 590, 300, 30)))

    verdict = judged(with_list(build_pdf([page]), "附件：人员名单.pdf"))

    assert the(verdict, FindingCode.REDACTION_REVERSIBLE).severity is Severity.BLOCK
    assert the(verdict, FindingCode.REDACTION_REVERSIBLE).count == 1


def test_a_box_beside_the_words_covers_nothing() -> None:
    page = Sheet((Text(80, 700, "资金安排"), Box(70, 500, 300, 30)))

    verdict = judged(with_list(build_pdf([page]), "附件：人员名单.pdf"))

    assert FindingCode.REDACTION_REVERSIBLE not in codes(verdict)


def test_the_layer_of_a_scan_is_unread_not_hidden() -> None:
    words = tuple(
        Text(line.x, line.y, line.text, invisible=True)
        for line in lines_of("资金安排表\n培训补贴按月拨付\n各区县财政局负责\n资金使用情况按季公布")
    )
    scan = build_pdf([Sheet((Picture(0, 0, 595, 842), *words))])

    verdict = judged(with_list(scan, "附件：人员名单.pdf"))

    assert {FindingCode.OCR_TEXT, FindingCode.UNREADABLE} <= set(codes(verdict))
    assert FindingCode.HIDDEN_CONTENT not in codes(verdict)


def test_a_picture_among_the_text_is_looked_at_by_somebody() -> None:
    page = Sheet((Text(80, 700, "资金安排表"), Picture(80, 300, 300, 300)))

    verdict = judged(with_list(build_pdf([page]), "附件：人员名单.pdf"))

    assert the(verdict, FindingCode.IMAGE_UNREAD).severity is Severity.WARNING
    assert FindingCode.UNREADABLE not in codes(verdict)


def test_links_to_the_web_are_no_metadata_and_paths_on_a_share_are() -> None:
    web = letter(links=(("rIdL", "hyperlink", "https://www.example.gov.cn/1.html"),))
    share = letter(links=(("rIdL", "attachedTemplate", "file:///D:/公文/模板.dotx"),))

    open_, closed = (judged(files, stage=Stage.PUBLIC) for files in (web, share))

    assert FindingCode.METADATA_LEAK not in codes(open_)
    assert the(closed, FindingCode.METADATA_LEAK).place == "link/rIdL"


def test_more_changes_are_another_matter() -> None:
    papers = [bundle(notice(comment=words)) for words in ("请核对", "请再核对")]

    keys = {identity(files, FindingCode.REVISIONS) for files in papers}

    assert len(keys) == 2
