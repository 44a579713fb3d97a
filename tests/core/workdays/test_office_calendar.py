"""An office's own calendar.toml, as somebody would write it, rightly and wrongly."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gongkai.errors import ConfigurationError
from gongkai.messages import speaking
from gongkai.workdays.calendar import DayKind
from gongkai.workdays.national import national_calendar
from gongkai.workdays.office_calendar import load_calendar
from gongkai.workdays.reckoning import reckon

PAGE = Path(__file__).parents[3] / "docs/deadlines.md"
NEXT = max(notice.year for notice in national_calendar().notices) + 1
"""The first year the installed package does not know."""
COMPLETE = f"""
[years.{NEXT}]
source = "国办发明电〔{NEXT - 1}〕1号"
off = [
  {{ first = {NEXT}-01-01, last = {NEXT}-01-03, name = "元旦" }},
  {{ first = {NEXT}-05-01, last = {NEXT}-05-05, name = "劳动节" }},
  {{ first = {NEXT}-10-01, last = {NEXT}-10-07, name = "国庆节" }},
  {NEXT - 1}-12-31,
]
"""


def written(folder: Path, text: str) -> Path:
    (folder / "calendar.toml").write_text(text, "utf-8")
    return folder


def test_without_a_file_the_national_calendar_holds(tmp_path):
    assert load_calendar(tmp_path) == national_calendar()
    assert load_calendar(None) == national_calendar()


def test_a_coming_year_is_known_once_its_notice_was_entered(tmp_path):
    before = national_calendar()

    after = load_calendar(written(tmp_path, COMPLETE))

    assert (before.knows(NEXT), after.knows(NEXT)) == (False, True)
    day = after.day(date(NEXT, 1, 1))
    assert (day.kind, day.name, day.provisional) == (DayKind.HOLIDAY, "元旦", False)
    assert day.source == f"国办发明电〔{NEXT - 1}〕1号"


def test_a_notice_reaches_back_into_december_and_settles_it(tmp_path):
    after = load_calendar(written(tmp_path, COMPLETE))

    assert after.day(date(NEXT - 1, 12, 31)).kind is DayKind.HOLIDAY
    assert not after.day(date(NEXT - 1, 12, 29)).provisional


def test_a_reckoning_through_the_year_is_provisional_until_then(tmp_path):
    start = date(NEXT - 1, 12, 25)

    before = reckon(national_calendar(), start, 20)
    after = reckon(load_calendar(written(tmp_path, COMPLETE)), start, 20)

    assert (before.provisional, after.provisional) == (True, False)
    assert after.due > before.due


def test_a_holiday_of_the_region_is_added_to_a_known_year(tmp_path):
    folder = written(
        tmp_path,
        '[years.2026]\nsource = "宁政办发〔2026〕1号"\n'
        'off = [{ first = 2026-03-20, last = 2026-03-23, name = "开斋节" }]\n',
    )

    calendar = load_calendar(folder)

    assert calendar.day(date(2026, 3, 20)).name == "开斋节"
    assert calendar.day(date(2026, 2, 16)).name == "春节"
    assert sum(day.workday for day in calendar.days(2026)) == 246
    assert calendar.knows(2026)


def test_the_office_goes_before_the_package(tmp_path):
    folder = written(tmp_path, '[years.2026]\nsource = "本局通知"\non = [2026-10-05]\n')

    day = load_calendar(folder).day(date(2026, 10, 5))

    assert (day.workday, day.kind, day.source) == (True, DayKind.MAKEUP, "本局通知")


def test_a_year_called_provisional_stays_so(tmp_path):
    folder = written(tmp_path, '[years.2026]\nsource = "待核实"\nprovisional = true\n')

    assert not load_calendar(folder).knows(2026)


def test_a_file_saved_by_notepad_is_read(tmp_path):
    (tmp_path / "calendar.toml").write_bytes(b"\xef\xbb\xbf" + COMPLETE.encode())

    assert load_calendar(tmp_path).knows(NEXT)


def test_the_example_on_the_page_is_a_calendar(tmp_path):
    example = PAGE.read_text("utf-8").split("```toml\n", 1)[1].split("```", 1)[0]

    calendar = load_calendar(written(tmp_path, example))

    assert calendar.knows(2027)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("[year.2027]\n", ("year", "years"), id="an unknown table, nearest named"),
        pytest.param(
            '[years.2027]\nsource = "x"\nof = []\n', ("years.2027.of", "“off”"), id="an unknown key"
        ),
        pytest.param(
            '[years.2027]\nsource = "x"\noff = [{ first = 2027-01-01, name_ = "元旦" }]\n',
            ("years.2027.off.0.name_", "“name”"),
            id="an unknown key of a span",
        ),
        pytest.param("[years.2027]\noff = []\n", ("years.2027.source", "没有写"), id="no source"),
        pytest.param(
            '[years.2027]\nsource = "x"\noff = ["2027-01-01"]\n',
            ("years.2027.off", "一组"),
            id="a date in quotation marks",
        ),
        pytest.param(
            '[years.2027]\nsource = "x"\noff = [{ first = "2027-01-01" }]\n',
            ("years.2027.off.0.first", "2027-01-01，不加引号"),
            id="a span in quotation marks",
        ),
        pytest.param(
            '[years.2027]\nsource = "x"\noff = [{ first = 2027-01-03, last = 2027-01-01 }]\n',
            ("years.2027.off", "2027-01-03", "2027-01-01"),
            id="the end before the beginning",
        ),
        pytest.param(
            '[years.2027]\nsource = "x"\noff = [{ first = 2027-01-03, last = 2027-10-01 }]\n',
            ("years.2027.off", "31"),
            id="a span nobody has off",
        ),
        pytest.param(
            '[years.2027]\nsource = "x"\noff = [2026-10-01]\n',
            ("years.2027.off", "2026-10-01"),
            id="a date of another year",
        ),
        pytest.param(
            '[years.2027]\nsource = "x"\noff = [2027-02-06]\non = [2027-02-06]\n',
            ("years.2027.on", "2027-02-06"),
            id="a day both off and worked",
        ),
        pytest.param(
            '[years.2027]\nsource = "x"\non = [2027-02-03]\n',
            ("years.2027.on", "2027-02-03", "调休"),
            id="a make-up day that is worked anyway",
        ),
        pytest.param(
            f'[years.{NEXT}]\nsource = "x"\noff = [{NEXT}-01-01]\n',
            (f"years.{NEXT}", f"{NEXT}-05-01", "provisional = true"),
            id="a coming year entered by half",
        ),
        pytest.param("[years.90210]\n", ("years.90210", "9000"), id="no such year"),
        pytest.param("[years\n", ("TOML",), id="no TOML"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_key(tmp_path, text, said):
    written(tmp_path, text)

    with pytest.raises(ConfigurationError) as caught, speaking("zh"):
        load_calendar(tmp_path)

    with speaking("zh"):
        message = str(caught.value)
    assert str(tmp_path / "calendar.toml") in message
    assert not [words for words in said if words not in message]


def test_a_file_in_another_encoding_is_named(tmp_path):
    (tmp_path / "calendar.toml").write_bytes("# 放假".encode("gb18030"))

    with pytest.raises(ConfigurationError, match=r"calendar\.toml"):
        load_calendar(tmp_path)
