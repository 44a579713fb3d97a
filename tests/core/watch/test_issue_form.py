from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongkai.errors import UnreadableDocument
from gongkai.messages import speaking
from gongkai.model.attribute import DisclosureAttribute
from gongkai.watch.issue_form import parse_issue_form, read_issue_form

WORDS = {"不公开": DisclosureAttribute.NOT_DISCLOSED}


def test_a_form_says_title_label_and_who_signs_too() -> None:
    data = json.dumps(
        {
            "title": "关于发放就业补贴的通知",
            "attribute": " 不公开 ",
            "is_secret_matter": False,
            "co_signers": ["财务科"],
            "收文号": "12",
        },
        ensure_ascii=False,
    ).encode("utf-8-sig")

    found = parse_issue_form(data, "稿纸.json", WORDS.get)

    assert found.attribute is DisclosureAttribute.NOT_DISCLOSED
    assert found.attribute_text == "不公开"
    assert found.is_secret_matter is False
    assert found.co_signers == ("财务科",)


def test_a_wording_nobody_knows_is_kept_and_not_guessed() -> None:
    data = json.dumps({"attribute": "待定"}).encode()

    form = parse_issue_form(data, "稿纸.json", WORDS.get)

    assert (form.attribute, form.attribute_text) == (None, "待定")


@pytest.mark.parametrize(
    ("data", "named"),
    [
        pytest.param(b"{", "稿纸.json", id="no JSON"),
        pytest.param(b"[]", "稿纸.json", id="no object"),
        pytest.param(b"\xb9\xab\xce\xc4", "稿纸.json", id="no UTF-8"),
        pytest.param(b'{"title": 5}', "title", id="a number for a title"),
        pytest.param(
            '{"is_secret_matter": "否"}'.encode(), "is_secret_matter", id="a word for yes"
        ),
        pytest.param(b'{"co_signers": [1]}', "co_signers.0", id="a number in a list"),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_wrong_form_is_refused_by_file_and_key(data: bytes, named: str, language: str) -> None:
    with speaking(language), pytest.raises(UnreadableDocument) as refusal:
        parse_issue_form(data, "稿纸.json", WORDS.get)

    with speaking(language):
        assert named in str(refusal.value)
        assert "稿纸.json" in str(refusal.value)


def test_a_form_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument) as refusal:
        read_issue_form(tmp_path / "稿纸.json", WORDS.get)

    assert "稿纸.json" in str(refusal.value)
