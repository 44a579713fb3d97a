"""All figures of one period, as one value, and as an object for machines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from gongkai_plugins.statistics.figures import Determined, Line, determined
from gongkai_plugins.statistics.papers import Period
from gongkai_plugins.statistics.reading import ReverseDecisions, papers, reverse_decisions
from gongkai_plugins.statistics.returns import Returned, Submissions, returned
from gongkai_plugins.statistics.shares import Share, Spread
from gongkai_plugins.statistics.timeliness import Clocks, Timed, Times, timed

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one period, counted on one day from one moment of the record.

    ``reverse`` is None where no secrecy review keeps a record of reverse decisions.
    """

    period: Period
    made_on: date
    determined: Determined
    returned: Returned
    timed: Timed
    reverse: ReverseDecisions | None


def report(
    connection: Connection, period: Period, clocks: Clocks, sections: Sequence[str]
) -> Report:
    """The figures of a period; ``sections`` are those of the office."""
    found = papers(connection, clocks.today)
    return Report(
        period=period,
        made_on=clocks.today,
        determined=determined(found, period, sections),
        returned=returned(found, period, sections),
        timed=timed(found, period, clocks, sections),
        reverse=reverse_decisions(connection, period),
    )


def determinations_object(made: Report) -> Json:
    """What ``report determinations --json`` prints."""
    found, reverse = made.determined, made.reverse
    return {
        **_period(made),
        "total": found.total,
        "attributes": list(map(_share, found.attributes)),
        "kinds": list(map(_line, found.kinds)),
        "sections": list(map(_line, found.sections)),
        "months": list(map(_line, found.months)),
        "ways": list(map(_share, found.ways)),
        "grounds": list(map(_share, found.grounds)),
        "redetermined": found.again,
        "entered_late": found.late,
        "withheld": found.withheld,
        "reverse": None
        if reverse is None
        else {
            "withhold": reverse.withhold,
            "disclose": reverse.disclose,
            "unfiled": reverse.unfiled,
        },
    }


def returns_object(made: Report) -> Json:
    """What ``report returns --json`` prints."""
    found = made.returned
    return {
        **_period(made),
        "all": _submissions(found.whole),
        "sections": [{"section": s.section, **_submissions(s)} for s in found.sections],
    }


def timeliness_object(made: Report) -> Json:
    """What ``report timeliness --json`` prints."""
    found = made.timed
    return {
        **_period(made),
        "all": _times(found.whole),
        "sections": [{"section": s.section, **_times(s)} for s in found.sections],
        "referrals_waiting": _spread(found.waiting),
        "referrals_answered": _spread(found.answered),
        "doubtful": found.doubtful,
        "provisional": found.provisional,
    }


def _period(made: Report) -> Json:
    return {
        "from": made.period.first.isoformat(),
        "to": made.period.last.isoformat(),
        "made_on": made.made_on.isoformat(),
    }


def _submissions(found: Submissions) -> Json:
    return {
        "first_passed": found.passed,
        "first_returned": found.returned,
        "first_waiting": found.waiting,
        "first_pass_percent": _number(found.first_pass.percent),
        "returns": found.returns,
        "automatic": found.automatic,
        "unlabelled": found.unlabelled,
        "corrections": found.corrections,
        "blocking": _spread(found.blocking),
    }


def _times(found: Times) -> Json:
    return {
        "publishing_wd": _spread(found.publishing),
        "in_time": found.in_time.count,
        "settled": found.in_time.of,
        "in_time_percent": _number(found.in_time.percent),
        "overdue": found.overdue,
        "determining_wd": _spread(found.determining),
    }


def _line(line: Line) -> Json:
    divided = {share.key: share.count for share in line.attributes}
    return {**_share(line.share), "attributes": divided}


def _share(share: Share) -> Json:
    return {"key": str(share.key), "count": share.count, "percent": _number(share.percent)}


def _spread(spread: Spread) -> Json:
    return {"count": spread.count, "mean": _number(spread.mean), "max": spread.greatest}


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
