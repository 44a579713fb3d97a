"""``gongkai report`` as a user runs it, and the workbook it saves."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.cli.commands import gongkai
from gongkai.cli import main
from gongkai.cli.init import lay_out
from gongkai.messages import speak
from gongkai.model.attribute import DisclosureAttribute
from gongkai.policy.profile import load_profile
from gongkai.settings import Office
from gongkai.store.database import Database
from gongkai_plugins.statistics.figures import Dimension, determined
from gongkai_plugins.statistics.layout import Cell, determinations
from gongkai_plugins.statistics.report import Report
from gongkai_plugins.statistics.returns import returned
from gongkai_plugins.statistics.terminal import BAR, bar, table
from gongkai_plugins.statistics.timeliness import timed
from gongkai_plugins.statistics.workbook import COUNTED, workbook
from plugins.statistics.on_record import PEOPLE
from plugins.statistics.papers import CLOCKS, ON_REQUEST, TODAY, YEAR, approval, paper
from plugins.statistics.test_reading import filled

Run = Callable[..., tuple[int, str, str]]
PERIOD = ("--from", "2025-01-01", "--to", "2025年6月30日")
PROFILE = load_profile("national_2019")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office with papers of the spring of 2025; whoever runs the test is its 办公室."""
    made = lay_out(tmp_path / "office", "示例市人力资源和社会保障局", "张示例", "national_2019")
    with Database(made.database_url) as database:
        filled(database)
    return made


@pytest.fixture
def run(office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a report in this process; returns exit code, output and complaints."""

    def command(*arguments: str | Path, lang: str = "zh") -> tuple[int, str, str]:
        words = ["gongkai", "--office", str(office.root), "--lang", lang, "report"]
        monkeypatch.setattr(sys, "argv", [*words, *map(str, arguments)])
        code = main()
        speak("zh")
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def figures(*made: DisclosureAttribute, section: str = "就业促进科") -> Report:
    """A report of so many determinations."""
    papers = [paper(approvals=(approval(attribute=each),), section=section) for each in made]
    return Report(
        YEAR,
        TODAY,
        determined(papers, YEAR),
        returned(papers, YEAR),
        timed(papers, YEAR, CLOCKS),
        None,
    )


def test_a_report_is_a_table_with_bars(run: Run) -> None:
    """REP-08: counts, shares, and a chart of plain characters."""
    code, out, _ = run("determinations", *PERIOD)

    assert code == 0
    lines = [line.split() for line in out.splitlines()]
    assert ["主动公开", "1", "33.33", "#" * 8] in lines
    assert ["合计", "3", "100.00"] in lines
    assert ["补办", "1"] in lines


@pytest.mark.parametrize("by", Dimension)
def test_determinations_are_laid_out_by_every_dimension(run: Run, by: Dimension) -> None:
    """REP-08: per attribute, type, section."""
    code, out, _ = run("determinations", *PERIOD, "--by", by)

    assert code == 0
    wanted = {
        "attribute": "依申请公开",
        "kind": "请示",
        "section": "社会保险科",
        "month": "2025-03",
    }
    assert wanted[by] in out


def test_what_nobody_records_is_said_and_is_no_zero(run: Run) -> None:
    """REP-08: the secrecy review's own record of reverse decisions may not be there."""
    code, out, _ = run("determinations", *PERIOD)

    assert code == 0
    assert ("不等于0件" in out) == ("未启用保密审查" in out)


@pytest.mark.parametrize("which", ["returns", "timeliness"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_report_is_by_section(run: Run, which: str, lang: str) -> None:
    """ASM-08, PRO-16."""
    code, out, _ = run(which, *PERIOD, lang=lang)

    assert code == 0
    assert "就业促进科" in out
    assert "社会保险科" in out


@pytest.mark.parametrize("which", ["determinations", "returns", "timeliness"])
def test_json_is_one_object_with_its_period(run: Run, which: str) -> None:
    code, out, _ = run(which, *PERIOD, "--json")

    found = json.loads(out)
    assert (code, found["from"], found["to"]) == (0, "2025-01-01", "2025-06-30")


@pytest.mark.parametrize("which", ["determinations", "returns", "timeliness"])
def test_no_report_names_anybody(run: Run, which: str) -> None:
    """INT-03, B24: 不点名."""
    told = run(which, *PERIOD)[1] + run(which, *PERIOD, "--json")[1]

    assert not [name for name in PEOPLE if name in told]


def test_without_a_period_it_is_this_year_so_far(run: Run) -> None:
    code, out, _ = run("returns", "--json")

    today = date.today()
    found = json.loads(out)
    assert (code, found["from"], found["to"]) == (0, f"{today:%Y}-01-01", today.isoformat())


def test_a_period_that_ends_before_it_begins_is_refused(run: Run) -> None:
    code, _, err = run("returns", "--from", "2025-06-30", "--to", "2025-01-01")

    assert code == 2
    assert "--from" in err


def test_who_may_not_see_statistics_is_told_who_may(office: Office, run: Run) -> None:
    """SRC-22: figures of sections are for the office and those above it."""
    settings = office.root / "gongkai.toml"
    text = settings.read_text("utf-8").replace('"office"', '"drafter"')
    settings.write_text(text, "utf-8")

    code, out, err = run("returns", *PERIOD)

    assert (code, out) == (1, "")
    assert "办公室" in err


def test_the_workbook_is_saved_once_and_never_over_another(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "统计.xlsx"

    code, _, err = run("returns", *PERIOD, "--xlsx", file)
    before = file.read_bytes()
    again, _, said = run("returns", *PERIOD, "--xlsx", file)

    assert (code, again) == (0, 1)
    assert str(file) in err
    assert str(file) in said
    assert file.read_bytes() == before


def test_a_workbook_that_cannot_be_written_leaves_nothing(run: Run, tmp_path: Path) -> None:
    code, _, err = run("returns", *PERIOD, "--xlsx", tmp_path / "没有这个文件夹" / "统计.xlsx")

    assert code == 78
    assert "没有留下不完整的文件" in err


def test_the_command_stands_beside_gongkais_own(tmp_path: Path) -> None:
    listed = gongkai("--help", cwd=tmp_path)
    own = gongkai("report", "--help", cwd=tmp_path)

    assert "report" in listed.out
    assert {"determinations", "returns", "timeliness"} <= set(own.out.split())


@pytest.mark.parametrize(
    ("share", "wanted"),
    [
        pytest.param(None, 0, id="no share"),
        pytest.param(determined([], YEAR).attributes[0].percent, 0, id="of nothing"),
        pytest.param(figures(ON_REQUEST).determined.attributes[0].percent, 0, id="nothing"),
        pytest.param(figures(ON_REQUEST).determined.attributes[1].percent, BAR, id="everything"),
    ],
)
def test_a_bar_is_as_long_as_its_share(share: Cell, wanted: int) -> None:
    assert len(bar(share)) == wanted


def test_a_table_has_a_row_for_each_line_and_its_total() -> None:
    grid = determinations(figures(ON_REQUEST), Dimension.ATTRIBUTE, PROFILE)

    assert table(grid).row_count == len(grid.rows) + 1


def sheets(data: bytes, folder: Path) -> dict[str, Worksheet]:
    file = folder / "统计.xlsx"
    file.write_bytes(data)
    return {sheet.title: sheet for sheet in load_workbook(file).worksheets}


def cells(sheet: Worksheet) -> list[object]:
    return [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_the_workbook_holds_every_figure_a_chart_and_how_each_is_counted(tmp_path: Path) -> None:
    """REP-08; numbers are numbers, so that somebody can go on calculating."""
    found = sheets(workbook(figures(ON_REQUEST, ON_REQUEST), PROFILE, "示例局"), tmp_path)

    assert list(found) == ["认定情况", "图表", "送核退回", "办理时限", "口径"]
    assert [type(chart).__name__ for chart in found["图表"]._charts] == ["BarChart"] * 2
    assert {2, 100.0, "依申请公开", "示例局 认定情况"} <= set(cells(found["认定情况"]))
    assert found["口径"].max_row >= len(COUNTED)


def test_every_sheet_says_its_period(tmp_path: Path) -> None:
    for sheet in sheets(workbook(figures(), PROFILE, "示例局"), tmp_path).values():
        assert "2025-01-01 至 2025-06-30" in str(sheet["A2"].value)


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r"])
def test_a_name_is_never_a_formula(tmp_path: Path, begins: str) -> None:
    """A section's name comes from a form anybody can fill in."""
    name = f"{begins}HYPERLINK(1)"

    data = workbook(figures(ON_REQUEST, section=name), PROFILE, name)

    written = [
        cell
        for sheet in sheets(data, tmp_path).values()
        for row in sheet.iter_rows()
        for cell in row
        if "HYPERLINK" in str(cell.value)
    ]
    assert written
    assert {cell.data_type for cell in written} == {"s"}
    assert all(cell.quotePrefix for cell in written)


def test_what_a_cell_cannot_hold_is_replaced(tmp_path: Path) -> None:
    data = workbook(figures(ON_REQUEST, section="科\x00室\x1f"), PROFILE, "示例局")

    assert "科\ufffd室\ufffd" in cells(sheets(data, tmp_path)["认定情况"])


def test_equal_figures_are_equal_bytes() -> None:
    made = figures(ON_REQUEST)

    assert workbook(made, PROFILE, "示例局") == workbook(made, PROFILE, "示例局")


def test_zeros_are_written_and_what_has_no_share_is_a_dash(tmp_path: Path) -> None:
    """REP-04."""
    found = cells(sheets(workbook(figures(), PROFILE, "示例局"), tmp_path)["认定情况"])

    assert 0 in found
    assert "—" in found
