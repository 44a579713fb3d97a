"""``gongkai deadline`` in an office with cases, as a user runs it (PRO-08)."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from gongkai.cli import main
from gongkai.cli.init import lay_out
from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Case, Step
from gongkai.lifecycle.state import State
from gongkai.messages import speak
from gongkai.model.attribute import DisclosureAttribute
from gongkai.policy.profile import load_profile
from gongkai.settings import Office
from gongkai.store import cases, tables
from gongkai.store.cases import CaseFacts
from gongkai.store.database import Database
from gongkai.store.documents import Sighting, see
from gongkai.workdays.cases import awaiting_publication, publication_facts, timed_case
from gongkai.workdays.national import national_calendar
from gongkai.workdays.publication import ClockState
from gongkai.workdays.reckoning import Pause

AT = "2026-11-21T10:00:00+08:00"
LONG_AGO = date(2025, 3, 3)
CALENDAR = national_calendar()
DEADLINES = load_profile("national_2019").keys.deadlines
PROACTIVE, ON_REQUEST = DisclosureAttribute.PROACTIVE, DisclosureAttribute.ON_REQUEST
APPROVE, REFER, ANSWER, PUBLISH = Act.APPROVE, Act.REFER, Act.ANSWER, Act.PUBLISH

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def office(tmp_path) -> Office:
    return lay_out(tmp_path / "office", "示例市人力资源和社会保障局", "张示例", "national_2019")


@pytest.fixture
def run(office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command of the office in this process; returns exit code, output and complaints."""

    def command(*arguments: str, lang: str = "zh") -> tuple[int, str, str]:
        words = ["gongkai", "--office", str(office.root), "--lang", lang, "deadline", *arguments]
        monkeypatch.setattr(sys, "argv", words)
        code = main()
        speak("zh")
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def step(revision: int, act: Act, on: date, target: State = State.APPROVED) -> Step:
    return Step(
        revision=revision,
        act=act,
        source=State.OFFICE_CHECK,
        target=target,
        round=1,
        actor="李示例",
        acted_on=on.isoformat(),
        recorded_by="李示例",
        recorded_at=AT,
        attribute=PROACTIVE,
    )


def a_case(
    office: Office,
    title: str,
    *steps: tuple[Act, date, State],
    attribute: DisclosureAttribute = PROACTIVE,
    **facts: str,
) -> Case:
    """A case of a document of its own that went these steps."""
    with Database(office.database_url) as database, database.write() as connection:
        document = see(connection, Sighting(f"/送核/{title}.docx", title, title, AT)).document
        connection.execute(
            update(tables.document).where(tables.document.c.id == document).values(title=title)
        )
        case = cases.open_case(connection, document, CaseFacts(**facts), AT)
        for number, (act, on, target) in enumerate(steps, 1):
            case = cases.move(connection, case, step(number, act, on, target), attribute=attribute)
        return case


def approved(on: date, state: State = State.APPROVED) -> tuple[Act, date, State]:
    return (APPROVE, on, state)


def facts_of(*steps: tuple[Act, date], signed: str = "2026-09-18"):
    case = Case(1, "2026-001", 1, State.APPROVED, len(steps), 1, PROACTIVE, signed_date=signed)
    history = [step(number, act, on) for number, (act, on) in enumerate(steps, 1)]
    return publication_facts(case, history, date.today())


def day(number: int) -> date:
    return date(2026, 10, 1) + timedelta(number)


def test_the_last_approval_counts_and_the_publication_after_it() -> None:
    facts = facts_of((APPROVE, day(1)), (APPROVE, day(5)), (PUBLISH, day(9)))

    assert (facts.signed_date, facts.approval_done) == (date(2026, 9, 18), day(5))
    assert (facts.published_on, facts.changed_on) == (day(9), None)


def test_after_a_new_determination_only_what_happened_since_counts() -> None:
    before = ((APPROVE, day(1)), (PUBLISH, day(3)), (Act.REDETERMINE, day(20)))

    begun = facts_of(*before)
    determined = facts_of(*before, (APPROVE, day(25)))

    assert (begun.approval_done, begun.published_on) == (None, None)
    assert (determined.changed_on, determined.published_on) == (day(25), None)


def test_referrals_last_to_their_answers_or_to_this_day() -> None:
    facts = facts_of((REFER, day(1)), (ANSWER, day(4)), (REFER, day(6)))

    assert facts.referred == (Pause(day(1), day(4)), Pause(day(6), date.today()))


def test_words_that_are_no_date_set_no_clock_going() -> None:
    assert facts_of(signed="二〇二六年九月").signed_date is None


def test_what_awaits_publication_comes_with_the_most_pressing_first(office) -> None:
    a_case(office, "不久前", approved(date.today()), urgency="普通")
    a_case(office, "早就该公开", approved(LONG_AGO, State.REGISTERED))
    a_case(office, "特急件", approved(date.today(), State.STAMPED), urgency="特急")
    a_case(office, "改过", approved(date.today(), State.TEXT_CHANGED), urgency="平急")
    a_case(office, "依申请", approved(LONG_AGO), attribute=ON_REQUEST)
    a_case(office, "已公开", approved(LONG_AGO), (PUBLISH, date.today(), State.PUBLISHED))

    with Database(office.database_url) as database, database.read() as connection:
        found = awaiting_publication(connection, CALENDAR, DEADLINES, date.today())

    assert [timed.title for timed in found] == ["早就该公开", "特急件", "改过", "不久前"]
    assert [timed.clock.allowed_wd for timed in found] == [20, 1, 5, 20]
    assert found[0].clock.state is ClockState.OVERDUE


def test_a_case_is_found_by_its_number_whatever_its_state(office) -> None:
    case = a_case(office, "已公开", approved(LONG_AGO), (PUBLISH, date.today(), State.PUBLISHED))

    with Database(office.database_url) as database, database.read() as connection:
        timed = timed_case(connection, case.number, CALENDAR, DEADLINES, date.today())

    assert (timed.case.number, timed.clock.state) == (case.number, ClockState.LATE)


def test_the_list_ends_with_1_when_something_is_overdue(run, office) -> None:
    a_case(office, "关于示例的通知", approved(LONG_AGO), section="就业科", urgency="加急")

    code, out, _ = run("list")

    assert code == 1
    assert all(words in out for words in ("2026-001", "关于示例的通知", "就业科", "加急"))
    assert "有1件已超过公开期限" in out


def test_the_list_ends_with_0_when_nothing_is(run, office) -> None:
    empty = run("list")
    a_case(office, "关于示例的通知", approved(date.today()))

    code, out, _ = run("list", "--json")

    assert empty[0] == code == 0
    found = json.loads(out)
    assert (found["case"], found["state"]) == ("2026-001", "APPROVED")
    assert (found["clock"]["start_reason"], found["clock"]["left_wd"]) == ("approval_done", 20)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        pytest.param(
            "zh", ("《关于示例的通知》", "批准日期", "20个工作日", "第二十六条"), id="Chinese"
        ),
        pytest.param(
            "en", ("关于示例的通知", "approval", "20 working days", "第二十六条"), id="English"
        ),
    ],
)
def test_the_clock_of_a_case_is_explained(run, office, lang, words) -> None:
    case = a_case(office, "关于示例的通知", approved(date.today()))

    code, out, _ = run("explain", case.number, lang=lang)

    assert code == 0
    assert not [
        text for text in (*words, "第二十六条", date.today().isoformat()) if text not in out
    ]


def test_a_case_that_is_not_proactive_has_no_clock(run, office) -> None:
    case = a_case(office, "关于示例的函", approved(date.today()), attribute=ON_REQUEST)

    _, said, _ = run("explain", case.number)
    _, out, _ = run("explain", case.number, "--json")

    assert "依申请公开" in said
    assert (json.loads(out)["clock"], json.loads(out)["days"]) == (None, [])


def test_a_case_without_any_date_has_no_clock_yet(run, office) -> None:
    case = a_case(office, "关于示例的通知")

    code, out, _ = run("explain", case.number)

    assert code == 0
    assert "尚未起算" in out


def test_a_number_no_case_has_is_told(run) -> None:
    code, _, err = run("explain", "2026-999")

    assert code == 1
    assert "2026-999" in err


def test_a_reckoning_is_explained_day_by_day(run) -> None:
    code, out, _ = run("explain", "--from", "2026-09-18", "--days", "20")

    lines = [line.split() for line in out.splitlines()]
    assert code == 0
    assert "2026-10-22（周四）" in out.splitlines()[0]
    assert ["2026-09-20（周日）", "调休上班（国庆节）", "1"] in lines
    assert lines[-1] == ["2026-10-22（周四）", "工作日", "20"]


def test_a_reckoning_without_days_uses_the_profile(run) -> None:
    _, out, _ = run("explain", "--from", "2026年9月18日", "--json")

    found = json.loads(out)
    assert (found["working_days"], found["due"], found["provisional"]) == (20, "2026-10-22", False)
    assert found["days"][1] == {
        "date": "2026-09-20",
        "workday": True,
        "kind": "makeup",
        "name": "国庆节",
        "source": found["days"][1]["source"],
        "provisional": False,
        "counted": True,
        "count": 1,
        "paused": False,
    }


def test_a_date_through_an_unknown_year_is_called_provisional(run) -> None:
    code, out, _ = run("explain", "--from", "2040-03-01", "--days", "2")

    assert code == 0
    assert "2040-03-05（周一）" in out
    assert "暂定" in out
    assert "calendar.toml" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param((), "--from", id="neither case nor date"),
        pytest.param(("2026-001", "--from", "2026-09-18"), "--from", id="both"),
        pytest.param(("2026-001", "--days", "5"), "--from", id="days of a case"),
        pytest.param(("--from", "2026-02-30"), "2026-02-30", id="no such date"),
        pytest.param(("--from", ""), "--from", id="no date"),
        pytest.param(("--from", "9999-12-31"), "9000", id="the end of all calendars"),
        pytest.param(("--from", "2026-09-18", "--days", "0"), "1000", id="no days"),
        pytest.param(("--from", "2026-09-18", "--days", "９"), "1000", id="a full-width number"),
    ],
)
def test_what_cannot_be_reckoned_is_a_question_of_usage(run, arguments, said) -> None:
    code, out, err = run("explain", *arguments)

    assert (code, out) == (2, "")
    assert said in err


def test_a_year_is_shown_with_its_days_off(run) -> None:
    code, out, _ = run("calendar", "2026")
    _, machine, _ = run("calendar", "2026", "--json")

    found = json.loads(machine)
    assert code == 0
    assert "2026-10-01（周四）至2026-10-07（周三）" in out
    assert "共248个工作日" in out
    assert (found["working_days"], found["provisional"]) == (248, False)
    assert (len(found["off"]), len(found["on"])) == (33, 6)


def test_an_unknown_year_says_that_it_is_assumed(run) -> None:
    code, out, _ = run("calendar", "2040")

    assert code == 0
    assert "按周一至周五" in out
    assert "calendar.toml" in out


def test_a_calendar_that_is_wrong_stops_the_reckoning(run, office) -> None:
    (office.root / "calendar.toml").write_text('[years.2027]\nsorce = "x"\n', "utf-8")

    code, out, err = run("explain", "--from", "2026-09-18", "--days", "20")

    assert (code, out) == (78, "")
    assert "calendar.toml" in err
    assert "source" in err
