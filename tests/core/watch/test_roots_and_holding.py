from __future__ import annotations

import math
from pathlib import Path

import pytest

from gongkai.watch.holding import Holding, Patience
from gongkai.watch.roots import Identity, RootState, assess, identify
from gongkai.watch.scan import Signature

HERE, MOUNTED_ANEW, OTHER = Identity(1, 10), Identity(2, 10), Identity(1, 11)
OLD, NEW = Signature(1, 1, 1, 1, 1), Signature(2, 2, 2, 1, 1)


@pytest.mark.parametrize(
    ("recorded", "found", "known", "familiar", "seen", "state"),
    [
        pytest.param(None, HERE, 0, 0, 0, RootState.PRESENT, id="new and empty"),
        pytest.param(HERE, HERE, 9, 8, 8, RootState.PRESENT, id="one file deleted"),
        pytest.param(HERE, HERE, 9, 0, 0, RootState.EMPTIED, id="all files gone at once"),
        pytest.param(HERE, OTHER, 9, 0, 0, RootState.EMPTIED, id="an empty mount point"),
        pytest.param(HERE, OTHER, 9, 0, 1, RootState.UNFAMILIAR, id="another folder in use"),
        pytest.param(HERE, OTHER, 10, 1, 1, RootState.UNFAMILIAR, id="its first own paper"),
        pytest.param(HERE, MOUNTED_ANEW, 9, 8, 9, RootState.PRESENT, id="the share is back"),
        pytest.param(HERE, OTHER, 0, 0, 3, RootState.PRESENT, id="nothing to lose"),
    ],
)
def test_a_missing_file_is_believed_only_in_the_folder_it_was_in(
    recorded: Identity | None,
    found: Identity,
    known: int,
    familiar: int,
    seen: int,
    state: RootState,
) -> None:
    assert assess(recorded, found, known=known, familiar=familiar, seen=seen) is state


def test_a_folder_is_known_by_device_and_inode(tmp_path: Path) -> None:
    found = identify(tmp_path)

    assert isinstance(found, Identity)
    assert Identity.recorded(found.device, found.marker) == found
    assert Identity.recorded(None, "") is None
    assert identify(tmp_path / "away") is RootState.VANISHED


def test_a_file_is_due_when_it_looked_the_same_for_the_quiet_time() -> None:
    holding = Holding(2.0, Patience())

    holding.hold("a", OLD, 0.0)
    holding.hold("a", OLD, 1.5)
    holding.hold("b", OLD, 0.0)
    holding.hold("b", NEW, 1.5)

    assert holding.due(2.0) == [("a", OLD)]
    assert holding.due(3.5) == [("a", OLD), ("b", NEW)]
    assert holding.next_due() == 2.0


def test_a_shut_file_is_tried_after_2_5_15_60_seconds_and_then_at_every_pass() -> None:
    holding = Holding(2.0, Patience())
    holding.hold("a", OLD, 0.0)
    now, waits = 2.0, []

    for _ in range(5):
        trial = holding.try_later("a", OLD, now)
        waits.append(trial.next_try - now)
        now = trial.next_try if trial.next_try < math.inf else now
    never_given_up = holding.due(1e9)
    holding.try_all(1e9)

    assert waits == [2.0, 5.0, 15.0, 60.0, math.inf]
    assert never_given_up == []
    assert holding.due(1e9) == [("a", OLD)]


def test_a_shut_file_that_changed_is_held_like_a_new_one() -> None:
    holding = Holding(2.0, Patience())
    holding.hold("a", OLD, 0.0)
    holding.try_later("a", OLD, 2.0)

    holding.hold("a", NEW, 3.0)

    assert holding.due(5.0) == [("a", NEW)]


@pytest.mark.parametrize(
    ("attempts", "seconds", "given_up"),
    [
        pytest.param(1, 10.0, False, id="perhaps still being copied"),
        pytest.param(8, 10.0, True, id="looked at often enough"),
        pytest.param(1, 700.0, True, id="ten minutes without a change"),
    ],
)
def test_a_file_that_stays_damaged_is_judged_in_the_end(
    attempts: int, seconds: float, given_up: bool
) -> None:
    holding = Holding(2.0, Patience())
    for _ in range(attempts):
        holding.try_later("a", OLD, 0.0)

    assert holding.given_up_on_whole("a", OLD, seconds) is given_up
    assert not holding.given_up_on_whole("a", NEW, seconds)
