"""``gongkai plugins``: what is installed, what is switched on, and why something is not."""

from __future__ import annotations

from pathlib import Path

import click
from rich.table import Table

from gongkai.cli.arguments import ExistingFile
from gongkai.cli.session import Session
from gongkai.cli.words import Command, Group, option
from gongkai.host import Host
from gongkai.hosting.allowance import allow, allowance
from gongkai.messages import say


@click.group("plugins", cls=Group, invoke_without_command=True)
@option("--json", "as_json", is_flag=True)
@click.pass_context
def plugins(context: click.Context, as_json: bool) -> int:
    """List every plugin with its hooks and state."""
    if context.invoked_subcommand is not None:
        return 0
    session: Session = context.obj
    office = session.office_or_none()
    listed = Host.assemble(office).plugins()
    if as_json:
        for info in listed:
            session.print_json(
                {
                    "name": info.name,
                    "version": info.version,
                    "distribution": info.distribution,
                    "origin": info.origin,
                    "hooks": list(info.hooks),
                    "state": info.state,
                    "why": info.why,
                }
            )
        return 0
    table = Table(box=None, pad_edge=False)
    for name in ("name", "version", "origin", "hooks", "state"):
        table.add_column(say(f"cli.column_{name}"), overflow="fold")
    for info in listed:
        state = say(f"plugins.state_{info.state}") + (f"  {info.why}" if info.why else "")
        table.add_row(
            info.name,
            info.version,
            say(f"plugins.origin_{info.origin}"),
            " ".join(info.hooks),
            state,
        )
    session.out.print(table)
    return 0


@plugins.command("allow", cls=Command)
@click.argument("file", type=ExistingFile())
@option("--dry-run", is_flag=True)
@click.pass_obj
def allow_(session: Session, file: Path, dry_run: bool) -> int:
    """Write the file's hash into the settings, so that exactly these bytes are loaded."""
    granted = (allowance if dry_run else allow)(session.office, file)
    session.tell(say("cli.allow_line", line=granted.line, file=granted.settings.name))
    return 0
