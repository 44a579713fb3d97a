"""A required plugin that is missing refuses, and says so (§5, design 8)."""

from __future__ import annotations

import pytest

from gongkai.casework import CaseRefused, Casework
from gongkai.host import Host
from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Wish
from gongkai.lifecycle.state import State
from gongkai.moment import now
from gongkai.settings import Office, load_office
from procedure.office import CLERK, HEAD, World, proposed


def without(office: Office, plugin: str) -> Office:
    file = office.root / "gongkai.toml"
    file.write_text(f'{file.read_text("utf-8")}\n[plugins]\ndisabled = ["{plugin}"]\n', "utf-8")
    return load_office(office.root)


def test_nothing_goes_on_without_the_plugin_that_answers_for_it(world: World) -> None:
    number = proposed(world)
    world.act(number, HEAD, Act.EXAMINE)
    office = without(world.office, "secrecy_review")
    clerk = world.actor(CLERK)
    casework = Casework(office, world.database, world.profile, Host.assemble(office))

    with pytest.raises(CaseRefused) as told:
        casework.carry_out(number, Wish(Act.ACCEPT, clerk, now()[:10], clerk))

    assert "secrecy_review" in str(told.value)
    assert world.case(number).state is State.UNIT_EXAMINED
