"""What LibreOffice makes of the papers: pages with repeated headings, nothing left out."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from core.forms.at_hand import (
    FULL,
    LONG_TITLE,
    PLAIN,
    check_sheet,
    ledger,
    return_notice,
    trail,
)
from gongkai.forms.known import form_of
from gongkai.forms.papers import Paper
from gongkai.forms.render import render_docx, render_xlsx

OFFICE = shutil.which("soffice")
A4 = (595, 842)

pytestmark = pytest.mark.skipif(OFFICE is None, reason="no office suite is installed")

Pages = dict[str, list[str]]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """The text of every page of every paper, by file, without line breaks."""
    folder = tmp_path_factory.mktemp("printed")
    for size, papers in (("plain", PLAIN), ("full", FULL)):
        for paper in papers:
            (folder / f"{size}-{form_of(paper).name}.docx").write_bytes(render_docx(paper))
    five = replace(return_notice(5, LONG_TITLE, 2), hint_count=2)
    (folder / "usual-return_notice.docx").write_bytes(render_docx(five))
    (folder / "usual-check_sheet.docx").write_bytes(render_docx(check_sheet(4, signed=True)))
    (folder / "sheet-ledger.xlsx").write_bytes(render_xlsx(ledger(40)))
    _convert(folder, sorted(folder.glob("*.*x")))
    return {path.stem: _pages(path) for path in sorted(folder.glob("*.pdf"))}


def _convert(folder: Path, files: list[Path]) -> None:
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            *("--headless", "--convert-to", "pdf", "--outdir", str(folder)),
            *map(str, files),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )


def _pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        sizes = {tuple(sorted(round(side) for side in page.get_size())) for page in pdf}
        assert sizes == {A4}
        return ["".join(page.get_textpage().get_text_range().split()) for page in pdf]


@pytest.mark.parametrize("paper", PLAIN, ids=lambda paper: form_of(paper).name)
def test_a_usual_paper_is_one_page(printed: Pages, paper: Paper) -> None:
    assert len(printed[f"plain-{form_of(paper).name}"]) == 1


def test_a_return_for_five_matters_and_a_long_title_is_one_page(printed: Pages) -> None:
    assert len(printed["usual-return_notice"]) == 1


def test_boxes_to_sign_in_stay_together(printed: Pages) -> None:
    pages = printed["usual-check_sheet"]

    assert [page.count("签名：") for page in pages] == [0, 5]


@pytest.mark.parametrize(
    ("file", "heading"),
    [
        pytest.param("full-return_notice", "请如何办理", id="the notice"),
        pytest.param("full-check_sheet", "人工意见理由", id="the check sheet"),
        pytest.param("full-ledger", "内容概述", id="the ledger"),
        pytest.param("full-trail", "办理人", id="the trail"),
        pytest.param("sheet-ledger", "内容概述", id="the workbook"),
    ],
)
def test_the_headings_of_a_long_table_stand_on_every_page(
    printed: Pages, file: str, heading: str
) -> None:
    pages = printed[file]

    assert len(pages) > 1
    assert all(heading in page for page in pages)


@pytest.mark.parametrize(
    ("file", "said", "times"),
    [
        pytest.param("full-return_notice", return_notice().matters[0].way_out, 12, id="matters"),
        pytest.param("full-check_sheet", check_sheet(1).left[0].reason, 18, id="findings"),
        pytest.param("full-ledger", ledger(1).entries[0].summary, 40, id="entries"),
        pytest.param("full-trail", trail(1).moves[0].opinion, 15, id="moves"),
        pytest.param("full-review_form", "签名：王强示例〔纸质签批〕", 4, id="signatures"),
    ],
)
def test_nothing_is_cut(printed: Pages, file: str, said: str, times: int) -> None:
    whole = "".join(printed[file])

    assert whole.count("".join(said.split())) == times


def test_every_row_of_the_workbook_is_printed_whole(printed: Pages) -> None:
    whole = "".join(printed["sheet-ledger"])

    assert [n for n in range(1, 41) if f"2026-{n:03}" not in whole] == []
    assert "登记链第1286行" in whole


@pytest.mark.parametrize("name", ["return_notice", "check_sheet", "review_form"])
def test_a_long_title_is_printed_whole(printed: Pages, name: str) -> None:
    assert "".join(LONG_TITLE.split()) in printed[f"full-{name}"][0]


def test_pages_are_counted_at_their_foot(printed: Pages) -> None:
    pages = printed["full-return_notice"]

    assert ["第2页共3页" in page for page in pages] == [False, True, False]
