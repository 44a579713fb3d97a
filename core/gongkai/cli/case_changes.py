"""``gongkai case changes``: where a paper is not as signed, before anybody says what that is.

文字性 or 实质性 is for a person to say (A3); this shows the paragraphs it is about.
"""

from __future__ import annotations

from collections.abc import Iterator

import click

from gongkai.casework.comparing import changes_since_signing
from gongkai.cli.case_signing import acting_here
from gongkai.cli.case_work import at_work
from gongkai.cli.session import Session
from gongkai.cli.words import Command, option
from gongkai.documents.paragraphs import ChangeKind, Difference
from gongkai.errors import ActionRefused
from gongkai.excerpts import Excerpts
from gongkai.lifecycle.state import SIGNED, State
from gongkai.messages import say
from gongkai.places import place_words
from gongkai.store import cases
from gongkai.store.secrets import keyed_hash, office_key


@click.command("changes", cls=Command)
@click.argument("number")
@option("--by", default="", metavar="NAME")
@click.pass_obj
def changes(session: Session, number: str, by: str) -> int:
    """Compare what lies there now with the text that was signed; 1 when they differ."""
    with at_work(session) as work:
        number = work.number_of(number)
        with work.database.read() as connection:
            acting_here(session, connection, by)
            case = cases.find(connection, number)
        if case.state not in SIGNED | {State.TEXT_CHANGED}:
            raise ActionRefused("case_not_signed", number=number)
        looked = work.entering.look(work.entering.place_of(number))
        key = office_key(work.office.data)
        bundle = looked.examined.bundle
        with work.database.read() as connection:
            found = changes_since_signing(
                connection, case, bundle, lambda text: keyed_hash(key, text)
            )
    if found is None:
        raise ActionRefused("case_signed_text_unknown", number=number)
    cover = Excerpts(bundle, looked.examined.reading).cover
    names = {member.number: member.name for member in bundle.attachments}
    session.tell(say("case.changes_count" if found else "case.changes_none", count=len(found)))
    for difference in found:
        for line in _lines(difference, names):
            session.tell(cover(line))
    if found:
        session.tell(say("case.changes_next", number=number))
    return 1 if found else 0


def _lines(difference: Difference, names: dict[int, str]) -> Iterator[str]:
    if difference.kind is ChangeKind.REMOVED:
        first, last = difference.first, difference.last
        yield say("case.change_removed", first=first, last=last)
    for paragraph in difference.now:
        where = place_words(paragraph.place, names)
        yield say(f"case.change_{difference.kind}", place=where, text=paragraph.text)
