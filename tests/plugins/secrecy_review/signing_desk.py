"""People of the office giving opinions, as the command does, and guards asked by themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from gongkai.casework import CaseRefused, Moved
from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Wish
from gongkai.lifecycle.state import State
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.determination import Medium
from gongkai.model.move import Allow, Move, Refuse
from gongkai.store.requests import answer_for
from gongkai_plugins.secrecy_review.facts import Facts
from gongkai_plugins.secrecy_review.guard import rules_of, ruling
from gongkai_plugins.secrecy_review.opinions import Opinion
from gongkai_plugins.secrecy_review.reading import facts_of
from gongkai_plugins.secrecy_review.signing import Given, Signed, sign
from procedure.office import BODY, CLERK, DRAFTER, HEAD, OFFICER, World, proposal

PROACTIVE = DisclosureAttribute.PROACTIVE
NOT_DISCLOSED = DisclosureAttribute.NOT_DISCLOSED
WITHHELD = {"reason": "属于过程性信息", "basis": "《政府信息公开条例》第十六条"}
REASON = "补贴申领办法面向公众，内容均可对外"
GROUNDS = {Opinion.OPEN: "TL-20", Opinion.EXEMPT: "TL-16-2", Opinion.REFER: "TL-17"}
REVIEWERS = (DRAFTER, HEAD, OFFICER)


def facts(world: World, number: str) -> Facts:
    with world.database.read() as connection:
        return facts_of(connection, world.office.settings, number, date.today())


def examined(world: World, text: str = BODY, name: str = "通知.txt", **said: object) -> str:
    """A paper its section's head has examined; the number of its case."""
    path = world.save(name, text)
    case = world.judge(path)
    assert case is not None
    world.act(case.number, DRAFTER, Act.PROPOSE, **proposal(**said))  # type: ignore[arg-type]
    world.judge(path)
    world.act(case.number, HEAD, Act.EXAMINE)
    return case.number


def opinion(
    world: World,
    number: str,
    name: str,
    given: Opinion = Opinion.OPEN,
    reason: str = REASON,
    cited: tuple[str, ...] | None = None,
    on: str = "",
    recorder: str = "",
) -> Moved:
    """Somebody gives the opinion that is due, or another records it from paper."""
    day = date.fromisoformat(on) if on else date.today()
    actor = world.actor(name, day)
    signed = Signed(
        actor,
        world.actor(recorder) if recorder else actor,
        day.isoformat(),
        Medium.PAPER if recorder else Medium.SYSTEM,
        "签批单.pdf sha256:00" if recorder else "",
    )
    said = Given(given, (GROUNDS[given],) if cited is None else cited, reason)
    return sign(world.casework, facts(world, number), rules_of(world.office), said, signed)


def reviewed(world: World, text: str = BODY, given: Opinion = Opinion.OPEN, **said: object) -> str:
    """A paper whose review is concluded; the number of its case."""
    number = examined(world, text, **said)
    for name in REVIEWERS:
        opinion(world, number, name, given)
    assert world.case(number).state is State.REVIEWED
    return number


def refusal(call: Callable[[], object]) -> str:
    """The words a wish is refused with; fails the test when it is granted."""
    try:
        call()
    except CaseRefused as refused:
        return str(refused)
    raise AssertionError("it was granted")


def asked(world: World, number: str, act: Act, attribute: DisclosureAttribute | None = None) -> str:
    """What the guard says to an act on the case as it stands: "" for yes."""
    case = world.case(number)
    move = Move(
        case=number,
        source=case.state,
        target="",
        actor=CLERK,
        role="office",
        revision=case.revision,
        core_fingerprint=case.core_fingerprint,
        attribute=attribute or case.attribute,
        act=act,
        office=str(world.office.root),
        acted_on=date.today().isoformat(),
    )
    said = ruling(move)
    assert isinstance(said, Allow | Refuse)
    return said.reason if isinstance(said, Refuse) else ""


def changed(world: World, number: str, text: str, name: str = "通知.txt") -> None:
    """The drafter saves another text, and it is judged."""
    world.judge(world.save(name, text))


def judged(world: World, number: str) -> None:
    """The request for a new judgement is answered by the same verdict."""
    with world.database.write() as connection:
        answer_for(connection, world.case(number).document)


def referred(world: World, number: str, question: str = "DISCLOSURE") -> None:
    """The officer has sent a question on (without the row of the hop)."""
    wish = Wish(
        Act.REFER,
        world.actor(OFFICER),
        date.today().isoformat(),
        world.actor(OFFICER),
        reason="不能确定",
        details=(("question", question), ("authority", "SECRECY"), ("body", "示例市保密局")),
    )
    world.casework.carry_out(number, wish)
