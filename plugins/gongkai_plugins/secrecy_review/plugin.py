"""The hooks of the secrecy review; light to import, since every ``--help`` names its commands."""

from __future__ import annotations

from gongkai import hookimpl
from gongkai.hookspecs import Command
from gongkai.messages import say
from gongkai.model.move import Allow, Move, Refuse

COMMANDS = "gongkai_plugins.secrecy_review.commands"
NAMES = {
    "sign": "sign:sign",
    "rule": "rule:rule",
    "refer": "refer:refer",
    "answer": "refer:answer",
    "joint": "joint:joint",
    "consent": "joint:consent",
    "public-version": "severance:public_version",
    "declassify": "severance:declassify",
    "reverse": "reverse:reverse",
    "reverse-sign": "reverse:reverse_sign",
    "filing": "reverse:filing",
    "leak": "leak:leak",
    "leak-note": "leak:leak_note",
    "review-form": "form:review_form",
    "waiting": "waiting:waiting",
}
"""Commands of the group ``case``."""


@hookimpl
def guard_transition(move: Move) -> Allow | Refuse | None:
    """Hold a move to the review of its very text; None where the review has no say (SEC-01)."""
    # Imported here: naming the commands must not load the database.
    from gongkai_plugins.secrecy_review.guard import ruling

    return ruling(move)


@hookimpl
def commands() -> list[Command]:
    """The commands of the review, in the group ``case``."""
    return [
        Command(
            f"case {name}",
            f"{COMMANDS}.{path}",
            say(f"gongkai_plugins.secrecy_review:help_case_{name}").partition("\n")[0],
        )
        for name, path in NAMES.items()
    ]


@hookimpl
def tables() -> list[str]:
    """The plugin's own tables."""
    return ["gongkai_plugins.secrecy_review.tables:metadata"]
