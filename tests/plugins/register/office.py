"""An office whose papers are signed off and marked, and its register."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import update

from gongkai.lifecycle.act import Act
from gongkai.lifecycle.state import State
from gongkai.model.attribute import DisclosureAttribute
from gongkai.settings import load_office
from gongkai.store import tables
from gongkai.store.database import Database
from gongkai.workdays.office_calendar import load_calendar
from gongkai_plugins.register import resolutions
from gongkai_plugins.register.entries import Entry
from gongkai_plugins.register.keeping import Keeping
from gongkai_plugins.register.overview import Line, overview
from gongkai_plugins.register.publications import Publication
from gongkai_plugins.register.resolutions import STANDING, Resolution
from procedure.office import (
    BODY,
    CLERK,
    CUSTODIAN,
    DRAFTER,
    HEAD,
    LEADER,
    World,
    an_office,
    proposal,
)

PROFILE = """
[profile]
id = "bureau"
version = "1"
title = "示例局"
extends = "national_2019"

[secrecy.review]
value = "none"
basis = "保密审查另行办理"
level = "practice"
"""
RESOLUTION = "示例局政务公开领导小组〔2026〕3号"
PUBLIC, SECOND, THIRD = "2026-001", "2026-002", "2026-003"
INTERNAL = "2026-004"
GROUND = {"reason": "属于过程性信息", "basis": "《政府信息公开条例》第十六条"}


def today(later: int = 0) -> str:
    """The day it is, or one so many days later: asked for when needed, a run may outlast a day."""
    return (date.today() + timedelta(later)).isoformat()


@dataclass
class Registry:
    """The office with its register."""

    world: World

    def keeping(self, name: str = CUSTODIAN) -> Keeping:
        """The register as somebody works on it."""
        calendar = load_calendar(self.world.office.root)
        return Keeping(self.world.casework, self.world.actor(name), calendar)

    def add(self, case: str = PUBLIC, **said: Any) -> Entry:
        """Register a case with what is filled in and what is said."""
        keeping = self.keeping()
        return keeping.add(case, replace(keeping.proposed(case), **said))

    def publish(self, case: str = PUBLIC, **said: Any) -> bool:
        """Record a publication on the website."""
        return self.keeping().publish(case, a_publication(**said))

    def lines(self) -> tuple[Line, ...]:
        with self.world.database.read() as connection:
            return overview(connection)

    def line(self, number: str) -> Line:
        return next(line for line in self.lines() if line.entry.number == number)


def a_publication(**said: Any) -> Publication:
    """On the website, today."""
    usual: dict[str, Any] = {
        "channel": "website",
        "published_at": today(),
        "url": "https://example.invalid/1.html",
    }
    return Publication.of(Publication(**{**usual, **said}).text) or Publication(**usual)


def a_registry(root: Path, url: str = "") -> Registry:
    """Three papers to be public and one that is not, signed off and marked."""
    office = an_office(root)
    (office.profile_folder).mkdir(exist_ok=True)
    (office.profile_folder / "bureau.toml").write_text(PROFILE, "utf-8")
    file = office.root / "gongkai.toml"
    text = file.read_text("utf-8").replace('profile = "national_2019"', 'profile = "bureau"')
    if url:
        text = f'database = "{url}"\n' + text
    file.write_text(text, "utf-8")
    office = load_office(office.root)
    office.data.mkdir(parents=True, exist_ok=True)
    world = World(office, Database(office.database_url))
    world.open()
    for number in ("一", "二", "三"):
        _walk(world, f"通知{number}.txt", BODY.replace("做好", f"做好第{number}批"))
    _walk(
        world,
        "内部.txt",
        BODY.replace("做好", "内部做好"),
        attribute=DisclosureAttribute.NOT_DISCLOSED,
        **GROUND,
    )
    made = Registry(world)
    with world.database.write() as connection:
        standing = Resolution(RESOLUTION, "2026-01-05", "就业政策类公文", STANDING)
        resolutions.add(connection, standing, CUSTODIAN, f"{today()}T08:00:00+08:00")
    return made


def reopened(root: Path, before: Path) -> Registry:
    """A copied office: its papers lie in the copy."""
    office = load_office(root)
    world = World(office, Database(office.database_url))
    with world.database.write() as connection:
        for row in connection.execute(tables.document.select()).all():
            path = row.path_key.replace(str(before), str(root))
            connection.execute(
                update(tables.document).where(tables.document.c.id == row.id).values(path_key=path)
            )
    return Registry(world)


def _walk(world: World, name: str, text: str, **said: Any) -> None:
    path = world.save(name, text)
    case = world.judge(path)
    assert case is not None
    said = {"reason": "", "basis": "", **said}
    world.act(case.number, DRAFTER, Act.PROPOSE, **proposal(**said))
    world.judge(path)
    world.act(case.number, HEAD, Act.EXAMINE)
    world.act(case.number, CLERK, Act.ACCEPT)
    world.act(case.number, LEADER, Act.APPROVE, opinion="同意")
    after = world.judge(path)
    assert after is not None
    assert after.state is State.STAMPED
