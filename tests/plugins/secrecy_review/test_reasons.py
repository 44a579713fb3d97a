"""Basis and reason of an opinion: SEC-03, SEC-12 as amended."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.errors import ConfigurationError
from gongkai.model.attribute import DisclosureAttribute, Outcome, Severity, Stage
from gongkai.model.finding import Finding, FindingCode
from gongkai.model.verdict import Confidence, FiredRule, Mode, Suggestion, Verdict
from gongkai.policy.profile import load_profile
from gongkai_plugins.secrecy_review.library import OFFICE_FILE, library_of
from gongkai_plugins.secrecy_review.opinions import Opinion
from gongkai_plugins.secrecy_review.reasons import unfounded

NATIONAL = load_profile("national_2019")
OWN_WORDS = "补贴标准已在门户网站公布，申领人需要知晓"
OPEN, EXEMPT, REFER = Opinion


def verdict(row: str = "", *codes: FindingCode) -> Verdict:
    rules = (FiredRule(row, DisclosureAttribute.NOT_DISCLOSED, ()),) if row else ()
    return Verdict(
        Outcome.CLEAN,
        Stage.SUBMITTED,
        NATIONAL.key,
        None,
        Suggestion(None, Mode.OWN, Confidence.HIGH, rules),
        tuple(Finding(code, Severity.BLOCK, "r") for code in codes),
    )


def lacks(
    opinion: Opinion,
    cited: str,
    reason: str,
    found: Verdict | None = None,
    office: Path = Path("/nowhere"),
) -> tuple[str, ...]:
    library = library_of(office)
    return unfounded(cited.split(), opinion, reason, library, NATIONAL.reasons, found)


@pytest.mark.parametrize(
    ("opinion", "cited", "code"),
    [
        pytest.param(OPEN, "", ("basis_missing",), id="none"),
        pytest.param(OPEN, "TL-999", ("basis_unknown",), id="not in the library"),
        pytest.param(OPEN, "TL-14", ("basis_of_other_opinion",), id="a ground for withholding"),
        pytest.param(EXEMPT, "TL-20", ("basis_of_other_opinion",), id="a ground for opening"),
        pytest.param(REFER, "BM-25", (), id="who decides levels"),
        pytest.param(OPEN, "TL-20 TL-14", (), id="one that fits beside another"),
    ],
)
def test_sec03_an_opinion_cites_the_library(
    opinion: Opinion, cited: str, code: tuple[str, ...]
) -> None:
    assert lacks(opinion, cited, OWN_WORDS) == code


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        pytest.param("", ("reason_missing",), id="empty"),
        pytest.param("  。，", ("reason_missing",), id="signs only"),
        pytest.param("同意", ("reason_says_nothing",), id="agreed"),
        pytest.param("不涉密，同意公开。", ("reason_says_nothing",), id="two empty phrases"),
        pytest.param("ＯＫ", ("reason_says_nothing",), id="full width"),
        pytest.param("同意，名单已按公示要求核减字段", (), id="own words beside an empty phrase"),
        pytest.param(OWN_WORDS, (), id="own words"),
    ],
)
def test_sec12_words_that_fit_any_paper_are_no_reason(reason: str, code: tuple[str, ...]) -> None:
    assert lacks(OPEN, "TL-20", reason) == code


@pytest.mark.parametrize(
    ("found", "code"),
    [
        pytest.param(verdict("row-7"), (), id="a fired rule bears it"),
        pytest.param(verdict("", FindingCode.DELIBERATION), (), id="a finding bears it"),
        pytest.param(verdict("row-11"), ("reason_unsupported",), id="another rule fired"),
        pytest.param(None, ("reason_unsupported",), id="nothing was found"),
    ],
)
def test_sec12_a_ready_reason_needs_something_that_bears_it(
    found: Verdict | None, code: tuple[str, ...]
) -> None:
    ready = next(each for each in NATIONAL.reasons if each.code == "process")

    assert lacks(EXEMPT, "TL-16-2", ready.text, found) == code


def test_sec12_a_ready_reason_for_withholding_opens_nothing() -> None:
    ready = next(each for each in NATIONAL.reasons if each.code == "process")

    assert lacks(OPEN, "TL-20", ready.text, verdict("row-7")) == ("reason_of_other_opinion",)


def test_sec03_an_office_adds_grounds_of_its_own(tmp_path: Path) -> None:
    (tmp_path / OFFICE_FILE).write_text(
        '[basis.RS-1]\ntitle = "示例密级具体范围第三项"\n'
        'level = "standard"\nopinions = ["EXEMPT"]\n',
        "utf-8",
    )

    assert lacks(EXEMPT, "RS-1", OWN_WORDS, office=tmp_path) == ()
    assert library_of(tmp_path).cited("示例密级具体范围第三项") == "RS-1"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("not toml", id="no TOML"),
        pytest.param('[bases.X]\ntitle = "x"\n', id="an unknown key"),
        pytest.param(
            '[basis.TL-14]\ntitle = "x"\nlevel = "law"\nopinions = ["OPEN"]\n', id="a code of ours"
        ),
        pytest.param('[basis.X]\ntitle = "x"\nlevel = "law"\nopinions = []\n', id="for no opinion"),
    ],
)
def test_sec03_a_wrong_file_is_named_and_nothing_of_it_counts(tmp_path: Path, text: str) -> None:
    (tmp_path / OFFICE_FILE).write_text(text, "utf-8")

    with pytest.raises(ConfigurationError) as raised:
        library_of(tmp_path)

    assert OFFICE_FILE in str(raised.value)


def test_every_ground_of_ours_names_an_article_and_every_opinion_has_one() -> None:
    library = library_of(Path("/nowhere"))

    assert all("第" in entry.title and "条" in entry.title for entry in library.basis.values())
    assert all(library.fitting(opinion) for opinion in Opinion)
