"""What has to be proved around a review: SEC-06, SEC-15, SEC-16, SEC-17, SRC-17, N-12."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Table, insert

from gongkai.errors import ActionRefused
from gongkai.lifecycle.act import Act
from gongkai.lifecycle.roles import Role
from gongkai.model.attribute import DisclosureAttribute, Outcome, Severity, Stage
from gongkai.model.finding import Finding, FindingCode
from gongkai.model.verdict import Confidence, FiredRule, Mode, Suggestion, Verdict
from gongkai.moment import now
from gongkai.store import chain
from gongkai.store.plugin_words import forget
from gongkai.store.tables import quarantine
from gongkai.workdays.national import national_calendar
from gongkai_plugins.secrecy_review import joint, records, tables
from gongkai_plugins.secrecy_review.checks import reverse_needed
from gongkai_plugins.secrecy_review.facts import Consent, Joint, Reverse, ReverseStep
from gongkai_plugins.secrecy_review.form import review_form
from gongkai_plugins.secrecy_review.guard import rules_of
from gongkai_plugins.secrecy_review.opinions import (
    ConsentAnswer,
    Direction,
    Opinion,
    OurRole,
)
from plugins.secrecy_review.signing_desk import (
    NOT_DISCLOSED,
    PROACTIVE,
    WITHHELD,
    asked,
    changed,
    examined,
    facts,
    reviewed,
)
from procedure.office import BODY, CLERK, LEADER, OFFICER, World

OTHER_TEXT = BODY.replace("三分之二", "二分之一")
BODIES = ("示例市财政局", "示例市教育局")
FRIDAY = date(2026, 3, 6)
CALENDAR = national_calendar()


def write(world: World, number: str, table: Table, by: str = CLERK, **values: object) -> None:
    case = world.case(number)
    with world.database.write() as connection:
        records.write_alone(connection, case, table, values, by, now())


def led_with(world: World, number: str) -> None:
    write(world, number, tables.joint, our_role="LEAD", bodies=list(BODIES))


def agreed(world: World, number: str, body: str, answer: str = "AGREED") -> None:
    write(
        world,
        number,
        tables.consent,
        body=body,
        asked_on="",
        answer=answer,
        kind="REPLY",
        evidence="示财函〔2026〕8号",
        answered_on=date.today().isoformat(),
    )


def test_a_row_of_ours_counts_as_a_revision_and_is_in_the_chain(world: World) -> None:
    number = examined(world)
    before = world.case(number)

    led_with(world, number)

    assert world.case(number).revision == before.revision + 1
    with world.database.read() as connection:
        last = chain.events(connection, f"case:{number}")[-1]
    assert last.kind == "secrecy_review.joint"
    assert last.payload is not None
    assert last.payload["bodies"] == list(BODIES)


def test_of_two_who_write_about_one_case_one_is_told(world: World) -> None:
    number = examined(world)
    seen = world.case(number)
    led_with(world, number)

    with (
        pytest.raises(ActionRefused, match=number),
        world.database.write() as connection,
    ):
        records.write_alone(
            connection, seen, tables.joint, {"our_role": "SOLE", "bodies": []}, CLERK, now()
        )

    assert facts(world, number).joint.our_role is OurRole.LEAD


@pytest.mark.parametrize("act", [Act.REGISTER, Act.PUBLISH])
def test_sec15_every_co_maker_agrees_before_it_is_public(world: World, act: Act) -> None:
    number = reviewed(world)
    led_with(world, number)

    none = asked(world, number, act)
    agreed(world, number, BODIES[0])
    one = asked(world, number, act)
    agreed(world, number, BODIES[1])
    both = asked(world, number, act)

    assert all(body in none for body in BODIES)
    assert BODIES[0] not in one
    assert BODIES[1] in one
    assert both == ""


def test_sec15_whoever_objects_has_not_agreed(world: World) -> None:
    number = reviewed(world)
    led_with(world, number)
    agreed(world, number, BODIES[0])
    agreed(world, number, BODIES[1])

    agreed(world, number, BODIES[1], "OBJECTED")

    assert BODIES[1] in asked(world, number, Act.PUBLISH)


@pytest.mark.parametrize(
    "then",
    [
        pytest.param({"our_role": "SOLE", "bodies": []}, id="ours alone after all"),
        pytest.param({"our_role": "LEAD", "bodies": [BODIES[0]]}, id="no co-maker any more"),
    ],
)
def test_sec15_an_objection_stands_whatever_the_list_says_by_now(
    world: World, then: dict[str, object]
) -> None:
    number = reviewed(world)
    led_with(world, number)
    agreed(world, number, BODIES[0])
    agreed(world, number, BODIES[1], "OBJECTED")

    write(world, number, tables.joint, **then)

    assert BODIES[1] in asked(world, number, Act.PUBLISH)


def test_n12_silence_after_an_objection_is_no_consent() -> None:
    objected = Consent("f", "甲局", "2026-03-06", ConsentAnswer.OBJECTED)

    said = joint.standing([objected, Consent("f", "甲局", "2026-03-20")], (), "f")

    assert said == {"甲局": objected}


def test_sec15_a_consent_lapses_with_the_text(world: World) -> None:
    number = reviewed(world)
    led_with(world, number)
    for body in BODIES:
        agreed(world, number, body)

    changed(world, number, OTHER_TEXT)

    told = asked(world, number, Act.REGISTER, PROACTIVE)
    assert all(body in told for body in BODIES)


def test_sec15_who_only_took_part_does_not_publish(world: World) -> None:
    number = reviewed(world)
    write(world, number, tables.joint, our_role="CO_MAKER", bodies=[BODIES[0]])

    assert "由主办机关负责" in asked(world, number, Act.PUBLISH)
    assert asked(world, number, Act.REGISTER) == ""


def test_sec15_what_stays_inside_needs_nobodys_consent(world: World) -> None:
    number = examined(world, attribute=NOT_DISCLOSED, **WITHHELD)
    led_with(world, number)

    assert asked(world, number, Act.REGISTER) == ""


def test_a_leader_whose_partners_were_emptied_with_a_stopped_paper_names_them_again(
    world: World,
) -> None:
    number = reviewed(world)
    write(world, number, tables.joint, our_role="LEAD", bodies=[])

    assert "没有写明其他制作单位" in asked(world, number, Act.PUBLISH)


@pytest.mark.parametrize(
    ("said", "today", "days", "left"),
    [
        pytest.param(Consent("f", "甲局"), FRIDAY, 15, ("甲局",), id="never asked"),
        pytest.param(Consent("f", "甲局", "2026-03-06"), FRIDAY, 15, ("甲局",), id="just asked"),
        pytest.param(
            Consent("f", "甲局", "2026-03-06"), date(2026, 3, 27), 15, ("甲局",), id="the last day"
        ),
        pytest.param(
            Consent("f", "甲局", "2026-03-06"), date(2026, 3, 30), 15, (), id="silent for 15 days"
        ),
        pytest.param(
            Consent("f", "甲局", "2026-03-06"),
            date(2026, 6, 30),
            None,
            ("甲局",),
            id="silence is none here",
        ),
        pytest.param(
            Consent("f", "甲局", "2026-03-06", ConsentAnswer.OBJECTED),
            date(2026, 6, 30),
            15,
            ("甲局",),
            id="objected",
        ),
    ],
)
def test_n12_silence_counts_where_the_profile_says_so(
    said: Consent, today: date, days: int | None, left: tuple[str, ...]
) -> None:
    ours = Joint(OurRole.LEAD, ("甲局",))

    assert joint.missing(ours, {"甲局": said}, today, CALENDAR, days) == left


def test_sec17_the_original_gives_way_to_its_public_version(world: World) -> None:
    original = examined(world, attribute=NOT_DISCLOSED, **WITHHELD)
    version = reviewed(world, OTHER_TEXT, name="公开版.txt")
    write(world, original, tables.public_version, public_case=version, reason="区分处理")

    assert version in asked(world, original, Act.PUBLISH, PROACTIVE)
    assert version in asked(world, original, Act.APPROVE, PROACTIVE)
    assert asked(world, version, Act.PUBLISH) == ""
    assert facts(world, version).public_version_of == original


def test_c25_a_paper_labelled_for_severance_is_public_through_its_version_only(
    world: World,
) -> None:
    number = reviewed(world)
    seen = facts(world, number)
    assert seen.verdict is not None
    label = Finding(
        FindingCode.LABEL_ALIAS, Severity.INFO, "C-25", details=(("variant", "redacted"),)
    )

    redacted = replace(seen, verdict=replace(seen.verdict, findings=(label,)))

    assert (seen.redacted_label, redacted.redacted_label) == (False, True)


def test_sec16_review_then_record_then_publication(world: World) -> None:
    number = reviewed(world)
    write(
        world, number, tables.declassification, OFFICER, reference="", record_on="", reason="过期"
    )
    required = asked(world, number, Act.PUBLISH)
    early = (date.today() - timedelta(days=1)).isoformat()
    write(world, number, tables.declassification, OFFICER, reference="示密解1号", record_on=early)
    before_review = asked(world, number, Act.PUBLISH)
    today = date.today().isoformat()
    write(world, number, tables.declassification, OFFICER, reference="示密解2号", record_on=today)

    assert "须办理解密手续" in required
    assert "早于保密审查" in before_review
    assert asked(world, number, Act.PUBLISH) == ""


def test_sec16_what_was_let_go_as_declassified_needs_its_record_too(world: World) -> None:
    number = reviewed(world)
    case = world.case(number)
    with world.database.write() as connection:
        connection.execute(
            insert(quarantine).values(
                year=2026,
                serial=1,
                number="Q-2026-001",
                document_id=case.document,
                path_tag="t",
                content_tag="t",
                positions=[],
                found_at=now(),
                status="released",
                released_as="已解密",
            )
        )

    assert "须办理解密手续" in asked(world, number, Act.PUBLISH)


def verdict(attribute: DisclosureAttribute | None, row: str, *codes: FindingCode) -> Verdict:
    rules = (FiredRule(row, attribute, ()),)
    return Verdict(
        Outcome.CLEAN,
        Stage.SUBMITTED,
        "p@1",
        None,
        Suggestion(attribute, Mode.OWN, Confidence.HIGH, rules),
        tuple(Finding(code, Severity.WARNING, "r") for code in codes),
    )


@pytest.mark.parametrize(
    ("attribute", "found", "direction"),
    [
        pytest.param(
            NOT_DISCLOSED,
            verdict(PROACTIVE, "row-11", FindingCode.TOPIC_WITHHELD),
            Direction.WITHHOLD,
            id="a listed topic withheld",
        ),
        pytest.param(NOT_DISCLOSED, verdict(PROACTIVE, "row-15"), None, id="no topic"),
        pytest.param(
            PROACTIVE, verdict(NOT_DISCLOSED, "row-4"), Direction.DISCLOSE, id="what law forbids"
        ),
        pytest.param(
            PROACTIVE, verdict(NOT_DISCLOSED, "row-7"), None, id="what may be withheld (条例16)"
        ),
        pytest.param(PROACTIVE, verdict(PROACTIVE, "row-11"), None, id="what is advised"),
    ],
)
def test_src17_a_decision_against_the_rule_is_a_reverse_one(
    world: World,
    attribute: DisclosureAttribute,
    found: Verdict,
    direction: Direction | None,
) -> None:
    number = examined(world)
    seen = replace(facts(world, number), verdict=found)

    assert reverse_needed(attribute, seen, rules_of(world.office)) is direction


CHAIN = (Role.SECTION_HEAD, Role.OFFICE, Role.LEADER_IN_CHARGE, Role.LEADING_GROUP)


def reverse(*votes: bool) -> Reverse:
    steps = tuple(
        ReverseStep(n, role, f"人{n}", "", "2026-11-20", vote)
        for n, (role, vote) in enumerate(zip(CHAIN, votes, strict=False), 1)
    )
    return Reverse(1, "f", Direction.WITHHOLD, "理由", "依据", "人", "2026", steps)


@pytest.mark.parametrize(
    ("votes", "approved"),
    [
        pytest.param((), False, id="nobody yet"),
        pytest.param((True, True, True), False, id="one is missing"),
        pytest.param((True, True, True, True), True, id="all agreed"),
        pytest.param((True, False), False, id="one did not"),
        pytest.param((True, True, True, False), False, id="the last did not"),
    ],
)
def test_src17_it_has_no_effect_before_everybody_agreed(
    votes: tuple[bool, ...], approved: bool
) -> None:
    assert reverse(*votes).approved(CHAIN) is approved


def test_src17_a_reverse_decision_lapses_with_the_text(world: World) -> None:
    number = examined(world)
    write(
        world,
        number,
        tables.reverse,
        direction="WITHHOLD",
        reason="正在征求意见",
        basis="部里意见第五条",
    )
    standing = facts(world, number).reverse

    changed(world, number, OTHER_TEXT)

    assert standing is not None
    assert facts(world, number).reverse is None


def test_sec06_a_suspicious_place_waits_for_the_officer(world: World) -> None:
    number = examined(world)
    suspicious = Finding(FindingCode.SECRET_CONTENT, Severity.BLOCK, "r", key="k1")
    seen = facts(world, number)
    assert seen.verdict is not None
    found = replace(seen, verdict=replace(seen.verdict, findings=(suspicious,)))

    ruled = replace(found, dismissed=frozenset({"k1"}))

    assert (found.unruled, ruled.unruled) == (("k1",), ())


def test_a6_what_was_emptied_with_a_stopped_paper_permits_nothing_afterwards(world: World) -> None:
    number = examined(world)
    suspicious = Finding(FindingCode.SECRET_CONTENT, Severity.BLOCK, "r", key="k1")
    write(world, number, tables.reverse, direction="WITHHOLD", reason="在征求意见", basis="第五条")
    write(
        world, number, tables.ruling, key="k1", code="SECRET_CONTENT", answer="a", reason="不涉密"
    )
    before = facts(world, number)
    assert before.verdict is not None
    found = replace(before.verdict, findings=(suspicious,))

    with world.database.write() as connection:
        forget(connection, [number])
    after = facts(world, number)

    assert replace(before, verdict=found).unruled == ()
    assert before.reverse is not None
    assert replace(after, verdict=found).unruled == ("k1",)
    assert after.reverse is None


def test_sec11_open_permits_what_is_disclosed_on_request(world: World) -> None:
    on_request = {"reason": "只涉及部分申领人", "basis": "《政府信息公开条例》第二十七条"}
    attribute = DisclosureAttribute.ON_REQUEST

    number = reviewed(world, given=Opinion.OPEN, attribute=attribute, **on_request)

    assert asked(world, number, Act.ACCEPT) == ""


def test_b15_the_form_of_a_new_round_shows_no_earlier_approval(world: World) -> None:
    number = reviewed(world)
    world.act(number, CLERK, Act.ACCEPT)
    world.act(number, LEADER, Act.APPROVE)
    profile, settings = rules_of(world.office).profile, world.office.settings
    before = review_form(facts(world, number), "示例", profile, settings)
    case = world.case(number)

    again = replace(facts(world, number).situation, case=replace(case, round=case.round + 1))
    after = review_form(replace(facts(world, number), situation=again), "示例", profile, settings)

    assert (before.approval.signer, bool(before.result)) == (LEADER, True)
    assert (after.approval.signer, after.result) == ("", "")
