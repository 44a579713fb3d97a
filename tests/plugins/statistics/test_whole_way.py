"""Papers that people really led through the procedure, counted."""

from __future__ import annotations

from datetime import date

from gongkai.lifecycle.act import Act
from gongkai.workdays.office_calendar import load_calendar
from gongkai_plugins.statistics.papers import Period
from gongkai_plugins.statistics.report import Report, report
from gongkai_plugins.statistics.timeliness import Clocks
from plugins.register.conftest import registry as registry
from plugins.register.conftest import walked as walked
from plugins.register.office import INTERNAL, Registry
from procedure.office import BODY, CLERK, PEOPLE, SECTION, TITLE


def counted(registry: Registry) -> Report:
    # The acts of the procedure bear the date of the day.
    world, today = registry.world, date.today()
    clocks = Clocks(load_calendar(world.office.root), world.profile.keys.deadlines, today)
    with world.database.read() as connection:
        return report(connection, Period(today, today), clocks, (SECTION,))


def test_what_was_signed_off_is_counted_with_its_ground(registry: Registry) -> None:
    """REP-08: three papers to be public and one that is not, on 条例 article 16."""
    found = counted(registry).determined

    assert [share.count for share in found.attributes] == [3, 0, 1]
    assert [(g.key, g.count) for g in found.grounds] == [("article-16", 1)]
    assert [(way.key, way.count) for way in found.ways if way.count] == [("own", 4)]
    assert [(line.share.key, line.share.count) for line in found.sections] == [(SECTION, 4)]


def test_submissions_without_a_label_did_not_pass_at_first(registry: Registry) -> None:
    """SRC-16, ASM-08: every paper of this office came without its label."""
    whole = counted(registry).returned.whole

    assert (whole.passed, whole.returned, whole.waiting) == (0, 4, 0)
    assert (whole.returns, whole.automatic, whole.unlabelled) == (4, 4, 4)
    assert str(whole.first_pass.percent) == "0.00"


def test_what_was_published_today_was_in_time(registry: Registry) -> None:
    """ASM-06, PRO-16."""
    registry.add()
    registry.publish()

    found = counted(registry).timed.whole

    assert (found.in_time.count, found.publishing.count) == (1, 1)
    assert found.determining.mean == 0


def test_a_paper_that_was_withheld_is_counted(registry: Registry) -> None:
    """REP-08: WITHHELD."""
    registry.add(INTERNAL)
    registry.keeping().withhold(INTERNAL)

    assert counted(registry).determined.withheld == 1


def test_a_cancelled_paper_keeps_its_return_and_has_no_result(registry: Registry) -> None:
    """ASM-08: what was returned was returned, whatever became of it."""
    world = registry.world
    case = world.judge(world.save("重复.txt", BODY.replace("做好", "再次做好")))
    assert case is not None

    world.act(case.number, CLERK, Act.CANCEL, reason="重复报送")

    found = counted(registry)
    assert (found.returned.whole.returns, found.determined.total) == (5, 4)


def test_nobody_of_the_office_is_named(registry: Registry) -> None:
    """INT-03, B24."""
    told = repr(counted(registry))

    assert not [name for name in (*PEOPLE, TITLE) if name in told]
