"""``gongkai report``: figures of a period, on the screen, as JSON or as a workbook."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from gongkai.cli.arguments import Choice, PathArgument, shown
from gongkai.cli.session import Session
from gongkai.cli.user_words import Day
from gongkai.cli.words import Command, Group, option
from gongkai.errors import ActionRefused, ConfigurationError
from gongkai.messages import say
from gongkai.people.permissions import Permission, require
from gongkai_plugins.statistics.figures import Dimension
from gongkai_plugins.statistics.papers import Period

if TYPE_CHECKING:
    from gongkai.policy.profile import Profile
    from gongkai_plugins.statistics.layout import Grid
    from gongkai_plugins.statistics.report import Report

CATALOGUE = "gongkai_plugins.statistics:"

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


@click.group("report", cls=Group, catalogue=CATALOGUE)
def report() -> None:
    """Commands about statistics."""


def _asked(command: Decorated) -> Decorated:
    """The options every report has."""
    add = (
        option("--from", "from_on", type=Day(), metavar="DATE"),
        option("--to", "to_on", type=Day(), metavar="DATE"),
        option("--json", "as_json", is_flag=True),
        option("--xlsx", "xlsx", type=PathArgument(), metavar="OUT"),
    )
    for each in reversed(add):
        command = each(command)
    return command


@report.command("determinations", cls=Command, catalogue=CATALOGUE)
@_asked
@option("--by", type=Choice([str(each) for each in Dimension]), default="attribute")
@click.pass_obj
def determinations(
    session: Session,
    from_on: datetime.date | None,
    to_on: datetime.date | None,
    as_json: bool,
    xlsx: Path | None,
    by: str,
) -> int:
    """What was determined: counts and shares."""
    from gongkai_plugins.statistics import layout
    from gongkai_plugins.statistics.report import determinations_object

    profile = session.profile()
    made = _made(session, profile, from_on, to_on, xlsx)
    if as_json:
        session.print_json(determinations_object(made))
        return 0
    _show(
        session,
        made,
        layout.determinations(made, Dimension(by), profile),
        layout.ways(made),
        layout.grounds(made, profile),
        layout.singles(made),
    )
    return 0


@report.command("returns", cls=Command, catalogue=CATALOGUE)
@_asked
@click.pass_obj
def returns(
    session: Session,
    from_on: datetime.date | None,
    to_on: datetime.date | None,
    as_json: bool,
    xlsx: Path | None,
) -> int:
    """Submissions, returns and corrections by section."""
    from gongkai_plugins.statistics import layout
    from gongkai_plugins.statistics.report import returns_object

    made = _made(session, session.profile(), from_on, to_on, xlsx)
    if as_json:
        session.print_json(returns_object(made))
        return 0
    _show(session, made, layout.returns(made))
    return 0


@report.command("timeliness", cls=Command, catalogue=CATALOGUE)
@_asked
@click.pass_obj
def timeliness(
    session: Session,
    from_on: datetime.date | None,
    to_on: datetime.date | None,
    as_json: bool,
    xlsx: Path | None,
) -> int:
    """Working days to determination and publication, and what was in time."""
    from gongkai_plugins.statistics import layout
    from gongkai_plugins.statistics.report import timeliness_object

    made = _made(session, session.profile(), from_on, to_on, xlsx)
    if as_json:
        session.print_json(timeliness_object(made))
        return 0
    _show(session, made, layout.timeliness(made), layout.referrals(made))
    return 0


def _made(
    session: Session,
    profile: Profile,
    from_on: datetime.date | None,
    to_on: datetime.date | None,
    xlsx: Path | None,
) -> Report:
    """The figures of the period asked for, for somebody who may see them (REP-08).

    Raises ``ActionRefused`` for anybody else, and for a workbook that is there already.
    """
    from gongkai.workdays.office_calendar import load_calendar
    from gongkai_plugins.statistics.report import report as counted
    from gongkai_plugins.statistics.timeliness import Clocks

    today = datetime.datetime.now().astimezone().date()
    period = _period(from_on, to_on, today)
    if xlsx is not None and xlsx.exists():
        raise ActionRefused("gongkai_plugins.statistics:workbook_there", file=shown(xlsx))
    office = session.office
    clocks = Clocks(load_calendar(office.root), profile.keys.deadlines, today)
    with session.database() as database, database.read() as connection:
        require(session.acting(connection), Permission.SEE_STATISTICS)
        made = counted(connection, period, clocks, session.organization.sections)
    if xlsx is not None:
        _write(session, made, profile, xlsx)
    return made


def _period(
    from_on: datetime.date | None, to_on: datetime.date | None, today: datetime.date
) -> Period:
    """From the first of January to today, unless said otherwise."""
    last = to_on or today
    first = from_on or last.replace(month=1, day=1)
    if first > last:
        raise click.UsageError(say("gongkai_plugins.statistics:no_period"))
    return Period(first, last)


def _write(session: Session, made: Report, profile: Profile, file: Path) -> None:
    from gongkai.store.whole_file import whole_file
    from gongkai_plugins.statistics.workbook import workbook

    data = workbook(made, profile, session.organization.name)
    try:
        with whole_file(file) as stream:
            stream.write(data)
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise ConfigurationError(
            "gongkai_plugins.statistics:workbook_unwritten", file=shown(file), problem=problem
        ) from error
    session.remark(say("gongkai_plugins.statistics:workbook_written", file=shown(file)))


def _show(session: Session, made: Report, *grids: Grid) -> None:
    from gongkai_plugins.statistics.layout import period_words, remarks
    from gongkai_plugins.statistics.terminal import table

    session.tell(period_words(made))
    for grid in grids:
        session.out.print()
        session.out.print(table(grid))
    said = remarks(made)
    if said:
        session.out.print()
    for each in said:
        session.tell(each)
