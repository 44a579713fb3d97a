"""Before a decision: until when and how opinions are taken, and what became of each."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.errors import ActionRefused
from gongkai.store import chain
from gongkai.store.purge import purge
from gongkai_plugins.register import consultations
from gongkai_plugins.register.codes import Method
from plugins.register.office import PUBLIC, SECOND, Registry

DAY = "2026-11-20"
AT = f"{DAY}T09:00:00+08:00"
BY = "周慧敏示例"
YEAR = DAY[:4]


def opened(registry: Registry, case: str = "", **said: str) -> str:
    words = {"name": "补贴办法", "closes_on": "2099-01-31", "form": "网站", "scope": "全社会"}
    with registry.world.database.write() as connection:
        return consultations.consult(connection, BY, AT, **{**words, **said}, case=case)


def heard(registry: Registry, number: str = "") -> str:
    with registry.world.database.write() as connection:
        return consultations.take(
            connection,
            BY,
            AT,
            method=Method.PHONE,
            text="建议简化材料",
            received_on=DAY,
            number=number,
        )


def test_a_matter_says_until_when_and_how_and_leads_to_the_final_paper(registry: Registry) -> None:
    """REG-10."""
    number = opened(registry)

    with registry.world.database.read() as connection:
        (before,) = consultations.consultations(connection)
    with registry.world.database.write() as connection:
        consultations.conclude(connection, number, SECOND, "", BY, AT)
    with registry.world.database.read() as connection:
        (after,) = consultations.consultations(connection)

    assert number == f"{YEAR}-征-001"
    assert before.open(date.fromisoformat(DAY))
    assert (before.form, before.scope) == ("网站", "全社会")
    assert (after.final, after.open(date.fromisoformat(DAY))) == (SECOND, False)


@pytest.mark.parametrize("blank", ["name", "closes_on", "form", "scope"])
def test_no_field_of_a_matter_may_be_blank(registry: Registry, blank: str) -> None:
    with pytest.raises(ActionRefused):
        opened(registry, **{blank: " "})


def test_an_opinion_is_open_until_its_result_is_entered(registry: Registry) -> None:
    """REG-11: method, the leader's instruction, the result."""
    number = heard(registry, opened(registry))

    with registry.world.database.write() as connection:
        said = {"leader": "赵建军示例", "instruction": "请研究", "result": "已采纳"}
        consultations.handle(connection, number, BY, AT, adopted=True, **said)
    other = heard(registry)

    with registry.world.database.read() as connection:
        first, second = consultations.opinions(connection)
        kinds = [e.kind for e in chain.events(connection, "register:handling-1")]
    assert (number, other) == (f"{YEAR}-意-001", f"{YEAR}-意-002")
    assert (first.method, first.instruction, first.result, first.handled) == (
        Method.PHONE,
        "请研究",
        "已采纳",
        True,
    )
    assert not second.handled
    assert kinds == ["register.handled"]


def test_a_result_is_entered_once_and_whole(registry: Registry) -> None:
    number = heard(registry)
    said = {"leader": "赵建军示例", "instruction": "请研究", "result": "未采纳"}

    with registry.world.database.write() as connection:
        with pytest.raises(ActionRefused):
            consultations.handle(
                connection, number, BY, AT, adopted=False, **{**said, "result": ""}
            )
        consultations.handle(connection, number, BY, AT, adopted=False, **said)
        with pytest.raises(ActionRefused):
            consultations.handle(connection, number, BY, AT, adopted=False, **said)


def test_what_was_said_about_a_stopped_draft_goes_with_it(registry: Registry) -> None:
    """INT-04."""
    heard(registry, opened(registry, PUBLIC))
    document = registry.world.case(PUBLIC).document

    with registry.world.database.write() as connection:
        purge(connection, document, "t" * 32, "gongkai", AT)

    with registry.world.database.read() as connection:
        (matter,) = consultations.consultations(connection)
        (opinion,) = consultations.opinions(connection)
    assert (matter.name, matter.form, opinion.text) == ("", "", "")
