"""The flow of one bundle: stopped before anything else, observed by all, judged once."""

from __future__ import annotations

import hashlib
import json
import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from core.judging.papers import (
    NOT_DISCLOSED,
    OPEN,
    OURS,
    PROACTIVE,
    PROFILE,
    a_source,
    bundle,
    codes,
    notice,
    recorded,
    the,
    with_list,
    workbook,
)
from gongkai import hookimpl
from gongkai.examined import Examined, Request, Stopped
from gongkai.judging.brief import Facts
from gongkai.judging.verdict import scope_reason, verdict
from gongkai.model.attribute import Outcome, Stage
from gongkai.model.bundle import Role
from gongkai.model.content import Block, Content, Format, Part
from gongkai.model.finding import FindingCode
from gongkai.model.reading import (
    DocType,
    Element,
    ElementName,
    Label,
    LabelScope,
    LabelSource,
    Observations,
    Reading,
)
from gongkai.model.verdict import Mode
from gongkai.pipeline import Examination, merge
from gongkai.policy.decision import SourceFact
from gongkai.report import stopped_object
from gongkai.samples.gbt9704 import OfficialDocument, SampleAttachment, official_document
from gongkai.settings import Organization
from gongkai.testing import a_bundle, a_reading, examined, judged

LEVEL = "机密"
SECRETIVE = "关于甲项目保障工作的通知"
FORWARDED = (
    "现将《示例省人力资源和社会保障厅关于做好就业补助资金使用管理工作的通知》"
    "（示省人社发〔2026〕9号）转发给你们，请认真贯彻执行。"
)
FORWARDING = OfficialDocument(
    title="转发示例省人力资源和社会保障厅关于做好就业补助资金使用管理工作的通知",
    body=(FORWARDED,),
    annotation=OPEN,
)


def known(given: object, **more: object) -> Examined:
    found = examined(given, **more)  # type: ignore[arg-type]
    assert isinstance(found, Examined)
    return found


@pytest.mark.parametrize(
    ("files", "where"),
    [
        pytest.param(bundle(notice(corner=LEVEL, title=SECRETIVE)), "通知.docx", id="first page"),
        pytest.param(
            bundle(notice(page_header=LEVEL, title=SECRETIVE)), "通知.docx", id="page header"
        ),
        pytest.param(
            with_list(
                official_document(notice(corner=LEVEL, title=SECRETIVE)), "附件：人员名单.docx"
            ),
            "附件：人员名单.docx",
            id="attached file",
        ),
        pytest.param(
            bundle(official_document(notice(title=SECRETIVE)), name=f"（{LEVEL}）通知.docx"),
            f"（{LEVEL}）通知.docx",
            id="file name",
        ),
        pytest.param(
            bundle(notice(title=SECRETIVE), form={"is_secret_matter": True}),
            "通知.docx",
            id="issue form",
        ),
    ],
)
@pytest.mark.parametrize("stage", list(Stage))
def test_a_secrecy_mark_stops_the_bundle_and_leaves_no_text(
    files: dict[str, bytes], where: str, stage: Stage
) -> None:
    stopped = examined(files, stage=stage)

    assert isinstance(stopped, Stopped)
    assert {path.rpartition("/")[2] for path, _ in stopped.marks} == {where}
    assert "甲项目" not in repr(stopped) + pickle.dumps(stopped).decode("utf-8", "replace")
    assert where not in str(stopped_object(stopped))


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            bundle(notice(body=("要保守国家秘密，机密文件按规定管理。",))), id="words in prose"
        ),
        pytest.param(bundle(notice(corner="特急")), id="urgency in the corner"),
        pytest.param(bundle(notice(corner="密级：")), id="empty field"),
    ],
)
def test_words_about_secrecy_stop_nothing(files: dict[str, bytes]) -> None:
    assert isinstance(examined(files), Examined)


def test_released_files_pass_and_others_do_not() -> None:
    files = bundle(notice(corner=LEVEL, title=SECRETIVE))
    digest = hashlib.sha256(files["通知.docx"]).hexdigest()

    assert isinstance(examined(files, released=frozenset({digest})), Examined)
    assert isinstance(examined(files, released=frozenset({"0" * 64})), Stopped)


def test_a_released_paper_is_not_stopped_again_by_its_form() -> None:
    files = bundle(notice(), form={"is_secret_matter": True, "attribute": "主动公开"})
    digest = hashlib.sha256(files["通知.docx"]).hexdigest()

    assert isinstance(examined(files, released=frozenset({digest})), Examined)


def test_a_folder_becomes_main_file_attachments_and_references() -> None:
    files = {
        **with_list(workbook(3, "补助金额（元）")),
        "起草说明.docx": official_document(notice("")),
    }

    found = known(files)

    assert [(f.role, f.number) for f in found.files] == [(Role.MAIN, 0), (Role.ATTACHMENT, 1)]
    assert found.bundle.references == ("起草说明.docx",)


def test_an_issue_form_nobody_understands_leaves_the_check_incomplete() -> None:
    files = {**bundle(notice()), "稿纸.json": b'{"attribute": 7}'}

    told = judged(files)

    assert the(told, FindingCode.CHECK_INCOMPLETE).detail("components") == "稿纸.json"


class ReadsHtml:
    """Reads a web page, carelessly: wrong hash, the name told twice, perhaps no words."""

    def __init__(self, *lines: str) -> None:
        self._lines = lines

    @hookimpl
    def read_content(self, name: str, format: Format) -> Content | None:
        words = (Block(f"line{n}", Part.BODY, line) for n, line in enumerate(self._lines, 1))
        return Content("", format, (Block("name", Part.NAME, name), *words))


class Raises:
    @hookimpl
    def read_content(self, data: bytes) -> Content:
        raise ValueError(data)


PAGE = b"<!DOCTYPE html><html><body>x</body></html>"


def test_a_plugin_that_read_a_file_is_among_those_who_looked() -> None:
    found = known({"通知.html": PAGE}, plugins={"pages": ReadsHtml("关于示例的通知")})

    content = found.bundle.main.content
    assert ("pages", True) in [(check.name, check.ran) for check in found.checked_by]
    assert [block.place for block in content.blocks] == ["name", "line1"]
    assert found.files[0].sha256 == content.sha256 == hashlib.sha256(PAGE).hexdigest()


def test_a_plugin_that_finds_no_words_in_a_file_has_not_read_it() -> None:
    found = known({"通知.html": PAGE}, plugins={"pages": ReadsHtml()})

    assert not found.bundle.main.content.readable


def test_a_plugin_that_fails_to_read_is_named_and_the_file_is_not_checked() -> None:
    found = known({"通知.html": PAGE}, plugins={"raises": Raises()})

    failed = [check for check in found.checked_by if not check.ran]
    assert [check.name for check in failed] == ["raises"]
    assert "read_content" in failed[0].failure
    assert not found.bundle.main.content.readable


def test_what_leaves_the_worker_can_be_sent() -> None:
    found = known(with_list(workbook(3, "姓名")))

    assert pickle.loads(pickle.dumps(found)) == found


def test_equal_observations_are_told_once_and_the_surest_kind_first() -> None:
    title = Element(ElementName.TITLE, "关于示例的通知")
    seen = [
        Observations((DocType("函", 0.4),), (title,), components=("a@1",)),
        Observations((DocType("通知", 0.9),), (title,), components=("b@1",)),
        Observations(),
    ]

    reading = merge(seen)

    assert reading == Reading(DocType("通知", 0.9), elements=(title,), components=("a@1", "b@1"))


def test_nothing_observed_is_an_unknown_kind() -> None:
    assert merge([]) == Reading(DocType("", 0.0))


def of(number: str = "", issuer: str = "") -> Reading:
    elements = (Element(ElementName.DOC_NUMBER, number), Element(ElementName.ISSUER, issuer))
    return a_reading(observed=Observations(elements=elements))


@pytest.mark.parametrize(
    ("reading", "organization", "stage", "reason"),
    [
        pytest.param(of("示人社发〔2026〕1号"), OURS, Stage.SUBMITTED, "", id="ours"),
        pytest.param(of("示财发〔2026〕1号"), OURS, Stage.SUBMITTED, "received", id="theirs"),
        pytest.param(of("示财发〔2026〕1号"), Organization(), Stage.SUBMITTED, "", id="who knows"),
        pytest.param(of("示人社党组发〔2026〕1号"), OURS, Stage.SUBMITTED, "party", id="Party"),
        pytest.param(
            of(issuer="中共示例市委组织部"), Organization(), Stage.DRAFT, "party", id="its issuer"
        ),
        pytest.param(of("示人社发〔2026〕1号"), OURS, Stage.REFERENCE, "reference", id="baseline"),
        pytest.param(
            of("示人社党组发〔2026〕1号"), OURS, Stage.REFERENCE, "reference", id="old Party paper"
        ),
    ],
)
def test_whose_paper_it_is_decides_whether_it_is_judged(
    reading: Reading, organization: Organization, stage: Stage, reason: str
) -> None:
    given = replace(a_bundle("通知"), stage=stage)

    assert scope_reason(reading, given, organization, PROFILE) == reason


def test_a_paper_out_of_scope_is_neither_advised_nor_asked() -> None:
    told = judged(notice("", comment="核", hidden="内部口径"), stage=Stage.REFERENCE)

    assert (told.outcome, told.suggestion, told.findings) == (Outcome.OUT_OF_SCOPE, None, ())


def test_a_determination_on_record_is_a_label_of_the_paper() -> None:
    found = known(notice(""))
    facts = Facts(record=recorded(NOT_DISCLOSED, "属于内部事务", "条例第十六条"))

    told = verdict(found, facts, PROFILE, OURS, str)

    assert told.stated is NOT_DISCLOSED
    assert FindingCode.LABEL_MISSING not in codes(told)


def test_several_sources_bind_by_the_strictest() -> None:
    found = known(FORWARDING)
    citation = found.sources[0].citation
    sources = (
        SourceFact(citation, a_source(PROACTIVE)),
        SourceFact(citation, a_source(NOT_DISCLOSED, number="示省人社发〔2026〕10号")),
    )

    told = verdict(found, Facts(sources=sources), PROFILE, OURS, str)

    assert the(told, FindingCode.INHERIT_LOOSER).detail("required") == "不予公开"
    assert told.suggestion is not None
    assert told.suggestion.mode is Mode.INHERITED


def test_a_letter_passes_no_attribute_on() -> None:
    found = known(FORWARDING)
    letter = a_source(PROACTIVE, title="关于做好就业补助资金使用管理工作的便函")

    told = verdict(
        found, Facts(sources=(SourceFact(found.sources[0].citation, letter),)), PROFILE, OURS, str
    )

    assert FindingCode.SOURCE_NOT_PUBLIC in codes(told)


def test_our_own_unlabelled_paper_is_ours_to_publish() -> None:
    found = known(FORWARDING)
    own = a_source(None, issuer="示例市人社局")

    told = verdict(
        found, Facts(sources=(SourceFact(found.sources[0].citation, own),)), PROFILE, OURS, str
    )

    assert FindingCode.SOURCE_NOT_PUBLIC not in codes(told)


def test_the_mark_of_a_bound_in_original_advises_too() -> None:
    original = SampleAttachment(
        "示例省人力资源和社会保障厅关于做好就业补助资金使用管理工作的通知",
        ("请认真贯彻执行。", "示例省人力资源和社会保障厅", "2026年2月1日", "（此件不公开）"),
    )

    told = judged(replace(FORWARDING, annotation="", attachments=(original,)), organization=OURS)

    assert told.suggestion is not None
    assert told.suggestion.attribute is NOT_DISCLOSED
    assert told.suggestion.mode is Mode.INHERITED
    assert told.sources_used == ()


def test_a_mark_for_one_of_several_sources_is_nobodys() -> None:
    found = known(FORWARDING)
    two = (found.sources[0], found.sources[0])
    quoted = Label(NOT_DISCLOSED, "（此件不公开）", LabelSource.ANNOTATION, LabelScope.QUOTED)
    seen = replace(found, reading=replace(found.reading, labels=(*found.reading.labels, quoted)))

    told = verdict(seen, Facts(sources=two), PROFILE, OURS, str)

    assert codes(told).count(FindingCode.FORWARD_SOURCE_UNKNOWN) == 2
    assert FindingCode.INHERIT_LOOSER not in codes(told)


def test_the_same_bytes_give_the_same_verdict() -> None:
    first, second = (verdict(known(notice()), Facts(), PROFILE, OURS, str) for _ in range(2))

    assert first == second


def test_a_mark_in_the_issue_forms_own_words_stops_the_paper(tmp_path: Path) -> None:
    level = "机密"
    paper = tmp_path / "通知.docx"
    paper.write_bytes(official_document())
    form = tmp_path / "稿纸.json"
    form.write_text(json.dumps({"title": f"{level}\u260510年"}), "utf-8")

    try:
        answer = Examination(None)(
            Request((str(paper), str(form)), "national_2019"), lambda text: None
        )
    finally:
        form.unlink()

    assert isinstance(answer, Stopped)
    assert answer.marks == ((str(paper), "form"),)
