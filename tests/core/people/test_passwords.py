"""Passwords and signing in: what is asked of one, and what a guesser learns: nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from argon2 import PasswordHasher, extract_parameters
from sqlalchemy import select, update

from core.people.conftest import ADMIN, AT
from gongkai.errors import ActionRefused
from gongkai.lifecycle.roles import Role
from gongkai.people.passwords import LONGEST, NOBODY, hash_of, matches, renewed
from gongkai.people.signin import PAUSE, TRIES, sign_in
from gongkai.store import tables

GOOD = "Ganbei-2026"


def later(**passed: float) -> str:
    return (datetime.fromisoformat(AT) + timedelta(**passed)).isoformat()


@pytest.fixture
def signed(database, settings, administration):
    """Whether the administrator gets in with a password at a moment."""
    secret = hash_of(GOOD, ADMIN)
    with administration() as work:
        work.set_password(ADMIN, secret)

    def enters(password: str = GOOD, at: str = AT, name: str = ADMIN) -> bool:
        try:
            sign_in(database, settings, name, password, at)
        except ActionRefused as refused:
            return refused.key != "signin_refused"
        return True

    return enters


@pytest.mark.parametrize(
    ("password", "key"),
    [
        pytest.param("", "password_length", id="none"),
        pytest.param("Kurz-2026", "password_length", id="nine characters"),
        pytest.param("a1" * LONGEST, "password_length", id="endless"),
        pytest.param("Zhang-Xiao-Ming", "password_is_name", id="the name in other letters"),
        pytest.param("1234567890", "password_plain", id="digits only"),
        pytest.param("密码" * 5, "password_plain", id="one kind of other characters"),
    ],
)
def test_a_password_that_is_easily_guessed_is_not_taken(password, key) -> None:
    with pytest.raises(ActionRefused) as caught:
        hash_of(password, "zhang-xiao-ming")

    assert caught.value.key == key
    assert not password or password not in str(caught.value)


@pytest.mark.parametrize(
    "password",
    [
        pytest.param("Ganbei2026", id="ten characters"),
        pytest.param("政务公开2026年第1次", id="Chinese"),
        pytest.param("a b c d e f 1", id="blanks"),
        pytest.param("x1" * (LONGEST // 2), id="as long as can be"),
        pytest.param("half \udcff way 1", id="bytes of no text"),
    ],
)
def test_a_password_opens_and_no_other_does(password) -> None:
    kept = hash_of(password, "张示例")

    assert matches(kept, password)
    assert not matches(kept, password + " ")
    assert password not in kept


def test_two_spellings_of_one_letter_are_one_password() -> None:
    assert matches(hash_of("caf\u00e9-2026-x", "张示例"), "cafe\u0301-2026-x")


@pytest.mark.parametrize("kept", [NOBODY, "", "no hash", "$argon2id$v=19$m=1"])
def test_what_is_no_hash_of_it_opens_nothing(kept) -> None:
    assert not matches(kept, GOOD)


def test_nobodys_hash_costs_what_anybodys_does() -> None:
    assert extract_parameters(NOBODY) == extract_parameters(hash_of(GOOD, "张示例"))


def test_a_hash_of_older_parameters_is_renewed() -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(GOOD)

    new = renewed(old, GOOD)

    assert new is not None
    assert matches(new, GOOD)
    assert renewed(new, GOOD) is None


def test_signing_in_renews_an_old_hash_and_nothing_else(database, signed) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(GOOD)
    with database.write() as connection:
        connection.execute(update(tables.person).values(password=old))

    assert signed()

    with database.read() as connection:
        kept = connection.execute(select(tables.person.c.password)).scalar_one()
        kinds = connection.execute(select(tables.chain.c.kind)).scalars().all()
    assert kept != old
    assert signed()
    assert kinds == ["audit.person_added", "audit.password_changed"]


def test_whoever_signs_in_has_the_roles_of_the_day(database, settings, signed) -> None:
    actor = sign_in(database, settings, ADMIN, GOOD, AT)

    assert actor.holds(Role.ADMINISTRATOR)


@pytest.mark.parametrize(
    ("name", "password"),
    [
        pytest.param(ADMIN, "wrong-password-1", id="a wrong password"),
        pytest.param("孙示例", GOOD, id="a name nobody has"),
        pytest.param("赵示例", GOOD, id="a name without a password"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_no_refusal_tells_what_was_wrong(signed, name, password) -> None:
    assert not signed(password, name=name)


def test_nobody_gets_in_after_some_wrong_passwords_until_a_while_later(signed, database) -> None:
    tried = [signed("wrong-password-1") for _ in range(TRIES)]

    assert not any(tried)
    assert not signed(GOOD, later(seconds=1))
    assert not signed(GOOD, (datetime.fromisoformat(AT) + PAUSE - timedelta(seconds=1)).isoformat())
    assert signed(GOOD, (datetime.fromisoformat(AT) + PAUSE).isoformat())
    with database.read() as connection:
        kinds = connection.execute(select(tables.chain.c.kind)).scalars().all()
    assert kinds.count("audit.person_locked") == 1


def test_the_right_password_in_time_clears_the_count(signed) -> None:
    for _ in range(3):
        assert not any(signed("wrong-password-1") for _ in range(TRIES - 1))

        assert signed()


def test_after_a_lock_the_count_begins_anew(signed) -> None:
    for _ in range(TRIES):
        signed("wrong-password-1")
    after = (datetime.fromisoformat(AT) + PAUSE).isoformat()

    assert not any(signed("wrong-password-1", after) for _ in range(TRIES - 1))
    assert signed(GOOD, after)


def test_many_guesses_at_once_are_counted_before_they_are_checked(signed, database) -> None:
    with ThreadPoolExecutor(8) as guessing:
        tried = list(guessing.map(signed, ["wrong-password-1"] * 8))

    assert not any(tried)
    assert not signed()
    with database.read() as connection:
        failed = connection.execute(select(tables.person.c.failed)).scalar_one()
    assert failed == TRIES


def test_whoever_was_deactivated_does_not_get_in(signed, administration, settings) -> None:
    with administration() as work:
        work.add("周示例")
        work.set_password("周示例", hash_of(GOOD, "周示例"))
        work.deactivate("周示例")

    assert not signed(name="周示例")


def test_a_new_password_ends_a_lock(signed, administration) -> None:
    for _ in range(TRIES):
        signed("wrong-password-1")
    with administration() as work:
        work.set_password(ADMIN, hash_of("Another-2026", ADMIN))

    assert not signed(GOOD)
    assert signed("Another-2026")
