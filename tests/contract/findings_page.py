"""Writes docs/findings.md from the codes, the profiles and the catalogues.

``python tests/contract/findings_page.py`` replaces the page; a test compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gongkai.messages import catalogue, say, speaking
from gongkai.model.attribute import DisclosureAttribute, Stage
from gongkai.model.finding import FindingCode
from gongkai.policy.profile import Profile, load_profile

PAGE = Path(__file__).parents[2] / "docs" / "findings.md"
STAGES = (Stage.DRAFT, Stage.SUBMITTED, Stage.ISSUED, Stage.PUBLIC)
LOCAL = ("zhongwei_2022", "molss_legacy")
SHORT = {
    DisclosureAttribute.PROACTIVE: "P",
    DisclosureAttribute.ON_REQUEST: "R",
    DisclosureAttribute.NOT_DISCLOSED: "N",
}

INTRODUCTION = """\
# Findings

Every kind of finding, what it asks for, and how grave it is at each stage of a paper. This page
is written by `tests/contract/findings_page.py`; change the profile, then write it anew.

**Severity** decides the outcome: `block` gives *blocked*, `return` gives *returned*, `incomplete`
gives *incomplete*, `quarantine` stops everything. `warning` and `info` never change an outcome.
Papers at the stage `reference` are recorded, not judged. A finding concerns the attributes in
the column *for*: P proactive, R on request, N not disclosed. The attribute meant is the one the
paper states; if it states none, the advised one, and then what would block is a warning.
*Waivable*: an office reviewer may set the finding aside with a reason (`gongkai case finding`).

The table is that of `national_2019`. An office changes it in a profile of its own
([policy.md](policy.md)); the codes are `FindingCode` in `core/gongkai/model/finding.py`, the words
`core/gongkai/locale/*/findings.po`.

| code | 提示 | for | draft | submitted | issued | public | waivable |
|---|---|---|---|---|---|---|---|
"""


class _Blank(dict[str, object]):
    """Placeholders of a headline, shown as such."""

    def __missing__(self, key: str) -> str:
        return "…"


def headline(code: FindingCode) -> str:
    """The Chinese headline with its gaps shown."""
    return catalogue("findings", "zh")[f"{code}.headline"].format_map(_Blank())


def rows(profile: Profile) -> Iterator[str]:
    """One line per code."""
    for code in FindingCode:
        letters = "".join(SHORT[a] for a in DisclosureAttribute if a in profile.applies_to(code))
        cells = [f"`{code}`", headline(code), letters]
        cells += [str(profile.severity(code, stage)) for stage in STAGES]
        cells.append("yes" if profile.waivable(code) else "no")
        yield f"| {' | '.join(cells)} |\n"


def grounds(profile: Profile) -> Iterator[str]:
    """One line per code with the grounds it is told with."""
    for code in FindingCode:
        texts = "；".join(f"{b.text}（{_level(b.level)}）" for b in profile.basis(str(code)))
        yield f"| `{code}` | {texts} |\n"


def differences(profile: Profile, parent: Profile) -> Iterator[str]:
    """One line per severity a profile changes."""
    for code in FindingCode:
        for stage in STAGES:
            old, new = parent.severity(code, stage), profile.severity(code, stage)
            if old is not new:
                yield f"- `{code}` at {stage}: {new} instead of {old}\n"


def page() -> str:
    """The whole page."""
    national = load_profile("national_2019")
    parts = [INTRODUCTION, *rows(national), "\n## Where other profiles differ\n"]
    for name in LOCAL:
        lines = list(differences(load_profile(name), national))
        parts += [f"\n`{name}`:\n\n", *(lines or ["- no severity differs\n"])]
    parts.append("\n## Grounds\n\n| code | ground and its level |\n|---|---|\n")
    return "".join([*parts, *grounds(national)])


def _level(level: str) -> str:
    with speaking("zh"):
        return say(f"policy.strength_{level}")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
