"""What is said of a paper is said of its words: places, script, spaces and runs change nothing."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.papers import profile
from core.judging.papers import in_traditional_words
from gongkai.documents.limits import Limits
from gongkai.documents.read import read_bytes
from gongkai.model.bundle import Bundle, Member, Role
from gongkai.model.content import Content
from gongkai.model.reading import EntityKind, LabelScope, Observations, Span
from gongkai.samples.people import bank_card, id_number
from gongkai_classifiers import plugin
from gongkai_classifiers.checksums import credit_check_digit

ID, CARD = id_number("19621103", 27), bank_card(4711)
FIRM = "91640399MA75ABCD1" + credit_check_digit("91640399MA75ABCD1")
HEAD = (
    "示例市民政局文件",
    "示民发〔2026〕12号",
    "关于转发《社会救助公示办法》的通知",
    "各县（区）民政局：",
    "现将《社会救助公示办法》（示省民发〔2026〕3号）转发给你们，请认真贯彻执行。",
)
TELLING = (
    f"村民王建国，身份证号：{ID}，系低保户。",
    f"王建国（视力残疾一级）的银行卡号为{CARD}。",
    "给予李秀英党内严重警告处分，本人电话13900012345。",
    "经核实，李秀英患有尿毒症，1988年7月6日出生。",
    "联系人：李秀英，联系电话：0951-6012345，邮箱：lixy@163.com。",
    "身份证号码：6403**********12，手机：138****1234。",
    "姓名：王建国　病情：尿毒症　残疾等级：二级",
    "家庭住址：示例市示例区青松村2组15号",
    f"𠮷村监督举报电话12345，统一社会信用代码：{FIRM}。",
    "會(huì)議同意將趙永福納入特困供養范圍。",
    "<p>深入学习贯彻有关精神，高效推进江西对口协作方案。</p>",
)
CLOSE = ("示例市民政局", "2026年3月5日", "（此件公开发布）", "抄送：市财政局。")
PAPERS = st.lists(st.sampled_from(TELLING), max_size=4).map(lambda told: (*HEAD, *told, *CLOSE))
COLUMNS = {
    "姓名": ("王建国", "李秀英"),
    "身份证号": (ID, id_number("19880706", 33)),
    "残疾类别": ("肢体残疾", "视力残疾"),
    "备注": ("患尿毒症", ""),
}


def word_file(paragraphs: Sequence[Sequence[str]], cells: Sequence[Sequence[str]] = ()) -> Content:
    """A DOCX of paragraphs given as their runs, with a table of cells behind them, read back."""
    document = Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for number, words in enumerate(runs):
            paragraph.add_run(words).bold = bool(number % 2)
    if cells:
        table = document.add_table(len(cells), len(cells[0]))
        for row, texts in zip(table.rows, cells, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    target = io.BytesIO()
    document.save(target)
    return read_bytes(target.getvalue(), "通知.docx", Limits())


def seen_in(content: Content) -> Observations:
    bundle = Bundle(Member("通知.docx", Role.MAIN, content))
    return plugin.observe(bundle=bundle, profile=profile())


def spans(seen: Observations) -> Iterator[Span]:
    """Every place anything was seen at."""
    parts = (seen.elements, seen.labels, seen.marks, seen.citations, seen.entities, seen.topics)
    found = [item.span for part in parts for item in part]
    found += [trigger.span for trigger in seen.triggers]
    found += [kind.evidence for kind in seen.doc_types]
    found += [span for impression in seen.impressions for span in impression.spans]
    return (span for span in found if span is not None)


def places(seen: Observations) -> list[tuple[str, str, int, int]]:
    """What was seen and exactly where, in words' stead."""
    told = [(f"{e.kind} {e.sub} {e.role} {e.already_masked}", e.span) for e in seen.entities]
    told += [(f"{label.attribute} {label.scope}", label.span) for label in seen.labels]
    told += [(f"citation {c.doc_number}", c.span) for c in seen.citations]
    told += [(str(element.name), element.span) for element in seen.elements]
    return sorted((what, s.place, s.start, s.end) for what, s in told if s is not None)


def gist(seen: Observations) -> dict[str, list[str]]:
    """What was seen, in its words without white space; names of people left out."""
    persons = {EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.ADDRESS}
    return {
        "entities": sorted(
            f"{e.kind} {e.sub} {e.already_masked} {''.join(e.span.text.split())}"
            for e in seen.entities
            if e.kind not in persons and e.kind is not EntityKind.SENSITIVE_FACT
        ),
        "labels": [str(label.attribute) for label in seen.labels if label.scope is LabelScope.OWN],
        "citations": [f"{c.title} {c.doc_number}" for c in seen.citations],
        "elements": sorted(f"{element.name} {element.value}" for element in seen.elements),
    }


@given(PAPERS, st.lists(st.text(max_size=12), max_size=3), st.booleans())
@settings(deadline=None, max_examples=60)
def test_every_span_leads_back_to_the_characters_it_names(
    paper: tuple[str, ...], noise: list[str], mirrored: bool
) -> None:
    kept = ["".join(c for c in words if c.isprintable()) for words in noise]
    lines = [in_traditional_words(line) if mirrored else line for line in (*paper, *kept)]
    table = [list(COLUMNS), *zip(*COLUMNS.values(), strict=True)]
    content = word_file([[line] for line in lines], table)
    texts = {block.place: block.text for block in content.blocks}

    seen = seen_in(content)

    for span in spans(seen):
        assert texts[span.place][span.start : span.end] == span.text


@given(PAPERS)
@settings(deadline=None, max_examples=40)
def test_a_twin_in_traditional_script_is_seen_alike_place_by_place(paper: tuple[str, ...]) -> None:
    table = [list(COLUMNS), *zip(*COLUMNS.values(), strict=True)]
    twin = [[in_traditional_words(text) for text in row] for row in table]

    simplified = seen_in(word_file([[line] for line in paper], table))
    traditional = seen_in(word_file([[in_traditional_words(line)] for line in paper], twin))

    assert places(traditional) == places(simplified)


@given(PAPERS, st.data())
@settings(deadline=None, max_examples=40)
def test_runs_split_anywhere_change_nothing(paper: tuple[str, ...], data: st.DataObject) -> None:
    split = []
    for line in paper:
        cuts = data.draw(st.sets(st.integers(1, max(1, len(line) - 1)), max_size=12))
        edges = [0, *sorted(cut for cut in cuts if cut < len(line)), len(line)]
        split.append([line[start:end] for start, end in pairwise(edges)])

    whole = seen_in(word_file([[line] for line in paper]))
    in_pieces = seen_in(word_file(split))

    assert places(in_pieces) == places(whole)


@given(PAPERS, st.integers(0, 2**32))
@settings(deadline=None, max_examples=40)
def test_spaces_inserted_anywhere_hide_no_number_label_or_citation(
    paper: tuple[str, ...], seed: int
) -> None:
    chance = random.Random(seed)
    spread = [[_LOOSE.sub(lambda c: c[0] + chance.choice(GAPS), line)] for line in paper]

    tight, spaced = seen_in(word_file([[line] for line in paper])), seen_in(word_file(spread))

    assert gist(spaced) == gist(tight)


GAPS = ("", "", "", " ", "\u3000")
_LOOSE = re.compile("(?<![<>/])[^A-Za-z<>](?![<>])")
"""Where a typist may put a space; Latin words and marks of a web page hold together."""
