from __future__ import annotations

import pickle

import pluggy

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
