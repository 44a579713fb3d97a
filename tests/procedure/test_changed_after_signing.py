"""A3, B10, TEXT_CHANGED_AFTER_SIGNING: what changed is shown, and a person says what it is."""

from __future__ import annotations

from gongkai.casework.comparing import changes_since_signing
from gongkai.documents.paragraphs import ChangeKind, Difference
from gongkai.lifecycle.act import Act
from gongkai.lifecycle.state import State
from gongkai.store import cases
from gongkai.testing import a_bundle
from procedure.office import BODY, CLERK, LEADER, World, checked

CHANGED = BODY.replace("十个工作日", "五个工作日")


def signed(world: World) -> str:
    number = checked(world)
    world.act(number, LEADER, Act.APPROVE)
    world.judge(world.folder / "通知.txt")
    return number


def compared(world: World, number: str, text: str) -> tuple[Difference, ...] | None:
    with world.database.read() as connection:
        case = cases.find(connection, number)
        return changes_since_signing(connection, case, a_bundle(text), world._digest)


def test_a_changed_paragraph_is_shown_with_what_stands_there_now(world: World) -> None:
    number = signed(world)

    (difference,) = compared(world, number, CHANGED) or ()

    assert difference.kind is ChangeKind.CHANGED
    assert [paragraph.place for paragraph in difference.now] == ["line5"]
    assert "五个工作日" in difference.now[0].text


def test_numbering_and_dating_are_no_change(world: World) -> None:
    number = signed(world)

    assert compared(world, number, f"示人社发〔2026〕9号\n{BODY}\n（此件不公开）") == ()


def test_a_change_of_wording_keeps_the_attribute_for_the_new_text(world: World) -> None:
    number = signed(world)
    path = world.save("通知.txt", CHANGED)
    waiting = world.judge(path)
    assert waiting is not None
    assert waiting.state is State.TEXT_CHANGED

    kept = world.act(number, CLERK, Act.KEEP, reason="时限按上级最新要求统一，属文字性修改")
    after = world.judge(path)

    assert kept.core_fingerprint != waiting.core_fingerprint
    assert after is not None
    assert after.state is State.STAMPED
    assert compared(world, number, CHANGED) == ()


def test_a_change_of_substance_goes_back_to_the_signer(world: World) -> None:
    number = signed(world)
    path = world.save("通知.txt", CHANGED)
    world.judge(path)

    world.act(number, CLERK, Act.RESIGN, reason="办理时限有实质变化")
    world.judge(path)
    world.act(number, CLERK, Act.ACCEPT)
    again = world.act(number, LEADER, Act.APPROVE)

    assert again.state is State.APPROVED
    assert [s.act for s in world.history(number)].count(Act.APPROVE) == 2


def test_nothing_of_the_text_is_kept(world: World) -> None:
    """Design 15: no document text in the database, only keyed digests."""
    signed(world)
    world.database.close()

    kept = b"".join(path.read_bytes() for path in world.office.data.iterdir() if path.is_file())

    assert "三分之二".encode() not in kept
