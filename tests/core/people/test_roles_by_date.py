"""Whose role counts on which day, ends included, revoked at once, never delegated on (SRC-22)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.errors import ActionRefused
from gongkai.lifecycle.roles import Held, Role
from gongkai.people.roster import Known, Roster, counts
from gongkai.settings import Person
from gongkai.store.people import Assignment, StoredPerson

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
SOME_DAYS = st.dates(date(2026, 3, 1), date(2026, 3, 9))
DAY = timedelta(days=1)


def assignment(
    from_on: date = FIRST,
    to_on: date | None = LAST,
    *,
    role: Role = Role.OFFICE,
    unit: str = "",
    of: str = "",
    revoked: date | None = None,
) -> Assignment:
    revoked_at = f"{revoked.isoformat()}T23:59:59+08:00" if revoked else ""
    at = "2026-01-01T08:00:00+08:00"
    return Assignment(1, 1, role, unit, of, from_on, to_on, "张示例", at, revoked_at)


def stored(name: str, *, active: bool = True, section: str = "") -> StoredPerson:
    return StoredPerson(1, name, section, (), active, False, "", "", "")


def people(*known: Known, apart: bool = True) -> Roster:
    return Roster({each.name: each for each in known}, apart)


def roles(roster: Roster, name: str, on: date) -> set[Held]:
    return set(roster.actor(name, on).roles)


@pytest.mark.parametrize(
    ("on", "counted"),
    [
        pytest.param(FIRST - DAY, False, id="the day before"),
        pytest.param(FIRST, True, id="the first day"),
        pytest.param(LAST, True, id="the last day"),
        pytest.param(LAST + DAY, False, id="the day after"),
    ],
)
def test_both_ends_of_a_period_count(on, counted) -> None:
    assert counts(assignment(), on) is counted


def test_a_role_of_one_day_counts_on_that_day() -> None:
    assert counts(assignment(FIRST, FIRST), FIRST)


def test_a_role_revoked_on_its_first_day_never_counts() -> None:
    given = assignment(FIRST, None, revoked=FIRST)

    assert not any(counts(given, FIRST + DAY * n) for n in range(-2, 400))


@given(DAYS, st.none() | DAYS, st.none() | DAYS, DAYS)
def test_a_day_counts_exactly_between_the_ends_and_before_the_revocation(
    first, last, revoked, on
) -> None:
    given = assignment(first, last, revoked=revoked)

    alive = [first <= on, last is None or on <= last, revoked is None or on < revoked]
    assert counts(given, on) is all(alive)


@given(DAYS, st.none() | DAYS, DAYS, DAYS)
def test_revoking_takes_nothing_from_the_days_before(first, last, revoked, on) -> None:
    before = counts(assignment(first, last), on)
    after = counts(assignment(first, last, revoked=revoked), on)

    assert after is (before and on < revoked)


PERIODS = st.tuples(SOME_DAYS, SOME_DAYS).map(sorted)


@given(st.lists(PERIODS, max_size=4), SOME_DAYS)
def test_overlapping_periods_count_as_their_union(periods, on) -> None:
    given = tuple(assignment(first, last) for first, last in periods)
    person = Known("李示例", stored=stored("李示例"), assignments=given)

    held = roles(people(person), "李示例", on)

    assert (Held(Role.OFFICE) in held) is any(a <= on <= b for a, b in periods)


@given(PERIODS, PERIODS, SOME_DAYS)
def test_a_delegation_counts_only_while_the_owner_has_the_role(own, lent, on) -> None:
    owner = Known("李示例", stored=stored("李示例"), assignments=(assignment(*own),))
    deputy = Known("王示例", stored=stored("王示例"), assignments=(assignment(*lent, of="李示例"),))

    held = roles(people(owner, deputy), "王示例", on)

    alive = own[0] <= on <= own[1] and lent[0] <= on <= lent[1]
    assert held == ({Held(Role.OFFICE, "", "李示例")} if alive else set())


@pytest.mark.parametrize(
    ("owned", "lent", "units"),
    [
        pytest.param("", "", {""}, id="the whole office"),
        pytest.param("", "就业促进科", {"就业促进科"}, id="a part of the whole"),
        pytest.param("就业促进科", "", {"就业促进科"}, id="never more than the owner has"),
        pytest.param("就业促进科", "社会保险科", set(), id="another section"),
    ],
)
def test_a_delegation_reaches_as_far_as_the_owners_role(owned, lent, units) -> None:
    own = assignment(unit=owned, role=Role.LEADER_IN_CHARGE)
    given = assignment(unit=lent, role=Role.LEADER_IN_CHARGE, of="李示例")
    owner = Known("李示例", stored=stored("李示例"), assignments=(own,))
    deputy = Known("王示例", stored=stored("王示例"), assignments=(given,))

    held = roles(people(owner, deputy), "王示例", FIRST)

    assert {each.unit for each in held} == units


def test_a_delegated_role_is_not_delegated_further() -> None:
    owner = Known("李示例", stored=stored("李示例"), assignments=(assignment(),))
    deputy = Known("王示例", stored=stored("王示例"), assignments=(assignment(of="李示例"),))
    third = Known("周示例", stored=stored("周示例"), assignments=(assignment(of="王示例"),))

    assert roles(people(owner, deputy, third), "周示例", FIRST) == set()


def test_a_delegation_ends_when_its_owner_is_deactivated() -> None:
    gone = stored("李示例", active=False)
    owner = Known("李示例", stored=gone, assignments=(assignment(),))
    deputy = Known("王示例", stored=stored("王示例"), assignments=(assignment(of="李示例"),))

    assert roles(people(owner, deputy), "王示例", FIRST) == set()


def test_whoever_was_deactivated_is_nobody_whatever_the_settings_say() -> None:
    stated = Person(name="李示例", roles=(Role.OFFICE,), accounts=("li",))
    known = people(Known("李示例", stated, stored("李示例", active=False)))

    with pytest.raises(ActionRefused) as caught:
        known.actor(known.of_account("li").name, FIRST)

    assert caught.value.key == "person_inactive"


def test_settings_and_database_make_one_person() -> None:
    stated = Person(name="李示例", section="就业促进科", roles=(Role.DRAFTER,), accounts=("li",))
    kept = StoredPerson(1, "李示例", "社会保险科", ("li2",), True, False, "", "", "")
    known = people(Known("李示例", stated, kept, (assignment(),)))

    actor = known.actor("李示例", FIRST)

    assert actor.section == "就业促进科"
    assert actor.roles == {Held(Role.DRAFTER, "就业促进科"), Held(Role.OFFICE)}
    assert known.of_account("li2").name == known.of_account("li").name == "李示例"


def test_an_account_of_two_people_is_the_settings_ones() -> None:
    stated = Person(name="李示例", accounts=("li",))
    other = StoredPerson(2, "王示例", "", ("li",), True, False, "", "", "")
    known = people(Known("王示例", stored=other), Known("李示例", stated))

    assert known.of_account("li").name == "李示例"


@pytest.mark.parametrize("apart", [True, False])
def test_where_duties_are_apart_an_administrator_decides_nothing(apart) -> None:
    stated = Person(name="李示例", roles=(Role.ADMINISTRATOR,))
    given = (assignment(), assignment(role=Role.DRAFTER))
    known = people(Known("李示例", stated, stored("李示例"), given), apart=apart)

    held = {each.role for each in roles(known, "李示例", FIRST)}

    decides = set() if apart else {Role.OFFICE}
    assert held == {Role.ADMINISTRATOR, Role.DRAFTER} | decides


def test_a_head_holds_his_role_for_his_section_and_the_office_for_all() -> None:
    stated = Person(
        name="李示例", section="就业促进科", roles=(Role.SECTION_HEAD, Role.LEADER_IN_CHARGE)
    )
    actor = people(Known("李示例", stated)).actor("李示例", FIRST)

    assert actor.holds(Role.SECTION_HEAD, "就业促进科")
    assert actor.holds(Role.SECTION_HEAD, "社会保险科") is None
    assert actor.holds(Role.LEADER_IN_CHARGE, "社会保险科") == Held(Role.LEADER_IN_CHARGE)


def test_ones_own_role_comes_before_a_delegated_one() -> None:
    own = assignment(unit="就业促进科")
    of_all = assignment()
    owner = Known("周示例", stored=stored("周示例"), assignments=(of_all,))
    person = Known("李示例", stored=stored("李示例"), assignments=(assignment(of="周示例"), own))
    actor = people(owner, person).actor("李示例", FIRST)

    assert actor.holds(Role.OFFICE, "就业促进科") == Held(Role.OFFICE, "就业促进科")
    assert actor.holds(Role.OFFICE, "社会保险科") == Held(Role.OFFICE, "", "周示例")
