"""The slip is one page of A4 whatever was found; heights are reckoned from its own style sheet."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from gongkai.examined import Examined, Stopped
from gongkai.messages import speaking
from gongkai.model.attribute import Severity
from gongkai.model.content import Note, NoteCode, NoteScope
from gongkai.model.finding import Finding, FindingCode
from gongkai.model.verdict import Verdict
from gongkai.notices import Voice
from gongkai.samples.gbt9704 import OfficialDocument, official_document
from gongkai.samples.people import people
from gongkai.samples.workbook import COLUMNS, roster_workbook
from gongkai.service.slip import slip_html
from gongkai.settings import Contact, Contacts
from gongkai.testing import a_profile, examined, judged

PAGE = (297 - 2 * 16) * 96 / 25.4
"""Pixels between the margins of an A4 page."""

WIDTH = 100
"""Narrow characters on a printed line: 174 mm less the indent of a list, at 12.5 pixels."""

# Per kind of line: height of one line and the space around it, as printed.
LINE = {"p": (20.0, 0.0), "line": (19.2, 0.0), "li": (19.2, 0.0), "dl": (22.4, 16.0)}
HEADINGS = {"h1": (35.2, 2.0), "h2": (25.6, 10.0), "title": (20.0, 14.0), "advice": (20.0, 14.0)}
BELOW_A_MATTER, FOOTER = 4.0, 17.0

LONG = "关于进一步加强和规范全市各级各类就业补助资金使用管理监督检查以及绩效评价有关工作的"
CONTACTS = Contacts(office=Contact(name="欧阳示例明", phone="0571-00000000转0000"))


class Page(HTMLParser):
    """Adds up what the parts of a slip take of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.height = FOOTER
        self._kinds: list[str] = []
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "h1", "h2", "dl", "li"):
            self._close_text()
            self._kinds.append(str(dict(attrs).get("class") or tag))
            self.height += BELOW_A_MATTER if tag == "li" else 0

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "h1", "h2", "dl", "li"):
            self._close_text()
            self._kinds.pop()

    def handle_data(self, data: str) -> None:
        if self._kinds:
            self._text += data.strip()

    def _close_text(self) -> None:
        if self._text:
            line, around = {**LINE, **HEADINGS}[self._kinds[-1]]
            self.height += line * math.ceil(sum(map(_width, self._text)) / WIDTH) + around
        self._text = ""


def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def reckoned(html: str) -> float:
    page = Page()
    page.feed(html.partition("<body>")[2])
    return page.height


def a_full_bundle() -> tuple[Examined, Verdict]:
    """A long title, twelve annexes with long names, and what is found in them."""
    titles = tuple(f"{LONG}名单之{number}" for number in range(1, 13))
    paper = OfficialDocument(
        title=f"{LONG}公示", annotation="（此件公开发布）", attachment_note=titles
    )
    files = {f"{LONG}公示.docx": official_document(paper)}
    for number, title in enumerate(titles, 1):
        files[f"附件{number}{title}.xlsx"] = roster_workbook(people(2, number), tuple(COLUMNS))
    found = examined(files)
    assert not isinstance(found, Stopped)
    return found, judged(files)


def finding(code: FindingCode, severity: Severity, number: int) -> Finding:
    return Finding(code, severity, "rule", place=f"attachment{number}/Sheet1!B3", count=40)


FULL, FOUND = a_full_bundle()
EVERY_CODE = tuple(
    finding(code, severity, number % 12 + 1)
    for number, code in enumerate(FindingCode)
    for severity in (Severity.BLOCK, Severity.WARNING, Severity.INFO)
)
UNREAD = tuple(
    (member.name, Note(NoteCode.IMAGE, NoteScope.PART)) for member in FULL.bundle.members
)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("returned", [True, False])
@pytest.mark.parametrize(
    "findings",
    [
        pytest.param((), id="nothing found"),
        pytest.param(FOUND.findings, id="what twelve rosters give"),
        pytest.param(EVERY_CODE, id="every finding there is"),
        pytest.param(EVERY_CODE * 10, id="ten of each"),
    ],
)
def test_a_slip_is_one_page_whatever_was_found(
    language: str, returned: bool, findings: Sequence[Finding]
) -> None:
    verdict = replace(FOUND, findings=tuple(findings), notes=UNREAD)
    voice = Voice.about(FULL.bundle, a_profile(), CONTACTS, FULL.reading)

    with speaking(language):
        html = slip_html(FULL, verdict, voice, returned=returned)

    assert reckoned(html) <= PAGE


def test_the_reckoning_follows_the_style_sheet_of_the_slip() -> None:
    voice = Voice.about(FULL.bundle, a_profile(), CONTACTS, FULL.reading)

    html = slip_html(FULL, FOUND, voice, returned=True)

    printed = html.partition("@media print")[2]
    body = re.search(r"font-size: ([\d.]+)px; line-height: ([\d.]+)", printed)
    small = re.search(r"\.line, ul { font-size: ([\d.]+)px", printed)
    assert body
    assert small
    assert LINE["p"][0] == pytest.approx(float(body[1]) * float(body[2]))
    assert LINE["line"][0] == pytest.approx(float(small[1]) * float(body[2]))
    assert "@page { size: A4; margin: 16mm 18mm; }" in html


def test_a_page_too_full_would_be_noticed() -> None:
    line = f"<p>{LONG}</p>"

    assert reckoned("<body>" + line * math.ceil(PAGE / LINE["p"][0])) > PAGE
