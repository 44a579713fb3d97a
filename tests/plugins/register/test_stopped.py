"""A registered paper that is stopped later takes its words out of the register (INT-04, A6)."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from gongkai.errors import ActionRefused
from gongkai.moment import now
from gongkai.store import chain, tables
from gongkai.store.purge import purge
from gongkai.store.verification import verify
from gongkai_plugins.register import tables as own
from gongkai_plugins.register.codes import Standing
from gongkai_plugins.register.ledger import ledger_entry
from gongkai_plugins.register.upkeep import correct, file_paper
from plugins.register.office import PUBLIC, SECOND, Registry

# In ASCII, so that the chain's payloads hold it letter by letter.
TELLING = "azalea"


def stop(registry: Registry, case: str) -> None:
    document = registry.world.case(case).document
    with registry.world.database.write() as connection:
        purge(connection, document, "t" * 32, "gongkai", now())
    registry.world.database.scrub()


def everything(registry: Registry) -> str:
    """All text of all tables of the register, and of the chain."""
    found = []
    with registry.world.database.read() as connection:
        for table in (*own.metadata.sorted_tables, tables.payload, tables.move, tables.case):
            for row in connection.execute(select(table)):
                found.append(" ".join(str(value) for value in row))
    return "\n".join(found)


def test_no_word_of_it_is_left_in_the_register(registry: Registry) -> None:
    said = dict.fromkeys(("name", "subject", "scope", "opinion", "summary", "batch"), TELLING)
    registry.add(**said)
    correct(registry.keeping(), PUBLIC, {"subject": f"{TELLING}二"}, TELLING)
    registry.publish(url=f"https://example.invalid/{TELLING}", remark=TELLING)
    paper = registry.world.folder / f"{TELLING}.txt"
    paper.write_text("会议记录", "utf-8")
    file_paper(registry.keeping(), PUBLIC, paper, TELLING)
    registry.keeping().withdraw(PUBLIC, TELLING, TELLING)
    assert TELLING in everything(registry)

    stop(registry, PUBLIC)

    assert TELLING not in everything(registry)
    assert TELLING.encode() not in Path(str(registry.world.database.url.database)).read_bytes()


def test_its_numbers_stay_and_say_no_more(registry: Registry) -> None:
    """REG-03, REG-12: the row stays, and the chain still verifies."""
    registry.add()
    registry.add(SECOND)

    stop(registry, PUBLIC)

    first, second = registry.lines()
    assert [line.entry.serial for line in (first, second)] == [1, 2]
    assert first.standing is Standing.STOPPED
    assert second.entry.fields.name
    shown = ledger_entry(first, registry.world.profile)
    assert (shown.name, shown.subject, shown.opinion) == ("已停止检查", "", "")
    with registry.world.database.read() as connection:
        assert verify(connection).ok
        payloads = [e.payload for e in chain.events(connection, f"case:{PUBLIC}")]
    assert None in payloads


def test_a_stopped_paper_is_not_published_on_its_old_entry(registry: Registry) -> None:
    registry.add()

    stop(registry, PUBLIC)

    with pytest.raises(ActionRefused, match="先登记、后公开"):
        registry.publish()


def test_on_postgresql_too(on_postgresql: Registry) -> None:
    """The whole way on the other database: entered, corrected, public, stopped."""
    registry = on_postgresql
    registry.add(subject=TELLING)
    correct(registry.keeping(), PUBLIC, {"scope": TELLING}, "范围")
    registry.publish()
    registry.add(SECOND)
    registry.keeping().cancel(SECOND, "试")

    stop(registry, PUBLIC)

    assert TELLING not in everything(registry)
    assert [line.standing for line in registry.lines()] == [
        Standing.STOPPED,
        Standing.STOPPED,
        Standing.CANCELLED,
    ]
