"""What every command about cases needs at hand, and how a step is taken and told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gongkai.casework.acting import JUDGED_ANEW, Casework, Moved
from gongkai.casework.dossier import Dossier, dossier
from gongkai.cli.arguments import shown
from gongkai.cli.case_signing import NOTHING, Said, Signing
from gongkai.cli.case_words import open_lines, state_words
from gongkai.cli.session import Session
from gongkai.errors import ActionRefused, GongkaiError
from gongkai.host import Host
from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Wish
from gongkai.lifecycle.decide import Granted
from gongkai.lifecycle.roles import Actor
from gongkai.messages import say
from gongkai.policy.profile import Profile
from gongkai.service.entering import Entering
from gongkai.settings import Office
from gongkai.store.database import Database

NUMBER = re.compile(r"\d{4}-\d{3,}$")


@dataclass(frozen=True)
class Work:
    """An office's cases, opened for one command."""

    session: Session
    office: Office
    profile: Profile
    database: Database
    host: Host

    @property
    def cases(self) -> Casework:
        """What people do to cases."""
        return Casework(self.office, self.database, self.profile, self.host)

    @property
    def entering(self) -> Entering:
        """Papers judged on request."""
        return Entering(self.office, self.database, self.profile, self.host)

    def number_of(self, text: str) -> str:
        """The case a number or a path on the command line names.

        Raises ``ActionRefused`` for a path nobody has submitted.
        """
        if is_number(text):
            return text
        number = self.entering.case_at(Path(text))
        if not number:
            raise ActionRefused("case_none_here", name=shown(Path(Path(text).name)))
        return number

    def wish(self, signing: Signing, act: Act, said: Said = NOTHING) -> Wish:
        """What somebody wants to do; see ``Signing.wish``."""
        with self.database.read() as connection:
            return signing.wish(self.session, connection, act, said)

    def dossier(self, number: str, viewer: Actor) -> Dossier:
        """All that is on record about a case, as somebody may see it."""
        with self.database.read() as connection:
            return dossier(connection, self.office, number, viewer)


@contextmanager
def at_work(session: Session) -> Iterator[Work]:
    """The office's cases, until the command ends."""
    office = session.office
    profile = session.profile()
    with session.database() as database:
        yield Work(session, office, profile, database, Host.assemble(office))


def is_number(text: str) -> bool:
    """Whether a word of the command line is a case's number and not a path."""
    return bool(NUMBER.match(text)) and not Path(text).exists()


def take_step(session: Session, text: str, signing: Signing, act: Act, said: Said) -> int:
    """One step on a case: decided, carried out, judged again where it asks for that, and told."""
    with at_work(session) as work:
        number = work.number_of(text)
        wish = work.wish(signing, act, said)
        if signing.dry_run:
            tell_would(session, number, wish, work.cases.weigh(number, wish))
            return 0
        moved = work.cases.carry_out(number, wish)
        tell_moved(session, moved)
        if act in JUDGED_ANEW:
            judge_again(work, number, wish.recorder)
    return 0


def judge_again(work: Work, number: str, viewer: Actor) -> None:
    """Judge a paper with what was just recorded, and say where its case rests now.

    What was recorded stands when that cannot be done: the paper then waits to be judged.
    """
    entering = work.entering
    try:
        entering.judge(entering.place_of(number))
    except GongkaiError as error:
        work.session.remark(say("case.judged_later", number=number, why=str(error)))
        return
    tell_rest(work, number, viewer)


def tell_rest(work: Work, number: str, viewer: Actor) -> None:
    """Where a case rests, and on standard error what it still needs."""
    seen = work.dossier(number, viewer)
    work.session.tell(say("case.rests", number=number, state=state_words(seen.case.state)))
    for line in open_lines(seen, work.profile, work.session.contacts):
        work.session.remark(line)


def tell_moved(session: Session, moved: Moved) -> None:
    """What was done; where a new judgement follows, that says where the case rests."""
    step = moved.step
    session.tell(
        say(
            "case.done" if step.act in JUDGED_ANEW else "case.moved",
            number=moved.after.number,
            name=step.actor,
            act=say(f"case.act_{step.act}"),
            state=state_words(moved.after.state),
        )
    )
    if step.fallback:
        session.tell(say("case.moved_fallback"))
    if moved.notice:
        session.tell(say("case.notice_made", number=moved.notice))


def tell_would(session: Session, number: str, wish: Wish, granted: Granted) -> None:
    """What would be done; nothing was written."""
    session.tell(
        say(
            "case.would",
            number=number,
            name=wish.actor.name,
            act=say(f"case.act_{wish.act}"),
            state=state_words(granted.target),
        )
    )
