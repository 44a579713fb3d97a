"""The bench gives plugin authors what a plugin meets in the house."""

from __future__ import annotations

import doctest

import pytest

from gongkai import hookimpl, testing
from gongkai.examined import Examined
from gongkai.model.attribute import Outcome, Stage
from gongkai.model.bundle import Role
from gongkai.model.content import Format, Part
from gongkai.model.reading import Observations, Span, Topic
from gongkai.samples.gbt9704 import OfficialDocument, official_document
from gongkai.testing import (
    a_bundle,
    a_document,
    a_move,
    a_profile,
    a_reading,
    an_event,
    an_official_document,
    examined,
    judged,
)


def test_plain_text_is_a_block_per_line_after_the_name() -> None:
    content = a_document("关于示例的通知\n\n各区县：", name="通知.txt")

    assert [(block.place, block.text) for block in content.blocks] == [
        ("name", "通知.txt"),
        ("line1", "关于示例的通知"),
        ("line2", ""),
        ("line3", "各区县："),
    ]


def test_an_official_document_is_a_real_file_that_was_read() -> None:
    content = an_official_document()

    assert (content.format, content.readable) == (Format.DOCX, True)
    assert content.blocks[0].part is Part.NAME
    assert any("就业补助资金" in block.text for block in content.printed)


def test_a_bundle_numbers_its_attachments() -> None:
    bundle = a_bundle("通知", "附件一", a_document("附件二", name="附件2.txt"), stage=Stage.ISSUED)

    assert [(m.role, m.number, m.name) for m in bundle.members] == [
        (Role.MAIN, 0, "通知.txt"),
        (Role.ATTACHMENT, 1, "通知.txt"),
        (Role.ATTACHMENT, 2, "附件2.txt"),
    ]
    assert bundle.stage is Stage.ISSUED


def test_equal_texts_are_equal_documents_and_others_are_not() -> None:
    assert a_bundle("甲").input_digest == a_bundle("甲").input_digest
    assert a_bundle("甲").input_digest != a_bundle("乙").input_digest


def test_a_reading_carries_what_was_observed() -> None:
    topic = Topic("T01", Span("line1", 0, 1, "甲"))

    reading = a_reading("批复", Observations(topics=(topic,)))

    assert (reading.doc_type.value, reading.topics) == ("批复", (topic,))


def test_the_other_builders_need_only_what_matters() -> None:
    assert a_move("approved").target == "approved"
    assert an_event("judged", case="1").details == (("case", "1"),)
    assert a_profile().id == "national_2019"


def test_a_folder_is_judged_the_whole_way() -> None:
    files = {"通知.docx": official_document(OfficialDocument(annotation="（此件公开发布）"))}

    clean, returned = judged(files), judged()

    assert (clean.outcome, returned.outcome) == (Outcome.CLEAN, Outcome.RETURNED)


def test_a_plugin_speaks_beside_the_built_in_classifiers() -> None:
    class Sees:
        @hookimpl
        def observe(self) -> Observations:
            return Observations(components=("mine@1",))

    found = examined(plugins={"mine": Sees()})

    assert isinstance(found, Examined)
    assert {"mine", "classifiers"} <= {check.name for check in found.checked_by}


def test_a_paper_with_a_secrecy_mark_gets_no_verdict() -> None:
    with pytest.raises(ValueError, match="secrecy mark"):
        judged(OfficialDocument(corner="机密"))


@pytest.mark.parametrize("name", testing.__all__)
def test_what_is_promised_is_there_and_says_what_it_is(name: str) -> None:
    assert getattr(testing, name).__doc__


def test_the_example_in_the_bench_runs() -> None:
    result = doctest.testmod(testing)

    assert (result.failed, result.attempted > 0) == (0, True)
