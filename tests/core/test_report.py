"""The object for machines: complete, and without a personal value nobody asked to see."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.judging.papers import HEADING, OPEN, PLANTED, PROFILE, SOMEBODY, bundle, notice
from core.judging.test_planted import ISOLATED
from gongkai.examined import Examined, Stopped
from gongkai.judging.brief import Facts
from gongkai.judging.verdict import verdict
from gongkai.messages import speaking
from gongkai.model.verdict import Verdict
from gongkai.notices import Voice
from gongkai.records import one_time_digest
from gongkai.report import error_object, path_fields, stopped_object, verdict_object
from gongkai.samples.gbt9704 import OfficialDocument
from gongkai.settings import Contacts, Organization
from gongkai.testing import examined

VALUES = (
    SOMEBODY.id_number,
    SOMEBODY.phone,
    SOMEBODY.bank_card,
    SOMEBODY.address,
    "精神分裂症",
)
KEYS = {
    "file",
    "attachments",
    "references",
    "sha256",
    "input_digest",
    "core_fingerprint",
    "format",
    "stage",
    "profile",
    "doc_type",
    "elements",
    "stated",
    "forwards",
    "suggestion",
    "entities",
    "findings",
    "notes",
    "checked_by",
    "question",
    "scope_reason",
    "outcome",
}


def known(given: object) -> tuple[Examined, Verdict, Voice]:
    found = examined(given)  # type: ignore[arg-type]
    assert isinstance(found, Examined)
    judgement = verdict(
        found, Facts(sources=found.sources), PROFILE, Organization(), one_time_digest()
    )
    return found, judgement, Voice.about(found.bundle, PROFILE, Contacts(), found.reading)


def report(given: object, *, reveal: bool = False) -> dict[str, object]:
    found, judgement, voice = known(given)
    return json.loads(json.dumps(verdict_object(found, judgement, voice, reveal=reveal)))


def without_paths(told: dict[str, object]) -> str:
    kept = {key: value for key, value in told.items() if key not in ("file", "attachments")}
    return json.dumps(kept, ensure_ascii=False)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("place", ISOLATED)
def test_no_planted_value_is_repeated_anywhere(place: str) -> None:
    for kind, (words, _) in PLANTED.items():
        found, judgement, voice = known(ISOLATED[place](words, HEADING[kind]))

        told = without_paths(
            json.loads(json.dumps(verdict_object(found, judgement, voice, reveal=False)))
        )
        told += "".join(repr(finding) for finding in judgement.findings)
        for language in ("zh", "en"):
            with speaking(language):
                told += "".join(repr(voice.notice(finding)) for finding in judgement.findings)

        assert [value for value in VALUES if value in squeezed(told)] == []


@pytest.mark.parametrize(
    "paper",
    [
        pytest.param(
            notice(title=f"关于王建国（身份证号码：{SOMEBODY.id_number}）工伤认定的通知"),
            id="title",
        ),
        pytest.param(notice(attachment_note=(f"王建国{SOMEBODY.id_number}登记表",)), id="note"),
        pytest.param(notice(recipients=f"王建国（手机：{SOMEBODY.phone}）："), id="recipient"),
        pytest.param(notice(contact=f"（联系人：王建国，手机：{SOMEBODY.phone}）"), id="contact"),
    ],
)
def test_elements_of_a_paper_are_masked_too(paper: OfficialDocument) -> None:
    told = without_paths(report(paper))

    assert SOMEBODY.id_number not in told
    assert SOMEBODY.phone not in told


def test_names_of_attachments_are_masked_in_words() -> None:
    name = f"附件：{SOMEBODY.id_number}登记表.xls"

    _, judgement, voice = known(bundle(notice(), {name: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}))

    words = "".join(repr(voice.notice(finding)) for finding in judgement.findings)
    assert SOMEBODY.id_number not in words
    assert "119" in words


def test_revealing_shows_entities_as_they_are() -> None:
    paper = notice(body=("现就有关事项通知如下。", f"本人手机：{SOMEBODY.phone}。"))

    masked, shown = (report(paper, reveal=reveal)["entities"] for reveal in (False, True))

    assert [e["text"] for e in masked if e["kind"] == "PHONE"] == ["139********"]  # type: ignore[attr-defined]
    assert [e["text"] for e in shown if e["kind"] == "PHONE"] == [SOMEBODY.phone]  # type: ignore[attr-defined]


def test_the_object_holds_what_was_promised() -> None:
    told = report(bundle(notice(), form={"attribute": "主动公开"}))

    assert set(told) == KEYS
    assert told["outcome"] == "clean"
    assert [(s["source"], s["attribute"]) for s in told["stated"]] == [  # type: ignore[attr-defined]
        ("form", "PROACTIVE"),
        ("annotation", "PROACTIVE"),
    ]


def test_a_span_is_code_points_of_the_block_it_names() -> None:
    told = report(notice(body=("现就有关事项通知如下。", f"本人手机：{SOMEBODY.phone}。")))
    phone = next(e for e in told["entities"] if e["kind"] == "PHONE")  # type: ignore[attr-defined]

    assert phone["end"] - phone["start"] == len(SOMEBODY.phone)


def test_every_finding_comes_with_ground_and_cure() -> None:
    told = report(notice("", body=("现就有关事项通知如下。", f"本人手机：{SOMEBODY.phone}。")))

    for finding in told["findings"]:  # type: ignore[attr-defined]
        assert finding["headline"]
        assert finding["basis"]
        assert finding["cure"]


def test_a_stopped_bundle_tells_neither_name_nor_place() -> None:
    told = stopped_object(Stopped((("/送核/甲.docx", "header"), ("/送核/甲.docx", "name"))))

    assert told == {"file": None, "outcome": "quarantined", "files": 1}


def test_a_path_that_is_no_text_keeps_its_bytes() -> None:
    path = b"/\xff\xfe.docx".decode("utf-8", "surrogateescape")

    assert path_fields(path) == {"file": "/\ufffd\ufffd.docx", "path_hex": "2ffffe2e646f6378"}
    assert path_fields("/通知.docx") == {"file": "/通知.docx"}


def test_a_path_nothing_can_be_said_about_is_unreadable() -> None:
    told = error_object(Path("/a.docx"), "文件读不下去")

    assert told == {"file": "/a.docx", "outcome": "unreadable", "error": "文件读不下去"}
    assert OPEN not in str(told)
