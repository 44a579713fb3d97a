"""``gongkai text``: what gongkai reads in a file, hidden places included."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.cli.arguments import ExistingFile, shown
from gongkai.cli.session import Session
from gongkai.cli.words import Command
from gongkai.errors import QuarantinedDocument, UnreadableDocument
from gongkai.examined import Stopped
from gongkai.messages import say
from gongkai.model.content import Content
from gongkai.notices import contact_words
from gongkai.workers.crew import Crew

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@click.command("text", cls=Command)
@click.argument("path", type=ExistingFile())
@click.pass_obj
def text(session: Session, path: Path) -> int:
    """Print one line per block: place, flags and text, separated by tabs."""
    if not path.is_file():
        raise UnreadableDocument("not_a_file", file=shown(path))
    content = extract(session, path)
    for block in content.blocks:
        flags = ",".join(sorted(block.flags))
        line = f"{block.place}\t{flags}\t{block.text.translate(_ESCAPES)}\n"
        session.write(line)
    for note in content.notes:
        words = say(f"reading.why_{note.code}", format=f".{note.detail}")
        session.err.print(
            say(
                "cli.note",
                name=shown(Path(path.name)),
                where=f" {note.place}" if note.place else "",
                words=words,
            )
        )
    return 0 if content.readable else 65


def extract(session: Session, path: Path) -> Content:
    """One file's content, read in a worker.

    Raises ``QuarantinedDocument`` when a secrecy mark stands in it.
    """
    office = session.office_or_none()
    setup = str(office.root) if office else None
    with Crew[str, Content | Stopped]("gongkai.pipeline:Extraction", setup=setup) as crew:
        answer = crew.submit(str(path.absolute()), label=path.name).result()
    if isinstance(answer, Stopped):
        officer = contact_words(session.contacts.secrecy_officer, "officer")
        raise QuarantinedDocument("secrecy_mark", officer=officer)
    return answer
