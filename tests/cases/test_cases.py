"""Whole invented papers and the verdicts they owe; one TOML file per case.

Each is judged as written and again in traditional script: the verdicts are the same (SRC-21).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from core.judging.papers import (
    OURS,
    a_source,
    bundle,
    codes,
    in_traditional,
    in_traditional_words,
    recorded,
    workbook,
)
from gongkai.examined import Examined
from gongkai.judging.brief import Facts
from gongkai.judging.verdict import verdict
from gongkai.model.attribute import DisclosureAttribute, Severity, Stage
from gongkai.model.finding import FindingCode
from gongkai.model.verdict import Verdict
from gongkai.policy.decision import SourceFact
from gongkai.samples.gbt9704 import OfficialDocument, SampleAttachment, official_document
from gongkai.samples.people import people
from gongkai.settings import Organization
from gongkai.testing import a_profile, examined

FOLDER = Path(__file__).parent
CASES = sorted(path.stem for path in FOLDER.glob("*.toml"))
TUPLES = ("body", "attachment_note", "columns")

Case = Mapping[str, Any]


@cache
def case(name: str) -> Case:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def paper(told: Case) -> OfficialDocument:
    values: dict[str, Any] = {
        key: tuple(value) if key in TUPLES else value for key, value in told.items()
    }
    if "people" in values:
        values["people"] = people(values["people"])
    values["attachments"] = tuple(
        SampleAttachment(
            each["title"],
            tuple(each.get("body", ())),
            people(each.get("people", 0)),
            tuple(each.get("columns", ("姓名",))),
        )
        for each in told.get("attachments", ())
    )
    return OfficialDocument(**values)


def files(told: Case) -> dict[str, bytes]:
    attached: dict[str, bytes] = {}
    for each in told.get("file", ()):
        if "document" in each:
            attached[each["name"]] = official_document(paper(each["document"]))
        elif "hex" in each:
            attached[each["name"]] = bytes.fromhex(each["hex"])
        else:
            more = {key: value for key, value in each.items() if key not in FILE_KEYS}
            attached[each["name"]] = workbook(each["people"], *each["columns"], **more)
    name = told.get("name", "通知.docx")
    return bundle(paper(told.get("document", {})), attached, told.get("form"), name)


FILE_KEYS = ("name", "people", "columns")


def judge(told: Case, given: Mapping[str, bytes]) -> Verdict:
    found = examined(given, stage=Stage(told.get("stage", "submitted")))
    assert isinstance(found, Examined)
    organization = OURS if told.get("ours", True) else Organization()
    return verdict(found, facts(told, found), a_profile(), organization, str)


def facts(told: Case, found: Examined) -> Facts:
    known = [
        SourceFact(fact.citation, a_source(_attribute(each), **_rest(each)))
        for fact, each in zip(found.sources, told.get("source", ()), strict=False)
    ]
    sources = (*known, *found.sources[len(known) :])
    record = told.get("record")
    determined = _attribute(record) if record else None
    return Facts(
        sources=sources,
        record=recorded(determined, **_rest(record)) if record and determined else None,
        attachment_attributes={
            int(number): DisclosureAttribute(value)
            for number, value in told.get("known_attachments", {}).items()
        },
        nonpublic_numbers={
            number: DisclosureAttribute(value)
            for number, value in told.get("known_numbers", {}).items()
        },
    )


def _attribute(told: Case) -> DisclosureAttribute | None:
    return DisclosureAttribute(told["attribute"]) if told.get("attribute") else None


def _rest(told: Case) -> dict[str, Any]:
    return {key: value for key, value in told.items() if key != "attribute"}


def told_by(found: Verdict) -> dict[str, str]:
    return {str(f.code): str(f.severity) for f in found.findings if f.severity is not Severity.INFO}


@pytest.mark.parametrize("name", CASES)
def test_a_paper_gets_the_verdict_it_owes(name: str) -> None:
    told = case(name)
    expected = told["expect"]

    found = judge(told, files(told))

    assert told_by(found) == expected.get("asks", {}), codes(found)
    assert found.outcome == expected["outcome"]
    assert found.scope_reason == expected.get("scope", "")
    assert (found.stated or "") == expected.get("stated", "")
    assert set(expected.get("hints", ())) <= set(codes(found))
    assert not set(expected.get("never", ())) & set(codes(found))


@pytest.mark.parametrize("name", CASES)
def test_a_paper_gets_the_same_verdict_in_traditional_script(name: str) -> None:
    told = case(name)
    simple = files(told)
    twin = {
        file if file == "稿纸.json" else in_traditional_words(file): in_traditional(data)
        if data.startswith(b"PK")
        else data
        for file, data in simple.items()
    }

    as_written, in_full = judge(told, simple), judge(told, twin)

    assert in_full.outcome is as_written.outcome
    assert in_full.stated is as_written.stated
    assert told_by(in_full) == told_by(as_written)
    assert keys(in_full) == keys(as_written)


def keys(found: Verdict) -> list[str]:
    return [
        f.key
        for f in found.findings
        if f.severity is not Severity.INFO and f.code not in BOUND_TO_BYTES
    ]


BOUND_TO_BYTES = {FindingCode.ATTACHMENT_STRICTER, FindingCode.UNREADABLE}
"""Matters of one file as it is; another file is another matter."""

NOT_FROM_RULES = {
    FindingCode.SECRET_MARK: "stops the bundle before it is judged",
    FindingCode.PLUGIN: "is what plugins say",
    FindingCode.CHECK_INCOMPLETE: "needs a plugin that fails",
    FindingCode.OCR_TEXT: "needs a scan",
    FindingCode.IMAGE_UNREAD: "needs a picture",
    FindingCode.REDACTION_REVERSIBLE: "needs a page with covered words",
    FindingCode.STAMP_BROKEN: "needs a mark of our own",
    FindingCode.SCRIPT_TRADITIONAL: "needs another script",
}
"""Codes whose papers are built elsewhere, in tests/core/judging."""


@pytest.mark.parametrize("code", [code for code in FindingCode if code not in NOT_FROM_RULES])
def test_every_code_has_a_paper_with_it_and_one_that_stops_short(code: FindingCode) -> None:
    cases = [case(name)["expect"] for name in CASES]
    firing = [e for e in cases if code in e.get("asks", {}) or code in e.get("hints", ())]
    missing = [e for e in cases if code in e.get("never", ())]

    assert firing
    assert missing
