"""What administrators change: refused or recorded, never half, never by anybody else."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date

import pytest
from sqlalchemy import func, select

from core.people.conftest import ADMIN, AT
from gongkai import people
from gongkai.errors import ActionRefused
from gongkai.lifecycle.roles import Held, Role
from gongkai.people.changes import Administration, Period, own_password
from gongkai.people.passwords import hash_of
from gongkai.settings import parse_settings
from gongkai.store import tables
from gongkai.store.verification import verify

TODAY = date.fromisoformat(AT[:10])
FROM_TODAY = Period(TODAY)


def refused(act, *arguments) -> str:
    with pytest.raises(ActionRefused) as caught:
        act(*arguments)
    return caught.value.key


def roles(database, settings, name: str, on: date = TODAY) -> set[Held]:
    with database.read() as connection:
        return set(people.actor(connection, settings, name, on).roles)


def rows(database) -> list[tuple[str, dict[str, object]]]:
    """Kind and data of every row of the chain."""
    joined = tables.chain.join(tables.payload, tables.payload.c.seq == tables.chain.c.seq)
    with database.read() as connection:
        found = connection.execute(
            select(tables.chain.c.kind, tables.payload.c.body)
            .select_from(joined)
            .order_by(tables.chain.c.seq)
        ).all()
    return [(row.kind, json.loads(row.body)) for row in found]


def test_a_person_is_added_and_given_a_role_for_his_section(
    database, settings, administration
) -> None:
    with administration() as work:
        work.add("李示例", "就业促进科", ["li"])
        work.grant("李示例", Role.SECTION_HEAD, "", Period(TODAY, date(2026, 12, 31)))

    with database.read() as connection:
        actor = people.acting(connection, settings, "li", TODAY)
    assert actor.name == "李示例"
    assert actor.roles == {Held(Role.SECTION_HEAD, "就业促进科")}
    assert roles(database, settings, "李示例", date(2027, 1, 1)) == set()


def test_every_change_is_a_row_of_the_chain_without_a_secret(
    database, settings, administration
) -> None:
    secret = hash_of("Ganbei-2026", "李示例")
    with administration() as work:
        work.add("李示例", "", ["li"])
        work.grant("李示例", Role.OFFICE, "", FROM_TODAY)
        work.add("王示例")
        work.delegate("李示例", "王示例", Role.OFFICE, "", Period(TODAY, date(2026, 12, 1)))
        work.change("王示例", "就业促进科", ["wang"])
        work.set_password("李示例", secret)
        work.revoke("李示例", Role.OFFICE)
        work.deactivate("李示例")
        work.activate("李示例")

    written = rows(database)
    assert [kind.removeprefix("audit.") for kind, _ in written] == [
        "person_added",
        "role_granted",
        "person_added",
        "role_delegated",
        "person_changed",
        "password_changed",
        "role_revoked",
        "person_deactivated",
        "person_activated",
    ]
    assert all(body["actor"] == ADMIN for _, body in written)
    assert "argon2" not in str(written)
    with database.read() as connection:
        assert verify(connection).ok


def test_what_is_refused_leaves_nothing(database, settings, administration) -> None:
    def half() -> None:
        with administration() as work:
            work.add("李示例")
            work.grant("李示例", Role.ADMINISTRATOR, "", FROM_TODAY)
            work.grant("李示例", Role.OFFICE, "", FROM_TODAY)

    assert refused(half) == "roles_clash"
    assert rows(database) == []
    with database.read() as connection:
        assert not connection.execute(select(func.count(tables.person.c.id))).scalar_one()


@pytest.mark.parametrize(
    ("by", "key"),
    [
        pytest.param("赵示例", "not_permitted", id="a head of section"),
        pytest.param("孙示例", "unknown_actor", id="nobody"),
    ],
)
def test_nobody_but_an_administrator_changes_people(administration, by, key) -> None:
    def at_work() -> None:
        with administration(by=by):
            pass

    assert refused(at_work) == key


def test_an_administrators_rights_end_with_his_dates(administration, database) -> None:
    with administration() as work:
        work.add("周示例")
        work.grant("周示例", Role.ADMINISTRATOR, "", Period(TODAY, TODAY))
    with administration(by="周示例") as work:
        work.add("吴示例")

    def tomorrow() -> None:
        with administration(by="周示例", at="2026-11-22T00:00:00+08:00"):
            pass

    assert refused(tomorrow) == "not_permitted"


@pytest.mark.parametrize(
    ("act", "arguments", "key"),
    [
        pytest.param("add", ("",), "person_name", id="no name"),
        pytest.param("add", (" 李示例",), "person_name", id="a blank before"),
        pytest.param("add", ("李\n示例",), "person_name", id="a line feed"),
        pytest.param("add", ("李" * 61,), "person_name", id="a long name"),
        pytest.param("add", ("赵示例",), "person_known", id="somebody of the settings"),
        pytest.param("add", ("李示例",), "person_known", id="somebody known"),
        pytest.param("add", ("吴示例", "", ["zhao"]), "account_taken", id="another's account"),
        pytest.param("grant", ("孙示例", Role.IT, "", FROM_TODAY), "person_unknown", id="nobody"),
        pytest.param(
            "grant",
            ("赵示例", Role.SECTION_HEAD, "", FROM_TODAY),
            "role_held",
            id="a role of the settings",
        ),
        pytest.param(
            "grant", ("赵示例", Role.SUPERVISOR, "", FROM_TODAY), "roles_clash", id="a clash"
        ),
        pytest.param(
            "grant", (ADMIN, Role.OFFICE, "", FROM_TODAY), "roles_clash", id="deciding himself"
        ),
        pytest.param(
            "revoke", ("赵示例", Role.SECTION_HEAD), "role_in_settings", id="what settings say"
        ),
        pytest.param("revoke", ("赵示例", Role.LEGAL), "role_not_held", id="what he has not"),
        pytest.param("revoke", (ADMIN, Role.ADMINISTRATOR), "not_yourself", id="his own rights"),
        pytest.param("deactivate", (ADMIN,), "not_yourself", id="himself"),
        pytest.param("activate", ("赵示例",), "person_known", id="somebody active"),
        pytest.param("change", ("赵示例", "x"), "section_in_settings", id="a stated section"),
    ],
)
def test_a_change_that_cannot_be_is_refused(administration, act, arguments, key) -> None:
    with administration() as work:
        work.add("李示例")

        assert refused(getattr(work, act), *arguments) == key


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        pytest.param(("李示例", "李示例", Role.OFFICE), "delegate_self", id="to himself"),
        pytest.param((ADMIN, "李示例", Role.ADMINISTRATOR), "delegate_keeper", id="rights"),
        pytest.param(("李示例", "王示例", Role.LEGAL), "delegate_not_held", id="not held"),
        pytest.param(("李示例", "王示例", Role.OFFICE, None), "delegate_endless", id="no end"),
        pytest.param(("李示例", ADMIN, Role.OFFICE), "roles_clash", id="to the administrator"),
        pytest.param(("李示例", "孙示例", Role.OFFICE), "person_unknown", id="to nobody"),
    ],
)
def test_a_delegation_that_cannot_be_is_refused(administration, arguments, key) -> None:
    owner, deputy, role, *last = (*arguments, date(2026, 12, 1))
    with administration() as work:
        work.add("李示例")
        work.add("王示例")
        work.grant("李示例", Role.OFFICE, "", FROM_TODAY)

        assert refused(work.delegate, owner, deputy, role, "", Period(TODAY, last[0])) == key


def test_a_deputy_acts_in_the_owners_name_until_the_last_day(
    database, settings, administration
) -> None:
    with administration() as work:
        work.add("王示例")
        last = date(2026, 11, 30)
        work.delegate("赵示例", "王示例", Role.SECTION_HEAD, "", Period(TODAY, last))

    held = {Held(Role.SECTION_HEAD, "就业促进科", "赵示例")}
    assert roles(database, settings, "王示例", last) == held
    assert roles(database, settings, "王示例", date(2026, 12, 1)) == set()


def test_an_account_goes_to_the_next_when_its_owner_was_deactivated(
    database, settings, administration
) -> None:
    with administration() as work:
        work.add("李示例", "", ["desk1"])
        work.deactivate("李示例")
        work.add("王示例", "", ["desk1"])

        assert refused(work.activate, "李示例") == "account_taken"
    with database.read() as connection:
        assert people.acting(connection, settings, "desk1", TODAY).name == "王示例"


def test_a_period_never_ends_before_it_begins() -> None:
    assert refused(Period, TODAY, date(2026, 11, 20)) == "period_backwards"


def test_the_same_role_again_is_refused_and_a_longer_one_is_not(administration) -> None:
    with administration() as work:
        work.add("李示例")
        work.grant("李示例", Role.OFFICE, "", Period(TODAY, date(2026, 12, 31)))

        inside = Period(date(2026, 12, 1), date(2026, 12, 31))
        assert refused(work.grant, "李示例", Role.OFFICE, "", inside) == "role_held"
        work.grant("李示例", Role.OFFICE, "", Period(TODAY, date(2027, 12, 31)))


def test_a_role_revoked_today_is_gone_today_and_was_held_yesterday(
    database, settings, administration
) -> None:
    with administration() as work:
        work.add("李示例")
        work.grant("李示例", Role.OFFICE, "", Period(date(2026, 11, 1)))
        work.grant("李示例", Role.LEGAL, "", Period(date(2026, 11, 1)))
        ended = work.revoke("李示例", Role.OFFICE)

    assert [each.role for each in ended] == [Role.OFFICE]
    assert roles(database, settings, "李示例") == {Held(Role.LEGAL)}
    yesterday = roles(database, settings, "李示例", date(2026, 11, 20))
    assert yesterday == {Held(Role.LEGAL), Held(Role.OFFICE)}


def test_a_role_that_clashes_later_is_no_clash_now(administration) -> None:
    with administration() as work:
        work.add("李示例")
        work.grant("李示例", Role.OFFICE, "", Period(TODAY, date(2026, 12, 31)))
        work.grant("李示例", Role.SUPERVISOR, "", Period(date(2027, 1, 1)))

        overlapping = Period(date(2026, 12, 31))
        assert refused(work.grant, "李示例", Role.IT, "", overlapping) == "roles_clash"


def test_in_a_small_office_the_administrator_does_it_all(database, small, administration) -> None:
    with administration(under=small) as work:
        work.grant(ADMIN, Role.OFFICE, "", FROM_TODAY)

    assert Held(Role.OFFICE) in roles(database, small, ADMIN)


def test_once_duties_are_kept_apart_such_a_role_rests(
    database, settings, small, administration
) -> None:
    with administration(under=small) as work:
        work.grant(ADMIN, Role.OFFICE, "", FROM_TODAY)

    assert roles(database, settings, ADMIN) == {Held(Role.ADMINISTRATOR)}


def test_a_section_nobody_has_is_named_with_the_nearest(database) -> None:
    text = (
        "[organization]\nsections = ['就业促进科', '社会保险科']\n"
        "[[person]]\nname = '张示例'\nroles = ['administrator']\n"
    )
    settings = parse_settings(text, "gongkai.toml")

    with database.write() as connection:
        work = Administration(connection, settings, ADMIN, AT)
        with pytest.raises(ActionRefused) as caught:
            work.add("李示例", "就业促近科")

    assert "就业促进科" in str(caught.value)


def test_ones_own_password_needs_no_administrator(database, settings) -> None:
    with database.write() as connection:
        own_password(connection, settings, "赵示例", hash_of("Ganbei-2026", "赵示例"), AT)

    assert [kind for kind, _ in rows(database)] == ["audit.person_added", "audit.password_changed"]
    assert {body["actor"] for _, body in rows(database)} == {"赵示例"}


WORK = """
import sys
from datetime import date
from gongkai.errors import ActionRefused
from gongkai.lifecycle.roles import Role
from gongkai.people.changes import Administration, Period
from gongkai.settings import parse_settings
from gongkai.store.database import Database

url, by, script = sys.argv[1:]
text = "[[person]]\\nname = '张示例'\\nroles = ['administrator']\\n"
text += "[[person]]\\nname = '周示例'\\nroles = ['administrator']\\n"
settings = parse_settings(text, "gongkai.toml")
with Database(url) as database:
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        with database.write() as connection:
            work = Administration(connection, settings, by, "2026-11-21T10:00:00+08:00")
            eval(script)
        print("done")
    except ActionRefused as refused:
        print(refused.key)
"""


def together(url, *tasks: tuple[str, str]) -> list[str]:
    """What became of acts of several processes that begin at the same moment."""
    address = url.render_as_string(hide_password=False)
    working = [
        subprocess.Popen(
            [sys.executable, "-c", WORK, address, by, script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": ":".join(sys.path)},
        )
        for by, script in tasks
    ]
    for process in working:
        assert process.stdout is not None
        process.stdout.readline()
    for process in working:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    return sorted(process.communicate(timeout=60)[0].strip() for process in working)


@pytest.mark.parametrize(
    ("one", "other", "outcomes"),
    [
        pytest.param(
            "work.grant('李示例', Role.OFFICE, '', Period(date(2026, 11, 21)))",
            "work.grant('李示例', Role.OFFICE, '', Period(date(2026, 11, 21)))",
            ["done", "role_held"],
            id="the same role",
        ),
        pytest.param(
            "work.grant('李示例', Role.OFFICE, '', Period(date(2026, 11, 21)))",
            "work.grant('李示例', Role.SUPERVISOR, '', Period(date(2026, 11, 21)))",
            ["done", "roles_clash"],
            id="roles that clash",
        ),
        pytest.param(
            "work.add('吴示例', '', ['wu'])",
            "work.add('郑示例', '', ['wu'])",
            ["account_taken", "done"],
            id="one account",
        ),
        pytest.param(
            "work.add('吴示例')", "work.add('吴示例')", ["done", "person_known"], id="one name"
        ),
        pytest.param(
            "work.deactivate('周示例')",
            "work.deactivate('张示例')",
            ["done", "person_inactive"],
            id="two administrators each other",
        ),
        pytest.param(
            "work.set_password('李示例', 'one')",
            "work.set_password('李示例', 'two')",
            ["done", "done"],
            id="the password, one after the other",
        ),
    ],
)
def test_two_processes_changing_the_same_do_it_one_after_the_other(
    url, database, administration, one, other, outcomes
) -> None:
    with administration() as work:
        work.add("李示例")

    assert together(url, (ADMIN, one), ("周示例", other)) == outcomes
    with database.read() as connection:
        assert verify(connection).ok
