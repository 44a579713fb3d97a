"""``gongkai case``: papers on their way from a proposal to the signer, step by step."""

from __future__ import annotations

import click

from gongkai.cli.words import LazyGroup
from gongkai.messages import say

STEPS = "gongkai.cli.case_steps:"
COMMANDS = {
    "list": "gongkai.cli.case_list:list_",
    "show": "gongkai.cli.case_show:show",
    "check": "gongkai.cli.case_check:check",
    "propose": "gongkai.cli.case_propose:propose",
    "examine": STEPS + "examine",
    "accept": STEPS + "accept",
    "return": STEPS + "return_",
    "correct": "gongkai.cli.case_correct:correct",
    "approve": "gongkai.cli.case_correct:approve",
    "changes": "gongkai.cli.case_changes:changes",
    "keep": STEPS + "keep",
    "resign": STEPS + "resign",
    "vouch": STEPS + "vouch",
    "redetermine": STEPS + "redetermine",
    "cancel": STEPS + "cancel",
    "finding": "gongkai.cli.case_finding:finding",
    "enter": "gongkai.cli.case_enter:enter",
    "print": "gongkai.cli.case_print:print_",
    "export": "gongkai.cli.case_export:export",
}


class Cases(LazyGroup):
    """The core's own steps; plugins add theirs, e.g. those of the secrecy review."""

    def summary(self, ctx: click.Context, name: str) -> str:
        if name in self.paths:
            return say(f"cli.help_case_{name}").partition("\n")[0]
        return super().summary(ctx, name)


@click.group("case", cls=Cases, paths=COMMANDS)
def case() -> None:
    """Commands about cases."""
