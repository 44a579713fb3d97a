"""A checkpoint on paper: lines for people, a block for machines, one line for a ledger's foot."""

from __future__ import annotations

from pathlib import Path

from gongkai.errors import ConfigurationError, StoreError
from gongkai.messages import say
from gongkai.store.checkpoint_format import SHORT, Statement, fingerprint, grouped
from gongkai.store.checkpoints import Stored
from gongkai.store.columns import printable
from gongkai.store.whole_file import whole_file


def paper(made: Stored) -> str:
    """The text an office prints or hands away.

    Raises ``StoreError`` when the statement is no longer recorded.
    """
    if made.checkpoint is None:
        raise StoreError("checkpoint_record_lost", seq=made.seq)
    statement = made.checkpoint.statement
    words = say(
        "chain.paper",
        office=_shown(statement.office),
        seq=statement.seq,
        hash=grouped(statement.hash),
        erased=statement.erased,
        made_at=statement.made_at,
        made_by=_shown(statement.made_by),
        kept_by=_shown(made.kept_by),
        note=_shown(made.note),
        key=fingerprint(statement.key),
        line=foot(statement),
    )
    return f"{words}\n\n{made.checkpoint.block}\n"


def foot(statement: Statement) -> str:
    """One line for the foot of a printed ledger; verify takes its middle part typed in."""
    return say(
        "chain.foot",
        seq=statement.seq,
        digits=grouped(statement.hash[:SHORT]),
        key=fingerprint(statement.key),
    )


def write_paper(folder: Path, made: Stored) -> Path:
    """Write the text into a folder, made where there is none; returns the file.

    Raises ``ConfigurationError`` when it cannot be written.
    """
    file = folder / say("chain.paper_name", date=made.made_at[:10], seq=made.seq)
    try:
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        with whole_file(file) as stream:
            stream.write(paper(made).encode("utf-8", "replace"))
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise ConfigurationError(
            "checkpoint_unwritten", file=str(file), problem=problem, seq=made.seq
        ) from error
    return file


def _shown(text: str) -> str:
    return printable(" ".join(text.split())) or say("chain.nothing")
