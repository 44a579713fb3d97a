"""Every figure as rows of words and numbers, the same on the screen and in the workbook."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from gongkai.messages import say
from gongkai.model.attribute import DisclosureAttribute
from gongkai.policy.profile import Profile
from gongkai_plugins.statistics.figures import ATTRIBUTES, Dimension
from gongkai_plugins.statistics.grounds import ARTICLE, NONE, OTHER, numeral_of
from gongkai_plugins.statistics.report import Report
from gongkai_plugins.statistics.returns import Submissions
from gongkai_plugins.statistics.shares import Share, Spread
from gongkai_plugins.statistics.timeliness import Times

Cell = str | int | Decimal | None
"""None: nothing to take a share or a mean of, which is not the same as 0."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A heading, columns, rows, and the last row where it adds up the others.

    ``bars`` is the column whose share is drawn beside it, None for none.
    """

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    bars: int | None = None


def determinations(made: Report, by: Dimension, profile: Profile) -> Grid:
    """The determinations by a dimension; shares are not made to add up (REP-02)."""
    found = made.determined
    alone = by is Dimension.ATTRIBUTE
    labels = () if alone else tuple(map(profile.label_of, ATTRIBUTES))
    rows = tuple(
        (
            _called(by, line.share.key, profile),
            line.share.count,
            line.share.percent,
            *(share.count for share in line.attributes),
        )
        for line in found.lines(by)
    )
    divided = () if alone else tuple(share.count for share in found.attributes)
    whole = Share("", found.total, found.total)
    return Grid(
        say(f"gongkai_plugins.statistics:by_{by}"),
        (
            say(f"gongkai_plugins.statistics:column_{by}"),
            say("gongkai_plugins.statistics:column_count"),
            say("gongkai_plugins.statistics:column_share"),
            *labels,
        ),
        rows,
        (say("gongkai_plugins.statistics:total"), found.total, whole.percent, *divided),
        bars=2,
    )


def ways(made: Report) -> Grid:
    """Inherited, own, determined anew (REP-08)."""
    return _shares("ways", made.determined.ways, "way")


def grounds(made: Report, profile: Profile) -> Grid:
    """On which grounds papers were not disclosed on the office's own motion (PRO-11)."""
    rows = tuple(
        (_ground(share.key, profile), share.count, share.percent)
        for share in made.determined.grounds
    )
    return Grid(say("gongkai_plugins.statistics:grounds"), _share_columns("ground"), rows)


def singles(made: Report) -> Grid:
    """Counts that stand alone, 0 included; a record nobody keeps is called that (REP-04)."""
    found, reverse = made.determined, made.reverse
    unknown = say("gongkai_plugins.statistics:not_kept")
    rows: tuple[tuple[str, Cell], ...] = (
        ("again", found.again),
        ("late", found.late),
        ("withheld", found.withheld),
        ("reverse_withhold", reverse.withhold if reverse else unknown),
        ("reverse_disclose", reverse.disclose if reverse else unknown),
        ("reverse_unfiled", reverse.unfiled if reverse else unknown),
    )
    return Grid(
        say("gongkai_plugins.statistics:singles"),
        (
            say("gongkai_plugins.statistics:column_figure"),
            say("gongkai_plugins.statistics:column_count"),
        ),
        tuple((say(f"gongkai_plugins.statistics:single_{key}"), value) for key, value in rows),
    )


def returns(made: Report) -> Grid:
    """First rounds, returns and corrections by section; no bars, which would rank them (B24)."""
    names = (
        "section", "first_pass", "passed", "first_returned", "first_waiting", "returns",
        "unlabelled", "corrections", "blocking",
    )  # fmt: skip
    return Grid(
        say("gongkai_plugins.statistics:returns"),
        _columns(*names),
        tuple((section_words(s.section), *_submissions(s)) for s in made.returned.sections),
        (say("gongkai_plugins.statistics:total"), *_submissions(made.returned.whole)),
    )


def timeliness(made: Report) -> Grid:
    """Publication and determination by section, in working days."""
    names = (
        "section", "in_time", "settled", "overdue", "published", "publishing_mean",
        "publishing_max", "determining_mean", "determining_max",
    )  # fmt: skip
    return Grid(
        say("gongkai_plugins.statistics:timeliness"),
        _columns(*names),
        tuple((section_words(t.section), *_times(t)) for t in made.timed.sections),
        (say("gongkai_plugins.statistics:total"), *_times(made.timed.whole)),
    )


def referrals(made: Report) -> Grid:
    """How long questions to a higher body wait, and took (REP-08)."""
    spreads = (("waiting", made.timed.waiting), ("answered", made.timed.answered))
    return Grid(
        say("gongkai_plugins.statistics:referrals"),
        _columns("referral", "count", "days_mean", "days_max"),
        tuple(
            (say(f"gongkai_plugins.statistics:referral_{key}"), spread.count, *_spread(spread))
            for key, spread in spreads
        ),
    )


def remarks(made: Report) -> tuple[str, ...]:
    """What has to be known to read the figures of this very report."""
    said = []
    if made.reverse is None:
        said.append(say("gongkai_plugins.statistics:no_review"))
    if made.timed.doubtful:
        said.append(say("gongkai_plugins.statistics:doubtful", count=made.timed.doubtful))
    if made.timed.provisional:
        said.append(say("gongkai_plugins.statistics:provisional"))
    return tuple(said)


def period_words(made: Report) -> str:
    """From when to when, and counted on which day."""
    period = made.period
    return say(
        "gongkai_plugins.statistics:period",
        first=period.first.isoformat(),
        last=period.last.isoformat(),
        made_on=made.made_on.isoformat(),
    )


def section_words(section: str) -> str:
    """A section, or that none is named."""
    return section or say("gongkai_plugins.statistics:no_section")


def _submissions(found: Submissions) -> tuple[Cell, ...]:
    return (
        found.first_pass.percent,
        found.passed,
        found.returned,
        found.waiting,
        found.returns,
        found.unlabelled,
        found.corrections,
        found.blocking.mean,
    )


def _times(found: Times) -> tuple[Cell, ...]:
    return (
        found.in_time.percent,
        found.in_time.of,
        found.overdue,
        found.publishing.count,
        *_spread(found.publishing),
        *_spread(found.determining),
    )


def _spread(spread: Spread) -> tuple[Cell, Cell]:
    return spread.mean, spread.greatest


def _shares(name: str, shares: tuple[Share, ...], column: str) -> Grid:
    rows = tuple(
        (say(f"gongkai_plugins.statistics:{column}_{share.key}"), share.count, share.percent)
        for share in shares
    )
    return Grid(say(f"gongkai_plugins.statistics:{name}"), _share_columns(column), rows)


def _share_columns(first: str) -> tuple[str, ...]:
    return _columns(first, "count", "share")


def _columns(*names: str) -> tuple[str, ...]:
    return tuple(say(f"gongkai_plugins.statistics:column_{name}") for name in names)


def _called(by: Dimension, key: str, profile: Profile) -> str:
    match by:
        case Dimension.ATTRIBUTE:
            return profile.label_of(DisclosureAttribute(key))
        case Dimension.SECTION:
            return section_words(key)
        case Dimension.KIND:
            return key or say("gongkai_plugins.statistics:no_kind")
        case Dimension.MONTH:
            return key


def _ground(code: str, profile: Profile) -> str:
    if code in (OTHER, NONE):
        return say(f"gongkai_plugins.statistics:ground_{code}")
    if code.startswith(ARTICLE):
        article = numeral_of(int(code.removeprefix(ARTICLE)))
        return say("gongkai_plugins.statistics:ground_article", article=article)
    named = profile.keys.exemptions.get(code)
    return f"{code} {named.value.title}" if named else code
