"""A return in the office's name, or a paper that waits for the office (A1, SRC-16)."""

from __future__ import annotations

from pathlib import Path

from gongkai.examined import Examined
from gongkai.judging.brief import Facts
from gongkai.judging.verdict import verdict
from gongkai.policy.profile import load_profile
from gongkai.samples.gbt9704 import OfficialDocument
from gongkai.settings import Organization
from gongkai.testing import examined, judged

BY_HAND = """
[profile]
id = "by_hand"
version = "1"
title = "人工退回"
extends = "national_2019"

[returned.automatic]
value = false
basis = "本单位核对流程"
level = "practice"
"""


def test_a_missing_label_is_returned_where_the_office_has_it_so() -> None:
    assert judged(OfficialDocument()).outcome == "returned"


def test_it_blocks_where_only_a_person_may_return(tmp_path: Path) -> None:
    (tmp_path / "by_hand.toml").write_text(BY_HAND, "utf-8")

    read = examined(OfficialDocument())
    assert isinstance(read, Examined)

    told = verdict(read, Facts(), load_profile("by_hand", [tmp_path]), Organization(), str)

    assert told.outcome == "blocked"
