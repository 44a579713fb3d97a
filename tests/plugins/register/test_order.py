"""First approved, then registered, then public (REG-02), and by the custodian alone (REG-01)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from gongkai.casework import CaseRefused
from gongkai.errors import ActionRefused
from gongkai.lifecycle.act import Act
from gongkai.lifecycle.state import State
from gongkai.settings import load_office
from gongkai.store import chain, tables
from gongkai_plugins.register import resolutions
from gongkai_plugins.register import tables as own
from gongkai_plugins.register.codes import Occasion, Standing
from gongkai_plugins.register.resolutions import BATCH, STANDING, Resolution
from gongkai_plugins.register.upkeep import correct, file_paper, review
from plugins.register.office import (
    CUSTODIAN,
    INTERNAL,
    PUBLIC,
    RESOLUTION,
    SECOND,
    THIRD,
    Registry,
    today,
)
from procedure.office import CLERK, DRAFTER, LEADER, PUBLISHER, World


def kinds(registry: Registry, case: str) -> list[str]:
    with registry.world.database.read() as connection:
        return [e.kind for e in chain.events(connection, f"case:{case}")]


def reasons(told: pytest.ExceptionInfo[CaseRefused]) -> str:
    return "\n".join(told.value.reasons)


def test_a_paper_signed_off_and_marked_is_registered(registry: Registry) -> None:
    """REG-02, REG-03, PUB-05: number, index and the six fields, in the move's transaction."""
    entry = registry.add()

    said = entry.fields
    assert entry.number.endswith("-登-001")
    assert entry.index_number == f"{entry.year}-00001"
    assert registry.world.case(PUBLIC).state is State.REGISTERED
    assert said.opinion == f"同意（{LEADER}，{today()}）"
    assert (said.resolution, said.scope, said.channels) == (
        RESOLUTION,
        "面向社会公开",
        ("website",),
    )
    assert kinds(registry, PUBLIC)[-2:] == ["case.moved", "register.entered"]


def test_serial_numbers_run_through_every_kind_of_entry(registry: Registry) -> None:
    """REG-03, REG-13: what is withheld is registered too, in the same sequence."""
    made = [registry.add(number).serial for number in (PUBLIC, INTERNAL, SECOND)]

    assert made == [1, 2, 3]


def test_all_blank_fields_are_told_at_once(registry: Registry) -> None:
    """REG-03, REG-04: refused, with every field's name."""
    with pytest.raises(CaseRefused) as told:
        registry.add(
            subject=" ", scope="", opinion="", planned_on="", channels=(), resolution="", name=""
        )

    for word in (
        "名称",
        "主题内容",
        "公开范围",
        "审核意见",
        "公开时间",
        "公开形式",
        "领导小组审核文号",
    ):
        assert word in reasons(told)
    assert registry.lines() == ()
    assert registry.world.case(PUBLIC).state is State.STAMPED


@pytest.mark.parametrize(
    ("said", "field"),
    [
        pytest.param({"summary": "长" * 101}, "内容概述", id="more than a hundred characters"),
        pytest.param({"channels": ("radio",)}, "公开形式", id="no channel"),
        pytest.param({"cadence": "SOMETIMES"}, "公开周期", id="no cadence"),
        pytest.param({"attribute": "ON_REQUEST"}, "签发", id="not what was determined"),
    ],
)
def test_a_field_that_does_not_fit_is_refused(
    registry: Registry, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(CaseRefused) as told:
        registry.add(**said)

    assert field in reasons(told)


@pytest.mark.parametrize("name", [DRAFTER, CLERK, LEADER, PUBLISHER])
def test_nobody_but_the_custodian_registers(registry: Registry, name: str) -> None:
    """REG-01."""
    keeping = registry.keeping(name)

    with pytest.raises(ActionRefused) as told:
        keeping.add(PUBLIC, keeping.proposed(PUBLIC))

    assert "登记专管员" in str(told.value)


def test_a_text_nobody_signed_off_is_not_registered(registry: Registry) -> None:
    """REG-02: the approval has to be for this very text."""
    entry = registry.keeping().proposed(PUBLIC)
    with registry.world.database.write() as connection:
        connection.execute(
            update(tables.determination).values(
                revoked_at=today(), revoked_by="某人", revoked_reason="试"
            )
        )

    with pytest.raises(CaseRefused) as told:
        registry.keeping().add(PUBLIC, entry)

    assert "先审核、后登记" in reasons(told)


def test_a_step_of_another_command_does_not_slip_past_the_register(registry: Registry) -> None:
    """REG-02: a move without its entry is refused, with the way out."""
    world = registry.world

    with pytest.raises(CaseRefused) as told:
        world.act(PUBLIC, CUSTODIAN, Act.REGISTER)

    assert "gongkai register add" in reasons(told)
    registry.add()
    for act, way in ((Act.PUBLISH, "register publish"), (Act.CANCEL, "register cancel")):
        with pytest.raises(CaseRefused) as told:
            world.act(PUBLIC, CUSTODIAN, act, reason="试")
        assert way in reasons(told)


def test_without_the_register_nothing_is_registered(registry: Registry) -> None:
    """REG-02: switched off, what it guards stays shut."""
    entry = registry.keeping().proposed(PUBLIC)
    file = registry.world.office.root / "gongkai.toml"
    text = file.read_text("utf-8") + '\n[plugins]\ndisabled = ["register"]\n'
    file.write_text(text, "utf-8")
    office = load_office(file.parent)
    assert office.settings.plugins.disabled == ("register",)

    with pytest.raises(CaseRefused):
        Registry(World(office, registry.world.database)).keeping().add(PUBLIC, entry)


def test_without_an_entry_nothing_is_published(registry: Registry) -> None:
    """REG-02, PUB-06: first registered, then public."""
    with pytest.raises(ActionRefused):
        registry.publish()

    assert registry.world.case(PUBLIC).state is State.STAMPED


@pytest.mark.parametrize(
    ("resolution", "why"),
    [
        pytest.param(
            lambda: Resolution("甲", today(1), "试", STANDING), "晚于", id="not adopted yet"
        ),
        pytest.param(
            lambda: Resolution("甲", "2026-01-01", "试", STANDING, today(-1)), "有效期", id="over"
        ),
        pytest.param(
            lambda: Resolution("甲", "2026-01-01", "试", BATCH, cases=(SECOND,)),
            "没有列入",
            id="others",
        ),
        pytest.param(None, "没有登记过", id="unknown"),
    ],
)
def test_a_resolution_that_does_not_carry_the_entry_is_refused(
    registry: Registry, resolution: Callable[[], Resolution] | None, why: str
) -> None:
    """REG-04, C-15."""
    if resolution is not None:
        with registry.world.database.write() as connection:
            resolutions.add(connection, resolution(), CUSTODIAN, f"{today()}T09:00:00+08:00")

    with pytest.raises(CaseRefused) as told:
        registry.add(resolution="甲")

    assert why in reasons(told)


def test_a_batch_resolution_carries_the_cases_it_names(registry: Registry) -> None:
    """REG-04, REG-07."""
    batch = Resolution("乙", "2026-01-01", "试", BATCH, cases=(PUBLIC, SECOND))
    with registry.world.database.write() as connection:
        resolutions.add(connection, batch, CUSTODIAN, f"{today()}T09:00:00+08:00")

    made = [
        registry.add(number, resolution="乙", cadence="PERIODIC", batch="2026年第四季度")
        for number in (PUBLIC, SECOND)
    ]

    assert [(e.fields.resolution, e.fields.batch) for e in made] == [("乙", "2026年第四季度")] * 2


def test_a_correction_is_a_further_entry_that_points_to_the_first(registry: Registry) -> None:
    """REG-12: nothing is changed; the index number stays, the serial number is a new one."""
    first = registry.add()

    second = correct(registry.keeping(), PUBLIC, {"subject": "就业补贴"}, "主题写得太长")
    third = correct(registry.keeping(), PUBLIC, {"scope": "本市"}, "范围")

    lines = registry.lines()
    assert [line.entry.serial for line in lines] == [1, 2, 3]
    assert [line.standing for line in lines] == [
        Standing.CORRECTED,
        Standing.CORRECTED,
        Standing.REGISTERED,
    ]
    assert lines[0].entry.fields == first.fields
    assert (second.before, third.before) == (first.number, second.number)
    assert (third.origin, third.index_number) == (first.origin, first.index_number)
    assert third.fields.subject == "就业补贴"
    assert third.occasion is Occasion.CORRECTION


def test_a_corrected_entry_is_published_as_one(registry: Registry) -> None:
    registry.add()
    last = correct(registry.keeping(), PUBLIC, {"subject": "就业补贴"}, "主题")

    registry.publish()

    assert registry.line(last.number).standing is Standing.PUBLISHED
    assert [line.disclosed_on for line in registry.lines()] == ["", today()]


def test_a_correction_without_a_reason_or_a_change_is_refused(registry: Registry) -> None:
    entry = registry.add()
    keeping = registry.keeping()

    with pytest.raises(ActionRefused):
        correct(keeping, PUBLIC, {"subject": "新"}, " ")
    with pytest.raises(ActionRefused):
        correct(keeping, PUBLIC, {"subject": entry.fields.subject}, "没有改动")
    with pytest.raises(CaseRefused):
        correct(keeping, PUBLIC, {"subject": ""}, "清空")

    assert len(registry.lines()) == 1


def test_a_cancelled_entry_stays_and_its_number_is_not_given_again(registry: Registry) -> None:
    """REG-03."""
    registry.add()

    registry.keeping().cancel(PUBLIC, "重复立件")
    after = registry.add(SECOND)

    first = registry.lines()[0]
    assert registry.world.case(PUBLIC).state is State.CANCELLED
    assert (first.standing, first.cancelled) == (Standing.CANCELLED, "重复立件")
    assert after.serial == 2
    with pytest.raises(ActionRefused):
        correct(registry.keeping(), PUBLIC, {"subject": "新"}, "已注销")


def test_what_is_withheld_is_closed_with_the_day_of_its_review(registry: Registry) -> None:
    """REG-13, N-04: reason, basis, next review; the list of those due."""
    entry = registry.add(INTERNAL, next_review=today())

    registry.keeping().withhold(INTERNAL)

    line = registry.line(entry.number)
    assert registry.world.case(INTERNAL).state is State.WITHHELD
    assert (line.standing, line.next_review) == (Standing.WITHHELD, today())
    assert (line.entry.fields.reason, line.entry.fields.basis) == (
        "属于过程性信息",
        "《政府信息公开条例》第十六条",
    )
    review(registry.keeping(), INTERNAL, reopen=False, reason="情况未变", next_review="2028-01-01")
    assert registry.line(entry.number).next_review == "2028-01-01"
    review(registry.keeping(), INTERNAL, reopen=True, reason="情况已变", next_review="")
    assert registry.line(entry.number).next_review == ""


def test_what_is_withheld_is_never_published(registry: Registry) -> None:
    registry.add(INTERNAL)
    with pytest.raises(ActionRefused):
        registry.publish(INTERNAL)
    registry.keeping().withhold(INTERNAL)

    with pytest.raises(ActionRefused):
        registry.publish(INTERNAL)

    assert registry.world.case(INTERNAL).state is State.WITHHELD
    assert registry.lines()[0].published == ()


def test_one_item_of_a_request_has_one_entry(registry: Registry) -> None:
    """REG-09: 一事一记; a correction is no second record."""
    keeping = registry.keeping()
    item = replace(
        keeping.proposed(PUBLIC),
        name="政府信息公开告知书",
        attribute="ON_REQUEST",
        scope="向申请人公开",
        reason="依申请提供",
        basis="《政府信息公开条例》第三十六条",
        next_review=today(),
    )

    entry = keeping.add_request("2026-申-001", item)

    with pytest.raises(ActionRefused, match="一事一记"):
        keeping.add_request("2026-申-001", item)
    corrected = correct(keeping, entry.number, {"subject": "答复"}, "主题")
    with pytest.raises(ActionRefused, match="一事一记"):
        keeping.add_request("2026-申-001", item)
    assert corrected.about.request == "2026-申-001"
    keeping.cancel(entry.number, "申请撤回")
    assert keeping.add_request("2026-申-001", item).serial == 3


def test_a_text_changed_after_registration_is_registered_anew(registry: Registry) -> None:
    """SRC-18, PUB-07: both entries stay; what counts is the one for the text as it is."""
    world = registry.world
    first = registry.add(THIRD)
    path = world.folder / "通知三.txt"
    path.write_text(path.read_text("utf-8").replace("十个工作日", "五个工作日"), "utf-8")
    world.judge(path)
    with pytest.raises(ActionRefused):
        registry.publish(THIRD)
    world.act(THIRD, CLERK, Act.KEEP, reason="文字性修改")
    world.judge(path)

    second = registry.add(THIRD)

    assert (second.occasion, second.before) == (Occasion.AGAIN, first.number)
    assert second.about.core_fingerprint != first.about.core_fingerprint
    assert [line.standing for line in registry.lines()] == [
        Standing.REPLACED,
        Standing.REGISTERED,
    ]


def test_base_papers_are_kept_by_name_and_digest(registry: Registry) -> None:
    """REG-06: nothing of them is copied; handed in twice, they are one."""
    registry.add()
    paper = registry.world.folder / "会议记录.txt"
    paper.write_text("领导小组会议记录", "utf-8")

    until = file_paper(registry.keeping(), PUBLIC, paper, "会议记录")
    again = file_paper(registry.keeping(), PUBLIC, paper, "会议记录")

    with registry.world.database.read() as connection:
        kept = connection.execute(select(own.evidence)).all()
    assert until == again == f"{date.today().year + 10}{today()[4:]}"
    assert [(row.name, row.kind, len(row.sha256)) for row in kept] == [
        ("会议记录.txt", "会议记录", 64)
    ]


@pytest.mark.parametrize(
    ("cadence", "late"),
    [
        pytest.param("IMMEDIATE", True, id="what comes as it comes"),
        pytest.param("PERIODIC", False, id="what is registered together"),
        pytest.param("FIXED", False, id="what stands"),
    ],
)
def test_an_entry_long_after_the_approval_is_late(
    registry: Registry, cadence: str, late: bool
) -> None:
    """REG-08, PRO-09: told, never refused."""
    with registry.world.database.write() as connection:
        signed = tables.move.c.act == Act.APPROVE
        connection.execute(update(tables.move).where(signed).values(acted_on="2026-03-02"))

    entry = registry.add(cadence=cadence)

    assert entry.about.late is late
