from __future__ import annotations

import pytest

from classifiers.papers import view
from gongkai_classifiers.forwarding import citations

TO = "各县（区）人社局："


def cited(title: str, sentence: str) -> list[tuple[str, str, str]]:
    return [(c.title, c.doc_number, c.verb) for c in citations(view(title, TO, sentence))]


@pytest.mark.parametrize(
    ("title", "sentence", "expected"),
    [
        pytest.param(
            "关于转发《自治区就业补助办法》的通知",
            "现将《自治区就业补助办法》（宁人社发〔2026〕12号）转发给你们，请遵照执行。",
            [("自治区就业补助办法", "宁人社发〔2026〕12号", "转发")],
            id="title and number",
        ),
        pytest.param(
            "关于转发《自治区厅关于印发〈补助办法〉的通知》的通知",
            "现将《自治区厅关于印发〈补助办法〉的通知》（宁人社发〔2026〕12号）转发你们。",
            [("自治区厅关于印发〈补助办法〉的通知", "宁人社发〔2026〕12号", "转发")],
            id="a forwarded paper that itself issues one",
        ),
        pytest.param(
            "关于转发两个文件的通知",
            "现将《关于甲的通知》（宁发〔2026〕1号）、《关于乙的通知》（宁发〔2026〕2号）一并转发你们。",
            [
                ("关于甲的通知", "宁发〔2026〕1号", "转发"),
                ("关于乙的通知", "宁发〔2026〕2号", "转发"),
            ],
            id="two at once",
        ),
        pytest.param(
            "某市人民政府批转市发展改革委工作意见的通知",
            "市政府同意市发展改革委《关于2026年工作的意见》，现批转给你们，请认真执行。",
            [("关于2026年工作的意见", "", "批转")],
            id="a lower body's paper approved",
        ),
        pytest.param(
            "关于转载自治区政府信息公开办法的通知",
            "自治区近日印发《政府信息公开办法》，现转发给你们。",
            [("政府信息公开办法", "", "转载")],
            id="another verb in the title",
        ),
        pytest.param(
            "关于转发人社部便函的通知",
            "现将人社部便函《关于做好核查工作的函》转发给你们。",
            [("关于做好核查工作的函", "", "转发便函")],
            id="the source is a mere note",
        ),
        pytest.param(
            "某市人社局转发自治区厅关于做好就业工作的通知",
            "现转发给你们，请执行。",
            [("自治区厅关于做好就业工作", "", "转发")],
            id="named in the title only",
        ),
        pytest.param(
            "关于转发《补助办法》的通知",
            "现将《补助办法》照转如下，请遵照执行。",
            [("补助办法", "", "转发")],
            id="a rarer verb",
        ),
        pytest.param(
            "关于转发〈补助办法〉的通知",
            "现将〈补助办法〉（宁人社发(2026)12号）转发给你们。",
            [("补助办法", "宁人社发〔2026〕12号", "转发")],
            id="single quotes outside",
        ),
        pytest.param(
            "關於轉發《補助辦法》的通知",
            "現將《補助辦法》（寧人社發〔2026〕12號）轉發給你們。",
            [("补助办法", "宁人社发〔2026〕12号", "转发")],
            id="traditional script",
        ),
    ],
)
def test_a_forwarded_document_is_cited(
    title: str, sentence: str, expected: list[tuple[str, str, str]]
) -> None:
    assert cited(title, sentence) == expected


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        pytest.param(
            "关于印发《工作规则》的通知",
            "现将《工作规则》印发给你们，请遵照执行。",
            id="one's own paper",
        ),
        pytest.param(
            "关于开展检查的通知",
            "根据《关于转发〈检查办法〉的通知》（宁发〔2026〕1号）要求，现就有关事项通知如下。",
            id="转发 inside a citation",
        ),
        pytest.param(
            "关于印发《关于转发文件的规定》的通知",
            "现将该规定印发给你们。",
            id="转发 inside a title",
        ),
        pytest.param("关于保密的通知", "现要求严禁转发、传播本通知，不得转载。", id="a ban"),
        pytest.param(
            "关于印发《工作规则》的通知",
            "现将《工作规则》印发给你们。请各单位及时转发，网站同时转载。",
            id="told to pass it on",
        ),
    ],
)
def test_mentions_of_forwarding_are_no_citation(title: str, sentence: str) -> None:
    assert cited(title, sentence) == []


def test_the_citation_leads_to_the_quoted_title() -> None:
    paper = view("关于转发《补助办法》的通知", TO, "现将《补助办法》转发给你们。")

    (found,) = citations(paper)

    assert found.span is not None
    assert (found.span.place, found.span.text) == ("line3", "《补助办法》")


@pytest.mark.parametrize(
    "number",
    [
        pytest.param("宁人社发[2026]12号", id="square brackets"),
        pytest.param("宁人社发（2026）12号", id="round brackets"),
        pytest.param("宁人社发【2026】012号", id="zero in front"),
        pytest.param("宁人社发〔202612号", id="a bracket lost"),
        pytest.param("宁人社发„2026‟12号", id="brackets turned to quotes"),
        pytest.param("宁人社发〔2O26〕12号", id="letter O for zero"),
    ],
)
def test_the_number_of_a_citation_is_repaired(number: str) -> None:
    sentence = f"现将《补助办法》（{number}）转发给你们。"

    assert cited("关于转发《补助办法》的通知", sentence) == [
        ("补助办法", "宁人社发〔2026〕12号", "转发")
    ]


@pytest.mark.parametrize("place", range(3, 34))
def test_a_line_break_inside_the_sentence_changes_no_citation(place: int) -> None:
    sentence = "现将《自治区就业补助办法》（宁人社发〔2026〕12号）转发给你们，请遵照执行。"
    paper = view("关于转发有关文件的通知", TO, sentence[:place], sentence[place:])

    found = [(c.title, c.doc_number) for c in citations(paper)]

    assert found == [("自治区就业补助办法", "宁人社发〔2026〕12号")]
