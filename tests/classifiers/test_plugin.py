from __future__ import annotations

import pickle

import pluggy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.papers import content, profile
from gongkai import hookspecs
from gongkai.model.bundle import Bundle, Member, Role
from gongkai_classifiers import plugin
from gongkai_classifiers.language import COMPONENTS


def bundle() -> Bundle:
    main = content(
        "关于转发《补助办法》的通知",
        "各县（区）人社局：",
        "现将《补助办法》（宁人社发〔2026〕1号）转发给你们。",
        "中卫市人力资源和社会保障局",
        "2026年3月12日",
        "（此件公开发布）",
    )
    return Bundle(Member("正文.txt", Role.MAIN, main))


def test_the_classifiers_answer_the_observe_hook() -> None:
    manager = pluggy.PluginManager("gongkai")
    manager.add_hookspecs(hookspecs)
    manager.register(plugin, name="classifiers")

    (seen,) = manager.hook.observe(bundle=bundle(), profile=profile())

    assert seen.components == COMPONENTS
    assert [kind.value for kind in seen.doc_types] == ["通知"]
    assert [citation.doc_number for citation in seen.citations] == ["宁人社发〔2026〕1号"]


def test_observing_twice_gives_the_same() -> None:
    first = plugin.observe(bundle=bundle(), profile=profile())
    second = plugin.observe(bundle=bundle(), profile=profile())

    assert first == second


def test_what_was_seen_travels_between_processes() -> None:
    seen = plugin.observe(bundle=bundle(), profile=profile())

    assert pickle.loads(pickle.dumps(seen)) == seen


PIECES = st.sampled_from(
    [
        "关于转发《补助办法》的通知",
        "卫人社发〔2026〕 号",
        "各县（区）人社局：",
        "现将《补助办法》（宁发〔2026〕1号）转发给你们。",
        "2026年 月 日",
        "中卫市人力资源和社会保障局",
        "（此件公开发布）",
        "公开方式：主动公开 | 公开时限",
        "關(guān)于印發(fā)《辦法》的通知",
        "<p>附件1</p><p>名單</p>",
        "内部事项",
        "附件：1. 办法",
        "抄送：市委办。",
        "?。ù思_(kāi)發(fā)布)",
        "\u3000 \u200b",
        "𠮷公开属性：",
        "《〔（",
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=12))
@settings(deadline=None, max_examples=60)
def test_every_span_leads_back_to_the_words_it_names(lines: list[str]) -> None:
    main = content(*(" ".join(line.splitlines()) for line in lines))
    paper = Bundle(Member("正文.txt", Role.MAIN, main))
    blocks = {block.place: block.text for block in main.blocks}

    seen = plugin.observe(bundle=paper, profile=profile())

    spans = [item.span for part in (seen.elements, seen.labels, seen.marks) for item in part]
    spans += [citation.span for citation in seen.citations]
    spans += [kind.evidence for kind in seen.doc_types]
    for span in spans:
        if span is not None:
            assert blocks[span.place][span.start : span.end] == span.text


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("1" * 150 + "x", id="digits"),
        pytest.param("你提" * 20_000, id="openings of a reply that never comes"),
        pytest.param("《" * 20_000, id="quotes never closed"),
        pytest.param("现将" * 20_000, id="announcements of nothing"),
        pytest.param("（" * 20_000 + "此件", id="brackets"),
        pytest.param("公开方式：" * 10_000, id="fields without values"),
        pytest.param("转发" * 20_000, id="forwarding of nothing"),
    ],
)
def test_a_hostile_line_is_got_through(line: str) -> None:
    paper = Bundle(Member("正文.txt", Role.MAIN, content(line, line)))

    seen = plugin.observe(bundle=paper, profile=profile())

    assert seen.components == COMPONENTS
