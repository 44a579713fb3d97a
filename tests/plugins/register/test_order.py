"""First approved, then registered, then public (REG-02), and by the custodian alone (REG-01)."""

from __future__ import annotations

import pytest

from gongkai.casework import CaseRefused
from gongkai.lifecycle.act import Act
from gongkai.lifecycle.state import State
from plugins.register.office import INTERNAL, PUBLIC, Registry


def test_a_paper_signed_off_and_marked_is_registered(registry: Registry) -> None:
    """REG-02, REG-03: number, index, and the six fields."""
    entry = registry.add()

    assert entry.number == "2026-登-001"
    assert registry.world.case(PUBLIC).state is State.REGISTERED
    assert entry.fields.opinion.startswith("同意")
